//! An order as its shopper sees it: everything finished, nothing to compute in the template.

use askama::Template;
use askama::filters::HtmlSafe;

use super::credit_view::{self, SoldCardView, credits};
use super::delivery;
use super::model::{FulfilmentStatus, Happening, OrderStatus, PaymentStatus};
use super::queries::{Happened, Line, Order, Parcel, Row, TaxLine, timeline_of};
use crate::engines::credit;
use crate::engines::payments::{self, Gateways, Method};
use crate::engines::pricing::DiscountRow;
use crate::features::cart::computation::ComputationView;
use crate::platform::base::{Broke, Moment, Origin};
use crate::platform::db::Conn;
use crate::platform::i18n::Words;
use crate::platform::media::{Loading, PictureView, sizes};
use crate::platform::paths;
use crate::platform::shell::{Page, Told};

/// The notice of a shopper whose payment did not go through.
pub const DECLINED: &str = "orders-declined";

/// An order as a part of another room's page.
#[derive(Template)]
#[template(path = "orders/_order.html")]
pub struct OrderSheet {
    pub page: Page,
    pub order: OrderView,
    pub declined: bool,
}

impl HtmlSafe for OrderSheet {}

/// An order as its shopper sees it.
pub struct OrderView {
    pub number: String,
    /// "Order 1042 · placed 23 November 2026"
    pub placed: String,
    pub heading: String,
    pub lede: String,
    pub stops: Vec<StopView>,
    pub pay: Option<PayView>,
    /// Where it can be paid by card, and what the button says.
    pub pay_now: Option<(String, Method, String)>,
    /// Gift cards that it sold.
    pub cards: Vec<SoldCardView>,
    pub pieces: i64,
    pub lines: Vec<LineView>,
    pub parcels: Vec<ParcelView>,
    pub totals: TotalsView,
    pub computed: ComputationView,
    /// "Arrives Tue 1 – Thu 3 Dec".
    pub arrives: Option<String>,
    /// Where it is picked up; empty: it is sent.
    pub pickup: Vec<String>,
    pub ships_to: Vec<String>,
    /// `None`: the same as where it is sent.
    pub bill_to: Option<Vec<String>>,
    pub payment: String,
    pub note: String,
}

/// A stop on the order's road.
pub struct StopView {
    /// "is-done", "is-now", "is-off" or nothing.
    pub class: &'static str,
    pub title: String,
    pub when: String,
}

impl StopView {
    fn done(&self) -> bool {
        self.class == "is-done"
    }

    fn now(&self) -> bool {
        self.class == "is-now"
    }
}

/// What must be transferred, where to and by when.
pub struct PayView {
    pub heading: String,
    pub amount: String,
    pub reference: String,
    pub bank: Vec<String>,
    pub by: Option<String>,
}

pub struct LineView {
    pub title: Told,
    /// "Mint", or nothing.
    pub what: Told,
    /// "2 pieces"
    pub pieces: String,
    /// What a bundle is made of.
    pub parts: Vec<String>,
    /// "Ships from 12 December 2026"
    pub waits: Option<String>,
    pub price: String,
    pub path: Option<String>,
    pub picture: Option<PictureView>,
}

pub struct ParcelView {
    pub title: String,
    pub when: String,
    pub carrier: String,
    pub number: String,
    pub link: Option<String>,
    pub contents: Vec<String>,
}

pub struct TotalsView {
    /// Label, a small word behind it, amount.
    pub rows: Vec<(String, String, String)>,
    pub total: String,
    /// "with €30.49 VAT"
    pub included: Option<String>,
    /// What gift cards and store credit paid: label and amount.
    pub credits: Vec<(String, String)>,
    /// Why there is no tax, and the VAT number of whoever bought.
    pub tax_lines: Vec<String>,
}

/// The rows of a total: goods, discount, delivery, tax on top.
pub(super) fn totals_of(words: &Words, order: &Order) -> TotalsView {
    let money = |amount| words.money(order.money(amount));
    let mut rows = vec![(words.t("orders-goods"), String::new(), money(order.goods_total))];
    if order.discount_total > 0 {
        let names = named(words, order.discounts.iter().filter(|row| row.line.is_some()));
        rows.push((words.t("orders-discount"), names, money(-order.discount_total)));
    }
    let free = order.shipping_total == 0;
    let delivery = if free { words.t("orders-free") } else { money(order.shipping_total) };
    rows.push((words.t("orders-delivery"), order.shipping_method.kept_in(words.locale).to_owned(), delivery));
    let taxes: Vec<TaxLine> = order.taxes().into_iter().filter(|tax| tax.amount > 0).collect();
    if !order.tax_included {
        rows.extend(taxes.iter().map(|tax| (tax.name.clone(), format!("{} %", tax.rate.percent()), money(tax.amount))));
    }
    let within: Vec<String> = taxes.iter().map(|tax| format!("{} {}", money(tax.amount), tax.name)).collect();
    let included = (order.tax_included && !within.is_empty()).then(|| words.named("orders-with-tax", &within.join(", ")));
    let tax_lines = order.tax_note.as_ref().map(|note| note.lines(words)).unwrap_or_default();
    TotalsView { rows, total: money(order.total), included, credits: credits(words, order), tax_lines }
}

