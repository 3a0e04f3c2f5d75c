//! Reads of conversations.

mod list;
mod thread;

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Bool, Integer, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use super::model::{Kind, Status};
use crate::platform::access::Right;
use crate::platform::access::queries::members;
use crate::platform::base::{
    Broke, ConversationId, CustomerId, MessageFileId, MessageId, Moment, OrderId, OrderNumber, ProductId, SavedReplyId, StaffId,
};
use crate::platform::db::{self, Conn};
use crate::platform::i18n::Locale;
use crate::platform::schema::{conversations, message_files, messages, orders, products, saved_replies};

pub use list::{Begin, Counts, Found, Row, counts, list};
pub use thread::{Edge, Entry, Scope, Thread, thread};

/// Conversations in which nobody has said anything since a moment.
pub async fn ended_before(conn: &mut Conn, before: Moment) -> QueryResult<Vec<ConversationId>> {
    conversations::table.filter(conversations::newest_at.lt(before)).select(conversations::id).load(conn).await
}

/// A conversation as its pages need it.
#[derive(Clone, Debug, QueryableByName)]
pub struct Conversation {
    #[diesel(sql_type = BigInt)]
    pub id: ConversationId,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub customer: Option<CustomerId>,
    /// Where answers go: the account's address, or the guest's.
    #[diesel(sql_type = Text)]
    pub email: String,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub locale: Locale,
    #[diesel(sql_type = Binary)]
    pub secret: Vec<u8>,
    #[diesel(sql_type = Text)]
    pub status: Status,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub snoozed_until: Option<Moment>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub staff: Option<StaffId>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub waiting_since: Option<Moment>,
    #[diesel(sql_type = Integer)]
    pub staff_unread: i32,
    #[diesel(sql_type = Integer)]
    pub customer_unread: i32,
    #[diesel(sql_type = BigInt)]
    pub newest: MessageId,
    #[diesel(sql_type = Bool)]
    pub closed_account: bool,
}

impl Conversation {
    /// The name, or the address where there is none.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { &self.email } else { &self.name }
    }
}

const SELECT: &str = "select c.id, c.customer_id as customer, coalesce(cu.email, c.email) as email,
       coalesce(nullif(cu.name, ''), c.name) as name, coalesce(cu.locale, c.locale) as locale, c.secret, c.status, c.snoozed_until,
       c.staff_id as staff, c.waiting_since, c.staff_unread, c.customer_unread, c.newest_id as newest,
       cu.closed_at is not null as closed_account
  from conversations c left join customers cu on cu.id = c.customer_id";

pub async fn conversation(conn: &mut Conn, id: ConversationId) -> QueryResult<Option<Conversation>> {
    db::sql(format!("{SELECT} where c.id = $1")).bind::<BigInt, _>(id).get_result(conn).await.optional()
}

pub async fn of_customer(conn: &mut Conn, customer: CustomerId) -> QueryResult<Option<Conversation>> {
    let sql = format!("{SELECT} where c.customer_id = $1");
    db::sql(sql).bind::<BigInt, _>(customer).get_result(conn).await.optional()
}

/// The conversation in which this message stands.
pub async fn of_message(conn: &mut Conn, message: MessageId) -> QueryResult<Option<Conversation>> {
    let sql = format!("{SELECT} where c.id = (select conversation_id from messages where id = $1)");
    db::sql(sql).bind::<BigInt, _>(message).get_result(conn).await.optional()
}

/// The orders of whoever a conversation is with, as a condition on `orders o` beside `conversations c` in SQL.
pub(super) const THEIR_ORDERS: &str = "(o.customer_id = c.customer_id
    or c.customer_id is null and o.customer_id is null and lower(o.email) = c.email)";

/// The same with those that were spoken of by somebody who had their links.
const SPOKEN_OF: &str = "exists (select from messages x where x.conversation_id = c.id and x.order_id = o.id)";

/// Whether an order is of whoever this conversation is with.
pub async fn is_order_of(conn: &mut Conn, id: ConversationId, order: OrderId) -> QueryResult<bool> {
    let sql = format!(
        "select exists (select from orders o, conversations c where o.id = $1 and c.id = $2 and ({THEIR_ORDERS} or {SPOKEN_OF})) as is_so"
    );
    #[derive(QueryableByName)]
    struct Said {
        #[diesel(sql_type = Bool)]
        is_so: bool,
    }
    let said: Said = db::sql(sql).bind::<BigInt, _>(order).bind::<BigInt, _>(id).get_result(conn).await?;
    Ok(said.is_so)
}

/// The latest orders of whoever a conversation is with: id and number.
pub async fn orders_of(conn: &mut Conn, id: ConversationId) -> QueryResult<Vec<(OrderId, OrderNumber)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        id: OrderId,
        #[diesel(sql_type = BigInt)]
        number: i64,
    }
    let sql = format!(
        "select o.id, o.number from orders o, conversations c where c.id = $1 and o.number > 0 and ({THEIR_ORDERS} or {SPOKEN_OF})
          order by o.id desc limit 50"
    );
    let rows: Vec<Row> = db::sql(sql).bind::<BigInt, _>(id).load(conn).await?;
    Ok(rows.into_iter().map(|row| (row.id, OrderNumber(row.number))).collect())
}

