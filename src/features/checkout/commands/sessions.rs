//! Sending a shopper to a gateway's page: what is paid is kept as it was shown, the goods are held as long as the page is open.

use std::collections::BTreeMap;

use chrono::Duration;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::completing::{Settled, close};
use super::credits;
use crate::engines::credit;
use crate::engines::inventory::model::summed;
use crate::engines::inventory::{self, OutOfStock};
use crate::engines::payments::sessions::{self as money, NewPayment};
use crate::engines::payments::{self, Ask, Capture, Gateways, Method, PaymentState};
use crate::engines::promotions::{self, uses::Whom};
use crate::features::cart;
use crate::features::checkout::model::{PlaceRefused, Snapshot};
use crate::features::checkout::queries::{self, PaySession, Subject};
use crate::features::orders::PayRefused;
use crate::features::orders::queries::Order;
use crate::platform::base::{Broke, CartId, Email, Failed, Moment, Money, OrBreak, PaymentId, Quantity, Token, VariantId};
use crate::platform::config::Config;
use crate::platform::db::{self, Conn, Db};
use crate::platform::paths;
use crate::platform::schema::payment_sessions;

/// How long a gateway's page stays open; gateways of cards want at least half an hour.
pub(super) const OPEN: Duration = Duration::minutes(30);
/// The goods stay held for longer than the page is open, so that it is closed before they are let go.
const MARGIN: Duration = Duration::minutes(5);

/// Keeps what is about to be paid and holds its goods and the uses of its promotions. Pressing again for the same gives the same payment.
pub(super) async fn prepare(
    tx: &mut Conn,
    snapshot: &Snapshot,
    fingerprint: &str,
    now: Moment,
) -> Result<PaymentId, Failed<PlaceRefused>> {
    let order = &snapshot.order;
    let open = queries::open_sessions(tx, order.cart).await?;
    let mark = format!("{fingerprint}:{}", snapshot.mark());
    let same = open.iter().rev().find(|(_, other, until)| *other == mark && until.is_some_and(|until| until > now + MARGIN));
    if let Some((payment, ..)) = same {
        return Ok(*payment);
    }
    let until = now + OPEN;
    let wanted = snapshot.goods();
    let amount = Money::new(order.rest(), order.quote.currency);
    let payment = begin(tx, snapshot.method, amount, until, now).await?;
    let whom = Whom { cart: order.cart, customer: order.customer, email: &order.email, locale: order.locale };
    let held = promotions::uses::hold(tx, whom, &order.quote.discounts, payment, now).await;
    held.map_err(|failed| failed.map(PlaceRefused::UsedUp))?;
    credits::hold_with_open_pages(tx, order.cart, &order.credits, until + MARGIN, now).await?;
    hold_with_open_pages(tx, order.cart, &wanted, until + MARGIN, now).await?;
    let row = (
        payment_sessions::payment_id.eq(payment),
        payment_sessions::token.eq(Token::random().to_string()),
        payment_sessions::cart_id.eq(order.cart),
        payment_sessions::snapshot.eq(serde_json::to_value(snapshot).map_err(anyhow::Error::from)?),
        payment_sessions::fingerprint.eq(mark),
        payment_sessions::email.eq(&*order.email),
        payment_sessions::locale.eq(order.locale),
        payment_sessions::created_at.eq(now),
    );
    diesel::insert_into(payment_sessions::table).values(row).execute(tx).await?;
    Ok(payment)
}

async fn begin(tx: &mut Conn, method: Method, amount: Money, until: Moment, now: Moment) -> QueryResult<PaymentId> {
    let offered = payments::queries::methods(tx).await?.into_iter().find(|offered| offered.method == method);
    let key = format!("session:{}", Token::random());
    let new = NewPayment {
        order: None,
        method,
        reference: None,
        amount,
        state: PaymentState::Pending,
        capture: offered.map_or(Capture::Automatic, |offered| offered.capture),
        key: &key,
        expires_at: Some(until),
        account: None,
    };
    money::open(tx, &new, now).await
}

/// Why the shopper is not sent to a page: it was paid on another one already.
pub type PaidElsewhere = Settled;

