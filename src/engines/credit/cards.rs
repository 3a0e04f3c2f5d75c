//! Gift cards: issued, sent, disabled, given another code or another end, taken back.

use chrono::{Datelike, TimeZone};
use chrono_tz::Tz;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::code::Code;
use super::commands::{Entry, lock, write};
use super::model::{CardRefused, Kind, Movement};
use super::queries::{self, Card};
use crate::platform::base::{CreditAccountId, Failed, Moment, Money, OrderId, OrderLineId, StaffId, TokenHash};
use crate::platform::db::Conn;
use crate::platform::i18n::Locale;
use crate::platform::schema::{credit_accounts, gift_card_terms, gift_cards};

/// A card that is issued.
#[derive(Clone, Debug)]
pub struct NewCard<'a> {
    pub value: Money,
    pub expires_at: Option<Moment>,
    /// Whom it is for; may be empty.
    pub email: &'a str,
    /// That stand on it.
    pub words: &'a str,
    pub locale: Locale,
    /// The line and piece by which it was sold, and its order.
    pub sold: Option<(OrderId, OrderLineId, i32)>,
    pub staff: Option<StaffId>,
    /// Two clicks on one form issue one card.
    pub form: Option<&'a str>,
}

/// Issues a card under this code. `None`: this piece of the line has its card already.
pub async fn issue(tx: &mut Conn, new: &NewCard<'_>, code: &Code, now: Moment) -> QueryResult<Option<CreditAccountId>> {
    if let Some((_, line, piece)) = new.sold
        && queries::is_issued(tx, line, piece).await?
    {
        return Ok(None);
    }
    let account: CreditAccountId = diesel::insert_into(credit_accounts::table)
        .values((
            credit_accounts::kind.eq(Kind::GiftCard),
            credit_accounts::currency.eq(new.value.currency.code()),
            credit_accounts::created_at.eq(now),
        ))
        .returning(credit_accounts::id)
        .get_result(tx)
        .await?;
    let row = (
        gift_cards::account_id.eq(account),
        gift_cards::code_hash.eq(code.hash().as_bytes().to_vec()),
        gift_cards::last_four.eq(code.last_four()),
        gift_cards::value.eq(new.value.amount),
        gift_cards::expires_at.eq(new.expires_at),
        gift_cards::order_line_id.eq(new.sold.map(|sold| sold.1)),
        gift_cards::piece.eq(new.sold.map(|sold| sold.2)),
        (gift_cards::email.eq(new.email), gift_cards::words.eq(new.words), gift_cards::locale.eq(new.locale)),
        gift_cards::staff_id.eq(new.staff),
        (gift_cards::created_at.eq(now), gift_cards::form_key.eq(new.form)),
    );
    diesel::insert_into(gift_cards::table).values(row).execute(tx).await?;
    let entry = Entry::of(account, Movement::Issued, new.value.amount);
    write(tx, Entry { order: new.sold.map(|sold| sold.0), staff: new.staff, ..entry }, now).await?;
    Ok(Some(account))
}

/// When a card that is sold now expires: with the year so many years later; `None`: never.
pub async fn expiry(conn: &mut Conn, zone: Tz, now: Moment) -> QueryResult<Option<Moment>> {
    let years = queries::years(conn).await?;
    let first_of = |year| zone.with_ymd_and_hms(year, 1, 1, 0, 0, 0).earliest().map(|at| at.to_utc());
    Ok((years > 0).then(|| first_of(now.with_timezone(&zone).year() + years + 1)).flatten())
}

/// Says for how many years cards that are sold are good, to the end of the year; 0: for ever.
pub async fn set_years(tx: &mut Conn, years: i32) -> QueryResult<()> {
    diesel::update(gift_card_terms::table).set(gift_card_terms::years.eq(years)).execute(tx).await?;
    Ok(())
}

/// Nothing is paid with the card any more; what is being paid at this moment still is.
pub async fn disable(tx: &mut Conn, card: CreditAccountId, now: Moment) -> QueryResult<()> {
    lock(tx, &[card]).await?;
    diesel::update(gift_cards::table.find(card)).set(gift_cards::disabled_at.eq(now)).execute(tx).await?;
    Ok(())
}

