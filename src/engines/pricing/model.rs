//! The quote: lines → line discounts → order discounts → shipping → tax → totals, in minor units of one currency.

use serde::{Deserialize, Serialize};

use super::arithmetic::{ONE, half_up, split};
use crate::platform::base::{Country, Currency, Message, Quantity, Rate, Refusal};

/// The highest total of an order, in minor units.
pub const MOST: i64 = 1_000_000_000_000_000;

/// Everything a total depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteInput {
    pub currency: Currency,
    /// Whether prices are shown with tax in them.
    pub tax_included: bool,
    pub lines: Vec<LineInput>,
    /// Taken off the whole order, in this order.
    pub discounts: Vec<DiscountInput>,
    pub shipping: Option<ShippingInput>,
    /// What the country takes; several add up (state and county).
    pub taxes: Vec<TaxInput>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineInput {
    pub unit_price: i64,
    pub quantity: Quantity,
    pub taxable: bool,
    /// Taken off this line alone; never more than the line costs.
    pub discount: i64,
}

/// A discount on the order; shared among the lines by largest remainder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiscountInput {
    pub name: String,
    pub amount: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShippingInput {
    pub name: String,
    pub price: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxInput {
    pub name: String,
    pub country: Country,
    pub rate: Rate,
}

/// What an order costs, down to each line's tax.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    pub currency: Currency,
    pub tax_included: bool,
    /// In the order of the input.
    pub lines: Vec<LineQuote>,
    /// Σ unit price × quantity.
    pub goods_total: i64,
    pub discount_total: i64,
    pub shipping_total: i64,
    pub tax_total: i64,
    pub total: i64,
    pub taxes: Vec<TaxRow>,
    /// How it was computed, to be shown.
    pub steps: Vec<Step>,
}

impl Quote {
    /// Goods after discounts: what "free from" is measured by.
    pub fn goods_after_discount(&self) -> i64 {
        self.goods_total - self.discount_total
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineQuote {
    pub unit_price: i64,
    pub quantity: Quantity,
    /// The line's own discount and its share of the order's.
    pub discount: i64,
    /// unit price × quantity − discount.
    pub total: i64,
    pub tax: i64,
}

/// What a tax row is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TaxOn {
    /// The line at this place.
    Line(usize),
    Shipping,
}

/// One tax on one line or on shipping, as it is kept with the order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxRow {
    pub on: TaxOn,
    pub name: String,
    pub country: Country,
    pub rate: Rate,
    pub included: bool,
    pub amount: i64,
}

/// One step of the computation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// unit price × quantity = gross.
    Line {
        at: usize,
        unit_price: i64,
        quantity: Quantity,
        gross: i64,
    },
    LineDiscount {
        at: usize,
        amount: i64,
    },
    /// A discount of the order and the share of each line.
    Discount {
        name: String,
        amount: i64,
        shares: Vec<i64>,
    },
    Shipping {
        name: String,
        price: i64,
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

/// Why there is no quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuoteRefused {
    /// Beyond what an order may cost.
    TooMuch,
    /// A price, discount or rate below zero, or a discount beyond what it is taken off.
    Nonsense,
}

impl Refusal for QuoteRefused {
    fn message(&self) -> Message {
        match self {
            QuoteRefused::TooMuch => Message::new("pricing-too-much"),
            QuoteRefused::Nonsense => Message::new("pricing-nonsense"),
        }
    }
}

/// An amount that may stand in an order.
fn amount(value: i128) -> Result<i64, QuoteRefused> {
    if value < 0 {
        return Err(QuoteRefused::Nonsense);
    }
    i64::try_from(value).ok().filter(|value| *value <= MOST).ok_or(QuoteRefused::TooMuch)
}

