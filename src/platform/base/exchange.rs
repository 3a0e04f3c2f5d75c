//! What an amount of one currency is in another: a rate as staff read it, one rounding, and how prices end. Whole numbers only.

use super::money::Currency;
use super::text_enum::text_enum;

/// One, in the hundred-millionths that rates are kept in.
const ONE: i128 = 100_000_000;

/// What one unit of a currency is worth in another, in hundred-millionths: 0.92 is 92000000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExchangeRate(i64);

impl ExchangeRate {
    pub const PAR: ExchangeRate = ExchangeRate(100_000_000);
    const MOST: i64 = 100_000_000_000_000;

    /// A rate from hundred-millionths; `None` below one of them and above a million.
    pub fn new(hundred_millionths: i64) -> Option<ExchangeRate> {
        (1..=Self::MOST).contains(&hundred_millionths).then_some(ExchangeRate(hundred_millionths))
    }

    pub fn get(self) -> i64 {
        self.0
    }

    /// Reads "0.9245" or "162,35", at most eight digits behind the point.
    pub fn parse(text: &str) -> Option<ExchangeRate> {
        let text = text.trim().replace(',', ".");
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 7 || part.len() > 8 || !digits(whole) || !digits(part) {
            return None;
        }
        let part: i64 = format!("{part:0<8}").parse().ok()?;
        ExchangeRate::new(whole.parse::<i64>().ok()? * 100_000_000 + part)
    }

    /// As it is typed: "0.9245".
    pub fn plain(self) -> String {
        let text = format!("{}.{:08}", self.0 / 100_000_000, self.0 % 100_000_000);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

text_enum! {
    /// How converted prices end: as they come, on a whole unit, on …,99 · …,95 · …,90.
    Ending { None = "none", Whole = "whole", To99 = "99", To95 = "95", To90 = "90" }
}

impl Ending {
    /// The amount that ends as the rule says, nearest to this one, the higher of two as near; in minor units. Something never becomes
    /// nothing. Currencies without minor units end on their last two digits, and are whole already.
    fn applied(self, amount: i128, currency: Currency) -> i128 {
        let whole = if currency.exponent() == 0 { 100 } else { i128::from(currency.scale()) };
        let end = match self {
            Ending::Whole if currency.exponent() > 0 => 0,
            Ending::None | Ending::Whole => return amount,
            Ending::To99 => whole - whole / 100,
            Ending::To95 => whole - whole / 20,
            Ending::To90 => whole - whole / 10,
        };
        let below = amount - (amount - end).rem_euclid(whole);
        let above = below + whole;
        if below >= amount.min(1) && amount - below < above - amount { below } else { above }
    }
}

/// The way from the shop's currency to that of a market.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exchange {
    pub from: Currency,
    pub to: Currency,
    pub rate: ExchangeRate,
    /// How prices of goods end.
    pub ending: Ending,
}

impl Exchange {
    /// Where nothing is exchanged.
    pub fn none(currency: Currency) -> Exchange {
        Exchange { from: currency, to: currency, rate: ExchangeRate::PAR, ending: Ending::None }
    }

    /// Whether amounts stay as they are.
    pub fn is_none(&self) -> bool {
        self.from == self.to
    }

    /// An amount that is no price of goods, in minor units: only exchanged, halves rounded up. Below zero is taken for none.
    pub fn amount(&self, amount: i64) -> i64 {
        if self.is_none() { amount } else { fitting(self.exact(amount)) }
    }

    /// The price of goods: exchanged, and made to end as the market's prices do. What costs nothing costs nothing there.
    pub fn price(&self, amount: i64) -> i64 {
        if self.is_none() || amount <= 0 {
            return amount;
        }
        fitting(self.ending.applied(self.exact(amount), self.to))
    }

    /// A price of goods in the market's currency that tax was taken out of, or put into, since it was exchanged: made to end anew.
    pub fn ended(&self, price: i64) -> i64 {
        if self.is_none() || price <= 0 {
            return price;
        }
        fitting(self.ending.applied(i128::from(price), self.to))
    }

    fn exact(&self, amount: i64) -> i128 {
        let (above, below) = self.fraction();
        half_up(i128::from(amount.max(0)) * above, below)
    }

