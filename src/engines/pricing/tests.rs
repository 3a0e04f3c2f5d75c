//! The quote against an independent computation in fractions, and what it refuses.

use proptest::prelude::*;

use super::*;
use crate::platform::base::{Country, Currency, Quantity, Rate};

fn country() -> Country {
    "DE".parse().expect("assigned")
}

fn vat(rate: i32) -> TaxInput {
    TaxInput { name: "VAT".into(), country: country(), region: String::new(), class: "Standard".into(), rate: Rate(rate) }
}

fn line(unit_price: i64, quantity: i32) -> LineInput {
    LineInput { unit_price, quantity: Quantity::new(quantity).expect("1 to 9999"), discount: 0, taxes: Vec::new() }
}

fn off(amount: i64, reach: Reach) -> DiscountInput {
    DiscountInput { name: "off".into(), names: Default::default(), promotion: None, code: None, amount, reach }
}

fn basket(tax_included: bool, lines: Vec<LineInput>, taxes: Vec<TaxInput>) -> QuoteInput {
    let lines = lines.into_iter().map(|line| LineInput { taxes: taxes.clone(), ..line }).collect();
    let shipping = Some(ShippingInput { name: "Post".into(), price: 490, taxes });
    QuoteInput { currency: Currency::EUR, tax_included, lines, discounts: Vec::new(), shipping }
}

/// A fraction compared with a whole number by the rule itself: n is half-up(a / b) when n − ½ ≤ a / b < n + ½.
fn is_half_up(n: i64, a: i128, b: i128) -> bool {
    let n = i128::from(n);
    (2 * n - 1) * b <= 2 * a && 2 * a < (2 * n + 1) * b
}

#[test]
fn the_example_of_the_management_page_adds_up() {
    let mut input = basket(true, vec![line(7499, 1), line(8499, 1), line(4699, 2)], vec![vat(190_000)]);
    input.discounts = vec![off(2540, Reach::Order)];
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
    let mut input = basket(true, vec![line(1000, 1), line(2000, 1)], vec![vat(190_000)]);
    input.lines[0].taxes = Vec::new();
    input.shipping = Some(ShippingInput { name: "Post".into(), price: 490, taxes: Vec::new() });
    let quote = quote(&input).expect("a quote");
    assert_eq!((quote.tax_total, quote.taxes.len(), quote.total), (319, 1, 3490));
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
    dear.shipping = Some(ShippingInput { name: "Rocket".into(), price: i64::MAX, taxes: Vec::new() });
    assert_eq!(refused(&dear), Some(QuoteRefused::TooMuch));
}

#[test]
fn a_discount_stays_on_what_it_reaches() {
    let mut input = basket(true, vec![line(1000, 1), line(999, 3), line(500, 1)], vec![vat(190_000)]);
    input.discounts = vec![off(1000, Reach::Lines(vec![1, 2])), off(490, Reach::Shipping), off(349, Reach::Order)];
    let quote = quote(&input).expect("a quote");
    assert_eq!(quote.lines.iter().map(|line| line.discount).collect::<Vec<_>>(), [100, 1070, 179]);
    assert_eq!((quote.shipping_total, quote.shipping_discount, quote.discount_total), (0, 490, 1349));
    let too_far = QuoteInput { discounts: vec![off(501, Reach::Lines(vec![2]))], ..input.clone() };
    assert_eq!(super::quote(&too_far).err(), Some(QuoteRefused::Nonsense));
    let dearer_than_delivery = QuoteInput { discounts: vec![off(491, Reach::Shipping)], ..input };
    assert_eq!(super::quote(&dearer_than_delivery).err(), Some(QuoteRefused::Nonsense));
}

/// The steps alone lead to the total, without the quote.
fn total_by_steps(steps: &[Step]) -> i64 {
    let mut total = 0;
    for step in steps {
        total += match step {
            Step::Line { gross, .. } => *gross,
            Step::LineDiscount { amount, .. } | Step::Discount { amount, .. } | Step::ShippingDiscount { amount, .. } => -amount,
            Step::Shipping { price, .. } => *price,
            Step::Tax { included, amount, .. } => {
                if *included {
                    0
                } else {
                    *amount
                }
            }
            Step::Total { .. } => 0,
        };
    }
    total
}

prop_compose! {
    fn some_taxes()(rates in prop::collection::vec(0..=1_000_000_i32, 0..3)) -> Vec<TaxInput> {
        rates.into_iter().map(vat).collect()
    }
}

prop_compose! {
    fn a_line()(unit_price in 0..100_000_000_i64, quantity in 1..=9999_i32, taxes in some_taxes(), percent in 0..=100_i64) -> LineInput {
        let discount = i64::try_from(i128::from(unit_price) * i128::from(quantity) * i128::from(percent) / 100).expect("small");
        LineInput { taxes, discount, ..line(unit_price, quantity) }
    }
}

