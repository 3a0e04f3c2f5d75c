//! Who a customer is at other sites.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::hold;
use crate::features::customers::model::{Elsewhere, IdentityRefused, MOST_IDENTITIES};
use crate::features::customers::queries;
use crate::platform::base::{CustomerId, CustomerIdentityId, Failed, Moment};
use crate::platform::db::Conn;
use crate::platform::schema::customer_identities;

/// Makes an identity at another site a way into an account; one that it has already stays.
pub async fn connect(tx: &mut Conn, of: CustomerId, who: &Elsewhere, now: Moment) -> Result<(), Failed<IdentityRefused>> {
    hold(tx, of).await?;
    match queries::customer_by_identity(tx, &who.issuer, &who.subject).await? {
        Some(owner) if owner == of => return Ok(()),
        Some(_) => return Err(IdentityRefused::Taken.into()),
        None => {}
    }
    if queries::identities_of(tx, of).await?.len() >= MOST_IDENTITIES {
        return Err(IdentityRefused::TooMany.into());
    }
    let row = (
        customer_identities::customer_id.eq(of),
        customer_identities::issuer.eq(&who.issuer),
        customer_identities::subject.eq(&who.subject),
        customer_identities::email.eq(&who.email),
        customer_identities::created_at.eq(now),
        customer_identities::used_at.eq(now),
    );
    let added = diesel::insert_into(customer_identities::table)
        .values(row)
        .on_conflict((customer_identities::issuer, customer_identities::subject))
        .do_nothing();
    match added.execute(tx).await? {
        // Another account was faster.
        0 => Err(IdentityRefused::Taken.into()),
        _ => Ok(()),
    }
}

/// Takes an identity away; never the last way into the account.
pub async fn disconnect(tx: &mut Conn, of: CustomerId, id: CustomerIdentityId) -> Result<(), Failed<IdentityRefused>> {
    hold(tx, of).await?;
    let own = customer_identities::id.eq(id).and(customer_identities::customer_id.eq(of));
    if diesel::delete(customer_identities::table.filter(own)).execute(tx).await? == 0 {
        return Err(IdentityRefused::Gone.into());
    }
    match queries::ways_in(tx, of).await? {
        0 => Err(IdentityRefused::LastWay.into()),
        _ => Ok(()),
    }
}

/// Notes that somebody signed in by this identity, and the address that the site knows them by now.
pub async fn note_use(tx: &mut Conn, who: &Elsewhere, now: Moment) -> QueryResult<()> {
    let this = customer_identities::issuer.eq(&who.issuer).and(customer_identities::subject.eq(&who.subject));
    let seen = (customer_identities::used_at.eq(now), customer_identities::email.eq(&who.email));
    diesel::update(customer_identities::table.filter(this)).set(seen).execute(tx).await?;
    Ok(())
}
