//! Corrections of what is on hand, by staff; and the places where goods lie.

use diesel::dsl::{exists, max, select};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::commands::tell;
use super::model::{Correction, Count, Movement, Recount};
use super::refusals::{AdjustRefused, LocationRefused};
use super::routing::Site;
use crate::platform::base::{Country, Failed, LocationId, Move, Name, StaffId, StockId, moved};
use crate::platform::db::Conn;
use crate::platform::schema::{locations, stock, stock_movements, variants};

/// Corrects a shelf, opening it where there is none; returns what was on hand before and what is now.
/// `None`: this form was sent before, and nothing changed again.
pub async fn correct(
    tx: &mut Conn,
    wish: &Correction<'_>,
    staff: Option<StaffId>,
) -> Result<Option<(i32, i32)>, Failed<AdjustRefused>> {
    let (id, tracked, on_hand) = shelf(tx, wish).await?;
    let sent = stock_movements::table.filter(stock_movements::form.eq(wish.form));
    if select(exists(sent)).get_result(tx).await? {
        return Ok(None);
    }
    if !tracked {
        return Err(AdjustRefused::NotCounted.into());
    }
    let count = match wish.recount {
        Recount::By(change) => Count::Change(change),
        Recount::To { was, .. } if was != on_hand => return Err(AdjustRefused::Changed { on_hand }.into()),
        Recount::To { count, .. } => Count::Set(count),
    };
    let change = count.change_from(on_hand)?;
    if change != 0 {
        let row = (
            stock_movements::stock_id.eq(id),
            stock_movements::kind.eq(Movement::Adjustment),
            stock_movements::on_hand.eq(change),
            stock_movements::staff_id.eq(staff),
            stock_movements::reason.eq(wish.reason),
            stock_movements::note.eq(wish.note),
            stock_movements::form.eq(wish.form),
        );
        diesel::insert_into(stock_movements::table).values(row).execute(tx).await?;
        tell(tx, &[id]).await?;
    }
    Ok(Some((on_hand, on_hand + change)))
}

/// The row of a shelf, locked; made where there is none.
async fn shelf(tx: &mut Conn, wish: &Correction<'_>) -> Result<(StockId, bool, i32), Failed<AdjustRefused>> {
    let mine = || {
        let here = stock::variant_id.eq(wish.variant).and(stock::location_id.eq(wish.location));
        stock::table.filter(here).select((stock::id, stock::tracked, stock::on_hand)).for_no_key_update()
    };
    if let Some(row) = mine().first(tx).await.optional()? {
        return Ok(row);
    }
    let place = exists(locations::table.filter(locations::id.eq(wish.location).and(locations::active)));
    let goods = exists(variants::table.filter(variants::id.eq(wish.variant)));
    if !select(place.and(goods)).get_result(tx).await? {
        return Err(AdjustRefused::Unknown.into());
    }
    diesel::insert_into(stock::table)
        .values((stock::variant_id.eq(wish.variant), stock::location_id.eq(wish.location)))
        .on_conflict_do_nothing()
        .execute(tx)
        .await?;
    Ok(mine().first(tx).await?)
}

/// Adds a place where goods lie, drawn on last.
pub async fn add_location(tx: &mut Conn, name: &Name<80>) -> Result<LocationId, Failed<LocationRefused>> {
    let last: Option<i32> = locations::table.select(max(locations::position)).first(tx).await?;
    let new = (locations::name.eq(&**name), locations::position.eq(last.unwrap_or(-1) + 1));
    let id = diesel::insert_into(locations::table).values(new).returning(locations::id).get_result(tx).await;
    id.map_err(or_taken)
}

/// Gives a place another name; returns the old one.
pub async fn rename_location(tx: &mut Conn, id: LocationId, name: &Name<80>) -> Result<String, Failed<LocationRefused>> {
    let old: Option<String> = locations::table.find(id).select(locations::name).for_update().first(tx).await.optional()?;
    let old = old.ok_or(LocationRefused::Gone)?;
    diesel::update(locations::table.find(id)).set(locations::name.eq(&**name)).execute(tx).await.map_err(or_taken)?;
    Ok(old)
}

/// Says where a place is.
pub async fn place_location(tx: &mut Conn, site: &Site) -> Result<(), Failed<LocationRefused>> {
    let set = (
        locations::country.eq(site.country.as_ref().map(Country::code)),
        locations::region.eq(&site.region),
        locations::postal_code.eq(&site.postal_code),
    );
    match diesel::update(locations::table.find(site.id)).set(set).execute(tx).await? {
        0 => Err(LocationRefused::Gone.into()),
        _ => Ok(()),
    }
}

/// Moves a place in the order in which goods are taken from them.
pub async fn move_location(tx: &mut Conn, id: LocationId, to: Move) -> Result<(), Failed<LocationRefused>> {
    let order: Vec<i64> =
        locations::table.order((locations::position, locations::id)).select(locations::id).for_update().load(tx).await?;
    let Some(order) = moved(&order, id.0, to) else { return Ok(()) };
    for (position, id) in order.into_iter().enumerate() {
        diesel::update(locations::table.find(id)).set(locations::position.eq(position as i32)).execute(tx).await?;
    }
    Ok(())
}

fn or_taken(error: diesel::result::Error) -> Failed<LocationRefused> {
    use diesel::result::{DatabaseErrorKind, Error};
    match error {
        Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => LocationRefused::NameTaken.into(),
        error => error.into(),
    }
}
