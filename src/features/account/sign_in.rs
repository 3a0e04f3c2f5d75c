//! Signing in and out.

use rocket::form::{Contextual, Form};
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome, Request};
use rocket::response::Redirect;
use rocket::time::Duration;
use rocket::{Route, State, get, post, routes};

use super::commands;
use super::forms::SignIn;
use super::model::{Caller, Entered, Entry};
use super::views::{Offer, SignInPage, Turned, turned};
use crate::features::customers::Known;
use crate::features::customers::model::{Life, STEP_WITHIN};
use crate::platform::access::Origin;
use crate::platform::base::{Clock, CustomerId, OrBreak, Token};
use crate::platform::config::Config;
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Cookies, FormView, Named, Notice, Posted, SitePath};

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
        let cookies = Cookies::of(request);
        let carried = |named| Some(cookies.get(named)?.parse::<Token>().ok()?.hash());
        let (cart, claim) = (carried(Named::Cart), carried(Named::Claim));
        Outcome::Success(Caller { origin, cart, claim, stay: false, next: String::new(), now: clock.now() })
    }
}

/// Where to go after signing in; never to a page of the door itself.
pub(super) fn after(next: &str) -> String {
    let door = [paths::sign_in(), paths::sign_out(), paths::register(), paths::password_reset(), "/account/mail-sent".into()];
    let stays = next.parse::<SitePath>().is_ok() && !door.iter().any(|page| next.starts_with(page));
    if stays { next.to_owned() } else { paths::account() }
}

/// Lets the browser keep the session, and no longer the cart that is the customer's now. Where fewer are left of something than two
/// carts held, the cart itself says so.
pub(super) fn entered(cookies: &Cookies<'_>, entered: Entered) -> (String, Option<Notice>) {
    let token = entered.token.to_string();
    match entered.stay {
        true => cookies.set(Named::Customer, token, Duration::days(Life::of(true).absolute.num_days())),
        false => cookies.set_for_session(Named::Customer, token),
    }
    for (done, named) in [(entered.cart_moved, Named::Cart), (entered.connected, Named::Claim), (true, Named::Step)] {
        if done && cookies.get(named).is_some() {
            cookies.remove(named);
        }
    }
    let notice = match &entered {
        Entered { codes_left: Some(_), .. } => Some("account-code-used"),
        Entered { connected: true, .. } => Some("account-site-connected"),
        Entered { cart_merged: true, .. } => Some("account-carts-joined"),
        _ => None,
    };
    let to = if entered.fewer.is_empty() { after(&entered.next) } else { paths::cart_with_fewer(entered.fewer) };
    (to, notice)
}

/// Lets the browser keep what came of the first step; where it leads.
pub(super) fn passed(cookies: &Cookies<'_>, entry: Entry) -> (String, Option<Notice>) {
    match entry {
        Entry::In(let_in) => entered(cookies, let_in),
        Entry::Step(token) => {
            cookies.set(Named::Step, token.to_string(), Duration::minutes(STEP_WITHIN.num_minutes()));
            (paths::second_step(), None)
        }
    }
}

/// Ends the session of this browser, if it has one; where staff looked at the shop in it, as whom.
pub(super) async fn end_own(db: &Db, cookies: &Cookies<'_>) -> web::Result<Option<CustomerId>> {
    match cookies.get(Named::Customer).and_then(|token| token.parse::<Token>().ok()) {
        Some(token) => commands::sign_out(db, &token).await,
        None => Ok(None),
    }
}

/// The sign-in page with its form as it was sent.
pub(super) async fn page_of(
    page: Page,
    db: &Db,
    config: &Config,
    cookies: &Cookies<'_>,
    (form, next): (FormView, String),
) -> web::Result<SignInPage> {
    let offer = Offer::read(&page, db, config, cookies).await?;
    Ok(SignInPage { page, form, next, offer })
}

#[get("/account/sign-in?<next>")]
async fn show(
    page: Page,
    known: Known,
    db: Db,
    config: &State<Config>,
    cookies: Cookies<'_>,
    next: Option<SitePath>,
) -> web::Result<Result<SignInPage, Redirect>> {
    let next = next.map(String::from).unwrap_or_default();
    if known.0.is_some() {
        return Ok(Err(Redirect::to(after(&next))));
    }
    if cookies.get(Named::Customer).is_some() {
        cookies.remove(Named::Customer);
    }
    Ok(Ok(page_of(page, &db, config, &cookies, (FormView::empty(), next)).await?))
}

/// Lets a customer in under a new token; a session that this browser had before ends.
#[post("/account/sign-in", data = "<form>")]
async fn sign_in(
    page: Page,
    db: Db,
    caller: Caller,
    config: &State<Config>,
    cookies: Cookies<'_>,
    form: Form<Contextual<'_, SignIn>>,
) -> web::Result<Turned<SignInPage>> {
    let refill = FormView::of(page.words, &form.context);
    let next = form.context.field_value("next").and_then(|next| next.parse::<SitePath>().ok());
    let next = next.map(String::from).unwrap_or_default();
    let Some(input) = &form.value else {
        return Ok(Ok(Posted::again(page_of(page, &db, config, &cookies, (refill, next)).await?)));
    };
    let caller = Caller { stay: input.stay.is_some(), next: next.clone(), ..caller };
    match commands::sign_in(&db, &input.email, &input.password, &caller).await.or_break()? {
        Ok(entry) => {
            end_own(&db, &cookies).await?;
            let (to, notice) = passed(&cookies, entry);
            Ok(Ok(Posted::Done { to, notice }))
        }
        Err(why) => {
            let form = refill.refused(page.words, "", &why);
            Ok(turned(page_of(page, &db, config, &cookies, (form, next)).await?, &why))
        }
    }
}

/// Ends this session; also when it has ended already. The cart stays the customer's. Staff who looked on go back to the customer's page.
#[post("/account/sign-out")]
async fn sign_out(db: Db, cookies: Cookies<'_>) -> web::Result<Posted<SignInPage>> {
    let viewed = end_own(&db, &cookies).await?;
    cookies.remove(Named::Customer);
    Ok(match viewed {
        Some(customer) => Posted::to(paths::admin_customer(customer)),
        None => Posted::done(paths::sign_in(), "account-signed-out"),
    })
}
