//! Discount codes of a cart: the field, the codes typed so far, and why one does not count. Other rooms print the view.

use askama::Template;
use askama::filters::HtmlSafe;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, get, post, routes};

use super::commands::{self, Fresh};
use super::queries::{self, Gift};
use super::routes::{answer, cart_again};
use super::views::{CartAnswer, Refused};
use super::visitor::Visitor;
use crate::engines::promotions::Applied;
use crate::engines::promotions::model::normal_code;
use crate::platform::base::{Broke, CartId, Line, Moment, OrBreak, ProductId, VariantId, text_enum};
use crate::platform::db::{Conn, Db};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Cookies, FormView, Named, Notice, Posted};

pub(super) fn routes() -> Vec<Route> {
    routes![add, remove, gift, link]
}

text_enum! {
    /// The page on which a code is typed.
    At { Cart = "cart", Checkout = "checkout", Review = "review" }
}

impl At {
    fn path(self) -> String {
        match self {
            At::Cart => paths::cart(),
            At::Checkout => paths::checkout(),
            At::Review => paths::checkout_review(),
        }
    }
}

/// A code as typed, and where.
#[derive(FromForm)]
struct CodeForm {
    code: Line<60>,
    at: At,
}

/// A gift that is taken, or not wanted, and where that was said.
#[derive(FromForm)]
struct GiftForm {
    at: At,
    take: Option<VariantId>,
    decline: Option<ProductId>,
}

/// The field and the codes of a cart, to be printed on cart and checkout.
#[derive(Template)]
#[template(path = "cart/_codes.html")]
pub struct CodesView {
    page: Page,
    at: At,
    /// The form of the page that keeps what is typed on it, and where it keeps that; else the field is a form of its own.
    within: Option<(&'static str, String)>,
    form: FormView,
    chips: Vec<Chip>,
    gifts: Vec<GiftView>,
}

impl HtmlSafe for CodesView {}

struct Chip {
    code: String,
    name: String,
    /// Why it takes nothing off.
    why: Option<String>,
}

struct GiftView {
    text: String,
    product: ProductId,
    /// What is put in with one press; `None`: it is chosen on the page of the product.
    variant: Option<VariantId>,
    path: String,
    declined: bool,
}

impl CodesView {
    pub fn new(page: &Page, at: At, applied: &Applied, gifts: &[Gift], form: FormView) -> CodesView {
        let counting = applied.counting.iter();
        let counting = counting.map(|(code, name)| Chip { code: code.clone(), name: page.plain(name), why: None });
        let (price, day) = (|amount| page.price(amount), |moment| page.day(moment, page.shop().zone));
        let refused = applied.refused.iter().map(|(code, why)| Chip {
            code: code.clone(),
            name: String::new(),
            why: Some(page.say(&why.message(price, day, |words| page.plain(words)))),
        });
        let gift = |gift: &Gift| GiftView {
            text: page.named(if gift.declined { "cart-gift-declined" } else { "cart-gift" }, &page.plain(&gift.title)),
            product: gift.product,
            variant: gift.variant,
            path: paths::product(&gift.handle),
            declined: gift.declined,
        };
        CodesView {
            page: page.clone(),
            at,
            within: None,
            form,
            chips: counting.chain(refused).collect(),
            gifts: gifts.iter().map(gift).collect(),
        }
    }

    /// The same as a part of a larger form, which keeps what is typed on it.
    pub fn within(self, form: &'static str, action: String) -> CodesView {
        CodesView { within: Some((form, action)), ..self }
    }
}

/// Puts a code in the cart; whether it counts, the page says.
#[post("/cart/codes", data = "<form>")]
async fn add(visitor: Visitor, page: Page, db: Db, form: Form<Contextual<'_, CodeForm>>) -> web::Result<Posted<CartAnswer>> {
    let Some(cart) = visitor.cart else { return Ok(Posted::to(paths::cart())) };
    let mut conn = db.get().await?;
    let mut sent = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        match commands::add_code(&mut conn, cart, &input.code, page.now).await.or_break()? {
            Ok(()) => return Ok(Posted::to(input.at.path())),
            Err(why) => sent = sent.refused(page.words, "code", &why),
        }
    }
    Ok(Posted::again(cart_again(&mut conn, page, cart, sent).await?))
}

