//! Mail that comes in: read, put into the conversation it belongs to, never answered by itself, so that no two programs can write to
//! each other for ever. Who a mail says it is from proves nothing: the tag in a reply address, or the unguessable id of the mail that
//! is answered, say which conversation is meant; without them a mail is marked as what somebody claims.

mod reading;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

pub use reading::{Incoming, read};

use super::model::{Channel, FileRefused, Filed, Heard, Kind, Said, SayRefused, Trust, Whose};
use super::queries::{Conversation, of_message};
use super::tags::{Brought, Use};
use super::{commands, files};
use crate::features::customers::queries::account_of;
use crate::platform::base::{Broke, ConversationId, CustomerId, MessageId, Moment, OrBreak, OrderId};
use crate::platform::config::Config;
use crate::platform::db::{Conn, Db};
use crate::platform::i18n::Words;
use crate::platform::media::Store;
use crate::platform::schema::{mails, messages, orders};
use crate::platform::settings;

/// The longest mail that is read: 20 MiB.
pub const LONGEST: usize = 20 << 20;

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    Heard(ConversationId),
    /// It is there already.
    Again,
    /// It is our own, or one too many.
    Dropped,
    /// It is no mail.
    Unreadable,
}

/// What taking mail in needs.
pub struct Letterbox<'a> {
    pub db: &'a Db,
    pub store: &'a Store,
    pub config: &'a Config,
}

/// Takes a mail in, as it travelled (RFC 5322).
pub async fn take(letterbox: &Letterbox<'_>, raw: Vec<u8>, now: Moment) -> Result<Taken, Broke> {
    // Whatever a mail does to its reader, it is no more than unreadable.
    let Ok(Some(incoming)) = tokio::task::spawn_blocking(move || read(&raw)).await else { return Ok(Taken::Unreadable) };
    let (shop, place) = {
        let mut conn = letterbox.db.get().await?;
        let shop = settings::queries::facts(&mut conn).await?;
        let ours = |address: &str| letterbox.config.reply_address.as_ref().is_some_and(|own| own.tag_in(address).is_some());
        if incoming.from == shop.sender_email.to_lowercase() || ours(&incoming.from) {
            return Ok(Taken::Dropped);
        }
        if is_known(&mut conn, &incoming.message_id).await? {
            return Ok(Taken::Again);
        }
        let usual = Whose::Address { email: incoming.from.clone(), name: incoming.name.clone(), locale: shop.locale };
        let place = place_of(&mut conn, &incoming, letterbox.config).await?;
        let place = place.unwrap_or(Place { whose: usual, order: None, trust: Trust::Claimed });
        (shop, place)
    };
    let (kept, left) = keep(letterbox.store, incoming.files).await?;
    let said = Said {
        channel: Channel::Mail,
        subject: incoming.subject,
        body: body_of(incoming.body, &left, Words::new(shop.locale)),
        quoted: incoming.quoted,
        order: place.order,
        product: None,
        sender: incoming.from,
        trust: place.trust,
        automatic: incoming.automatic,
        message_id: Some(incoming.message_id),
        files: kept,
    };
    let heard = commands::say(&mut *letterbox.db.get().await?, &place.whose, &said, now).await.or_break()?;
    if !matches!(heard, Ok(Heard::New(..))) {
        let places: Vec<String> = said.files.iter().map(|file| file.place.clone()).collect();
        files::remove(letterbox.store, &places).await?;
    }
    Ok(match heard {
        Ok(Heard::New(id, _)) => Taken::Heard(id),
        Ok(Heard::Again(_)) => Taken::Again,
        Err(SayRefused::Empty | SayRefused::TooMany | SayRefused::Gone) => Taken::Dropped,
    })
}

/// The text of a mail, with the names of files that were not taken.
fn body_of(body: String, left: &[String], words: Words) -> String {
    match left {
        [] => body,
        _ => format!(
            "{}\n\n{}",
            body.chars().take(15_000).collect::<String>(),
            words.named("messages-mail-left", &left.join(", "))
        )
        .trim()
        .to_owned(),
    }
}

