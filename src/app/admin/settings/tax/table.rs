//! The short table: what whole countries take of the usual class today; and the way to everything behind it.

use std::collections::BTreeSet;

use askama::Template;
use askama_web::WebTemplate;
use chrono::NaiveDate;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, State, get, post, routes};

use super::super::parts::{self, Clash};
use super::today;
use crate::engines::tax::sets::Set;
use crate::engines::tax::{self, Class, RateDraft, RatesRefused, TaxRate, Zone};
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
    /// The zones behind the table: id, name, what is taken there today.
    zones: Vec<(i64, String, String)>,
    classes: String,
    sets: Vec<(String, String)>,
}

/// What stands beside the short table.
struct Behind {
    zones: Vec<Zone>,
    classes: Vec<Class>,
    rates: Vec<TaxRate>,
}

impl Behind {
    async fn read(conn: &mut Conn) -> Result<Behind, Broke> {
        let (zones, classes) = (tax::queries::zones(conn).await?, tax::queries::classes(conn).await?);
        Ok(Behind { zones, classes, rates: tax::queries::rates(conn, None).await? })
    }

    /// "VAT 19 %, VAT 7 %"
    fn taken(&self, page: &Page, zone: &Zone) -> String {
        let today = today(page);
        let held = self.rates.iter().filter(|rate| rate.zone == zone.id && rate.holds_on(today));
        held.map(|rate| format!("{} {}", rate.name, super::percent(page, rate.rate))).collect::<Vec<_>>().join(", ")
    }
}

impl TaxPage {
    fn new(page: Page, form: FormView, clash: Option<Clash>, countries: &[Country], behind: &Behind) -> TaxPage {
        let row = |(at, country): (usize, &Country)| RowView {
            country: *country,
            name: page.country(*country),
            name_field: format!("rates[{at}].name"),
            rate_field: format!("rates[{at}].rate"),
            country_field: format!("rates[{at}].country"),
        };
        let rows = countries.iter().enumerate().map(row).collect();
        let mut zones: Vec<(i64, String, String)> =
            behind.zones.iter().map(|zone| (zone.id.0, super::zones::called(&page, zone), behind.taken(&page, zone))).collect();
        zones.sort_by_key(|zone| zone.1.to_lowercase());
        let classes = behind.classes.iter().map(|class| class.name.as_str()).collect::<Vec<_>>().join(", ");
        let sets = Set::ALL.iter().map(|set| (set.to_string(), page.t(&format!("tax-set-{}", set.as_str().to_lowercase()))));
        TaxPage { sets: sets.collect(), page, form, clash, rows, zones, classes }
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
fn fields_of(table: &[(Country, TaxRate)]) -> Fields {
    table.iter().map(|(country, rate)| ("rates", format!("{country} {} {} %", rate.name, rate.rate.percent()))).collect()
}

/// The countries to ask for: those sold to, and those that have a rate.
fn asked(page: &Page, table: &[(Country, TaxRate)]) -> Vec<Country> {
    let all: BTreeSet<Country> = page.shop().countries.iter().copied().chain(table.iter().map(|row| row.0)).collect();
    page.countries(all.into_iter()).into_iter().map(|(country, _)| country).collect()
}

#[get("/admin/settings/tax")]
async fn show(page: Page, _staff: Staff<ManageSettings>, db: Db) -> web::Result<TaxPage> {
    let mut conn = db.get().await?;
    let table = tax::queries::usual(&mut conn, today(&page)).await?;
    let countries = asked(&page, &table);
    let form = filled(&page, &table, &countries);
    Ok(TaxPage::new(page, form, None, &countries, &Behind::read(&mut conn).await?))
}

fn filled(page: &Page, table: &[(Country, TaxRate)], countries: &[Country]) -> FormView {
    let names = countries.iter().enumerate().filter_map(|(at, country)| {
        let (_, rate) = table.iter().find(|row| row.0 == *country)?;
        Some([
            (format!("rates[{at}].name"), rate.name.clone()),
            (format!("rates[{at}].rate"), page.words.decimal(rate.rate.0.into(), 4)),
        ])
    });
    let seen = ("seen".to_owned(), settings::seen(&fields_of(table)));
    let names: Vec<(String, String)> = names.flatten().chain([seen]).collect();
    FormView::filled(names.iter().map(|(name, value)| (name.as_str(), value.clone())))
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
            Ok(RateDraft { country: row.country, name: row.name.to_string(), rate, source: String::new() })
        })
        .collect()
}

async fn keep(tx: &mut Conn, by: &Person, mark: &str, table: &[RateDraft], today: NaiveDate) -> Result<(), Failed<TaxRefused>> {
    settings::commands::hold(tx).await?;
    let old = tax::queries::usual(tx, today).await?;
    let theirs = fields_of(&old);
    settings::commands::unchanged(tx, mark, theirs.clone(), "settings.tax").await.map_err(|why| why.map(TaxRefused::Save))?;
    tax::commands::save_rates(tx, table, today).await.map_err(|why| why.map(TaxRefused::Rates))?;
    let new = fields_of(&tax::queries::usual(tx, today).await?);
    let text = |fields: &Fields| fields.iter().map(|(_, value)| value.clone()).collect::<Vec<_>>().into();
    access::audit(tx, by, "settings.tax", "settings", None, Some(text(&theirs)), Some(text(&new))).await?;
    Ok(())
}

/// The countries of the table: those that were sent, else those that are kept or sold to.
async fn shown(conn: &mut Conn, page: &Page, sent: Option<&TaxForm>) -> Result<Vec<Country>, Broke> {
    match sent {
        Some(input) => Ok(input.rates.iter().map(|row| row.country).collect()),
        None => Ok(asked(page, &tax::queries::usual(conn, today(page)).await?)),
    }
}

/// What somebody else saved meanwhile, beside the table that was sent.
fn clash_of(page: &Page, why: &SaveRefused, table: &[RateDraft]) -> Option<Clash> {
    let line = |draft: &RateDraft| ("rates", format!("{} {} {} %", draft.country, draft.name, draft.rate.percent()));
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
            let saved =
                db::transaction(&mut conn, async |tx: &mut Conn| keep(tx, &staff, &input.seen, &table, today(&page)).await);
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
    Ok(Posted::again(TaxPage::new(page, refill, clash, &countries, &Behind::read(&mut conn).await?)))
}

pub fn routes() -> Vec<Route> {
    routes![show, save]
}
