//! The index of discounts, the page of lanes and that of codes, with finished values.

use askama::Template;
use askama_web::WebTemplate;

use super::admin::ROWS;
use super::model::{Filter, Listed, State};
use crate::engines::promotions::lots::{self, Lot};
use crate::engines::promotions::{Lane, Promotion};
use crate::platform::access::Right;
use crate::platform::base::{PromotionCodeId, PromotionLaneId};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::FormView;

#[derive(Template, WebTemplate)]
#[template(path = "discounts/index_page.html")]
pub struct IndexPage {
    page: Page,
    words: String,
    state: &'static str,
    /// Path, title, here.
    views: Vec<(String, String, bool)>,
    rows: Vec<RowView>,
    newer: Option<String>,
    older: Option<String>,
    narrowed: bool,
    may_manage: bool,
}

struct RowView {
    path: String,
    name: String,
    lane: String,
    tone: &'static str,
    state: String,
    /// "automatic", a code, or "100 codes".
    how: String,
    until: String,
    uses: String,
    given: String,
    revenue: String,
}

impl IndexPage {
    pub fn new(page: Page, filter: &Filter, mut found: Vec<Listed>) -> IndexPage {
        let more = found.len() > ROWS as usize;
        found.truncate(ROWS as usize);
        let state = filter.state.map_or("", State::as_str);
        let path = |state: &str| match state {
            "" => paths::admin_promotions(),
            state => paths::admin_promotions_where(&[("state", state)]),
        };
        let mut views = vec![(path(""), page.t("discounts-all"), filter.state.is_none())];
        views.extend(
            State::ALL
                .iter()
                .map(|one| (path(one.as_str()), page.t(&format!("discounts-state-{one}")), filter.state == Some(*one))),
        );
        let older = found.last().filter(|_| more).map(|last| {
            paths::admin_promotions_where(&[("state", state), ("q", &filter.words), ("before", &last.id.to_string())])
        });
        IndexPage {
            words: filter.words.clone(),
            state,
            views,
            rows: found.iter().map(|listed| row(&page, listed)).collect(),
            newer: filter.before.map(|_| paths::admin_promotions_where(&[("state", state), ("q", &filter.words)])),
            older,
            narrowed: filter.state.is_some() || !filter.words.is_empty(),
            may_manage: page.may(Right::ManageProducts),
            page,
        }
    }
}

fn row(page: &Page, listed: &Listed) -> RowView {
    RowView {
        path: paths::admin_promotion(listed.id),
        name: listed.name.clone(),
        lane: listed.lane.clone(),
        tone: listed.state.tone(),
        state: page.t(&format!("discounts-state-{}", listed.state)),
        how: match (&listed.code, listed.codes) {
            _ if !listed.coded => page.t("discounts-automatic"),
            (Some(code), 1) => code.clone(),
            (_, codes) => page.count("discounts-codes-count", codes),
        },
        until: listed.ends_at.map(|at| page.day(at, page.zone)).unwrap_or_default(),
        uses: page.number(listed.uses),
        given: page.price(listed.given),
        revenue: page.price(listed.revenue),
    }
}

/// The lanes in their order.
#[derive(Template, WebTemplate)]
#[template(path = "discounts/lanes_page.html")]
pub struct LanesPage {
    pub page: Page,
    pub lanes: Vec<Lane>,
    /// Whose form was refused; `None`: that of a new one.
    pub of: Option<PromotionLaneId>,
    pub form: FormView,
    pub may_manage: bool,
}

impl LanesPage {
    /// What stands in a lane's field, and what is wrong with it.
    fn field(&self, lane: &Lane) -> (String, Option<String>) {
        match self.of == Some(lane.id) {
            true => (self.form.value("name").to_owned(), self.form.error("name").map(str::to_owned)),
            false => (lane.name.clone(), None),
        }
    }

    fn new_form(&self) -> FormView {
        if self.of.is_none() { self.form.clone() } else { FormView::empty() }
    }
}

/// The codes of a discount.
#[derive(Template, WebTemplate)]
#[template(path = "discounts/codes_page.html")]
pub struct CodesPage {
    page: Page,
    back: (String, String),
    id: String,
    said: String,
    words: String,
    rows: Vec<CodeRow>,
    lots: Vec<LotRow>,
    /// Whether some are being made: the page looks again by itself.
    working: bool,
    here: String,
    more: Option<String>,
    one: FormView,
    many: FormView,
    most: i32,
    file: String,
    may_manage: bool,
}

/// Codes that were asked for at once.
struct LotRow {
    /// "12,000 of 100,000 codes are made"
    said: String,
    when: String,
    made: i32,
    wanted: i32,
    /// Where they can be had, once they are there.
    file: Option<String>,
}

struct CodeRow {
    code: String,
    removal: String,
}

/// What a page of codes is made of.
pub struct Codes {
    pub all: i64,
    pub words: String,
    /// One more than is shown when there are more.
    pub found: Vec<(PromotionCodeId, String)>,
    pub lots: Vec<Lot>,
}

impl CodesPage {
    pub fn new(page: Page, of: &Promotion, codes: Codes, one: FormView, many: FormView) -> CodesPage {
        let Codes { all, words, mut found, lots } = codes;
        let more = found.len() > ROWS as usize;
        found.truncate(ROWS as usize);
        let more = found.last().filter(|_| more).map(|(id, _)| paths::admin_promotion_codes_from(of.id, &words, id));
        let row = |(id, code): &(PromotionCodeId, String)| CodeRow {
            code: code.clone(),
            removal: paths::admin_promotion_code_removal(of.id, id),
        };
        CodesPage {
            back: (paths::admin_promotion(of.id), of.draft.name.clone()),
            id: of.id.to_string(),
            said: page.count("discounts-codes-count", all),
            words,
            rows: found.iter().map(row).collect(),
            working: lots.iter().any(|lot| !lot.is_done()),
            lots: lots.iter().map(|lot| lot_row(&page, lot)).collect(),
            here: paths::admin_promotion_codes(of.id),
            more,
            one,
            many: many.with_value("have", &all.to_string()),
            most: lots::MOST,
            file: paths::admin_promotion_codes_file(of.id),
            may_manage: page.may(Right::ManageProducts),
            page,
        }
    }
}

fn lot_row(page: &Page, lot: &Lot) -> LotRow {
    let values = [("made", page.number(lot.made).into()), ("count", page.number(lot.wanted).into())];
    LotRow {
        said: match lot.is_done() {
            true => page.count("discounts-codes-count", lot.wanted),
            false => page.with("discounts-lot-making", &values),
        },
        when: page.minute(lot.created_at, page.zone),
        made: lot.made,
        wanted: lot.wanted,
        file: lot.is_done().then(|| paths::admin_promotion_lot_file(lot.promotion, lot.id)),
    }
}
