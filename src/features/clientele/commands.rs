//! Acts of staff on customers; each is written down, by ids: what customers are called and what is noted of them is not for the trail,
//! which forgets nobody.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;

use super::emails::Desk;
use super::model::{ClientRefused, MOST_TAGS};
use super::queries;
use crate::engines::credit;
use crate::engines::credit::commands::Change;
use crate::engines::tax::exemptions::{self, Exempt};
use crate::features::customers::model::{LinkKind, NewLink};
use crate::features::{checkout, customers, orders};
use crate::platform::access::{Origin, Person, audit};
use crate::platform::base::{Currency, CustomerGroupId, CustomerId, Failed, Moment, Token};
use crate::platform::db::{self, Conn};
use crate::platform::events::{self, Event};
use crate::platform::factors::{self, Account};
use crate::platform::mail;
use crate::platform::schema::{customer_group_members, customer_groups, customer_notes, customer_tags};
use crate::platform::vault::Vault;

/// Locks a customer whose account is open.
async fn lock(tx: &mut Conn, id: CustomerId) -> Result<customers::queries::Account, Failed<ClientRefused>> {
    let account = customers::queries::account_of(tx, id).await?.ok_or(ClientRefused::Gone)?;
    customers::commands::hold(tx, id).await?;
    Ok(account)
}

pub async fn add_note(
    conn: &mut Conn,
    of: CustomerId,
    text: &str,
    staff: &Person,
    now: Moment,
) -> Result<(), Failed<ClientRefused>> {
    if text.trim().is_empty() {
        return Err(ClientRefused::Empty.into());
    }
    db::transaction(conn, async |tx: &mut Conn| {
        lock(tx, of).await?;
        let row = (customer_notes::customer_id.eq(of), customer_notes::staff_id.eq(staff.id), customer_notes::text.eq(text));
        diesel::insert_into(customer_notes::table).values((row, customer_notes::at.eq(now))).execute(tx).await?;
        Ok(audit(tx, staff, "customer.note", "customer", Some(of.0), None, None).await?)
    })
    .await
}

/// Puts a tag on a customer; one that is there stays.
pub async fn add_tag(conn: &mut Conn, of: CustomerId, tag: &str, staff: &Person) -> Result<(), Failed<ClientRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        lock(tx, of).await?;
        let before = queries::tags_of(tx, of).await?;
        if before.iter().any(|one| one == tag) {
            return Ok(());
        }
        if before.len() >= MOST_TAGS {
            return Err(ClientRefused::TooManyTags.into());
        }
        let row = (customer_tags::customer_id.eq(of), customer_tags::tag.eq(tag));
        diesel::insert_into(customer_tags::table).values(row).execute(tx).await?;
        Ok(audit(tx, staff, "customer.tagged", "customer", Some(of.0), None, None).await?)
    })
    .await
}

pub async fn remove_tag(conn: &mut Conn, of: CustomerId, tag: &str, staff: &Person) -> Result<(), Failed<ClientRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        lock(tx, of).await?;
        let gone = customer_tags::table.filter(customer_tags::customer_id.eq(of)).filter(customer_tags::tag.eq(tag));
        if diesel::delete(gone).execute(tx).await? > 0 {
            audit(tx, staff, "customer.untagged", "customer", Some(of.0), None, None).await?;
        }
        Ok(())
    })
    .await
}

/// Puts a customer in exactly these groups; those that are gone are left out.
pub async fn set_groups(
    conn: &mut Conn,
    of: CustomerId,
    groups: &[CustomerGroupId],
    staff: &Person,
) -> Result<(), Failed<ClientRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        lock(tx, of).await?;
        let before = queries::groups_of(tx, of).await?;
        let known = customer_groups::table.filter(customer_groups::id.eq_any(groups.to_vec())).select(customer_groups::id);
        let known: Vec<CustomerGroupId> = known.for_key_share().load(tx).await?;
        let own = customer_group_members::table.filter(customer_group_members::customer_id.eq(of));
        diesel::delete(own).execute(tx).await?;
        let rows: Vec<_> = known
            .iter()
            .map(|group| (customer_group_members::customer_id.eq(of), customer_group_members::group_id.eq(*group)))
            .collect();
        diesel::insert_into(customer_group_members::table).values(rows).execute(tx).await?;
        let (before, after) = (json!({ "groups": before }), json!({ "groups": known }));
        Ok(audit(tx, staff, "customer.grouped", "customer", Some(of.0), Some(before), Some(after)).await?)
    })
    .await
}

pub async fn add_group(
    conn: &mut Conn,
    name: &str,
    staff: &Person,
    now: Moment,
) -> Result<CustomerGroupId, Failed<ClientRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let row = (customer_groups::name.eq(name), customer_groups::created_at.eq(now));
        let added = diesel::insert_into(customer_groups::table).values(row).on_conflict_do_nothing();
        let added: Option<CustomerGroupId> = added.returning(customer_groups::id).get_result(tx).await.optional()?;
        let id = added.ok_or(ClientRefused::NameTaken)?;
        audit(tx, staff, "customer_group.added", "customer_group", Some(id.0), None, Some(json!({ "name": name }))).await?;
        Ok(id)
    })
    .await
}

