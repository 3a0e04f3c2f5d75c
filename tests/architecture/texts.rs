//! Rules about templates and sentences.

use std::collections::BTreeSet;

use regex::Regex;

use crate::tree::Tree;

fn templates(tree: &Tree) -> impl Iterator<Item = (&str, &str)> {
    tree.files().filter(|(path, _)| path.starts_with("templates/"))
}

pub fn borrowing(tree: &Tree) -> Vec<String> {
    let borrowed = Regex::new(r#"\{%-?\s*(?:extends|include|import)\s+"([^/"]+)/"#).expect("a pattern");
    let mut breaches = Vec::new();
    for (path, text) in templates(tree) {
        let room = path.split('/').nth(1).unwrap_or_default();
        let foreign = borrowed.captures_iter(text).filter(|hit| &hit[1] != room && &hit[1] != "shell");
        breaches.extend(foreign.map(|hit| format!("{path} borrows from {}", &hit[1])));
    }
    breaches
}

pub fn policy(tree: &Tree) -> Vec<String> {
    let forbidden = [
        (r"\|\s*safe\b", "|safe"),
        (r#"<[^>{]*\sstyle=""#, "an inline style"),
        (r"<style\b", "a style element"),
        (r#"<[^>]*\son\w+=""#, "an inline handler"),
        (r"hx-on|\bjs:|hx-vals='js", "script in hx-*"),
        (r#"(?m)(?:^|[\s"'])hx-[a-z]"#, "a plain hx-* attribute, which is no HTML: data-hx-*"),
        (r"<script>", "an inline script"),
    ];
    let forbidden = forbidden.map(|(pattern, what)| (Regex::new(pattern).expect("a pattern"), what));
    let mut breaches = Vec::new();
    for (path, text) in templates(tree).filter(|(path, _)| !path.contains("/mail/") && !path.starts_with("templates/mail")) {
        let hits = forbidden.iter().filter(|(pattern, _)| pattern.is_match(text));
        breaches.extend(hits.map(|(_, what)| format!("{path} has {what}")));
    }
    breaches
}

fn keys(tree: &Tree, locale: &str) -> BTreeSet<String> {
    let line = Regex::new(r"(?m)^([a-zA-Z][\w-]*)\s*=").expect("a pattern");
    let files = tree.files().filter(|(path, _)| path.starts_with(&format!("locales/{locale}/")));
    files.flat_map(|(_, text)| line.captures_iter(text).map(|hit| hit[1].to_owned()).collect::<Vec<_>>()).collect()
}

pub fn sentences(tree: &Tree) -> Vec<String> {
    let (en, de) = (keys(tree, "en"), keys(tree, "de"));
    let mut breaches: Vec<String> = en.symmetric_difference(&de).map(|key| format!("{key} is not in both languages")).collect();
    let used = Regex::new(
        r#"(?:\b(?:page|words|self|w|m|frame|mail)\.(?:t|count|with|named)\(\s*|Message::new\(\s*|Posted::done\([^"]*?,\s*|BadText\(|validation\()"([a-z][a-z0-9-]*-[a-z0-9-]+)""#,
    )
    .expect("a pattern");
    let comment = Regex::new(r"(?s)\{#.*?#\}").expect("a pattern");
    for (path, text) in
        tree.files().filter(|(path, _)| path.ends_with(".html") || path.ends_with(".txt") || path.ends_with(".rs"))
    {
        let text: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        let text = comment.replace_all(&text, "");
        let missing = used.captures_iter(&text).filter(|hit| !en.contains(&hit[1]));
        breaches.extend(missing.map(|hit| format!("{path} says {}, which no language knows", &hit[1])));
    }
    breaches
}

/// Acts of staff have words: the audit trail speaks to people.
pub fn acts(tree: &Tree) -> Vec<String> {
    let call = Regex::new(r"\b(?:audit|audit_without_staff|audit_at_the_door|note)\(([^;]*?)\.await").expect("a pattern");
    let action = Regex::new(r#""([a-z_]+(?:\.[a-z_]+)+)""#).expect("a pattern");
    let known = keys(tree, "en");
    let mut breaches = Vec::new();
    for (path, text) in tree.rust() {
        for hit in call.captures_iter(text).flat_map(|call| action.captures_iter(call.get(1).map_or("", |found| found.as_str())))
        {
            let key = format!("admin-act-{}", hit[1].replace(['.', '_'], "-"));
            if !known.contains(&key) {
                breaches.push(format!("{path} writes {} into the audit trail, which has no sentence {key}", &hit[1]));
            }
        }
    }
    breaches
}
