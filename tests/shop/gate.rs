//! The gate before a shop that strangers reach themselves: who is slow, greedy or wordy is shown out, and others do not notice.

use std::net::IpAddr;
use std::time::{Duration, Instant};

use barrow::platform::web::{Allowance, Gate};
use rocket::tokio;
use rocket::tokio::io::{AsyncReadExt, AsyncWriteExt};
use rocket::tokio::net::{TcpSocket, TcpStream};

use crate::world::TestShop;

const STRICT: Allowance = Allowance {
    connections: 20,
    in_all: 300,
    head: 8 * 1024,
    head_time: Duration::from_millis(700),
    answer_time: Duration::from_millis(1500),
    idle: Duration::from_millis(1000),
    stalled: Duration::from_millis(700),
};

/// A shop behind a gate.
struct Gated {
    shop: TestShop,
    address: std::net::SocketAddr,
    shutdown: rocket::Shutdown,
}

impl Gated {
    async fn open(allowance: Allowance, proxies: &[IpAddr]) -> Gated {
        let shop = TestShop::open().await;
        let gate = Gate::bind("127.0.0.1:0".parse().expect("an address"), allowance, proxies).await.expect("a port");
        let address = gate.address().expect("an address");
        let rocket = barrow::app::rocket::behind(barrow::app::rocket::build(&shop.shop), gate);
        let rocket = rocket.ignite().await.expect("the server is built");
        let shutdown = rocket.shutdown();
        tokio::spawn(rocket.launch());
        let gated = Gated { shop, address, shutdown };
        for _ in 0..200 {
            if gated.get("127.0.0.1", "/health").await.starts_with("HTTP/1.1 200") {
                return gated;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("the shop does not open");
    }

    /// Connects as one of this machine's many addresses.
    async fn connect(&self, from: &str) -> TcpStream {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind(format!("{from}:0").parse().expect("an address")).expect("free");
        socket.connect(self.address).await.expect("the gate listens")
    }

    async fn get(&self, from: &str, path: &str) -> String {
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        said(self.connect(from).await, request.as_bytes()).await.0
    }
}

impl Drop for Gated {
    fn drop(&mut self) {
        self.shutdown.clone().notify();
    }
}

/// Sends bytes and reads until the other side closes: what it said, and after how long.
async fn said(mut stream: TcpStream, bytes: &[u8]) -> (String, Duration) {
    let begun = Instant::now();
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut answer)).await.expect("the gate closes");
    (String::from_utf8_lossy(&answer).into_owned(), begun.elapsed())
}