/// Keeps what of the files is taken; the names of the others. Of a mail one bad file does not spoil the rest.
async fn keep(store: &Store, raw: Vec<files::Raw>) -> Result<(Vec<Filed>, Vec<String>), Broke> {
    let (mut kept, mut left, mut room) = (Vec::new(), Vec::new(), super::model::MAX_FILES);
    for file in raw {
        let (name, size) = (file.name.clone(), file.bytes.len());
        if kept.len() >= super::model::MOST_FILES || size > room {
            left.push(shown(&name));
            continue;
        }
        match files::keep(store, vec![file]).await.or_break()? {
            Ok(filed) => {
                room -= size;
                kept.extend(filed);
            }
            // The mail is brought again later.
            Err(FileRefused::Unexamined) => return Err(anyhow::anyhow!("the virus scanner does not answer").into()),
            Err(_) => left.push(shown(&name)),
        }
    }
    left.truncate(20);
    Ok((kept, left))
}

fn shown(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(100).collect()
}

async fn is_known(conn: &mut Conn, message_id: &str) -> QueryResult<bool> {
    let known = messages::table.filter(messages::message_id.eq(message_id));
    diesel::select(diesel::dsl::exists(known)).get_result(conn).await
}

/// Where a mail belongs, and how sure that is.
struct Place {
    whose: Whose,
    order: Option<OrderId>,
    trust: Trust,
}

impl Place {
    /// In this conversation, since its reader was sent what the mail names.
    async fn in_thread(conn: &mut Conn, own: &Conversation, message: MessageId, from: &str) -> QueryResult<Place> {
        let order = messages::table.find(message).select(messages::order_id).first(conn).await?;
        let trust = if own.email.eq_ignore_ascii_case(from) { Trust::Proved } else { Trust::OtherSender };
        Ok(Place { whose: Whose::Known(own.id), order, trust })
    }
}

/// By the tag of a reply address, else by the mail that is answered.
async fn place_of(conn: &mut Conn, incoming: &Incoming, config: &Config) -> QueryResult<Option<Place>> {
    let tags = config.reply_address.iter().flat_map(|own| incoming.to.iter().filter_map(move |to| own.tag_in(to)));
    let tags: Vec<Brought> = tags.filter_map(Brought::read).take(5).collect();
    for brought in tags {
        let message = MessageId(brought.id);
        if let Some(own) = of_message(conn, message).await?
            && brought.is_signed(&own.secret, Use::Reply)
        {
            return Place::in_thread(conn, &own, message, &incoming.from).await.map(Some);
        }
    }
    let answers = messages::kind.eq(Kind::Answer).and(messages::message_id.eq_any(incoming.answers.clone()));
    let answered = messages::table.filter(answers).order(messages::id.desc()).select(messages::id);
    if let Some(message) = answered.first::<MessageId>(conn).await.optional()?
        && let Some(own) = of_message(conn, message).await?
    {
        return Place::in_thread(conn, &own, message, &incoming.from).await.map(Some);
    }
    letter_of(conn, incoming).await
}

/// An answer to a letter about an order, whose id can be guessed: it counts only with the address that the letter went to, and stays a claim.
async fn letter_of(conn: &mut Conn, incoming: &Incoming) -> QueryResult<Option<Place>> {
    let ids = incoming.answers.iter().filter_map(|id| id.strip_prefix("mail-")?.split('@').next()?.parse::<i64>().ok());
    let ids: Vec<i64> = ids.take(20).collect();
    let letters = mails::table.inner_join(orders::table.on(orders::id.nullable().eq(mails::order_id)));
    let to_them = mails::id.eq_any(ids).and(mails::recipient.eq(&incoming.from));
    let columns = (orders::id, orders::customer_id, orders::customer_name, orders::locale, orders::email);
    let letter = letters.filter(to_them).order(mails::id.desc()).select(columns);
    let letter: Option<(OrderId, Option<CustomerId>, String, crate::platform::i18n::Locale, String)> =
        letter.first(conn).await.optional()?;
    let Some((order, customer, name, locale, email)) = letter else { return Ok(None) };
    // A letter to staff about the order is not the customer's.
    if email.to_lowercase() != incoming.from {
        return Ok(None);
    }
    let known = match customer {
        Some(customer) => account_of(conn, customer).await?.is_some(),
        None => false,
    };
    let whose = match customer.filter(|_| known) {
        Some(customer) => Whose::Customer(customer),
        None => Whose::Address { email: incoming.from.clone(), name, locale },
    };
    Ok(Some(Place { whose, order: Some(order), trust: Trust::Claimed }))
}
