//! Acts on drafts. Each locks the draft first, then its cart; an order that was made of it stays as it is.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};

use super::model::{DraftOrder, DraftRefused};
use crate::features::cart;
use crate::features::checkout::model::Draft;
use crate::platform::access::{Person, audit};
use crate::platform::base::{CartId, CustomerId, DraftId, Failed, MarketId, Moment, Never, OrBreak, Quantity, Token, VariantId};
use crate::platform::db::{self, Conn};
use crate::platform::i18n::Locale;
use crate::platform::mail;
use crate::platform::schema::{customers, draft_orders, orders};

/// Begins an empty draft.
pub async fn begin(conn: &mut Conn, locale: Locale, staff: &Person, now: Moment) -> Result<DraftId, Failed<Never>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let token = Token::random();
        let cart = cart::commands::open(tx, token.hash().as_bytes(), locale, now).await?;
        let row = (
            draft_orders::cart_id.eq(cart),
            draft_orders::token.eq(token.to_string()),
            draft_orders::locale.eq(locale),
            draft_orders::staff_id.eq(staff.id),
            draft_orders::created_at.eq(now),
            draft_orders::updated_at.eq(now),
        );
        let id: DraftId = diesel::insert_into(draft_orders::table).values(row).returning(draft_orders::id).get_result(tx).await?;
        audit(tx, staff, "draft.begun", "draft", Some(id.0), None, None).await?;
        Ok(id)
    })
    .await
}

/// The cart of a draft that is still one, locked and counted on to its next version.
async fn lock(tx: &mut Conn, id: DraftId, version: i32, now: Moment) -> Result<CartId, Failed<DraftRefused>> {
    let row = draft_orders::table.find(id).select((draft_orders::cart_id, draft_orders::version)).for_update();
    let row: Option<(CartId, i32)> = row.first(tx).await.optional()?;
    let (cart, is) = row.ok_or(DraftRefused::Unknown)?;
    let orders = orders::table.filter(orders::cart_id.eq(cart));
    if diesel::select(diesel::dsl::exists(orders)).get_result::<bool>(tx).await? {
        return Err(DraftRefused::Placed.into());
    }
    if is != version {
        return Err(DraftRefused::Changed.into());
    }
    let next = (draft_orders::version.eq(version + 1), draft_orders::updated_at.eq(now));
    diesel::update(draft_orders::table.find(id)).set(next).execute(tx).await?;
    cart::commands::touch(tx, cart, now).await?;
    Ok(cart)
}

async fn note(tx: &mut Conn, staff: &Person, what: &str, id: DraftId, after: Value) -> QueryResult<()> {
    audit(tx, staff, what, "draft", Some(id.0), None, Some(after)).await
}

/// Puts pieces of a thing in a draft, beside those that are in it.
///
/// # Errors
/// A draft that changed or was placed; a thing that is not on sale.
pub async fn add(
    conn: &mut Conn,
    id: DraftId,
    variant: VariantId,
    quantity: Quantity,
    version: i32,
    staff: &Person,
    now: Moment,
) -> Result<(), Failed<DraftRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let cart = lock(tx, id, version, now).await?;
        let put = cart::commands::put_for_staff(tx, cart, variant, quantity, now).await;
        put.map_err(|failed| failed.map(DraftRefused::from))?;
        note(tx, staff, "draft.line_added", id, json!({ "variant": variant, "quantity": quantity })).await?;
        Ok(())
    })
    .await
}

/// A line as staff want it: pieces (none: it goes), and what is taken off it in minor units.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub variant: VariantId,
    pub quantity: i32,
    pub discount: i64,
}

/// Sets quantities and discounts of a draft's lines.
///
/// # Errors
/// A draft that changed or was placed.
pub async fn set_lines(
    conn: &mut Conn,
    id: DraftId,
    wanted: &[Wanted],
    version: i32,
    staff: &Person,
    now: Moment,
) -> Result<(), Failed<DraftRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let cart = lock(tx, id, version, now).await?;
        for line in wanted {
            cart::commands::set_for_staff(tx, cart, line.variant, line.quantity, line.discount).await?;
        }
        cart::commands::note_prices_seen(tx, cart, now).await?;
        let lines: Vec<Value> = wanted.iter().map(|line| json!([line.variant, line.quantity, line.discount])).collect();
        note(tx, staff, "draft.lines_set", id, json!({ "lines": lines })).await?;
        Ok(())
    })
    .await
}

