//! One order with everything on its page.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;

use super::amounts::{Rows, rows_of};
use super::deliveries::deliveries_of;
use super::parcels::{Parcel, parcels_of};
use super::parts::{LinePart, parts_of};
use super::tax_standings::{TaxNote, tax_notes_of};
use crate::engines::inventory::{Wait, WaitKind};
use crate::engines::payments::{self, Payment, Sums};
use crate::engines::pricing::{DiscountRow, TaxRow};
use crate::features::orders::delivery::Delivery;
use crate::features::orders::model::{Address, FulfilmentStatus, OrderStatus, PaymentStatus};
use crate::platform::base::{
    Broke, Currency, CustomerId, Day, MediaId, Moment, Money, OrderId, OrderLineId, OrderNumber, VariantId,
};
use crate::platform::db::Conn;
use crate::platform::i18n::{Locale, Translations, Wording, Words};
use crate::platform::media::{self, Picture};
use crate::platform::schema::{order_lines, orders, products};

#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = orders)]
struct Head {
    id: OrderId,
    customer_id: Option<CustomerId>,
    number: i64,
    token: String,
    email: String,
    locale: Locale,
    currency: String,
    tax_included: bool,
    goods_total: i64,
    discount_total: i64,
    shipping_total: i64,
    shipping_discount: i64,
    tax_total: i64,
    total: i64,
    status: OrderStatus,
    payment_status: PaymentStatus,
    fulfilment_status: FulfilmentStatus,
    shipping_address: Value,
    billing_address: Value,
    shipping_method: String,
    payment_method: String,
    note: String,
    placed_at: Moment,
    due_at: Option<Moment>,
    cancelled_at: Option<Moment>,
    expired_at: Option<Moment>,
    version: i32,
    translations: Translations,
}

/// An order with its lines, taxes, payments and parcels; amounts in minor units of its own currency.
#[derive(Clone, Debug)]
pub struct Order {
    pub id: OrderId,
    /// Whose it is; a guest's is nobody's.
    pub customer: Option<CustomerId>,
    pub number: OrderNumber,
    pub token: String,
    pub email: String,
    pub locale: Locale,
    pub currency: Currency,
    pub tax_included: bool,
    pub goods_total: i64,
    pub discount_total: i64,
    /// After what discounts took off it.
    pub shipping_total: i64,
    pub shipping_discount: i64,
    pub tax_total: i64,
    pub total: i64,
    pub status: OrderStatus,
    pub payment_status: PaymentStatus,
    pub fulfilment_status: FulfilmentStatus,
    pub shipping_address: Address,
    pub billing_address: Address,
    pub shipping_method: Wording,
    pub payment_method: String,
    pub note: String,
    pub placed_at: Moment,
    pub due_at: Option<Moment>,
    pub cancelled_at: Option<Moment>,
    pub expired_at: Option<Moment>,
    pub version: i32,
    pub lines: Vec<Line>,
    pub discounts: Vec<DiscountRow>,
    /// As kept: one row for each tax of each line, and of delivery.
    pub tax_rows: Vec<TaxRow>,
    pub payments: Vec<Payment>,
    pub parcels: Vec<Parcel>,
    /// Why it has no tax, and the VAT id of whoever bought, where there is something to say.
    pub tax_note: Option<TaxNote>,
    /// What was promised; `None` where nothing is sent.
    pub delivery: Option<Delivery>,
}

impl Order {
    pub fn money(&self, amount: i64) -> Money {
        Money::new(amount, self.currency)
    }

    pub fn pieces(&self) -> i64 {
        self.lines.iter().map(|line| i64::from(line.quantity)).sum()
    }

    pub fn sums(&self) -> Sums {
        Sums::of(&self.payments)
    }

    /// What is still to pay; nothing when the order is over.
    pub fn due_amount(&self) -> i64 {
        let over = matches!(self.status, OrderStatus::Cancelled | OrderStatus::Expired);
        if over { 0 } else { (self.total - self.sums().captured).max(0) }
    }

    /// What came in for an order that ended, has not gone back and was not sent in goods (delivery and tax of what was sent included).
    pub fn owed_back(&self) -> i64 {
        if !matches!(self.status, OrderStatus::Cancelled | OrderStatus::Expired) {
            return 0;
        }
        let sent = |line: &Line| i128::from(line.total) * i128::from(line.fulfilled) / i128::from(line.quantity.max(1));
        // Gift cards are taken back when an order ends.
        let goods = || self.lines.iter().filter(|line| !line.gift_card);
        let mut kept: i128 = goods().map(sent).sum();
        if goods().any(|line| line.fulfilled > 0) {
            kept += i128::from(self.shipping_total);
        }
        let base = i128::from(self.goods_total - self.discount_total + self.shipping_total);
        if !self.tax_included && base > 0 {
            kept += i128::from(self.tax_total) * kept / base;
        }
        let sums = self.sums();
        i64::try_from(i128::from(sums.captured - sums.refunded) - kept).map_or(0, |owed| owed.max(0))
    }

