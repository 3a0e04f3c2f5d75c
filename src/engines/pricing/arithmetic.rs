//! Exact arithmetic on whole numbers: shares, half-up rounding; nothing here can overflow or panic.

/// One, in millionths.
pub const ONE: i128 = 1_000_000;

/// numerator / denominator, halves rounded up; both at least 0, the denominator above 0.
pub fn half_up(numerator: i128, denominator: i128) -> i128 {
    (2 * numerator + denominator) / (2 * denominator)
}

/// Splits an amount by weights: each gets its share rounded down, and what is left goes, one by one, to the largest remainders
/// (the first among equals). The parts sum up to the amount; no weight at all leaves everything at the first.
pub fn split(amount: i64, weights: &[i64]) -> Vec<i64> {
    let sum: i128 = weights.iter().map(|weight| i128::from((*weight).max(0))).sum();
    if sum == 0 {
        return (0..weights.len()).map(|at| if at == 0 { amount } else { 0 }).collect();
    }
    let product = |weight: i64| i128::from(amount) * i128::from(weight.max(0));
    let mut parts: Vec<i64> = weights.iter().map(|weight| (product(*weight) / sum) as i64).collect();
    let left = i128::from(amount) - parts.iter().map(|part| i128::from(*part)).sum::<i128>();
    let mut by_remainder: Vec<usize> = (0..weights.len()).collect();
    by_remainder.sort_by_key(|at| std::cmp::Reverse(product(weights[*at]) % sum));
    for at in by_remainder.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        parts[at] += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cents_go_to_the_largest_remainders() {
        assert_eq!(split(2540, &[7499, 8499, 9398]), [750, 850, 940]);
        assert_eq!(split(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(split(5, &[0, 0]), [5, 0]);
        assert_eq!(split(5, &[]), Vec::<i64>::new());
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(10_000))]
        #[test]
        fn parts_sum_up_and_are_within_one_of_their_share(
            amount in 0..1_000_000_000_i64, weights in proptest::collection::vec(0..10_000_000_i64, 1..30),
        ) {
            let parts = split(amount, &weights);
            proptest::prop_assert_eq!(parts.iter().sum::<i64>(), amount);
            let sum: i64 = weights.iter().sum();
            for (part, weight) in parts.iter().zip(&weights).filter(|_| sum > 0) {
                let distance = i128::from(*part) * i128::from(sum) - i128::from(amount) * i128::from(*weight);
                proptest::prop_assert!(distance.abs() < i128::from(sum));
            }
        }
    }
}
