//! The three statuses of every order, derived again from its records by the orders' own rule.

use diesel::QueryResult;
use diesel::sql_types::{BigInt, Bool, Text};
use diesel_async::RunQueryDsl;
use futures::TryStreamExt;

use super::model::Outcome;
use crate::features::orders::model::{FulfilmentStatus, OrderStatus, PaymentStatus, Records, Statuses, statuses};
use crate::platform::db::Conn;

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
           coalesce(p.authorised, 0)::bigint as authorised, coalesce(p.captured, 0)::bigint as captured, coalesce(p.credited, 0)::bigint as credited,
           coalesce(p.refunded, 0)::bigint as refunded, coalesce(l.ordered, 0)::bigint as ordered, coalesce(l.fulfilled, 0)::bigint as fulfilled,
           o.cancelled_at is not null as cancelled, o.expired_at is not null as expired
      from orders o
      left join (select p.order_id, sum(p.amount) filter (where p.state = 'authorised') as authorised, sum(c.done) as captured,
                        sum(c.done) filter (where p.credit_account_id is not null) as credited, sum(r.asked) as refunded
                   from payments p
                   left join (select payment_id, sum(amount) as done from payment_captures where state = 'done' group by 1) c on c.payment_id = p.id
                   left join (select payment_id, sum(amount) as asked from payment_refunds where state <> 'failed' group by 1) r on r.payment_id = p.id
                  group by 1) p on p.order_id = o.id
      left join (select l.order_id, sum(l.quantity) as ordered, sum(f.shipped) as fulfilled
                   from order_lines l
                   left join (select order_line_id, sum(quantity) as shipped from fulfilment_lines group by 1) f on f.order_line_id = l.id
                  group by 1) l on l.order_id = o.id";

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

/// Compares the stored statuses of every order with those that its records give. One query for all of them, whose rows are looked at as
/// they come: never more than a few are in memory.
pub async fn orders(conn: &mut Conn) -> QueryResult<Outcome> {
    let (mut rows, mut wrong) = (diesel::sql_query(QUERY).load_stream::<Row>(conn).await?, Vec::new());
    while let Some(row) = rows.try_next().await? {
        if !row.is_right() {
            wrong.push(row.number);
        }
    }
    Ok(Outcome::of_orders("statuses", wrong))
}
