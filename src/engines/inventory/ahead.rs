//! What is sold before it is there: back-orders and pre-orders of a shelf, and the release that ends a pre-order.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::commands::tell;
use super::refusals::AheadRefused;
use crate::platform::base::{Broke, Day, Failed, LocationId, Never, OrBreak, StockId, VariantId};
use crate::platform::db::{self, Conn};
use crate::platform::schema::{locations, stock, variants};

/// How much of a shelf may be promised beyond what lies there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// Pieces; nothing: none is sold that is not there.
    pub back_orders: i32,
    /// The day from which they ship, where it is known.
    pub ships_on: Option<Day>,
    /// Until the release: how many may be sold, whatever lies there.
    pub pre_order: Option<PreOrder>,
    /// Pieces left at which it runs low; `None`: as the shop does.
    pub low_at: Option<i32>,
}

/// A variant that is sold before its release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PreOrder {
    pub limit: i32,
    pub release: Day,
}

impl Ahead {
    /// # Errors
    /// Half a pre-order, and days that are over.
    pub fn new(
        back_orders: i32,
        ships_on: Option<Day>,
        limit: Option<i32>,
        release: Option<Day>,
        today: Day,
    ) -> Result<Ahead, AheadRefused> {
        let pre_order = match (limit, release) {
            (None, None) => None,
            (Some(limit), Some(release)) if release > today => Some(PreOrder { limit, release }),
            (Some(_), Some(_)) => return Err(AheadRefused::ReleaseOver),
            (None, Some(_)) => return Err(AheadRefused::NoLimit),
            (Some(_), None) => return Err(AheadRefused::NoRelease),
        };
        if ships_on.is_some_and(|day| day < today) {
            return Err(AheadRefused::DayOver);
        }
        Ok(Ahead { back_orders, ships_on, pre_order, low_at: None })
    }
}

/// Says how much may be sold beyond what lies on a shelf, opening it where there is none; returns what was said before.
///
/// # Errors
/// A variant or a place that is gone.
pub async fn sell_ahead(
    tx: &mut Conn,
    variant: VariantId,
    location: LocationId,
    ahead: &Ahead,
) -> Result<Ahead, Failed<AheadRefused>> {
    let place = diesel::dsl::exists(locations::table.filter(locations::id.eq(location).and(locations::active)));
    let goods = diesel::dsl::exists(variants::table.filter(variants::id.eq(variant)));
    if !diesel::select(place.and(goods)).get_result(tx).await? {
        return Err(AheadRefused::Gone.into());
    }
    diesel::insert_into(stock::table)
        .values((stock::variant_id.eq(variant), stock::location_id.eq(location)))
        .on_conflict_do_nothing()
        .execute(tx)
        .await?;
    let here = stock::table.filter(stock::variant_id.eq(variant).and(stock::location_id.eq(location)));
    let row = here.select((
        stock::id,
        stock::back_order_limit,
        stock::ships_on,
        stock::pre_order_limit,
        stock::release_on,
        stock::low_at,
    ));
    type Row = (StockId, i32, Option<chrono::NaiveDate>, Option<i32>, Option<chrono::NaiveDate>, Option<i32>);
    let (id, back_orders, ships_on, limit, release, low_at): Row = row.for_no_key_update().first(tx).await?;
    let pre_order = limit.zip(release).map(|(limit, release)| PreOrder { limit, release: release.into() });
    let before = Ahead { back_orders, ships_on: ships_on.map(Day::from), pre_order, low_at };
    let set = (
        stock::back_order_limit.eq(ahead.back_orders),
        stock::ships_on.eq(ahead.ships_on.map(Day::date)),
        stock::pre_order_limit.eq(ahead.pre_order.map(|pre_order| pre_order.limit)),
        stock::release_on.eq(ahead.pre_order.map(|pre_order| pre_order.release.date())),
        stock::low_at.eq(ahead.low_at),
    );
    diesel::update(stock::table.find(id)).set(set).execute(tx).await?;
    tell(tx, &[id]).await?;
    Ok(before)
}

/// Releases what was sold before its day and whose day has come, and forgets days of shipping that are over; returns how many shelves.
pub async fn release_due(conn: &mut Conn, today: Day) -> Result<usize, Broke> {
    let released = db::transaction(conn, async |tx: &mut Conn| -> Result<usize, Failed<Never>> {
        let today = today.date();
        let due = stock::table.filter(stock::release_on.le(today).or(stock::ships_on.lt(today)));
        let due: Vec<StockId> = due.order(stock::id).select(stock::id).for_no_key_update().load(tx).await?;
        if due.is_empty() {
            return Ok(0);
        }
        let over = || stock::table.filter(stock::id.eq_any(&due));
        diesel::update(over().filter(stock::release_on.le(today)))
            .set((stock::pre_order_limit.eq(None::<i32>), stock::release_on.eq(None::<chrono::NaiveDate>)))
            .execute(tx)
            .await?;
        diesel::update(over().filter(stock::ships_on.lt(today)))
            .set(stock::ships_on.eq(None::<chrono::NaiveDate>))
            .execute(tx)
            .await?;
        tell(tx, &due).await?;
        Ok(due.len())
    });
    released.await.or_break().map(|count| count.unwrap_or_else(|never| match never {}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pre_order_has_a_limit_and_a_day_to_come() {
        let day = |text: &str| text.parse::<Day>().expect("a day");
        let (today, later) = (day("2026-11-28"), day("2026-12-12"));
        let said = |limit, release| Ahead::new(0, None, limit, release, today).map(|ahead| ahead.pre_order);
        assert_eq!(said(Some(5), Some(later)), Ok(Some(PreOrder { limit: 5, release: later })));
        assert_eq!(said(Some(5), Some(today)), Err(AheadRefused::ReleaseOver));
        assert_eq!(said(Some(5), None), Err(AheadRefused::NoRelease));
        assert_eq!(said(None, Some(later)), Err(AheadRefused::NoLimit));
        assert_eq!(Ahead::new(3, Some(day("2026-11-27")), None, None, today), Err(AheadRefused::DayOver));
    }
}
