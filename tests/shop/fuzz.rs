//! Every form and path with what attackers and broken clients send: never a 500, and no row that breaks a rule.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

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

/// A form as the sources declare it: where, its name, the names of its fields.
struct Declared {
    file: PathBuf,
    name: String,
    fields: BTreeSet<String>,
}

/// All forms, read from the sources so that none is forgotten.
fn forms() -> Vec<Declared> {
    let form = Regex::new(r"(?s)#\[derive\([^)]*FromForm\b[^)]*\)\][^{;]*struct (\w+)[^{;]*\{(.*?)\n\}").expect("a pattern");
    let renamed = Regex::new(r#"name\s*=\s*"([^"]+)""#).expect("a pattern");
    let named = Regex::new(r"(?m)^\s*(?:pub(?:\([a-z]+\))?\s+)?(\w+):\s").expect("a pattern");
    let mut all = Vec::new();
    for (file, text) in sources(Path::new(SOURCES)) {
        for found in form.captures_iter(&text) {
            let renamed = renamed.captures_iter(&found[2]).map(|hit| hit[1].to_owned());
            let named = named.captures_iter(&found[2]).map(|hit| hit[1].to_owned());
            all.push(Declared { file: file.clone(), name: found[1].to_owned(), fields: renamed.chain(named).collect() });
        }
    }
    all
}

const SOURCES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src");

fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                sources(&path)
            } else {
                std::fs::read_to_string(&path).map(|text| (path, text)).into_iter().collect()
            }
        })
        .collect()
}

/// What each handler of a form reads: pattern of its route → names of the fields. A route without a form is not among them.
fn read_by() -> BTreeMap<String, BTreeSet<String>> {
    let handler =
        Regex::new(r#"(?s)#\[post\("([^"?]+)[^"]*"[^\]]*data = [^\]]*\)\].*?fn \w+[^(]*\((.*?)\n?\) ->"#).expect("a pattern");
    let taken = Regex::new(r"(?:Form|Strict|read::)<(?:Contextual<'_, )?(?:Strict<)?(?:\w+::)*(\w+)").expect("a pattern");
    let forms = forms();
    let near = |one: &Path, other: &Path| one.components().zip(other.components()).take_while(|(a, b)| a == b).count();
    let everything = fields();
    let mut all = BTreeMap::new();
    for (file, text) in sources(Path::new(SOURCES)) {
        for found in handler.captures_iter(&text) {
            let Some(name) = taken.captures(&found[2]).map(|hit| hit[1].to_owned()) else {
                // Sent with files, or read by hand.
                all.insert(found[1].to_owned(), everything.clone());
                continue;
            };
            let nearest = forms.iter().filter(|form| form.name == name).max_by_key(|form| near(&form.file, &file));
            let form = nearest.unwrap_or_else(|| panic!("{} reads {name}, which is no form", &found[1]));
            all.insert(found[1].to_owned(), form.fields.clone());
        }
    }
    all
}

/// The names of all fields of all forms.
fn fields() -> BTreeSet<String> {
    forms().into_iter().flat_map(|form| form.fields).collect()
}

/// The mounted routes of one verb, as patterns like `/orders/<token>`, and what their queries may hold.
fn routes(shop: &TestShop, method: Method) -> BTreeMap<String, String> {
    let routes = shop.client.rocket().routes().filter(|route| route.method == method);
    routes
        .map(|route| (route.uri.path().to_owned(), route.uri.query().map_or(String::new(), |query| query.to_string())))
        .collect()
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
    for pattern in routes(&shop, Method::Get).into_keys() {
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
    let (all, known) = (fields(), Regex::new(r"<(\w+)>").expect("a pattern"));
    for (pattern, query) in routes(&shop, Method::Get).into_iter().filter(|(pattern, _)| !pattern.starts_with("/static")) {
        let path = aim(&pattern, "1");
        // What a route reads as a whole may have any name; what reads nothing is shown that it does not.
        let mut names: BTreeSet<String> = if query.contains("..") { all.clone() } else { BTreeSet::new() };
        names.extend(known.captures_iter(&query).map(|hit| hit[1].to_owned()));
        let values = if names.is_empty() { vec!["%00".to_owned(), "-1".to_owned()] } else { nasty() };
        names.extend(["q", "page", "after", "variant", "next"].map(str::to_owned));
        for value in values.iter().filter(|value| value.len() < 1000) {
            let query: Vec<String> = names.iter().map(|name| format!("{name}={value}")).collect();
            for visitor in &visitors {
                unbroken(&visitor.get(&format!("{path}?{}", query.join("&"))).await, value);
            }
        }
    }
}

/// Every field of every form with every nasty value, to one route in four.
async fn forms_survive(part: usize) {
    let (shop, _) = shop_and_visitors().await;
    let read = read_by();
    for pattern in routes(&shop, Method::Post).into_keys().skip(part).step_by(4) {
        // Signed in afresh for each: some of these forms sign out.
        let (guest, owner) = (shop.visitor(), shop.staff("owner").await);
        let (path, other) = (aim(&pattern, "1"), aim(&pattern, "99999999999999999999"));
        for (visitor, target) in [(&owner, &path), (&guest, &path), (&owner, &other)] {
            unbroken(&visitor.post_body(target, b"").await, "nothing");
        }
        let Some(names) = read.get(&pattern) else { continue };
        for value in nasty() {
            let once: Vec<String> = names.iter().map(|name| format!("{name}={value}")).collect();
            // What is long fills a form alone: together they are too much for any.
            let bodies =
                if value.len() < 1000 { vec![[once.clone(), once.clone()].concat().join("&"), once.join("&")] } else { once };
            for body in &bodies {
                unbroken(&owner.post_body(&path, body.as_bytes()).await, body);
            }
            let last = bodies.last().map_or("", String::as_str);
            for (visitor, target) in [(&guest, &path), (&owner, &other)] {
                unbroken(&visitor.post_body(target, last.as_bytes()).await, last);
            }
        }
    }
    let broken = shop.number("select count(*) from cart_lines where quantity < 1 or quantity > 9999").await;
    assert_eq!(broken, 0);
}

#[test]
fn the_fuzz_knows_what_each_form_reads() {
    let read = read_by();
    assert!(read.len() > 150, "{} handlers of forms found", read.len());
    assert!(read["/cart/lines"].contains("quantity"));
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
    for pattern in routes(&shop, Method::Post).into_keys() {
        let owner = shop.staff("owner").await;
        for body in [
            &b"\xff\xfe\x00=\x00&\xc0"[..],
            &b"&&&===&"[..],
            &b"a"[..],
            &b"-1=-1"[..],
            &[b'%'; 3000][..],
            &b"quantity=1&quantity=\xff&variant=%zz"[..],
        ] {
            unbroken(&owner.post_body(&aim(&pattern, "1"), body).await, "raw bytes");
        }
    }
}
