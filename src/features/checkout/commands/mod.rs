//! Acts of the checkout: keep what is typed, hold the goods, place the order, or send the shopper to pay first.

mod comparing;
mod completing;
mod credits;
mod forgetting;
mod mending;
mod sessions;

use chrono::Duration;
use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;

use super::business::vat_id_of;
use super::model::{Complete, Draft, PlaceRefused, Snapshot, complete};
use super::queries::{self, Addresses, Basket};
use crate::engines::payments::{self, Gateways, Method as PaymentMethod};
use crate::engines::shipping::Offer;
use crate::features::cart;
use crate::features::cart::model::Line;
use crate::features::catalog::model::BundlePart;
use crate::features::orders;
use crate::features::orders::commands::Pays;
use crate::features::orders::{Delivery, NewLine, NewOrder, NewPart, Placed};
use crate::platform::access::{Person, audit};
use crate::platform::base::{Broke, CartId, Failed, Moment, Never, OrBreak, PaymentId, Quantity, VariantId};
use crate::platform::db::{self, Conn};
use crate::platform::i18n::{Locale, Translations};
use crate::platform::schema::checkouts;
use crate::platform::settings::ShopFacts;

pub use comparing::compare;
pub use completing::{Settled, close_sessions, complete as complete_payment, complete_with};
pub use credits::{add_card, follow, join, join_customers, remove_credit, unchoose, use_store_credit};
pub use forgetting::{forget, forget_begun, forget_person};
pub use mending::mend;
pub use sessions::{PaidElsewhere, ask, open as open_session, opened_at, pay_order};

/// Keeps what is typed so far, right or wrong.
pub async fn save(conn: &mut Conn, cart: CartId, draft: &Draft, now: Moment) -> Result<(), Failed<PlaceRefused>> {
    let mut shipping = draft.address.clone();
    let country = shipping.country.take();
    let addresses = serde_json::to_value(Addresses { shipping, billing: draft.billing.clone(), vat_id: draft.vat_id.clone() })
        .map_err(anyhow::Error::from)?;
    db::transaction(conn, async |tx: &mut Conn| {
        if !cart::commands::lock(tx, cart).await? {
            return Err(PlaceRefused::Empty.into());
        }
        let method = queries::method_that_exists(tx, draft.shipping).await?;
        diesel::insert_into(checkouts::table)
            .values((
                checkouts::cart_id.eq(cart),
                checkouts::email.eq(&draft.email),
                checkouts::country.eq(country.map(|country| country.code().to_owned())),
                checkouts::address.eq(&addresses),
                checkouts::shipping_method_id.eq(method),
                checkouts::payment_method.eq(draft.payment.map(PaymentMethod::as_str)),
                checkouts::note.eq(&draft.note),
                checkouts::updated_at.eq(now),
            ))
            .on_conflict(checkouts::cart_id)
            .do_update()
            .set((
                checkouts::email.eq(excluded(checkouts::email)),
                checkouts::country.eq(excluded(checkouts::country)),
                checkouts::address.eq(excluded(checkouts::address)),
                checkouts::shipping_method_id.eq(excluded(checkouts::shipping_method_id)),
                checkouts::payment_method.eq(excluded(checkouts::payment_method)),
                checkouts::note.eq(excluded(checkouts::note)),
                checkouts::updated_at.eq(excluded(checkouts::updated_at)),
            ))
            .execute(tx)
            .await?;
        cart::commands::touch(tx, cart, now).await?;
        Ok(())
    })
    .await
}

