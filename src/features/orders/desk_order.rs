//! One order on the management pages: what is to ship, what was sent, money, timeline, customer.

use std::collections::HashMap;

use askama::Template;
use askama_web::WebTemplate;
use serde_json::Value;

use super::contact;
use super::credit_view::{TakeBackView, to_take_back};
use super::delivery;
use super::desk::{BadgeView, fulfilment_badge, order_badge, payment_badge};
use super::desk_line::{DeskLineView, line_of, lines_in};
use super::desk_money::{self, PaymentView};
use super::desk_sending::{Sending, SendingView};
use super::model::{Address, Happening, OrderStatus};
use super::queries::{Happened, Letter, Line, Order};
use super::views::{ParcelView, TotalsView, computed, parcel_of, totals_of};
use crate::engines::credit::queries::Card;
use crate::features::cart::computation::ComputationView;
use crate::platform::access::{Person, Right};
use crate::platform::base::{Currency, MailId, Moment, OrderLineId, OrderNumber, PaymentId};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::FormView;

/// The forms of the page as they were sent, or as they begin.
#[derive(Default)]
pub struct Forms {
    pub payment: Option<FormView>,
    /// Of the capture, void or refund of one payment.
    pub money: Option<(PaymentId, FormView)>,
    pub parcel: Option<FormView>,
    pub cancellation: Option<FormView>,
    pub note: Option<FormView>,
}

impl Forms {
    pub fn money(payment: PaymentId, sent: FormView) -> Forms {
        Forms { money: Some((payment, sent)), ..Forms::default() }
    }
}

/// What is read for the page.
pub struct Found {
    pub order: Order,
    pub timeline: Vec<Happened>,
    pub letters: Vec<Letter>,
    /// On hand, for lines whose shelf holds less than was promised.
    pub short: HashMap<OrderLineId, i32>,
    pub sending: Sending,
    pub newer: Option<OrderNumber>,
    pub older: Option<OrderNumber>,
    /// Gift cards that it sold.
    pub cards: Vec<Card>,
}

#[derive(Template, WebTemplate)]
#[template(path = "orders/desk_order_page.html")]
pub struct DeskOrderPage {
    pub page: Page,
    pub number: String,
    pub actions: Actions,
    pub version: i32,
    pub placed: String,
    pub pieces: String,
    /// "2 of 4"
    pub left_of: String,
    pub badges: [BadgeView; 3],
    /// What a person must know first: money to pay back, an order that ended.
    pub banner: Option<BannerView>,
    pub sending: SendingView,
    pub left: i64,
    /// Each with the lines that went in it.
    pub parcels: Vec<(ParcelView, Vec<DeskLineView>)>,
    pub lines: Vec<DeskLineView>,
    pub totals: TotalsView,
    /// What a register said of the VAT number.
    pub tax_proof: Option<String>,
    pub computed: ComputationView,
    pub paid: String,
    pub balance: String,
    pub payments: Vec<PaymentView>,
    pub events: Vec<EventView>,
    pub customer: CustomerView,
    pub method: String,
    pub newer: Option<String>,
    pub older: Option<String>,
    pub shopper_path: String,
    pub currency: &'static str,
    pub may_ship: bool,
    pub may_pay: bool,
    pub may_cancel: bool,
    /// Gift cards that it sold: those that can be taken back, and a sentence on each that was used.
    pub take_back: Vec<TakeBackView>,
    pub used_cards: Vec<String>,
    pub may_note: bool,
    pub unpaid: bool,
    /// The newest mail of the order.
    pub seen: Option<MailId>,
    pub payment: FormView,
    pub parcel: FormView,
    pub cancellation: FormView,
    pub note: FormView,
}

/// Where the forms are sent.
pub struct Actions {
    pub payment: String,
    pub fulfilment: String,
    pub cancellation: String,
    pub note: String,
    pub letters: String,
    pub contact: String,
}

impl Actions {
    fn of(number: OrderNumber) -> Actions {
        Actions {
            payment: paths::admin_order_payment(number),
            fulfilment: paths::admin_order_fulfilment(number),
            cancellation: paths::admin_order_cancellation(number),
            note: paths::admin_order_note(number),
            letters: paths::admin_order_letters(number),
            contact: paths::admin_order_contact(number),
        }
    }
}

/// What stands above everything.
pub struct BannerView {
    /// Whether a person must act.
    pub attend: bool,
    pub heading: String,
    pub text: String,
}

/// A row of the timeline.
pub struct EventView {
    /// "key", "warn" or nothing.
    pub mark: &'static str,
    pub initials: Option<String>,
    pub text: String,
    pub more: Vec<String>,
    pub note: Option<String>,
    pub link: Option<(String, String)>,
    /// The mail that may be sent again.
    pub letter: Option<MailId>,
    pub when: String,
    pub datetime: String,
    at: Moment,
}

