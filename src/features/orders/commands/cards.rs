//! Gift cards that an order sold: which are to be issued, that they went out, and taking them back.

use diesel::dsl::sum;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;

use super::standing::{lock_by_id, restate, tell};
use crate::engines::credit;
use crate::engines::inventory::promises;
use crate::features::orders::model::{CancelRefused, Happening, OrderStatus, PaymentStatus, Records, Tracking};
use crate::platform::base::{Broke, Currency, Failed, FulfilmentId, Moment, OrBreak, OrderId, OrderLineId, StaffId};
use crate::platform::db::Conn;
use crate::platform::i18n::Locale;
use crate::platform::schema::{fulfilment_lines, fulfilments, order_lines, orders};

/// What of a paid order becomes gift cards.
#[derive(Clone, Debug)]
pub struct CardsDue {
    /// Who bought them.
    pub email: String,
    pub locale: Locale,
    pub currency: Currency,
    /// Line, pieces, value of each in minor units.
    pub lines: Vec<(OrderLineId, i32, i64)>,
}

/// The gift cards that a paid order sold, with the order locked; `None` when it is over, or not paid any more.
pub async fn hold_cards_due(tx: &mut Conn, order: OrderId) -> Result<Option<CardsDue>, Broke> {
    let locked = lock_by_id(tx, order).await?;
    let columns = (orders::email, orders::locale, orders::currency, orders::payment_status);
    let (email, locale, currency, paid): (String, Locale, String, PaymentStatus) =
        orders::table.find(order).select(columns).first(tx).await?;
    if matches!(locked.status, OrderStatus::Cancelled | OrderStatus::Expired) || paid != PaymentStatus::Paid {
        return Ok(None);
    }
    let lines = order_lines::table
        .filter(order_lines::order_id.eq(order))
        .filter(order_lines::gift_card)
        .order(order_lines::id)
        .select((order_lines::id, order_lines::quantity, order_lines::unit_price))
        .load(tx)
        .await?;
    let currency = currency.parse().map_err(|()| anyhow::anyhow!("order {order} has no known currency"))?;
    Ok(Some(CardsDue { email, locale, currency, lines }))
}

/// Notes that these pieces went out by mail, as a parcel without a carrier; the order is locked. Done before, nothing changes.
pub async fn deliver_cards(tx: &mut Conn, order: OrderId, cards: &[(OrderLineId, i32)], now: Moment) -> Result<(), Broke> {
    if promises::ship(tx, order, cards, None, None).await.or_break()?.is_err() {
        // Staff have sent them as goods, or keep count of them and have none.
        return Ok(());
    }
    let row = (fulfilments::order_id.eq(order), fulfilments::at.eq(now));
    let id: FulfilmentId = diesel::insert_into(fulfilments::table).values(row).returning(fulfilments::id).get_result(tx).await?;
    let lines: Vec<_> = cards
        .iter()
        .map(|(line, pieces)| {
            let of = (fulfilment_lines::fulfilment_id.eq(id), fulfilment_lines::order_line_id.eq(*line));
            (of, fulfilment_lines::quantity.eq(*pieces))
        })
        .collect();
    diesel::insert_into(fulfilment_lines::table).values(lines).execute(tx).await?;
    let locked = lock_by_id(tx, order).await?;
    restate(tx, &locked).await?;
    let detail = json!({ "fulfilment": id, "tracking": Tracking::default(), "cards": true });
    tell(tx, order, Happening::Fulfilled, detail, None, now).await?;
    Ok(())
}

/// Whether all goods that are sent have left the house; gift cards can be taken back, so that they never stand in the way.
pub(super) async fn all_goods_are_out(tx: &mut Conn, order: OrderId, all: &Records) -> QueryResult<bool> {
    let cards = order_lines::table.filter(order_lines::order_id.eq(order)).filter(order_lines::gift_card);
    let ordered: Option<i64> = cards.select(sum(order_lines::quantity)).first(tx).await?;
    let sent: Option<i64> = fulfilment_lines::table
        .inner_join(order_lines::table.on(order_lines::id.eq(fulfilment_lines::order_line_id)))
        .filter(order_lines::order_id.eq(order))
        .filter(order_lines::gift_card)
        .select(sum(fulfilment_lines::quantity))
        .first(tx)
        .await?;
    let (ordered, sent) = (all.ordered - ordered.unwrap_or(0), all.fulfilled - sent.unwrap_or(0));
    Ok(ordered > 0 && sent >= ordered)
}

/// Takes back all gift cards that an order sold.
///
/// # Errors
/// One that was used.
pub(super) async fn take_all_back(
    tx: &mut Conn,
    order: OrderId,
    staff: StaffId,
    now: Moment,
) -> Result<(), Failed<CancelRefused>> {
    let sold: Vec<_> = credit::queries::sold_by(tx, order, now).await?.into_iter().map(|card| card.id).collect();
    let taken = credit::take_back(tx, &sold, order, Some(staff), now).await;
    taken.map_err(|failed| failed.map(CancelRefused::Card))
}
