//! The page of the checkout: what is asked, and the bill beside it.

use std::collections::HashMap;

use askama::Template;
use askama_web::WebTemplate;

pub use super::bill::{BillLineView, BillView};

use super::address::{Order, Postal, format_of};
use super::business::asks_for_vat_id;
use super::model::{AddressDraft, Draft};
use super::queries::Basket;
use super::wallet_view::{Spot, WalletView};
use crate::engines::payments::Method as PaymentMethod;
use crate::engines::shipping::Offer;
use crate::features::cart::codes::At;
use crate::features::cart::model::Line;
use crate::platform::base::{Country, MarketId, Moment, VariantId};
use crate::platform::paths;
use crate::platform::settings::Market;
use crate::platform::shell::{Page, Told};
use crate::platform::web::FormView;

/// Address, sending, payment.
#[derive(Template, WebTemplate)]
#[template(path = "checkout/checkout_page.html")]
pub struct CheckoutPage {
    pub page: Page,
    pub form: FormView,
    pub countries: Vec<(String, String)>,
    pub fields: Vec<FieldView>,
    pub billing_open: bool,
    pub billing_countries: Vec<(String, String)>,
    pub billing: Vec<FieldView>,
    /// Whether the second line, the phone and the note are open, because something is in them.
    pub extra_open: [bool; 3],
    pub needs_shipping: bool,
    pub shipping: Vec<ChoiceView>,
    pub payment: Vec<ChoiceView>,
    pub bill: BillView,
    pub wallet: WalletView,
    /// The market that sells to the country chosen: its id, and what is said of it.
    pub elsewhere: Option<(MarketId, String, String)>,
    /// Whether the goods, not the form, are the trouble.
    pub short: bool,
    /// Whether a customer may keep the address in their book.
    pub can_keep: bool,
    /// Whether a business may say who it is, whether it has a VAT id there, and whether that part is open.
    pub asks_company: bool,
    pub asks_vat_id: bool,
    pub company_open: bool,
}

/// A field of an address, as this country has it.
pub struct FieldView {
    pub name: &'static str,
    pub label: String,
    pub auto: &'static str,
    pub mode: &'static str,
    pub class: &'static str,
    pub max: i32,
    pub optional: bool,
    /// Value and text; empty: typed freely.
    pub options: Vec<(String, String)>,
    /// Whether another value means other ways to send, and another tax.
    pub decides: bool,
}

/// A radio row.
pub struct ChoiceView {
    pub value: String,
    pub name: Told,
    pub hint: String,
    pub end: String,
    pub chosen: bool,
}

