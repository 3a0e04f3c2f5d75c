//! Pages of whoever has a gift card: what is on it, its sheet behind the link of a mail, and giving on what one bought.

use rocket::form::{Contextual, Form};
use rocket::{Responder, Route, State, get, post, routes};

use super::commands;
use super::forms::{CodeForm, GiveForm};
use super::model::GiftRefused;
use super::views::{BalancePage, GivePage, SheetPage};
use crate::engines::credit::Code;
use crate::engines::credit::queries::{Card, Stands, card, card_by_code, card_by_link};
use crate::features::checkout::wallet::CreditRefused;
use crate::features::customers::Known;
use crate::features::orders::queries::{Order, order_by_token};
use crate::platform::base::{CreditAccountId, Name, OrBreak, Token};
use crate::platform::db::{Conn, Db};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::throttle;
use crate::platform::vault::Vault;
use crate::platform::web::{self, ClientAddress, FormView, Posted, TryLater};

pub fn routes() -> Vec<Route> {
    routes![ask, balance, sheet, show_code, gift, give]
}

#[get("/gift-card")]
fn ask(page: Page) -> BalancePage {
    BalancePage::new(page, FormView::empty(), None)
}

/// What answers a code: what is on its card, why not, or when to try again.
#[derive(Responder)]
enum Asked {
    Shown(BalancePage),
    Again(Posted<BalancePage>),
    Later(TryLater<BalancePage>),
}

/// What is on the card whose code was typed. Unknown, expired and disabled sound the same.
#[post("/gift-card", data = "<form>")]
async fn balance(page: Page, db: Db, from: ClientAddress, form: Form<Contextual<'_, CodeForm>>) -> web::Result<Asked> {
    let mut sent = FormView::of(page.words, &form.context);
    let typed = form.value.as_ref().map(|typed| &*typed.code).unwrap_or_default();
    match typed.parse::<Code>() {
        Ok(code) => match found(&mut *db.get().await?, &code, &from, &page).await? {
            Ok(Some(card)) => return Ok(Asked::Shown(BalancePage::new(page, FormView::empty(), Some(card)))),
            Ok(None) => sent = sent.refused(page.words, "code", &CreditRefused::Unknown),
            Err(why) => {
                let sent = sent.refused(page.words, "code", &why);
                return Ok(Asked::Later(TryLater(BalancePage::new(page, sent, None), why.wait)));
            }
        },
        Err(()) if typed.is_empty() => sent = sent.with_error("code", page.t("credit-code-missing")),
        Err(()) => sent = sent.refused(page.words, "code", &CreditRefused::Unknown),
    }
    Ok(Asked::Again(Posted::again(BalancePage::new(page, sent, None))))
}

/// The card of a code; wrong ones are counted by where they come from.
async fn found(
    conn: &mut Conn,
    code: &Code,
    from: &ClientAddress,
    page: &Page,
) -> web::Result<Result<Option<Card>, throttle::Throttled>> {
    let from = from.to_string();
    let guesser = format!("gift card {from}");
    let attempt = match throttle::begin(conn, &guesser, &from, page.now).await.or_break()? {
        Ok(attempt) => attempt,
        Err(why) => return Ok(Err(why)),
    };
    let known = card_by_code(conn, code, page.now).await?;
    let known = known.filter(|card| matches!(card.stands(page.now), Stands::Good | Stands::Empty));
    if known.is_some() {
        throttle::take_back(conn, attempt).await?;
    }
    Ok(Ok(known))
}

/// The sheet of a card behind the link of its mail. The code waits behind a button, since mail programs look at links by themselves.
#[get("/gift-cards/<token>")]
async fn sheet(token: Name<100>, page: Page, db: Db) -> web::Result<Option<SheetPage>> {
    let Ok(link) = token.parse::<Token>() else { return Ok(None) };
    let found = card_by_link(&mut *db.get().await?, &link.hash(), page.now).await?;
    Ok(found.map(|card| SheetPage::new(page, &card, &token, None)))
}

/// Shows the code, this once.
#[post("/gift-cards/<token>/code")]
async fn show_code(token: Name<100>, page: Page, db: Db, vault: &State<Vault>) -> web::Result<Option<SheetPage>> {
    let Ok(link) = token.parse::<Token>() else { return Ok(None) };
    let mut conn = db.get().await?;
    let Ok(code) = commands::show(&mut conn, vault, &link.hash(), page.now).await.or_break()? else { return Ok(None) };
    let found = card_by_link(&mut conn, &link.hash(), page.now).await?;
    Ok(found.map(|card| SheetPage::new(page, &card, &token, code)))
}

/// A card that this order sold; any other does not exist.
async fn bought(conn: &mut Conn, token: &str, id: CreditAccountId, page: &Page) -> web::Result<Option<(Order, Card)>> {
    let Some(order) = order_by_token(conn, token).await? else { return Ok(None) };
    let card = card(conn, id, page.now).await?.filter(|card| card.order_id == Some(order.id));
    Ok(card.map(|card| (order, card)))
}

/// The form that sends a card on.
#[get("/orders/<token>/gift-cards/<id>")]
async fn gift(token: Name<100>, id: CreditAccountId, page: Page, db: Db) -> web::Result<Option<GivePage>> {
    let found = bought(&mut *db.get().await?, &token, id, &page).await?;
    Ok(found.map(|(order, card)| {
        let form = FormView::filled([("email", card.email.clone()), ("words", card.words.clone())]);
        GivePage::new(page, &order, &card, form)
    }))
}

/// Sends a card that was bought to somebody.
#[post("/orders/<token>/gift-cards/<id>", data = "<form>")]
async fn give(
    token: Name<100>,
    id: CreditAccountId,
    _known: Known,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, GiveForm>>,
) -> web::Result<Option<Posted<GivePage>>> {
    let mut conn = db.get().await?;
    let Some((order, card)) = bought(&mut conn, &token, id, &page).await? else { return Ok(None) };
    let mut sent = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        match commands::give_to(&mut conn, order.id, id, &input.email, &input.words, page.now).await.or_break()? {
            Ok(()) => return Ok(Some(Posted::done(paths::order(&token), "gift-cards-given"))),
            Err(GiftRefused::Unknown) => return Ok(None),
            Err(why) => sent = sent.refused(page.words, "email", &why),
        }
    }
    Ok(Some(Posted::again(GivePage::new(page, &order, &card, sent))))
}
