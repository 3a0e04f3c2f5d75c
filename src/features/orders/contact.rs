//! Whom an order is for: what staff may change of it after it was placed, and how the timeline says so.

use serde_json::{Map, Value, json};

use super::model::Address;
use crate::platform::base::{Country, Email, Message, Refusal};
use crate::platform::i18n::Words;

/// Addresses, e-mail and the shopper's note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub email: Email,
    pub shipping_address: Address,
    pub billing_address: Address,
    pub note: String,
}

/// Why a contact was not changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContactRefused {
    Unknown,
    /// Somebody else, or the same person in another window, was faster.
    Changed,
    /// The person is forgotten: what is left of them is locked.
    Forgotten,
    /// The goods would go to another country, whose tax is another; a placed order keeps its tax.
    OtherCountry {
        was: Country,
    },
}

impl Refusal for ContactRefused {
    fn message(&self) -> Message {
        match self {
            ContactRefused::Unknown => Message::new("orders-unknown"),
            ContactRefused::Changed => Message::new("orders-changed"),
            ContactRefused::Forgotten => Message::new("orders-forgotten"),
            ContactRefused::OtherCountry { was } => Message::new("orders-other-country").text("country", was.code()),
        }
    }
}

/// What differs between two contacts, before and after, each part under its name; `None`: nothing.
pub fn differences(before: &Contact, after: &Contact) -> Option<(Value, Value)> {
    let parts = |contact: &Contact| {
        [
            ("email", json!(&*contact.email)),
            ("shipping_address", json!(contact.shipping_address)),
            ("billing_address", json!(contact.billing_address)),
            ("note", json!(contact.note)),
        ]
    };
    let (mut was, mut is) = (Map::new(), Map::new());
    for ((name, old), (_, new)) in parts(before).into_iter().zip(parts(after)).filter(|(old, new)| old.1 != new.1) {
        was.insert(name.to_owned(), old);
        is.insert(name.to_owned(), new);
    }
    (!was.is_empty()).then_some((Value::Object(was), Value::Object(is)))
}

/// The changes of a row of the timeline in words: "E-mail: a@example.org → b@example.org".
pub fn changes(words: &Words, detail: &Value) -> Vec<String> {
    let said = |name: &str, value: &Value| match name {
        "email" | "note" => value.as_str().unwrap_or_default().to_owned(),
        _ => serde_json::from_value::<Address>(value.clone())
            .map(|address| address.lines(&words.country(address.country)).join(", "))
            .unwrap_or_default(),
    };
    let Some(after) = detail["after"].as_object() else { return Vec::new() };
    let change = |(name, new): (&String, &Value)| {
        let dash = |text: String| if text.is_empty() { "–".to_owned() } else { text };
        let values = [
            ("what", words.t(&format!("orders-part-{name}")).into()),
            ("before", dash(said(name, &detail["before"][name])).into()),
            ("after", dash(said(name, new)).into()),
        ];
        words.with("orders-part-changed", &values)
    };
    after.iter().map(change).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_told() {
        let address: Address =
            serde_json::from_value(json!({ "name": "Ann", "street": "Way 1", "city": "Town", "country": "DE" }))
                .expect("an address");
        let contact = Contact {
            email: "a@example.org".parse().expect("an address"),
            shipping_address: address.clone(),
            billing_address: address,
            note: String::new(),
        };
        assert_eq!(differences(&contact, &contact), None);
        let other = Contact { note: "Ring twice".into(), ..contact.clone() };
        let (was, is) = differences(&contact, &other).expect("a difference");
        assert_eq!((was, is), (json!({ "note": "" }), json!({ "note": "Ring twice" })));
    }
}
