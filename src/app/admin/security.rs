//! "Security": somebody's own factors. Everything that changes them asks for a fresh proof of who acts.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::http::Status;
use rocket::response::Redirect;
use rocket::serde::json::Json;
use rocket::{FromForm, Route, get, post, routes};
use serde_json::Value;

use super::keyring::Keyring;
use crate::platform::access::{Fresh, OwnFactors, Person, Staff, commands};
use crate::platform::base::{Failed, Line, Moment, Name, OrBreak, PasskeyId};
use crate::platform::db::{self, Conn};
use crate::platform::factors::{self, Account, FactorRefused, Held, PasskeyForm, TotpSetup};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

#[derive(Template, WebTemplate)]
#[template(path = "admin/security_page.html")]
struct SecurityPage {
    page: Page,
    form: FormView,
    me: Person,
    held: Held,
    /// Why passkeys cannot be used at the shop's address; empty: they can.
    no_passkeys: String,
}

impl SecurityPage {
    async fn read(page: Page, me: &Person, keys: &Keyring<'_>, form: FormView) -> web::Result<SecurityPage> {
        let held = factors::queries::held(&mut *keys.db.get().await?, Account::staff(me.id)).await?;
        let no_passkeys = keys.relying(&page).err().map(|why| page.refusal(&why)).unwrap_or_default();
        Ok(SecurityPage { page, form, me: me.clone(), held, no_passkeys })
    }

    fn at(&self, moment: &Moment) -> String {
        self.page.minute(*moment, self.page.zone)
    }

    fn used(&self, moment: &Option<Moment>) -> String {
        match moment {
            Some(moment) => self.page.named("access-used-at", &self.at(moment)),
            None => self.page.t("access-never-used"),
        }
    }
}

/// An app that is being set up.
#[derive(Template, WebTemplate)]
#[template(path = "admin/app_page.html")]
struct AppPage {
    page: Page,
    form: FormView,
    setup: TotpSetup,
}

/// Recovery codes, which are shown this once.
#[derive(Template, WebTemplate)]
#[template(path = "admin/codes_page.html")]
struct CodesPage {
    page: Page,
    codes: Vec<String>,
}

/// The codes to show, or where to go.
type Shown<T> = Result<Posted<T>, CodesPage>;

#[get("/admin/security")]
async fn show(page: Page, staff: Staff<OwnFactors>, keys: Keyring<'_>) -> web::Result<SecurityPage> {
    SecurityPage::read(page, &staff, &keys, FormView::empty()).await
}

/// Goes on with what was done, or shows the page again with why not.
async fn changed<T>(
    page: Page,
    me: &Person,
    keys: &Keyring<'_>,
    done: Result<T, FactorRefused>,
    then: impl FnOnce(T) -> Posted<SecurityPage>,
) -> web::Result<Posted<SecurityPage>> {
    match done {
        Ok(done) => Ok(then(done)),
        Err(why) => {
            let form = FormView::empty().refused(page.words, "", &why);
            Ok(Posted::again(SecurityPage::read(page, me, keys, form).await?))
        }
    }
}

#[post("/admin/security/app")]
async fn begin_app(page: Page, staff: Fresh<OwnFactors>, keys: Keyring<'_>) -> web::Result<Posted<SecurityPage>> {
    let (me, vault, now): (&Person, _, _) = (&staff, keys.vault, page.now);
    let mut conn = keys.db.get().await?;
    let begun = db::transaction(&mut conn, async |tx: &mut Conn| commands::begin_app(tx, vault, me, now).await);
    let begun = begun.await.or_break()?;
    drop(conn);
    changed(page, me, &keys, begun, |()| Posted::to(paths::admin_security_part("app"))).await
}

/// What is being set up, for this person; `None`: nothing is.
async fn app_page(page: Page, me: &Person, keys: &Keyring<'_>, form: FormView) -> web::Result<Option<AppPage>> {
    let (of, names) = (Account::staff(me.id), (page.shop().name.as_str(), me.email.as_str()));
    let setup = factors::commands::totp_setup(&mut *keys.db.get().await?, keys.vault, of, names, page.now).await?;
    Ok(setup.map(|setup| AppPage { page, form, setup }))
}

