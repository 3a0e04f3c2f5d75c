//! The demo shop's own facts: name, countries, rates, ways of delivery, legal pages.

use super::german::german;
use super::shelf::german::WAYS;
use crate::engines::payments;
use crate::engines::shipping::{self, MethodDraft, ShippingRefused, Spot, ZoneDraft};
use crate::engines::tax::{self, RateDraft, RatesRefused};
use crate::platform::base::{Country, Currency, Failed, Moment, Rate};
use crate::platform::db::Conn;
use crate::platform::i18n::{Locale, Said, Translations, Wording};
use crate::platform::settings::{Announcement, General, LegalKind, LegalText, Payment, commands};

/// Country, name on bills, rate in millionths, where it was looked up; in the order of the checkout.
const RATES: &[(&str, &str, i32, &str)] = &[
    ("DE", "MwSt.", 190_000, "UStG § 12"),
    ("AT", "USt.", 200_000, "UStG § 10"),
    ("BE", "btw/TVA", 210_000, "financien.belgium.be"),
    ("DK", "moms", 250_000, "skat.dk"),
    ("FR", "TVA", 200_000, "impots.gouv.fr"),
    ("IE", "VAT", 230_000, "revenue.ie"),
    ("IT", "IVA", 220_000, "agenziaentrate.gov.it"),
    ("LU", "TVA", 170_000, "guichet.public.lu"),
    ("NL", "btw", 210_000, "belastingdienst.nl"),
    ("PL", "VAT", 230_000, "podatki.gov.pl"),
    ("ES", "IVA", 210_000, "agenciatributaria.es"),
    ("GB", "VAT", 200_000, "gov.uk"),
    ("CH", "MWST", 81_000, "estv.admin.ch"),
    ("US", "Sales tax", 0, "varies by state; none is charged in this demonstration"),
];