prop_compose! {
    fn an_input()(
        tax_included in any::<bool>(), lines in prop::collection::vec(a_line(), 1..12), taxes in some_taxes(),
        shipping in prop::option::of(0..100_000_i64), cuts in prop::collection::vec((0..=100_i64, any::<Option<prop::sample::Index>>()), 0..3),
        currency in prop::sample::select(vec![Currency::EUR, "JPY".parse().expect("a currency"), "KWD".parse().expect("a currency")]),
        delivery_cut in 0..=100_i64,
    ) -> QuoteInput {
        let shipping = shipping.map(|price| ShippingInput { name: "Post".into(), price, taxes });
        let mut input = QuoteInput { currency, tax_included, lines, discounts: Vec::new(), shipping };
        for (percent, one) in cuts {
            let reach = one.map_or(Reach::Order, |index| Reach::Lines(vec![index.index(input.lines.len())]));
            let left = quote(&input).expect("reasonable").lines;
            let reached: i64 = match &reach {
                Reach::Lines(places) => places.iter().map(|at| left[*at].total).sum(),
                _ => left.iter().map(|line| line.total).sum(),
            };
            let amount = i64::try_from(i128::from(reached) * i128::from(percent) / 100).expect("small");
            input.discounts.push(off(amount, reach));
        }
        let delivery = input.shipping.as_ref().map_or(0, |shipping| shipping.price * delivery_cut / 100);
        input.discounts.push(off(delivery, Reach::Shipping));
        input
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn every_sum_agrees_with_its_parts_and_every_tax_with_its_fraction(input in an_input()) {
        let quote = quote(&input).expect("reasonable amounts");
        let gross: i64 = input.lines.iter().map(|line| line.unit_price * i64::from(line.quantity.get())).sum();
        let by_hand: i64 = input.lines.iter().map(|line| line.discount).sum();
        let of = |shipping: bool| input.discounts.iter().filter(move |cut| (cut.reach == Reach::Shipping) == shipping).map(|cut| cut.amount).sum::<i64>();
        let off = by_hand + of(false);
        let shipping = input.shipping.as_ref().map_or(0, |shipping| shipping.price) - of(true);
        let taxes: i64 = quote.taxes.iter().map(|tax| tax.amount).sum();
        prop_assert_eq!((quote.goods_total, quote.discount_total, quote.shipping_total, quote.tax_total), (gross, off, shipping, taxes));
        prop_assert_eq!(quote.shipping_discount, of(true));
        prop_assert_eq!(quote.total, gross - off + shipping + if input.tax_included { 0 } else { taxes });
        prop_assert_eq!(quote.lines.iter().map(|line| line.total).sum::<i64>(), gross - off);
        for (at, (line, given)) in quote.lines.iter().zip(&input.lines).enumerate() {
            prop_assert!(line.discount >= given.discount && line.total >= 0);
            prop_assert_eq!(line.total, line.unit_price * i64::from(line.quantity.get()) - line.discount);
            let rows: i64 = quote.discounts.iter().filter(|row| row.line == Some(at)).map(|row| row.amount).sum();
            prop_assert_eq!(rows, line.discount);
        }
        prop_assert_eq!(quote.discounts.iter().filter(|row| row.line.is_none()).map(|row| row.amount).sum::<i64>(), quote.shipping_discount);
        let parts = Parts {
            lines: &quote.lines, discounts: &quote.discounts, taxes: &quote.taxes, total: quote.total,
            shipping: input.shipping.as_ref().map(|_| ("Post", quote.shipping_total)),
        };
        prop_assert_eq!(total_by_steps(&steps(&parts)), quote.total);
        for tax in &quote.taxes {
            let (base, of_it) = match tax.on {
                TaxOn::Line(at) => (quote.lines[at].total, &input.lines[at].taxes),
                TaxOn::Shipping => (shipping, &input.shipping.as_ref().expect("taxed").taxes),
            };
            let all: i64 = of_it.iter().map(|tax| i64::from(tax.rate.0)).sum();
            let part = i128::from(base) * i128::from(tax.rate.0);
            let whole = 1_000_000 + if input.tax_included { i128::from(all) } else { 0 };
            prop_assert!(is_half_up(tax.amount, part, whole), "{} of {} at {:?}", tax.amount, base, tax.rate);
        }
        let rows: usize = input.lines.iter().map(|line| line.taxes.len()).sum();
        prop_assert_eq!(quote.taxes.len(), rows + input.shipping.as_ref().map_or(0, |shipping| shipping.taxes.len()));
    }

    #[test]
    fn nothing_panics_whatever_the_numbers(
        unit_price in any::<i64>(), quantity in 1..=9999_i32, discount in any::<i64>(), cut in any::<i64>(),
        shipping in any::<i64>(), rates in prop::collection::vec(any::<i32>(), 0..4), tax_included in any::<bool>(),
    ) {
        let taxes: Vec<TaxInput> = rates.into_iter().map(vat).collect();
        let mut input = basket(tax_included, vec![LineInput { discount, ..line(unit_price, quantity) }], taxes.clone());
        input.discounts = vec![off(cut, Reach::Order), off(cut, Reach::Shipping)];
        input.shipping = Some(ShippingInput { name: "Post".into(), price: shipping, taxes });
        if let Ok(quote) = quote(&input) {
            prop_assert!((0..=model::MOST).contains(&quote.total));
        }
    }
}
