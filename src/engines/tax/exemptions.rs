//! Customers and groups who pay no tax, and why.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::platform::base::{CustomerGroupId, CustomerId, Moment, StaffId};
use crate::platform::db::Conn;
use crate::platform::schema::tax_exemptions as rows;

/// Who is exempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exempt {
    Customer(CustomerId),
    Group(CustomerGroupId),
}

/// Says why somebody pays no tax; what was said before is gone. Returns that.
pub async fn set(tx: &mut Conn, who: Exempt, reason: &str, staff: StaffId, now: Moment) -> QueryResult<Option<String>> {
    let before = lift(tx, who).await?;
    let (customer, group) = match who {
        Exempt::Customer(id) => (Some(id), None),
        Exempt::Group(id) => (None, Some(id)),
    };
    let whom = (rows::customer_id.eq(customer), rows::group_id.eq(group));
    let why = (rows::reason.eq(reason), rows::staff_id.eq(staff), rows::created_at.eq(now));
    diesel::insert_into(rows::table).values((whom, why)).execute(tx).await?;
    Ok(before)
}

/// Takes an exemption away; returns the reason that it had.
pub async fn lift(tx: &mut Conn, who: Exempt) -> QueryResult<Option<String>> {
    match who {
        Exempt::Customer(id) => {
            let gone = diesel::delete(rows::table.filter(rows::customer_id.eq(id)));
            gone.returning(rows::reason).get_result(tx).await.optional()
        }
        Exempt::Group(id) => {
            let gone = diesel::delete(rows::table.filter(rows::group_id.eq(id)));
            gone.returning(rows::reason).get_result(tx).await.optional()
        }
    }
}

/// One customer becomes another, who keeps their own exemption if they have one.
pub async fn hand_over(tx: &mut Conn, from: CustomerId, into: CustomerId) -> QueryResult<()> {
    if of_customer(tx, into).await?.is_some() {
        lift(tx, Exempt::Customer(from)).await?;
    } else {
        let theirs = rows::table.filter(rows::customer_id.eq(from));
        diesel::update(theirs).set(rows::customer_id.eq(into)).execute(tx).await?;
    }
    Ok(())
}

/// Why a customer by themselves is exempt.
pub async fn of_customer(conn: &mut Conn, id: CustomerId) -> QueryResult<Option<String>> {
    rows::table.filter(rows::customer_id.eq(id)).select(rows::reason).first(conn).await.optional()
}

/// The groups that are exempt, and why.
pub async fn of_groups(conn: &mut Conn) -> QueryResult<Vec<(CustomerGroupId, String)>> {
    let found = rows::table.filter(rows::group_id.is_not_null()).select((rows::group_id.assume_not_null(), rows::reason));
    found.load(conn).await
}
