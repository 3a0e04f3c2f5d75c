//! What the management pages of orders show: the list and one order, with finished values.

use askama::Template;
use askama_web::WebTemplate;

use super::forms::{Asked, View};
use super::model::{FulfilmentStatus, OrderStatus, PaymentStatus};
use super::queries::{Begin, COUNTED, Index, Row, ViewCounts};
use super::saved::SavedView;
use crate::platform::base::{Currency, Day, Money};
use crate::platform::i18n::Words;
use crate::platform::paths;
use crate::platform::shell::Page;

/// A status in words and in its look.
#[derive(Clone, Debug)]
pub struct BadgeView {
    pub text: String,
    pub class: &'static str,
}

pub fn order_badge(words: &Words, status: OrderStatus) -> BadgeView {
    let class = match status {
        OrderStatus::Open => "idle",
        OrderStatus::Completed => "done full",
        OrderStatus::Cancelled | OrderStatus::Expired => "idle cross",
    };
    BadgeView { text: words.t(&format!("orders-status-{status}")), class }
}

pub fn payment_badge(words: &Words, status: PaymentStatus) -> BadgeView {
    let class = match status {
        PaymentStatus::Unpaid => "act",
        PaymentStatus::Authorised | PaymentStatus::PartlyPaid => "act half",
        PaymentStatus::Paid => "done full",
        PaymentStatus::PartlyRefunded => "done half",
        PaymentStatus::Refunded | PaymentStatus::Voided => "idle cross",
    };
    BadgeView { text: words.t(&format!("orders-payment-{status}")), class }
}

/// What ought to be shipped waits visibly only once it is paid.
pub fn fulfilment_badge(words: &Words, status: FulfilmentStatus, payment: PaymentStatus, order: OrderStatus) -> BadgeView {
    let class = match status {
        FulfilmentStatus::Unfulfilled if matches!(payment, PaymentStatus::Unpaid) => "idle",
        FulfilmentStatus::Unfulfilled => "wait",
        FulfilmentStatus::PartlyFulfilled if order == OrderStatus::Cancelled => "done half",
        FulfilmentStatus::PartlyFulfilled => "wait half",
        FulfilmentStatus::Fulfilled => "done full",
        FulfilmentStatus::Cancelled => "idle cross",
    };
    BadgeView { text: words.t(&format!("orders-fulfilment-{status}")), class }
}

