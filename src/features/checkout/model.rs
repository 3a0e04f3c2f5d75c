//! What a shopper has told the checkout, what is still missing, and why an order is not placed.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::address::{self, format_of};
use crate::engines::inventory::Short;
use crate::engines::payments::Method as PaymentMethod;
use crate::engines::promotions::UsedUp;
use crate::engines::shipping::Offer;
use crate::features::cart::model::Line;
use crate::features::orders::{Address, CreateRefused, NewOrder};
use crate::platform::base::{Country, Email, Message, Quantity, Refusal, ShippingMethodId, VariantId};
use crate::platform::settings::Market;

/// An address as typed; nothing in it is judged yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AddressDraft {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
    pub name: String,
    pub street: String,
    pub line2: String,
    pub postal_code: String,
    pub city: String,
    pub region: String,
    pub phone: String,
    pub company: String,
}

/// Everything typed so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub email: String,
    pub address: AddressDraft,
    /// `None`: the invoice goes where the goods go.
    pub billing: Option<AddressDraft>,
    pub shipping: Option<ShippingMethodId>,
    pub payment: Option<PaymentMethod>,
    pub note: String,
    /// Of a business, as typed.
    pub vat_id: String,
}

/// What the shopper is about to pay: the order is made from it, whatever the cart says then.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Snapshot {
    pub order: NewOrder,
    pub method: PaymentMethod,
}

impl Snapshot {
    /// What is bought of it.
    pub fn goods(&self) -> Vec<(VariantId, Quantity)> {
        let NewOrder { lines, quote, .. } = &self.order;
        lines.iter().zip(&quote.lines).map(|(line, quoted)| (line.variant, quoted.quantity)).collect()
    }

    /// Tells apart what the fingerprint of the cart does not: whom, where to, and the words to us.
    pub fn mark(&self) -> String {
        let NewOrder { customer, email, shipping_address, billing_address, shipping_method, note, quote, .. } = &self.order;
        let off: Vec<_> = quote.discounts.iter().map(|row| (row.promotion, &row.code)).collect();
        let whom = format!(
            "{email}|{shipping_address:?}|{billing_address:?}|{shipping_method}|{note}|{customer:?}|{off:?}|{}",
            self.method
        );
        hex::encode(&Sha256::digest(whom)[..8])
    }
}

/// The parts of the checkout, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Contact,
    Address,
    Billing,
    Shipping,
    Payment,
}

/// Something without which there is no order yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Missing {
    pub step: Step,
    /// The name of the form's field.
    pub field: &'static str,
    /// What is wrong with it, for programs: "required", "invalid", "unavailable".
    pub code: &'static str,
    pub message: Message,
}

/// A checkout with nothing missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complete {
    pub email: Email,
    pub shipping_address: Address,
    pub billing_address: Address,
    /// `None` when nothing is sent.
    pub shipping: Option<Offer>,
    pub payment: PaymentMethod,
    pub note: String,
}

/// What the shop offers this shopper; decides with the draft what is missing.
#[derive(Clone, Copy, Debug)]
pub struct Choices<'a> {
    pub countries: &'a [Country],
    /// Ways to send to the draft's country.
    pub offers: &'a [Offer],
    /// Whether anything in the cart is sent at all.
    pub needs_shipping: bool,
    /// Ways to pay that the shop offers.
    pub methods: &'a [PaymentMethod],
    /// What pays for everything already, so that no way to pay is asked for.
    pub covered: Option<PaymentMethod>,
    /// The market that sells to the draft's country, where the cart buys in another.
    pub elsewhere: Option<&'a Market>,
}

impl Choices<'_> {
    /// Whether the draft's way needs no address to deliver to.
    fn picks_up(&self, draft: &Draft) -> bool {
        let chosen = self.offers.iter().find(|offer| Some(offer.method.id) == draft.shipping);
        self.needs_shipping && chosen.is_some_and(|offer| offer.pickup.is_some())
    }
}

/// What an address must have: all that the post needs, or the name of whoever picks up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    All,
    Name,
}

/// The names of an address's fields in the form.
struct Fields {
    country: &'static str,
    name: &'static str,
    street: &'static str,
    postal_code: &'static str,
    city: &'static str,
    region: &'static str,
}

const SHIPPING: Fields =
    Fields { country: "country", name: "name", street: "street", postal_code: "postal_code", city: "city", region: "region" };
const BILLING: Fields = Fields {
    country: "billing.country",
    name: "billing.name",
    street: "billing.street",
    postal_code: "billing.postal_code",
    city: "billing.city",
    region: "billing.region",
};

/// The completion gate: all that is missing, in the order of the page; empty when the order can be placed.
pub fn missing(draft: &Draft, choices: Choices<'_>) -> Vec<Missing> {
    complete(draft, choices).err().unwrap_or_default()
}