/// Computes what an order costs.
///
/// # Errors
/// Amounts below zero or beyond [`MOST`]; it never panics.
pub fn quote(input: &QuoteInput) -> Result<Quote, QuoteRefused> {
    let mut steps = Vec::new();
    let mut lines =
        input.lines.iter().enumerate().map(|(at, line)| priced(at, line, &mut steps)).collect::<Result<Vec<_>, _>>()?;
    let goods_total = amount(lines.iter().map(|line| i128::from(line.total) + i128::from(line.discount)).sum())?;
    for discount in &input.discounts {
        share(discount, &mut lines, &mut steps)?;
    }
    let discount_total = amount(lines.iter().map(|line| i128::from(line.discount)).sum())?;
    let shipping_total = match &input.shipping {
        None => 0,
        Some(shipping) => {
            steps.push(Step::Shipping { name: shipping.name.clone(), price: shipping.price });
            amount(i128::from(shipping.price))?
        }
    };
    let taxes = taxed(input, &lines, shipping_total, &mut steps)?;
    for tax in &taxes {
        if let TaxOn::Line(at) = tax.on {
            lines[at].tax += tax.amount;
        }
    }
    let tax_total = amount(taxes.iter().map(|tax| i128::from(tax.amount)).sum())?;
    let on_top = if input.tax_included { 0 } else { i128::from(tax_total) };
    let total = amount(i128::from(goods_total) - i128::from(discount_total) + i128::from(shipping_total) + on_top)?;
    steps.push(Step::Total { total });
    let (currency, tax_included) = (input.currency, input.tax_included);
    Ok(Quote { currency, tax_included, lines, goods_total, discount_total, shipping_total, tax_total, total, taxes, steps })
}

fn priced(at: usize, line: &LineInput, steps: &mut Vec<Step>) -> Result<LineQuote, QuoteRefused> {
    let LineInput { unit_price, quantity, discount, .. } = *line;
    if unit_price < 0 || discount < 0 {
        return Err(QuoteRefused::Nonsense);
    }
    let gross = amount(i128::from(unit_price) * i128::from(quantity.get()))?;
    if discount > gross {
        return Err(QuoteRefused::Nonsense);
    }
    steps.push(Step::Line { at, unit_price, quantity, gross });
    if discount > 0 {
        steps.push(Step::LineDiscount { at, amount: discount });
    }
    Ok(LineQuote { unit_price, quantity, discount, total: gross - discount, tax: 0 })
}

fn share(discount: &DiscountInput, lines: &mut [LineQuote], steps: &mut Vec<Step>) -> Result<(), QuoteRefused> {
    let totals: Vec<i64> = lines.iter().map(|line| line.total).collect();
    let most: i128 = totals.iter().map(|total| i128::from(*total)).sum();
    if discount.amount < 0 || i128::from(discount.amount) > most {
        return Err(QuoteRefused::Nonsense);
    }
    let shares = split(discount.amount, &totals);
    for (line, share) in lines.iter_mut().zip(&shares) {
        line.discount += share;
        line.total -= share;
    }
    steps.push(Step::Discount { name: discount.name.clone(), amount: discount.amount, shares });
    Ok(())
}

/// The tax rows: on every taxable line, and on shipping when anything in the parcel is taxed.
fn taxed(input: &QuoteInput, lines: &[LineQuote], shipping: i64, steps: &mut Vec<Step>) -> Result<Vec<TaxRow>, QuoteRefused> {
    if input.taxes.iter().any(|tax| !(0..=1_000_000).contains(&tax.rate.0)) {
        return Err(QuoteRefused::Nonsense);
    }
    let rates: i32 = input.taxes.iter().map(|tax| tax.rate.0).try_fold(0, i32::checked_add).ok_or(QuoteRefused::Nonsense)?;
    let of_lines = input.lines.iter().zip(lines).enumerate().filter(|(_, (line, _))| line.taxable);
    let mut bases: Vec<(TaxOn, i64)> = of_lines.map(|(at, (_, line))| (TaxOn::Line(at), line.total)).collect();
    if input.shipping.is_some() && !bases.is_empty() {
        bases.push((TaxOn::Shipping, shipping));
    }
    let mut rows = Vec::new();
    for (on, base) in bases {
        for tax in &input.taxes {
            let part = i128::from(base) * i128::from(tax.rate.0);
            let whole = if input.tax_included { ONE + i128::from(rates) } else { ONE };
            let TaxInput { name, country, rate } = tax.clone();
            let (included, amount) = (input.tax_included, amount(half_up(part, whole))?);
            steps.push(Step::Tax { on, name: name.clone(), base, rate, rates: Rate(rates), included, amount });
            rows.push(TaxRow { on, name, country, rate, included, amount });
        }
    }
    Ok(rows)
}
