//! The pages at the door.

use askama::Template;
use askama_web::WebTemplate;

use super::model::AccountRefused;
use crate::platform::shell::Page;
use crate::platform::web::{FormView, Posted, TryLater};

/// What a form at the door answers: done, the page again (422), or later (429).
pub type Turned<T> = Result<Posted<T>, TryLater<T>>;

/// The page again, with what is wrong in its form.
pub fn turned<T>(page: T, why: &AccountRefused) -> Turned<T> {
    match why.wait() {
        Some(wait) => Err(TryLater(page, wait)),
        None => Ok(Posted::again(page)),
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "account/sign_in_page.html")]
pub struct SignInPage {
    pub page: Page,
    pub form: FormView,
    /// Where signing in leads, as a path of this site; empty: the account.
    pub next: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "account/register_page.html")]
pub struct RegisterPage {
    pub page: Page,
    pub form: FormView,
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
