//! The shop answers to its own names, and what it writes in mails never depends on what a visitor calls it.

use rocket::http::{ContentType, Header, Method, Status};

use super::{EVIL, PASSWORD, aim, enrol, routes, texts};
use crate::world::TestShop;

#[rocket::async_test]
async fn no_route_answers_to_another_name() {
    let shop = TestShop::with(&[("BARROW_PUBLIC_URL", "https://tea.example.org")]).await;
    for host in [
        "evil.example",
        "evil.example:443",
        "tea.example.org.evil.example",
        "tea.example.org@evil.example",
        "10.1.2.3",
        "[::2]",
        "",
    ] {
        for route in routes(&shop, Method::Get).iter().chain(&routes(&shop, Method::Post)) {
            let request = shop.client.req(route.method, aim(route, "1")).header(ContentType::Form);
            let request = request.header(Header::new("Sec-Fetch-Site", "same-origin")).header(Header::new("Host", host));
            let status = request.dispatch().await.status();
            let unfound = route.format.is_some() && status == Status::NotFound;
            assert!(status == Status::MisdirectedRequest || unfound, "{host:?} {} {}: {status}", route.method, route.uri);
        }
    }
}

/// Headers that some servers take the shop's name from.
const NAMING: [(&str, &str); 8] = [
    ("X-Forwarded-Host", EVIL),
    ("X-Forwarded-Server", EVIL),
    ("X-Host", EVIL),
    ("X-Original-URL", "https://evil.example/"),
    ("X-Rewrite-URL", "https://evil.example/"),
    ("Forwarded", "host=evil.example;proto=https"),
    ("Origin", "http://127.0.0.1:8000"),
    ("Referer", "https://evil.example/"),
];

#[rocket::async_test]
async fn no_link_of_a_mail_leads_to_another_site() {
    let shop = TestShop::open().await;
    enrol(&shop, "anna@example.org").await;
    let tea = shop.put("Green tea", 450, 50).await;
    for (path, body) in [
        ("/account/password-reset", "email=anna%40example.org"),
        ("/account/register", "email=anna%40example.org&password=another+good+password"),
        ("/account/register", "email=new%40example.org&password=another+good+password"),
    ] {
        for host in [Some(EVIL), None] {
            let mut request = shop.client.post(path).header(ContentType::Form).body(body);
            for (name, value) in NAMING {
                request.add_header(Header::new(name, value));
            }
            request.add_header(Header::new("Sec-Fetch-Site", "same-origin"));
            let status = match host {
                // Sent as it is: the visitor of the tests would say the right name besides.
                Some(host) => request.header(Header::new("Host", host)).dispatch().await.status(),
                None => shop.visitor().send(request).await.status,
            };
            assert_eq!(status, if host.is_some() { Status::MisdirectedRequest } else { Status::SeeOther }, "{path}");
        }
    }
    super::buy(&shop, &shop.visitor(), &tea, &super::oregon(), &[]).await.is(Status::SeeOther);
    shop.work().await;
    let mails = texts(&shop, "select html || body_text || subject || sender as text from mails").await;
    assert!(mails.len() >= 4, "{}", mails.len());
    for mail in &mails {
        assert!(!mail.contains(EVIL), "{mail}");
    }
    assert!(mails.iter().any(|mail| mail.contains("http://127.0.0.1:8000/account/password-reset/")), "{mails:?}");
    assert!(!PASSWORD.is_empty() && mails.iter().all(|mail| !mail.contains(PASSWORD)));
}

#[rocket::async_test]
async fn no_page_repeats_the_name_it_was_called_by() {
    let shop = TestShop::open().await;
    shop.put("Green tea", 450, 50).await;
    for path in ["/", "/products/green-tea", "/sitemap.xml", "/robots.txt", "/no-such-page"] {
        let mut request = shop.client.get(path);
        for (name, value) in NAMING {
            request.add_header(Header::new(name, value));
        }
        let answer = shop.visitor().send(request).await;
        assert!(!answer.body().contains(EVIL), "{path}");
        assert!(answer.headers.iter().all(|(_, value)| !value.contains(EVIL)), "{path}: {:?}", answer.headers);
    }
}

#[rocket::async_test]
async fn only_a_proxy_of_ours_says_who_a_visitor_is() {
    let shop = TestShop::with(&[("BARROW_PROXIES", "127.0.0.9")]).await;
    for (peer, said, known) in [
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("127.0.0.9", "198.51.100.2", "198.51.100.2"),
        ("127.0.0.9", "127.0.0.1, 198.51.100.3", "198.51.100.3"),
        ("127.0.0.9", "198.51.100.4, 127.0.0.9", "198.51.100.4"),
        ("127.0.0.9", "'; drop table staff; --", "127.0.0.9"),
    ] {
        shop.sql("delete from sign_in_failures").await;
        let request = shop.client.post("/account/sign-in").header(ContentType::Form).body("email=a%40b.example&password=guess");
        let request = request.header(Header::new("X-Forwarded-For", said)).header(Header::new("X-Real-IP", "198.51.100.9"));
        let request = request.remote((peer.parse::<std::net::IpAddr>().expect("an address"), 40_000).into());
        let answer = shop.visitor().send(request.header(Header::new("Sec-Fetch-Site", "same-origin"))).await;
        answer.is(Status::UnprocessableEntity);
        assert_eq!(texts(&shop, "select address as text from sign_in_failures").await, [known], "{peer} says {said}");
    }
}
