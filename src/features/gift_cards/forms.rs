//! What browsers may send about gift cards.

use rocket::FromForm;

use crate::platform::base::{BadText, CreditAccountId, Currency, Day, Email, Line, Moment, Prose, text_enum};
use crate::platform::i18n::Locale;

/// Issues a card.
#[derive(FromForm)]
pub struct IssueForm {
    /// In the shop's currency, "50.00".
    pub amount: Line<20>,
    /// The last day on which it pays; empty: for ever.
    #[field(default_with = Some(Default::default()))]
    pub expires: Line<10>,
    /// Empty: staff hand the code over.
    #[field(default_with = Some(Default::default()))]
    pub email: Line<254>,
    #[field(default_with = Some(Default::default()))]
    pub words: Prose<500>,
    pub language: Locale,
    /// Tells two clicks from two cards.
    pub form: Line<64>,
}

/// A day as a moment: the day that follows it begins. `Err`: it is no day.
pub fn end_of(day: &str, zone: chrono_tz::Tz) -> Result<Option<Moment>, BadText> {
    if day.is_empty() {
        return Ok(None);
    }
    day.parse::<Day>().map(|day| Some(day.plus(1).begin(zone)))
}

text_enum! {
    How { Give = "give", Take = "take" }
}

/// Changes a balance by hand.
#[derive(FromForm)]
pub struct AdjustForm {
    pub how: How,
    pub amount: Line<20>,
    pub reason: Line<200>,
    /// The balance that the page showed.
    pub seen: i64,
}

impl AdjustForm {
    /// The change in minor units, signed; `None`: it cannot be read.
    pub fn change(&self, currency: Currency) -> Option<i64> {
        let amount = currency.parse_minor(&self.amount)?;
        Some(if self.how == How::Give { amount } else { -amount })
    }
}

/// Says until when a card is good.
#[derive(FromForm)]
pub struct ExpiryForm {
    #[field(default_with = Some(Default::default()))]
    pub expires: Line<10>,
}

/// Sends a card.
#[derive(FromForm)]
pub struct SendForm {
    pub email: Email,
    #[field(default_with = Some(Default::default()))]
    pub words: Prose<500>,
    /// Letters that the page knew of.
    pub sent: i32,
}

/// Sends a card that was bought to somebody.
#[derive(FromForm)]
pub struct GiveForm {
    pub email: Email,
    #[field(default_with = Some(Default::default()))]
    pub words: Prose<500>,
}

#[derive(FromForm)]
pub struct YearsForm {
    #[field(validate = range(0..31))]
    pub years: i32,
}

/// A code that somebody wants to know the balance of.
#[derive(FromForm)]
pub struct CodeForm {
    #[field(default_with = Some(Default::default()))]
    pub code: Line<40>,
}

/// The list: what is looked for, and where the page begins.
#[derive(FromForm)]
pub struct Wish {
    pub q: Option<Line<254>>,
    pub before: Option<CreditAccountId>,
}