/// The address of the gateway's page for a payment that was prepared. Other pages of the same cart are closed first, so that only
/// one of them can be paid; where one was paid already, that is what counts.
///
/// # Errors
/// A gateway that does not answer; nothing was charged.
pub async fn open(
    db: &Db,
    gateways: &Gateways,
    config: &Config,
    payment: PaymentId,
    now: Moment,
) -> Result<Result<String, PaidElsewhere>, Failed<PlaceRefused>> {
    let mut conn = db.get().await?;
    let session = queries::session_by_payment(&mut conn, payment).await?;
    let session = session.ok_or_else(|| anyhow::anyhow!("payment {payment} has no session"))?;
    let others = match &session.subject {
        Subject::Checkout { cart, .. } => queries::open_sessions(&mut conn, *cart).await?,
        Subject::Order(order) => queries::open_sessions_of_order(&mut conn, *order).await?,
    };
    drop(conn);
    let others: Vec<PaymentId> = others.into_iter().map(|other| other.0).filter(|other| *other != payment).collect();
    for other in &others {
        match close(db, gateways, *other, now).await? {
            paid @ (Settled::Order(_) | Settled::Flagged | Settled::Waiting) => return Ok(Err(paid)),
            Settled::Declined | Settled::GivenBack(_) => {}
        }
    }
    if !others.is_empty() {
        hold_only(&mut *db.get().await?, &session, now).await?;
    }
    if let Some(url) = session.url.clone() {
        return Ok(Ok(url));
    }
    let opened = gateways.of(session.payment.method).create_session(&ask(&session, config, now)?).await;
    let opened = opened.map_err(|trouble| {
        tracing::warn!(%payment, "no page to pay on: {trouble}");
        PlaceRefused::GatewayAway
    })?;
    let mut conn = db.get().await?;
    opened_at(&mut conn, payment, &opened).await?;
    let stands = payments::queries::payment_by_id(&mut conn, payment).await?.map(|payment| payment.state);
    drop(conn);
    if stands == Some(PaymentState::Pending) {
        return Ok(Ok(opened.url));
    }
    // Another tab gave this payment up while its page was being opened: nobody must pay there.
    close(db, gateways, payment, now).await?;
    Err(PlaceRefused::GatewayAway.into())
}

/// Keeps what the gateway calls a payment, and where its page is.
pub async fn opened_at(conn: &mut Conn, payment: PaymentId, opened: &payments::Session) -> QueryResult<()> {
    money::name(conn, payment, &opened.reference).await?;
    let row = diesel::update(payment_sessions::table.find(payment)).set(payment_sessions::url.eq(&opened.url));
    row.execute(conn).await?;
    Ok(())
}

/// Now that the other pages are closed, holds no more than this one pays for.
async fn hold_only(conn: &mut Conn, session: &PaySession, now: Moment) -> Result<(), Broke> {
    let Subject::Checkout { cart, snapshot } = &session.subject else { return Ok(()) };
    let until = session.payment.expires_at.unwrap_or(now + OPEN) + MARGIN;
    let (cart, goods, parts) = (*cart, snapshot.goods(), snapshot.order.credits.clone());
    let held = db::transaction(conn, async |tx: &mut Conn| -> Result<(), Failed<OutOfStock>> {
        cart::commands::lock(tx, cart).await?;
        if let Err(Failed::Broke(broke)) = credit::commands::hold(tx, cart, &parts, until, now).await {
            return Err(broke.into());
        }
        inventory::commands::reserve(tx, cart, &goods, until, now).await
    });
    // What is short now was held a moment ago; the completion judges it.
    held.await.or_break().map(drop)
}

/// Holds these goods until then. What an open page of the same cart is about to pay stays held as well, until that page is closed.
pub(super) async fn hold_with_open_pages(
    tx: &mut Conn,
    cart: CartId,
    wanted: &[(VariantId, Quantity)],
    until: Moment,
    now: Moment,
) -> Result<Moment, Failed<PlaceRefused>> {
    let (all, page_until) = with_open_pages(tx, cart, wanted).await?;
    let until = page_until.map_or(until, |page| page.max(until));
    let mut held = inventory::commands::reserve(tx, cart, &all, until, now).await;
    if matches!(held, Err(Failed::Refused(_))) {
        held = inventory::commands::reserve(tx, cart, wanted, until, now).await;
    }
    held.map_err(|failed| failed.map(|why| PlaceRefused::Short(why.short)))?;
    Ok(until)
}

