//! "Sent mail": what the shop wrote to whom, whether it arrived at the mail server, and sending it again.

use askama::Template;
use askama_web::WebTemplate;
use rocket::http::{ContentType, Header};
use rocket::{Responder, Route, State, form, get, post, routes};

use crate::platform::access::{ManageOrders, Person, Right, Staff, ViewMail, audit};
use crate::platform::base::{Failed, Line, MailId, Moment, Never, OrBreak};
use crate::platform::config::Config;
use crate::platform::db::{self, Conn, Db};
use crate::platform::mail::queries::{self, Mail, MailRow, Span};
use crate::platform::mail::{Letter, MailState, Post, commands};
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
    state: Option<MailState>,
    newer: Option<String>,
    older: Option<String>,
    /// Whether a mail server is configured.
    sends: bool,
}

impl MailsPage {
    fn at(&self, moment: &Moment) -> String {
        self.page.lately(*moment, self.page.now, self.page.zone)
    }

    /// The states to narrow to: address, word, chosen.
    fn views(&self) -> Vec<(String, String, bool)> {
        let all = (paths::admin_mails(), self.page.t("dash-mails-all"), self.state.is_none());
        let failed = (paths::admin_mails_failed(), self.page.t("mail-state-failed"), self.state == Some(MailState::Failed));
        vec![all, failed]
    }

    fn path(&self, mail: &MailRow) -> String {
        paths::admin_mail(mail.id)
    }
}

/// Newest first; `before` and `after` are the ids at the page's edges.
#[get("/admin/mail?<q>&<state>&<before>&<after>")]
async fn list(
    page: Page,
    _staff: Staff<ViewMail>,
    db: Db,
    post: &State<Post>,
    q: form::Result<'_, Line<100>>,
    state: form::Result<'_, MailState>,
    before: form::Result<'_, MailId>,
    after: form::Result<'_, MailId>,
) -> web::Result<MailsPage> {
    let words = q.map(Line::into_string).unwrap_or_default();
    let span = match (before, after) {
        (Ok(id), _) => Span::Before(id),
        (_, Ok(id)) => Span::After(id),
        _ => Span::Newest,
    };
    let state = state.ok();
    let found = queries::mails(&mut *db.get().await?, &words, state, span, PAGE).await?;
    let edge = |edge: &str, mail: &MailRow| paths::admin_mails_from(&words, state.map(MailState::as_str), edge, mail.id);
    let link = |name: &str, mail: Option<&MailRow>| mail.map(|mail| edge(name, mail));
    let newer = if found.newer { link("after", found.mails.first()) } else { None };
    let older = if found.older { link("before", found.mails.last()) } else { None };
    Ok(MailsPage { page, mails: found.mails, state, newer, older, sends: post.sends(), words })
}

#[derive(Template, WebTemplate)]
#[template(path = "admin/mail_page.html")]
struct MailPage {
    page: Page,
    mail: Mail,
    /// Whether its text is nobody's business but its reader's.
    sealed: bool,
}

impl MailPage {
    fn at(&self, moment: &Moment) -> String {
        self.page.minute(*moment, self.page.zone)
    }

    fn letter_path(&self) -> String {
        paths::admin_mail_letter(self.mail.id)
    }
}

/// Whether somebody of the staff may not read a letter: a link that opens an account opens it for whoever reads it. Where no mail
/// leaves the shop there is no other way for such a link to reach its reader than by the owner.
fn is_sealed(mail: &Mail, staff: &Person, post: &Post) -> bool {
    commands::is_secret(&mail.kind) && (post.sends() || !staff.may(Right::ManageStaff))
}

#[get("/admin/mail/<id>")]
async fn show(page: Page, staff: Staff<ViewMail>, db: Db, post: &State<Post>, id: MailId) -> web::Result<Option<MailPage>> {
    let mail = queries::mail(&mut *db.get().await?, id).await?;
    Ok(mail.map(|mail| MailPage { sealed: is_sealed(&mail, &staff, post), page, mail }))
}

/// A letter as its reader sees it, in a frame of its own: it may use its styles and load pictures, nothing else.
#[derive(Responder)]
struct Framed {
    html: String,
    kind: ContentType,
    policy: Header<'static>,
}

const LETTER_POLICY: &str = "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'none'; frame-ancestors 'self'";

#[get("/admin/mail/<id>/letter")]
async fn letter(staff: Staff<ViewMail>, db: Db, post: &State<Post>, id: MailId) -> web::Result<Option<Framed>> {
    let mail = queries::mail(&mut *db.get().await?, id).await?.filter(|mail| !is_sealed(mail, &staff, post));
    let policy = Header::new("Content-Security-Policy", LETTER_POLICY);
    Ok(mail.map(|mail| Framed { html: mail.html, kind: ContentType::HTML, policy }))
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

/// Writes a mail to whoever asks, so that they see whether it arrives.
#[post("/admin/mail/test")]
async fn test(page: Page, staff: Staff<ViewMail>, db: Db, config: &State<Config>) -> web::Result<Posted<MailPage>> {
    let shop = page.shop();
    let letter = Letter::new(page.words, page.t("dash-mail-test-heading")).say(page.named("dash-mail-test-text", &shop.name));
    let subject = page.named("dash-mail-test-subject", &shop.name);
    let draft = letter.draft("test", &staff.email, subject, shop, config)?;
    let act = async |tx: &mut Conn| -> Result<(), Failed<Never>> {
        audit(tx, &staff, "mail.tested", "mail", None, None, None).await?;
        commands::queue(tx, &draft).await?;
        Ok(())
    };
    match db::transaction(&mut *db.get().await?, act).await.or_break()? {
        Ok(()) => Ok(Posted::done(paths::admin_mails(), "dash-mail-test-sent")),
        Err(never) => match never {},
    }
}

/// The badge's tone for a state.
fn tone(state: &MailState) -> &'static str {
    match state {
        MailState::Sent => "done full",
        MailState::Kept => "idle",
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
    routes![list, show, letter, send_again, test]
}
