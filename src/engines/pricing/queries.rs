//! Reads of price lists and of what things cost before.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use super::lists::{PriceList, Sale, Tariff};
use super::rounding::Rounding;
use crate::platform::base::{
    Broke, CartId, Currency, CustomerGroupId, Ending, Exchange, ExchangeRate, MarketId, Moment, PriceListId, ProductId, Rate,
    VariantId,
};
use crate::platform::db::{self, Conn};
use crate::platform::schema::{price_history, variants};

/// A list with one of its own prices, or with none; where there is no list, only where the goods are sold.
#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Nullable<BigInt>)]
    id: Option<PriceListId>,
    #[diesel(sql_type = Nullable<Text>)]
    currency: Option<String>,
    #[diesel(sql_type = Bool)]
    for_all: bool,
    #[diesel(sql_type = Array<BigInt>)]
    groups: Vec<CustomerGroupId>,
    #[diesel(sql_type = Bool)]
    all_markets: bool,
    #[diesel(sql_type = Array<BigInt>)]
    markets: Vec<MarketId>,
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
    #[diesel(sql_type = BigInt)]
    market: MarketId,
    #[diesel(sql_type = Text)]
    home: String,
    /// `None`: the shop's.
    #[diesel(sql_type = Nullable<Text>)]
    paid_in: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    rate: Option<i64>,
    #[diesel(sql_type = Text)]
    ending: Ending,
}

/// The active lists that are not over, with their own prices of these variants; the groups of the customer whose cart it is (of a draft:
/// for whom staff put it together), and where it buys: in the primary market without one. One query.
pub async fn tariff(conn: &mut Conn, variants: &[VariantId], cart: Option<CartId>, now: Moment) -> Result<Tariff, Broke> {
    let rows: Vec<Row> = db::sql(
        "with there as (
            select m.id, m.currency, m.rounding, s.currency as home,
                   (select r.rate from exchange_rates r where r.currency = m.currency order by r.day desc limit 1) as rate
              from settings s, markets m
             where m.is_primary or (m.active and m.id = (select c.market_id from carts c where c.id = $3)
                                    and (m.currency = s.currency or exists (select from exchange_rates r where r.currency = m.currency)))
             order by m.is_primary limit 1)
         select l.id, l.currency, coalesce(l.for_all, true) as for_all, coalesce(l.all_markets, true) as all_markets,
                array(select g.group_id from price_list_groups g where g.price_list_id = l.id) as groups,
                array(select k.market_id from price_list_markets k where k.price_list_id = l.id) as markets,
                l.valid_from, l.valid_until, coalesce(l.percent_off, 0) as percent_off, coalesce(l.from_quantity, 1) as from_quantity,
                coalesce(l.rounding, 'none') as rounding, p.variant_id as variant, p.from_quantity as pieces, p.amount,
                array(select v.id from variants v join products o on o.id = v.product_id where v.id = any($1) and o.gift_card) as cards,
                array(select m.group_id from customer_group_members m
                       where m.customer_id = (select coalesce(x.merged_into, x.id)
                                                from carts c left join draft_orders d on d.cart_id = c.id
                                                join customers x on x.id = coalesce(c.customer_id, d.customer_id) where c.id = $3)) as mine,
                there.id as market, there.home, there.currency as paid_in, there.rate, there.rounding as ending
           from there
           left join (price_lists l left join price_list_prices p on p.price_list_id = l.id and p.variant_id = any($1))
             on l.active and (l.valid_until is null or l.valid_until > $2) and (l.percent_off > 0 or p.variant_id is not null)
          order by l.position, l.id, p.variant_id, p.from_quantity",
    )
    .bind::<Array<BigInt>, _>(variants)
    .bind::<Timestamptz, _>(now)
    .bind::<Nullable<BigInt>, _>(cart)
    .load(conn)
    .await?;
    let first = rows.as_slice().first().ok_or_else(|| anyhow::anyhow!("a shop without its primary market"))?;
    let mut tariff = Tariff { lists: Vec::new(), groups: first.mine.clone(), sale: first.sale()? };
    for row in rows {
        let Some(id) = row.id else { continue };
        if tariff.lists.last().is_none_or(|last| last.id != id) {
            tariff.lists.push(row.list(id)?);
        }
        let step = row.variant.zip(row.pieces.zip(row.amount));
        if let (Some(list), Some((variant, step))) = (tariff.lists.last_mut(), step) {
            list.prices.entry(variant).or_default().push(step);
        }
    }
    Ok(tariff)
}

fn currency(code: &str) -> Result<Currency, Broke> {
    Ok(code.parse().map_err(|()| anyhow::anyhow!("{code} is no currency"))?)
}

impl Row {
    fn list(&self, id: PriceListId) -> Result<PriceList, Broke> {
        Ok(PriceList {
            id,
            currency: currency(self.currency.as_deref().unwrap_or_default())?,
            groups: (!self.for_all).then(|| self.groups.clone()),
            markets: (!self.all_markets).then(|| self.markets.clone()),
            from: self.valid_from,
            until: self.valid_until,
            off: Rate(self.percent_off),
            from_quantity: self.from_quantity,
            rounding: self.rounding,
            spares: self.cards.clone(),
            prices: HashMap::new(),
        })
    }

    fn sale(&self) -> Result<Sale, Broke> {
        let from = currency(&self.home)?;
        let to = self.paid_in.as_deref().map_or(Ok(from), currency)?;
        let rate = if from == to { Some(ExchangeRate::PAR) } else { self.rate.and_then(ExchangeRate::new) };
        let rate = rate.ok_or_else(|| anyhow::anyhow!("market {} has no rate", self.market))?;
        Ok(Sale { market: self.market, exchange: Exchange { from, to, rate, ending: self.ending } })
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
