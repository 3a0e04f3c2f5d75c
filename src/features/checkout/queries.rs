//! Reads of checkouts: the draft, and everything the page adds up.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::{Deserialize, Serialize};

use super::business::vat_id_of;
use super::differences::{Difference, Odd};
use super::model::{AddressDraft, Choices, Draft, Snapshot, fingerprint};
use super::wallet::{Wallet, wallet};
use crate::engines::inventory;
use crate::engines::inventory::model::summed;
use crate::engines::inventory::shelves::expanded;
use crate::engines::payments::queries::Opened;
use crate::engines::payments::{self, Method, PaymentState};
use crate::engines::pricing::Quote;
use crate::engines::promotions::Applied;
use crate::engines::shipping::Offer;
use crate::engines::tax::{Destination, Standing};
use crate::features::cart;
use crate::features::cart::model::Line;
use crate::features::cart::queries::Gift;
use crate::features::cart::quoting::{Quoted, Sending, Terms, quoted};
use crate::platform::base::{
    Broke, CartId, Country, Moment, OrderId, OrderNumber, PaymentId, Quantity, ShippingMethodId, VariantId,
};
use crate::platform::db::Conn;
use crate::platform::i18n::Locale;
use crate::platform::schema::{
    cart_lines, checkouts, orders, payment_differences, payment_sessions, payments as payment_rows, shipping_methods, stock,
    stock_reservations,
};
use crate::platform::settings::{Market, ShopFacts};

/// The addresses as the table keeps them.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Addresses {
    #[serde(flatten)]
    pub shipping: AddressDraft,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub billing: Option<AddressDraft>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub vat_id: String,
}

type Row = (Option<String>, Option<String>, serde_json::Value, Option<ShippingMethodId>, Option<String>, String);

/// What was typed so far; an empty draft for a cart that has not been here.
pub async fn draft_of(conn: &mut Conn, cart: CartId) -> Result<Option<Draft>, Broke> {
    let row: Option<Row> = checkouts::table
        .find(cart)
        .select((
            checkouts::email,
            checkouts::country,
            checkouts::address,
            checkouts::shipping_method_id,
            checkouts::payment_method,
            checkouts::note,
        ))
        .first(conn)
        .await
        .optional()?;
    let Some((email, country, address, shipping, payment, note)) = row else { return Ok(None) };
    let addresses: Addresses = serde_json::from_value(address)?;
    Ok(Some(Draft {
        email: email.unwrap_or_default(),
        address: AddressDraft { country: country.and_then(|code| code.parse().ok()), ..addresses.shipping },
        billing: addresses.billing,
        shipping,
        payment: payment.and_then(|word| word.parse().ok()),
        note,
        vat_id: addresses.vat_id,
    }))
}

/// A cart with everything that its total depends on.
pub struct Basket {
    pub lines: Vec<Line>,
    /// Ways to send to the draft's country.
    pub offers: Vec<Offer>,
    /// The way chosen, else the first.
    pub offer: Option<Offer>,
    pub needs_shipping: bool,
    /// `None` when it would cost more than an order may.
    pub quote: Option<Quote>,
    pub promoted: Applied,
    /// What promotions give beside it.
    pub gifts: Vec<Gift>,
    pub countries: Vec<Country>,
    /// Ways to pay that the shop offers.
    pub methods: Vec<Method>,
    /// Gift cards and store credit, and what they pay.
    pub wallet: Wallet,
    /// Whether whoever buys pays tax.
    pub standing: Standing,
    /// The market that sells to the draft's country, where the cart buys in another.
    pub elsewhere: Option<Market>,
}

impl Basket {
    /// What is in it, without what it costs.
    pub fn goods(&self) -> Vec<(VariantId, Quantity)> {
        self.lines.iter().filter_map(|line| Some((line.variant, Quantity::new(line.quantity)?))).collect()
    }

