//! The lists of the desk: searched, the latest first, page by page by the newest message.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use super::THEIR_ORDERS;
use crate::features::messages::model::{Status, View};
use crate::platform::base::{ConversationId, MessageId, Moment, StaffId};
use crate::platform::db::{self, Conn};

/// Conversations on one page.
pub const PAGE: usize = 40;

/// Where a page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begin {
    Newest,
    Before(MessageId),
    After(MessageId),
}

/// A conversation in a list.
#[derive(Clone, Debug, QueryableByName)]
pub struct Row {
    #[diesel(sql_type = BigInt)]
    pub id: ConversationId,
    #[diesel(sql_type = Text)]
    pub email: String,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub status: Status,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub snoozed_until: Option<Moment>,
    #[diesel(sql_type = Bool)]
    pub waits: bool,
    #[diesel(sql_type = Integer)]
    pub unread: i32,
    #[diesel(sql_type = Nullable<Text>)]
    pub staff: Option<String>,
    #[diesel(sql_type = BigInt)]
    pub newest: MessageId,
    #[diesel(sql_type = Timestamptz)]
    pub newest_at: Moment,
    /// The newest message.
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Text)]
    pub body: String,
    /// The order that was spoken of last.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub number: Option<i64>,
    /// The product that was asked about last.
    #[diesel(sql_type = Nullable<Text>)]
    pub product: Option<String>,
}

/// A page of a list, and whether newer and older ones exist.
pub struct Found {
    pub rows: Vec<Row>,
    pub newer: bool,
    pub older: bool,
}

/// What belongs into a list, as a condition in SQL; `$3` is whoever looks.
const fn condition(view: View) -> &'static str {
    match view {
        View::Open => "c.status = 'open'",
        View::Mine => "c.status <> 'closed' and c.staff_id = $3",
        View::Unassigned => "c.status = 'open' and c.staff_id is null",
        View::Unread => "c.staff_unread > 0",
        View::Snoozed => "c.status = 'snoozed'",
        View::Closed => "c.status = 'closed'",
        View::All => "true",
    }
}

/// A page of a list; words are looked for in names, addresses, what was said, and as an order's number.
pub async fn list(conn: &mut Conn, view: View, words: &str, me: StaffId, begin: Begin) -> QueryResult<Found> {
    let words = words.trim().trim_start_matches('#').to_lowercase();
    let like = format!("%{}%", words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
    let (edge, order, at) = match begin {
        Begin::Newest => ("$4 = 0", "desc", 0),
        Begin::Before(MessageId(at)) => ("c.newest_id < $4", "desc", at),
        Begin::After(MessageId(at)) => ("c.newest_id > $4", "asc", at),
    };
    let sql = format!(
        "select c.id, coalesce(cu.email, c.email) as email, coalesce(nullif(cu.name, ''), c.name) as name, c.status,
                c.snoozed_until, c.waiting_since is not null as waits, c.staff_unread as unread,
                coalesce(nullif(s.name, ''), s.email) as staff, c.newest_id as newest, c.newest_at,
                coalesce(m.kind, 'question') as kind, left(coalesce(m.body, ''), 300) as body,
                (select o.number from messages x join orders o on o.id = x.order_id
                  where x.conversation_id = c.id order by x.id desc limit 1) as number,
                (select p.title from messages x join products p on p.id = x.product_id
                  where x.conversation_id = c.id order by x.id desc limit 1) as product
           from conversations c left join customers cu on cu.id = c.customer_id left join staff s on s.id = c.staff_id
           left join messages m on m.id = c.newest_id
          where {condition} and ({edge}) and $3 > 0
            and ($1 = '%%' or lower(coalesce(nullif(cu.name, ''), c.name)) || ' ' || coalesce(cu.email, c.email) like $1
                 or exists (select from messages w where w.conversation_id = c.id and lower(w.body) like $1)
                 or $2 > 0 and exists (select from orders o where o.number = $2
                     and ({THEIR_ORDERS} or exists (select from messages w where w.conversation_id = c.id and w.order_id = o.id))))
          order by c.newest_id {order} limit {limit}",
        condition = condition(view),
        limit = PAGE + 1
    );
    let mut rows: Vec<Row> = diesel::sql_query(sql)
        .bind::<Text, _>(&like)
        .bind::<BigInt, _>(words.parse::<i64>().unwrap_or(0))
        .bind::<BigInt, _>(me)
        .bind::<BigInt, _>(at)
        .load(conn)
        .await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let (newer, older) = match begin {
        Begin::Newest => (false, more),
        Begin::Before(_) => (true, more),
        Begin::After(_) => (more, true),
    };
    if matches!(begin, Begin::After(_)) {
        rows.reverse();
    }
    Ok(Found { rows, newer, older })
}

/// How many conversations each list has.
#[derive(Clone, Debug, Default, QueryableByName)]
pub struct Counts {
    #[diesel(sql_type = BigInt)]
    pub open: i64,
    #[diesel(sql_type = BigInt)]
    pub mine: i64,
    #[diesel(sql_type = BigInt)]
    pub unassigned: i64,
    #[diesel(sql_type = BigInt)]
    pub unread: i64,
    #[diesel(sql_type = BigInt)]
    pub snoozed: i64,
}

impl Counts {
    /// The count of a list that is worth a number.
    pub fn of(&self, view: View) -> Option<i64> {
        match view {
            View::Open => Some(self.open),
            View::Mine => Some(self.mine),
            View::Unassigned => Some(self.unassigned),
            View::Unread => Some(self.unread),
            View::Snoozed => Some(self.snoozed),
            View::Closed | View::All => None,
        }
    }
}

pub async fn counts(conn: &mut Conn, me: StaffId) -> QueryResult<Counts> {
    db::sql(
        "select count(*) filter (where status = 'open') as open,
                count(*) filter (where status <> 'closed' and staff_id = $1) as mine,
                count(*) filter (where status = 'open' and staff_id is null) as unassigned,
                count(*) filter (where staff_unread > 0) as unread,
                count(*) filter (where status = 'snoozed') as snoozed
           from conversations where status <> 'closed' or staff_unread > 0",
    )
    .bind::<BigInt, _>(me)
    .get_result(conn)
    .await
}
