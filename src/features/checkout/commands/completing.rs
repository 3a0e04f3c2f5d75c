//! The one completion: the gateway's webhook, the shopper's return, the closing of a page and the comparison of books all come here.
//! It asks the gateway how the payment stands, and what follows happens once, whoever is first and however often they come.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;

use super::credits;
use super::sessions::hold_on;
use crate::engines::payments::queries::sessions_to_close;
use crate::engines::payments::sessions as money;
use crate::engines::payments::{Attention, Gateways, PaymentState, Report, Standing};
use crate::engines::{credit, inventory};
use crate::features::checkout::model::Snapshot;
use crate::features::checkout::queries::{self, PaySession, Subject};
use crate::features::orders::commands::{PaidFor, Pays};
use crate::features::orders::{self, CreateRefused, NewOrder};
use crate::features::{cart, customers};
use crate::platform::base::{Broke, CartId, Failed, Moment, Never, OrBreak, PaymentId, VariantId};
use crate::platform::db::{self, Conn, Db};
use crate::platform::events::{self, Event};
use crate::platform::schema::checkouts;

/// What became of a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It paid for the order that this token opens.
    Order(String),
    /// The shopper, or their bank, has not decided; or the gateway does not answer.
    Waiting,
    /// Nobody paid: declined, or the page was closed.
    Declined,
    /// The money goes back.
    GivenBack(Attention),
    /// Other money than was asked for: staff look at it.
    Flagged,
}

/// Completes a payment, as its gateway says that it stands.
pub async fn complete(db: &Db, gateways: &Gateways, payment: PaymentId, now: Moment) -> Result<Settled, Broke> {
    let Some(session) = queries::session_by_payment(&mut *db.get().await?, payment).await? else {
        return Err(anyhow::anyhow!("payment {payment} has no session").into());
    };
    if session.payment.state == PaymentState::Pending {
        let report = match gateways.of(session.payment.method).look_up(&session.payment.known).await {
            Ok(Some(report)) => report,
            Ok(None) => return Ok(Settled::Waiting),
            Err(trouble) => {
                tracing::warn!(%payment, "cannot look a payment up: {trouble}");
                return Ok(Settled::Waiting);
            }
        };
        return apply(&mut *db.get().await?, &session, &report, now).await;
    }
    stands(&mut *db.get().await?, &session).await
}

/// Completes a payment as this report says that it stands.
pub async fn complete_with(conn: &mut Conn, payment: PaymentId, report: &Report, now: Moment) -> Result<Settled, Broke> {
    let session = queries::session_by_payment(conn, payment).await?;
    let session = session.ok_or_else(|| anyhow::anyhow!("payment {payment} has no session"))?;
    apply(conn, &session, report, now).await
}

/// Closes the gateway's page of a payment; if somebody paid there before, completes it.
pub(super) async fn close(db: &Db, gateways: &Gateways, payment: PaymentId, now: Moment) -> Result<Settled, Broke> {
    let Some(session) = queries::session_by_payment(&mut *db.get().await?, payment).await? else { return Ok(Settled::Waiting) };
    match gateways.of(session.payment.method).expire_session(&session.payment.known).await {
        Ok(report) => apply(&mut *db.get().await?, &session, &report, now).await,
        // The page was never opened: its answer, or the process that asked for it, was lost.
        Err(crate::engines::payments::Trouble::Refused(_)) => never_opened(&mut *db.get().await?, &session, now).await,
        Err(trouble) => {
            tracing::warn!(%payment, "cannot close a page: {trouble}");
            if let Subject::Checkout { cart, .. } = &session.subject {
                hold_on(&mut *db.get().await?, *cart, now).await?;
            }
            Ok(Settled::Waiting)
        }
    }
}

