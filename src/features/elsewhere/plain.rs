//! OAuth 2 without OpenID Connect: the code for a token, the token for an answer; and Facebook, which speaks so.

use openidconnect::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use openidconnect::{HttpRequest, HttpResponse, PkceCodeChallenge, http};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use url::Url;

use super::model::{Errand, Told, TravelRefused};
use super::travel::{self, Departure, Gate};
use crate::platform::base::{Failed, Token};
use crate::platform::outbound::Outbound;

/// The version of Facebook's interface that is spoken.
const GRAPH: &str = "v23.0";

/// The address of a site's page where somebody says yes.
pub(super) fn depart(gate: &Gate<'_>, page: &str, scope: &str, state: &Token) -> Result<Departure, Failed<TravelRefused>> {
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let mut url: Url = page.parse().map_err(|why| travel::away(gate.site, why))?;
    url.query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", &gate.site.client_id)
        .append_pair("redirect_uri", &gate.back)
        .append_pair("scope", scope)
        .append_pair("state", &state.to_string())
        .append_pair("code_challenge", challenge.as_str())
        .append_pair("code_challenge_method", "S256");
    Ok(Departure { url: url.into(), nonce: String::new(), verifier: verifier.into_secret() })
}

#[derive(Deserialize)]
struct Granted {
    access_token: String,
}

/// Takes the code for a token at this address.
pub(super) async fn token(gate: &Gate<'_>, at: &str, errand: &Errand, code: &str) -> Result<String, Failed<TravelRefused>> {
    let form = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", "authorization_code")
        .append_pair("code", code)
        .append_pair("redirect_uri", &gate.back)
        .append_pair("client_id", &gate.site.client_id)
        .append_pair("client_secret", &gate.secret)
        .append_pair("code_verifier", &errand.verifier)
        .finish();
    let request = http::Request::post(at).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    let request = request.header(ACCEPT, "application/json").body(form.into_bytes()).map_err(anyhow::Error::from)?;
    // GitHub answers 200 to a code that is no good: then there is no token in it.
    let granted: Result<Granted, String> = read(gate.outbound.send(request).await);
    Ok(granted.map_err(|why| travel::unbelievable(gate.site, why))?.access_token)
}

/// Asks a site's interface in the name of whoever the token is of.
pub(super) async fn ask<T: DeserializeOwned>(gate: &Gate<'_>, at: &str, token: &str) -> Result<T, Failed<TravelRefused>> {
    let request: HttpRequest = http::Request::get(at)
        .header(AUTHORIZATION, format!("Bearer {token}"))
        .header(ACCEPT, "application/json")
        .body(Vec::new())
        .map_err(anyhow::Error::from)?;
    Ok(read(gate.outbound.send(request).await).map_err(|why| travel::away(gate.site, why))?)
}

fn read<T: DeserializeOwned>(answer: Result<HttpResponse, impl std::fmt::Display>) -> Result<T, String> {
    let answer = answer.map_err(|why| why.to_string())?;
    match answer.status().is_success() {
        true => serde_json::from_slice(answer.body()).map_err(|why| format!("an answer that cannot be read: {why}")),
        false => Err(format!("the answer {}", answer.status())),
    }
}

pub(super) fn facebook_depart(gate: &Gate<'_>, state: &Token) -> Result<Departure, Failed<TravelRefused>> {
    depart(gate, &format!("{}/{GRAPH}/dialog/oauth", gate.site.issuer), "email,public_profile", state)
}

#[derive(Deserialize)]
struct FacebookUser {
    id: String,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    email: Option<String>,
}

/// Facebook does not say whether it proved an address, so it counts as not proved.
pub(super) async fn facebook_arrive(gate: &Gate<'_>, errand: &Errand, code: &str) -> Result<Told, Failed<TravelRefused>> {
    let site = gate.site.issuer.as_str();
    let graph = if site == "https://www.facebook.com" { "https://graph.facebook.com" } else { site };
    let token = token(gate, &format!("{graph}/{GRAPH}/oauth/access_token"), errand, code).await?;
    let user: FacebookUser = ask(gate, &format!("{graph}/{GRAPH}/me?fields=id,name,email"), &token).await?;
    Ok(Told {
        issuer: site.to_owned(),
        subject: user.id,
        email: travel::address(user.email.as_deref()),
        verified: false,
        name: travel::name(user.name.as_deref()),
    })
}

/// Whether the site is there at all: there is no document to be read.
pub(super) async fn examine(outbound: Outbound, site: &str) -> Result<Vec<(&'static str, String)>, String> {
    let request = http::Request::get(site).body(Vec::new()).map_err(|why| why.to_string())?;
    let answer = outbound.send(request).await.map_err(|why| why.to_string())?;
    Ok(vec![("admin-sites-found-answer", answer.status().as_u16().to_string())])
}
