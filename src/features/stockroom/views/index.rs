//! The index of the stock room and its places, with finished values.

use std::collections::HashMap;

use askama::Template;
use askama_web::WebTemplate;
use url::form_urlencoded::Serializer;

use crate::engines::inventory::Location;
use crate::features::stockroom::model::{Filter, Index, Level, Listed, Pieces};
use crate::platform::base::{LocationId, MediaId, VariantId};
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
    bundle: bool,
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
            bundle: row.bundle,
            on_hand: page.number(pieces.on_hand),
            promised: page.number(pieces.promised),
            held: page.number(pieces.held),
            left: page.number(pieces.left().max(0)),
            spread: row.spread.clone().filter(|_| at.is_none()),
            badge: row.pieces.filter(|_| !row.bundle).and_then(|pieces| badge(page, &pieces, row.low)),
            thumb: row.media.and_then(|id| pictures.get(&id)?.view("", sizes::THUMB, Loading::Lazy)),
        }
    }
}

/// What is wrong with these pieces, if anything.
pub(super) fn badge(page: &Page, pieces: &Pieces, low: bool) -> Option<(&'static str, String)> {
    if pieces.promised > pieces.on_hand {
        return Some(("act cross", page.count("stockroom-short", pieces.promised - pieces.on_hand)));
    }
    match pieces.left() {
        ..=0 => Some(("bad cross", page.t("stockroom-sold-out"))),
        _ if low => Some(("wait half", page.t("stockroom-running-low"))),
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
