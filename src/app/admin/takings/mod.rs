//! Money in and out: every capture and refund of the days one chooses, the list behind the revenue.

mod queries;

use askama::Template;
use askama_web::WebTemplate;
use chrono::DateTime;
use rocket::form::Contextual;
use rocket::http::Status;
use rocket::{Either, FromForm, Route, get, routes};

use self::queries::{Edge, Kind, Movement, Totals};
use crate::platform::access::{Staff, ViewReports};
use crate::platform::base::{BadText, Day, Money, OrderNumber, Span};
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Unwell};

/// Movements on one page.
const ROWS: i64 = 50;

#[derive(Template, WebTemplate)]
#[template(path = "admin/takings_page.html")]
struct TakingsPage {
    page: Page,
    form: FormView,
    span: Span,
    rows: Vec<Movement>,
    /// For each currency, the shop's own first.
    totals: Vec<Totals>,
    older: Option<String>,
    /// Back to the beginning of the list; `None`: this is it.
    newest: Option<String>,
}

impl TakingsPage {
    fn days(&self) -> String {
        self.page.span(self.span, self.page.year())
    }

    fn at(&self, row: &Movement) -> String {
        self.page.lately(row.at, self.page.now, self.page.zone)
    }

    fn order(&self, row: &Movement) -> String {
        paths::admin_order(OrderNumber(row.number))
    }

    /// The amount with its sign, in the currency in which it moved.
    fn amount(&self, row: &Movement) -> String {
        let currency = row.currency.parse().unwrap_or(self.page.shop().currency);
        self.page.words.money(Money::new(row.signed(), currency))
    }

    /// "12 movements: $1,234.00 in, $34.00 back, $1,200.00 in all", for each currency.
    fn sums(&self) -> Vec<String> {
        self.totals.iter().map(|totals| self.sum(totals)).collect()
    }

    fn sum(&self, totals: &Totals) -> String {
        let page = &self.page;
        let currency = totals.currency.parse().unwrap_or(page.shop().currency);
        let money = |amount: i64| page.words.money(Money::new(amount, currency));
        let values = [
            ("count", totals.count.into()),
            ("all", page.number(totals.count).into()),
            ("captured", money(totals.captured).into()),
            ("refunded", money(totals.refunded).into()),
            ("revenue", money(totals.captured - totals.refunded).into()),
        ];
        page.with("dash-takings-sum", &values)
    }
}

#[derive(FromForm)]
struct Asked {
    before: Option<Edge>,
}

/// The days asked for; without any the last thirty. What cannot be read is said at its field.
fn span_of(page: &Page, form: &FormView, asked: Option<&Asked>) -> Result<Span, FormView> {
    let today = Day::of(page.now, page.zone);
    let usual = Span { from: today.plus(-29), to: today };
    let read = |name: &str, usual: Day| match form.value(name) {
        "" => Ok(usual),
        text => text.parse().map_err(|why: BadText| form.clone().with_error(name, page.t(why.0))),
    };
    if asked.is_none() {
        return Err(form.clone());
    }
    let span = Span { from: read("from", usual.from)?, to: read("to", usual.to)? };
    if span.to < span.from { Err(form.clone().with_error("to", page.t("dash-range-backwards"))) } else { Ok(span) }
}

#[get("/admin/takings?<wish..>")]
async fn show(
    page: Page,
    _staff: Staff<ViewReports>,
    db: Db,
    wish: Contextual<'_, Asked>,
) -> web::Result<Either<TakingsPage, Unwell<TakingsPage>>> {
    let form = FormView::of(page.words, &wish.context);
    let before = wish.value.as_ref().and_then(|asked| asked.before);
    let (span, form) = match span_of(&page, &form, wish.value.as_ref()) {
        Ok(span) => (span, FormView::filled([("from", span.from.to_string()), ("to", span.to.to_string())])),
        Err(form) => (Span { from: Day::of(page.now, page.zone), to: Day::of(page.now, page.zone) }, form),
    };
    let mut conn = db.get().await?;
    let moments = span.moments(page.zone);
    let totals = queries::totals(&mut conn, moments).await?;
    let mut rows = queries::movements(&mut conn, moments, before, ROWS + 1).await?;
    let more = rows.len() as i64 > ROWS;
    rows.truncate(ROWS as usize);
    let here = paths::admin_takings(span.from, span.to);
    let older = rows.last().filter(|_| more).map(|last| format!("{here}&before={}", last.edge()));
    let shown = TakingsPage { form, span, rows, totals, older, newest: before.map(|_| here), page };
    Ok(if shown.form.is_ok() { Either::Left(shown) } else { Either::Right(Unwell(Status::UnprocessableEntity, shown)) })
}

impl Movement {
    /// The amount as it counts: what went back is less than nothing.
    fn signed(&self) -> i64 {
        if self.kind == Kind::Refund { -self.amount } else { self.amount }
    }

    fn edge(&self) -> Edge {
        Edge { at: self.at.timestamp_micros(), kind: self.kind, id: self.id }
    }
}

impl Edge {
    /// The moment that it names.
    fn moment(&self) -> crate::platform::base::Moment {
        DateTime::from_timestamp_micros(self.at).unwrap_or_default()
    }
}

pub(super) fn routes() -> Vec<Route> {
    routes![show]
}
