//! The demo shop's own facts: name, countries, rates, ways of delivery, legal pages.

use crate::engines::payments;
use crate::engines::shipping::{self, MethodDraft, ShippingRefused};
use crate::engines::tax::{self, RateDraft, RatesRefused};
use crate::platform::base::{Country, Currency, Failed, Moment, Rate};
use crate::platform::db::Conn;
use crate::platform::i18n::Locale;
use crate::platform::settings::{LegalKind, ShopDraft, commands};

/// Country, name on bills, rate in millionths, where it was looked up.
const RATES: &[(&str, &str, i32, &str)] = &[
    ("US", "Sales tax", 0, "varies by state; none is charged in this demonstration"),
    ("CA", "GST", 50_000, "canada.ca"),
    ("GB", "VAT", 200_000, "gov.uk"),
    ("IE", "VAT", 230_000, "revenue.ie"),
    ("DE", "MwSt.", 190_000, "UStG § 12"),
    ("AT", "USt.", 200_000, "UStG § 10"),
    ("CH", "MWST", 81_000, "estv.admin.ch"),
    ("FR", "TVA", 200_000, "impots.gouv.fr"),
    ("NL", "btw", 210_000, "belastingdienst.nl"),
    ("BE", "btw/TVA", 210_000, "financien.belgium.be"),
];

/// Name, price in cents, free from, days.
type Way = (&'static str, i64, Option<i64>, (i32, i32));
/// Name of the zone, its countries, its ways.
const ZONES: &[(&str, &[&str], &[Way])] = &[
    ("United States", &["US"], &[("Standard", 690, Some(8_000), (3, 5)), ("Express", 1_690, None, (1, 2))]),
    ("Canada", &["CA"], &[("Standard", 1_290, Some(15_000), (4, 8))]),
    (
        "Europe",
        &["GB", "IE", "DE", "AT", "CH", "FR", "NL", "BE"],
        &[("Standard", 1_490, Some(15_000), (5, 9)), ("Express", 3_400, None, (2, 3))],
    ),
];

const LEGAL: &[(LegalKind, &str)] = &[
    (LegalKind::Terms, include_str!("../../../../assets/demo/terms.md")),
    (LegalKind::Privacy, include_str!("../../../../assets/demo/privacy.md")),
    (LegalKind::Imprint, include_str!("../../../../assets/demo/imprint.md")),
    (LegalKind::Returns, include_str!("../../../../assets/demo/returns.md")),
];

/// Why the demo's own tables are refused: never, unless this file is wrong.
#[derive(Debug)]
pub enum HouseRefused {
    Rates(RatesRefused),
    Shipping(ShippingRefused),
}

/// Furnishes the shop and opens it.
pub async fn furnish(tx: &mut Conn, now: Moment) -> Result<(), Failed<HouseRefused>> {
    commands::save_shop(tx, &facts()?, now).await?;
    for (kind, text) in LEGAL {
        commands::save_legal_page(tx, *kind, "", text.trim(), now).await?;
    }
    let mut rates = Vec::new();
    for (country, name, rate, source) in RATES {
        let source = (*source).to_owned();
        rates.push(RateDraft {
            country: parsed(country)?,
            name: (*name).to_owned(),
            rate: Rate(*rate),
            source,
            valid_from: None,
        });
    }
    tax::commands::save_rates(tx, &rates).await.map_err(|failed| failed.map(HouseRefused::Rates))?;
    for (name, countries, ways) in ZONES {
        add_zone(tx, name, countries, ways).await?;
    }
    for method in payments::Method::ALL {
        payments::sessions::offer(tx, *method, true, payments::Capture::Automatic).await?;
    }
    commands::open_shop(tx, true, now).await?;
    Ok(())
}

async fn add_zone(tx: &mut Conn, name: &str, countries: &[&str], ways: &[Way]) -> Result<(), Failed<HouseRefused>> {
    let countries: Result<Vec<Country>, Failed<HouseRefused>> = countries.iter().map(|code| parsed(code)).collect();
    let refused = |failed: Failed<ShippingRefused>| failed.map(HouseRefused::Shipping);
    let zone = shipping::commands::save_zone(tx, None, name, &countries?).await.map_err(refused)?;
    for (name, price, free_from, days) in ways {
        let draft = MethodDraft { name: (*name).to_owned(), price: *price, free_from: *free_from, days: *days, active: true };
        shipping::commands::save_method(tx, zone, None, &draft).await.map_err(refused)?;
    }
    Ok(())
}

fn facts() -> Result<ShopDraft, Failed<HouseRefused>> {
    let countries: Result<Vec<Country>, _> = RATES.iter().map(|(code, ..)| parsed(code)).collect();
    Ok(ShopDraft {
        name: parsed("Barrow")?,
        legal_name: parsed("Barrow Goods (a demonstration)")?,
        street: parsed("12 Market Row")?,
        postal_code: parsed("12534")?,
        city: parsed("Hudson, NY")?,
        country: parsed("US")?,
        phone: parsed("+1 518 555 0142")?,
        currency: Currency::USD,
        zone: chrono_tz::America::New_York,
        locale: Locale::En,
        countries: countries?,
        sender_email: parsed("shop@barrow.example")?,
        notice_email: Some(parsed("orders@barrow.example")?),
        prices_include_tax: true,
        bank_details: parsed(
            "Barrow Goods\nHudson River Bank\nAccount 000 123 456, routing 021 000 000\nIBAN for Europe: DE02 1203 0000 0000 2020 51, BIC BYLADEM1001",
        )?,
        announcement: parsed("Free delivery from $80 within the United States")?,
    })
}

fn parsed<T: std::str::FromStr>(text: &str) -> Result<T, Failed<HouseRefused>>
where
    T::Err: std::fmt::Display,
{
    text.parse().map_err(|why| anyhow::anyhow!("the demo says {text:?}, which is not accepted: {why}").into())
}
