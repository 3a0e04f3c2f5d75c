//! What a browser may send to the checkout. Every field may be missing: the completion gate says what is needed.

use rocket::form::FromForm;

use super::model::{AddressDraft, Draft};
use super::wallet_view::Spot;
use crate::engines::payments::Method as PaymentMethod;
use crate::platform::base::{
    Country, CustomerAddressId, Line, MarketId, ProductId, Prose, ShippingMethodId, VariantId, text_enum,
};

text_enum! {
    /// A box that is ticked.
    Ticked { Yes = "yes" }
}

/// The fields of the page.
#[derive(FromForm)]
pub struct Details {
    #[field(default_with = Some(Default::default()))]
    pub email: Line<254>,
    pub country: Option<Country>,
    #[field(default_with = Some(Default::default()))]
    pub name: Line<120>,
    #[field(default_with = Some(Default::default()))]
    pub street: Line<160>,
    #[field(default_with = Some(Default::default()))]
    pub line2: Line<160>,
    #[field(default_with = Some(Default::default()))]
    pub postal_code: Line<20>,
    #[field(default_with = Some(Default::default()))]
    pub city: Line<100>,
    #[field(default_with = Some(Default::default()))]
    pub region: Line<80>,
    #[field(default_with = Some(Default::default()))]
    pub phone: Line<40>,
    #[field(default_with = Some(Default::default()))]
    pub company: Line<120>,
    #[field(default_with = Some(Default::default()))]
    pub vat_id: Line<24>,
    /// Whether the invoice goes somewhere else.
    pub billing_other: Option<Ticked>,
    #[field(default_with = Some(Default::default()))]
    pub billing: Billing,
    pub shipping: Option<ShippingMethodId>,
    pub payment: Option<PaymentMethod>,
    #[field(default_with = Some(Default::default()))]
    pub note: Prose<1000>,
    /// Whether a customer wants the address in their book, and their VAT id kept.
    pub keep: Option<Ticked>,
    pub keep_vat_id: Option<Ticked>,
    /// A discount code to put in the cart, and one to take out.
    #[field(default_with = Some(Default::default()))]
    pub code: Line<60>,
    #[field(default_with = Some(Default::default()))]
    pub remove_code: Line<60>,
    /// The market to buy in from now on.
    pub market: Option<MarketId>,
    /// A gift of a promotion that is taken, and one that is not wanted.
    pub gift: Option<VariantId>,
    pub no_gift: Option<ProductId>,
    /// The page that a button for gift cards stood on.
    pub at: Option<Spot>,
    #[field(default_with = Some(Default::default()))]
    pub gift_card: Line<40>,
    /// What a customer chose where all stands on one page.
    pub choice: Choice,
}

/// What a customer chooses of what they keep.
#[derive(FromForm)]
pub struct Choice {
    pub address: Option<CustomerAddressId>,
    pub shipping: Option<ShippingMethodId>,
    pub payment: Option<PaymentMethod>,
    #[field(default_with = Some(Default::default()))]
    pub note: Prose<1000>,
    /// Of their business; `None`: the page did not ask.
    pub vat_id: Option<Line<24>>,
    pub keep_vat_id: Option<Ticked>,
}

/// Where the invoice goes.
#[derive(FromForm, Default)]
pub struct Billing {
    pub country: Option<Country>,
    #[field(default_with = Some(Default::default()))]
    pub name: Line<120>,
    #[field(default_with = Some(Default::default()))]
    pub street: Line<160>,
    #[field(default_with = Some(Default::default()))]
    pub postal_code: Line<20>,
    #[field(default_with = Some(Default::default()))]
    pub city: Line<100>,
    #[field(default_with = Some(Default::default()))]
    pub region: Line<80>,
}

impl Details {
    pub fn draft(&self) -> Draft {
        Draft {
            email: self.email.to_string(),
            address: AddressDraft {
                country: self.country,
                name: self.name.to_string(),
                street: self.street.to_string(),
                line2: self.line2.to_string(),
                postal_code: self.postal_code.to_string(),
                city: self.city.to_string(),
                region: self.region.to_string(),
                phone: self.phone.to_string(),
                company: self.company.to_string(),
            },
            billing: self.billing_other.map(|_| self.billing.draft()),
            shipping: self.shipping,
            payment: self.payment,
            note: self.note.to_string(),
            vat_id: self.vat_id.to_string(),
        }
    }
}

impl Billing {
    fn draft(&self) -> AddressDraft {
        AddressDraft {
            country: self.country,
            name: self.name.to_string(),
            street: self.street.to_string(),
            postal_code: self.postal_code.to_string(),
            city: self.city.to_string(),
            region: self.region.to_string(),
            ..AddressDraft::default()
        }
    }
}

/// The choices alone.
#[derive(FromForm)]
pub struct Chosen {
    pub choice: Choice,
}

/// The last button: what the page showed.
#[derive(FromForm)]
pub struct PlaceOrder {
    /// The total on the button, in minor units.
    #[field(validate = range(0..))]
    pub expected: i64,
    /// What was in the cart then; see `model::fingerprint`.
    #[field(default_with = Some(Default::default()))]
    pub seen: Line<64>,
    /// What a customer chose on the same page; empty for guests.
    pub choice: Choice,
}

/// Pays an order that stands.
#[derive(FromForm)]
pub struct PayOrder {
    pub method: PaymentMethod,
}
