//! Paying with gift cards and store credit: buttons on the pages of the checkout. What is typed beside them is kept.

use rocket::form::{Contextual, Form};
use rocket::{Route, post, routes};

use super::commands;
use super::express;
use super::forms::Details;
use super::model::complete;
use super::queries;
use super::review::ReviewPage;
use super::routes::{Placing, begun, elsewhere, to};
use super::till::Till;
use super::views::{CheckoutPage, filled};
use super::wallet::CreditRefused;
use super::wallet_view::Spot;
use crate::engines::credit::Code;
use crate::features::cart::{self, Visitor};
use crate::platform::base::{Broke, CartId, CreditAccountId, OrBreak};
use crate::platform::db::Conn;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::throttle;
use crate::platform::web::{self, ClientAddress, FormView, Leading, Posted};

pub fn routes() -> Vec<Route> {
    routes![add, store_credit, remove]
}

/// The page that a button stood on, and its form.
struct Desk<'a> {
    visitor: &'a Visitor,
    till: &'a Till<'a>,
    cart: CartId,
    at: Spot,
    sent: FormView,
}

impl<'a> Desk<'a> {
    fn of(visitor: &'a Visitor, till: &'a Till<'a>, page: &Page, form: &Form<Contextual<'_, Details>>) -> Option<Desk<'a>> {
        let at = form.value.as_ref().and_then(|input| input.at).unwrap_or(Spot::Form);
        Some(Desk { visitor, till, cart: visitor.cart?, at, sent: FormView::of(page.words, &form.context) })
    }

    /// Keeps what is typed on the page, right or wrong.
    async fn keep(&self, conn: &mut Conn, input: Option<&Details>, page: &Page) -> Result<(), Broke> {
        match (self.at, input, &self.visitor.customer) {
            (Spot::Form, Some(input), _) => {
                drop(commands::save(conn, self.cart, &input.draft(), page.now).await.or_break()?);
            }
            (Spot::Express, Some(input), Some(customer)) => {
                express::keep(conn, self.cart, Some(customer), &input.choice, page).await?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Back to the page, with why not where it was refused.
    async fn answer(self, page: Page, refused: Option<String>) -> web::Result<Placing> {
        let Some(why) = refused else {
            return Ok(to(match self.at {
                Spot::Review => paths::checkout_review(),
                Spot::Form if self.visitor.customer.is_some() => paths::checkout_form(),
                Spot::Form | Spot::Express => paths::checkout(),
            }));
        };
        let (mut lent, customer, typed) =
            (self.till.db.get().await?, self.visitor.customer.as_ref(), self.sent.value("gift_card"));
        let conn = &mut *lent;
        if self.at == Spot::Express
            && let Some(mut express) = express::page_for(conn, self.cart, customer, &page, Vec::new()).await?
        {
            express.wallet = express.wallet.refused(typed, why);
            let sites = express.sites(self.till.gateways);
            return Ok(Placing::Express(Leading(Posted::again(express), sites)));
        }
        let draft = begun(conn, self.cart, customer, &page).await?;
        let basket = queries::basket(conn, self.cart, &draft, page.shop(), page.now).await?;
        if basket.lines.is_empty() {
            return Ok(to(paths::cart()));
        }
        if let (Spot::Review, Ok(whole)) = (self.at, complete(&draft, basket.choices())) {
            let held = cart::queries::held_until(conn, self.cart, page.now).await?;
            let mut look = ReviewPage::new(page, &whole, &basket, held);
            look.wallet = look.wallet.refused(typed, why);
            return Ok(Placing::Look(Leading(Posted::again(look), self.till.gateways.of(whole.payment).origins())));
        }
        let form = if self.at == Spot::Form { self.sent } else { filled(&draft) };
        let form = form.with_error("gift_card", why);
        Ok(Placing::Form(Posted::again(CheckoutPage::new(page, &draft, &basket, form))))
    }
}

/// Pays with the card whose code was typed.
#[post("/checkout/gift-cards", data = "<form>")]
async fn add(
    visitor: Visitor,
    page: Page,
    till: Till<'_>,
    from: ClientAddress,
    form: Form<Contextual<'_, Details>>,
) -> web::Result<Placing> {
    let Some(desk) = Desk::of(&visitor, &till, &page, &form) else { return Ok(to(elsewhere(&visitor))) };
    let mut conn = till.db.get().await?;
    desk.keep(&mut conn, form.value.as_ref(), &page).await?;
    let refused = try_code(&mut conn, desk.cart, desk.sent.value("gift_card"), &from, &page).await?;
    drop(conn);
    desk.answer(page, refused).await
}

/// Tries a code, and counts those that are wrong by where they come from; why it is not taken, in words.
pub(super) async fn try_code(
    conn: &mut Conn,
    cart: CartId,
    typed: &str,
    from: &ClientAddress,
    page: &Page,
) -> Result<Option<String>, Broke> {
    if typed.trim().is_empty() {
        return Ok(Some(page.t("credit-code-missing")));
    }
    let Ok(code) = typed.parse::<Code>() else { return Ok(Some(page.refusal(&CreditRefused::Unknown))) };
    let from = from.to_string();
    let guesser = format!("gift card {from}");
    let attempt = match throttle::begin(conn, &guesser, &from, page.now).await.or_break()? {
        Ok(attempt) => attempt,
        Err(why) => return Ok(Some(page.refusal(&why))),
    };
    let tried = commands::add_card(conn, cart, &code, page.shop().currency, page.now).await.or_break()?;
    if tried != Err(CreditRefused::Unknown) {
        throttle::take_back(conn, attempt).await?;
    }
    Ok(tried.err().map(|why| page.refusal(&why)))
}

/// Pays with the store credit of whoever is signed in.
#[post("/checkout/store-credit", data = "<form>")]
async fn store_credit(visitor: Visitor, page: Page, till: Till<'_>, form: Form<Contextual<'_, Details>>) -> web::Result<Placing> {
    let Some(desk) = Desk::of(&visitor, &till, &page, &form) else { return Ok(to(elsewhere(&visitor))) };
    let mut conn = till.db.get().await?;
    desk.keep(&mut conn, form.value.as_ref(), &page).await?;
    let used = commands::use_store_credit(&mut conn, desk.cart, page.shop().currency, page.now).await.or_break()?;
    drop(conn);
    let refused = used.err().map(|why| page.refusal(&why));
    desk.answer(page, refused).await
}

/// Does not pay with this any more.
#[post("/checkout/credits/<account>/removal", data = "<form>")]
async fn remove(
    visitor: Visitor,
    account: CreditAccountId,
    page: Page,
    till: Till<'_>,
    form: Form<Contextual<'_, Details>>,
) -> web::Result<Placing> {
    let Some(desk) = Desk::of(&visitor, &till, &page, &form) else { return Ok(to(elsewhere(&visitor))) };
    let mut conn = till.db.get().await?;
    desk.keep(&mut conn, form.value.as_ref(), &page).await?;
    commands::remove_credit(&mut conn, desk.cart, account).await?;
    drop(conn);
    desk.answer(page, None).await
}
