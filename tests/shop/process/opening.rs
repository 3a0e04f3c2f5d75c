//! A new shop in production: the link that `serve` prints, followed over HTTP as a merchant would.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Stdio;

use super::{Open, Place, eventually, status};

/// Sends a request as a browser on this machine would; the whole answer.
fn ask(port: u16, method: &str, path: &str, fields: &[(&str, &str)]) -> String {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("the shop listens");
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("answered");
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn the_printed_link_opens_a_new_shop() {
    let place = Place::new();
    let mut child = place.barrow(&["serve"]).stderr(Stdio::piped()).spawn().expect("barrow starts");
    let mut said = BufReader::new(child.stderr.take().expect("piped")).lines();
    let open = Open { child, port: place.port };
    let printed = said.find_map(|line| line.expect("text").split_once("open it once at ").map(|(_, link)| link.to_owned()));
    let printed = printed.expect("the link is printed");
    std::thread::spawn(move || said.for_each(drop));
    eventually("the shop opens", || status(open.port) == Some(200));
    let path = printed.strip_prefix(&format!("http://127.0.0.1:{}", open.port)).expect("a whole address").to_owned();

    assert!(ask(open.port, "GET", "/", &[]).contains("Opening soon"));
    assert!(ask(open.port, "GET", &path, &[]).contains("Open your shop"));
    let fields = [
        ("name", "Corner shop"),
        ("street", ""),
        ("postal_code", ""),
        ("city", "Leipzig"),
        ("country", "DE"),
        ("currency", "EUR"),
        ("zone", "Europe/Berlin"),
        ("locale", "en"),
        ("sells_to", "europe"),
        ("sender_email", "hello@corner.example"),
        ("staff_name", "Anna Berger"),
        ("email", "anna@corner.example"),
        ("password", "a long walk by the sea"),
    ];
    let opened = ask(open.port, "POST", &path, &fields);
    assert!(opened.starts_with("HTTP/1.1 303") && opened.contains("location: /admin"), "{opened}");
    let home = ask(open.port, "GET", "/", &[]);
    assert!(home.starts_with("HTTP/1.1 200") && home.contains("Corner shop") && !home.contains("Opening soon"), "{home}");
    assert!(ask(open.port, "GET", &path, &[]).starts_with("HTTP/1.1 404"), "the link works once");
    assert_eq!(place.sql("select email from staff"), "anna@corner.example");
    open.stop();
}
