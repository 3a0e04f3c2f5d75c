//! The page of one variant's stock, with finished values.

use askama::Template;
use askama_web::WebTemplate;

use super::index::badge;
use super::waiting::told_coming;
use crate::engines::inventory::Reason;
use crate::engines::inventory::ahead::{Ahead, PreOrder};
use crate::engines::inventory::model::Movement;
use crate::features::stockroom::model::{Entry, Goods, Place, named};
use crate::features::stockroom::queries::Coming;
use crate::platform::access::Right;
use crate::platform::base::{Day, LocationId, Token, VariantId};
use crate::platform::media::{Loading, Picture, PictureView, sizes};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::FormView;

/// The forms of the page as they were sent.
#[derive(Default)]
pub struct Forms {
    pub correction: Option<FormView>,
    pub ahead: Option<FormView>,
}

/// One variant: what lies where, the form that corrects it, and its ledger.
#[derive(Template, WebTemplate)]
#[template(path = "stockroom/stock_page.html")]
pub struct StockPage {
    page: Page,
    title: String,
    sub: String,
    product_path: String,
    places: Vec<PlaceView>,
    /// The place that is corrected.
    at: Option<Place>,
    action: String,
    form: FormView,
    /// What is sold before it is there.
    ahead_action: String,
    ahead: FormView,
    bundle: bool,
    bundle_path: String,
    hows: [(&'static str, String); 2],
    reasons: Vec<(&'static str, String)>,
    ledger: Vec<EntryView>,
    older: Option<String>,
    several: bool,
    may_edit: bool,
    thumb: Option<PictureView>,
    variant: VariantId,
    /// "5 shoppers wait for it"
    shoppers: Option<String>,
}

struct PlaceView {
    path: String,
    name: String,
    here: bool,
    counted: bool,
    on_hand: String,
    promised: String,
    held: String,
    left: String,
    badge: Option<(&'static str, String)>,
    /// "Pre-order: ships from 12 December 2026"
    ahead: Option<String>,
    /// "12 are on their way"
    coming: Option<String>,
    location: LocationId,
}

struct EntryView {
    at: String,
    what: String,
    why: String,
    note: String,
    order: Option<(String, String)>,
    who: String,
    location: String,
    on_hand: String,
    promised: String,
    balance: String,
    grew: bool,
}

impl StockPage {
    /// The page with one place chosen, else the first; `forms`: what was typed.
    pub fn new(
        page: Page,
        variant: VariantId,
        goods: &Goods,
        places: Vec<Place>,
        at: Option<LocationId>,
        forms: Forms,
    ) -> StockPage {
        let at = at.and_then(|id| places.iter().find(|place| place.location == id)).or(places.first()).cloned();
        let here = at.as_ref().map(|place| place.location);
        let view = |place: &Place| PlaceView {
            path: paths::admin_stock_at(variant, place.location),
            name: place.name.clone(),
            here: here == Some(place.location),
            counted: place.counted,
            on_hand: page.number(place.pieces.on_hand),
            promised: page.number(place.pieces.promised),
            held: page.number(place.pieces.held),
            left: page.number(place.pieces.left().max(0)),
            badge: if place.stock.is_some() && place.counted { badge(&page, &place.pieces, place.low) } else { None },
            ahead: said_ahead(&page, &place.ahead),
            coming: None,
            location: place.location,
        };
        let on_hand = at.as_ref().map_or(0, |place| place.pieces.on_hand);
        let usual = || FormView::filled([("how", "by".to_owned()), ("reason", "counted".to_owned())]);
        // The form is measured against what lies there now, so that sending it again is a choice.
        let form = forms.correction.unwrap_or_else(usual).with_value("was", &on_hand.to_string());
        let form = if form.value("form").is_empty() { form.with_value("form", &Token::random().to_string()) } else { form };
        StockPage {
            title: named(&goods.product_title, &goods.title),
            sub: goods.sku.clone(),
            product_path: paths::admin_product(goods.product),
            places: places.iter().map(view).collect(),
            action: here.map(|location| paths::admin_stock_corrections(variant, location)).unwrap_or_default(),
            ahead_action: here.map(|location| paths::admin_selling_ahead(variant, location)).unwrap_or_default(),
            ahead: forms.ahead.unwrap_or_else(|| at.as_ref().map(|place| kept(&place.ahead)).unwrap_or_else(FormView::empty)),
            bundle: goods.bundle,
            bundle_path: paths::admin_bundle(variant),
            hows: [("by", page.t("stockroom-how-by")), ("to", page.t("stockroom-how-to"))],
            reasons: Reason::ALL.iter().map(|reason| (reason.as_str(), page.t(&format!("stockroom-reason-{reason}")))).collect(),
            ledger: Vec::new(),
            older: None,
            several: places.len() > 1,
            may_edit: page.may(Right::ManageProducts),
            thumb: None,
            shoppers: None,
            at,
            form,
            variant,
            page,
        }
    }

    /// The same with a page of the ledger; a row more than `size` says that there are older ones.
    pub fn with_ledger(mut self, mut ledger: Vec<Entry>, size: usize) -> StockPage {
        if ledger.len() > size {
            ledger.truncate(size);
            let last = ledger.last().map_or(0, |entry| entry.id);
            self.older = Some(format!("{}?before={last}#ledger", paths::admin_stock(self.variant)));
        }
        self.ledger = ledger.into_iter().map(|entry| EntryView::new(&self.page, entry)).collect();
        self
    }

    pub fn with_thumb(mut self, picture: Option<&Picture>) -> StockPage {
        self.thumb = picture.and_then(|picture| picture.view("", sizes::THUMB, Loading::Eager));
        self
    }
}

/// What is sold of a shelf before it is there, as its form shows it.
fn kept(ahead: &Ahead) -> FormView {
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let number = |number: Option<i32>| number.map(|number| number.to_string()).unwrap_or_default();
    FormView::filled([
        ("back_orders", ahead.back_orders.to_string()),
        ("ships_on", day(ahead.ships_on)),
        ("pre_orders", number(ahead.pre_order.map(|pre_order| pre_order.limit))),
        ("release_on", day(ahead.pre_order.map(|pre_order| pre_order.release))),
        ("low_at", number(ahead.low_at)),
    ])
}

/// The same in words, where anything is.
fn said_ahead(page: &Page, ahead: &Ahead) -> Option<String> {
    if let Some(PreOrder { limit, release }) = ahead.pre_order {
        let values = [("count", limit.into()), ("day", page.words.date(release).into())];
        return Some(page.with("stockroom-said-pre-orders", &values));
    }
    let day = ahead.ships_on.map(|day| page.words.date(day)).unwrap_or_default();
    let key = if day.is_empty() { "stockroom-said-back-orders" } else { "stockroom-said-back-orders-on" };
    (ahead.back_orders > 0).then(|| page.with(key, &[("count", ahead.back_orders.into()), ("day", day.into())]))
}

impl StockPage {
    /// The same, saying what is on its way to each place.
    pub fn with_coming(mut self, coming: &[Coming]) -> StockPage {
        for place in &mut self.places {
            place.coming = told_coming(&self.page, coming, self.variant, place.location);
        }
        self
    }

    /// The same, saying how many shoppers wait for it.
    pub fn with_shoppers(mut self, count: i64) -> StockPage {
        self.shoppers = (count > 0).then(|| self.page.count("stockroom-shoppers-wait", count));
        self
    }
}

impl EntryView {
    fn new(page: &Page, entry: Entry) -> EntryView {
        let why = match entry.reason.parse::<Reason>() {
            Ok(reason) => page.t(&format!("stockroom-reason-{reason}")),
            Err(_) if matches!(&*entry.reason, "cancelled" | "expired") => page.t(&format!("stockroom-why-{}", entry.reason)),
            Err(_) => entry.reason,
        };
        let may_open = page.may(Right::ViewOrders);
        let signed = |number: i32| match number {
            0 => String::new(),
            1.. => format!("+{}", page.number(number)),
            _ => format!("\u{2212}{}", page.number(i64::from(number).abs())),
        };
        EntryView {
            at: page.lately(entry.at, page.now, page.shop().zone),
            what: page.t(movement_key(entry.kind)),
            why,
            note: entry.note,
            order: entry.order.map(|number| {
                let path = if may_open { paths::admin_order(number) } else { String::new() };
                (path, page.named("stockroom-order", &number.to_string()))
            }),
            who: if entry.staff.is_some() { entry.who } else { page.t("stockroom-the-shop") },
            location: entry.location,
            on_hand: signed(entry.on_hand),
            promised: signed(entry.allocated),
            balance: page.number(entry.balance),
            grew: entry.on_hand > 0,
        }
    }
}

fn movement_key(kind: Movement) -> &'static str {
    match kind {
        Movement::Opening => "stockroom-movement-opening",
        Movement::Adjustment => "stockroom-movement-adjustment",
        Movement::Allocation => "stockroom-movement-allocation",
        Movement::Release => "stockroom-movement-release",
        Movement::Shipment => "stockroom-movement-shipment",
        Movement::Return => "stockroom-movement-return",
        Movement::TransferOut => "stockroom-movement-transfer-out",
        Movement::TransferIn => "stockroom-movement-transfer-in",
    }
}
