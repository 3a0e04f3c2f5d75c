//! What happened to an order, and the mails about it.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;

use crate::features::orders::model::Happening;
use crate::platform::base::{Broke, MailId, Moment, OrderId};
use crate::platform::db::Conn;
use crate::platform::schema::{mails, order_timeline, staff};

/// Something that happened to an order; staff by name, or by address where there is none.
#[derive(Clone, Debug)]
pub struct Happened {
    pub what: Happening,
    pub detail: Value,
    pub staff: Option<String>,
    pub at: Moment,
}

/// What happened to an order, newest first.
pub async fn timeline_of(conn: &mut Conn, order: OrderId) -> Result<Vec<Happened>, Broke> {
    let rows: Vec<(String, Value, Option<String>, Option<String>, Moment)> = order_timeline::table
        .left_join(staff::table.on(staff::id.nullable().eq(order_timeline::staff_id)))
        .filter(order_timeline::order_id.eq(order))
        .order(order_timeline::id.desc())
        .select((
            order_timeline::kind,
            order_timeline::detail,
            staff::name.nullable(),
            staff::email.nullable(),
            order_timeline::at,
        ))
        .load(conn)
        .await?;
    let known = |(kind, detail, name, email, at): (String, Value, Option<String>, Option<String>, Moment)| {
        let staff = name.filter(|name| !name.is_empty()).or(email);
        Some(Happened { what: kind.parse().ok()?, detail, staff, at })
    };
    Ok(rows.into_iter().filter_map(known).collect())
}

/// A mail about an order.
#[derive(Clone, Debug, Queryable)]
pub struct Letter {
    pub id: MailId,
    pub kind: String,
    pub subject: String,
    pub recipient: String,
    pub at: Moment,
}

/// The mails about an order, newest first.
pub async fn letters_of(conn: &mut Conn, order: OrderId) -> QueryResult<Vec<Letter>> {
    mails::table
        .filter(mails::order_id.eq(order.0))
        .order(mails::id.desc())
        .select((mails::id, mails::kind, mails::subject, mails::recipient, mails::created_at))
        .load(conn)
        .await
}

/// A mail as it was written.
#[derive(Clone, Debug, Queryable)]
pub struct Sent {
    pub kind: String,
    pub subject: String,
    pub html: String,
    pub text: String,
    /// Why it was written: "order_shipped:17:3".
    pub cause: String,
}

/// A mail of this order.
pub async fn letter_sent(conn: &mut Conn, order: OrderId, letter: MailId) -> QueryResult<Option<Sent>> {
    let columns = (mails::kind, mails::subject, mails::html, mails::body_text, mails::dedupe_key);
    let row: Option<(String, String, String, String, Option<String>)> =
        mails::table.find(letter.0).filter(mails::order_id.eq(order.0)).select(columns).first(conn).await.optional()?;
    Ok(row.map(|(kind, subject, html, text, cause)| {
        let cause = cause.unwrap_or_else(|| format!("{kind}:{order}"));
        Sent { kind, subject, html, text, cause }
    }))
}
