//! One market: its name, countries, currency, language, and how its prices are shown.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, State, get, post, routes};

use super::parts;
use crate::platform::access::{ManageSettings, Person, Staff};
use crate::platform::base::{Broke, Country, Currency, Ending, MarketId, Name, OrBreak, Refusal};
use crate::platform::db::{self, Conn, Db};
use crate::platform::feed::Subject;
use crate::platform::i18n::Locale;
use crate::platform::paths;
use crate::platform::settings::market_commands::{self, KeptMarket};
use crate::platform::settings::{MarketDraft, MarketRefused, TaxDisplay};
use crate::platform::shell::{Facts, Page};
use crate::platform::web::{self, Between, FormView, Posted};

pub(super) fn routes() -> Vec<Route> {
    routes![new, show, add, save]
}

/// A market, or a new one.
#[derive(Template, WebTemplate)]
#[template(path = "admin/market_page.html")]
pub struct MarketPage {
    page: Page,
    /// `None`: it is new.
    id: Option<MarketId>,
    primary: bool,
    title: String,
    action: String,
    form: FormView,
    countries: Vec<(String, String)>,
    currencies: Vec<(String, String)>,
    languages: Vec<(String, String)>,
    taxes: Vec<(String, String)>,
    endings: Vec<(String, String)>,
}

impl MarketPage {
    fn new(page: Page, kept: Option<&KeptMarket>, form: FormView) -> MarketPage {
        let any = (String::new(), page.t("markets-language-any"));
        let sold = page.countries(page.shop().countries.iter().copied());
        let tax = |display: &TaxDisplay| (display.to_string(), page.t(&format!("markets-tax-{display}")));
        let ending = |ending: &Ending| (ending.to_string(), page.t(&format!("markets-ending-{ending}")));
        MarketPage {
            id: kept.map(|kept| kept.id),
            primary: kept.is_some_and(|kept| kept.primary),
            title: kept.map_or_else(|| page.t("markets-new"), |kept| kept.draft.name.to_string()),
            action: kept.map_or_else(|| paths::admin_market("new"), |kept| paths::admin_market(kept.id)),
            countries: sold.into_iter().map(|(country, name)| (country.to_string(), name)).collect(),
            currencies: parts::currency_choices(),
            languages: std::iter::once(any).chain(parts::locale_choices()).collect(),
            taxes: TaxDisplay::ALL.iter().map(tax).collect(),
            endings: Ending::ALL.iter().map(ending).collect(),
            form,
            page,
        }
    }
}

/// The form of a market as it is kept.
fn filled(kept: &KeptMarket) -> FormView {
    let MarketDraft { name, active, countries, currency, locale, tax_display, ending } = &kept.draft;
    let fields = [
        ("version", kept.version.to_string()),
        ("name", name.to_string()),
        ("active", if *active { "yes" } else { "" }.to_owned()),
        ("currency", currency.to_string()),
        ("language", locale.map(|locale| locale.to_string()).unwrap_or_default()),
        ("tax", tax_display.to_string()),
        ("rounding", ending.to_string()),
    ];
    FormView::filled(fields.into_iter().chain(countries.iter().map(|country| ("countries", country.to_string()))))
}

#[derive(FromForm)]
struct MarketForm {
    #[field(default = Between(0))]
    version: Between<0, { i32::MAX }>,
    name: Name<60>,
    active: bool,
    #[field(default = Vec::new())]
    countries: Vec<Country>,
    /// The shop's, where nothing is said.
    currency: Option<Currency>,
    /// Nothing: as the visitor's browser says.
    language: Option<Locale>,
    tax: TaxDisplay,
    #[field(default = Ending::None)]
    rounding: Ending,
}

impl MarketForm {
    fn draft(&self, home: Currency) -> MarketDraft {
        MarketDraft {
            name: self.name.clone(),
            active: self.active,
            countries: self.countries.clone(),
            currency: self.currency.unwrap_or(home),
            locale: self.language,
            tax_display: self.tax,
            ending: self.rounding,
        }
    }
}