/// Removes a group; its customers stay.
pub async fn remove_group(conn: &mut Conn, id: CustomerGroupId, staff: &Person) -> Result<(), Failed<ClientRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let gone = diesel::delete(customer_groups::table.find(id)).returning(customer_groups::name);
        let name: Option<String> = gone.get_result(tx).await.optional()?;
        let name = name.ok_or(ClientRefused::Gone)?;
        Ok(audit(tx, staff, "customer_group.removed", "customer_group", Some(id.0), Some(json!({ "name": name })), None).await?)
    })
    .await
}

/// Sends a customer the link to a new password.
pub async fn send_reset(conn: &mut Conn, of: CustomerId, staff: &Person, now: Moment) -> Result<(), Failed<ClientRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let account = lock(tx, of).await?;
        let proved = customers::queries::account_by_email(tx, &account.email).await?;
        if proved.is_none_or(|proved| proved.id != of) {
            return Err(ClientRefused::Unverified.into());
        }
        audit(tx, staff, "customer.reset_sent", "customer", Some(of.0), None, None).await?;
        let link = NewLink {
            kind: LinkKind::Reset,
            customer: Some(of),
            email: account.email,
            name: String::new(),
            password_hash: None,
            locale: account.locale,
        };
        customers::commands::ask_for_link(tx, &link, now).await?;
        Ok(())
    })
    .await
}

/// Signs a customer out everywhere.
pub async fn end_sessions(conn: &mut Conn, of: CustomerId, staff: &Person) -> Result<(), Failed<ClientRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        lock(tx, of).await?;
        let ended = customers::commands::end_sessions(tx, of, None).await?;
        Ok(audit(tx, staff, "customer.signed_out", "customer", Some(of.0), None, Some(json!({ "sessions": ended }))).await?)
    })
    .await
}

/// Takes all second factors and passkeys of a customer away who has lost them, and signs them out everywhere; they are told by mail.
/// Refused where nothing else would open the account.
pub async fn remove_factors(
    conn: &mut Conn,
    vault: &Vault,
    of: CustomerId,
    desk: &Desk<'_>,
    staff: &Person,
) -> Result<(), Failed<ClientRefused>> {
    let account = Account::customer(of.0);
    db::transaction(conn, async |tx: &mut Conn| {
        let customer = lock(tx, of).await?;
        let held = factors::queries::held(tx, account).await?;
        factors::commands::forget(tx, vault, account).await?;
        if customer.verified_at.is_none() && customers::queries::ways_in(tx, of).await? == 0 {
            return Err(ClientRefused::Unverified.into());
        }
        customers::commands::end_sessions(tx, of, None).await?;
        let before = json!({ "app": held.totp.is_some(), "passkeys": held.passkeys.len() });
        audit(tx, staff, "customer.factors_removed", "customer", Some(of.0), Some(before), None).await?;
        if customer.verified_at.is_some() {
            mail::commands::queue(tx, &desk.factors_removed(&customer)?).await?;
        }
        Ok(())
    })
    .await
}

/// Lets staff look at the shop as this customer sees it, for half an hour and while they are signed in: the token of that session.
pub async fn view_as(
    conn: &mut Conn,
    of: CustomerId,
    staff: &Person,
    origin: &Origin,
    now: Moment,
) -> Result<Token, Failed<ClientRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        lock(tx, of).await?;
        audit(tx, staff, "customer.viewed", "customer", Some(of.0), None, None).await?;
        Ok(customers::commands::open_viewing(tx, of, staff.session, origin, now).await?)
    })
    .await
}

/// Gives a customer store credit, or takes some from it.
///
/// # Errors
/// No reason, no amount, more than is there, or a balance that changed since the page was made.
pub async fn change_credit(
    conn: &mut Conn,
    of: CustomerId,
    currency: Currency,
    change: Change<'_>,
    staff: &Person,
    now: Moment,
) -> Result<(), Failed<ClientRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        lock(tx, of).await?;
        let account = credit::commands::store_credit_of(tx, of, currency, now).await?;
        let changed = credit::commands::adjust(tx, account, change, staff.id, now).await;
        let after = changed.map_err(|failed| failed.map(ClientRefused::Credit))?;
        let (before, after) = (json!({ "balance": change.seen, "currency": currency }), json!({ "balance": after }));
        Ok(audit(tx, staff, "customer.credit_changed", "customer", Some(of.0), Some(before), Some(after)).await?)
    })
    .await
}

