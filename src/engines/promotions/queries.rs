//! Reads of promotions: what may apply to a cart, and what staff see.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Integer, Jsonb, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use serde_json::Value;

use super::model::{Found, Lane, Limits, Promotion, PromotionDraft, Spent, Standing, Status};
use super::uses::{COUNTS, email_hash};
use crate::platform::base::{
    Broke, CartId, CategoryId, CustomerGroupId, Moment, ProductId, PromotionCodeId, PromotionId, PromotionLaneId,
};
use crate::platform::db::{self, Conn};
use crate::platform::i18n::Translations;
use crate::platform::schema::{promotion_codes, promotion_lanes, promotions};

/// A promotion as the table has it.
#[derive(QueryableByName)]
pub(super) struct Row {
    #[diesel(sql_type = BigInt)]
    id: PromotionId,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = BigInt)]
    lane_id: PromotionLaneId,
    #[diesel(sql_type = Integer)]
    lane_position: i32,
    #[diesel(sql_type = Text)]
    status: Status,
    #[diesel(sql_type = Bool)]
    coded: bool,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    starts_at: Option<Moment>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    ends_at: Option<Moment>,
    #[diesel(sql_type = Bool)]
    match_all: bool,
    #[diesel(sql_type = Jsonb)]
    conditions: Value,
    #[diesel(sql_type = Jsonb)]
    benefits: Value,
    #[diesel(sql_type = Nullable<Integer>)]
    most_uses: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    most_uses_per_code: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    most_uses_per_customer: Option<i32>,
    #[diesel(sql_type = Integer)]
    version: i32,
    #[diesel(sql_type = Jsonb)]
    translations: Translations,
}

impl Row {
    fn read(self) -> Result<Promotion, Broke> {
        let limits =
            Limits { overall: self.most_uses, per_code: self.most_uses_per_code, per_customer: self.most_uses_per_customer };
        let draft = PromotionDraft {
            names: self.translations.said("name"),
            name: self.name,
            lane: self.lane_id,
            status: self.status,
            coded: self.coded,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            match_all: self.match_all,
            conditions: serde_json::from_value(self.conditions)?,
            benefits: serde_json::from_value(self.benefits)?,
            limits,
        };
        Ok(Promotion { id: self.id, draft, lane_position: self.lane_position, version: self.version })
    }
}

const COLUMNS: &str =
    "p.id, p.name, p.lane_id, l.position as lane_position, p.status, p.coded, p.starts_at, p.ends_at, p.match_all,
    p.conditions, p.benefits, p.most_uses, p.most_uses_per_code, p.most_uses_per_customer, p.version, p.translations";

#[derive(QueryableByName)]
struct FoundRow {
    #[diesel(embed)]
    kept: Row,
    #[diesel(sql_type = Nullable<Text>)]
    typed: Option<String>,
    #[diesel(sql_type = Bool)]
    spent: bool,
    #[diesel(sql_type = Bool)]
    spent_by_shopper: bool,
}

#[derive(QueryableByName)]
struct Typed {
    #[diesel(sql_type = Array<Text>)]
    codes: Vec<String>,
    #[diesel(sql_type = Bool)]
    automatic: bool,
}

/// Who shops, beside whose cart it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shopper<'a> {
    /// As typed; empty: not known.
    pub email: &'a str,
}

/// The automatic promotions that run now and those of the codes in a cart, with what is left of their limits for this shopper.
/// One query where there are none.
pub async fn standing(conn: &mut Conn, cart: CartId, who: Shopper<'_>, now: Moment) -> Result<Standing, Broke> {
    let typed: Typed = db::sql(
        "select array(select code from cart_codes where cart_id = $1 order by created_at, code) as codes,
                exists (select from promotions p where p.status = 'active' and not p.coded
                           and (p.starts_at is null or p.starts_at <= $2) and (p.ends_at is null or p.ends_at > $2)) as automatic",
    )
    .bind::<BigInt, _>(cart)
    .bind::<Timestamptz, _>(now)
    .get_result(conn)
    .await?;
    if typed.codes.is_empty() && !typed.automatic {
        return Ok(Standing::default());
    }
    let found = found(conn, cart, who, now).await?;
    let known = |code: &String| found.iter().any(|found| found.code.as_ref() == Some(code));
    let unknown = typed.codes.into_iter().filter(|code| !known(code)).collect();
    Ok(Standing { found, unknown })
}

