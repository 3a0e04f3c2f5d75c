//! Acts on sites, on errands to them, and on their word that waits.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;

use super::model::{BACK_WITHIN, CLAIM_WITHIN, Errand, MOST_SITES, NewSite, Site, SiteRefused};
use super::queries::{self, secret_of};
use crate::features::customers::model::Elsewhere;
use crate::platform::access::{Person, audit};
use crate::platform::base::{Broke, CustomerId, Failed, Moment, SignInSiteId, Token, TokenHash};
use crate::platform::db::Conn;
use crate::platform::schema::{sign_in_claims, sign_in_errands, sign_in_sites};
use crate::platform::vault::{Secret, Vault};

fn written(site: &NewSite) -> serde_json::Value {
    json!({ "kind": site.kind, "label": site.label, "issuer": site.issuer, "client_id": site.client_id, "is_on": site.is_on })
}

/// Sets up a site, or changes one; a secret that is not given stays as it is.
pub async fn save_site(
    tx: &mut Conn,
    vault: &Vault,
    id: Option<SignInSiteId>,
    new: &NewSite,
    secret: Option<&str>,
    staff: &Person,
    now: Moment,
) -> Result<SignInSiteId, Failed<SiteRefused>> {
    let known = queries::sites(tx).await?;
    let before = id.map(|id| known.iter().find(|site| site.id == id).ok_or(SiteRefused::Gone)).transpose()?;
    let same = |site: &Site| site.issuer == new.issuer && site.client_id == new.client_id && Some(site.id) != id;
    if known.iter().any(same) {
        return Err(SiteRefused::Known.into());
    }
    if before.is_none() && known.len() >= MOST_SITES {
        return Err(SiteRefused::TooMany.into());
    }
    let row = (
        sign_in_sites::kind.eq(new.kind),
        sign_in_sites::label.eq(&new.label),
        sign_in_sites::issuer.eq(&new.issuer),
        sign_in_sites::client_id.eq(&new.client_id),
        sign_in_sites::position.eq(new.position),
        sign_in_sites::is_on.eq(new.is_on),
    );
    let saved: SignInSiteId = match id {
        Some(id) => diesel::update(sign_in_sites::table.find(id)).set(row).returning(sign_in_sites::id).get_result(tx).await?,
        None => {
            let new = diesel::insert_into(sign_in_sites::table).values((row, sign_in_sites::created_at.eq(now)));
            let added: Option<SignInSiteId> =
                new.on_conflict_do_nothing().returning(sign_in_sites::id).get_result(tx).await.optional()?;
            added.ok_or(SiteRefused::Known)?
        }
    };
    match secret {
        Some(secret) => vault.keep(tx, &secret_of(saved), &Secret::new(secret.as_bytes())).await?,
        None if new.is_on && queries::secret(tx, vault, saved).await?.is_none() => return Err(SiteRefused::NoSecret.into()),
        None => {}
    }
    let (act, before) = match before {
        Some(site) => ("sign_in_site.changed", Some(json!({ "label": site.label, "issuer": site.issuer, "is_on": site.is_on }))),
        None => ("sign_in_site.added", None),
    };
    let mut after = written(new);
    after["secret"] = secret.is_some().into();
    audit(tx, staff, act, "sign_in_site", Some(saved.0), before, Some(after)).await?;
    Ok(saved)
}

/// Takes a site off the list; identities there stay with their accounts, for the day it comes back.
pub async fn remove_site(tx: &mut Conn, vault: &Vault, id: SignInSiteId, staff: &Person) -> Result<(), Failed<SiteRefused>> {
    let gone = diesel::delete(sign_in_sites::table.find(id)).returning((sign_in_sites::label, sign_in_sites::issuer));
    let gone: Option<(String, String)> = gone.get_result(tx).await.optional()?;
    let (label, issuer) = gone.ok_or(SiteRefused::Gone)?;
    vault.forget(tx, &secret_of(id)).await?;
    let before = Some(json!({ "label": label, "issuer": issuer }));
    Ok(audit(tx, staff, "sign_in_site.removed", "sign_in_site", Some(id.0), before, None).await?)
}

