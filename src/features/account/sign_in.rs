//! Signing in and out.

use rocket::form::{Contextual, Form};
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome, Request};
use rocket::response::Redirect;
use rocket::time::Duration;
use rocket::{Route, get, post, routes};

use super::commands;
use super::forms::SignIn;
use super::model::{Caller, Entered};
use super::views::{SignInPage, Turned, turned};
use crate::features::customers::Known;
use crate::features::customers::model::Life;
use crate::platform::access::Origin;
use crate::platform::base::{Clock, OrBreak, Token};
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Cookies, FormView, Named, Posted, SitePath};

pub fn routes() -> Vec<Route> {
    routes![show, sign_in, sign_out]
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Caller {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let Some(clock) = request.rocket().state::<Clock>() else { return Outcome::Error((Status::InternalServerError, ())) };
        let Outcome::Success(origin) = Origin::from_request(request).await else {
            return Outcome::Error((Status::InternalServerError, ()));
        };
        let cart = Cookies::of(request).get(Named::Cart).and_then(|token| token.parse::<Token>().ok());
        Outcome::Success(Caller { origin, cart: cart.map(|token| token.hash()), stay: false, now: clock.now() })
    }
}

/// Where to go after signing in; never to a page of the door itself.
fn after(next: Option<&SitePath>) -> String {
    let next = next.map(ToString::to_string).unwrap_or_default();
    let door = [paths::sign_in(), paths::sign_out(), paths::register(), paths::password_reset(), "/account/mail-sent".into()];
    if next.is_empty() || door.iter().any(|page| next.starts_with(page)) { paths::account() } else { next }
}

/// Lets the browser keep the session, and no longer the cart that is the customer's now. Where fewer are left of something than two
/// carts held, the cart itself says so.
pub(super) fn entered(cookies: &Cookies<'_>, caller: &Caller, entered: Entered, next: Option<&SitePath>) -> String {
    let token = entered.token.to_string();
    match caller.stay {
        true => cookies.set(Named::Customer, token, Duration::days(Life::of(true).absolute.num_days())),
        false => cookies.set_for_session(Named::Customer, token),
    }
    if entered.cart_moved {
        cookies.remove(Named::Cart);
    }
    if entered.fewer.is_empty() { after(next) } else { paths::cart_with_fewer(entered.fewer) }
}

/// Ends the session of this browser, if it has one.
pub(super) async fn end_own(db: &Db, cookies: &Cookies<'_>) -> web::Result<()> {
    match cookies.get(Named::Customer).and_then(|token| token.parse::<Token>().ok()) {
        Some(token) => commands::sign_out(db, &token).await,
        None => Ok(()),
    }
}

#[get("/account/sign-in?<next>")]
fn show(page: Page, known: Known, cookies: Cookies<'_>, next: Option<SitePath>) -> Result<SignInPage, Redirect> {
    if known.0.is_some() {
        return Err(Redirect::to(after(next.as_ref())));
    }
    if cookies.get(Named::Customer).is_some() {
        cookies.remove(Named::Customer);
    }
    let next = next.map(String::from).unwrap_or_default();
    Ok(SignInPage { page, form: FormView::empty(), next })
}

/// Lets a customer in under a new token; a session that this browser had before ends.
#[post("/account/sign-in", data = "<form>")]
async fn sign_in(
    page: Page,
    db: Db,
    caller: Caller,
    cookies: Cookies<'_>,
    form: Form<Contextual<'_, SignIn>>,
) -> web::Result<Turned<SignInPage>> {
    let refill = FormView::of(page.words, &form.context);
    let next = form.context.field_value("next").and_then(|next| next.parse::<SitePath>().ok());
    let again = |form| SignInPage { form, next: next.clone().map(String::from).unwrap_or_default(), page: page.clone() };
    let Some(input) = &form.value else { return Ok(Ok(Posted::again(again(refill)))) };
    let caller = Caller { stay: input.stay.is_some(), ..caller };
    match commands::sign_in(&db, &input.email, &input.password, &caller).await.or_break()? {
        Ok(let_in) => {
            end_own(&db, &cookies).await?;
            let merged = let_in.cart_merged.then_some("account-carts-joined");
            let to = entered(&cookies, &caller, let_in, input.next.as_ref());
            Ok(Ok(Posted::Done { to, notice: merged }))
        }
        Err(why) => Ok(turned(again(refill.refused(page.words, "", &why)), &why)),
    }
}

/// Ends this session; also when it has ended already. The cart stays the customer's.
#[post("/account/sign-out")]
async fn sign_out(db: Db, cookies: Cookies<'_>) -> web::Result<Posted<SignInPage>> {
    end_own(&db, &cookies).await?;
    cookies.remove(Named::Customer);
    Ok(Posted::done(paths::sign_in(), "account-signed-out"))
}
