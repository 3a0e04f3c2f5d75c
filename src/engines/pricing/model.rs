//! The quote: lines → line discounts → order discounts → shipping → tax → totals, in minor units of one currency.

use serde::{Deserialize, Serialize};

use super::arithmetic::{ONE, half_up, split};
use crate::platform::base::{Country, Currency, Message, PromotionId, Quantity, Rate, Refusal};
use crate::platform::i18n::{Said, Wording};

/// The highest total of an order, in minor units.
pub const MOST: i64 = 1_000_000_000_000_000;

/// Everything a total depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteInput {
    pub currency: Currency,
    /// Whether prices are shown with tax in them.
    pub tax_included: bool,
    pub lines: Vec<LineInput>,
    /// Taken off what they reach, in this order.
    pub discounts: Vec<DiscountInput>,
    pub shipping: Option<ShippingInput>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineInput {
    pub unit_price: i64,
    pub quantity: Quantity,
    /// Taken off this line by hand; never more than the line costs.
    pub discount: i64,
    /// What is taken of it; several add up (state and county), none: it is free of tax.
    pub taxes: Vec<TaxInput>,
}

/// A discount on the order or a part of it; shared among the lines it reaches by largest remainder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiscountInput {
    pub name: String,
    /// In other languages than the shop's main one.
    pub names: Said,
    pub promotion: Option<PromotionId>,
    /// The code that was typed for it.
    pub code: Option<String>,
    pub amount: i64,
    pub reach: Reach,
}

/// What a discount is taken off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    Order,
    /// The lines at these places.
    Lines(Vec<usize>),
    Shipping,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShippingInput {
    pub name: String,
    pub price: i64,
    pub taxes: Vec<TaxInput>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxInput {
    pub name: String,
    pub country: Country,
    /// State or province that takes it; empty: the country.
    pub region: String,
    /// What the goods are to the tax office: "Standard".
    pub class: String,
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
    /// What delivery costs after discounts.
    pub shipping_total: i64,
    /// What discounts took off delivery.
    #[serde(default)]
    pub shipping_discount: i64,
    pub tax_total: i64,
    pub total: i64,
    /// Every discount on every line it reaches; their sum is `discount_total` and `shipping_discount`.
    #[serde(default)]
    pub discounts: Vec<DiscountRow>,
    pub taxes: Vec<TaxRow>,
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
    /// The line's own discount and its shares of others.
    pub discount: i64,
    /// unit price × quantity − discount.
    pub total: i64,
    pub tax: i64,
}

/// One discount on one line or on delivery, as it is kept with the order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiscountRow {
    /// The line at this place; `None`: on delivery.
    pub line: Option<usize>,
    /// Empty: taken off by hand.
    pub name: String,
    /// In other languages than the shop's main one was.
    #[serde(default)]
    pub names: Said,
    pub promotion: Option<PromotionId>,
    pub code: Option<String>,
    pub amount: i64,
}

impl DiscountRow {
    /// What shoppers read.
    pub fn called(&self) -> Wording {
        Wording::new(self.name.clone(), self.names.clone())
    }

    /// The same, under the name that `read` chooses.
    pub fn named(&self, read: impl Fn(&Wording) -> String) -> DiscountRow {
        DiscountRow { name: read(&self.called()), ..self.clone() }
    }
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
    #[serde(default)]
    pub region: String,
    #[serde(default)]
    pub class: String,
    pub rate: Rate,
    pub included: bool,
    pub amount: i64,
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
    let mut discounts = Vec::new();
    let mut lines = Vec::with_capacity(input.lines.len());
    for (at, line) in input.lines.iter().enumerate() {
        lines.push(priced(at, line, &mut discounts)?);
    }
    let goods_total = amount(lines.iter().map(|line| i128::from(line.total) + i128::from(line.discount)).sum())?;
    for discount in input.discounts.iter().filter(|discount| discount.reach != Reach::Shipping) {
        share(discount, &mut lines, &mut discounts)?;
    }
    let discount_total = amount(lines.iter().map(|line| i128::from(line.discount)).sum())?;
    let (shipping_total, shipping_discount) = delivered(input, &mut discounts)?;
    let taxes = taxed(input, &lines, shipping_total)?;
    for tax in &taxes {
        if let TaxOn::Line(at) = tax.on {
            lines[at].tax += tax.amount;
        }
    }
    let tax_total = amount(taxes.iter().map(|tax| i128::from(tax.amount)).sum())?;
    let on_top = if input.tax_included { 0 } else { i128::from(tax_total) };
    let total = amount(i128::from(goods_total) - i128::from(discount_total) + i128::from(shipping_total) + on_top)?;
    let (currency, tax_included) = (input.currency, input.tax_included);
    Ok(Quote {
        currency,
        tax_included,
        lines,
        goods_total,
        discount_total,
        shipping_total,
        shipping_discount,
        tax_total,
        total,
        discounts,
        taxes,
    })
}

