//! Off to another site and back: to sign in, or to connect it with one's account.

use rocket::form::{Contextual, Form};
use rocket::http::{Header, Status};
use rocket::request::Request;
use rocket::response::{self, Redirect, Responder, Response};
use rocket::time::Duration;
use rocket::{FromForm, Route, State, get, post, routes};

use super::commands;
use super::emails::Desk;
use super::forms::Depart;
use super::model::{AccountRefused, Arrival, Caller};
use super::sign_in::{end_own, page_of, passed};
use super::views::{DeparturePage, LinkGonePage, SignInPage};
use crate::features::customers::{Customer, Known, SignedIn};
use crate::features::elsewhere::model::{CLAIM_WITHIN, Errand, Site, Told, TravelRefused};
use crate::features::elsewhere::travel::{Departure, Gate, Return};
use crate::features::elsewhere::{commands as errands, queries};
use crate::platform::base::{Failed, Line, OrBreak, Refusal, SignInSiteId, Token};
use crate::platform::config::Config;
use crate::platform::db::Db;
use crate::platform::outbound::Outbound;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::vault::Vault;
use crate::platform::web::{self, Cookies, ExternalRoutes, FormView, Named, Posted, Unwell};

pub fn routes() -> Vec<Route> {
    routes![sign_in_with, connect_with, come_back]
}

/// Where a site may send somebody by a form of its own: it reads what the site says and answers 303 to the page that looks at it.
pub fn returns() -> ExternalRoutes {
    ExternalRoutes::new(routes![come_back_by_form])
}

/// The last page before another site: it leads on by itself, and has a link. A redirect would be held back by the policy that forms
/// of ours lead nowhere else.
pub struct Leaving(DeparturePage);

impl<'r> Responder<'r, 'static> for Leaving {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let refresh = Header::new("Refresh", format!("0; url={}", self.0.url));
        let page = Unwell(Status::Ok, self.0).respond_to(request)?;
        Response::build_from(page).header(refresh).ok()
    }
}

/// Off to the site, or the page again with what is in the way; a site that is off is no page.
type Off<T> = web::Result<Option<Result<Leaving, Posted<T>>>>;

/// A site that is on, with what is needed to speak with it.
async fn open(db: &Db, vault: &Vault, id: SignInSiteId) -> web::Result<Option<(Site, String)>> {
    let mut conn = db.get().await?;
    let Some(site) = queries::site(&mut conn, id).await?.filter(|site| site.is_on) else { return Ok(None) };
    let secret = queries::secret(&mut conn, vault, id).await?;
    Ok(secret.map(|secret| (site, secret)))
}

fn at<'a>(site: &'a Site, secret: String, config: &Config) -> Gate<'a> {
    Gate { outbound: Outbound::new(config), site, secret, back: config.absolute(&paths::sign_in_return(site.id)) }
}

/// Remembers who is sent away, in this browser, and writes the page that leads there.
async fn leave(
    gate: Gate<'_>,
    errand: impl FnOnce(&Departure) -> Errand,
    page: Page,
    db: &Db,
    cookies: &Cookies<'_>,
) -> Result<Leaving, Failed<TravelRefused>> {
    let state = Token::random();
    let departure = gate.depart(&state).await?;
    // One token for all that this browser has begun, so that two tabs do not forget one another.
    let browser = cookies.get(Named::Errand).and_then(|token| token.parse().ok()).unwrap_or_else(Token::random);
    let errand = errand(&departure);
    errands::keep_errand(&mut *db.get().await?, (gate.site.id, &state, &browser), &errand, page.now).await?;
    cookies.set(Named::Errand, browser.to_string(), Duration::minutes(10));
    Ok(Leaving(DeparturePage { page, label: gate.site.label.clone(), url: departure.url }))
}

/// Sends somebody to another site to sign in.
#[post("/account/sign-in/with/<site>", data = "<form>")]
async fn sign_in_with(
    site: SignInSiteId,
    page: Page,
    db: Db,
    vault: &State<Vault>,
    config: &State<Config>,
    cookies: Cookies<'_>,
    form: Form<Contextual<'_, Depart>>,
) -> Off<SignInPage> {
    let Some((site, secret)) = open(&db, vault, site).await? else { return Ok(None) };
    let input = form.value.as_ref();
    let next = input.and_then(|input| input.next.clone()).map(String::from).unwrap_or_default();
    let errand = |departure: &Departure| Errand {
        customer: None,
        nonce: departure.nonce.clone(),
        verifier: departure.verifier.clone(),
        stay: input.is_some_and(|input| input.stay.is_some()),
        next: next.clone(),
    };
    match leave(at(&site, secret, config), errand, page.clone(), &db, &cookies).await.or_break()? {
        Ok(leaving) => Ok(Some(Ok(leaving))),
        Err(why) => {
            let form = FormView::of(page.words, &form.context).refused(page.words, "", &AccountRefused::Travel(why));
            Ok(Some(Err(Posted::again(page_of(page, &db, config, &cookies, (form, next)).await?))))
        }
    }
}

/// Sends a customer to another site to connect it; soon after they showed who they are.
#[post("/account/security/connection/<site>")]
async fn connect_with(
    site: SignInSiteId,
    customer: SignedIn,
    page: Page,
    db: Db,
    vault: &State<Vault>,
    config: &State<Config>,
    cookies: Cookies<'_>,
) -> Off<SignInPage> {
    if !customer.is_fresh(page.now) {
        return Ok(Some(Err(Posted::to(paths::account_proof()))));
    }
    let Some((site, secret)) = open(&db, vault, site).await? else { return Ok(None) };
    let errand = |departure: &Departure| Errand {
        customer: Some(customer.id),
        nonce: departure.nonce.clone(),
        verifier: departure.verifier.clone(),
        stay: false,
        next: String::new(),
    };
    match leave(at(&site, secret, config), errand, page, &db, &cookies).await.or_break()? {
        Ok(leaving) => Ok(Some(Ok(leaving))),
        Err(_) => Ok(Some(Err(Posted::done(paths::account_security(), "account-travel-away")))),
    }
}

