//! Gift cards for staff: the list, issuing, one card and what can be done with it.

use rocket::form::{Contextual, Form};
use rocket::{Either, Route, State, get, post, routes};

use super::commands::{self, Gift};
use super::desk::{CardPage, IndexPage, NewPage, Sent};
use super::forms::{AdjustForm, ExpiryForm, IssueForm, SendForm, Wish, YearsForm, end_of};
use super::model::GiftRefused;
use crate::engines::credit::commands::Change;
use crate::engines::credit::{self, queries};
use crate::platform::access::{Person, RefundOrders, Staff, ViewOrders};
use crate::platform::base::{CreditAccountId, Email, Money, OrBreak};
use crate::platform::db::{Conn, Db};
use crate::platform::paths;
use crate::platform::settings::queries::asks_proof;
use crate::platform::shell::Page;
use crate::platform::vault::Vault;
use crate::platform::web::{self, FormView, Notice, Posted};

pub fn routes() -> Vec<Route> {
    routes![index, new, issue, show, adjust, set_expiry, disable, enable, send, show_code, set_years]
}

/// Rows of a ledger that a page shows.
const ROWS: i64 = 100;

#[get("/admin/gift-cards?<wish..>")]
async fn index(_staff: Staff<ViewOrders>, page: Page, wish: Wish, db: Db) -> web::Result<IndexPage> {
    let words = wish.q.map(|words| words.into_string()).unwrap_or_default();
    let mut conn = db.get().await?;
    let cards = queries::cards(&mut conn, words.trim(), wish.before, page.now).await?;
    let owed = queries::owed(&mut conn, page.now).await?;
    let years = queries::years(&mut conn).await?;
    Ok(IndexPage::new(page, words, wish.before.is_some(), &cards, &owed, years))
}

#[get("/admin/gift-cards/new")]
async fn new(_staff: Staff<RefundOrders>, page: Page, db: Db) -> web::Result<NewPage> {
    let usual = credit::expiry(&mut *db.get().await?, page.shop().zone, page.now).await?;
    Ok(NewPage::fresh(page, usual))
}

/// Issues a card; the mail goes to whom it is for, else the page shows the code once.
#[post("/admin/gift-cards", data = "<form>")]
async fn issue(
    staff: Staff<RefundOrders>,
    page: Page,
    db: Db,
    vault: &State<Vault>,
    form: Form<Contextual<'_, IssueForm>>,
) -> web::Result<Posted<NewPage>> {
    let mut sent = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        match gift_of(&page, input) {
            Err((field, key)) => sent = sent.with_error(field, page.t(key)),
            Ok(gift) => {
                let mut conn = db.get().await?;
                if asks_proof(&mut conn, &staff, gift.value, page.now).await? {
                    return Ok(prove_first(paths::admin_new_gift_card()));
                }
                match commands::issue(&mut conn, vault, gift, &staff, page.now).await.or_break()? {
                    Ok(card) => return Ok(Posted::done(paths::admin_gift_card(card), "gift-cards-issued")),
                    Err(GiftRefused::Past) => sent = sent.refused(page.words, "expires", &GiftRefused::Past),
                    Err(why) => sent = sent.refused(page.words, "amount", &why),
                }
            }
        }
    }
    Ok(Posted::again(NewPage::new(page, sent)))
}

/// What the form says, or the field that cannot be read.
fn gift_of<'a>(page: &Page, input: &'a IssueForm) -> Result<Gift<'a>, (&'static str, &'static str)> {
    let shop = page.shop();
    let amount = shop.currency.parse_minor(&input.amount).ok_or(("amount", "orders-amount-unreadable"))?;
    let expires_at = end_of(&input.expires, shop.zone).map_err(|_| ("expires", "gift-cards-no-day"))?;
    if !input.email.is_empty() && input.email.parse::<Email>().is_err() {
        return Err(("email", "error-email"));
    }
    let value = Money::new(amount, shop.currency);
    Ok(Gift { value, expires_at, email: &input.email, words: &input.words, locale: input.language, form: &input.form })
}

/// The page of a card, with its forms as they were sent.
async fn page_of(conn: &mut Conn, id: CreditAccountId, page: Page, sent: Sent) -> web::Result<Option<CardPage>> {
    let Some(card) = queries::card(conn, id, page.now).await? else { return Ok(None) };
    let ledger = queries::ledger(conn, id, ROWS).await?;
    Ok(Some(CardPage::new(page, &card, &ledger, sent)))
}

#[get("/admin/gift-cards/<id>", rank = 2)]
async fn show(_staff: Staff<ViewOrders>, id: CreditAccountId, page: Page, db: Db) -> web::Result<Option<CardPage>> {
    page_of(&mut *db.get().await?, id, page, Sent::default()).await
}

/// Whoever gives much away shows first who they are.
fn prove_first<T>(back: String) -> Posted<T> {
    Posted::done(paths::admin_proof(&back), "access-proof-first")
}

/// Whether there is so much on the card that whoever lets somebody have it shows first who they are.
async fn asks(conn: &mut Conn, staff: &Person, id: CreditAccountId, page: &Page) -> web::Result<bool> {
    let Some(card) = queries::card(conn, id, page.now).await? else { return Ok(false) };
    asks_proof(conn, staff, card.money(card.balance), page.now).await
}

type Answer = web::Result<Option<Posted<CardPage>>>;

fn done(id: CreditAccountId, notice: Notice) -> Answer {
    Ok(Some(Posted::done(paths::admin_gift_card(id), notice)))
}