    /// The payment that waits for money which a person will see come in.
    pub fn awaited(&self) -> Option<&Payment> {
        self.payments.iter().find(|payment| payment.is_awaited())
    }

    /// What can be paid on a gateway's page now: what is due, unless a gateway holds money for it already.
    pub fn payable(&self) -> i64 {
        if self.status == OrderStatus::Open { (self.due_amount() - self.sums().authorised).max(0) } else { 0 }
    }
}

/// What was bought.
#[derive(Clone, Debug)]
pub struct Line {
    pub id: OrderLineId,
    pub variant: Option<VariantId>,
    pub title: Wording,
    pub variant_title: Wording,
    pub sku: String,
    /// Whether each piece became a gift card.
    pub gift_card: bool,
    /// Handle of the product as it is now, when it is on sale.
    pub handle: Option<String>,
    pub quantity: i32,
    pub unit_price: i64,
    pub discount: i64,
    pub total: i64,
    pub fulfilled: i64,
    /// What it was told that it waits for.
    pub wait: Option<Wait>,
    /// What a bundle is made of.
    pub parts: Vec<LinePart>,
    pub picture: Option<Picture>,
}

impl Line {
    /// "Kettle, Mint / 600 ml" in this language.
    pub fn called(&self, locale: Locale) -> String {
        match self.variant_title.kept_in(locale) {
            "" => self.title.kept_in(locale).to_owned(),
            variant => format!("{}, {variant}", self.title.kept_in(locale)),
        }
    }

    /// What of it is not there yet, while something is left to ship.
    pub fn waits(&self) -> Option<Wait> {
        let left = i32::try_from(self.left()).unwrap_or(0);
        self.wait.filter(|_| left > 0).map(|wait| Wait { pieces: wait.pieces.min(left), ..wait })
    }

    /// The same in words, of an order that is not over.
    pub fn waits_told(&self, status: OrderStatus, words: &Words) -> Option<String> {
        let wait = self.waits().filter(|_| status == OrderStatus::Open)?;
        Some(wait.told(words, i32::try_from(self.left()).unwrap_or(i32::MAX)))
    }

    /// "2 × Cup, Mint", of all bundles of the line together.
    pub fn parts_told(&self, locale: Locale) -> Vec<String> {
        self.parts.iter().map(|part| part.told(locale, i64::from(self.quantity))).collect()
    }

    /// Pieces not shipped yet.
    pub fn left(&self) -> i64 {
        i64::from(self.quantity) - self.fulfilled
    }
}

/// The order that this token opens.
pub async fn order_by_token(conn: &mut Conn, token: &str) -> Result<Option<Order>, Broke> {
    let head = orders::table.filter(orders::token.eq(token)).select(Head::as_select()).first(conn).await.optional()?;
    whole(conn, head).await
}

pub async fn order_by_number(conn: &mut Conn, number: OrderNumber) -> Result<Option<Order>, Broke> {
    let head = orders::table.filter(orders::number.eq(number.0)).select(Head::as_select()).first(conn).await.optional()?;
    whole(conn, head).await
}

pub async fn order_by_id(conn: &mut Conn, id: OrderId) -> Result<Option<Order>, Broke> {
    let head = orders::table.find(id).select(Head::as_select()).first(conn).await.optional()?;
    whole(conn, head).await
}

/// The orders of these numbers that exist, by number, in a handful of queries however many they are; without their payments.
pub async fn orders_by_numbers(conn: &mut Conn, numbers: &[OrderNumber]) -> Result<Vec<Order>, Broke> {
    let numbers: Vec<i64> = numbers.iter().map(|number| number.0).filter(|number| *number > 0).collect();
    let heads = orders::table.filter(orders::number.eq_any(numbers)).order(orders::number).select(Head::as_select());
    let heads = heads.load(conn).await?;
    filled(conn, heads).await
}

async fn whole(conn: &mut Conn, head: Option<Head>) -> Result<Option<Order>, Broke> {
    let Some(mut order) = filled(conn, head.into_iter().collect()).await?.pop() else { return Ok(None) };
    order.payments = payments::queries::payments_of(conn, order.id).await?;
    Ok(Some(order))
}

/// Orders with their lines, taxes and parcels.
async fn filled(conn: &mut Conn, heads: Vec<Head>) -> Result<Vec<Order>, Broke> {
    let ids: Vec<OrderId> = heads.iter().map(|head| head.id).collect();
    let mut parcels = parcels_of(conn, &ids).await?;
    let mut lines = lines_of(conn, &ids, &parcels).await?;
    let mut rows = rows_of(conn, &ids, &lines).await?;
    let mut deliveries = deliveries_of(conn, &ids).await?;
    let mut notes = tax_notes_of(conn, &ids).await?;
    let of = |head: Head| {
        let (lines, rows) = (lines.remove(&head.id).unwrap_or_default(), rows.remove(&head.id).unwrap_or_default());
        let parcels = parcels.remove(&head.id).unwrap_or_default();
        let (delivery, tax_note) = (deliveries.remove(&head.id), notes.remove(&head.id));
        Ok(Order { delivery, tax_note, ..order_of(head, lines, rows, parcels)? })
    };
    heads.into_iter().map(of).collect()
}

