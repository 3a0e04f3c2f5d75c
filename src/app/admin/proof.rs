//! Proving once more who one is, before what asks for it: by a factor, or by the password where there is none. Then back to the page.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::http::Status;
use rocket::serde::json::Json;
use rocket::{FromForm, Route, get, post, routes};
use serde_json::Value;

use super::keyring::Keyring;
use super::sign_in::after;
use crate::platform::access::commands::{self, ProofRefused};
use crate::platform::access::{OwnFactors, Password, Person, Staff};
use crate::platform::base::{Failed, Line, OrBreak};
use crate::platform::db::{self, Conn};
use crate::platform::factors::{self, Account, PasskeyForm};
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted, SitePath, TryLater};

#[derive(Template, WebTemplate)]
#[template(path = "admin/proof_page.html")]
struct ProofPage {
    page: Page,
    form: FormView,
    next: String,
    email: String,
    app: bool,
    passkey: bool,
    /// Whether there is a factor at all; without, the password is asked for.
    factor: bool,
}

impl ProofPage {
    async fn read(page: Page, keys: &Keyring<'_>, me: &Person, next: String, form: FormView) -> web::Result<ProofPage> {
        let held = factors::queries::held(&mut *keys.db.get().await?, Account::staff(me.id)).await?;
        let passkey = !held.passkeys.is_empty() && keys.relying(&page).is_ok();
        let (app, factor, email) = (held.totp.is_some(), held.any(), me.email.clone());
        Ok(ProofPage { page, form, next, email, app, passkey, factor })
    }
}

type Proved = Result<Posted<ProofPage>, TryLater<ProofPage>>;

#[get("/admin/proof?<next>")]
async fn show(page: Page, staff: Staff<OwnFactors>, keys: Keyring<'_>, next: Option<SitePath>) -> web::Result<ProofPage> {
    let next = next.map(String::from).unwrap_or_default();
    ProofPage::read(page, &keys, &staff, next, FormView::empty()).await
}

/// Back to the page that asked, or this page again.
async fn proved(
    page: Page,
    keys: &Keyring<'_>,
    me: &Person,
    next: Option<SitePath>,
    (proof, form): (Result<(), Failed<ProofRefused>>, FormView),
) -> web::Result<Proved> {
    let why = match proof.or_break()? {
        Ok(()) => return Ok(Ok(Posted::done(after(next.as_ref()), "access-proved"))),
        Err(why) => why,
    };
    let field = match why {
        ProofRefused::WrongPassword => "password",
        ProofRefused::Factor(_) => "code",
        _ => "",
    };
    let form = form.refused(page.words, field, &why);
    let page = ProofPage::read(page, keys, me, next.map(String::from).unwrap_or_default(), form).await?;
    match why {
        ProofRefused::Throttled(why) => Ok(Err(TryLater(page, why.wait))),
        _ => Ok(Ok(Posted::again(page))),
    }
}

#[derive(FromForm)]
struct Proof {
    code: Option<Line<60>>,
    password: Option<Password>,
}

#[post("/admin/proof?<next>", data = "<form>")]
async fn prove(
    page: Page,
    staff: Staff<OwnFactors>,
    keys: Keyring<'_>,
    next: Option<SitePath>,
    form: Form<Contextual<'_, Proof>>,
) -> web::Result<Proved> {
    let sent = form.value.as_ref().map(|input| (input.code.clone(), input.password.clone()));
    let proof = match sent {
        Some((Some(code), _)) => commands::prove_by_code(&keys.db, keys.vault, &staff, &code, page.now).await,
        Some((None, Some(password))) => commands::prove_by_password(&keys.db, &staff, &password, page.now).await,
        _ => {
            let refill = FormView::empty().with_error("", page.t("access-nothing-proved"));
            let next = next.map(String::from).unwrap_or_default();
            return Ok(Ok(Posted::again(ProofPage::read(page, &keys, &staff, next, refill).await?)));
        }
    };
    proved(page, &keys, &staff, next, (proof, FormView::empty())).await
}

#[post("/admin/proof/question")]
async fn question(page: Page, staff: Staff<OwnFactors>, keys: Keyring<'_>) -> web::Result<Result<Json<Value>, Status>> {
    let Ok(relying) = keys.relying(&page) else { return Ok(Err(Status::NotFound)) };
    let (me, now): (&Person, _) = (&staff, page.now);
    let mut conn = keys.db.get().await?;
    let asked = db::transaction(&mut conn, async |tx: &mut Conn| commands::ask_own_passkey(tx, &relying, me, now).await);
    Ok(asked.await.or_break()?.map(|question| Json(question.into_json())).map_err(|_| Status::NotFound))
}

#[post("/admin/proof/passkey?<next>", data = "<form>")]
async fn by_passkey(
    page: Page,
    staff: Staff<OwnFactors>,
    keys: Keyring<'_>,
    next: Option<SitePath>,
    form: Form<Contextual<'_, PasskeyForm>>,
) -> web::Result<Proved> {
    let proof = answered(&page, &staff, &keys, form.value.as_ref()).await;
    proved(page, &keys, &staff, next, (proof, FormView::empty())).await
}

async fn answered(page: &Page, me: &Person, keys: &Keyring<'_>, form: Option<&PasskeyForm>) -> Result<(), Failed<ProofRefused>> {
    use factors::FactorRefused::{NoPasskeys, TooLate};
    let form = form.ok_or(ProofRefused::Factor(TooLate))?;
    let relying = keys.relying(page).map_err(|why| ProofRefused::Factor(NoPasskeys(why)))?;
    let (mut conn, now) = (keys.db.get().await?, page.now);
    let answer = factors::passkeys::answered(&mut conn, form, now).await.map_err(|why| why.map(ProofRefused::from))?;
    db::transaction(&mut conn, async |tx: &mut Conn| commands::prove_by_passkey(tx, &relying, me, &answer, now).await).await
}

pub(super) fn routes() -> Vec<Route> {
    routes![show, prove, question, by_passkey]
}
