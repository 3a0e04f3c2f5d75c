//! Shop details: name, address, region, sender.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, State, get, post, routes};

use super::parts::{self, Clash, MaybeEmail, Zone};
use crate::platform::access::{ManageSettings, Staff};
use crate::platform::base::{Country, Currency, Email, Line, Name, OrBreak};
use crate::platform::db::{self, Conn, Db};
use crate::platform::feed::Subject;
use crate::platform::i18n::Locale;
use crate::platform::paths;
use crate::platform::settings::{General, SaveRefused, Saved, commands, queries};
use crate::platform::shell::{Facts, Page};
use crate::platform::web::{self, FormView, Posted};

#[derive(Template, WebTemplate)]
#[template(path = "admin/general_page.html")]
pub(super) struct GeneralPage {
    page: Page,
    form: FormView,
    clash: Option<Clash>,
    /// Whether nothing has a price yet.
    currency_open: bool,
    countries: Vec<(String, String)>,
    zones: Vec<(String, String)>,
}

impl GeneralPage {
    async fn new(page: Page, conn: &mut Conn, form: Option<FormView>, clash: Option<Clash>) -> web::Result<GeneralPage> {
        let form = match form {
            Some(form) => form,
            None => parts::filled(&General::of(&queries::facts(conn).await?).fields()),
        };
        let currency_open = !commands::has_prices(conn).await?;
        let (countries, zones) = (parts::country_choices(page.words), parts::zone_choices());
        Ok(GeneralPage { page, form, clash, currency_open, countries, zones })
    }

    /// The page as it is kept, with the reason why a logo was refused.
    pub(super) async fn with_logo_error(page: Page, conn: &mut Conn, why: String) -> web::Result<GeneralPage> {
        let mut shown = GeneralPage::new(page, conn, None, None).await?;
        shown.form = shown.form.with_error("logo", why);
        Ok(shown)
    }
}

#[derive(FromForm)]
struct GeneralForm {
    seen: Line<64>,
    name: Name<80>,
    legal_name: Line<120>,
    street: Line<120>,
    postal_code: Line<20>,
    city: Line<80>,
    country: Country,
    phone: Line<40>,
    currency: Currency,
    zone: Zone,
    locale: Locale,
    countries: Vec<Country>,
    sender_email: Email,
    notice_email: MaybeEmail,
    prices_include_tax: bool,
}

impl GeneralForm {
    fn general(&self) -> General {
        let mut countries = self.countries.clone();
        countries.sort();
        countries.dedup();
        General {
            name: self.name.to_string(),
            legal_name: self.legal_name.to_string(),
            street: self.street.to_string(),
            postal_code: self.postal_code.to_string(),
            city: self.city.to_string(),
            country: self.country,
            phone: self.phone.to_string(),
            currency: self.currency,
            zone: self.zone.0,
            locale: self.locale,
            countries,
            sender_email: self.sender_email.to_string(),
            notice_email: self.notice_email.0.clone(),
            prices_include_tax: self.prices_include_tax,
        }
    }
}

#[get("/admin/settings")]
async fn show(page: Page, _staff: Staff<ManageSettings>, db: Db) -> web::Result<GeneralPage> {
    GeneralPage::new(page, &mut *db.get().await?, None, None).await
}

#[post("/admin/settings", data = "<form>")]
async fn save(
    page: Page,
    staff: Staff<ManageSettings>,
    db: Db,
    facts: &State<Facts>,
    form: Form<Contextual<'_, GeneralForm>>,
) -> web::Result<Posted<GeneralPage>> {
    let mut refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    let mut clash = None;
    match &form.value {
        Some(input) if input.countries.is_empty() => refill = refill.with_error("countries", page.t("admin-no-country")),
        Some(input) => {
            let (new, mark, now) = (input.general(), &*input.seen, page.now);
            let saved =
                db::transaction(&mut conn, async |tx: &mut Conn| commands::save_general(tx, &staff, mark, &new, now).await);
            match saved.await.or_break()? {
                Ok(()) => {
                    parts::forget_here(facts, Subject::Settings);
                    return Ok(Posted::done(paths::admin_settings(), "admin-saved"));
                }
                Err(SaveRefused::CurrencyFixed) => refill = refill.refused(page.words, "currency", &SaveRefused::CurrencyFixed),
                Err(why) => clash = Clash::of(&page, &why, &new.fields()),
            }
        }
        None => {}
    }
    if let Some(clash) = &clash {
        refill = parts::with_mark(refill, &clash.seen);
    }
    Ok(Posted::again(GeneralPage::new(page, &mut conn, Some(refill), clash).await?))
}

pub(super) fn routes() -> Vec<Route> {
    routes![show, save]
}