fn post(length: usize, body: &str) -> Vec<u8> {
    format!(
        "POST /preferences HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
    .into_bytes()
}

#[rocket::async_test]
async fn two_hundred_half_open_connections_are_closed_and_nobody_waits() {
    let gated = Gated::open(STRICT, &[]).await;
    let mut half_open = Vec::new();
    for number in 0..200 {
        let mut stream = gated.connect(&format!("127.0.1.{}", number / 10 + 1)).await;
        stream.write_all(b"GET / HTTP/1.1\r\nHost: loc").await.expect("sent");
        half_open.push(stream);
    }
    assert!(gated.get("127.0.0.1", "/health").await.starts_with("HTTP/1.1 200"));
    for mut stream in half_open {
        let mut answer = String::new();
        let read = tokio::time::timeout(Duration::from_secs(10), stream.read_to_string(&mut answer)).await.expect("it is closed");
        assert!(read.is_ok() && answer.starts_with("HTTP/1.1 408"), "{answer}");
    }
    // Nothing said at all, one byte at a time, and a body that never ends.
    let (silent, time) = said(gated.connect("127.0.0.2").await, b"").await;
    assert!(silent.is_empty() && time < Duration::from_secs(3), "{silent} {time:?}");
    let mut drip = gated.connect("127.0.0.2").await;
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(8) && drip.write_all(b"G").await.is_ok() {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
    let (late, time) = said(gated.connect("127.0.0.2").await, &post(100, "theme=da")).await;
    assert!(late.starts_with("HTTP/1.1 408") && time > Duration::from_secs(1), "{late} {time:?}");
    assert!(said(gated.connect("127.0.0.2").await, &post(10, "theme=dark")).await.0.starts_with("HTTP/1.1 303"));
}

#[rocket::async_test]
async fn one_address_gets_so_many_connections_and_a_proxy_any_number() {
    let gated = Gated::open(STRICT, &["127.0.0.9".parse().expect("an address")]).await;
    let mut held = Vec::new();
    for _ in 0..20 {
        held.push(gated.connect("127.0.0.5").await);
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    let refused = gated.get("127.0.0.5", "/health").await;
    assert!(refused.starts_with("HTTP/1.1 429") && refused.contains("Retry-After"), "{refused}");
    assert!(gated.get("127.0.0.6", "/health").await.starts_with("HTTP/1.1 200"), "others do not notice");
    drop(held);
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(gated.get("127.0.0.5", "/health").await.starts_with("HTTP/1.1 200"));
    let mut held = Vec::new();
    for _ in 0..60 {
        held.push(gated.connect("127.0.0.9").await);
    }
    assert!(gated.get("127.0.0.9", "/health").await.starts_with("HTTP/1.1 200"));
}

#[rocket::async_test]
async fn heads_are_as_large_as_a_browser_sends_and_no_larger() {
    let gated = Gated::open(STRICT, &[]).await;
    let head = |size: usize| {
        format!("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Long: {}\r\n\r\n", "a".repeat(size))
    };
    assert!(said(gated.connect("127.0.0.1").await, head(7_000).as_bytes()).await.0.starts_with("HTTP/1.1 200"));
    let large = said(gated.connect("127.0.0.1").await, &head(30_000).as_bytes()[..20_000]).await.0;
    assert!(large.starts_with("HTTP/1.1 431"), "{large}");
    // Behind a proxy of this machine there is no gate: there the server's own, larger limit holds.
    let many = "X-A: b\r\n".repeat(200);
    let many =
        said(gated.connect("127.0.0.1").await, format!("GET /health HTTP/1.1\r\nHost: localhost\r\n{many}\r\n").as_bytes())
            .await
            .0;
    assert!(many.starts_with("HTTP/1.1 431"), "{many}");
}

#[rocket::async_test]
async fn connections_are_used_again_and_large_bodies_pass_in_both_directions() {
    let gated = Gated::open(Allowance { answer_time: Duration::from_secs(20), ..STRICT }, &[]).await;
    let mut stream = gated.connect("127.0.0.1").await;
    for _ in 0..5 {
        stream.write_all(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n").await.expect("sent");
        let mut answer = vec![0; 4096];
        let count = stream.read(&mut answer).await.expect("answered");
        assert!(String::from_utf8_lossy(&answer[..count]).starts_with("HTTP/1.1 200"));
        tokio::time::sleep(Duration::from_millis(400)).await;
    }
    let (rest, time) = said(stream, b"").await;
    assert!(rest.is_empty() && time < Duration::from_secs(3), "who asks nothing more is shown out");
    // A body that nobody reads is answered before it has come in whole.
    let body = "a".repeat(8 << 20);
    let mut request = post(body.len(), "");
    request.extend(body.bytes());
    let mut stream = gated.connect("127.0.0.1").await;
    let (mut read, mut write) = stream.split();
    let mut first = vec![0; 64];
    let answered = async { read.read(&mut first).await };
    let sent = async { write.write_all(&request).await };
    tokio::pin!(answered, sent);
    tokio::select! {
        count = &mut answered => assert!(count.expect("an answer") > 0),
        written = &mut sent => { let _ = written; assert!(answered.await.expect("an answer") > 0) }
    }
    assert!(String::from_utf8_lossy(&first).starts_with("HTTP/1.1 4"), "{}", String::from_utf8_lossy(&first));
}

#[rocket::async_test]
async fn the_shop_knows_who_came_through_the_gate() {
    let gated = Gated::open(STRICT, &[]).await;
    let form = "email=nobody%40example.org&password=guessing+wildly";
    let request = format!(
        "POST /admin/sign-in HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nX-Forwarded-For: 203.0.113.1\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{form}",
        form.len()
    );
    let answer = said(gated.connect("127.0.0.77").await, request.as_bytes()).await.0;
    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
    assert_eq!(gated.shop.number("select count(*) from sign_in_failures where address::text like '127.0.0.77%'").await, 1);
}
