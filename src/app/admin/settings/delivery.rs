//! Delivery: zones of countries, each with its methods.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, State, get, post, routes};

use super::parts;
use crate::engines::shipping::{self, ShippingRefused, Zone};
use crate::platform::access::{self, ManageSettings, Staff};
use crate::platform::base::{Country, Failed, Name, OrBreak, ShippingZoneId};
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

#[derive(Template, WebTemplate)]
#[template(path = "admin/zone_page.html")]
struct ZonePage {
    page: Page,
    form: FormView,
    /// `None` while it is new.
    zone: Option<ShippingZoneId>,
    countries: Vec<(String, String)>,
}

impl ZonePage {
    fn new(page: Page, form: FormView, zone: Option<ShippingZoneId>) -> ZonePage {
        let countries = parts::country_choices(page.words);
        ZonePage { page, form, zone, countries }
    }

    fn action(&self) -> String {
        self.zone.map_or_else(|| paths::admin_delivery_zone("new"), paths::admin_delivery_zone)
    }
}

#[derive(FromForm)]
struct ZoneForm {
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
fn new(page: Page, _staff: Staff<ManageSettings>) -> ZonePage {
    ZonePage::new(page, FormView::empty(), None)
}

#[get("/admin/settings/delivery/<zone>", rank = 2)]
async fn show(page: Page, _staff: Staff<ManageSettings>, db: Db, zone: ShippingZoneId) -> web::Result<Option<ZonePage>> {
    let zones = shipping::queries::zones(&mut *db.get().await?).await?;
    let Some(known) = zones.into_iter().find(|known| known.id == zone) else { return Ok(None) };
    let countries = known.countries.iter().map(|country| ("countries", country.to_string()));
    let form = FormView::filled(countries.chain([("name", known.name.clone())]));
    Ok(Some(ZonePage::new(page, form, Some(zone))))
}

type ZoneAnswer = web::Result<Posted<ZonePage>>;

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
    let mut refill = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        let mut conn = db.get().await?;
        let saved = db::transaction(&mut conn, async |tx: &mut Conn| -> Result<(), Failed<ShippingRefused>> {
            let id = shipping::commands::save_zone(tx, zone, &input.name, &input.countries).await?;
            let codes: Vec<&str> = input.countries.iter().map(Country::code).collect();
            let after = serde_json::json!({ "name": &*input.name, "countries": codes });
            access::audit(tx, &staff, "settings.zone", "shipping_zone", Some(id.0), None, Some(after)).await?;
            Ok(())
        });
        match saved.await.or_break()? {
            Ok(()) => {
                parts::forget_here(facts, Subject::Rates);
                return Ok(Posted::done(paths::admin_settings_delivery(), "admin-saved"));
            }
            Err(why) => {
                let field = if matches!(why, ShippingRefused::CountryTaken { .. }) { "countries" } else { "name" };
                refill = refill.refused(page.words, field, &why);
            }
        }
    }
    Ok(Posted::again(ZonePage::new(page, refill, zone)))
}

/// Removes a zone with its methods; removing what is gone is fine.
#[post("/admin/settings/delivery/<zone>/removal")]
async fn remove(staff: Staff<ManageSettings>, db: Db, zone: ShippingZoneId) -> web::Result<Posted<ZonePage>> {
    let mut conn = db.get().await?;
    let removed = db::transaction(&mut conn, async |tx: &mut Conn| -> Result<(), Failed<ShippingRefused>> {
        shipping::commands::remove_zone(tx, zone).await?;
        access::audit(tx, &staff, "settings.zone_removed", "shipping_zone", Some(zone.0), None, None).await?;
        Ok(())
    });
    _ = removed.await.or_break()?;
    Ok(Posted::done(paths::admin_settings_delivery(), "admin-removed"))
}

pub(super) fn routes() -> Vec<Route> {
    routes![list, new, show, add, save, remove]
}