/// The field at which a refusal is shown.
pub(super) fn field_of(why: &MarketRefused) -> &'static str {
    match why {
        MarketRefused::NameTaken => "name",
        MarketRefused::NoCountry | MarketRefused::CountryTaken { .. } => "countries",
        MarketRefused::NoRate(_) | MarketRefused::OwnCurrency => "currency",
        MarketRefused::Future => "day",
        _ => "",
    }
}

/// Why a market is not kept, with the name of the country it is about.
fn said(page: &Page, why: &MarketRefused) -> String {
    match why {
        MarketRefused::CountryTaken { country, market } => {
            page.with("markets-country-taken", &[("country", page.country(*country).into()), ("name", market.as_str().into())])
        }
        other => page.say(&other.message()),
    }
}

/// The page of a market with why something was not done to it.
pub(super) async fn refused(conn: &mut Conn, page: Page, id: MarketId, why: &MarketRefused) -> Result<Option<MarketPage>, Broke> {
    let kept = market_commands::all(conn).await?.into_iter().find(|market| market.id == id);
    Ok(kept.map(|kept| {
        let form = filled(&kept).with_error("", said(&page, why));
        MarketPage::new(page, Some(&kept), form)
    }))
}

#[get("/admin/settings/markets/new", rank = 1)]
async fn new(page: Page, _staff: Staff<ManageSettings>) -> MarketPage {
    let usual = [
        ("version", "0"),
        ("active", "yes"),
        ("currency", page.shop().currency.code()),
        ("tax", "entered"),
        ("rounding", "none"),
    ];
    let form = FormView::filled(usual.map(|(name, value)| (name, value.to_owned())));
    MarketPage::new(page, None, form)
}

#[get("/admin/settings/markets/<id>", rank = 2)]
async fn show(id: MarketId, page: Page, _staff: Staff<ManageSettings>, db: Db) -> web::Result<Option<MarketPage>> {
    let kept = market_commands::all(&mut *db.get().await?).await?.into_iter().find(|market| market.id == id);
    Ok(kept.map(|kept| MarketPage::new(page, Some(&kept), filled(&kept))))
}

type Answer = web::Result<Option<Posted<MarketPage>>>;

#[post("/admin/settings/markets/new", data = "<form>", rank = 1)]
async fn add(
    page: Page,
    staff: Staff<ManageSettings>,
    db: Db,
    facts: &State<Facts>,
    form: Form<Contextual<'_, MarketForm>>,
) -> Answer {
    keep(page, &staff, &db, facts, None, form).await
}

#[post("/admin/settings/markets/<id>", data = "<form>", rank = 2)]
async fn save(
    id: MarketId,
    page: Page,
    staff: Staff<ManageSettings>,
    db: Db,
    facts: &State<Facts>,
    form: Form<Contextual<'_, MarketForm>>,
) -> Answer {
    keep(page, &staff, &db, facts, Some(id), form).await
}

async fn keep(
    page: Page,
    staff: &Person,
    db: &Db,
    facts: &Facts,
    id: Option<MarketId>,
    form: Form<Contextual<'_, MarketForm>>,
) -> Answer {
    let mut refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(typed) = &form.value {
        let (draft, version, now) = (typed.draft(page.shop().currency), typed.version.0, page.now);
        let saved =
            db::transaction(&mut conn, async |tx: &mut Conn| market_commands::save(tx, staff, id, version, &draft, now).await);
        match saved.await.or_break()? {
            Ok(_) => {
                parts::forget_here(facts, Subject::Settings);
                return Ok(Some(Posted::done(paths::admin_markets(), "admin-saved")));
            }
            Err(MarketRefused::Gone) => return Ok(None),
            Err(why) => refill = refill.with_error(field_of(&why), said(&page, &why)),
        }
    }
    let kept = market_commands::all(&mut conn).await?.into_iter().find(|market| Some(market.id) == id);
    if id.is_some() && kept.is_none() {
        return Ok(None);
    }
    let refill = match &kept {
        Some(kept) => refill.with_value("version", &kept.version.to_string()),
        None => refill,
    };
    Ok(Some(Posted::again(MarketPage::new(page, kept.as_ref(), refill))))
}