/// The draft with nothing missing, or all that is.
pub fn complete(draft: &Draft, choices: Choices<'_>) -> Result<Complete, Vec<Missing>> {
    let mut gaps = Vec::new();
    let email = match draft.email.parse::<Email>() {
        Ok(email) => Some(email),
        Err(_) => {
            let key = if draft.email.is_empty() { "checkout-error-email-missing" } else { "checkout-error-email" };
            let code = if draft.email.is_empty() { "required" } else { "invalid" };
            gaps.push(Missing { step: Step::Contact, field: "email", code, message: Message::new(key) });
            None
        }
    };
    let asks = if choices.picks_up(draft) { Asks::Name } else { Asks::All };
    let shipping_address = check(&draft.address, Step::Address, &SHIPPING, Some(choices.countries), asks, &mut gaps);
    if let Some(Market { name, exchange, .. }) = choices.elsewhere {
        let message = Message::new("checkout-error-market").text("name", name).text("currency", exchange.to.code());
        gaps.push(Missing { step: Step::Address, field: "country", code: "market", message });
    }
    let billing_address = match &draft.billing {
        Some(billing) => check(billing, Step::Billing, &BILLING, None, Asks::All, &mut gaps),
        None => shipping_address.clone(),
    };
    let shipping = chosen(draft, choices, &mut gaps);
    let chosen = draft.payment.filter(|method| choices.methods.contains(method));
    let payment = choices.covered.or(chosen).or_else(|| {
        gaps.push(gap(Step::Payment, "payment", "checkout-error-payment"));
        None
    });
    match (email, shipping_address, billing_address, payment) {
        (Some(email), Some(shipping_address), Some(billing_address), Some(payment)) if gaps.is_empty() => {
            Ok(Complete { email, shipping_address, billing_address, shipping, payment, note: draft.note.clone() })
        }
        _ => Err(gaps),
    }
}

fn gap(step: Step, field: &'static str, key: &'static str) -> Missing {
    Missing { step, field, code: "required", message: Message::new(key) }
}

/// The way of sending that was chosen, if it is still offered to this country.
fn chosen(draft: &Draft, choices: Choices<'_>, gaps: &mut Vec<Missing>) -> Option<Offer> {
    if !choices.needs_shipping {
        return None;
    }
    if choices.offers.is_empty() {
        if draft.address.country.is_some_and(|country| choices.countries.contains(&country)) {
            let message = Message::new("checkout-error-no-shipping");
            gaps.push(Missing { step: Step::Shipping, field: "shipping", code: "unavailable", message });
        }
        return None;
    }
    let offer = choices.offers.iter().find(|offer| Some(offer.method.id) == draft.shipping);
    if offer.is_none() {
        gaps.push(gap(Step::Shipping, "shipping", "checkout-error-shipping"));
    }
    offer.cloned()
}

/// An address by itself, for a shopper's book: whole, or all that is missing in it.
pub fn complete_address(draft: &AddressDraft, countries: &[Country]) -> Result<Address, Vec<Missing>> {
    let mut gaps = Vec::new();
    check(draft, Step::Address, &SHIPPING, Some(countries), Asks::All, &mut gaps).ok_or(gaps)
}

impl From<&Address> for AddressDraft {
    fn from(address: &Address) -> AddressDraft {
        AddressDraft {
            country: Some(address.country),
            name: address.name.clone(),
            street: address.street.clone(),
            line2: address.extra.clone(),
            postal_code: address.postal_code.clone(),
            city: address.city.clone(),
            region: address.region.clone(),
            phone: address.phone.clone(),
            company: address.company.clone(),
        }
    }
}

fn check(
    draft: &AddressDraft,
    step: Step,
    fields: &Fields,
    countries: Option<&[Country]>,
    asks: Asks,
    gaps: &mut Vec<Missing>,
) -> Option<Address> {
    let before = gaps.len();
    let Some(country) = draft.country.filter(|country| countries.is_none_or(|known| known.contains(country))) else {
        let code = if draft.country.is_some() { "unavailable" } else { "required" };
        gaps.push(Missing { step, field: fields.country, code, message: Message::new("checkout-error-country") });
        return None;
    };
    let format = format_of(country);
    for (value, field, key) in [
        (&draft.name, fields.name, "checkout-error-name"),
        (&draft.street, fields.street, "checkout-error-street"),
        (&draft.city, fields.city, "checkout-error-city"),
    ] {
        if value.is_empty() && (asks == Asks::All || field == fields.name) {
            gaps.push(gap(step, field, key));
        }
    }
    let postal_code = match asks {
        Asks::Name if draft.postal_code.is_empty() => String::new(),
        _ => check_postal(draft, country, format, step, fields.postal_code, gaps),
    };
    let region = match asks {
        Asks::Name if draft.region.is_empty() => String::new(),
        _ => check_region(draft, format, step, fields.region, gaps),
    };
    (gaps.len() == before).then(|| Address {
        country,
        name: draft.name.clone(),
        company: draft.company.clone(),
        street: draft.street.clone(),
        extra: draft.line2.clone(),
        postal_code,
        city: draft.city.clone(),
        region,
        phone: draft.phone.clone(),
    })
}

