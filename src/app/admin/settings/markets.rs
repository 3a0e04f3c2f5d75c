//! Markets and exchange rates: where the shop sells in which currency.

use askama::Template;
use askama_web::WebTemplate;
use chrono::NaiveDate;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, State, get, post, routes};

use super::market::{self, MarketPage};
use super::parts;
use crate::platform::access::{ManageSettings, Staff};
use crate::platform::base::{BadText, Broke, Currency, Day, ExchangeRate, Failed, Line, MarketId, Move, OrBreak};
use crate::platform::db::{self, Conn, Db};
use crate::platform::feed::Subject;
use crate::platform::paths;
use crate::platform::settings::market_commands::{self, KeptMarket};
use crate::platform::settings::{DatedRate, MarketRefused};
use crate::platform::shell::{Facts, Page};
use crate::platform::web::{self, FormView, Posted};

pub(super) fn routes() -> Vec<Route> {
    [routes![list, place, remove, set_rate], market::routes()].concat()
}

/// A market in the list.
struct MarketRow {
    id: MarketId,
    name: String,
    active: bool,
    primary: bool,
    currency: String,
    /// "Germany, Austria" or "all other countries".
    countries: String,
    /// "Prices without tax".
    tax: String,
}

/// The latest rate of a currency.
struct RateRow {
    currency: String,
    rate: String,
    day: String,
}

/// All markets, and what other currencies are worth.
#[derive(Template, WebTemplate)]
#[template(path = "admin/markets_page.html")]
pub struct MarketsPage {
    page: Page,
    markets: Vec<MarketRow>,
    rates: Vec<RateRow>,
    home: String,
    currencies: Vec<(String, String)>,
    rate: FormView,
}

impl MarketsPage {
    pub(super) async fn read(conn: &mut Conn, page: Page, rate: Option<FormView>) -> Result<MarketsPage, Broke> {
        let (kept, dated) = (market_commands::all(conn).await?, market_commands::rates(conn).await?);
        let home = page.shop().currency;
        let mut rates = dated;
        rates.dedup_by(|later, first| later.currency == first.currency);
        let today = Day::of(page.now, page.shop().zone).to_string();
        Ok(MarketsPage {
            markets: kept.iter().map(|one| row(&page, one)).collect(),
            rates: rates.iter().map(|rate| rate_row(&page, rate)).collect(),
            currencies: parts::currency_choices().into_iter().filter(|(code, _)| code != home.code()).collect(),
            rate: rate.unwrap_or_else(|| FormView::filled([("day", today)])),
            home: home.code().to_owned(),
            page,
        })
    }
}

fn row(page: &Page, kept: &KeptMarket) -> MarketRow {
    let countries: Vec<String> = kept.draft.countries.iter().map(|country| page.country(*country)).collect();
    MarketRow {
        id: kept.id,
        name: kept.draft.name.to_string(),
        active: kept.draft.active,
        primary: kept.primary,
        currency: kept.draft.currency.to_string(),
        countries: if kept.primary { page.t("markets-all-others") } else { countries.join(", ") },
        tax: page.t(&format!("markets-tax-{}", kept.draft.tax_display)),
    }
}

fn rate_row(page: &Page, rate: &DatedRate) -> RateRow {
    let said = [
        ("home", page.shop().currency.code().into()),
        ("rate", rate.rate.plain().into()),
        ("currency", rate.currency.code().into()),
    ];
    RateRow {
        currency: rate.currency.to_string(),
        rate: page.with("markets-rate-said", &said),
        day: page.date(Day::from(rate.day)),
    }
}

#[get("/admin/settings/markets")]
async fn list(page: Page, _staff: Staff<ManageSettings>, db: Db) -> web::Result<MarketsPage> {
    MarketsPage::read(&mut *db.get().await?, page, None).await
}

type Answer = web::Result<Option<Posted<MarketsPage>>>;

#[derive(FromForm)]
struct PlaceForm {
    to: Move,
}

/// Moves a market in the order in which shoppers see them.
#[post("/admin/settings/markets/<id>/place", data = "<form>")]
async fn place(
    id: MarketId,
    page: Page,
    staff: Staff<ManageSettings>,
    db: Db,
    facts: &State<Facts>,
    form: Form<Contextual<'_, PlaceForm>>,
) -> Answer {
    let mut conn = db.get().await?;
    let Some(typed) = &form.value else { return Ok(Some(Posted::again(MarketsPage::read(&mut conn, page, None).await?))) };
    let moved = db::transaction(&mut conn, async |tx: &mut Conn| market_commands::place(tx, &staff, id, typed.to).await);
    let moved = moved.await.or_break()?;
    parts::forget_here(facts, Subject::Settings);
    Ok(moved.ok().map(|()| Posted::to(paths::admin_markets())))
}

/// Removes a market that nothing needs.
#[post("/admin/settings/markets/<id>/removal")]
async fn remove(
    id: MarketId,
    page: Page,
    staff: Staff<ManageSettings>,
    db: Db,
    facts: &State<Facts>,
) -> web::Result<Option<Posted<MarketPage>>> {
    let mut conn = db.get().await?;
    let removed = db::transaction(&mut conn, async |tx: &mut Conn| market_commands::remove(tx, &staff, id).await);
    match removed.await.or_break()? {
        Ok(()) => {
            parts::forget_here(facts, Subject::Settings);
            Ok(Some(Posted::done(paths::admin_markets(), "admin-removed")))
        }
        Err(MarketRefused::Gone) => Ok(None),
        Err(why) => Ok(market::refused(&mut conn, page, id, &why).await?.map(Posted::again)),
    }
}

#[derive(FromForm)]
struct RateForm {
    currency: Currency,
    rate: Line<20>,
    day: Line<10>,
}

impl RateForm {
    /// The rate as typed, or the field that cannot be read and why.
    fn read(&self) -> Result<DatedRate, (&'static str, &'static str)> {
        let rate = ExchangeRate::parse(&self.rate).ok_or(("rate", "error-exchange-rate"))?;
        let day: Day = self.day.parse().map_err(|why: BadText| ("day", why.0))?;
        let day: NaiveDate = day.date();
        Ok(DatedRate { currency: self.currency, day, rate })
    }
}

/// Writes down what the shop's currency was worth in another on a day.
#[post("/admin/settings/markets/rates", data = "<form>", rank = 1)]
async fn set_rate(
    page: Page,
    staff: Staff<ManageSettings>,
    db: Db,
    facts: &State<Facts>,
    form: Form<Contextual<'_, RateForm>>,
) -> web::Result<Posted<MarketsPage>> {
    let mut refill = FormView::of(page.words, &form.context);
    let (mut conn, today) = (db.get().await?, Day::of(page.now, page.shop().zone).date());
    match form.value.as_ref().map(RateForm::read) {
        None => {}
        Some(Err((field, key))) => refill = refill.with_error(field, page.t(key)),
        Some(Ok(new)) => {
            let set = db::transaction(&mut conn, async |tx: &mut Conn| -> Result<(), Failed<MarketRefused>> {
                market_commands::set_rate(tx, &staff, &new, today, page.now).await
            });
            match set.await.or_break()? {
                Ok(()) => {
                    parts::forget_here(facts, Subject::Settings);
                    return Ok(Posted::done(paths::admin_markets(), "admin-saved"));
                }
                Err(why) => refill = refill.refused(page.words, market::field_of(&why), &why),
            }
        }
    }
    Ok(Posted::again(MarketsPage::read(&mut conn, page, Some(refill)).await?))
}