    pub fn choices(&self) -> Choices<'_> {
        let Basket { countries, offers, needs_shipping, methods, elsewhere, .. } = self;
        let covered = self.wallet.covering(self.total());
        Choices { countries, offers, needs_shipping: *needs_shipping, methods, covered, elsewhere: elsewhere.as_ref() }
    }

    /// Minor units.
    pub fn total(&self) -> i64 {
        self.quote.as_ref().map_or(0, |quote| quote.total)
    }

    /// What is left to pay beside gift cards and store credit, in minor units.
    pub fn to_pay(&self) -> i64 {
        self.total() - self.wallet.paid()
    }

    /// What a page shows of it: goods, prices, the way of sending, the total, and what it is paid with.
    pub fn seen(&self) -> String {
        self.goods_seen() + &self.wallet.mark()
    }

    /// The same but for what it is paid with.
    pub fn goods_seen(&self) -> String {
        fingerprint(&self.lines, self.offer.as_ref(), self.total())
    }
}

/// Reads a cart's lines and adds up what they cost, sent as the draft says.
pub async fn basket(conn: &mut Conn, cart: CartId, draft: &Draft, shop: &ShopFacts, now: Moment) -> Result<Basket, Broke> {
    let lines = cart::queries::lines_of(conn, cart, now).await?;
    let elsewhere = draft.address.country.map(|to| shop.market_of(to)).filter(|market| market.id != shop.market.id).cloned();
    let to = Destination {
        country: draft.address.country.unwrap_or(shop.country),
        region: draft.address.region.clone(),
        postal_code: draft.address.postal_code.clone(),
    };
    let vat_id = vat_id_of(draft, shop);
    let terms = Terms { shop, to, sending: Sending::Chosen(draft.shipping), email: &draft.email, vat_id: vat_id.as_ref(), now };
    let all: Vec<&Line> = lines.iter().collect();
    let Quoted { offers, offer, needs_shipping, quote, promoted, standing } = quoted(conn, cart, &all, &terms).await?;
    let gifts = cart::codes::gifts(conn, cart, &promoted, now).await?;
    let methods = methods(conn).await?;
    let due = quote.as_ref().map_or((0, shop.currency), |quote| (quote.total, quote.currency));
    let wallet = wallet(conn, cart, due.0, due.1, now).await?;
    let countries = countries(shop);
    Ok(Basket { lines, offers, offer, needs_shipping, quote, promoted, gifts, countries, methods, wallet, standing, elsewhere })
}

/// The ways to pay that the shop offers, in its order.
pub async fn methods(conn: &mut Conn) -> QueryResult<Vec<Method>> {
    let all = payments::queries::methods(conn).await?;
    Ok(all.into_iter().filter(|offered| offered.enabled).map(|offered| offered.method).collect())
}

/// Where the shop sells to; at least to its own country.
pub fn countries(shop: &ShopFacts) -> Vec<Country> {
    if shop.countries.is_empty() { vec![shop.country] } else { shop.countries.clone() }
}

/// Whether all of this is held for the cart, and nothing else.
pub async fn holds_all(conn: &mut Conn, cart: CartId, wanted: &[(VariantId, Quantity)], now: Moment) -> QueryResult<bool> {
    let rows: Vec<(VariantId, i32)> = stock_reservations::table
        .inner_join(stock::table.on(stock::id.eq(stock_reservations::stock_id)))
        .filter(stock_reservations::cart_id.eq(cart))
        .filter(stock_reservations::expires_at.gt(now))
        .select((stock::variant_id, stock_reservations::quantity))
        .load(conn)
        .await?;
    let held = summed(rows);
    let recipes = inventory::queries::recipes(conn, &wanted.iter().map(|line| line.0).collect::<Vec<_>>()).await?;
    Ok(held == expanded(&summed(wanted.iter().map(|(variant, quantity)| (*variant, quantity.get()))), &recipes))
}

/// A chosen method, unless it was removed meanwhile.
pub async fn method_that_exists(conn: &mut Conn, chosen: Option<ShippingMethodId>) -> QueryResult<Option<ShippingMethodId>> {
    let Some(chosen) = chosen else { return Ok(None) };
    shipping_methods::table.find(chosen).select(shipping_methods::id).for_key_share().first(conn).await.optional()
}

