//! Delivery: zones of countries, each with its methods.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, State, get, post, routes};

use super::delivery_form::{self as common, DeliveryFormPage, DeliveryRefused, Edited};
use super::parts;
use crate::engines::shipping::{self, Method, Profile, Spot, Zone, ZoneDraft};
use crate::platform::access::{ManageSettings, Staff};
use crate::platform::base::{Country, Day, Line, Name, OrBreak, Prose, ShippingZoneId};
use crate::platform::db::{self, Conn, Db};
use crate::platform::feed::Subject;
use crate::platform::paths;
use crate::platform::settings::Fields;
use crate::platform::shell::{Facts, Page};
use crate::platform::web::{self, FormView, Posted};

#[derive(Template, WebTemplate)]
#[template(path = "admin/delivery_page.html")]
struct DeliveryPage {
    page: Page,
    zones: Vec<Zone>,
    /// Countries sold to that no zone delivers to.
    unreached: Vec<String>,
    profiles: Vec<Profile>,
    today: Day,
}

impl DeliveryPage {
    /// Where a zone delivers, in words.
    fn places(&self, zone: &Zone) -> String {
        let names = self.page.countries(zone.countries.iter().copied());
        let spots = zone.spots.iter().map(ToString::to_string);
        let rest = zone.rest.then(|| self.page.t("admin-zone-rest"));
        names.into_iter().map(|(_, name)| name).chain(spots).chain(rest).collect::<Vec<_>>().join(", ")
    }

    /// "4.90", "from 4.90" for a table, "free".
    fn price(&self, method: &Method) -> String {
        match method.lowest() {
            lowest if method.kind.has_steps() => self.page.named("admin-method-from", &self.page.price(lowest)),
            0 => self.page.t("admin-free"),
            price => self.page.price(price),
        }
    }

    /// What else is to know of a method, in a line.
    fn facts(&self, method: &Method) -> String {
        let page = &self.page;
        let mut facts = vec![page.with("admin-days", &[("min", method.days.0.into()), ("max", method.days.1.into())])];
        if method.kind.has_steps() {
            facts.push(page.t(&format!("admin-method-kind-{}", method.kind)));
        }
        if let Some((_, place)) = &method.location {
            facts.push(page.named("admin-method-picked-up", place));
        }
        let profile = self.profiles.iter().find(|profile| Some(profile.id) == method.profile);
        facts.extend(profile.map(|profile| page.named("admin-method-only-for", &profile.name)));
        facts.extend(method.free_from.map(|from| page.named("admin-free-from", &page.price(from))));
        facts.extend(method.season.0.map(|day| page.named("admin-method-from-day", &page.date(day))));
        facts.extend(method.season.1.map(|day| page.named("admin-method-until-day", &page.date(day))));
        facts.join(" · ")
    }
}

#[derive(FromForm)]
struct ZoneForm {
    seen: Option<Line<64>>,
    name: Name<80>,
    countries: Vec<Country>,
    #[field(default = <Prose<8000> as Default>::default())]
    spots: Prose<8000>,
    #[field(default = false)]
    rest: bool,
}

impl ZoneForm {
    /// The zone as typed; `None` when a part of a country cannot be read.
    fn draft(&self) -> Option<ZoneDraft> {
        let lines = self.spots.lines().map(str::trim).filter(|line| !line.is_empty());
        let mut spots = lines.map(str::parse::<Spot>).collect::<Result<Vec<_>, _>>().ok()?;
        spots.sort();
        spots.dedup();
        let (name, countries) = (self.name.to_string(), self.countries.clone());
        Some(ZoneDraft { name, countries, spots, rest: self.rest })
    }
}

#[get("/admin/settings/delivery")]
async fn list(page: Page, _staff: Staff<ManageSettings>, db: Db) -> web::Result<DeliveryPage> {
    let mut conn = db.get().await?;
    let zones = shipping::queries::zones(&mut conn).await?;
    let profiles = shipping::queries::profiles(&mut conn).await?;
    let today = Day::of(page.now, page.shop().zone);
    let serves = |zone: &Zone| zone.methods.iter().any(|method| method.is_on(today));
    let named =
        |country: &Country| zones.iter().find(|zone| zone.countries.contains(country)).or(zones.iter().find(|zone| zone.rest));
    let unreached = page.shop().countries.iter().filter(|country| !named(country).is_some_and(serves));
    let unreached = unreached.map(|country| page.country(*country)).collect();
    Ok(DeliveryPage { page, zones, unreached, profiles, today })
}

