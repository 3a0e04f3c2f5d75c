//! When goods leave the house: working days, the cut-off hour, handling, days off.

use std::collections::BTreeMap;

use askama::Template;
use askama_web::WebTemplate;
use chrono::{NaiveTime, Timelike};
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, State, get, post, routes};

use super::parts::{self, Between, Clash};
use crate::engines::shipping::model::MOST_HOLIDAYS;
use crate::engines::shipping::{self, Hours, Weekdays};
use crate::platform::access::{ManageSettings, Staff, audit};
use crate::platform::base::{Broke, Day, Line, OrBreak, Prose};
use crate::platform::db::{self, Conn, Db};
use crate::platform::feed::Subject;
use crate::platform::paths;
use crate::platform::settings::{self, Fields, SaveRefused};
use crate::platform::shell::{Facts, Page};
use crate::platform::web::{self, FormView, Posted};

#[derive(Template, WebTemplate)]
#[template(path = "admin/delivery_hours_page.html")]
struct HoursPage {
    page: Page,
    form: FormView,
    clash: Option<Clash>,
}

impl HoursPage {
    /// The days of the week: number and name.
    fn week(&self) -> Vec<(String, String)> {
        (1..=7).map(|day| (day.to_string(), self.page.t(&format!("admin-weekday-{day}")))).collect()
    }

    /// The boxes of days: field, label, and what stands for each day.
    fn boxes(&self) -> [(&'static str, String); 2] {
        let page = &self.page;
        [("work_days", page.t("admin-hours-work-days")), ("carrier_days", page.t("admin-hours-carrier-days"))]
    }

    /// What these hours promise to somebody who orders now and whose parcel is one to two days on the way.
    fn example(&self) -> Option<String> {
        let hours = read(&self.form)?;
        let zone = self.page.shop().zone;
        let leaves = hours.leaves(self.page.now, zone);
        let there = hours.there(leaves, (1, 2));
        let values = [("day", self.page.week_date(leaves).into()), ("days", self.page.week_span(there).into())];
        Some(self.page.with("admin-hours-example", &values))
    }
}

#[derive(FromForm)]
struct HoursForm {
    seen: Line<64>,
    #[field(default = Vec::new())]
    work_days: Vec<Between<1, 7>>,
    #[field(default = Vec::new())]
    carrier_days: Vec<Between<1, 7>>,
    cut_off: Line<5>,
    handling: Between<0, 60>,
    holidays: Prose<20000>,
}

impl HoursForm {
    /// The hours as typed, else the field that cannot be read with the key of what is wrong.
    fn hours(&self) -> Result<Hours, (&'static str, &'static str)> {
        let days = |days: &[Between<1, 7>]| Weekdays::of(days.iter().map(|day| day.0 as i16));
        let (works, carries) = (days(&self.work_days), days(&self.carrier_days));
        for (field, days) in [("work_days", works), ("carrier_days", carries)] {
            if days.is_empty() {
                return Err((field, "admin-hours-no-day"));
            }
        }
        let cut_off = cut_off(&self.cut_off).ok_or(("cut_off", "admin-hours-no-time"))?;
        let holidays = holidays(&self.holidays).ok_or(("holidays", "admin-hours-no-holiday"))?;
        Ok(Hours { works, carries, cut_off, handling: self.handling.0, holidays })
    }
}

/// Minutes after midnight of "14:00"; `Some(None)` of nothing.
fn cut_off(text: &str) -> Option<Option<i16>> {
    if text.is_empty() {
        return Some(None);
    }
    let time = NaiveTime::parse_from_str(text, "%H:%M").ok()?;
    i16::try_from(time.hour() * 60 + time.minute()).ok().map(Some)
}

/// Days off, one a line: "2026-12-25 Christmas Day".
fn holidays(text: &str) -> Option<BTreeMap<Day, String>> {
    let mut days = BTreeMap::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (day, name) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let name: String = name.trim().chars().take(80).collect();
        days.insert(day.parse().ok()?, name);
    }
    (days.len() <= MOST_HOLIDAYS).then_some(days)
}

