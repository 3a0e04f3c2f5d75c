//! Addresses of the post.

use serde::{Deserialize, Serialize};

use super::Country;

/// Where goods or bills go, as the shopper typed it; fields that the country does not use stay empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub name: String,
    #[serde(default)]
    pub company: String,
    pub street: String,
    /// Floor, flat, c/o.
    #[serde(default)]
    pub extra: String,
    #[serde(default)]
    pub postal_code: String,
    pub city: String,
    /// State, province, prefecture.
    #[serde(default)]
    pub region: String,
    pub country: Country,
    #[serde(default)]
    pub phone: String,
}

impl Address {
    /// The lines as the post wants them, without empty ones; `country` is the country's name in the reader's language.
    pub fn lines(&self, country: &str) -> Vec<String> {
        let town = match self.country.code() {
            "US" | "CA" | "AU" => format!("{}, {} {}", self.city, self.region, self.postal_code),
            "GB" | "IE" | "JP" | "IN" => format!("{} {}", self.city, self.postal_code),
            _ => format!("{} {}", self.postal_code, self.city),
        };
        let town = town.trim_matches([' ', ',']).replace(",  ", ", ");
        let region = if matches!(self.country.code(), "US" | "CA" | "AU") { String::new() } else { self.region.clone() };
        let lines = [&self.name, &self.company, &self.street, &self.extra, &town, &region, &country.to_owned()];
        lines.into_iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    }

    /// The first word of the name, for a greeting.
    pub fn first_name(&self) -> &str {
        self.name.split_whitespace().next().unwrap_or(&self.name)
    }
}
