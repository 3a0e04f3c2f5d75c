//! What the door lets in, what every answer says to the browser, and that slow visitors do not stop others.

use std::time::{Duration, Instant};

use rocket::http::{ContentType, Header, Method, Status};
use rocket::local::asynchronous::LocalRequest;
use rocket::tokio;
use rocket::tokio::io::{AsyncReadExt, AsyncWriteExt};
use rocket::tokio::net::TcpStream;

use crate::world::TestShop;

const OWN: &str = "http://127.0.0.1:8000";

/// A form sent with these headers; the theme is chosen, since that needs no table.
async fn send(shop: &TestShop, headers: &[(&'static str, &'static str)]) -> Status {
    let mut request = shop.client.post("/preferences").header(ContentType::Form).body("theme=dark");
    for (name, value) in headers {
        request.add_header(Header::new(*name, *value));
    }
    request.dispatch().await.status()
}

#[rocket::async_test]
async fn writes_come_from_our_own_pages_or_not_at_all() {
    let shop = TestShop::open().await;
    let host = ("Host", "127.0.0.1:8000");
    for good in [
        &[host, ("Sec-Fetch-Site", "same-origin")][..],
        &[host, ("Sec-Fetch-Site", "none")],
        &[host, ("Origin", OWN)],
        &[host, ("Sec-Fetch-Site", "same-origin"), ("Origin", "null")],
    ] {
        assert_eq!(send(&shop, good).await, Status::SeeOther, "{good:?}");
    }
    for bad in [
        &[host][..],
        &[host, ("Sec-Fetch-Site", "cross-site")],
        &[host, ("Sec-Fetch-Site", "same-site")],
        &[host, ("Sec-Fetch-Site", "cross-site"), ("Origin", OWN)],
        &[host, ("Origin", "https://evil.example")],
        &[host, ("Origin", "http://127.0.0.1:8001")],
        &[host, ("Origin", "null")],
        &[host, ("Referer", OWN)],
    ] {
        assert_eq!(send(&shop, bad).await, Status::Forbidden, "{bad:?}");
    }
}

#[rocket::async_test]
async fn every_route_that_writes_refuses_other_sites() {
    let shop = TestShop::open().await;
    let writes = barrow::app::rocket::routes();
    let writes: Vec<_> =
        writes.iter().filter(|route| !matches!(route.method, Method::Get | Method::Head | Method::Options)).collect();
    assert!(!writes.is_empty());
    for route in writes {
        let path: Vec<&str> = route.uri.path().split('/').map(|part| if part.starts_with('<') { "1" } else { part }).collect();
        let request: LocalRequest<'_> = shop.client.req(route.method, path.join("/"));
        let answer = request.header(Header::new("Sec-Fetch-Site", "cross-site")).header(ContentType::Form).dispatch().await;
        assert_eq!(answer.status(), Status::Forbidden, "{} {}", route.method, route.uri);
    }
}

#[rocket::async_test]
async fn the_shop_answers_only_to_its_own_names() {
    let shop = TestShop::with(&[("BARROW_PUBLIC_URL", "https://tea.example.org")]).await;
    for (host, status) in
        [("tea.example.org", Status::Ok), ("localhost:8000", Status::Ok), ("evil.example", Status::MisdirectedRequest)]
    {
        let answer = shop.client.get("/").header(Header::new("Host", host)).dispatch().await;
        assert_eq!(answer.status(), status, "{host}");
    }
}

#[rocket::async_test]
async fn every_answer_tells_the_browser_to_be_careful() {
    let shop = TestShop::open().await;
    for path in ["/", "/no-such-page", "/cart"] {
        let answer = shop.get(path).await;
        let policy = answer.header("content-security-policy").expect("a policy");
        assert!(
            policy.contains("default-src 'self'")
                && policy.contains("frame-ancestors 'none'")
                && policy.contains("form-action 'self'")
        );
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("referrer-policy"), Some("same-origin"));
        assert_eq!(answer.header("cross-origin-opener-policy"), Some("same-origin"));
        assert_eq!(answer.header("strict-transport-security"), None);
        assert_eq!(answer.header("server"), None);
        let vary = answer.header("vary").expect("what it differs by").to_owned();
        for name in ["Cookie", "Accept-Language", "HX-Request", "HX-Request-Type", "Accept-Encoding"] {
            assert_eq!(vary.split(", ").filter(|part| *part == name).count(), 1, "{path}: {vary}");
        }
    }
    assert_eq!(shop.get("/cart").await.header("cache-control"), Some("no-store"));
    let secure = TestShop::with(&[("BARROW_PUBLIC_URL", "https://tea.example.org")]).await;
    assert!(secure.get("/").await.header("strict-transport-security").is_some());
}

