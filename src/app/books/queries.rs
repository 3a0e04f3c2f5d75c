//! Looking at the books, and what was found before.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel_async::RunQueryDsl;

use super::model::{NAMED, Outcome, Rule};
use super::rules::{ERRANDS, MONEY, PAYING, SHORT, STOCK};
use super::{retraced, standing};
use crate::platform::base::{Broke, Moment};
use crate::platform::db::Conn;
use crate::platform::schema::book_checks;

#[derive(diesel::QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = BigInt)]
    of: i64,
}

/// Looks at every rule; `deep` also computes every tax again and replays the ledger of the stock, which reads every row there is.
pub async fn examine(conn: &mut Conn, deep: bool) -> Result<Vec<Outcome>, Broke> {
    let mut found = Vec::new();
    for rule in &STOCK {
        found.push(broken(conn, rule).await?);
    }
    found.push(Outcome { harmless: true, ..broken(conn, &SHORT).await? });
    for rule in MONEY.iter().chain(&PAYING) {
        found.push(broken(conn, rule).await?);
    }
    found.push(standing::orders(conn).await?);
    for rule in &ERRANDS {
        found.push(broken(conn, rule).await?);
    }
    if deep {
        found.push(retraced::taxes(conn).await?);
        found.push(broken(conn, &retraced::REPLAYED).await?);
    }
    Ok(found)
}

/// How many rows break the rule, with the names of the first few. Fenced off from the limit, or PostgreSQL plans for few rows and goes
/// through a million orders row by row.
async fn broken(conn: &mut Conn, rule: &Rule) -> QueryResult<Outcome> {
    let query = format!(
        "with found as materialized ({}) select name, (select count(*) from found) as of from found limit {NAMED}",
        rule.query
    );
    let rows: Vec<Named> = diesel::sql_query(query).load(conn).await?;
    let count = rows.as_slice().first().map_or(0, |row| row.of);
    let names = rows.into_iter().map(|row| row.name).collect();
    Ok(Outcome { rule: rule.id.to_owned(), count, names, harmless: false })
}

/// One look at the books.
pub struct Look {
    pub at: Moment,
    /// Milliseconds.
    pub took: i64,
    pub outcomes: Vec<Outcome>,
}

/// The latest looks, newest first.
pub async fn looks(conn: &mut Conn) -> Result<Vec<Look>, Broke> {
    let rows: Vec<(Moment, i64, serde_json::Value)> = book_checks::table
        .order(book_checks::id.desc())
        .limit(30)
        .select((book_checks::at, book_checks::took_ms, book_checks::outcomes))
        .load(conn)
        .await?;
    rows.into_iter().map(|(at, took, outcomes)| Ok(Look { at, took, outcomes: serde_json::from_value(outcomes)? })).collect()
}