#[derive(Template, WebTemplate)]
#[template(path = "orders/desk_orders_page.html")]
pub struct DeskOrdersPage {
    pub page: Page,
    pub words: String,
    pub views: Vec<ViewLink>,
    /// What the search form keeps while it searches.
    pub kept: Vec<(&'static str, String)>,
    pub filters: Vec<FilterView>,
    /// The days between which the orders were placed, as typed.
    pub placed: (String, String),
    pub chips: Vec<ChipView>,
    pub rows: Vec<RowView>,
    /// "341 orders, €32,108.20", "More than 10,000 orders"
    pub found: String,
    /// Whether the shop has no order at all.
    pub none_yet: bool,
    /// Where this query is kept as a view; `None`: nothing narrows it, or it is one already.
    pub keep: Option<String>,
    pub newer: Option<String>,
    pub older: Option<String>,
}

pub struct ViewLink {
    pub path: String,
    pub text: String,
    pub count: String,
    pub here: bool,
}

pub struct FilterView {
    pub name: &'static str,
    pub legend: String,
    /// Value, word, chosen.
    pub choices: Vec<(&'static str, String, bool)>,
}

pub struct ChipView {
    pub label: String,
    pub value: String,
    pub without: String,
}

pub struct RowView {
    pub number: i64,
    pub path: String,
    pub placed: String,
    pub datetime: String,
    pub customer: String,
    pub pieces: String,
    pub total: String,
    pub order: BadgeView,
    pub payment: BadgeView,
    pub fulfilment: BadgeView,
    pub dim: bool,
}

/// The list's address with this query.
fn path_with(pairs: &[(&'static str, String)]) -> String {
    match pairs {
        [] => paths::admin_orders(),
        pairs => format!(
            "{}?{}",
            paths::admin_orders(),
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
        ),
    }
}

/// "€20.00 + CHF 22.75": amounts of different currencies have no sum.
fn worth(page: &Page, index: &Index) -> String {
    let home = page.shop().currency;
    let money = |(code, amount): (&String, &i64)| Some(page.money(Money::new(*amount, code.parse().ok()?)));
    let own = index.worth.get(home.code()).copied().unwrap_or(0);
    let others: Vec<String> = index.worth.iter().filter(|(code, _)| *code != home.code()).filter_map(money).collect();
    let own = (own != 0 || others.is_empty()).then(|| page.price(own));
    own.into_iter().chain(others).collect::<Vec<_>>().join(" + ")
}

impl DeskOrdersPage {
    pub fn new(page: Page, asked: &Asked, index: &Index, counts: ViewCounts, saved: &[SavedView]) -> DeskOrdersPage {
        let pairs = asked.pairs();
        let turned = |key: &'static str, row: Option<&(Row, i64)>, there: bool| {
            let begin = row.filter(|_| there).map(|row| (key, row.0.id.to_string()))?;
            Some(path_with(&pairs.iter().cloned().chain([begin]).collect::<Vec<_>>()))
        };
        let found = match index.found {
            many if index.more => page.with("orders-desk-found-many", &[("count", page.number(many).into())]),
            few => page.with("orders-desk-found", &[("count", few.into()), ("worth", worth(&page, index).into())]),
        };
        let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
        DeskOrdersPage {
            words: asked.filter.words.clone(),
            views: views(&page, asked, counts, saved),
            keep: keep(asked, saved),
            kept: pairs.iter().filter(|pair| pair.0 != "q").cloned().collect(),
            filters: filters(&page, asked),
            placed: (day(asked.placed.0), day(asked.placed.1)),
            chips: chips(&page, asked),
            rows: index.rows.iter().map(|(row, pieces)| row_of(&page, row, *pieces)).collect(),
            found,
            none_yet: counts.every == 0,
            newer: turned("after", index.rows.first(), index.newer),
            older: turned("before", index.rows.last(), index.older),
            page,
        }
    }
}

/// The ready-made views with their counts, then those that staff keep.
fn views(page: &Page, asked: &Asked, counts: ViewCounts, saved: &[SavedView]) -> Vec<ViewLink> {
    let narrowed = asked.pairs().iter().any(|(key, _)| !matches!(*key, "view" | "q"));
    let query = asked.query();
    let kept = saved.iter().any(|view| view.query == query);
    let link = |view: View, count: i64| ViewLink {
        path: if view == View::All { paths::admin_orders() } else { path_with(&[("view", view.to_string())]) },
        text: page.t(&format!("orders-view-{view}")),
        count: if count > COUNTED { format!("{}+", page.number(COUNTED)) } else { page.number(count) },
        here: asked.view.unwrap_or(View::All) == view && !narrowed && !kept,
    };
    let mut links = vec![link(View::All, counts.every), link(View::ToShip, counts.to_ship), link(View::Unpaid, counts.unpaid)];
    links.extend(saved.iter().map(|view| ViewLink {
        path: format!("{}?{}", paths::admin_orders(), view.query),
        text: view.name.clone(),
        count: String::new(),
        here: view.query == query,
    }));
    links
}

fn keep(asked: &Asked, saved: &[SavedView]) -> Option<String> {
    let (query, plain) = (asked.query(), asked.pairs().iter().all(|pair| pair.0 == "view"));
    let new = !plain && saved.iter().all(|view| view.query != query);
    new.then(|| format!("{}?{query}", paths::admin_order_views()))
}

fn filters(page: &Page, asked: &Asked) -> Vec<FilterView> {
    let said = |name: &str, value: &str| page.t(&format!("orders-{name}-{value}"));
    vec![
        FilterView {
            name: "payment",
            legend: page.t("orders-desk-payment"),
            choices: PaymentStatus::ALL
                .iter()
                .map(|one| (one.as_str(), said("payment", one.as_str()), asked.filter.payment.contains(one)))
                .collect(),
        },
        FilterView {
            name: "fulfilment",
            legend: page.t("orders-desk-fulfilment"),
            choices: FulfilmentStatus::ALL
                .iter()
                .map(|one| (one.as_str(), said("fulfilment", one.as_str()), asked.filter.fulfilment.contains(one)))
                .collect(),
        },
        FilterView {
            name: "status",
            legend: page.t("orders-desk-status"),
            choices: OrderStatus::ALL
                .iter()
                .map(|one| (one.as_str(), said("status", one.as_str()), asked.filter.status.contains(one)))
                .collect(),
        },
    ]
}

/// What narrows the list, each with the way to take it off; a ready-made view is none.
pub fn chips(page: &Page, asked: &Asked) -> Vec<ChipView> {
    let pairs = asked.pairs();
    let chip = |(at, (key, value)): (usize, &(&'static str, String))| {
        let label = match *key {
            "status" | "payment" | "fulfilment" => page.t(&format!("orders-desk-{key}")),
            "q" => page.t("orders-desk-words"),
            "view" => return None,
            key => page.t(&format!("orders-desk-{}", key.replace('_', "-"))),
        };
        let value = match *key {
            "q" | "email" => value.clone(),
            "from" | "to" | "begun_from" | "begun_to" => value.parse().map(|day| page.date(day)).unwrap_or_default(),
            "product" => asked.product_title.clone().unwrap_or_else(|| value.clone()),
            key => page.t(&format!("orders-{key}-{value}")),
        };
        let rest: Vec<_> = pairs.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, pair)| pair.clone()).collect();
        Some(ChipView { label, value, without: path_with(&rest) })
    };
    pairs.iter().enumerate().filter_map(chip).collect()
}

fn row_of(page: &Page, row: &Row, pieces: i64) -> RowView {
    let currency: Option<Currency> = row.currency.parse().ok();
    RowView {
        number: row.number,
        path: paths::admin_order(crate::platform::base::OrderNumber(row.number)),
        placed: page.lately(row.placed_at, page.now, page.zone),
        datetime: row.placed_at.format("%Y-%m-%dT%H:%MZ").to_string(),
        customer: row.customer_name.clone(),
        pieces: page.number(pieces),
        total: currency.map_or_else(|| row.total.to_string(), |currency| page.money(Money::new(row.total, currency))),
        order: order_badge(&page.words, row.status),
        payment: payment_badge(&page.words, row.payment_status),
        fulfilment: fulfilment_badge(&page.words, row.fulfilment_status, row.payment_status, row.status),
        dim: matches!(row.status, OrderStatus::Cancelled | OrderStatus::Expired),
    }
}

impl Asked {
    pub fn page(&self) -> Begin {
        self.begin.unwrap_or(Begin::Newest)
    }
}
