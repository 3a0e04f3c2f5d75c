//! Addresses of conversations, on both sides of the desk.

use std::fmt::Display;

/// A customer's conversation.
pub fn account_messages() -> String {
    "/account/messages".into()
}
pub fn account_messages_before(edge: impl Display) -> String {
    format!("/account/messages?before={edge}")
}
/// The same with an order chosen to write about.
pub fn account_messages_about(number: impl Display) -> String {
    format!("/account/messages?about={number}#write")
}
pub fn account_message_file(id: impl Display) -> String {
    format!("/account/messages/files/{id}")
}
/// Where a question about an order is sent to, by its unguessable token.
pub fn order_messages(token: &str) -> String {
    format!("/orders/{token}/messages")
}
pub fn order_message_file(token: &str, id: impl Display) -> String {
    format!("/orders/{token}/files/{id}")
}
/// A guest's conversation, by the signed tag of its link.
pub fn guest_messages(tag: &str) -> String {
    format!("/messages/{tag}")
}
pub fn guest_messages_before(tag: &str, edge: impl Display) -> String {
    format!("/messages/{tag}?before={edge}")
}
pub fn guest_message_file(tag: &str, id: impl Display) -> String {
    format!("/messages/{tag}/files/{id}")
}
/// The shared desk of all conversations.
pub fn admin_inbox() -> String {
    "/admin/inbox".into()
}
/// The desk narrowed to these pairs of its query.
pub fn admin_inbox_where(pairs: &[(&str, &str)]) -> String {
    format!("/admin/inbox?{}", url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
}
pub fn admin_conversation(id: impl Display) -> String {
    format!("/admin/inbox/{id}")
}
pub fn admin_conversation_before(id: impl Display, edge: impl Display) -> String {
    format!("/admin/inbox/{id}?before={edge}")
}
/// A part of a conversation that a form is sent to: "answers", "notes", "assignment", "snooze", "closing", "reopening", "unread".
pub fn admin_conversation_part(id: impl Display, part: &str) -> String {
    format!("/admin/inbox/{id}/{part}")
}
pub fn admin_message_file(id: impl Display) -> String {
    format!("/admin/message-files/{id}")
}
/// The first word to whoever placed an order.
pub fn admin_message_about(number: impl Display) -> String {
    format!("/admin/messages/orders/{number}")
}
/// The first word to a customer.
pub fn admin_message_to(customer: impl Display) -> String {
    format!("/admin/messages/customers/{customer}")
}
pub fn admin_saved_replies() -> String {
    "/admin/saved-replies".into()
}
pub fn admin_saved_reply(id: impl Display) -> String {
    format!("/admin/saved-replies/{id}")
}
pub fn admin_saved_reply_removal(id: impl Display) -> String {
    format!("/admin/saved-replies/{id}/removal")
}
