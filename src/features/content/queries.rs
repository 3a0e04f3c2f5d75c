//! Reads of what staff wrote.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::platform::base::Moment;
use crate::platform::db::Conn;
use crate::platform::schema::legal_pages;
use crate::platform::settings::LegalKind;

/// The text of a legal page as typed (Markdown), and when it was last changed; `None` while nothing is written.
pub async fn legal_text(conn: &mut Conn, kind: LegalKind) -> QueryResult<Option<(String, Moment)>> {
    legal_pages::table
        .find(kind.as_str())
        .filter(legal_pages::body.ne(""))
        .select((legal_pages::body, legal_pages::updated_at))
        .first(conn)
        .await
        .optional()
}