fn fields(hours: &Hours) -> Fields {
    let cut_off = hours.cut_off.map(|minutes| format!("{:02}:{:02}", minutes / 60, minutes % 60)).unwrap_or_default();
    let lines = hours.holidays.iter().map(|(day, name)| format!("{day} {name}").trim_end().to_owned());
    let holidays = lines.collect::<Vec<_>>().join("\n");
    let fields = vec![("cut_off", cut_off), ("handling", hours.handling.to_string()), ("holidays", holidays)];
    let days = |field: &'static str, days: Weekdays| days.numbers().map(move |day| (field, day.to_string())).collect::<Vec<_>>();
    [fields, days("work_days", hours.works), days("carrier_days", hours.carries)].concat()
}

/// The hours that a form shows, where all of it can be read.
fn read(form: &FormView) -> Option<Hours> {
    let days = |field: &str| Weekdays::of((1..=7_i16).filter(|day| form.has(field, &day.to_string())));
    let (works, carries) = (days("work_days"), days("carrier_days"));
    let hours = Hours {
        works,
        carries,
        cut_off: cut_off(form.value("cut_off"))?,
        handling: form.value("handling").parse().ok().filter(|days| (0..=60).contains(days))?,
        holidays: holidays(form.value("holidays"))?,
    };
    (!works.is_empty() && !carries.is_empty()).then_some(hours)
}

#[get("/admin/settings/delivery/hours")]
async fn show(page: Page, _staff: Staff<ManageSettings>, db: Db) -> web::Result<HoursPage> {
    let kept = shipping::queries::hours(&mut *db.get().await?).await?;
    Ok(HoursPage { page, form: parts::filled(&fields(&kept)), clash: None })
}

#[post("/admin/settings/delivery/hours", data = "<form>")]
async fn save(
    page: Page,
    staff: Staff<ManageSettings>,
    db: Db,
    facts: &State<Facts>,
    form: Form<Contextual<'_, HoursForm>>,
) -> web::Result<Posted<HoursPage>> {
    let refill = FormView::of(page.words, &form.context);
    let Some(input) = &form.value else { return Ok(Posted::again(HoursPage { page, form: refill, clash: None })) };
    let hours = match input.hours() {
        Ok(hours) => hours,
        Err((field, key)) => {
            let form = refill.with_error(field, page.t(key));
            return Ok(Posted::again(HoursPage { page, form, clash: None }));
        }
    };
    let Err(why) = keep(&mut *db.get().await?, &staff, &hours, &input.seen).await? else {
        parts::forget_here(facts, Subject::Rates);
        return Ok(Posted::done(paths::admin_delivery_hours(), "admin-saved"));
    };
    let clash = Clash::labelled(&page, &why, &fields(&hours), |field| format!("admin-hours-{}", field.replace('_', "-")));
    let form = clash.iter().fold(refill, |form, clash| parts::with_mark(form, &clash.seen));
    Ok(Posted::again(HoursPage { page, form, clash }))
}

/// Keeps the hours, unless somebody else did meanwhile.
async fn keep(
    conn: &mut Conn,
    staff: &Staff<ManageSettings>,
    hours: &Hours,
    mark: &str,
) -> Result<Result<(), SaveRefused>, Broke> {
    let saved = db::transaction(conn, async |tx: &mut Conn| {
        settings::commands::hold(tx).await?;
        let before = fields(&shipping::queries::hours(tx).await?);
        settings::commands::unchanged(tx, mark, before.clone(), "settings.hours").await?;
        shipping::keeping::save_hours(tx, hours).await?;
        let (before, after) = (serde_json::json!(before), serde_json::json!(fields(hours)));
        audit(tx, staff, "settings.hours", "settings", None, Some(before), Some(after)).await?;
        Ok(())
    });
    saved.await.or_break()
}

pub(super) fn routes() -> Vec<Route> {
    routes![show, save]
}
