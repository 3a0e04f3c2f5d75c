//! Acts on markets and exchange rates, and what their pages read; each act is audited and told in the feed.

use chrono::NaiveDate;
use diesel::dsl::{exists, max};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};

use super::commands::hold;
use super::markets::{DatedRate, TaxDisplay};
use crate::platform::access::{self, Person};
use crate::platform::base::{
    Broke, Country, Currency, Ending, ExchangeRate, Failed, MarketId, Message, Moment, Move, Name, Refusal, moved,
};
use crate::platform::db::Conn;
use crate::platform::feed::{self, Subject};
use crate::platform::i18n::Locale;
use crate::platform::schema::{exchange_rates, market_countries, markets, price_list_markets, price_lists, settings};

/// A market as staff want it; of the primary one only name, language and the showing of tax count.
#[derive(Clone, Debug, PartialEq)]
pub struct MarketDraft {
    pub name: Name<60>,
    pub active: bool,
    pub countries: Vec<Country>,
    pub currency: Currency,
    pub locale: Option<Locale>,
    pub tax_display: TaxDisplay,
    pub ending: Ending,
}

/// A market as its form shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptMarket {
    pub id: MarketId,
    pub primary: bool,
    pub draft: MarketDraft,
    pub version: i32,
}

/// Why a market or a rate is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarketRefused {
    NameTaken,
    NoCountry,
    /// Another market has it.
    CountryTaken {
        country: Country,
        market: String,
    },
    /// Nobody has said what its currency is worth.
    NoRate(Currency),
    /// The day is yet to come.
    Future,
    /// The shop's own currency has no rate.
    OwnCurrency,
    /// These price lists are for it.
    InUse(String),
    /// It cannot be removed.
    Primary,
    Changed,
    Gone,
}

impl Refusal for MarketRefused {
    fn message(&self) -> Message {
        match self {
            MarketRefused::NameTaken => Message::new("markets-name-taken"),
            MarketRefused::NoCountry => Message::new("markets-no-country"),
            MarketRefused::CountryTaken { country, market } => {
                Message::new("markets-country-taken").text("country", country.code()).text("name", market)
            }
            MarketRefused::NoRate(currency) => Message::new("markets-no-rate").text("currency", currency.code()),
            MarketRefused::Future => Message::new("markets-rate-future"),
            MarketRefused::OwnCurrency => Message::new("markets-own-currency"),
            MarketRefused::InUse(lists) => Message::new("markets-in-use").text("name", lists),
            MarketRefused::Primary => Message::new("markets-primary-stays"),
            MarketRefused::Changed => Message::new("markets-changed"),
            MarketRefused::Gone => Message::new("markets-gone"),
        }
    }
}

type Row = (MarketId, String, bool, Option<String>, Option<Locale>, TaxDisplay, Ending, bool, i32);

/// All markets, in their order.
pub async fn all(conn: &mut Conn) -> Result<Vec<KeptMarket>, Broke> {
    let home: String = settings::table.select(settings::currency).first(conn).await?;
    let rows: Vec<Row> = markets::table
        .order((markets::position, markets::is_primary.desc(), markets::id))
        .select((
            markets::id,
            markets::name,
            markets::is_primary,
            markets::currency,
            markets::locale,
            markets::tax_display,
            markets::rounding,
            markets::active,
            markets::version,
        ))
        .load(conn)
        .await?;
    let countries: Vec<(String, MarketId)> = market_countries::table.order(market_countries::country).load(conn).await?;
    let read = |(id, name, primary, currency, locale, tax_display, ending, active, version): Row| {
        let mine = countries.iter().filter(|(_, market)| *market == id);
        let countries = mine.filter_map(|(country, _)| country.parse().ok()).collect();
        let name = name.parse().map_err(|_| anyhow::anyhow!("a market without a name"))?;
        let currency = currency.as_ref().unwrap_or(&home);
        let currency = currency.parse().map_err(|()| anyhow::anyhow!("{currency} is no currency"))?;
        let draft = MarketDraft { name, active, countries, currency, locale, tax_display, ending };
        Ok(KeptMarket { id, primary, draft, version })
    };
    rows.into_iter().map(read).collect()
}

