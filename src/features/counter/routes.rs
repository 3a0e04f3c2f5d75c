//! The payment link: a customer looks at what was put together for them and takes it to the checkout.

use rocket::http::Header;
use rocket::{Either, Responder, Route, get, post, routes};

use super::draft_page::LinkPage;
use super::drafts::details_of;
use super::{admin, drafts, queries};
use crate::features::cart::{self, Visitor};
use crate::features::checkout;
use crate::platform::base::Name;
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Cookies, Posted};

pub fn routes() -> Vec<Route> {
    [routes![show, take], admin::routes(), drafts::routes()].concat()
}

/// A page that nobody keeps: whoever has the link reads a name and an address.
#[derive(Responder)]
struct Private {
    page: LinkPage,
    cache: Header<'static>,
    robots: Header<'static>,
}

/// What was put together; an order made of it already is shown instead.
#[get("/checkout/link/<token>")]
async fn show(token: Name<100>, visitor: Visitor, page: Page, db: Db) -> web::Result<Option<Either<Private, Posted<LinkPage>>>> {
    let mut conn = db.get().await?;
    let Some(draft) = queries::draft_by_token(&mut conn, &token, page.now).await? else { return Ok(None) };
    if let Some((_, order)) = &draft.placed {
        return Ok(Some(Either::Right(Posted::to(paths::order(order)))));
    }
    let page = page.in_market(draft.market);
    let details = details_of(&mut conn, &draft, &page).await?;
    let basket = checkout::queries::basket(&mut conn, draft.cart, &details, page.shop(), page.now).await?;
    if basket.lines.is_empty() {
        return Ok(None);
    }
    let other = page.cart_count > 0 && visitor.cart.is_some_and(|cart| cart != draft.cart);
    let page = LinkPage::new(page, &draft, &details, &basket, other);
    let (cache, robots) = (Header::new("Cache-Control", "no-store"), Header::new("X-Robots-Tag", "noindex"));
    Ok(Some(Either::Left(Private { page, cache, robots })))
}

/// Makes the draft this visitor's cart and leads to the checkout, where all that every order must pass is asked.
#[post("/checkout/link/<token>")]
async fn take(token: Name<100>, cookies: Cookies<'_>, page: Page, db: Db) -> web::Result<Option<Posted<LinkPage>>> {
    let mut conn = db.get().await?;
    let Some(draft) = queries::draft_by_token(&mut conn, &token, page.now).await? else { return Ok(None) };
    if let Some((_, order)) = &draft.placed {
        return Ok(Some(Posted::to(paths::order(order))));
    }
    cart::keep_cookie(&cookies, draft.token.clone());
    cart::commands::touch(&mut conn, draft.cart, page.now).await?;
    Ok(Some(Posted::to(paths::checkout())))
}