#[get("/admin/security/app")]
async fn show_app(page: Page, staff: Staff<OwnFactors>, keys: Keyring<'_>) -> web::Result<Result<AppPage, Redirect>> {
    let shown = app_page(page, &staff, &keys, FormView::empty()).await?;
    Ok(shown.ok_or_else(|| Redirect::to(paths::admin_security())))
}

#[derive(FromForm)]
struct FirstCode {
    code: Line<60>,
}

#[post("/admin/security/app/confirmation", data = "<form>")]
async fn confirm_app(
    page: Page,
    staff: Fresh<OwnFactors>,
    keys: Keyring<'_>,
    form: Form<Contextual<'_, FirstCode>>,
) -> web::Result<Shown<AppPage>> {
    let typed = form.value.as_ref().map(|input| input.code.to_string()).unwrap_or_default();
    let (me, vault, now): (&Person, _, _) = (&staff, keys.vault, page.now);
    let mut conn = keys.db.get().await?;
    let confirmed = db::transaction(&mut conn, async |tx: &mut Conn| commands::confirm_app(tx, vault, me, &typed, now).await);
    let confirmed = confirmed.await.or_break()?;
    drop(conn);
    match confirmed {
        Ok(Some(codes)) => Ok(Err(CodesPage { page, codes })),
        Ok(None) => Ok(Ok(Posted::done(paths::admin_security(), "access-app-added"))),
        Err(why) => {
            let refill = FormView::of(page.words, &form.context).without_errors().refused(page.words, "code", &why);
            let again = app_page(page, me, &keys, refill).await?;
            Ok(Ok(again.map_or_else(|| Posted::done(paths::admin_security(), "factors-nothing-begun"), Posted::again)))
        }
    }
}

#[post("/admin/security/app/removal")]
async fn remove_app(page: Page, staff: Fresh<OwnFactors>, keys: Keyring<'_>) -> web::Result<Posted<SecurityPage>> {
    let (me, vault): (&Person, _) = (&staff, keys.vault);
    let mut conn = keys.db.get().await?;
    let removed = db::transaction(&mut conn, async |tx: &mut Conn| commands::remove_app(tx, vault, me).await);
    let removed = removed.await.or_break()?;
    drop(conn);
    changed(page, me, &keys, removed, |()| Posted::done(paths::admin_security(), "access-app-removed")).await
}

#[post("/admin/security/recovery-codes")]
async fn renew_codes(page: Page, staff: Fresh<OwnFactors>, keys: Keyring<'_>) -> web::Result<Shown<SecurityPage>> {
    let me: &Person = &staff;
    let mut conn = keys.db.get().await?;
    let renewed = db::transaction(&mut conn, async |tx: &mut Conn| commands::renew_codes(tx, me).await);
    let renewed = renewed.await.or_break()?;
    drop(conn);
    match renewed {
        Ok(Some(codes)) => Ok(Err(CodesPage { page, codes })),
        Ok(None) => Ok(Ok(Posted::done(paths::admin_security(), "access-no-factor-yet"))),
        Err(why) => Ok(Ok(changed(page, me, &keys, Err::<(), _>(why), |()| Posted::to(paths::admin_security())).await?)),
    }
}

#[post("/admin/security/passkeys/question")]
async fn question(page: Page, staff: Fresh<OwnFactors>, keys: Keyring<'_>) -> web::Result<Result<Json<Value>, Status>> {
    let Ok(relying) = keys.relying(&page) else { return Ok(Err(Status::NotFound)) };
    let (me, now): (&Person, _) = (&staff, page.now);
    let mut conn = keys.db.get().await?;
    let asked = db::transaction(&mut conn, async |tx: &mut Conn| commands::ask_new_passkey(tx, &relying, me, now).await);
    Ok(asked.await.or_break()?.map(|question| Json(question.into_json())).map_err(|_| Status::UnprocessableEntity))
}