#[rocket::async_test]
async fn pages_travel_compressed_when_the_browser_takes_it() {
    let shop = TestShop::open().await;
    let plain = shop.get("/cart").await;
    assert_eq!(plain.header("content-encoding"), None);
    for (accepted, coding) in [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip")] {
        let visitor = shop.visitor();
        let answer = visitor.send(shop.client.get("/cart").header(Header::new("Accept-Encoding", accepted))).await;
        answer.is_ok();
        assert_eq!(answer.header("content-encoding"), Some(coding));
        assert!(answer.bytes.len() * 2 < plain.bytes.len(), "{} of {}", answer.bytes.len(), plain.bytes.len());
        let mut back = Vec::new();
        match coding {
            "br" => brotli::BrotliDecompress(&mut &answer.bytes[..], &mut back).expect("brotli"),
            _ => drop(std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&answer.bytes[..]), &mut back).expect("gzip")),
        }
        assert!(back.ends_with(b"</html>\n") || back.ends_with(b"</html>"), "the page is whole");
    }
}

#[rocket::async_test]
async fn a_form_that_is_too_large_is_refused_in_words() {
    let shop = TestShop::open().await;
    let answer = shop.visitor().post_body("/preferences", format!("theme={}", "x".repeat(200_000)).as_bytes()).await;
    assert!(answer.status == Status::PayloadTooLarge || answer.status == Status::UnprocessableEntity, "{}", answer.status);
}

#[rocket::async_test]
async fn who_sends_too_much_is_asked_to_wait_and_others_are_not() {
    let shop = TestShop::with(&[("BARROW_WRITES_PER_MINUTE", "10"), ("BARROW_PROXIES", "127.0.0.1")]).await;
    let address = "127.0.0.1:9".parse().expect("an address");
    let send = async |client: &'static str| {
        let request = shop.client.post("/preferences").remote(address).header(ContentType::Form).body("theme=dark");
        let request = request.header(Header::new("Sec-Fetch-Site", "same-origin")).header(Header::new("X-Forwarded-For", client));
        let answer = request.dispatch().await;
        let wait = answer.headers().get_one("Retry-After").map(str::to_owned);
        (answer.status(), wait)
    };
    for _ in 0..5 {
        assert_eq!(send("203.0.113.7").await, (Status::SeeOther, None));
    }
    let (status, wait) = send("203.0.113.7").await;
    assert_eq!(status, Status::TooManyRequests);
    assert!((1..=13).contains(&wait.expect("says how long").parse::<u64>().expect("seconds")));
    assert_eq!(send("198.51.100.1").await.0, Status::SeeOther);
}

#[rocket::async_test]
async fn programs_are_refused_in_json() {
    let shop = TestShop::open().await;
    let request = shop.client.post("/preferences").header(Header::new("Accept", "application/json"));
    let answer = request.header(Header::new("Sec-Fetch-Site", "cross-site")).dispatch().await;
    assert_eq!((answer.status(), answer.content_type()), (Status::Forbidden, Some(ContentType::JSON)));
}

/// Fifty visitors who send their form a byte at a time hold no connection of the pool (of two).
#[rocket::async_test]
async fn fifty_slow_forms_do_not_stop_other_visitors() {
    let port = free_port();
    let address = format!("127.0.0.1:{port}");
    let shop = TestShop::with(&[("BARROW_ADDRESS", &address), ("BARROW_DATABASE_POOL", "2")]).await;
    let server = barrow::app::rocket::build(&shop.shop).ignite().await.expect("ignites");
    let stop = server.shutdown();
    let running = tokio::spawn(server.launch());
    wait_until_open(&address).await;

    let mut slow = Vec::new();
    for _ in 0..50 {
        let mut stream = TcpStream::connect(&address).await.expect("connects");
        let head = format!(
            "POST /cart/lines HTTP/1.1\r\nHost: {address}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 60\r\n\r\nvariant=1&quantity=1&more="
        );
        stream.write_all(head.as_bytes()).await.expect("writes");
        slow.push(stream);
    }
    tokio::time::sleep(Duration::from_millis(300)).await;

    let begun = Instant::now();
    for path in ["/", "/cart", "/search?q=tea"] {
        let answer = get(&address, path).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {}", answer.chars().take(200).collect::<String>());
    }
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
    drop(slow);
    stop.notify();
    drop(tokio::time::timeout(Duration::from_secs(20), running).await);
}

async fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).await.expect("connects");
    let head = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await.expect("writes");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.expect("reads");
    String::from_utf8_lossy(&answer).into_owned()
}

async fn wait_until_open(address: &str) {
    let begun = Instant::now();
    while TcpStream::connect(address).await.is_err() {
        assert!(begun.elapsed() < Duration::from_secs(10), "the server does not open");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port()
}