/// The latest orders of a customer: id and number.
pub async fn orders_of_customer(conn: &mut Conn, customer: CustomerId) -> QueryResult<Vec<(OrderId, OrderNumber)>> {
    let own = orders::table.filter(orders::customer_id.eq(customer)).filter(orders::number.gt(0)).order(orders::id.desc());
    let rows: Vec<(OrderId, i64)> = own.limit(50).select((orders::id, orders::number)).load(conn).await?;
    Ok(rows.into_iter().map(|(id, number)| (id, OrderNumber(number))).collect())
}

/// The order of this number: its id, whose it is, and the address it was placed with.
pub async fn order_of_number(
    conn: &mut Conn,
    number: OrderNumber,
) -> QueryResult<Option<(OrderId, Option<CustomerId>, String, String, Locale)>> {
    let found = orders::table.filter(orders::number.eq(number.0).and(orders::number.gt(0)));
    let columns = (orders::id, orders::customer_id, orders::email, orders::customer_name, orders::locale);
    found.select(columns).first(conn).await.optional()
}

/// A product on sale by its handle: its id and title.
pub async fn product_of_handle(conn: &mut Conn, handle: &str) -> QueryResult<Option<(ProductId, String)>> {
    let on_sale = products::handle.eq(handle).and(products::status.eq("active"));
    products::table.filter(on_sale).select((products::id, products::title)).first(conn).await.optional()
}

/// A file beside a message.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = message_files)]
pub struct MessageFile {
    pub id: MessageFileId,
    pub message_id: MessageId,
    pub name: String,
    pub mime: String,
    pub bytes: i64,
    pub width: Option<i32>,
    pub height: Option<i32>,
    pub place: String,
}

/// The files beside these messages.
pub async fn files_of(conn: &mut Conn, of: &[MessageId]) -> QueryResult<HashMap<MessageId, Vec<MessageFile>>> {
    let mut files: HashMap<MessageId, Vec<MessageFile>> = HashMap::new();
    if of.is_empty() {
        return Ok(files);
    }
    let rows = message_files::table.filter(message_files::message_id.eq_any(of.to_vec())).order(message_files::id);
    let rows: Vec<MessageFile> = rows.select(MessageFile::as_select()).load(conn).await?;
    for row in rows {
        files.entry(row.message_id).or_default().push(row);
    }
    Ok(files)
}

/// A file within what somebody may see.
pub async fn file(conn: &mut Conn, id: MessageFileId, scope: Scope) -> QueryResult<Option<MessageFile>> {
    let seen = message_files::table.inner_join(messages::table.on(messages::id.eq(message_files::message_id)));
    let seen = seen.filter(message_files::id.eq(id)).select(MessageFile::as_select()).into_boxed();
    let open = messages::kind.ne(Kind::Note);
    let seen = match scope {
        Scope::Desk(of) => seen.filter(messages::conversation_id.eq(of)),
        Scope::Customer(of) | Scope::Guest(of) => seen.filter(messages::conversation_id.eq(of).and(open)),
        Scope::Order(order) => seen.filter(messages::order_id.eq(order).and(open)),
    };
    seen.first(conn).await.optional()
}

/// The file of any conversation, for staff.
pub async fn file_for_staff(conn: &mut Conn, id: MessageFileId) -> QueryResult<Option<MessageFile>> {
    message_files::table.find(id).select(MessageFile::as_select()).first(conn).await.optional()
}

/// A reply that staff keep.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = saved_replies)]
pub struct SavedReply {
    pub id: SavedReplyId,
    pub title: String,
    pub body: String,
}

/// All saved replies, by name.
pub async fn saved(conn: &mut Conn) -> QueryResult<Vec<SavedReply>> {
    let by_name = diesel::dsl::sql::<Text>("lower(title)");
    saved_replies::table.order(by_name).limit(300).select(SavedReply::as_select()).load(conn).await
}

pub async fn saved_reply(conn: &mut Conn, id: SavedReplyId) -> QueryResult<Option<SavedReply>> {
    saved_replies::table.find(id).select(SavedReply::as_select()).first(conn).await.optional()
}

/// Somebody who answers.
#[derive(Clone, Debug)]
pub struct Answerer {
    pub id: StaffId,
    pub name: String,
}

/// Everybody of the staff who may answer, by the order they came.
pub async fn answerers(conn: &mut Conn) -> Result<Vec<Answerer>, Broke> {
    let may = members(conn).await?.into_iter();
    let may = may.filter(|one| one.disabled_at.is_none() && one.role.may(Right::AnswerMessages));
    let called = |name: String, email: String| if name.is_empty() { email } else { name };
    Ok(may.map(|one| Answerer { id: one.id, name: called(one.name, one.email) }).collect())
}
