//! The cart's pages and forms. For htmx the same answers come as the drawer's content.

use rocket::form::{self, Contextual, Form};
use rocket::{Route, get, post, routes};

use super::codes::{bring, bring_to_fresh};
use super::commands::Fresh;
use super::estimate::{estimate, nothing};
use super::forms::{AddToCart, SetQuantity};
use super::views::{CartAnswer, CartView, Refused, RefusedView, RemovedView};
use super::{commands, queries, visitor};
use crate::features::cart::Visitor;
use crate::platform::base::{Broke, CartId, CartLineId, OrBreak, Quantity, Token, VariantId};
use crate::platform::db::{Conn, Db};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Cookies, FormView, Named, Posted};

pub fn routes() -> Vec<Route> {
    [routes![show, add, set_quantity, remove], super::codes::routes(), super::market::routes()].concat()
}

/// The cart; after a removal also what was taken out, to be put back.
#[get("/cart?<removed>&<quantity>&<fewer>")]
async fn show(
    visitor: Visitor,
    page: Page,
    db: Db,
    cookies: Cookies<'_>,
    removed: form::Result<'_, VariantId>,
    quantity: form::Result<'_, Quantity>,
    fewer: form::Result<'_, Vec<VariantId>>,
) -> web::Result<CartAnswer> {
    let mut conn = db.get().await?;
    if let (Some(cart), true) = (visitor.cart, visitor.renew) {
        commands::touch(&mut conn, cart, page.now).await?;
        if let Some(token) = cookies.get(Named::Cart) {
            visitor::keep(&cookies, token);
        }
    }
    if let Some(cart) = visitor.cart {
        bring(&mut conn, cart, &page, &cookies).await?;
    }
    let gone = match (removed, quantity) {
        (Ok(variant), Ok(quantity)) => queries::offer(&mut conn, variant)
            .await?
            .filter(|offer| offer.offered)
            .map(|offer| RemovedView { variant, quantity: quantity.get(), title: page.plain(&offer.title) }),
        _ => None,
    };
    let fewer = short(&mut conn, &page, visitor.cart, &fewer.unwrap_or_default()).await?;
    Ok(answer(&mut conn, page, visitor.cart, gone, Refused::Nothing).await?.telling(fewer))
}

/// Of what there is less than was asked for when two carts became one, or an order was to be bought again.
async fn short(conn: &mut Conn, page: &Page, cart: Option<CartId>, variants: &[VariantId]) -> Result<Vec<String>, Broke> {
    let mut said = Vec::new();
    let (mut unknown, shown) = (0, &variants[..variants.len().min(commands::MOST_TOLD)]);
    for variant in shown {
        let Some(offer) = queries::offer(conn, *variant).await? else {
            unknown += 1;
            continue;
        };
        let held = match cart {
            Some(cart) => queries::pieces_of(conn, cart, *variant).await?,
            None => 0,
        };
        let values = [("title", page.plain(&offer.title).into()), ("count", held.into())];
        said.push(page.with(if held > 0 { "cart-fewer" } else { "cart-none-left" }, &values));
    }
    if unknown > 0 {
        said.push(page.count("cart-unknown", unknown));
    }
    Ok(said)
}

/// Puts a thing in the cart; on refusal shows the cart with the form as it was sent.
///
/// Two first adds at once from a browser without a cookie would open two carts, and nothing they carry tells that they belong together.
/// With scripts they wait for each other (`hx-sync`); without, the second click replaces the first page load, so one piece is in the
/// cart that the browser knows, and the other cart is swept after its time.
#[post("/cart/lines", data = "<form>")]
async fn add(
    visitor: Visitor,
    page: Page,
    db: Db,
    cookies: Cookies<'_>,
    form: Form<Contextual<'_, AddToCart>>,
) -> web::Result<Posted<CartAnswer>> {
    let mut conn = db.get().await?;
    let sent = FormView::of(page.words, &form.context);
    let Some(input) = &form.value else {
        let text = sent.errors().first().map(|error| error.text.clone()).unwrap_or_default();
        let view = refused(&mut conn, &page, &sent, None, text, 0).await?;
        return Ok(Posted::again(answer(&mut conn, page, visitor.cart, None, Refused::Add(view)).await?));
    };
    let customer = visitor.customer.as_ref().map(|customer| customer.id);
    let fresh = Fresh { token: Token::random(), locale: page.words.locale, customer, market: page.market() };
    match commands::add(&mut conn, visitor.cart, &fresh, input.variant, input.quantity, page.now).await.or_break()? {
        Ok(opened) => {
            let kept = cookies.get(Named::Cart).filter(|_| !opened).map(str::to_owned);
            if customer.is_none() {
                visitor::keep(&cookies, kept.unwrap_or_else(|| fresh.token.to_string()));
            }
            bring_to_fresh(&mut conn, opened.then_some(&fresh), &page, &cookies).await?;
            Ok(Posted::done(paths::cart(), "cart-added"))
        }
        Err(why) => {
            let view =
                refused(&mut conn, &page, &sent, Some(input.variant), page.refusal(&why), RefusedView::fits_of(&why)).await?;
            Ok(Posted::again(answer(&mut conn, page, visitor.cart, None, Refused::Add(view)).await?))
        }
    }
}

