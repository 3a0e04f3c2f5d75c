//! What an order is: its statuses, derived from its records by one function; what it is made of; why staff are refused.

use serde::{Deserialize, Serialize};

use super::delivery::Delivery;
use crate::engines::credit::{CardRefused, Part};
use crate::engines::inventory::ShipRefused;
use crate::engines::payments::{CaptureRefused, RefundRefused, VoidRefused};
use crate::engines::pricing::Quote;
use crate::engines::shipping::carriers;
use crate::engines::tax::Standing;
use crate::platform::base::{
    CartId, CustomerId, Email, LocationId, MediaId, Message, Moment, OrderId, OrderNumber, ProductId, Refusal, VariantId,
    text_enum,
};
use crate::platform::i18n::{Locale, Translations};

pub use crate::platform::base::Address;

text_enum! {
    OrderStatus { Open = "open", Completed = "completed", Cancelled = "cancelled", Expired = "expired" }
}

text_enum! {
    PaymentStatus {
        Unpaid = "unpaid", Authorised = "authorised", PartlyPaid = "partly_paid", Paid = "paid",
        PartlyRefunded = "partly_refunded", Refunded = "refunded", Voided = "voided",
    }
}

text_enum! {
    FulfilmentStatus {
        Unfulfilled = "unfulfilled", PartlyFulfilled = "partly_fulfilled", Fulfilled = "fulfilled", Cancelled = "cancelled",
    }
}

text_enum! {
    /// What happened to an order.
    Happening {
        Placed = "placed", Paid = "paid", Fulfilled = "fulfilled", Cancelled = "cancelled",
        Reminded = "reminded", Expired = "expired", Note = "note",
        Authorised = "authorised", Refunded = "refunded", Voided = "voided", PaidInVain = "paid_in_vain",
        CaptureAsked = "capture_asked", RefundAsked = "refund_asked", VoidAsked = "void_asked", GatewayRefused = "gateway_refused",
        Edited = "edited",
    }
}

impl Happening {
    /// Whether the shopper may see it.
    pub fn is_public(self) -> bool {
        use Happening::{CaptureAsked, GatewayRefused, Note, RefundAsked, VoidAsked};
        !matches!(self, Note | CaptureAsked | RefundAsked | VoidAsked | GatewayRefused)
    }
}

/// What the statuses are derived from: amounts in minor units, quantities in pieces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Records {
    pub total: i64,
    pub authorised: i64,
    pub captured: i64,
    /// Of that, by gift cards and store credit.
    pub credited: i64,
    pub refunded: i64,
    pub ordered: i64,
    pub fulfilled: i64,
    pub cancelled: bool,
    pub expired: bool,
}

/// The three statuses of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statuses {
    pub order: OrderStatus,
    pub payment: PaymentStatus,
    pub fulfilment: FulfilmentStatus,
}

/// The one function that says how an order stands; nobody assigns a status by hand.
pub fn statuses(records: &Records) -> Statuses {
    let over = records.cancelled || records.expired;
    let payment = match records {
        r if r.refunded > 0 && r.refunded >= r.captured => PaymentStatus::Refunded,
        r if r.refunded > 0 => PaymentStatus::PartlyRefunded,
        r if r.captured == r.credited && r.captured < r.total && r.authorised > 0 && !over => PaymentStatus::Authorised,
        r if r.captured > 0 && r.captured < r.total => PaymentStatus::PartlyPaid,
        r if r.captured > 0 => PaymentStatus::Paid,
        _ if over => PaymentStatus::Voided,
        r if r.total <= 0 => PaymentStatus::Paid,
        _ => PaymentStatus::Unpaid,
    };
    let fulfilment = match records {
        r if r.fulfilled > 0 && r.fulfilled >= r.ordered => FulfilmentStatus::Fulfilled,
        r if r.fulfilled > 0 => FulfilmentStatus::PartlyFulfilled,
        _ if over => FulfilmentStatus::Cancelled,
        _ => FulfilmentStatus::Unfulfilled,
    };
    let settled = matches!(payment, PaymentStatus::Paid | PaymentStatus::PartlyRefunded | PaymentStatus::Refunded);
    let order = match fulfilment {
        _ if records.expired => OrderStatus::Expired,
        _ if records.cancelled => OrderStatus::Cancelled,
        FulfilmentStatus::Fulfilled if settled => OrderStatus::Completed,
        _ => OrderStatus::Open,
    };
    Statuses { order, payment, fulfilment }
}

