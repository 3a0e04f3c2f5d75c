//! Cards in the demo's past: what gateway and courier do outside a transaction in real life is done here within it, step by step.

use anyhow::{Result, anyhow};

use super::must;
use crate::app::exchange::Bench;
use crate::engines::payments::queries::{What, errands, payment_by_id};
use crate::engines::payments::test_card::bank::{self, Errand};
use crate::engines::payments::test_card::{Behaviour, Charge};
use crate::engines::payments::{self, Capture, Method, Session};
use crate::features::checkout::commands::Settled;
use crate::features::orders::commands::{Refund, RefundTo};
use crate::features::{checkout, orders};
use crate::platform::access::Person;
use crate::platform::base::{Moment, OrderNumber, PaymentId};
use crate::platform::db::Conn;

/// Says when the money of cards is taken from now on.
pub async fn taken(tx: &mut Conn, capture: Capture) -> Result<()> {
    Ok(payments::sessions::offer(tx, Method::TestCard, true, capture).await?)
}

/// Pays on the card's page, and lets the shop hear of it; the order's token, if one was made.
pub async fn pay(tx: &mut Conn, bench: &Bench, payment: PaymentId, behaviour: Behaviour, now: Moment) -> Result<Option<String>> {
    let session = checkout::queries::session_by_payment(tx, payment).await.map_err(|broke| broke.0)?;
    let session = session.ok_or_else(|| anyhow!("the demo pays where there is no page"))?;
    let ask = checkout::commands::ask(&session, &bench.config, now).map_err(|broke| broke.0)?;
    let charge = bank::open(tx, &ask, now).await?;
    let url = bench.config.absolute(&crate::platform::paths::test_card(&charge.reference));
    let opened = Session { reference: charge.reference.clone(), url };
    checkout::commands::opened_at(tx, payment, &opened).await?;
    bank::choose(tx, &charge, behaviour).await?;
    let chosen = charge_called(tx, &charge.reference).await?;
    bank::approve(tx, &chosen).await?;
    let report = charge_called(tx, &charge.reference).await?.report();
    let settled = checkout::commands::complete_with(tx, payment, &report, now).await.map_err(|broke| broke.0)?;
    Ok(match settled {
        Settled::Order(token) => Some(token),
        _ => None,
    })
}

async fn charge_called(tx: &mut Conn, reference: &str) -> Result<Charge> {
    bank::lock(tx, reference).await?.ok_or_else(|| anyhow!("the demo's bank has lost a charge"))
}

/// Pays back of the order's card payment: all of it, or so much.
pub async fn pay_back(
    tx: &mut Conn,
    order: OrderNumber,
    amount: Option<i64>,
    reason: &str,
    staff: &Person,
    now: Moment,
) -> Result<()> {
    let found = orders::queries::order_by_number(tx, order).await.map_err(|broke| broke.0)?;
    let found = found.ok_or_else(|| anyhow!("the demo has no order {order}"))?;
    let paid = found.payments.iter().find(|payment| payment.captured > 0).ok_or_else(|| anyhow!("order {order} is not paid"))?;
    let amount = amount.unwrap_or(paid.captured);
    let what = Refund { payment: paid.id, amount, to: RefundTo::Source, reason, cards: &[] };
    must(orders::commands::refund(tx, order, what, found.version, staff, now).await)?;
    let opened = payment_by_id(tx, paid.id).await.map_err(|broke| broke.0)?.ok_or_else(|| anyhow!("a payment is gone"))?;
    for errand in errands(tx, &opened).await?.into_iter().filter(|errand| errand.what == What::Refund) {
        let charge = charge_called(tx, opened.known.reference.as_deref().unwrap_or_default()).await?;
        let answer = bank::run(tx, &charge, Errand::Refund(errand.amount), &errand.key).await?;
        answer.map_err(|why| anyhow!("the demo's bank does not pay back: {why}"))?;
        orders::commands::write_down(tx, &opened, &errand, None, now).await.map_err(|broke| broke.0)?;
    }
    Ok(())
}
