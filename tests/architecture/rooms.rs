//! Rules about rooms: who may know whom, who owns what.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::tree::Tree;

const FLOORS: [&str; 4] = ["platform", "engines", "features", "app"];

/// Where a file lives: its floor, its room, and its whole module path.
fn home(path: &str) -> Option<(usize, String, Vec<String>)> {
    let inner = path.strip_prefix("src/")?.strip_suffix(".rs")?;
    let mut parts: Vec<String> = inner.split('/').map(str::to_owned).collect();
    if parts.last().is_some_and(|last| last == "mod") {
        parts.pop();
    }
    let floor = FLOORS.iter().position(|floor| Some(*floor) == parts.first().map(String::as_str))?;
    Some((floor, parts.get(1).cloned().unwrap_or_default(), parts))
}

/// The rooms of a floor in the order of its `mod.rs`.
fn order(tree: &Tree, floor: usize) -> Vec<String> {
    let text = tree.get(&format!("src/{}/mod.rs", FLOORS[floor]));
    let line = Regex::new(r"(?m)^(?:pub )?mod (\w+);").expect("a pattern");
    line.captures_iter(text).map(|found| found[1].to_owned()).collect()
}

// Made once: every planted breach reads all files again.
static ABSOLUTE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\bcrate::(platform|engines|features|app)::(\w+)").expect("a pattern"));
static RELATIVE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b((?:super::)+)(\w+)").expect("a pattern"));

/// Every floor and room that a file names.
fn imports(text: &str, module: &[String]) -> Vec<(usize, String)> {
    let floor_of = |name: &str| FLOORS.iter().position(|floor| *floor == name);
    let mut found: Vec<(usize, String)> =
        ABSOLUTE.captures_iter(text).filter_map(|hit| Some((floor_of(&hit[1])?, hit[2].to_owned()))).collect();
    for hit in RELATIVE.captures_iter(text) {
        let ups = hit[1].matches("super::").count();
        if ups < module.len() && module.len() - ups == 1 {
            found.extend(floor_of(&module[0]).map(|floor| (floor, hit[2].to_owned())));
        }
    }
    found
}

pub fn stair(tree: &Tree) -> Vec<String> {
    let orders: Vec<Vec<String>> = (0..FLOORS.len()).map(|floor| order(tree, floor)).collect();
    let mut breaches = Vec::new();
    for (path, text) in tree.rust() {
        let Some((floor, room, module)) = home(path) else { continue };
        let step = |floor: usize, room: &str| orders[floor].iter().position(|name| name == room);
        for (other_floor, other) in imports(text, &module) {
            let up = other_floor > floor
                || (other_floor == floor
                    && floor < 3
                    && other != room
                    && !room.is_empty()
                    && matches!((step(floor, &room), step(floor, &other)), (Some(mine), Some(its)) if its > mine));
            if up {
                breaches.push(format!("{path} imports {}::{other}", FLOORS[other_floor]));
            }
        }
    }
    breaches
}

/// What a trade must not touch.
const TOOLS: [(&str, &[&str]); 3] = [
    ("model.rs", &["rocket::", "askama", "diesel_async", "async fn"]),
    ("routes.rs", &["diesel::", "diesel_async", "schema::"]),
    ("admin.rs", &["diesel::", "diesel_async", "schema::"]),
];

pub fn trades(tree: &Tree) -> Vec<String> {
    let mut breaches = Vec::new();
    for (path, text) in tree.rust() {
        for (trade, tools) in TOOLS.iter().filter(|(trade, _)| path.ends_with(&format!("/{trade}"))) {
            for tool in tools.iter().filter(|tool| code(text).contains(**tool)) {
                breaches.push(format!("{path} is a {trade} and uses {tool}"));
            }
        }
    }
    breaches
}

