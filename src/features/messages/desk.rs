//! What the pages of the desk show, with finished values.

use askama::Template;
use askama_web::WebTemplate;

use super::model::{Later, Status, View};
use super::queries::{Answerer, Conversation, Counts, Found, Row, SavedReply};
use super::views::EntryView;
use crate::features::orders::queries::Row as OrderRow;
use crate::platform::access::{Right, initials};
use crate::platform::base::{Currency, Money, OrderId, OrderNumber, SavedReplyId};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{FormView, shortened};

/// A conversation in a list.
pub struct TalkRow {
    pub path: String,
    pub initials: String,
    pub who: String,
    pub when: String,
    pub datetime: String,
    pub about: String,
    pub start: String,
    pub unread: bool,
    pub waits: bool,
    pub here: bool,
    /// Who takes care, or where it stands.
    pub note: String,
}

/// A list to choose: address, words, count, chosen.
pub struct ViewLink {
    pub path: String,
    pub text: String,
    pub count: String,
    pub here: bool,
}

#[derive(Template, WebTemplate)]
#[template(path = "messages/desk_page.html")]
pub struct DeskPage {
    pub page: Page,
    pub views: Vec<ViewLink>,
    pub view: View,
    pub words: String,
    pub rows: Vec<TalkRow>,
    pub newer: Option<String>,
    pub older: Option<String>,
    pub may_answer: bool,
}

pub fn talk_row(page: &Page, row: &Row, here: bool) -> TalkRow {
    let who = if row.name.is_empty() { &row.email } else { &row.name };
    let about = match (row.number, &row.product) {
        (Some(number), _) => page.named("messages-about-order", &number.to_string()),
        (None, Some(title)) => page.named("messages-about-product", title),
        (None, None) => row.email.clone(),
    };
    let words = shortened(&row.body.split_whitespace().collect::<Vec<_>>().join(" "), 120);
    let start = match row.kind.as_str() {
        "answer" => page.named("messages-start-answer", &words),
        "note" => page.named("messages-start-note", &words),
        _ => words,
    };
    let note = match (row.status, row.snoozed_until, &row.staff) {
        (Status::Snoozed, Some(until), _) => page.named("messages-snoozed-until", &page.minute(until, page.zone)),
        (Status::Closed, ..) => page.t("messages-status-closed"),
        (_, _, Some(staff)) => staff.clone(),
        _ => String::new(),
    };
    TalkRow {
        path: paths::admin_conversation(row.id),
        initials: initials(who),
        who: who.clone(),
        when: page.lately(row.newest_at, page.now, page.zone),
        datetime: row.newest_at.to_rfc3339(),
        about,
        start,
        unread: row.unread > 0,
        waits: row.waits,
        here,
        note,
    }
}

impl DeskPage {
    pub fn new(page: Page, view: View, words: String, counts: &Counts, found: &Found) -> DeskPage {
        let query = |edge: &str, row: Option<&Row>, there: bool| {
            let at = row.filter(|_| there)?.newest.to_string();
            let mut pairs = vec![("view", view.as_str())];
            if !words.is_empty() {
                pairs.push(("q", &words));
            }
            pairs.push((edge, &at));
            Some(paths::admin_inbox_where(&pairs))
        };
        let link = |one: &View| ViewLink {
            path: paths::admin_inbox_where(&[("view", one.as_str())]),
            text: page.t(&format!("messages-view-{one}")),
            count: counts.of(*one).filter(|count| *count > 0).map(|count| page.number(count)).unwrap_or_default(),
            here: *one == view,
        };
        DeskPage {
            views: View::ALL.iter().map(link).collect(),
            view,
            rows: found.rows.iter().map(|row| talk_row(&page, row, false)).collect(),
            newer: query("after", found.rows.first(), found.newer),
            older: query("before", found.rows.last(), found.older),
            may_answer: page.may(Right::AnswerMessages),
            words,
            page,
        }
    }

    fn everything(&self) -> String {
        paths::admin_inbox_where(&[("view", View::All.as_str())])
    }
}

/// One conversation with everything beside it.
#[derive(Template, WebTemplate)]
#[template(path = "messages/talk_page.html")]
pub struct TalkPage {
    pub page: Page,
    pub id: i64,
    pub name: String,
    pub initials: String,
    pub email: String,
    /// The account's page; a guest has none.
    pub account: Option<String>,
    pub status: Status,
    /// "waits since 14:31", "put off until …"
    pub stands: String,
    pub rows: Vec<TalkRow>,
    pub entries: Vec<EntryView>,
    pub older: Option<String>,
    /// Number, path, day, total, standing.
    pub orders: Vec<(String, String, String, String, String)>,
    /// Value and words.
    pub about: Vec<(String, String)>,
    pub answerers: Vec<(String, String)>,
    /// Whoever takes care: the value in that choice.
    pub assigned: FormView,
    pub replies: Vec<(String, String)>,
    pub laters: Vec<(String, String)>,
    pub seen: i64,
    pub answer: FormView,
    pub note: FormView,
    pub snooze: FormView,
    pub may_answer: bool,
}

