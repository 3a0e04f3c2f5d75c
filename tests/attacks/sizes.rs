//! More than anybody needs: bodies, fields, headers, addresses, cookies. (Heads before the server: `gate`.)

use std::time::{Duration, Instant};

use rocket::http::{ContentType, Header, Method, Status};
use rocket::tokio::io::{AsyncReadExt, AsyncWriteExt};
use rocket::tokio::net::TcpStream;

use super::{aim, routes};
use crate::world::{Running, TestShop};

#[rocket::async_test]
async fn no_form_takes_a_body_without_end() {
    let shop = TestShop::open().await;
    let large = format!("name={}", "x".repeat(3 << 20));
    let owner = shop.staff("owner").await;
    for route in routes(&shop, Method::Post) {
        for visitor in [&shop.visitor(), &owner] {
            let answer = visitor.post_body(&aim(&route, "1"), large.as_bytes()).await;
            assert!(answer.status.code < 500, "{}: {}", answer.asked, answer.status);
        }
    }
    assert_eq!(shop.number("select count(*) from customers").await, 0);
}

#[rocket::async_test]
async fn many_and_deep_fields_cost_no_time() {
    let shop = TestShop::open().await;
    let deep = format!("a{}=1", "[a]".repeat(3000));
    let dotted = format!("a{}=1", ".a".repeat(3000));
    let many: String = (0..8000).map(|n| format!("f{n}=&")).collect();
    let same: String = "email=a&".repeat(8000);
    for path in ["/account/sign-in", "/account/register", "/checkout", "/cart/lines", "/preferences"] {
        for body in [&deep, &dotted, &many, &same] {
            let begun = Instant::now();
            let answer = shop.visitor().post_body(path, body.as_bytes()).await;
            assert!(answer.status.code < 500, "{path}: {}", answer.status);
            assert!(begun.elapsed() < Duration::from_secs(5), "{path}: {:?}", begun.elapsed());
        }
    }
    let parts: String = (0..2000).map(|n| format!("--x\r\nContent-Disposition: form-data; name=\"f{n}\"\r\n\r\n1\r\n")).collect();
    let staff = shop.staff("owner").await;
    for path in ["/admin/pictures", "/admin/settings/logo", "/admin/products"] {
        let kind: ContentType = "multipart/form-data; boundary=x".parse().expect("a type");
        for body in [format!("{parts}--x--\r\n"), parts.clone(), "--x\r\n\r\n".repeat(2000), "--x".into(), String::new()] {
            let request =
                shop.client.post(path).header(kind.clone()).body(body).header(Header::new("Sec-Fetch-Site", "same-origin"));
            let answer = staff.send(request).await;
            assert!(answer.status.code < 500, "{path}: {}", answer.status);
        }
    }
}

#[rocket::async_test]
async fn long_addresses_cookies_and_headers_are_answered() {
    let shop = TestShop::open().await;
    let long = "x".repeat(60_000);
    for path in [
        format!("/{long}"),
        format!("/search?q={long}"),
        format!("/products?{}", "sort=a&".repeat(8000)),
        format!("/products/{long}"),
    ] {
        let status = shop.get(&path).await.status;
        assert!(status.code < 500, "{}…: {status}", &path[..20]);
    }
    for name in [
        "Accept-Language",
        "User-Agent",
        "Referer",
        "If-None-Match",
        "X-Forwarded-For",
        "Accept-Encoding",
        "HX-Request-Type",
        "Range",
    ] {
        let answer = shop.visitor().send(shop.client.get("/").header(Header::new(name, long.clone()))).await;
        assert!(answer.status.code < 500, "{name}: {}", answer.status);
    }
    let visitor = shop.visitor();
    for n in 0..200 {
        visitor.cookies.lock().expect("cookies").insert(format!("c{n}"), "x".repeat(200));
    }
    visitor.get("/cart").await.is(Status::Ok);
}

/// What a client says that does not speak HTTP as it is written.
#[rocket::async_test]
async fn requests_that_contradict_themselves_are_not_two_requests() {
    let shop = Running::open().await;
    let address = shop.url.trim_start_matches("http://").to_owned();
    let smuggled = format!("GET /admin HTTP/1.1\r\nHost: {address}\r\n\r\n");
    for head in [
        format!("Content-Length: {}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{smuggled}", 5),
        format!("Content-Length: 5\r\nContent-Length: 6\r\n\r\nthem=d{smuggled}"),
        format!("Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n{smuggled}"),
        format!("Transfer-Encoding: xchunked\r\nContent-Length: 5\r\n\r\nthem={smuggled}"),
        format!("Content-Length: +5\r\n\r\nthem={smuggled}"),
        format!("Content-Length : 5\r\n\r\nthem={smuggled}"),
        format!("X: a\nContent-Length: 5\r\n\r\nthem={smuggled}"),
    ] {
        let mut stream = TcpStream::connect(&address).await.expect("connects");
        let request = format!(
            "POST /preferences HTTP/1.1\r\nHost: {address}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n{head}"
        );
        let _ = stream.write_all(request.as_bytes()).await;
        let mut answer = vec![0; 64 * 1024];
        let mut said = String::new();
        while let Ok(Ok(count)) = rocket::tokio::time::timeout(Duration::from_millis(700), stream.read(&mut answer)).await {
            if count == 0 {
                break;
            }
            said.push_str(&String::from_utf8_lossy(&answer[..count]));
        }
        assert!(!said.contains("HTTP/1.1 5"), "{head:?}: {said}");
        // Whatever became of the first, what came after it was not taken for a second of somebody else: either the connection was
        // closed, or it was read as this client's own next request, as HTTP has it.
        let first = said.split_whitespace().nth(1).unwrap_or_default().to_owned();
        let refused = first.is_empty() || first.starts_with('4');
        assert!(refused || said.matches("HTTP/1.1 ").count() <= 2, "{head:?}: {said}");
    }
}

#[rocket::async_test]
async fn odd_methods_find_nothing() {
    let shop = TestShop::open().await;
    for method in [Method::Trace, Method::Connect, Method::Options, Method::Patch, Method::Delete, Method::Put] {
        for path in ["/", "/cart", "/admin", "/account", "/products/green-tea"] {
            let answer = shop.visitor().send(shop.client.req(method, path)).await;
            let to_the_door = answer.header("location").is_some_and(|to| to.contains("/sign-in?next="));
            assert!(to_the_door || (400..500).contains(&answer.status.code), "{method} {path}: {}", answer.status);
            assert!(answer.header("allow").is_none() && answer.header("access-control-allow-origin").is_none());
        }
    }
    let request = shop.client.get("/").header(Header::new("Origin", "https://evil.example"));
    let answer = shop.visitor().send(request).await;
    assert!(answer.headers.iter().all(|(name, _)| !name.to_lowercase().starts_with("access-control-")), "{:?}", answer.headers);
}
