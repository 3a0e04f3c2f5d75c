//! Reads of the settings.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Jsonb;
use diesel_async::RunQueryDsl;

use super::announcement::announced;
use super::markets::{self, Market};
use super::model::{LegalKind, ShopFacts, StockRules};
use super::sections::LegalText;
use super::taxes::tax_rules;
use super::third_parties::third_parties;
use crate::platform::access::Person;
use crate::platform::base::{Broke, Country, Currency, Ending, Exchange, ExchangeRate, MediaId, Moment, Money};
use crate::platform::db::Conn;
use crate::platform::i18n::{Locale, Translations};
use crate::platform::schema::{exchange_rates, legal_pages, settings};

#[derive(Queryable, Selectable)]
#[diesel(table_name = settings)]
struct Row {
    shop_name: String,
    legal_name: String,
    street: String,
    postal_code: String,
    city: String,
    country: String,
    phone: String,
    currency: String,
    time_zone: String,
    locale: Locale,
    countries: Vec<String>,
    sender_email: String,
    notice_email: String,
    prices_include_tax: bool,
    unpaid_days: i32,
    reservation_minutes: i32,
    bank_details: String,
    logo_media_id: Option<MediaId>,
    demo: bool,
    opened_at: Option<Moment>,
    version: i32,
    translations: Translations,
    lowest_price: Option<bool>,
}

/// The shop's facts, read afresh; handlers take them from `shell::Page` instead.
pub async fn facts(conn: &mut Conn) -> Result<ShopFacts, Broke> {
    let both = (Row::as_select(), sql::<Jsonb>(markets::ACTIVE));
    let (row, kept): (Row, serde_json::Value) = settings::table.select(both).first(conn).await?;
    let legal: Vec<(LegalKind, String, Translations)> = legal_pages::table
        // What is kept of people is always said, whether staff add words of their own or not.
        .filter(legal_pages::body.ne("").or(legal_pages::kind.eq(LegalKind::Privacy)))
        .select((legal_pages::kind, legal_pages::title, legal_pages::translations))
        .order(legal_pages::kind)
        .load(conn)
        .await?;
    let zone = row.time_zone.parse()?;
    let country: Country = row.country.parse()?;
    let currency = row.currency.parse().map_err(|()| anyhow::anyhow!("the settings' currency is no ISO 4217 code"))?;
    let markets = markets::markets(kept, currency)?;
    let market = markets.iter().find(|market| market.primary).cloned().unwrap_or_else(|| Market::only(currency));
    Ok(ShopFacts {
        name: row.shop_name,
        legal_name: row.legal_name,
        street: row.street,
        postal_code: row.postal_code,
        city: row.city,
        country,
        phone: row.phone,
        currency,
        zone,
        locale: row.locale,
        countries: row.countries.iter().filter_map(|code| code.parse::<Country>().ok()).collect(),
        sender_email: row.sender_email,
        notice_email: row.notice_email,
        prices_include_tax: market.shows_tax(row.prices_include_tax),
        entered_with_tax: row.prices_include_tax,
        market,
        markets,
        tax: tax_rules(conn).await?,
        lowest_price: row.lowest_price.unwrap_or(country.is_in_the_eu()),
        unpaid_days: row.unpaid_days,
        reservation_minutes: row.reservation_minutes,
        bank_details: row.translations.wording("bank_details", row.bank_details),
        announcement: announced(conn, zone).await?,
        logo: row.logo_media_id,
        demo: row.demo,
        opened_at: row.opened_at,
        version: row.version,
        legal: legal.into_iter().map(|(kind, title, words)| (kind, words.wording("title", title))).collect(),
        third_parties: third_parties(conn).await?,
    })
}

/// Above which amount (minor units) a refund asks for a fresh proof of who acts; `None`: none does.
pub async fn refund_proof_above(conn: &mut Conn) -> QueryResult<Option<i64>> {
    settings::table.select(settings::refund_proof_above).first(conn).await
}

/// How staff want the stock to be watched and sent.
pub async fn stock_rules(conn: &mut Conn) -> QueryResult<StockRules> {
    let (low_stock, routing) = settings::table.select((settings::low_stock, settings::stock_routing)).first(conn).await?;
    Ok(StockRules { low_stock, routing })
}

/// Whether paying back this amount asks whoever does it for a fresh proof first. The limit is in the shop's currency; in others it is what
/// the latest rate makes of it, and without a rate any amount asks.
pub async fn asks_proof(conn: &mut Conn, person: &Person, back: Money, now: Moment) -> Result<bool, Broke> {
    let rate = exchange_rates::table
        .filter(exchange_rates::currency.eq(back.currency.code()))
        .order(exchange_rates::day.desc())
        .limit(1)
        .select(exchange_rates::rate)
        .single_value();
    let columns = (settings::refund_proof_above, settings::currency, rate);
    let (above, home, rate): (Option<i64>, String, Option<i64>) = settings::table.select(columns).first(conn).await?;
    let Some(above) = above.filter(|_| !person.is_fresh(now)) else { return Ok(false) };
    let from: Currency = home.parse().map_err(|()| anyhow::anyhow!("the settings' currency is no ISO 4217 code"))?;
    let rate = if from == back.currency { Some(ExchangeRate::PAR) } else { rate.and_then(ExchangeRate::new) };
    let exchange = rate.map(|rate| Exchange { from, to: back.currency, rate, ending: Ending::None });
    Ok(exchange.is_none_or(|exchange| back.amount > exchange.amount(above)))
}

/// A legal page as typed.
pub async fn legal_text(conn: &mut Conn, kind: LegalKind) -> QueryResult<LegalText> {
    let columns = (legal_pages::title, legal_pages::body, legal_pages::translations);
    let (title, body, translations) = legal_pages::table.find(kind).select(columns).first(conn).await?;
    Ok(LegalText { title, body, translations })
}