/// Pieces of each thing in a cart that other carts hold, and when the first of them are free again.
pub async fn held_by_others(conn: &mut Conn, cart: CartId, now: Moment) -> QueryResult<HashMap<VariantId, (i64, Moment)>> {
    let mine = cart_lines::table.filter(cart_lines::cart_id.eq(cart)).select(cart_lines::variant_id);
    let rows: Vec<(VariantId, i32, Moment)> = stock_reservations::table
        .inner_join(stock::table.on(stock::id.eq(stock_reservations::stock_id)))
        .filter(stock::variant_id.eq_any(mine))
        .filter(stock_reservations::cart_id.ne(cart))
        .filter(stock_reservations::expires_at.gt(now))
        .select((stock::variant_id, stock_reservations::quantity, stock_reservations::expires_at))
        .load(conn)
        .await?;
    let mut held: HashMap<VariantId, (i64, Moment)> = HashMap::new();
    for (variant, quantity, until) in rows {
        let sum = held.entry(variant).or_insert((0, until));
        *sum = (sum.0 + i64::from(quantity), sum.1.min(until));
    }
    Ok(held)
}

/// A shopper at a gateway's page, or back from it.
#[derive(Clone, Debug)]
pub struct PaySession {
    pub payment: Opened,
    pub token: String,
    pub subject: Subject,
    pub email: String,
    pub locale: Locale,
    pub url: Option<String>,
}

/// What is being paid.
#[derive(Clone, Debug)]
pub enum Subject {
    /// A checkout, as it was shown.
    Checkout { cart: CartId, snapshot: Box<Snapshot> },
    /// An order that stands already.
    Order(OrderId),
}

type SessionRow = (PaymentId, String, Option<CartId>, Option<OrderId>, Option<serde_json::Value>, String, Locale, Option<String>);

async fn session(conn: &mut Conn, row: Option<SessionRow>) -> Result<Option<PaySession>, Broke> {
    let Some((id, token, cart, order, snapshot, email, locale, url)) = row else { return Ok(None) };
    let payment = payments::queries::payment_by_id(conn, id).await?;
    let payment = payment.ok_or_else(|| anyhow::anyhow!("session of payment {id} without its payment"))?;
    let subject = match (cart, order, snapshot) {
        (Some(cart), _, Some(snapshot)) => Subject::Checkout { cart, snapshot: Box::new(serde_json::from_value(snapshot)?) },
        (_, Some(order), _) => Subject::Order(order),
        _ => return Err(anyhow::anyhow!("session of payment {id} is for nothing").into()),
    };
    Ok(Some(PaySession { payment, token, subject, email, locale, url }))
}

macro_rules! session_columns {
    () => {
        (
            payment_sessions::payment_id,
            payment_sessions::token,
            payment_sessions::cart_id,
            payment_sessions::order_id,
            payment_sessions::snapshot,
            payment_sessions::email,
            payment_sessions::locale,
            payment_sessions::url,
        )
    };
}

pub async fn session_by_token(conn: &mut Conn, token: &str) -> Result<Option<PaySession>, Broke> {
    let row = payment_sessions::table.filter(payment_sessions::token.eq(token)).select(session_columns!());
    let row = row.first(conn).await.optional()?;
    session(conn, row).await
}

pub async fn session_by_payment(conn: &mut Conn, payment: PaymentId) -> Result<Option<PaySession>, Broke> {
    let row = payment_sessions::table.find(payment).select(session_columns!()).first(conn).await.optional()?;
    session(conn, row).await
}

/// The payments of a cart whose page may still be open, with the marks of what they pay for; oldest first.
pub async fn open_sessions(conn: &mut Conn, cart: CartId) -> QueryResult<Vec<(PaymentId, String, Option<Moment>)>> {
    payment_sessions::table
        .inner_join(payment_rows::table.on(payment_rows::id.eq(payment_sessions::payment_id)))
        .filter(payment_sessions::cart_id.eq(cart))
        .filter(payment_rows::state.eq(PaymentState::Pending))
        .order(payment_rows::id)
        .select((payment_rows::id, payment_sessions::fingerprint, payment_rows::expires_at))
        .load(conn)
        .await
}

