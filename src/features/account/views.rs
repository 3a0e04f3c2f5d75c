//! The pages at the door.

use askama::Template;
use askama_web::WebTemplate;

use super::model::AccountRefused;
use crate::features::elsewhere::queries::{claimed_site, sites_on};
use crate::platform::base::Token;
use crate::platform::config::Config;
use crate::platform::db::Db;
use crate::platform::factors::Relying;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Cookies, FormView, Named, Posted, TryLater};

/// What a form at the door answers: done, the page again (422), or later (429).
pub type Turned<T> = Result<Posted<T>, TryLater<T>>;

/// The page again, with what is wrong in its form; who showed too long ago who they are does so once more.
pub fn turned<T>(page: T, why: &AccountRefused) -> Turned<T> {
    match (why, why.wait()) {
        (AccountRefused::NotFresh, _) => Ok(Posted::to(paths::account_proof())),
        (_, Some(wait)) => Err(TryLater(page, wait)),
        (_, None) => Ok(Posted::again(page)),
    }
}

/// The ways in that the door offers beside a password.
pub struct Offer {
    /// Id and label of other sites.
    pub sites: Vec<(i64, String)>,
    /// Whether browsers take passkeys at this shop's address.
    pub passkeys: bool,
    /// The site whose word waits until its account is signed in to.
    pub claimed: Option<String>,
}

impl Offer {
    pub async fn read(page: &Page, db: &Db, config: &Config, cookies: &Cookies<'_>) -> web::Result<Offer> {
        let mut conn = db.get().await?;
        let sites = sites_on(&mut conn).await?.into_iter().map(|site| (site.id.0, site.label)).collect();
        let claimed = match cookies.get(Named::Claim).and_then(|token| token.parse::<Token>().ok()) {
            Some(token) => claimed_site(&mut conn, &token.hash(), page.now).await?,
            None => None,
        };
        Ok(Offer { sites, passkeys: Relying::of(config, &page.shop().name).is_ok(), claimed })
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "account/sign_in_page.html")]
pub struct SignInPage {
    pub page: Page,
    pub form: FormView,
    /// Where signing in leads, as a path of this site; empty: the account.
    pub next: String,
    pub offer: Offer,
}

/// The second step: a code, or a passkey.
#[derive(Template, WebTemplate)]
#[template(path = "account/second_step_page.html")]
pub struct SecondStepPage {
    pub page: Page,
    pub form: FormView,
    /// Whether there is an app that gives codes.
    pub app: bool,
    /// Whether a passkey may be asked.
    pub passkeys: bool,
}

/// The last page before another site.
#[derive(Template, WebTemplate)]
#[template(path = "account/departure_page.html")]
pub struct DeparturePage {
    pub page: Page,
    pub label: String,
    pub url: String,
}

/// Recovery codes, shown once.
#[derive(Template, WebTemplate)]
#[template(path = "account/codes_page.html")]
pub struct CodesPage {
    pub page: Page,
    pub codes: Vec<String>,
    /// What was done.
    pub done: String,
    pub next: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "account/register_page.html")]
pub struct RegisterPage {
    pub page: Page,
    pub form: FormView,
    pub offer: Offer,
}

/// A mail is on its way, perhaps.
#[derive(Template, WebTemplate)]
#[template(path = "account/mail_sent_page.html")]
pub struct MailSentPage {
    pub page: Page,
    pub heading: String,
    pub text: String,
}

/// Behind the link of a mail: an account to be opened.
#[derive(Template, WebTemplate)]
#[template(path = "account/confirm_page.html")]
pub struct ConfirmPage {
    pub page: Page,
    pub form: FormView,
    pub email: String,
    pub action: String,
    /// Whether a password was chosen already, which is typed again.
    pub chosen: bool,
    /// Where a passkey may open the account instead.
    pub passkey: Option<String>,
}

#[derive(Template, WebTemplate)]
#[template(path = "account/reset_page.html")]
pub struct ResetPage {
    pub page: Page,
    pub form: FormView,
}

/// Behind the link of a mail: a new password.
#[derive(Template, WebTemplate)]
#[template(path = "account/new_password_page.html")]
pub struct NewPasswordPage {
    pub page: Page,
    pub form: FormView,
    pub email: String,
    pub action: String,
}

/// Behind the link of a mail: another address.
#[derive(Template, WebTemplate)]
#[template(path = "account/new_email_page.html")]
pub struct NewEmailPage {
    pub page: Page,
    pub form: FormView,
    pub email: String,
    pub action: String,
    /// Whether it is the account's own address that is proved.
    pub own: bool,
}

/// A link that is used up, too old, or cut off by a mail program.
#[derive(Template, WebTemplate)]
#[template(path = "account/link_gone_page.html")]
pub struct LinkGonePage {
    pub page: Page,
    /// Where another one is asked for.
    pub again: String,
    pub label: String,
}
