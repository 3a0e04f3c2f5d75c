//! How a total came about, read from the rows that are kept with every order: the same for a cart and for an order of years ago.

use super::model::{DiscountRow, LineQuote, TaxOn, TaxRow};
use crate::platform::base::{PromotionId, Quantity, Rate};

/// Everything that a total is made of.
pub struct Parts<'a> {
    pub lines: &'a [LineQuote],
    pub discounts: &'a [DiscountRow],
    /// Name and price of delivery after discounts; `None` when nothing is sent.
    pub shipping: Option<(&'a str, i64)>,
    pub taxes: &'a [TaxRow],
    pub total: i64,
}

/// One step of the computation; amounts in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// unit price × quantity = gross.
    Line {
        at: usize,
        unit_price: i64,
        quantity: Quantity,
        gross: i64,
    },
    /// Taken off one line by hand.
    LineDiscount {
        at: usize,
        amount: i64,
    },
    /// A discount and the share of each line, by largest remainder.
    Discount {
        name: String,
        code: Option<String>,
        amount: i64,
        shares: Vec<i64>,
    },
    /// Before its discounts.
    Shipping {
        name: String,
        price: i64,
    },
    ShippingDiscount {
        name: String,
        amount: i64,
    },
    /// `base` × rate, or for a tax inside the price `base` × rate / (1 + `rates`), halves rounded up.
    Tax {
        on: TaxOn,
        name: String,
        base: i64,
        rate: Rate,
        rates: Rate,
        included: bool,
        amount: i64,
    },
    Total {
        total: i64,
    },
}

/// The steps from the lines to the total, in the order in which they are computed.
pub fn steps(parts: &Parts<'_>) -> Vec<Step> {
    let mut steps = Vec::new();
    for (at, line) in parts.lines.iter().enumerate() {
        let gross = line.total + line.discount;
        steps.push(Step::Line { at, unit_price: line.unit_price, quantity: line.quantity, gross });
    }
    let by_hand = parts.discounts.iter().filter(|row| row.name.is_empty());
    steps.extend(by_hand.filter_map(|row| Some(Step::LineDiscount { at: row.line?, amount: row.amount })));
    discounts(parts, &mut steps);
    if let Some((name, price)) = parts.shipping {
        let cuts: Vec<&DiscountRow> = parts.discounts.iter().filter(|row| row.line.is_none()).collect();
        let before = price + cuts.iter().map(|row| row.amount).sum::<i64>();
        steps.push(Step::Shipping { name: name.to_owned(), price: before });
        steps.extend(cuts.iter().map(|row| Step::ShippingDiscount { name: row.name.clone(), amount: row.amount }));
    }
    steps.extend(parts.taxes.iter().map(|tax| taxed(parts, tax)));
    steps.push(Step::Total { total: parts.total });
    steps
}

/// Rows of one promotion are one step.
fn discounts(parts: &Parts<'_>, steps: &mut Vec<Step>) {
    type Key<'a> = (&'a str, Option<PromotionId>, Option<&'a str>);
    let mut groups: Vec<(Key<'_>, Vec<i64>)> = Vec::new();
    for row in parts.discounts.iter().filter(|row| !row.name.is_empty()) {
        let Some(at) = row.line.filter(|at| *at < parts.lines.len()) else { continue };
        let key = (row.name.as_str(), row.promotion, row.code.as_deref());
        let place = groups.iter().position(|group| group.0 == key).unwrap_or_else(|| {
            groups.push((key, vec![0; parts.lines.len()]));
            groups.len() - 1
        });
        groups[place].1[at] += row.amount;
    }
    steps.extend(groups.into_iter().map(|((name, _, code), shares)| Step::Discount {
        name: name.to_owned(),
        code: code.map(str::to_owned),
        amount: shares.iter().sum(),
        shares,
    }));
}

fn taxed(parts: &Parts<'_>, tax: &TaxRow) -> Step {
    let base = match tax.on {
        TaxOn::Line(at) => parts.lines.get(at).map_or(0, |line| line.total),
        TaxOn::Shipping => parts.shipping.map_or(0, |shipping| shipping.1),
    };
    let rates = parts.taxes.iter().filter(|other| other.on == tax.on).map(|other| other.rate.0).sum();
    let TaxRow { on, name, rate, included, amount, .. } = tax.clone();
    Step::Tax { on, name, base, rate, rates: Rate(rates), included, amount }
}
