//! What applies where, to what, on which day, and to whom: pure rules.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::model::{Class, TaxRate, Zone};
use super::vat_ids::VatId;
use crate::platform::base::{Country, Rate, TaxClassId, VatCheckId};
use crate::platform::settings::{Register, Unproved};

/// Where goods go, as far as taxes know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    pub country: Country,
    /// State, province; may be empty.
    pub region: String,
    pub postal_code: String,
}

impl Destination {
    /// Somewhere in this country.
    pub fn country(country: Country) -> Destination {
        Destination { country, region: String::new(), postal_code: String::new() }
    }
}

/// One tax that applies, with what is copied to an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Levy {
    pub name: String,
    pub country: Country,
    /// The region of the zone; empty for a whole country.
    pub region: String,
    /// The name of the class.
    pub class: String,
    pub rate: Rate,
}

/// The rates of a place and of the shop's own, of one day: everything that taxes one cart.
#[derive(Clone, Debug)]
pub struct Rates {
    pub to: Destination,
    /// Where the shop is: the tax that prices include.
    pub home: Destination,
    pub on: NaiveDate,
    pub classes: Vec<Class>,
    pub zones: Vec<Zone>,
    pub rates: Vec<TaxRate>,
}

impl Zone {
    /// How specific the zone is for a place: the more, the closer; `None`: the place is not in it.
    fn closeness(&self, to: &Destination) -> Option<(usize, bool)> {
        let mine = self.region.trim();
        let region = mine.is_empty() || mine.to_lowercase() == to.region.trim().to_lowercase();
        let codes = self.postcodes.closeness(&to.postal_code).filter(|_| region && self.country == to.country)?;
        Some((codes, !mine.is_empty()))
    }
}

/// The rates that a place takes of a class on a day: those of the most specific zone that has one then. Several of one zone add up.
pub fn applying<'a>(
    zones: &[Zone],
    rates: &'a [TaxRate],
    to: &Destination,
    class: TaxClassId,
    on: NaiveDate,
) -> Vec<(&'a TaxRate, usize)> {
    let holds = |rate: &&TaxRate| rate.class == class && rate.holds_on(on);
    let near = zones.iter().enumerate().filter_map(|(at, zone)| {
        let closeness = zone.closeness(to)?;
        let any = rates.iter().filter(holds).any(|rate| rate.zone == zone.id);
        any.then_some((closeness, std::cmp::Reverse(zone.id), at))
    });
    let Some((_, _, at)) = near.max() else { return Vec::new() };
    let mut found: Vec<(&TaxRate, usize)> =
        rates.iter().filter(holds).filter(|rate| rate.zone == zones[at].id).map(|rate| (rate, at)).collect();
    found.sort_by_key(|(rate, _)| rate.id);
    found
}

impl Rates {
    /// Nothing is taken anywhere.
    pub fn nothing(to: Destination, on: NaiveDate) -> Rates {
        Rates { home: to.clone(), to, on, classes: Vec::new(), zones: Vec::new(), rates: Vec::new() }
    }

    /// A class of which something is taken here or there.
    fn class(&self, class: Option<TaxClassId>) -> Option<&Class> {
        self.classes.iter().find(|one| class.map_or(one.is_default, |id| one.id == id))
    }

    fn levied(&self, place: &Destination, class: Option<TaxClassId>) -> Vec<Levy> {
        let Some(class) = self.class(class) else { return Vec::new() };
        let found = applying(&self.zones, &self.rates, place, class.id, self.on);
        let levy = |(rate, at): (&TaxRate, usize)| Levy {
            name: rate.name.clone(),
            country: place.country,
            region: self.zones[at].region.clone(),
            class: class.name.clone(),
            rate: rate.rate,
        };
        found.into_iter().map(levy).collect()
    }

    /// The class that is meant; `None` where nothing is taken of the usual one.
    pub fn resolved(&self, class: Option<TaxClassId>) -> Option<TaxClassId> {
        class.or_else(|| self.class(None).map(|class| class.id))
    }

    /// What the destination takes of a class; `None`: the usual one.
    pub fn of(&self, class: Option<TaxClassId>) -> Vec<Levy> {
        self.levied(&self.to, class)
    }

    /// What is in the prices of a class where the shop is.
    pub fn at_home(&self, class: Option<TaxClassId>) -> Vec<Levy> {
        self.levied(&self.home, class)
    }
}

/// Whether somebody pays tax, and if not, why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    #[default]
    Taxed,
    /// A business in another member state accounts for it there.
    ReverseCharge { check: Option<VatCheckId> },
    /// Staff said so, and why.
    Exempt { reason: String },
}

impl Standing {
    pub fn is_taxed(&self) -> bool {
        *self == Standing::Taxed
    }
}

/// What a VAT id needs to be judged.
#[derive(Clone, Debug)]
pub struct Claim<'a> {
    /// As it was given; `None`: none was, or it is none.
    pub id: Option<&'a VatId>,
    /// What the register said of it last.
    pub answer: Option<(VatCheckId, Known)>,
    pub register: Register,
    pub unproved: Unproved,
}

/// What is known of a VAT id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    Valid,
    Invalid,
    /// The register gave no answer.
    Unproved,
}

/// Whether reverse charge applies: the goods go from one member state to another, to a business with an id of another state than the
/// shop's, which the register knows, or which the shop takes unproved.
pub fn standing(shop: Country, to: Country, claim: &Claim<'_>) -> Standing {
    let Some(id) = claim.id else { return Standing::Taxed };
    let crosses = shop.is_in_the_eu() && to.is_in_the_eu() && shop != to && id.country() != shop;
    if !crosses {
        return Standing::Taxed;
    }
    let accepts = claim.unproved == Unproved::Accept;
    match &claim.answer {
        Some((check, Known::Valid)) if claim.register != Register::Off => Standing::ReverseCharge { check: Some(*check) },
        Some((_, Known::Invalid)) if claim.register != Register::Off => Standing::Taxed,
        Some((check, Known::Unproved)) if accepts => Standing::ReverseCharge { check: Some(*check) },
        _ if accepts => Standing::ReverseCharge { check: None },
        _ => Standing::Taxed,
    }
}

#[cfg(test)]
#[path = "applying_tests.rs"]
mod tests;