/// The names of an address's fields in the form.
struct Names {
    name: &'static str,
    street: &'static str,
    postal_code: &'static str,
    city: &'static str,
    region: &'static str,
    section: [&'static str; 5],
}

const SHIPPING: Names = Names {
    name: "name",
    street: "street",
    postal_code: "postal_code",
    city: "city",
    region: "region",
    section: [
        "shipping name",
        "shipping address-line1",
        "shipping postal-code",
        "shipping address-level2",
        "shipping address-level1",
    ],
};
const BILLING: Names = Names {
    name: "billing.name",
    street: "billing.street",
    postal_code: "billing.postal_code",
    city: "billing.city",
    region: "billing.region",
    section: ["billing name", "billing address-line1", "billing postal-code", "billing address-level2", "billing address-level1"],
};

/// The fields of an address below its country, in the order that people there write them.
fn fields(page: &Page, country: Country, names: &Names) -> Vec<FieldView> {
    let format = format_of(country);
    let text = |name, key: &str, auto, class, max| FieldView {
        name,
        label: page.t(key),
        auto,
        mode: "",
        class,
        max,
        optional: false,
        options: Vec::new(),
        decides: false,
    };
    let [auto_name, auto_street, auto_postal, auto_city, auto_region] = names.section;
    let postal = |class, postal: Postal| FieldView {
        mode: if postal.numeric() { "numeric" } else { "" },
        optional: postal.masks.is_empty(),
        ..text(names.postal_code, postal.label, auto_postal, class, 20)
    };
    let city = |class| text(names.city, "checkout-city", auto_city, class, 100);
    let region = |class| {
        format.region.map(|rule| FieldView {
            options: region_options(page, rule.list),
            ..text(names.region, rule.label, auto_region, class, 80)
        })
    };
    let mut all =
        vec![text(names.name, "checkout-name", auto_name, "", 120), text(names.street, "checkout-street", auto_street, "", 160)];
    let code = |class| format.postal.map(|rule| postal(class, rule));
    match format.order {
        Order::PostalCity => {
            let city_class = if format.postal.is_some() { "f-4" } else { "" };
            all.extend(code("f-2").into_iter().chain([city(city_class)]).chain(region("")));
        }
        Order::CityPostal => all.extend([city(if format.postal.is_some() { "f-4" } else { "" })].into_iter().chain(code("f-2"))),
        Order::CityRegionPostal => all.extend([city("")].into_iter().chain(region("f-4")).chain(code("f-2"))),
        Order::PostalRegionCity => all.extend(code("f-2").into_iter().chain(region("f-4")).chain([city("")])),
    }
    all
}

/// The fields with those marked on which delivery and taxes depend.
fn deciding(mut fields: Vec<FieldView>) -> Vec<FieldView> {
    for field in &mut fields {
        field.decides = [SHIPPING.postal_code, SHIPPING.region].contains(&field.name);
    }
    fields
}

/// The fields of a delivery address in this country.
pub fn delivery_fields(page: &Page, country: Country) -> Vec<FieldView> {
    fields(page, country, &SHIPPING)
}

/// The fields of an invoice's address in this country.
pub fn invoice_fields(page: &Page, country: Country) -> Vec<FieldView> {
    fields(page, country, &BILLING)
}

fn region_options(page: &Page, list: &[(&str, &str)]) -> Vec<(String, String)> {
    if list.is_empty() {
        return Vec::new();
    }
    let first = (String::new(), page.t("checkout-choose"));
    std::iter::once(first).chain(list.iter().map(|(code, name)| ((*code).to_owned(), (*name).to_owned()))).collect()
}

/// Countries to choose from, by name.
pub fn country_options(page: &Page, countries: impl Iterator<Item = Country>) -> Vec<(String, String)> {
    page.countries(countries).into_iter().map(|(country, name)| (country.to_string(), name)).collect()
}

/// A form filled in with a draft.
pub fn filled(draft: &Draft) -> FormView {
    let address = |draft: &AddressDraft, names: &Names| {
        [
            (names.name, draft.name.clone()),
            (names.street, draft.street.clone()),
            (names.postal_code, draft.postal_code.clone()),
            (names.city, draft.city.clone()),
            (names.region, draft.region.clone()),
        ]
    };
    let code = |country: Option<Country>| country.map(|country| country.to_string()).unwrap_or_default();
    let mut values = vec![
        ("email", draft.email.clone()),
        ("country", code(draft.address.country)),
        ("line2", draft.address.line2.clone()),
        ("phone", draft.address.phone.clone()),
        ("company", draft.address.company.clone()),
        ("vat_id", draft.vat_id.clone()),
        ("note", draft.note.clone()),
    ];
    values.extend(address(&draft.address, &SHIPPING));
    if let Some(billing) = &draft.billing {
        values.extend([("billing_other", "yes".to_owned()), ("billing.country", code(billing.country))]);
        values.extend(address(billing, &BILLING));
    }
    FormView::filled(values)
}

impl CheckoutPage {
    /// The page for a draft whose country is known, with a form that may hold more than the draft.
    pub fn new(page: Page, draft: &Draft, basket: &Basket, form: FormView) -> CheckoutPage {
        let shop = page.shop();
        let country = draft.address.country.unwrap_or(shop.country);
        let billing_country = draft.billing.as_ref().and_then(|billing| billing.country).unwrap_or(country);
        CheckoutPage {
            countries: country_options(&page, basket.countries.iter().copied()),
            fields: deciding(fields(&page, country, &SHIPPING)),
            billing_open: form.has("billing_other", "yes"),
            billing_countries: country_options(&page, Country::all()),
            billing: fields(&page, billing_country, &BILLING),
            extra_open: ["line2", "phone", "note"].map(|name| !form.value(name).is_empty() || form.error(name).is_some()),
            needs_shipping: basket.needs_shipping,
            shipping: shipping_choices(&page, basket),
            payment: payment_choices(&page, basket, draft.payment),
            bill: BillView::new(&page, basket).with_codes(
                &page,
                basket,
                At::Checkout,
                Some(("checkout-form", paths::checkout_draft())),
            ),
            wallet: wallet(&page, basket, &form),
            elsewhere: basket.elsewhere.as_ref().map(|market| elsewhere(&page, market, country)),
            short: false,
            can_keep: page.signed_in,
            asks_company: shop.tax.sells_to_businesses,
            asks_vat_id: asks_for_vat_id(shop, country),
            company_open: ["company", "vat_id"].iter().any(|name| !form.value(name).is_empty() || form.error(name).is_some()),
            form,
            page,
        }
    }
}

/// What is said of a country that another market sells to, and the words of the button that goes there.
fn elsewhere(page: &Page, market: &Market, country: Country) -> (MarketId, String, String) {
    let values = || {
        let (country, currency) = (page.country(country), market.exchange.to.code());
        [("country", country.into()), ("name", market.name.as_str().into()), ("currency", currency.into())]
    };
    (market.id, page.with("checkout-elsewhere", &values()), page.with("checkout-elsewhere-go", &values()))
}

/// The ways to send; the one chosen before, else the first, is ticked.
pub fn shipping_choices(page: &Page, basket: &Basket) -> Vec<ChoiceView> {
    let chosen = basket.offer.as_ref().map(|offer| offer.method.id);
    basket.offers.iter().map(|offer| choice(page, offer, Some(offer.method.id) == chosen)).collect()
}

/// What the last button says.
pub fn place_label(page: &Page, method: PaymentMethod, basket: &Basket) -> String {
    let key = match method {
        method if method.is_hosted() => "checkout-go-and-pay",
        method if method.is_credit() => return page.t("checkout-place-order-paid"),
        _ => "checkout-place-order",
    };
    page.named(key, &page.price(basket.to_pay()))
}

/// Gift cards and credit, with the code that was typed and refused.
fn wallet(page: &Page, basket: &Basket, form: &FormView) -> WalletView {
    let view = WalletView::new(page, basket, Spot::Form);
    match form.error("gift_card") {
        Some(why) => view.refused(form.value("gift_card"), why.to_owned()),
        None => view,
    }
}

/// The ways to pay; the one chosen before, else the first, is ticked. None where gift cards pay for everything.
pub fn payment_choices(page: &Page, basket: &Basket, chosen: Option<PaymentMethod>) -> Vec<ChoiceView> {
    if basket.wallet.covering(basket.total()).is_some() {
        return Vec::new();
    }
    let chosen = chosen.filter(|method| basket.methods.contains(method)).or(basket.methods.first().copied());
    basket.methods.iter().map(|method| payment_choice(page, *method, Some(*method) == chosen)).collect()
}

pub(super) fn payment_choice(page: &Page, method: PaymentMethod, chosen: bool) -> ChoiceView {
    ChoiceView {
        value: method.to_string(),
        name: Told::own(page.t(&format!("payments-{method}"))),
        hint: match method {
            PaymentMethod::BankTransfer => page.count("checkout-bank-transfer-hint", page.shop().unpaid_days),
            other => page.t(&format!("checkout-{other}-hint")),
        },
        end: String::new(),
        chosen,
    }
}

pub(super) fn choice(page: &Page, offer: &Offer, chosen: bool) -> ChoiceView {
    ChoiceView {
        value: offer.method.id.to_string(),
        name: page.told(&offer.method.name),
        hint: arrival(page, offer),
        end: if offer.price == 0 { page.t("checkout-free") } else { page.price(offer.price) },
        chosen,
    }
}

/// "Arrives Tue 1 – Thu 3 Dec", or when it waits where it is picked up, and where that is.
pub(super) fn arrival(page: &Page, offer: &Offer) -> String {
    let days = offer.arrives.map(|span| page.week_span(span));
    let Some(pickup) = &offer.pickup else {
        return days.map(|days| page.named("checkout-arrives", &days)).unwrap_or_default();
    };
    let note = page.plain(&pickup.note);
    let place = std::iter::once(pickup.place.as_str()).chain(note.lines().map(str::trim)).filter(|line| !line.is_empty());
    let place = place.collect::<Vec<_>>().join(", ");
    match days {
        Some(days) => page.with("checkout-pickup", &[("place", place.into()), ("days", days.into())]),
        None => place,
    }
}

/// Why a line cannot be had, and when it may be again: others are holding what is left of it.
pub fn shortage(page: &Page, line: &Line, held: &HashMap<VariantId, (i64, Moment)>) -> String {
    let (left, name) = (line.saleable.left().unwrap_or(0), page.plain(&line.title));
    match held.get(&line.variant).filter(|(pieces, _)| line.offered && left + pieces >= i64::from(line.quantity)) {
        Some((_, until)) => {
            let until = page.hour(*until, page.shop().zone);
            let values = [("name", name.into()), ("until", until.into()), ("count", left.into())];
            page.with("checkout-held-by-others", &values)
        }
        None => page.with("checkout-short-name", &[("name", name.into()), ("count", left.into())]),
    }
}
