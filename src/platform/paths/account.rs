//! Addresses of the ways in, and of a customer’s own pages.

use std::fmt::Display;

use crate::platform::base::OrderNumber;

pub fn account() -> String {
    "/account".into()
}
pub fn sign_in() -> String {
    "/account/sign-in".into()
}
/// The customers' sign-in page, which leads on to `next`.
pub fn sign_in_then(next: &str) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
    format!("/account/sign-in?{query}")
}
pub fn sign_out() -> String {
    "/account/sign-out".into()
}
pub fn register() -> String {
    "/account/register".into()
}
/// The form of a new account that is to keep the order of this token.
pub fn register_for_order(token: &str) -> String {
    format!("/account/register?order={token}")
}
/// What to do after a form that had a mail sent: "register" or "password".
pub fn account_mail_sent(what: &str) -> String {
    format!("/account/mail-sent/{what}")
}
/// Opens the account that was asked for.
pub fn account_confirmation(token: impl Display) -> String {
    format!("/account/confirmation/{token}")
}
pub fn password_reset() -> String {
    "/account/password-reset".into()
}
/// The form of a new password.
pub fn password_reset_link(token: impl Display) -> String {
    format!("/account/password-reset/{token}")
}
/// Proves another address of an account.
pub fn account_email_link(token: impl Display) -> String {
    format!("/account/email/{token}")
}
pub fn account_orders() -> String {
    "/account/orders".into()
}
/// A page of a customer's orders that begins after one of them.
pub fn account_orders_before(order: impl Display) -> String {
    format!("/account/orders?before={order}")
}
pub fn account_orders_after(order: impl Display) -> String {
    format!("/account/orders?after={order}")
}
pub fn account_order(number: OrderNumber) -> String {
    format!("/account/orders/{number}")
}
/// Puts what was bought in the cart again.
pub fn account_order_again(number: OrderNumber) -> String {
    format!("/account/orders/{number}/cart")
}
pub fn account_addresses() -> String {
    "/account/addresses".into()
}
pub fn account_new_address() -> String {
    "/account/addresses/new".into()
}
pub fn account_address(id: impl Display) -> String {
    format!("/account/addresses/{id}")
}
pub fn account_address_removal(id: impl Display) -> String {
    format!("/account/addresses/{id}/removal")
}
pub fn account_address_default(id: impl Display) -> String {
    format!("/account/addresses/{id}/default")
}
pub fn account_security() -> String {
    "/account/security".into()
}
pub fn account_password() -> String {
    "/account/password".into()
}
pub fn account_email() -> String {
    "/account/email".into()
}
pub fn account_session_ending(id: impl Display) -> String {
    format!("/account/sessions/{id}/ending")
}
pub fn account_other_sessions_ending() -> String {
    "/account/sessions/others/ending".into()
}
pub fn account_details() -> String {
    "/account/details".into()
}
pub fn account_closing() -> String {
    "/account/closing".into()
}
/// What was typed to register, without a password.
pub fn register_without_password() -> String {
    "/account/register/without-password".into()
}
/// Opens the account that was asked for with a passkey.
pub fn account_confirmation_passkey(token: impl Display) -> String {
    format!("/account/confirmation/{token}/passkey")
}
pub fn sign_in_passkey() -> String {
    "/account/sign-in/passkey".into()
}
pub fn second_step() -> String {
    "/account/sign-in/second-step".into()
}
pub fn second_step_passkey() -> String {
    "/account/sign-in/second-step/passkey".into()
}
/// Sends somebody to another site to sign in.
pub fn sign_in_with(site: impl Display) -> String {
    format!("/account/sign-in/with/{site}")
}
/// Where another site sends somebody back to.
pub fn sign_in_return(site: impl Display) -> String {
    format!("/account/sign-in/return/{site}")
}
/// The same with what the site sent by a form.
pub fn sign_in_return_with(site: impl Display, said: &[(&str, &str)]) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(said).finish();
    format!("/account/sign-in/return/{site}?{query}")
}
/// Where one shows once more who one is.
pub fn account_proof() -> String {
    "/account/proof".into()
}
/// The same, which leads on to `next`.
pub fn account_proof_then(next: &str) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
    format!("/account/proof?{query}")
}
pub fn account_proof_passkey() -> String {
    "/account/proof/passkey".into()
}
/// Signs out to sign in again.
pub fn account_proof_again() -> String {
    "/account/proof/again".into()
}
/// Has a link sent to the account's own address.
pub fn account_verification() -> String {
    "/account/verification".into()
}
/// Proves the address of an account.
pub fn account_verification_link(token: impl Display) -> String {
    format!("/account/verification/{token}")
}
/// Setting up an app for codes.
pub fn account_app() -> String {
    "/account/security/app".into()
}
pub fn account_app_confirmation() -> String {
    "/account/security/app/confirmation".into()
}
pub fn account_app_removal() -> String {
    "/account/security/app/removal".into()
}
pub fn account_recovery_codes() -> String {
    "/account/security/recovery-codes".into()
}
pub fn account_passkeys() -> String {
    "/account/security/passkeys".into()
}
pub fn account_passkey_removal(id: impl Display) -> String {
    format!("/account/security/passkeys/{id}/removal")
}
/// Sends a customer to another site to connect it.
pub fn account_identity_with(site: impl Display) -> String {
    format!("/account/security/connection/{site}")
}
pub fn account_identity_removal(id: impl Display) -> String {
    format!("/account/security/sites/{id}/removal")
}
/// Where a passkey is asked for a question, below any page that takes its answer.
pub fn passkey_question(page: impl Display) -> String {
    format!("{page}/question")
}
