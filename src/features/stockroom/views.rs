//! The pages of the stock room with finished values.

use std::collections::HashMap;

use askama::Template;
use askama_web::WebTemplate;
use url::form_urlencoded::Serializer;

use super::model::{Entry, Filter, Goods, Index, Level, Listed, Pieces, Place};
use crate::engines::inventory::model::Movement;
use crate::engines::inventory::{LOW, Location, Reason};
use crate::platform::access::Right;
use crate::platform::base::{LocationId, MediaId, Token, VariantId};
use crate::platform::media::{Loading, Picture, PictureView, sizes};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::FormView;

/// The index: variants with what lies where.
#[derive(Template, WebTemplate)]
#[template(path = "stockroom/index_page.html")]
pub struct IndexPage {
    page: Page,
    words: String,
    only: &'static str,
    views: Vec<(String, String, bool)>,
    /// Value, name, chosen; empty where there is one place only.
    places: Vec<(String, String, bool)>,
    rows: Vec<RowView>,
    said: String,
    before: Option<String>,
    after: Option<String>,
    narrowed: bool,
}

struct RowView {
    path: String,
    product: String,
    variant: String,
    sku: String,
    counted: bool,
    on_hand: String,
    promised: String,
    held: String,
    left: String,
    /// Of several places, where all are shown together.
    spread: Option<String>,
    /// Tone and words of a badge, where somebody should look.
    badge: Option<(&'static str, String)>,
    thumb: Option<PictureView>,
}

impl IndexPage {
    pub fn new(
        page: Page,
        filter: &Filter,
        index: &Index,
        locations: &[Location],
        pictures: &HashMap<MediaId, Picture>,
    ) -> IndexPage {
        let side = |name: &'static str, row: Option<&Listed>| row.map(|row| index_path(filter, Some((name, row.variant))));
        let view = |level: Option<Level>| {
            let path = index_path(&Filter { level, ..filter.clone() }, None);
            (path, page.t(level_key(level)), filter.level == level)
        };
        let place = |one: &Location| (one.id.to_string(), one.name.clone(), filter.location == Some(one.id));
        let rows: Vec<RowView> = index.rows.iter().map(|row| RowView::new(&page, filter.location, row, pictures)).collect();
        IndexPage {
            words: filter.words.clone(),
            only: filter.level.map_or("", Level::as_str),
            views: [None].into_iter().chain(Level::ALL.iter().copied().map(Some)).map(view).collect(),
            places: if locations.len() > 1 { locations.iter().map(place).collect() } else { Vec::new() },
            said: page.count("stockroom-shown", rows.len() as i64),
            before: index.before.then(|| side("before", index.rows.first())).flatten(),
            after: index.after.then(|| side("after", index.rows.last())).flatten(),
            narrowed: !filter.words.is_empty() || filter.level.is_some() || filter.location.is_some(),
            rows,
            page,
        }
    }
}

impl RowView {
    fn new(page: &Page, at: Option<LocationId>, row: &Listed, pictures: &HashMap<MediaId, Picture>) -> RowView {
        let pieces = row.pieces.unwrap_or_default();
        RowView {
            path: match at {
                Some(location) => paths::admin_stock_at(row.variant, location),
                None => paths::admin_stock(row.variant),
            },
            product: row.product.clone(),
            variant: row.title.clone(),
            sku: row.sku.clone(),
            counted: row.pieces.is_some(),
            on_hand: page.number(pieces.on_hand),
            promised: page.number(pieces.promised),
            held: page.number(pieces.held),
            left: page.number(pieces.left().max(0)),
            spread: row.spread.clone().filter(|_| at.is_none()),
            badge: row.pieces.and_then(|pieces| badge(page, &pieces)),
            thumb: row.media.and_then(|id| pictures.get(&id)?.view("", sizes::THUMB, Loading::Lazy)),
        }
    }
}

/// What is wrong with these pieces, if anything.
fn badge(page: &Page, pieces: &Pieces) -> Option<(&'static str, String)> {
    if pieces.promised > pieces.on_hand {
        return Some(("act cross", page.count("stockroom-short", pieces.promised - pieces.on_hand)));
    }
    match pieces.left() {
        ..=0 => Some(("bad cross", page.t("stockroom-sold-out"))),
        left if left <= i64::from(LOW) => Some(("wait half", page.t("stockroom-running-low"))),
        _ => None,
    }
}

fn level_key(level: Option<Level>) -> &'static str {
    match level {
        None => "stockroom-all",
        Some(Level::Low) => "stockroom-running-low",
        Some(Level::Out) => "stockroom-sold-out",
        Some(Level::Short) => "stockroom-too-few",
    }
}

