//! Acts on transfers. Each locks the transfer, then the shelves by their ids; the ledger has a movement at both ends.

use chrono::NaiveDate;
use diesel::dsl::{exists, select, sum};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::commands::tell;
use super::model::{MOST, Movement};
use super::transfers::{MOST_LINES, NewTransfer, Receipt, Transfer, TransferLine, TransferRefused, TransferState, after};
use crate::platform::base::{Failed, LocationId, Moment, StaffId, StockId, TransferId, VariantId};
use crate::platform::db::Conn;
use crate::platform::schema::{
    bundle_parts, locations, stock, stock_movements, stock_reservations, transfer_lines, transfer_receipts, transfers, variants,
};

/// Begins a transfer with nothing in it.
pub async fn draft(tx: &mut Conn, new: &NewTransfer<'_>) -> Result<TransferId, Failed<TransferRefused>> {
    if new.from == Some(new.to) {
        return Err(TransferRefused::SamePlace.into());
    }
    let places: Vec<LocationId> = new.from.into_iter().chain([new.to]).collect();
    let active = locations::table.filter(locations::id.eq_any(&places).and(locations::active)).count();
    if active.get_result::<i64>(tx).await? != places.len() as i64 {
        return Err(TransferRefused::Unknown.into());
    }
    let row = (
        transfers::from_location_id.eq(new.from),
        transfers::to_location_id.eq(new.to),
        transfers::supplier.eq(new.supplier),
        transfers::expected_on.eq(new.expected_on.map(|day| day.date())),
        transfers::note.eq(new.note),
    );
    Ok(diesel::insert_into(transfers::table).values(row).returning(transfers::id).get_result(tx).await?)
}

/// Locks a transfer.
async fn lock(tx: &mut Conn, id: TransferId) -> Result<Transfer, Failed<TransferRefused>> {
    type Row = (TransferId, Option<LocationId>, LocationId, TransferState, Option<NaiveDate>, Option<Moment>);
    let columns = (
        transfers::id,
        transfers::from_location_id,
        transfers::to_location_id,
        transfers::status,
        transfers::expected_on,
        transfers::sent_at,
    );
    let row: Option<Row> = transfers::table.find(id).select(columns).for_update().first(tx).await.optional()?;
    let (id, from, to, state, expected_on, sent_at) = row.ok_or(TransferRefused::Unknown)?;
    Ok(Transfer { id, from, to, state, expected_on: expected_on.map(Into::into), sent_at })
}

async fn lock_in(tx: &mut Conn, id: TransferId, state: TransferState) -> Result<Transfer, Failed<TransferRefused>> {
    let transfer = lock(tx, id).await?;
    if transfer.state == state { Ok(transfer) } else { Err(TransferRefused::Changed.into()) }
}

async fn lines_of(tx: &mut Conn, id: TransferId) -> QueryResult<Vec<TransferLine>> {
    type Row = (i64, VariantId, i32, i32, i32, i32);
    let columns = (
        transfer_lines::id,
        transfer_lines::variant_id,
        transfer_lines::quantity,
        transfer_lines::received,
        transfer_lines::lost,
        transfer_lines::returned,
    );
    let rows: Vec<Row> = transfer_lines::table
        .filter(transfer_lines::transfer_id.eq(id))
        .order(transfer_lines::id)
        .select(columns)
        .load(tx)
        .await?;
    let line =
        |(id, variant, quantity, received, lost, returned)| TransferLine { id, variant, quantity, received, lost, returned };
    Ok(rows.into_iter().map(line).collect())
}

/// Puts so many of a variant into a draft, instead of what was in it; none: it goes out.
pub async fn put_line(tx: &mut Conn, id: TransferId, variant: VariantId, quantity: i32) -> Result<(), Failed<TransferRefused>> {
    lock_in(tx, id, TransferState::Draft).await?;
    let line = transfer_lines::table.filter(transfer_lines::transfer_id.eq(id).and(transfer_lines::variant_id.eq(variant)));
    if quantity <= 0 {
        diesel::delete(line).execute(tx).await?;
        return Ok(());
    }
    if select(exists(bundle_parts::table.filter(bundle_parts::bundle_id.eq(variant)))).get_result(tx).await? {
        return Err(TransferRefused::Bundle.into());
    }
    let goods = variants::table.filter(variants::id.eq(variant).and(variants::archived_at.is_null()));
    if !select(exists(goods)).get_result::<bool>(tx).await? {
        return Err(TransferRefused::Unknown.into());
    }
    let known = lines_of(tx, id).await?;
    if known.len() >= MOST_LINES && known.iter().all(|line| line.variant != variant) {
        return Err(TransferRefused::TooManyLines.into());
    }
    diesel::insert_into(transfer_lines::table)
        .values((
            transfer_lines::transfer_id.eq(id),
            transfer_lines::variant_id.eq(variant),
            transfer_lines::quantity.eq(quantity),
        ))
        .on_conflict((transfer_lines::transfer_id, transfer_lines::variant_id))
        .do_update()
        .set(transfer_lines::quantity.eq(quantity))
        .execute(tx)
        .await?;
    Ok(())
}