/// Takes a code out again.
#[post("/cart/codes/removal", data = "<form>")]
async fn remove(visitor: Visitor, page: Page, db: Db, form: Form<Contextual<'_, CodeForm>>) -> web::Result<Posted<CartAnswer>> {
    let Some(cart) = visitor.cart else { return Ok(Posted::to(paths::cart())) };
    let mut conn = db.get().await?;
    let Some(input) = &form.value else {
        return Ok(Posted::again(answer(&mut conn, page, Some(cart), None, Refused::Nothing).await?));
    };
    commands::remove_code(&mut conn, cart, &input.code, page.now).await?;
    Ok(Posted::to(input.at.path()))
}

/// Puts a gift in the cart, or notes that it is not wanted; back to the page on which it was offered.
#[post("/cart/gifts", data = "<form>")]
async fn gift(visitor: Visitor, page: Page, db: Db, form: Form<Contextual<'_, GiftForm>>) -> web::Result<Posted<CartAnswer>> {
    let Some(cart) = visitor.cart else { return Ok(Posted::to(paths::cart())) };
    let mut conn = db.get().await?;
    let Some(input) = &form.value else {
        return Ok(Posted::again(answer(&mut conn, page, Some(cart), None, Refused::Nothing).await?));
    };
    Ok(match set_gift(&mut conn, cart, (input.take, input.decline), &page).await? {
        Some(notice) => Posted::done(input.at.path(), notice),
        None => Posted::to(input.at.path()),
    })
}

/// Puts a gift in the cart, or notes that it is not wanted; what to tell, where it cannot be had any more.
pub async fn set_gift(
    conn: &mut Conn,
    cart: CartId,
    (take, decline): (Option<VariantId>, Option<ProductId>),
    page: &Page,
) -> Result<Option<Notice>, Broke> {
    if let Some(variant) = take
        && commands::take_gift(conn, cart, variant, page.now).await.or_break()?.is_err()
    {
        return Ok(Some("cart-gift-gone"));
    }
    if let Some(product) = decline {
        commands::decline_gift(conn, cart, product, page.now).await?;
    }
    Ok(None)
}

/// A link with a code: this browser keeps it until its cart is shown or filled, since looking at an address writes nothing; then the shop.
#[get("/discount/<code>")]
fn link(code: Line<60>, _visitor: Visitor, cookies: Cookies<'_>) -> Posted<CartAnswer> {
    let Some(code) = normal_code(&code) else { return Posted::to(paths::home()) };
    cookies.set_for_session(Named::Code, code);
    Posted::done(paths::home(), "cart-code-kept")
}

/// Puts the code that a link brought in the cart; staff who look on as a customer bring nothing.
pub async fn bring(conn: &mut Conn, cart: CartId, page: &Page, cookies: &Cookies<'_>) -> Result<(), Broke> {
    let Some(code) = cookies.get(Named::Code).map(str::to_owned).filter(|_| page.viewed.is_none()) else { return Ok(()) };
    cookies.remove(Named::Code);
    // A cart that is full of codes keeps those it has.
    commands::add_code(conn, cart, &code, page.now).await.or_break().map(drop)
}

/// The same for a cart that was opened a moment ago, if one was.
pub(super) async fn bring_to_fresh(
    conn: &mut Conn,
    opened: Option<&Fresh>,
    page: &Page,
    cookies: &Cookies<'_>,
) -> Result<(), Broke> {
    let Some(fresh) = opened.filter(|_| cookies.get(Named::Code).is_some()) else { return Ok(()) };
    let opened = match fresh.customer {
        Some(customer) => queries::cart_of(conn, customer, page.now).await?,
        None => queries::cart_by_token(conn, &fresh.token.hash(), page.now).await?,
    };
    match opened {
        Some((cart, ..)) => bring(conn, cart, page, cookies).await,
        None => Ok(()),
    }
}

/// The gifts that wait for a cart, as its pages offer them.
pub async fn gifts(conn: &mut Conn, cart: CartId, applied: &Applied, now: Moment) -> Result<Vec<Gift>, Broke> {
    if applied.gifts.is_empty() {
        return Ok(Vec::new());
    }
    let products: Vec<_> = applied.gifts.iter().map(|gift| gift.product).collect();
    queries::gifts(conn, &products, cart, now).await
}