#[get("/admin/settings/delivery/new")]
async fn new(page: Page, _staff: Staff<ManageSettings>, db: Db) -> web::Result<DeliveryFormPage> {
    DeliveryFormPage::new(page, Edited::Zone(None), FormView::empty(), &mut *db.get().await?).await
}

#[get("/admin/settings/delivery/<zone>", rank = 2)]
async fn show(page: Page, _staff: Staff<ManageSettings>, db: Db, zone: ShippingZoneId) -> web::Result<Option<DeliveryFormPage>> {
    DeliveryFormPage::read(page, Edited::Zone(Some(zone)), &db).await
}

type ZoneAnswer = web::Result<Posted<DeliveryFormPage>>;

#[post("/admin/settings/delivery/new", data = "<form>")]
async fn add(
    page: Page,
    staff: Staff<ManageSettings>,
    db: Db,
    facts: &State<Facts>,
    form: Form<Contextual<'_, ZoneForm>>,
) -> ZoneAnswer {
    keep(page, staff, db, facts, None, form).await
}

#[post("/admin/settings/delivery/<zone>", data = "<form>", rank = 2)]
async fn save(
    page: Page,
    staff: Staff<ManageSettings>,
    db: Db,
    facts: &State<Facts>,
    zone: ShippingZoneId,
    form: Form<Contextual<'_, ZoneForm>>,
) -> ZoneAnswer {
    keep(page, staff, db, facts, Some(zone), form).await
}

async fn keep(
    page: Page,
    staff: Staff<ManageSettings>,
    db: Db,
    facts: &State<Facts>,
    zone: Option<ShippingZoneId>,
    form: Form<Contextual<'_, ZoneForm>>,
) -> ZoneAnswer {
    let (refill, edited) = (FormView::of(page.words, &form.context), Edited::Zone(zone));
    let (mut conn, currency) = (db.get().await?, page.shop().currency);
    let Some(input) = &form.value else {
        return Ok(Posted::again(DeliveryFormPage::new(page, edited, refill, &mut conn).await?));
    };
    let Some(draft) = input.draft() else {
        let refill = refill.with_error("spots", page.t("shipping-spot-unreadable"));
        return Ok(Posted::again(DeliveryFormPage::new(page, edited, refill, &mut conn).await?));
    };
    let mark = input.seen.as_deref().unwrap_or_default();
    let saved = db::transaction(&mut conn, async |tx: &mut Conn| {
        common::hold(tx, edited, mark, currency).await?;
        let id = shipping::commands::save_zone(tx, zone, &draft).await;
        let id = id.map_err(|why| why.map(DeliveryRefused::Shipping))?;
        let codes: Vec<&str> = draft.countries.iter().map(Country::code).collect();
        let after = serde_json::json!({ "name": draft.name, "countries": codes, "spots": common::lines(&draft.spots), "rest": draft.rest });
        common::note(tx, &staff, Edited::Zone(Some(id)), after).await
    });
    match saved.await.or_break()? {
        Ok(()) => {
            parts::forget_here(facts, Subject::Rates);
            Ok(Posted::done(paths::admin_settings_delivery(), "admin-saved"))
        }
        Err(why) => {
            let again = DeliveryFormPage::new(page, edited, refill, &mut conn).await?;
            Ok(Posted::again(again.refused(why, &mut conn, &typed(&draft)).await?))
        }
    }
}

/// The draft as fields, to be laid beside what somebody else saved.
fn typed(draft: &ZoneDraft) -> Fields {
    let rest = if draft.rest { "yes" } else { "" };
    let fields = [("name", draft.name.clone()), ("rest", rest.to_owned()), ("spots", common::lines(&draft.spots))];
    let countries = draft.countries.iter().map(|country| ("countries", country.to_string()));
    fields.into_iter().chain(countries).collect()
}

/// Removes a zone with its methods.
#[post("/admin/settings/delivery/<zone>/removal")]
async fn remove(staff: Staff<ManageSettings>, db: Db, zone: ShippingZoneId) -> ZoneAnswer {
    common::remove(&staff, &db, Edited::Zone(Some(zone))).await
}

pub(super) fn routes() -> Vec<Route> {
    routes![list, new, show, add, save, remove]
}
