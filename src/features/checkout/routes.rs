//! The checkout's pages and forms.

use rocket::form::{Contextual, Form};
use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{Responder, Route, State, get, post, routes};

use super::after_payment::AfterPaymentPage;
use super::business;
use super::commands::{self, Next, Settled, Shown};
use super::express::{self, ExpressPage};
use super::forms::{Details, PayOrder, PlaceOrder, Ticked};
use super::model::{Draft, Missing, PlaceRefused, complete};
use super::queries::{self, Basket, Subject};
use super::review::{ReviewPage, held};
use super::till::Till;
use super::typed::{keep_known, keep_typed, with_code};
use super::views::{CheckoutPage, filled, shortage};
use crate::engines::tax::Registers;
use crate::features::cart::{self, Visitor};
use crate::features::customers::{Customer, Known};
use crate::features::orders::{self, DECLINED};
use crate::platform::base::{Broke, CartId, Name, OrBreak};
use crate::platform::db::{Conn, Db};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, ClientAddress, Cookies, FormView, Leading, Posted, Unwell};

pub fn routes() -> Vec<Route> {
    [
        routes![show, draft, details, review, place, returned, pay_order],
        express::routes(),
        super::admin::routes(),
        super::wallet_routes::routes(),
        super::typed::routes(),
    ]
    .concat()
}

/// Where somebody without a cart to pay for belongs: at their order, or at the empty cart.
pub(super) fn elsewhere(visitor: &Visitor) -> String {
    visitor.placed.as_deref().map_or_else(paths::cart, paths::order)
}

/// What was typed so far; a new draft begins with what the customer keeps, and the shop's country.
pub(super) async fn begun(conn: &mut Conn, cart: CartId, customer: Option<&Customer>, page: &Page) -> Result<Draft, Broke> {
    let mut draft = match queries::draft_of(conn, cart).await? {
        Some(draft) => draft,
        None => express::first_draft(conn, customer).await?,
    };
    let countries = queries::countries(page.shop());
    if draft.address.country.is_none_or(|country| !countries.contains(&country)) {
        let usual = page.shop().usual_country();
        let home = countries.iter().find(|country| **country == usual).or(countries.first());
        draft.address.country = home.copied();
    }
    Ok(draft)
}

/// What answers the way to the checkout: all on one page, the form, or another place.
#[derive(Responder)]
enum Counter {
    Express(Leading<ExpressPage>),
    Form(Box<CheckoutPage>),
    Elsewhere(Redirect),
}

/// The page, filled in with what was typed before; for customers who keep addresses all on one page, unless they want to type another.
#[get("/checkout?<form>")]
async fn show(
    visitor: Visitor,
    page: Page,
    till: Till<'_>,
    registers: &State<Registers>,
    cookies: Cookies<'_>,
    form: Option<Ticked>,
) -> web::Result<Counter> {
    let Some(cart) = visitor.cart else { return Ok(Counter::Elsewhere(Redirect::to(elsewhere(&visitor)))) };
    let customer = visitor.customer.as_ref();
    express::look_up(&till, registers, cart, customer, &page).await?;
    let mut conn = till.db.get().await?;
    cart::codes::bring(&mut conn, cart, &page, &cookies).await?;
    if form.is_none()
        && let Some(express) = express::page_for(&mut conn, cart, customer, &page, Vec::new()).await?
    {
        let sites = express.sites(till.gateways);
        return Ok(Counter::Express(Leading(express, sites)));
    }
    let draft = begun(&mut conn, cart, customer, &page).await?;
    let basket = queries::basket(&mut conn, cart, &draft, page.shop(), page.now).await?;
    if basket.lines.is_empty() {
        return Ok(Counter::Elsewhere(Redirect::to(paths::cart())));
    }
    let form = filled(&draft);
    Ok(Counter::Form(Box::new(CheckoutPage::new(page, &draft, &basket, form))))
}

/// Keeps what is typed without judging it, and shows the page for the country that was chosen.
#[post("/checkout/draft", data = "<form>")]
async fn draft(visitor: Visitor, page: Page, db: Db, form: Form<Contextual<'_, Details>>) -> web::Result<Posted<CheckoutPage>> {
    let Some(cart) = visitor.cart else { return Ok(Posted::to(elsewhere(&visitor))) };
    let mut conn = db.get().await?;
    let Some(input) = &form.value else {
        let sent = FormView::of(page.words, &form.context);
        return again(&mut conn, cart, page, sent).await;
    };
    if let Some(elsewhere) = keep_typed(&mut conn, cart, input, &page).await? {
        return Ok(elsewhere);
    }
    Ok(Posted::to(if visitor.customer.is_some() { paths::checkout_form() } else { paths::checkout() }))
}

