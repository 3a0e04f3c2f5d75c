//! What a conversation is made of, what a saved reply says to whom, and why somebody is refused.

use chrono::Duration;

use crate::platform::base::{ConversationId, CustomerId, Message, MessageId, Moment, OrderId, ProductId, Refusal, text_enum};
use crate::platform::i18n::Locale;
use crate::platform::media::MediaRefused;

/// Characters of a message that somebody types.
pub const LONGEST: usize = 10_000;
/// Characters that are kept of a mail, and of what it quotes.
pub const LONGEST_MAIL: usize = 20_000;
/// Files beside one message.
pub const MOST_FILES: usize = 5;
/// One file: 8 MiB.
pub const MAX_FILE: usize = 8 << 20;
/// All files of a message: 16 MiB.
pub const MAX_FILES: usize = 16 << 20;
/// Messages that customers may leave in one conversation within an hour.
pub const MOST_IN_AN_HOUR: i64 = 30;
/// The same words again within this time are one message: a double click, a page sent again.
pub const SAME_WITHIN: Duration = Duration::minutes(10);
/// How far ahead a conversation may be put off.
pub const LONGEST_SNOOZE: Duration = Duration::days(366);
/// Saved replies that the shop may have.
pub const MOST_REPLIES: i64 = 200;

text_enum! {
    /// Where a conversation stands on the desk.
    Status { Open = "open", Snoozed = "snoozed", Closed = "closed" }
}

text_enum! {
    /// Who says it to whom; a note is seen by staff alone.
    Kind { Question = "question", Answer = "answer", Note = "note" }
}

text_enum! {
    /// How it came.
    Channel { Page = "page", Mail = "mail" }
}

text_enum! {
    /// How sure it is that the conversation's own customer wrote it: they were signed in or had the link or reply address that only
    /// they were sent; somebody named their address; somebody else had the reply address.
    Trust { Proved = "proved", Claimed = "claimed", OtherSender = "other_sender" }
}

text_enum! {
    /// The lists of the desk.
    View {
        Open = "open", Mine = "mine", Unassigned = "unassigned", Unread = "unread",
        Snoozed = "snoozed", Closed = "closed", All = "all",
    }
}

/// Whose conversation is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    Customer(CustomerId),
    /// Whoever has this address; a proved account of it, if there is one.
    Address {
        email: String,
        name: String,
        locale: Locale,
    },
    /// The one that a link or a reply address names.
    Known(ConversationId),
}

/// A file that was looked at and lies in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    pub name: String,
    pub mime: &'static str,
    pub bytes: i64,
    /// Pixels of a picture.
    pub size: Option<(i32, i32)>,
    pub place: String,
}

/// Something that a customer says.
#[derive(Clone, Debug)]
pub struct Said {
    pub channel: Channel,
    /// Of a mail.
    pub subject: String,
    pub body: String,
    pub quoted: String,
    pub order: Option<OrderId>,
    pub product: Option<ProductId>,
    /// The address that it names as its sender; empty: nothing to tell.
    pub sender: String,
    pub trust: Trust,
    /// Nobody wrote it: an auto-reply, a bounce.
    pub automatic: bool,
    /// Of the mail it came in.
    pub message_id: Option<String>,
    pub files: Vec<Filed>,
}

impl Said {
    /// What is typed into a page.
    pub fn on_a_page(body: &str, trust: Trust) -> Said {
        Said {
            channel: Channel::Page,
            subject: String::new(),
            body: body.trim().to_owned(),
            quoted: String::new(),
            order: None,
            product: None,
            sender: String::new(),
            trust,
            automatic: false,
            message_id: None,
            files: Vec::new(),
        }
    }
}

/// What became of something that was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    New(ConversationId, MessageId),
    /// It is there already.
    Again(ConversationId),
}

/// Something that staff say or note.
#[derive(Clone, Debug)]
pub struct Written {
    pub kind: Kind,
    pub body: String,
    pub order: Option<OrderId>,
    /// The newest message that the page showed.
    pub seen: MessageId,
    pub files: Vec<Filed>,
    /// Whether the conversation is done with it.
    pub close: bool,
}

/// Why a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileRefused {
    TooMany,
    TooLarge(String),
    /// Together.
    TooMuch,
    /// Neither a picture nor a PDF nor plain text.
    Kind(String),
    Picture(String, MediaRefused),
    /// The virus scanner found something.
    Infected(String),
    /// The virus scanner does not answer.
    Unexamined,
}

impl Refusal for FileRefused {
    fn message(&self) -> Message {
        let megabytes = |bytes: usize| (bytes >> 20) as i64;
        match self {
            FileRefused::TooMany => Message::new("messages-files-many").count("count", MOST_FILES as i64),
            FileRefused::TooLarge(name) => {
                Message::new("messages-file-large").text("name", name).count("megabytes", megabytes(MAX_FILE))
            }
            FileRefused::TooMuch => Message::new("messages-files-large").count("megabytes", megabytes(MAX_FILES)),
            FileRefused::Kind(name) => Message::new("messages-file-kind").text("name", name),
            FileRefused::Picture(name, MediaRefused::TooManyPixels) => Message::new("messages-file-pixels").text("name", name),
            FileRefused::Picture(name, _) => Message::new("messages-file-broken").text("name", name),
            FileRefused::Infected(name) => Message::new("messages-file-infected").text("name", name),
            FileRefused::Unexamined => Message::new("messages-file-unexamined"),
        }
    }
}

