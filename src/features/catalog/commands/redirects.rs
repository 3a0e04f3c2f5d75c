//! Acts of staff on redirects; part of the room's commands.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;

use crate::features::catalog::model::{OldPath, RedirectRefused, may_lead};
use crate::features::catalog::queries;
use crate::platform::access::{self, Person};
use crate::platform::base::{Failed, Never};
use crate::platform::db::{self, Conn};
use crate::platform::feed::{self, Subject};
use crate::platform::schema::{categories, legal_pages, products, redirects};
use crate::platform::web::Link;

/// Leads an address on. Adding the same again changes nothing.
pub async fn add_redirect(conn: &mut Conn, staff: &Person, from: &OldPath, to: &Link) -> Result<(), Failed<RedirectRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        // Two at once could close a circle that neither sees.
        db::sql("lock table redirects in share row exclusive mode").execute(tx).await?;
        if !(to.as_str().starts_with('/') || to.as_str().starts_with("http")) {
            return Err(RedirectRefused::NoPage.into());
        }
        let signs = queries::signs(tx).await?;
        match signs.get(from.as_str()) {
            Some(known) if known == to.as_str() => return Ok(()),
            Some(known) => return Err(RedirectRefused::Taken { to: known.clone() }.into()),
            None => may_lead(&signs, from, to.as_str())?,
        }
        if is_page(tx, from).await? {
            return Err(RedirectRefused::IsPage.into());
        }
        let new = (redirects::from_path.eq(from.as_str()), redirects::to_address.eq(to.as_str()));
        let id: i64 = diesel::insert_into(redirects::table).values(new).returning(redirects::id).get_result(tx).await?;
        let after = json!({ "from": from.as_str(), "to": to.as_str() });
        access::audit(tx, staff, "redirect.added", "redirect", Some(id), None, Some(after)).await?;
        Ok(feed::tell(tx, Subject::Content, None).await?)
    })
    .await
}

/// Takes a sign down; one that is gone already is fine.
pub async fn remove_redirect(conn: &mut Conn, staff: &Person, id: i64) -> Result<(), Failed<Never>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let gone: Option<(String, String)> = diesel::delete(redirects::table.find(id))
            .returning((redirects::from_path, redirects::to_address))
            .get_result(tx)
            .await
            .optional()?;
        let Some((from, to)) = gone else { return Ok(()) };
        let before = json!({ "from": from, "to": to });
        access::audit(tx, staff, "redirect.removed", "redirect", Some(id), Some(before), None).await?;
        Ok(feed::tell(tx, Subject::Content, None).await?)
    })
    .await
}

/// Places of the shop that always answer, and everything below the others.
const PAGES: [&str; 10] =
    ["/", "/products", "/sale", "/search", "/cart", "/checkout", "/preferences", "/robots.txt", "/sitemap.xml", "/health"];
const BELOW: [&str; 6] = ["/admin", "/static", "/media", "/checkout", "/orders", "/cart"];

/// Whether a page answers at an address, so that a sign there would never be read.
async fn is_page(tx: &mut Conn, path: &OldPath) -> QueryResult<bool> {
    use diesel::dsl::{exists, select};
    let bare = path.bare();
    if PAGES.contains(&bare) || BELOW.iter().any(|one| bare.strip_prefix(one).is_some_and(|rest| rest.starts_with('/'))) {
        return Ok(true);
    }
    if bare == "/admin" {
        return Ok(true);
    }
    if let Some(handle) = bare.strip_prefix("/products/") {
        let shown = products::table.filter(products::handle.eq(handle).and(products::status.eq("active")));
        return select(exists(shown)).get_result(tx).await;
    }
    if let Some(handle) = bare.strip_prefix("/categories/") {
        return select(exists(categories::table.filter(categories::handle.eq(handle)))).get_result(tx).await;
    }
    if let Some(kind) = bare.strip_prefix("/legal/") {
        return select(exists(legal_pages::table.filter(legal_pages::kind.eq(kind).and(legal_pages::body.ne("")))))
            .get_result(tx)
            .await;
    }
    Ok(false)
}
