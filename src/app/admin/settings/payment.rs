//! Payment: where shoppers transfer money to, and how long the shop waits for it.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, State, get, post, routes};

use super::parts::{self, Between, Clash};
use crate::platform::access::{ManageSettings, Staff};
use crate::platform::base::{Line, OrBreak, Prose};
use crate::platform::db::{self, Conn, Db};
use crate::platform::feed::Subject;
use crate::platform::paths;
use crate::platform::settings::{Payment, Saved, commands, queries};
use crate::platform::shell::{Facts, Page};
use crate::platform::web::{self, FormView, Posted};

#[derive(Template, WebTemplate)]
#[template(path = "admin/payment_page.html")]
struct PaymentPage {
    page: Page,
    form: FormView,
    clash: Option<Clash>,
}

#[derive(FromForm)]
struct PaymentForm {
    seen: Line<64>,
    bank_details: Prose<1000>,
    unpaid_days: Between<1, 90>,
    reservation_minutes: Between<5, 240>,
}

#[get("/admin/settings/payment")]
async fn show(page: Page, _staff: Staff<ManageSettings>, db: Db) -> web::Result<PaymentPage> {
    let kept = Payment::of(&queries::facts(&mut *db.get().await?).await?);
    Ok(PaymentPage { page, form: parts::filled(&kept.fields()), clash: None })
}

#[post("/admin/settings/payment", data = "<form>")]
async fn save(
    page: Page,
    staff: Staff<ManageSettings>,
    db: Db,
    facts: &State<Facts>,
    form: Form<Contextual<'_, PaymentForm>>,
) -> web::Result<Posted<PaymentPage>> {
    let refill = FormView::of(page.words, &form.context);
    let Some(input) = &form.value else { return Ok(Posted::again(PaymentPage { page, form: refill, clash: None })) };
    let (unpaid_days, reservation_minutes) = (input.unpaid_days.0, input.reservation_minutes.0);
    let new = Payment { bank_details: input.bank_details.to_string(), unpaid_days, reservation_minutes };
    let (mark, now) = (&*input.seen, page.now);
    let mut conn = db.get().await?;
    let saved = db::transaction(&mut conn, async |tx: &mut Conn| commands::save_payment(tx, &staff, mark, &new, now).await);
    match saved.await.or_break()? {
        Ok(()) => {
            parts::forget_here(facts, Subject::Settings);
            Ok(Posted::done(paths::admin_settings_payment(), "admin-saved"))
        }
        Err(why) => {
            let clash = Clash::of(&page, &why, &new.fields());
            let form = parts::with_mark(refill, clash.as_ref().map_or("", |clash| &clash.seen));
            Ok(Posted::again(PaymentPage { page, form, clash }))
        }
    }
}

pub(super) fn routes() -> Vec<Route> {
    routes![show, save]
}