async fn never_opened(conn: &mut Conn, session: &PaySession, now: Moment) -> Result<Settled, Broke> {
    let failed = db::transaction(conn, async |tx: &mut Conn| -> Result<(), Failed<Never>> {
        if money::lock(tx, session.payment.id).await? == PaymentState::Pending {
            money::fail(tx, session.payment.id, "never opened", now).await?;
        }
        Ok(())
    });
    failed.await.or_break().map(|_| Settled::Declined)
}

/// Closes the pages whose time is over; the goods held for them are free again then. Returns how many.
pub async fn close_sessions(db: &Db, gateways: &Gateways, now: Moment) -> Result<usize, Broke> {
    let due = sessions_to_close(&mut *db.get().await?, now, 200).await?;
    let mut closed = 0;
    for payment in due {
        match close(db, gateways, payment, now).await {
            Ok(settled) => closed += usize::from(settled != Settled::Waiting),
            // The goods of the others must not wait for it.
            Err(broke) => tracing::error!(%payment, "a page cannot be closed: {:#}", broke.0),
        }
    }
    Ok(closed)
}

/// How a payment stands that was settled before.
async fn stands(conn: &mut Conn, session: &PaySession) -> Result<Settled, Broke> {
    let opened = crate::engines::payments::queries::payment_by_id(conn, session.payment.id).await?;
    let Some(payment) = opened else { return Ok(Settled::Waiting) };
    Ok(match (payment.state, payment.attention, payment.order) {
        (PaymentState::Pending, ..) => Settled::Waiting,
        (PaymentState::Flagged, ..) | (_, Some(Attention::WrongMoney), _) => Settled::Flagged,
        (PaymentState::Authorised | PaymentState::Captured, _, Some(order)) => {
            Settled::Order(queries::order_called(conn, order).await?.1)
        }
        (PaymentState::Voiding | PaymentState::Voided, Some(why), _) => Settled::GivenBack(why),
        (_, _, Some(order)) => Settled::Order(queries::order_called(conn, order).await?.1),
        _ => Settled::Declined,
    })
}

/// Does what the gateway's report asks for, once.
async fn apply(conn: &mut Conn, session: &PaySession, report: &Report, now: Moment) -> Result<Settled, Broke> {
    let applied = db::transaction(conn, async |tx: &mut Conn| match &session.subject {
        Subject::Checkout { cart, snapshot } => for_checkout(tx, session, *cart, snapshot, report, now).await,
        Subject::Order(order) => {
            let paid = async |tx: &mut Conn| -> Result<Settled, Failed<Never>> {
                match orders::commands::pay_order(tx, *order, session.payment.id, report, now).await? {
                    PaidFor::Order => Ok(Settled::Order(queries::order_called(tx, *order).await?.1)),
                    PaidFor::Nothing(why) => {
                        events::record(tx, Event::PaymentInVain { payment: session.payment.id }).await?;
                        Ok(Settled::GivenBack(why))
                    }
                }
            };
            orders::queries::hold(tx, *order).await?;
            match judged(tx, session, report, now).await? {
                Some(settled) => Ok(settled),
                None => paid(tx).await.map_err(|failed| failed.map(|never| match never {})),
            }
        }
    });
    match applied.await.or_break()? {
        Ok(Settled::Waiting) => stands(conn, session).await,
        Ok(settled) => Ok(settled),
        Err(why) => gone_meanwhile(conn, session, &why, now).await,
    }
}

/// What follows without an order: nobody decided, nobody paid, other money came, or it was settled before (`Waiting`: read it again).
/// `None`: the right money is there. Locks the payment.
async fn judged(
    tx: &mut Conn,
    session: &PaySession,
    report: &Report,
    now: Moment,
) -> Result<Option<Settled>, Failed<CreateRefused>> {
    let payment = session.payment.id;
    if money::lock(tx, payment).await? != PaymentState::Pending {
        return Ok(Some(Settled::Waiting));
    }
    if !report.has_money() {
        return Ok(Some(match report.standing {
            Standing::Open => Settled::Waiting,
            standing => {
                let why = if standing == Standing::Declined { "declined" } else { "closed" };
                money::fail(tx, payment, why, now).await?;
                Settled::Declined
            }
        }));
    }
    if !report.is_for(session.payment.asked) {
        let asked = session.payment.asked;
        let found =
            json!({ "asked": asked.amount, "currency": asked.currency, "came": report.authorised, "in": report.currency });
        money::flag(tx, payment, &report.reference, found, now).await?;
        events::record(tx, Event::PaymentInVain { payment }).await?;
        return Ok(Some(Settled::Flagged));
    }
    Ok(None)
}

