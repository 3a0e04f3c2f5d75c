//! "Your preferences": the time zone and the language in which somebody sees the management pages.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{self, Contextual, Form, FromFormField, ValueField};
use rocket::{FromForm, Route, get, post, routes};

use super::settings::{Zone, locale_choices, zone_choices};
use crate::platform::access::{Person, Right, SignedIn, Staff, commands, queries};
use crate::platform::base::{Failed, Never, OrBreak};
use crate::platform::db::{self, Conn, Db};
use crate::platform::i18n::Locale;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

#[derive(Template, WebTemplate)]
#[template(path = "admin/preferences_page.html")]
struct PreferencesPage {
    page: Page,
    form: FormView,
    /// The first choice of each is "as the shop".
    zones: Vec<(String, String)>,
    locales: Vec<(String, String)>,
    /// What time it is for them.
    now: String,
    /// Whether the setup guide is for them at all.
    guided: bool,
    /// Whether the stock is theirs to see.
    watches: bool,
}

impl PreferencesPage {
    fn new(page: Page, form: FormView) -> PreferencesPage {
        let as_shop = |said: &str| (String::new(), page.named("dash-as-the-shop", said));
        let shop = page.shop();
        let zones = [as_shop(&shop.zone.name().replace('_', " "))].into_iter().chain(zone_choices()).collect();
        let locales = [as_shop(shop.locale.own_name())].into_iter().chain(locale_choices()).collect();
        let (now, guided) = (page.minute(page.now, page.zone), page.may(Right::ManageSettings));
        let watches = page.may(Right::ViewProducts);
        PreferencesPage { form, zones, locales, now, guided, watches, page }
    }
}

/// A choice that may be left to the shop.
struct Own<T>(Option<T>);

#[rocket::async_trait]
impl<'r, T: FromFormField<'r> + Send> FromFormField<'r> for Own<T> {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        if field.value.is_empty() { Ok(Own(None)) } else { T::from_value(field).map(|own| Own(Some(own))) }
    }
}

#[derive(FromForm)]
struct PreferencesForm {
    zone: Own<Zone>,
    locale: Own<Locale>,
    /// Whether the home page shows the setup guide.
    guide: bool,
    /// Whether they want a mail of what runs low.
    low_stock: bool,
}

fn kept(me: &Person, guide_hidden: bool, low_stock: bool) -> FormView {
    let zone = me.zone.map(|zone| zone.name().to_owned()).unwrap_or_default();
    let locale = me.locale.map(|locale| locale.to_string()).unwrap_or_default();
    let guide = if guide_hidden { "" } else { "yes" };
    let low_stock = if low_stock { "yes" } else { "" };
    FormView::filled([("zone", zone), ("locale", locale), ("guide", guide.to_owned()), ("low_stock", low_stock.to_owned())])
}

#[get("/admin/preferences")]
async fn show(page: Page, staff: Staff<SignedIn>, db: Db) -> web::Result<PreferencesPage> {
    let mut conn = db.get().await?;
    let hidden = queries::guide_hidden(&mut conn, staff.id).await?;
    let low_stock = queries::wishes_low_stock_mail(&mut conn, staff.id).await?;
    Ok(PreferencesPage::new(page, kept(&staff, hidden, low_stock)))
}

#[post("/admin/preferences", data = "<form>")]
async fn save(
    page: Page,
    staff: Staff<SignedIn>,
    db: Db,
    form: Form<Contextual<'_, PreferencesForm>>,
) -> web::Result<Posted<PreferencesPage>> {
    let Some(input) = &form.value else {
        let refill = FormView::of(page.words, &form.context);
        return Ok(Posted::again(PreferencesPage::new(page, refill)));
    };
    match keep(&mut *db.get().await?, &staff, input).await.or_break()? {
        Ok(()) => Ok(Posted::done(paths::admin_preferences(), "dash-preferences-saved")),
        Err(never) => match never {},
    }
}

async fn keep(conn: &mut Conn, staff: &Person, input: &PreferencesForm) -> Result<(), Failed<Never>> {
    let zone = input.zone.0.map(|zone| zone.0);
    db::transaction(conn, async |tx: &mut Conn| {
        commands::set_preferences(tx, staff, zone, input.locale.0).await?;
        if staff.may(Right::ManageSettings) {
            commands::hide_guide(tx, staff, !input.guide).await?;
        }
        if staff.may(Right::ViewProducts) {
            commands::wish_low_stock_mail(tx, staff, input.low_stock).await?;
        }
        Ok(())
    })
    .await
}

pub(super) fn routes() -> Vec<Route> {
    routes![show, save]
}
