//! Reads of redirects.

use diesel::prelude::*;
use diesel::sql_types::{Text, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::features::catalog::model::Signs;
use crate::platform::base::Moment;
use crate::platform::db::{self, Conn};
use crate::platform::schema::redirects;

/// A redirect made by hand.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = redirects)]
pub struct Redirect {
    pub id: i64,
    pub from_path: String,
    pub to_address: String,
    pub created_at: Moment,
}

/// All redirects made by hand.
pub async fn signs(conn: &mut Conn) -> QueryResult<Signs> {
    let rows = redirects::table.select((redirects::from_path, redirects::to_address));
    Ok(rows.load::<(String, String)>(conn).await?.into_iter().collect())
}

/// Redirects made by hand, newest first, by words of either address, before one of them; one more than `size` where there is more.
pub async fn redirects(conn: &mut Conn, words: &str, before: Option<i64>, size: i64) -> QueryResult<Vec<Redirect>> {
    let mut query = redirects::table.select(Redirect::as_select()).into_boxed();
    if !words.is_empty() {
        let like = format!("%{}%", words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        query = query.filter(redirects::from_path.ilike(like.clone()).or(redirects::to_address.ilike(like)));
    }
    if let Some(before) = before {
        query = query.filter(redirects::id.lt(before));
    }
    query.order(redirects::id.desc()).limit(size + 1).load(conn).await
}

/// An address that leads on by itself, since a handle changed.
#[derive(Clone, Debug, QueryableByName)]
pub struct Moved {
    #[diesel(sql_type = Text)]
    pub from_path: String,
    #[diesel(sql_type = Text)]
    pub to_path: String,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: Moment,
}

/// The newest addresses that lead on by themselves, by words of either address.
pub async fn moved_handles(conn: &mut Conn, words: &str, size: i64) -> QueryResult<Vec<Moved>> {
    let like = format!("%{}%", words.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
    db::sql(
        "select from_path, to_path, created_at from (
            select '/products/' || r.handle as from_path, '/products/' || p.handle as to_path, r.created_at
              from handle_redirects r join products p on p.id = r.target_id where r.kind = 'product'
            union all
            select '/categories/' || r.handle, '/categories/' || c.handle, r.created_at
              from handle_redirects r join categories c on c.id = r.target_id where r.kind = 'category') led
          where from_path like $1 or to_path like $1 order by created_at desc, from_path limit $2",
    )
    .bind::<Text, _>(like)
    .bind::<diesel::sql_types::BigInt, _>(size)
    .load(conn)
    .await
}
