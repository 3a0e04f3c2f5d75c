//! Reads of discounts for staff: the index, what the editor offers, and past orders to try a draft on.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use super::model::{Filter, Listed, State};
use super::trial::PastOrder;
use crate::engines::promotions::{self, Facts, Item, Status};
use crate::platform::base::{CategoryId, Country, CustomerGroupId, Moment, OrderId, OrderNumber, ProductId, PromotionId};
use crate::platform::db::{self, Conn};
use crate::platform::schema::{categories, customer_groups, products};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: PromotionId,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    lane: String,
    #[diesel(sql_type = Text)]
    status: Status,
    #[diesel(sql_type = Bool)]
    coded: bool,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    starts_at: Option<Moment>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    ends_at: Option<Moment>,
    #[diesel(sql_type = Nullable<Text>)]
    code: Option<String>,
    #[diesel(sql_type = BigInt)]
    codes: i64,
    #[diesel(sql_type = BigInt)]
    uses: i64,
    #[diesel(sql_type = BigInt)]
    revenue: i64,
    #[diesel(sql_type = BigInt)]
    given: i64,
}

/// What a state means, in SQL.
fn holds(state: Option<State>) -> &'static str {
    match state {
        None => "true",
        Some(State::Draft) => "p.status = 'draft'",
        Some(State::Over) => "p.status <> 'draft' and p.ends_at <= $1",
        Some(State::Paused) => "p.status = 'paused' and (p.ends_at is null or p.ends_at > $1)",
        Some(State::Scheduled) => "p.status = 'active' and p.starts_at > $1",
        Some(State::Running) => {
            "p.status = 'active' and (p.starts_at is null or p.starts_at <= $1) and (p.ends_at is null or p.ends_at > $1)"
        }
    }
}

/// A page of the index, newest first, and one more when there is more.
pub async fn index(conn: &mut Conn, filter: &Filter, most: i64, now: Moment) -> QueryResult<Vec<Listed>> {
    let like = filter.words.trim().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let rows: Vec<Row> = diesel::sql_query(format!(
        "select p.id, p.name, l.name as lane, p.status, p.coded, p.starts_at, p.ends_at,
                (select c.code from promotion_codes c where c.promotion_id = p.id order by c.id limit 1) as code,
                (select count(*) from promotion_codes c where c.promotion_id = p.id) as codes,
                used.uses, used.revenue, used.given
           from promotions p join promotion_lanes l on l.id = p.lane_id
                cross join lateral (select count(*) as uses, coalesce(sum(o.total) filter (where o.currency = s.currency), 0)::bigint as revenue,
                                           coalesce(sum(u.amount) filter (where o.currency = s.currency), 0)::bigint as given
                                      from promotion_uses u join orders o on o.id = u.order_id cross join settings s
                                     where u.promotion_id = p.id and u.given_back_at is null) used
          where {} and p.id < $2
            and (p.name ilike '%' || $3 || '%' or exists (select from promotion_codes c where c.promotion_id = p.id and c.code like upper($3) || '%'))
          order by p.id desc limit $4",
        holds(filter.state)
    ))
    .bind::<Timestamptz, _>(now)
    .bind::<BigInt, _>(filter.before.map_or(i64::MAX, |before| before.0))
    .bind::<Text, _>(like)
    .bind::<BigInt, _>(most + 1)
    .load(conn)
    .await?;
    let listed = |row: Row| Listed {
        id: row.id,
        name: row.name,
        lane: row.lane,
        state: State::of(row.status, row.starts_at, row.ends_at, now),
        coded: row.coded,
        code: row.code,
        codes: row.codes,
        ends_at: row.ends_at,
        uses: row.uses,
        revenue: row.revenue,
        given: row.given,
    };
    Ok(rows.into_iter().map(listed).collect())
}

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    word: String,
    #[diesel(sql_type = BigInt)]
    id: ProductId,
}

/// The products that are called so (words in small letters): by handle, else SKU, else title.
pub async fn products_called(conn: &mut Conn, words: &[String]) -> QueryResult<HashMap<String, ProductId>> {
    if words.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Named> = db::sql(
        "select distinct on (word) word, id from (
            select w.word, p.id, 1 as rank from unnest($1) w(word) join products p on p.handle = w.word
            union all
            select w.word, v.product_id, 2 from unnest($1) w(word) join variants v on lower(v.sku) = w.word and v.archived_at is null
            union all
            select w.word, p.id, 3 from unnest($1) w(word) join products p on lower(p.title) = w.word) found
          order by word, rank, id",
    )
    .bind::<Array<Text>, _>(words)
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.word, row.id)).collect())
}

/// How these products are called in addresses.
pub async fn handles(conn: &mut Conn, ids: &[ProductId]) -> QueryResult<HashMap<ProductId, String>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows: Vec<(ProductId, String)> =
        products::table.filter(products::id.eq_any(ids)).select((products::id, products::handle)).load(conn).await?;
    Ok(rows.into_iter().collect())
}