/// Holds the cart's goods for the shopper who is about to pay. What is held already stays held until its time; it is not made longer.
/// Returns until when.
pub async fn hold(conn: &mut Conn, cart: CartId, minutes: i32, now: Moment) -> Result<Moment, Failed<PlaceRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        if !cart::commands::lock(tx, cart).await? {
            return Err(PlaceRefused::Empty.into());
        }
        let goods = cart::queries::goods_of(tx, cart).await?;
        if goods.iter().any(|(.., offered)| !offered) {
            return Err(PlaceRefused::Withdrawn.into());
        }
        let wanted: Vec<_> =
            goods.into_iter().filter_map(|(variant, pieces, _)| Some((variant, Quantity::new(pieces)?))).collect();
        if wanted.is_empty() {
            return Err(PlaceRefused::Empty.into());
        }
        if let Some(until) = held_already(tx, cart, &wanted, now).await? {
            return Ok(until);
        }
        let until = now + Duration::minutes(i64::from(minutes));
        sessions::hold_with_open_pages(tx, cart, &wanted, until, now).await
    })
    .await
}

/// Until when exactly these goods are held for the cart; a look at it needs no lock, and takes none.
pub async fn held_already(
    conn: &mut Conn,
    cart: CartId,
    wanted: &[(VariantId, Quantity)],
    now: Moment,
) -> Result<Option<Moment>, Broke> {
    let Some(until) = cart::queries::held_until(conn, cart, now).await? else { return Ok(None) };
    let (all, page_until) = sessions::with_open_pages(conn, cart, wanted).await?;
    Ok((page_until <= Some(until) && queries::holds_all(conn, cart, &all, now).await?).then_some(until))
}

/// What the last page showed, to be compared before anything is charged.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Minor units.
    pub total: i64,
    pub fingerprint: String,
}

/// Where the last button leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    Order(Placed),
    /// To the gateway's page; the order is made when the money is there.
    Pay(PaymentId),
}

/// Places the order: the one transaction over cart, order, stock and payment. The cart is locked first, so that a second click
/// or a replay finds the order that the first one made. What is paid on a gateway's page is only prepared: its goods are held
/// and kept as they were shown.
///
/// # Errors
/// Something missing or short, or a total other than the page showed; nothing is charged then.
pub async fn place(
    conn: &mut Conn,
    cart: CartId,
    shown: &Shown,
    shop: &ShopFacts,
    gateways: &Gateways,
    locale: Locale,
    now: Moment,
) -> Result<Next, Failed<PlaceRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        if !cart::commands::lock(tx, cart).await? {
            let placed = orders::queries::placed_from(tx, cart).await?;
            return placed.map(Next::Order).ok_or_else(|| PlaceRefused::Empty.into());
        }
        let draft = queries::draft_of(tx, cart).await?.unwrap_or_default();
        let basket = queries::basket(tx, cart, &draft, shop, now).await?;
        // Another tab chose another market meanwhile.
        if basket.lines.iter().any(|line| line.currency != shop.currency) {
            return Err(PlaceRefused::Reshuffled.into());
        }
        let whole = judge(&draft, &basket, shown)?;
        let method = whole.payment;
        let customer = cart::queries::owner_of(tx, cart).await?;
        let vat_id = vat_id_of(&draft, shop).map(|id| id.to_string()).unwrap_or_default();
        let new = NewOrder { customer, vat_id, ..new_order(cart, locale, &basket, whole, shop, now)? };
        if method.is_hosted() && new.rest() > 0 {
            let snapshot = Snapshot { order: new, method };
            return sessions::prepare(tx, &snapshot, &shown.fingerprint, now).await.map(Next::Pay);
        }
        cart::commands::empty(tx, cart, now).await?;
        diesel::delete(checkouts::table.find(cart)).execute(tx).await?;
        credits::clear(tx, cart).await?;
        let gateway = gateways.of(method);
        let placed = orders::commands::create(tx, &new, Pays::Later(&*gateway), now).await;
        placed.map(Next::Order).map_err(|failed| failed.map(PlaceRefused::from))
    })
    .await
}

