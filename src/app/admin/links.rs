//! The one-time links that open a new shop.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::platform::base::{Broke, Moment, Token};
use crate::platform::db::Conn;
use crate::platform::paths;
use crate::platform::schema::{first_run_links, settings};

/// A new link (its path); `None` for a shop that is open or a demo.
pub async fn issue(conn: &mut Conn) -> Result<Option<String>, Broke> {
    let (opened, demo): (Option<Moment>, bool) =
        settings::table.select((settings::opened_at, settings::demo)).first(conn).await?;
    if opened.is_some() || demo {
        return Ok(None);
    }
    let token = Token::random();
    let row = first_run_links::token_hash.eq(token.hash().as_bytes().to_vec());
    diesel::insert_into(first_run_links::table).values(row).execute(conn).await?;
    Ok(Some(paths::first_run(&token.to_string())))
}

/// Whether this link still opens the shop.
pub async fn is_good(conn: &mut Conn, token: &Token) -> QueryResult<bool> {
    let row = first_run_links::table.filter(first_run_links::token_hash.eq(token.hash().as_bytes().to_vec()));
    diesel::select(diesel::dsl::exists(row)).get_result(conn).await
}

/// Uses a link up, and all others with it; `false`: it was used already.
pub async fn use_up(tx: &mut Conn, token: &Token) -> QueryResult<bool> {
    let mine = first_run_links::table.filter(first_run_links::token_hash.eq(token.hash().as_bytes().to_vec()));
    let used = diesel::delete(mine).execute(tx).await? == 1;
    diesel::delete(first_run_links::table).execute(tx).await?;
    Ok(used)
}
