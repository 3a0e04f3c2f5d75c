//! A tax zone: where it is, and its rates of all days.

use askama::Template;
use askama_web::WebTemplate;
use chrono::NaiveDate;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, get, post, routes};

use super::super::parts::{self, Clash};
use super::{date, days, percent, today};
use crate::engines::tax::postcodes::Postcodes;
use crate::engines::tax::{self, Class, RatesRefused, TaxRate, Zone, ZoneDraft, queries};
use crate::platform::access::{self, ManageSettings, Person, Staff};
use crate::platform::base::{Broke, Country, Failed, Line, Message, OrBreak, Prose, Refusal, TaxZoneId};
use crate::platform::db::{self, Conn, Db};
use crate::platform::paths;
use crate::platform::settings::{self, Fields, SaveRefused};
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

/// What a zone is called: by staff, else by its place.
pub fn called(page: &Page, zone: &Zone) -> String {
    let country = page.country(zone.country);
    let parts: Vec<&str> = [zone.region.as_str(), zone.name.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() && zone.postcodes.is_empty() {
        return country;
    }
    let place = if parts.is_empty() { zone.postcodes.to_string() } else { parts.join(" · ") };
    format!("{country}: {}", web::shortened(&place, 80))
}

/// A rate in the list of a zone.
struct RateView {
    path: String,
    name: String,
    class: String,
    rate: String,
    days: String,
    /// "past", "now" or "later".
    state: &'static str,
    /// Where it was read, and when.
    source: String,
    url: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "admin/tax_zone_page.html")]
pub struct ZonePage {
    page: Page,
    form: FormView,
    clash: Option<Clash>,
    /// `None` while it is new.
    zone: Option<TaxZoneId>,
    title: String,
    countries: Vec<(String, String)>,
    rates: Vec<RateView>,
}

/// What is kept of a zone, as fields.
fn fields_of(country: Country, region: &str, postcodes: &Postcodes, name: &str) -> Fields {
    vec![
        ("country", country.to_string()),
        ("region", region.to_owned()),
        ("postcodes", postcodes.to_string()),
        ("name", name.to_owned()),
    ]
}

fn fields(zone: &Zone) -> Fields {
    fields_of(zone.country, &zone.region, &zone.postcodes, &zone.name)
}

fn view(page: &Page, rate: &TaxRate, classes: &[Class], today: NaiveDate) -> RateView {
    let source = &rate.source;
    let read = source.date.map(|day| date(page, day)).unwrap_or_default();
    RateView {
        path: paths::admin_tax_rate(rate.zone, rate.id),
        name: rate.name.clone(),
        class: classes.iter().find(|class| class.id == rate.class).map(|class| class.name.clone()).unwrap_or_default(),
        rate: percent(page, rate.rate),
        days: days(page, rate.from, rate.to),
        state: if rate.is_past(today) {
            "past"
        } else if rate.holds_on(today) {
            "now"
        } else {
            "later"
        },
        source: [source.name.as_str(), read.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
        url: source.url.clone(),
    }
}

impl ZonePage {
    async fn read(conn: &mut Conn, page: Page, id: Option<TaxZoneId>, form: Option<FormView>) -> Result<Option<ZonePage>, Broke> {
        let countries = parts::country_choices(page.words);
        let Some(id) = id else {
            let form = form.unwrap_or_else(|| FormView::filled([("country", page.shop().country.to_string())]));
            let title = page.t("tax-new-zone");
            return Ok(Some(ZonePage { page, form, clash: None, zone: None, title, countries, rates: Vec::new() }));
        };
        let Some(zone) = queries::zones(conn).await?.into_iter().find(|zone| zone.id == id) else { return Ok(None) };
        let (classes, today) = (queries::classes(conn).await?, today(&page));
        let rates = queries::rates(conn, Some(id)).await?;
        let rates = rates.iter().map(|rate| view(&page, rate, &classes, today)).collect();
        let form = form.unwrap_or_else(|| parts::filled(&fields(&zone)));
        Ok(Some(ZonePage { title: called(&page, &zone), page, form, clash: None, zone: Some(id), countries, rates }))
    }

    fn action(&self) -> String {
        self.zone.map_or_else(|| paths::admin_tax_zone("new"), paths::admin_tax_zone)
    }
}

#[derive(FromForm)]
struct ZoneForm {
    seen: Option<Line<64>>,
    country: Country,
    #[field(default_with = Some(Default::default()))]
    region: Line<80>,
    #[field(default_with = Some(Default::default()))]
    postcodes: Prose<2000>,
    #[field(default_with = Some(Default::default()))]
    name: Line<80>,
}

/// Why a zone is not saved.
#[derive(Debug)]
enum ZoneRefused {
    Zone(RatesRefused),
    Save(SaveRefused),
}

impl Refusal for ZoneRefused {
    fn message(&self) -> Message {
        match self {
            ZoneRefused::Zone(why) => why.message(),
            ZoneRefused::Save(why) => why.message(),
        }
    }
}

#[get("/admin/settings/tax/zones/new")]
async fn new(page: Page, _staff: Staff<ManageSettings>, db: Db) -> web::Result<Option<ZonePage>> {
    ZonePage::read(&mut *db.get().await?, page, None, None).await
}

#[get("/admin/settings/tax/zones/<id>", rank = 2)]
async fn show(id: TaxZoneId, page: Page, _staff: Staff<ManageSettings>, db: Db) -> web::Result<Option<ZonePage>> {
    ZonePage::read(&mut *db.get().await?, page, Some(id), None).await
}

type Answer = web::Result<Option<Posted<ZonePage>>>;

#[post("/admin/settings/tax/zones/new", data = "<form>")]
async fn add(page: Page, staff: Staff<ManageSettings>, db: Db, form: Form<Contextual<'_, ZoneForm>>) -> Answer {
    keep(page, &staff, &db, None, form).await
}

#[post("/admin/settings/tax/zones/<id>", data = "<form>", rank = 2)]
async fn save(id: TaxZoneId, page: Page, staff: Staff<ManageSettings>, db: Db, form: Form<Contextual<'_, ZoneForm>>) -> Answer {
    keep(page, &staff, &db, Some(id), form).await
}

async fn keep(page: Page, staff: &Person, db: &Db, id: Option<TaxZoneId>, form: Form<Contextual<'_, ZoneForm>>) -> Answer {
    let mut refill = FormView::of(page.words, &form.context);
    let (mut conn, mut clash) = (db.get().await?, None);
    if let Some(input) = &form.value {
        match draft(input) {
            Err(key) => refill = refill.with_error("postcodes", page.t(key)),
            Ok(draft) => {
                let mark = input.seen.as_deref().unwrap_or_default();
                let saved = db::transaction(&mut conn, async |tx: &mut Conn| write(tx, staff, id, mark, &draft).await);
                match saved.await.or_break()? {
                    Ok(zone) => return Ok(Some(Posted::done(paths::admin_tax_zone(zone), "admin-saved"))),
                    Err(ZoneRefused::Zone(RatesRefused::Gone)) => return Ok(None),
                    Err(ZoneRefused::Zone(why)) => refill = refill.refused(page.words, "country", &why),
                    Err(ZoneRefused::Save(why)) => {
                        let typed = fields_of(draft.country, &draft.region, &draft.postcodes, &draft.name);
                        clash = Clash::labelled(&page, &why, &typed, |field| format!("tax-zone-{field}"));
                    }
                }
            }
        }
    }
    if let Some(clash) = &clash {
        refill = parts::with_mark(refill, &clash.seen);
    }
    let again = ZonePage::read(&mut conn, page, id, Some(refill)).await?;
    Ok(again.map(|again| Posted::again(ZonePage { clash, ..again })))
}

fn draft(input: &ZoneForm) -> Result<ZoneDraft, &'static str> {
    let postcodes = input.postcodes.parse::<Postcodes>().map_err(|why| why.0)?;
    Ok(ZoneDraft { country: input.country, region: input.region.to_string(), postcodes, name: input.name.to_string() })
}

