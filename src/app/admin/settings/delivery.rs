//! Delivery: zones of countries, each with its methods.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, State, get, post, routes};

use super::delivery_form::{self as common, DeliveryFormPage, DeliveryRefused, Edited};
use super::parts;
use crate::engines::shipping::{self, Zone, ZoneDraft};
use crate::platform::access::{ManageSettings, Staff};
use crate::platform::base::{Country, Line, Name, OrBreak, ShippingZoneId};
use crate::platform::db::{self, Conn, Db};
use crate::platform::feed::Subject;
use crate::platform::paths;
use crate::platform::shell::{Facts, Page};
use crate::platform::web::{self, FormView, Posted};

#[derive(Template, WebTemplate)]
#[template(path = "admin/delivery_page.html")]
struct DeliveryPage {
    page: Page,
    zones: Vec<Zone>,
    /// Countries sold to that no zone delivers to.
    unreached: Vec<String>,
}

impl DeliveryPage {
    fn countries(&self, zone: &Zone) -> String {
        let names = self.page.countries(zone.countries.iter().copied());
        names.into_iter().map(|(_, name)| name).collect::<Vec<_>>().join(", ")
    }

    fn price(&self, amount: &i64) -> String {
        if *amount == 0 { self.page.t("admin-free") } else { self.page.price(*amount) }
    }

    fn days(&self, days: &(i32, i32)) -> String {
        self.page.with("admin-days", &[("min", days.0.into()), ("max", days.1.into())])
    }
}

#[derive(FromForm)]
struct ZoneForm {
    seen: Option<Line<64>>,
    name: Name<80>,
    countries: Vec<Country>,
}

#[get("/admin/settings/delivery")]
async fn list(page: Page, _staff: Staff<ManageSettings>, db: Db) -> web::Result<DeliveryPage> {
    let zones = shipping::queries::zones(&mut *db.get().await?).await?;
    let reached =
        |country: &Country| zones.iter().any(|zone| zone.countries.contains(country) && zone.methods.iter().any(|m| m.active));
    let unreached =
        page.shop().countries.iter().filter(|country| !reached(country)).map(|country| page.country(*country)).collect();
    Ok(DeliveryPage { page, zones, unreached })
}

#[get("/admin/settings/delivery/new")]
fn new(page: Page, _staff: Staff<ManageSettings>) -> DeliveryFormPage {
    DeliveryFormPage::new(page, Edited::Zone(None), FormView::empty())
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
    let Some(input) = &form.value else { return Ok(Posted::again(DeliveryFormPage::new(page, edited, refill))) };
    let (mut conn, currency, mark) = (db.get().await?, page.shop().currency, input.seen.as_deref().unwrap_or_default());
    let saved = db::transaction(&mut conn, async |tx: &mut Conn| {
        common::hold(tx, edited, mark, currency).await?;
        let draft = ZoneDraft { name: input.name.to_string(), countries: input.countries.clone(), ..ZoneDraft::default() };
        let id = shipping::commands::save_zone(tx, zone, &draft).await;
        let id = id.map_err(|why| why.map(DeliveryRefused::Shipping))?;
        let codes: Vec<&str> = input.countries.iter().map(Country::code).collect();
        let after = serde_json::json!({ "name": &*input.name, "countries": codes });
        common::note(tx, &staff, Edited::Zone(Some(id)), after).await
    });
    match saved.await.or_break()? {
        Ok(()) => {
            parts::forget_here(facts, Subject::Rates);
            Ok(Posted::done(paths::admin_settings_delivery(), "admin-saved"))
        }
        Err(why) => {
            let countries = input.countries.iter().map(|country| ("countries", country.to_string()));
            let typed = [("name", input.name.to_string())].into_iter().chain(countries).collect();
            Ok(Posted::again(DeliveryFormPage::new(page, edited, refill).refused(why, &mut conn, &typed).await?))
        }
    }
}

/// Removes a zone with its methods.
#[post("/admin/settings/delivery/<zone>/removal")]
async fn remove(staff: Staff<ManageSettings>, db: Db, zone: ShippingZoneId) -> ZoneAnswer {
    common::remove(&staff, &db, Edited::Zone(Some(zone))).await
}

pub(super) fn routes() -> Vec<Route> {
    routes![list, new, show, add, save, remove]
}
