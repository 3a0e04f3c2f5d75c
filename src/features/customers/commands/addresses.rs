//! The address book of a customer: one address is where things usually go.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::hold;
use crate::features::customers::model::{AddressRefused, MOST_ADDRESSES};
use crate::platform::base::{Address, CustomerAddressId, CustomerId, Failed, Moment, Never};
use crate::platform::db::{self, Conn};
use crate::platform::schema::customer_addresses;

/// Keeps an address: a new one, or another in the place of one of theirs (`Gone` when it is none). The first one is the default.
pub async fn save_address(
    conn: &mut Conn,
    of: CustomerId,
    id: Option<CustomerAddressId>,
    address: &Address,
    default: bool,
    now: Moment,
) -> Result<CustomerAddressId, Failed<AddressRefused>> {
    let row = serde_json::to_value(address).map_err(anyhow::Error::from)?;
    db::transaction(conn, async |tx: &mut Conn| {
        hold(tx, of).await?;
        let known: Vec<CustomerAddressId> = own(of).select(customer_addresses::id).load(tx).await?;
        let id = match id {
            Some(id) if known.contains(&id) => {
                diesel::update(customer_addresses::table.find(id))
                    .set((customer_addresses::address.eq(&row), customer_addresses::updated_at.eq(now)))
                    .execute(tx)
                    .await?;
                id
            }
            Some(_) => return Err(AddressRefused::Gone.into()),
            None if known.len() >= MOST_ADDRESSES => return Err(AddressRefused::TooMany.into()),
            None => {
                diesel::insert_into(customer_addresses::table)
                    .values((
                        customer_addresses::customer_id.eq(of),
                        customer_addresses::address.eq(&row),
                        (customer_addresses::created_at.eq(now), customer_addresses::updated_at.eq(now)),
                    ))
                    .returning(customer_addresses::id)
                    .get_result(tx)
                    .await?
            }
        };
        if default || known.is_empty() {
            prefer(tx, of, id).await?;
        }
        Ok(id)
    })
    .await
}

/// Makes an address the one where things usually go; `false` when it is none of theirs.
pub async fn make_default(conn: &mut Conn, of: CustomerId, id: CustomerAddressId) -> Result<bool, Failed<Never>> {
    db::transaction(conn, async |tx: &mut Conn| {
        hold(tx, of).await?;
        let known: Option<CustomerAddressId> =
            own(of).filter(customer_addresses::id.eq(id)).select(customer_addresses::id).first(tx).await.optional()?;
        if known.is_some() {
            prefer(tx, of, id).await?;
        }
        Ok(known.is_some())
    })
    .await
}

/// Removes an address; where it was the default, the newest of the others is. `false` when it is none of theirs.
pub async fn remove_address(conn: &mut Conn, of: CustomerId, id: CustomerAddressId) -> Result<bool, Failed<Never>> {
    db::transaction(conn, async |tx: &mut Conn| {
        hold(tx, of).await?;
        let gone = own(of).filter(customer_addresses::id.eq(id));
        let was_default: Option<bool> =
            diesel::delete(gone).returning(customer_addresses::is_default).get_result(tx).await.optional()?;
        if was_default == Some(true) {
            let next = own(of).order(customer_addresses::id.desc()).select(customer_addresses::id);
            if let Some(next) = next.first::<CustomerAddressId>(tx).await.optional()? {
                prefer(tx, of, next).await?;
            }
        }
        Ok(was_default.is_some())
    })
    .await
}

async fn prefer(tx: &mut Conn, of: CustomerId, id: CustomerAddressId) -> QueryResult<()> {
    let others = own(of).filter(customer_addresses::is_default).filter(customer_addresses::id.ne(id));
    diesel::update(others).set(customer_addresses::is_default.eq(false)).execute(tx).await?;
    diesel::update(customer_addresses::table.find(id)).set(customer_addresses::is_default.eq(true)).execute(tx).await?;
    Ok(())
}

#[diesel::dsl::auto_type]
fn own(of: CustomerId) -> _ {
    customer_addresses::table.filter(customer_addresses::customer_id.eq(of))
}
