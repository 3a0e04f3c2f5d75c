//! Sending what was granted: each errand goes to the gateway with its key, outside any transaction, and its answer is written down.
//! Doing it again, or twice at once, changes nothing more.

use serde_json::json;

use super::standing::{lock_by_id, restate, tell};
use crate::engines::payments::commands as money;
use crate::engines::payments::queries::{self, Errand, Opened, What};
use crate::engines::payments::{Gateway, Gateways, Standing, Trouble};
use crate::features::orders::model::{Happening, PaymentStatus};
use crate::platform::base::{Broke, Failed, Moment, Money, Never, OrBreak, PaymentId};
use crate::platform::db::{self, Conn, Db};
use crate::platform::events::{self, Event};

/// How often a gateway that does not answer is asked before the job gives up and is tried again later.
const TRIES: usize = 3;

/// Asks the gateway for everything that is granted on a payment.
///
/// # Errors
/// A gateway that does not answer: the job is tried again, with the same keys.
pub async fn settle(db: &Db, gateways: &Gateways, payment: PaymentId, now: Moment) -> Result<(), Broke> {
    let mut conn = db.get().await?;
    let Some(opened) = queries::payment_by_id(&mut conn, payment).await? else { return Ok(()) };
    let errands = queries::errands(&mut conn, &opened).await?;
    drop(conn);
    let gateway = gateways.of(opened.method);
    for errand in errands {
        let answer = ask(&*gateway, &opened, &errand).await;
        let no = match answer {
            Ok(()) => None,
            Err(Trouble::Refused(why)) => Some(why),
            Err(trouble @ Trouble::NoAnswer(_)) => return Err(trouble.into()),
        };
        if let Some(why) = &no {
            tracing::warn!(%payment, what = ?errand.what, "the gateway refused: {why}");
        }
        write_down(&mut *db.get().await?, &opened, &errand, no.as_deref(), now).await?;
    }
    Ok(())
}

async fn ask(gateway: &dyn Gateway, opened: &Opened, errand: &Errand) -> Result<(), Trouble> {
    let mut answer = Ok(());
    for _ in 0..TRIES {
        answer = ask_once(gateway, opened, errand).await;
        if !matches!(answer, Err(Trouble::NoAnswer(_))) {
            return answer;
        }
    }
    answer
}

async fn ask_once(gateway: &dyn Gateway, opened: &Opened, errand: &Errand) -> Result<(), Trouble> {
    let amount = Money::new(errand.amount, opened.asked.currency);
    match errand.what {
        What::Capture => gateway.capture(&opened.known, amount, &errand.key).await,
        What::Refund => gateway.refund(&opened.known, amount, &errand.key).await,
        What::GiveBack => give_back(gateway, opened, &errand.key).await,
    }
}

/// Lets go of what is held, or pays back all that was taken: whatever the gateway's books say.
async fn give_back(gateway: &dyn Gateway, opened: &Opened, key: &str) -> Result<(), Trouble> {
    let Some(report) = gateway.look_up(&opened.known).await? else { return Ok(()) };
    match report.standing {
        Standing::Captured if report.captured > report.refunded => {
            let left = Money::new(report.captured - report.refunded, opened.asked.currency);
            gateway.refund(&opened.known, left, key).await
        }
        Standing::Authorised => gateway.void(&opened.known, key).await,
        _ => Ok(()),
    }
}

/// Keeps the gateway's answer to an errand (`no`: why it refused), and tells whom it concerns.
pub async fn write_down(conn: &mut Conn, opened: &Opened, errand: &Errand, no: Option<&str>, now: Moment) -> Result<(), Broke> {
    let written = db::transaction(conn, async |tx: &mut Conn| -> Result<(), Failed<Never>> {
        let order = match opened.order {
            Some(order) => Some(lock_by_id(tx, order).await?),
            None => None,
        };
        let fresh = match errand.what {
            What::Capture => money::capture_answered(tx, opened.id, errand.id, no, now).await?,
            What::Refund => money::refund_answered(tx, opened.id, errand.id, no, now).await?,
            What::GiveBack => money::void_answered(tx, opened.id, no, now).await?,
        };
        let Some(order) = order.filter(|_| fresh) else { return Ok(()) };
        let stands = restate(tx, &order).await?;
        let what = match (no, errand.what) {
            (Some(_), _) => Happening::GatewayRefused,
            (None, What::Capture) => Happening::Paid,
            (None, What::Refund) => Happening::Refunded,
            (None, What::GiveBack) => Happening::Voided,
        };
        let detail = json!({ "amount": errand.amount, "payment": opened.id, "why": no });
        tell(tx, order.id, what, detail, None, now).await?;
        match what {
            Happening::Paid if stands.payment == PaymentStatus::Paid => {
                events::record(tx, Event::OrderPaid { order: order.id }).await?;
            }
            Happening::Refunded => {
                let (refund, amount) = (errand.id, errand.amount);
                events::record(tx, Event::OrderRefunded { order: order.id, refund, amount }).await?;
            }
            _ => {}
        }
        Ok(())
    });
    written.await.or_break().map(|done| done.unwrap_or_else(|never| match never {}))
}
