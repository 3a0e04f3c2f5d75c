//! Reads of one variant: what of it lies where, and its ledger.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Integer, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::engines::inventory::ahead::{Ahead, PreOrder};
use crate::engines::inventory::model::Movement;
use crate::features::stockroom::model::{Entry, Pieces, Place};
use crate::platform::base::{Day, LocationId, Moment, OrderNumber, StaffId, StockId, VariantId};
use crate::platform::db::{self, Conn};

#[derive(QueryableByName)]
struct PlaceRow {
    #[diesel(sql_type = BigInt)]
    location: LocationId,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    stock: Option<StockId>,
    #[diesel(sql_type = Bool)]
    counted: bool,
    #[diesel(sql_type = BigInt)]
    on_hand: i64,
    #[diesel(sql_type = BigInt)]
    promised: i64,
    #[diesel(sql_type = BigInt)]
    held: i64,
    #[diesel(sql_type = Integer)]
    back_order_limit: i32,
    #[diesel(sql_type = Nullable<Date>)]
    ships_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Integer>)]
    pre_order_limit: Option<i32>,
    #[diesel(sql_type = Nullable<Date>)]
    release_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Integer>)]
    low_at: Option<i32>,
    #[diesel(sql_type = Bool)]
    low: bool,
}

/// What of a variant lies at every place, in the order in which they are drawn on.
pub async fn places(conn: &mut Conn, of: VariantId, now: Moment) -> QueryResult<Vec<Place>> {
    let rows: Vec<PlaceRow> = db::sql(
        "select l.id as location, l.name, s.id as stock, coalesce(s.tracked, true) as counted,
                coalesce(s.on_hand, 0)::bigint as on_hand, coalesce(s.allocated, 0)::bigint as promised,
                coalesce((select sum(quantity) from stock_reservations where stock_id = s.id and expires_at > $2), 0)::bigint as held,
                coalesce(s.back_order_limit, 0) as back_order_limit, s.ships_on, s.pre_order_limit, s.release_on, s.low_at,
                exists (select from low_shelves w where w.stock_id = s.id) as low
           from locations l left join stock s on s.location_id = l.id and s.variant_id = $1
          where l.active order by l.position, l.id",
    )
    .bind::<BigInt, _>(of)
    .bind::<Timestamptz, _>(now)
    .load(conn)
    .await?;
    let place = |row: PlaceRow| Place {
        location: row.location,
        name: row.name,
        stock: row.stock,
        counted: row.counted,
        pieces: Pieces { on_hand: row.on_hand, promised: row.promised, held: row.held },
        ahead: Ahead {
            back_orders: row.back_order_limit,
            ships_on: row.ships_on.map(Day::from),
            pre_order: row
                .pre_order_limit
                .zip(row.release_on)
                .map(|(limit, release)| PreOrder { limit, release: release.into() }),
            low_at: row.low_at,
        },
        low: row.low,
    };
    Ok(rows.into_iter().map(place).collect())
}

#[derive(QueryableByName)]
struct EntryRow {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Timestamptz)]
    at: Moment,
    #[diesel(sql_type = Text)]
    kind: Movement,
    #[diesel(sql_type = Text)]
    location: String,
    #[diesel(sql_type = Integer)]
    on_hand: i32,
    #[diesel(sql_type = Integer)]
    allocated: i32,
    #[diesel(sql_type = BigInt)]
    balance: i64,
    #[diesel(sql_type = Text)]
    reason: String,
    #[diesel(sql_type = Text)]
    note: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    number: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    staff: Option<StaffId>,
    #[diesel(sql_type = Text)]
    who: String,
}

/// The ledger of a variant, newest first, before a row of it (`None`: from the newest); one more than `size` where there is more.
pub async fn ledger(conn: &mut Conn, of: VariantId, before: Option<i64>, size: i64) -> QueryResult<Vec<Entry>> {
    let rows: Vec<EntryRow> = db::sql(
        "select m.id, m.at, m.kind, l.name as location, m.on_hand, m.allocated, m.reason, m.note, o.number, m.staff_id as staff,
                coalesce(nullif(t.name, ''), t.email, '') as who,
                (select sum(e.on_hand) from stock_movements e where e.stock_id = m.stock_id and e.id <= m.id)::bigint as balance
           from (select m.* from stock_movements m join stock s on s.id = m.stock_id
                  where s.variant_id = $1 and ($2 = 0 or m.id < $2) order by m.id desc limit $3) m
           join stock s on s.id = m.stock_id
           join locations l on l.id = s.location_id
           left join orders o on o.id = m.order_id
           left join staff t on t.id = m.staff_id
          order by m.id desc",
    )
    .bind::<BigInt, _>(of)
    .bind::<BigInt, _>(before.unwrap_or(0))
    .bind::<BigInt, _>(size + 1)
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(EntryRow::entry).collect())
}

impl EntryRow {
    fn entry(self) -> Entry {
        Entry {
            id: self.id,
            at: self.at,
            kind: self.kind,
            location: self.location,
            on_hand: self.on_hand,
            allocated: self.allocated,
            balance: self.balance,
            reason: self.reason,
            note: self.note,
            order: self.number.map(OrderNumber),
            staff: self.staff,
            who: self.who,
        }
    }
}