/// Throws a draft away.
pub async fn discard(tx: &mut Conn, id: TransferId) -> Result<(), Failed<TransferRefused>> {
    lock_in(tx, id, TransferState::Draft).await?;
    diesel::delete(transfers::table.find(id)).execute(tx).await?;
    Ok(())
}

/// A shelf of a transfer, locked.
#[derive(Clone, Copy, Debug)]
struct Shelf {
    stock: StockId,
    variant: VariantId,
    tracked: bool,
    on_hand: i32,
    /// Neither promised nor held.
    free: i64,
}

/// The shelves of these variants at a place, locked in the order of their ids; opened where there are none.
async fn shelves(tx: &mut Conn, at: LocationId, of: &[VariantId], now: Moment) -> QueryResult<Vec<Shelf>> {
    let mut sorted = of.to_vec();
    sorted.sort_unstable();
    let rows: Vec<_> = sorted.iter().map(|variant| (stock::variant_id.eq(*variant), stock::location_id.eq(at))).collect();
    diesel::insert_into(stock::table).values(rows).on_conflict_do_nothing().execute(tx).await?;
    let here = stock::table.filter(stock::location_id.eq(at).and(stock::variant_id.eq_any(of))).order(stock::id);
    let columns = (stock::id, stock::variant_id, stock::tracked, stock::on_hand, stock::allocated);
    let rows: Vec<(StockId, VariantId, bool, i32, i32)> = here.select(columns).for_no_key_update().load(tx).await?;
    let ids: Vec<StockId> = rows.iter().map(|row| row.0).collect();
    let held: Vec<(StockId, Option<i64>)> = stock_reservations::table
        .filter(stock_reservations::stock_id.eq_any(ids).and(stock_reservations::expires_at.gt(now)))
        .group_by(stock_reservations::stock_id)
        .select((stock_reservations::stock_id, sum(stock_reservations::quantity - stock_reservations::late)))
        .load(tx)
        .await?;
    let held_of = |id: StockId| held.iter().find(|row| row.0 == id).and_then(|row| row.1).unwrap_or(0);
    let shelf = |(stock, variant, tracked, on_hand, allocated): (StockId, VariantId, bool, i32, i32)| Shelf {
        stock,
        variant,
        tracked,
        on_hand,
        free: i64::from(on_hand) - i64::from(allocated) - held_of(stock),
    };
    Ok(rows.into_iter().map(shelf).collect())
}

/// Writes one end of a transfer into the ledger; what is not counted has no balance to change.
async fn move_pieces(
    tx: &mut Conn,
    transfer: TransferId,
    kind: Movement,
    pieces: &[(Shelf, i32)],
    staff: StaffId,
) -> QueryResult<()> {
    let moved = pieces.iter().filter(|(shelf, change)| shelf.tracked && *change != 0);
    let rows: Vec<_> = moved
        .map(|(shelf, change)| {
            (
                stock_movements::stock_id.eq(shelf.stock),
                stock_movements::kind.eq(kind),
                stock_movements::on_hand.eq(*change),
                stock_movements::transfer_id.eq(transfer),
                stock_movements::staff_id.eq(staff),
            )
        })
        .collect();
    if !rows.is_empty() {
        diesel::insert_into(stock_movements::table).values(rows).execute(tx).await?;
    }
    tell(tx, &pieces.iter().map(|piece| piece.0.stock).collect::<Vec<_>>()).await
}

fn pieces_of(shelves: &[Shelf], lines: &[TransferLine], count: impl Fn(&TransferLine) -> i32) -> Vec<(Shelf, i32)> {
    let of = |shelf: &Shelf| lines.iter().find(|line| line.variant == shelf.variant).map(|line| (*shelf, count(line)));
    shelves.iter().filter_map(of).collect()
}

