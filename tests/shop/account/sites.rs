//! Signing in with other sites, against a real OpenID Connect provider and what GitHub and Facebook answer.

use std::collections::HashMap;
use std::io::BufRead;
use std::process::{Child, Command, Stdio};

use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use rocket::http::{ContentType, Status};
use serde_json::json;

use super::{PASSWORD, enrol, sign_in};
use crate::world::{Answer, TestShop, Visitor, encode};

/// A program that is other sites, and whoever sits before them.
pub struct Elsewhere {
    pub address: String,
    process: Child,
    /// Kept open: whoever writes into a closed pipe dies of it.
    _said: std::io::BufReader<std::process::ChildStdout>,
}

impl Drop for Elsewhere {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Elsewhere {
    /// `None`, with a word on it, where the package is not here; in CI it must be.
    pub async fn open(shop: &str, environment: &[(&str, &str)]) -> Option<Elsewhere> {
        rustls::crypto::ring::default_provider().install_default().ok();
        let root = env!("CARGO_MANIFEST_DIR");
        let modules = std::env::var("OIDC_PROVIDER").unwrap_or_else(|_| format!("{root}/target/tools/oidc/node_modules"));
        if !std::path::Path::new(&modules).join("oidc-provider").exists() {
            assert!(std::env::var("CI").is_err(), "{modules} has no oidc-provider: bin/test fetches it");
            eprintln!("skipped: {modules} has no oidc-provider; bin/test fetches it");
            return None;
        }
        let mut node = Command::new("node");
        node.arg(format!("{root}/tests/fakes/oidc.mjs")).args([&modules, shop]).envs(environment.iter().copied());
        let mut process = node.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("node starts");
        let mut line = String::new();
        let mut said = std::io::BufReader::new(process.stdout.take().expect("its words"));
        said.read_line(&mut line).expect("its address");
        Some(Elsewhere { address: line.trim().to_owned(), process, _said: said })
    }

    /// Who sits at the keyboard from now on.
    pub async fn is(&self, sub: &str, email: &str, verified: bool) {
        let who = json!({ "sub": sub, "email": email, "email_verified": verified, "name": "Marta Wolf" });
        client().post(format!("{}/who", self.address)).json(&who).send().await.expect("told");
    }

