//! The pages of gift cards for staff: the list with what is owed, the form of a new one, one card with its ledger.

use askama::Template;
use askama_web::WebTemplate;

use super::views::good_until;
use crate::engines::credit::Code;
use crate::engines::credit::queries::{Card, Moved, Owed, PAGE, Stands};
use crate::platform::access::Right;
use crate::platform::base::{Day, Moment, OrderNumber, Token};
use crate::platform::i18n::Locale;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::FormView;

/// A card in the list.
pub struct RowView {
    pub path: String,
    pub called: String,
    pub email: String,
    pub balance: String,
    pub value: String,
    pub badge: (&'static str, String),
    pub until: String,
    pub order: Option<(String, String)>,
}

fn badge(page: &Page, card: &Card) -> (&'static str, String) {
    match card.stands(page.now) {
        Stands::Good if card.is_used() => ("info", page.t("gift-cards-state-part")),
        Stands::Good => ("good", page.t("gift-cards-state-good")),
        Stands::Empty => ("done", page.t("gift-cards-state-empty")),
        Stands::Expired => ("lost", page.t("gift-cards-state-expired")),
        Stands::Disabled => ("lost", page.t("gift-cards-state-disabled")),
    }
}

fn order_of(page: &Page, card: &Card) -> Option<(String, String)> {
    card.order.map(|number| (paths::admin_order(OrderNumber(number)), page.named("orders-title", &number.to_string())))
}

fn row_of(page: &Page, card: &Card) -> RowView {
    RowView {
        path: paths::admin_gift_card(card.id),
        called: format!("•••• {}", card.last_four),
        email: card.email.clone(),
        balance: page.money(card.money(card.balance)),
        value: page.money(card.money(card.value)),
        badge: badge(page, card),
        until: card.expires_at.map(|at| page.day(at - chrono::Duration::seconds(1), page.shop().zone)).unwrap_or_default(),
        order: order_of(page, card),
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "gift_cards/desk_index_page.html")]
pub struct IndexPage {
    pub page: Page,
    pub words: String,
    pub rows: Vec<RowView>,
    pub older: Option<String>,
    /// Whether this is not the first page.
    pub later: bool,
    /// What is owed: on cards, as store credit.
    pub owed: Vec<(String, String)>,
    pub may_issue: bool,
    pub years: FormView,
    pub year_choices: Vec<(String, String)>,
}

impl IndexPage {
    pub fn new(page: Page, words: String, later: bool, cards: &[Card], owed: &[Owed], years: i32) -> IndexPage {
        let shown = cards.len().min(PAGE as usize);
        let older = cards.get(shown).and(cards[..shown].last()).map(|last| paths::admin_gift_cards_before(&words, last.id));
        let owed = owed.iter().filter_map(Owed::amounts);
        let year_choice = |years: i32| {
            let text = if years == 0 { page.t("gift-cards-good-for-ever") } else { page.count("gift-cards-years", years) };
            (years.to_string(), text)
        };
        let mut offered = vec![0, 1, 2, 3, 5, 10];
        if !offered.contains(&years) {
            offered.push(years);
        }
        IndexPage {
            rows: cards[..shown].iter().map(|card| row_of(&page, card)).collect(),
            older,
            later,
            owed: owed.map(|(cards, credit)| (page.money(cards), page.money(credit))).collect(),
            may_issue: page.may(Right::RefundOrders),
            years: FormView::filled([("years", years.to_string())]),
            year_choices: offered.into_iter().map(year_choice).collect(),
            words,
            page,
        }
    }
}

/// The form of a new card.
#[derive(Template, WebTemplate)]
#[template(path = "gift_cards/desk_new_page.html")]
pub struct NewPage {
    pub page: Page,
    pub form: FormView,
    pub languages: Vec<(&'static str, &'static str)>,
    pub currency: &'static str,
}

impl NewPage {
    /// `usual`: the last day of a card that is sold now.
    pub fn fresh(page: Page, usual: Option<Moment>) -> NewPage {
        let zone = page.shop().zone;
        let day = usual.map(|at| Day::of(at - chrono::Duration::seconds(1), zone).to_string()).unwrap_or_default();
        let language = page.shop().locale.to_string();
        let form = FormView::filled([("expires", day), ("language", language), ("form", Token::random().to_string())]);
        NewPage::new(page, form)
    }

