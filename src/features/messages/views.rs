//! What the pages of customers and guests show of a conversation.

use std::collections::HashMap;

use askama::Template;
use askama::filters::HtmlSafe;
use askama_web::WebTemplate;
use rocket::http::{ContentType, Header};
use rocket::{Responder, form};

use super::model::Trust;
use super::queries::{Entry, MessageFile, Thread, files_of};
use crate::features::orders::views::OrderSheet;
use crate::platform::base::{MessageFileId, MessageId, OrderNumber};
use crate::platform::db::Conn;
use crate::platform::media::Store;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, shortened};

/// Where somebody stands who looks at a conversation: it says where files and orders are for them.
#[derive(Clone, Debug)]
pub enum Door {
    Desk,
    Account,
    /// By the link of an order: its token.
    Order(String),
    /// By a guest's link: its tag.
    Guest(String),
}

impl Door {
    fn file(&self, id: MessageFileId) -> String {
        match self {
            Door::Desk => paths::admin_message_file(id),
            Door::Account => paths::account_message_file(id),
            Door::Order(token) => paths::order_message_file(token, id),
            Door::Guest(tag) => paths::guest_message_file(tag, id),
        }
    }

    fn order(&self, number: OrderNumber) -> Option<String> {
        match self {
            Door::Desk => Some(paths::admin_order(number)),
            Door::Account => Some(paths::account_order(number)),
            Door::Order(_) | Door::Guest(_) => None,
        }
    }
}

/// A file beside a message.
pub struct FileView {
    pub path: String,
    pub name: String,
    /// "PDF, 120 kB"
    pub facts: String,
    /// Pixels of a picture, which is shown.
    pub size: Option<(i32, i32)>,
}

/// Something in a conversation.
pub struct EntryView {
    /// "theirs", "ours", "inside", "letter"
    pub look: &'static str,
    pub who: String,
    pub body: String,
    pub quoted: String,
    pub subject: String,
    pub when: String,
    pub datetime: String,
    /// What it is about, and where that is.
    pub about: Option<(String, Option<String>)>,
    /// What there is to know of where it comes from.
    pub marks: Vec<String>,
    pub files: Vec<FileView>,
}

/// What was said, with its files, ready to print.
pub async fn entries(conn: &mut Conn, page: &Page, thread: &Thread, door: &Door, customer: &str) -> web::Result<Vec<EntryView>> {
    let ids: Vec<MessageId> = thread.entries.iter().filter(|one| one.source == 0).map(|one| MessageId(one.id)).collect();
    let mut files = files_of(conn, &ids).await?;
    Ok(thread.entries.iter().map(|one| entry(page, one, &mut files, door, customer)).collect())
}

fn entry(page: &Page, one: &Entry, files: &mut HashMap<MessageId, Vec<MessageFile>>, door: &Door, customer: &str) -> EntryView {
    let desk = matches!(door, Door::Desk);
    let (look, who) = match one.kind.as_str() {
        "question" if desk => ("theirs", customer.to_owned()),
        "question" => ("theirs", page.t("messages-you")),
        "letter" => ("letter", page.shop().name.clone()),
        "note" => ("inside", one.staff.clone().unwrap_or_default()),
        // Customers are answered by the shop, whoever of it wrote.
        _ if desk => ("ours", one.staff.clone().unwrap_or_default()),
        _ => ("ours", page.shop().name.clone()),
    };
    let own = if one.source == 0 { files.remove(&MessageId(one.id)).unwrap_or_default() } else { Vec::new() };
    EntryView {
        look,
        who,
        body: one.body.clone(),
        quoted: one.quoted.clone(),
        subject: one.subject.clone(),
        when: page.lately(one.at, page.now, page.zone),
        datetime: one.at.to_rfc3339(),
        about: about(page, one, door),
        marks: marks(page, one),
        files: own.into_iter().map(|file| file_view(page, file, door)).collect(),
    }
}

fn about(page: &Page, one: &Entry, door: &Door) -> Option<(String, Option<String>)> {
    if let Some(number) = one.number {
        let path = door.order(OrderNumber(number));
        return Some((page.named("messages-about-order", &number.to_string()), path));
    }
    let title = one.product.as_deref()?;
    Some((page.named("messages-about-product", title), one.handle.as_deref().map(paths::product)))
}

fn marks(page: &Page, one: &Entry) -> Vec<String> {
    if one.kind != "question" {
        return Vec::new();
    }
    let mail = one.channel == super::model::Channel::Mail;
    let from = match one.trust {
        Trust::Proved if mail => Some(page.t("messages-by-mail")),
        Trust::Proved => None,
        Trust::Claimed if mail => Some(page.named("messages-claimed-mail", &one.sender)),
        Trust::Claimed => Some(page.named("messages-claimed", &one.sender)),
        Trust::OtherSender => Some(page.named("messages-other-sender", &one.sender)),
    };
    from.into_iter().chain(one.automatic.then(|| page.t("messages-automatic"))).collect()
}

