//! Orders that wait for goods, with finished values.

use askama::Template;
use askama_web::WebTemplate;

use crate::features::stockroom::model::named;
use crate::features::stockroom::queries::{Coming, WaitingLine};
use crate::platform::access::Right;
use crate::platform::base::{Day, LocationId, OrderNumber, VariantId};
use crate::platform::paths;
use crate::platform::shell::Page;

/// Which orders wait for what.
#[derive(Template, WebTemplate)]
#[template(path = "stockroom/waiting_page.html")]
pub struct WaitingPage {
    page: Page,
    goods: Vec<GoodsView>,
    may_open: bool,
}

/// A variant at a place that orders wait for.
struct GoodsView {
    key: (VariantId, LocationId),
    title: String,
    sku: String,
    path: String,
    place: String,
    pieces: i64,
    /// "7 pieces are missing"
    missing: String,
    /// "12 are on their way, expected on 12 December 2026"
    coming: Option<String>,
    orders: Vec<OrderView>,
}

/// What of a variant is on its way to a place, in words.
pub(super) fn told_coming(page: &Page, coming: &[Coming], variant: VariantId, location: LocationId) -> Option<String> {
    let one = coming.iter().find(|one| one.variant == variant && one.location == location)?;
    let day = one.expected.map(|day| page.words.date(Day::from(day))).unwrap_or_default();
    let key = if day.is_empty() { "stockroom-coming" } else { "stockroom-coming-on" };
    Some(page.with(key, &[("count", one.pieces.into()), ("day", day.into())]))
}

struct OrderView {
    number: String,
    path: String,
    customer: String,
    placed: String,
    pieces: String,
    told: String,
}

impl WaitingPage {
    pub fn new(page: Page, lines: &[WaitingLine], coming: &[Coming]) -> WaitingPage {
        let mut goods: Vec<GoodsView> = Vec::new();
        for line in lines {
            let key = (line.variant, line.location);
            if goods.last().is_none_or(|last| last.key != key) {
                goods.push(GoodsView {
                    key,
                    title: named(&line.product, &line.title),
                    sku: line.sku.clone(),
                    path: paths::admin_stock_at(line.variant, line.location),
                    place: line.place.clone(),
                    pieces: 0,
                    missing: String::new(),
                    coming: told_coming(&page, coming, line.variant, line.location),
                    orders: Vec::new(),
                });
            }
            let Some(last) = goods.last_mut() else { continue };
            last.pieces += line.pieces;
            last.orders.push(OrderView::new(&page, line));
        }
        for one in &mut goods {
            one.missing = page.count("stockroom-missing", one.pieces);
        }
        WaitingPage { goods, may_open: page.may(Right::ViewOrders), page }
    }
}

impl OrderView {
    fn new(page: &Page, line: &WaitingLine) -> OrderView {
        OrderView {
            number: line.number.to_string(),
            path: paths::admin_order(OrderNumber(line.number)),
            customer: line.customer.clone(),
            placed: page.lately(line.placed_at, page.now, page.shop().zone),
            pieces: page.number(line.pieces),
            told: line.told.map(|day| page.words.date(Day::from(day))).unwrap_or_default(),
        }
    }
}
