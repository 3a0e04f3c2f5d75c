//! The house rules of ARCHITECTURE.md that a program can see; each is shown to catch a planted breach.

mod rooms;
mod texts;
mod tree;
mod walls;

use tree::Tree;

/// A rule looks at all files and names its breaches, one sentence each.
type Rule = fn(&Tree) -> Vec<String>;

const RULES: &[(&str, Rule)] = &[
    ("imports go down the stair", rooms::stair),
    ("a trade keeps to its tools", rooms::trades),
    ("every table has one owner", rooms::owners),
    ("only the owner writes a table", rooms::writes),
    ("only orders records money on an order", rooms::money),
    ("templates borrow from their room and the shell", texts::borrowing),
    ("templates hold under the content security policy", texts::policy),
    ("every sentence is there in every language", texts::sentences),
    ("every act of staff has words", texts::acts),
    ("text from outside is parsed at the door", rooms::forms),
    ("where a visitor is led is a place of this site", rooms::ways),
    ("SQL that we write stays prepared", rooms::prepared),
    ("files, handlers and templates stay small", walls::sizes),
    ("files say what they are and have good names", walls::names),
    ("nobody holds an RSA private key", walls::keys),
];

#[test]
fn the_house_is_in_order() {
    let tree = Tree::read();
    let breaches: Vec<String> =
        RULES.iter().flat_map(|(name, rule)| rule(&tree).into_iter().map(move |breach| format!("{name}: {breach}"))).collect();
    assert!(breaches.is_empty(), "{} breaches of the house rules:\n{}", breaches.len(), breaches.join("\n"));
}

/// Plants a file (or lines at the end of one) and expects the rule to name it.
#[track_caller]
fn catches(rule: Rule, path: &str, lines: &str) {
    let mut tree = Tree::read();
    let before = rule(&tree);
    tree.plant(path, lines);
    let after = rule(&tree);
    assert!(after.len() > before.len(), "planted in {path}, not caught: {lines}");
}

#[test]
fn an_import_up_the_stair_is_caught() {
    catches(rooms::stair, "src/platform/base/planted.rs", "use crate::features::catalog::model::Product;");
    catches(rooms::stair, "src/platform/base/planted.rs", "use crate::platform::db::Conn;");
    catches(rooms::stair, "src/platform/feed/mod.rs", "use super::shell::Page;");
    catches(rooms::stair, "src/platform/feed/planted.rs", "use super::super::shell::Page;");
    catches(rooms::stair, "src/engines/inventory/planted.rs", "fn f() { crate::features::orders::commands::create(); }");
}

#[test]
fn a_trade_with_foreign_tools_is_caught() {
    catches(rooms::trades, "src/features/catalog/model.rs", "use rocket::State;");
    catches(rooms::trades, "src/features/catalog/model.rs", "pub async fn load() {}");
    catches(rooms::trades, "src/features/catalog/routes.rs", "use diesel::prelude::*;");
}

#[test]
fn a_table_without_or_with_two_owners_is_caught() {
    catches(rooms::owners, "src/platform/schema.rs", "diesel::table! {\n    orphans (id) {\n        id -> BigInt,\n    }\n}");
    catches(rooms::owners, "src/features/planted/mod.rs", "//! Owns: settings");
}

#[test]
fn a_write_by_a_stranger_is_caught() {
    catches(rooms::writes, "src/platform/shell/planted.rs", "diesel::insert_into(settings::table).execute(tx)");
    catches(rooms::writes, "src/platform/shell/planted.rs", "diesel::update(settings::table.find(1)).execute(tx)");
    catches(rooms::writes, "src/platform/shell/planted.rs", "sql_query(\"delete from settings\")");
    catches(rooms::writes, "src/platform/shell/planted.rs", "sql_query(\"update settings set shop_name = 'x'\")");
}

#[test]
fn money_recorded_by_others_is_caught() {
    catches(rooms::money, "src/features/cart/planted.rs", "payments::commands::record_capture(tx).await?;");
}

#[test]
fn a_borrowed_template_is_caught() {
    catches(texts::borrowing, "templates/cart/planted.html", "{% include \"catalog/_card.html\" %}");
}

#[test]
fn what_the_policy_forbids_is_caught() {
    for line in [
        "{{ text|safe }}",
        "<p style=\"color:red\">",
        "<button onclick=\"go()\">",
        "<script>go()</script>",
        "<a hx-on:click=\"x\">",
        "<a href=\"/\" hx-get=\"/\">",
        "<form action=\"/\"\nhx-post=\"/\">",
    ] {
        catches(texts::policy, "templates/cart/planted.html", line);
    }
}

#[test]
fn a_missing_sentence_is_caught() {
    catches(texts::sentences, "templates/cart/planted.html", "{{ page.t(\"cart-planted-nowhere\") }}");
    catches(texts::sentences, "locales/en/shell.ftl", "planted-only-in-english = Hello");
}

#[test]
fn an_act_without_words_is_caught() {
    let act = r#"access::audit(tx, staff, "planted.dug_up", "planted", None, None, None).await?;"#;
    catches(texts::acts, "src/features/catalog/planted.rs", act);
}

#[test]
fn a_raw_string_in_a_form_is_caught() {
    catches(rooms::forms, "src/features/catalog/planted.rs", "#[derive(FromForm)]\npub struct Planted {\n    name: String,\n}");
    catches(
        rooms::forms,
        "src/features/catalog/planted.rs",
        "#[derive(FromForm)]\npub struct Planted {\n    count: Option<i32>,\n}",
    );
}

#[test]
fn a_way_to_another_site_is_caught() {
    let form = "#[derive(FromForm)]\npub struct Planted {\n    next: Option<Line<200>>,\n}";
    catches(rooms::ways, "src/features/catalog/planted.rs", form);
    let handler = "#[get(\"/planted?<back>\")]\nfn planted(back: &str) -> Redirect {\n    Redirect::to(back.to_owned())\n}";
    catches(rooms::ways, "src/features/catalog/planted.rs", handler);
}

#[test]
fn walls_are_measured() {
    catches(walls::sizes, "src/features/catalog/planted.rs", &"// line\n".repeat(401));
    catches(walls::sizes, "templates/cart/planted.html", &"<p>\n".repeat(121));
    catches(walls::sizes, "static/css/components/planted.css", &"a {}\n".repeat(301));
    let handler = format!("#[get(\"/\")]\nasync fn planted() {{\n{}}}\n", "    let a = 1;\n".repeat(26));
    catches(walls::sizes, "src/features/catalog/planted.rs", &handler);
}

#[test]
fn bad_names_are_caught() {
    catches(walls::names, "src/features/catalog/utils.rs", "//! Things.");
    catches(walls::names, "src/features/catalog/planted.rs", "fn without_a_word() {}");
    catches(walls::names, "migrations/2026-11-23-070100_planted/up.sql", "select 1;");
}

#[test]
fn an_rsa_private_key_is_caught() {
    catches(walls::keys, "src/platform/access/planted.rs", "let key = CoreRsaPrivateSigningKey::from_pem(text, None)?;");
}

#[test]
fn sql_that_is_planned_at_every_call_is_caught() {
    catches(rooms::prepared, "src/features/catalog/queries/planted.rs", "diesel::sql_query(\n    \"select 1\",\n)");
    catches(rooms::prepared, "src/engines/tax/planted.rs", "sql_query(include_str!(\"rates.sql\"))");
}
