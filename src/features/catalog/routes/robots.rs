//! What search engines ask for: robots.txt and the site map, in parts of at most 50,000 addresses.

use std::fmt::Write;

use rocket::http::ContentType;
use rocket::request::FromParam;
use rocket::{State, get};

use crate::features::catalog::queries;
use crate::features::catalog::window::Window;
use crate::platform::base::ProductId;
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web;

/// The most addresses of one part; the protocol allows 50,000.
const PART: i64 = 40_000;

/// Says what robots may read: the shop, but nobody's order or desk. A robot has no cart: it finds the empty one, which asks not to be listed.
#[get("/robots.txt")]
pub fn robots(page: Page) -> (ContentType, String) {
    let closed = [paths::admin(), paths::search(), paths::order("")];
    let mut text = "User-agent: *\n".to_owned();
    for path in closed {
        _ = writeln!(text, "Disallow: {path}");
    }
    _ = write!(text, "\nSitemap: {}{}\n", page.origin, paths::sitemap());
    (ContentType::Plain, text)
}

/// The parts of the site map.
#[get("/sitemap.xml")]
pub async fn sitemap(page: Page, db: Db) -> web::Result<(ContentType, String)> {
    let starts = queries::site_map_parts(&mut *db.get().await?, PART).await?;
    let mut text = head("sitemapindex");
    for after in starts {
        _ = writeln!(text, "<sitemap><loc>{}{}</loc></sitemap>", page.origin, paths::sitemap_part(after));
    }
    text.push_str("</sitemapindex>\n");
    Ok((ContentType::XML, text))
}

/// The id after which a part begins: "0.xml".
pub struct After(ProductId);

impl<'a> FromParam<'a> for After {
    type Error = &'a str;
    fn from_param(param: &'a str) -> Result<Self, Self::Error> {
        let id = param.strip_suffix(".xml").and_then(|id| id.parse::<i64>().ok()).filter(|id| *id >= 0);
        id.map(|id| After(ProductId(id))).ok_or(param)
    }
}

/// A part of the site map; the first one begins with the start page and the categories.
#[get("/sitemap/products/<after>")]
pub async fn sitemap_part(
    page: Page,
    after: Option<After>,
    window: &State<Window>,
    db: Db,
) -> web::Result<Option<(ContentType, String)>> {
    let Some(After(after)) = after else { return Ok(None) };
    let mut text = head("urlset");
    if after.0 == 0 {
        let tree = window.tree(&db).await?;
        let categories = tree.all().iter().map(|branch| paths::category(&branch.handle));
        for path in [paths::home(), paths::products()].into_iter().chain(categories) {
            _ = writeln!(text, "<url><loc>{}{path}</loc></url>", page.origin);
        }
    }
    for (_, handle, changed) in queries::site_map(&mut *db.get().await?, after, PART).await? {
        let (path, day) = (paths::product(&handle), changed.format("%Y-%m-%d"));
        _ = writeln!(text, "<url><loc>{}{path}</loc><lastmod>{day}</lastmod></url>", page.origin);
    }
    text.push_str("</urlset>\n");
    Ok(Some((ContentType::XML, text)))
}

fn head(element: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{element} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n")
}
