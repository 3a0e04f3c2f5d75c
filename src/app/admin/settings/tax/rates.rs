//! A rate of a zone: of which class, how much, from which day to which, and where it was looked up.

use askama::Template;
use askama_web::WebTemplate;
use chrono::NaiveDate;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, get, post, routes};

use super::super::parts::{self, Clash};
use super::today;
use super::zones::{called, json};
use crate::engines::tax::model::Source;
use crate::engines::tax::{self, RatesRefused, TaxRate, Terms, queries};
use crate::platform::access::{self, ManageSettings, Person, Staff};
use crate::platform::base::{Broke, Day, Failed, Line, Message, Name, OrBreak, Rate, Refusal, TaxClassId, TaxRateId, TaxZoneId};
use crate::platform::db::{self, Conn, Db};
use crate::platform::paths;
use crate::platform::settings::{self, Fields, SaveRefused};
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

#[derive(Template, WebTemplate)]
#[template(path = "admin/tax_rate_page.html")]
pub struct RatePage {
    page: Page,
    form: FormView,
    clash: Option<Clash>,
    zone: TaxZoneId,
    /// What the zone is called.
    place: String,
    /// `None` while it is new.
    rate: Option<TaxRateId>,
    /// Whether it is over, and stays to be read.
    past: bool,
    classes: Vec<(String, String)>,
}

/// Which rate of which zone.
#[derive(Clone, Copy)]
struct Which(TaxZoneId, Option<TaxRateId>);

fn fields(class: TaxClassId, name: &str, rate: Rate, days: [Option<NaiveDate>; 2], source: &Source) -> Fields {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    vec![
        ("class", class.to_string()),
        ("name", name.to_owned()),
        ("rate", rate.percent()),
        ("from", day(days[0])),
        ("to", day(days[1])),
        ("source", source.name.clone()),
        ("url", source.url.clone()),
        ("read", day(source.date)),
    ]
}

fn kept_fields(rate: &TaxRate) -> Fields {
    fields(rate.class, &rate.name, rate.rate, [rate.from, rate.to], &rate.source)
}

fn typed_fields(terms: &Terms) -> Fields {
    fields(terms.class, &terms.name, terms.rate, [terms.from, terms.to], &terms.source)
}

impl RatePage {
    async fn read(conn: &mut Conn, page: Page, which: Which, form: Option<FormView>) -> Result<Option<RatePage>, Broke> {
        let Which(zone, id) = which;
        let Some(place) = queries::zones(conn).await?.into_iter().find(|known| known.id == zone) else { return Ok(None) };
        let classes = queries::classes(conn).await?;
        let kept = match id {
            Some(id) => match queries::rates(conn, Some(zone)).await?.into_iter().find(|rate| rate.id == id) {
                Some(kept) => Some(kept),
                None => return Ok(None),
            },
            None => None,
        };
        let new = || {
            let usual = classes.iter().find(|class| class.is_default).map(|class| class.id.to_string()).unwrap_or_default();
            FormView::filled([("class", usual), ("from", today(&page).to_string())])
        };
        let form = form.unwrap_or_else(|| kept.as_ref().map_or_else(new, |kept| parts::filled(&kept_fields(kept))));
        let past = kept.as_ref().is_some_and(|kept| kept.is_past(today(&page)));
        let classes = classes.into_iter().map(|class| (class.id.to_string(), class.name)).collect();
        Ok(Some(RatePage { place: called(&page, &place), page, form, clash: None, zone, rate: id, past, classes }))
    }

    fn heading(&self) -> String {
        self.page.t(if self.rate.is_some() { "tax-rate" } else { "tax-add-rate" })
    }

    fn action(&self) -> String {
        self.rate.map_or_else(|| paths::admin_tax_rate(self.zone, "new"), |rate| paths::admin_tax_rate(self.zone, rate))
    }

