//! The demo shop's past: its orders, made by the commands that shoppers and staff use, with the clock moved back.

mod cards;
pub mod people;
mod plan;

use std::collections::HashMap;

use anyhow::{Result, anyhow};
use chrono::Duration;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::app::exchange::Bench;
use crate::engines::payments::test_card::Behaviour;
use crate::engines::payments::{Capture, Gateways, Method};
use crate::features::checkout::commands::{Next, Shown};
use crate::features::checkout::model::{AddressDraft, Draft, fingerprint};
use crate::features::{cart, checkout, orders};
use crate::platform::access::{self, Person, Role, passwords};
use crate::platform::base::{
    CartId, Clock, Email, Failed, Moment, OrderId, OrderLineId, OrderNumber, Quantity, Refusal, Token, VariantId,
};
use crate::platform::db::{self, Conn};
use crate::platform::events::Event;
use crate::platform::i18n::{Locale, Words};
use crate::platform::schema::{events, fulfilment_lines, order_lines, orders as placed_orders, variants};
use crate::platform::settings::ShopFacts;
use crate::platform::{mail, settings};

use plan::Fate;
pub use plan::{Purchase, purchases, sold};

/// Who has an account in the demo shop.
pub fn patron() -> &'static people::Shopper {
    &people::SHOPPERS[0]
}

/// Who packs in the demo shop; nobody knows the password.
const PACKER: (&str, &str) = ("mara.lind@example.com", "Mara Lind");

/// Something that happened to a purchase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Place,
    Remark,
    /// All that is open, or half of it.
    Pay {
        half: bool,
    },
    /// All that is left, or the first line only.
    Ship {
        first: bool,
    },
    Cancel,
    /// The hourly look at unpaid orders.
    KeepTime,
    /// All of it, or a fifth.
    PayBack {
        part: bool,
    },
}

/// What the past is made with.
struct Past<'a> {
    bench: &'a Bench,
    gateways: Gateways,
    shop: ShopFacts,
    packer: Person,
    variants: HashMap<String, VariantId>,
    placed: HashMap<usize, OrderNumber>,
    /// The last news whose letters are written.
    told: i64,
}

/// Makes everything happen in its order. All of it lies in the caller's transaction, and no letter leaves the house.
pub async fn relive(tx: &mut Conn, bench: &Bench, purchases: &[Purchase], now: Moment) -> Result<usize> {
    let mut steps: Vec<(Moment, usize, Step)> =
        purchases.iter().enumerate().flat_map(|(number, purchase)| steps_of(number, purchase)).collect();
    steps.retain(|(at, ..)| *at < now);
    steps.sort_by_key(|(at, number, _)| (*at, *number));
    let told = events::table.select(diesel::dsl::max(events::id)).first::<Option<i64>>(tx).await?.unwrap_or(0);
    let first = steps.as_slice().first().map_or(now, |step| step.0);
    db::dated(tx, first - Duration::days(20)).await?;
    let mut past = Past {
        bench,
        gateways: Gateways::new(&bench.db, &Clock::default(), &bench.config),
        shop: settings::queries::facts(tx).await.map_err(|broke| broke.0)?,
        packer: hire(tx, PACKER, Role::Fulfilment).await?,
        variants: variants_by_sku(tx).await?,
        placed: HashMap::new(),
        told,
    };
    for (at, number, step) in steps {
        db::dated(tx, at).await?;
        past.happen(tx, number, &purchases[number], step, at).await?;
        past.write_letters(tx).await?;
    }
    db::dated(tx, now).await?;
    Ok(past.placed.len())
}

/// When what happens to a purchase.
fn steps_of(number: usize, purchase: &Purchase) -> Vec<(Moment, usize, Step)> {
    let at = |minutes: i64| purchase.at + Duration::minutes(minutes + (number as i64 * 37) % 110);
    let (paid, sent) = (at(15 * 60), at(20 * 60));
    let (all, half) = (Step::Pay { half: false }, Step::Pay { half: true });
    let (whole, first) = (Step::Ship { first: false }, Step::Ship { first: true });
    let mut steps = vec![(purchase.at, Step::Place)];
    steps.extend(match purchase.fate {
        Fate::Done => vec![(paid, all), (sent, whole)],
        Fate::TwoParcels => vec![(paid, all), (sent, first), (at(4 * 24 * 60), whole)],
        Fate::HalfSent => vec![(paid, all), (sent, first)],
        Fate::Packing => vec![(at(4 * 60), all)],
        Fate::HalfPaid => vec![(paid, half)],
        Fate::Cancelled => vec![(at(5 * 60), Step::Cancel)],
        Fate::Expired => vec![(at(6 * 24 * 60), Step::KeepTime), (at(7 * 24 * 60 + 30), Step::KeepTime)],
        Fate::Waiting => vec![(at(5 * 24 * 60 + 30), Step::KeepTime)],
        Fate::Card => vec![(sent, whole)],
        Fate::Returned => vec![(sent, whole), (at(6 * 24 * 60), Step::PayBack { part: false })],
        Fate::Chipped => vec![(sent, whole), (at(4 * 24 * 60), Step::PayBack { part: true })],
        Fate::LeftBehind | Fate::Held | Fate::Odd => Vec::new(),
    });
    if !purchase.remark.is_empty() {
        steps.push((at(16 * 60), Step::Remark));
    }
    steps.into_iter().map(|(at, step)| (at, number, step)).collect()
}

