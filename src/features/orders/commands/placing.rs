//! Placing: the one act that makes an order, inside the checkout's transaction.

use anyhow::anyhow;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;

use super::crediting;
use super::delivering;
use super::paying::accept;
use super::promising::promise;
use super::standing::tell;
use crate::engines::payments::sessions::NewPayment;
use crate::engines::payments::{self, Ask, Capture, Gateway, Method, Report};
use crate::engines::pricing::TaxOn;
use crate::engines::promotions::{self, uses::Whom};
use crate::engines::tax::Standing;
use crate::features::orders::CreateRefused;
use crate::features::orders::model::{Happening, NewOrder, Placed, Records, statuses};
use crate::features::orders::queries::placed_from;
use crate::platform::base::{Failed, Moment, Money, OrderId, OrderLineId, OrderNumber, PaymentId, Token};
use crate::platform::db::Conn;
use crate::platform::events::{self, Event};
use crate::platform::i18n::Translations;
use crate::platform::schema::{counters, order_discounts, order_lines, order_tax_standings, order_taxes, orders};

/// How an order that is placed is paid.
#[derive(Clone, Copy)]
pub enum Pays<'a> {
    /// Later, in a way that needs no page.
    Later(&'a dyn Gateway),
    /// With money that a gateway holds or has taken.
    With { payment: PaymentId, method: Method, report: &'a Report },
}

impl Pays<'_> {
    fn method(self) -> Method {
        match self {
            Pays::Later(gateway) => gateway.method(),
            Pays::With { method, .. } => method,
        }
    }
}

/// Makes an order: copies lines and amounts, counts the uses of promotions, promises the stock, begins or accepts the payment, gives it the next number.
/// The cart must be locked; placing it again gives the same order.
///
/// # Errors
/// Names the variants of which too few can be sold, the promotion whose last use somebody else took, or a gift card that has less than
/// it was to pay.
pub async fn create(tx: &mut Conn, new: &NewOrder, pays: Pays<'_>, now: Moment) -> Result<Placed, Failed<CreateRefused>> {
    if let Some(placed) = placed_from(tx, new.cart).await? {
        return Ok(placed);
    }
    new.check().map_err(|unfit| anyhow!("an order that is not fit to be placed: {unfit:?}"))?;
    let token = Token::random().to_string();
    let id = insert(tx, new, pays.method(), &token, now).await?;
    let lines = insert_lines(tx, id, new).await?;
    insert_discounts(tx, id, new, &lines).await?;
    insert_taxes(tx, id, new, &lines).await?;
    insert_tax_standing(tx, id, new).await?;
    if let Some(delivery) = &new.delivery {
        delivering::keep(tx, id, delivery).await?;
    }
    let whom = Whom { cart: new.cart, customer: new.customer, email: &new.email, locale: new.locale };
    let was_held = matches!(pays, Pays::With { .. });
    let taken = promotions::uses::take(tx, whom, &new.quote.discounts, id, was_held, now).await;
    taken.map_err(|failed| failed.map(CreateRefused::UsedUp))?;
    crediting::claim(tx, new, now).await?;
    let promised = promise(tx, id, new, &lines, now).await;
    promised.map_err(|failed| failed.map(CreateRefused::Stock))?;
    let amount = Money::new(new.rest(), new.quote.currency);
    tell(tx, id, Happening::Placed, json!({ "total": new.quote.total }), None, now).await?;
    crediting::redeem(tx, id, new, now).await?;
    if let Pays::With { payment, report, .. } = pays {
        accept(tx, id, payment, report, now).await?;
    }
    events::record(tx, Event::OrderPlaced { order: id }).await?;
    // From here to the commit everybody else who orders waits.
    let number = next_number(tx, id).await?;
    if let Pays::Later(gateway) = pays
        && amount.amount > 0
    {
        begin(tx, id, number, amount, new, gateway, now).await?;
    }
    crediting::paid_at_once(tx, id, new).await?;
    Ok(Placed { id, number, token, fresh: true })
}

