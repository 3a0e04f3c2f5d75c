//! Being forgotten. Every room that keeps something of people is called here, and only here: a room that begins to do so adds its line.
//!
//! What stays: orders within the time that tax law sets, with what an invoice must show (`orders/commands/forgetting.rs` says what that
//! is), those that are still open whole until they are done; amounts and goods in the books; the last letter until it is out; for a day
//! failed attempts at an address that was only typed; that something was done to customer 17, without a name, in the audit trail; and an
//! emptied row of the customer, to which those ids lead. Addresses that nobody has proved may be another person's: by them alone nothing
//! is forgotten.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::engines::credit;
use crate::engines::promotions;
use crate::features::privacy::model::{AskRefused, Whose};
use crate::features::privacy::queries;
use crate::features::{cart, checkout, clientele, customers, elsewhere, messages, orders, waitlist};
use crate::platform::access::{Person, audit, audit_without_staff};
use crate::platform::base::{CartId, CustomerId, Failed, Moment, OrderId};
use crate::platform::db::{self, Conn};
use crate::platform::factors;
use crate::platform::mail::{self, Draft};
use crate::platform::schema::{consents, customer_tokens, data_downloads, privacy_requests};
use crate::platform::throttle;
use crate::platform::vault::Vault;

/// Closes an account and forgets its customer; the caller has made sure that it is them.
pub async fn erase(tx: &mut Conn, vault: &Vault, customer: CustomerId, now: Moment) -> Result<(), Failed<AskRefused>> {
    forget_customer(tx, vault, customer, now).await?;
    Ok(audit_without_staff(tx, "customer", "customer.erased", "customer", Some(customer.0), None).await?)
}

/// The same on behalf of a customer who asked staff; `letter` is the last one to them.
pub async fn erase_for(
    conn: &mut Conn,
    vault: &Vault,
    customer: CustomerId,
    letter: &Draft,
    staff: &Person,
    now: Moment,
) -> Result<(), Failed<AskRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        forget_customer(tx, vault, customer, now).await?;
        audit(tx, staff, "customer.erased", "customer", Some(customer.0), None, None).await?;
        mail::commands::queue(tx, letter).await?;
        Ok(())
    })
    .await
}

async fn forget_customer(tx: &mut Conn, vault: &Vault, customer: CustomerId, now: Moment) -> Result<(), Failed<AskRefused>> {
    let whose = queries::whose(tx, customer).await?.ok_or(AskRefused::Gone)?;
    customers::commands::hold(tx, customer).await?;
    let links = customer_tokens::table.filter(customer_tokens::customer_id.eq(customer)).select(customer_tokens::id);
    let links: Vec<i64> = links.load(tx).await?;
    let causes: Vec<String> = links.iter().map(|link| format!("customer_link:{link}")).collect();
    cart::commands::discard_of(tx, customer).await?;
    forget_orders_and_letters(tx, &whose, &causes, now).await?;
    clientele::commands::forget(tx, customer).await?;
    factors::commands::forget(tx, vault, factors::Account::customer(customer.0)).await?;
    elsewhere::commands::forget(tx, customer).await?;
    messages::commands::forget(tx, customer).await?;
    diesel::delete(data_downloads::table.filter(data_downloads::customer_id.eq(customer))).execute(tx).await?;
    let theirs = consents::table.filter(consents::customer_id.eq(customer));
    diesel::update(theirs).set(consents::customer_id.eq(None::<CustomerId>)).execute(tx).await?;
    Ok(customers::commands::close_account(tx, customer, now).await?)
}

/// Forgets a guest, who has proved the address of an order; orders of an account are not touched.
pub async fn erase_guest(conn: &mut Conn, email: &str, now: Moment) -> Result<(), Failed<AskRefused>> {
    let whose = Whose { customer: None, emails: vec![email.to_lowercase()] };
    db::transaction(conn, async |tx: &mut Conn| {
        forget_orders_and_letters(tx, &whose, &[], now).await?;
        Ok(audit_without_staff(tx, "guest", "guest.erased", "guest", None, None).await?)
    })
    .await
}

async fn forget_orders_and_letters(tx: &mut Conn, whose: &Whose, causes: &[String], now: Moment) -> QueryResult<()> {
    let theirs = orders::commands::forget_person(tx, whose.customer, &whose.emails, now).await?;
    let (placed, carts): (Vec<OrderId>, Vec<CartId>) = theirs.into_iter().unzip();
    promotions::uses::forget_person(tx, whose.customer, &whose.emails).await?;
    checkout::commands::forget_person(tx, &whose.emails, &carts, &placed, now).await?;
    cart::commands::forget_placed(tx, &carts).await?;
    credit::commands::forget_person(tx, whose.customer, &whose.emails, &placed).await?;
    diesel::delete(privacy_requests::table.filter(privacy_requests::order_id.eq_any(placed.clone()))).execute(tx).await?;
    waitlist::commands::forget(tx, &whose.emails).await?;
    for email in &whose.emails {
        customers::commands::forget_links_to(tx, email).await?;
        messages::commands::forget_address(tx, email).await?;
        let kinds = ["customer", "register", "reset", "privacy", "wish"].map(|kind| format!("{kind} {email}"));
        throttle::settle(tx, &kinds.iter().map(String::as_str).collect::<Vec<_>>()).await?;
    }
    let placed: Vec<i64> = placed.iter().map(|order| order.0).collect();
    mail::commands::forget(tx, &whose.emails, &placed, causes).await?;
    Ok(())
}
