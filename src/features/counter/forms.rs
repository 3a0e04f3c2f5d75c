//! What staff may send about a draft.

use std::collections::HashMap;

use rocket::form::FromForm;

use super::model::Paid;
use crate::platform::base::{Line, MarketId, Quantity, VariantId};

/// Puts a thing in a draft.
#[derive(FromForm)]
pub struct AddForm {
    pub version: i32,
    pub variant: VariantId,
    pub quantity: Quantity,
}

/// The lines of a draft: pieces and discounts by variant.
#[derive(FromForm)]
pub struct LinesForm {
    pub version: i32,
    /// Nothing or 0: the line goes.
    pub pieces: HashMap<VariantId, Line<4>>,
    /// In the currency of the draft's market, "4.90"; nothing: none.
    pub off: HashMap<VariantId, Line<20>>,
}

/// Chooses where a draft is sold.
#[derive(FromForm)]
pub struct MarketForm {
    pub version: i32,
    pub market: MarketId,
}

/// Sends the payment link.
#[derive(FromForm)]
pub struct LinkForm {
    /// How many links the page knew of.
    pub sent: i32,
}

/// Places the order.
#[derive(FromForm)]
pub struct PlaceForm {
    /// The total that the page showed, in minor units.
    #[field(validate = range(0..))]
    pub expected: i64,
    /// What was in the draft then.
    pub seen: Line<64>,
    pub paid: Paid,
}

#[derive(FromForm)]
pub struct VersionForm {
    pub version: i32,
}