/// What a conversation's page is made of.
pub struct Whole {
    pub own: Conversation,
    pub rows: Vec<Row>,
    pub entries: Vec<EntryView>,
    pub older: Option<String>,
    pub orders: Vec<OrderRow>,
    pub about: Vec<(OrderId, OrderNumber)>,
    pub answerers: Vec<Answerer>,
    pub replies: Vec<SavedReply>,
}

/// The forms of the page as they were sent.
#[derive(Default)]
pub struct Forms {
    pub answer: Option<FormView>,
    pub note: FormView,
    pub snooze: Option<FormView>,
    /// The page goes on from what was sent: what its writer has seen stays what it was.
    pub seen: Option<i64>,
}

impl TalkPage {
    pub fn new(page: Page, whole: Whole, last_order: Option<OrderId>, forms: Forms) -> TalkPage {
        let Whole { own, rows, entries, older, orders, about, answerers, replies } = whole;
        let stands = match (own.status, own.snoozed_until, own.waiting_since) {
            (Status::Snoozed, Some(until), _) => page.named("messages-snoozed-until", &page.minute(until, page.zone)),
            (Status::Closed, ..) => page.t("messages-status-closed"),
            (_, _, Some(since)) => page.named("messages-waits-since", &page.lately(since, page.now, page.zone)),
            _ => page.t("messages-answered"),
        };
        let nobody = ("0".to_owned(), page.t("messages-nobody"));
        let answerers = answerers.iter().map(|one| (one.id.to_string(), one.name.clone()));
        let nothing = ("0".to_owned(), page.t("messages-about-nothing"));
        let about = about.iter().map(|(id, number)| (id.to_string(), page.named("messages-about-order", &number.to_string())));
        let assigned = own.staff.map_or("0".to_owned(), |id| id.to_string());
        let order = last_order.map_or("0".to_owned(), |id| id.to_string());
        let later = |one: &Later| (one.to_string(), page.t(&format!("messages-later-{one}")));
        TalkPage {
            id: own.id.0,
            name: own.called().to_owned(),
            initials: initials(own.called()),
            email: own.email.clone(),
            account: own.customer.filter(|_| page.may(Right::ViewCustomers)).map(paths::admin_customer),
            status: own.status,
            stands,
            rows: rows.iter().map(|row| talk_row(&page, row, row.id == own.id)).collect(),
            entries,
            older,
            orders: orders.iter().map(|row| order_row(&page, row)).collect(),
            about: [nothing].into_iter().chain(about).collect(),
            answerers: [nobody].into_iter().chain(answerers).collect(),
            assigned: FormView::filled([("staff", assigned)]),
            replies: replies.iter().map(|one| (one.id.to_string(), one.title.clone())).collect(),
            laters: Later::ALL.iter().map(later).collect(),
            seen: forms.seen.unwrap_or(own.newest.0),
            answer: forms.answer.unwrap_or_else(|| FormView::filled([("order", order)])),
            note: forms.note,
            snooze: forms.snooze.unwrap_or_else(|| FormView::filled([("later", Later::Tomorrow.to_string())])),
            may_answer: page.may(Right::AnswerMessages),
            page,
        }
    }

    fn part(&self, name: &str) -> String {
        paths::admin_conversation_part(self.id, name)
    }

    /// "Answer to Marta Wolf"
    fn label(&self) -> String {
        self.page.named("messages-answer-to", &self.name)
    }

    fn is_closed(&self) -> bool {
        self.status == Status::Closed
    }

    fn is_open(&self) -> bool {
        self.status == Status::Open
    }
}

fn order_row(page: &Page, row: &OrderRow) -> (String, String, String, String, String) {
    let total = row.currency.parse::<Currency>().map(|currency| page.money(Money::new(row.total, currency)));
    let state = page.t(&format!("orders-payment-{}", row.payment_status));
    let path = paths::admin_order(OrderNumber(row.number));
    (format!("#{}", row.number), path, page.minute(row.placed_at, page.zone), total.unwrap_or_default(), state)
}

/// The first word to somebody.
#[derive(Template, WebTemplate)]
#[template(path = "messages/begin_page.html")]
pub struct BeginPage {
    pub page: Page,
    pub who: String,
    pub email: String,
    /// "About order 1042"
    pub about: String,
    pub form: FormView,
    pub action: String,
    pub back: String,
}

/// The saved replies, with the form of a new one.
#[derive(Template, WebTemplate)]
#[template(path = "messages/replies_page.html")]
pub struct RepliesPage {
    pub page: Page,
    pub replies: Vec<SavedReply>,
    pub form: FormView,
}

impl RepliesPage {
    fn path(&self, reply: &SavedReply) -> String {
        paths::admin_saved_reply(reply.id)
    }

    fn removal(&self, reply: &SavedReply) -> String {
        paths::admin_saved_reply_removal(reply.id)
    }
}

/// The form of a saved reply.
#[derive(Template, WebTemplate)]
#[template(path = "messages/reply_page.html")]
pub struct ReplyPage {
    pub page: Page,
    pub id: SavedReplyId,
    pub form: FormView,
}
