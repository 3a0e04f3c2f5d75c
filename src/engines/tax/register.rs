//! Registers of VAT ids: who is asked whether anybody has one. The one there is, is VIES of the European Commission.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use openidconnect::http::header::{ACCEPT, CONTENT_TYPE};
use openidconnect::http::{self, StatusCode};
use serde::Deserialize;
use serde_json::json;

use super::vat_checks::Heard;
use super::vat_ids::VatId;
use crate::platform::config::Config;
use crate::platform::outbound::Outbound;

/// What a register says of an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Valid {
        name: String,
        address: String,
        /// Empty where whoever asked did not say who they are.
        consultation: String,
    },
    Invalid {
        consultation: String,
    },
    /// It gave no answer, and why: nothing is proved either way.
    Away(String),
}

impl Answer {
    pub fn heard(&self) -> Heard {
        match self {
            Answer::Valid { .. } => Heard::Valid,
            Answer::Invalid { .. } => Heard::Invalid,
            Answer::Away(_) => Heard::Away,
        }
    }
}

/// Somebody who knows which VAT ids there are.
#[async_trait]
pub trait VatRegister: Send + Sync + 'static {
    /// What proofs call it.
    fn name(&self) -> &'static str;

    /// Asks of an id, in the name of the shop's own where it has one.
    async fn ask(&self, id: &VatId, own: Option<&VatId>) -> Answer;
}

/// The register of this process; cheap to clone.
#[derive(Clone)]
pub struct Registers(Arc<dyn VatRegister>);

impl Registers {
    pub fn new(config: &Config) -> Registers {
        Registers::of(Vies { outbound: Outbound::new(config) })
    }

    /// Another one: for tests.
    pub fn of(register: impl VatRegister) -> Registers {
        Registers(Arc::new(register))
    }

    pub fn name(&self) -> &'static str {
        self.0.name()
    }

    /// Asks, and waits no longer than a shopper does.
    pub async fn ask(&self, id: &VatId, own: Option<&VatId>) -> Answer {
        let asked = tokio::time::timeout(PATIENCE, self.0.ask(id, own)).await;
        asked.unwrap_or_else(|_| Answer::Away("no answer in time".to_owned()))
    }
}

/// How long the checkout waits for a register.
const PATIENCE: Duration = Duration::from_secs(6);
/// Where VIES answers, as its own pages ask it.
const VIES: &str = "https://ec.europa.eu/taxation_customs/vies/rest-api/check-vat-number";
/// Characters of a name or an address that are kept.
const LONGEST: usize = 300;

/// The VAT Information Exchange System of the European Commission, by its REST interface.
struct Vies {
    outbound: Outbound,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Said {
    valid: Option<bool>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    address: Option<String>,
    #[serde(default)]
    request_identifier: Option<String>,
    #[serde(default)]
    user_error: Option<String>,
    #[serde(default)]
    error_wrappers: Vec<Wrapped>,
}

#[derive(Deserialize)]
struct Wrapped {
    #[serde(default)]
    error: String,
}

#[async_trait]
impl VatRegister for Vies {
    fn name(&self) -> &'static str {
        "VIES"
    }

    async fn ask(&self, id: &VatId, own: Option<&VatId>) -> Answer {
        let mut asked = json!({ "countryCode": id.prefix(), "vatNumber": id.number() });
        if let Some(own) = own {
            asked["requesterMemberStateCode"] = own.prefix().into();
            asked["requesterNumber"] = own.number().into();
        }
        let request = http::Request::post(VIES).header(CONTENT_TYPE, "application/json").header(ACCEPT, "application/json");
        let Ok(request) = request.body(asked.to_string().into_bytes()) else {
            return Answer::Away("the question cannot be written".to_owned());
        };
        match self.outbound.send(request).await {
            Ok(answer) => read(answer.status(), answer.body()),
            Err(why) => Answer::Away(why.to_string()),
        }
    }
}

/// What VIES says is an answer only where it says so plainly; everything else proves nothing.
fn read(status: StatusCode, body: &[u8]) -> Answer {
    let Ok(said) = serde_json::from_slice::<Said>(body) else {
        return Answer::Away(format!("the answer {status} cannot be read"));
    };
    let text = |text: Option<String>| {
        let text: String = text.unwrap_or_default().chars().filter(|c| *c == '\n' || !c.is_control()).take(LONGEST).collect();
        // Where a state does not say who it is, VIES writes three hyphens.
        if text.trim() == "---" { String::new() } else { text.trim().to_owned() }
    };
    let trouble = said.error_wrappers.first().map(|one| one.error.clone());
    let trouble = trouble.or(said.user_error).filter(|error| !matches!(error.as_str(), "VALID" | "INVALID" | ""));
    match (said.valid, trouble) {
        (Some(true), None) => {
            Answer::Valid { name: text(said.name), address: text(said.address), consultation: text(said.request_identifier) }
        }
        (Some(false), None) => Answer::Invalid { consultation: text(said.request_identifier) },
        (_, Some(error)) if error == "INVALID_INPUT" => Answer::Invalid { consultation: String::new() },
        (_, Some(error)) => Answer::Away(error.chars().take(LONGEST).collect()),
        (None, None) => Answer::Away(format!("the answer {status} says nothing")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(body: &str) -> Answer {
        read(StatusCode::OK, body.as_bytes())
    }

    #[test]
    fn only_a_plain_answer_is_one() {
        let valid = r#"{"countryCode":"FR","vatNumber":"40303265045","requestDate":"2026-11-28T09:00:00Z","valid":true,
            "requestIdentifier":"WAPIAAAAW1","name":"SA EXEMPLE","address":"1 RUE\n75001 PARIS","userError":"VALID"}"#;
        let (name, address) = ("SA EXEMPLE".to_owned(), "1 RUE\n75001 PARIS".to_owned());
        assert_eq!(said(valid), Answer::Valid { name, address, consultation: "WAPIAAAAW1".into() });
        let silent = r#"{"valid":true,"name":"---","address":"---"}"#;
        assert_eq!(said(silent), Answer::Valid { name: String::new(), address: String::new(), consultation: String::new() });
        assert_eq!(said(r#"{"valid":false,"userError":"INVALID"}"#), Answer::Invalid { consultation: String::new() });
        for away in [
            r#"{"actionSucceed":false,"errorWrappers":[{"error":"MS_UNAVAILABLE"}]}"#,
            r#"{"valid":false,"userError":"MS_MAX_CONCURRENT_REQ"}"#,
            r#"{"valid":false,"userError":"SERVICE_UNAVAILABLE"}"#,
            r#"{"valid":true,"errorWrappers":[{"error":"TIMEOUT"}]}"#,
            "{}",
            "<html>busy</html>",
        ] {
            assert!(matches!(said(away), Answer::Away(_)), "{away}");
        }
        let wrong = r#"{"actionSucceed":false,"errorWrappers":[{"error":"INVALID_INPUT"}]}"#;
        assert_eq!(said(wrong), Answer::Invalid { consultation: String::new() });
    }
}
