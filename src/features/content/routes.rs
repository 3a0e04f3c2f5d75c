//! Legal pages for shoppers.

use rocket::{Route, get, routes};

use super::queries;
use super::views::LegalPage;
use crate::platform::base::Name;
use crate::platform::db::Db;
use crate::platform::settings::LegalKind;
use crate::platform::shell::Page;
use crate::platform::web::{self, CleanHtml};

pub fn routes() -> Vec<Route> {
    routes![legal]
}

/// Terms, privacy, imprint or returns; a page without text does not exist.
#[get("/legal/<kind>")]
async fn legal(kind: Name<20>, page: Page, db: Db) -> web::Result<Option<LegalPage>> {
    let Ok(kind) = kind.parse::<LegalKind>() else { return Ok(None) };
    let mut conn = db.get().await?;
    let Some((body, changed)) = queries::legal_text(&mut conn, kind).await? else { return Ok(None) };
    let title = page.legal().into_iter().find(|(of, _)| *of == kind.as_str()).map(|(_, title)| title);
    let body = page.told(&body);
    Ok(Some(LegalPage {
        title: title.unwrap_or_else(|| page.t(&format!("shell-legal-{kind}"))),
        body: CleanHtml::of_markdown(&body.text),
        lang: body.lang,
        changed: page.day(changed, page.shop().zone),
        page,
    }))
}
