//! Every address of the shop, in one place; templates and redirects take them from here.

use std::fmt::Display;

use super::base::OrderNumber;

/// The hash of all static files of this build.
pub const STATIC_HASH: &str = env!("STATIC_HASH");

/// A file of `static/`: `asset("css/shop.css")`.
pub fn asset(name: &str) -> String {
    format!("/static/{STATIC_HASH}/{name}")
}

pub fn home() -> String {
    "/".into()
}
pub fn category(handle: &str) -> String {
    format!("/categories/{handle}")
}
pub fn product(handle: &str) -> String {
    format!("/products/{handle}")
}
/// A product with one of its variants shown.
pub fn product_variant(handle: &str, variant: impl Display) -> String {
    format!("/products/{handle}?variant={variant}")
}
/// Everything in the shop.
pub fn products() -> String {
    "/products".into()
}
/// What costs less than before.
pub fn sale() -> String {
    "/sale".into()
}
pub fn sitemap() -> String {
    "/sitemap.xml".into()
}
/// A part of the site map: products after this id.
pub fn sitemap_part(after: impl Display) -> String {
    format!("/sitemap/products/{after}.xml")
}
pub fn search() -> String {
    "/search".into()
}
pub fn preferences() -> String {
    "/preferences".into()
}
pub fn legal(kind: impl Display) -> String {
    format!("/legal/{kind}")
}
pub fn media(hash: &str, width: i32, extension: &str) -> String {
    format!("/media/{hash}/{width}.{extension}")
}

pub fn cart() -> String {
    "/cart".into()
}
pub fn cart_lines() -> String {
    "/cart/lines".into()
}
pub fn cart_line_quantity(line: impl Display) -> String {
    format!("/cart/lines/{line}/quantity")
}
pub fn cart_line_removal(line: impl Display) -> String {
    format!("/cart/lines/{line}/removal")
}