/// Name, price in cents, free from, days.
type Way = (&'static str, i64, Option<i64>, (i32, i32));
/// Name of the zone, its countries, its ways.
const ZONES: &[(&str, &[&str], &[Way])] = &[
    ("Germany", &["DE"], &[("Standard", 490, Some(6_000), (2, 3)), ("Express", 1_290, None, (1, 1))]),
    (
        "Europe",
        &["AT", "BE", "DK", "FR", "IE", "IT", "LU", "NL", "PL", "ES", "GB", "CH"],
        &[("Standard", 1_190, Some(15_000), (3, 6)), ("Express", 2_900, None, (2, 3))],
    ),
    ("United States", &["US"], &[("Standard", 2_900, None, (6, 12))]),
];
/// A zone of parts of countries that cost more to reach: Northern Ireland, the Canaries, Corsica.
const FAR: (&str, &[&str], &[Way]) = ("Islands", &["GB BT", "ES 35", "ES 38", "FR 20"], &[("Standard", 2_490, None, (5, 9))]);

/// Kind, English, German.
const LEGAL: [(LegalKind, &str, &str); 4] = [
    (LegalKind::Terms, include_str!("../../../../assets/demo/terms.md"), include_str!("../../../../assets/demo/de/terms.md")),
    (
        LegalKind::Privacy,
        include_str!("../../../../assets/demo/privacy.md"),
        include_str!("../../../../assets/demo/de/privacy.md"),
    ),
    (
        LegalKind::Imprint,
        include_str!("../../../../assets/demo/imprint.md"),
        include_str!("../../../../assets/demo/de/imprint.md"),
    ),
    (
        LegalKind::Returns,
        include_str!("../../../../assets/demo/returns.md"),
        include_str!("../../../../assets/demo/de/returns.md"),
    ),
];

/// Why the demo's own tables are refused: never, unless this file is wrong.
#[derive(Debug)]
pub enum HouseRefused {
    Rates(RatesRefused),
    Shipping(ShippingRefused),
}

/// Furnishes the shop and opens it.
pub async fn furnish(tx: &mut Conn, now: Moment) -> Result<(), Failed<HouseRefused>> {
    let legal = LEGAL.map(|(kind, english, in_german)| {
        let translations = Translations::of([("body", german(in_german.trim()))]);
        (kind, LegalText { title: String::new(), body: english.trim().to_owned(), translations })
    });
    if !commands::open_demo(tx, "barrow demo", &general()?, &payment(), &announcement(), &legal, now).await? {
        return Ok(());
    }
    let mut rates = Vec::new();
    for (country, name, rate, source) in RATES {
        let source = (*source).to_owned();
        rates.push(RateDraft { country: parsed(country)?, name: (*name).to_owned(), rate: Rate(*rate), source });
    }
    tax::commands::save_rates(tx, &rates, now.date_naive()).await.map_err(|failed| failed.map(HouseRefused::Rates))?;
    for (name, countries, ways) in ZONES {
        let countries: Result<Vec<Country>, Failed<HouseRefused>> = countries.iter().map(|code| parsed(code)).collect();
        let name = (*name).to_owned();
        add_zone(tx, ZoneDraft { name, countries: countries?, ..ZoneDraft::default() }, ways).await?;
    }
    let spots: Result<Vec<Spot>, _> = FAR.1.iter().map(|spot| spot.parse()).collect();
    let spots = spots.map_err(anyhow::Error::from)?;
    add_zone(tx, ZoneDraft { name: FAR.0.to_owned(), spots, ..ZoneDraft::default() }, FAR.2).await?;
    for method in payments::Method::ALL {
        payments::sessions::offer(tx, *method, true, payments::Capture::Automatic).await?;
    }
    Ok(())
}

async fn add_zone(tx: &mut Conn, draft: ZoneDraft, ways: &[Way]) -> Result<(), Failed<HouseRefused>> {
    let refused = |failed: Failed<ShippingRefused>| failed.map(HouseRefused::Shipping);
    let zone = shipping::commands::save_zone(tx, None, &draft).await.map_err(refused)?;
    for (name, price, free_from, days) in ways {
        let other = WAYS.iter().find(|(english, _)| english == name).map_or("", |(_, german)| german);
        let name = Wording::new(*name, german(other));
        let draft = MethodDraft::flat(name, *price, *free_from, *days);
        shipping::commands::save_method(tx, zone, None, &draft).await.map_err(refused)?;
    }
    Ok(())
}

fn general() -> Result<General, Failed<HouseRefused>> {
    let countries: Result<Vec<Country>, _> = RATES.iter().map(|(code, ..)| parsed(code)).collect();
    Ok(General {
        name: "Barrow".into(),
        legal_name: "Barrow Goods (a demonstration)".into(),
        street: "Marktgasse 12".into(),
        postal_code: "04109".into(),
        city: "Leipzig".into(),
        country: parsed("DE")?,
        phone: "+49 341 5550 142".into(),
        currency: Currency::EUR,
        zone: chrono_tz::Europe::Berlin,
        locale: Locale::En,
        countries: countries?,
        sender_email: "shop@barrow.example".into(),
        notice_email: "orders@barrow.example".into(),
        prices_include_tax: true,
    })
}

fn announcement() -> Announcement {
    let texts = Said::of([
        (Locale::En, "Free delivery within Germany from €60 · 30 days to change your mind".to_owned()),
        (Locale::De, "Ab 60 € liefern wir kostenlos · 30 Tage Rückgaberecht".to_owned()),
    ]);
    Announcement { texts, shown: true, zone: chrono_tz::Europe::Berlin, ..Announcement::default() }
}

fn payment() -> Payment {
    let account = "Barrow Goods\nIBAN DE02 1203 0000 0000 2020 51\nBIC BYLADEM1001";
    Payment { bank_details: Wording::new(account, german(account)), unpaid_days: 7, reservation_minutes: 20 }
}

fn parsed<T: std::str::FromStr>(text: &str) -> Result<T, Failed<HouseRefused>>
where
    T::Err: std::fmt::Display,
{
    text.parse().map_err(|why| anyhow::anyhow!("the demo says {text:?}, which is not accepted: {why}").into())
}
