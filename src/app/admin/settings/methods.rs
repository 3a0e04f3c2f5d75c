//! The ways to pay that the shop offers, and when card payments are taken; a form of the payment page.

use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, post, routes};

use super::payment::{PaymentPage, page_of};
use crate::engines::payments::queries::{Offered, methods};
use crate::engines::payments::{self, Capture, Method};
use crate::platform::access::{ManageSettings, Person, Staff, audit};
use crate::platform::base::{Broke, Failed, Line, Never, OrBreak};
use crate::platform::db::{self, Conn, Db};
use crate::platform::paths;
use crate::platform::settings::{self, Fields, seen};
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

#[derive(FromForm)]
struct MethodsForm {
    methods_seen: Line<64>,
    offer: Vec<Method>,
    capture: Capture,
}

/// What is offered, as a form has it.
pub(super) fn fields(offered: &[Offered]) -> Fields {
    let on = offered.iter().filter(|one| one.enabled).map(|one| ("offer", one.method.to_string()));
    let capture = offered.iter().find(|one| one.method.is_hosted()).map_or(Capture::Automatic, |one| one.capture);
    on.chain([("capture", capture.to_string())]).collect()
}

/// Saves what is offered, unless somebody else saved it meanwhile or nothing would be left to pay with; says why not.
async fn keep(conn: &mut Conn, staff: &Person, input: &MethodsForm) -> Result<Option<&'static str>, Broke> {
    if input.offer.iter().all(|method| method.is_credit()) {
        return Ok(Some("admin-methods-none"));
    }
    let saved = db::transaction(conn, async |tx: &mut Conn| -> Result<_, Failed<Never>> {
        settings::commands::hold(tx).await?;
        let before = fields(&methods(tx).await?);
        if seen(&before) != *input.methods_seen {
            return Ok(Some("admin-methods-changed"));
        }
        for method in Method::ALL {
            payments::sessions::offer(tx, *method, input.offer.contains(method), input.capture).await?;
        }
        let (before, after) = (serde_json::json!(before), serde_json::json!(fields(&methods(tx).await?)));
        audit(tx, staff, "settings.methods", "settings", None, Some(before), Some(after)).await?;
        Ok(None)
    });
    saved.await.or_break().map(|done| done.unwrap_or_else(|never| match never {}))
}

#[post("/admin/settings/payment/methods", data = "<form>")]
async fn save(
    page: Page,
    staff: Staff<ManageSettings>,
    db: Db,
    form: Form<Contextual<'_, MethodsForm>>,
) -> web::Result<Posted<PaymentPage>> {
    let refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    let why = match &form.value {
        Some(input) => keep(&mut conn, &staff, input).await?,
        None => Some("error-choice"),
    };
    let Some(why) = why else { return Ok(Posted::done(paths::admin_settings_payment(), "admin-saved")) };
    let mark = seen(&fields(&methods(&mut conn).await?));
    let refill = refill.with_error("offer", page.t(why)).with_value("methods_seen", &mark);
    Ok(Posted::again(page_of(page, &mut conn, Some(refill)).await?))
}

pub(super) fn routes() -> Vec<Route> {
    routes![save]
}