    /// Follows the site's own pages from this address until they lead back to the shop; path and query there.
    pub async fn through(&self, start: &str) -> String {
        let mut cookies: HashMap<String, String> = HashMap::new();
        let mut url: url::Url = start.parse().expect("an address");
        for _ in 0..10 {
            let carried = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
            let answer = client().get(url.clone()).header(COOKIE, carried).send().await.expect("an answer");
            for cookie in answer.headers().get_all(SET_COOKIE) {
                let cookie = cookie.to_str().expect("a cookie").split(';').next().expect("a pair");
                let (name, value) = cookie.split_once('=').expect("a pair");
                cookies.insert(name.to_owned(), value.to_owned());
            }
            let Some(to) = answer.headers().get(LOCATION).map(|to| to.to_str().expect("an address").to_owned()) else {
                panic!("{url} leads nowhere: {}", answer.text().await.unwrap_or_default());
            };
            url = url.join(&to).expect("an address");
            if url.path().starts_with("/account/sign-in/return/") {
                return url[url::Position::BeforePath..].to_owned();
            }
        }
        panic!("{start} goes round in circles");
    }
}

fn client() -> reqwest::Client {
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().expect("a client")
}

/// A shop to which staff added these sites, as kind and what follows the address of the fake.
async fn shop_with(kinds: &[(&str, &str)]) -> Option<(TestShop, Elsewhere)> {
    shop_where(kinds, &[]).await
}

async fn shop_where(kinds: &[(&str, &str)], environment: &[(&str, &str)]) -> Option<(TestShop, Elsewhere)> {
    let there = Elsewhere::open("http://127.0.0.1:8000", environment).await?;
    let shop = TestShop::with(&[("BARROW_OUTBOUND_LOOPBACK", "yes")]).await;
    let owner = shop.staff("owner").await;
    for (at, (kind, path)) in kinds.iter().enumerate() {
        let issuer = format!("{}{path}", there.address);
        let secret = if *kind == "oidc" { "a secret between the two of them" } else { "hush" };
        let fields = [("label", "Elsewhere"), ("issuer", &issuer), ("client_id", "barrow"), ("secret", secret)];
        let fields = [&fields[..], &[("position", "1"), ("is_on", "true")]].concat();
        let added = owner.post(&format!("/admin/settings/sign-in-new/{kind}"), &fields).await;
        added.goes_to(&format!("/admin/settings/sign-in/{}", at + 1));
        // Facebook is at its own address, wherever staff say: the test has it here.
        shop.sql(&format!("update sign_in_sites set issuer = '{issuer}' where id = {}", at + 1)).await;
    }
    Some((shop, there))
}

/// The address that the shop's last page before the site leads to.
fn departure(answer: &Answer) -> String {
    answer.is_ok().shows("On to Elsewhere");
    let refresh = answer.header("refresh").expect("it goes on by itself").to_owned();
    refresh.strip_prefix("0; url=").expect("an address").to_owned()
}

/// Begins at the sign-in page and comes back; where the shop is to be asked then.
async fn there_and_back(visitor: &Visitor, there: &Elsewhere, site: i64) -> String {
    let left = visitor.post(&format!("/account/sign-in/with/{site}"), &[("next", "/account/orders")]).await;
    there.through(&departure(&left)).await
}

#[rocket::async_test]
async fn an_account_is_opened_by_another_site_and_signed_in_to_again() {
    let Some((shop, there)) = shop_with(&[("oidc", "")]).await else { return };
    there.is("marta-1", "marta@example.org", true).await;
    let tea = shop.put("Green tea", 450, 9).await;
    shop.place(900, &[(&tea, 450, 2)]).await.expect("placed");
    shop.sql("update orders set email = 'marta@example.org'").await;
    let visitor = shop.visitor();
    visitor.get("/account/sign-in").await.is_ok().shows("Continue with Elsewhere");
    let left = visitor.post("/account/sign-in/with/1", &[("next", "/account/orders")]).await;
    let url: url::Url = departure(&left).parse().expect("an address");
    let asked: HashMap<String, String> = url.query_pairs().into_owned().collect();
    for needed in ["state", "nonce", "code_challenge", "scope"] {
        assert!(asked.contains_key(needed), "{url}");
    }
    assert_eq!(asked["code_challenge_method"], "S256");
    let cookie = left.headers.iter().find(|(_, value)| value.starts_with("errand=")).expect("a cookie");
    assert!(cookie.1.contains("HttpOnly") && cookie.1.contains("SameSite=Lax") && cookie.1.contains("Max-Age=600"), "{cookie:?}");
    let back = there.through(url.as_str()).await;
    visitor.get(&back).await.goes_to("/account/orders");
    visitor.get("/account/orders").await.is_ok().shows("Order 1001");
    visitor.get("/account").await.is_ok().shows("Hello, Marta");
    let again = shop.visitor();
    let back = there_and_back(&again, &there, 1).await;
    again.get(&back).await.goes_to("/account/orders");
    assert_eq!(shop.number("select count(*) from customers").await, 1);
    assert_eq!(shop.number("select count(*) from customer_identities where subject = 'marta-1'").await, 1);
    // The site's word for the address may change: the identity stays the same person.
    there.is("marta-1", "wolf@example.org", true).await;
    let back = there_and_back(&again, &there, 1).await;
    again.get(&back).await.goes_to("/account/orders");
    assert_eq!(shop.number("select count(*) from customers where email = 'marta@example.org'").await, 1);
}

#[rocket::async_test]
async fn the_address_may_come_from_the_user_info_page() {
    let Some((shop, there)) = shop_where(&[("oidc", "")], &[("IN_USERINFO", "yes")]).await else { return };
    there.is("marta-1", "marta@example.org", true).await;
    let visitor = shop.visitor();
    let back = there_and_back(&visitor, &there, 1).await;
    visitor.get(&back).await.goes_to("/account/orders");
    visitor.get("/account").await.is_ok().shows("marta@example.org");
}

#[rocket::async_test]
async fn an_address_that_the_site_did_not_prove_is_not_linked() {
    let Some((shop, there)) = shop_with(&[("oidc", "")]).await else { return };
    let marta = enrol(&shop, "marta@example.org").await;
    let tea = shop.put("Green tea", 450, 9).await;
    shop.place(900, &[(&tea, 450, 2)]).await.expect("placed");
    shop.sql(&format!("update orders set email = 'marta@example.org', customer_id = {marta}")).await;
    there.is("thief-1", "marta@example.org", false).await;
    let thief = shop.visitor();
    let back = there_and_back(&thief, &there, 1).await;
    thief.get(&back).await.goes_to("/account/orders");
    thief.get("/account/orders").await.is_ok().shows("No orders yet");
    thief.get("/account/security").await.is_ok().shows("not proved yet");
    assert_eq!(shop.number(&format!("select count(*) from customer_identities where customer_id = {marta}")).await, 0);
    thief.post("/account/verification", &[]).await.goes_to("/account/mail-sent/address");
    shop.work().await;
    let mail = super::newest_mail(&shop, "marta@example.org").await;
    assert!(mail.contains("You have an account already") && !mail.contains("/account/verification/"), "{mail}");
    thief.post("/account/password", &[("new", "another good password")]).await.is(Status::UnprocessableEntity);
    sign_in(&shop.visitor(), "marta@example.org", PASSWORD).await.goes_to("/account");
}

#[rocket::async_test]
async fn an_account_with_the_address_is_linked_only_after_its_own_login() {
    let Some((shop, there)) = shop_with(&[("oidc", "")]).await else { return };
    let marta = enrol(&shop, "marta@example.org").await;
    enrol(&shop, "ben@example.org").await;
    there.is("marta-1", "marta@example.org", true).await;
    let linked = format!("select count(*) from customer_identities where customer_id = {marta}");
    let visitor = shop.visitor();
    let back = there_and_back(&visitor, &there, 1).await;
    visitor.get(&back).await.goes_to("/account/sign-in");
    visitor.get("/account").await.is(Status::SeeOther);
    visitor.get("/account/sign-in").await.is_ok().shows("There is an account with your address already");
    assert_eq!(shop.number(&linked).await, 0);
    sign_in(&visitor, "ben@example.org", PASSWORD).await.goes_to("/account");
    assert_eq!(shop.number("select count(*) from customer_identities").await, 0, "somebody else's login links nothing");
    visitor.post("/account/sign-out", &[]).await;
    sign_in(&visitor, "marta@example.org", PASSWORD).await.goes_to("/account");
    visitor.get("/account").await.is_ok().shows("The other site opens your account from now on");
    assert_eq!(shop.number(&linked).await, 1);
    let again = shop.visitor();
    let back = there_and_back(&again, &there, 1).await;
    again.get(&back).await.goes_to("/account/orders");
}

#[rocket::async_test]
async fn what_comes_back_is_good_once_in_one_browser_for_ten_minutes() {
    let Some((shop, there)) = shop_with(&[("oidc", "")]).await else { return };
    there.is("marta-1", "marta@example.org", true).await;
    let visitor = shop.visitor();
    let back = there_and_back(&visitor, &there, 1).await;
    let other = shop.visitor();
    other.get(&back).await.is(Status::Gone).shows("This link is good no more");
    other.post("/account/sign-in/with/1", &[]).await.is_ok();
    other.get(&back).await.is(Status::Gone);
    let state = back.split("state=").nth(1).and_then(|rest| rest.split('&').next()).expect("a state").to_owned();
    let wrong = back.replace(&state, &barrow::platform::base::Token::random().to_string());
    visitor.get(&wrong).await.is(Status::Gone);
    visitor.get(&back.replace("/return/1", "/return/2")).await.is(Status::Gone);
    visitor.get(&back).await.goes_to("/account/orders");
    visitor.get(&back).await.is(Status::Gone);
    visitor.post("/account/sign-out", &[]).await;
    // The old code under a new state.
    let fresh = there_and_back(&visitor, &there, 1).await;
    let code = |path: &str| path.split("code=").nth(1).and_then(|rest| rest.split('&').next()).expect("a code").to_owned();
    visitor.get(&fresh.replace(&code(&fresh), &code(&back))).await.goes_to("/account/sign-in");
    visitor.get("/account/sign-in").await.is_ok().shows("could not be believed");
    let strange = there_and_back(&visitor, &there, 1).await;
    let strange = strange.split("&iss=").next().expect("a path");
    visitor.get(&format!("{strange}&iss=https%3A%2F%2Fevil.example")).await.goes_to("/account/sign-in");
    let late = there_and_back(&visitor, &there, 1).await;
    shop.shop.clock.advance(chrono::Duration::minutes(11));
    visitor.get(&late).await.is(Status::Gone);
    assert_eq!(shop.number("select count(*) from customer_sessions").await, 0);
    let declined = departure(&visitor.post("/account/sign-in/with/1", &[]).await);
    let state = declined.split("state=").nth(1).and_then(|rest| rest.split('&').next()).expect("a state");
    visitor.get(&format!("/account/sign-in/return/1?error=access_denied&state={state}")).await.goes_to("/account/sign-in");
    visitor.get("/account/sign-in").await.is_ok().shows("The other site said no");
}

#[rocket::async_test]
async fn a_form_from_the_site_leads_to_the_page_that_has_the_cookies() {
    let Some((shop, there)) = shop_with(&[("oidc", "")]).await else { return };
    there.is("marta-1", "marta@example.org", true).await;
    let visitor = shop.visitor();
    let back = there_and_back(&visitor, &there, 1).await;
    let fields: Vec<(String, String)> =
        url::Url::parse("http://x").expect("a base").join(&back).expect("an address").query_pairs().into_owned().collect();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let foreign = shop.client.post("/account/sign-in/return/1").header(ContentType::Form).body(encode(&fields));
    let foreign = foreign.header(rocket::http::Header::new("Sec-Fetch-Site", "cross-site"));
    let answer = shop.visitor().send(foreign).await;
    answer.is(Status::SeeOther);
    assert!(answer.location().starts_with("/account/sign-in/return/1?code="), "{}", answer.location());
    assert_eq!(shop.number("select count(*) from customer_sessions").await, 0, "the form itself does nothing");
    visitor.get(&answer.location()).await.goes_to("/account/orders");
    let other = shop.client.post("/account/sign-in/with/1").header(ContentType::Form).body("");
    let other = other.header(rocket::http::Header::new("Sec-Fetch-Site", "cross-site"));
    shop.visitor().send(other).await.is(Status::Forbidden);
}

#[rocket::async_test]
async fn github_and_facebook_say_who_somebody_is() {
    let Some((shop, there)) = shop_with(&[("github", "/github"), ("facebook", "/facebook")]).await else { return };
    there.is("4711", "marta@example.org", true).await;
    let visitor = shop.visitor();
    let back = there_and_back(&visitor, &there, 1).await;
    visitor.get(&back).await.goes_to("/account/orders");
    visitor.get("/account").await.is_ok().shows("marta@example.org");
    assert_eq!(shop.number("select count(*) from customers where email_verified_at is not null").await, 1);
    there.is("4712", "ben@example.org", true).await;
    let ben = shop.visitor();
    let back = there_and_back(&ben, &there, 2).await;
    ben.get(&back).await.goes_to("/account/orders");
    ben.get("/account/security").await.is_ok().shows("not proved yet");
    let again = there_and_back(&ben, &there, 1).await;
    let code = again.split("code=").nth(1).and_then(|rest| rest.split('&').next()).expect("a code");
    ben.get(&again.replace(code, "stolen")).await.goes_to("/account/sign-in");
}

#[rocket::async_test]
async fn sites_are_connected_and_disconnected_but_never_the_last_way_in() {
    let Some((shop, there)) = shop_with(&[("oidc", "")]).await else { return };
    enrol(&shop, "ben@example.org").await;
    there.is("ben-1", "benny@example.net", false).await;
    let ben = shop.visitor();
    sign_in(&ben, "ben@example.org", PASSWORD).await.goes_to("/account");
    let left = ben.post("/account/security/connection/1", &[]).await;
    let back = there.through(&departure(&left)).await;
    shop.visitor().get(&back).await.is(Status::Gone);
    ben.get(&back).await.goes_to("/account/security");
    ben.get("/account/security").await.is_ok().shows("benny@example.net").shows("Disconnect");
    // By the same identity nobody else's account is opened.
    enrol(&shop, "marta@example.org").await;
    let marta = shop.visitor();
    sign_in(&marta, "marta@example.org", PASSWORD).await;
    let left = marta.post("/account/security/connection/1", &[]).await;
    let back = there.through(&departure(&left)).await;
    marta.get(&back).await.goes_to("/account/security");
    marta.get("/account/security").await.is_ok().shows("belongs to another account");
    marta.post("/account/security/sites/1/removal", &[]).await.is(Status::NotFound);
    shop.sql("update customers set password_hash = null where email = 'ben@example.org'").await;
    ben.post("/account/security/sites/1/removal", &[]).await.goes_to("/account/security");
    ben.get("/account/security").await.is_ok().shows("Nothing else opens your account").shows("Disconnect");
    // A first password is set without an old one, soon after signing in; then the site may go.
    ben.post("/account/password", &[("new", "another good password")]).await.goes_to("/account/security");
    ben.post("/account/security/sites/1/removal", &[]).await.goes_to("/account/security");
    assert_eq!(shop.number("select count(*) from customer_identities").await, 0);
    shop.shop.clock.advance(chrono::Duration::minutes(11));
    ben.post("/account/security/connection/1", &[]).await.goes_to("/account/proof");
}

#[rocket::async_test]
async fn a_second_step_is_asked_after_another_site_too() {
    let Some((shop, there)) = shop_with(&[("oidc", "")]).await else { return };
    there.is("marta-1", "marta@example.org", true).await;
    let visitor = shop.visitor();
    let back = there_and_back(&visitor, &there, 1).await;
    visitor.get(&back).await.goes_to("/account/orders");
    visitor.post("/account/security/app", &[]).await.goes_to("/account/security/app");
    let page = visitor.get("/account/security/app").await.body();
    let secret = page.split("data-secret>").nth(1).and_then(|rest| rest.split('<').next()).expect("a key").to_owned();
    let code = crate::world::totp_code(&secret, shop.now());
    visitor.post("/account/security/app/confirmation", &[("code", &code)]).await.is_ok();
    visitor.post("/account/sign-out", &[]).await;
    let back = there_and_back(&visitor, &there, 1).await;
    visitor.get(&back).await.goes_to("/account/sign-in/second-step");
    visitor.get("/account").await.is(Status::SeeOther);
}

#[rocket::async_test]
async fn staff_set_up_sites_and_their_secrets_are_sealed() {
    rustls::crypto::ring::default_provider().install_default().ok();
    let shop = TestShop::with(&[("BARROW_OUTBOUND_LOOPBACK", "yes")]).await;
    let owner = shop.staff("owner").await;
    owner.get("/admin/settings/sign-in").await.is_ok().shows("Customers sign in with a password or a passkey");
    for kind in ["oidc", "google", "apple", "github", "facebook"] {
        owner.get(&format!("/admin/settings/sign-in-new/{kind}")).await.is_ok();
    }
    owner.get("/admin/settings/sign-in-new/nobody").await.is(Status::NotFound);
    let post = async |path: &str, issuer: &str, secret: &str| {
        let fields = [("label", "Work"), ("issuer", issuer), ("client_id", "barrow"), ("secret", secret)];
        owner.post(path, &[&fields[..], &[("position", "1"), ("is_on", "true")]].concat()).await
    };
    for bad in ["http://login.example.org", "javascript:alert(1)", "https://a.example/?x=1", "https://u:p@a.example", ""] {
        post("/admin/settings/sign-in-new/oidc", bad, "s").await.is(Status::UnprocessableEntity);
    }
    let none = post("/admin/settings/sign-in-new/oidc", "http://127.0.0.1:9", "").await;
    none.is(Status::UnprocessableEntity).shows("Without a secret").keeps("client_id", "barrow");
    let kept = post("/admin/settings/sign-in-new/oidc", "http://127.0.0.1:9", "very secret").await.location();
    let page = owner.get(&kept).await;
    let id = kept.trim_start_matches("/admin/settings/sign-in/");
    page.is_ok().has(&format!("http://127.0.0.1:8000/account/sign-in/return/{id}"));
    assert!(!page.body().contains("very secret"));
    let clear = "select count(*) from sealed_secrets where position('very secret'::bytea in ciphertext) > 0";
    assert_eq!(shop.number(clear).await, 0);
    assert_eq!(shop.number("select count(*) from audit where after::text like '%very secret%'").await, 0);
    post("/admin/settings/sign-in-new/oidc", "http://127.0.0.1:9", "s")
        .await
        .is(Status::UnprocessableEntity)
        .shows("on the list already");
    post(&kept, "http://127.0.0.1:9", "").await.goes_to("/admin/settings/sign-in");
    // The issuers of the big ones are not for staff to choose.
    post("/admin/settings/sign-in-new/google", "http://127.0.0.1:9", "s").await.is(Status::SeeOther);
    assert_eq!(shop.number("select count(*) from sign_in_sites where issuer = 'https://accounts.google.com'").await, 1);
    owner.post(&format!("{kept}/test"), &[]).await.is_ok().shows("does not answer as it should");
    let visitor = shop.visitor();
    let away = visitor.post(&format!("/account/sign-in/with/{id}"), &[("email", "marta@example.org")]).await;
    away.is(Status::UnprocessableEntity).shows("cannot be reached just now").keeps("email", "marta@example.org");
    visitor.post("/account/sign-in/with/99", &[]).await.is(Status::NotFound);
    owner.post(&format!("{kept}/removal"), &[]).await.goes_to("/admin/settings/sign-in");
    visitor.post(&format!("/account/sign-in/with/{id}"), &[]).await.is(Status::NotFound);
    assert_eq!(shop.number("select count(*) from sealed_secrets").await, 1);
    shop.staff("support").await.get("/admin/settings/sign-in").await.is(Status::Forbidden);
}

#[rocket::async_test]
async fn a_site_in_this_network_is_not_asked() {
    rustls::crypto::ring::default_provider().install_default().ok();
    let shop = TestShop::open().await;
    let owner = shop.staff("owner").await;
    let fields = [("label", "Inside"), ("issuer", "https://10.0.0.7"), ("client_id", "barrow"), ("secret", "s")];
    let fields = [&fields[..], &[("position", "1"), ("is_on", "true")]].concat();
    owner.post("/admin/settings/sign-in-new/oidc", &fields).await.goes_to("/admin/settings/sign-in/1");
    owner.post("/admin/settings/sign-in/1/test", &[]).await.is_ok().shows("no public address");
}

#[rocket::async_test]
async fn a_site_that_answers_is_shown_to_staff() {
    let Some((shop, there)) = shop_with(&[("oidc", "")]).await else { return };
    let tested = shop.staff("owner").await.post("/admin/settings/sign-in/1/test", &[]).await;
    tested.is_ok().shows("The site answers").shows(&format!("{}/token", there.address));
}
