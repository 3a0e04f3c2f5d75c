//! Tax: one rate a country.

use std::collections::BTreeSet;

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, State, get, post, routes};

use super::parts::{self, Clash};
use crate::engines::tax::{self, RateDraft, RatesRefused};
use crate::platform::access::{self, ManageSettings, Person, Staff};
use crate::platform::base::{Broke, Country, Failed, Line, Message, OrBreak, Rate, Refusal};
use crate::platform::db::{self, Conn, Db};
use crate::platform::feed::Subject;
use crate::platform::paths;
use crate::platform::settings::{self, Fields, SaveRefused};
use crate::platform::shell::{Facts, Page};
use crate::platform::web::{self, FormView, Posted};

/// A row of the table: the names of its fields.
struct RowView {
    country: Country,
    name: String,
    name_field: String,
    rate_field: String,
    country_field: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "admin/tax_page.html")]
struct TaxPage {
    page: Page,
    form: FormView,
    clash: Option<Clash>,
    rows: Vec<RowView>,
}

impl TaxPage {
    fn new(page: Page, form: FormView, clash: Option<Clash>, countries: &[Country]) -> TaxPage {
        let row = |(at, country): (usize, &Country)| RowView {
            country: *country,
            name: page.country(*country),
            name_field: format!("rates[{at}].name"),
            rate_field: format!("rates[{at}].rate"),
            country_field: format!("rates[{at}].country"),
        };
        let rows = countries.iter().enumerate().map(row).collect();
        TaxPage { page, form, clash, rows }
    }
}

#[derive(FromForm)]
struct RateRow {
    country: Country,
    name: Line<40>,
    rate: Line<12>,
}

#[derive(FromForm)]
struct TaxForm {
    seen: Line<64>,
    rates: Vec<RateRow>,
}

/// The kept table as fields, so that two editors notice each other.
fn fields_of(table: &[tax::TaxRate]) -> Fields {
    table.iter().map(|rate| ("rates", format!("{} {} {} %", rate.country, rate.name, percent(rate.rate)))).collect()
}

/// "19", "8.1"
fn percent(rate: Rate) -> String {
    let (whole, part) = (rate.0 / 10_000, rate.0 % 10_000);
    if part == 0 { whole.to_string() } else { format!("{whole}.{part:04}").trim_end_matches('0').to_owned() }
}

/// The countries to ask for: those sold to, and those that have a rate.
fn asked(page: &Page, table: &[tax::TaxRate]) -> Vec<Country> {
    let all: BTreeSet<Country> = page.shop().countries.iter().copied().chain(table.iter().map(|rate| rate.country)).collect();
    page.countries(all.into_iter()).into_iter().map(|(country, _)| country).collect()
}

#[get("/admin/settings/tax")]
async fn show(page: Page, _staff: Staff<ManageSettings>, db: Db) -> web::Result<TaxPage> {
    let table = tax::queries::rates(&mut *db.get().await?).await?;
    let countries = asked(&page, &table);
    let names: Vec<(String, String)> = countries
        .iter()
        .enumerate()
        .filter_map(|(at, country)| {
            let rate = table.iter().find(|rate| rate.country == *country)?;
            Some([
                (format!("rates[{at}].name"), rate.name.clone()),
                (format!("rates[{at}].rate"), page.words.decimal(rate.rate.0.into(), 4)),
            ])
        })
        .flatten()
        .chain([("seen".to_owned(), settings::seen(&fields_of(&table)))])
        .collect();
    let form = FormView::filled(names.iter().map(|(name, value)| (name.as_str(), value.clone())));
    Ok(TaxPage::new(page, form, None, &countries))
}

/// Why the table is not saved.
#[derive(Debug)]
enum TaxRefused {
    Rates(RatesRefused),
    Save(SaveRefused),
}

impl Refusal for TaxRefused {
    fn message(&self) -> Message {
        match self {
            TaxRefused::Rates(why) => why.message(),
            TaxRefused::Save(why) => why.message(),
        }
    }
}

