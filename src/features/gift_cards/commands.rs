//! Acts on gift cards. A code exists in the clear only while it is made, sealed, or shown that once.

use serde_json::json;

use super::model::{GiftRefused, MOST_LETTERS};
use crate::engines::credit::commands::{self as ledger, Change};
use crate::engines::credit::model::MOST;
use crate::engines::credit::queries::{Card, Stands};
use crate::engines::credit::{self, Code, NewCard};
use crate::features::{checkout, orders};
use crate::platform::access::{Person, audit};
use crate::platform::base::{Broke, CreditAccountId, Failed, Moment, Money, Never, OrBreak, OrderId, TokenHash};
use crate::platform::db::{self, Conn};
use crate::platform::events::{self, Event};
use crate::platform::i18n::Locale;
use crate::platform::settings;
use crate::platform::vault::{Place, Purpose, Secret, Vault};

fn place(card: CreditAccountId) -> Place {
    Place::new(Purpose::GiftCard, card)
}

/// Issues the cards that a paid order sold, one for each piece, and asks for their mails; doing it again issues none twice. An order that
/// ended meanwhile gets none.
pub async fn issue_sold(conn: &mut Conn, vault: &Vault, order: OrderId, now: Moment) -> Result<(), Broke> {
    let zone = settings::queries::facts(conn).await?.zone;
    let issued = db::transaction(conn, async |tx: &mut Conn| -> Result<(), Failed<Never>> {
        let Some(due) = orders::commands::hold_cards_due(tx, order).await? else { return Ok(()) };
        let expires_at = credit::expiry(tx, zone, now).await?;
        let mut sent = Vec::new();
        for (line, pieces, value) in due.lines.iter().filter(|line| line.2 > 0) {
            let mut fresh = 0;
            for piece in 1..=*pieces {
                let new = NewCard {
                    value: Money::new(*value, due.currency),
                    expires_at,
                    email: &due.email,
                    words: "",
                    locale: due.locale,
                    sold: Some((order, *line, piece)),
                    staff: None,
                    form: None,
                };
                fresh += i32::from(make(tx, vault, &new, now).await?.is_some());
            }
            if fresh == *pieces {
                sent.push((*line, *pieces));
            }
        }
        if !sent.is_empty() {
            orders::commands::deliver_cards(tx, order, &sent, now).await?;
        }
        Ok(())
    });
    issued.await.or_break().map(|done| done.unwrap_or_else(|never| match never {}))
}

/// Makes a card with a fresh code, seals the code and asks for its mail. `None`: it was made before.
async fn make(tx: &mut Conn, vault: &Vault, new: &NewCard<'_>, now: Moment) -> Result<Option<CreditAccountId>, Broke> {
    let code = Code::random();
    let Some(card) = credit::issue(tx, new, &code, now).await? else { return Ok(None) };
    vault.keep(tx, &place(card), &Secret::new(code.reveal())).await?;
    if !new.email.is_empty() {
        ask_for_mail(tx, card, new.email, new.words).await?;
    }
    Ok(Some(card))
}

async fn ask_for_mail(tx: &mut Conn, card: CreditAccountId, email: &str, words: &str) -> diesel::QueryResult<()> {
    let sending = credit::name_recipient(tx, card, email, words).await?;
    events::record(tx, Event::GiftCardAsked { card, sending }).await
}

/// A card that staff issue.
#[derive(Clone, Copy, Debug)]
pub struct Gift<'a> {
    pub value: Money,
    pub expires_at: Option<Moment>,
    /// Empty: staff hand the code over themselves.
    pub email: &'a str,
    pub words: &'a str,
    pub locale: Locale,
    /// Two clicks on one form issue one card.
    pub form: &'a str,
}

