//! Shippo: labels of many carriers by one interface over HTTP (docs.goshippo.com).

use async_trait::async_trait;
use openidconnect::http::{Method, Request};
use serde::Deserialize;
use serde_json::{Value, json};

use super::labels::{Label, Labels, Parcel, Rate, Trouble};
use crate::platform::base::{Address, Currency, Money};
use crate::platform::outbound::Outbound;
use crate::platform::vault::Secret;

/// Where it is.
pub const HOME: &str = "https://api.goshippo.com";

/// The account of a shop.
pub struct Shippo {
    pub outbound: Outbound,
    /// Without a slash at its end.
    pub address: String,
    pub token: Secret,
}

#[derive(Deserialize)]
struct RateJson {
    object_id: String,
    amount: String,
    currency: String,
    provider: String,
    servicelevel: ServiceJson,
    #[serde(default)]
    estimated_days: Option<i64>,
}

#[derive(Deserialize)]
struct ServiceJson {
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
struct TransactionJson {
    status: String,
    #[serde(default)]
    tracking_number: Option<String>,
    #[serde(default)]
    tracking_url_provider: Option<String>,
    #[serde(default)]
    label_url: Option<String>,
}

impl Shippo {
    async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Result<Value, Trouble> {
        let token = std::str::from_utf8(self.token.reveal()).unwrap_or_default();
        let request = Request::builder()
            .method(method)
            .uri(format!("{}/{path}", self.address))
            .header("Authorization", format!("ShippoToken {token}"))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .body(body.map(|body| body.to_string().into_bytes()).unwrap_or_default())
            .map_err(|error| Trouble::Refused(error.to_string()))?;
        let answer = self.outbound.send(request).await.map_err(|error| Trouble::NoAnswer(error.to_string()))?;
        let status = answer.status();
        let said: Value = serde_json::from_slice(answer.body()).unwrap_or(Value::Null);
        match status.as_u16() {
            200..=299 => Ok(said),
            400..=499 => Err(Trouble::Refused(words_of(&said).unwrap_or_else(|| status.to_string()))),
            _ => Err(Trouble::NoAnswer(status.to_string())),
        }
    }
}

/// The sentences of an answer that says no.
fn words_of(said: &Value) -> Option<String> {
    let messages = said["messages"].as_array().into_iter().flatten().filter_map(|message| message["text"].as_str());
    let all: Vec<&str> = messages.chain(said["detail"].as_str()).take(3).collect();
    (!all.is_empty()).then(|| all.join(" ").chars().take(500).collect())
}

fn address(address: &Address, email: &str) -> Value {
    json!({
        "name": address.name, "company": address.company, "street1": address.street, "street2": address.extra,
        "city": address.city, "state": address.region, "zip": address.postal_code, "country": address.country.code(),
        "phone": address.phone, "email": email,
    })
}

/// A decimal without floats: 1250 grams are "1.250".
fn kilograms(grams: i64) -> String {
    format!("{}.{:03}", grams / 1000, grams % 1000)
}

fn rate(json: RateJson) -> Option<Rate> {
    let currency: Currency = json.currency.parse().ok()?;
    let price = Money::new(currency.parse_minor(&json.amount)?, currency);
    Some(Rate { id: json.object_id, carrier: json.provider, service: json.servicelevel.name, price, days: json.estimated_days })
}

fn read<T: for<'de> Deserialize<'de>>(said: Value) -> Result<T, Trouble> {
    serde_json::from_value(said).map_err(|error| Trouble::NoAnswer(format!("an answer that cannot be read: {error}")))
}

#[async_trait]
impl Labels for Shippo {
    async fn rates(&self, parcel: &Parcel) -> Result<Vec<Rate>, Trouble> {
        let [length, width, height] = parcel.size_cm.map(|side| side.to_string());
        let body = json!({
            "address_from": address(&parcel.from, &parcel.emails[0]),
            "address_to": address(&parcel.to, &parcel.emails[1]),
            "parcels": [{
                "length": length, "width": width, "height": height, "distance_unit": "cm",
                "weight": kilograms(parcel.grams), "mass_unit": "kg",
            }],
            "async": false,
        });
        let said = self.ask(Method::POST, "shipments/", Some(body)).await?;
        let rows: Vec<RateJson> = read(said["rates"].clone())?;
        let mut rates: Vec<Rate> = rows.into_iter().filter_map(rate).collect();
        rates.sort_by_key(|rate| rate.price.amount);
        match rates.is_empty() {
            true => Err(Trouble::Refused(words_of(&said).unwrap_or_default())),
            false => Ok(rates),
        }
    }

    async fn label(&self, id: &str) -> Result<Label, Trouble> {
        let known: RateJson = read(self.ask(Method::GET, &format!("rates/{id}"), None).await?)?;
        let body = json!({ "rate": id, "label_file_type": "PDF", "async": false });
        let said = self.ask(Method::POST, "transactions/", Some(body)).await?;
        let bought: TransactionJson = read(said.clone())?;
        let web = |address: Option<String>| address.filter(|address| address.starts_with("http")).unwrap_or_default();
        let status = bought.status;
        match (status.as_str(), bought.tracking_number) {
            ("SUCCESS", Some(number)) => Ok(Label {
                carrier: known.provider,
                service: known.servicelevel.name,
                number,
                link: web(bought.tracking_url_provider),
                pdf: web(bought.label_url),
            }),
            ("QUEUED" | "WAITING", _) => Err(Trouble::NoAnswer(status.clone())),
            _ => Err(Trouble::Refused(words_of(&said).unwrap_or(status.clone()))),
        }
    }
}
