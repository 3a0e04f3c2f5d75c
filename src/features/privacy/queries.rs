//! Reads about what is kept of people.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};
use diesel_async::RunQueryDsl;

use super::model::{Asks, Copy, Whose};
use super::retention::Times;
use super::sections::Section;
use crate::platform::base::{CustomerId, DataCopyId, Moment, OrderId, PrivacyRequestId, TokenHash};
use crate::platform::db::Conn;
use crate::platform::i18n::Locale;
use crate::platform::mail::NOBODY;
use crate::platform::schema::{customers, data_downloads, forgotten_orders, mails, orders, privacy_requests, retention_times};

/// The copy that a customer may fetch, if any.
pub async fn copy_of(conn: &mut Conn, customer: CustomerId, now: Moment) -> QueryResult<Option<Copy>> {
    let good = data_downloads::customer_id.eq(customer).and(data_downloads::expires_at.gt(now));
    let newest = data_downloads::table.filter(good).order(data_downloads::id.desc());
    newest.select((data_downloads::id, data_downloads::expires_at)).first(conn).await.optional()
}

/// Whether this is a copy that this customer may fetch.
pub async fn may_fetch(conn: &mut Conn, customer: CustomerId, copy: DataCopyId, now: Moment) -> QueryResult<bool> {
    let good = data_downloads::customer_id.eq(customer).and(data_downloads::expires_at.gt(now));
    diesel::select(diesel::dsl::exists(data_downloads::table.find(copy).filter(good))).get_result(conn).await
}

/// An open account with what it has proved.
pub async fn whose(conn: &mut Conn, customer: CustomerId) -> QueryResult<Option<Whose>> {
    let open = customers::table.find(customer).filter(customers::closed_at.is_null());
    let found: Option<(String, Option<Moment>)> =
        open.select((customers::email, customers::email_verified_at)).first(conn).await.optional()?;
    // An address that was only typed may be another person's.
    Ok(found.map(|(email, proved)| Whose { customer: Some(customer), emails: proved.map(|_| email).into_iter().collect() }))
}

/// A row of a section as JSON, in the order of its columns.
#[derive(QueryableByName)]
pub struct Row {
    #[diesel(sql_type = BigInt)]
    pub line: i64,
    #[diesel(sql_type = Text)]
    pub row: String,
}

/// The next rows of a section.
pub async fn rows(conn: &mut Conn, section: &Section, whose: &Whose, after: i64) -> QueryResult<Vec<Row>> {
    diesel::sql_query(section.query())
        .bind::<BigInt, _>(whose.customer.map_or(0, |customer| customer.0))
        .bind::<Array<Text>, _>(&whose.emails)
        .bind::<BigInt, _>(after)
        .load(conn)
        .await
}

/// How many rows of each section there are, those that have none left out.
pub async fn counts(conn: &mut Conn, sections: &[Section], whose: &Whose) -> QueryResult<Vec<(&'static str, i64)>> {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    let each: Vec<String> = sections.iter().map(Section::count).collect();
    let rows: Vec<Count> = diesel::sql_query(each.join(" union all "))
        .bind::<BigInt, _>(whose.customer.map_or(0, |customer| customer.0))
        .bind::<Array<Text>, _>(&whose.emails)
        .load(conn)
        .await?;
    let count = |section: &Section| rows.iter().find(|row| row.name == section.name).map_or(0, |row| row.count);
    Ok(sections.iter().map(|section| (section.name, count(section))).filter(|(_, count)| *count > 0).collect())
}

/// How long things are kept here.
pub async fn times(conn: &mut Conn) -> QueryResult<Times> {
    let rows: Vec<(String, i32)> =
        retention_times::table.select((retention_times::kind, retention_times::time)).load(conn).await?;
    Ok(Times::of(rows.into_iter().filter_map(|(kind, time)| Some((kind.parse().ok()?, time)))))
}

/// A request of a guest that is still good: what was asked, and for which address.
#[derive(Clone, Debug, Queryable)]
pub struct Request {
    pub id: PrivacyRequestId,
    pub asks: Asks,
    pub locale: Locale,
    pub email: String,
}

/// The columns of a request.
const REQUEST: (privacy_requests::id, privacy_requests::kind, privacy_requests::locale, orders::email) =
    (privacy_requests::id, privacy_requests::kind, privacy_requests::locale, orders::email);

/// What this token stands for. An order that joined an account meanwhile is no guest's any more.
pub async fn request_by_token(conn: &mut Conn, token: &TokenHash, now: Moment) -> QueryResult<Option<Request>> {
    let good = privacy_requests::token_hash.eq(token.as_bytes()).and(privacy_requests::expires_at.gt(now));
    let guests = orders::customer_id.is_null().and(orders::email.ne(NOBODY));
    let found = privacy_requests::table.inner_join(orders::table.on(orders::id.eq(privacy_requests::order_id)));
    found.filter(good).filter(guests).select(REQUEST).first(conn).await.optional()
}

/// A request whose mail is to be written.
pub async fn request_by_id(conn: &mut Conn, id: PrivacyRequestId) -> QueryResult<Option<Request>> {
    let guests = orders::customer_id.is_null().and(orders::email.ne(NOBODY));
    let found = privacy_requests::table.inner_join(orders::table.on(orders::id.eq(privacy_requests::order_id)));
    found.filter(privacy_requests::id.eq(id)).filter(guests).select(REQUEST).first(conn).await.optional()
}

/// The order that this link opens, where it is a guest's who can be reached: its id and address.
pub async fn guest_order(conn: &mut Conn, token: &str) -> QueryResult<Option<(OrderId, String)>> {
    let guests = orders::customer_id.is_null().and(orders::email.ne(NOBODY));
    let found = orders::table.filter(orders::token.eq(token)).filter(guests);
    found.select((orders::id, orders::email)).first(conn).await.optional()
}

/// Orders of forgotten people about which letters are left that were written before this: while an order was still open it had its
/// person, and letters.
pub async fn orders_with_letters(conn: &mut Conn, before: Moment) -> QueryResult<Vec<i64>> {
    let forgotten = forgotten_orders::reduced_at.is_not_null().and(forgotten_orders::asked_at.is_not_null());
    let left = mails::recipient.ne(NOBODY).and(mails::created_at.lt(before));
    let found = forgotten_orders::table.inner_join(mails::table.on(mails::order_id.eq(forgotten_orders::order_id.nullable())));
    found.filter(forgotten.and(left)).select(forgotten_orders::order_id).distinct().load(conn).await
}
