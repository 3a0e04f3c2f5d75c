//! What bundles are made of, in the words of their parts' products.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Jsonb, Text};
use diesel_async::RunQueryDsl;

use crate::features::catalog::model::BundlePart;
use crate::platform::base::{ProductId, VariantId};
use crate::platform::db::{self, Conn};
use crate::platform::i18n::{Said, Translations, Wording};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    bundle_id: VariantId,
    #[diesel(sql_type = BigInt)]
    part_id: VariantId,
    #[diesel(sql_type = BigInt)]
    product_id: ProductId,
    #[diesel(sql_type = Integer)]
    quantity: i32,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Jsonb)]
    translations: Translations,
    #[diesel(sql_type = Text)]
    variant_title: String,
    #[diesel(sql_type = Jsonb)]
    variant_titles: Said,
    #[diesel(sql_type = Text)]
    sku: String,
    #[diesel(sql_type = Text)]
    handle: String,
    #[diesel(sql_type = Bool)]
    on_sale: bool,
    #[diesel(sql_type = Integer)]
    weight_grams: i32,
    #[diesel(sql_type = Bool)]
    requires_shipping: bool,
}

/// The parts of those that are bundles, in their order.
pub async fn bundle_parts(conn: &mut Conn, of: &[VariantId]) -> QueryResult<HashMap<VariantId, Vec<BundlePart>>> {
    let rows: Vec<Row> = db::sql(
        "select b.bundle_id, b.part_id, p.id as product_id, b.quantity, p.title, p.translations, v.title as variant_title,
                variant_titles(v.id) as variant_titles, coalesce(v.sku, '') as sku, p.handle,
                p.status = 'active' and v.archived_at is null as on_sale, v.weight_grams, v.requires_shipping
           from bundle_parts b join variants v on v.id = b.part_id join products p on p.id = v.product_id
          where b.bundle_id = any($1) order by b.bundle_id, b.position, b.part_id",
    )
    .bind::<Array<BigInt>, _>(of)
    .load(conn)
    .await?;
    let mut parts: HashMap<VariantId, Vec<BundlePart>> = HashMap::new();
    for row in rows {
        parts.entry(row.bundle_id).or_default().push(BundlePart {
            variant: row.part_id,
            product: row.product_id,
            quantity: row.quantity,
            title: row.translations.wording("title", row.title),
            variant_title: Wording::new(row.variant_title, row.variant_titles),
            sku: row.sku,
            handle: row.on_sale.then_some(row.handle),
            weight_grams: row.weight_grams,
            requires_shipping: row.requires_shipping,
        });
    }
    Ok(parts)
}
