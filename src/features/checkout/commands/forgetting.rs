//! Forgetting who stood at a payment page: an order keeps what it needs itself, and who never paid is nobody's business any more.

use chrono::Duration;
use diesel::sql_types::Timestamptz;
use diesel_async::RunQueryDsl;

use crate::platform::base::Moment;
use crate::platform::db::Conn;

/// How long names and addresses are kept beside a payment.
pub const KNOWN_FOR: Duration = Duration::days(30);

/// Empties names, addresses, e-mail and note of payments that are settled and old; goods and amounts stay, for the books. What staff
/// still have to look at keeps them. Returns how many.
pub async fn forget(conn: &mut Conn, now: Moment) -> diesel::QueryResult<usize> {
    let nobody = |part: &str| {
        format!("jsonb_build_object('name', '', 'street', '', 'city', '', 'country', s.snapshot #>> '{{order,{part},country}}')")
    };
    let sql = format!(
        "update payment_sessions s set forgotten_at = $1, email = '', snapshot = case when s.snapshot is null then null else
            jsonb_set(jsonb_set(jsonb_set(jsonb_set(s.snapshot, '{{order,email}}', '\"forgotten@example.invalid\"'), '{{order,note}}', '\"\"'),
                '{{order,shipping_address}}', {}), '{{order,billing_address}}', {}) end
           from payments p
          where p.id = s.payment_id and s.forgotten_at is null and s.created_at <= $2
            and p.state not in ('pending', 'flagged', 'voiding') and p.attention is null",
        nobody("shipping_address"),
        nobody("billing_address"),
    );
    diesel::sql_query(sql).bind::<Timestamptz, _>(now).bind::<Timestamptz, _>(now - KNOWN_FOR).execute(conn).await
}