fn priced(at: usize, line: &LineInput, discounts: &mut Vec<DiscountRow>) -> Result<LineQuote, QuoteRefused> {
    let LineInput { unit_price, quantity, discount, .. } = *line;
    if unit_price < 0 || discount < 0 {
        return Err(QuoteRefused::Nonsense);
    }
    let gross = amount(i128::from(unit_price) * i128::from(quantity.get()))?;
    if discount > gross {
        return Err(QuoteRefused::Nonsense);
    }
    if discount > 0 {
        let (name, names) = (String::new(), Said::default());
        discounts.push(DiscountRow { line: Some(at), name, names, promotion: None, code: None, amount: discount });
    }
    Ok(LineQuote { unit_price, quantity, discount, total: gross - discount, tax: 0 })
}

/// Takes a discount off the lines it reaches; those it does not reach weigh nothing.
fn share(discount: &DiscountInput, lines: &mut [LineQuote], discounts: &mut Vec<DiscountRow>) -> Result<(), QuoteRefused> {
    let reaches = |at: usize| match &discount.reach {
        Reach::Order => true,
        Reach::Lines(places) => places.contains(&at),
        Reach::Shipping => false,
    };
    let weights: Vec<i64> = lines.iter().enumerate().map(|(at, line)| if reaches(at) { line.total } else { 0 }).collect();
    let most: i128 = weights.iter().map(|total| i128::from(*total)).sum();
    if discount.amount < 0 || i128::from(discount.amount) > most {
        return Err(QuoteRefused::Nonsense);
    }
    let shares = split(discount.amount, &weights);
    for (at, (line, share)) in lines.iter_mut().zip(&shares).enumerate().filter(|(_, (_, share))| **share > 0) {
        line.discount += share;
        line.total -= share;
        discounts.push(row(discount, Some(at), *share));
    }
    Ok(())
}

fn row(discount: &DiscountInput, line: Option<usize>, amount: i64) -> DiscountRow {
    let DiscountInput { name, names, promotion, code, .. } = discount.clone();
    DiscountRow { line, name, names, promotion, code, amount }
}

/// What delivery costs after its discounts, and what they took off.
fn delivered(input: &QuoteInput, discounts: &mut Vec<DiscountRow>) -> Result<(i64, i64), QuoteRefused> {
    let mut left = 0;
    if let Some(shipping) = &input.shipping {
        left = amount(i128::from(shipping.price))?;
    }
    let before = left;
    for discount in input.discounts.iter().filter(|discount| discount.reach == Reach::Shipping && discount.amount != 0) {
        if discount.amount < 0 || discount.amount > left {
            return Err(QuoteRefused::Nonsense);
        }
        left -= discount.amount;
        discounts.push(row(discount, None, discount.amount));
    }
    Ok((left, before - left))
}

/// The tax rows: of every line and of delivery, each with its own rates.
fn taxed(input: &QuoteInput, lines: &[LineQuote], shipping: i64) -> Result<Vec<TaxRow>, QuoteRefused> {
    let of_lines = input.lines.iter().zip(lines).enumerate();
    let of_lines = of_lines.map(|(at, (line, quoted))| (TaxOn::Line(at), quoted.total, &line.taxes));
    let of_shipping = input.shipping.iter().map(|given| (TaxOn::Shipping, shipping, &given.taxes));
    let mut rows = Vec::new();
    for (on, base, taxes) in of_lines.chain(of_shipping) {
        if taxes.iter().any(|tax| !(0..=1_000_000).contains(&tax.rate.0)) {
            return Err(QuoteRefused::Nonsense);
        }
        let rates = taxes.iter().map(|tax| tax.rate.0).try_fold(0, i32::checked_add).ok_or(QuoteRefused::Nonsense)?;
        for tax in taxes {
            let part = i128::from(base) * i128::from(tax.rate.0);
            let whole = if input.tax_included { ONE + i128::from(rates) } else { ONE };
            let TaxInput { name, country, region, class, rate } = tax.clone();
            let (included, amount) = (input.tax_included, amount(half_up(part, whole))?);
            rows.push(TaxRow { on, name, country, region, class, rate, included, amount });
        }
    }
    Ok(rows)
}
