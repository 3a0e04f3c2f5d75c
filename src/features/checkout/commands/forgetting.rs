//! Forgetting who stood at a payment page: an order keeps what it needs itself, and who never paid is nobody's business any more.

use chrono::Duration;
use diesel::sql_types::{Array, BigInt, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::engines::tax::vat_checks;
use crate::platform::base::{CartId, Moment, OrderId};
use crate::platform::db::{self, Conn};

/// The payment is over, and staff have nothing to look at any more.
const SETTLED: &str = "p.state not in ('pending', 'flagged', 'voiding') and p.attention is null";

/// Empties names, addresses, e-mail, note and VAT id beside payments; goods and amounts stay, for the books. `$1`: the moment.
fn emptying(which: &str) -> String {
    let nobody = |part: &str| {
        format!("jsonb_build_object('name', '', 'street', '', 'city', '', 'country', s.snapshot #>> '{{order,{part},country}}')")
    };
    format!(
        "update payment_sessions s set forgotten_at = $1, email = '', snapshot = case when s.snapshot is null then null else
            jsonb_set(jsonb_set(jsonb_set(jsonb_set(s.snapshot #- '{{order,vat_id}}' #- '{{order,standing}}',
                '{{order,email}}', '\"forgotten@example.invalid\"'), '{{order,note}}', '\"\"'),
                '{{order,shipping_address}}', {}), '{{order,billing_address}}', {}) end
           from payments p
          where p.id = s.payment_id and s.forgotten_at is null and {SETTLED} and ({which})",
        nobody("shipping_address"),
        nobody("billing_address"),
    )
}

/// Empties payments that are settled and older than this, or whose person asked to be forgotten. What staff still have to look at keeps
/// them. Returns how many.
pub async fn forget(conn: &mut Conn, known_for: Duration, now: Moment) -> diesel::QueryResult<usize> {
    db::sql(emptying("s.created_at <= $2 or s.forget_asked"))
        .bind::<Timestamptz, _>(now)
        .bind::<Timestamptz, _>(now - known_for)
        .execute(conn)
        .await
}

/// Forgets what somebody told the checkout and stands beside their payments: by their addresses (in small letters), their carts and
/// their orders. What is being paid right now is forgotten once that is settled.
pub async fn forget_person(
    tx: &mut Conn,
    emails: &[String],
    carts: &[CartId],
    orders: &[OrderId],
    now: Moment,
) -> diesel::QueryResult<()> {
    let carts: Vec<i64> = carts.iter().map(|cart| cart.0).collect();
    let orders: Vec<i64> = orders.iter().map(|order| order.0).collect();
    db::sql(
        "delete from checkouts k where (lower(k.email) = any($1) or k.cart_id = any($2))
            and not exists (select from payment_sessions s join payments p on p.id = s.payment_id
                             where s.cart_id = k.cart_id and p.state = 'pending')",
    )
    .bind::<Array<Text>, _>(emails)
    .bind::<Array<BigInt>, _>(&carts)
    .execute(tx)
    .await?;
    vat_checks::forget_asked(tx, &carts).await?;
    let theirs = "lower(s.email) = any($2) or s.cart_id = any($3) or s.order_id = any($4)";
    db::sql(emptying(theirs))
        .bind::<Timestamptz, _>(now)
        .bind::<Array<Text>, _>(emails)
        .bind::<Array<BigInt>, _>(&carts)
        .bind::<Array<BigInt>, _>(&orders)
        .execute(tx)
        .await?;
    let theirs = "lower(s.email) = any($1) or s.cart_id = any($2) or s.order_id = any($3)";
    db::sql(format!("update payment_sessions s set forget_asked = true where s.forgotten_at is null and ({theirs})"))
        .bind::<Array<Text>, _>(emails)
        .bind::<Array<BigInt>, _>(&carts)
        .bind::<Array<BigInt>, _>(&orders)
        .execute(tx)
        .await?;
    Ok(())
}

/// Deletes the notes that a checkout was begun from before a moment; run once in a while.
pub async fn forget_begun(conn: &mut Conn, before: Moment) -> diesel::QueryResult<usize> {
    db::sql("delete from checkouts_begun where at < $1").bind::<Timestamptz, _>(before).execute(conn).await
}
