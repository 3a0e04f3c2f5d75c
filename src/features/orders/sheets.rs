//! Sheets to print: packing slips for the parcel (no prices) and receipts, one page per order, in the customer's language.

use askama::Template;
use askama_web::WebTemplate;
use rocket::request::FromParam;
use rocket::{Route, get, routes};

use super::batch::numbers_in;
use super::model::PaymentStatus;
use super::queries::{self, Line, Order};
use super::views::{TotalsView, totals_of};
use crate::platform::access::{Staff, ViewOrders};
use crate::platform::base::{BadText, text_enum};
use crate::platform::db::Db;
use crate::platform::i18n::Words;
use crate::platform::media::Picture;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web;

pub fn routes() -> Vec<Route> {
    routes![show]
}

text_enum! {
    /// What a sheet is for.
    SheetKind { Slips = "slips", Receipts = "receipts" }
}

impl<'a> FromParam<'a> for SheetKind {
    type Error = BadText;
    fn from_param(param: &'a str) -> Result<Self, BadText> {
        param.parse()
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "orders/sheets_page.html")]
struct SheetsPage {
    page: Page,
    heading: String,
    prices: bool,
    sheets: Vec<SheetView>,
    back: String,
}

/// One order on paper.
struct SheetView {
    words: Words,
    number: String,
    placed: String,
    ships_to: Vec<String>,
    bill_to: Option<Vec<String>>,
    phone: String,
    method: String,
    lines: Vec<SheetLineView>,
    pieces: String,
    /// Whether an earlier parcel took a part of the order.
    partly: bool,
    note: String,
    totals: TotalsView,
    payment: String,
    paid: bool,
}

struct SheetLineView {
    title: String,
    variant: String,
    sku: String,
    /// What a bundle is made of, of so many pieces.
    parts: Vec<String>,
    picture: Option<String>,
    /// "3", or "1 of 3" when an earlier parcel took the others.
    pieces: String,
    each: String,
    off: Option<String>,
    total: String,
}

/// The sheets of the orders named in the query; what does not exist has none.
#[get("/admin/orders/sheets/<kind>")]
async fn show(kind: SheetKind, _staff: Staff<ViewOrders>, page: Page, db: Db) -> web::Result<SheetsPage> {
    let numbers = numbers_in(page.url.split_once('?').map_or("", |(_, query)| query));
    let orders = queries::orders_by_numbers(&mut *db.get().await?, &numbers).await?;
    let back = match numbers.as_slice() {
        [only] => paths::admin_order(*only),
        _ => paths::admin_orders(),
    };
    Ok(SheetsPage {
        heading: page.count(&format!("orders-sheets-{kind}"), orders.len()),
        prices: kind == SheetKind::Receipts,
        sheets: orders.iter().map(|order| sheet(&page, order, kind)).collect(),
        back,
        page,
    })
}

fn sheet(page: &Page, order: &Order, kind: SheetKind) -> SheetView {
    let (words, zone) = (Words::new(order.locale), page.shop().zone);
    let waits = kind == SheetKind::Slips && order.lines.iter().any(|line| line.left() > 0);
    let lines: Vec<&Line> = order.lines.iter().filter(|line| !waits || line.left() > 0).collect();
    let of = |line: &Line| if waits { line.left() } else { i64::from(line.quantity) };
    let address = |address: &super::model::Address| address.lines(&words.country(address.country));
    SheetView {
        words,
        number: order.number.to_string(),
        placed: words.day(order.placed_at, zone),
        ships_to: match order.delivery.as_ref().filter(|delivery| delivery.is_pickup()) {
            Some(delivery) => delivery.place(&words),
            None => address(&order.shipping_address),
        },
        bill_to: (order.billing_address != order.shipping_address).then(|| address(&order.billing_address)),
        phone: order.shipping_address.phone.clone(),
        method: order.shipping_method.kept_in(words.locale).to_owned(),
        pieces: words.count("orders-pieces", lines.iter().map(|line| of(line)).sum::<i64>()),
        lines: lines.into_iter().map(|line| line_of(words, order, line, of(line))).collect(),
        partly: waits && order.lines.iter().any(|line| line.fulfilled > 0),
        note: order.note.clone(),
        totals: totals_of(&words, order),
        payment: words.t(&format!("payments-{}", order.payment_method)),
        paid: matches!(order.payment_status, PaymentStatus::Paid | PaymentStatus::PartlyRefunded | PaymentStatus::Refunded),
    }
}

fn line_of(words: Words, order: &Order, line: &Line, pieces: i64) -> SheetLineView {
    let money = |amount| words.money(order.money(amount));
    let ordered = i64::from(line.quantity);
    SheetLineView {
        title: line.title.kept_in(words.locale).to_owned(),
        variant: line.variant_title.kept_in(words.locale).to_owned(),
        sku: line.sku.clone(),
        parts: line.parts.iter().map(|part| part.told(words.locale, pieces)).collect(),
        picture: line.picture.as_ref().map(Picture::small),
        pieces: match pieces == ordered {
            true => words.number(pieces),
            false => words.with("orders-desk-left-of", &[("left", pieces.into()), ("count", ordered.into())]),
        },
        each: money(line.unit_price),
        off: (line.discount > 0).then(|| money(-line.discount)),
        total: money(line.total),
    }
}