/// Remembers who is sent to a site under this state, from this browser.
pub async fn keep_errand(
    conn: &mut Conn,
    (site, state, browser): (SignInSiteId, &Token, &Token),
    errand: &Errand,
    now: Moment,
) -> QueryResult<()> {
    let row = (
        sign_in_errands::state_hash.eq(state.hash().as_bytes().to_vec()),
        sign_in_errands::browser_hash.eq(browser.hash().as_bytes().to_vec()),
        sign_in_errands::site_id.eq(site),
        sign_in_errands::customer_id.eq(errand.customer),
        sign_in_errands::nonce.eq(&errand.nonce),
        sign_in_errands::verifier.eq(&errand.verifier),
        sign_in_errands::stay.eq(errand.stay),
        sign_in_errands::next.eq(&errand.next),
        sign_in_errands::expires_at.eq(now + BACK_WITHIN),
    );
    diesel::insert_into(sign_in_errands::table).values(row).execute(conn).await?;
    Ok(())
}

/// Takes an errand out, so that its state is good once; another browser takes nothing.
pub async fn take_errand(
    conn: &mut Conn,
    (site, state, browser): (SignInSiteId, &TokenHash, &TokenHash),
    now: Moment,
) -> QueryResult<Option<Errand>> {
    use sign_in_errands::{browser_hash, customer_id, expires_at, next, nonce, site_id, state_hash, stay, verifier};
    let this = state_hash.eq(state.as_bytes().to_vec()).and(browser_hash.eq(browser.as_bytes().to_vec()));
    let this = sign_in_errands::table.filter(this.and(site_id.eq(site)).and(expires_at.gt(now)));
    let taken = diesel::delete(this).returning((customer_id, nonce, verifier, stay, next));
    taken.get_result(conn).await.optional()
}

/// Keeps a site's word for the owner of this account, who is to sign in first.
pub async fn keep_claim(tx: &mut Conn, site: SignInSiteId, of: CustomerId, who: &Elsewhere, now: Moment) -> QueryResult<Token> {
    let token = Token::random();
    let row = (
        sign_in_claims::token_hash.eq(token.hash().as_bytes().to_vec()),
        sign_in_claims::customer_id.eq(of),
        sign_in_claims::site_id.eq(site),
        sign_in_claims::issuer.eq(&who.issuer),
        sign_in_claims::subject.eq(&who.subject),
        sign_in_claims::email.eq(&who.email),
        sign_in_claims::expires_at.eq(now + CLAIM_WITHIN),
    );
    diesel::insert_into(sign_in_claims::table).values(row).execute(tx).await?;
    Ok(token)
}

/// Takes a site's word out, where it is about the account that was signed in to.
pub async fn take_claim(tx: &mut Conn, token: &TokenHash, of: CustomerId, now: Moment) -> Result<Option<Elsewhere>, Broke> {
    use sign_in_claims::{customer_id, email, expires_at, issuer, subject, token_hash};
    let this = token_hash.eq(token.as_bytes().to_vec()).and(customer_id.eq(of)).and(expires_at.gt(now));
    let taken = diesel::delete(sign_in_claims::table.filter(this)).returning((issuer, subject, email));
    let taken: Option<(String, String, String)> = taken.get_result(tx).await.optional()?;
    Ok(taken.map(|who| Elsewhere { issuer: who.0, subject: who.1, email: who.2 }))
}

/// Deletes who was sent elsewhere from this account, and what came back for it.
pub async fn forget(tx: &mut Conn, customer: CustomerId) -> QueryResult<()> {
    diesel::delete(sign_in_errands::table.filter(sign_in_errands::customer_id.eq(customer))).execute(tx).await?;
    diesel::delete(sign_in_claims::table.filter(sign_in_claims::customer_id.eq(customer))).execute(tx).await?;
    Ok(())
}

/// Deletes errands and claims that are over; run once in a while.
pub async fn sweep(conn: &mut Conn, now: Moment) -> QueryResult<()> {
    diesel::delete(sign_in_errands::table.filter(sign_in_errands::expires_at.le(now))).execute(conn).await?;
    diesel::delete(sign_in_claims::table.filter(sign_in_claims::expires_at.le(now))).execute(conn).await?;
    Ok(())
}
