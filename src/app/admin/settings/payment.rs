//! Payment: where shoppers transfer money to, and how long the shop waits for it. Whoever leads money elsewhere shows first who they are.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, State, get, post, routes};

use super::methods;
use super::parts::{self, Between, Clash};
use crate::engines::payments;
use crate::platform::access::{Fresh, ManageSettings};
use crate::platform::base::{Broke, Line, OrBreak, Prose};
use crate::platform::db::{self, Conn, Db};
use crate::platform::feed::Subject;
use crate::platform::i18n::{Locale, Said, Wording};
use crate::platform::paths;
use crate::platform::settings::{Payment, Saved, commands, in_language, queries};
use crate::platform::shell::{Beside, BesideView, Facts, Page};
use crate::platform::web::{self, FormView, Posted};

#[derive(Template, WebTemplate)]
#[template(path = "admin/payment_page.html")]
pub(super) struct PaymentPage {
    page: Page,
    form: FormView,
    clash: Option<Clash>,
    /// The form of what is offered.
    methods: FormView,
}

/// The page as it is kept; `methods`: the form of what is offered, as it was sent.
pub(super) async fn page_of(page: Page, conn: &mut Conn, methods: Option<FormView>) -> Result<PaymentPage, Broke> {
    let kept = Payment::of(&queries::facts(conn).await?);
    let offered = methods::fields(&payments::queries::methods(conn).await?);
    let methods = methods.unwrap_or_else(|| {
        let mark = crate::platform::settings::seen(&offered);
        FormView::filled(offered.into_iter().chain([("methods_seen", mark)]))
    });
    Ok(PaymentPage { page, form: parts::filled(&kept.fields()), clash: None, methods })
}

#[derive(FromForm)]
struct PaymentForm {
    seen: Line<64>,
    bank_details: Prose<1000>,
    #[field(default = <Prose<1000> as Default>::default())]
    bank_details_en: Prose<1000>,
    #[field(default = <Prose<1000> as Default>::default())]
    bank_details_de: Prose<1000>,
    unpaid_days: Between<1, 90>,
    reservation_minutes: Between<5, 240>,
}

impl PaymentForm {
    fn payment(&self) -> Payment {
        let others = [(Locale::En, self.bank_details_en.to_string()), (Locale::De, self.bank_details_de.to_string())];
        let bank_details = Wording::new(self.bank_details.to_string(), Said::of(others));
        let (unpaid_days, reservation_minutes) = (self.unpaid_days.0, self.reservation_minutes.0);
        Payment { bank_details, unpaid_days, reservation_minutes }
    }
}

impl PaymentPage {
    /// The account in other languages.
    fn words(&self) -> BesideView {
        let (page, form) = (&self.page, &self.form);
        BesideView::new(page, form, |locale| {
            let (field, label) = (in_language("bank_details", locale), page.t("admin-field-bank-details"));
            vec![Beside::lines(field, label, form.value("bank_details"), 1000)]
        })
    }
}

#[get("/admin/settings/payment")]
async fn show(page: Page, _staff: Fresh<ManageSettings>, db: Db) -> web::Result<PaymentPage> {
    page_of(page, &mut *db.get().await?, None).await
}

#[post("/admin/settings/payment", data = "<form>")]
async fn save(
    page: Page,
    staff: Fresh<ManageSettings>,
    db: Db,
    facts: &State<Facts>,
    form: Form<Contextual<'_, PaymentForm>>,
) -> web::Result<Posted<PaymentPage>> {
    let refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    let Some(input) = &form.value else {
        return Ok(Posted::again(PaymentPage { form: refill, ..page_of(page, &mut conn, None).await? }));
    };
    let new = input.payment();
    let (mark, now) = (&*input.seen, page.now);
    let saved = db::transaction(&mut conn, async |tx: &mut Conn| commands::save_payment(tx, &staff, mark, &new, now).await);
    match saved.await.or_break()? {
        Ok(()) => {
            parts::forget_here(facts, Subject::Settings);
            Ok(Posted::done(paths::admin_settings_payment(), "admin-saved"))
        }
        Err(why) => {
            let clash = Clash::of(&page, &why, &new.fields());
            let form = parts::with_mark(refill, clash.as_ref().map_or("", |clash| &clash.seen));
            Ok(Posted::again(PaymentPage { form, clash, ..page_of(page, &mut conn, None).await? }))
        }
    }
}

pub(super) fn routes() -> Vec<Route> {
    routes![show, save]
}
