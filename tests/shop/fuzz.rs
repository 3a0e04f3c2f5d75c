//! Every form and path with what attackers and broken clients send: never a 500, and no row that breaks a rule.

use std::collections::BTreeSet;
use std::path::Path;

use regex::Regex;
use rocket::http::Method;

use crate::world::{Answer, TestShop, Visitor};

/// Percent-encoded values that no field and no path expects.
fn nasty() -> Vec<String> {
    let long = "a".repeat(10_000);
    let values = [
        "",
        "%00",
        "a%00b",
        "%FF%FE",
        "%C0%80",
        "%E2%80",
        "%F0%9F%98%80",
        "-1",
        "0",
        "1.5",
        "1e9",
        "99999999999999999999",
        "-9223372036854775808",
        "2147483648",
        "NaN",
        "%27%20or%201%3D1%20--",
        "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "..%2F..%2Fetc%2Fpasswd",
        "%25s%25n",
        "%0D%0ALocation%3A%20evil",
        "%E2%80%AEabc",
        "true",
        "de",
        "%5B%5D",
        "%7B%7B7*7%7D%7D",
    ];
    values.iter().map(|value| (*value).to_owned()).chain([long]).collect()
}

/// The names of all fields of all forms, read from the sources so that none is forgotten.
fn fields() -> BTreeSet<String> {
    let form = Regex::new(r"(?s)#\[derive\([^)]*FromForm\b[^)]*\)\][^{;]*\{(.*?)\n\}").expect("a pattern");
    let renamed = Regex::new(r#"name\s*=\s*"([^"]+)""#).expect("a pattern");
    let named = Regex::new(r"(?m)^\s*(?:pub(?:\([a-z]+\))?\s+)?(\w+):\s").expect("a pattern");
    let mut names = BTreeSet::new();
    for text in sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))) {
        for body in form.captures_iter(&text) {
            names.extend(renamed.captures_iter(&body[1]).map(|hit| hit[1].to_owned()));
            names.extend(named.captures_iter(&body[1]).map(|hit| hit[1].to_owned()));
        }
    }
    names
}

fn sources(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries
        .flat_map(|path| if path.is_dir() { sources(&path) } else { std::fs::read_to_string(&path).into_iter().collect() })
        .collect()
}

/// The mounted routes of one verb, as patterns like `/orders/<token>`.
fn routes(shop: &TestShop, method: Method) -> Vec<String> {
    let routes = shop.client.rocket().routes().filter(|route| route.method == method);
    let paths: BTreeSet<String> = routes.map(|route| route.uri.path().to_owned()).collect();
    paths.into_iter().collect()
}

/// The pattern with every parameter replaced.
fn aim(pattern: &str, value: &str) -> String {
    Regex::new(r"<[^>]+>").expect("a pattern").replace_all(pattern, regex::NoExpand(value)).into_owned()
}

#[track_caller]
fn unbroken(answer: &Answer, sent: &str) {
    let sent: String = sent.chars().take(300).collect();
    assert!(
        answer.status.code < 500,
        "{} answers {} to {sent}:\n{}",
        answer.asked.chars().take(300).collect::<String>(),
        answer.status,
        answer.text()
    );
}

/// A shop with something on the shelf, and who may visit it.
async fn shop_and_visitors() -> (TestShop, Vec<Visitor>) {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 5).await;
    let guest = shop.visitor();
    guest.post("/cart/lines", &[("variant", &tea.variant.to_string()), ("quantity", "1")]).await;
    let owner = shop.staff("owner").await;
    (shop, vec![guest, owner])
}

#[rocket::async_test]
async fn no_path_breaks_the_shop() {
    let (shop, visitors) = shop_and_visitors().await;
    for pattern in routes(&shop, Method::Get) {
        for value in nasty().iter().filter(|value| !value.is_empty()) {
            for visitor in &visitors {
                let path = aim(&pattern, value);
                unbroken(&visitor.get(&path).await, value);
            }
        }
    }
}

#[rocket::async_test]
async fn no_query_breaks_the_shop() {
    let (shop, visitors) = shop_and_visitors().await;
    let mut names = fields();
    names.extend(["q", "page", "after", "before", "sort", "variant", "status", "next", "min", "max"].map(str::to_owned));
    for pattern in routes(&shop, Method::Get).into_iter().filter(|pattern| !pattern.starts_with("/static")) {
        let path = aim(&pattern, "1");
        for value in nasty().iter().filter(|value| value.len() < 1000) {
            let query: Vec<String> = names.iter().map(|name| format!("{name}={value}")).collect();
            for visitor in &visitors {
                unbroken(&visitor.get(&format!("{path}?{}", query.join("&"))).await, value);
            }
        }
    }
}

/// Every field of the shop with every nasty value, to one route in four.
async fn forms_survive(part: usize) {
    let (shop, _) = shop_and_visitors().await;
    let names = fields();
    for pattern in routes(&shop, Method::Post).into_iter().skip(part).step_by(4) {
        // Signed in afresh for each: some of these forms sign out.
        let (guest, owner) = (shop.visitor(), shop.staff("owner").await);
        for value in nasty() {
            let once: Vec<String> = names.iter().map(|name| format!("{name}={value}")).collect();
            let (twice, once) = ([once.clone(), once.clone()].concat().join("&"), once.join("&"));
            for body in [String::new(), once.clone(), twice, format!("{value}={value}"), value.clone()] {
                unbroken(&owner.post_body(&aim(&pattern, "1"), body.as_bytes()).await, &body);
            }
            for (visitor, target) in [(&guest, "1"), (&owner, "99999999999999999999")] {
                unbroken(&visitor.post_body(&aim(&pattern, target), once.as_bytes()).await, &once);
            }
        }
    }
    let broken = shop.number("select count(*) from cart_lines where quantity < 1 or quantity > 9999").await;
    assert_eq!(broken, 0);
}

#[rocket::async_test]
async fn no_form_breaks_the_shop_first_quarter() {
    forms_survive(0).await;
}

#[rocket::async_test]
async fn no_form_breaks_the_shop_second_quarter() {
    forms_survive(1).await;
}

#[rocket::async_test]
async fn no_form_breaks_the_shop_third_quarter() {
    forms_survive(2).await;
}

#[rocket::async_test]
async fn no_form_breaks_the_shop_last_quarter() {
    forms_survive(3).await;
}

#[rocket::async_test]
async fn raw_bytes_break_nothing() {
    let (shop, _) = shop_and_visitors().await;
    for pattern in routes(&shop, Method::Post) {
        let owner = shop.staff("owner").await;
        for body in [
            &b"\xff\xfe\x00=\x00&\xc0"[..],
            &b"&&&===&"[..],
            &b"a"[..],
            &[b'%'; 3000][..],
            &b"quantity=1&quantity=\xff&variant=%zz"[..],
        ] {
            unbroken(&owner.post_body(&aim(&pattern, "1"), body).await, "raw bytes");
        }
    }
}
