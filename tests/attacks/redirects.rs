//! Whatever a link, a form or a header says, nobody is led to another site.

use rocket::http::{Header, Method};
use url::Url;

use super::{EVIL, PASSWORD, aim, enrol, hire, routes};
use crate::world::{Answer, TestShop};

/// Ways in which browsers have been led away.
const AWAY: [&str; 20] = [
    "https://evil.example",
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "https:evil.example",
    "https:/evil.example",
    "http://127.0.0.1:8000@evil.example",
    "http://evil.example#127.0.0.1:8000",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "/%09/evil.example",
    "/\t/evil.example",
    "/\r\n/evil.example",
    "/a\r\nLocation: https://evil.example",
    "%2F%2Fevil.example",
    " //evil.example",
    "/.//evil.example",
];

/// Names under which a place to go to is asked for anywhere.
const NAMES: [&str; 12] =
    ["next", "back", "to", "url", "return", "return_to", "return_url", "redirect", "redirect_uri", "continue", "target", "from"];

fn stays(answer: &Answer) {
    for name in ["location", "hx-redirect", "hx-location", "refresh", "content-location"] {
        let Some(to) = answer.header(name) else { continue };
        let here: Url = "http://127.0.0.1:8000/a/b".parse().expect("a URL");
        let there = here.join(to).unwrap_or_else(|_| panic!("{}: {name} leads to {to:?}", answer.asked));
        let own = there.host_str() == here.host_str() && there.port() == here.port() && there.scheme() == here.scheme();
        assert!(own && !to.contains(['\r', '\n', '\\']), "{}: {name} leads to {to:?}", answer.asked);
    }
}

#[rocket::async_test]
async fn no_page_leads_to_another_site() {
    let shop = TestShop::open().await;
    let (owner, anna, guest) = (shop.staff("owner").await, shop.customer("anna@example.org").await, shop.visitor());
    for route in routes(&shop, Method::Get) {
        let inside = if route.uri.path().starts_with("/admin") { &owner } else { &anna };
        for away in AWAY {
            let query = super::query(&NAMES.map(|name| (name, away)));
            for visitor in [&guest, inside] {
                let request = shop.client.get(format!("{}?{query}", aim(&route, "1")));
                stays(&visitor.send(request.header(Header::new("Referer", format!("https://{EVIL}/")))).await);
            }
        }
    }
}

#[rocket::async_test]
async fn no_form_leads_to_another_site() {
    let shop = TestShop::with(&[("BARROW_WRITES_PER_MINUTE", "0")]).await;
    hire(&shop, "anna@example.org").await;
    enrol(&shop, "anna@example.org").await;
    for route in routes(&shop, Method::Post).iter().filter(|route| !route.uri.path().starts_with("/webhooks/")) {
        let inside = match route.uri.path().starts_with("/admin") {
            true => shop.staff("owner").await,
            false => shop.signed_in("anna@example.org").await,
        };
        for away in AWAY {
            let fields: Vec<(&str, &str)> = NAMES.iter().map(|name| (*name, away)).collect();
            for visitor in [&shop.visitor(), &inside] {
                stays(&visitor.post(&aim(route, "1"), &fields).await);
            }
        }
    }
    // With what lets people in, too: there the wish is followed. What was tried before does not count any more.
    shop.shop.clock.advance(chrono::Duration::days(2));
    for away in AWAY {
        for door in ["/admin", "/account"] {
            let fields = [("email", "anna@example.org"), ("password", PASSWORD), ("next", away)];
            let answer = shop.visitor().post(&format!("{door}/sign-in"), &fields).await;
            assert!(answer.header("set-cookie").is_some(), "{away:?}: {}", answer.status);
            stays(&answer);
        }
    }
}

#[rocket::async_test]
async fn no_address_leads_to_another_site() {
    let shop = TestShop::open().await;
    for path in [
        "//evil.example",
        "//evil.example/..",
        "//evil.example/%2e%2e",
        "/%2F/evil.example",
        "/%5Cevil.example",
        "/evil.example//..",
        "/products/%2F%2Fevil.example",
        "/categories/%5C%5Cevil.example",
        "/.evil.example",
        "/@evil.example",
    ] {
        let answer = shop.get(path).await;
        assert!(answer.status.code < 500, "{path}: {}", answer.status);
        stays(&answer);
    }
}
