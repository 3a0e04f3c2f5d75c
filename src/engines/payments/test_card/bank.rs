//! Acts on the test card's books. Callers are the gateway, which has a connection of its own, and the card's own pages.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::model::{Behaviour, Charge, ChargeState};
use crate::engines::payments::gateway::{Ask, Known};
use crate::engines::payments::model::{Capture, Method};
use crate::platform::base::{Moment, Token};
use crate::platform::db::Conn;
use crate::platform::schema::{payment_methods, test_card_answers, test_card_charges as charges};

type Row = (i64, String, String, i64, String, Capture, String, ChargeState, Option<Behaviour>, i64, i64, i64, bool, Moment);
macro_rules! columns {
    () => {
        (
            charges::id,
            charges::reference,
            charges::idempotency_key,
            charges::amount,
            charges::currency,
            charges::capture,
            charges::return_url,
            charges::state,
            charges::behaviour,
            charges::authorised,
            charges::captured,
            charges::refunded,
            charges::lost,
            charges::expires_at,
        )
    };
}

fn charge(row: Row) -> Charge {
    let (id, reference, key, amount, currency, capture, return_url, state, behaviour, ..) = row;
    let (.., authorised, captured, refunded, lost, expires_at) = row;
    Charge {
        id,
        reference,
        key,
        amount,
        currency,
        capture,
        return_url,
        state,
        behaviour,
        authorised,
        captured,
        refunded,
        lost,
        expires_at,
    }
}

/// Opens a charge; the same key again gives the same one.
pub async fn open(conn: &mut Conn, ask: &Ask, now: Moment) -> QueryResult<Charge> {
    diesel::insert_into(charges::table)
        .values((
            charges::reference.eq(format!("tc_{}", Token::random())),
            charges::idempotency_key.eq(&ask.key),
            charges::amount.eq(ask.amount.amount),
            charges::currency.eq(ask.amount.currency.code()),
            charges::capture.eq(ask.capture),
            charges::return_url.eq(&ask.return_url),
            charges::created_at.eq(now),
            charges::expires_at.eq(ask.expires_at),
        ))
        .on_conflict(charges::idempotency_key)
        .do_nothing()
        .execute(conn)
        .await?;
    let row = charges::table.filter(charges::idempotency_key.eq(&ask.key)).select(columns!());
    row.first(conn).await.map(charge)
}

pub async fn charge_by_reference(conn: &mut Conn, reference: &str) -> QueryResult<Option<Charge>> {
    let row = charges::table.filter(charges::reference.eq(reference)).select(columns!());
    Ok(row.first(conn).await.optional()?.map(charge))
}

/// A charge by the name the shop knows it by.
pub async fn charge_known(conn: &mut Conn, known: &Known) -> QueryResult<Option<Charge>> {
    match &known.reference {
        Some(reference) => charge_by_reference(conn, reference).await,
        None => {
            let row = charges::table.filter(charges::idempotency_key.eq(&known.key)).select(columns!());
            Ok(row.first(conn).await.optional()?.map(charge))
        }
    }
}

/// The charge with its row locked.
pub async fn lock(tx: &mut Conn, reference: &str) -> QueryResult<Option<Charge>> {
    let row = charges::table.filter(charges::reference.eq(reference)).select(columns!()).for_update();
    Ok(row.first(tx).await.optional()?.map(charge))
}

/// All charges since then, oldest first.
pub async fn charges_since(conn: &mut Conn, since: Moment) -> QueryResult<Vec<Charge>> {
    let rows = charges::table.filter(charges::created_at.ge(since)).order(charges::id).select(columns!());
    Ok(rows.load(conn).await?.into_iter().map(charge).collect())
}

/// Keeps what a person chose on the page; what is decided already stays.
pub async fn choose(tx: &mut Conn, charge: &Charge, behaviour: Behaviour) -> QueryResult<()> {
    let row = charges::table.find(charge.id).filter(charges::state.eq(ChargeState::Open));
    let waits = matches!(behaviour, Behaviour::Confirm | Behaviour::Late);
    let state = if waits { ChargeState::Deciding } else { ChargeState::Open };
    diesel::update(row).set((charges::behaviour.eq(behaviour), charges::state.eq(state))).execute(tx).await?;
    Ok(())
}

/// The bank says yes: holds the amount, and takes it at once where the shop asked for that.
pub async fn approve(tx: &mut Conn, charge: &Charge) -> QueryResult<()> {
    let amount = charge.approved_amount();
    let (state, captured) = match charge.capture {
        Capture::Automatic => (ChargeState::Captured, amount),
        Capture::Manual => (ChargeState::Authorised, 0),
    };
    let row = charges::table.find(charge.id).filter(charges::state.eq_any([ChargeState::Open, ChargeState::Deciding]));
    diesel::update(row)
        .set((charges::state.eq(state), charges::authorised.eq(amount), charges::captured.eq(captured)))
        .execute(tx)
        .await?;
    Ok(())
}

/// The bank, or the shopper, says no.
pub async fn refuse(tx: &mut Conn, charge: &Charge, state: ChargeState) -> QueryResult<()> {
    let row = charges::table.find(charge.id).filter(charges::state.eq_any([ChargeState::Open, ChargeState::Deciding]));
    diesel::update(row).set(charges::state.eq(state)).execute(tx).await?;
    Ok(())
}

/// Notes that an answer about this charge was lost once.
pub async fn lose(conn: &mut Conn, charge: &Charge) -> QueryResult<()> {
    diesel::update(charges::table.find(charge.id)).set(charges::lost.eq(true)).execute(conn).await?;
    Ok(())
}

/// What the shop asks of a charge that was approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errand {
    Capture(i64),
    Void,
    Refund(i64),
}

/// Does an errand once per key; `Err` says why the bank will not.
pub async fn run(tx: &mut Conn, charge: &Charge, errand: Errand, key: &str) -> QueryResult<Result<(), String>> {
    let (kind, amount) = match errand {
        Errand::Capture(amount) => ("capture", amount),
        Errand::Void => ("void", 0),
        Errand::Refund(amount) => ("refund", amount),
    };
    let row = (
        test_card_answers::idempotency_key.eq(key),
        test_card_answers::charge_id.eq(charge.id),
        test_card_answers::kind.eq(kind),
        test_card_answers::amount.eq(amount),
    );
    let fresh = diesel::insert_into(test_card_answers::table).values(row).on_conflict_do_nothing().execute(tx).await?;
    if fresh == 0 {
        return Ok(Ok(()));
    }
    let (state, captured, refunded) = match errand {
        Errand::Capture(amount) if charge.captured + amount <= charge.authorised && amount > 0 => {
            (ChargeState::Captured, charge.captured + amount, charge.refunded)
        }
        Errand::Refund(amount) if charge.refunded + amount <= charge.captured && amount > 0 => {
            (charge.state, charge.captured, charge.refunded + amount)
        }
        Errand::Void if charge.captured == 0 => (ChargeState::Voided, 0, 0),
        _ => {
            let taken = test_card_answers::table.find(key);
            diesel::delete(taken).execute(tx).await?;
            return Ok(Err(format!("a {kind} of {amount} is not possible on this charge")));
        }
    };
    diesel::update(charges::table.find(charge.id))
        .set((charges::state.eq(state), charges::captured.eq(captured), charges::refunded.eq(refunded)))
        .execute(tx)
        .await?;
    Ok(Ok(()))
}

/// The secret that shop and provider share; signs webhooks.
pub async fn secret(conn: &mut Conn) -> QueryResult<String> {
    payment_methods::table.find(Method::TestCard.as_str()).select(payment_methods::secret).first(conn).await
}
