//! The pages of whoever has a gift card.

use askama::Template;
use askama_web::WebTemplate;

use crate::engines::credit::Code;
use crate::engines::credit::queries::{Card, Stands};
use crate::features::orders::queries::Order;
use crate::platform::base::Moment;
use crate::platform::i18n::Words;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::FormView;

/// "Good until 31 December 2029", or for ever.
pub fn good_until(words: &Words, at: Option<Moment>, zone: chrono_tz::Tz) -> String {
    match at {
        // It ends when the next day begins.
        Some(at) => words.named("gift-cards-good-until", &words.day(at - chrono::Duration::seconds(1), zone)),
        None => words.t("gift-cards-good-for-ever"),
    }
}

/// Whoever has a code sees what is on the card.
#[derive(Template, WebTemplate)]
#[template(path = "gift_cards/balance_page.html")]
pub struct BalancePage {
    pub page: Page,
    pub form: FormView,
    pub found: Option<FoundView>,
}

/// What is on a card.
pub struct FoundView {
    pub heading: String,
    pub until: String,
    /// What of it is being paid at this moment.
    pub held: Option<String>,
}

impl BalancePage {
    pub fn new(page: Page, form: FormView, card: Option<Card>) -> BalancePage {
        let view = |card: Card| {
            let money = |amount| page.money(card.money(amount));
            FoundView {
                heading: page.with(
                    "gift-cards-balance-is",
                    &[("called", card.last_four.as_str().into()), ("amount", money(card.balance).into())],
                ),
                until: good_until(&page.words, card.expires_at, page.shop().zone),
                held: (card.held > 0).then(|| page.named("gift-cards-balance-held", &money(card.held))),
            }
        };
        BalancePage { found: card.map(view), form, page }
    }
}

/// A card to read and to print.
#[derive(Template, WebTemplate)]
#[template(path = "gift_cards/sheet_page.html")]
pub struct SheetPage {
    pub page: Page,
    pub heading: String,
    pub amount: String,
    pub words: String,
    pub until: String,
    /// In groups of four; only on the answer to the button.
    pub code: Option<String>,
    pub called: String,
    /// Where the button is sent, while the code was not shown.
    pub action: Option<String>,
    /// Why it pays nothing, if it does not.
    pub over: Option<String>,
}

impl SheetPage {
    pub fn new(page: Page, card: &Card, token: &str, code: Option<Code>) -> SheetPage {
        let over = match card.stands(page.now) {
            Stands::Good => None,
            Stands::Empty => Some("gift-cards-sheet-empty"),
            Stands::Expired | Stands::Disabled => Some("gift-cards-sheet-over"),
        };
        SheetPage {
            heading: page.named("gift-cards-sheet-title", &page.shop().name),
            amount: page.money(card.money(card.balance)),
            words: card.words.clone(),
            until: good_until(&page.words, card.expires_at, page.shop().zone),
            code: code.map(|code| code.grouped()),
            called: page.named("checkout-gift-card-called", &card.last_four),
            action: (card.shown_at.is_none() && over.is_none()).then(|| paths::gift_card_code(token)),
            over: over.map(|key| page.t(key)),
            page,
        }
    }
}

/// A card that was bought, to be sent to somebody.
#[derive(Template, WebTemplate)]
#[template(path = "gift_cards/give_page.html")]
pub struct GivePage {
    pub page: Page,
    pub form: FormView,
    pub heading: String,
    pub action: String,
    pub back: String,
}

impl GivePage {
    pub fn new(page: Page, order: &Order, card: &Card, form: FormView) -> GivePage {
        GivePage {
            heading: page.named("gift-cards-give-title", &page.money(card.money(card.balance))),
            action: paths::order_gift_card(&order.token, card.id),
            back: paths::order(&order.token),
            form,
            page,
        }
    }
}
