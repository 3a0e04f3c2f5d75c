//! One method of a delivery zone: its name, price and days.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, get, post, routes};

use super::parts::Between;
use crate::engines::shipping::{self, Method, MethodDraft, ShippingRefused};
use crate::platform::access::{self, ManageSettings, Staff};
use crate::platform::base::{Failed, Line, Name, OrBreak, ShippingMethodId, ShippingZoneId};
use crate::platform::db::{self, Conn, Db};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

#[derive(Template, WebTemplate)]
#[template(path = "admin/method_page.html")]
struct MethodPage {
    page: Page,
    form: FormView,
    zone: ShippingZoneId,
    /// `None` while it is new.
    method: Option<ShippingMethodId>,
}

impl MethodPage {
    fn action(&self) -> String {
        match self.method {
            Some(method) => paths::admin_delivery_method(self.zone, method),
            None => paths::admin_delivery_method(self.zone, "new"),
        }
    }
}

#[derive(FromForm)]
struct MethodForm {
    name: Name<80>,
    price: Line<20>,
    free_from: Line<20>,
    days_min: Between<0, 365>,
    days_max: Between<0, 365>,
    active: bool,
}

impl MethodForm {
    /// The method as typed; an error is the field whose amount cannot be read.
    fn draft(&self, page: &Page) -> Result<MethodDraft, &'static str> {
        let currency = page.shop().currency;
        let price = currency.parse_minor(&self.price).ok_or("price")?;
        let free_from = match self.free_from.is_empty() {
            true => None,
            false => Some(currency.parse_minor(&self.free_from).ok_or("free_from")?),
        };
        let days = (self.days_min.0, self.days_max.0);
        Ok(MethodDraft { name: self.name.to_string(), price, free_from, days, active: self.active })
    }
}

fn filled(page: &Page, method: &Method) -> FormView {
    let plain = |amount: i64| page.shop().currency.plain(amount);
    FormView::filled([
        ("name", method.name.clone()),
        ("price", plain(method.price)),
        ("free_from", method.free_from.map(plain).unwrap_or_default()),
        ("days_min", method.days.0.to_string()),
        ("days_max", method.days.1.to_string()),
        ("active", if method.active { "yes".to_owned() } else { String::new() }),
    ])
}

#[get("/admin/settings/delivery/<zone>/methods/new")]
fn new(page: Page, _staff: Staff<ManageSettings>, zone: ShippingZoneId) -> MethodPage {
    let usual = [("days_min", "2".to_owned()), ("days_max", "4".to_owned()), ("active", "yes".to_owned())];
    MethodPage { page, form: FormView::filled(usual), zone, method: None }
}

#[get("/admin/settings/delivery/<zone>/methods/<method>", rank = 2)]
async fn show(
    page: Page,
    _staff: Staff<ManageSettings>,
    db: Db,
    zone: ShippingZoneId,
    method: ShippingMethodId,
) -> web::Result<Option<MethodPage>> {
    let zones = shipping::queries::zones(&mut *db.get().await?).await?;
    let known =
        zones.into_iter().filter(|known| known.id == zone).flat_map(|known| known.methods).find(|known| known.id == method);
    Ok(known.map(|known| MethodPage { form: filled(&page, &known), page, zone, method: Some(method) }))
}

type MethodAnswer = web::Result<Posted<MethodPage>>;

#[post("/admin/settings/delivery/<zone>/methods/new", data = "<form>")]
async fn add(
    page: Page,
    staff: Staff<ManageSettings>,
    db: Db,
    zone: ShippingZoneId,
    form: Form<Contextual<'_, MethodForm>>,
) -> MethodAnswer {
    keep(page, staff, db, zone, None, form).await
}

#[post("/admin/settings/delivery/<zone>/methods/<method>", data = "<form>", rank = 2)]
async fn save(
    page: Page,
    staff: Staff<ManageSettings>,
    db: Db,
    zone: ShippingZoneId,
    method: ShippingMethodId,
    form: Form<Contextual<'_, MethodForm>>,
) -> MethodAnswer {
    keep(page, staff, db, zone, Some(method), form).await
}

async fn keep(
    page: Page,
    staff: Staff<ManageSettings>,
    db: Db,
    zone: ShippingZoneId,
    method: Option<ShippingMethodId>,
    form: Form<Contextual<'_, MethodForm>>,
) -> MethodAnswer {
    let mut refill = FormView::of(page.words, &form.context);
    match form.value.as_ref().map(|input| input.draft(&page)) {
        None => {}
        Some(Err(field)) => refill = refill.with_error(field, page.t("admin-amount-unreadable")),
        Some(Ok(draft)) => match write(&staff, &db, zone, method, &draft).await.or_break()? {
            Ok(()) => return Ok(Posted::done(paths::admin_settings_delivery(), "admin-saved")),
            Err(why) => {
                let field = match why {
                    ShippingRefused::Days => "days_max",
                    ShippingRefused::Amount => "price",
                    _ => "name",
                };
                refill = refill.refused(page.words, field, &why);
            }
        },
    }
    Ok(Posted::again(MethodPage { page, form: refill, zone, method }))
}

async fn write(
    staff: &Staff<ManageSettings>,
    db: &Db,
    zone: ShippingZoneId,
    method: Option<ShippingMethodId>,
    draft: &MethodDraft,
) -> Result<(), Failed<ShippingRefused>> {
    let mut conn = db.get().await?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        let id = shipping::commands::save_method(tx, zone, method, draft).await?;
        let after = serde_json::json!({
            "name": draft.name, "price": draft.price, "free_from": draft.free_from, "days": draft.days, "active": draft.active,
        });
        access::audit(tx, staff, "settings.method", "shipping_method", Some(id.0), None, Some(after)).await?;
        Ok(())
    })
    .await
}

#[post("/admin/settings/delivery/<_>/methods/<method>/removal")]
async fn remove(staff: Staff<ManageSettings>, db: Db, method: ShippingMethodId) -> MethodAnswer {
    let mut conn = db.get().await?;
    let removed = db::transaction(&mut conn, async |tx: &mut Conn| -> Result<(), Failed<ShippingRefused>> {
        shipping::commands::remove_method(tx, method).await?;
        access::audit(tx, &staff, "settings.method_removed", "shipping_method", Some(method.0), None, None).await?;
        Ok(())
    });
    _ = removed.await.or_break()?;
    Ok(Posted::done(paths::admin_settings_delivery(), "admin-removed"))
}

pub(super) fn routes() -> Vec<Route> {
    routes![new, show, add, save, remove]
}
