//! What registers said of VAT ids: asked once, kept as the proof.

use chrono::Duration;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::register::Answer;
use super::vat_ids::VatId;
use crate::platform::base::{CartId, Moment, OrderId, VatCheckId, text_enum};
use crate::platform::db::Conn;
use crate::platform::schema::{order_tax_standings, vat_checks as rows};

text_enum! {
    /// What a register said.
    Heard { Valid = "valid", Invalid = "invalid", Away = "away" }
}

/// How long an answer is taken for today's.
const FRESH: Duration = Duration::hours(12);

/// What a register said of an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    pub id: VatCheckId,
    pub heard: Heard,
    pub register: String,
    /// The number by which the register knows the question; empty where it gave none.
    pub consultation: String,
    pub name: String,
    pub address: String,
    pub at: Moment,
}

type Row = (VatCheckId, Heard, String, String, String, String, Moment);

fn check((id, heard, register, consultation, name, address, at): Row) -> Check {
    Check { id, heard, register, consultation, name, address, at }
}

macro_rules! columns {
    () => {
        (rows::id, rows::answer, rows::register, rows::consultation, rows::name, rows::address, rows::at)
    };
}

/// The last answer about an id, while it is fresh; one that was none is asked again.
pub async fn fresh(conn: &mut Conn, id: &VatId, now: Moment) -> QueryResult<Option<Check>> {
    let last = rows::table.filter(rows::vat_id.eq(id.to_string())).filter(rows::answer.ne(Heard::Away));
    let last = last.filter(rows::at.gt(now - FRESH)).order(rows::id.desc()).select(columns!());
    let last: Option<Row> = last.first(conn).await.optional()?;
    Ok(last.map(check))
}

/// The last answer about an id, however old; also that there was none.
pub async fn latest(conn: &mut Conn, id: &VatId) -> QueryResult<Option<Check>> {
    let last = rows::table.filter(rows::vat_id.eq(id.to_string())).order(rows::id.desc()).select(columns!());
    let last: Option<Row> = last.first(conn).await.optional()?;
    Ok(last.map(check))
}

/// Keeps what a register said.
pub async fn keep(
    conn: &mut Conn,
    id: &VatId,
    register: &str,
    answer: &Answer,
    cart: Option<CartId>,
    now: Moment,
) -> QueryResult<VatCheckId> {
    let (name, address, consultation, detail) = match answer {
        Answer::Valid { name, address, consultation } => (name.as_str(), address.as_str(), consultation.as_str(), ""),
        Answer::Invalid { consultation } => ("", "", consultation.as_str(), ""),
        Answer::Away(why) => ("", "", "", why.as_str()),
    };
    let asked = (rows::vat_id.eq(id.to_string()), rows::register.eq(register), rows::cart_id.eq(cart), rows::at.eq(now));
    let said = (
        rows::answer.eq(answer.heard()),
        rows::name.eq(name),
        rows::address.eq(address),
        rows::consultation.eq(consultation),
        rows::detail.eq(detail),
    );
    diesel::insert_into(rows::table).values((asked, said)).returning(rows::id).get_result(conn).await
}

/// Forgets what was asked for carts that became no order, before a moment; proofs of orders stay as long as those. Returns how many.
pub async fn forget(conn: &mut Conn, before: Moment) -> QueryResult<usize> {
    let proofs = order_tax_standings::table.filter(order_tax_standings::vat_check_id.is_not_null());
    let proofs = proofs.select(order_tax_standings::vat_check_id.assume_not_null());
    let old = rows::table.filter(rows::at.lt(before)).filter(rows::id.ne_all(proofs));
    diesel::delete(old).execute(conn).await
}

/// Forgets what was asked for these carts; proofs of orders stay as long as those.
pub async fn forget_asked(tx: &mut Conn, carts: &[i64]) -> QueryResult<usize> {
    let proofs = order_tax_standings::table.filter(order_tax_standings::vat_check_id.is_not_null());
    let proofs = proofs.select(order_tax_standings::vat_check_id.assume_not_null());
    diesel::delete(rows::table.filter(rows::cart_id.eq_any(carts)).filter(rows::id.ne_all(proofs))).execute(tx).await
}

/// Empties the names and addresses in the proofs of these orders; that and when it was asked stays.
pub async fn forget_names(tx: &mut Conn, orders: &[OrderId]) -> QueryResult<usize> {
    let proofs = order_tax_standings::table.filter(order_tax_standings::order_id.eq_any(orders));
    let proofs: Vec<Option<VatCheckId>> = proofs.select(order_tax_standings::vat_check_id).load(tx).await?;
    let proofs: Vec<VatCheckId> = proofs.into_iter().flatten().collect();
    diesel::update(rows::table.filter(rows::id.eq_any(proofs))).set((rows::name.eq(""), rows::address.eq(""))).execute(tx).await
}
