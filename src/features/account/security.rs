//! What opens an account: password, address, sessions; and closing it for good.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, State, get, post, routes};

use super::commands;
use super::emails::Desk;
use super::model::{AccountRefused, Caller};
use super::views::{Turned, turned};
use crate::features::customers::queries::{Identity, Session, account_of, identities_of, sessions_of};
use crate::features::customers::{Customer, SignedIn, commands as customers};
use crate::features::elsewhere::model::Site;
use crate::features::elsewhere::queries::sites_on;
use crate::platform::access::Password;
use crate::platform::base::{CustomerIdentityId, CustomerSessionId, Email, Moment, OrBreak, Refusal};
use crate::platform::config::Config;
use crate::platform::db::Db;
use crate::platform::factors::{self, Held, Relying};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::vault::Vault;
use crate::platform::web::{self, Cookies, FormView, Named, Posted};

pub fn routes() -> Vec<Route> {
    routes![show, change_password, change_email, verify, end, end_others, show_closing, close]
}

/// A site that is, or may be, connected.
struct SiteView {
    label: String,
    /// The address that the site knows them by, and since when it is connected; `None`: it is not.
    known: Option<(CustomerIdentityId, String, String)>,
    /// Where it is connected.
    with: Option<String>,
}

#[derive(Template, WebTemplate)]
#[template(path = "account/security_page.html")]
struct SecurityPage {
    page: Page,
    me: Customer,
    has_password: bool,
    /// Whether they showed who they are a short while ago.
    fresh: bool,
    held: Held,
    /// Whether browsers take passkeys at this shop's address.
    passkeys: bool,
    sites: Vec<SiteView>,
    sessions: Vec<Session>,
    password: FormView,
    email: FormView,
}

impl SecurityPage {
    async fn read(
        page: Page,
        customer: &SignedIn,
        (db, config): (&Db, &Config),
        password: FormView,
        email: FormView,
    ) -> web::Result<SecurityPage> {
        let mut conn = db.get().await?;
        let sessions = sessions_of(&mut conn, customer.id, page.now).await?;
        let account = account_of(&mut conn, customer.id).await?;
        let (identities, sites) = (identities_of(&mut conn, customer.id).await?, sites_on(&mut conn).await?);
        Ok(SecurityPage {
            has_password: account.is_some_and(|account| account.password_hash.is_some()),
            fresh: customer.is_fresh(page.now),
            held: factors::queries::held(&mut conn, factors::Account::customer(customer.id.0)).await?,
            passkeys: Relying::of(config, &page.shop().name).is_ok(),
            sites: site_views(&page, &identities, &sites),
            me: (**customer).clone(),
            sessions,
            password,
            email,
            page,
        })
    }

    fn at(&self, moment: &Moment) -> String {
        self.page.minute(*moment, self.page.zone)
    }

    fn day(&self, moment: &Moment) -> String {
        self.page.day(*moment, self.page.zone)
    }

    fn has_others(&self) -> bool {
        self.sessions.iter().any(|session| session.id != self.me.session)
    }

    /// Whether the forms that ask for the current password may be filled in now.
    fn may_change(&self) -> bool {
        self.fresh || (self.has_password && !self.held.any())
    }
}

/// Sites that are connected, also those that are off by now, then those that may be.
fn site_views(page: &Page, identities: &[Identity], sites: &[Site]) -> Vec<SiteView> {
    let known = identities.iter().map(|identity| {
        let label = sites.iter().find(|site| site.issuer == identity.issuer).map(|site| site.label.clone());
        let since = page.day(identity.created_at, page.zone);
        let known = Some((identity.id, identity.email.clone(), since));
        SiteView { label: label.unwrap_or_else(|| identity.issuer.clone()), known, with: None }
    });
    let more = sites.iter().filter(|site| identities.iter().all(|identity| identity.issuer != site.issuer));
    let more =
        more.map(|site| SiteView { label: site.label.clone(), known: None, with: Some(paths::account_identity_with(site.id)) });
    known.chain(more).collect()
}

#[get("/account/security")]
async fn show(customer: SignedIn, page: Page, db: Db, config: &State<Config>) -> web::Result<SecurityPage> {
    SecurityPage::read(page, &customer, (&db, config), FormView::empty(), FormView::empty()).await
}

#[derive(FromForm)]
struct NewPassword {
    current: Option<Password>,
    new: Password,
}

/// Changes the password; everything else is signed out.
#[post("/account/password", data = "<form>")]
async fn change_password(
    customer: SignedIn,
    page: Page,
    db: Db,
    caller: Caller,
    config: &State<Config>,
    form: Form<Contextual<'_, NewPassword>>,
) -> web::Result<Turned<SecurityPage>> {
    let sent = FormView::of(page.words, &form.context);
    let Some(input) = &form.value else {
        return Ok(Ok(Posted::again(SecurityPage::read(page, &customer, (&db, config), sent, FormView::empty()).await?)));
    };
    let desk = Desk { words: page.words, shop: page.shop(), config };
    let (origin, now) = (&caller.origin, caller.now);
    match commands::change_password(&db, &customer, input.current.as_ref(), &input.new, origin, &desk, now).await.or_break()? {
        Ok(()) => Ok(Ok(Posted::done(paths::account_security(), "account-password-changed"))),
        Err(why) => {
            let field = if matches!(why, AccountRefused::Password(_)) { "new" } else { "current" };
            let sent = sent.refused(page.words, field, &why);
            Ok(turned(SecurityPage::read(page, &customer, (&db, config), sent, FormView::empty()).await?, &why))
        }
    }
}

