//! What an order's amounts are made of: its discounts and taxes, as they were copied when it was placed.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::details::{Line, Order};
use crate::engines::pricing::{self, DiscountRow, LineQuote, Parts, Step, TaxOn, TaxRow};
use crate::platform::base::{Broke, OrderId, OrderLineId, PromotionId, Quantity, Rate};
use crate::platform::db::Conn;
use crate::platform::i18n::{Locale, Translations, Wording};
use crate::platform::schema::{order_discounts, order_taxes};

/// Discounts and taxes of one order; lines are named by their place.
#[derive(Default)]
pub(super) struct Rows {
    pub discounts: Vec<DiscountRow>,
    pub taxes: Vec<TaxRow>,
}

/// One tax of the order, summed over lines and shipping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxLine {
    pub name: String,
    pub rate: Rate,
    pub amount: i64,
}

type Discount = (OrderId, Option<OrderLineId>, (String, Translations), Option<i64>, Option<String>, i64);
type Tax = (OrderId, Option<OrderLineId>, String, (String, String, String), i32, bool, i64);

pub(super) async fn rows_of(
    conn: &mut Conn,
    orders: &[OrderId],
    lines: &HashMap<OrderId, Vec<Line>>,
) -> Result<HashMap<OrderId, Rows>, Broke> {
    let place = |order: &OrderId, line: OrderLineId| lines.get(order)?.iter().position(|one| one.id == line);
    let mut rows: HashMap<OrderId, Rows> = HashMap::new();
    for (order, line, (name, words), promotion, code, amount) in discounts_of(conn, orders).await? {
        let (line, promotion) = (line.and_then(|line| place(&order, line)), promotion.map(PromotionId));
        let names = words.said("name");
        rows.entry(order).or_default().discounts.push(DiscountRow { line, name, names, promotion, code, amount });
    }
    for (order, line, name, (country, region, class), rate, included, amount) in taxes_of(conn, orders).await? {
        let on = line.and_then(|line| place(&order, line)).map_or(TaxOn::Shipping, TaxOn::Line);
        let (country, rate) = (country.parse()?, Rate(rate));
        rows.entry(order).or_default().taxes.push(TaxRow { on, name, country, region, class, rate, included, amount });
    }
    Ok(rows)
}

async fn discounts_of(conn: &mut Conn, orders: &[OrderId]) -> QueryResult<Vec<Discount>> {
    use order_discounts as row;
    order_discounts::table
        .filter(row::order_id.eq_any(orders))
        .order(row::id)
        .select((row::order_id, row::order_line_id, (row::name, row::translations), row::promotion_id, row::code, row::amount))
        .load(conn)
        .await
}

async fn taxes_of(conn: &mut Conn, orders: &[OrderId]) -> QueryResult<Vec<Tax>> {
    use order_taxes as row;
    order_taxes::table
        .filter(row::order_id.eq_any(orders))
        .order(row::id)
        .select((
            row::order_id,
            row::order_line_id,
            row::name,
            (row::country, row::region, row::class),
            row::rate_millionths,
            row::included,
            row::amount,
        ))
        .load(conn)
        .await
}

impl Order {
    /// Its taxes by name and rate.
    pub fn taxes(&self) -> Vec<TaxLine> {
        let mut taxes: Vec<TaxLine> = Vec::new();
        for TaxRow { name, rate, amount, .. } in &self.tax_rows {
            match taxes.iter_mut().find(|tax| tax.name == *name && tax.rate == *rate) {
                Some(tax) => tax.amount += amount,
                None => taxes.push(TaxLine { name: name.clone(), rate: *rate, amount: *amount }),
            }
        }
        taxes
    }

    /// How its total came about, from the rows that were kept with it.
    pub fn steps(&self, locale: Locale) -> Vec<Step> {
        let quoted = |line: &Line| LineQuote {
            unit_price: line.unit_price,
            quantity: Quantity::new(line.quantity).unwrap_or(Quantity::ONE),
            discount: line.discount,
            total: line.total,
            tax: 0,
        };
        let lines: Vec<LineQuote> = self.lines.iter().map(quoted).collect();
        let method = self.shipping_method.kept_in(locale);
        let sent = !method.is_empty() || self.shipping_total > 0;
        let shipping = sent.then_some((method, self.shipping_total));
        let kept = |words: &Wording| words.kept_in(locale).to_owned();
        let discounts: Vec<DiscountRow> = self.discounts.iter().map(|row| row.named(kept)).collect();
        let taxes = self.tax_rows.as_slice();
        pricing::steps(&Parts { lines: &lines, discounts: &discounts, shipping, taxes, total: self.total })
    }
}