async fn found(conn: &mut Conn, cart: CartId, who: Shopper<'_>, now: Moment) -> Result<Vec<Found>, Broke> {
    let mine = "(u.customer_id = (select customer_id from carts where id = $1) or u.email_hash = $3)";
    let rows: Vec<FoundRow> = db::sql(format!(
        "with found as (
            select p.id, null::text as typed, null::bigint as code_id, null::timestamptz as typed_at from promotions p
             where p.status = 'active' and not p.coded
               and (p.starts_at is null or p.starts_at <= $2) and (p.ends_at is null or p.ends_at > $2)
            union all
            select p.id, t.code, c.id, t.created_at from cart_codes t join promotion_codes c on c.code = t.code
              join promotions p on p.id = c.promotion_id and p.coded
             where t.cart_id = $1)
         select {COLUMNS}, f.typed,
                coalesce(p.most_uses <= (select count(distinct u.cart_id) from promotion_uses u
                                          where u.promotion_id = p.id and {COUNTS} and not {OWN}), false)
                or coalesce(p.most_uses_per_code <= (select count(distinct u.cart_id) from promotion_uses u
                                          where u.code_id = f.code_id and {COUNTS} and not {OWN}), false) as spent,
                coalesce(p.most_uses_per_customer <= (select count(distinct u.cart_id) from promotion_uses u
                                          where u.promotion_id = p.id and {mine} and {COUNTS} and not {OWN}), false) as spent_by_shopper
           from found f join promotions p on p.id = f.id join promotion_lanes l on l.id = p.lane_id
          order by l.position, l.id, f.typed_at nulls first, p.id",
        OWN = "(u.order_id is null and u.cart_id = $1)",
    ))
    .bind::<BigInt, _>(cart)
    .bind::<Timestamptz, _>(now)
    .bind::<Nullable<Binary>, _>(email_hash(who.email))
    .load(conn)
    .await?;
    let read = |row: FoundRow| -> Result<Found, Broke> {
        let spent = match (row.spent, row.spent_by_shopper) {
            (true, _) => Some(Spent::ByAll),
            (false, true) => Some(Spent::ByShopper),
            _ => None,
        };
        Ok(Found { promotion: row.kept.read()?, code: row.typed, spent })
    };
    rows.into_iter().map(read).collect()
}

/// Categories (with those above them) and tags of a product.
pub type GoodsFacts = (Vec<CategoryId>, Vec<String>);

#[derive(QueryableByName)]
struct GoodsRow {
    #[diesel(sql_type = BigInt)]
    id: ProductId,
    #[diesel(sql_type = Array<Text>)]
    tags: Vec<String>,
    #[diesel(sql_type = Array<BigInt>)]
    categories: Vec<CategoryId>,
}

/// What conditions ask of goods, for all of them in one query.
pub async fn goods(conn: &mut Conn, products: &[ProductId]) -> QueryResult<HashMap<ProductId, GoodsFacts>> {
    let rows: Vec<GoodsRow> = db::sql(
        "with recursive above as (
            select pc.product_id, c.id, c.parent_id from product_categories pc join categories c on c.id = pc.category_id
             where pc.product_id = any($1)
            union
            select above.product_id, c.id, c.parent_id from above join categories c on c.id = above.parent_id)
         select p.id, p.tags, array(select above.id from above where above.product_id = p.id) as categories
           from products p where p.id = any($1)",
    )
    .bind::<Array<BigInt>, _>(products)
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, (row.categories, row.tags))).collect())
}

