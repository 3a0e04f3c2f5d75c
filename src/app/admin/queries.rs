//! Reads for the management home: what waits, what was sold last, what runs low.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::platform::base::Moment;
use crate::platform::db::Conn;

/// Pieces left at which something runs low.
pub const LOW: i32 = 5;

/// Counts of what waits for a person, and of what a new shop needs; one statement.
#[derive(Clone, Debug, Default, QueryableByName)]
pub struct Waiting {
    /// Paid and not wholly shipped.
    #[diesel(sql_type = BigInt)]
    pub to_ship: i64,
    #[diesel(sql_type = BigInt)]
    pub unpaid: i64,
    #[diesel(sql_type = BigInt)]
    pub failed_mails: i64,
    /// Variants that run low or are sold out.
    #[diesel(sql_type = BigInt)]
    pub low: i64,
    #[diesel(sql_type = BigInt)]
    pub products: i64,
    #[diesel(sql_type = BigInt)]
    pub orders: i64,
    /// Methods that reach a country sold to.
    #[diesel(sql_type = BigInt)]
    pub methods: i64,
    /// Countries sold to that have a rate.
    #[diesel(sql_type = BigInt)]
    pub tax_rates: i64,
    /// Of four legal pages.
    #[diesel(sql_type = BigInt)]
    pub legal_texts: i64,
}

/// What a variant has left to sell, in SQL: on hand, less promised, less held for carts; joined to active products.
const LEFT: &str = "from variants v
  join products p on p.id = v.product_id and p.status = 'active'
  join (select s.variant_id, sum(s.on_hand - s.allocated
          - coalesce((select sum(r.quantity) from stock_reservations r where r.stock_id = s.id and r.expires_at > $1), 0))::int as left_over
          from stock s join locations l on l.id = s.location_id and l.active where s.tracked group by s.variant_id) k on k.variant_id = v.id
 where v.archived_at is null and k.left_over <= $2";

pub async fn waiting(conn: &mut Conn, now: Moment) -> QueryResult<Waiting> {
    let sql = format!(
        "select
            (select count(*) from orders where status = 'open' and payment_status in ('paid', 'partly_refunded')
                and fulfilment_status in ('unfulfilled', 'partly_fulfilled')) as to_ship,
            (select count(*) from orders where status = 'open' and payment_status in ('unpaid', 'partly_paid')) as unpaid,
            (select count(*) from mails where state = 'failed') as failed_mails,
            (select count(*) {LEFT}) as low,
            (select count(*) from (select 1 from products where status = 'active' limit 1) one) as products,
            (select count(*) from (select 1 from orders limit 1) one) as orders,
            (select count(*) from shipping_methods m where m.active and exists (select 1 from shipping_zone_countries c, settings s
                where c.zone_id = m.zone_id and c.country = any (s.countries))) as methods,
            (select count(*) from tax_rates t, settings s where t.country = any (s.countries)) as tax_rates,
            (select count(*) from legal_pages where body <> '') as legal_texts"
    );
    diesel::sql_query(sql).bind::<Timestamptz, _>(now).bind::<Integer, _>(LOW).get_result(conn).await
}

/// Something that runs low.
#[derive(Clone, Debug, QueryableByName)]
pub struct Low {
    #[diesel(sql_type = BigInt)]
    pub product: i64,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub variant: String,
    #[diesel(sql_type = Integer)]
    pub left_over: i32,
}

/// What runs low, the least first.
pub async fn running_low(conn: &mut Conn, now: Moment) -> QueryResult<Vec<Low>> {
    let sql = format!(
        "select p.id as product, p.title, v.title as variant, k.left_over {LEFT} order by k.left_over, p.title, v.id limit 5"
    );
    diesel::sql_query(sql).bind::<Timestamptz, _>(now).bind::<Integer, _>(LOW).load(conn).await
}

/// An order as the home page lists it.
#[derive(Clone, Debug, QueryableByName)]
pub struct Recent {
    #[diesel(sql_type = BigInt)]
    pub number: i64,
    #[diesel(sql_type = Text)]
    pub customer_name: String,
    #[diesel(sql_type = Text)]
    pub currency: String,
    #[diesel(sql_type = BigInt)]
    pub total: i64,
    #[diesel(sql_type = Text)]
    pub status: String,
    #[diesel(sql_type = Text)]
    pub payment_status: String,
    #[diesel(sql_type = Text)]
    pub fulfilment_status: String,
    #[diesel(sql_type = Timestamptz)]
    pub placed_at: Moment,
}

/// The latest orders, newest first.
pub async fn recent_orders(conn: &mut Conn) -> QueryResult<Vec<Recent>> {
    diesel::sql_query(
        "select number, customer_name, currency, total, status, payment_status, fulfilment_status, placed_at
           from orders order by placed_at desc, id desc limit 6",
    )
    .load(conn)
    .await
}
