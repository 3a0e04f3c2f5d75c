//! GitHub, which speaks OAuth 2: who somebody is and which address is proved, over its interface. An address of its own
//! ("https://github.example.com") is that of a GitHub Enterprise server.

use serde::Deserialize;

use super::model::{Errand, Told, TravelRefused};
use super::plain;
use super::travel::{self, Departure, Gate};
use crate::platform::base::{Failed, Token};

pub(super) fn depart(gate: &Gate<'_>, state: &Token) -> Result<Departure, Failed<TravelRefused>> {
    plain::depart(gate, &format!("{}/login/oauth/authorize", gate.site.issuer), "read:user user:email", state)
}

#[derive(Deserialize)]
struct User {
    id: u64,
    #[serde(default)]
    name: Option<String>,
}

#[derive(Deserialize)]
struct Mailbox {
    email: String,
    primary: bool,
    verified: bool,
}

pub(super) async fn arrive(gate: &Gate<'_>, errand: &Errand, code: &str) -> Result<Told, Failed<TravelRefused>> {
    let site = gate.site.issuer.as_str();
    let api = if site == "https://github.com" { "https://api.github.com".to_owned() } else { format!("{site}/api/v3") };
    let token = plain::token(gate, &format!("{site}/login/oauth/access_token"), errand, code).await?;
    let user: User = plain::ask(gate, &format!("{api}/user"), &token).await?;
    let mailboxes: Vec<Mailbox> = plain::ask(gate, &format!("{api}/user/emails"), &token).await?;
    let mailbox = mailboxes.iter().find(|mailbox| mailbox.primary).or(mailboxes.first());
    let email = travel::address(mailbox.map(|mailbox| mailbox.email.as_str()));
    Ok(Told {
        issuer: site.to_owned(),
        subject: user.id.to_string(),
        verified: email.is_some() && mailbox.is_some_and(|mailbox| mailbox.verified),
        email,
        name: travel::name(user.name.as_deref()),
    })
}