fn index_path(filter: &Filter, side: Option<(&str, VariantId)>) -> String {
    let mut query = Serializer::new(String::new());
    if !filter.words.is_empty() {
        query.append_pair("q", &filter.words);
    }
    if let Some(level) = filter.level {
        query.append_pair("only", level.as_str());
    }
    if let Some(location) = filter.location {
        query.append_pair("location", &location.to_string());
    }
    if let Some((name, id)) = side {
        query.append_pair(name, &id.to_string());
    }
    let query = query.finish();
    if query.is_empty() { paths::admin_inventory() } else { format!("{}?{query}", paths::admin_inventory()) }
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
    hows: [(&'static str, String); 2],
    reasons: Vec<(&'static str, String)>,
    ledger: Vec<EntryView>,
    older: Option<String>,
    several: bool,
    may_edit: bool,
    thumb: Option<PictureView>,
    variant: VariantId,
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
    /// The page with one place chosen, else the first; `form` is what was typed.
    pub fn new(
        page: Page,
        variant: VariantId,
        goods: &Goods,
        places: Vec<Place>,
        at: Option<LocationId>,
        form: Option<FormView>,
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
            badge: if place.stock.is_some() && place.counted { badge(&page, &place.pieces) } else { None },
        };
        let on_hand = at.as_ref().map_or(0, |place| place.pieces.on_hand);
        let usual = || FormView::filled([("how", "by".to_owned()), ("reason", "counted".to_owned())]);
        // The form is measured against what lies there now, so that sending it again is a choice.
        let form = form.unwrap_or_else(usual).with_value("was", &on_hand.to_string());
        let form = if form.value("form").is_empty() { form.with_value("form", &Token::random().to_string()) } else { form };
        StockPage {
            title: if goods.title.is_empty() {
                goods.product_title.clone()
            } else {
                format!("{} · {}", goods.product_title, goods.title)
            },
            sub: goods.sku.clone(),
            product_path: paths::admin_product(goods.product),
            places: places.iter().map(view).collect(),
            action: here.map(|location| paths::admin_stock_corrections(variant, location)).unwrap_or_default(),
            hows: [("by", page.t("stockroom-how-by")), ("to", page.t("stockroom-how-to"))],
            reasons: Reason::ALL.iter().map(|reason| (reason.as_str(), page.t(&format!("stockroom-reason-{reason}")))).collect(),
            ledger: Vec::new(),
            older: None,
            several: places.len() > 1,
            may_edit: page.may(Right::ManageProducts),
            thumb: None,
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

impl EntryView {
    fn new(page: &Page, entry: Entry) -> EntryView {
        let reason = entry.reason.parse::<Reason>();
        let may_open = page.may(Right::ViewOrders);
        let signed = |number: i32| match number {
            0 => String::new(),
            1.. => format!("+{}", page.number(number)),
            _ => format!("\u{2212}{}", page.number(i64::from(number).abs())),
        };
        EntryView {
            at: page.lately(entry.at, page.now, page.shop().zone),
            what: page.t(movement_key(entry.kind)),
            why: reason.map_or(entry.reason, |reason| page.t(&format!("stockroom-reason-{reason}"))),
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
    }
}

/// The places where goods lie.
#[derive(Template, WebTemplate)]
#[template(path = "stockroom/locations_page.html")]
pub struct LocationsPage {
    pub page: Page,
    pub locations: Vec<Location>,
    /// Whose form was refused; `None` with an error: that of a new one.
    pub of: Option<LocationId>,
    pub form: FormView,
}

impl LocationsPage {
    /// The name as it stands in a place's form, and what is wrong with it.
    fn field(&self, location: &Location) -> (String, Option<&str>) {
        match self.of == Some(location.id) {
            true => (self.form.value("name").to_owned(), self.form.error("name")),
            false => (location.name.clone(), None),
        }
    }

    /// Whether the refused form was that of a new one, or of one that is gone.
    fn is_new(&self) -> bool {
        !self.locations.iter().any(|location| self.of == Some(location.id))
    }

    fn new_error(&self) -> Option<&str> {
        if self.is_new() { self.form.error("name") } else { None }
    }

    fn new_name(&self) -> &str {
        if self.is_new() { self.form.value("name") } else { "" }
    }
}
