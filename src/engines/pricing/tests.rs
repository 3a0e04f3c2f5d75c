//! The quote against an independent computation in fractions, and what it refuses.

use proptest::prelude::*;

use super::*;
use crate::platform::base::{Country, Currency, Quantity, Rate};

fn country() -> Country {
    "DE".parse().expect("assigned")
}

fn vat(rate: i32) -> TaxInput {
    TaxInput { name: "VAT".into(), country: country(), rate: Rate(rate) }
}

fn line(unit_price: i64, quantity: i32) -> LineInput {
    LineInput { unit_price, quantity: Quantity::new(quantity).expect("1 to 9999"), taxable: true, discount: 0 }
}

fn basket(tax_included: bool, lines: Vec<LineInput>, taxes: Vec<TaxInput>) -> QuoteInput {
    let shipping = Some(ShippingInput { name: "Post".into(), price: 490 });
    QuoteInput { currency: Currency::EUR, tax_included, lines, discounts: Vec::new(), shipping, taxes }
}

/// A fraction compared with a whole number by the rule itself: n is half-up(a / b) when n − ½ ≤ a / b < n + ½.
fn is_half_up(n: i64, a: i128, b: i128) -> bool {
    let n = i128::from(n);
    (2 * n - 1) * b <= 2 * a && 2 * a < (2 * n + 1) * b
}

#[test]
fn the_example_of_the_management_page_adds_up() {
    let mut input = basket(true, vec![line(7499, 1), line(8499, 1), line(4699, 2)], vec![vat(190_000)]);
    input.discounts = vec![DiscountInput { name: "WELCOME10".into(), amount: 2540 }];
    let quote = quote(&input).expect("a quote");
    assert_eq!((quote.goods_total, quote.discount_total, quote.shipping_total, quote.total), (25396, 2540, 490, 23346));
    assert_eq!(quote.lines.iter().map(|line| line.discount).collect::<Vec<_>>(), [750, 850, 940]);
    assert_eq!(quote.taxes.iter().map(|tax| tax.amount).collect::<Vec<_>>(), [1078, 1221, 1350, 78]);
    assert_eq!(quote.tax_total, 3727);
}

#[test]
fn tax_comes_on_top_where_prices_are_without() {
    let quote = quote(&basket(false, vec![line(1000, 3)], vec![vat(62_500), vat(20_000)])).expect("a quote");
    assert_eq!(quote.taxes.iter().map(|tax| tax.amount).collect::<Vec<_>>(), [188, 60, 31, 10]);
    assert_eq!(quote.total, 3000 + 490 + 289);
}

#[test]
fn what_is_free_of_tax_stays_so_and_shipping_with_it() {
    let quote = quote(&basket(true, vec![LineInput { taxable: false, ..line(1000, 1) }], vec![vat(190_000)])).expect("a quote");
    assert_eq!((quote.tax_total, quote.taxes.len(), quote.total), (0, 0, 1490));
    let nothing_taken = super::quote(&basket(true, vec![line(1000, 1)], Vec::new())).expect("a quote");
    assert_eq!((nothing_taken.tax_total, nothing_taken.total), (0, 1490));
}

#[test]
fn amounts_beyond_reason_are_refused_not_overflowed() {
    let refused = |input: &QuoteInput| quote(input).err();
    assert_eq!(refused(&basket(true, vec![line(i64::MAX, 9999)], vec![vat(190_000)])), Some(QuoteRefused::TooMuch));
    assert_eq!(refused(&basket(true, vec![line(100_000_000_000, 9999); 2], Vec::new())), Some(QuoteRefused::TooMuch));
    assert_eq!(refused(&basket(true, vec![line(-1, 1)], Vec::new())), Some(QuoteRefused::Nonsense));
    assert_eq!(
        refused(&basket(true, vec![LineInput { discount: 101, ..line(100, 1) }], Vec::new())),
        Some(QuoteRefused::Nonsense)
    );
    assert_eq!(refused(&basket(true, vec![line(100, 1)], vec![vat(-1)])), Some(QuoteRefused::Nonsense));
    let mut dear = basket(true, vec![line(1, 1)], vec![vat(1)]);
    dear.shipping = Some(ShippingInput { name: "Rocket".into(), price: i64::MAX });
    assert_eq!(refused(&dear), Some(QuoteRefused::TooMuch));
}