/// Sends what is in a draft: it leaves its place, and is on its way.
///
/// # Errors
/// An empty draft, and pieces that are not free where it starts.
pub async fn send(tx: &mut Conn, id: TransferId, staff: StaffId, now: Moment) -> Result<(), Failed<TransferRefused>> {
    let transfer = lock_in(tx, id, TransferState::Draft).await?;
    let lines = lines_of(tx, id).await?;
    if lines.is_empty() {
        return Err(TransferRefused::Empty.into());
    }
    if let Some(from) = transfer.from {
        let of: Vec<VariantId> = lines.iter().map(|line| line.variant).collect();
        let shelves = shelves(tx, from, &of, now).await?;
        let leaving = pieces_of(&shelves, &lines, |line| -line.quantity);
        let short = leaving.iter().find(|(shelf, change)| shelf.tracked && shelf.free + i64::from(*change) < 0);
        if let Some((shelf, change)) = short {
            let (variant, wanted, free) = (shelf.variant, -change, shelf.free.max(0));
            return Err(TransferRefused::NotThere { variant, wanted, free }.into());
        }
        move_pieces(tx, id, Movement::TransferOut, &leaving, staff).await?;
    }
    let row = diesel::update(transfers::table.find(id));
    row.set((transfers::status.eq(TransferState::Sent), transfers::sent_at.eq(now))).execute(tx).await?;
    Ok(())
}

/// Books what arrived, and what will not; when nothing is on its way any more, the transfer is received.
/// `false`: this form was sent before, and nothing changed again.
///
/// # Errors
/// More than was sent, nothing at all, pieces missing without a reason.
pub async fn receive(
    tx: &mut Conn,
    id: TransferId,
    receipt: &Receipt<'_>,
    staff: StaffId,
    now: Moment,
) -> Result<bool, Failed<TransferRefused>> {
    let transfer = lock(tx, id).await?;
    if select(exists(transfer_receipts::table.filter(transfer_receipts::form.eq(receipt.form)))).get_result(tx).await? {
        return Ok(false);
    }
    if transfer.state != TransferState::Sent {
        return Err(TransferRefused::Changed.into());
    }
    let before = lines_of(tx, id).await?;
    let next = after(&before, receipt)?;
    let gained = |line: &TransferLine| line.received - before.iter().find(|old| old.id == line.id).map_or(0, |old| old.received);
    let of: Vec<VariantId> = next.iter().filter(|line| gained(line) > 0).map(|line| line.variant).collect();
    let shelves = shelves(tx, transfer.to, &of, now).await?;
    let arriving = pieces_of(&shelves, &next, gained);
    if arriving.iter().any(|(shelf, pieces)| shelf.tracked && *pieces > MOST - shelf.on_hand) {
        return Err(TransferRefused::ShelfFull.into());
    }
    move_pieces(tx, id, Movement::TransferIn, &arriving, staff).await?;
    save(tx, &next).await?;
    let row = (
        transfer_receipts::transfer_id.eq(id),
        transfer_receipts::form.eq(receipt.form),
        transfer_receipts::received.eq(receipt.lines.iter().map(|line| line.received).sum::<i32>()),
        transfer_receipts::lost.eq(receipt.lines.iter().map(|line| line.lost).sum::<i32>()),
        transfer_receipts::reason.eq(receipt.reason.map(|reason| reason.as_str()).unwrap_or_default()),
        transfer_receipts::staff_id.eq(staff),
        transfer_receipts::at.eq(now),
    );
    diesel::insert_into(transfer_receipts::table).values(row).execute(tx).await?;
    if next.iter().all(|line| line.coming() == 0) {
        end(tx, id, TransferState::Received, now).await?;
    }
    Ok(true)
}

/// Takes back what is on its way: it lies again where it came from. What comes from a supplier is not expected any more.
pub async fn recall(tx: &mut Conn, id: TransferId, staff: StaffId, now: Moment) -> Result<(), Failed<TransferRefused>> {
    let transfer = lock_in(tx, id, TransferState::Sent).await?;
    let mut lines = lines_of(tx, id).await?;
    if let Some(from) = transfer.from {
        let of: Vec<VariantId> = lines.iter().map(|line| line.variant).collect();
        let shelves = shelves(tx, from, &of, now).await?;
        move_pieces(tx, id, Movement::TransferIn, &pieces_of(&shelves, &lines, TransferLine::coming), staff).await?;
    }
    for line in &mut lines {
        line.returned += line.coming();
    }
    save(tx, &lines).await?;
    let partly = lines.iter().any(|line| line.received > 0);
    Ok(end(tx, id, if partly { TransferState::Received } else { TransferState::Cancelled }, now).await?)
}

async fn save(tx: &mut Conn, lines: &[TransferLine]) -> QueryResult<()> {
    for line in lines {
        let set = (
            transfer_lines::received.eq(line.received),
            transfer_lines::lost.eq(line.lost),
            transfer_lines::returned.eq(line.returned),
        );
        diesel::update(transfer_lines::table.find(line.id)).set(set).execute(tx).await?;
    }
    Ok(())
}

async fn end(tx: &mut Conn, id: TransferId, state: TransferState, now: Moment) -> QueryResult<()> {
    diesel::update(transfers::table.find(id)).set((transfers::status.eq(state), transfers::ended_at.eq(now))).execute(tx).await?;
    Ok(())
}
