//! Whose orders they are.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel_async::RunQueryDsl;

use crate::engines::promotions;
use crate::platform::base::CustomerId;
use crate::platform::db::{self, Conn};
use crate::platform::schema::orders;

/// Earlier guest orders of a customer's address join the account; only once the address is proved. Returns how many.
pub async fn adopt(tx: &mut Conn, customer: CustomerId) -> QueryResult<usize> {
    #[derive(QueryableByName)]
    struct Proved {
        #[diesel(sql_type = Text)]
        email: String,
    }
    let proved: Option<Proved> =
        db::sql("select email from customers where id = $1 and email_verified_at is not null and closed_at is null")
            .bind::<BigInt, _>(customer)
            .get_result(tx)
            .await
            .optional()?;
    let Some(proved) = proved else { return Ok(0) };
    let theirs = diesel::dsl::sql::<diesel::sql_types::Bool>("lower(email) = ").bind::<Text, _>(proved.email);
    let guests = orders::table.filter(orders::customer_id.is_null()).filter(theirs);
    diesel::update(guests).set(orders::customer_id.eq(customer)).execute(tx).await
}

/// The orders of one customer are another's from now on.
pub async fn hand_over(tx: &mut Conn, from: CustomerId, into: CustomerId) -> QueryResult<usize> {
    promotions::uses::hand_over(tx, from, into).await?;
    let theirs = orders::table.filter(orders::customer_id.eq(from));
    diesel::update(theirs).set(orders::customer_id.eq(into)).execute(tx).await
}
