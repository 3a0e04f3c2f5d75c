//! One method of a delivery zone: its name, what it costs, its days, and for what and when it is offered.

use rocket::form::{Contextual, Form};
use rocket::{Route, State, get, post, routes};

use super::delivery_form::{self as common, DeliveryFormPage, DeliveryRefused, Edited};
use super::method_fields::{MethodForm, fields_of};
use super::parts;
use crate::engines::shipping;
use crate::platform::access::{ManageSettings, Staff};
use crate::platform::base::{OrBreak, ShippingMethodId, ShippingZoneId};
use crate::platform::db::{self, Conn, Db};
use crate::platform::feed::Subject;
use crate::platform::paths;
use crate::platform::shell::{Facts, Page};
use crate::platform::web::{self, FormView, Posted};

#[get("/admin/settings/delivery/<zone>/methods/new")]
async fn new(page: Page, _staff: Staff<ManageSettings>, db: Db, zone: ShippingZoneId) -> web::Result<DeliveryFormPage> {
    let usual = [("kind", "flat"), ("days_min", "2"), ("days_max", "4"), ("active", "yes")];
    let form = FormView::filled(usual.map(|(name, value)| (name, value.to_owned())));
    DeliveryFormPage::new(page, Edited::Method(zone, None), form, &mut *db.get().await?).await
}

#[get("/admin/settings/delivery/<zone>/methods/<method>", rank = 2)]
async fn show(
    page: Page,
    _staff: Staff<ManageSettings>,
    db: Db,
    zone: ShippingZoneId,
    method: ShippingMethodId,
) -> web::Result<Option<DeliveryFormPage>> {
    DeliveryFormPage::read(page, Edited::Method(zone, Some(method)), &db).await
}

type MethodAnswer = web::Result<Posted<DeliveryFormPage>>;

#[post("/admin/settings/delivery/<zone>/methods/new", data = "<form>")]
async fn add(
    page: Page,
    staff: Staff<ManageSettings>,
    db: Db,
    facts: &State<Facts>,
    zone: ShippingZoneId,
    form: Form<Contextual<'_, MethodForm>>,
) -> MethodAnswer {
    keep(page, staff, db, facts, zone, None, form).await
}

#[post("/admin/settings/delivery/<zone>/methods/<method>", data = "<form>", rank = 2)]
async fn save(
    page: Page,
    staff: Staff<ManageSettings>,
    db: Db,
    facts: &State<Facts>,
    zone: ShippingZoneId,
    method: ShippingMethodId,
    form: Form<Contextual<'_, MethodForm>>,
) -> MethodAnswer {
    keep(page, staff, db, facts, zone, Some(method), form).await
}

async fn keep(
    page: Page,
    staff: Staff<ManageSettings>,
    db: Db,
    facts: &State<Facts>,
    zone: ShippingZoneId,
    method: Option<ShippingMethodId>,
    form: Form<Contextual<'_, MethodForm>>,
) -> MethodAnswer {
    let (refill, edited) = (FormView::of(page.words, &form.context), Edited::Method(zone, method));
    let (mut conn, currency) = (db.get().await?, page.shop().currency);
    let Some(input) = &form.value else {
        return Ok(Posted::again(DeliveryFormPage::new(page, edited, refill, &mut conn).await?));
    };
    let draft = match input.draft(currency) {
        Ok(draft) => draft,
        Err((field, key)) => {
            let refill = refill.with_error(&field, page.t(key));
            return Ok(Posted::again(DeliveryFormPage::new(page, edited, refill, &mut conn).await?));
        }
    };
    let (mark, typed) = (input.seen.as_deref().unwrap_or_default(), fields_of(&draft, currency));
    let saved = db::transaction(&mut conn, async |tx: &mut Conn| {
        common::hold(tx, edited, mark, currency).await?;
        let id =
            shipping::commands::save_method(tx, zone, method, &draft).await.map_err(|why| why.map(DeliveryRefused::Shipping))?;
        let after: serde_json::Map<String, serde_json::Value> =
            typed.iter().map(|(name, value)| ((*name).to_owned(), value.as_str().into())).collect();
        common::note(tx, &staff, Edited::Method(zone, Some(id)), after.into()).await
    });
    match saved.await.or_break()? {
        Ok(()) => {
            parts::forget_here(facts, Subject::Rates);
            Ok(Posted::done(paths::admin_settings_delivery(), "admin-saved"))
        }
        Err(why) => {
            let again = DeliveryFormPage::new(page, edited, refill, &mut conn).await?;
            Ok(Posted::again(again.refused(why, &mut conn, &typed).await?))
        }
    }
}

#[post("/admin/settings/delivery/<zone>/methods/<method>/removal")]
async fn remove(staff: Staff<ManageSettings>, db: Db, zone: ShippingZoneId, method: ShippingMethodId) -> MethodAnswer {
    common::remove(&staff, &db, Edited::Method(zone, Some(method))).await
}

pub(super) fn routes() -> Vec<Route> {
    routes![new, show, add, save, remove]
}