#[derive(FromForm)]
struct NewName {
    name: Name<60>,
}

/// What a device answered comes with the name beside it.
#[post("/admin/security/passkeys", data = "<form>")]
async fn add_passkey(
    page: Page,
    staff: Fresh<OwnFactors>,
    keys: Keyring<'_>,
    form: Form<Contextual<'_, PasskeyForm>>,
) -> web::Result<Shown<SecurityPage>> {
    let name = form.context.field_value("name").and_then(|name| name.parse().ok());
    let added = add(&page, &staff, &keys, name, form.value.as_ref()).await;
    match added.or_break()? {
        Ok(Some(codes)) => Ok(Err(CodesPage { page, codes })),
        Ok(None) => Ok(Ok(Posted::done(paths::admin_security(), "access-passkey-added"))),
        Err(why) => Ok(Ok(changed(page, &staff, &keys, Err::<(), _>(why), |()| Posted::to(paths::admin_security())).await?)),
    }
}

async fn add(
    page: &Page,
    me: &Person,
    keys: &Keyring<'_>,
    name: Option<Name<60>>,
    form: Option<&PasskeyForm>,
) -> Result<Option<Vec<String>>, Failed<FactorRefused>> {
    let form = form.ok_or(FactorRefused::TooLate)?;
    let name = name.or_else(|| page.t("access-passkey-unnamed").parse().ok()).ok_or(FactorRefused::TooLate)?;
    let relying = keys.relying(page).map_err(FactorRefused::NoPasskeys)?;
    let (mut conn, now) = (keys.db.get().await?, page.now);
    let answer = factors::passkeys::answered(&mut conn, form, now).await?;
    db::transaction(&mut conn, async |tx: &mut Conn| commands::add_passkey(tx, &relying, me, &answer, &name, now).await).await
}

#[post("/admin/security/passkeys/<id>/name", data = "<form>")]
async fn rename_passkey(
    page: Page,
    staff: Fresh<OwnFactors>,
    keys: Keyring<'_>,
    id: PasskeyId,
    form: Form<Contextual<'_, NewName>>,
) -> web::Result<Option<Posted<SecurityPage>>> {
    let me: &Person = &staff;
    let Some(input) = &form.value else {
        let refill = FormView::empty().with_error("", page.t("access-passkey-name-needed"));
        return Ok(Some(Posted::again(SecurityPage::read(page, me, &keys, refill).await?)));
    };
    let mut conn = keys.db.get().await?;
    let renamed = db::transaction(&mut conn, async |tx: &mut Conn| commands::rename_passkey(tx, me, id, &input.name).await);
    let renamed = renamed.await.or_break()?;
    drop(conn);
    match renamed {
        Ok(false) => Ok(None),
        done => Ok(Some(changed(page, me, &keys, done, |_| Posted::done(paths::admin_security(), "admin-saved")).await?)),
    }
}

#[post("/admin/security/passkeys/<id>/removal")]
async fn remove_passkey(
    page: Page,
    staff: Fresh<OwnFactors>,
    keys: Keyring<'_>,
    id: PasskeyId,
) -> web::Result<Option<Posted<SecurityPage>>> {
    let me: &Person = &staff;
    let mut conn = keys.db.get().await?;
    let removed = db::transaction(&mut conn, async |tx: &mut Conn| commands::remove_passkey(tx, me, id).await);
    let removed = removed.await.or_break()?;
    drop(conn);
    match removed {
        Ok(false) => Ok(None),
        done => {
            Ok(Some(changed(page, me, &keys, done, |_| Posted::done(paths::admin_security(), "access-passkey-removed")).await?))
        }
    }
}

pub(super) fn routes() -> Vec<Route> {
    routes![
        show,
        begin_app,
        show_app,
        confirm_app,
        remove_app,
        renew_codes,
        question,
        add_passkey,
        rename_passkey,
        remove_passkey
    ]
}