/// All categories with the titles above them: "Tea › Green".
pub async fn category_choices(conn: &mut Conn) -> QueryResult<Vec<(CategoryId, String)>> {
    let rows: Vec<(CategoryId, Option<CategoryId>, String)> = categories::table
        .order(categories::id)
        .select((categories::id, categories::parent_id, categories::title))
        .load(conn)
        .await?;
    let path = |id: CategoryId| {
        let (mut titles, mut at) = (Vec::new(), Some(id));
        // A tree is never deeper than it has nodes.
        while let Some(row) = at.and_then(|id| rows.iter().find(|row| row.0 == id)).filter(|_| titles.len() <= rows.len()) {
            titles.push(row.2.clone());
            at = row.1;
        }
        titles.reverse();
        titles.join(" › ")
    };
    let mut choices: Vec<_> = rows.iter().map(|row| (row.0, path(row.0))).collect();
    choices.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(choices)
}

pub async fn group_choices(conn: &mut Conn) -> QueryResult<Vec<(CustomerGroupId, String)>> {
    customer_groups::table.order(customer_groups::name).select((customer_groups::id, customer_groups::name)).load(conn).await
}

#[derive(QueryableByName)]
struct OrderRow {
    #[diesel(sql_type = BigInt)]
    id: OrderId,
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = Timestamptz)]
    placed_at: Moment,
    #[diesel(sql_type = BigInt)]
    total: i64,
    #[diesel(sql_type = BigInt)]
    shipping: i64,
    #[diesel(sql_type = Nullable<Text>)]
    country: Option<String>,
    #[diesel(sql_type = Array<BigInt>)]
    groups: Vec<CustomerGroupId>,
    #[diesel(sql_type = Bool)]
    first_order: bool,
    #[diesel(sql_type = Array<BigInt>)]
    used: Vec<PromotionId>,
}

#[derive(QueryableByName)]
struct LineRow {
    #[diesel(sql_type = BigInt)]
    order_id: OrderId,
    #[diesel(sql_type = BigInt)]
    product_id: ProductId,
    #[diesel(sql_type = BigInt)]
    unit_price: i64,
    #[diesel(sql_type = BigInt)]
    quantity: i64,
    #[diesel(sql_type = BigInt)]
    by_hand: i64,
}

/// Orders of a period that stand, in the shop's currency, after one of them; with what promotions are held against.
pub async fn past_orders(
    conn: &mut Conn,
    (from, until): (Moment, Moment),
    currency: &str,
    after: OrderId,
    most: i64,
) -> QueryResult<Vec<PastOrder>> {
    let orders: Vec<OrderRow> = db::sql(
        "select o.id, o.number, o.placed_at, o.total, o.shipping_total + o.shipping_discount as shipping,
                o.shipping_address->>'country' as country,
                array(select m.group_id from customer_group_members m where m.customer_id = o.customer_id) as groups,
                not exists (select from orders e where e.id < o.id and e.status not in ('cancelled', 'expired')
                               and (e.customer_id = o.customer_id or lower(e.email) = lower(o.email))) as first_order,
                array(select distinct d.promotion_id from order_discounts d
                       where d.order_id = o.id and d.promotion_id is not null) as used
           from orders o
          where o.placed_at >= $1 and o.placed_at < $2 and o.currency = $3 and o.id > $4 and o.status not in ('cancelled', 'expired')
          order by o.id limit $5",
    )
    .bind::<Timestamptz, _>(from)
    .bind::<Timestamptz, _>(until)
    .bind::<Text, _>(currency)
    .bind::<BigInt, _>(after)
    .bind::<BigInt, _>(most)
    .load(conn)
    .await?;
    let ids: Vec<OrderId> = orders.iter().map(|order| order.id).collect();
    let lines: Vec<LineRow> = db::sql(
        "select l.order_id, coalesce(l.product_id, 0) as product_id, l.unit_price, l.quantity::bigint as quantity,
                coalesce((select sum(d.amount) from order_discounts d where d.order_line_id = l.id and d.name = ''), 0)::bigint as by_hand
           from order_lines l where l.order_id = any($1) order by l.order_id, l.position",
    )
    .bind::<Array<BigInt>, _>(&ids)
    .load(conn)
    .await?;
    let mut wanted: Vec<ProductId> = lines.iter().map(|line| line.product_id).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let goods = promotions::queries::goods(conn, &wanted).await?;
    let mut items: HashMap<OrderId, Vec<Item>> = HashMap::new();
    for line in lines {
        let (categories, tags) = goods.get(&line.product_id).cloned().unwrap_or_default();
        let LineRow { product_id: product, unit_price, quantity, by_hand: discount, .. } = line;
        let item = Item { product, categories, tags, unit_price, quantity, discount };
        items.entry(line.order_id).or_default().push(item);
    }
    let past = |order: OrderRow| PastOrder {
        id: order.id,
        number: OrderNumber(order.number),
        total: order.total,
        used: order.used,
        facts: Facts {
            items: items.remove(&order.id).unwrap_or_default(),
            shipping: Some(order.shipping),
            country: order.country.and_then(|code| code.parse::<Country>().ok()),
            groups: order.groups,
            first_order: Some(order.first_order),
            now: order.placed_at,
        },
    };
    Ok(orders.into_iter().map(past).collect())
}