/// Begins a payment that needs no page.
async fn begin(
    tx: &mut Conn,
    order: OrderId,
    number: OrderNumber,
    amount: Money,
    new: &NewOrder,
    gateway: &dyn Gateway,
    now: Moment,
) -> Result<(), Failed<CreateRefused>> {
    let (key, expires_at) = (format!("order:{order}:{}", gateway.method()), now);
    let (email, return_url) = (new.email.clone(), String::new());
    let reference = number.to_string();
    let ask = Ask { key: key.clone(), amount, capture: Capture::Manual, email, reference, return_url, expires_at };
    let begun = gateway.authorise(&ask).await.map_err(anyhow::Error::from)?;
    let payment = NewPayment {
        order: Some(order),
        method: gateway.method(),
        reference: Some(&begun.reference),
        amount,
        state: begun.state,
        capture: Capture::Manual,
        key: &key,
        expires_at: None,
        account: None,
    };
    payments::sessions::open(tx, &payment, now).await?;
    Ok(())
}

/// The order's row, under a number that nobody sees: the counter is locked last.
async fn insert(
    tx: &mut Conn,
    new: &NewOrder,
    method: Method,
    token: &str,
    now: Moment,
) -> Result<OrderId, Failed<CreateRefused>> {
    let (quote, json_of) = (&new.quote, |address| serde_json::to_value(address).map_err(anyhow::Error::from));
    let ordered = quote.lines.iter().map(|line| i64::from(line.quantity.get())).sum();
    let stands = statuses(&Records { total: quote.total, ordered, ..Records::default() });
    let amounts = (
        orders::currency.eq(quote.currency.code()),
        orders::tax_included.eq(quote.tax_included),
        orders::goods_total.eq(quote.goods_total),
        orders::discount_total.eq(quote.discount_total),
        orders::shipping_total.eq(quote.shipping_total),
        orders::shipping_discount.eq(quote.shipping_discount),
        orders::tax_total.eq(quote.tax_total),
        orders::total.eq(quote.total),
    );
    let state = (
        orders::status.eq(stands.order),
        orders::payment_status.eq(stands.payment),
        orders::fulfilment_status.eq(stands.fulfilment),
        orders::placed_at.eq(now),
        orders::due_at.eq(new.due_at.filter(|_| new.rest() > 0)),
    );
    let whom = (
        orders::customer_id.eq(new.customer),
        orders::email.eq(&*new.email),
        orders::locale.eq(new.locale.as_str()),
        orders::customer_name.eq(&new.shipping_address.name),
        orders::shipping_address.eq(json_of(&new.shipping_address)?),
        orders::billing_address.eq(json_of(&new.billing_address)?),
        (orders::shipping_method.eq(&new.shipping_method), orders::translations.eq(&new.translations)),
        orders::payment_method.eq(method.as_str()),
        orders::note.eq(&new.note),
    );
    let row = (orders::number.eq(-new.cart.0), orders::token.eq(token), orders::cart_id.eq(new.cart), amounts, state, whom);
    Ok(diesel::insert_into(orders::table).values(row).returning(orders::id).get_result(tx).await?)
}

async fn insert_lines(tx: &mut Conn, order: OrderId, new: &NewOrder) -> QueryResult<Vec<OrderLineId>> {
    let rows: Vec<_> = new
        .lines
        .iter()
        .zip(&new.quote.lines)
        .enumerate()
        .map(|(position, (line, quoted))| {
            let goods = (
                order_lines::product_id.eq(line.product.0),
                order_lines::variant_id.eq(line.variant.0),
                order_lines::title.eq(&line.title),
                (order_lines::variant_title.eq(&line.variant_title), order_lines::translations.eq(&line.translations)),
                order_lines::sku.eq(&line.sku),
                order_lines::handle.eq(&line.handle),
                order_lines::media_id.eq(line.media.map(|media| media.0)),
                order_lines::weight_grams.eq(line.weight_grams),
                (order_lines::requires_shipping.eq(line.requires_shipping), order_lines::gift_card.eq(line.gift_card)),
            );
            let amounts = (
                order_lines::quantity.eq(quoted.quantity.get()),
                order_lines::unit_price.eq(quoted.unit_price),
                order_lines::discount.eq(quoted.discount),
                order_lines::total.eq(quoted.total),
            );
            (order_lines::order_id.eq(order), order_lines::position.eq(position as i32), goods, amounts)
        })
        .collect();
    let inserted = diesel::insert_into(order_lines::table).values(rows).returning((order_lines::position, order_lines::id));
    let mut ids: Vec<(i32, OrderLineId)> = inserted.get_results(tx).await?;
    ids.sort_unstable();
    Ok(ids.into_iter().map(|row| row.1).collect())
}