    /// Minor units there for one minor unit here.
    fn fraction(&self) -> (i128, i128) {
        let rate = i128::from(self.rate.0);
        (rate * i128::from(self.to.scale()), ONE * i128::from(self.from.scale()))
    }
}

fn half_up(numerator: i128, denominator: i128) -> i128 {
    (2 * numerator + denominator) / (2 * denominator)
}

fn fitting(amount: i128) -> i64 {
    i64::try_from(amount).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn exchange(from: &str, to: &str, rate: &str, ending: Ending) -> Exchange {
        let currency = |code: &str| code.parse().expect("known");
        Exchange { from: currency(from), to: currency(to), rate: ExchangeRate::parse(rate).expect("a rate"), ending }
    }

    #[test]
    fn prices_are_exchanged_in_every_exponent_and_end_as_the_market_says() {
        let cases = [
            ("EUR", "CHF", "0.9245", Ending::None, 2999, 2773),
            ("EUR", "JPY", "162.35", Ending::None, 1999, 3245),
            ("JPY", "EUR", "0.00615953", Ending::None, 3245, 1999),
            ("EUR", "KWD", "0.33333", Ending::None, 1000, 3333),
            ("KWD", "JPY", "487,5", Ending::None, 1234, 602),
            ("EUR", "USD", "1.0832", Ending::To99, 2000, 2199),
            ("EUR", "USD", "1.0832", Ending::To95, 2000, 2195),
            ("EUR", "USD", "1.0832", Ending::To90, 2000, 2190),
            ("EUR", "USD", "1.0832", Ending::Whole, 2000, 2200),
            ("EUR", "USD", "1", Ending::To99, 30, 99),
            ("EUR", "USD", "1", Ending::Whole, 1, 100),
            ("EUR", "JPY", "162.35", Ending::To99, 1999, 3199),
            ("EUR", "JPY", "162.35", Ending::Whole, 1999, 3245),
            ("EUR", "KWD", "0.33333", Ending::To99, 1000, 2990),
            ("EUR", "USD", "1.5", Ending::To99, 0, 0),
        ];
        for (from, to, rate, ending, amount, there) in cases {
            assert_eq!(exchange(from, to, rate, ending).price(amount), there, "{amount} {from} at {rate} in {to}, {ending}");
        }
        let here = Exchange { ending: Ending::To99, ..Exchange::none(Currency::EUR) };
        assert_eq!((here.price(1234), here.amount(1234), here.ended(1234)), (1234, 1234, 1234), "nothing is exchanged");
        let dollars = exchange("EUR", "USD", "1.1", Ending::To99);
        assert_eq!((dollars.ended(1092), dollars.ended(1), dollars.ended(0)), (1099, 99, 0), "11.90 × 1.1 without 19 % is 10.92");
    }

    #[test]
    fn rates_are_read_and_told_to_the_last_digit() {
        assert_eq!(
            ["0.9245", "162,35", "1", "0.00000001"].map(|text| ExchangeRate::parse(text).expect("a rate").plain()),
            ["0.9245", "162.35", "1", "0.00000001"]
        );
        assert!(
            ["0", "-1", "1e3", "", ".5", "1.123456789", "10000000", "1000000.1"]
                .iter()
                .all(|text| ExchangeRate::parse(text).is_none())
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Against the fraction itself: amount × rate × 10^there ÷ 10^here.
        #[test]
        fn an_amount_is_the_half_up_of_the_exact_fraction(
            amount in 0..1_000_000_000_000_i64, rate in 1..=100_000_000_000_000_i64,
            from in prop::sample::select(vec!["EUR", "JPY", "KWD"]), to in prop::sample::select(vec!["USD", "KRW", "BHD"]),
        ) {
            let rate = ExchangeRate::new(rate).expect("a rate");
            let exchange = Exchange { rate, ..exchange(from, to, "1", Ending::None) };
            let digits = |code: &str| match code { "JPY" | "KRW" => 1_i128, "EUR" | "USD" => 100, _ => 1000 };
            let (a, b) = (i128::from(amount) * i128::from(rate.get()) * digits(to), 100_000_000 * digits(from));
            match i128::from(exchange.amount(amount)) {
                n if n == i128::from(i64::MAX) => prop_assert!(a / b >= n),
                n => prop_assert!((2 * n - 1) * b <= 2 * a && 2 * a < (2 * n + 1) * b),
            }
            prop_assert_eq!(exchange.price(amount), exchange.amount(amount), "no ending");
            let read = ExchangeRate::parse(&rate.plain());
            prop_assert_eq!(read, Some(rate));
        }

        #[test]
        fn a_price_ends_as_it_should_near_the_fraction_and_keeps_the_order(
            amount in 1..1_000_000_000_i64, more in 0..100_000_i64, rate in 1..=1_000_000_000_000_i64,
            ending in prop::sample::select(Ending::ALL), to in prop::sample::select(vec!["USD", "KRW", "BHD"]),
        ) {
            let rate = ExchangeRate::new(rate).expect("a rate");
            let exchange = Exchange { rate, ending, ..exchange("EUR", to, "1", Ending::None) };
            let (price, plain) = (exchange.price(amount), exchange.amount(amount));
            let whole = match to { "KRW" => 100, "USD" => 100, _ => 1000 };
            prop_assert!((price - plain).abs() <= whole);
            prop_assert!(price > 0 || plain == 0 && ending.applied(0, exchange.to) == 0);
            match ending {
                Ending::None => prop_assert_eq!(price, plain),
                Ending::Whole => prop_assert!(to == "KRW" || price % whole == 0),
                Ending::To99 => prop_assert_eq!(price % whole, whole / 100 * 99),
                Ending::To95 => prop_assert_eq!(price % whole, whole / 20 * 19),
                Ending::To90 => prop_assert_eq!(price % whole, whole / 10 * 9),
            }
            prop_assert!(exchange.price(amount + more) >= price, "what costs more costs no less there");
            prop_assert_eq!(exchange.ended(price), price, "what ends so stays");
        }
    }
}