#[derive(QueryableByName)]
struct ShopperRow {
    #[diesel(sql_type = Array<BigInt>)]
    groups: Vec<CustomerGroupId>,
    #[diesel(sql_type = Bool)]
    known: bool,
    #[diesel(sql_type = Bool)]
    ordered: bool,
}

/// The groups that a shopper is in, and whether they order for the first time (`None` while nobody knows who they are).
pub async fn shopper(conn: &mut Conn, cart: CartId, who: Shopper<'_>) -> QueryResult<(Vec<CustomerGroupId>, Option<bool>)> {
    let email = who.email.trim().to_lowercase();
    let row: ShopperRow = db::sql(
        "with me as (select customer_id as id from carts where id = $1)
         select array(select group_id from customer_group_members where customer_id = (select id from me)) as groups,
                $2 <> '' or exists (select from me where id is not null) as known,
                exists (select from orders where customer_id = (select id from me) and status not in ('cancelled', 'expired'))
                or exists (select from orders where $2 <> '' and lower(email) = $2 and status not in ('cancelled', 'expired')) as ordered",
    )
    .bind::<BigInt, _>(cart)
    .bind::<Text, _>(email)
    .get_result(conn)
    .await?;
    Ok((row.groups, row.known.then_some(!row.ordered)))
}

pub async fn promotion(conn: &mut Conn, id: PromotionId) -> Result<Option<Promotion>, Broke> {
    let sql = format!("select {COLUMNS} from promotions p join promotion_lanes l on l.id = p.lane_id where p.id = $1");
    let row: Option<Row> = db::sql(sql).bind::<BigInt, _>(id).get_result(conn).await.optional()?;
    row.map(Row::read).transpose()
}

/// The promotions that run at this moment, with a code or by themselves.
pub async fn running(conn: &mut Conn, now: Moment) -> Result<Vec<Promotion>, Broke> {
    let rows: Vec<Row> = db::sql(format!(
        "select {COLUMNS} from promotions p join promotion_lanes l on l.id = p.lane_id
          where p.status = 'active' and (p.starts_at is null or p.starts_at <= $1) and (p.ends_at is null or p.ends_at > $1)
          order by l.position, l.id, p.id"
    ))
    .bind::<Timestamptz, _>(now)
    .load(conn)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// All lanes in their order, with the number of promotions in each.
pub async fn lanes(conn: &mut Conn) -> QueryResult<Vec<Lane>> {
    let rows: Vec<(PromotionLaneId, String)> = promotion_lanes::table
        .order((promotion_lanes::position, promotion_lanes::id))
        .select((promotion_lanes::id, promotion_lanes::name))
        .load(conn)
        .await?;
    let counts: Vec<(PromotionLaneId, i64)> = promotions::table
        .group_by(promotions::lane_id)
        .select((promotions::lane_id, diesel::dsl::count_star()))
        .load(conn)
        .await?;
    let of = |lane: PromotionLaneId| counts.iter().find(|count| count.0 == lane).map_or(0, |count| count.1);
    Ok(rows.into_iter().map(|(id, name)| Lane { id, name, promotions: of(id) }).collect())
}

/// A page of the codes of a promotion that begin with this, after a code's id.
pub async fn codes(
    conn: &mut Conn,
    promotion: PromotionId,
    begins: &str,
    after: Option<PromotionCodeId>,
    most: i64,
) -> QueryResult<Vec<(PromotionCodeId, String)>> {
    let mut query = promotion_codes::table
        .filter(promotion_codes::promotion_id.eq(promotion))
        .filter(promotion_codes::id.gt(after.map_or(0, |after| after.0)))
        .order(promotion_codes::id)
        .select((promotion_codes::id, promotion_codes::code))
        .limit(most)
        .into_boxed();
    if !begins.is_empty() {
        let escaped = begins.to_uppercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        query = query.filter(promotion_codes::code.like(format!("{escaped}%")));
    }
    query.load(conn).await
}

pub async fn count_codes(conn: &mut Conn, promotion: PromotionId) -> QueryResult<i64> {
    promotion_codes::table.filter(promotion_codes::promotion_id.eq(promotion)).count().get_result(conn).await
}