pub struct CustomerView {
    pub account: Option<String>,
    pub name: String,
    pub initials: String,
    pub email: String,
    pub phone: String,
    pub ships_to: Vec<String>,
    pub bill_to: Option<Vec<String>>,
    pub note: String,
}

impl DeskOrderPage {
    pub fn new(page: Page, found: Found, staff: &Person, forms: Forms) -> DeskOrderPage {
        let Found { order, timeline, letters, short, sending, newer, older, cards } = found;
        let (words, zone) = (page.words, page.zone);
        let money = |amount| words.money(order.money(amount));
        let over = matches!(order.status, OrderStatus::Cancelled | OrderStatus::Expired);
        let goods = || order.lines.iter().filter(|line| !line.gift_card);
        let left: i64 = if over { 0 } else { goods().map(Line::left).sum() };
        let cards_alone = !over && goods().next().is_none();
        let (take_back, used_cards) = to_take_back(&page, &cards);
        let due = order.due_amount();
        let numbered = order.parcels.iter().enumerate();
        let fresh_payment = || FormView::filled([("amount", order.currency.plain(due))]);
        let view = SendingView::new(&page, &order, &sending, &short, forms.parcel.as_ref());
        DeskOrderPage {
            number: order.number.to_string(),
            actions: Actions::of(order.number),
            version: order.version,
            placed: words.minute(order.placed_at, zone),
            pieces: words.count("orders-pieces", order.pieces()),
            left_of: words.with("orders-desk-left-of", &[("left", left.into()), ("count", order.pieces().into())]),
            badges: [
                order_badge(&words, order.status),
                payment_badge(&words, order.payment_status),
                fulfilment_badge(&words, order.fulfilment_status, order.payment_status, order.status),
            ],
            banner: banner(&page, &order),
            left,
            parcels: numbered
                .map(|(at, parcel)| {
                    let when = [
                        words.minute(parcel.at, zone),
                        parcel.place.clone().unwrap_or_default(),
                        sending.of_parcel(&page, parcel),
                    ];
                    let when = when.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
                    (parcel_of(&words, &order, parcel, at, when), lines_in(&page, &order, parcel))
                })
                .collect(),
            lines: order.lines.iter().map(|line| line_of(&page, &order, line, &short)).collect(),
            totals: totals_of(&words, &order),
            tax_proof: desk_money::tax_proof(&page, &order),
            computed: computed(&words, &order),
            paid: money(order.sums().captured - order.sums().refunded),
            balance: money(due - order.owed_back()),
            payments: desk_money::payments(&page, &order, staff, forms.money),
            events: events(&page, &order, &timeline, &letters),
            customer: customer(&page, &order),
            method: method(&page, &order),
            newer: newer.map(paths::admin_order),
            older: older.map(paths::admin_order),
            shopper_path: paths::order(&order.token),
            currency: symbol(order.currency),
            may_ship: staff.may(Right::FulfilOrders) && left > 0,
            may_pay: staff.may(Right::ManageOrders) && due > 0 && order.awaited().is_some(),
            may_cancel: staff.may(Right::ManageOrders) && (left > 0 || cards_alone),
            take_back,
            used_cards,
            may_note: staff.may(Right::ManageOrders),
            unpaid: due > 0,
            seen: letters.first().map(|letter| letter.id),
            payment: forms.payment.unwrap_or_else(fresh_payment),
            parcel: forms.parcel.unwrap_or_else(|| view.fresh.clone()),
            sending: view,
            cancellation: forms.cancellation.unwrap_or_else(|| FormView::filled([("restock", "yes".to_owned())])),
            note: forms.note.unwrap_or_default(),
            page,
        }
    }
}

/// How it is sent and until when, or where it is picked up.
fn method(page: &Page, order: &Order) -> String {
    let name = order.shipping_method.kept_in(page.locale).to_owned();
    let place = order.delivery.as_ref().filter(|delivery| delivery.is_pickup()).map(|delivery| delivery.pickup.clone());
    let parts = [Some(name), place, delivery::promise(&page.words, order, page.shop().zone)];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// What stands before an amount that is typed; nothing where only the code would fit.
fn symbol(currency: Currency) -> &'static str {
    match currency.code() {
        "EUR" => "€",
        "USD" => "$",
        "GBP" => "£",
        "JPY" => "¥",
        _ => "",
    }
}

fn banner(page: &Page, order: &Order) -> Option<BannerView> {
    let day = |at: Option<Moment>| at.map(|at| page.day(at, page.zone)).unwrap_or_default();
    if order.owed_back() > 0 {
        let amount = page.money(order.money(order.owed_back()));
        let (heading, text) = (page.named("orders-desk-owed", &amount), page.t("orders-desk-owed-text"));
        return Some(BannerView { attend: true, heading, text });
    }
    let (heading, text) = match order.status {
        OrderStatus::Cancelled => {
            (page.named("orders-desk-cancelled-on", &day(order.cancelled_at)), page.t("orders-desk-cancelled-text"))
        }
        OrderStatus::Expired => {
            (page.named("orders-desk-expired-on", &day(order.expired_at)), page.t("orders-desk-expired-text"))
        }
        _ => return None,
    };
    Some(BannerView { attend: false, heading, text })
}

