//! What was said in a conversation, and what the shop wrote about its orders, newest first, page by page by key.

use std::str::FromStr;

use chrono::DateTime;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use rocket::form::{self, FromFormField, ValueField};

use super::THEIR_ORDERS;
use crate::features::messages::model::{Channel, Trust};
use crate::platform::base::{BadText, ConversationId, Moment, OrderId};
use crate::platform::db::{self, Conn};

/// Messages on one page.
const PAGE: usize = 50;

/// What somebody may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Staff: everything.
    Desk(ConversationId),
    /// The customer: everything but notes.
    Customer(ConversationId),
    /// Whoever has a guest's link: the same without the letters about orders.
    Guest(ConversationId),
    /// Whoever has an order's link: what is about that order.
    Order(OrderId),
}

/// Something in a conversation.
#[derive(Clone, Debug, QueryableByName)]
pub struct Entry {
    /// 0: a message; 1: a letter of the shop.
    #[diesel(sql_type = Integer)]
    pub source: i32,
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// "question", "answer", "note", "letter"
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Text)]
    pub channel: Channel,
    /// The subject of a letter or mail.
    #[diesel(sql_type = Text)]
    pub subject: String,
    #[diesel(sql_type = Text)]
    pub body: String,
    #[diesel(sql_type = Text)]
    pub quoted: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub number: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub order_id: Option<OrderId>,
    #[diesel(sql_type = Nullable<Text>)]
    pub product: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub handle: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub staff: Option<String>,
    #[diesel(sql_type = Text)]
    pub sender: String,
    #[diesel(sql_type = Text)]
    pub trust: Trust,
    #[diesel(sql_type = Bool)]
    pub automatic: bool,
    #[diesel(sql_type = Timestamptz)]
    pub at: Moment,
}

impl Entry {
    fn edge(&self) -> Edge {
        Edge { at: self.at, source: self.source, id: self.id }
    }
}

/// Where a page ends: "1795824000000000.0.17".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    at: Moment,
    source: i32,
    id: i64,
}

impl std::fmt::Display for Edge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.at.timestamp_micros(), self.source, self.id)
    }
}

impl FromStr for Edge {
    type Err = BadText;
    fn from_str(text: &str) -> Result<Self, BadText> {
        let mut parts = text.splitn(3, '.').map(str::parse::<i64>);
        let mut next = || parts.next().and_then(Result::ok).ok_or(BadText("error-choice"));
        let (at, source, id) = (next()?, next()?, next()?);
        // From 1970 to 2100: what PostgreSQL has dates for.
        let at = Some(at).filter(|at| (0..4_102_444_800_000_000).contains(at)).and_then(DateTime::from_timestamp_micros);
        let source = i32::try_from(source).map_err(|_| BadText("error-choice"))?;
        Ok(Edge { at: at.ok_or(BadText("error-choice"))?, source, id })
    }
}

#[rocket::async_trait]
impl<'r> FromFormField<'r> for Edge {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        field.value.parse().map_err(|why: BadText| form::Error::validation(why.0).into())
    }
}

/// A page of a conversation, the oldest of it first.
pub struct Thread {
    pub entries: Vec<Entry>,
    /// Where the page of what is older begins.
    pub older: Option<Edge>,
}

/// What is seen within a scope, before an edge or at the end.
pub async fn thread(conn: &mut Conn, scope: Scope, before: Option<Edge>) -> QueryResult<Thread> {
    let (conversation, order, notes, letters) = match scope {
        Scope::Desk(id) => (id.0, 0, true, true),
        Scope::Customer(id) => (id.0, 0, false, true),
        Scope::Guest(id) => (id.0, 0, false, false),
        Scope::Order(order) => (0, order.0, false, false),
    };
    let edge = before.unwrap_or(Edge { at: DateTime::from_timestamp_nanos(i64::MAX), source: 9, id: i64::MAX });
    let sql = format!(
        "select * from (
           (select 0 as source, m.id, m.kind, m.channel, m.subject, m.body, m.quoted, o.number, m.order_id,
                   p.title as product, case when p.status = 'active' then p.handle end as handle,
                   coalesce(nullif(s.name, ''), s.email) as staff, m.sender, m.trust, m.automatic, m.at
              from messages m left join orders o on o.id = m.order_id left join products p on p.id = m.product_id
              left join staff s on s.id = m.staff_id
             where ($1 = 0 or m.conversation_id = $1) and ($2 = 0 or m.order_id = $2) and ($3 or m.kind <> 'note')
               and (m.at, 0, m.id) < ($5, $6, $7)
             order by m.at desc, m.id desc limit {limit})
           union all
           (select 1, l.id, 'letter', 'mail', l.subject, l.body_text, '', o.number, o.id, null, null, null, '', 'proved', false,
                   l.created_at
              from conversations c join orders o on {THEIR_ORDERS} join mails l on l.order_id = o.id
             where $4 and c.id = $1 and o.number > 0 and lower(l.recipient) = lower(o.email)
               and l.kind not in ('order_notice', 'message_answer') and l.html <> ''
               and (l.created_at, 1, l.id) < ($5, $6, $7)
             order by l.created_at desc, l.id desc limit {limit})
         ) entries order by at desc, source desc, id desc limit {limit}",
        limit = PAGE + 1
    );
    let mut entries: Vec<Entry> = db::sql(sql)
        .bind::<BigInt, _>(conversation)
        .bind::<BigInt, _>(order)
        .bind::<Bool, _>(notes)
        .bind::<Bool, _>(letters)
        .bind::<Timestamptz, _>(edge.at)
        .bind::<Integer, _>(edge.source)
        .bind::<BigInt, _>(edge.id)
        .load(conn)
        .await?;
    let more = entries.len() > PAGE;
    entries.truncate(PAGE);
    let older = entries.last().filter(|_| more).map(Entry::edge);
    entries.reverse();
    Ok(Thread { entries, older })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_are_read_as_they_are_written() {
        let edge = Edge { at: DateTime::from_timestamp_micros(1_795_824_000_000_001).expect("a moment"), source: 1, id: 17 };
        assert_eq!(edge.to_string().parse(), Ok(edge));
        for bad in ["", "1", "1.2", "a.b.c", "-1.0.1", "99999999999999999999.0.1", "1.99999999999.1", "9223372036854775807.0.1"] {
            assert!(bad.parse::<Edge>().is_err(), "{bad}");
        }
    }
}
