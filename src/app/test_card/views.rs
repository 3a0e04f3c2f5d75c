//! The test card's pages: plainly not the shop's.

use askama::Template;
use askama_web::WebTemplate;

use crate::engines::payments::test_card::{Behaviour, Charge};
use crate::platform::base::Money;
use crate::platform::paths;
use crate::platform::shell::Page;

/// Where the card is charged, or told to misbehave.
#[derive(Template, WebTemplate)]
#[template(path = "test_card/pay_page.html")]
pub struct PayPage {
    page: Page,
    action: String,
    amount: String,
    /// Value, name, what happens.
    choices: Vec<(&'static str, String, String)>,
}

impl PayPage {
    pub fn new(page: Page, charge: &Charge) -> PayPage {
        let choice = |behaviour: &Behaviour| {
            let key = format!("payments-test-{behaviour}");
            (behaviour.as_str(), page.t(&key), page.t(&format!("{key}-hint")))
        };
        PayPage {
            action: paths::test_card(&charge.reference),
            amount: amount(&page, charge),
            choices: Behaviour::ALL.iter().map(choice).collect(),
            page,
        }
    }
}

fn amount(page: &Page, charge: &Charge) -> String {
    charge
        .currency
        .parse()
        .map_or_else(|()| charge.amount.to_string(), |currency| page.money(Money::new(charge.amount, currency)))
}

/// Where the shopper's bank asks back.
#[derive(Template, WebTemplate)]
#[template(path = "test_card/confirm_page.html")]
pub struct ConfirmPage {
    page: Page,
    action: String,
    amount: String,
}

impl ConfirmPage {
    pub fn new(page: Page, charge: &Charge) -> ConfirmPage {
        ConfirmPage { action: paths::test_card_confirmation(&charge.reference), amount: amount(&page, charge), page }
    }
}

/// A page that leads nowhere: the window is closed, or something broke.
#[derive(Template, WebTemplate)]
#[template(path = "test_card/stay_page.html")]
pub struct StayPage {
    page: Page,
    heading: String,
    text: String,
}

impl StayPage {
    pub fn paid(page: Page) -> StayPage {
        StayPage { heading: page.t("payments-test-stay-heading"), text: page.t("payments-test-stay-text"), page }
    }

    pub fn broken(page: Page) -> StayPage {
        StayPage { heading: page.t("payments-test-broken-heading"), text: page.t("payments-test-broken-text"), page }
    }
}