prop_compose! {
    fn a_line()(unit_price in 0..100_000_000_i64, quantity in 1..=9999_i32, taxable in any::<bool>(), percent in 0..=100_i64) -> LineInput {
        let discount = i64::try_from(i128::from(unit_price) * i128::from(quantity) * i128::from(percent) / 100).expect("small");
        LineInput { taxable, discount, ..line(unit_price, quantity) }
    }
}

prop_compose! {
    fn an_input()(
        tax_included in any::<bool>(), lines in prop::collection::vec(a_line(), 1..12), rates in prop::collection::vec(0..=1_000_000_i32, 0..3),
        shipping in prop::option::of(0..100_000_i64), off in prop::collection::vec(0..=100_i64, 0..3),
    ) -> QuoteInput {
        let mut left: i64 = lines.iter().map(|line| line.unit_price * i64::from(line.quantity.get()) - line.discount).sum();
        let discounts = off.into_iter().map(|percent| {
            let amount = i64::try_from(i128::from(left) * i128::from(percent) / 100).expect("small");
            left -= amount;
            DiscountInput { name: "off".into(), amount }
        }).collect();
        let shipping = shipping.map(|price| ShippingInput { name: "Post".into(), price });
        QuoteInput { currency: Currency::EUR, tax_included, lines, discounts, shipping, taxes: rates.into_iter().map(vat).collect() }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn every_sum_agrees_with_its_parts_and_every_tax_with_its_fraction(input in an_input()) {
        let quote = quote(&input).expect("reasonable amounts");
        let gross: i64 = input.lines.iter().map(|line| line.unit_price * i64::from(line.quantity.get())).sum();
        let off: i64 = input.lines.iter().map(|line| line.discount).sum::<i64>() + input.discounts.iter().map(|d| d.amount).sum::<i64>();
        let shipping = input.shipping.as_ref().map_or(0, |shipping| shipping.price);
        let taxes: i64 = quote.taxes.iter().map(|tax| tax.amount).sum();
        prop_assert_eq!((quote.goods_total, quote.discount_total, quote.shipping_total, quote.tax_total), (gross, off, shipping, taxes));
        prop_assert_eq!(quote.total, gross - off + shipping + if input.tax_included { 0 } else { taxes });
        prop_assert_eq!(quote.lines.iter().map(|line| line.total).sum::<i64>(), gross - off);
        let all: i64 = input.taxes.iter().map(|tax| i64::from(tax.rate.0)).sum();
        for (line, given) in quote.lines.iter().zip(&input.lines) {
            prop_assert!(line.discount >= given.discount && line.total >= 0);
            prop_assert_eq!(line.total, line.unit_price * i64::from(line.quantity.get()) - line.discount);
        }
        for tax in &quote.taxes {
            let base = match tax.on { TaxOn::Line(at) => quote.lines[at].total, TaxOn::Shipping => shipping };
            let part = i128::from(base) * i128::from(tax.rate.0);
            let whole = 1_000_000 + if tax.included { i128::from(all) } else { 0 };
            prop_assert!(is_half_up(tax.amount, part, whole), "{} of {} at {:?}", tax.amount, base, tax.rate);
        }
        let taxed_lines = input.lines.iter().filter(|line| line.taxable).count();
        let places = taxed_lines + usize::from(taxed_lines > 0 && input.shipping.is_some());
        prop_assert_eq!(quote.taxes.len(), places * input.taxes.len());
    }

    #[test]
    fn nothing_panics_whatever_the_numbers(
        unit_price in any::<i64>(), quantity in 1..=9999_i32, discount in any::<i64>(), off in any::<i64>(),
        shipping in any::<i64>(), rates in prop::collection::vec(any::<i32>(), 0..4), tax_included in any::<bool>(),
    ) {
        let mut input = basket(tax_included, vec![LineInput { discount, ..line(unit_price, quantity) }], rates.into_iter().map(vat).collect());
        input.discounts = vec![DiscountInput { name: "off".into(), amount: off }];
        input.shipping = Some(ShippingInput { name: "Post".into(), price: shipping });
        if let Ok(quote) = quote(&input) {
            prop_assert!((0..=model::MOST).contains(&quote.total));
        }
    }
}
