//! Opening a new shop: a one-time link from the terminal leads to one page; until it is filled in, shoppers see that the shop opens soon.

use askama::Template;
use askama_web::WebTemplate;
use rocket::fairing::AdHoc;
use rocket::form::{Contextual, Form};
use rocket::http::{Header, Method};
use rocket::request::FromParam;
use rocket::time::Duration;
use rocket::{FromForm, Responder, Route, State, get, post, routes, uri};

use super::settings::{self, Zone};
use super::{links, opening};
use crate::platform::access::{Origin, Password, Role};
use crate::platform::base::{Broke, Clock, Country, Currency, Email, Line, Name, OrBreak, Refusal, Token, text_enum};
use crate::platform::db::Db;
use crate::platform::feed::{Change, Listener, Subject};
use crate::platform::i18n::Locale;
use crate::platform::paths;
use crate::platform::settings::General;
use crate::platform::shell::{Facts, Page};
use crate::platform::web::{self, Cookies, FormView, Named, Posted};

/// A new one-time link (its path) for a shop that was never opened; `None` for one that is open or a demo.
pub async fn issue(db: &Db) -> Result<Option<String>, Broke> {
    links::issue(&mut *db.get().await?).await
}

text_enum! {
    /// Where a new shop sells to; the settings say it country by country.
    SellsTo { Home = "home", Europe = "europe", World = "world" }
}

impl SellsTo {
    fn countries(self, home: Country) -> Vec<Country> {
        const EU: &str = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";
        let mut countries: Vec<Country> = match self {
            SellsTo::Home => vec![home],
            SellsTo::Europe => EU.split(' ').filter_map(|code| code.parse().ok()).chain([home]).collect(),
            SellsTo::World => Country::all().collect(),
        };
        countries.sort();
        countries.dedup();
        countries
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "admin/first_run_page.html")]
struct FirstRunPage {
    page: Page,
    form: FormView,
    path: String,
    countries: Vec<(String, String)>,
    currencies: Vec<(String, String)>,
    zones: Vec<(String, String)>,
    locales: Vec<(String, String)>,
}

impl FirstRunPage {
    fn new(page: Page, token: &OneTime, form: FormView) -> FirstRunPage {
        let path = paths::first_run(&token.0.to_string());
        let (mut countries, currencies) = (settings::country_choices(page.words), settings::currency_choices());
        countries.insert(0, (String::new(), page.t("admin-choose")));
        let (zones, locales) = (settings::zone_choices(), settings::locale_choices());
        FirstRunPage { page, form, path, countries, currencies, zones, locales }
    }

    fn sells_to(&self) -> Vec<(&'static str, String)> {
        SellsTo::ALL.iter().map(|to| (to.as_str(), self.page.t(&format!("admin-sells-to-{to}")))).collect()
    }
}

/// The token of a link; what is none leads to 404.
struct OneTime(Token);

impl<'a> FromParam<'a> for OneTime {
    type Error = ();
    fn from_param(param: &'a str) -> Result<Self, ()> {
        param.parse().map(OneTime)
    }
}

#[derive(FromForm)]
pub(super) struct Opening {
    name: Name<80>,
    street: Line<120>,
    postal_code: Line<20>,
    city: Line<80>,
    country: Country,
    currency: Currency,
    zone: Zone,
    locale: Locale,
    sells_to: SellsTo,
    sender_email: Email,
    staff_name: Line<80>,
    pub(super) email: Email,
    pub(super) password: Password,
}

impl Opening {
    pub(super) fn general(&self) -> General {
        General {
            name: self.name.to_string(),
            legal_name: String::new(),
            street: self.street.to_string(),
            postal_code: self.postal_code.to_string(),
            city: self.city.to_string(),
            country: self.country,
            phone: String::new(),
            currency: self.currency,
            zone: self.zone.0,
            locale: self.locale,
            countries: self.sells_to.countries(self.country),
            sender_email: self.sender_email.to_string(),
            notice_email: self.email.to_string(),
            // North America is where prices are shown without tax.
            prices_include_tax: !matches!(self.country.code(), "US" | "CA"),
        }
    }

    pub(super) fn staff(&self) -> (&str, Role) {
        (&self.staff_name, Role::Owner)
    }
}

#[get("/first-run/<token>")]
async fn show(page: Page, db: Db, token: OneTime) -> web::Result<Option<FirstRunPage>> {
    if !links::is_good(&mut *db.get().await?, &token.0).await? {
        return Ok(None);
    }
    let usual = [
        ("locale", page.locale.to_string()),
        ("sells_to", "home".to_owned()),
        ("zone", "UTC".to_owned()),
        ("currency", "EUR".to_owned()),
    ];
    Ok(Some(FirstRunPage::new(page, &token, FormView::filled(usual))))
}

/// Opens the shop and signs its first owner in.
#[post("/first-run/<token>", data = "<form>")]
async fn open(
    page: Page,
    db: Db,
    clock: &State<Clock>,
    facts: &State<Facts>,
    origin: Origin,
    cookies: Cookies<'_>,
    token: OneTime,
    form: Form<Contextual<'_, Opening>>,
) -> web::Result<Option<Posted<FirstRunPage>>> {
    if !links::is_good(&mut *db.get().await?, &token.0).await? {
        return Ok(None);
    }
    let mut refill = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        match opening::open(&db, &token.0, input, &origin, clock.now()).await.or_break()? {
            Ok(session) => {
                facts.hear(&Change { subject: Subject::Settings, id: None });
                cookies.set(Named::Staff, session.to_string(), Duration::days(14));
                return Ok(Some(Posted::done(paths::admin(), "admin-opened")));
            }
            Err(opening::OpenRefused::Used) => return Ok(None),
            Err(why) => refill = refill.with_error(why.field(), page.say(&why.message())),
        }
    }
    Ok(Some(Posted::again(FirstRunPage::new(page, &token, refill))))
}

#[derive(Template, WebTemplate)]
#[template(path = "admin/opens_soon_page.html")]
struct OpensSoonPage {
    page: Page,
}

/// 200, so that balancers keep sending visitors here, and never kept or listed.
#[derive(Responder)]
struct NotKept(OpensSoonPage, Header<'static>, Header<'static>);

#[get("/opens-soon")]
fn opens_soon(page: Page) -> NotKept {
    NotKept(OpensSoonPage { page }, Header::new("Cache-Control", "no-store"), Header::new("X-Robots-Tag", "noindex"))
}

/// Leads every shopper of an unopened shop to "opens soon"; staff pages, the one-time link and what pages are made of stay reachable.
pub fn door() -> AdHoc {
    AdHoc::on_request("Opens soon", |request, _| {
        Box::pin(async move {
            const OPEN: [&str; 7] = ["/admin", "/first-run/", "/static/", "/media/", "/preferences", "/up", "/robots.txt"];
            let path = request.uri().path();
            if OPEN.iter().any(|open| path.starts_with(open)) {
                return;
            }
            let (Some(db), Some(facts)) = (request.rocket().state::<Db>(), request.rocket().state::<Facts>()) else { return };
            // A database that is away is told by the page itself.
            let Ok(frame) = facts.get(db).await else { return };
            if frame.shop.opened_at.is_none() && !frame.shop.demo {
                request.set_method(Method::Get);
                request.set_uri(uri!("/opens-soon"));
            }
        })
    })
}

pub(super) fn routes() -> Vec<Route> {
    routes![show, open, opens_soon]
}