/// Reads the rows; a row without a rate means: no tax there. Errors are the field and the key of the sentence.
fn drafts(rows: &[RateRow]) -> Result<Vec<RateDraft>, (String, &'static str)> {
    let filled = rows.iter().enumerate().filter(|(_, row)| !row.rate.is_empty() || !row.name.is_empty());
    filled
        .map(|(at, row)| {
            let rate = Rate::parse_percent(&row.rate).ok_or((format!("rates[{at}].rate"), "admin-rate-unreadable"))?;
            if row.name.is_empty() {
                return Err((format!("rates[{at}].name"), "error-required"));
            }
            Ok(RateDraft { country: row.country, name: row.name.to_string(), rate, source: String::new(), valid_from: None })
        })
        .collect()
}

async fn keep(tx: &mut Conn, by: &Person, mark: &str, table: &[RateDraft]) -> Result<(), Failed<TaxRefused>> {
    settings::commands::hold(tx).await?;
    let old = tax::queries::rates(tx).await?;
    let theirs = fields_of(&old);
    settings::commands::unchanged(tx, mark, theirs.clone(), "settings.tax").await.map_err(|why| why.map(TaxRefused::Save))?;
    // Where a rate was looked up stays with it.
    let table: Vec<RateDraft> = table.iter().cloned().map(|draft| with_source(draft, &old)).collect();
    tax::commands::save_rates(tx, &table).await.map_err(|why| why.map(TaxRefused::Rates))?;
    let new = fields_of(&tax::queries::rates(tx).await?);
    let text = |fields: &Fields| fields.iter().map(|(_, value)| value.clone()).collect::<Vec<_>>().into();
    access::audit(tx, by, "settings.tax", "settings", None, Some(text(&theirs)), Some(text(&new))).await?;
    Ok(())
}

fn with_source(mut draft: RateDraft, old: &[tax::TaxRate]) -> RateDraft {
    if let Some(known) = old.iter().find(|rate| rate.country == draft.country && rate.rate == draft.rate) {
        draft.source = known.source.clone();
        draft.valid_from = known.valid_from;
    }
    draft
}

/// The countries of the table: those that were sent, else those that are kept or sold to.
async fn shown(conn: &mut Conn, page: &Page, sent: Option<&TaxForm>) -> Result<Vec<Country>, Broke> {
    match sent {
        Some(input) => Ok(input.rates.iter().map(|row| row.country).collect()),
        None => Ok(asked(page, &tax::queries::rates(conn).await?)),
    }
}

/// What somebody else saved meanwhile, beside the table that was sent.
fn clash_of(page: &Page, why: &SaveRefused, table: &[RateDraft]) -> Option<Clash> {
    let line = |draft: &RateDraft| ("rates", format!("{} {} {} %", draft.country, draft.name, percent(draft.rate)));
    Clash::of(page, why, &table.iter().map(line).collect())
}

#[post("/admin/settings/tax", data = "<form>")]
async fn save(
    page: Page,
    staff: Staff<ManageSettings>,
    db: Db,
    facts: &State<Facts>,
    form: Form<Contextual<'_, TaxForm>>,
) -> web::Result<Posted<TaxPage>> {
    let mut refill = FormView::of(page.words, &form.context);
    let mut clash = None;
    let mut conn = db.get().await?;
    let countries = shown(&mut conn, &page, form.value.as_ref()).await?;
    match form.value.as_ref().map(|input| (input, drafts(&input.rates))) {
        None => {}
        Some((_, Err((field, key)))) => refill = refill.with_error(&field, page.t(key)),
        Some((input, Ok(table))) => {
            let saved = db::transaction(&mut conn, async |tx: &mut Conn| keep(tx, &staff, &input.seen, &table).await);
            match saved.await.or_break()? {
                Ok(()) => {
                    parts::forget_here(facts, Subject::Rates);
                    return Ok(Posted::done(paths::admin_settings_tax(), "admin-saved"));
                }
                Err(TaxRefused::Save(why)) => clash = clash_of(&page, &why, &table),
                Err(why) => refill = refill.refused(page.words, "", &why),
            }
        }
    }
    if let Some(clash) = &clash {
        refill = parts::with_mark(refill, &clash.seen);
    }
    Ok(Posted::again(TaxPage::new(page, refill, clash, &countries)))
}

pub(super) fn routes() -> Vec<Route> {
    routes![show, save]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_written_as_they_are_read() {
        for text in ["0", "19", "8.1", "5.5", "0.0001", "100"] {
            assert_eq!(percent(Rate::parse_percent(text).expect(text)), text);
        }
    }
}
