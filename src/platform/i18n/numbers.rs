//! Money, numbers and country names as a language writes them, from ICU's data.

use std::sync::LazyLock;

use icu::collator::CollatorBorrowed;
use icu::collator::options::CollatorOptions;
use icu::decimal::DecimalFormatter;
use icu::decimal::input::Decimal;
use icu::experimental::displaynames::multi::RegionDisplayNames;
use icu::locale::subtags::Region;
use icu::locale::{Locale as IcuLocale, locale};

use super::{Locale, Words};
use crate::platform::base::{Country, Money};

struct Formats {
    number: DecimalFormatter,
    regions: RegionDisplayNames,
    collator: CollatorBorrowed<'static>,
}

impl Formats {
    fn load(locale: IcuLocale) -> Formats {
        Formats {
            number: DecimalFormatter::try_new((&locale).into(), Default::default()).expect("compiled number data"),
            regions: RegionDisplayNames::try_new((&locale).into(), Default::default()).expect("compiled region data"),
            collator: icu::collator::Collator::try_new((&locale).into(), CollatorOptions::default())
                .expect("compiled collation data"),
        }
    }
}

static EN: LazyLock<Formats> = LazyLock::new(|| Formats::load(locale!("en")));
static DE: LazyLock<Formats> = LazyLock::new(|| Formats::load(locale!("de")));

fn formats(locale: Locale) -> &'static Formats {
    match locale {
        Locale::En => &EN,
        Locale::De => &DE,
    }
}

impl Words {
    /// An amount as the language writes it: "$42.90", "42,90 €", "CHF 42.90".
    pub fn money(&self, money: Money) -> String {
        let mut value = Decimal::from(money.amount.unsigned_abs());
        value.multiply_pow10(-(money.currency.exponent() as i16));
        self.with_symbol(money, &formats(self.locale).number.format(&value).to_string())
    }

    /// The same without the digits behind the point, where they are all nought: "$2,500".
    pub fn money_whole(&self, money: Money) -> String {
        match money.amount % money.currency.scale() {
            0 => self.with_symbol(money, &self.number((money.amount / money.currency.scale()).abs())),
            _ => self.money(money),
        }
    }

    fn with_symbol(&self, money: Money, number: &str) -> String {
        let symbol = match money.currency.code() {
            "USD" => "$",
            "EUR" => "€",
            "GBP" => "£",
            "JPY" => "¥",
            code => code,
        };
        let sign = if money.amount < 0 { "−" } else { "" };
        match self.locale {
            Locale::En if symbol.len() > 2 && symbol.is_ascii() => format!("{sign}{symbol}\u{a0}{number}"),
            Locale::En => format!("{sign}{symbol}{number}"),
            Locale::De => format!("{sign}{number}\u{a0}{symbol}"),
        }
    }

    /// A number with digits behind the point: `decimal(1250, 2)` is "12.5".
    pub fn decimal(&self, number: i64, digits: i16) -> String {
        let mut value = Decimal::from(number);
        value.multiply_pow10(-digits);
        value.trim_end();
        formats(self.locale).number.format(&value).to_string()
    }

    /// A whole number with the language's grouping: "12,345".
    pub fn number(&self, number: impl Into<i64>) -> String {
        formats(self.locale).number.format(&Decimal::from(number.into())).to_string()
    }
}

pub(super) fn country_name(locale: Locale, country: Country) -> String {
    let region = Region::try_from_str(country.code()).ok();
    let name = region.and_then(|region| formats(locale).regions.of(region));
    name.map_or_else(|| country.to_string(), str::to_owned)
}

pub(super) fn sort_by_name(locale: Locale, named: &mut [(Country, String)]) {
    let collator = &formats(locale).collator;
    named.sort_by(|a, b| collator.compare(&a.1, &b.1));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::base::Currency;

    #[test]
    fn money_is_written_as_the_language_does() {
        let (en, de) = (Words::new(Locale::En), Words::new(Locale::De));
        let francs: Currency = "CHF".parse().expect("francs");
        let yen: Currency = "JPY".parse().expect("yen");
        assert_eq!(en.money(Money::new(123_456, Currency::USD)), "$1,234.56");
        assert_eq!(de.money(Money::new(123_456, Currency::EUR)), "1.234,56\u{a0}€");
        assert_eq!(en.money(Money::new(4290, francs)), "CHF\u{a0}42.90");
        assert_eq!(en.money(Money::new(500, yen)), "¥500");
        assert_eq!(en.money(Money::new(-5, Currency::USD)), "−$0.05");
    }

    #[test]
    fn countries_have_names() {
        let de = Words::new(Locale::De);
        assert_eq!(de.country("AT".parse().expect("code")), "Österreich");
        assert_eq!(de.countries(Country::all()).len(), Country::all().count());
    }
}
