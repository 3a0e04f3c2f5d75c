//! Staff pages of the counter: whom an order is for.

use rocket::form::{Contextual, Form};
use rocket::{Route, get, post, routes};

use super::views::ContactPage;
use crate::engines::payments::Method;
use crate::engines::tax;
use crate::features::checkout::forms::Details;
use crate::features::checkout::model::{Choices, Draft, complete};
use crate::features::orders;
use crate::features::orders::contact::{Contact, ContactRefused};
use crate::features::orders::queries::Order;
use crate::platform::access::{ManageOrders, Staff};
use crate::platform::base::{Broke, Country, Day, Line, OrBreak, OrderNumber};
use crate::platform::db::{Conn, Db};
use crate::platform::i18n::Words;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

pub fn routes() -> Vec<Route> {
    routes![contact, change_contact]
}

/// Addresses, e-mail and note of an order, to be changed.
#[get("/admin/orders/<number>/contact", rank = 1)]
async fn contact(number: OrderNumber, _staff: Staff<ManageOrders>, page: Page, db: Db) -> web::Result<Option<ContactPage>> {
    let order = orders::queries::order_by_number(&mut *db.get().await?, number).await?;
    Ok(order.map(|order| ContactPage::new(page, &order, None)))
}

/// Changes them; goods for another country are refused, because their tax would be another.
#[post("/admin/orders/<number>/contact", data = "<form>")]
async fn change_contact(
    number: OrderNumber,
    staff: Staff<ManageOrders>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, Details>>,
) -> web::Result<Option<Posted<ContactPage>>> {
    let mut sent = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    let Some(order) = orders::queries::order_by_number(&mut conn, number).await? else { return Ok(None) };
    let version = form.context.field_value("version").and_then(|version| version.parse().ok()).unwrap_or(0);
    if let Some(input) = form.value.as_ref().filter(|_| sent.is_ok()) {
        match told(&page.words, input.draft(), &order, &sent) {
            Err(with_gaps) => sent = with_gaps,
            Ok(contact) => {
                let changed = orders::commands::change_contact(&mut conn, number, &contact, version, &staff, page.now);
                match changed.await.or_break()? {
                    Ok(()) => return Ok(Some(Posted::done(paths::admin_order(number), "orders-edited"))),
                    Err(why) => sent = refused(&mut conn, &page, sent, &contact, &order, &why).await?,
                }
            }
        }
    }
    Ok(Some(Posted::again(ContactPage::new(page, &order, Some(sent)))))
}

/// The contact that the form tells, or the form with what is missing; the same rules as at the checkout.
fn told(words: &Words, draft: Draft, order: &Order, sent: &FormView) -> Result<Contact, FormView> {
    let countries: Vec<Country> = draft.address.country.into_iter().collect();
    let draft = Draft { payment: Some(Method::BankTransfer), ..draft };
    let choices = Choices {
        countries: &countries,
        offers: &[],
        needs_shipping: false,
        methods: &[Method::BankTransfer],
        covered: None,
        elsewhere: None,
    };
    let gaps = match complete(&draft, choices) {
        Ok(whole) => {
            let company = |field: &str| sent.value(field).parse::<Line<120>>().map(Line::into_string);
            let (Ok(mine), Ok(billing)) = (company("company"), company("billing_company")) else {
                return Err(sent.clone().with_error("company", words.t("error-too-long")));
            };
            let mut shipping_address = whole.shipping_address;
            shipping_address.company = mine;
            let mut billing_address = if draft.billing.is_some() { whole.billing_address } else { shipping_address.clone() };
            if draft.billing.is_some() {
                billing_address.company = billing;
                billing_address.phone = order.billing_address.phone.clone();
            }
            return Ok(Contact { email: whole.email, shipping_address, billing_address, note: whole.note });
        }
        Err(gaps) => gaps,
    };
    Err(gaps.iter().fold(sent.clone(), |form, gap| form.with_error(gap.field, words.say(&gap.message))))
}

/// The form with why it was refused; of another country it says which tax it has.
async fn refused(
    conn: &mut Conn,
    page: &Page,
    sent: FormView,
    contact: &Contact,
    order: &Order,
    why: &ContactRefused,
) -> Result<FormView, Broke> {
    let (words, today) = (page.words, Day::of(page.now, page.shop().zone).date());
    let ContactRefused::OtherCountry { was } = why else { return Ok(sent.refused(words, "", why)) };
    let country = contact.shipping_address.country;
    let rates = tax::queries::usual_in(conn, country, today).await?;
    let named = |name: &str, percent: String| format!("{name} {percent} %");
    let old: Vec<String> = order.taxes().iter().map(|tax| named(&tax.name, tax.rate.percent())).collect();
    let new: Vec<String> = rates.iter().map(|rate| named(&rate.name, rate.rate.percent())).collect();
    let none = || words.t("counter-no-tax");
    let values = [
        ("was", words.country(*was).into()),
        ("old", if old.is_empty() { none() } else { old.join(", ") }.into()),
        ("country", words.country(country).into()),
        ("new", if rates.is_empty() { none() } else { new.join(", ") }.into()),
    ];
    Ok(sent.with_error("country", words.with("counter-other-country", &values)))
}