/// A line as it stood in the cart; price and quantity are in the quote, at the same place.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewLine {
    pub product: ProductId,
    pub variant: VariantId,
    pub title: String,
    /// "Mint / 600 ml"; may be empty.
    pub variant_title: String,
    /// Both titles in other languages than the shop's main one.
    #[serde(default)]
    pub translations: Translations,
    pub sku: String,
    pub handle: String,
    pub media: Option<MediaId>,
    pub weight_grams: i32,
    pub requires_shipping: bool,
    /// Whether each piece becomes a gift card when the order is paid.
    #[serde(default)]
    pub gift_card: bool,
    /// What a bundle is made of.
    #[serde(default)]
    pub parts: Vec<NewPart>,
}

/// A part of a bundle as it stood in the cart.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewPart {
    pub variant: VariantId,
    /// Pieces in one bundle.
    pub quantity: i32,
    pub title: String,
    pub variant_title: String,
    pub translations: Translations,
    pub sku: String,
}

/// Everything an order is made of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewOrder {
    pub cart: CartId,
    /// Whose order it is; a guest's is nobody's.
    #[serde(default)]
    pub customer: Option<CustomerId>,
    pub email: Email,
    pub locale: Locale,
    /// In the order of the quote's lines.
    pub lines: Vec<NewLine>,
    pub quote: Quote,
    pub shipping_address: Address,
    pub billing_address: Address,
    /// As it was named when chosen.
    pub shipping_method: String,
    /// Its name in other languages.
    #[serde(default)]
    pub translations: Translations,
    pub note: String,
    /// What the shopper was told of the delivery; `None` where nothing is sent.
    #[serde(default)]
    pub delivery: Option<Delivery>,
    /// When it expires if no money comes.
    pub due_at: Option<Moment>,
    /// What gift cards and store credit pay of it.
    #[serde(default)]
    pub credits: Vec<Part>,
    /// Whether whoever buys pays tax, and if not, why.
    #[serde(default)]
    pub standing: Standing,
    /// The VAT id of a business; empty: none was given.
    #[serde(default)]
    pub vat_id: String,
}

/// An order that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    pub id: OrderId,
    pub number: OrderNumber,
    /// Opens the shopper's page.
    pub token: String,
    /// False when the cart had been placed before: it is the same order.
    pub fresh: bool,
}

/// How a parcel is found again; all may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tracking {
    pub carrier: String,
    pub number: String,
    pub url: String,
    /// The place that it leaves alone; `None`: wherever its pieces are promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<LocationId>,
}

impl Tracking {
    /// Where it is followed: the address that staff gave, else the page of a carrier that is known by name or by the form of the number.
    pub fn link(&self, locale: Locale) -> Option<String> {
        if self.url.starts_with("https://") || self.url.starts_with("http://") {
            return Some(self.url.clone());
        }
        let known = carriers::found(&self.carrier, &self.number).filter(|_| !self.number.is_empty());
        known.map(|carrier| carrier.link(&self.number, locale))
    }

    /// Who carries it: as staff wrote it, else whose number it is.
    pub fn carried_by(&self) -> String {
        match self.carrier.as_str() {
            "" => carriers::found("", &self.number).map(|carrier| carrier.name().to_owned()).unwrap_or_default(),
            typed => typed.to_owned(),
        }
    }
}

/// Why no money moved on an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PayRefused {
    Unknown,
    /// Somebody else, or the same person in another window, was faster.
    Changed,
    Cancelled,
    Expired,
    /// Nothing is left to pay.
    Settled,
    /// No payment of this order.
    Foreign,
    Capture(CaptureRefused),
    Refund(RefundRefused),
    Void(VoidRefused),
    /// A gift card that was to be taken back was used.
    Card(CardRefused),
    /// A guest has no store credit.
    NoAccount,
}

impl From<RefundRefused> for PayRefused {
    fn from(refused: RefundRefused) -> PayRefused {
        PayRefused::Refund(refused)
    }
}

