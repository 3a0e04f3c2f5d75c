//! A mail before it is sent, and the states it goes through.

use crate::platform::base::{OrderId, text_enum};

text_enum! {
    /// Where a mail stands: `kept` is never sent because no SMTP server is configured, `failed` may be tried again.
    MailState { Waiting = "waiting", Kept = "kept", Sent = "sent", Failed = "failed" }
}

/// Nobody's address: it stands where one was that is forgotten, and nothing is sent to it.
pub const NOBODY: &str = "forgotten@account.invalid";

/// A mail to be sent, written out in HTML and in text.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What it is, for staff and tests: "order_confirmation".
    pub kind: &'static str,
    /// Whom it goes to: an address as it was parsed when it came in.
    pub recipient: String,
    pub subject: String,
    pub html: String,
    pub text: String,
    pub order: Option<OrderId>,
    /// The cause: of all drafts with this key only the first is sent.
    pub dedupe_key: Option<String>,
    pub thread: Threading,
}

/// What puts a mail into its thread; ids without their brackets. Empty: a mail of its own, that no program should answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Threading {
    pub message_id: String,
    /// Where answers go instead of the sender.
    pub reply_to: String,
    pub in_reply_to: String,
    /// The ids of what was written before, the oldest first.
    pub references: Vec<String>,
}

impl Draft {
    /// The order it is about.
    pub fn about(self, order: OrderId) -> Draft {
        Draft { order: Some(order), ..self }
    }

    /// As a part of a thread.
    pub fn threaded(self, thread: Threading) -> Draft {
        Draft { thread, ..self }
    }

    /// Sent once for this cause, however often its job runs: "order_paid:17".
    pub fn once(self, cause: impl Into<String>) -> Draft {
        Draft { dedupe_key: Some(cause.into()), ..self }
    }
}