/// Keeps the page, holds the goods and leads on to the last look; shows what is missing otherwise.
#[post("/checkout", data = "<form>")]
async fn details(
    visitor: Visitor,
    page: Page,
    db: Db,
    from: ClientAddress,
    registers: &State<Registers>,
    form: Form<Contextual<'_, Details>>,
) -> web::Result<Posted<CheckoutPage>> {
    let Some(cart) = visitor.cart else { return Ok(Posted::to(elsewhere(&visitor))) };
    let sent = FormView::of(page.words, &form.context);
    let Some(input) = &form.value else { return again(&mut *db.get().await?, cart, page, sent).await };
    let draft = input.draft();
    if let Some(elsewhere) = keep_typed(&mut *db.get().await?, cart, input, &page).await? {
        return Ok(elsewhere);
    }
    let sent = business::proved(&db, registers, cart, &draft, sent, &page).await?;
    let mut conn = db.get().await?;
    let sent = with_code(&mut conn, cart, sent, &from, &page).await?;
    let basket = queries::basket(&mut conn, cart, &draft, page.shop(), page.now).await?;
    let whole = match complete(&draft, basket.choices()) {
        Ok(whole) if sent.is_ok() => whole,
        stands => {
            let form = named(&page, sent, &stands.err().unwrap_or_default());
            return Ok(Posted::again(CheckoutPage::new(page, &draft, &basket, form)));
        }
    };
    keep_known(&mut conn, visitor.customer.as_ref(), input, &whole, &page).await?;
    match held(&mut conn, cart, &basket, &page).await? {
        Ok(_) => Ok(Posted::to(paths::checkout_review())),
        Err(why) => Ok(Posted::again(refused(&mut conn, cart, page, &draft, &basket, &why).await?)),
    }
}

/// What answers the last look: the look, the form with what stands in the way, or another place.
#[derive(Responder)]
enum Look {
    Page(Leading<ReviewPage>),
    Refused(Unwell<CheckoutPage>),
    Elsewhere(Redirect),
}

/// The last look; while it stands the goods are held.
#[get("/checkout/review")]
async fn review(visitor: Visitor, page: Page, till: Till<'_>) -> web::Result<Look> {
    let Some(cart) = visitor.cart else { return Ok(Look::Elsewhere(Redirect::to(elsewhere(&visitor)))) };
    let mut conn = till.db.get().await?;
    let draft = begun(&mut conn, cart, visitor.customer.as_ref(), &page).await?;
    let basket = queries::basket(&mut conn, cart, &draft, page.shop(), page.now).await?;
    let Ok(whole) = complete(&draft, basket.choices()) else {
        return Ok(Look::Elsewhere(Redirect::to(paths::checkout())));
    };
    Ok(match held(&mut conn, cart, &basket, &page).await? {
        Ok(until) => {
            let sites = till.gateways.of(whole.payment).origins();
            Look::Page(Leading(ReviewPage::new(page, &whole, &basket, Some(until)), sites))
        }
        Err(PlaceRefused::Empty) => Look::Elsewhere(Redirect::to(paths::cart())),
        Err(why) => Look::Refused(Unwell(Status::Conflict, refused(&mut conn, cart, page, &draft, &basket, &why).await?)),
    })
}

/// What answers the last button: the order, the gateway's page, the look again, or the form again.
#[derive(Responder)]
pub(super) enum Placing {
    Look(Leading<Posted<ReviewPage>>),
    Express(Leading<Posted<ExpressPage>>),
    Form(Posted<CheckoutPage>),
}

/// The last button leads on.
pub(super) fn to(path: String) -> Placing {
    Placing::Look(Leading(Posted::to(path), Vec::new()))
}