/// Sets how many a line holds; someone else's line does not exist.
#[post("/cart/lines/<line>/quantity", data = "<form>")]
async fn set_quantity(
    line: CartLineId,
    visitor: Visitor,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, SetQuantity>>,
) -> web::Result<Option<Posted<CartAnswer>>> {
    let Some(cart) = visitor.cart else { return Ok(None) };
    let mut conn = db.get().await?;
    let mut sent = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        match commands::set_quantity(&mut conn, cart, line, input.wanted(), page.now).await.or_break()? {
            Ok(true) => return Ok(Some(Posted::to(paths::cart()))),
            Ok(false) => return Ok(None),
            Err(why) => sent = sent.refused(page.words, "quantity", &why),
        }
    } else if !queries::holds(&mut conn, cart, line).await? {
        return Ok(None);
    }
    Ok(Some(Posted::again(answer(&mut conn, page, Some(cart), None, Refused::Line(line, sent)).await?)))
}

/// Takes a line out; the next page offers to put it back.
#[post("/cart/lines/<line>/removal")]
async fn remove(line: CartLineId, visitor: Visitor, page: Page, db: Db) -> web::Result<Option<Posted<CartAnswer>>> {
    let Some(cart) = visitor.cart else { return Ok(None) };
    let mut conn = db.get().await?;
    let gone = commands::remove(&mut conn, cart, line, page.now).await.or_break()?.unwrap_or_else(|never| match never {});
    Ok(gone.map(|(variant, quantity)| Posted::to(paths::cart_after_removal(variant, quantity))))
}

/// The cart as it is now, with what was asked of it and refused.
pub(super) async fn answer(
    conn: &mut Conn,
    page: Page,
    cart: Option<CartId>,
    gone: Option<RemovedView>,
    refused: Refused,
) -> Result<CartAnswer, Broke> {
    let lines = match cart {
        Some(cart) => queries::lines_of(conn, cart, page.now).await?,
        None => Vec::new(),
    };
    let code = match &refused {
        Refused::Code(form) => form.clone(),
        _ => FormView::empty(),
    };
    let estimate = match cart.filter(|_| !lines.is_empty()) {
        Some(cart) => estimate(conn, &page, cart, &lines, code).await?,
        None => nothing(&page),
    };
    let view = CartView::new(&page, &lines, estimate, gone, refused);
    Ok(CartAnswer::new(page, view))
}

/// The cart with a code that could not be taken.
pub(super) async fn cart_again(conn: &mut Conn, page: Page, cart: CartId, sent: FormView) -> Result<CartAnswer, Broke> {
    answer(conn, page, Some(cart), None, Refused::Code(sent)).await
}

async fn refused(
    conn: &mut Conn,
    page: &Page,
    sent: &FormView,
    variant: Option<VariantId>,
    text: String,
    fits: i64,
) -> Result<RefusedView, Broke> {
    let offer = match variant {
        Some(variant) => queries::offer(conn, variant).await?.filter(|offer| offer.offered),
        None => None,
    };
    Ok(RefusedView {
        title: offer.as_ref().map(|offer| page.plain(&offer.title)),
        path: offer.as_ref().map(|offer| paths::product(&offer.handle)),
        variant: sent.value("variant").to_owned(),
        quantity: sent.value("quantity").to_owned(),
        text,
        fits,
    })
}
