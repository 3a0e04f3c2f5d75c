//! The mail of an answer: in its reader's language, in the thread of what was written before, with a reply address that names the
//! message it answers, where replies come in at all.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::model::Kind;
use super::queries::{Conversation, files_of, of_message};
use super::tags::{Use, sign};
use crate::platform::base::{Broke, Failed, MessageId, Never, OrBreak, OrderId, Token};
use crate::platform::config::Config;
use crate::platform::db::{self, Conn};
use crate::platform::i18n::Words;
use crate::platform::mail::{self, Draft, Letter, Threading};
use crate::platform::paths;
use crate::platform::schema::{messages, orders};
use crate::platform::settings::{self, ShopFacts};

/// Stands above everything a reply may quote.
pub(super) const ABOVE: (&str, &str) = ("##-", "-##");
/// Ids that a mail names as those before it.
const MOST_BEFORE: i64 = 10;

/// An answer whose mail is to be written.
struct Answer {
    id: MessageId,
    body: String,
    /// Id, number and token.
    order: Option<(OrderId, i64, String)>,
    files: Vec<String>,
    /// Ids of the mails before, the oldest first.
    before: Vec<String>,
    /// Of the latest mail that is answered.
    subject: String,
}

/// Writes and queues the mail of an answer; doing it again writes none twice. A note never becomes a mail.
pub async fn write(conn: &mut Conn, message: MessageId, config: &Config) -> Result<(), Broke> {
    let shop = settings::queries::facts(conn).await?;
    let written = db::transaction(conn, async |tx: &mut Conn| -> Result<(), Failed<Never>> {
        let answer = messages::table.find(message).filter(messages::kind.eq(Kind::Answer)).filter(messages::message_id.is_null());
        let locked: Option<MessageId> = answer.select(messages::id).for_update().first(tx).await.optional()?;
        let (Some(id), Some(own)) = (locked, of_message(tx, message).await?) else { return Ok(()) };
        if own.closed_account {
            return Ok(());
        }
        let answer = read(tx, id, &own).await?;
        let domain = shop.sender_email.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
        // Unguessable: whoever answers it by its id was sent it.
        let mail_id = format!("{}@{domain}", &hex::encode(Token::random().hash().as_bytes())[..40]);
        let draft = Desk { words: Words::new(own.locale), shop: &shop, config, own: &own }.draft(&answer, &mail_id)?;
        diesel::update(messages::table.find(id)).set(messages::message_id.eq(&mail_id)).execute(tx).await?;
        mail::commands::queue(tx, &draft).await?;
        Ok(())
    });
    written.await.or_break().map(|done| done.unwrap_or_else(|never| match never {}))
}

async fn read(tx: &mut Conn, id: MessageId, own: &Conversation) -> QueryResult<Answer> {
    let (body, order): (String, Option<OrderId>) =
        messages::table.find(id).select((messages::body, messages::order_id)).first(tx).await?;
    let order = match order {
        Some(order) => {
            let found = orders::table.find(order).select((orders::id, orders::number, orders::token));
            found.first(tx).await.optional()?
        }
        None => None,
    };
    let mails = messages::conversation_id.eq(own.id).and(messages::id.lt(id)).and(messages::message_id.is_not_null());
    let mails = messages::table.filter(mails).order(messages::id.desc()).limit(MOST_BEFORE);
    let mut before: Vec<(String, String, Kind)> =
        mails.select((messages::message_id.assume_not_null(), messages::subject, messages::kind)).load(tx).await?;
    let asked = before.iter().find(|(_, _, kind)| *kind == Kind::Question);
    let subject = asked.map(|(_, subject, _)| subject.clone()).unwrap_or_default();
    before.retain(|(id, ..)| !id.starts_with("sha256:"));
    before.reverse();
    let files = files_of(tx, &[id]).await?.remove(&id).unwrap_or_default();
    Ok(Answer {
        id,
        body,
        order,
        files: files.into_iter().map(|file| file.name).collect(),
        before: before.into_iter().map(|(id, ..)| id).collect(),
        subject,
    })
}

/// What a mail is written with.
struct Desk<'a> {
    words: Words,
    shop: &'a ShopFacts,
    config: &'a Config,
    own: &'a Conversation,
}

impl Desk<'_> {
    fn say(&self, key: &str, name: &str) -> String {
        self.words.with(&format!("messages-mail-{key}"), &[("name", name.into()), ("shop", self.shop.name.as_str().into())])
    }

    /// Where the whole conversation is read: in the account, beside the order, or by a link that is signed for this guest.
    fn link(&self, answer: &Answer) -> String {
        let path = match (self.own.customer, &answer.order) {
            (Some(_), _) => paths::account_messages(),
            (None, Some((_, _, token))) => paths::order(token),
            (None, None) => paths::guest_messages(&sign(&self.own.secret, Use::Link, self.own.id.0)),
        };
        self.config.absolute(&path)
    }

    fn subject(&self, answer: &Answer) -> String {
        let bare = |subject: &str| subject.trim_start_matches(|c: char| c.is_whitespace()).to_owned();
        match (answer.subject.as_str(), &answer.order) {
            ("", Some((_, number, _))) => self.say("subject-order", &number.to_string()),
            ("", None) => self.say("subject", ""),
            (said, _) if said.to_lowercase().starts_with("re:") || said.to_lowercase().starts_with("aw:") => bare(said),
            (said, _) => format!("Re: {}", bare(said)),
        }
    }

    fn draft(&self, answer: &Answer, mail_id: &str) -> anyhow::Result<Draft> {
        let tag = sign(&self.own.secret, Use::Reply, answer.id.0);
        let reply_to = self.config.reply_address.as_ref().map(|address| address.with(&tag)).unwrap_or_default();
        let mut letter = Letter::new(self.words, self.say("heading", ""));
        if !reply_to.is_empty() {
            letter = letter.say(format!("{} {} {}", ABOVE.0, self.say("above", ""), ABOVE.1));
        }
        if let Some((_, number, _)) = &answer.order {
            letter = letter.say(self.say("about", &number.to_string()));
        }
        let how = if reply_to.is_empty() { "answer-link" } else { "answer-mail" };
        let letter = letter
            .say(&answer.body)
            .facts(self.say("files", ""), answer.files.clone())
            .button(self.say("open", ""), self.link(answer))
            .say(self.say(how, ""));
        let draft = letter.draft("message_answer", &self.own.email, self.subject(answer), self.shop, self.config)?;
        let draft = match &answer.order {
            Some((order, ..)) => draft.about(*order),
            None => draft,
        };
        let in_reply_to = answer.before.last().cloned().unwrap_or_default();
        let thread = Threading { message_id: mail_id.to_owned(), reply_to, in_reply_to, references: answer.before.clone() };
        Ok(draft.threaded(thread).once(format!("message:{}", answer.id)))
    }
}
