//! Reads of price lists and of what may get a price on one.

use std::collections::HashMap;

use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use super::model::{Hit, Kept, Listed, OwnPrice, Reach};
use crate::engines::pricing::Rounding;
use crate::platform::base::{Broke, CustomerGroupId, MarketId, Moment, PriceListId, Rate, VariantId};
use crate::platform::db::{self, Conn};
use crate::platform::schema::{
    customer_groups, markets, price_list_groups, price_list_markets, price_list_prices, price_lists, products, variants,
};

#[derive(QueryableByName)]
struct ListRow {
    #[diesel(sql_type = BigInt)]
    id: PriceListId,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = Bool)]
    active: bool,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    valid_from: Option<Moment>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    valid_until: Option<Moment>,
    #[diesel(sql_type = Integer)]
    percent_off: i32,
    #[diesel(sql_type = Integer)]
    from_quantity: i32,
    #[diesel(sql_type = Nullable<Text>)]
    groups: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    markets: Option<String>,
    #[diesel(sql_type = BigInt)]
    goods: i64,
}

/// All lists in the order in which they are asked.
pub async fn lists(conn: &mut Conn) -> QueryResult<Vec<Listed>> {
    let rows: Vec<ListRow> = db::sql(
        "select l.id, l.name, l.currency, l.active, l.valid_from, l.valid_until, l.percent_off, l.from_quantity,
                case when not l.for_all then
                    coalesce((select string_agg(g.name, ', ' order by lower(g.name))
                                from price_list_groups m join customer_groups g on g.id = m.group_id where m.price_list_id = l.id), '') end as groups,
                case when not l.all_markets then
                    coalesce((select string_agg(m.name, ', ' order by m.position, m.id)
                                from price_list_markets k join markets m on m.id = k.market_id where k.price_list_id = l.id), '') end as markets,
                (select count(distinct p.variant_id) from price_list_prices p where p.price_list_id = l.id) as goods
           from price_lists l order by l.position, l.id",
    )
    .load(conn)
    .await?;
    let list = |row: ListRow| Listed {
        id: row.id,
        name: row.name,
        currency: row.currency,
        active: row.active,
        from: row.valid_from,
        until: row.valid_until,
        off: Rate(row.percent_off),
        from_quantity: row.from_quantity,
        groups: row.groups,
        markets: row.markets,
        goods: row.goods,
    };
    Ok(rows.into_iter().map(list).collect())
}

type KeptRow = (String, String, bool, (bool, bool), Option<Moment>, Option<Moment>, i32, i32, Rounding, i32);

/// A list as its form shows it.
pub async fn list(conn: &mut Conn, id: PriceListId) -> Result<Option<Kept>, Broke> {
    let row: Option<KeptRow> = price_lists::table
        .find(id)
        .select((
            price_lists::name,
            price_lists::currency,
            price_lists::active,
            (price_lists::for_all, price_lists::all_markets),
            price_lists::valid_from,
            price_lists::valid_until,
            price_lists::percent_off,
            price_lists::from_quantity,
            price_lists::rounding,
            price_lists::version,
        ))
        .first(conn)
        .await
        .optional()?;
    let Some((name, currency, active, (for_all, all_markets), from, until, off, from_quantity, rounding, version)) = row else {
        return Ok(None);
    };
    let currency = currency.parse().map_err(|()| anyhow::anyhow!("{currency} is no currency"))?;
    let groups = price_list_groups::table.filter(price_list_groups::price_list_id.eq(id)).select(price_list_groups::group_id);
    let groups: Vec<CustomerGroupId> = groups.load(conn).await?;
    let groups = (!for_all).then_some(groups);
    let sold_in =
        price_list_markets::table.filter(price_list_markets::price_list_id.eq(id)).select(price_list_markets::market_id);
    let markets: Option<Vec<MarketId>> = if all_markets { None } else { Some(sold_in.load(conn).await?) };
    Ok(Some(Kept { id, name, currency, active, groups, markets, from, until, off: Rate(off), from_quantity, rounding, version }))
}

