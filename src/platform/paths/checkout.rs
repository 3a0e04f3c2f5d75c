//! Addresses of the checkout, of orders and of paying.

pub fn checkout() -> String {
    "/checkout".into()
}
/// The checkout with a form to type another address in.
pub fn checkout_form() -> String {
    "/checkout?form=yes".into()
}
/// Keeps what a customer chose on the page.
pub fn checkout_choices() -> String {
    "/checkout/choices".into()
}
/// Saves what is typed so far without judging it.
/// What an address means for delivery and taxes; nothing is kept.
pub fn checkout_delivery() -> String {
    "/checkout/delivery".into()
}
pub fn checkout_draft() -> String {
    "/checkout/draft".into()
}
/// Pays with a gift card.
pub fn checkout_gift_cards() -> String {
    "/checkout/gift-cards".into()
}
/// Pays with the customer's own store credit.
pub fn checkout_store_credit() -> String {
    "/checkout/store-credit".into()
}
/// Does not pay with a card or credit any more.
pub fn checkout_credit_removal(account: impl std::fmt::Display) -> String {
    format!("/checkout/credits/{account}/removal")
}
pub fn checkout_review() -> String {
    "/checkout/review".into()
}
/// Where a gateway sends the shopper back to.
pub fn checkout_return(token: &str) -> String {
    format!("/checkout/return/{token}")
}
/// Pays an order that stands, on a gateway's page.
pub fn order_payment(token: &str) -> String {
    format!("/orders/{token}/payment")
}
pub fn checkout_order() -> String {
    "/checkout/order".into()
}
/// The shopper's order page, opened by its unguessable token.
pub fn order(token: &str) -> String {
    format!("/orders/{token}")
}
/// The page where a customer takes over a draft and pays.
pub fn payment_link(token: &str) -> String {
    format!("/checkout/link/{token}")
}