impl From<VoidRefused> for PayRefused {
    fn from(refused: VoidRefused) -> PayRefused {
        PayRefused::Void(refused)
    }
}

impl From<CaptureRefused> for PayRefused {
    fn from(refused: CaptureRefused) -> PayRefused {
        PayRefused::Capture(refused)
    }
}

impl Refusal for PayRefused {
    fn message(&self) -> Message {
        match self {
            PayRefused::Unknown => Message::new("orders-unknown"),
            PayRefused::Changed => Message::new("orders-changed"),
            PayRefused::Cancelled => Message::new("orders-is-cancelled"),
            PayRefused::Expired => Message::new("orders-is-expired"),
            PayRefused::Settled => Message::new("orders-is-settled"),
            PayRefused::Foreign => Message::new("orders-payment-unknown"),
            PayRefused::Capture(refused) => refused.message(),
            PayRefused::Refund(refused) => refused.message(),
            PayRefused::Void(refused) => refused.message(),
            PayRefused::Card(refused) => refused.message(),
            PayRefused::NoAccount => Message::new("orders-refund-no-account"),
        }
    }
}

/// Why nothing was shipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FulfilRefused {
    Unknown,
    Changed,
    Cancelled,
    Expired,
    /// No line with a quantity.
    Nothing,
    /// More than is left to ship of a line.
    TooMany {
        title: String,
        left: i64,
    },
    /// A line of another order.
    ForeignLine,
    /// Many orders at once are shipped only when their money is here.
    NotPaid,
    /// Nothing is left to ship.
    AllShipped,
    Stock(ShipRefused),
}

impl From<ShipRefused> for FulfilRefused {
    fn from(refused: ShipRefused) -> FulfilRefused {
        FulfilRefused::Stock(refused)
    }
}

impl Refusal for FulfilRefused {
    fn message(&self) -> Message {
        match self {
            FulfilRefused::Unknown => Message::new("orders-unknown"),
            FulfilRefused::Changed => Message::new("orders-changed"),
            FulfilRefused::Cancelled => Message::new("orders-is-cancelled"),
            FulfilRefused::Expired => Message::new("orders-is-expired"),
            FulfilRefused::Nothing => Message::new("orders-ship-nothing"),
            FulfilRefused::TooMany { title, left } => {
                Message::new("orders-ship-too-many").text("title", title).count("count", *left)
            }
            FulfilRefused::ForeignLine => Message::new("orders-ship-foreign"),
            FulfilRefused::NotPaid => Message::new("orders-ship-not-paid"),
            FulfilRefused::AllShipped => Message::new("orders-ship-all-gone"),
            FulfilRefused::Stock(refused) => refused.message(),
        }
    }
}

/// Why an order was not cancelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CancelRefused {
    Unknown,
    Changed,
    Cancelled,
    Expired,
    /// Everything has left the house.
    AllShipped,
    /// A gift card that the order sold was used.
    Card(CardRefused),
}

impl Refusal for CancelRefused {
    fn message(&self) -> Message {
        match self {
            CancelRefused::Unknown => Message::new("orders-unknown"),
            CancelRefused::Changed => Message::new("orders-changed"),
            CancelRefused::Cancelled => Message::new("orders-is-cancelled"),
            CancelRefused::Expired => Message::new("orders-is-expired"),
            CancelRefused::AllShipped => Message::new("orders-all-shipped"),
            CancelRefused::Card(refused) => refused.message(),
        }
    }
}

/// Why a note was not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteRefused {
    Unknown,
    Empty,
}

impl Refusal for NoteRefused {
    fn message(&self) -> Message {
        match self {
            NoteRefused::Unknown => Message::new("orders-unknown"),
            NoteRefused::Empty => Message::new("error-required"),
        }
    }
}

/// Why an order is not fit to be placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    NoLines,
    /// Lines and quote are of different carts.
    Mismatch,
}

impl NewOrder {
    /// Whether lines and quote belong together.
    pub fn check(&self) -> Result<(), Unfit> {
        if self.lines.is_empty() {
            return Err(Unfit::NoLines);
        }
        if self.lines.len() != self.quote.lines.len() { Err(Unfit::Mismatch) } else { Ok(()) }
    }
}