/// The rates of all currencies that staff wrote down, the latest day of each first.
pub async fn rates(conn: &mut Conn) -> QueryResult<Vec<DatedRate>> {
    let rows: Vec<(String, NaiveDate, i64)> = exchange_rates::table
        .order((exchange_rates::currency, exchange_rates::day.desc()))
        .select((exchange_rates::currency, exchange_rates::day, exchange_rates::rate))
        .load(conn)
        .await?;
    let read = |(currency, day, rate): (String, NaiveDate, i64)| {
        Some(DatedRate { currency: currency.parse().ok()?, day, rate: ExchangeRate::new(rate)? })
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

fn told(draft: &MarketDraft) -> Value {
    json!({
        "name": &*draft.name, "active": draft.active, "countries": draft.countries, "currency": draft.currency,
        "language": draft.locale, "tax": draft.tax_display, "rounding": draft.ending,
    })
}

/// Adds a market (`id` is `None`) or makes it as the draft says; `version` is the one that the form was filled with.
pub async fn save(
    tx: &mut Conn,
    by: &Person,
    id: Option<MarketId>,
    version: i32,
    draft: &MarketDraft,
    now: Moment,
) -> Result<MarketId, Failed<MarketRefused>> {
    hold(tx).await?;
    let all = all(tx).await?;
    let kept = all.iter().find(|market| Some(market.id) == id);
    match (id, kept) {
        (Some(_), None) => return Err(MarketRefused::Gone.into()),
        (Some(_), Some(kept)) if kept.version != version => return Err(MarketRefused::Changed.into()),
        _ => {}
    }
    let primary = kept.is_some_and(|kept| kept.primary);
    check(tx, &all, id, primary, draft).await?;
    let values = (
        (markets::name.eq(&*draft.name), markets::locale.eq(draft.locale), markets::updated_at.eq(now)),
        (markets::tax_display.eq(draft.tax_display), markets::active.eq(draft.active || primary)),
        (markets::rounding.eq(draft.ending), markets::currency.eq((!primary).then_some(draft.currency.code()))),
    );
    let saved: MarketId = match id {
        Some(id) => {
            let next = markets::version.eq(markets::version + 1);
            diesel::update(markets::table.find(id)).set((values, next)).execute(tx).await?;
            id
        }
        None => {
            let last: Option<i32> = markets::table.select(max(markets::position)).first(tx).await?;
            let place = markets::position.eq(last.map_or(0, |last| last + 1));
            diesel::insert_into(markets::table).values((values, place)).returning(markets::id).get_result(tx).await?
        }
    };
    if !primary {
        set_countries(tx, saved, &draft.countries).await?;
    }
    let (before, after) = (kept.map(|kept| told(&kept.draft)), Some(told(draft)));
    access::audit(tx, by, "market.saved", "market", Some(saved.0), before, after).await?;
    feed::tell(tx, Subject::Settings, None).await?;
    Ok(saved)
}

/// Whether the draft goes with the other markets and the rates.
async fn check(
    tx: &mut Conn,
    all: &[KeptMarket],
    id: Option<MarketId>,
    primary: bool,
    draft: &MarketDraft,
) -> Result<(), Failed<MarketRefused>> {
    let mut others = all.iter().filter(|market| Some(market.id) != id);
    if others.clone().any(|other| other.draft.name.to_lowercase() == draft.name.to_lowercase()) {
        return Err(MarketRefused::NameTaken.into());
    }
    if primary {
        return Ok(());
    }
    if draft.countries.is_empty() {
        return Err(MarketRefused::NoCountry.into());
    }
    let taken = others.find_map(|other| {
        let country = draft.countries.iter().find(|country| other.draft.countries.contains(country))?;
        Some(MarketRefused::CountryTaken { country: *country, market: other.draft.name.to_string() })
    });
    if let Some(taken) = taken {
        return Err(taken.into());
    }
    let home: String = settings::table.select(settings::currency).first(tx).await?;
    let known = exists(exchange_rates::table.filter(exchange_rates::currency.eq(draft.currency.code())));
    if draft.active && draft.currency.code() != home && !diesel::select(known).get_result::<bool>(tx).await? {
        return Err(MarketRefused::NoRate(draft.currency).into());
    }
    Ok(())
}

async fn set_countries(tx: &mut Conn, market: MarketId, countries: &[Country]) -> QueryResult<()> {
    diesel::delete(market_countries::table.filter(market_countries::market_id.eq(market))).execute(tx).await?;
    let mut codes: Vec<&str> = countries.iter().map(|country| country.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    let row = |code: &&str| (market_countries::country.eq((*code).to_owned()), market_countries::market_id.eq(market));
    diesel::insert_into(market_countries::table).values(codes.iter().map(row).collect::<Vec<_>>()).execute(tx).await?;
    Ok(())
}

/// Moves a market in the order in which shoppers see them.
pub async fn place(tx: &mut Conn, by: &Person, id: MarketId, to: Move) -> Result<(), Failed<MarketRefused>> {
    hold(tx).await?;
    let ids: Vec<i64> = all(tx).await?.iter().map(|market| market.id.0).collect();
    if !ids.contains(&id.0) {
        return Err(MarketRefused::Gone.into());
    }
    let Some(placed) = moved(&ids, id.0, to) else { return Ok(()) };
    for (position, id) in placed.into_iter().enumerate() {
        let place = markets::position.eq(i32::try_from(position).unwrap_or(i32::MAX));
        diesel::update(markets::table.find(id)).set(place).execute(tx).await?;
    }
    access::audit(tx, by, "market.moved", "market", Some(id.0), None, None).await?;
    Ok(feed::tell(tx, Subject::Settings, None).await?)
}

/// Removes a market that no price list is for; its carts buy in the primary one.
pub async fn remove(tx: &mut Conn, by: &Person, id: MarketId) -> Result<(), Failed<MarketRefused>> {
    hold(tx).await?;
    let all = all(tx).await?;
    let kept = all.iter().find(|market| market.id == id).ok_or(MarketRefused::Gone)?;
    if kept.primary {
        return Err(MarketRefused::Primary.into());
    }
    let lists: Vec<String> = price_lists::table
        .inner_join(price_list_markets::table.on(price_list_markets::price_list_id.eq(price_lists::id)))
        .filter(price_list_markets::market_id.eq(id))
        .order(price_lists::position)
        .select(price_lists::name)
        .load(tx)
        .await?;
    if !lists.is_empty() {
        return Err(MarketRefused::InUse(lists.join(", ")).into());
    }
    diesel::delete(markets::table.find(id)).execute(tx).await?;
    access::audit(tx, by, "market.removed", "market", Some(id.0), Some(told(&kept.draft)), None).await?;
    Ok(feed::tell(tx, Subject::Settings, None).await?)
}

/// Writes down what one unit of the shop's currency was worth on a day; another rate of the same day is replaced.
pub async fn set_rate(
    tx: &mut Conn,
    by: &Person,
    new: &DatedRate,
    today: NaiveDate,
    now: Moment,
) -> Result<(), Failed<MarketRefused>> {
    hold(tx).await?;
    let home: String = settings::table.select(settings::currency).first(tx).await?;
    if new.currency.code() == home {
        return Err(MarketRefused::OwnCurrency.into());
    }
    if new.day > today {
        return Err(MarketRefused::Future.into());
    }
    let row = (
        exchange_rates::currency.eq(new.currency.code()),
        exchange_rates::day.eq(new.day),
        exchange_rates::rate.eq(new.rate.get()),
        exchange_rates::created_at.eq(now),
    );
    diesel::insert_into(exchange_rates::table)
        .values(row)
        .on_conflict((exchange_rates::currency, exchange_rates::day))
        .do_update()
        .set((exchange_rates::rate.eq(new.rate.get()), exchange_rates::created_at.eq(now)))
        .execute(tx)
        .await?;
    let after = json!({ "currency": new.currency, "day": new.day, "rate": new.rate.plain() });
    access::audit(tx, by, "market.rate_set", "market", None, None, Some(after)).await?;
    Ok(feed::tell(tx, Subject::Settings, None).await?)
}

/// Forgets all rates, and closes the markets that need one: the shop has another currency now.
pub(super) async fn forget_rates(tx: &mut Conn) -> QueryResult<()> {
    diesel::delete(exchange_rates::table).execute(tx).await?;
    let others = markets::table.filter(markets::is_primary.eq(false));
    diesel::update(others).set(markets::active.eq(false)).execute(tx).await.map(drop)
}