/// What the open pages of a cart are about to pay, and when each closes.
pub async fn open_snapshots(conn: &mut Conn, cart: CartId) -> Result<Vec<(Snapshot, Option<Moment>)>, Broke> {
    let rows: Vec<(Option<serde_json::Value>, Option<Moment>)> = payment_sessions::table
        .inner_join(payment_rows::table.on(payment_rows::id.eq(payment_sessions::payment_id)))
        .filter(payment_sessions::cart_id.eq(cart))
        .filter(payment_rows::state.eq(PaymentState::Pending))
        .select((payment_sessions::snapshot, payment_rows::expires_at))
        .load(conn)
        .await?;
    let snapshots = rows.into_iter().filter_map(|(snapshot, until)| Some((snapshot?, until)));
    snapshots.map(|(snapshot, until)| Ok((serde_json::from_value(snapshot)?, until))).collect()
}

/// The payments of an order that stands whose page may still be open; oldest first.
pub async fn open_sessions_of_order(conn: &mut Conn, order: OrderId) -> QueryResult<Vec<(PaymentId, String, Option<Moment>)>> {
    payment_sessions::table
        .inner_join(payment_rows::table.on(payment_rows::id.eq(payment_sessions::payment_id)))
        .filter(payment_sessions::order_id.eq(order))
        .filter(payment_rows::state.eq(PaymentState::Pending))
        .order(payment_rows::id)
        .select((payment_rows::id, payment_sessions::fingerprint, payment_rows::expires_at))
        .load(conn)
        .await
}

/// The number and token of an order, for those who have only its id.
pub async fn order_called(conn: &mut Conn, id: OrderId) -> QueryResult<(OrderNumber, String)> {
    let row: (i64, String) = orders::table.find(id).select((orders::number, orders::token)).first(conn).await?;
    Ok((OrderNumber(row.0), row.1))
}

type DifferenceRow = (i64, Method, String, Option<PaymentId>, Odd, i64, i64, String, Moment);

fn difference((id, method, reference, payment, kind, ours, theirs, currency, found_at): DifferenceRow) -> Option<Difference> {
    let currency = currency.parse().ok()?;
    Some(Difference { id, method, reference, payment, kind, ours, theirs, currency, found_at })
}

/// The differences in the books that stand open, newest first.
pub async fn differences(conn: &mut Conn) -> QueryResult<Vec<Difference>> {
    use payment_differences as rows;
    let open = rows::table.filter(rows::mended_at.is_null()).order(rows::id.desc()).limit(200);
    let columns = (
        (rows::id, rows::gateway, rows::reference, rows::payment_id, rows::kind),
        (rows::ours, rows::theirs, rows::currency, rows::found_at),
    );
    type Halves = ((i64, Method, String, Option<PaymentId>, Odd), (i64, i64, String, Moment));
    let found: Vec<Halves> = open.select(columns).load(conn).await?;
    let whole = |((id, method, reference, payment, kind), (ours, theirs, currency, found_at)): Halves| {
        difference((id, method, reference, payment, kind, ours, theirs, currency, found_at))
    };
    Ok(found.into_iter().filter_map(whole).collect())
}

pub async fn difference_by_id(conn: &mut Conn, id: i64) -> QueryResult<Option<Difference>> {
    Ok(differences(conn).await?.into_iter().find(|one| one.id == id))
}

/// Payments that no order came of and that nobody has put aside; with who paid.
pub async fn in_vain(conn: &mut Conn) -> Result<Vec<(Opened, String)>, Broke> {
    let payments = payments::queries::with_attention(conn, 200).await?;
    let ids: Vec<PaymentId> = payments.iter().map(|payment| payment.id).collect();
    let emails: Vec<(PaymentId, String)> = payment_sessions::table
        .filter(payment_sessions::payment_id.eq_any(ids))
        .select((payment_sessions::payment_id, payment_sessions::email))
        .load(conn)
        .await?;
    let emails: HashMap<PaymentId, String> = emails.into_iter().collect();
    Ok(payments
        .into_iter()
        .map(|payment| (emails.get(&payment.id).cloned().unwrap_or_default(), payment))
        .map(|(a, b)| (b, a))
        .collect())
}