fn file_view(page: &Page, file: MessageFile, door: &Door) -> FileView {
    let kind = match file.mime.as_str() {
        "image/jpeg" => "messages-file-picture",
        "application/pdf" => "messages-file-pdf",
        _ => "messages-file-text",
    };
    let size = page.number((file.bytes + 1023) / 1024);
    FileView {
        path: door.file(file.id),
        facts: page.with("messages-file-facts", &[("kind", page.t(kind).into()), ("size", size.into())]),
        size: file.width.zip(file.height),
        name: file.name,
    }
}

/// A conversation as a customer or guest reads it.
#[derive(Template)]
#[template(path = "messages/_thread.html")]
pub struct ThreadView {
    pub page: Page,
    pub entries: Vec<EntryView>,
    pub older: Option<String>,
}

impl HtmlSafe for ThreadView {}

/// A customer's conversation, on the pages of the account.
#[derive(Template, WebTemplate)]
#[template(path = "messages/account_page.html")]
pub struct AccountMessagesPage {
    pub page: Page,
    pub thread: ThreadView,
    pub form: FormView,
    pub action: String,
    /// Orders to write about: number, words.
    pub orders: Vec<(String, String)>,
}

/// A guest's conversation.
#[derive(Template, WebTemplate)]
#[template(path = "messages/guest_page.html")]
pub struct GuestPage {
    pub page: Page,
    pub thread: ThreadView,
    pub form: FormView,
    pub action: String,
    pub orders: Vec<(String, String)>,
}

/// An order with what was said about it.
#[derive(Template, WebTemplate)]
#[template(path = "messages/order_page.html")]
pub struct OrderPage {
    pub page: Page,
    pub title: String,
    pub sheet: OrderSheet,
    pub thread: ThreadView,
    pub form: FormView,
    pub action: String,
    pub orders: Vec<(String, String)>,
    /// Where a guest keeps this order in an account, by opening one or signing in.
    pub keep: Option<(String, String)>,
    /// Of the link that opened the page.
    pub token: String,
}

/// The form for questions.
#[derive(Template, WebTemplate)]
#[template(path = "messages/contact_page.html")]
pub struct ContactPage {
    pub page: Page,
    pub form: FormView,
    /// Whoever is signed in is known.
    pub known: Option<String>,
    /// The product that is asked about: handle and title.
    pub product: Option<(String, String)>,
}

/// A question is on the desk.
#[derive(Template, WebTemplate)]
#[template(path = "messages/sent_page.html")]
pub struct SentPage {
    pub page: Page,
}

/// The latest of a conversation, for the overview of an account.
#[derive(Template)]
#[template(path = "messages/_panel.html")]
pub struct PanelView {
    page: Page,
    /// Who, words, when, moment, whether it is unread; the newest first.
    rows: Vec<(String, String, String, String, bool)>,
}

impl HtmlSafe for PanelView {}

impl PanelView {
    /// Of what was said, the last three messages.
    pub fn new(page: &Page, thread: Option<&Thread>) -> PanelView {
        let said = thread.iter().flat_map(|thread| thread.entries.iter().rev()).take(3);
        let mut unread = page.unread;
        let mut row = |one: &Entry| {
            let who = if one.kind == "question" { page.t("messages-you") } else { page.shop().name.clone() };
            let words = if one.subject.is_empty() { &one.body } else { &one.subject };
            let words = shortened(&words.split_whitespace().collect::<Vec<_>>().join(" "), 160);
            let new = one.kind == "answer" && unread > 0;
            unread -= i64::from(new);
            (who, words, page.lately(one.at, page.now, page.zone), one.at.to_rfc3339(), new)
        };
        PanelView { rows: said.map(&mut row).collect(), page: page.clone() }
    }
}

/// The choice of orders to write about.
pub fn order_choices(page: &Page, numbers: impl IntoIterator<Item = OrderNumber>) -> Vec<(String, String)> {
    let none = (String::new(), page.t("messages-about-nothing"));
    let order = |number: OrderNumber| (number.to_string(), page.named("messages-about-order", &number.to_string()));
    [none].into_iter().chain(numbers.into_iter().map(order)).collect()
}

/// A file as it is handed out: pictures to be shown, all others to be saved; nothing in it may act.
#[derive(Responder)]
pub struct Handed {
    bytes: Vec<u8>,
    kind: ContentType,
    disposition: Header<'static>,
    policy: Header<'static>,
}

/// Takes a file from the store; `None`: it is gone.
pub async fn hand_out(store: &Store, file: Option<MessageFile>) -> web::Result<Option<Handed>> {
    let Some(file) = file else { return Ok(None) };
    let Some(bytes) = store.read(&file.place).await? else { return Ok(None) };
    let (kind, how) = match file.mime.as_str() {
        "image/jpeg" => (ContentType::JPEG, "inline"),
        "application/pdf" => (ContentType::PDF, "attachment"),
        _ => (ContentType::new("text", "plain").with_params(("charset", "utf-8")), "attachment"),
    };
    let name = percent_encoding::utf8_percent_encode(&file.name, percent_encoding::NON_ALPHANUMERIC);
    let disposition = Header::new("Content-Disposition", format!("{how}; filename*=UTF-8''{name}"));
    let policy = Header::new("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
    Ok(Some(Handed { bytes: bytes.to_vec(), kind, disposition, policy }))
}

/// A part of an address that names where a page begins, if it can be read.
pub type Before<'r> = form::Result<'r, super::queries::Edge>;
