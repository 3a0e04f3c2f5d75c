//! Changing whom an order is for.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};

use super::standing::{done_before, lock, restate, tell};
use crate::features::orders::contact::{Contact, ContactRefused, differences};
use crate::features::orders::model::Happening;
use crate::platform::access::{Person, audit};
use crate::platform::base::{Failed, Moment, OrderId, OrderNumber};
use crate::platform::db::{self, Conn};
use crate::platform::schema::{forgotten_orders, orders};

/// Changes addresses, e-mail and the shopper's note of an order; its goods, prices and tax stay. `version` is the order as the
/// person saw it; their second click changes nothing.
///
/// # Errors
/// An order that was changed meanwhile, and goods that would go to another country.
pub async fn change_contact(
    conn: &mut Conn,
    number: OrderNumber,
    contact: &Contact,
    version: i32,
    staff: &Person,
    now: Moment,
) -> Result<(), Failed<ContactRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let order = lock(tx, number).await?.ok_or(ContactRefused::Unknown)?;
        let locked = forgotten_orders::table.find(order.id).filter(forgotten_orders::reduced_at.is_not_null());
        if diesel::select(diesel::dsl::exists(locked)).get_result::<bool>(tx).await? {
            return Err(ContactRefused::Forgotten.into());
        }
        let before = contact_of(tx, order.id).await?;
        let Some((was, is)) = differences(&before, contact) else { return Ok(()) };
        if order.version != version {
            let done = done_before(tx, order.id, Happening::Edited, version, staff.id).await?;
            return if done.is_some_and(|done| done["after"] == is) { Ok(()) } else { Err(ContactRefused::Changed.into()) };
        }
        let country = before.shipping_address.country;
        if country != contact.shipping_address.country {
            return Err(ContactRefused::OtherCountry { was: country }.into());
        }
        let json_of = |address| serde_json::to_value(address).map_err(anyhow::Error::from);
        diesel::update(orders::table.find(order.id))
            .set((
                orders::email.eq(&*contact.email),
                orders::customer_name.eq(&contact.shipping_address.name),
                orders::shipping_address.eq(json_of(&contact.shipping_address)?),
                orders::billing_address.eq(json_of(&contact.billing_address)?),
                orders::note.eq(&contact.note),
            ))
            .execute(tx)
            .await?;
        restate(tx, &order).await?;
        // The trail forgets nobody: what was changed stands in the timeline, which does.
        let changed: Vec<&String> = is.as_object().into_iter().flat_map(|is| is.keys()).collect();
        let changed = json!({ "changed": changed });
        let detail = json!({ "before": was, "after": is, "version": version });
        tell(tx, order.id, Happening::Edited, detail, Some(staff.id), now).await?;
        audit(tx, staff, "order.edited", "order", Some(order.id.0), None, Some(changed)).await?;
        Ok(())
    })
    .await
}

/// Whom a locked order is for.
async fn contact_of(tx: &mut Conn, order: OrderId) -> Result<Contact, Failed<ContactRefused>> {
    let columns = (orders::email, orders::shipping_address, orders::billing_address, orders::note);
    let (email, shipping, billing, note): (String, Value, Value, String) =
        orders::table.find(order).select(columns).first(tx).await?;
    Ok(Contact {
        email: email.parse().map_err(anyhow::Error::from)?,
        shipping_address: serde_json::from_value(shipping).map_err(anyhow::Error::from)?,
        billing_address: serde_json::from_value(billing).map_err(anyhow::Error::from)?,
        note,
    })
}
