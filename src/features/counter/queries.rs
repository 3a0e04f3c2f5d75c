//! Reads of drafts, and of what may be put in one.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use super::model::DraftOrder;
use crate::platform::base::{CartId, DraftId, MarketId, Moment, OrderNumber};
use crate::platform::db::{self, Conn};
use crate::platform::i18n::Locale;
use crate::platform::schema::{carts, draft_orders, orders};

type Row = (DraftId, CartId, String, Locale, i32, i32, Option<Moment>, (Moment, Option<MarketId>), Option<i64>, Option<String>);

fn draft_of(row: Row) -> DraftOrder {
    let (id, cart, token, locale, version, links_sent, link_sent_at, (expires_at, market), number, order) = row;
    let placed = number.map(OrderNumber).zip(order);
    DraftOrder { id, cart, token, locale, market, version, links_sent, link_sent_at, expires_at, placed }
}

/// Drafts with the order that each became.
macro_rules! drafts {
    () => {
        draft_orders::table
            .inner_join(carts::table.on(carts::id.eq(draft_orders::cart_id)))
            .left_join(orders::table.on(orders::cart_id.eq(draft_orders::cart_id)))
            .select((
                draft_orders::id,
                draft_orders::cart_id,
                draft_orders::token,
                draft_orders::locale,
                draft_orders::version,
                draft_orders::links_sent,
                draft_orders::link_sent_at,
                (carts::expires_at, carts::market_id),
                orders::number.nullable(),
                orders::token.nullable(),
            ))
    };
}

pub async fn draft(conn: &mut Conn, id: DraftId) -> QueryResult<Option<DraftOrder>> {
    let row: Option<Row> = drafts!().filter(draft_orders::id.eq(id)).first(conn).await.optional()?;
    Ok(row.map(draft_of))
}

/// The draft that a payment link opens, while it is kept.
pub async fn draft_by_token(conn: &mut Conn, token: &str, now: Moment) -> QueryResult<Option<DraftOrder>> {
    let row = drafts!().filter(draft_orders::token.eq(token)).filter(carts::expires_at.gt(now));
    let row: Option<Row> = row.first(conn).await.optional()?;
    Ok(row.map(draft_of))
}

/// A draft as the list shows it.
#[derive(Clone, Debug, QueryableByName)]
pub struct ListedDraft {
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub email: String,
    #[diesel(sql_type = BigInt)]
    pub pieces: i64,
    #[diesel(sql_type = Timestamptz)]
    pub updated_at: Moment,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub link_sent_at: Option<Moment>,
    /// Of the order it became.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub number: Option<i64>,
}

/// The latest drafts, newest first.
pub async fn latest(conn: &mut Conn) -> QueryResult<Vec<ListedDraft>> {
    db::sql(
        "select d.id, coalesce(o.customer_name, c.address->>'name', '') as name, coalesce(o.email, c.email, '') as email,
                coalesce((select sum(quantity) from order_lines where order_id = o.id),
                         (select sum(quantity) from cart_lines where cart_id = d.cart_id), 0)::bigint as pieces,
                d.updated_at, d.link_sent_at, o.number
           from draft_orders d
           left join checkouts c on c.cart_id = d.cart_id
           left join orders o on o.cart_id = d.cart_id
          order by d.id desc limit 100",
    )
    .load(conn)
    .await
}

/// Something that may be put in a draft.
#[derive(Clone, Debug, QueryableByName)]
pub struct Hit {
    #[diesel(sql_type = BigInt)]
    pub variant: i64,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub variant_title: String,
    #[diesel(sql_type = Text)]
    pub sku: String,
    #[diesel(sql_type = BigInt)]
    pub price: i64,
    /// Pieces that can be promised; `None`: not counted.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub left_over: Option<i64>,
}

/// What is on sale and has these words in its title, or this SKU; at most twelve.
pub async fn hits(conn: &mut Conn, words: &str) -> QueryResult<Vec<Hit>> {
    let escaped = words.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    db::sql(
        "select v.id as variant, p.title, v.title as variant_title, coalesce(v.sku, '') as sku, v.price,
                case when not s.unlimited then s.saleable end as left_over
           from variants v join products p on p.id = v.product_id join variant_shelf s on s.variant_id = v.id
          where p.status = 'active' and v.archived_at is null
            and (lower(p.title || ' ' || v.title) like $1 or lower(v.sku) like $1)
          order by p.title, v.position, v.id limit 12",
    )
    .bind::<Text, _>(format!("%{escaped}%"))
    .load(conn)
    .await
}
