//! Reads of sites and of another site's word.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::model::Site;
use crate::platform::base::{Broke, Moment, SignInSiteId, TokenHash};
use crate::platform::db::Conn;
use crate::platform::schema::{sign_in_claims, sign_in_sites};
use crate::platform::vault::{Place, Purpose, Vault};

/// The columns of a site.
const SITE: (
    sign_in_sites::id,
    sign_in_sites::kind,
    sign_in_sites::label,
    sign_in_sites::issuer,
    sign_in_sites::client_id,
    sign_in_sites::position,
    sign_in_sites::is_on,
) = (
    sign_in_sites::id,
    sign_in_sites::kind,
    sign_in_sites::label,
    sign_in_sites::issuer,
    sign_in_sites::client_id,
    sign_in_sites::position,
    sign_in_sites::is_on,
);

/// All sites in the order of their buttons.
pub async fn sites(conn: &mut Conn) -> QueryResult<Vec<Site>> {
    sign_in_sites::table.order((sign_in_sites::position, sign_in_sites::id)).select(SITE).load(conn).await
}

/// The sites that customers may sign in with now.
pub async fn sites_on(conn: &mut Conn) -> QueryResult<Vec<Site>> {
    let on = sign_in_sites::table.filter(sign_in_sites::is_on);
    on.order((sign_in_sites::position, sign_in_sites::id)).select(SITE).load(conn).await
}

pub async fn site(conn: &mut Conn, id: SignInSiteId) -> QueryResult<Option<Site>> {
    sign_in_sites::table.find(id).select(SITE).first(conn).await.optional()
}

/// Where the secret of a site's client is sealed.
pub(super) fn secret_of(id: SignInSiteId) -> Place {
    Place::new(Purpose::OauthKey, format!("sign-in/{id}"))
}

/// The secret of a site's client, for the one who speaks with the site.
pub async fn secret(conn: &mut Conn, vault: &Vault, id: SignInSiteId) -> Result<Option<String>, Broke> {
    let secret = vault.read(conn, &secret_of(id)).await?;
    Ok(secret.map(|secret| String::from_utf8(secret.reveal().to_vec())).transpose()?)
}

/// The label of the site whose word waits for whoever signs in next in this browser.
pub async fn claimed_site(conn: &mut Conn, token: &TokenHash, now: Moment) -> QueryResult<Option<String>> {
    sign_in_claims::table
        .inner_join(sign_in_sites::table.on(sign_in_sites::id.eq(sign_in_claims::site_id)))
        .filter(sign_in_claims::token_hash.eq(token.as_bytes()).and(sign_in_claims::expires_at.gt(now)))
        .select(sign_in_sites::label)
        .first(conn)
        .await
        .optional()
}