    pub fn new(page: Page, form: FormView) -> NewPage {
        let languages = Locale::ALL.iter().map(|locale| (locale.as_str(), locale.own_name())).collect();
        NewPage { languages, currency: page.shop().currency.code(), form, page }
    }
}

/// A row of a ledger.
pub struct MovedView {
    pub when: String,
    pub what: String,
    pub why: String,
    pub who: String,
    pub order: Option<(String, String)>,
    pub amount: String,
    pub then: String,
}

pub fn moved(page: &Page, row: &Moved, currency: crate::platform::base::Currency) -> MovedView {
    let money = |amount| page.money(crate::platform::base::Money::new(amount, currency));
    MovedView {
        when: page.minute(row.at, page.zone),
        what: page.t(&format!("credit-moved-{}", row.kind)),
        why: row.reason.clone(),
        who: row.staff.clone().unwrap_or_default(),
        order: row.order.map(|number| (paths::admin_order(OrderNumber(number)), page.named("orders-title", &number.to_string()))),
        amount: if row.amount > 0 { format!("+{}", money(row.amount)) } else { money(row.amount) },
        then: money(row.then),
    }
}

/// One card.
#[derive(Template, WebTemplate)]
#[template(path = "gift_cards/desk_card_page.html")]
pub struct CardPage {
    pub page: Page,
    pub id: i64,
    pub called: String,
    pub badge: (&'static str, String),
    pub balance: String,
    pub value: String,
    pub held: Option<String>,
    pub until: String,
    pub order: Option<(String, String)>,
    pub email: String,
    pub words: String,
    /// How the code stands: sealed, or shown when.
    pub code_stands: String,
    /// Only on the answer to the button.
    pub code: Option<String>,
    pub sent: Option<String>,
    pub issued: String,
    pub ledger: Vec<MovedView>,
    pub disabled: bool,
    pub may_change: bool,
    /// Whether the code can be shown to staff: it waits, and nobody has a mail for it.
    pub may_show: bool,
    /// Whether it pays something still.
    pub good: bool,
    pub currency: &'static str,
    pub adjust: FormView,
    pub expiry: FormView,
    pub send: FormView,
    /// Minor units.
    pub seen: i64,
    pub sendings: i32,
}

/// The forms of the page as they were sent.
#[derive(Default)]
pub struct Sent {
    pub adjust: Option<FormView>,
    pub expiry: Option<FormView>,
    pub send: Option<FormView>,
    pub code: Option<Code>,
}

impl CardPage {
    pub fn new(page: Page, card: &Card, ledger: &[Moved], sent: Sent) -> CardPage {
        let (zone, money) = (page.shop().zone, |amount| page.money(card.money(amount)));
        let day = card.expires_at.map(|at| Day::of(at - chrono::Duration::seconds(1), zone).to_string()).unwrap_or_default();
        let good = card.stands(page.now) == Stands::Good;
        CardPage {
            id: card.id.0,
            called: format!("•••• {}", card.last_four),
            badge: badge(&page, card),
            balance: money(card.balance),
            value: money(card.value),
            held: (card.held > 0).then(|| page.named("gift-cards-balance-held", &money(card.held))),
            until: good_until(&page.words, card.expires_at, zone),
            order: order_of(&page, card),
            email: card.email.clone(),
            words: card.words.clone(),
            code_stands: match card.shown_at {
                Some(at) => page.named("gift-cards-code-shown", &page.minute(at, page.zone)),
                None => page.t("gift-cards-code-waits"),
            },
            code: sent.code.map(|code| code.grouped()),
            sent: card.sent_at.map(|at| page.named("gift-cards-sent-at", &page.minute(at, page.zone))),
            issued: page.minute(card.created_at, page.zone),
            ledger: ledger.iter().map(|row| moved(&page, row, card.currency())).collect(),
            disabled: card.disabled_at.is_some(),
            may_change: page.may(Right::RefundOrders),
            may_show: page.may(Right::RefundOrders) && good && card.shown_at.is_none() && card.email.is_empty(),
            good,
            currency: card.currency().code(),
            adjust: sent.adjust.unwrap_or_else(|| FormView::filled([("how", "give".to_owned())])),
            expiry: sent.expiry.unwrap_or_else(|| FormView::filled([("expires", day)])),
            send: sent.send.unwrap_or_else(|| FormView::filled([("email", card.email.clone()), ("words", card.words.clone())])),
            seen: card.balance,
            sendings: card.sendings,
            page,
        }
    }
}