fn order_of(head: Head, lines: Vec<Line>, rows: Rows, parcels: Vec<Parcel>) -> Result<Order, Broke> {
    Ok(Order {
        id: head.id,
        customer: head.customer_id,
        number: OrderNumber(head.number),
        token: head.token,
        email: head.email,
        locale: head.locale,
        currency: head.currency.parse().map_err(|()| anyhow::anyhow!("order {} has no known currency", head.number))?,
        tax_included: head.tax_included,
        goods_total: head.goods_total,
        discount_total: head.discount_total,
        shipping_total: head.shipping_total,
        shipping_discount: head.shipping_discount,
        tax_total: head.tax_total,
        total: head.total,
        status: head.status,
        payment_status: head.payment_status,
        fulfilment_status: head.fulfilment_status,
        shipping_address: serde_json::from_value(head.shipping_address)?,
        billing_address: serde_json::from_value(head.billing_address)?,
        shipping_method: head.translations.wording("shipping_method", head.shipping_method),
        payment_method: head.payment_method,
        note: head.note,
        placed_at: head.placed_at,
        due_at: head.due_at,
        cancelled_at: head.cancelled_at,
        expired_at: head.expired_at,
        version: head.version,
        lines,
        discounts: rows.discounts,
        tax_rows: rows.taxes,
        payments: Vec::new(),
        parcels,
        tax_note: None,
        delivery: None,
    })
}

type Titles = (String, String, Translations);
type Amounts = (i32, i64, i64, i64);
type Waits = (i32, Option<WaitKind>, Option<NaiveDate>);
type Product = (Option<String>, Option<String>);
type LineRow = (OrderId, OrderLineId, Option<i64>, Titles, (String, bool), Option<i64>, Amounts, Product, Waits);

async fn lines_of(
    conn: &mut Conn,
    orders: &[OrderId],
    parcels: &HashMap<OrderId, Vec<Parcel>>,
) -> Result<HashMap<OrderId, Vec<Line>>, Broke> {
    let rows: Vec<LineRow> = order_lines::table
        .left_join(products::table.on(products::id.nullable().eq(order_lines::product_id)))
        .filter(order_lines::order_id.eq_any(orders))
        .order((order_lines::order_id, order_lines::position, order_lines::id))
        .select((
            order_lines::order_id,
            order_lines::id,
            order_lines::variant_id,
            (order_lines::title, order_lines::variant_title, order_lines::translations),
            (order_lines::sku, order_lines::gift_card),
            order_lines::media_id,
            (order_lines::quantity, order_lines::unit_price, order_lines::discount, order_lines::total),
            (products::handle.nullable(), products::status.nullable()),
            (order_lines::waiting, order_lines::waits_for, order_lines::waits_until),
        ))
        .load(conn)
        .await?;
    let mut parts = parts_of(conn, &rows.iter().map(|row| row.1).collect::<Vec<_>>()).await?;
    let media: Vec<MediaId> = rows.iter().filter_map(|row| row.5.map(MediaId)).collect();
    let pictures = media::queries::pictures_by_ids(conn, &media).await?;
    let mut fulfilled: HashMap<OrderLineId, i64> = HashMap::new();
    for (line, quantity) in parcels.values().flatten().flat_map(|parcel| &parcel.contents) {
        *fulfilled.entry(*line).or_insert(0) += i64::from(*quantity);
    }
    let mut lines: HashMap<OrderId, Vec<Line>> = HashMap::new();
    for row in rows {
        let (order, id, variant, (title, variant_title, words), (sku, gift_card), media, amounts, (handle, status), waits) = row;
        let (quantity, unit_price, discount, total) = amounts;
        let (pieces, waits_for, until) = waits;
        lines.entry(order).or_default().push(Line {
            id,
            variant: variant.map(VariantId),
            title: words.wording("title", title),
            variant_title: words.wording("variant_title", variant_title),
            sku,
            gift_card,
            handle: handle.filter(|_| status.as_deref() == Some("active")),
            quantity,
            unit_price,
            discount,
            total,
            fulfilled: fulfilled.get(&id).copied().unwrap_or(0),
            wait: waits_for.map(|kind| Wait { kind, pieces, on: until.map(Day::from) }),
            parts: parts.remove(&id).unwrap_or_default(),
            picture: media.and_then(|id| pictures.get(&MediaId(id)).cloned()),
        });
    }
    Ok(lines)
}
