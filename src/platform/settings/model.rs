//! The shop's facts as all rooms read them.

use chrono_tz::Tz;

use super::announcement::Announcement;
use super::markets::Market;
use super::taxes::TaxRules;
use super::third_parties::ThirdParty;
use crate::platform::base::{Country, Currency, MediaId, Moment, text_enum};
use crate::platform::i18n::{Locale, Wording};

text_enum! {
    /// The pages the law asks for.
    LegalKind { Terms = "terms", Privacy = "privacy", Imprint = "imprint", Returns = "returns" }
}

/// How staff want the stock to be watched and sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockRules {
    /// Pieces left at which a shelf without a number of its own runs low.
    pub low_stock: i32,
    /// The word of the rules by which orders are sent; what it means is known to the inventory.
    pub routing: String,
}

/// The settings, parsed; the same for all requests until they change.
#[derive(Clone, Debug)]
pub struct ShopFacts {
    pub name: String,
    pub legal_name: String,
    pub street: String,
    pub postal_code: String,
    pub city: String,
    pub country: Country,
    pub phone: String,
    /// Of the market whose visitors these facts are for.
    pub currency: Currency,
    pub zone: Tz,
    pub locale: Locale,
    /// Countries sold to, in the order staff gave.
    pub countries: Vec<Country>,
    pub sender_email: String,
    pub notice_email: String,
    /// Whether prices are shown with their tax in that market.
    pub prices_include_tax: bool,
    /// Whether staff type them so.
    pub entered_with_tax: bool,
    /// For whose visitors these facts are; the primary one, unless a shopper chose another.
    pub market: Market,
    /// Those that shoppers can choose, in their order.
    pub markets: Vec<Market>,
    pub tax: TaxRules,
    /// Whether the lowest price of thirty days stands beside a price before.
    pub lowest_price: bool,
    /// Days until an unpaid order expires.
    pub unpaid_days: i32,
    pub reservation_minutes: i32,
    /// Where to transfer money to, as shown to the shopper.
    pub bank_details: Wording,
    pub announcement: Announcement,
    pub logo: Option<MediaId>,
    pub demo: bool,
    /// `None` until the first-run page was filled in.
    pub opened_at: Option<Moment>,
    pub version: i32,
    /// The legal pages that have text (that about privacy always has), with their titles as typed (empty: the language's usual one).
    pub legal: Vec<(LegalKind, Wording)>,
    /// Scripts of other houses; they run only where a visitor agreed.
    pub third_parties: Vec<ThirdParty>,
}
