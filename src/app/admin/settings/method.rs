//! One method of a delivery zone: its name, price and days.

use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, get, post, routes};

use super::delivery_form::{self as common, DeliveryFormPage, DeliveryRefused, Edited, names};
use super::parts::Between;
use crate::engines::shipping::{self, MethodDraft};
use crate::platform::access::{ManageSettings, Staff};
use crate::platform::base::{Line, Name, OrBreak, ShippingMethodId, ShippingZoneId};
use crate::platform::db::{self, Conn, Db};
use crate::platform::i18n::{Locale, Said, Wording};
use crate::platform::paths;
use crate::platform::settings::Fields;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

#[derive(FromForm)]
struct MethodForm {
    seen: Option<Line<64>>,
    name: Name<80>,
    #[field(default = <Line<80> as Default>::default())]
    name_en: Line<80>,
    #[field(default = <Line<80> as Default>::default())]
    name_de: Line<80>,
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
        let others = [(Locale::En, self.name_en.to_string()), (Locale::De, self.name_de.to_string())];
        let name = Wording::new(self.name.to_string(), Said::of(others));
        Ok(MethodDraft { active: self.active, ..MethodDraft::flat(name, price, free_from, days) })
    }
}

/// The draft as fields, to be laid beside what somebody else saved.
fn fields_of(draft: &MethodDraft, page: &Page) -> Fields {
    let plain = |amount: i64| page.shop().currency.plain(amount);
    let fields = vec![
        ("name", draft.name.main().to_owned()),
        ("price", plain(draft.price)),
        ("free_from", draft.free_from.map(plain).unwrap_or_default()),
        ("days_min", draft.days.0.to_string()),
        ("days_max", draft.days.1.to_string()),
        ("active", if draft.active { "yes" } else { "" }.to_owned()),
    ];
    [fields, names(&draft.name)].concat()
}

#[get("/admin/settings/delivery/<zone>/methods/new")]
fn new(page: Page, _staff: Staff<ManageSettings>, zone: ShippingZoneId) -> DeliveryFormPage {
    let usual = [("days_min", "2".to_owned()), ("days_max", "4".to_owned()), ("active", "yes".to_owned())];
    DeliveryFormPage::new(page, Edited::Method(zone, None), FormView::filled(usual))
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
    let (refill, edited) = (FormView::of(page.words, &form.context), Edited::Method(zone, method));
    let Some(input) = &form.value else { return Ok(Posted::again(DeliveryFormPage::new(page, edited, refill))) };
    let draft = match input.draft(&page) {
        Ok(draft) => draft,
        Err(field) => {
            let refill = refill.with_error(field, page.t("admin-amount-unreadable"));
            return Ok(Posted::again(DeliveryFormPage::new(page, edited, refill)));
        }
    };
    let (mut conn, currency, mark) = (db.get().await?, page.shop().currency, input.seen.as_deref().unwrap_or_default());
    let saved = db::transaction(&mut conn, async |tx: &mut Conn| {
        common::hold(tx, edited, mark, currency).await?;
        let id =
            shipping::commands::save_method(tx, zone, method, &draft).await.map_err(|why| why.map(DeliveryRefused::Shipping))?;
        let after = serde_json::json!({
            "name": draft.name.main(), "names": draft.name.others(), "price": draft.price, "free_from": draft.free_from, "days": draft.days, "active": draft.active,
        });
        common::note(tx, &staff, Edited::Method(zone, Some(id)), after).await
    });
    match saved.await.or_break()? {
        Ok(()) => Ok(Posted::done(paths::admin_settings_delivery(), "admin-saved")),
        Err(why) => {
            let typed = fields_of(&draft, &page);
            Ok(Posted::again(DeliveryFormPage::new(page, edited, refill).refused(why, &mut conn, &typed).await?))
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