/// The lines that are code.
fn code(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Table → the rooms that say they own it.
fn owned(tree: &Tree) -> BTreeMap<String, Vec<String>> {
    let mut owners: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let table = Regex::new(r"table! \{\n    (\w+) \(").expect("a pattern");
    for hit in table.captures_iter(tree.get("src/platform/schema.rs")) {
        owners.entry(hit[1].to_owned()).or_default();
    }
    for (path, text) in tree.rust().filter(|(path, _)| path.ends_with("mod.rs")) {
        let Some((floor, room, _)) = home(path) else { continue };
        for list in text.lines().filter_map(|line| line.strip_prefix("//! Owns: ")) {
            for name in list.split(',').map(str::trim).filter(|name| *name != "nothing") {
                owners.entry(name.to_owned()).or_default().push(format!("{}/{room}", FLOORS[floor]));
            }
        }
    }
    owners
}

pub fn owners(tree: &Tree) -> Vec<String> {
    let odd = owned(tree).into_iter().filter(|(_, rooms)| rooms.len() != 1);
    odd.map(|(table, rooms)| format!("{table} is owned by {rooms:?}")).collect()
}

pub fn writes(tree: &Tree) -> Vec<String> {
    let owners = owned(tree);
    let patterns = [
        r"(?:insert_into|update|delete|replace_into)\(\s*(?:schema::)?(\w+)::",
        r"(?i)\binsert\s+into\s+(\w+)",
        r"(?i)\bupdate\s+(\w+)\s+(?:\w+\s+)?set\b",
        r"(?i)\bdelete\s+from\s+(\w+)",
    ];
    let patterns = patterns.map(|pattern| Regex::new(pattern).expect("a pattern"));
    let mut breaches = Vec::new();
    for (path, text) in tree.rust() {
        let Some((floor, room, _)) = home(path) else { continue };
        let mine = format!("{}/{room}", FLOORS[floor]);
        let text = code(text);
        for hit in patterns.iter().flat_map(|pattern| pattern.captures_iter(&text)) {
            let table = &hit[1];
            if owners.get(table).is_some_and(|rooms| !rooms.contains(&mine)) {
                breaches.push(format!("{path} writes {table}, which {:?} owns", owners[table]));
            }
        }
    }
    breaches
}

pub fn money(tree: &Tree) -> Vec<String> {
    let strangers = tree.rust().filter(|(path, text)| {
        !path.starts_with("src/features/orders/")
            && !path.starts_with("src/engines/payments/")
            && code(text).contains("payments::commands")
    });
    strangers.map(|(path, _)| format!("{path} calls payments::commands")).collect()
}

pub fn forms(tree: &Tree) -> Vec<String> {
    let form = Regex::new(r"(?s)#\[derive\([^)]*FromForm\b[^)]*\)\][^{;]*\{(.*?)\n\}").expect("a pattern");
    let raw =
        Regex::new(r":\s*(?:Vec<)?(String|&'\w+ str|Option<(?:[iu](?:8|16|32|64)|f64|String|&'\w+ str)>)").expect("a pattern");
    let mut breaches = Vec::new();
    for (path, text) in tree.rust() {
        for body in form.captures_iter(text) {
            breaches.extend(raw.captures_iter(&body[1]).map(|hit| format!("{path}: a form field is a bare {}", &hit[1])));
        }
    }
    breaches
}

/// Where a visitor says to be led is a place of this site by its type, whatever the text is.
pub fn ways(tree: &Tree) -> Vec<String> {
    let form = Regex::new(r"(?s)#\[derive\([^)]*FromForm\b[^)]*\)\][^{;]*\{(.*?)\n\}").expect("a pattern");
    let handler = Regex::new(r"(?s)#\[(?:get|post)\([^\]]*\)\]\n(?:pub )?(?:async )?fn \w+\((.*?)\) ->").expect("a pattern");
    let way = Regex::new(r"\b(next|back|return_to|return_url|redirect|redirect_to|continue_to|goto):\s*([\w<>:&' ]+)")
        .expect("a pattern");
    let mut breaches = Vec::new();
    for (path, text) in tree.rust() {
        for place in form.captures_iter(text).chain(handler.captures_iter(text)) {
            let other = way.captures_iter(&place[1]).filter(|hit| !hit[2].contains("SitePath"));
            breaches.extend(other.map(|hit| format!("{path}: {} is a {}, not a SitePath", &hit[1], hit[2].trim())));
        }
    }
    breaches
}

/// SQL that the program writes stays prepared on its connection (`db::sql`); `diesel::sql_query` is for text that differs endlessly.
pub fn prepared(tree: &Tree) -> Vec<String> {
    let literal = Regex::new(r#"\bsql_query\(\s*(?:"|include_str!)"#).expect("a pattern");
    let rooms = |path: &str| {
        !path.starts_with("src/platform/db/") && !path.starts_with("src/app/cli/") && !path.starts_with("src/app/books/")
    };
    let found = tree.rust().filter(|(path, text)| path.starts_with("src/") && rooms(path) && literal.is_match(text));
    found
        .map(|(path, _)| format!("{path}: sql_query has PostgreSQL parse and plan it at every call; db::sql does so once"))
        .collect()
}
