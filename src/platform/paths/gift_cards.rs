//! Addresses of gift cards and store credit.

use std::fmt::Display;

/// Where whoever has a code sees what is on the card.
pub fn gift_card_balance() -> String {
    "/gift-card".into()
}
/// A card to read and print, opened by the unguessable link of its mail.
pub fn gift_card_sheet(token: impl Display) -> String {
    format!("/gift-cards/{token}")
}
/// Shows the code of a card, once.
pub fn gift_card_code(token: impl Display) -> String {
    format!("/gift-cards/{token}/code")
}
/// Sends a card that was bought in an order to somebody.
pub fn order_gift_card(token: &str, card: impl Display) -> String {
    format!("/orders/{token}/gift-cards/{card}")
}
pub fn account_store_credit() -> String {
    "/account/store-credit".into()
}
pub fn admin_gift_cards() -> String {
    "/admin/gift-cards".into()
}
/// The list of cards from one of them on.
pub fn admin_gift_cards_before(words: &str, card: impl Display) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if !words.is_empty() {
        query.append_pair("q", words);
    }
    format!("/admin/gift-cards?{}", query.append_pair("before", &card.to_string()).finish())
}
pub fn admin_new_gift_card() -> String {
    "/admin/gift-cards/new".into()
}
/// For how many years cards that are sold are good.
pub fn admin_gift_card_years() -> String {
    "/admin/gift-cards/years".into()
}
pub fn admin_gift_card(card: impl Display) -> String {
    format!("/admin/gift-cards/{card}")
}
/// A part of a card's page that a form is sent to: "adjustment", "expiry", "disabling", "enabling", "mail", "code".
pub fn admin_gift_card_part(card: impl Display, part: &str) -> String {
    format!("/admin/gift-cards/{card}/{part}")
}