    fn removal(&self) -> Option<String> {
        self.rate.filter(|_| !self.past).map(|rate| paths::admin_tax_rate_removal(self.zone, rate))
    }
}

#[derive(FromForm)]
struct RateForm {
    seen: Option<Line<64>>,
    class: TaxClassId,
    name: Name<40>,
    rate: Line<12>,
    #[field(default_with = Some(Default::default()))]
    from: Line<10>,
    #[field(default_with = Some(Default::default()))]
    to: Line<10>,
    #[field(default_with = Some(Default::default()))]
    source: Line<200>,
    #[field(default_with = Some(Default::default()))]
    url: Line<500>,
    #[field(default_with = Some(Default::default()))]
    read: Line<10>,
}

impl RateForm {
    /// The rate as typed; an error is a field and the key of what is wrong in it.
    fn terms(&self) -> Result<Terms, (&'static str, &'static str)> {
        let day = |field: &'static str, text: &str| match text {
            "" => Ok(None),
            text => text.parse::<Day>().map(|day| Some(day.date())).map_err(|why| (field, why.0)),
        };
        let rate = Rate::parse_percent(&self.rate).ok_or(("rate", "admin-rate-unreadable"))?;
        let plain = self.url.is_empty() || self.url.starts_with("https://") || self.url.starts_with("http://");
        if !plain || (!self.url.is_empty() && self.url.parse::<url::Url>().is_err()) {
            return Err(("url", "tax-url-wrong"));
        }
        let source = Source { name: self.source.to_string(), url: self.url.to_string(), date: day("read", &self.read)? };
        let (from, to) = (day("from", &self.from)?, day("to", &self.to)?);
        Ok(Terms { class: self.class, name: self.name.to_string(), rate, from, to, source })
    }
}

/// Why a rate is not saved.
#[derive(Debug)]
enum RateRefused {
    Rate(RatesRefused),
    Save(SaveRefused),
}

impl Refusal for RateRefused {
    fn message(&self) -> Message {
        match self {
            RateRefused::Rate(why) => why.message(),
            RateRefused::Save(why) => why.message(),
        }
    }
}

/// The field at which a refusal is shown.
fn field_of(why: &RatesRefused) -> &'static str {
    match why {
        RatesRefused::Days => "to",
        RatesRefused::Overlaps { .. } => "from",
        RatesRefused::NoName => "name",
        _ => "rate",
    }
}

#[get("/admin/settings/tax/zones/<zone>/rates/new")]
async fn new(zone: TaxZoneId, page: Page, _staff: Staff<ManageSettings>, db: Db) -> web::Result<Option<RatePage>> {
    RatePage::read(&mut *db.get().await?, page, Which(zone, None), None).await
}

#[get("/admin/settings/tax/zones/<zone>/rates/<rate>", rank = 2)]
async fn show(
    zone: TaxZoneId,
    rate: TaxRateId,
    page: Page,
    _staff: Staff<ManageSettings>,
    db: Db,
) -> web::Result<Option<RatePage>> {
    RatePage::read(&mut *db.get().await?, page, Which(zone, Some(rate)), None).await
}

type Answer = web::Result<Option<Posted<RatePage>>>;

#[post("/admin/settings/tax/zones/<zone>/rates/new", data = "<form>")]
async fn add(zone: TaxZoneId, page: Page, staff: Staff<ManageSettings>, db: Db, form: Form<Contextual<'_, RateForm>>) -> Answer {
    keep(page, &staff, &db, Which(zone, None), form).await
}

#[post("/admin/settings/tax/zones/<zone>/rates/<rate>", data = "<form>", rank = 2)]
async fn save(
    zone: TaxZoneId,
    rate: TaxRateId,
    page: Page,
    staff: Staff<ManageSettings>,
    db: Db,
    form: Form<Contextual<'_, RateForm>>,
) -> Answer {
    keep(page, &staff, &db, Which(zone, Some(rate)), form).await
}

