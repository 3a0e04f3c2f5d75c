//! What staff send about discounts. The rows of the editor are read as text and judged together, so that each says what is wrong with it.

use rocket::form::FromForm;

use super::model::{Filter, State};
use crate::engines::promotions::Status;
use crate::platform::base::{Line, Move, Name, PromotionId, PromotionLaneId, Prose, text_enum};
use crate::platform::web::Between;

/// What of the index is wished for; what cannot be read is as if it were not said.
#[derive(FromForm)]
pub struct Wish {
    q: Option<Line<100>>,
    state: Option<State>,
    before: Option<PromotionId>,
}

impl Wish {
    pub fn filter(&self) -> Filter {
        Filter { words: self.q.as_deref().unwrap_or_default().to_owned(), state: self.state, before: self.before }
    }
}

text_enum! {
    /// How a discount comes to a cart.
    Way { Automatic = "automatic", Coded = "code" }
}

text_enum! {
    /// How many of the conditions must hold.
    Matching { All = "all", Any = "any" }
}

text_enum! {
    /// What a row of conditions asks for; empty rows ask for nothing.
    ConditionKind {
        Subtotal = "subtotal", Quantity = "quantity", Groups = "groups", FirstOrder = "first_order", Countries = "countries",
    }
}

text_enum! {
    /// What a row of benefits gives.
    BenefitKind {
        Percent = "percent", Amount = "amount", AmountEach = "amount_each", FixedPrice = "fixed_price", FreeShipping = "free_shipping",
        BuyGet = "buy_get", Gift = "gift", TiersSubtotal = "tiers_subtotal", TiersQuantity = "tiers_quantity",
    }
}

text_enum! {
    /// How goods are named.
    Of { All = "all", Products = "products", Categories = "categories", Tags = "tags" }
}

/// Which goods a row means.
#[derive(FromForm, Clone, Default)]
pub struct GoodsForm {
    #[field(default_with = Some(Default::default()))]
    pub of: Line<20>,
    /// One a line: handle, SKU or title.
    #[field(default_with = Some(Default::default()))]
    pub products: Prose<4000>,
    pub categories: Vec<Line<20>>,
    #[field(default_with = Some(Default::default()))]
    pub tags: Line<500>,
}

#[derive(FromForm, Clone)]
pub struct ConditionForm {
    #[field(default_with = Some(Default::default()))]
    pub kind: Line<20>,
    #[field(default_with = Some(Default::default()))]
    pub at_least: Line<20>,
    #[field(default_with = Some(Default::default()))]
    pub goods: GoodsForm,
    pub groups: Vec<Line<20>>,
    pub countries: Vec<Line<2>>,
}

#[derive(FromForm, Clone)]
pub struct BenefitForm {
    #[field(default_with = Some(Default::default()))]
    pub kind: Line<20>,
    #[field(default_with = Some(Default::default()))]
    pub percent: Line<10>,
    #[field(default_with = Some(Default::default()))]
    pub amount: Line<20>,
    #[field(default_with = Some(Default::default()))]
    pub goods: GoodsForm,
    #[field(default_with = Some(Default::default()))]
    pub buy: Line<6>,
    #[field(default_with = Some(Default::default()))]
    pub get: Line<6>,
    #[field(default_with = Some(Default::default()))]
    pub got: GoodsForm,
    #[field(default_with = Some(Default::default()))]
    pub times: Line<6>,
    #[field(default_with = Some(Default::default()))]
    pub steps: Prose<1000>,
}

/// A discount as the editor has it.
#[derive(FromForm)]
pub struct PromotionForm {
    pub name: Name<120>,
    #[field(default_with = Some(Default::default()))]
    pub name_en: Line<120>,
    #[field(default_with = Some(Default::default()))]
    pub name_de: Line<120>,
    pub lane: PromotionLaneId,
    pub way: Way,
    pub status: Status,
    #[field(default_with = Some(Default::default()))]
    pub starts_at: Line<30>,
    #[field(default_with = Some(Default::default()))]
    pub ends_at: Line<30>,
    pub matching: Matching,
    pub conditions: Vec<ConditionForm>,
    pub benefits: Vec<BenefitForm>,
    #[field(default_with = Some(Default::default()))]
    pub most_uses: Line<10>,
    #[field(default_with = Some(Default::default()))]
    pub most_uses_per_code: Line<10>,
    #[field(default_with = Some(Default::default()))]
    pub most_uses_per_customer: Line<10>,
    /// A code to begin with.
    #[field(default_with = Some(Default::default()))]
    pub code: Line<60>,
    /// As the page showed it; 0: new.
    pub version: Between<0, { i32::MAX }>,
}

/// Lets a discount run, rest, or end.
#[derive(FromForm)]
pub struct StateForm {
    pub to: To,
}

text_enum! {
    To { Active = "active", Paused = "paused", Ended = "ended" }
}

#[derive(FromForm)]
pub struct LaneForm {
    pub name: Name<80>,
}

#[derive(FromForm)]
pub struct MoveForm {
    pub to: Move,
}

/// One code.
#[derive(FromForm)]
pub struct CodeForm {
    pub code: Line<60>,
}

/// Many codes at once.
#[derive(FromForm)]
pub struct ManyForm {
    #[field(default_with = Some(Default::default()))]
    pub begins: Line<20>,
    pub many: Between<1, 100_000>,
    /// How many there were when the page was shown: a second click makes no second lot.
    pub have: Between<0, { i32::MAX }>,
}