async fn insert_discounts(tx: &mut Conn, order: OrderId, new: &NewOrder, lines: &[OrderLineId]) -> QueryResult<()> {
    let given = new.quote.discounts.iter();
    let rows: Vec<_> = given
        .map(|off| {
            (
                order_discounts::order_id.eq(order),
                order_discounts::order_line_id.eq(off.line.and_then(|at| lines.get(at)).copied()),
                order_discounts::name.eq(&off.name),
                order_discounts::translations.eq(Translations::of([("name", off.names.clone())])),
                order_discounts::promotion_id.eq(off.promotion.map(|promotion| promotion.0)),
                order_discounts::code.eq(&off.code),
                order_discounts::amount.eq(off.amount),
            )
        })
        .collect();
    if !rows.is_empty() {
        diesel::insert_into(order_discounts::table).values(rows).execute(tx).await?;
    }
    Ok(())
}

async fn insert_taxes(tx: &mut Conn, order: OrderId, new: &NewOrder, lines: &[OrderLineId]) -> QueryResult<()> {
    let rows: Vec<_> = new
        .quote
        .taxes
        .iter()
        .map(|tax| {
            let line = match tax.on {
                TaxOn::Line(at) => lines.get(at).copied(),
                TaxOn::Shipping => None,
            };
            (
                order_taxes::order_id.eq(order),
                order_taxes::order_line_id.eq(line),
                order_taxes::name.eq(&tax.name),
                (
                    order_taxes::country.eq(tax.country.code()),
                    order_taxes::region.eq(&tax.region),
                    order_taxes::class.eq(&tax.class),
                ),
                order_taxes::rate_millionths.eq(tax.rate.0),
                order_taxes::included.eq(tax.included),
                order_taxes::amount.eq(tax.amount),
            )
        })
        .collect();
    diesel::insert_into(order_taxes::table).values(rows).execute(tx).await?;
    Ok(())
}

/// Keeps why there is no tax and whose business it is, where there is something to keep.
async fn insert_tax_standing(tx: &mut Conn, order: OrderId, new: &NewOrder) -> QueryResult<()> {
    let (check, reverse_charge, exempt) = match &new.standing {
        Standing::Taxed if new.vat_id.is_empty() => return Ok(()),
        Standing::Taxed => (None, false, ""),
        Standing::ReverseCharge { check } => (*check, true, ""),
        Standing::Exempt { reason } => (None, false, reason.as_str()),
    };
    let row = (
        order_tax_standings::order_id.eq(order),
        order_tax_standings::vat_id.eq(&new.vat_id),
        order_tax_standings::vat_check_id.eq(check),
        order_tax_standings::reverse_charge.eq(reverse_charge),
        order_tax_standings::exempt.eq(exempt),
    );
    diesel::insert_into(order_tax_standings::table).values(row).execute(tx).await?;
    Ok(())
}

/// Counts one on and gives the order that number; from here to the commit other orders wait, so little may follow.
async fn next_number(tx: &mut Conn, order: OrderId) -> QueryResult<OrderNumber> {
    let number: i64 = diesel::update(counters::table.find("order_number"))
        .set(counters::value.eq(counters::value + 1))
        .returning(counters::value)
        .get_result(tx)
        .await?;
    diesel::update(orders::table.find(order)).set(orders::number.eq(number)).execute(tx).await?;
    Ok(OrderNumber(number))
}
