//! Gift cards on the page of an order: those that paid for it, and those that it sold.

use super::queries::Order;
use crate::engines::credit::queries::{Card, Stands};
use crate::engines::payments::{Method, Payment};
use crate::platform::base::CreditAccountId;
use crate::platform::i18n::Words;
use crate::platform::paths;
use crate::platform::shell::Page;

/// A gift card that the order sold, as its buyer sees it.
pub struct SoldCardView {
    /// "Gift card …K7QM, $50.00"
    pub title: String,
    /// Whom it went to, or how it stands.
    pub stands: String,
    /// Where it is sent to somebody, while nobody has seen its code.
    pub give: Option<String>,
}

pub fn sold(page: &Page, order: &Order, cards: &[Card]) -> Vec<SoldCardView> {
    let view = |card: &Card| {
        let good = card.stands(page.now) == Stands::Good;
        let stands = match card.stands(page.now) {
            Stands::Good if card.sent_at.is_some() => page.named("orders-card-sent", &card.email),
            Stands::Good => page.t("orders-card-on-its-way"),
            Stands::Empty => page.t("orders-card-empty"),
            Stands::Expired | Stands::Disabled => page.t("orders-card-over"),
        };
        SoldCardView {
            title: format!(
                "{}, {}",
                page.named("checkout-gift-card-called", &card.last_four),
                page.money(card.money(card.value))
            ),
            stands,
            give: (good && card.shown_at.is_none()).then(|| paths::order_gift_card(&order.token, card.id)),
        }
    };
    cards.iter().map(view).collect()
}

/// A gift card that can be taken back with a refund.
pub struct TakeBackView {
    pub id: CreditAccountId,
    pub label: String,
}

/// The cards that an order sold and that are not over; those that were used say so and cannot be taken back.
pub fn to_take_back(page: &Page, cards: &[Card]) -> (Vec<TakeBackView>, Vec<String>) {
    let label = |card: &Card| {
        let called = page.named("checkout-gift-card-called", &card.last_four);
        format!("{called}, {}", page.money(card.money(card.balance)))
    };
    let open = || cards.iter().filter(|card| card.disabled_at.is_none());
    let free = open().filter(|card| !card.is_used()).map(|card| TakeBackView { id: card.id, label: label(card) });
    let used = open().filter(|card| card.is_used()).map(|card| page.named("orders-card-was-used", &label(card)));
    (free.collect(), used.collect())
}

/// "Gift card …K7QM", "Store credit"; other methods have their own name.
pub fn called(words: &Words, payment: &Payment) -> String {
    match payment.gateway {
        Method::GiftCard => words.named("checkout-gift-card-called", payment.reference.split('-').next().unwrap_or_default()),
        other => words.t(&format!("payments-{other}")),
    }
}

/// What gift cards and store credit paid of an order: label and amount.
pub fn credits(words: &Words, order: &Order) -> Vec<(String, String)> {
    let paid = order.payments.iter().filter(|payment| payment.gateway.is_credit() && payment.captured > 0);
    paid.map(|payment| (called(words, payment), words.money(order.money(-payment.captured)))).collect()
}
