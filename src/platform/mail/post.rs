//! The way to the SMTP server, if there is one.

use std::time::Duration;

use anyhow::Context;
use diesel::prelude::*;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{AsyncSmtpTransport, Message, Tokio1Executor};

use crate::platform::base::MailId;
use crate::platform::config::Config;

type Transport = AsyncSmtpTransport<Tokio1Executor>;

/// Connections to the SMTP server of `SMTP_URL`; without it mail is kept.
#[derive(Clone)]
pub struct Post(Option<Transport>);

impl Post {
    /// Reads the address of the server; connects when there is something to send.
    ///
    /// # Errors
    /// One sentence when `SMTP_URL` cannot be read.
    pub fn open(config: &Config) -> anyhow::Result<Post> {
        let Some(url) = &config.smtp_url else { return Ok(Post(None)) };
        let builder = Transport::from_url(url).context("SMTP_URL must look like smtps://user:password@host:465")?;
        Ok(Post(Some(builder.timeout(Some(Duration::from_secs(20))).build())))
    }

    pub(super) fn transport(&self) -> Option<&Transport> {
        self.0.as_ref()
    }

    /// Whether mail leaves the shop.
    pub fn sends(&self) -> bool {
        self.0.is_some()
    }

    /// Whether the server answers and lets us in; true where mail is kept.
    pub async fn answers(&self) -> anyhow::Result<bool> {
        match &self.0 {
            Some(transport) => Ok(transport.test_connection().await?),
            None => Ok(true),
        }
    }
}

const AUTO_SUBMITTED: HeaderName = HeaderName::new_from_ascii_str("Auto-Submitted");

/// A mail on its way.
#[derive(Queryable)]
pub(super) struct Letterbox {
    pub sender: String,
    pub recipient: String,
    pub subject: String,
    pub html: String,
    pub text: String,
    /// Message-ID, Reply-To, In-Reply-To, References; empty: as it usually is.
    pub thread: (String, String, String, String),
}

impl Letterbox {
    /// The message as it travels; the id stays the same when it is sent twice, so that the reader's program can tell.
    pub fn message(&self, mail: MailId) -> anyhow::Result<Message> {
        let sender: Mailbox = self.sender.parse().context("the shop's sender address is no address")?;
        let recipient: Mailbox = self.recipient.parse().context("the recipient's address is no address")?;
        let (id, reply_to, before, earlier) = &self.thread;
        let own = format!("<mail-{mail}@{}>", sender.email.domain());
        let parts = MultiPart::alternative_plain_html(self.text.clone(), self.html.clone());
        let mut message = Message::builder().from(sender).to(recipient).subject(self.subject.clone());
        message = match id.as_str() {
            // Nobody wrote it: programs that answer mail leave it alone (RFC 3834).
            "" => message.message_id(Some(own)).raw_header(HeaderValue::new(AUTO_SUBMITTED, "auto-generated".to_owned())),
            id => message.message_id(Some(format!("<{id}>"))),
        };
        if !reply_to.is_empty() {
            message = message.reply_to(reply_to.parse().context("the address for replies is no address")?);
        }
        if !before.is_empty() {
            message = message.in_reply_to(format!("<{before}>"));
        }
        if !earlier.is_empty() {
            let ids: Vec<String> = earlier.split_whitespace().map(|id| format!("<{id}>")).collect();
            message = message.references(ids.join(" "));
        }
        Ok(message.multipart(parts)?)
    }
}