impl Past<'_> {
    async fn happen(&mut self, tx: &mut Conn, number: usize, purchase: &Purchase, step: Step, now: Moment) -> Result<()> {
        if step == Step::Place {
            if let Some(order) = self.place(tx, purchase, now).await? {
                self.placed.insert(number, order);
            }
            return Ok(());
        }
        if step == Step::KeepTime {
            return orders::jobs::keep_time(tx, now).await.map_err(|broke| broke.0);
        }
        let Some(order) = self.placed.get(&number).copied() else { return Ok(()) };
        let row = placed_orders::table.filter(placed_orders::number.eq(order.0));
        let (id, version, total): (OrderId, i32, i64) =
            row.select((placed_orders::id, placed_orders::version, placed_orders::total)).first(tx).await?;
        let staff = &self.packer;
        match step {
            Step::Pay { half } => {
                let amount = half.then_some(total / 2);
                must(orders::commands::mark_paid(tx, order, amount, version, staff, now).await)
            }
            Step::Ship { first } => {
                let parcel = unshipped(tx, id, first).await?;
                let tracking = tracking(order);
                must(orders::commands::fulfil(tx, order, &parcel, &tracking, version, staff, now).await).map(drop)
            }
            Step::Cancel => must(orders::commands::cancel(tx, order, true, "Changed their mind", version, staff, now).await),
            Step::PayBack { part } => {
                let (amount, why) = if part { (Some(total / 5), "One piece was chipped") } else { (None, "Sent back unused") };
                cards::pay_back(tx, order, amount, why, staff, now).await
            }
            Step::Remark => must(orders::commands::add_note(tx, order, purchase.remark, staff, now).await),
            Step::Place | Step::KeepTime => Ok(()),
        }
    }

    /// Fills a cart, types the checkout and, unless it is left behind, places the order.
    async fn place(&self, tx: &mut Conn, purchase: &Purchase, now: Moment) -> Result<Option<OrderNumber>> {
        let locale = if purchase.who.speaks_german() { Locale::De } else { Locale::En };
        let cart = self.fill(tx, purchase, locale, now).await?;
        let mut draft = draft(purchase)?;
        let basket = checkout::queries::basket(tx, cart, &draft, &self.shop, now).await.map_err(|broke| broke.0)?;
        let offer = if purchase.express { basket.offers.as_slice().last() } else { basket.offers.as_slice().first() };
        draft.shipping = offer.map(|offer| offer.method.id);
        must(checkout::commands::save(tx, cart, &draft, now).await)?;
        if purchase.fate == Fate::LeftBehind {
            return Ok(None);
        }
        let basket = checkout::queries::basket(tx, cart, &draft, &self.shop, now).await.map_err(|broke| broke.0)?;
        let total = basket.total();
        let shown = Shown { total, fingerprint: fingerprint(&basket.lines, basket.offer.as_ref(), total) };
        let held = purchase.fate == Fate::Held;
        cards::taken(tx, if held { Capture::Manual } else { Capture::Automatic }).await?;
        let placed = must(checkout::commands::place(tx, cart, &shown, &self.shop, &self.gateways, locale, now).await)?;
        let payment = match placed {
            Next::Order(placed) => return Ok(Some(placed.number)),
            Next::Pay(payment) => payment,
        };
        let behaviour = if purchase.fate == Fate::Odd { Behaviour::OtherAmount } else { Behaviour::Approve };
        let token = cards::pay(tx, self.bench, payment, behaviour, now).await?;
        cards::taken(tx, Capture::Automatic).await?;
        let Some(token) = token else { return Ok(None) };
        let number = placed_orders::table.filter(placed_orders::token.eq(token)).select(placed_orders::number);
        Ok(Some(OrderNumber(number.first(tx).await?)))
    }

    async fn fill(&self, tx: &mut Conn, purchase: &Purchase, locale: Locale, now: Moment) -> Result<CartId> {
        let fresh = cart::commands::Fresh { token: Token::random(), locale, customer: None, market: None };
        let mut cart = None;
        for (sku, pieces) in &purchase.goods {
            let variant = self.variants.get(*sku).ok_or_else(|| anyhow!("the demo has no {sku}"))?;
            let quantity = Quantity::new(*pieces).ok_or_else(|| anyhow!("the demo sells {pieces} of {sku}"))?;
            must(cart::commands::add(tx, cart, &fresh, *variant, quantity, now).await)?;
            cart = cart::queries::cart_by_token(tx, &fresh.token.hash(), now).await?.map(|found| found.0);
        }
        cart.ok_or_else(|| anyhow!("an empty cart in the demo"))
    }

    /// Writes the letters about what just happened, as they read then; they are kept, never sent.
    async fn write_letters(&mut self, tx: &mut Conn) -> Result<()> {
        let news: Vec<(i64, serde_json::Value)> = events::table
            .filter(events::id.gt(self.told))
            .order(events::id)
            .select((events::id, events::payload))
            .load(tx)
            .await?;
        for (id, payload) in news {
            let event: Event = serde_json::from_value(payload)?;
            match event {
                Event::PaymentInVain { payment } => checkout::emails::write(tx, payment, &self.bench.config).await,
                event => orders::emails::write(tx, &event, &self.bench.config).await,
            }
            .map_err(|broke| broke.0)?;
            self.told = id;
        }
        Ok(mail::commands::keep_waiting(tx).await?)
    }
}