/// Why a customer's message is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SayRefused {
    Empty,
    /// Too many in an hour.
    TooMany,
    Gone,
}

impl Refusal for SayRefused {
    fn message(&self) -> Message {
        match self {
            SayRefused::Empty => Message::new("error-required"),
            SayRefused::TooMany => Message::new("messages-too-many"),
            SayRefused::Gone => Message::new("messages-gone"),
        }
    }
}

/// Why an act at the desk does not happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeskRefused {
    Gone,
    Empty,
    /// Something came that the writer has not seen.
    NewerCame,
    /// The order is somebody else's.
    OtherOrder,
    /// Nobody of the staff who answers.
    NotStaff,
    /// A moment that is over, or too far ahead.
    BadMoment,
    NameTaken,
    TooManyReplies,
}

impl Refusal for DeskRefused {
    fn message(&self) -> Message {
        match self {
            DeskRefused::Gone => Message::new("messages-gone"),
            DeskRefused::Empty => Message::new("error-required"),
            DeskRefused::NewerCame => Message::new("messages-newer-came"),
            DeskRefused::OtherOrder => Message::new("messages-other-order"),
            DeskRefused::NotStaff => Message::new("messages-not-staff"),
            DeskRefused::BadMoment => Message::new("messages-bad-moment"),
            DeskRefused::NameTaken => Message::new("messages-reply-taken"),
            DeskRefused::TooManyReplies => Message::new("messages-replies-many").count("count", MOST_REPLIES),
        }
    }
}

/// What stands for what in a saved reply.
#[derive(Clone, Debug, Default)]
pub struct Blanks {
    pub name: String,
    /// As customers call it: "1042"; empty where none is spoken of.
    pub order: String,
    pub shop: String,
    pub staff: String,
}

impl Blanks {
    fn value(&self, name: &str) -> Option<&str> {
        Some(match name {
            "name" => &self.name,
            "first_name" => self.name.split_whitespace().next().unwrap_or_default(),
            "order" => &self.order,
            "shop" => &self.shop,
            "staff" => &self.staff,
            _ => return None,
        })
    }

    /// Fills a text in, once: what a name itself contains stays as it is, and so does what is no blank.
    pub fn fill(&self, text: &str) -> String {
        let (mut filled, mut rest) = (String::with_capacity(text.len()), text);
        while let Some(open) = rest.find('{') {
            let (before, from) = rest.split_at(open);
            filled.push_str(before);
            let close = from.find('}');
            match close.and_then(|close| Some((close, self.value(&from[1..close])?))) {
                Some((close, value)) => {
                    filled.push_str(value);
                    rest = &from[close + 1..];
                }
                None => {
                    filled.push('{');
                    rest = &from[1..];
                }
            }
        }
        filled + rest
    }
}

/// Until when "later today", "tomorrow" and "next week" put something off: eight in the morning of the shop.
pub fn put_off(choice: Later, now: Moment, zone: chrono_tz::Tz) -> Option<Moment> {
    let here = now.with_timezone(&zone);
    let morning = |days: i64| {
        let day = here.date_naive() + Duration::days(days);
        day.and_hms_opt(8, 0, 0)?.and_local_timezone(zone).earliest().map(|at| at.to_utc())
    };
    match choice {
        Later::Hours => Some(now + Duration::hours(3)),
        Later::Tomorrow => morning(1),
        Later::Week => morning(7),
        Later::Own => None,
    }
}

text_enum! {
    /// How long something is put off.
    Later { Hours = "hours", Tomorrow = "tomorrow", Week = "week", Own = "own" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_filled_once() {
        let blanks = Blanks { name: "Marta {order} Wolf".into(), order: "1042".into(), shop: "Tea".into(), staff: "Sam".into() };
        assert_eq!(blanks.fill("Hello {first_name}, {order}."), "Hello Marta, 1042.");
        assert_eq!(blanks.fill("{name}{nobody}{ {shop}} {"), "Marta {order} Wolf{nobody}{ Tea} {");
        assert_eq!(blanks.fill("{staff"), "{staff");
        assert_eq!(blanks.fill("é{é}é"), "é{é}é");
    }

    #[test]
    fn tomorrow_is_eight_in_the_morning_of_the_shop() {
        let now: Moment = "2026-11-28T22:30:00Z".parse().expect("a moment");
        let zone = chrono_tz::Europe::Berlin;
        let at = |later| put_off(later, now, zone).map(|at| at.to_rfc3339());
        assert_eq!(at(Later::Tomorrow).as_deref(), Some("2026-11-29T07:00:00+00:00"));
        assert_eq!(at(Later::Week).as_deref(), Some("2026-12-05T07:00:00+00:00"));
        assert_eq!(at(Later::Hours).as_deref(), Some("2026-11-29T01:30:00+00:00"));
        assert_eq!(at(Later::Own), None);
    }
}
