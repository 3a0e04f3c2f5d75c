//! What shoppers wait for: sold out, and they asked to be told.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::platform::base::{Moment, VariantId};
use crate::platform::db::{self, Conn};
use crate::platform::schema::stock_wishes;

/// A variant that shoppers wait for.
#[derive(Clone, Debug, QueryableByName)]
pub struct Demand {
    #[diesel(sql_type = BigInt)]
    pub variant: VariantId,
    #[diesel(sql_type = Text)]
    pub product: String,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub sku: String,
    #[diesel(sql_type = BigInt)]
    pub shoppers: i64,
    /// Since when the first of them waits.
    #[diesel(sql_type = Timestamptz)]
    pub since: Moment,
}

/// What shoppers wait for, the most wanted first; at most two hundred. Addresses that have not said yes do not count.
pub async fn demand(conn: &mut Conn) -> QueryResult<Vec<Demand>> {
    db::sql(
        "select v.id as variant, p.title as product, v.title, coalesce(v.sku, '') as sku, w.shoppers, w.since
           from (select variant_id, count(*) as shoppers, min(confirmed_at) as since from stock_wishes
                  where told_at is null and confirmed_at is not null group by variant_id) w
           join variants v on v.id = w.variant_id join products p on p.id = v.product_id
          order by w.shoppers desc, p.title, v.id limit 200",
    )
    .load(conn)
    .await
}

/// How many shoppers wait for a variant.
pub async fn shoppers_waiting(conn: &mut Conn, variant: VariantId) -> QueryResult<i64> {
    let open = stock_wishes::table.filter(stock_wishes::variant_id.eq(variant).and(stock_wishes::told_at.is_null()));
    open.filter(stock_wishes::confirmed_at.is_not_null()).count().get_result(conn).await
}