/// Of each thing as much as is wanted or as an open page of the cart pays for, whichever is more; and until when the pages need it.
pub(super) async fn with_open_pages(
    tx: &mut Conn,
    cart: CartId,
    wanted: &[(VariantId, Quantity)],
) -> Result<(Vec<(VariantId, Quantity)>, Option<Moment>), Broke> {
    let mut most = BTreeMap::new();
    let mut until = None;
    let pages = queries::open_snapshots(tx, cart).await?;
    for (snapshot, closes) in &pages {
        until = until.max(closes.map(|closes| closes + MARGIN));
        raise(&mut most, &snapshot.goods());
    }
    raise(&mut most, wanted);
    let goods = most.into_iter().filter_map(|(variant, pieces)| Some((variant, Quantity::new(pieces)?)));
    Ok((goods.collect(), until))
}

fn raise(most: &mut BTreeMap<VariantId, i32>, goods: &[(VariantId, Quantity)]) {
    for (variant, pieces) in summed(goods.iter().map(|(variant, quantity)| (*variant, quantity.get()))) {
        let pieces = i32::try_from(pieces).unwrap_or(i32::MAX);
        most.entry(variant).and_modify(|held| *held = pieces.max(*held)).or_insert(pieces);
    }
}

/// What the gateway is asked for a payment that was prepared.
pub fn ask(session: &PaySession, config: &Config, now: Moment) -> Result<Ask, Broke> {
    let email: Email = session.email.parse().map_err(|_| anyhow::anyhow!("a session without a good address"))?;
    Ok(Ask {
        key: session.payment.known.key.clone(),
        amount: session.payment.asked,
        capture: session.payment.capture,
        email,
        reference: String::new(),
        return_url: config.absolute(&paths::checkout_return(&session.token)),
        expires_at: session.payment.expires_at.unwrap_or(now + OPEN),
    })
}

/// Prepares the payment of an order that stands: what is still due, on a gateway's page.
///
/// # Errors
/// An order that is over or paid.
pub async fn pay_order(conn: &mut Conn, order: &Order, method: Method, now: Moment) -> Result<PaymentId, Failed<PayRefused>> {
    let due = order.payable();
    if due <= 0 {
        return Err(PayRefused::Settled.into());
    }
    let (amount, until) = (order.money(due), now + OPEN);
    db::transaction(conn, async |tx: &mut Conn| {
        crate::features::orders::queries::hold(tx, order.id).await?;
        let open = queries::open_sessions_of_order(tx, order.id).await?;
        let mark = format!("{due}:{method}");
        let same = open.iter().rev().find(|(_, other, until)| *other == mark && until.is_some_and(|until| until > now + MARGIN));
        if let Some((payment, ..)) = same {
            return Ok(*payment);
        }
        let payment = begin(tx, method, amount, until, now).await?;
        let row = (
            payment_sessions::payment_id.eq(payment),
            payment_sessions::token.eq(Token::random().to_string()),
            payment_sessions::order_id.eq(order.id),
            payment_sessions::fingerprint.eq(mark),
            payment_sessions::email.eq(&order.email),
            payment_sessions::locale.eq(order.locale),
            payment_sessions::created_at.eq(now),
        );
        diesel::insert_into(payment_sessions::table).values(row).execute(tx).await?;
        Ok(payment)
    })
    .await
}

/// Keeps the goods and cards of a cart held while its gateway cannot be asked to close the page.
pub(super) async fn hold_on(conn: &mut Conn, cart: CartId, now: Moment) -> QueryResult<()> {
    credit::commands::hold_until(conn, cart, now + MARGIN).await?;
    inventory::commands::hold_until(conn, cart, now + MARGIN).await
}
