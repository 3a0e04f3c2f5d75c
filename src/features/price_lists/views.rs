//! The pages of price lists with finished values.

use askama::Template;
use askama_web::WebTemplate;

use super::forms::{Step, Where, Whom};
use super::model::{Hit, Kept, Listed, OwnPrice, Reach, State};
use crate::engines::pricing::Rounding;
use crate::platform::access::Right;
use crate::platform::base::{Currency, Moment, PriceListId, Rate};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::FormView;

/// All lists in the order in which they are asked.
#[derive(Template, WebTemplate)]
#[template(path = "price_lists/index_page.html")]
pub struct IndexPage {
    page: Page,
    rows: Vec<RowView>,
    may_edit: bool,
    lowest: FormView,
}

struct RowView {
    id: PriceListId,
    path: String,
    name: String,
    state: (&'static str, String),
    /// "Wholesale, Staff" or "Everybody".
    whom: String,
    /// "Switzerland, Japan"; empty: in all markets.
    sold_in: String,
    /// "10 % off · 3 own prices".
    what: String,
    when: String,
}

impl IndexPage {
    pub fn new(page: Page, lists: &[Listed]) -> IndexPage {
        let told = if page.shop().lowest_price { "yes" } else { "" };
        IndexPage {
            rows: lists.iter().map(|list| RowView::new(&page, list)).collect(),
            may_edit: page.may(Right::ManageProducts),
            lowest: FormView::filled([("told", told.to_owned())]),
            page,
        }
    }
}

impl RowView {
    fn new(page: &Page, list: &Listed) -> RowView {
        let (tone, key) = State::of(list.active, list.from, list.until, page.now).said();
        let off = (list.off > Rate::ZERO).then(|| match list.from_quantity {
            1 => page.named("price-lists-off-said", &list.off.percent()),
            from => page.with("price-lists-off-from", &[("name", list.off.percent().into()), ("count", from.into())]),
        });
        let goods = (list.goods > 0).then(|| page.count("price-lists-goods", list.goods));
        let foreign = (list.currency != page.shop().currency.code()).then(|| page.named("price-lists-foreign", &list.currency));
        let what: Vec<String> = [off, goods, foreign].into_iter().flatten().collect();
        let minute = |at: Moment| page.minute(at, page.shop().zone);
        RowView {
            id: list.id,
            path: paths::admin_price_list(list.id),
            name: list.name.clone(),
            state: (tone, page.t(key)),
            whom: match list.groups.as_deref() {
                None => page.t("price-lists-everybody"),
                Some("") => page.t("price-lists-nobody"),
                Some(names) => names.to_owned(),
            },
            sold_in: list.markets.clone().unwrap_or_default(),
            what: if what.is_empty() { page.t("price-lists-nothing-yet") } else { what.join(" · ") },
            when: match (list.from, list.until) {
                (None, None) => String::new(),
                (Some(from), None) => page.named("price-lists-since", &minute(from)),
                (None, Some(until)) => page.named("price-lists-till", &minute(until)),
                (Some(from), Some(until)) => format!("{} – {}", minute(from), minute(until)),
            },
        }
    }
}

/// A list: what it is, and its own prices.
#[derive(Template, WebTemplate)]
#[template(path = "price_lists/list_page.html")]
pub struct ListPage {
    page: Page,
    /// `None`: it is new.
    id: Option<PriceListId>,
    title: String,
    state: Option<(&'static str, String)>,
    action: String,
    form: FormView,
    whom: Vec<(&'static str, String)>,
    groups: Vec<(String, String)>,
    /// Empty where there is one market and nothing to choose.
    sold: Vec<(&'static str, String)>,
    markets: Vec<(String, String)>,
    currencies: Vec<(String, String)>,
    roundings: Vec<(&'static str, String)>,
    zone: String,
    currency: String,
    may_edit: bool,
    own: OwnView,
}

/// The own prices of a list with their forms.
#[derive(Default)]
pub struct OwnView {
    pub rows: Vec<OwnRow>,
    pub total: i64,
    pub at: i64,
    pub before: Option<String>,
    pub after: Option<String>,
    /// The fields of the rows as they are, or as typed.
    pub form: FormView,
    pub addition: FormView,
    /// What was chosen of the hits to get a price.
    pub chosen: Option<String>,
    pub words: String,
    pub hits: Vec<HitRow>,
    pub import: FormView,
    /// What a look at rows of text found.
    pub looked: Option<String>,
}

pub struct OwnRow {
    pub field: String,
    pub title: String,
    pub sub: String,
    pub usual: String,
    pub from: String,
    /// "Price of Green tea from 5 pieces".
    pub label: String,
}

pub struct HitRow {
    pub title: String,
    pub sub: String,
    pub usual: String,
    pub path: String,
}

impl ListPage {
    /// The page of a list that is there (`kept`), or of a new one.
    pub fn new(page: Page, kept: Option<&Kept>, reach: Reach, form: FormView, own: OwnView) -> ListPage {
        let title = kept.map_or_else(|| page.t("price-lists-new"), |kept| kept.name.clone());
        let state = kept.map(|kept| {
            let (tone, key) = State::of(kept.active, kept.from, kept.until, page.now).said();
            (tone, page.t(key))
        });
        let currency = kept.map_or(page.shop().currency, |kept| kept.currency);
        ListPage {
            id: kept.map(|kept| kept.id),
            title,
            state,
            action: kept.map_or_else(paths::admin_price_lists, |kept| paths::admin_price_list(kept.id)),
            whom: Whom::ALL.iter().map(|whom| (whom.as_str(), page.t(&format!("price-lists-whom-{whom}")))).collect(),
            groups: reach.groups.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
            sold: match reach.markets.len() {
                0 | 1 => Vec::new(),
                _ => Where::ALL.iter().map(|sold| (sold.as_str(), page.t(&format!("price-lists-sold-{sold}")))).collect(),
            },
            markets: reach.markets.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
            currencies: currencies(&page, currency),
            roundings: Rounding::ALL.iter().map(|rule| (rule.as_str(), page.t(rule.key()))).collect(),
            zone: page.shop().zone.name().replace('_', " "),
            currency: currency.code().to_owned(),
            may_edit: page.may(Right::ManageProducts),
            form,
            own,
            page,
        }
    }
}

/// The currencies that the shop is paid in, and that of the list.
fn currencies(page: &Page, own: Currency) -> Vec<(String, String)> {
    let paid_in = page.shop().markets.iter().map(|market| market.exchange.to);
    let mut codes: Vec<&str> = paid_in.chain([page.shop().currency, own]).map(Currency::code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.into_iter().map(|code| (code.to_owned(), code.to_owned())).collect()
}

/// The form of a list as it is kept.
pub fn filled(page: &Page, kept: &Kept) -> FormView {
    let hour = |at: Option<Moment>| {
        at.map(|at| at.with_timezone(&page.shop().zone).format("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default()
    };
    let whom = if kept.groups.is_some() { Whom::Groups } else { Whom::All };
    let fields = [
        ("version", kept.version.to_string()),
        ("name", kept.name.clone()),
        ("active", if kept.active { "yes" } else { "" }.to_owned()),
        ("whom", whom.to_string()),
        ("begins", hour(kept.from)),
        ("ends", hour(kept.until)),
        ("off", if kept.off > Rate::ZERO { kept.off.percent() } else { String::new() }),
        ("from_quantity", kept.from_quantity.to_string()),
        ("rounding", kept.rounding.to_string()),
    ];
    let sold = if kept.markets.is_some() { Where::Markets } else { Where::All };
    let sold = [("sold", sold.to_string()), ("currency", kept.currency.to_string())];
    let groups = kept.groups.iter().flatten().map(|group| ("groups", group.to_string()));
    let markets = kept.markets.iter().flatten().map(|market| ("markets", market.to_string()));
    FormView::filled(fields.into_iter().chain(sold).chain(groups).chain(markets))
}

/// The form of a new list.
pub fn fresh(page: &Page) -> FormView {
    let currency = ("currency", page.shop().currency.code());
    let usual = [
        ("version", "0"),
        ("active", "yes"),
        ("whom", "all"),
        ("sold", "all"),
        currency,
        ("from_quantity", "1"),
        ("rounding", "none"),
    ];
    FormView::filled(usual.map(|(name, value)| (name, value.to_owned())))
}

/// "Mint / 600 ml · KETTLE-MINT".
fn sub(title: &str, sku: &str) -> String {
    [title, sku].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The rows of own prices, and the fields as they are kept.
pub fn own_rows(page: &Page, kept: &Kept, prices: &[OwnPrice]) -> (Vec<OwnRow>, FormView) {
    let field = |price: &OwnPrice| format!("prices[{}-{}]", price.variant, price.from_quantity);
    let row = |price: &OwnPrice| OwnRow {
        field: field(price),
        title: price.product.clone(),
        sub: sub(&price.title, &price.sku),
        usual: page.price(price.usual),
        from: page.number(price.from_quantity),
        label: page
            .with("price-lists-price-of", &[("name", price.product.as_str().into()), ("count", price.from_quantity.into())]),
    };
    let values = prices.iter().map(|price| (field(price), kept.currency.plain(price.amount)));
    let values: Vec<(String, String)> = values.collect();
    let form = FormView::filled(values.iter().map(|(field, value)| (field.as_str(), value.clone())));
    (prices.iter().map(row).collect(), form)
}

pub fn hit_rows(page: &Page, id: PriceListId, hits: &[Hit]) -> Vec<HitRow> {
    let row = |hit: &Hit| HitRow {
        title: hit.product.clone(),
        sub: sub(&hit.title, &hit.sku),
        usual: page.price(hit.usual),
        path: format!("{}?variant={}#add", paths::admin_price_list(id), hit.variant),
    };
    hits.iter().map(row).collect()
}

/// How a thing is called that was chosen.
pub fn called(hit: &Hit) -> String {
    sub(&hit.product, &sub(&hit.title, &hit.sku))
}

/// The field of a row.
pub fn field_of(step: &Step) -> String {
    format!("prices[{}-{}]", step.0, step.1)
}