/// Whether this basket may become an order as it was shown.
fn judge(draft: &Draft, basket: &Basket, shown: &Shown) -> Result<Complete, PlaceRefused> {
    if basket.lines.is_empty() {
        return Err(PlaceRefused::Empty);
    }
    if basket.lines.iter().any(|line| !line.offered) {
        return Err(PlaceRefused::Withdrawn);
    }
    let whole = complete(draft, basket.choices()).map_err(PlaceRefused::Incomplete)?;
    let quote = basket.quote.as_ref().ok_or(PlaceRefused::TooMuch)?;
    if quote.total != shown.total {
        return Err(PlaceRefused::Changed { showed: shown.total, total: quote.total });
    }
    match basket.seen() {
        seen if seen == shown.fingerprint => Ok(whole),
        _ if shown.fingerprint.starts_with(&basket.goods_seen()) => Err(PlaceRefused::CreditChanged),
        _ => Err(PlaceRefused::Reshuffled),
    }
}

fn new_order(
    cart: CartId,
    locale: Locale,
    basket: &Basket,
    whole: Complete,
    shop: &ShopFacts,
    now: Moment,
) -> Result<NewOrder, PlaceRefused> {
    let (quote, credits) = (basket.quote.clone().ok_or(PlaceRefused::TooMuch)?, basket.wallet.paying());
    let delivery = whole.shipping.as_ref().map(delivery);
    let chosen = whole.shipping.map(|offer| offer.method.name).unwrap_or_default();
    Ok(NewOrder {
        cart,
        customer: None,
        email: whole.email,
        locale,
        lines: basket.lines.iter().map(new_line).collect(),
        quote,
        shipping_address: whole.shipping_address,
        billing_address: whole.billing_address,
        shipping_method: chosen.main().to_owned(),
        translations: Translations::of([("shipping_method", chosen.others().clone())]),
        note: whole.note,
        delivery,
        due_at: (whole.payment == PaymentMethod::BankTransfer).then(|| now + Duration::days(i64::from(shop.unpaid_days))),
        credits,
        standing: basket.standing.clone(),
        vat_id: String::new(),
    })
}

/// What the offer promises, as the order keeps it.
fn delivery(offer: &Offer) -> Delivery {
    let (place, note) = offer.pickup.as_ref().map(|pickup| (pickup.place.clone(), pickup.note.clone())).unwrap_or_default();
    Delivery {
        promised: offer.arrives.map(|span| (span.from.date(), span.to.date())),
        days: offer.method.days,
        pickup: place,
        note: note.main().to_owned(),
        translations: Translations::of([("note", note.others().clone())]),
    }
}

fn new_line(line: &Line) -> NewLine {
    NewLine {
        product: line.product,
        variant: line.variant,
        title: line.title.main().to_owned(),
        variant_title: line.variant_title.main().to_owned(),
        translations: Translations::of([
            ("title", line.title.others().clone()),
            ("variant_title", line.variant_title.others().clone()),
        ]),
        sku: line.sku.clone(),
        handle: line.handle.clone(),
        media: line.picture.as_ref().map(|picture| picture.id),
        weight_grams: line.weight_grams,
        requires_shipping: line.requires_shipping,
        gift_card: line.gift_card,
        parts: line.parts.iter().map(new_part).collect(),
    }
}

fn new_part(part: &BundlePart) -> NewPart {
    NewPart {
        variant: part.variant,
        quantity: part.quantity,
        title: part.title.main().to_owned(),
        variant_title: part.variant_title.main().to_owned(),
        translations: Translations::of([
            ("title", part.title.others().clone()),
            ("variant_title", part.variant_title.others().clone()),
        ]),
        sku: part.sku.clone(),
    }
}

/// Puts a payment aside that staff have looked at.
pub async fn put_aside(conn: &mut Conn, payment: PaymentId, staff: &Person) -> Result<(), Broke> {
    let done = db::transaction(conn, async |tx: &mut Conn| -> Result<(), Failed<Never>> {
        payments::sessions::attended(tx, payment).await?;
        audit(tx, staff, "payment.attended", "payment", Some(payment.0), None, None).await?;
        Ok(())
    });
    done.await.or_break().map(|done| done.unwrap_or_else(|never| match never {}))
}