/// Keeps whom the draft is for, how it is sent, and in which language; right or wrong, the checkout judges it.
///
/// # Errors
/// A draft that changed or was placed.
pub async fn save_details(
    conn: &mut Conn,
    id: DraftId,
    details: &Draft,
    locale: Locale,
    version: i32,
    staff: &Person,
    now: Moment,
) -> Result<(), Failed<DraftRefused>> {
    let locked = db::transaction(conn, async |tx: &mut Conn| {
        let cart = lock(tx, id, version, now).await?;
        let proved = customers::table.filter(customers::email.eq(details.email.trim().to_lowercase()));
        let proved =
            proved.filter(customers::email_verified_at.is_not_null().and(customers::closed_at.is_null())).select(customers::id);
        let customer: Option<CustomerId> = proved.first(tx).await.optional()?;
        let whose = (draft_orders::locale.eq(locale), draft_orders::customer_id.eq(customer));
        diesel::update(draft_orders::table.find(id)).set(whose).execute(tx).await?;
        cart::commands::note_prices_seen(tx, cart, now).await?;
        note(tx, staff, "draft.customer_set", id, json!({ "customer": customer })).await?;
        Ok::<_, Failed<DraftRefused>>(cart)
    });
    let cart = locked.await?;
    let saved = crate::features::checkout::commands::save(conn, cart, details, now).await.or_break()?;
    saved.map_err(|_| DraftRefused::Placed.into())
}

/// Sells a draft in another market (`None`: the primary one); what was taken off its lines by hand goes.
///
/// # Errors
/// A draft that changed or was placed.
pub async fn sell_in(
    conn: &mut Conn,
    id: DraftId,
    market: Option<MarketId>,
    version: i32,
    staff: &Person,
    now: Moment,
) -> Result<(), Failed<DraftRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let cart = lock(tx, id, version, now).await?;
        cart::commands::buy_in_for_staff(tx, cart, market, now).await?;
        Ok(note(tx, staff, "draft.market_set", id, json!({ "market": market })).await?)
    })
    .await
}

/// Queues the mail with the payment link. `seen` is how many the page knew of: a second click sends no second mail.
///
/// # Errors
/// A draft that was placed.
pub async fn send_link(
    conn: &mut Conn,
    draft: &DraftOrder,
    letter: &mail::Draft,
    seen: i32,
    staff: &Person,
    now: Moment,
) -> Result<(), Failed<DraftRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let row = draft_orders::table.find(draft.id).select(draft_orders::links_sent).for_update();
        let sent: i32 = row.first(tx).await.optional()?.ok_or(DraftRefused::Unknown)?;
        if sent != seen {
            return Ok(());
        }
        let next = (draft_orders::links_sent.eq(sent + 1), draft_orders::link_sent_at.eq(now));
        diesel::update(draft_orders::table.find(draft.id)).set(next).execute(tx).await?;
        cart::commands::touch(tx, draft.cart, now).await?;
        note(tx, staff, "draft.link_sent", draft.id, json!({ "letter": sent + 1 })).await?;
        mail::commands::queue(tx, letter).await?;
        Ok(())
    })
    .await
}

/// Throws a draft away; its payment link opens nothing from then on.
///
/// # Errors
/// A draft that changed or was placed.
pub async fn discard(
    conn: &mut Conn,
    id: DraftId,
    version: i32,
    staff: &Person,
    now: Moment,
) -> Result<(), Failed<DraftRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let cart = lock(tx, id, version, now).await?;
        diesel::delete(draft_orders::table.find(id)).execute(tx).await?;
        cart::commands::discard(tx, cart).await?;
        audit(tx, staff, "draft.discarded", "draft", Some(id.0), None, None).await?;
        Ok(())
    })
    .await
}
