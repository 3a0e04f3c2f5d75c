//! The pages where somebody "pays" with the test card. They exist only while the shop offers it.

use rocket::form::{Contextual, Form};
use rocket::response::Redirect;
use rocket::{Either, FromForm, Responder, Route, State, get, post, routes};

use super::acts;
use super::views::{ConfirmPage, PayPage, StayPage};
use crate::app::webhooks;
use crate::engines::payments::test_card::model::Then;
use crate::engines::payments::test_card::{Behaviour, Charge, bank};
use crate::engines::payments::{Gateways, Method, queries};
use crate::platform::base::{Broke, Name, text_enum};
use crate::platform::db::{Conn, Db};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Posted};

pub fn routes() -> Vec<Route> {
    routes![show, pay, ask_back, confirm]
}

/// A charge, if the shop offers the test card.
async fn charge(conn: &mut Conn, reference: &str) -> Result<Option<Charge>, Broke> {
    let offered = queries::methods(conn).await?;
    if !offered.iter().any(|one| one.method == Method::TestCard && one.enabled) {
        return Ok(None);
    }
    Ok(bank::charge_by_reference(conn, reference).await?)
}

#[derive(FromForm)]
struct Choice {
    behaviour: Behaviour,
}

text_enum! {
    Decision { Yes = "yes", No = "no" }
}

#[derive(FromForm)]
struct Confirmation {
    decision: Decision,
}

/// Where the card is charged.
#[get("/test-card/<reference>")]
async fn show(reference: Name<100>, page: Page, db: Db) -> web::Result<Option<Either<PayPage, Redirect>>> {
    let Some(charge) = charge(&mut *db.get().await?, &reference).await? else { return Ok(None) };
    Ok(Some(match charge.is_undecided() && charge.expires_at > page.now {
        true => Either::Left(PayPage::new(page, &charge)),
        false => Either::Right(Redirect::to(charge.return_url)),
    }))
}

/// What follows the button.
#[derive(Responder)]
enum Followed {
    Elsewhere(Posted<StayPage>),
    Stays(StayPage),
}

/// Pays, declines or misbehaves, as chosen.
#[post("/test-card/<reference>", data = "<form>")]
async fn pay(
    reference: Name<100>,
    page: Page,
    db: Db,
    gateways: &State<Gateways>,
    form: Form<Contextual<'_, Choice>>,
) -> web::Result<Option<Followed>> {
    let Some(charge) = charge(&mut *db.get().await?, &reference).await? else { return Ok(None) };
    let Some(input) = &form.value else { return Ok(Some(Followed::Elsewhere(Posted::to(paths::test_card(&reference))))) };
    acts::choose(&mut *db.get().await?, &reference, input.behaviour, page.now).await?;
    if input.behaviour.notices().contains(&0) {
        webhooks::noticed(&db, gateways, Method::TestCard, &charge.reference, page.now).await?;
    }
    Ok(Some(match input.behaviour.then() {
        Then::Return => Followed::Elsewhere(Posted::to(charge.return_url)),
        Then::Confirm => Followed::Elsewhere(Posted::to(paths::test_card_confirmation(&reference))),
        Then::Stay => Followed::Stays(StayPage::paid(page)),
        Then::Break => Followed::Stays(StayPage::broken(page)),
    }))
}

/// The shopper's bank asks back.
#[get("/test-card/<reference>/confirmation")]
async fn ask_back(reference: Name<100>, page: Page, db: Db) -> web::Result<Option<Either<ConfirmPage, Redirect>>> {
    let Some(charge) = charge(&mut *db.get().await?, &reference).await? else { return Ok(None) };
    Ok(Some(match charge.is_undecided() {
        true => Either::Left(ConfirmPage::new(page, &charge)),
        false => Either::Right(Redirect::to(charge.return_url)),
    }))
}

/// What the shopper answers their bank.
#[post("/test-card/<reference>/confirmation", data = "<form>")]
async fn confirm(
    reference: Name<100>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, Confirmation>>,
) -> web::Result<Option<Posted<StayPage>>> {
    let Some(charge) = charge(&mut *db.get().await?, &reference).await? else { return Ok(None) };
    let Some(input) = &form.value else { return Ok(Some(Posted::to(paths::test_card_confirmation(&reference)))) };
    acts::decide(&mut *db.get().await?, &reference, input.decision == Decision::Yes, page.now).await?;
    Ok(Some(Posted::to(charge.return_url)))
}
