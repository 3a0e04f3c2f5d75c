//! What was typed at the checkout: kept, with the codes and gifts beside it, or only looked at.

use rocket::form::{Contextual, Form};
use rocket::response::Redirect;
use rocket::{Route, post, routes};

use super::forms::{Details, Ticked};
use super::model::Complete;
use super::queries;
use super::routes::{begun, elsewhere};
use super::views::CheckoutPage;
use super::{business, commands, express};
use crate::features::cart::model::CodeRefused;
use crate::features::cart::{self, Visitor};
use crate::features::customers::Customer;
use crate::platform::base::{Broke, CartId, Moment, OrBreak, Refusal};
use crate::platform::db::{Conn, Db};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, ClientAddress, FormView, Posted};

pub(super) fn routes() -> Vec<Route> {
    routes![delivery]
}

/// Shows what an address means for delivery and taxes before the form is whole. It keeps nothing, so that an answer that comes late
/// takes nothing back of what was typed since.
#[post("/checkout/delivery", data = "<form>")]
async fn delivery(
    visitor: Visitor,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, Details>>,
) -> web::Result<Result<CheckoutPage, Redirect>> {
    let Some(cart) = visitor.cart else { return Ok(Err(Redirect::to(elsewhere(&visitor)))) };
    let sent = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    let draft = match &form.value {
        Some(input) => input.draft(),
        None => begun(&mut conn, cart, visitor.customer.as_ref(), &page).await?,
    };
    let basket = queries::basket(&mut conn, cart, &draft, page.shop(), page.now).await?;
    if basket.lines.is_empty() {
        return Ok(Err(Redirect::to(paths::cart())));
    }
    Ok(Ok(CheckoutPage::new(page, &draft, &basket, sent)))
}

/// Keeps what was typed, with the codes and gifts beside it. Where to go instead of on: to the cart that is gone, or back to a code that is none and a gift that is gone.
pub(super) async fn keep_typed(
    conn: &mut Conn,
    cart: CartId,
    input: &Details,
    page: &Page,
) -> Result<Option<Posted<CheckoutPage>>, Broke> {
    let now = page.now;
    if commands::save(conn, cart, &input.draft(), now).await.or_break()?.is_err() {
        return Ok(Some(Posted::to(paths::cart())));
    }
    if let Some(market) = input.market.and_then(|id| page.shop().market_by_id(id)) {
        cart::commands::buy_in(conn, cart, (!market.primary).then_some(market.id), now).await?;
    }
    let codes = set_codes(conn, cart, input, now).await?;
    let gone = cart::codes::set_gift(conn, cart, (input.gift, input.no_gift), page).await?;
    Ok(codes.err().map(|why| why.message().key).or(gone).map(|notice| Posted::done(paths::checkout_form(), notice)))
}

/// Takes a code out of the cart, or puts the one in that was typed beside the form.
async fn set_codes(conn: &mut Conn, cart: CartId, input: &Details, now: Moment) -> Result<Result<(), CodeRefused>, Broke> {
    if !input.remove_code.is_empty() {
        cart::commands::remove_code(conn, cart, &input.remove_code, now).await?;
    } else if !input.code.is_empty() {
        return cart::commands::add_code(conn, cart, &input.code, now).await.or_break();
    }
    Ok(Ok(()))
}

/// The form after a code in it was taken that was typed and not applied; it says why where it is not.
pub(super) async fn with_code(
    conn: &mut Conn,
    cart: CartId,
    form: FormView,
    from: &ClientAddress,
    page: &Page,
) -> Result<FormView, Broke> {
    if form.value("gift_card").trim().is_empty() {
        return Ok(form);
    }
    let refused = super::wallet_routes::try_code(conn, cart, form.value("gift_card"), from, page).await?;
    Ok(match refused {
        Some(why) => form.with_error("gift_card", why),
        None => form,
    })
}

/// Keeps of a customer what they ticked: the address in their book, the VAT id of their business.
pub(super) async fn keep_known(
    conn: &mut Conn,
    customer: Option<&Customer>,
    input: &Details,
    whole: &Complete,
    page: &Page,
) -> Result<(), Broke> {
    if let (Some(customer), Some(Ticked::Yes)) = (customer, input.keep) {
        express::learn(conn, customer, &whole.shipping_address, page.now).await?;
    }
    match input.keep_vat_id {
        Some(Ticked::Yes) => business::remember(conn, customer, &input.draft(), page.shop()).await,
        None => Ok(()),
    }
}