/// The names of discounts, each once; what was taken off by hand has none.
fn named<'a>(words: &Words, rows: impl Iterator<Item = &'a DiscountRow>) -> String {
    let mut names: Vec<String> = Vec::new();
    let called = |row: &DiscountRow| row.code.clone().unwrap_or_else(|| row.called().kept_in(words.locale).to_owned());
    for name in rows.map(called) {
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

/// How the total of an order came about.
pub(super) fn computed(words: &Words, order: &Order) -> ComputationView {
    let names: Vec<String> = order.lines.iter().map(|line| line.called(words.locale)).collect();
    ComputationView::new(words, order.currency, &names, &order.steps(words.locale))
}

pub(super) fn parcel_of(words: &Words, order: &Order, parcel: &Parcel, at: usize, when: String) -> ParcelView {
    let named = |(id, quantity): &(crate::platform::base::OrderLineId, i32)| {
        let line = order.lines.iter().find(|line| line.id == *id)?;
        Some(format!("{quantity} × {}", line.called(words.locale)))
    };
    let is_card = |id| order.lines.iter().any(|line| line.id == id && line.gift_card);
    let cards = !parcel.contents.is_empty() && parcel.contents.iter().all(|part| is_card(part.0));
    ParcelView {
        title: if cards { words.t("orders-parcel-cards") } else { words.count("orders-parcel", at as i64 + 1) },
        when,
        carrier: parcel.tracking.carried_by(),
        number: parcel.tracking.number.clone(),
        link: parcel.tracking.link(words.locale),
        contents: parcel.contents.iter().filter_map(named).collect(),
    }
}

/// An order with what happened to it and the ways to pay it, ready to print.
pub async fn read(conn: &mut Conn, page: &Page, order: &Order) -> Result<OrderView, Broke> {
    let timeline = timeline_of(conn, order.id).await?;
    let offered = payments::queries::methods(conn).await?;
    let cards: Vec<Method> = offered.iter().filter(|one| one.enabled && one.method.is_hosted()).map(|one| one.method).collect();
    let sold = match order.lines.iter().any(|line| line.gift_card) {
        true => credit::queries::sold_by(conn, order.id, page.now).await?,
        false => Vec::new(),
    };
    Ok(OrderView { cards: credit_view::sold(page, order, &sold), ..OrderView::new(page, order, &timeline, &cards) })
}

impl OrderView {
    /// The sites of gateways that the button to pay may lead to.
    pub fn sites(&self, gateways: &Gateways) -> Vec<Origin> {
        self.pay_now.as_ref().map_or_else(Vec::new, |(_, method, _)| gateways.of(*method).origins())
    }

    /// `cards`: the ways to pay on a gateway's page that the shop offers.
    pub fn new(page: &Page, order: &Order, timeline: &[Happened], cards: &[Method]) -> OrderView {
        let zone = page.shop().zone;
        let (heading, lede) = said(page, order);
        let country = |address: &super::model::Address| address.lines(&page.country(address.country));
        let parcels = order.parcels.iter().enumerate();
        OrderView {
            number: order.number.to_string(),
            placed: page.with(
                "orders-placed-on",
                &[("number", order.number.to_string().into()), ("day", page.day(order.placed_at, zone).into())],
            ),
            heading,
            lede,
            stops: stops(page, order, timeline),
            pay: pay(page, order),
            pay_now: cards.first().filter(|_| order.payable() > 0 && order.payment_method != "cash_on_delivery").map(|method| {
                let amount = page.money(order.money(order.payable()));
                (paths::order_payment(&order.token), *method, page.named("orders-pay-now", &amount))
            }),
            cards: Vec::new(),
            pieces: order.pieces(),
            lines: order.lines.iter().map(|line| line_of(page, order, line)).collect(),
            parcels: parcels
                .map(|(at, parcel)| parcel_of(&page.words, order, parcel, at, page.minute(parcel.at, zone)))
                .collect(),
            totals: totals_of(&page.words, order),
            computed: computed(&page.words, order),
            arrives: delivery::promise(&page.words, order, zone),
            pickup: order.delivery.as_ref().map(|delivery| delivery.place(&page.words)).unwrap_or_default(),
            ships_to: country(&order.shipping_address),
            bill_to: (order.billing_address != order.shipping_address).then(|| country(&order.billing_address)),
            payment: page.t(&format!("payments-{}", order.payment_method)),
            note: order.note.clone(),
        }
    }
}

/// How an order stands in a list, in a word, with the badge's look.
pub fn standing(page: &Page, row: &Row) -> (String, &'static str) {
    let (key, look) = match (row.status, row.payment_status, row.fulfilment_status) {
        (OrderStatus::Cancelled, ..) => ("cancelled", "line"),
        (OrderStatus::Expired, ..) => ("expired", "line"),
        (_, _, FulfilmentStatus::Fulfilled) => ("shipped", "line"),
        (_, _, FulfilmentStatus::PartlyFulfilled) => ("partly", "soft"),
        (_, PaymentStatus::Unpaid | PaymentStatus::PartlyPaid, _) => ("unpaid", "warn"),
        _ => ("packing", "soft"),
    };
    (page.t(&format!("orders-standing-{key}")), look)
}

fn line_of(page: &Page, order: &Order, line: &Line) -> LineView {
    LineView {
        title: page.told_as_kept(&line.title),
        what: page.told_as_kept(&line.variant_title),
        pieces: page.count("orders-pieces", line.quantity),
        parts: line.parts_told(page.locale),
        waits: line.waits_told(order.status, &page.words),
        price: page.money(order.money(line.total)),
        path: line.handle.as_deref().map(paths::product),
        picture: line.picture.as_ref().and_then(|picture| picture.view("", sizes::LINE, Loading::Lazy)),
    }
}

/// Heading and first sentence by how the order stands.
fn said(page: &Page, order: &Order) -> (String, String) {
    let name = order.shipping_address.first_name();
    let day = |moment: Option<Moment>| moment.map(|at| page.day(at, page.shop().zone)).unwrap_or_default();
    let values = [
        ("name", name.into()),
        ("email", order.email.as_str().into()),
        ("amount", page.money(order.money(order.due_amount())).into()),
        ("day", day(order.due_at).into()),
    ];
    let unpaid = order.due_amount() > 0;
    let stands = match (order.status, order.fulfilment_status) {
        (OrderStatus::Cancelled, _) => "cancelled",
        (OrderStatus::Expired, _) => "expired",
        (_, FulfilmentStatus::Fulfilled) if order.lines.iter().all(|line| line.gift_card) => "mailed",
        (_, FulfilmentStatus::Fulfilled) => "shipped",
        (_, FulfilmentStatus::PartlyFulfilled) => "partly",
        _ if order.payment_status == PaymentStatus::Authorised => "authorised",
        _ if unpaid && order.payment_method == "cash_on_delivery" => "cod",
        _ if unpaid && order.due_at.is_some() => "unpaid",
        _ if unpaid => "unpaid-any-time",
        _ => "paid",
    };
    (page.with(&format!("orders-heading-{stands}"), &values), page.with(&format!("orders-lede-{stands}"), &values))
}

fn pay(page: &Page, order: &Order) -> Option<PayView> {
    let awaited = order.awaited().filter(|payment| order.due_amount() > 0 && payment.gateway == Method::BankTransfer)?;
    let amount = page.money(order.money(awaited.open_amount()));
    Some(PayView {
        heading: page.named("orders-pay-heading", &amount),
        amount,
        reference: awaited.reference.clone(),
        bank: page.plain(&page.shop().bank_details).lines().map(str::to_owned).filter(|line| !line.trim().is_empty()).collect(),
        by: order.due_at.map(|at| page.day(at, page.shop().zone)),
    })
}

/// Placed, paid, on its way; or where it ended.
fn stops(page: &Page, order: &Order, timeline: &[Happened]) -> Vec<StopView> {
    let zone = page.shop().zone;
    let when = |what: Happening| timeline.iter().find(|row| row.what == what).map(|row| page.minute(row.at, zone));
    let stop = |class, key: &str, when: Option<String>| StopView { class, title: page.t(key), when: when.unwrap_or_default() };
    let mut stops = vec![stop("is-done", "orders-stop-placed", Some(page.minute(order.placed_at, zone)))];
    let paid = order.payment_status == PaymentStatus::Paid;
    if order.status == OrderStatus::Cancelled || order.status == OrderStatus::Expired {
        if let Some(at) = when(Happening::Paid) {
            stops.push(stop("is-done", "orders-stop-paid", Some(at)));
        }
        let ended = order.cancelled_at.or(order.expired_at).map(|at| page.minute(at, zone));
        let key = if order.expired_at.is_some() { "orders-stop-expired" } else { "orders-stop-cancelled" };
        stops.push(stop("is-now", key, ended));
        return stops;
    }
    let settled = paid || order.due_amount() == 0;
    match settled {
        true => stops.push(stop("is-done", "orders-stop-paid", when(Happening::Paid))),
        false => {
            let waits = match order.payment_status {
                PaymentStatus::Authorised => "orders-stop-payment-held",
                _ if order.payment_method == "cash_on_delivery" => "orders-stop-payment-cod",
                _ => "orders-stop-payment-waits",
            };
            stops.push(stop("is-now", "orders-stop-payment", Some(page.t(waits))));
        }
    }
    let (class, key) = match order.fulfilment_status {
        FulfilmentStatus::Fulfilled => ("is-done", "orders-stop-shipped"),
        FulfilmentStatus::PartlyFulfilled => ("is-now", "orders-stop-partly"),
        _ if settled => ("is-now", "orders-stop-packing"),
        _ => ("", "orders-stop-shipped"),
    };
    stops.push(stop(class, key, when(Happening::Fulfilled)));
    stops
}