/// The groups that customers are put in, and the markets.
pub async fn reach(conn: &mut Conn) -> QueryResult<Reach> {
    let groups = customer_groups::table.order(customer_groups::name).select((customer_groups::id, customer_groups::name));
    let in_order = markets::table.order((markets::position, markets::is_primary.desc(), markets::id));
    Ok(Reach { groups: groups.load(conn).await?, markets: in_order.select((markets::id, markets::name)).load(conn).await? })
}

/// A list's own prices by product, from the given place on; and how many there are in all.
pub async fn own_prices(conn: &mut Conn, id: PriceListId, from: i64, most: i64) -> QueryResult<(Vec<OwnPrice>, i64)> {
    let mine = price_list_prices::table.filter(price_list_prices::price_list_id.eq(id));
    let total: i64 = mine.select(count_star()).first(conn).await?;
    type Row = (VariantId, String, String, Option<String>, i64, i32, i64);
    let rows: Vec<Row> = mine
        .inner_join(variants::table.on(variants::id.eq(price_list_prices::variant_id)))
        .inner_join(products::table.on(products::id.eq(variants::product_id)))
        .order((products::title, products::id, variants::position, variants::id, price_list_prices::from_quantity))
        .select((
            variants::id,
            products::title,
            variants::title,
            variants::sku,
            variants::price,
            price_list_prices::from_quantity,
            price_list_prices::amount,
        ))
        .offset(from)
        .limit(most)
        .load(conn)
        .await?;
    let price = |(variant, product, title, sku, usual, from_quantity, amount): Row| OwnPrice {
        variant,
        product,
        title,
        sku: sku.unwrap_or_default(),
        usual,
        from_quantity,
        amount,
    };
    Ok((rows.into_iter().map(price).collect(), total))
}

type HitRow = (VariantId, String, String, Option<String>, i64);

fn hit((variant, product, title, sku, usual): HitRow) -> Hit {
    Hit { variant, product, title, sku: sku.unwrap_or_default(), usual }
}

/// Variants with these words in their title or SKU; at most twelve.
pub async fn hits(conn: &mut Conn, words: &str) -> QueryResult<Vec<Hit>> {
    let pattern = format!("%{}%", words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
    let titled = products::title.ilike(pattern.clone()).or(variants::title.ilike(pattern.clone()));
    let rows: Vec<HitRow> = variants::table
        .inner_join(products::table.on(products::id.eq(variants::product_id)))
        .filter(variants::archived_at.is_null().and(products::status.ne("archived")))
        .filter(titled.or(variants::sku.assume_not_null().ilike(pattern)))
        .order((products::title, variants::position, variants::id))
        .select((variants::id, products::title, variants::title, variants::sku, variants::price))
        .limit(12)
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(hit).collect())
}

/// A variant that may get a price.
pub async fn variant(conn: &mut Conn, id: VariantId) -> QueryResult<Option<Hit>> {
    let row: Option<HitRow> = variants::table
        .inner_join(products::table.on(products::id.eq(variants::product_id)))
        .filter(variants::id.eq(id).and(variants::archived_at.is_null()))
        .select((variants::id, products::title, variants::title, variants::sku, variants::price))
        .first(conn)
        .await
        .optional()?;
    Ok(row.map(hit))
}

/// The variants of these SKUs.
pub async fn by_skus(conn: &mut Conn, skus: &[String]) -> QueryResult<HashMap<String, VariantId>> {
    let found = variants::table.filter(variants::sku.eq_any(skus).and(variants::archived_at.is_null()));
    let rows: Vec<(Option<String>, VariantId)> = found.select((variants::sku, variants::id)).load(conn).await?;
    Ok(rows.into_iter().filter_map(|(sku, id)| Some((sku?, id))).collect())
}
