//! Staff buy labels: first what each carrier asks, then the label. No connection is held while the house is asked.

use rocket::form::{self, Contextual, Form, FromFormField, ValueField};
use rocket::{FromForm, Responder, Route, State, get, post, routes};

use super::admin::sending_of;
use super::desk_labels::{DeskLabelsPage, parcel_of};
use super::model::OrderStatus;
use super::queries::{Order, order_by_number};
use crate::engines::shipping::carriers::labels::{Labels, Trouble};
use crate::engines::shipping::labels;
use crate::platform::access::{FulfilOrders, Person, Staff, audit};
use crate::platform::base::{Broke, Failed, Moment, Never, OrBreak, OrderId, OrderNumber};
use crate::platform::config::Config;
use crate::platform::db::{self, Conn, Db};
use crate::platform::outbound::Outbound;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::vault::Vault;
use crate::platform::web::{self, Between, FormView, Posted};

pub fn routes() -> Vec<Route> {
    routes![show, rates, purchase]
}

/// What answers: the page, or the page with what is wrong, or the way to the order.
#[derive(Responder)]
enum Answer {
    Shown(DeskLabelsPage),
    Posted(Posted<DeskLabelsPage>),
}

#[derive(FromForm)]
struct ParcelForm {
    weight: Kilograms,
    length: Between<1, 400>,
    width: Between<1, 400>,
    height: Between<1, 400>,
}

/// A weight in kilograms, kept in grams; up to a ton.
struct Kilograms(i64);

#[rocket::async_trait]
impl<'r> FromFormField<'r> for Kilograms {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        let typed = field.value.trim().replace(',', ".");
        let (whole, part) = typed.split_once('.').unwrap_or((&typed, ""));
        let digits = |text: &str| text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit());
        let grams = || Some(whole.parse::<i64>().ok()? * 1000 + format!("{part:0<3}").parse::<i64>().ok()?);
        let grams = (!whole.is_empty() && digits(whole) && digits(part)).then(grams).flatten();
        grams.filter(|grams| *grams > 0).map(Kilograms).ok_or_else(|| form::Error::validation("error-weight").into())
    }
}

/// A rate as the house calls it: letters and digits.
struct RateId(String);

#[rocket::async_trait]
impl<'r> FromFormField<'r> for RateId {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        let fits = (1..=64).contains(&field.value.len()) && field.value.bytes().all(|b| b.is_ascii_alphanumeric());
        fits.then(|| RateId(field.value.to_owned())).ok_or_else(|| form::Error::validation("error-choice").into())
    }
}

#[derive(FromForm)]
struct PurchaseForm {
    rate: RateId,
}

/// An order that still waits for parcels, with the house that sells labels; else there is no such page.
async fn desk(
    conn: &mut Conn,
    number: OrderNumber,
    vault: &Vault,
    config: &Config,
) -> Result<Option<(Order, Box<dyn Labels>)>, Broke> {
    let Some(order) = order_by_number(conn, number).await? else { return Ok(None) };
    let over = matches!(order.status, OrderStatus::Cancelled | OrderStatus::Expired);
    if over || order.lines.iter().all(|line| line.left() <= 0) {
        return Ok(None);
    }
    let house = labels::house(conn, vault, Outbound::new(config)).await?;
    Ok(house.map(|house| (order, house)))
}

#[get("/admin/orders/<number>/labels", rank = 2)]
async fn show(number: OrderNumber, _staff: Staff<FulfilOrders>, page: Page, db: Db) -> web::Result<Option<DeskLabelsPage>> {
    let mut conn = db.get().await?;
    let Some(order) = order_by_number(&mut conn, number).await? else { return Ok(None) };
    let Some(account) = labels::account(&mut conn).await? else { return Ok(None) };
    let sending = sending_of(&mut conn, &order).await?;
    Ok(Some(DeskLabelsPage::fresh(page, &order, &sending, &account)))
}

/// Asks what the parcel costs with each carrier.
#[post("/admin/orders/<number>/labels", data = "<form>")]
async fn rates(
    number: OrderNumber,
    _staff: Staff<FulfilOrders>,
    page: Page,
    db: Db,
    vault: &State<Vault>,
    config: &State<Config>,
    form: Form<Contextual<'_, ParcelForm>>,
) -> web::Result<Option<Answer>> {
    let Some((order, house)) = desk(&mut *db.get().await?, number, vault, config).await? else { return Ok(None) };
    let sent = FormView::of(page.words, &form.context);
    let Some(input) = &form.value else {
        return Ok(Some(Answer::Posted(Posted::again(DeskLabelsPage::new(page, &order, sent)))));
    };
    let parcel = parcel_of(&page, &order, input.weight.0, [input.length.0, input.width.0, input.height.0]);
    Ok(Some(match house.rates(&parcel).await {
        Ok(rates) => Answer::Shown(DeskLabelsPage::new(page, &order, sent).with_rates(&rates)),
        Err(why) => {
            let sent = sent.with_error("", said(&page, &why));
            Answer::Posted(Posted::again(DeskLabelsPage::new(page, &order, sent)))
        }
    }))
}

/// Buys a label; pressed again, it buys none.
#[post("/admin/orders/<number>/labels/purchase", data = "<form>")]
async fn purchase(
    number: OrderNumber,
    staff: Staff<FulfilOrders>,
    page: Page,
    db: Db,
    vault: &State<Vault>,
    config: &State<Config>,
    form: Form<Contextual<'_, PurchaseForm>>,
) -> web::Result<Option<Answer>> {
    let Some((order, house)) = desk(&mut *db.get().await?, number, vault, config).await? else { return Ok(None) };
    let sent = FormView::of(page.words, &form.context);
    let Some(input) = &form.value else {
        return Ok(Some(Answer::Posted(Posted::again(DeskLabelsPage::new(page, &order, sent)))));
    };
    Ok(Some(match buy(&db, &*house, order.id, &input.rate.0, &staff, page.now).await? {
        Ok(()) => Answer::Posted(Posted::done(paths::admin_order(number), "orders-done-label")),
        Err(why) => {
            let sent = sent.with_error("", said(&page, &why));
            Answer::Posted(Posted::again(DeskLabelsPage::new(page, &order, sent)))
        }
    }))
}

fn said(page: &Page, why: &Trouble) -> String {
    let key = match why {
        Trouble::Refused(_) => "orders-label-refused",
        Trouble::NoAnswer(_) => "orders-label-no-answer",
    };
    page.named(key, why.words())
}

/// Notes what is about to be bought, buys it, notes what came of it.
async fn buy(
    db: &Db,
    house: &dyn Labels,
    order: OrderId,
    rate: &str,
    staff: &Person,
    now: Moment,
) -> Result<Result<(), Trouble>, Broke> {
    let begun = db::transaction(&mut *db.get().await?, async |tx: &mut Conn| -> Result<_, Failed<Never>> {
        let id = labels::begin(tx, order, rate, staff.id, now).await?;
        if id.is_some() {
            let after = serde_json::json!({ "rate": rate });
            audit(tx, staff, "order.label", "order", Some(order.0), None, Some(after)).await?;
        }
        Ok(id)
    })
    .await;
    let Some(id) = begun.or_break()?.unwrap_or_else(|never| match never {}) else { return Ok(Ok(())) };
    let outcome = house.label(rate).await;
    labels::finish(&mut *db.get().await?, id, &outcome).await?;
    Ok(outcome.map(drop))
}