/// Puts somebody on the staff list, under a password that nobody learns.
pub async fn hire(tx: &mut Conn, who: (&str, &str), role: Role) -> Result<Person> {
    let email: Email = who.0.parse()?;
    let kept = must(passwords::chosen(&passwords::generated(), &email).await)?;
    let id = must(access::commands::add_staff(tx, &email, who.1, role, &kept).await)?;
    Ok(Person::unseated(id, email.to_string(), who.1, role))
}

async fn variants_by_sku(tx: &mut Conn) -> QueryResult<HashMap<String, VariantId>> {
    let rows = variants::table.filter(variants::sku.is_not_null()).select((variants::sku.assume_not_null(), variants::id));
    Ok(rows.load::<(String, _)>(tx).await?.into_iter().collect())
}

/// What of an order is not sent yet; `first`: its first line only.
async fn unshipped(tx: &mut Conn, order: OrderId, first: bool) -> QueryResult<Vec<(OrderLineId, i32)>> {
    let sent = fulfilment_lines::table
        .filter(fulfilment_lines::order_line_id.eq(order_lines::id))
        .select(fulfilment_lines::order_line_id);
    let lines = order_lines::table
        .filter(order_lines::order_id.eq(order))
        .filter(diesel::dsl::not(diesel::dsl::exists(sent)))
        .order(order_lines::id)
        .select((order_lines::id, order_lines::quantity));
    let mut lines: Vec<(OrderLineId, i32)> = lines.load(tx).await?;
    if first {
        lines.truncate(1);
    }
    Ok(lines)
}

fn tracking(order: OrderNumber) -> orders::Tracking {
    let number = format!("00340434{:012}", order.0 * 7_919);
    orders::Tracking { carrier: "DHL".into(), url: format!("https://tracking.example.com/{number}"), number, from: None }
}

fn draft(purchase: &Purchase) -> Result<Draft> {
    let who = purchase.who;
    let address = AddressDraft {
        country: Some(who.country.parse().map_err(|_| anyhow!("the demo knows no country {}", who.country))?),
        name: who.name.into(),
        street: who.street.into(),
        postal_code: who.postal_code.into(),
        city: who.city.into(),
        region: who.region.into(),
        ..AddressDraft::default()
    };
    let payment = Some(if purchase.fate.is_by_card() { Method::TestCard } else { Method::BankTransfer });
    Ok(Draft { email: who.email(), address, payment, note: purchase.note.into(), ..Draft::default() })
}

/// The demo is refused nothing, unless it is wrong.
pub fn must<T, R: Refusal>(done: Result<T, Failed<R>>) -> Result<T> {
    done.map_err(|failed| match failed {
        Failed::Refused(why) => anyhow!("the demo's past is refused: {}", Words::new(Locale::En).refusal(&why)),
        Failed::Broke(broke) => broke.0,
    })
}
