//! How a computed price is made to end, per currency.

use crate::platform::base::{Currency, text_enum};

text_enum! {
    /// How prices end that a percentage is taken off: …,99 · …,95 · on a multiple of five cents · as they come.
    Rounding { None = "none", To99 = "99", To95 = "95", To5 = "5" }
}

impl Rounding {
    /// The key of its words.
    pub fn key(self) -> &'static str {
        match self {
            Rounding::None => "pricing-rounding-none",
            Rounding::To99 => "pricing-rounding-99",
            Rounding::To95 => "pricing-rounding-95",
            Rounding::To5 => "pricing-rounding-5",
        }
    }

    /// The amount that ends as the rule says, nearest to this one, the higher of two as near; in minor units. Never above `most` and never
    /// nothing for something: where no such amount is left, it stays as it is. Currencies without minor units end on their last two digits.
    pub fn applied(self, amount: i64, most: i64, currency: Currency) -> i64 {
        let whole = if currency.exponent() == 0 { 100 } else { currency.scale() };
        let (step, end) = match self {
            Rounding::None => return amount,
            Rounding::To99 => (whole, whole - whole / 100),
            Rounding::To95 => (whole, whole - whole / 20),
            Rounding::To5 => (whole / 20, 0),
        };
        let below = amount - (amount - end).rem_euclid(step);
        let above = below + step;
        let near = if amount - below < above - amount { [below, above] } else { [above, below] };
        let least = amount.min(1);
        near.into_iter().find(|price| (least..=most).contains(price)).unwrap_or(amount)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn currency(code: &str) -> Currency {
        code.parse().expect("known")
    }

    #[test]
    fn prices_end_as_the_rule_says_in_each_currency() {
        let cases = [
            (Rounding::To99, "EUR", 1263, 1299),
            (Rounding::To99, "EUR", 1240, 1199),
            (Rounding::To95, "EUR", 1263, 1295),
            (Rounding::To5, "EUR", 1263, 1265),
            (Rounding::To5, "CHF", 1262, 1260),
            (Rounding::None, "EUR", 1263, 1263),
            (Rounding::To99, "JPY", 1263, 1299),
            (Rounding::To5, "JPY", 1263, 1265),
            (Rounding::To99, "KWD", 12_630, 12_990),
            (Rounding::To95, "KWD", 12_630, 12_950),
            (Rounding::To5, "KWD", 12_630, 12_650),
        ];
        for (rule, code, amount, rounded) in cases {
            assert_eq!(rule.applied(amount, 100_000, currency(code)), rounded, "{rule} of {amount} {code}");
        }
        assert_eq!(Rounding::To99.applied(1263, 1280, Currency::EUR), 1199, "never dearer than before");
        assert_eq!(Rounding::To99.applied(50, 60, Currency::EUR), 50, "nothing of the kind is left");
        assert_eq!(Rounding::To5.applied(2, 60, Currency::EUR), 5, "something never costs nothing");
        assert_eq!(Rounding::To5.applied(0, 60, Currency::EUR), 0);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]
        #[test]
        fn it_stays_near_and_below_and_ends_as_it_should(
            amount in 0..100_000_000_i64, more in 0..10_000_i64, rule in prop::sample::select(Rounding::ALL),
            code in prop::sample::select(vec!["EUR", "JPY", "KWD"]),
        ) {
            let (currency, most) = (currency(code), amount + more);
            let whole = if code == "JPY" { 100 } else { currency.scale() };
            let rounded = rule.applied(amount, most, currency);
            prop_assert!((0..=most).contains(&rounded) && (rounded > 0 || amount == 0));
            prop_assert!((rounded - amount).abs() <= whole);
            let ends = match rule {
                Rounding::None => rounded == amount,
                Rounding::To99 => rounded % whole == whole / 100 * 99,
                Rounding::To95 => rounded % whole == whole / 20 * 19,
                Rounding::To5 => rounded % (whole / 20) == 0,
            };
            prop_assert!(ends || rounded == amount && more < whole, "{rounded} of {amount}");
        }
    }
}
