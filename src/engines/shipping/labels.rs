//! The account with a house that sells labels, and the labels that were bought there.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::carriers::labels::{Label, Labels, Trouble};
use super::carriers::shippo::Shippo;
use crate::platform::base::{Broke, Moment, OrderId, StaffId, text_enum};
use crate::platform::db::Conn;
use crate::platform::outbound::Outbound;
use crate::platform::schema::{label_account, parcel_labels};
use crate::platform::vault::{Place, Purpose, Secret, Vault};

text_enum! {
    /// What became of a label.
    LabelState { Asked = "asked", Bought = "bought", Refused = "refused" }
}

/// The account as staff set it up; its token is never shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub address: String,
    /// The parcel that is used most: length, width, height.
    pub size_cm: [i32; 3],
}

/// A label that staff asked for.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Asked {
    pub id: i64,
    pub state: LabelState,
    pub carrier: String,
    pub service: String,
    pub number: String,
    pub link: String,
    pub pdf: String,
    pub why: String,
}

fn place() -> Place {
    Place::new(Purpose::CarrierToken, "labels")
}

/// The account, if there is one.
pub async fn account(conn: &mut Conn) -> QueryResult<Option<Account>> {
    let columns = (label_account::address, (label_account::length_cm, label_account::width_cm, label_account::height_cm));
    let row: Option<(String, (i32, i32, i32))> = label_account::table.select(columns).first(conn).await.optional()?;
    Ok(row.map(|(address, (length, width, height))| Account { address, size_cm: [length, width, height] }))
}

/// Keeps the account, with its token where one was typed.
pub async fn save_account(tx: &mut Conn, vault: &Vault, account: &Account, token: Option<&str>) -> Result<(), Broke> {
    let [length, width, height] = account.size_cm;
    let size = (label_account::length_cm.eq(length), label_account::width_cm.eq(width), label_account::height_cm.eq(height));
    let row = (label_account::address.eq(&account.address), size);
    diesel::insert_into(label_account::table)
        .values((label_account::id.eq(true), row))
        .on_conflict(label_account::id)
        .do_update()
        .set(row)
        .execute(tx)
        .await?;
    if let Some(token) = token {
        vault.keep(tx, &place(), &Secret::new(token)).await?;
    }
    Ok(())
}

/// Forgets the account and its token; labels that were bought stay.
pub async fn remove_account(tx: &mut Conn, vault: &Vault) -> QueryResult<()> {
    diesel::delete(label_account::table).execute(tx).await?;
    vault.forget(tx, &place()).await
}

/// Whether a token is kept.
pub async fn has_token(conn: &mut Conn, vault: &Vault) -> Result<bool, Broke> {
    Ok(vault.read(conn, &place()).await?.is_some())
}

/// The house of the account, ready to be asked.
pub async fn house(conn: &mut Conn, vault: &Vault, outbound: Outbound) -> Result<Option<Box<dyn Labels>>, Broke> {
    let Some(account) = account(conn).await? else { return Ok(None) };
    let Some(token) = vault.read(conn, &place()).await? else { return Ok(None) };
    Ok(Some(Box::new(Shippo { outbound, address: account.address, token })))
}

/// Notes that a rate is about to be bought, before it is; `None`: it was asked for already.
pub async fn begin(tx: &mut Conn, order: OrderId, rate: &str, staff: StaffId, now: Moment) -> QueryResult<Option<i64>> {
    let row = (
        parcel_labels::order_id.eq(order),
        parcel_labels::rate.eq(rate),
        parcel_labels::staff_id.eq(staff),
        parcel_labels::at.eq(now),
    );
    let insert = diesel::insert_into(parcel_labels::table).values(row).on_conflict_do_nothing().returning(parcel_labels::id);
    insert.get_result(tx).await.optional()
}

/// Notes what came of it; where nothing was heard it stays asked for, since it may have been bought.
pub async fn finish(tx: &mut Conn, id: i64, outcome: &Result<Label, Trouble>) -> QueryResult<()> {
    let row = diesel::update(parcel_labels::table.find(id));
    match outcome {
        Ok(label) => {
            let parcel = (
                parcel_labels::tracking_number.eq(&label.number),
                parcel_labels::tracking_url.eq(&label.link),
                parcel_labels::label_url.eq(&label.pdf),
            );
            let carrier = (parcel_labels::carrier.eq(&label.carrier), parcel_labels::service.eq(&label.service));
            row.set((parcel_labels::state.eq(LabelState::Bought), carrier, parcel)).execute(tx).await?
        }
        Err(why @ Trouble::Refused(_)) => {
            row.set((parcel_labels::state.eq(LabelState::Refused), parcel_labels::why.eq(why.words()))).execute(tx).await?
        }
        Err(why @ Trouble::NoAnswer(_)) => row.set(parcel_labels::why.eq(why.words())).execute(tx).await?,
    };
    Ok(())
}

/// The labels of an order, the newest first.
pub async fn of_order(conn: &mut Conn, order: OrderId) -> QueryResult<Vec<Asked>> {
    use parcel_labels as rows;
    rows::table
        .filter(rows::order_id.eq(order))
        .order(rows::id.desc())
        .select((
            rows::id,
            rows::state,
            rows::carrier,
            rows::service,
            rows::tracking_number,
            rows::tracking_url,
            rows::label_url,
            rows::why,
        ))
        .load(conn)
        .await
}

/// Forgets the labels of these orders: each names its recipient.
pub async fn forget(tx: &mut Conn, orders: &[OrderId]) -> QueryResult<()> {
    diesel::delete(parcel_labels::table.filter(parcel_labels::order_id.eq_any(orders))).execute(tx).await.map(drop)
}