/// Issues a card.
///
/// # Errors
/// No amount, or an end that has passed.
pub async fn issue(
    conn: &mut Conn,
    vault: &Vault,
    gift: Gift<'_>,
    staff: &Person,
    now: Moment,
) -> Result<CreditAccountId, Failed<GiftRefused>> {
    if !(1..=MOST).contains(&gift.value.amount) {
        return Err(GiftRefused::Amount.into());
    }
    if gift.expires_at.is_some_and(|at| at <= now) {
        return Err(GiftRefused::Past.into());
    }
    db::transaction(conn, async |tx: &mut Conn| {
        if let Some(card) = credit::queries::issued_by_form(tx, gift.form).await? {
            return Ok(card);
        }
        let new = NewCard {
            value: gift.value,
            expires_at: gift.expires_at,
            email: gift.email,
            words: gift.words,
            locale: gift.locale,
            sold: None,
            staff: Some(staff.id),
            form: Some(gift.form),
        };
        let card = make(tx, vault, &new, now).await?.ok_or(GiftRefused::Unknown)?;
        let after = json!({ "value": gift.value.amount, "currency": gift.value.currency, "expires_at": gift.expires_at });
        audit(tx, staff, "gift_card.issued", "gift_card", Some(card.0), None, Some(after)).await?;
        Ok(card)
    })
    .await
}

/// A card that pays still.
async fn good(tx: &mut Conn, card: CreditAccountId, now: Moment) -> Result<Card, Failed<GiftRefused>> {
    let card = credit::queries::card(tx, card, now).await?.ok_or(GiftRefused::Unknown)?;
    match card.stands(now) {
        Stands::Good => Ok(card),
        Stands::Empty | Stands::Expired | Stands::Disabled => Err(GiftRefused::Over.into()),
    }
}

/// Has the mail with a card sent to this address, from staff. A code that was shown already is replaced by another: the old one opens
/// nothing any more. `seen`: the letters that the page knew of; a second click sends none.
///
/// # Errors
/// A card that pays nothing any more.
pub async fn send_again(
    conn: &mut Conn,
    vault: &Vault,
    card: CreditAccountId,
    (email, words): (&str, &str),
    seen: i32,
    staff: &Person,
    now: Moment,
) -> Result<(), Failed<GiftRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let card = good(tx, card, now).await?;
        if card.sendings != seen {
            return Ok(());
        }
        if card.shown_at.is_some() {
            renew(tx, vault, card.id).await?;
        }
        let after = json!({ "new_code": card.shown_at.is_some() });
        audit(tx, staff, "gift_card.sent", "gift_card", Some(card.id.0), None, Some(after)).await?;
        Ok(ask_for_mail(tx, card.id, email, words).await?)
    })
    .await
}

/// Gives the card another code; whoever chose it by the one before pays with it no more.
async fn renew(tx: &mut Conn, vault: &Vault, card: CreditAccountId) -> Result<(), Broke> {
    let code = Code::random();
    credit::renew_code(tx, card, &code).await?;
    checkout::commands::unchoose(tx, card).await?;
    vault.keep(tx, &place(card), &Secret::new(code.reveal())).await
}

/// Has the mail with a card sent to somebody else, from whoever bought it in this order; the link before opens nothing any more.
///
/// # Errors
/// A card of another order, one that pays nothing any more, one whose code was shown, and one that was sent too often.
pub async fn give_to(
    conn: &mut Conn,
    order: OrderId,
    card: CreditAccountId,
    email: &str,
    words: &str,
    now: Moment,
) -> Result<(), Failed<GiftRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let card = good(tx, card, now).await?;
        if card.order_id != Some(order) {
            return Err(GiftRefused::Unknown.into());
        }
        if card.shown_at.is_some() {
            return Err(GiftRefused::Shown.into());
        }
        if card.sendings >= MOST_LETTERS {
            return Err(GiftRefused::Often.into());
        }
        if card.email == email && card.words == words {
            return Ok(());
        }
        Ok(ask_for_mail(tx, card.id, email, words).await?)
    })
    .await
}

/// Shows the code of the card that this link opens, this once; from then on it is kept nowhere. `None`: it was shown before.
pub async fn show(conn: &mut Conn, vault: &Vault, link: &TokenHash, now: Moment) -> Result<Option<Code>, Failed<GiftRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let card = credit::queries::card_by_link(tx, link, now).await?.ok_or(GiftRefused::Unknown)?;
        reveal(tx, vault, card.id, now).await
    })
    .await
}