async fn keep(page: Page, staff: &Person, db: &Db, which: Which, form: Form<Contextual<'_, RateForm>>) -> Answer {
    let mut refill = FormView::of(page.words, &form.context);
    let (mut conn, mut clash, today) = (db.get().await?, None, today(&page));
    if let Some(input) = &form.value {
        match input.terms() {
            Err((field, key)) => refill = refill.with_error(field, page.t(key)),
            Ok(terms) => {
                let mark = input.seen.as_deref().unwrap_or_default();
                let saved = db::transaction(&mut conn, async |tx: &mut Conn| write(tx, staff, which, mark, &terms, today).await);
                match saved.await.or_break()? {
                    Ok(()) => return Ok(Some(Posted::done(paths::admin_tax_zone(which.0), "admin-saved"))),
                    Err(RateRefused::Rate(RatesRefused::Gone)) => return Ok(None),
                    Err(RateRefused::Rate(why)) => refill = refill.refused(page.words, field_of(&why), &why),
                    Err(RateRefused::Save(why)) => {
                        clash = Clash::labelled(&page, &why, &typed_fields(&terms), |field| format!("tax-rate-{field}"));
                    }
                }
            }
        }
    }
    if let Some(clash) = &clash {
        refill = parts::with_mark(refill, &clash.seen);
    }
    let again = RatePage::read(&mut conn, page, which, Some(refill)).await?;
    Ok(again.map(|again| Posted::again(RatePage { clash, ..again })))
}

async fn write(
    tx: &mut Conn,
    by: &Person,
    Which(zone, id): Which,
    mark: &str,
    terms: &Terms,
    today: NaiveDate,
) -> Result<(), Failed<RateRefused>> {
    settings::commands::hold(tx).await?;
    let there = queries::zones(tx).await?.iter().any(|known| known.id == zone);
    let class = queries::classes(tx).await?.iter().any(|class| class.id == terms.class);
    if !there || !class {
        return Err(RateRefused::Rate(RatesRefused::Gone).into());
    }
    let before = queries::rates(tx, Some(zone)).await?.iter().find(|rate| Some(rate.id) == id).map(kept_fields);
    if let (Some(theirs), Some(id)) = (before.clone(), id) {
        let action = format!("settings.tax_rate.{id}");
        settings::commands::unchanged(tx, mark, theirs, &action).await.map_err(|why| why.map(RateRefused::Save))?;
    }
    let saved = tax::commands::save_rate(tx, zone, id, terms, today).await.map_err(|why| why.map(RateRefused::Rate))?;
    let (before, after) = (before.map(|before| json(&before)), Some(json(&typed_fields(terms))));
    access::audit(tx, by, &format!("settings.tax_rate.{saved}"), "tax_rate", Some(saved.0), before, after).await?;
    Ok(())
}

/// Ends a rate; one that has not begun is gone.
#[post("/admin/settings/tax/zones/<zone>/rates/<rate>/removal")]
async fn remove(zone: TaxZoneId, rate: TaxRateId, page: Page, staff: Staff<ManageSettings>, db: Db) -> Answer {
    let (mut conn, today) = (db.get().await?, today(&page));
    let removed = db::transaction(&mut conn, async |tx: &mut Conn| -> Result<(), Failed<RatesRefused>> {
        settings::commands::hold(tx).await?;
        tax::commands::remove_rate(tx, zone, rate, today).await?;
        access::audit(tx, &staff, "settings.tax_rate_ended", "tax_rate", Some(rate.0), None, None).await?;
        Ok(())
    });
    match removed.await.or_break()? {
        Ok(()) => Ok(Some(Posted::done(paths::admin_tax_zone(zone), "tax-rate-ended"))),
        Err(RatesRefused::Held) => Ok(Some(Posted::done(paths::admin_tax_zone(zone), "tax-rate-over"))),
        Err(_) => Ok(None),
    }
}

pub fn routes() -> Vec<Route> {
    routes![new, show, add, save, remove]
}
