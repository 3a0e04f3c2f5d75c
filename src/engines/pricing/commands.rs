//! Acts on price lists, for staff pages; each settles what everybody pays, and tells the feed.

use diesel::dsl::{exists, max};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;

use super::lists::{ListDraft, ListRefused};
use super::settling::{CHANGE_PRICES, hold, settle_all};
use crate::platform::base::{Broke, CustomerGroupId, Failed, MarketId, Moment, Move, PriceListId, VariantId, moved};
use crate::platform::db::Conn;
use crate::platform::feed::{self, Subject};
use crate::platform::jobs::{self, Job};
use crate::platform::schema::{
    customer_groups, markets, price_list_groups, price_list_markets, price_list_prices, price_lists, variants,
};

diesel::define_sql_function! {
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

/// Adds a list at the end (`id` is `None`) or makes it as the draft says; `version` is the one that the form was filled with.
pub async fn save_list(
    tx: &mut Conn,
    id: Option<PriceListId>,
    version: i32,
    draft: &ListDraft,
    now: Moment,
) -> Result<PriceListId, Failed<ListRefused>> {
    draft.check()?;
    hold(tx).await?;
    let groups = groups_of(tx, draft).await?;
    let sold_in = markets_of(tx, draft).await?;
    if let Some(id) = id {
        unchanged(tx, id, version, draft).await?;
    }
    let others = price_lists::table.filter(price_lists::id.ne(id.unwrap_or(PriceListId(0))));
    let same = others.filter(lower(price_lists::name).eq(draft.name.to_lowercase()));
    if diesel::select(exists(same)).get_result(tx).await? {
        return Err(ListRefused::NameTaken.into());
    }
    let values = (
        (
            price_lists::name.eq(&*draft.name),
            price_lists::active.eq(draft.active),
            price_lists::for_all.eq(draft.groups.is_none()),
            price_lists::all_markets.eq(draft.markets.is_none()),
        ),
        (price_lists::valid_from.eq(draft.from), price_lists::valid_until.eq(draft.until), price_lists::updated_at.eq(now)),
        (price_lists::percent_off.eq(draft.off.0), price_lists::from_quantity.eq(draft.from_quantity)),
        (price_lists::rounding.eq(draft.rounding), price_lists::currency.eq(draft.currency.code())),
    );
    let saved = match id {
        Some(id) => {
            let next = price_lists::version.eq(price_lists::version + 1);
            diesel::update(price_lists::table.find(id)).set((values, next)).execute(tx).await?;
            id
        }
        None => {
            let last: Option<i32> = price_lists::table.select(max(price_lists::position)).first(tx).await?;
            let place = price_lists::position.eq(last.map_or(0, |last| last + 1));
            let new = (values, place, price_lists::created_at.eq(now));
            diesel::insert_into(price_lists::table).values(new).returning(price_lists::id).get_result(tx).await?
        }
    };
    set_groups(tx, saved, &groups).await?;
    set_markets(tx, saved, &sold_in).await?;
    turned(tx, now).await?;
    queue_turns(tx, saved, draft, now).await?;
    Ok(saved)
}

/// The groups of the draft that are there.
async fn groups_of(tx: &mut Conn, draft: &ListDraft) -> Result<Vec<CustomerGroupId>, Failed<ListRefused>> {
    let wanted = draft.groups.as_deref().unwrap_or_default();
    let there = customer_groups::table.filter(customer_groups::id.eq_any(wanted)).select(customer_groups::id);
    let groups: Vec<CustomerGroupId> = there.for_key_share().load(tx).await?;
    if draft.groups.is_some() && groups.is_empty() { Err(ListRefused::NoGroup.into()) } else { Ok(groups) }
}

/// The markets of the draft that are there.
async fn markets_of(tx: &mut Conn, draft: &ListDraft) -> Result<Vec<MarketId>, Failed<ListRefused>> {
    let wanted = draft.markets.as_deref().unwrap_or_default();
    let there = markets::table.filter(markets::id.eq_any(wanted)).select(markets::id);
    let found: Vec<MarketId> = there.for_key_share().load(tx).await?;
    if draft.markets.is_some() && found.is_empty() { Err(ListRefused::NoMarket.into()) } else { Ok(found) }
}

/// Refuses a list that somebody else saved meanwhile, and another currency for prices that it has already.
async fn unchanged(tx: &mut Conn, id: PriceListId, version: i32, draft: &ListDraft) -> Result<(), Failed<ListRefused>> {
    let kept = price_lists::table.find(id).select((price_lists::version, price_lists::currency));
    let kept: Option<(i32, String)> = kept.first(tx).await.optional()?;
    let (is, currency) = kept.ok_or(ListRefused::Gone)?;
    if is != version {
        return Err(ListRefused::Changed.into());
    }
    let own = exists(price_list_prices::table.filter(price_list_prices::price_list_id.eq(id)));
    if currency != draft.currency.code() && diesel::select(own).get_result::<bool>(tx).await? {
        return Err(ListRefused::CurrencyFixed.into());
    }
    Ok(())
}

async fn set_markets(tx: &mut Conn, list: PriceListId, sold_in: &[MarketId]) -> QueryResult<()> {
    diesel::delete(price_list_markets::table.filter(price_list_markets::price_list_id.eq(list))).execute(tx).await?;
    let row = |market: &MarketId| (price_list_markets::price_list_id.eq(list), price_list_markets::market_id.eq(*market));
    diesel::insert_into(price_list_markets::table).values(sold_in.iter().map(row).collect::<Vec<_>>()).execute(tx).await?;
    Ok(())
}

async fn set_groups(tx: &mut Conn, list: PriceListId, groups: &[CustomerGroupId]) -> QueryResult<()> {
    diesel::delete(price_list_groups::table.filter(price_list_groups::price_list_id.eq(list))).execute(tx).await?;
    let row = |group: &CustomerGroupId| (price_list_groups::price_list_id.eq(list), price_list_groups::group_id.eq(*group));
    diesel::insert_into(price_list_groups::table).values(groups.iter().map(row).collect::<Vec<_>>()).execute(tx).await?;
    Ok(())
}

/// Queues the moments at which a list begins and ends.
async fn queue_turns(tx: &mut Conn, list: PriceListId, draft: &ListDraft, now: Moment) -> QueryResult<()> {
    let moments = [("from", draft.from), ("until", draft.until)].into_iter().filter_map(|(end, at)| Some((end, at?)));
    let coming = moments.filter(|(_, at)| draft.active && *at > now);
    let job = |(end, at)| Job::now(CHANGE_PRICES, json!({})).at(at).keyed(format!("prices:{list}:{end}"));
    jobs::add_all(tx, coming.map(job).collect()).await
}

/// Settles what everybody pays after lists changed, and tells the shop.
async fn turned(tx: &mut Conn, now: Moment) -> Result<(), Broke> {
    settle_all(tx, now).await?;
    Ok(feed::tell(tx, Subject::Rates, None).await?)
}

/// Moves a list in the order in which they are asked.
pub async fn move_list(tx: &mut Conn, id: PriceListId, to: Move, now: Moment) -> Result<(), Failed<ListRefused>> {
    hold(tx).await?;
    let order = price_lists::table.order((price_lists::position, price_lists::id)).select(price_lists::id);
    let ids: Vec<i64> = order.load::<PriceListId>(tx).await?.into_iter().map(|id| id.0).collect();
    if !ids.contains(&id.0) {
        return Err(ListRefused::Gone.into());
    }
    let Some(placed) = moved(&ids, id.0, to) else { return Ok(()) };
    for (position, id) in placed.into_iter().enumerate() {
        let place = price_lists::position.eq(i32::try_from(position).unwrap_or(i32::MAX));
        diesel::update(price_lists::table.find(id)).set(place).execute(tx).await?;
    }
    Ok(turned(tx, now).await?)
}

/// Removes a list with its prices.
pub async fn remove_list(tx: &mut Conn, id: PriceListId, now: Moment) -> Result<(), Failed<ListRefused>> {
    hold(tx).await?;
    if diesel::delete(price_lists::table.find(id)).execute(tx).await? == 0 {
        return Err(ListRefused::Gone.into());
    }
    Ok(turned(tx, now).await?)
}

/// Sets prices of a list's own: of a variant from so many pieces; `None` takes one off the list.
pub async fn set_prices(
    tx: &mut Conn,
    id: PriceListId,
    prices: &[(VariantId, i32, Option<i64>)],
    now: Moment,
) -> Result<(), Failed<ListRefused>> {
    hold(tx).await?;
    let next = (price_lists::version.eq(price_lists::version + 1), price_lists::updated_at.eq(now));
    if diesel::update(price_lists::table.find(id)).set(next).execute(tx).await? == 0 {
        return Err(ListRefused::Gone.into());
    }
    let named: Vec<VariantId> = prices.iter().map(|price| price.0).collect();
    let there = variants::table.filter(variants::id.eq_any(named)).order(variants::id).select(variants::id);
    let there: Vec<VariantId> = there.for_key_share().load(tx).await?;
    for (variant, from, amount) in prices.iter().filter(|price| there.contains(&price.0)) {
        let Some(amount) = amount else {
            diesel::delete(price_list_prices::table.find((id, variant, from))).execute(tx).await?;
            continue;
        };
        let row = (
            price_list_prices::price_list_id.eq(id),
            price_list_prices::variant_id.eq(variant),
            price_list_prices::from_quantity.eq(from),
            price_list_prices::amount.eq(amount),
        );
        diesel::insert_into(price_list_prices::table)
            .values(row)
            .on_conflict((price_list_prices::price_list_id, price_list_prices::variant_id, price_list_prices::from_quantity))
            .do_update()
            .set(price_list_prices::amount.eq(amount))
            .execute(tx)
            .await?;
    }
    Ok(turned(tx, now).await?)
}
