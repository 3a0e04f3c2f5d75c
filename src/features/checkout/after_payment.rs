//! The page of a shopper who is back from a gateway without an order to look at.

use askama::Template;
use askama_web::WebTemplate;

use super::commands::Settled;
use super::queries::PaySession;
use crate::platform::paths;
use crate::platform::shell::Page;

/// Back from a gateway's page, when there is no order to show: it is not decided, or the money goes back.
#[derive(Template, WebTemplate)]
#[template(path = "checkout/after_payment_page.html")]
pub struct AfterPaymentPage {
    pub page: Page,
    pub heading: String,
    pub text: String,
    /// Whether it may still change: the page asks again by itself.
    pub waits: bool,
    /// Where the shopper can go on.
    pub on: (String, String),
}

impl AfterPaymentPage {
    pub fn new(page: Page, session: &PaySession, settled: &Settled) -> AfterPaymentPage {
        let stands = match settled {
            Settled::GivenBack(why) => why.as_str(),
            Settled::Flagged => "wrong_money",
            _ => "waits",
        };
        let values = [("amount", page.money(session.payment.asked).into()), ("email", session.email.as_str().into())];
        AfterPaymentPage {
            heading: page.with(&format!("checkout-after-{stands}-heading"), &values),
            text: page.with(&format!("checkout-after-{stands}-text"), &values),
            waits: stands == "waits",
            on: match stands {
                "waits" => (paths::checkout_return(&session.token), page.t("checkout-after-look-again")),
                "stock_gone" => (paths::cart(), page.t("checkout-after-cart")),
                _ => (paths::home(), page.t("checkout-after-home")),
            },
            page,
        }
    }
}
