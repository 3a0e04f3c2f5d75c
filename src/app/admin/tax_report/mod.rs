//! Taxes of the days one chooses, by country and rate: what is declared at home and, of sales to the other members of the EU, at the one-stop
//! shop. Also as a file.

mod queries;

use askama::Template;
use askama_web::WebTemplate;
use rocket::http::Status;
use rocket::{Either, Route, get, routes};

use self::queries::Row;
use crate::platform::access::{Staff, ViewReports};
use crate::platform::base::{BadText, Country, Currency, Day, Line, Money, Rate, Span};
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, CsvFile, FormView, Unwell};

/// Quarters to choose from.
const QUARTERS: usize = 5;

#[derive(Template, WebTemplate)]
#[template(path = "admin/tax_report_page.html")]
struct ReportPage {
    page: Page,
    form: FormView,
    span: Span,
    rows: Vec<Row>,
}

impl ReportPage {
    fn days(&self) -> String {
        self.page.span(self.span, self.page.year())
    }

    /// "Q3 2026", its address, whether it is what is shown.
    fn quarters(&self) -> Vec<(String, String, bool)> {
        let mut begin = Day::of(self.page.now, self.page.zone).quarter_begin();
        let mut all = Vec::new();
        for _ in 0..QUARTERS {
            let span = Span { from: begin, to: begin.quarter_end() };
            let values =
                [("quarter", begin.quarter().to_string().into()), ("year", begin.date().format("%Y").to_string().into())];
            let path = paths::admin_tax_report_of(span.from, span.to);
            all.push((self.page.with("tax-quarter", &values), path, span == self.span));
            begin = begin.plus(-1).quarter_begin();
        }
        all
    }

    /// "Germany", "United States, CA".
    fn country(&self, row: &Row) -> String {
        let name = row.country.parse::<Country>().map_or_else(|_| row.country.clone(), |country| self.page.country(country));
        if row.region.is_empty() { name } else { format!("{name}, {}", row.region) }
    }

    /// Whether it is declared at the one-stop shop: taxed in another member of the EU than the shop's own.
    fn is_one_stop(&self, row: &Row) -> bool {
        is_one_stop(row, self.page.shop().country)
    }

    /// "19 % VAT"; or why there is none.
    fn rate(&self, row: &Row) -> String {
        match row.rate {
            Some(rate) => {
                self.page.with("tax-report-rate", &[("name", row.name.clone().into()), ("rate", Rate(rate).percent().into())])
            }
            None if row.reverse_charge => self.page.t("tax-report-reverse-charge"),
            None => self.page.t("tax-report-untaxed"),
        }
    }

    fn money(&self, row: &Row, amount: impl std::borrow::Borrow<i64>) -> String {
        self.page.money(Money::new(*amount.borrow(), row.currency.parse().unwrap_or(self.page.shop().currency)))
    }

    fn orders(&self, row: &Row) -> String {
        self.page.number(row.orders)
    }

    /// The taxes of all rows by currency; usually there is one.
    fn sums(&self) -> Vec<String> {
        let mut sums: Vec<(&str, i64)> = Vec::new();
        for row in &self.rows {
            match sums.iter_mut().find(|(currency, _)| *currency == row.currency) {
                Some((_, sum)) => *sum += row.tax,
                None => sums.push((&row.currency, row.tax)),
            }
        }
        let sum = |(currency, sum): (&str, i64)| Money::new(sum, currency.parse().unwrap_or(self.page.shop().currency));
        sums.into_iter().map(|one| self.page.named("tax-report-sum", &self.page.money(sum(one)))).collect()
    }

    fn file(&self) -> String {
        paths::admin_tax_report_file(self.span.from, self.span.to)
    }
}

fn is_one_stop(row: &Row, home: Country) -> bool {
    let country: Option<Country> = row.country.parse().ok();
    row.rate.is_some() && home.is_in_the_eu() && country.is_some_and(|country| country != home && country.is_in_the_eu())
}

/// The days asked for; without any the quarter so far. What cannot be read is said at its field.
fn span_of(page: &Page, form: &FormView) -> Result<Span, FormView> {
    let today = Day::of(page.now, page.zone);
    let read = |name: &str, usual: Day| match form.value(name) {
        "" => Ok(usual),
        text => text.parse().map_err(|why: BadText| form.clone().with_error(name, page.t(why.0))),
    };
    let span = Span { from: read("from", today.quarter_begin())?, to: read("to", today)? };
    if span.to < span.from { Err(form.clone().with_error("to", page.t("dash-range-backwards"))) } else { Ok(span) }
}

#[get("/admin/tax-report?<from>&<to>")]
async fn show(
    page: Page,
    _staff: Staff<ViewReports>,
    db: Db,
    from: Option<Line<20>>,
    to: Option<Line<20>>,
) -> web::Result<Either<ReportPage, Unwell<ReportPage>>> {
    let today = Day::of(page.now, page.zone);
    let typed = |day: Option<Line<20>>| day.map(Line::into_string).unwrap_or_default();
    let (span, form) = match span_of(&page, &FormView::filled([("from", typed(from)), ("to", typed(to))])) {
        Ok(span) => (span, FormView::filled([("from", span.from.to_string()), ("to", span.to.to_string())])),
        Err(form) => return Ok(Either::Right(refused(page, form, today))),
    };
    let rows = queries::rows(&mut *db.get().await?, span.moments(page.zone)).await?;
    Ok(Either::Left(ReportPage { page, form, span, rows }))
}

fn refused(page: Page, form: FormView, today: Day) -> Unwell<ReportPage> {
    let span = Span { from: today, to: today };
    Unwell(Status::UnprocessableEntity, ReportPage { page, form, span, rows: Vec::new() })
}

/// The same as a file; days that cannot be read are none.
#[get("/admin/tax-report/file?<from>&<to>")]
async fn file(
    page: Page,
    _staff: Staff<ViewReports>,
    db: Db,
    from: Option<Day>,
    to: Option<Day>,
) -> web::Result<Option<CsvFile>> {
    let (Some(from), Some(to)) = (from, to) else { return Ok(None) };
    if to < from {
        return Ok(None);
    }
    let span = Span { from, to };
    let rows = queries::rows(&mut *db.get().await?, span.moments(page.zone)).await?;
    let home = page.shop().country;
    let records: Vec<[String; 12]> = rows.iter().map(|row| record(row, span, home, page.shop().currency)).collect();
    let titles = [
        "from",
        "to",
        "country",
        "region",
        "tax",
        "rate",
        "one_stop_shop",
        "currency",
        "orders",
        "net",
        "tax_amount",
        "refunded",
    ];
    Ok(Some(CsvFile::new(&format!("taxes-{from}-{to}"), &titles, records.iter().map(|row| row.iter().map(String::as_str)))?))
}

fn record(row: &Row, span: Span, home: Country, usual: Currency) -> [String; 12] {
    let currency: Currency = row.currency.parse().unwrap_or(usual);
    let name = if row.reverse_charge { "reverse charge" } else { &row.name };
    [
        span.from.to_string(),
        span.to.to_string(),
        row.country.clone(),
        row.region.clone(),
        name.to_owned(),
        row.rate.map(|rate| Rate(rate).percent()).unwrap_or_default(),
        if is_one_stop(row, home) { "yes" } else { "no" }.to_owned(),
        row.currency.clone(),
        row.orders.to_string(),
        currency.plain(row.net),
        currency.plain(row.tax),
        currency.plain(row.refunded),
    ]
}

pub(super) fn routes() -> Vec<Route> {
    routes![show, file]
}