/// What happened and which mails went out, newest first.
fn events(page: &Page, order: &Order, timeline: &[Happened], letters: &[Letter]) -> Vec<EventView> {
    let mut events: Vec<EventView> = timeline.iter().map(|row| event(page, order, row)).collect();
    events.extend(letters.iter().map(|letter| EventView {
        mark: "",
        initials: None,
        text:
            page.with(
                "orders-desk-mail",
                &[("subject", letter.subject.as_str().into()), ("to", letter.recipient.as_str().into())],
            ),
        more: Vec::new(),
        note: None,
        link: Some((paths::admin_mail(letter.id), page.t("orders-desk-read"))),
        letter: (letter.kind != "order_notice").then_some(letter.id),
        when: page.lately(letter.at, page.now, page.zone),
        datetime: letter.at.format("%Y-%m-%dT%H:%MZ").to_string(),
        at: letter.at,
    }));
    events.sort_by_key(|event| std::cmp::Reverse(event.at));
    events
}

fn event(page: &Page, order: &Order, row: &Happened) -> EventView {
    let who = row.staff.clone().unwrap_or_default();
    let words = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let amount = page.money(order.money(row.detail["amount"].as_i64().unwrap_or(0)));
    let values = [
        ("who", who.as_str().into()),
        ("customer", order.shipping_address.name.as_str().into()),
        ("amount", amount.into()),
        ("count", row.detail["pieces"].as_i64().unwrap_or(0).into()),
    ];
    let mut more = Vec::new();
    if row.what == Happening::Cancelled {
        let key =
            if row.detail["restock"].as_bool().unwrap_or(true) { "orders-desk-restocked" } else { "orders-desk-written-off" };
        more.extend([words(&row.detail["reason"]), page.with(key, &values)]);
    }
    if matches!(row.what, Happening::RefundAsked | Happening::GatewayRefused) {
        more.extend([words(&row.detail["reason"]), words(&row.detail["why"])]);
    }
    if row.what == Happening::Fulfilled {
        let parcel = order.parcels.iter().position(|parcel| row.detail["fulfilment"].as_i64() == Some(parcel.id.0));
        if let Some((at, parcel)) = parcel.and_then(|at| order.parcels.get(at).map(|parcel| (at, parcel))) {
            more.extend(parcel_of(&page.words, order, parcel, at, String::new()).contents);
        }
    }
    if row.what == Happening::Edited {
        more.extend(contact::changes(&page.words, &row.detail));
    }
    more.retain(|text| !text.is_empty());
    let note = (row.what == Happening::Note).then(|| words(&row.detail["text"]));
    EventView {
        mark: match row.what {
            Happening::Placed | Happening::Paid | Happening::Fulfilled | Happening::Authorised | Happening::Refunded => "key",
            Happening::Cancelled | Happening::Expired | Happening::PaidInVain | Happening::GatewayRefused => "warn",
            _ => "",
        },
        initials: note.is_some().then(|| initials(&who)),
        text: page.with(&said(row), &values),
        more,
        note,
        link: None,
        letter: None,
        when: page.lately(row.at, page.now, page.zone),
        datetime: row.at.format("%Y-%m-%dT%H:%MZ").to_string(),
        at: row.at,
    }
}

/// The sentence for what happened; money that staff did not record came by a gateway.
fn said(row: &Happened) -> String {
    let by_gateway = if row.what == Happening::Paid && row.staff.is_none() { "-by-gateway" } else { "" };
    let credit = match row.detail["credit"].as_str() {
        Some(_) if row.what == Happening::Paid => return "orders-happened-paid-by-credit".into(),
        Some("store_credit") => "-as-credit",
        Some(_) => "-to-card",
        None if row.detail["cards"] == Value::Bool(true) => "-cards",
        None => "",
    };
    format!("orders-happened-{}{by_gateway}{credit}", row.what)
}

fn initials(name: &str) -> String {
    let mut words = name.split(|c: char| !c.is_alphanumeric()).filter_map(|word| word.chars().next());
    let (first, last) = (words.next(), words.next_back());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

fn customer(page: &Page, order: &Order) -> CustomerView {
    let lines = |address: &Address| address.lines(&page.country(address.country));
    let differs = order.billing_address != order.shipping_address;
    CustomerView {
        account: order.customer.filter(|_| page.may(Right::ViewCustomers)).map(paths::admin_customer),
        name: order.shipping_address.name.clone(),
        initials: initials(&order.shipping_address.name),
        email: order.email.clone(),
        phone: order.shipping_address.phone.clone(),
        ships_to: lines(&order.shipping_address),
        bill_to: differs.then(|| lines(&order.billing_address)),
        note: order.note.clone(),
    }
}
