//! Zones, methods, what they cost, when goods arrive, and why a zone or method is not accepted. No I/O.

mod method;
mod offer;
mod promise;
mod zone;

pub use method::{Kind, Load, MOST, Method, MethodDraft, Step, price_at};
pub use offer::{Offer, Pickup, Piece, offers};
pub use promise::{Hours, MOST_HOLIDAYS, Ready, Weekdays};
pub use zone::{Area, Part, Place, Spot, Zone, ZoneDraft, tidy_code, zone_of};

use crate::platform::base::{Country, Message, Refusal, ShippingProfileId};

/// Goods that are sent in a way of their own: "bulky", "plants".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    pub id: ShippingProfileId,
    pub name: String,
    /// How many products belong to it.
    pub products: i64,
}

/// Why a zone, a method or a profile is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShippingRefused {
    Unnamed,
    NameTaken,
    /// Another profile has this name.
    ProfileTaken,
    /// Another zone delivers there already.
    CountryTaken {
        country: Country,
        zone: String,
    },
    /// Another zone has this very part of a country.
    SpotTaken {
        spot: String,
        zone: String,
    },
    /// Postcodes of two zones overlap and neither lies within the other, so none would be the more specific.
    SpotsCross {
        spot: String,
        zone: String,
    },
    /// Another zone is the rest of the world already.
    RestTaken {
        zone: String,
    },
    Amount,
    /// The slowest is faster than the fastest.
    Days,
    /// A table without rows.
    NoSteps,
    /// A table that says nothing of the smallest orders.
    StepsGap,
    /// Two rows begin at the same.
    StepsOverlap {
        row: i64,
    },
    /// A row begins below the one before it.
    StepsOrder {
        row: i64,
    },
    /// A price for each further unit without the unit, or the other way round.
    StepExtra {
        row: i64,
    },
    /// It ends before its last row begins.
    UpTo,
    /// It ends before it begins.
    Season,
    /// Picked up, but nobody says where.
    NoPlace,
    /// No such place or profile.
    Unknown,
    /// It was removed meanwhile.
    Gone,
}

impl Refusal for ShippingRefused {
    fn message(&self) -> Message {
        use ShippingRefused as No;
        match self {
            No::Unnamed => Message::new("error-required"),
            No::NameTaken => Message::new("shipping-name-taken"),
            No::ProfileTaken => Message::new("shipping-profile-taken"),
            No::CountryTaken { country, zone } => {
                Message::new("shipping-country-taken").text("country", country.code()).text("zone", zone)
            }
            No::SpotTaken { spot, zone } => Message::new("shipping-country-taken").text("country", spot).text("zone", zone),
            No::SpotsCross { spot, zone } => Message::new("shipping-spots-cross").text("country", spot).text("zone", zone),
            No::RestTaken { zone } => Message::new("shipping-rest-taken").text("zone", zone),
            No::Amount => Message::new("shipping-amount"),
            No::Days => Message::new("shipping-days"),
            No::NoSteps => Message::new("shipping-no-steps"),
            No::StepsGap => Message::new("shipping-steps-gap"),
            No::StepsOverlap { row } => Message::new("shipping-steps-overlap").count("row", *row),
            No::StepsOrder { row } => Message::new("shipping-steps-order").count("row", *row),
            No::StepExtra { row } => Message::new("shipping-step-extra").count("row", *row),
            No::UpTo => Message::new("shipping-up-to"),
            No::Season => Message::new("shipping-season"),
            No::NoPlace => Message::new("shipping-no-place"),
            No::Unknown => Message::new("error-choice"),
            No::Gone => Message::new("shipping-gone"),
        }
    }
}
