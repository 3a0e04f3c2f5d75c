//! "How was this computed?": the steps of a total in words, for shoppers and staff alike.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::engines::pricing::{Step, TaxOn};
use crate::platform::base::{Currency, Money, Rate};
use crate::platform::i18n::Words;

/// The steps of a total, to be printed inside a `details`.
#[derive(Template)]
#[template(path = "cart/_computation.html")]
pub struct ComputationView {
    heads: (String, String),
    rows: Vec<StepView>,
}

impl HtmlSafe for ComputationView {}

/// A row: what, how, how much.
pub struct StepView {
    pub label: String,
    pub how: String,
    pub amount: String,
    /// Of the total alone.
    pub sum: bool,
}

impl ComputationView {
    /// `names`: how the lines are called, in their order.
    pub fn new(words: &Words, currency: Currency, names: &[String], steps: &[Step]) -> ComputationView {
        let say = Say { words, currency, names };
        ComputationView {
            heads: (words.t("cart-computed-what"), words.t("cart-computed-amount")),
            rows: steps.iter().map(|step| say.step(step)).collect(),
        }
    }
}

struct Say<'a> {
    words: &'a Words,
    currency: Currency,
    names: &'a [String],
}

impl Say<'_> {
    fn money(&self, amount: i64) -> String {
        self.words.money(Money::new(amount, self.currency))
    }

    fn line(&self, at: usize) -> &str {
        self.names.get(at).map_or("", String::as_str)
    }

    fn step(&self, step: &Step) -> StepView {
        let words = self.words;
        let (label, how, amount) = match step {
            Step::Line { at, unit_price, quantity, gross } => {
                (self.line(*at).to_owned(), format!("{} × {}", self.money(*unit_price), quantity.get()), self.money(*gross))
            }
            Step::LineDiscount { at, amount } => {
                (words.t("cart-computed-by-hand"), self.line(*at).to_owned(), self.money(-amount))
            }
            Step::Discount { name, code, amount, shares } => {
                let name = code.as_ref().map_or(name.clone(), |code| format!("{name} ({code})"));
                (name, self.shares(shares), self.money(-amount))
            }
            Step::Shipping { name, price } => (words.t("cart-computed-delivery"), name.clone(), self.money(*price)),
            Step::ShippingDiscount { name, amount } => (name.clone(), words.t("cart-computed-off-delivery"), self.money(-amount)),
            Step::Tax { on, name, base, rate, rates, included, amount } => {
                let within = *included;
                let label = self.tax_label(name, *rate, *on, within);
                (label, self.tax_rule(*base, *rate, *rates, within), self.money(*amount))
            }
            Step::Total { total } => (words.t("cart-computed-total"), String::new(), self.money(*total)),
        };
        StepView { label, how, amount, sum: matches!(step, Step::Total { .. }) }
    }

    /// "Kettle €7.50 + Teapot €8.50"
    fn shares(&self, shares: &[i64]) -> String {
        let named = shares.iter().enumerate().filter(|(_, share)| **share > 0);
        named.map(|(at, share)| format!("{} {}", self.line(at), self.money(*share))).collect::<Vec<_>>().join(" + ")
    }

    fn tax_label(&self, name: &str, rate: Rate, on: TaxOn, within: bool) -> String {
        let on = match on {
            TaxOn::Line(at) => self.line(at).to_owned(),
            TaxOn::Shipping => self.words.t("cart-computed-delivery"),
        };
        let key = if within { "cart-computed-tax-within" } else { "cart-computed-tax-on-top" };
        self.words.with(key, &[("name", name.into()), ("rate", rate.percent().into()), ("on", on.into())])
    }

    /// "€74.99 × 19 ÷ 119"
    fn tax_rule(&self, base: i64, rate: Rate, rates: Rate, within: bool) -> String {
        let whole = if within { Rate(rates.0.saturating_add(1_000_000)) } else { Rate(1_000_000) };
        format!("{} × {} ÷ {}", self.money(base), rate.percent(), whole.percent())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::i18n::Locale;

    #[test]
    fn every_step_is_said_with_its_numbers() {
        let words = Words::new(Locale::En);
        let names = ["Kettle".to_owned(), "Teapot".to_owned()];
        let steps = [
            Step::Discount { name: "Welcome".into(), code: Some("HELLO".into()), amount: 1600, shares: vec![750, 850] },
            Step::Tax {
                on: TaxOn::Line(0),
                name: "VAT".into(),
                base: 6749,
                rate: Rate(190_000),
                rates: Rate(190_000),
                included: true,
                amount: 1078,
            },
        ];
        let rows = ComputationView::new(&words, Currency::EUR, &names, &steps).rows;
        let said = |at: usize| (rows[at].label.as_str(), rows[at].how.as_str(), rows[at].amount.as_str());
        assert_eq!(said(0), ("Welcome (HELLO)", "Kettle €7.50 + Teapot €8.50", "−€16.00"));
        assert_eq!(said(1), ("of it VAT 19 % on Kettle", "€67.49 × 19 ÷ 119", "€10.78"));
    }
}