#[derive(FromForm)]
struct NewEmail {
    email: Email,
    password: Option<Password>,
}

/// Asks the new address whether it is one's own; until then the account keeps the old one.
#[post("/account/email", data = "<form>")]
async fn change_email(
    customer: SignedIn,
    page: Page,
    db: Db,
    caller: Caller,
    config: &State<Config>,
    form: Form<Contextual<'_, NewEmail>>,
) -> web::Result<Turned<SecurityPage>> {
    let sent = FormView::of(page.words, &form.context);
    let Some(input) = &form.value else {
        return Ok(Ok(Posted::again(SecurityPage::read(page, &customer, (&db, config), FormView::empty(), sent).await?)));
    };
    let password = input.password.as_ref();
    let asked = commands::change_email(&db, &customer, &input.email, password, &caller.origin, caller.now).await;
    match asked.or_break()? {
        Ok(()) => Ok(Ok(Posted::done(paths::account_security(), "account-email-asked"))),
        Err(why) => {
            let field = if matches!(why, AccountRefused::SameAddress) { "email" } else { "password" };
            let sent = sent.refused(page.words, field, &why);
            Ok(turned(SecurityPage::read(page, &customer, (&db, config), FormView::empty(), sent).await?, &why))
        }
    }
}

/// Has a link sent to one's own address, which is not proved yet.
#[post("/account/verification")]
async fn verify(customer: SignedIn, db: Db, caller: Caller) -> web::Result<Posted<SecurityPage>> {
    Ok(match commands::ask_proof_of_email(&db, &customer, &caller.origin, caller.now).await.or_break()? {
        Ok(()) => Posted::to(paths::account_mail_sent("address")),
        Err(why) if why.wait().is_some() => Posted::done(paths::account_security(), "account-verify-later"),
        Err(why) => Posted::done(paths::account_security(), why.message().key),
    })
}

/// Ends one of one's own sessions; ending this one signs out.
#[post("/account/sessions/<id>/ending")]
async fn end(
    customer: SignedIn,
    id: CustomerSessionId,
    db: Db,
    cookies: Cookies<'_>,
) -> web::Result<Option<Posted<SecurityPage>>> {
    if !customers::end_session(&mut *db.get().await?, customer.id, id).await? {
        return Ok(None);
    }
    if id == customer.session {
        cookies.remove(Named::Customer);
        return Ok(Some(Posted::done(paths::sign_in(), "account-signed-out")));
    }
    Ok(Some(Posted::done(paths::account_security(), "account-session-ended")))
}

#[post("/account/sessions/others/ending")]
async fn end_others(customer: SignedIn, db: Db) -> web::Result<Posted<SecurityPage>> {
    customers::end_sessions(&mut *db.get().await?, customer.id, Some(customer.session)).await?;
    Ok(Posted::done(paths::account_security(), "account-sessions-ended"))
}

#[derive(Template, WebTemplate)]
#[template(path = "account/closing_page.html")]
struct ClosingPage {
    page: Page,
    form: FormView,
    email: String,
    has_password: bool,
    /// Whether one must show first who one is.
    proof: Option<String>,
}

impl ClosingPage {
    async fn read(page: Page, customer: &SignedIn, db: &Db, form: FormView) -> web::Result<ClosingPage> {
        let mut conn = db.get().await?;
        let account = account_of(&mut conn, customer.id).await?;
        let has_password = account.is_some_and(|account| account.password_hash.is_some());
        let more = factors::queries::has_factor(&mut conn, factors::Account::customer(customer.id.0)).await?;
        let proof = !customer.is_fresh(page.now) && (more || !has_password);
        let proof = proof.then(|| paths::account_proof_then(&paths::account_closing()));
        Ok(ClosingPage { email: customer.email.clone(), has_password, proof, form, page })
    }
}

#[get("/account/closing")]
async fn show_closing(customer: SignedIn, page: Page, db: Db) -> web::Result<ClosingPage> {
    ClosingPage::read(page, &customer, &db, FormView::empty()).await
}

#[derive(FromForm)]
struct Closing {
    password: Option<Password>,
}

/// Closes the account for good.
#[post("/account/closing", data = "<form>")]
async fn close(
    customer: SignedIn,
    page: Page,
    db: Db,
    vault: &State<Vault>,
    caller: Caller,
    cookies: Cookies<'_>,
    config: &State<Config>,
    form: Form<Contextual<'_, Closing>>,
) -> web::Result<Turned<ClosingPage>> {
    let sent = FormView::of(page.words, &form.context);
    let password = form.value.as_ref().and_then(|input| input.password.as_ref());
    let desk = Desk { words: page.words, shop: page.shop(), config };
    match commands::close(&db, vault, &customer, password, &caller.origin, &desk, caller.now).await.or_break()? {
        Ok(()) => {
            cookies.remove(Named::Customer);
            Ok(Ok(Posted::done(paths::home(), "account-closed")))
        }
        Err(why) => {
            let form = sent.refused(page.words, "password", &why);
            Ok(turned(ClosingPage::read(page, &customer, &db, form).await?, &why))
        }
    }
}
