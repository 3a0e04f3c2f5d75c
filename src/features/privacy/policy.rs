//! The page about privacy: what staff wrote, and what the shop's settings say, always as they are now.

use rocket::{Route, get, routes};

use super::queries;
use super::views::{PolicyPage, purposes, times_view};
use crate::engines::payments;
use crate::features::content::queries::legal_text;
use crate::platform::db::Db;
use crate::platform::settings::LegalKind;
use crate::platform::shell::Page;
use crate::platform::web::{self, CleanHtml, Named};

pub fn routes() -> Vec<Route> {
    routes![show]
}

/// The cookies that the shop sets, which are all there are.
const COOKIES: [Named; 7] =
    [Named::Cart, Named::Customer, Named::Notice, Named::Locale, Named::Market, Named::Theme, Named::Consent];

#[get("/legal/privacy")]
async fn show(page: Page, db: Db) -> web::Result<PolicyPage> {
    let mut conn = db.get().await?;
    let own = legal_text(&mut conn, LegalKind::Privacy).await?.map(|(body, _)| page.told(&body)).unwrap_or_default();
    let offered = payments::queries::methods(&mut conn).await?;
    let title = page.legal().into_iter().find(|(kind, _)| *kind == LegalKind::Privacy.as_str()).map(|(_, title)| title);
    let on = offered.iter().filter(|method| method.enabled);
    Ok(PolicyPage {
        title: title.unwrap_or_else(|| page.t("shell-legal-privacy")),
        own: CleanHtml::of_markdown(&own.text),
        own_lang: own.lang,
        times: times_view(&page.words, &queries::times(&mut conn).await?),
        payments: on.map(|method| page.t(&format!("privacy-pay-{}", method.method.as_str().replace('_', "-")))).collect(),
        purposes: purposes(&page),
        cookies: COOKIES.iter().map(|named| (named.plain(), page.t(&format!("privacy-cookie-{}", named.plain())))).collect(),
        page,
    })
}
