//! "Sent mail": what the shop wrote to whom, whether it arrived at the mail server, and sending it again.

use askama::Template;
use askama_web::WebTemplate;
use rocket::http::{ContentType, Header};
use rocket::{Responder, Route, State, form, get, post, routes};

use crate::platform::access::{ManageOrders, Staff, ViewMail, audit};
use crate::platform::base::{Failed, Line, MailId, Moment, Never, OrBreak};
use crate::platform::db::{self, Conn, Db};
use crate::platform::mail::queries::{self, Mail, MailRow, Span};
use crate::platform::mail::{MailState, Post, commands};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Posted};

/// Mails on one page.
const PAGE: usize = 50;

#[derive(Template, WebTemplate)]
#[template(path = "admin/mails_page.html")]
struct MailsPage {
    page: Page,
    mails: Vec<MailRow>,
    words: String,
    newer: Option<String>,
    older: Option<String>,
    /// Whether a mail server is configured.
    sends: bool,
}

impl MailsPage {
    fn at(&self, moment: &Moment) -> String {
        self.page.minute(*moment, self.page.shop().zone)
    }

    fn path(&self, mail: &MailRow) -> String {
        paths::admin_mail(mail.id)
    }
}

/// Newest first; `before` and `after` are the ids at the page's edges.
#[get("/admin/mail?<q>&<before>&<after>")]
async fn list(
    page: Page,
    _staff: Staff<ViewMail>,
    db: Db,
    post: &State<Post>,
    q: form::Result<'_, Line<100>>,
    before: form::Result<'_, MailId>,
    after: form::Result<'_, MailId>,
) -> web::Result<MailsPage> {
    let words = q.map(Line::into_string).unwrap_or_default();
    let span = match (before, after) {
        (Ok(id), _) => Span::Before(id),
        (_, Ok(id)) => Span::After(id),
        _ => Span::Newest,
    };
    let found = queries::mails(&mut *db.get().await?, &words, span, PAGE).await?;
    let link = |edge: &str, mail: Option<&MailRow>| mail.map(|mail| paths::admin_mails_from(&words, edge, mail.id));
    let newer = if found.newer { link("after", found.mails.first()) } else { None };
    let older = if found.older { link("before", found.mails.last()) } else { None };
    Ok(MailsPage { page, mails: found.mails, newer, older, sends: post.sends(), words })
}

#[derive(Template, WebTemplate)]
#[template(path = "admin/mail_page.html")]
struct MailPage {
    page: Page,
    mail: Mail,
}

impl MailPage {
    fn at(&self, moment: &Moment) -> String {
        self.page.minute(*moment, self.page.shop().zone)
    }

    fn letter_path(&self) -> String {
        paths::admin_mail_letter(self.mail.id)
    }
}

#[get("/admin/mail/<id>")]
async fn show(page: Page, _staff: Staff<ViewMail>, db: Db, id: MailId) -> web::Result<Option<MailPage>> {
    let mail = queries::mail(&mut *db.get().await?, id).await?;
    Ok(mail.map(|mail| MailPage { page, mail }))
}

/// A letter as its reader sees it, in a frame of its own: it may use its styles and load pictures, nothing else.
#[derive(Responder)]
struct Letter {
    html: String,
    kind: ContentType,
    policy: Header<'static>,
}

const LETTER_POLICY: &str = "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'none'; frame-ancestors 'self'";

#[get("/admin/mail/<id>/letter")]
async fn letter(_staff: Staff<ViewMail>, db: Db, id: MailId) -> web::Result<Option<Letter>> {
    let mail = queries::mail(&mut *db.get().await?, id).await?;
    let policy = Header::new("Content-Security-Policy", LETTER_POLICY);
    Ok(mail.map(|mail| Letter { html: mail.html, kind: ContentType::HTML, policy }))
}

#[post("/admin/mail/<id>/sending")]
async fn send_again(staff: Staff<ManageOrders>, db: Db, id: MailId) -> web::Result<Option<Posted<MailPage>>> {
    let mut conn = db.get().await?;
    let act = async |tx: &mut Conn| -> Result<bool, Failed<Never>> {
        audit(tx, &staff, "mail.sent_again", "mail", Some(id.0), None, None).await?;
        Ok(commands::send_again(tx, id).await?)
    };
    match db::transaction(&mut conn, act).await.or_break()? {
        Ok(true) => Ok(Some(Posted::done(paths::admin_mail(id), "mail-sent-again"))),
        Ok(false) => Ok(None),
        Err(never) => match never {},
    }
}

/// The badge's tone for a state.
fn tone(state: &MailState) -> &'static str {
    match state {
        MailState::Sent => "done full",
        MailState::Kept => "info",
        MailState::Waiting => "wait half",
        MailState::Failed => "bad cross",
    }
}

/// The key of a state's word.
fn word(state: &MailState) -> &'static str {
    match state {
        MailState::Sent => "mail-state-sent",
        MailState::Kept => "mail-state-kept",
        MailState::Waiting => "mail-state-waiting",
        MailState::Failed => "mail-state-failed",
    }
}

pub(super) fn routes() -> Vec<Route> {
    routes![list, show, letter, send_again]
}
