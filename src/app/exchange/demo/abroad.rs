//! The demo's second market: the United States, in dollars and without tax, with prices of its own for a few products. It opens last,
//! so that what Americans bought in the demo's past was paid in euros.

use anyhow::{Result, anyhow};

use super::past::{hire, must};
use super::prices;
use crate::engines::pricing::{ListDraft, Rounding};
use crate::platform::access::Role;
use crate::platform::base::{Currency, Day, Ending, ExchangeRate, Moment, Rate};
use crate::platform::db::Conn;
use crate::platform::i18n::Locale;
use crate::platform::settings::{self, DatedRate, MarketDraft, TaxDisplay, market_commands};

/// Who runs the demo shop; nobody knows the password.
const MANAGER: (&str, &str) = ("nele.arndt@example.com", "Nele Arndt");
/// Dollars for a euro: an example, no quotation of any day.
const RATE: &str = "1.16";
/// SKU, from how many pieces, cents; typed with tax as all of the demo's prices are: 179.00 is shown as 149.99.
const DOLLARS: [(&str, i32, i64); 5] = [
    ("STACK-OCHRE", 1, 17_900),
    ("STACK-SAGE", 1, 17_900),
    ("TLR-1956", 1, 119_000),
    ("INSTANT-W", 1, 16_700),
    ("TENT-2", 1, 29_700),
];

/// Opens the market in the steps of staff: what a euro is worth, the market, its price list.
pub async fn open(tx: &mut Conn, now: Moment) -> Result<()> {
    let shop = settings::queries::facts(tx).await.map_err(|broke| broke.0)?;
    let manager = hire(tx, MANAGER, Role::Manager).await?;
    let today = Day::of(now, shop.zone).date();
    let rate = ExchangeRate::parse(RATE).ok_or_else(|| anyhow!("the demo's rate cannot be read"))?;
    let rate = DatedRate { currency: Currency::USD, day: today, rate };
    must(market_commands::set_rate(tx, &manager, &rate, today, now).await)?;
    let all = market_commands::all(tx).await.map_err(|broke| broke.0)?;
    if let Some(kept) = all.into_iter().find(|market| market.primary) {
        let europe = MarketDraft { name: "Europe".parse()?, ..kept.draft };
        must(market_commands::save(tx, &manager, Some(kept.id), kept.version, &europe, now).await)?;
    }
    let america = MarketDraft {
        name: "United States".parse()?,
        active: true,
        countries: vec!["US".parse().map_err(|_| anyhow!("the demo knows no United States"))?],
        currency: Currency::USD,
        locale: Some(Locale::En),
        tax_display: TaxDisplay::Without,
        ending: Ending::To99,
    };
    let america = must(market_commands::save(tx, &manager, None, 0, &america, now).await)?;
    let list = ListDraft {
        name: "Dollars".parse()?,
        active: true,
        groups: None,
        markets: Some(vec![america]),
        currency: Currency::USD,
        from: None,
        until: None,
        off: Rate::ZERO,
        from_quantity: 1,
        rounding: Rounding::None,
    };
    prices::add_list(tx, &list, &DOLLARS, now).await
}