fn check_postal(
    draft: &AddressDraft,
    country: Country,
    format: address::Format,
    step: Step,
    field: &'static str,
    gaps: &mut Vec<Missing>,
) -> String {
    let Some(postal) = format.postal else { return String::new() };
    if draft.postal_code.is_empty() && format.postal_required() {
        let message = Message::new("checkout-error-postal-missing").text("example", postal.example);
        gaps.push(Missing { step, field, code: "required", message });
    }
    let tidy = postal.tidy(&draft.postal_code);
    if tidy.is_none() && !draft.postal_code.is_empty() {
        let message = Message::new("checkout-error-postal").text("country", country.code()).text("example", postal.example);
        gaps.push(Missing { step, field, code: "invalid", message });
    }
    tidy.unwrap_or_default()
}

fn check_region(
    draft: &AddressDraft,
    format: address::Format,
    step: Step,
    field: &'static str,
    gaps: &mut Vec<Missing>,
) -> String {
    let Some(rule) = format.region else { return String::new() };
    let known = if rule.list.is_empty() {
        Some(draft.region.clone()).filter(|region| !region.is_empty())
    } else {
        rule.list.iter().find(|(code, _)| *code == draft.region).map(|(code, _)| (*code).to_owned())
    };
    known.unwrap_or_else(|| {
        gaps.push(gap(step, field, "checkout-error-region"));
        String::new()
    })
}

/// What a page showed of a cart, in 16 characters: the goods, their prices, the way of sending and the total.
pub fn fingerprint(lines: &[Line], offer: Option<&Offer>, total: i64) -> String {
    let mut hash = Sha256::new();
    for line in lines {
        hash.update(format!("{}:{}:{}{};", line.id, line.quantity, line.price, line.currency));
        if let Some(wait) = &line.wait {
            hash.update(format!("{wait:?};"));
        }
    }
    hash.update(format!("{:?}:{total}", offer.map(|offer| (offer.method.id, offer.price))));
    hex::encode(&hash.finalize()[..8])
}

/// Why an order is not placed.
#[derive(Clone, Debug, PartialEq)]
pub enum PlaceRefused {
    /// There is nothing in the cart.
    Empty,
    /// Something is not filled in, or no longer offered.
    Incomplete(Vec<Missing>),
    /// The total is another than the button showed (minor units); nothing was charged.
    Changed { showed: i64, total: i64 },
    /// The goods are others than the page showed, at the same total.
    Reshuffled,
    /// Gift cards or store credit pay another part than the page showed.
    CreditChanged,
    /// Too few are left, or others hold them.
    Short(Vec<Short>),
    /// Something in the cart is no longer offered.
    Withdrawn,
    /// More than an order may cost.
    TooMuch,
    /// The gateway's page cannot be opened just now; nothing was charged.
    GatewayAway,
    /// Somebody else took the last use of a promotion; nothing was charged.
    UsedUp(UsedUp),
}

impl From<CreateRefused> for PlaceRefused {
    fn from(refused: CreateRefused) -> PlaceRefused {
        match refused {
            CreateRefused::Stock(why) => PlaceRefused::Short(why.short),
            CreateRefused::UsedUp(why) => PlaceRefused::UsedUp(why),
            CreateRefused::Credit(_) => PlaceRefused::CreditChanged,
        }
    }
}

impl PlaceRefused {
    /// Whether everything is there, and the shopper only has to look once more.
    pub fn asks_again(&self) -> bool {
        use PlaceRefused::{Changed, CreditChanged, GatewayAway, Reshuffled, UsedUp};
        matches!(self, Changed { .. } | Reshuffled | CreditChanged | UsedUp(_) | GatewayAway)
    }
}

impl Refusal for PlaceRefused {
    fn message(&self) -> Message {
        match self {
            PlaceRefused::Empty => Message::new("cart-empty"),
            PlaceRefused::Incomplete(_) => Message::new("checkout-error-incomplete"),
            PlaceRefused::Changed { .. } => Message::new("checkout-changed-total"),
            PlaceRefused::Reshuffled => Message::new("checkout-changed-goods"),
            PlaceRefused::CreditChanged => Message::new("checkout-changed-credit"),
            PlaceRefused::Short(_) => Message::new("checkout-short"),
            PlaceRefused::Withdrawn => Message::new("checkout-withdrawn"),
            PlaceRefused::TooMuch => Message::new("checkout-too-much"),
            PlaceRefused::GatewayAway => Message::new("checkout-gateway-away"),
            PlaceRefused::UsedUp(why) => why.message(),
        }
    }
}
