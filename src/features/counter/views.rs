//! What the counter shows.

use askama::Template;
use askama_web::WebTemplate;

use crate::features::checkout::model::{AddressDraft, Draft};
use crate::features::checkout::views::{FieldView, country_options, delivery_fields, filled, invoice_fields};
use crate::features::orders::queries::Order;
use crate::platform::base::Country;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::FormView;

/// Whom an order is for, to be changed.
#[derive(Template, WebTemplate)]
#[template(path = "counter/contact_page.html")]
pub struct ContactPage {
    pub page: Page,
    pub number: String,
    pub version: i32,
    pub back: String,
    pub action: String,
    pub form: FormView,
    /// The countries that the form offers; goods stay in theirs.
    pub countries: Vec<(String, String)>,
    pub fields: Vec<FieldView>,
    pub billing_countries: Vec<(String, String)>,
    pub billing: Vec<FieldView>,
    /// "VAT 19 %"
    pub tax: Option<String>,
}

/// An order's contact as the form has it.
fn contact_form(order: &Order) -> FormView {
    let differs = order.billing_address != order.shipping_address;
    let draft = Draft {
        email: order.email.clone(),
        address: AddressDraft::from(&order.shipping_address),
        billing: differs.then(|| AddressDraft::from(&order.billing_address)),
        note: order.note.clone(),
        ..Draft::default()
    };
    let form = filled(&draft).with_value("company", &order.shipping_address.company);
    let billing = if differs { order.billing_address.company.as_str() } else { "" };
    form.with_value("billing_company", billing)
}

/// An invoice address that is not there yet begins in the country of the goods.
pub(super) fn from_here(form: FormView, country: Country) -> FormView {
    if form.value("billing.country").is_empty() { form.with_value("billing.country", &country.to_string()) } else { form }
}

impl ContactPage {
    /// The page for an order as it stands, with the form as it was sent, if it was.
    pub fn new(page: Page, order: &Order, sent: Option<FormView>) -> ContactPage {
        let country = order.shipping_address.country;
        let form = from_here(sent.unwrap_or_else(|| contact_form(order)), country);
        let billing: Country = form.value("billing.country").parse().unwrap_or(country);
        let tax: Vec<String> = order.taxes().iter().map(|tax| format!("{} {} %", tax.name, tax.rate.percent())).collect();
        ContactPage {
            number: order.number.to_string(),
            version: order.version,
            back: paths::admin_order(order.number),
            action: paths::admin_order_contact(order.number),
            countries: country_options(&page, Country::all()),
            fields: delivery_fields(&page, country),
            billing_countries: country_options(&page, Country::all()),
            billing: invoice_fields(&page, billing),
            tax: (!tax.is_empty()).then(|| tax.join(", ")),
            form,
            page,
        }
    }
}
