//! What a price that includes tax becomes where other rates are taken.

use super::arithmetic::{ONE, half_up};
use crate::platform::base::Rate;

/// The price of the same net: `price` × (1 + `to`) / (1 + `from`), halves rounded up once, in minor units. Prices and rates below zero are
/// taken for none.
pub fn carried(price: i64, from: Rate, to: Rate) -> i64 {
    if from == to {
        return price;
    }
    let with = |rate: Rate| ONE + i128::from(rate.0.max(0));
    i64::try_from(half_up(i128::from(price.max(0)) * with(to), with(from))).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_net_stays_and_the_price_follows_the_rate() {
        assert_eq!(carried(11_900, Rate(190_000), Rate(200_000)), 12_000);
        assert_eq!(carried(11_900, Rate(190_000), Rate::ZERO), 10_000);
        assert_eq!(carried(999, Rate(190_000), Rate(255_000)), 1054, "999 × 1.255 ÷ 1.19 = 1053.57");
        assert_eq!(carried(1000, Rate::ZERO, Rate(81_000)), 1081);
        assert_eq!((carried(0, Rate(1), Rate(2)), carried(777, Rate(70_000), Rate(70_000))), (0, 777));
        assert_eq!(carried(i64::MAX, Rate::ZERO, Rate(1_000_000)), i64::MAX);
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(10_000))]
        #[test]
        fn it_is_the_half_up_of_the_exact_fraction(price in 0..1_000_000_000_000_i64, from in 0..=1_000_000_i32, to in 0..=1_000_000_i32) {
            let (n, a, b) = (i128::from(carried(price, Rate(from), Rate(to))), i128::from(price) * (1_000_000 + i128::from(to)), 1_000_000 + i128::from(from));
            proptest::prop_assert!((2 * n - 1) * b <= 2 * a && 2 * a < (2 * n + 1) * b);
            // Of the net that this price has there, none is more than half a minor unit away from the net at home.
            let away = n * (1_000_000 + i128::from(from)) - i128::from(price) * (1_000_000 + i128::from(to));
            proptest::prop_assert!(2 * away.abs() <= 1_000_000 + i128::from(from));
        }
    }
}
