//! The page on which staff buy a label: the parcel, and what each carrier asks for it.

use askama::Template;
use askama_web::WebTemplate;

use super::desk_sending::Sending;
use super::queries::Order;
use crate::engines::shipping::carriers::labels::{Parcel, Rate};
use crate::engines::shipping::labels::Account;
use crate::platform::base::{Address, OrderNumber};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::FormView;

#[derive(Template, WebTemplate)]
#[template(path = "orders/desk_labels_page.html")]
pub struct DeskLabelsPage {
    page: Page,
    number: String,
    back: String,
    action: String,
    purchase: String,
    form: FormView,
    ships_to: Vec<String>,
    rates: Vec<RateView>,
}

/// An offer of a carrier.
struct RateView {
    id: String,
    /// "USPS Priority Mail"
    title: String,
    /// "2 days on the way"
    hint: String,
    price: String,
}

impl DeskLabelsPage {
    pub fn new(page: Page, order: &Order, form: FormView) -> DeskLabelsPage {
        let ships_to = order.shipping_address.lines(&page.country(order.shipping_address.country));
        DeskLabelsPage {
            number: order.number.to_string(),
            back: paths::admin_order(order.number),
            action: paths::admin_order_labels(order.number),
            purchase: paths::admin_order_label_purchase(order.number),
            rates: Vec::new(),
            ships_to,
            form,
            page,
        }
    }

    /// The form for the parcel of the place that was asked for, with the parcel that is used most.
    pub fn fresh(page: Page, order: &Order, sending: &Sending, account: &Account) -> DeskLabelsPage {
        let grams = sending.grams_from(&page.query("from"));
        let [length, width, height] = account.size_cm.map(|side| side.to_string());
        let weight = if grams > 0 { format!("{}.{:03}", grams / 1000, grams % 1000) } else { String::new() };
        let form = FormView::filled([("weight", weight), ("length", length), ("width", width), ("height", height)]);
        DeskLabelsPage::new(page, order, form)
    }

    pub fn with_rates(self, rates: &[Rate]) -> DeskLabelsPage {
        let page = &self.page;
        let view = |rate: &Rate| RateView {
            id: rate.id.clone(),
            title: format!("{} {}", rate.carrier, rate.service),
            hint: rate.days.map(|days| page.count("orders-label-days", days)).unwrap_or_default(),
            price: page.money(rate.price),
        };
        DeskLabelsPage { rates: rates.iter().map(view).collect(), ..self }
    }
}

/// The order's parcel as the house wants it: from the shop to whoever gets it.
pub fn parcel_of(page: &Page, order: &Order, grams: i64, size_cm: [i32; 3]) -> Parcel {
    let shop = page.shop();
    let from = Address {
        name: shop.name.clone(),
        company: shop.legal_name.clone(),
        street: shop.street.clone(),
        extra: String::new(),
        postal_code: shop.postal_code.clone(),
        city: shop.city.clone(),
        region: String::new(),
        country: shop.country,
        phone: shop.phone.clone(),
    };
    let emails = [shop.sender_email.clone(), order.email.clone()];
    Parcel { from, to: order.shipping_address.clone(), emails, grams, size_cm }
}

/// Where a label is bought for what leaves a place.
pub fn path(number: OrderNumber, from: &str) -> String {
    match from {
        "" => paths::admin_order_labels(number),
        from => format!("{}?from={from}", paths::admin_order_labels(number)),
    }
}
