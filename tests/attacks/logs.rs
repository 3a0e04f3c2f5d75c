//! The log of a walk through the shop, read for what was planted: passwords, tokens, addresses and names of people.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use rocket::http::{ContentType, Header, Method, Status};

use super::{PASSWORD, aim, buy, enrol, hire, routes, sign_in};
use crate::world::{TestShop, Visitor};

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no panic").extend_from_slice(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn cookie(visitor: &Visitor, name: &str) -> String {
    visitor.cookies.lock().expect("cookies").get(name).cloned().unwrap_or_default()
}

#[rocket::async_test]
async fn a_walk_leaves_no_secret_and_no_person_in_the_log() {
    let kept = Kept::default();
    let writer = kept.clone();
    // Everything that the shop itself says, and what its libraries find worth a warning: more than it logs by itself.
    let filter = tracing_subscriber::EnvFilter::new("warn,rocket=off,barrow=trace");
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(move || writer.clone());
    // One test a process; where tests share one, another walk's log is read as well, which must not hold anything either.
    let _ = log.try_init();

    let shop = TestShop::with(&[("SMTP_URL", "smtp://127.0.0.1:9")]).await;
    hire(&shop, "planted.staff@example.org").await;
    enrol(&shop, "planted.customer@example.org").await;
    let tea = shop.put("Green tea", 450, 50).await;
    let (staff, customer, guest) = (shop.visitor(), shop.visitor(), shop.visitor());
    sign_in(&staff, "/admin", "planted.staff@example.org", PASSWORD).await.is(Status::SeeOther);
    sign_in(&customer, "/account", "planted.customer@example.org", PASSWORD).await.is(Status::SeeOther);
    sign_in(&guest, "/account", "planted.customer@example.org", "planted wrong password").await.is(Status::UnprocessableEntity);
    let fields: Vec<(&str, &str)> = super::oregon()
        .into_iter()
        .map(|(name, value)| match name {
            "email" => (name, "planted.guest@example.org"),
            "name" => (name, "Plantedname Wolf"),
            "street" => (name, "99 Plantedstreet"),
            _ => (name, value),
        })
        .collect();
    let order = buy(&shop, &guest, &tea, &fields, &[]).await.location();
    let order = order.trim_start_matches("/orders/").to_owned();
    let register = [("email", "planted.new@example.org"), ("password", "planted new password"), ("name", "Plantedname Two")];
    guest.post("/account/register", &register).await.is(Status::SeeOther);
    shop.post("/account/password-reset", &[("email", "planted.customer@example.org")]).await.is(Status::SeeOther);
    // The mail server is away: jobs fail and say so.
    let _ = shop.try_to_work().await;
    let link = super::texts(&shop, "select body_text as text from mails where kind = 'customer_reset'").await.remove(0);
    let link = link.split("/account/password-reset/").nth(1).and_then(|rest| rest.get(..43)).expect("a link").to_owned();

    let tokens = [cookie(&staff, "staff"), cookie(&customer, "customer"), cookie(&guest, "cart"), order, link];
    // Every form, sent by another site with the secrets in its address, and every page, with the secrets in its query.
    for route in routes(&shop, Method::Post).iter().chain(&routes(&shop, Method::Get)) {
        for token in &tokens {
            let path = format!("{}?token={token}&email=planted.guest@example.org", aim(route, token));
            let request = shop.client.req(route.method, path).header(ContentType::Form);
            let request = request.header(Header::new("Sec-Fetch-Site", "cross-site")).header(Header::new("Host", "evil.example"));
            request.header(Header::new("Referer", format!("http://127.0.0.1:8000/orders/{token}"))).dispatch().await;
            guest.get(&format!("{}?token={token}", aim(route, token))).await;
        }
    }
    // Something breaks.
    shop.sql("alter table orders rename to orders_elsewhere").await;
    guest.get(&format!("/orders/{}", tokens[3])).await.is(Status::InternalServerError);
    customer.get("/account/orders").await.is(Status::InternalServerError);
    shop.sql("alter table orders_elsewhere rename to orders").await;

    let log = String::from_utf8_lossy(&kept.0.lock().expect("no panic")).into_owned();
    assert!(log.contains("refused POST /account/password-reset/<token>") && log.contains("500"), "the walk is logged: {log}");
    for secret in tokens.iter().map(String::as_str).chain([
        PASSWORD,
        "planted wrong password",
        "planted new password",
        "planted.staff",
        "planted.customer",
        "planted.guest",
        "planted.new",
        "Plantedname",
        "Plantedstreet",
        "argon2id",
    ]) {
        // What is no number of a site is said by the framework; standard error blots out anything as long as a token.
        let line = log.lines().find(|line| line.contains(secret) && !line.contains("Parameter guard"));
        assert!(line.is_none(), "{secret} stands in the log: {}", line.unwrap_or_default());
    }
}
