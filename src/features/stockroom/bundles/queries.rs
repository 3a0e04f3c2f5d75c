//! Reads of bundles as staff see them.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::platform::base::{Moment, VariantId};
use crate::platform::db::{self, Conn};

/// A part with what of it can be sold.
#[derive(Clone, Debug, QueryableByName)]
pub struct Part {
    #[diesel(sql_type = BigInt)]
    pub variant: VariantId,
    #[diesel(sql_type = Text)]
    pub product: String,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub sku: String,
    /// Pieces in one bundle.
    #[diesel(sql_type = Integer)]
    pub quantity: i32,
    #[diesel(sql_type = Bool)]
    pub uncounted: bool,
    #[diesel(sql_type = BigInt)]
    pub left_over: i64,
}

/// What a bundle is made of, in its order; nothing: it is none.
pub async fn parts(conn: &mut Conn, bundle: VariantId, now: Moment) -> QueryResult<Vec<Part>> {
    db::sql(
        "select v.id as variant, p.title as product, v.title, coalesce(v.sku, '') as sku, b.quantity,
                coalesce(s.uncounted, false) as uncounted, coalesce(s.left_over, 0)::bigint as left_over
           from bundle_parts b join variants v on v.id = b.part_id join products p on p.id = v.product_id
           left join lateral (
                select bool_or(not st.tracked) as uncounted,
                       sum(greatest(st.on_hand - st.allocated - coalesce(r.held, 0), 0)) filter (where st.tracked) as left_over
                  from stock st
                  left join lateral (select sum(quantity) as held from stock_reservations
                                      where stock_id = st.id and expires_at > $2) r on true
                 where st.variant_id = v.id) s on true
          where b.bundle_id = $1 order by b.position, b.part_id",
    )
    .bind::<BigInt, _>(bundle)
    .bind::<Timestamptz, _>(now)
    .load(conn)
    .await
}
