//! What people of the demo's past asked, and what was answered, so that the inbox lives.

use anyhow::Result;
use chrono::Duration;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::past::people;
use super::past::{hire, must};
use crate::app::exchange::Bench;
use crate::features::messages::model::{Kind, Said, Trust, Whose, Written};
use crate::features::messages::{commands, emails};
use crate::platform::access::{Person, Role};
use crate::platform::base::{ConversationId, MessageId, Moment, OrderId, ProductId};
use crate::platform::db::{self, Conn};
use crate::platform::i18n::Locale;
use crate::platform::mail;
use crate::platform::schema::{conversations, orders, products};

/// Who answers in the demo shop; nobody knows the password.
const HELPER: (&str, &str) = ("ines.kraft@example.com", "Ines Kraft");

/// What is said, so many hours ago.
enum Line {
    Asks(i64, &'static str),
    Answers(i64, &'static str),
    Notes(i64, &'static str),
}
use Line::{Answers, Asks, Notes};

/// What it is about.
#[derive(Clone, Copy)]
enum About {
    /// Their latest order, by its link.
    Order,
    Product(&'static str),
    Nothing,
}

/// How a conversation stands today.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stands {
    Open,
    Mine,
    PutOff,
    Closed,
}

struct Talk {
    /// Their place among the shoppers.
    who: usize,
    about: About,
    stands: Stands,
    lines: &'static [Line],
}

const TALKS: &[Talk] = &[
    Talk {
        who: 7,
        about: About::Nothing,
        stands: Stands::Closed,
        lines: &[
            Asks(220, "Hello! Do you also send gift cards by post? My sister does not use e-mail."),
            Answers(
                218,
                "Hello Imogen, not yet, I am afraid. We can put a handwritten card into the parcel, though: say so in the note of your order.\n\nBest wishes, Ines",
            ),
            Asks(217, "That is lovely, thank you."),
        ],
    },
    Talk {
        who: 3,
        about: About::Order,
        stands: Stands::Closed,
        lines: &[
            Asks(150, "Guten Tag, kann ich die Rechnung auch auf meine Firma bekommen?"),
            Answers(
                146,
                "Guten Tag, gern. Schreiben Sie uns die Anschrift der Firma, dann ändern wir sie an der Bestellung.\n\nViele Grüße, Ines",
            ),
            Asks(145, "Gruber Lichtplanung, Neubaugasse 33, 1070 Wien. Danke!"),
            Notes(144, "Anschrift an der Bestellung geändert."),
            Answers(144, "Erledigt: die neue Rechnung liegt auf der Seite Ihrer Bestellung."),
        ],
    },
    Talk {
        who: 5,
        about: About::Product("enamel-pendant"),
        stands: Stands::PutOff,
        lines: &[
            Asks(60, "Bonjour, will the pendant come in black before Christmas?"),
            Answers(57, "Hello Camille, the maker says the second week of December. We write to you as soon as it is here."),
            Notes(57, "Ask the maker again on Monday."),
        ],
    },
    Talk {
        who: 0,
        about: About::Order,
        stands: Stands::Mine,
        lines: &[
            Asks(30, "Hallo, einer der beiden Übertöpfe hat einen Sprung. Was kann ich tun?"),
            Answers(
                28,
                "Liebe Frau Brandt, das tut mir leid. Schicken Sie uns bitte ein Foto? Dann senden wir gleich einen neuen.\n\nInes",
            ),
        ],
    },
    Talk {
        who: 9,
        about: About::Order,
        stands: Stands::Open,
        lines: &[Asks(5, "Hi, I moved house last week. Can you still change the delivery address of this order?")],
    },
    Talk {
        who: 12,
        about: About::Nothing,
        stands: Stands::Open,
        lines: &[Asks(2, "Guten Abend, haben Sie am Samstag in Leipzig geöffnet?")],
    },
];

const REPLIES: &[(&str, &str)] = &[
    (
        "Parcel is late",
        "Hello {first_name},\n\nyour parcel of order {order} takes longer than it should. We have asked the carrier and write to you tomorrow.\n\nBest wishes, {staff}",
    ),
    (
        "Send us a photo",
        "Hello {first_name},\n\nI am sorry about that. Would you send us a photo? Then a new one is on its way at once.\n\nBest wishes, {staff}",
    ),
    (
        "How to return",
        "Hello {first_name},\n\nyou can send everything back within 30 days. Put the slip into the parcel and take it to any post office; {shop} pays.\n\nBest wishes, {staff}",
    ),
];

/// Has everything said at its time. All of it lies in the caller's transaction, and no letter leaves the house.
pub async fn talk(tx: &mut Conn, bench: &Bench, now: Moment) -> Result<usize> {
    let helper = hire(tx, HELPER, Role::Support).await?;
    for (title, body) in REPLIES {
        must(commands::add_reply(tx, title, body, &helper, now).await)?;
    }
    // In the order of their ends, so that the desk lists them so.
    for talk in TALKS {
        hold_one(tx, bench, talk, &helper, now).await?;
    }
    db::dated(tx, now).await?;
    Ok(TALKS.len())
}

async fn hold_one(tx: &mut Conn, bench: &Bench, talk: &Talk, helper: &Person, now: Moment) -> Result<()> {
    let who = &people::SHOPPERS[talk.who % people::SHOPPERS.len()];
    let locale = if who.speaks_german() { Locale::De } else { Locale::En };
    let whose = Whose::Address { email: who.email(), name: who.name.to_owned(), locale };
    let order = match talk.about {
        About::Order => latest_order(tx, &who.email()).await?,
        _ => None,
    };
    let product = match talk.about {
        About::Product(handle) => product_of(tx, handle).await?,
        _ => None,
    };
    let trust = if order.is_some() { Trust::Proved } else { Trust::Claimed };
    let sender = if order.is_some() { String::new() } else { who.email() };
    for line in talk.lines {
        let (Asks(hours, text) | Answers(hours, text) | Notes(hours, text)) = line;
        let at = now - Duration::hours(*hours);
        db::dated(tx, at).await?;
        if let Asks(..) = line {
            let said = Said { order, product, sender: sender.clone(), ..Said::on_a_page(text, trust) };
            must(commands::say_in(tx, &whose, &said, at).await)?;
            continue;
        }
        let kind = if matches!(line, Notes(..)) { Kind::Note } else { Kind::Answer };
        let (id, seen) = latest(tx, &who.email()).await?;
        let body = (*text).to_owned();
        let order = order.filter(|_| kind == Kind::Answer);
        let written = Written { kind, body, order, seen, files: Vec::new(), close: false };
        must(commands::write(tx, id, &written, helper, at).await)?;
        let (_, message) = latest(tx, &who.email()).await?;
        emails::write(tx, message, &bench.config).await.map_err(|broke| broke.0)?;
        mail::commands::keep_waiting(tx).await?;
    }
    let (id, _) = latest(tx, &who.email()).await?;
    match talk.stands {
        Stands::Open => {}
        Stands::Mine => must(commands::assign(tx, id, Some(helper.id), helper).await)?,
        Stands::PutOff => must(commands::snooze(tx, id, now + Duration::days(2), helper, now).await)?,
        Stands::Closed => must(commands::close(tx, id, helper).await)?,
    }
    Ok(())
}

/// Somebody's conversation and its newest message.
async fn latest(tx: &mut Conn, email: &str) -> QueryResult<(ConversationId, MessageId)> {
    let own = conversations::table.filter(conversations::email.eq(email));
    let (id, newest): (ConversationId, MessageId) =
        own.order(conversations::id.desc()).select((conversations::id, conversations::newest_id)).first(tx).await?;
    Ok((id, newest))
}

async fn latest_order(tx: &mut Conn, email: &str) -> QueryResult<Option<OrderId>> {
    let theirs = orders::table.filter(orders::email.eq(email)).filter(orders::number.gt(0));
    theirs.order(orders::id.desc()).select(orders::id).first(tx).await.optional()
}

async fn product_of(tx: &mut Conn, handle: &str) -> QueryResult<Option<ProductId>> {
    products::table.filter(products::handle.eq(handle)).select(products::id).first(tx).await.optional()
}