async fn write(
    tx: &mut Conn,
    by: &Person,
    id: Option<TaxZoneId>,
    mark: &str,
    draft: &ZoneDraft,
) -> Result<TaxZoneId, Failed<ZoneRefused>> {
    settings::commands::hold(tx).await?;
    let before = queries::zones(tx).await?.into_iter().find(|zone| Some(zone.id) == id).map(|zone| fields(&zone));
    let action = format!("settings.tax_zone.{}", id.map_or(0, |id| id.0));
    if let Some(theirs) = before.clone() {
        settings::commands::unchanged(tx, mark, theirs, &action).await.map_err(|why| why.map(ZoneRefused::Save))?;
    }
    let zone = tax::zones::save(tx, id, draft).await.map_err(|why| why.map(ZoneRefused::Zone))?;
    let after = fields_of(draft.country, &draft.region, &draft.postcodes, &draft.name);
    let (before, after) = (before.map(|before| json(&before)), Some(json(&after)));
    let action = format!("settings.tax_zone.{zone}");
    access::audit(tx, by, &action, "tax_zone", Some(zone.0), before, after).await?;
    Ok(zone)
}

/// Fields as the trail keeps them.
pub fn json(fields: &Fields) -> serde_json::Value {
    fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), serde_json::Value::from(value.as_str())))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

#[post("/admin/settings/tax/zones/<id>/removal")]
async fn remove(id: TaxZoneId, page: Page, staff: Staff<ManageSettings>, db: Db) -> Answer {
    let mut conn = db.get().await?;
    let removed = db::transaction(&mut conn, async |tx: &mut Conn| -> Result<(), Failed<RatesRefused>> {
        settings::commands::hold(tx).await?;
        tax::zones::remove(tx, id).await?;
        access::audit(tx, &staff, "settings.tax_zone_removed", "tax_zone", Some(id.0), None, None).await?;
        Ok(())
    });
    match removed.await.or_break()? {
        Ok(()) => Ok(Some(Posted::done(paths::admin_settings_tax(), "admin-removed"))),
        Err(_) => {
            let words = page.words;
            let again = ZonePage::read(&mut conn, page, Some(id), None).await?;
            Ok(again.map(|again| {
                let form = again.form.clone().with_error("", words.t("tax-zone-in-use"));
                Posted::again(ZonePage { form, ..again })
            }))
        }
    }
}

pub fn routes() -> Vec<Route> {
    routes![new, show, add, save, remove]
}