/// Places the order as it was shown, or leads to the gateway's page; a second click and a replay lead to the same.
#[post("/checkout/order", data = "<form>")]
async fn place(
    visitor: Visitor,
    page: Page,
    till: Till<'_>,
    registers: &State<Registers>,
    form: Form<Contextual<'_, PlaceOrder>>,
) -> web::Result<Placing> {
    let Some(cart) = visitor.cart else { return Ok(to(elsewhere(&visitor))) };
    let express = visitor.customer.as_ref().filter(|_| form.context.field_value("choice.address").is_some());
    let kept = match &form.value {
        Some(input) => express::keep(&mut *till.db.get().await?, cart, express, &input.choice, &page).await?,
        None => false,
    };
    let choice = form.value.as_ref().filter(|_| kept).map(|input| &input.choice);
    if let Some(again) = express::unproved(&till, registers, cart, express.zip(choice), &page).await? {
        return Ok(Placing::Express(again));
    }
    let why = match placed(&till, cart, form.value.as_ref().filter(|_| kept), &page).await? {
        Ok(Next::Order(order)) => return Ok(to(paths::order(&order.token))),
        Ok(Next::Pay(payment)) => match till.page_of(payment, page.now).await? {
            Ok(url) => return Ok(to(url)),
            Err(why) => why,
        },
        Err(why) if kept => why,
        Err(_) => PlaceRefused::Reshuffled,
    };
    stopped(&till, cart, express, page, why).await
}

/// Places what the page showed.
async fn placed(
    till: &Till<'_>,
    cart: CartId,
    form: Option<&PlaceOrder>,
    page: &Page,
) -> Result<Result<Next, PlaceRefused>, Broke> {
    let (shown, locale) = (shown(form), page.words.locale);
    let mut conn = till.db.get().await?;
    commands::place(&mut conn, cart, &shown, page.shop(), till.gateways, locale, page.now).await.or_break()
}

/// What the page showed; nothing matches a form that cannot be read, nor one that chose what is not there any more.
fn shown(form: Option<&PlaceOrder>) -> Shown {
    match form {
        Some(form) => Shown { total: form.expected, fingerprint: form.seen.to_string() },
        None => Shown { total: -1, fingerprint: String::new() },
    }
}

/// Why the order was not placed, on the page where it can be mended.
async fn stopped(
    till: &Till<'_>,
    cart: CartId,
    customer: Option<&Customer>,
    page: Page,
    why: PlaceRefused,
) -> web::Result<Placing> {
    let mut lent = till.db.get().await?;
    let conn = &mut *lent;
    let draft = begun(conn, cart, customer, &page).await?;
    let basket = queries::basket(conn, cart, &draft, page.shop(), page.now).await?;
    if why.asks_again()
        && let Some(express) = express::page_for(conn, cart, customer, &page, changes(&page, &basket, &why)).await?
    {
        cart::commands::note_prices_seen(conn, cart, page.now).await?;
        let sites = express.sites(till.gateways);
        return Ok(Placing::Express(Leading(Posted::again(express), sites)));
    }
    match (why, complete(&draft, basket.choices())) {
        (PlaceRefused::Empty, _) => Ok(to(paths::cart())),
        (why, Ok(whole)) if why.asks_again() => {
            let changes = changes(&page, &basket, &why);
            cart::commands::note_prices_seen(conn, cart, page.now).await?;
            let held = cart::queries::held_until(conn, cart, page.now).await?;
            let look = ReviewPage { changes, ..ReviewPage::new(page, &whole, &basket, held) };
            Ok(Placing::Look(Leading(Posted::again(look), till.gateways.of(whole.payment).origins())))
        }
        (why, _) => Ok(Placing::Form(Posted::again(refused(conn, cart, page, &draft, &basket, &why).await?))),
    }
}

/// Back from a gateway's page: what became of the payment.
#[get("/checkout/return/<token>")]
async fn returned(token: Name<100>, page: Page, till: Till<'_>) -> web::Result<Option<Returned>> {
    let Some(session) = queries::session_by_token(&mut *till.db.get().await?, &token).await? else { return Ok(None) };
    let settled = commands::complete_payment(&till.db, till.gateways, session.payment.id, page.now).await?;
    Ok(Some(match settled {
        Settled::Order(order) => Returned::Elsewhere(Posted::to(paths::order(&order))),
        Settled::Declined => match session.subject {
            Subject::Checkout { .. } => Returned::Elsewhere(Posted::done(paths::checkout_review(), DECLINED)),
            Subject::Order(order) => {
                let (_, token) = queries::order_called(&mut *till.db.get().await?, order).await?;
                Returned::Elsewhere(Posted::done(paths::order(&token), DECLINED))
            }
        },
        // Long ago: whom it was about is forgotten.
        _ if session.email.is_empty() => return Ok(None),
        other => Returned::Page(AfterPaymentPage::new(page, &session, &other)),
    }))
}