/// What a site says of somebody it sends back.
#[derive(FromForm)]
struct Said {
    #[field(default_with = Some(Default::default()))]
    code: Line<4000>,
    #[field(default_with = Some(Default::default()))]
    state: Line<100>,
    #[field(default_with = Some(Default::default()))]
    iss: Line<400>,
    #[field(default_with = Some(Default::default()))]
    error: Line<200>,
}

/// Apple sends people back by a form of its own site, without our cookies: the page it leads to has them.
#[post("/account/sign-in/return/<site>", data = "<form>")]
fn come_back_by_form(site: SignInSiteId, form: Form<Contextual<'_, Said>>) -> Redirect {
    let none = Said { code: Line::default(), state: Line::default(), iss: Line::default(), error: Line::default() };
    let said = form.value.as_ref().unwrap_or(&none);
    let parts = [("code", &*said.code), ("state", &*said.state), ("iss", &*said.iss), ("error", &*said.error)];
    let parts: Vec<(&str, &str)> = parts.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    Redirect::to(paths::sign_in_return_with(site, &parts))
}

/// Who came back, and for what: `None` where nobody is awaited in this browser.
async fn awaited(site: SignInSiteId, said: &Said, db: &Db, page: &Page, cookies: &Cookies<'_>) -> web::Result<Option<Errand>> {
    let browser = cookies.get(Named::Errand).and_then(|token| token.parse::<Token>().ok());
    let (Ok(state), Some(browser)) = (said.state.parse::<Token>(), browser) else { return Ok(None) };
    Ok(errands::take_errand(&mut *db.get().await?, (site, &state.hash(), &browser.hash()), page.now).await?)
}

/// What the site says of whoever came back with this.
async fn told(gate: &Gate<'_>, errand: &Errand, said: &Said) -> Result<Told, Failed<AccountRefused>> {
    if !said.error.is_empty() || said.code.is_empty() {
        return Err(AccountRefused::Travel(TravelRefused::Declined).into());
    }
    let back = Return { code: &said.code, issuer: Some(&*said.iss).filter(|issuer| !issuer.is_empty()) };
    gate.arrive(errand, &back).await.map_err(|failed| failed.map(AccountRefused::from))
}

fn gone(page: Page) -> Unwell<LinkGonePage> {
    let label = page.t("account-again-sites");
    Unwell(Status::Gone, LinkGonePage { page, again: paths::sign_in(), label })
}

/// Somebody is back: signs in, connects, or says why not.
#[get("/account/sign-in/return/<site>?<said..>")]
async fn come_back(
    site: SignInSiteId,
    said: rocket::form::Result<'_, Said>,
    page: Page,
    known: Known,
    db: Db,
    vault: &State<Vault>,
    config: &State<Config>,
    caller: Caller,
    cookies: Cookies<'_>,
) -> web::Result<Result<Posted<LinkGonePage>, Unwell<LinkGonePage>>> {
    let Ok(said) = said else { return Ok(Err(gone(page))) };
    let Some(errand) = awaited(site, &said, &db, &page, &cookies).await? else { return Ok(Err(gone(page))) };
    let Some((site, secret)) = open(&db, vault, site).await? else { return Ok(Err(gone(page))) };
    let who = known.0.filter(|customer| Some(customer.id) == errand.customer);
    if errand.customer.is_some() && who.is_none() {
        return Ok(Err(gone(page)));
    }
    let desk = Desk { words: page.words, shop: page.shop(), config };
    let caller = Caller { stay: errand.stay, next: errand.next.clone(), ..caller };
    let came = (&errand, &said);
    let arrived = arrived(&at(&site, secret, config), came, who.as_ref(), &desk, &db, &caller).await.or_break()?;
    Ok(Ok(landed(arrived, who.is_some(), &db, &cookies).await?))
}

/// Asks the site, then signs in or connects.
async fn arrived(
    gate: &Gate<'_>,
    (errand, said): (&Errand, &Said),
    who: Option<&Customer>,
    desk: &Desk<'_>,
    db: &Db,
    caller: &Caller,
) -> Result<Arrival, Failed<AccountRefused>> {
    let told = told(gate, errand, said).await?;
    match who {
        Some(customer) => commands::connect(db, customer, &told, desk, caller).await,
        None => commands::arrive(db, gate.site.id, &told, desk.words.locale, caller).await,
    }
}

/// Where somebody goes who is back.
async fn landed(
    arrived: Result<Arrival, AccountRefused>,
    connecting: bool,
    db: &Db,
    cookies: &Cookies<'_>,
) -> web::Result<Posted<LinkGonePage>> {
    Ok(match arrived {
        Ok(Arrival::Entry(entry)) => {
            end_own(db, cookies).await?;
            let (to, notice) = passed(cookies, entry);
            Posted::Done { to, notice }
        }
        Ok(Arrival::Claim(token)) => {
            cookies.set(Named::Claim, token.to_string(), Duration::minutes(CLAIM_WITHIN.num_minutes()));
            Posted::to(paths::sign_in())
        }
        Ok(Arrival::Connected) => Posted::done(paths::account_security(), "account-site-connected"),
        Err(why) => {
            let back = if connecting { paths::account_security() } else { paths::sign_in() };
            Posted::done(back, why.message().key)
        }
    })
}
