//! The three statuses of every order, derived again from its records by the orders' own rule.

use diesel::sql_types::{BigInt, Bool, Text};
use diesel_async::RunQueryDsl;

use super::model::Outcome;
use crate::features::orders::model::{FulfilmentStatus, OrderStatus, PaymentStatus, Records, Statuses, statuses};
use crate::platform::db::Conn;

/// Orders looked at in one go.
const BATCH: usize = 1000;

#[derive(diesel::QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = Text)]
    status: OrderStatus,
    #[diesel(sql_type = Text)]
    payment_status: PaymentStatus,
    #[diesel(sql_type = Text)]
    fulfilment_status: FulfilmentStatus,
    #[diesel(sql_type = BigInt)]
    total: i64,
    #[diesel(sql_type = BigInt)]
    authorised: i64,
    #[diesel(sql_type = BigInt)]
    captured: i64,
    #[diesel(sql_type = BigInt)]
    credited: i64,
    #[diesel(sql_type = BigInt)]
    refunded: i64,
    #[diesel(sql_type = BigInt)]
    ordered: i64,
    #[diesel(sql_type = BigInt)]
    fulfilled: i64,
    #[diesel(sql_type = Bool)]
    cancelled: bool,
    #[diesel(sql_type = Bool)]
    expired: bool,
}

const QUERY: &str = "
    select o.number, o.status, o.payment_status, o.fulfilment_status, o.total,
           (select coalesce(sum(p.amount), 0)::bigint from payments p where p.order_id = o.id and p.state = 'authorised') as authorised,
           (select coalesce(sum(c.amount), 0)::bigint from payment_captures c join payments p on p.id = c.payment_id
             where p.order_id = o.id and c.state = 'done') as captured,
           (select coalesce(sum(c.amount), 0)::bigint from payment_captures c join payments p on p.id = c.payment_id
             where p.order_id = o.id and c.state = 'done' and p.credit_account_id is not null) as credited,
           (select coalesce(sum(r.amount), 0)::bigint from payment_refunds r join payments p on p.id = r.payment_id
             where p.order_id = o.id and r.state <> 'failed') as refunded,
           (select coalesce(sum(l.quantity), 0)::bigint from order_lines l where l.order_id = o.id) as ordered,
           (select coalesce(sum(f.quantity), 0)::bigint from fulfilment_lines f join order_lines l on l.id = f.order_line_id
             where l.order_id = o.id) as fulfilled,
           o.cancelled_at is not null as cancelled, o.expired_at is not null as expired
      from orders o where o.number > $1 order by o.number limit $2";

impl Row {
    fn is_right(&self) -> bool {
        let records = Records {
            total: self.total,
            authorised: self.authorised,
            captured: self.captured,
            credited: self.credited,
            refunded: self.refunded,
            ordered: self.ordered,
            fulfilled: self.fulfilled,
            cancelled: self.cancelled,
            expired: self.expired,
        };
        let stored = Statuses { order: self.status, payment: self.payment_status, fulfilment: self.fulfilment_status };
        statuses(&records) == stored
    }
}

/// Compares the stored statuses of every order with those that its records give.
pub async fn orders(conn: &mut Conn) -> diesel::QueryResult<Outcome> {
    let (mut last, mut wrong) = (0, Vec::new());
    loop {
        let query = diesel::sql_query(QUERY).bind::<BigInt, _>(last).bind::<BigInt, _>(BATCH as i64);
        let rows: Vec<Row> = query.load(conn).await?;
        wrong.extend(rows.iter().filter(|row| !row.is_right()).map(|row| format!("order {}", row.number)));
        match rows.as_slice() {
            [.., row] if rows.len() == BATCH => last = row.number,
            _ => return Ok(Outcome::of("statuses", wrong)),
        }
    }
}
