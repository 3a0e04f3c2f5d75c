//! OpenID Connect: discovery, the authorization code flow with PKCE, state and nonce, and the proof in the ID token.

use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreIdTokenClaims, CoreProviderMetadata, CoreTokenResponse,
    CoreUserInfoClaims,
};
use openidconnect::{
    AccessTokenHash, AuthType, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse,
};

use super::model::{Errand, Kind, Told, TravelRefused};
use super::travel::{self, Departure, Gate};
use crate::platform::base::{Failed, Token};
use crate::platform::outbound::Outbound;

/// A client as discovery makes it.
type Client = CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

async fn discovered(outbound: &Outbound, issuer: &str) -> Result<CoreProviderMetadata, String> {
    let issuer = IssuerUrl::new(issuer.to_owned()).map_err(|error| error.to_string())?;
    CoreProviderMetadata::discover_async(issuer, outbound).await.map_err(chain)
}

/// What went wrong with all that caused it.
fn chain(error: impl std::error::Error + Send + Sync + 'static) -> String {
    format!("{:#}", anyhow::Error::new(error))
}

async fn client(gate: &Gate<'_>) -> Result<Client, Failed<TravelRefused>> {
    let site = gate.site;
    let known = discovered(&gate.outbound, &site.issuer).await.map_err(|why| travel::away(site, why))?;
    // Basic is what the standard takes for granted; sites that do not take it say so.
    let basic =
        known.token_endpoint_auth_methods_supported().is_none_or(|ways| ways.contains(&CoreClientAuthMethod::ClientSecretBasic));
    let back = RedirectUrl::new(gate.back.clone()).map_err(anyhow::Error::from)?;
    let (id, secret) = (ClientId::new(site.client_id.clone()), ClientSecret::new(gate.secret.clone()));
    let client = CoreClient::from_provider_metadata(known, id, Some(secret)).set_redirect_uri(back);
    Ok(client.set_auth_type(if basic { AuthType::BasicAuth } else { AuthType::RequestBody }))
}

/// The address of the site's own sign-in page.
pub(super) async fn depart(gate: &Gate<'_>, state: &Token) -> Result<Departure, Failed<TravelRefused>> {
    let client = client(gate).await?;
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let state = CsrfToken::new(state.to_string());
    let asked = client
        .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || state, Nonce::new_random)
        .add_scope(Scope::new("email".into()))
        .set_pkce_challenge(challenge);
    let asked = match gate.site.kind {
        // Apple sends names and addresses by a form only.
        Kind::Apple => asked.add_scope(Scope::new("name".into())).add_extra_param("response_mode", "form_post"),
        _ => asked.add_scope(Scope::new("profile".into())),
    };
    let (url, _, nonce) = asked.url();
    Ok(Departure { url: url.into(), nonce: nonce.secret().clone(), verifier: verifier.into_secret() })
}

/// Takes the code for an ID token, and believes it only when signature, issuer, audience, time and nonce are right.
pub(super) async fn arrive(gate: &Gate<'_>, errand: &Errand, code: &str) -> Result<Told, Failed<TravelRefused>> {
    let (site, client) = (gate.site, client(gate).await?);
    let asked = client.exchange_code(AuthorizationCode::new(code.to_owned())).map_err(|why| travel::away(site, why))?;
    let asked = asked.set_pkce_verifier(PkceCodeVerifier::new(errand.verifier.clone()));
    let answer: CoreTokenResponse =
        asked.request_async(&gate.outbound).await.map_err(|why| travel::unbelievable(site, chain(why)))?;
    let claims = proved(&client, &answer, &errand.nonce).map_err(|why| travel::unbelievable(site, why))?;
    let mut told = Told {
        issuer: site.issuer.clone(),
        subject: claims.subject().to_string(),
        email: travel::address(claims.email().map(|email| email.as_str())),
        verified: claims.email_verified() == Some(true),
        name: travel::name(claims.name().and_then(|name| name.get(None)).map(|name| name.as_str())),
    };
    // Many sites tell the address only where they are asked for it.
    if told.email.is_none() && client.user_info_url().is_some() {
        let more = more(&client, gate, &answer, &claims).await.map_err(|why| travel::away(site, why))?;
        told.email = travel::address(more.email().map(|email| email.as_str()));
        told.verified = more.email_verified() == Some(true);
        told.name = travel::name(more.name().and_then(|name| name.get(None)).map(|name| name.as_str()));
    }
    told.verified &= told.email.is_some();
    Ok(told)
}

/// The claims of the ID token, once everything about it is right.
fn proved(client: &Client, answer: &CoreTokenResponse, nonce: &str) -> Result<CoreIdTokenClaims, String> {
    let token = answer.id_token().ok_or("no ID token")?;
    let verifier = client.id_token_verifier();
    let claims = token.claims(&verifier, &Nonce::new(nonce.to_owned())).map_err(chain)?;
    if let Some(hash) = claims.access_token_hash() {
        let key = token.signing_key(&verifier).map_err(chain)?;
        let alg = token.signing_alg().map_err(chain)?;
        let made = AccessTokenHash::from_token(answer.access_token(), alg, key).map_err(chain)?;
        if made != *hash {
            return Err("the access token is another's".into());
        }
    }
    Ok(claims.clone())
}

/// What the site tells of the same person over its user-info address.
async fn more(
    client: &Client,
    gate: &Gate<'_>,
    answer: &CoreTokenResponse,
    claims: &CoreIdTokenClaims,
) -> Result<CoreUserInfoClaims, String> {
    let asked = client.user_info(answer.access_token().clone(), Some(claims.subject().clone())).map_err(chain)?;
    asked.request_async(&gate.outbound).await.map_err(chain)
}

/// What the discovery document says, for staff.
pub(super) async fn examine(outbound: Outbound, issuer: &str) -> Result<Vec<(&'static str, String)>, String> {
    let known = discovered(&outbound, issuer).await?;
    Ok(vec![
        ("admin-sites-found-sign-in", known.authorization_endpoint().to_string()),
        ("admin-sites-found-token", known.token_endpoint().map(ToString::to_string).unwrap_or_default()),
        ("admin-sites-found-keys", known.jwks().keys().len().to_string()),
    ])
}