/// The card pays again.
pub async fn enable(tx: &mut Conn, card: CreditAccountId) -> QueryResult<()> {
    lock(tx, &[card]).await?;
    diesel::update(gift_cards::table.find(card)).set(gift_cards::disabled_at.eq(None::<Moment>)).execute(tx).await?;
    Ok(())
}

/// The card is good until then; `None`: for ever.
pub async fn extend(tx: &mut Conn, card: CreditAccountId, until: Option<Moment>) -> QueryResult<()> {
    lock(tx, &[card]).await?;
    diesel::update(gift_cards::table.find(card)).set(gift_cards::expires_at.eq(until)).execute(tx).await?;
    Ok(())
}

/// Keeps whom a card is for, and that a letter to them is asked for; returns the number of that letter.
pub async fn name_recipient(tx: &mut Conn, card: CreditAccountId, email: &str, words: &str) -> QueryResult<i32> {
    diesel::update(gift_cards::table.find(card))
        .set((gift_cards::email.eq(email), gift_cards::words.eq(words), gift_cards::sendings.eq(gift_cards::sendings + 1)))
        .returning(gift_cards::sendings)
        .get_result(tx)
        .await
}

/// Opens the card's sheet by this link from now on, and by no other.
pub async fn link(tx: &mut Conn, card: CreditAccountId, link: &TokenHash, now: Moment) -> QueryResult<()> {
    diesel::update(gift_cards::table.find(card))
        .set((gift_cards::link_hash.eq(link.as_bytes().to_vec()), gift_cards::sent_at.eq(now)))
        .execute(tx)
        .await?;
    Ok(())
}

/// The code was shown; `false` when it was shown before.
pub async fn mark_shown(tx: &mut Conn, card: CreditAccountId, now: Moment) -> QueryResult<bool> {
    lock(tx, &[card]).await?;
    let fresh = gift_cards::table.find(card).filter(gift_cards::shown_at.is_null());
    Ok(diesel::update(fresh).set(gift_cards::shown_at.eq(now)).execute(tx).await? > 0)
}

/// The card of a code, locked: nobody gives it another code meanwhile.
pub async fn card_to_use(tx: &mut Conn, code: &Code, now: Moment) -> QueryResult<Option<Card>> {
    let Some(card) = queries::card_by_code(tx, code, now).await? else { return Ok(None) };
    lock(tx, &[card.id]).await?;
    queries::card_by_code(tx, code, now).await
}

/// Gives the card another code; the one before, and its link, open nothing any more.
pub async fn renew_code(tx: &mut Conn, card: CreditAccountId, code: &Code) -> QueryResult<()> {
    lock(tx, &[card]).await?;
    diesel::update(gift_cards::table.find(card))
        .set((
            gift_cards::code_hash.eq(code.hash().as_bytes().to_vec()),
            gift_cards::last_four.eq(code.last_four()),
            gift_cards::link_hash.eq(None::<Vec<u8>>),
            gift_cards::shown_at.eq(None::<Moment>),
        ))
        .execute(tx)
        .await?;
    Ok(())
}

/// Takes cards back that this order sold: their balance goes, and they pay nothing any more. One that was used is refused.
///
/// # Errors
/// A card that something was or is being paid with, and one of another order.
pub async fn take_back(
    tx: &mut Conn,
    cards: &[CreditAccountId],
    order: OrderId,
    staff: Option<StaffId>,
    now: Moment,
) -> Result<(), Failed<CardRefused>> {
    if cards.is_empty() {
        return Ok(());
    }
    lock(tx, cards).await?;
    let sold = queries::sold_by(tx, order, now).await?;
    for id in cards {
        let card = sold.iter().find(|card| card.id == *id).ok_or(CardRefused::Unknown)?;
        if card.is_used() {
            return Err(CardRefused::Used { called: card.last_four.clone() }.into());
        }
        if card.balance > 0 {
            let entry = Entry::of(*id, Movement::TakenBack, -card.balance);
            write(tx, Entry { order: Some(order), staff, ..entry }, now).await?;
        }
        diesel::update(gift_cards::table.find(*id)).set(gift_cards::disabled_at.eq(now)).execute(tx).await?;
    }
    Ok(())
}