/// Says that a customer or a group pays no tax, and why; the reason is not for the trail.
pub async fn exempt(
    conn: &mut Conn,
    who: Exempt,
    reason: &str,
    staff: &Person,
    now: Moment,
) -> Result<(), Failed<ClientRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let (act, subject, id) = match who {
            Exempt::Customer(id) => {
                lock(tx, id).await?;
                ("customer.tax_exempt", "customer", id.0)
            }
            Exempt::Group(id) => {
                let there = customer_groups::table.find(id).select(customer_groups::id).for_key_share();
                let there: Option<CustomerGroupId> = there.first(tx).await.optional()?;
                ("customer_group.tax_exempt", "customer_group", there.ok_or(ClientRefused::Gone)?.0)
            }
        };
        exemptions::set(tx, who, reason, staff.id, now).await?;
        Ok(audit(tx, staff, act, subject, Some(id), None, None).await?)
    })
    .await
}

/// A customer or a group pays tax again.
pub async fn lift_exemption(conn: &mut Conn, who: Exempt, staff: &Person) -> Result<(), Failed<ClientRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        exemptions::lift(tx, who).await?.ok_or(ClientRefused::Gone)?;
        let (act, subject, id) = match who {
            Exempt::Customer(id) => ("customer.tax_exemption_lifted", "customer", id.0),
            Exempt::Group(id) => ("customer_group.tax_exemption_lifted", "customer_group", id.0),
        };
        Ok(audit(tx, staff, act, subject, Some(id), None, None).await?)
    })
    .await
}

/// Makes one customer of two: orders, addresses, notes, tags, groups, identities and the cart of `from` become those of `into`; nobody
/// signs in as `from` any more. What was whose is kept in the audit trail.
pub async fn merge(
    conn: &mut Conn,
    vault: &Vault,
    from: CustomerId,
    into: CustomerId,
    staff: &Person,
    now: Moment,
) -> Result<(), Failed<ClientRefused>> {
    if from == into {
        return Err(ClientRefused::Same.into());
    }
    db::transaction(conn, async |tx: &mut Conn| {
        // In id order: two merges of the same two must not wait for each other.
        lock(tx, from.min(into)).await?;
        lock(tx, from.max(into)).await?;
        let (numbers, groups) = (queries::order_numbers(tx, from).await?, queries::groups_of(tx, from).await?);
        checkout::commands::join_customers(tx, from, into, now).await?;
        orders::commands::hand_over(tx, from, into).await?;
        let credits = credit::commands::hand_over(tx, from, into, now).await?;
        checkout::commands::follow(tx, &credits).await?;
        move_what_staff_know(tx, from, into).await?;
        factors::commands::forget(tx, vault, Account::customer(from.0)).await?;
        customers::commands::merge_away(tx, from, into, now).await?;
        let before = json!({ "id": from, "orders": numbers, "groups": groups });
        audit(tx, staff, "customer.merged_away", "customer", Some(from.0), Some(before.clone()), Some(json!({ "into": into })))
            .await?;
        audit(tx, staff, "customer.merged", "customer", Some(into.0), Some(before), None).await?;
        Ok(events::record(tx, Event::CustomersMerged { from, into }).await?)
    })
    .await
}

/// Forgets what staff know of a customer.
pub async fn forget(tx: &mut Conn, of: CustomerId) -> QueryResult<()> {
    diesel::delete(customer_notes::table.filter(customer_notes::customer_id.eq(of))).execute(tx).await?;
    diesel::delete(customer_tags::table.filter(customer_tags::customer_id.eq(of))).execute(tx).await?;
    diesel::delete(customer_group_members::table.filter(customer_group_members::customer_id.eq(of))).execute(tx).await?;
    exemptions::lift(tx, Exempt::Customer(of)).await?;
    Ok(())
}

async fn move_what_staff_know(tx: &mut Conn, from: CustomerId, into: CustomerId) -> QueryResult<()> {
    let notes = customer_notes::table.filter(customer_notes::customer_id.eq(from));
    diesel::update(notes).set(customer_notes::customer_id.eq(into)).execute(tx).await?;
    let tags: Vec<_> = queries::tags_of(tx, from)
        .await?
        .into_iter()
        .map(|tag| (customer_tags::customer_id.eq(into), customer_tags::tag.eq(tag)))
        .collect();
    diesel::insert_into(customer_tags::table).values(tags).on_conflict_do_nothing().execute(tx).await?;
    let groups: Vec<_> = queries::groups_of(tx, from)
        .await?
        .into_iter()
        .map(|group| (customer_group_members::customer_id.eq(into), customer_group_members::group_id.eq(group)))
        .collect();
    diesel::insert_into(customer_group_members::table).values(groups).on_conflict_do_nothing().execute(tx).await?;
    diesel::delete(customer_tags::table.filter(customer_tags::customer_id.eq(from))).execute(tx).await?;
    let left = customer_group_members::table.filter(customer_group_members::customer_id.eq(from));
    diesel::delete(left).execute(tx).await?;
    exemptions::hand_over(tx, from, into).await?;
    Ok(())
}