/// Makes the order of what was paid.
async fn for_checkout(
    tx: &mut Conn,
    session: &PaySession,
    cart: CartId,
    snapshot: &Snapshot,
    report: &Report,
    now: Moment,
) -> Result<Settled, Failed<CreateRefused>> {
    let payment = session.payment.id;
    cart::commands::lock(tx, cart).await?;
    if let Some(settled) = judged(tx, session, report, now).await? {
        let over = session.payment.expires_at.is_some_and(|until| until <= now);
        if settled == Settled::Declined && queries::open_sessions(tx, cart).await?.is_empty() {
            credit::commands::release(tx, cart).await?;
            if over {
                inventory::commands::release_reservations(tx, cart).await?;
            }
        }
        return Ok(settled);
    }
    if orders::queries::placed_from(tx, cart).await?.is_some() {
        money::give_back(tx, payment, Some(Attention::Twice), now).await?;
        events::record(tx, Event::PaymentAsked { payment }).await?;
        events::record(tx, Event::PaymentInVain { payment }).await?;
        return Ok(Settled::GivenBack(Attention::Twice));
    }
    let mut bought: BTreeMap<VariantId, i32> = BTreeMap::new();
    for (variant, quantity) in snapshot.goods() {
        *bought.entry(variant).or_default() += quantity.get();
    }
    cart::commands::take_bought(tx, cart, &bought, now).await?;
    diesel::delete(checkouts::table.find(cart)).execute(tx).await?;
    credits::clear(tx, cart).await?;
    let pays = Pays::With { payment, method: snapshot.method, report };
    let order = of_whom_they_are(tx, &snapshot.order).await?;
    let placed = orders::commands::create(tx, &order, pays, now).await?;
    Ok(Settled::Order(placed.token))
}

/// Staff may have made one customer of two while the page was open: the order is the one's who is left.
async fn of_whom_they_are(tx: &mut Conn, order: &NewOrder) -> QueryResult<NewOrder> {
    let mut order = order.clone();
    if let Some(customer) = order.customer {
        let now = customers::queries::successor(tx, customer).await?;
        if now != customer {
            order.customer = Some(now);
            order.credits = credit::queries::as_they_stand(tx, &order.credits).await?;
        }
    }
    Ok(order)
}

/// The goods are gone, or a card that was to pay a part, although the money is there: it goes back at once, and shopper and staff are told.
async fn gone_meanwhile(conn: &mut Conn, session: &PaySession, why: &CreateRefused, now: Moment) -> Result<Settled, Broke> {
    let payment = session.payment.id;
    let why = match why {
        // What was paid for was held: the uses of its promotions are never refused.
        CreateRefused::Stock(_) | CreateRefused::UsedUp(_) => Attention::StockGone,
        CreateRefused::Credit(_) => Attention::CreditGone,
    };
    let given_back = db::transaction(conn, async |tx: &mut Conn| -> Result<bool, Failed<Never>> {
        if money::lock(tx, payment).await? != PaymentState::Pending {
            return Ok(false);
        }
        money::give_back(tx, payment, Some(why), now).await?;
        events::record(tx, Event::PaymentAsked { payment }).await?;
        events::record(tx, Event::PaymentInVain { payment }).await?;
        Ok(true)
    });
    given_back.await.or_break()?.unwrap_or_else(|never| match never {});
    stands(conn, session).await
}
