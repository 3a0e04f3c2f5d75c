//! Reads of price lists and of what things cost before.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use super::lists::{PriceList, Tariff};
use super::rounding::Rounding;
use crate::platform::base::{Broke, CartId, CustomerGroupId, Moment, PriceListId, ProductId, Rate, VariantId};
use crate::platform::db::Conn;
use crate::platform::schema::{price_history, variants};

/// A list with one of its own prices, or with none.
#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: PriceListId,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = Bool)]
    for_all: bool,
    #[diesel(sql_type = Array<BigInt>)]
    groups: Vec<CustomerGroupId>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    valid_from: Option<Moment>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    valid_until: Option<Moment>,
    #[diesel(sql_type = Integer)]
    percent_off: i32,
    #[diesel(sql_type = Integer)]
    from_quantity: i32,
    #[diesel(sql_type = Text)]
    rounding: Rounding,
    #[diesel(sql_type = Nullable<BigInt>)]
    variant: Option<VariantId>,
    #[diesel(sql_type = Nullable<Integer>)]
    pieces: Option<i32>,
    #[diesel(sql_type = Nullable<BigInt>)]
    amount: Option<i64>,
    /// Those of the variants that are gift cards.
    #[diesel(sql_type = Array<BigInt>)]
    cards: Vec<VariantId>,
    /// The groups of the customer whose cart it is.
    #[diesel(sql_type = Array<BigInt>)]
    mine: Vec<CustomerGroupId>,
}

/// The active lists in the shop's currency that are not over, with their own prices of these variants; and the groups of the customer whose
/// cart it is (of a draft: for whom staff put it together). One query.
pub async fn tariff(conn: &mut Conn, variants: &[VariantId], cart: Option<CartId>, now: Moment) -> Result<Tariff, Broke> {
    let rows: Vec<Row> = diesel::sql_query(
        "select l.id, l.currency, l.for_all, array(select g.group_id from price_list_groups g where g.price_list_id = l.id) as groups,
                l.valid_from, l.valid_until, l.percent_off, l.from_quantity, l.rounding, p.variant_id as variant, p.from_quantity as pieces, p.amount,
                array(select v.id from variants v join products o on o.id = v.product_id where v.id = any($1) and o.gift_card) as cards,
                array(select m.group_id from customer_group_members m
                       where m.customer_id = (select coalesce(x.merged_into, x.id)
                                                from carts c left join draft_orders d on d.cart_id = c.id
                                                join customers x on x.id = coalesce(c.customer_id, d.customer_id) where c.id = $3)) as mine
           from price_lists l
           left join price_list_prices p on p.price_list_id = l.id and p.variant_id = any($1)
          where l.active and (l.valid_until is null or l.valid_until > $2) and l.currency = (select s.currency from settings s)
            and (l.percent_off > 0 or p.variant_id is not null)
          order by l.position, l.id, p.variant_id, p.from_quantity",
    )
    .bind::<Array<BigInt>, _>(variants)
    .bind::<Timestamptz, _>(now)
    .bind::<Nullable<BigInt>, _>(cart)
    .load(conn)
    .await?;
    let mut tariff = Tariff::default();
    for row in rows {
        if tariff.lists.last().is_none_or(|last| last.id != row.id) {
            tariff.lists.push(row.list()?);
        }
        let step = row.variant.zip(row.pieces.zip(row.amount));
        if let (Some(list), Some((variant, step))) = (tariff.lists.last_mut(), step) {
            list.prices.entry(variant).or_default().push(step);
        }
        tariff.groups = row.mine;
    }
    Ok(tariff)
}

impl Row {
    fn list(&self) -> Result<PriceList, Broke> {
        let currency = self.currency.parse().map_err(|()| anyhow::anyhow!("{} is no currency", self.currency))?;
        Ok(PriceList {
            id: self.id,
            currency,
            groups: (!self.for_all).then(|| self.groups.clone()),
            from: self.valid_from,
            until: self.valid_until,
            off: Rate(self.percent_off),
            from_quantity: self.from_quantity,
            rounding: self.rounding,
            spares: self.cards.clone(),
            prices: HashMap::new(),
        })
    }
}

/// A price that everybody could buy at, and from when until when.
#[derive(Clone, Debug, Queryable)]
pub struct PastPrice {
    pub variant: VariantId,
    pub amount: i64,
    /// What stood beside it as the price before.
    pub compare_at: Option<i64>,
    pub from: Moment,
    /// `None`: the price of now.
    pub until: Option<Moment>,
}

/// The prices of a product's variants, the newest first; at most so many.
pub async fn history(conn: &mut Conn, product: ProductId, most: i64) -> QueryResult<Vec<PastPrice>> {
    price_history::table
        .inner_join(variants::table.on(variants::id.eq(price_history::variant_id)))
        .filter(variants::product_id.eq(product))
        .filter(price_history::valid_until.is_null().or(price_history::valid_until.gt(price_history::valid_from.nullable())))
        .order((variants::position, variants::id, price_history::valid_from.desc(), price_history::id.desc()))
        .select((
            price_history::variant_id,
            price_history::amount,
            price_history::compare_at,
            price_history::valid_from,
            price_history::valid_until,
        ))
        .limit(most)
        .load(conn)
        .await
}
