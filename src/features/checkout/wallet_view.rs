//! Gift cards and store credit on the pages of the checkout: a field for a code, what is chosen, what it pays.

use super::queries::Basket;
use crate::engines::credit::{Kind, Part};
use crate::platform::base::text_enum;
use crate::platform::paths;
use crate::platform::shell::Page;

text_enum! {
    /// The page that a code is typed on.
    Spot { Form = "form", Express = "express", Review = "review" }
}

pub struct WalletView {
    pub at: Spot,
    /// What was typed and not taken.
    pub typed: String,
    pub error: Option<String>,
    pub chips: Vec<ChipView>,
    /// "Use your store credit: $12.00"
    pub offer: Option<String>,
    /// Whether nothing else is to be paid.
    pub covered: bool,
}

/// Something that is paid with.
pub struct ChipView {
    pub label: String,
    pub amount: String,
    pub removal: String,
}

impl WalletView {
    pub fn new(page: &Page, basket: &Basket, at: Spot) -> WalletView {
        let chip = |part: &Part| ChipView {
            label: label(page, part),
            amount: page.price(-part.amount),
            removal: paths::checkout_credit_removal(part.account),
        };
        WalletView {
            at,
            typed: String::new(),
            error: None,
            chips: basket.wallet.parts.iter().map(chip).collect(),
            offer: basket
                .wallet
                .offered
                .as_ref()
                .filter(|_| basket.to_pay() > 0)
                .map(|credit| page.named("checkout-credit-use", &page.price(credit.available))),
            covered: basket.wallet.covering(basket.total()).is_some(),
        }
    }

    /// The same with what was typed and why it is not taken.
    pub fn refused(self, typed: &str, why: String) -> WalletView {
        WalletView { typed: typed.to_owned(), error: Some(why), ..self }
    }
}

/// "Gift card …K7QM", "Store credit".
pub fn label(page: &Page, part: &Part) -> String {
    match part.kind {
        Kind::GiftCard => page.named("checkout-gift-card-called", &part.called),
        Kind::StoreCredit => page.t("payments-store_credit"),
    }
}
