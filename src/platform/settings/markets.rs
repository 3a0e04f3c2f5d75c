//! Markets: where the shop sells in which currency, and whether prices are shown there with their tax.

use chrono::NaiveDate;
use serde::Deserialize;

use super::model::ShopFacts;
use crate::platform::base::{Broke, Country, Currency, Ending, Exchange, ExchangeRate, MarketId, text_enum};
use crate::platform::i18n::Locale;

text_enum! {
    /// How prices are shown in a market: as staff type them, or always with their tax, or without.
    TaxDisplay { Entered = "entered", With = "with", Without = "without" }
}

/// A market that shoppers can choose.
#[derive(Clone, Debug, PartialEq)]
pub struct Market {
    pub id: MarketId,
    pub name: String,
    /// The shop's own: every country that no other market has.
    pub primary: bool,
    /// Empty for the primary market.
    pub countries: Vec<Country>,
    /// What its visitors read who chose no language; `None`: as their browser says.
    pub locale: Option<Locale>,
    pub exchange: Exchange,
    pub tax_display: TaxDisplay,
}

impl Market {
    /// The market of a shop that has no other.
    pub fn only(currency: Currency) -> Market {
        Market {
            id: MarketId(0),
            name: String::new(),
            primary: true,
            countries: Vec::new(),
            locale: None,
            exchange: Exchange::none(currency),
            tax_display: TaxDisplay::Entered,
        }
    }

    /// Whether prices are shown with their tax, where they are typed as `entered` says.
    pub fn shows_tax(&self, entered: bool) -> bool {
        match self.tax_display {
            TaxDisplay::Entered => entered,
            TaxDisplay::With => true,
            TaxDisplay::Without => false,
        }
    }
}

/// A market as it lies in the database.
#[derive(Deserialize)]
pub(super) struct Kept {
    id: MarketId,
    name: String,
    is_primary: bool,
    currency: Option<String>,
    locale: Option<Locale>,
    tax_display: TaxDisplay,
    rounding: Ending,
    countries: Vec<String>,
    rate: Option<i64>,
}

/// The active markets as JSON, each with its countries and today's rate; the primary one first of those at the same place.
pub(super) const ACTIVE: &str = "coalesce((select jsonb_agg(jsonb_build_object(
    'id', m.id, 'name', m.name, 'is_primary', m.is_primary, 'currency', m.currency, 'locale', m.locale, 'tax_display', m.tax_display,
    'rounding', m.rounding, 'countries', array(select c.country from market_countries c where c.market_id = m.id order by c.country),
    'rate', (select r.rate from exchange_rates r where r.currency = m.currency order by r.day desc limit 1))
    order by m.position, m.is_primary desc, m.id) from markets m where m.active), '[]'::jsonb)";

impl Kept {
    /// `None`: it has another currency and no rate, so that nothing has a price there.
    fn market(self, home: Currency) -> Result<Option<Market>, Broke> {
        let own = match self.currency {
            None => home,
            Some(code) => code.parse().map_err(|()| anyhow::anyhow!("{code} is no currency"))?,
        };
        let rate = if own == home { Some(ExchangeRate::PAR) } else { self.rate.and_then(ExchangeRate::new) };
        Ok(rate.map(|rate| Market {
            id: self.id,
            name: self.name,
            primary: self.is_primary,
            countries: self.countries.iter().filter_map(|code| code.parse().ok()).collect(),
            locale: self.locale,
            exchange: Exchange { from: home, to: own, rate, ending: self.rounding },
            tax_display: self.tax_display,
        }))
    }
}

/// The markets that shoppers can choose, of what the database says.
pub(super) fn markets(kept: serde_json::Value, home: Currency) -> Result<Vec<Market>, Broke> {
    let kept: Vec<Kept> = serde_json::from_value(kept)?;
    let read: Vec<Option<Market>> = kept.into_iter().map(|one| one.market(home)).collect::<Result<_, _>>()?;
    Ok(read.into_iter().flatten().collect())
}

impl ShopFacts {
    /// The facts as the visitors of a market see them: its currency, and prices with tax or without.
    pub fn in_market(&self, market: &Market) -> ShopFacts {
        let currency = market.exchange.to;
        let prices_include_tax = market.shows_tax(self.entered_with_tax);
        ShopFacts { currency, prices_include_tax, market: market.clone(), ..self.clone() }
    }

    /// The market of this id, if shoppers can choose it.
    pub fn market_by_id(&self, id: MarketId) -> Option<&Market> {
        self.markets.iter().find(|market| market.id == id)
    }

    /// The market that sells to a country: the one that has it, else the primary one.
    pub fn market_of(&self, country: Country) -> &Market {
        let named = self.markets.iter().find(|market| market.countries.contains(&country));
        named.or_else(|| self.markets.iter().find(|market| market.primary)).unwrap_or(&self.market)
    }

    /// Where a visitor of the market is taken to live before they say so.
    pub fn usual_country(&self) -> Country {
        self.market.countries.first().copied().unwrap_or(self.country)
    }

    /// Whether prices are shown otherwise than they are typed, as far as tax goes.
    pub fn turns_tax(&self) -> bool {
        self.prices_include_tax != self.entered_with_tax
    }

    /// Whether pages say if tax is in a price: where markets may differ.
    pub fn tells_tax(&self) -> bool {
        self.turns_tax() || self.markets.len() > 1
    }

    /// The key of what stands beside a price that is shown otherwise than people there may expect; `None`: nothing need be said.
    pub fn tax_note(&self) -> Option<&'static str> {
        match (self.prices_include_tax, self.turns_tax(), self.tells_tax()) {
            (false, _, true) => Some("shell-price-without-tax"),
            (true, true, _) => Some("shell-price-with-tax"),
            _ => None,
        }
    }

    /// Whether amounts are shown as everybody sees them who knows of no markets.
    pub fn is_plain(&self) -> bool {
        self.market.primary && !self.turns_tax()
    }

    /// The currency of the shop itself, in which staff type.
    pub fn home_currency(&self) -> Currency {
        self.market.exchange.from
    }
}

/// What staff wrote down of a currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatedRate {
    pub currency: Currency,
    pub day: NaiveDate,
    pub rate: ExchangeRate,
}