/// Where the shopper stands after paying.
#[derive(Responder)]
enum Returned {
    Page(AfterPaymentPage),
    Elsewhere(Posted<AfterPaymentPage>),
}

/// Leads to the gateway's page where an order that stands is paid.
#[post("/orders/<token>/payment", data = "<form>")]
async fn pay_order(
    token: Name<100>,
    _known: Known,
    page: Page,
    till: Till<'_>,
    form: Form<Contextual<'_, PayOrder>>,
) -> web::Result<Option<Posted<AfterPaymentPage>>> {
    let mut conn = till.db.get().await?;
    let Some(order) = orders::queries::order_by_token(&mut conn, &token).await? else { return Ok(None) };
    let back = |notice| Ok(Some(Posted::done(paths::order(&token), notice)));
    let offered = queries::methods(&mut conn).await?;
    let method = form.value.as_ref().map(|input| input.method).filter(|method| method.is_hosted() && offered.contains(method));
    let Some(method) = method else { return back("checkout-error-payment") };
    let Ok(payment) = commands::pay_order(&mut conn, &order, method, page.now).await.or_break()? else {
        return back("checkout-nothing-due");
    };
    drop(conn);
    match till.page_of(payment, page.now).await? {
        Ok(url) => Ok(Some(Posted::to(url))),
        Err(_) => back("checkout-gateway-away"),
    }
}

/// What is another than the page showed, line by line.
fn changes(page: &Page, basket: &Basket, why: &PlaceRefused) -> Vec<String> {
    let mut said = vec![match why {
        PlaceRefused::Changed { showed, total } => {
            let (showed, total) = (page.price(*showed), page.price(*total));
            page.with("checkout-changed-total", &[("showed", showed.into()), ("total", total.into())])
        }
        _ => page.refusal(why),
    }];
    said.extend(basket.lines.iter().filter(|line| line.price_changed()).map(|line| {
        let (was, now) = (page.words.money(line.seen), page.price(line.price));
        let values = [("name", page.plain(&line.title).into()), ("was", was.into()), ("now", now.into())];
        page.with("checkout-changed-price", &values)
    }));
    said
}

/// The form as it was sent, when something in it could not be read at all.
async fn again(conn: &mut Conn, cart: CartId, page: Page, sent: FormView) -> web::Result<Posted<CheckoutPage>> {
    let mut draft = begun(conn, cart, None, &page).await?;
    if let Ok(country) = sent.value("country").parse() {
        draft.address.country = Some(country);
    }
    draft.shipping = sent.value("shipping").parse().ok().map(crate::platform::base::ShippingMethodId);
    let basket = queries::basket(conn, cart, &draft, page.shop(), page.now).await?;
    if basket.lines.is_empty() {
        return Ok(Posted::to(paths::cart()));
    }
    Ok(Posted::again(CheckoutPage::new(page, &draft, &basket, sent)))
}

/// The form with everything that is missing named at its field.
fn named(page: &Page, form: FormView, gaps: &[Missing]) -> FormView {
    gaps.iter().fold(form, |form, gap| form.with_error(gap.field, page.say(&gap.message)))
}

/// The form with what stands in the way of the order.
async fn refused(
    conn: &mut Conn,
    cart: CartId,
    page: Page,
    draft: &Draft,
    basket: &Basket,
    why: &PlaceRefused,
) -> Result<CheckoutPage, Broke> {
    let form = filled(draft);
    let form = match why {
        PlaceRefused::Incomplete(gaps) => named(&page, form, gaps),
        PlaceRefused::Short(_) => {
            let held = queries::held_by_others(conn, cart, page.now).await?;
            let lines = basket.lines.iter().filter(|line| line.trouble().is_some());
            lines.fold(form, |form, line| form.with_error(&format!("line-{}", line.id), shortage(&page, line, &held)))
        }
        PlaceRefused::Withdrawn => basket.lines.iter().filter(|line| !line.offered).fold(form, |form, line| {
            form.with_error(&format!("line-{}", line.id), page.named("checkout-withdrawn-name", &page.plain(&line.title)))
        }),
        why => form.with_error("", page.refusal(why)),
    };
    let short = matches!(why, PlaceRefused::Short(_) | PlaceRefused::Withdrawn | PlaceRefused::TooMuch);
    Ok(CheckoutPage { short, ..CheckoutPage::new(page, draft, basket, form) })
}
