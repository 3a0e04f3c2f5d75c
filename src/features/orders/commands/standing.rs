//! What all acts share: the lock on the order, its statuses derived again, the row in its timeline.

use chrono::Duration;
use diesel::dsl::sum;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};

use super::crediting::cards_are_due;
use crate::engines::payments::{self, Payment};
use crate::features::orders::model::{Happening, NoteRefused, OrderStatus, Records, Statuses, statuses};
use crate::platform::access::{Person, audit};
use crate::platform::base::{Failed, Moment, OrderId, OrderNumber, StaffId};
use crate::platform::db::{self, Conn};
use crate::platform::schema::{fulfilment_lines, order_lines, order_timeline, orders};

/// An order whose row is locked.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Locked {
    pub id: OrderId,
    pub status: OrderStatus,
    pub total: i64,
    pub version: i32,
    pub cancelled_at: Option<Moment>,
    pub expired_at: Option<Moment>,
}

impl Locked {
    /// What no money came in for and no gateway holds any, in minor units.
    pub fn due(&self, payments: &[Payment]) -> i64 {
        let sums = payments::Sums::of(payments);
        self.total - sums.captured - sums.authorised
    }
}

type Columns = (orders::id, orders::status, orders::total, orders::version, orders::cancelled_at, orders::expired_at);

pub(super) async fn lock(tx: &mut Conn, number: OrderNumber) -> QueryResult<Option<Locked>> {
    let row = orders::table.filter(orders::number.eq(number.0)).select(Columns::default());
    row.for_no_key_update().first(tx).await.optional()
}

pub(super) async fn lock_by_id(tx: &mut Conn, id: OrderId) -> QueryResult<Locked> {
    orders::table.find(id).select(Columns::default()).for_no_key_update().first(tx).await
}

/// The records of a locked order.
pub(super) async fn records(tx: &mut Conn, order: &Locked) -> QueryResult<Records> {
    let sums = payments::Sums::of(&payments::queries::payments_of(tx, order.id).await?);
    let lines = order_lines::table.filter(order_lines::order_id.eq(order.id));
    let ordered: Option<i64> = lines.select(sum(order_lines::quantity)).first(tx).await?;
    let fulfilled: Option<i64> = fulfilment_lines::table
        .inner_join(order_lines::table.on(order_lines::id.eq(fulfilment_lines::order_line_id)))
        .filter(order_lines::order_id.eq(order.id))
        .select(sum(fulfilment_lines::quantity))
        .first(tx)
        .await?;
    Ok(Records {
        total: order.total,
        authorised: sums.authorised,
        captured: sums.captured,
        credited: sums.credited,
        refunded: sums.refunded,
        ordered: ordered.unwrap_or(0),
        fulfilled: fulfilled.unwrap_or(0),
        cancelled: order.cancelled_at.is_some(),
        expired: order.expired_at.is_some(),
    })
}

/// Derives the statuses of a locked order again and stores them with its next version.
pub(super) async fn restate(tx: &mut Conn, order: &Locked) -> QueryResult<Statuses> {
    let now_is = statuses(&records(tx, order).await?);
    diesel::update(orders::table.find(order.id))
        .set((
            orders::status.eq(now_is.order),
            orders::payment_status.eq(now_is.payment),
            orders::fulfilment_status.eq(now_is.fulfilment),
            orders::cancelled_at.eq(order.cancelled_at),
            orders::expired_at.eq(order.expired_at),
            orders::version.eq(order.version + 1),
        ))
        .execute(tx)
        .await?;
    cards_are_due(tx, order.id, &now_is).await?;
    Ok(now_is)
}

/// Writes what happened into the timeline.
pub(super) async fn tell(
    tx: &mut Conn,
    order: OrderId,
    what: Happening,
    detail: Value,
    staff: Option<StaffId>,
    now: Moment,
) -> QueryResult<()> {
    let row = (
        order_timeline::order_id.eq(order),
        order_timeline::kind.eq(what.as_str()),
        order_timeline::public.eq(what.is_public()),
        order_timeline::detail.eq(detail),
        order_timeline::staff_id.eq(staff),
        order_timeline::at.eq(now),
    );
    diesel::insert_into(order_timeline::table).values(row).execute(tx).await?;
    Ok(())
}

/// What the timeline says that this person did to the order as it stood in this version; tells a double click from a second act.
pub(super) async fn done_before(
    tx: &mut Conn,
    order: OrderId,
    what: Happening,
    version: i32,
    staff: StaffId,
) -> QueryResult<Option<Value>> {
    let rows: Vec<Value> = order_timeline::table
        .filter(order_timeline::order_id.eq(order))
        .filter(order_timeline::kind.eq(what.as_str()))
        .filter(order_timeline::staff_id.eq(staff))
        .order(order_timeline::id.desc())
        .select(order_timeline::detail)
        .limit(20)
        .load(tx)
        .await?;
    Ok(rows.into_iter().find(|detail| detail["version"] == json!(version)))
}

/// Keeps a note that only staff see. The same words twice within a minute are a double click.
pub async fn add_note(
    conn: &mut Conn,
    number: OrderNumber,
    text: &str,
    staff: &Person,
    now: Moment,
) -> Result<(), Failed<NoteRefused>> {
    if text.trim().is_empty() {
        return Err(NoteRefused::Empty.into());
    }
    db::transaction(conn, async |tx: &mut Conn| {
        let order = lock(tx, number).await?.ok_or(NoteRefused::Unknown)?;
        let last: Option<Value> = order_timeline::table
            .filter(order_timeline::order_id.eq(order.id))
            .filter(order_timeline::kind.eq(Happening::Note.as_str()))
            .filter(order_timeline::staff_id.eq(staff.id))
            .filter(order_timeline::at.gt(now - Duration::minutes(1)))
            .order(order_timeline::id.desc())
            .select(order_timeline::detail)
            .first(tx)
            .await
            .optional()?;
        if last.is_some_and(|detail| detail["text"] == json!(text)) {
            return Ok(());
        }
        tell(tx, order.id, Happening::Note, json!({ "text": text }), Some(staff.id), now).await?;
        audit(tx, staff, "order.note", "order", Some(order.id.0), None, None).await?;
        Ok(())
    })
    .await
}