/// The same for staff, who hand the code over; not where it is another one's, to whom it goes by mail.
///
/// # Errors
/// A card that pays nothing any more.
pub async fn show_to_staff(
    conn: &mut Conn,
    vault: &Vault,
    card: CreditAccountId,
    staff: &Person,
    now: Moment,
) -> Result<Option<Code>, Failed<GiftRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let card = good(tx, card, now).await?;
        if !card.email.is_empty() {
            return Ok(None);
        }
        let code = reveal(tx, vault, card.id, now).await?;
        if code.is_some() {
            audit(tx, staff, "gift_card.shown", "gift_card", Some(card.id.0), None, None).await?;
        }
        Ok(code)
    })
    .await
}

async fn reveal(tx: &mut Conn, vault: &Vault, card: CreditAccountId, now: Moment) -> Result<Option<Code>, Failed<GiftRefused>> {
    if !credit::mark_shown(tx, card, now).await? {
        return Ok(None);
    }
    let sealed = vault.read(tx, &place(card)).await?;
    vault.forget(tx, &place(card)).await?;
    let code = sealed.and_then(|secret| String::from_utf8(secret.reveal().to_vec()).ok()).and_then(|code| code.parse().ok());
    Ok(code)
}

/// Disables a card, or lets it pay again.
///
/// # Errors
/// A card that is not there.
pub async fn set_disabled(
    conn: &mut Conn,
    card: CreditAccountId,
    disabled: bool,
    staff: &Person,
    now: Moment,
) -> Result<(), Failed<GiftRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let found = credit::queries::card(tx, card, now).await?.ok_or(GiftRefused::Unknown)?;
        if found.disabled_at.is_some() == disabled {
            return Ok(());
        }
        match disabled {
            true => credit::disable(tx, card, now).await?,
            false => credit::enable(tx, card).await?,
        }
        let act = if disabled { "gift_card.disabled" } else { "gift_card.enabled" };
        Ok(audit(tx, staff, act, "gift_card", Some(card.0), None, None).await?)
    })
    .await
}

/// Says until when a card is good; `None`: for ever.
///
/// # Errors
/// A card that is not there.
pub async fn set_expiry(
    conn: &mut Conn,
    card: CreditAccountId,
    until: Option<Moment>,
    staff: &Person,
    now: Moment,
) -> Result<(), Failed<GiftRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let found = credit::queries::card(tx, card, now).await?.ok_or(GiftRefused::Unknown)?;
        if found.expires_at == until {
            return Ok(());
        }
        credit::extend(tx, card, until).await?;
        let (before, after) = (json!({ "expires_at": found.expires_at }), json!({ "expires_at": until }));
        Ok(audit(tx, staff, "gift_card.extended", "gift_card", Some(card.0), Some(before), Some(after)).await?)
    })
    .await
}

/// Gives a card more, or takes something from it.
///
/// # Errors
/// No reason, no amount, more than is there, or a balance that changed since the page was made.
pub async fn adjust(
    conn: &mut Conn,
    card: CreditAccountId,
    change: Change<'_>,
    staff: &Person,
    now: Moment,
) -> Result<(), Failed<GiftRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        credit::queries::card(tx, card, now).await?.ok_or(GiftRefused::Unknown)?;
        let changed = ledger::adjust(tx, card, change, staff.id, now).await;
        let after = changed.map_err(|failed| failed.map(GiftRefused::from))?;
        let (before, after) = (json!({ "balance": change.seen }), json!({ "balance": after }));
        Ok(audit(tx, staff, "gift_card.adjusted", "gift_card", Some(card.0), Some(before), Some(after)).await?)
    })
    .await
}

/// Says for how many years cards that are sold are good, to the end of the year.
pub async fn set_years(conn: &mut Conn, years: i32, staff: &Person) -> Result<(), Failed<GiftRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let before = credit::queries::years(tx).await?;
        if before == years {
            return Ok(());
        }
        credit::set_years(tx, years).await?;
        let (before, after) = (json!({ "years": before }), json!({ "years": years }));
        Ok(audit(tx, staff, "gift_card.years", "settings", None, Some(before), Some(after)).await?)
    })
    .await
}
