//! Asking for a mail, and the page behind its links, which says yes or ends it. It works without scripts.

use rocket::form::{Contextual, Form, FromForm};
use rocket::http::Status;
use rocket::{Route, get, post, routes};

use super::commands;
use super::model::{NewWish, WishRefused};
use super::queries::{self, Goods, Wish};
use super::views::{AskPage, GonePage, WishPage};
use crate::features::customers::Known;
use crate::platform::access::Origin;
use crate::platform::base::{Email, Name, OrBreak, VariantId};
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Maybe, Posted, TryLater, Unwell};

pub fn routes() -> Vec<Route> {
    routes![ask, show, confirm, end]
}

/// What is wished for, and where the mail goes: a customer's is known.
#[derive(FromForm)]
struct WishForm {
    variant: VariantId,
    email: Maybe<Email>,
}

type Answer = web::Result<Option<Result<Posted<AskPage>, TryLater<AskPage>>>>;

/// Takes a wish.
#[post("/back-in-stock", data = "<form>")]
async fn ask(page: Page, known: Known, db: Db, origin: Origin, form: Form<Contextual<'_, WishForm>>) -> Answer {
    let mut refill = FormView::of(page.words, &form.context);
    let variant = form.value.as_ref().map(|typed| typed.variant);
    let Some(variant) = variant.or(refill.value("variant").parse().ok().map(VariantId)) else { return Ok(None) };
    let mut conn = db.get().await?;
    let Some(goods) = queries::goods(&mut conn, variant).await? else { return Ok(None) };
    let own = known.0.as_ref();
    let typed = form.value.as_ref().and_then(|typed| typed.email.0.as_ref()).map(|email| email.to_string());
    let Some(email) = own.map(|customer| customer.email.clone()).or(typed) else {
        if refill.is_ok() {
            refill = refill.with_error("email", page.t("error-required"));
        }
        return Ok(Some(Ok(Posted::again(AskPage::new(page, &goods, own.is_some(), refill)))));
    };
    let proved = own.is_some_and(|customer| customer.verified);
    let wish = NewWish { variant, email: &email, proved, locale: page.words.locale };
    let asked = commands::ask(&mut conn, &wish, &origin.address, page.now).await.or_break()?;
    let to = paths::product_variant(&goods.handle, goods.variant);
    Ok(Some(match asked {
        Ok(true) => Ok(Posted::done(to, "waitlist-noted")),
        Ok(false) => Ok(Posted::done(to, "waitlist-asked")),
        Err(WishRefused::There) => Ok(Posted::done(to, "waitlist-there")),
        Err(why) => refused(page, &goods, own.is_some(), refill, &why),
    }))
}

fn refused(
    page: Page,
    goods: &Goods,
    known: bool,
    form: FormView,
    why: &WishRefused,
) -> Result<Posted<AskPage>, TryLater<AskPage>> {
    let form = form.refused(page.words, "email", why);
    let again = AskPage::new(page, goods, known, form);
    match why {
        WishRefused::Throttled(throttled) => Err(TryLater(again, throttled.wait)),
        _ => Ok(Posted::again(again)),
    }
}

async fn found(token: &str, db: &Db) -> web::Result<Option<(Wish, Goods)>> {
    let mut conn = db.get().await?;
    let Some(wish) = queries::wish_by_token(&mut conn, token).await? else { return Ok(None) };
    let goods = queries::goods(&mut conn, wish.variant).await?;
    Ok(goods.map(|goods| (wish, goods)))
}

fn gone(page: Page) -> Box<Unwell<GonePage>> {
    Box::new(Unwell(Status::Gone, GonePage { page }))
}

type OrGone<T> = web::Result<Result<T, Box<Unwell<GonePage>>>>;

/// Behind the links of mails: only forms, since mail programs look at links by themselves.
#[get("/back-in-stock/<token>")]
async fn show(token: Name<100>, page: Page, db: Db) -> OrGone<WishPage> {
    Ok(match found(&token, &db).await? {
        Some((wish, goods)) => Ok(WishPage::new(page, &wish, &goods)),
        None => Err(gone(page)),
    })
}

/// The address says yes.
#[post("/back-in-stock/<token>/confirmation")]
async fn confirm(token: Name<100>, page: Page, db: Db) -> OrGone<Posted<WishPage>> {
    let Some((wish, _)) = found(&token, &db).await? else { return Ok(Err(gone(page))) };
    commands::confirm(&mut *db.get().await?, wish.id, page.now).await?;
    Ok(Ok(Posted::done(paths::stock_wish(&token), "waitlist-noted")))
}

/// No mail is wanted any more.
#[post("/back-in-stock/<token>/removal")]
async fn end(token: Name<100>, page: Page, db: Db) -> OrGone<Posted<WishPage>> {
    let Some((wish, goods)) = found(&token, &db).await? else { return Ok(Err(gone(page))) };
    commands::end(&mut *db.get().await?, wish.id).await?;
    Ok(Ok(Posted::done(paths::product(&goods.handle), "waitlist-ended")))
}
