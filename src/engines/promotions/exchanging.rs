//! Promotions in the currency of a market: their amounts are typed in the shop's and exchanged by the market's rate.

use super::model::{Basis, Benefit, Condition, Found, Off, Standing};
use crate::platform::base::Exchange;

impl Standing {
    /// The same with all amounts in another currency.
    pub fn exchanged(mut self, exchange: &Exchange) -> Standing {
        if !exchange.is_none() {
            self.found.iter_mut().for_each(|found| exchange_one(found, exchange));
        }
        self
    }
}

fn exchange_one(found: &mut Found, exchange: &Exchange) {
    for condition in &mut found.promotion.draft.conditions {
        if let Condition::Subtotal { at_least, .. } = condition {
            *at_least = exchange.amount(*at_least);
        }
    }
    for benefit in &mut found.promotion.draft.benefits {
        match benefit {
            Benefit::Amount { amount, .. } | Benefit::FixedPrice { price: amount, .. } => *amount = exchange.amount(*amount),
            Benefit::FreeShipping { at_most } => *at_most = at_most.map(|most| exchange.amount(most)),
            Benefit::Tiers { by, steps, .. } => steps.iter_mut().for_each(|step| exchange_step(*by, step, exchange)),
            Benefit::Percent { .. } | Benefit::BuyGet { .. } | Benefit::Gift { .. } => {}
        }
    }
}

fn exchange_step(by: Basis, (from, off): &mut (i64, Off), exchange: &Exchange) {
    if by == Basis::Subtotal {
        *from = exchange.amount(*from);
    }
    if let Off::Amount(amount) = off {
        *amount = exchange.amount(*amount);
    }
}