/// The cart after a thing was taken out, to be put back.
pub fn cart_after_removal(variant: impl Display, quantity: i32) -> String {
    format!("/cart?removed={variant}&quantity={quantity}")
}

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
pub fn checkout_draft() -> String {
    "/checkout/draft".into()
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
/// The test card's page; demo and test mode only.
pub fn test_card(reference: &str) -> String {
    format!("/test-card/{reference}")
}
/// Where the shopper's bank asks back.
pub fn test_card_confirmation(reference: &str) -> String {
    format!("/test-card/{reference}/confirmation")
}
pub fn webhook(gateway: impl Display) -> String {
    format!("/webhooks/{gateway}")
}
/// Payments that staff should look at.
pub fn admin_payments() -> String {
    "/admin/payments".into()
}
pub fn admin_payments_comparison() -> String {
    "/admin/payments/comparison".into()
}
/// Gives the money of a payment back that no order can come of.
pub fn admin_payment_return(payment: impl Display) -> String {
    format!("/admin/payments/{payment}/return")
}
/// Says that a payment was looked at.
pub fn admin_payment_attention(payment: impl Display) -> String {
    format!("/admin/payments/{payment}/attention")
}
/// Mends a difference between the gateway's books and ours.
pub fn admin_payment_difference(difference: impl Display) -> String {
    format!("/admin/payment-differences/{difference}")
}
pub fn admin_order_capture(number: OrderNumber, payment: impl Display) -> String {
    format!("/admin/orders/{number}/payments/{payment}/capture")
}
pub fn admin_order_void(number: OrderNumber, payment: impl Display) -> String {
    format!("/admin/orders/{number}/payments/{payment}/void")
}
pub fn admin_order_refund(number: OrderNumber, payment: impl Display) -> String {
    format!("/admin/orders/{number}/payments/{payment}/refund")
}
pub fn checkout_order() -> String {
    "/checkout/order".into()
}
/// The shopper's order page, opened by its unguessable token.
pub fn order(token: &str) -> String {
    format!("/orders/{token}")
}

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
// Ways into an account: a second step, passkeys, other sites.

/// What was typed to register, without a password.
pub fn register_without_password() -> String {
    "/account/register/without-password".into()
}
/// Where a passkey is asked for a question, below any page that takes its answer.
pub fn passkey_question(page: impl Display) -> String {
    format!("{page}/question")
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
pub fn admin_settings_sign_in() -> String {
    "/admin/settings/sign-in".into()
}
/// The form of a site of this kind that is not set up yet.
pub fn admin_settings_new_site(kind: impl Display) -> String {
    format!("/admin/settings/sign-in-new/{kind}")
}
pub fn admin_settings_site(id: impl Display) -> String {
    format!("/admin/settings/sign-in/{id}")
}
pub fn admin_settings_site_removal(id: impl Display) -> String {
    format!("/admin/settings/sign-in/{id}/removal")
}
pub fn admin_settings_site_test(id: impl Display) -> String {
    format!("/admin/settings/sign-in/{id}/test")
}

/// What the shop keeps of a customer, and what they can do about it.
pub fn account_privacy() -> String {
    "/account/privacy".into()
}
pub fn account_copies() -> String {
    "/account/privacy/copies".into()
}
/// A copy of a customer's own data.
pub fn account_copy(id: impl Display) -> String {
    format!("/account/privacy/copies/{id}")
}
/// What the shop keeps of the guest of an order; also where they ask for a copy or to be forgotten.
pub fn order_privacy(token: &str) -> String {
    format!("/orders/{token}/privacy")
}
/// What a guest asked for, from the mail that proves their address.
pub fn privacy_request(token: impl Display) -> String {
    format!("/privacy/requests/{token}")
}
/// Which scripts of other houses may run.
pub fn consent() -> String {
    "/consent".into()
}
/// What the shop keeps of a customer, for staff.
pub fn admin_customer_privacy(id: impl Display) -> String {
    format!("/admin/customers/{id}/privacy")
}
pub fn admin_customer_copy(id: impl Display) -> String {
    format!("/admin/customers/{id}/privacy/copy")
}
pub fn admin_customer_erasure(id: impl Display) -> String {
    format!("/admin/customers/{id}/privacy/erasure")
}
pub fn admin_settings_privacy() -> String {
    "/admin/settings/privacy".into()
}
pub fn admin_third_parties() -> String {
    "/admin/settings/privacy/third-parties".into()
}
pub fn admin_third_party_removal(id: impl Display) -> String {
    format!("/admin/settings/privacy/third-parties/{id}/removal")
}

/// The cart after signing in, where fewer were left of some things than two carts held.
pub fn cart_with_fewer(variants: impl IntoIterator<Item = impl Display>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(variants.into_iter().map(|variant| ("fewer", variant.to_string())));
    format!("/cart?{}", query.finish())
}

pub fn contact() -> String {
    "/contact".into()
}
/// The form of a question about a product.
pub fn contact_about(handle: &str) -> String {
    format!("/contact?product={handle}")
}
pub fn contact_sent() -> String {
    "/contact/sent".into()
}
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
/// Where mail servers bring what was answered.
pub fn mail_webhook() -> String {
    "/webhooks/mail".into()
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

pub fn admin() -> String {
    "/admin".into()
}
pub fn admin_sign_in() -> String {
    "/admin/sign-in".into()
}
pub fn admin_sign_out() -> String {
    "/admin/sign-out".into()
}
pub fn admin_orders() -> String {
    "/admin/orders".into()
}
/// The list of orders narrowed to these pairs of its query.
pub fn admin_orders_where(pairs: &[(&str, &str)]) -> String {
    format!("/admin/orders?{}", url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
}
pub fn admin_order(number: OrderNumber) -> String {
    format!("/admin/orders/{number}")
}
pub fn admin_order_payment(number: OrderNumber) -> String {
    format!("/admin/orders/{number}/payment")
}
pub fn admin_order_fulfilment(number: OrderNumber) -> String {
    format!("/admin/orders/{number}/fulfilment")
}
pub fn admin_order_cancellation(number: OrderNumber) -> String {
    format!("/admin/orders/{number}/cancellation")
}
/// Mails of an order, to be sent again.
pub fn admin_order_letters(number: OrderNumber) -> String {
    format!("/admin/orders/{number}/letters")
}
/// Whom an order is for: addresses, e-mail, the shopper's note.
pub fn admin_order_contact(number: OrderNumber) -> String {
    format!("/admin/orders/{number}/contact")
}
pub fn admin_order_note(number: OrderNumber) -> String {
    format!("/admin/orders/{number}/note")
}
/// Many orders, to be looked at before they are shipped.
pub fn admin_orders_shipping() -> String {
    "/admin/orders/shipping".into()
}
pub fn admin_orders_shipments() -> String {
    "/admin/orders/shipments".into()
}
/// What became of many orders.
pub fn admin_order_batch(batch: impl Display) -> String {
    format!("/admin/orders/batches/{batch}")
}
/// The views of the list that staff keep.
pub fn admin_order_views() -> String {
    "/admin/orders/views".into()
}
pub fn admin_order_view_name(view: impl Display) -> String {
    format!("/admin/orders/views/{view}/name")
}
pub fn admin_order_view_removal(view: impl Display) -> String {
    format!("/admin/orders/views/{view}/removal")
}
/// Sheets of orders to print: "slips" or "receipts".
pub fn admin_order_sheets(kind: impl Display) -> String {
    format!("/admin/orders/sheets/{kind}")
}
/// The sheets of these orders.
pub fn admin_order_sheets_of(kind: impl Display, orders: impl IntoIterator<Item = i64>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(orders.into_iter().map(|number| ("order", number.to_string())));
    format!("/admin/orders/sheets/{kind}?{}", query.finish())
}
pub fn admin_customers() -> String {
    "/admin/customers".into()
}
/// The customers of a group.
pub fn admin_customers_of(group: impl Display) -> String {
    format!("/admin/customers?group={group}")
}
/// A page of the list of customers that begins or ends ("before", "after") at one of them.
pub fn admin_customers_from(words: &str, group: Option<i64>, edge: &str, id: impl Display) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if !words.is_empty() {
        query.append_pair("q", words);
    }
    if let Some(group) = group {
        query.append_pair("group", &group.to_string());
    }
    format!("/admin/customers?{}", query.append_pair(edge, &id.to_string()).finish())
}
pub fn admin_customer(id: impl Display) -> String {
    format!("/admin/customers/{id}")
}
/// A part of a customer's page that a form is sent to: "note", "tags", "groups", "password-reset", "sessions/ending", "other".
pub fn admin_customer_part(id: impl Display, part: &str) -> String {
    format!("/admin/customers/{id}/{part}")
}
/// The look at what a merge will do: the other joins this one.
pub fn admin_customer_merge(id: impl Display, other: impl Display) -> String {
    format!("/admin/customers/{id}/merge?other={other}")
}
pub fn admin_customer_merging(id: impl Display) -> String {
    format!("/admin/customers/{id}/merge")
}
pub fn admin_customer_groups() -> String {
    "/admin/customer-groups".into()
}
pub fn admin_customer_group_removal(id: impl Display) -> String {
    format!("/admin/customer-groups/{id}/removal")
}
/// Orders that staff put together.
pub fn admin_drafts() -> String {
    "/admin/drafts".into()
}
pub fn admin_draft(draft: impl Display) -> String {
    format!("/admin/drafts/{draft}")
}
/// A part of a draft that a form is sent to: "lines", "quantities", "customer", "link", "order", "removal".
pub fn admin_draft_part(draft: impl Display, part: &str) -> String {
    format!("/admin/drafts/{draft}/{part}")
}
/// The page where a customer takes over a draft and pays.
pub fn payment_link(token: &str) -> String {
    format!("/checkout/link/{token}")
}
pub fn admin_products() -> String {
    "/admin/products".into()
}
/// Products of which a variant runs low.
pub fn admin_products_low() -> String {
    "/admin/products?stock=low".into()
}
pub fn admin_new_product() -> String {
    "/admin/products/new".into()
}
pub fn admin_product(id: impl Display) -> String {
    format!("/admin/products/{id}")
}
pub fn admin_categories() -> String {
    "/admin/categories".into()
}
pub fn admin_new_category() -> String {
    "/admin/categories/new".into()
}
/// The form of a category below another one.
pub fn admin_new_category_below(parent: impl Display) -> String {
    format!("/admin/categories/new?parent={parent}")
}
pub fn admin_category(id: impl Display) -> String {
    format!("/admin/categories/{id}")
}
pub fn admin_category_place(id: impl Display) -> String {
    format!("/admin/categories/{id}/place")
}
pub fn admin_category_removal(id: impl Display) -> String {
    format!("/admin/categories/{id}/removal")
}
/// The products of a category, in their order.
pub fn admin_category_products(id: impl Display) -> String {
    format!("/admin/categories/{id}/products")
}
pub fn admin_category_product_place(id: impl Display, product: impl Display) -> String {
    format!("/admin/categories/{id}/products/{product}/place")
}
pub fn admin_category_product_removal(id: impl Display, product: impl Display) -> String {
    format!("/admin/categories/{id}/products/{product}/removal")
}
pub fn admin_category_order_removal(id: impl Display) -> String {
    format!("/admin/categories/{id}/order/removal")
}
/// All pictures of the shop.
pub fn admin_pictures() -> String {
    "/admin/pictures".into()
}
pub fn admin_picture(id: impl Display) -> String {
    format!("/admin/pictures/{id}")
}
pub fn admin_picture_texts(id: impl Display) -> String {
    format!("/admin/pictures/{id}/texts")
}
pub fn admin_picture_removal(id: impl Display) -> String {
    format!("/admin/pictures/{id}/removal")
}
pub fn admin_menus() -> String {
    "/admin/menus".into()
}
/// Fills an empty menu.
pub fn admin_menu_beginning(menu: impl Display) -> String {
    format!("/admin/menus/{menu}/beginning")
}
pub fn admin_menu_links(menu: impl Display) -> String {
    format!("/admin/menus/{menu}/links")
}
pub fn admin_new_menu_link(menu: impl Display) -> String {
    format!("/admin/menus/{menu}/links/new")
}
/// The form of a link below another one.
pub fn admin_new_menu_link_below(menu: impl Display, parent: impl Display) -> String {
    format!("/admin/menus/{menu}/links/new?parent={parent}")
}
pub fn admin_menu_link(id: impl Display) -> String {
    format!("/admin/menu-links/{id}")
}
pub fn admin_menu_link_place(id: impl Display) -> String {
    format!("/admin/menu-links/{id}/place")
}
pub fn admin_menu_link_removal(id: impl Display) -> String {
    format!("/admin/menu-links/{id}/removal")
}
pub fn admin_redirects() -> String {
    "/admin/redirects".into()
}
pub fn admin_redirect_removal(id: impl Display) -> String {
    format!("/admin/redirects/{id}/removal")
}
pub fn admin_announcement() -> String {
    "/admin/announcement".into()
}
pub fn admin_inventory() -> String {
    "/admin/inventory".into()
}
/// The stock of a variant with its ledger.
pub fn admin_stock(variant: impl Display) -> String {
    format!("/admin/inventory/{variant}")
}
/// The same with one place chosen.
pub fn admin_stock_at(variant: impl Display, location: impl Display) -> String {
    format!("/admin/inventory/{variant}?location={location}")
}
pub fn admin_stock_corrections(variant: impl Display, location: impl Display) -> String {
    format!("/admin/inventory/{variant}/locations/{location}/corrections")
}
pub fn admin_locations() -> String {
    "/admin/inventory/locations".into()
}
pub fn admin_location(id: impl Display) -> String {
    format!("/admin/inventory/locations/{id}")
}
pub fn admin_location_place(id: impl Display) -> String {
    format!("/admin/inventory/locations/{id}/place")
}
/// Pictures of imported products that could not be fetched.
pub fn admin_lost_pictures() -> String {
    "/admin/lost-pictures".into()
}
pub fn admin_lost_pictures_fetching() -> String {
    "/admin/lost-pictures/fetching".into()
}
pub fn admin_lost_picture_fetching(id: impl Display) -> String {
    format!("/admin/lost-pictures/{id}/fetching")
}
pub fn admin_lost_picture_removal(id: impl Display) -> String {
    format!("/admin/lost-pictures/{id}/removal")
}
pub fn admin_product_preview(id: impl Display) -> String {
    format!("/admin/products/{id}/preview")
}
pub fn admin_product_copy(id: impl Display) -> String {
    format!("/admin/products/{id}/copy")
}
pub fn admin_product_archiving(id: impl Display) -> String {
    format!("/admin/products/{id}/archiving")
}
/// Makes an archived product what it was before.
pub fn admin_product_return(id: impl Display) -> String {
    format!("/admin/products/{id}/return")
}
pub fn admin_product_deletion(id: impl Display) -> String {
    format!("/admin/products/{id}/deletion")
}
pub fn admin_product_images(id: impl Display) -> String {
    format!("/admin/products/{id}/images")
}
pub fn admin_product_image_place(id: impl Display, media: impl Display, place: impl Display) -> String {
    format!("/admin/products/{id}/images/{media}/place/{place}")
}
pub fn admin_product_image_removal(id: impl Display, media: impl Display) -> String {
    format!("/admin/products/{id}/images/{media}/removal")
}
pub fn admin_product_image_return(id: impl Display, media: impl Display) -> String {
    format!("/admin/products/{id}/images/{media}/return")
}
pub fn admin_mails() -> String {
    "/admin/mail".into()
}
/// Mails that a mail server did not take.
pub fn admin_mails_failed() -> String {
    "/admin/mail?state=failed".into()
}
/// Writes a mail to whoever asks, to see that mail works.
pub fn admin_mail_test() -> String {
    "/admin/mail/test".into()
}
pub fn admin_mail(id: impl Display) -> String {
    format!("/admin/mail/{id}")
}
/// A page of the list of mails that begins or ends ("before", "after") at a mail.
pub fn admin_mails_from(words: &str, state: Option<&str>, edge: &str, id: impl Display) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if !words.is_empty() {
        query.append_pair("q", words);
    }
    if let Some(state) = state {
        query.append_pair("state", state);
    }
    format!("/admin/mail?{}", query.append_pair(edge, &id.to_string()).finish())
}
pub fn admin_mail_letter(id: impl Display) -> String {
    format!("/admin/mail/{id}/letter")
}
pub fn admin_mail_sending(id: impl Display) -> String {
    format!("/admin/mail/{id}/sending")
}
pub fn admin_settings() -> String {
    "/admin/settings".into()
}
pub fn admin_settings_payment() -> String {
    "/admin/settings/payment".into()
}
pub fn admin_settings_delivery() -> String {
    "/admin/settings/delivery".into()
}
/// A zone of delivery, or "new".
pub fn admin_delivery_zone(zone: impl Display) -> String {
    format!("/admin/settings/delivery/{zone}")
}
pub fn admin_delivery_zone_removal(zone: impl Display) -> String {
    format!("/admin/settings/delivery/{zone}/removal")
}
/// A method of a zone, or "new".
pub fn admin_delivery_method(zone: impl Display, method: impl Display) -> String {
    format!("/admin/settings/delivery/{zone}/methods/{method}")
}
pub fn admin_delivery_method_removal(zone: impl Display, method: impl Display) -> String {
    format!("/admin/settings/delivery/{zone}/methods/{method}/removal")
}
pub fn admin_settings_tax() -> String {
    "/admin/settings/tax".into()
}
pub fn admin_settings_legal() -> String {
    "/admin/settings/legal".into()
}
pub fn admin_settings_legal_text(kind: impl Display) -> String {
    format!("/admin/settings/legal/{kind}")
}
pub fn admin_settings_logo() -> String {
    "/admin/settings/logo".into()
}
pub fn admin_settings_logo_removal() -> String {
    "/admin/settings/logo/removal".into()
}
pub fn admin_settings_staff() -> String {
    "/admin/settings/staff".into()
}
pub fn admin_staff_member(id: impl Display) -> String {
    format!("/admin/settings/staff/{id}")
}
pub fn admin_settings_audit() -> String {
    "/admin/settings/audit".into()
}
pub fn admin_session_ending(id: impl Display) -> String {
    format!("/admin/sessions/{id}/ending")
}
pub fn admin_other_sessions_ending() -> String {
    "/admin/sessions/others/ending".into()
}
pub fn admin_all_sessions_ending() -> String {
    "/admin/sessions/all/ending".into()
}
pub fn admin_password() -> String {
    "/admin/password".into()
}
/// The sign-in page, which leads on to `next`.
pub fn admin_sign_in_then(next: &str) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
    format!("/admin/sign-in?{query}")
}
pub fn admin_takings_page() -> String {
    "/admin/takings".into()
}
/// Money that came in and went back, from one day to another, both counted.
pub fn admin_takings(from: impl Display, to: impl Display) -> String {
    format!("/admin/takings?from={from}&to={to}")
}
/// Jobs that did not succeed.
pub fn admin_jobs() -> String {
    "/admin/jobs".into()
}
pub fn admin_job_retry(id: impl Display) -> String {
    format!("/admin/jobs/{id}/retry")
}
pub fn admin_guide_hiding() -> String {
    "/admin/guide/hiding".into()
}
pub fn admin_preferences() -> String {
    "/admin/preferences".into()
}
pub fn admin_search() -> String {
    "/admin/search".into()
}
pub fn admin_sessions() -> String {
    "/admin/sessions".into()
}
pub fn admin_styleguide() -> String {
    "/admin/styleguide".into()
}
pub fn admin_styleguide_shop() -> String {
    "/admin/styleguide/shop".into()
}
// Staff: second step, own factors, proof, invitations, roles, audit trail.

/// An address with where to go on afterwards; empty: nowhere in particular.
fn then(path: &str, next: &str) -> String {
    if next.is_empty() {
        return path.to_owned();
    }
    format!("{path}?{}", url::form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish())
}
pub fn admin_second_step(next: &str) -> String {
    then("/admin/sign-in/second-step", next)
}
pub fn admin_second_step_question() -> String {
    "/admin/sign-in/second-step/question".into()
}
pub fn admin_second_step_passkey(next: &str) -> String {
    then("/admin/sign-in/second-step/passkey", next)
}
/// Where somebody proves once more who they are.
pub fn admin_proof(next: &str) -> String {
    then("/admin/proof", next)
}
pub fn admin_proof_question() -> String {
    "/admin/proof/question".into()
}
pub fn admin_proof_passkey(next: &str) -> String {
    then("/admin/proof/passkey", next)
}
pub fn admin_security() -> String {
    "/admin/security".into()
}
/// `part`: "app", "app/confirmation", "app/removal", "recovery-codes", "passkeys", "passkeys/question".
pub fn admin_security_part(part: &str) -> String {
    format!("/admin/security/{part}")
}
/// `part`: "name", "removal".
pub fn admin_passkey_part(id: impl Display, part: &str) -> String {
    format!("/admin/security/passkeys/{id}/{part}")
}
pub fn admin_staff_invitations() -> String {
    "/admin/settings/staff/invitations".into()
}
/// `part`: "sending", "removal".
pub fn admin_staff_invitation_part(id: impl Display, part: &str) -> String {
    format!("/admin/settings/staff/invitations/{id}/{part}")
}
/// The link in the mail to somebody who is asked to join.
pub fn admin_invitation(token: impl Display) -> String {
    format!("/admin/invitation/{token}")
}
pub fn admin_staff_proof_limit() -> String {
    "/admin/settings/staff/proof-limit".into()
}
pub fn admin_colleague_session_ending(id: impl Display, session: impl Display) -> String {
    format!("/admin/settings/staff/{id}/sessions/{session}/ending")
}
pub fn admin_colleague_sessions_ending(id: impl Display) -> String {
    format!("/admin/settings/staff/{id}/sessions/ending")
}
pub fn admin_roles() -> String {
    "/admin/settings/roles".into()
}
pub fn admin_new_role() -> String {
    "/admin/settings/roles/new".into()
}
pub fn admin_role(key: impl Display) -> String {
    format!("/admin/settings/roles/{key}")
}
pub fn admin_role_removal(key: impl Display) -> String {
    format!("/admin/settings/roles/{key}/removal")
}
/// The audit trail, narrowed.
pub fn admin_audit_where(pairs: &[(&str, &str)]) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    if query.is_empty() { admin_settings_audit() } else { format!("/admin/settings/audit?{query}") }
}
/// What was done to one thing; an order goes by its number: `admin_audit_of("order", 1055)`.
pub fn admin_audit_of(subject: &str, id: impl Display) -> String {
    admin_audit_where(&[("subject", subject), ("id", &id.to_string())])
}
pub fn admin_audit_of_settings() -> String {
    admin_audit_where(&[("subject", "settings")])
}
/// The same acts as a CSV file.
pub fn admin_audit_file(query: &str) -> String {
    if query.is_empty() { "/admin/settings/audit/file".into() } else { format!("/admin/settings/audit/file?{query}") }
}

/// The page that opens a new shop, with its one-time token.
pub fn first_run(token: &str) -> String {
    format!("/first-run/{token}")
}
