//! The pages of counts with finished values.

use askama::Template;
use askama_web::WebTemplate;

use super::queries::{Line, Listed};
use crate::engines::inventory::{Location, Reason};
use crate::features::stockroom::model::named;
use crate::platform::access::Right;
use crate::platform::base::{CategoryId, StocktakeId};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::FormView;

/// Why a count differs, of the reasons that fit.
const REASONS: [Reason; 4] = [Reason::Counted, Reason::Damaged, Reason::Lost, Reason::Other];

/// The counts, and the form of a new one.
#[derive(Template, WebTemplate)]
#[template(path = "stockroom/counts_page.html")]
pub struct ListPage {
    page: Page,
    rows: Vec<RowView>,
    form: FormView,
    places: Vec<(String, String)>,
    categories: Vec<(String, String)>,
    may_edit: bool,
}

struct RowView {
    path: String,
    name: String,
    what: String,
    begun: String,
    tone: &'static str,
    state: String,
    counted: String,
    differing: String,
}

impl ListPage {
    pub fn new(
        page: Page,
        rows: &[Listed],
        places: &[Location],
        categories: &[(CategoryId, String)],
        form: FormView,
    ) -> ListPage {
        let all = (String::new(), page.t("stockroom-count-everything"));
        ListPage {
            rows: rows.iter().map(|row| RowView::new(&page, row)).collect(),
            places: places.iter().map(|place| (place.id.to_string(), place.name.clone())).collect(),
            categories: [all].into_iter().chain(categories.iter().map(|(id, title)| (id.to_string(), title.clone()))).collect(),
            may_edit: page.may(Right::ManageProducts),
            form,
            page,
        }
    }
}

/// "Leipzig · Kitchen".
fn what(page: &Page, row: &Listed) -> String {
    let of = if row.category.is_empty() { page.t("stockroom-count-everything") } else { row.category.clone() };
    format!("{} · {of}", row.place)
}

fn state(page: &Page, row: &Listed) -> (&'static str, String) {
    match row.status.as_str() {
        "open" => ("wait", page.t("stockroom-count-open")),
        "closed" => ("done full", page.t("stockroom-count-booked")),
        _ => ("done cross", page.t("stockroom-count-not-booked")),
    }
}

impl RowView {
    fn new(page: &Page, row: &Listed) -> RowView {
        let (tone, state) = state(page, row);
        RowView {
            path: paths::admin_count(row.id),
            name: page.named("stockroom-count", &row.id.to_string()),
            what: what(page, row),
            begun: page.lately(row.created_at, page.now, page.shop().zone),
            tone,
            state,
            counted: page.with("stockroom-count-of", &[("count", row.counted.into()), ("all", row.lines.into())]),
            differing: page.number(row.differing),
        }
    }
}

/// A count: a page of its sheet, or what came of it.
#[derive(Template, WebTemplate)]
#[template(path = "stockroom/count_page.html")]
pub struct CountPage {
    page: Page,
    id: StocktakeId,
    name: String,
    what: String,
    note: String,
    tone: &'static str,
    state: String,
    open: bool,
    closed: bool,
    /// "12 of 80 counted", "3 differ: 4 are missing, 1 is more".
    counted: String,
    differing: String,
    lines: Vec<LineView>,
    reasons: Vec<(&'static str, String)>,
    form: FormView,
    action: String,
    said: String,
    before: Option<String>,
    after: Option<String>,
    may_edit: bool,
}

struct LineView {
    id: i64,
    title: String,
    sku: String,
    path: String,
    count: String,
    was: String,
    reason: &'static str,
    why: String,
    error: Option<String>,
    on_hand: String,
    difference: String,
    booked: String,
    who: String,
}

impl CountPage {
    pub fn new(page: Page, count: &Listed, lines: &[Line], at: i64, size: i64, form: Option<FormView>) -> CountPage {
        let (tone, state) = state(&page, count);
        let pages = (count.lines + size - 1) / size;
        let values = [("count", count.differing.into()), ("missing", count.missing.into()), ("more", count.more.into())];
        let typed = form.unwrap_or_else(FormView::empty);
        CountPage {
            id: count.id,
            name: page.named("stockroom-count", &count.id.to_string()),
            what: what(&page, count),
            note: count.note.clone(),
            open: count.status == "open",
            closed: count.status == "closed",
            counted: page.with("stockroom-count-of", &[("count", count.counted.into()), ("all", count.lines.into())]),
            differing: page.with("stockroom-count-differing", &values),
            lines: lines.iter().map(|line| LineView::new(&page, line, &typed)).collect(),
            reasons: REASONS.iter().map(|reason| (reason.as_str(), page.t(&format!("stockroom-reason-{reason}")))).collect(),
            action: paths::admin_count_lines(count.id, at),
            said: page.with("stockroom-count-page", &[("count", at.into()), ("all", pages.max(1).into())]),
            before: (at > 1).then(|| paths::admin_count_page(count.id, at - 1)),
            after: (at < pages).then(|| paths::admin_count_page(count.id, at + 1)),
            may_edit: page.may(Right::ManageProducts),
            form: typed,
            tone,
            state,
            page,
        }
    }
}

impl LineView {
    fn new(page: &Page, line: &Line, typed: &FormView) -> LineView {
        let number = |number: Option<i32>| number.map(|number| number.to_string()).unwrap_or_default();
        let signed = |number: i32| match number {
            0 => "0".to_owned(),
            1.. => format!("+{}", page.number(number)),
            _ => format!("\u{2212}{}", page.number(i64::from(number).abs())),
        };
        let field = format!("count[{}]", line.id);
        let was_typed = !typed.is_ok() && !typed.value(&format!("was_reason[{}]", line.id)).is_empty();
        LineView {
            id: line.id,
            title: named(&line.product, &line.title),
            sku: line.sku.clone(),
            path: paths::admin_stock(line.variant),
            count: if was_typed { typed.value(&field).to_owned() } else { number(line.counted) },
            was: number(line.counted),
            reason: line.reason.as_str(),
            why: page.t(&format!("stockroom-reason-{}", line.reason)),
            error: typed.error(&field).map(str::to_owned),
            on_hand: line.on_hand.map(|on_hand| page.number(on_hand)).unwrap_or_default(),
            difference: line.counted.zip(line.on_hand).map(|(counted, then)| signed(counted - then)).unwrap_or_default(),
            booked: line.booked.map(signed).unwrap_or_default(),
            who: line.who.clone(),
        }
    }
}

/// The sheet on paper: what to count, and room for a number.
#[derive(Template, WebTemplate)]
#[template(path = "stockroom/count_sheet_page.html")]
pub struct PrintPage {
    page: Page,
    id: StocktakeId,
    name: String,
    what: String,
    lines: Vec<PrintLine>,
}

struct PrintLine {
    title: String,
    sku: String,
    barcode: String,
}

impl PrintPage {
    pub fn new(page: Page, count: &Listed, lines: &[Line]) -> PrintPage {
        let line = |line: &Line| PrintLine {
            title: named(&line.product, &line.title),
            sku: line.sku.clone(),
            barcode: line.barcode.clone(),
        };
        PrintPage {
            id: count.id,
            name: page.named("stockroom-count", &count.id.to_string()),
            what: what(&page, count),
            lines: lines.iter().map(line).collect(),
            page,
        }
    }
}
