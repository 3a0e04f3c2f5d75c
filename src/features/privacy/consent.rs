//! What visitors agree to: the answer to the question at the foot of a page, and the page where it is changed.

use rocket::form::{Contextual, Form};
use rocket::time::Duration;
use rocket::{Route, get, post, routes};

use super::commands;
use super::forms::{Answer, Wish};
use super::views::ConsentPage;
use crate::features::customers::Known;
use crate::platform::base::Token;
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::settings::third_parties::version_of;
use crate::platform::shell::{Consent, Page};
use crate::platform::web::{self, Cookies, Named, Posted};

pub fn routes() -> Vec<Route> {
    routes![show, answer]
}

/// How long a choice holds.
const CHOICE_FOR: Duration = Duration::days(180);

#[get("/consent")]
fn show(page: Page) -> ConsentPage {
    ConsentPage::new(page)
}

/// Records the choice and goes back to where it was made. Where there is nothing to choose, nothing is kept.
#[post("/consent", data = "<form>")]
async fn answer(
    page: Page,
    known: Known,
    db: Db,
    cookies: Cookies<'_>,
    form: Form<Contextual<'_, Answer>>,
) -> web::Result<Posted<ConsentPage>> {
    let Some(answer) = form.into_inner().value else { return Ok(Posted::again(ConsentPage::new(page))) };
    let back = answer.back.map_or_else(paths::consent, String::from);
    if page.shop().third_parties.is_empty() {
        return Ok(Posted::to(back));
    }
    let visitor = page.consent.as_ref().map(|choice| choice.visitor.clone());
    let choice = Consent {
        visitor: visitor.unwrap_or_else(|| Token::random().to_string().chars().take(22).collect()),
        statistics: answer.wish == Wish::All || (answer.wish == Wish::Chosen && answer.statistics),
        marketing: answer.wish == Wish::All || (answer.wish == Wish::Chosen && answer.marketing),
        version: version_of(&page.shop().third_parties),
    };
    let customer = known.0.map(|customer| customer.id);
    commands::record(&mut *db.get().await?, &choice, customer, page.words.locale, page.now).await?;
    cookies.set(Named::Consent, choice.to_string(), CHOICE_FOR);
    Ok(Posted::done(back, "privacy-consent-kept"))
}
