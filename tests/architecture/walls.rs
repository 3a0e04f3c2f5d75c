//! Rules about sizes, names, and what the reasons in deny.toml lean on.

use crate::tree::Tree;

const FREE: [&str; 2] = ["src/platform/schema.rs", "src/platform/events/mod.rs"];

fn wall(path: &str) -> Option<usize> {
    match path.rsplit('.').next()? {
        "rs" if FREE.contains(&path) => None,
        "rs" => Some(400),
        "html" | "txt" if path.starts_with("templates/") => Some(120),
        "css" => Some(300),
        "js" => Some(150),
        _ => None,
    }
}

pub fn sizes(tree: &Tree) -> Vec<String> {
    let mut breaches = Vec::new();
    for (path, text) in tree.files() {
        let lines = text.lines().count();
        if let Some(most) = wall(path).filter(|most| lines > *most) {
            breaches.push(format!("{path} has {lines} lines, at most {most}"));
        }
    }
    for (path, text) in tree.rust() {
        breaches.extend(long_handlers(path, text));
    }
    breaches
}

/// Handlers (functions under a route attribute) whose body has more than 25 lines.
fn long_handlers(path: &str, text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let routes = ["#[get(", "#[post(", "#[put(", "#[delete(", "#[rocket::get(", "#[rocket::post("];
    let starts = (0..lines.len()).filter(|at| routes.iter().any(|route| lines[*at].trim_start().starts_with(route)));
    let mut long = Vec::new();
    for start in starts {
        let Some(name) = (start..lines.len()).find(|at| lines[*at].contains("fn ")) else { continue };
        let Some(open) = (name..lines.len()).find(|at| lines[*at].ends_with('{')) else { continue };
        let indent = lines[name].len() - lines[name].trim_start().len();
        let end = (open..lines.len()).find(|at| lines[*at] == format!("{}}}", " ".repeat(indent))).unwrap_or(open);
        if end - open > 25 + 1 {
            long.push(format!("{path}:{} is a handler of {} lines", name + 1, end - open - 1));
        }
    }
    long
}

pub fn names(tree: &Tree) -> Vec<String> {
    let bad = ["utils", "util", "helpers", "helper", "service", "services", "manager", "common", "misc"];
    let mut breaches = Vec::new();
    for (path, text) in tree.files().filter(|(path, _)| path.ends_with(".rs")) {
        let parts = || path.trim_end_matches(".rs").split('/');
        if let Some(name) = parts().find(|part| bad.contains(part)) {
            breaches.push(format!("{path}: {name} says nothing"));
        }
        if !text.trim_start().starts_with("//!") {
            breaches.push(format!("{path} does not begin with a sentence about itself"));
        }
    }
    // Of two migrations with one number only one would run, and nobody would say so.
    let numbers = tree.files().filter_map(|(path, _)| path.strip_prefix("migrations/")?.strip_suffix("/up.sql")?.split_once('_'));
    let mut seen = std::collections::BTreeMap::new();
    for (number, name) in numbers {
        if let Some(other) = seen.insert(number, name) {
            breaches.push(format!("the migrations {other} and {name} have the same number {number}"));
        }
    }
    breaches
}

/// RUSTSEC-2023-0071: the crate `rsa` is here for public keys alone, since it leaks by timing what a private one does.
pub fn keys(tree: &Tree) -> Vec<String> {
    let private = ["RsaPrivateKey", "RsaPrivateSigningKey", "rsa::pkcs1v15::SigningKey", "rsa::pss::SigningKey", "rsa::Oaep"];
    let files = tree.rust().filter(|(path, _)| path.starts_with("src/"));
    files.filter_map(|(path, text)| Some(format!("{path} uses {}", private.iter().find(|name| text.contains(**name))?))).collect()
}
