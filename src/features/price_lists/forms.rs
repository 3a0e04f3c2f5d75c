//! What staff send of price lists.

use std::collections::HashMap;
use std::str::FromStr;

use rocket::form::{self, FromForm, FromFormField, ValueField};

use crate::engines::pricing::{ListDraft, Rounding};
use crate::platform::base::{BadText, Currency, CustomerGroupId, Line, MarketId, Move, Name, Prose, Rate, VariantId, text_enum};
use crate::platform::settings::ShopFacts;
use crate::platform::settings::announcement::moment_at;
use crate::platform::web::{Between, Hour};

text_enum! {
    /// Whom a list is for.
    Whom { All = "all", Groups = "groups" }
}

text_enum! {
    /// Where a list holds.
    Where { All = "all", Markets = "markets" }
}

/// A percentage; nothing typed is none.
#[derive(Clone, Copy)]
pub struct Percent(Rate);

#[rocket::async_trait]
impl<'r> FromFormField<'r> for Percent {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        let typed = field.value.trim().trim_end_matches('%');
        if typed.is_empty() {
            return Ok(Percent(Rate::ZERO));
        }
        Rate::parse_percent(typed).map(Percent).ok_or_else(|| form::Error::validation("error-percent").into())
    }
}

/// What a list is.
#[derive(FromForm)]
pub struct ListForm {
    #[field(default = Between(0))]
    pub version: Between<0, { i32::MAX }>,
    name: Name<80>,
    active: bool,
    whom: Whom,
    #[field(default = Vec::new())]
    groups: Vec<CustomerGroupId>,
    #[field(default = Where::All)]
    sold: Where,
    #[field(default = Vec::new())]
    markets: Vec<MarketId>,
    /// The shop's, where nothing is said.
    currency: Option<Currency>,
    begins: Hour,
    ends: Hour,
    off: Percent,
    from_quantity: Between<1, 9999>,
    rounding: Rounding,
}

impl ListForm {
    /// The list as typed; hours are those of the shop.
    pub fn draft(&self, shop: &ShopFacts) -> ListDraft {
        let at = |hour: Hour| hour.0.and_then(|hour| moment_at(hour, shop.zone));
        ListDraft {
            name: self.name.clone(),
            active: self.active,
            groups: (self.whom == Whom::Groups).then(|| self.groups.clone()),
            markets: (self.sold == Where::Markets).then(|| self.markets.clone()),
            currency: self.currency.unwrap_or(shop.currency),
            from: at(self.begins),
            until: at(self.ends),
            off: self.off.0,
            from_quantity: self.from_quantity.0,
            rounding: self.rounding,
        }
    }
}

/// Where a list goes in the order.
#[derive(FromForm)]
pub struct MoveForm {
    pub to: Move,
}

/// Whether the lowest price of thirty days is told.
#[derive(FromForm)]
pub struct LowestForm {
    pub told: bool,
}

/// A row of the own prices: the variant and from how many pieces, "12-5".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Step(pub VariantId, pub i32);

impl FromStr for Step {
    type Err = BadText;
    fn from_str(text: &str) -> Result<Self, BadText> {
        let (variant, from) = text.split_once('-').ok_or(BadText("error-choice"))?;
        let variant = variant.parse().ok().filter(|id| *id > 0).ok_or(BadText("error-choice"))?;
        let from = from.parse().ok().filter(|from| (1..=9999).contains(from)).ok_or(BadText("error-choice"))?;
        Ok(Step(VariantId(variant), from))
    }
}

#[rocket::async_trait]
impl<'r> FromFormField<'r> for Step {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        field.value.parse().map_err(|why: BadText| form::Error::validation(why.0).into())
    }
}

/// The own prices of a page of them; what is emptied goes off the list.
#[derive(FromForm)]
pub struct PricesForm {
    #[field(default = HashMap::new())]
    pub prices: HashMap<Step, Line<20>>,
    /// Which page of them.
    #[field(default = Between(1))]
    pub at: Between<1, 10_000>,
}

/// One more own price: of a variant that was chosen, or of a SKU.
#[derive(FromForm)]
pub struct AdditionForm {
    pub variant: Option<VariantId>,
    #[field(default = <Line<255> as Default>::default())]
    pub sku: Line<255>,
    pub pieces: Between<1, 9999>,
    pub amount: Line<20>,
}

text_enum! {
    /// Whether rows are looked at or taken.
    Act { Look = "look", Take = "take" }
}

/// Own prices as rows of text.
#[derive(FromForm)]
pub struct ImportForm {
    pub rows: Prose<20_000>,
    pub act: Act,
}