/// Gives the card more, or takes something from it, with a reason.
#[post("/admin/gift-cards/<id>/adjustment", data = "<form>")]
async fn adjust(
    staff: Staff<RefundOrders>,
    id: CreditAccountId,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, AdjustForm>>,
) -> Answer {
    let mut conn = db.get().await?;
    let Some(card) = queries::card(&mut conn, id, page.now).await? else { return Ok(None) };
    let mut sent = FormView::of(page.words, &form.context);
    match form.value.as_ref().map(|input| (input, input.change(card.currency()))) {
        Some((_, None)) => sent = sent.with_error("amount", page.t("orders-amount-unreadable")),
        Some((_, Some(amount))) if asks_proof(&mut conn, &staff, Money::new(amount, card.currency()), page.now).await? => {
            return Ok(Some(prove_first(paths::admin_gift_card(id))));
        }
        Some((input, Some(amount))) => {
            let change = Change { amount, reason: &input.reason, seen: input.seen };
            match commands::adjust(&mut conn, id, change, &staff, page.now).await.or_break()? {
                Ok(()) => return done(id, "gift-cards-adjusted"),
                Err(why) => sent = sent.refused(page.words, "amount", &why),
            }
        }
        None => {}
    }
    Ok(page_of(&mut conn, id, page, Sent { adjust: Some(sent), ..Sent::default() }).await?.map(Posted::again))
}

/// Says until when the card is good.
#[post("/admin/gift-cards/<id>/expiry", data = "<form>")]
async fn set_expiry(
    staff: Staff<RefundOrders>,
    id: CreditAccountId,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, ExpiryForm>>,
) -> Answer {
    let mut conn = db.get().await?;
    if asks(&mut conn, &staff, id, &page).await? {
        return Ok(Some(prove_first(paths::admin_gift_card(id))));
    }
    let mut sent = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        match end_of(&input.expires, page.shop().zone) {
            Err(_) => sent = sent.with_error("expires", page.t("gift-cards-no-day")),
            Ok(until) => match commands::set_expiry(&mut conn, id, until, &staff, page.now).await.or_break()? {
                Ok(()) => return done(id, "gift-cards-extended"),
                Err(_) => return Ok(None),
            },
        }
    }
    Ok(page_of(&mut conn, id, page, Sent { expiry: Some(sent), ..Sent::default() }).await?.map(Posted::again))
}

/// Nothing is paid with the card any more.
#[post("/admin/gift-cards/<id>/disabling")]
async fn disable(staff: Staff<RefundOrders>, id: CreditAccountId, page: Page, db: Db) -> Answer {
    match commands::set_disabled(&mut *db.get().await?, id, true, &staff, page.now).await.or_break()? {
        Ok(()) => done(id, "gift-cards-disabled"),
        Err(_) => Ok(None),
    }
}

/// The card pays again.
#[post("/admin/gift-cards/<id>/enabling")]
async fn enable(staff: Staff<RefundOrders>, id: CreditAccountId, page: Page, db: Db) -> Answer {
    let mut conn = db.get().await?;
    if asks(&mut conn, &staff, id, &page).await? {
        return Ok(Some(prove_first(paths::admin_gift_card(id))));
    }
    match commands::set_disabled(&mut conn, id, false, &staff, page.now).await.or_break()? {
        Ok(()) => done(id, "gift-cards-enabled"),
        Err(_) => Ok(None),
    }
}

/// Has the mail sent again, or to somebody else; a code that was shown is replaced.
#[post("/admin/gift-cards/<id>/mail", data = "<form>")]
async fn send(
    staff: Staff<RefundOrders>,
    id: CreditAccountId,
    page: Page,
    db: Db,
    vault: &State<Vault>,
    form: Form<Contextual<'_, SendForm>>,
) -> Answer {
    let mut conn = db.get().await?;
    if asks(&mut conn, &staff, id, &page).await? {
        return Ok(Some(prove_first(paths::admin_gift_card(id))));
    }
    let mut sent = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        let to = (&*input.email, &*input.words);
        match commands::send_again(&mut conn, vault, id, to, input.sent, &staff, page.now).await.or_break()? {
            Ok(()) => return done(id, "gift-cards-sent"),
            Err(GiftRefused::Unknown) => return Ok(None),
            Err(why) => sent = sent.refused(page.words, "email", &why),
        }
    }
    Ok(page_of(&mut conn, id, page, Sent { send: Some(sent), ..Sent::default() }).await?.map(Posted::again))
}

/// Shows the code to staff, this once.
#[post("/admin/gift-cards/<id>/code")]
async fn show_code(
    staff: Staff<RefundOrders>,
    id: CreditAccountId,
    page: Page,
    db: Db,
    vault: &State<Vault>,
) -> web::Result<Option<Either<CardPage, Posted<CardPage>>>> {
    let mut conn = db.get().await?;
    if asks(&mut conn, &staff, id, &page).await? {
        return Ok(Some(Either::Right(prove_first(paths::admin_gift_card(id)))));
    }
    let shown = commands::show_to_staff(&mut conn, vault, id, &staff, page.now).await.or_break()?;
    let code = shown.unwrap_or_default();
    Ok(page_of(&mut conn, id, page, Sent { code, ..Sent::default() }).await?.map(Either::Left))
}

/// Says for how many years cards that are sold are good.
#[post("/admin/gift-cards/years", data = "<form>")]
async fn set_years(staff: Staff<RefundOrders>, db: Db, form: Form<Contextual<'_, YearsForm>>) -> web::Result<Posted<IndexPage>> {
    let Some(input) = &form.value else { return Ok(Posted::to(paths::admin_gift_cards())) };
    let set = commands::set_years(&mut *db.get().await?, input.years, &staff).await;
    let notice = set.or_break()?.map_or("gift-cards-years-not", |()| "gift-cards-years-set");
    Ok(Posted::done(paths::admin_gift_cards(), notice))
}
