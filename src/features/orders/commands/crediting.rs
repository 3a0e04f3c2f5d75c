//! Gift cards and store credit on orders: what they pay when it is placed, what goes back to them when it ends.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};
use diesel_async::RunQueryDsl;
use serde_json::json;

use super::standing::{Locked, lock_by_id, restate, tell};
use crate::engines::credit;
use crate::engines::payments::commands::{self as money, Stage};
use crate::engines::payments::sessions::{self, NewPayment};
use crate::engines::payments::{self, Capture, Method, Payment, PaymentState};
use crate::features::orders::CreateRefused;
use crate::features::orders::model::{Happening, NewOrder, OrderStatus, PaymentStatus, Statuses};
use crate::features::orders::queries::order_by_id;
use crate::platform::base::{Failed, Moment, Money, Never, OrderId, StaffId};
use crate::platform::db::{self, Conn};
use crate::platform::events::{self, Event};

/// Locks the accounts that pay a part, before the stock is locked, and sees whether they can.
pub(super) async fn claim(tx: &mut Conn, new: &NewOrder, now: Moment) -> Result<(), Failed<CreateRefused>> {
    if new.credits.is_empty() {
        return Ok(());
    }
    credit::commands::claim(tx, new.cart, &new.credits, now).await.map_err(|failed| failed.map(CreateRefused::from))
}

/// Takes the parts that were claimed: each is a payment of the order, captured at once.
pub(super) async fn redeem(tx: &mut Conn, order: OrderId, new: &NewOrder, now: Moment) -> Result<(), Failed<CreateRefused>> {
    let parts = new.credits.iter().filter(|part| part.amount > 0);
    for part in parts {
        let key = format!("order:{order}:credit:{}", part.account);
        let reference = format!("{}-{order}-{}", part.called, part.account).trim_start_matches('-').to_owned();
        let payment = NewPayment {
            order: Some(order),
            method: Method::from(part.kind),
            reference: Some(&reference),
            amount: Money::new(part.amount, new.quote.currency),
            state: PaymentState::Pending,
            capture: Capture::Automatic,
            key: &key,
            expires_at: None,
            account: Some(part.account),
        };
        let payment = sessions::open(tx, &payment, now).await?;
        credit::commands::redeem(tx, part, order, payment, now).await?;
        let taken = money::capture(tx, payment, part.amount, &key, Stage::Done, now).await;
        taken.map_err(|refused| anyhow::anyhow!("credit that was taken cannot be recorded: {refused:?}"))?;
        let detail = json!({ "amount": part.amount, "payment": payment, "credit": part.kind, "called": part.called });
        tell(tx, order, Happening::Paid, detail, None, now).await?;
    }
    Ok(())
}

/// Derives the statuses again of an order that credit paid, wholly or in part, or that costs nothing.
pub(super) async fn paid_at_once(tx: &mut Conn, order: OrderId, new: &NewOrder) -> Result<(), Failed<CreateRefused>> {
    if !new.credits.is_empty() || new.quote.total == 0 {
        let locked = lock_by_id(tx, order).await?;
        restate(tx, &locked).await?;
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Missing {
    #[diesel(sql_type = Bool)]
    missing: bool,
}

/// Has the gift cards issued that an order sold, once it is paid; asking again issues none twice.
pub(super) async fn cards_are_due(tx: &mut Conn, order: OrderId, stands: &Statuses) -> QueryResult<()> {
    let over = matches!(stands.order, OrderStatus::Cancelled | OrderStatus::Expired);
    if stands.payment != PaymentStatus::Paid || over {
        return Ok(());
    }
    let query = db::sql(
        "select exists (select from order_lines l where l.order_id = $1 and l.gift_card
            and l.quantity > (select count(*) from gift_cards g where g.order_line_id = l.id)) as missing",
    );
    if query.bind::<BigInt, _>(order).get_result::<Missing>(tx).await?.missing {
        events::record(tx, Event::GiftCardsDue { order }).await?;
    }
    Ok(())
}

/// Locks the accounts that paid for an order, its customer's and the cards that it sold, in the order of their ids: before any stock.
pub(super) async fn hold_accounts(tx: &mut Conn, order: OrderId) -> QueryResult<()> {
    db::sql(
        "select a.id from credit_accounts a
          where a.id in (select p.credit_account_id from payments p where p.order_id = $1)
             or a.customer_id = (select o.customer_id from orders o where o.id = $1)
             or a.id in (select g.account_id from gift_cards g join order_lines l on l.id = g.order_line_id where l.order_id = $1)
          order by a.id for no key update",
    )
    .bind::<BigInt, _>(order)
    .execute(tx)
    .await?;
    Ok(())
}

/// Gives back to cards and store credit what an order that ended does not keep of them, the last first.
pub(super) async fn return_credits(
    tx: &mut Conn,
    order: &Locked,
    staff: Option<StaffId>,
    now: Moment,
) -> Result<(), Failed<Never>> {
    let paid = payments::queries::payments_of(tx, order.id).await?;
    if !paid.iter().any(|payment| payment.gateway.is_credit() && payment.refundable() > 0) {
        return Ok(());
    }
    let Some(whole) = order_by_id(tx, order.id).await? else { return Ok(()) };
    let mut owed = whole.owed_back();
    for payment in paid.iter().rev().filter(|payment| payment.gateway.is_credit()) {
        let amount = payment.refundable().min(owed);
        if amount > 0 {
            owed -= amount;
            refund_to_source(tx, order.id, payment, amount, &format!("ended:{}", payment.id), "", staff, now).await?;
        }
    }
    let ended = lock_by_id(tx, order.id).await?;
    restate(tx, &ended).await?;
    Ok(())
}

/// Gives so much back to the account that paid, and says so. The same key again changes nothing.
pub(super) async fn refund_to_source(
    tx: &mut Conn,
    order: OrderId,
    payment: &Payment,
    amount: i64,
    key: &str,
    reason: &str,
    staff: Option<StaffId>,
    now: Moment,
) -> Result<(), anyhow::Error> {
    let account = payment.account.ok_or_else(|| anyhow::anyhow!("payment {} has no account", payment.id))?;
    let account = credit::queries::successor(tx, account).await?;
    let refunded = money::refund_as_credit(tx, payment.id, amount, account, reason, key, now).await;
    let refunded = refunded.map_err(|refused| anyhow::anyhow!("credit cannot be given back: {refused:?}"))?;
    let Some(refund) = refunded else { return Ok(()) };
    credit::commands::give_back(tx, account, amount, order, staff, now).await?;
    let detail = json!({ "amount": amount, "payment": payment.id, "reason": reason, "credit": payment.gateway });
    tell(tx, order, Happening::Refunded, detail, staff, now).await?;
    events::record(tx, Event::OrderRefunded { order, refund, amount }).await?;
    Ok(())
}
