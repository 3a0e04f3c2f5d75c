//! Reads of wishes.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Jsonb, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::platform::base::{Moment, StockWishId, VariantId};
use crate::platform::db::{self, Conn};
use crate::platform::i18n::{Locale, Said, Translations, Wording};

/// What a shopper wishes for.
#[derive(Clone, Debug)]
pub struct Goods {
    pub variant: VariantId,
    pub title: Wording,
    pub variant_title: Wording,
    pub handle: String,
    pub saleable: i64,
}

#[derive(QueryableByName)]
struct GoodsRow {
    #[diesel(sql_type = BigInt)]
    variant: VariantId,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Jsonb)]
    translations: Translations,
    #[diesel(sql_type = Text)]
    variant_title: String,
    #[diesel(sql_type = Jsonb)]
    variant_titles: Said,
    #[diesel(sql_type = Text)]
    handle: String,
    #[diesel(sql_type = BigInt)]
    saleable: i64,
}

/// A variant on offer; `None` for one that shoppers may not see.
pub async fn goods(conn: &mut Conn, variant: VariantId) -> QueryResult<Option<Goods>> {
    let row: Option<GoodsRow> = db::sql(
        "select v.id as variant, p.title, p.translations, v.title as variant_title, variant_titles(v.id) as variant_titles, p.handle,
                s.saleable
           from variants v join products p on p.id = v.product_id join variant_shelf s on s.variant_id = v.id
          where v.id = $1 and p.status = 'active'",
    )
    .bind::<BigInt, _>(variant)
    .get_result(conn)
    .await
    .optional()?;
    Ok(row.map(|row| Goods {
        variant: row.variant,
        title: row.translations.wording("title", row.title),
        variant_title: Wording::new(row.variant_title, row.variant_titles),
        handle: row.handle,
        saleable: row.saleable,
    }))
}

/// A wish.
#[derive(Clone, Debug, QueryableByName)]
pub struct Wish {
    #[diesel(sql_type = BigInt)]
    pub id: StockWishId,
    #[diesel(sql_type = BigInt)]
    pub variant: VariantId,
    #[diesel(sql_type = Text)]
    pub email: String,
    #[diesel(sql_type = Text)]
    pub locale: Locale,
    #[diesel(sql_type = Text)]
    pub token: String,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub confirmed_at: Option<Moment>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub told_at: Option<Moment>,
}

const WISH: &str = "select id, variant_id as variant, email, locale, token, confirmed_at, told_at from stock_wishes";

pub async fn wish_by_token(conn: &mut Conn, token: &str) -> QueryResult<Option<Wish>> {
    db::sql(format!("{WISH} where token = $1")).bind::<Text, _>(token).get_result(conn).await.optional()
}

pub async fn wish_by_id(conn: &mut Conn, id: StockWishId) -> QueryResult<Option<Wish>> {
    db::sql(format!("{WISH} where id = $1")).bind::<BigInt, _>(id).get_result(conn).await.optional()
}

/// The wishes for a variant that are to be told next, the longest waiting first; locked.
pub async fn next(tx: &mut Conn, variant: VariantId, most: i64) -> QueryResult<Vec<Wish>> {
    let sql = format!(
        "{WISH} where variant_id = $1 and told_at is null and confirmed_at is not null order by confirmed_at, id limit $2 for update"
    );
    db::sql(sql).bind::<BigInt, _>(variant).bind::<BigInt, _>(most).load(tx).await
}

/// A variant that can be bought again and that somebody waits for.
#[derive(Clone, Copy, Debug, QueryableByName)]
pub struct Back {
    #[diesel(sql_type = BigInt)]
    pub variant: VariantId,
    #[diesel(sql_type = Bool)]
    pub unlimited: bool,
    #[diesel(sql_type = BigInt)]
    pub saleable: i64,
}

/// What can be bought again and somebody waits for.
pub async fn back(conn: &mut Conn) -> QueryResult<Vec<Back>> {
    db::sql(
        "select s.variant_id as variant, s.unlimited, s.saleable
           from (select distinct variant_id from stock_wishes where told_at is null and confirmed_at is not null) w
           join variant_shelf s using (variant_id) join products p on p.id = s.product_id and p.status = 'active'
          where s.saleable > 0 order by s.variant_id",
    )
    .load(conn)
    .await
}

/// How many were told of a variant since then.
pub async fn told_since(conn: &mut Conn, variant: VariantId, since: Moment) -> QueryResult<i64> {
    use crate::platform::schema::stock_wishes;
    let told = stock_wishes::table.filter(stock_wishes::variant_id.eq(variant)).filter(stock_wishes::told_at.gt(since));
    told.count().get_result(conn).await
}
