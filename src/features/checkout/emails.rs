//! The letters about money that no order could come of: to the shopper, and to staff.

use super::queries::{PaySession, Subject, order_called, session_by_payment};
use crate::engines::payments::{Attention, PaymentState};
use crate::platform::base::{Broke, Failed, Never, OrBreak, PaymentId};
use crate::platform::config::Config;
use crate::platform::db::{self, Conn};
use crate::platform::i18n::Words;
use crate::platform::mail::{self, Draft, Letter};
use crate::platform::paths;
use crate::platform::settings::{self, ShopFacts};

/// Tells shopper and staff that money came in vain; doing it again writes nothing twice.
pub async fn write(conn: &mut Conn, payment: PaymentId, config: &Config) -> Result<(), Broke> {
    let Some(session) = session_by_payment(conn, payment).await? else { return Ok(()) };
    let shop = settings::queries::facts(conn).await?;
    let order = match &session.subject {
        Subject::Order(order) => Some(order_called(conn, *order).await?),
        Subject::Checkout { .. } => None,
    };
    let back = order.as_ref().map_or_else(paths::home, |(_, token)| paths::order(token));
    let mut drafts = vec![shopper(&session, &shop, config, &back)?];
    if !shop.notice_email.is_empty() {
        drafts.push(staff(&session, &shop, config)?);
    }
    let queued = db::transaction(conn, async |tx: &mut Conn| {
        for draft in &drafts {
            mail::commands::queue(tx, draft).await?;
        }
        Ok::<_, Failed<Never>>(())
    });
    queued.await.or_break().map(|done| done.unwrap_or_else(|never| match never {}))
}

/// "stock_gone", "wrong_money" …: the part of the keys.
fn reason(session: &PaySession) -> Attention {
    match session.payment.state {
        PaymentState::Flagged => Attention::WrongMoney,
        _ => session.payment.attention.unwrap_or(Attention::Twice),
    }
}

fn say(words: &Words, session: &PaySession, shop: &ShopFacts, key: &str) -> String {
    let name = match &session.subject {
        Subject::Checkout { snapshot, .. } => snapshot.order.shipping_address.first_name().to_owned(),
        Subject::Order(_) => String::new(),
    };
    let values = [
        ("name", name.into()),
        ("shop", shop.name.as_str().into()),
        ("amount", words.money(session.payment.asked).into()),
        ("email", session.email.as_str().into()),
        ("reference", session.payment.known.reference.as_deref().unwrap_or_default().into()),
    ];
    words.with(&format!("checkout-mail-{key}"), &values)
}

fn shopper(session: &PaySession, shop: &ShopFacts, config: &Config, back: &str) -> anyhow::Result<Draft> {
    let words = Words::new(session.locale);
    let why = reason(session);
    let say = |key: &str| say(&words, session, shop, key);
    let letter = Letter::new(words, say(&format!("{why}-heading"))).say(say(&format!("{why}-text")));
    let letter = letter.button(say("back"), config.absolute(back));
    let draft = letter.draft("payment_in_vain", &session.email, say(&format!("{why}-heading")), shop, config)?;
    Ok(draft.once(format!("payment_in_vain:{}", session.payment.id)))
}

fn staff(session: &PaySession, shop: &ShopFacts, config: &Config) -> anyhow::Result<Draft> {
    let words = Words::new(shop.locale);
    let why = reason(session);
    let say = |key: &str| say(&words, session, shop, key);
    let letter = Letter::new(words, say("staff-heading")).say(say(&format!("staff-{why}")));
    let letter = letter.button(say("staff-open"), config.absolute(&paths::admin_payments()));
    let draft = letter.draft("payment_notice", &shop.notice_email, say("staff-heading"), shop, config)?;
    Ok(draft.once(format!("payment_notice:{}", session.payment.id)))
}
