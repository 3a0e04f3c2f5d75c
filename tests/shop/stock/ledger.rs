//! The ledger is the balance, whatever happens in whatever order: 10,000 acts on the shelves, through the commands and the database's own
//! rules, against a model of six rows.

use std::collections::BTreeMap;

use barrow::engines::inventory::commands::{adjust, release_expired, release_reservations, reserve};
use barrow::engines::inventory::promises::{allocate, release_allocation, restock, ship};
use barrow::engines::inventory::routing::Target;
use barrow::engines::inventory::stocktaking::{self, Counted};
use barrow::engines::inventory::transfers::{Arrived, Missing, NewTransfer, Receipt};
use barrow::engines::inventory::{self, Count, Part, Promise, Reason, Unshipped, moving};
use barrow::platform::base::{CartId, OrderId, OrderLineId, Quantity, StockId};
use barrow::platform::db::Conn;
use chrono::Duration;
use diesel::sql_types::BigInt;
use diesel_async::{RunQueryDsl, TransactionManager};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::model::{CUP, Counting, Drawn, Line, Manager, SET, Sent, World, number, parts, tried, world};

const ACTS: usize = 10_000;
/// Some act, on some things, with some pieces.
#[derive(Clone, Copy, Debug)]
struct Step {
    kind: u32,
    a: usize,
    b: usize,
    pieces: i32,
}

impl World {
    async fn hold(&mut self, conn: &mut Conn, step: Step) -> bool {
        let cart = 1 + (step.a % 5) as i64;
        let mut wanted = vec![(step.b % 4, step.pieces)];
        wanted.extend((step.a % 2 == 1).then_some((CUP, 1)));
        let fits = self.fits(&wanted, cart);
        let quantity = |pieces: i32| Quantity::new(pieces).expect("a quantity");
        let asked: Vec<_> = wanted.iter().map(|(good, pieces)| (self.goods[*good], quantity(*pieces))).collect();
        let (now, until) = (self.shop.now(), self.shop.now() + Duration::minutes(20));
        let held = tried(conn, fits, async |tx| reserve(tx, CartId(cart), &asked, until, now).await).await;
        assert_eq!(held.is_some(), fits, "{wanted:?} for cart {cart}");
        if fits {
            let query =
                format!("select stock_id as stock, quantity, late as part from stock_reservations where cart_id = {cart}");
            let drawn: Vec<Drawn> = diesel::sql_query(query).load(conn).await.expect("what is held");
            self.model.held.insert(cart, drawn.clone());
            self.is_fair(&drawn, &wanted);
        }
        fits
    }

    async fn place(&mut self, conn: &mut Conn, step: Step) -> bool {
        self.orders += 1;
        let (id, good, quantity) = (self.orders, step.b % 4, step.pieces);
        let cart = if step.a.is_multiple_of(3) { 1 + (step.a % 5) as i64 } else { 1000 + id };
        let fits = self.fits(&[(good, quantity)], cart);
        let made_of = |(part, quantity): &(usize, i32)| Part { variant: self.goods[*part], quantity: *quantity };
        let bundled = if good == SET { parts(SET).iter().map(made_of).collect() } else { Vec::new() };
        let promise = [Promise { line: OrderLineId(id), variant: self.goods[good], quantity, parts: bundled }];
        let to = Target { country: "DE".parse().expect("a country"), region: "", postal_code: "04229" };
        let now = self.shop.now();
        let placed = tried(conn, fits, async |tx| allocate(tx, OrderId(id), CartId(cart), &promise, to, now).await).await;
        assert_eq!(placed.is_some(), fits, "{quantity} of {good} for cart {cart}");
        if fits {
            let query = format!(
                "select stock_id as stock, quantity, per_line as part from stock_allocations where order_line_id = {id} order by stock_id"
            );
            let drawn: Vec<Drawn> = diesel::sql_query(query).load(conn).await.expect("what is promised");
            self.model.held.remove(&cart);
            for row in &drawn {
                self.model.rows.get_mut(&row.stock).expect("a row").1 += row.quantity;
            }
            self.is_fair(&drawn, &[(good, quantity)]);
            self.model.lines.push(Line { id, left: quantity, promises: drawn });
        }
        fits
    }

    async fn ship(&mut self, conn: &mut Conn, step: Step) -> bool {
        let Some(at) = step.a.checked_rem(self.model.lines.len()) else { return false };
        let line = &self.model.lines[at];
        let (id, pieces) = (line.id, step.pieces.min(line.left + 1));
        let (mut promises, mut short) = (line.promises.clone(), pieces > line.left);
        let mut wanted: BTreeMap<usize, i32> = promises.iter().map(|row| (self.good_of(row.stock), pieces * row.part)).collect();
        let mut leaving = Vec::new();
        for row in &mut promises {
            let wanted = wanted.get_mut(&self.good_of(row.stock)).expect("a part of it");
            let part = row.quantity.min(*wanted);
            *wanted -= part;
            row.quantity -= part;
            short |= part > self.model.rows[&row.stock].0;
            leaving.push((row.stock, part));
        }
        let parcel = [(OrderLineId(id), pieces)];
        let staff = Some(self.staff);
        let sent = tried(conn, !short, async |tx| ship(tx, OrderId(id), &parcel, None, staff).await).await;
        assert_eq!(sent.is_some(), !short, "{pieces} of line {id}: {leaving:?}");
        if !short {
            for (stock, part) in leaving {
                let row = self.model.rows.get_mut(&stock).expect("a row");
                *row = (row.0 - part, row.1 - part);
            }
            let line = &mut self.model.lines[at];
            promises.retain(|row| row.quantity > 0);
            (line.left, line.promises) = (line.left - pieces, promises);
            self.model.lines.retain(|line| line.left > 0);
        }
        !short
    }

    async fn cancel(&mut self, conn: &mut Conn, step: Step) -> bool {
        let Some(at) = step.a.checked_rem(self.model.lines.len()) else { return false };
        let line = self.model.lines.swap_remove(at);
        let unshipped = if step.b.is_multiple_of(2) { Unshipped::BackOnTheShelf } else { Unshipped::WrittenOff };
        let (ids, staff) = ([OrderLineId(line.id)], Some(self.staff));
        let done = release_allocation(conn, OrderId(line.id), &ids, unshipped, staff, "").await.expect("released");
        assert_eq!(done, line.promises.iter().map(|row| i64::from(row.quantity)).sum::<i64>());
        for promise in line.promises {
            let row = self.model.rows.get_mut(&promise.stock).expect("a row");
            let gone = if unshipped == Unshipped::WrittenOff { promise.quantity.min(row.0) } else { 0 };
            *row = (row.0 - gone, row.1 - promise.quantity);
        }
        true
    }

    /// Corrects a row, or puts on it what came back.
    async fn correct(&mut self, conn: &mut Conn, step: Step) -> bool {
        let stock = self.stock[step.a % 3][step.b % 2];
        let (on_hand, _) = self.model.rows[&stock];
        let (id, staff) = (StockId(stock), Some(self.staff));
        let (count, next) = match step.kind % 3 {
            0 => (Count::Set(step.pieces * 3), step.pieces * 3),
            1 => (Count::Change(step.pieces - 4), on_hand + step.pieces - 4),
            _ => {
                restock(conn, OrderId(1), &[(id, step.pieces)], staff, "").await.expect("back on the shelf");
                self.model.rows.get_mut(&stock).expect("a row").0 += step.pieces;
                return true;
            }
        };
        let done = tried(conn, next >= 0, async |tx| adjust(tx, id, count, "counted", staff).await).await;
        assert_eq!(done, (next >= 0).then_some(next));
        self.model.rows.get_mut(&stock).expect("a row").0 = done.unwrap_or(on_hand);
        done.is_some()
    }

    async fn send(&mut self, conn: &mut Conn, step: Step) -> bool {
        let (good, to) = (step.a % 3, step.b % 2);
        let from = (!step.a.is_multiple_of(4)).then_some(1 - to);
        let free = from.is_none_or(|from| {
            let stock = self.stock[good][from];
            let (on_hand, promised) = self.model.rows[&stock];
            step.pieces <= on_hand - promised - self.held(stock, 0, false)
        });
        let places = (from.map(|from| self.places[from]), self.places[to]);
        let new = NewTransfer { from: places.0, to: places.1, supplier: "", expected_on: None, note: "" };
        let (variant, pieces, staff, now) = (self.goods[good], step.pieces, self.staff, self.shop.now());
        let sent = tried(conn, free, async |tx| {
            let id = moving::draft(tx, &new).await?;
            moving::put_line(tx, id, variant, pieces).await?;
            moving::send(tx, id, staff, now).await.map(|()| id)
        })
        .await;
        assert_eq!(sent.is_some(), free, "{pieces} of {good} from {from:?}");
        let Some(id) = sent else { return false };
        if let Some(from) = from {
            self.model.rows.get_mut(&self.stock[good][from]).expect("a row").0 -= pieces;
        }
        let line = number(conn, &format!("select id as number from transfer_lines where transfer_id = {id}")).await;
        self.model.sent.push(Sent { id, line, good, from, to, coming: pieces });
        true
    }

    async fn arrive(&mut self, conn: &mut Conn, step: Step) -> bool {
        let Some(at) = step.a.checked_rem(self.model.sent.len()) else { return false };
        let (staff, now, sent) = (self.staff, self.shop.now(), &mut self.model.sent[at]);
        let (received, lost) = (step.pieces - 1, i32::from(step.b.is_multiple_of(4)));
        let fits = (1..=sent.coming).contains(&(received + lost));
        let (id, lines) = (sent.id, [Arrived { line: sent.line, received, lost }]);
        let form = format!("{id} {} {received} {lost}", sent.coming);
        for again in [false, true] {
            let receipt = Receipt { lines: &lines, reason: Some(Missing::Lost), form: &form };
            let done = tried(conn, fits, async |tx| moving::receive(tx, id, &receipt, staff, now).await).await;
            assert_eq!(done, fits.then_some(!again), "{received} and {lost} of {}", sent.coming);
        }
        if fits {
            sent.coming -= received + lost;
            self.model.rows.get_mut(&self.stock[sent.good][sent.to]).expect("a row").0 += received;
            self.model.sent.retain(|sent| sent.coming > 0);
        }
        fits
    }

    async fn recall(&mut self, conn: &mut Conn, step: Step) -> bool {
        let Some(at) = step.a.checked_rem(self.model.sent.len()) else { return false };
        let (sent, staff, now) = (self.model.sent.swap_remove(at), self.staff, self.shop.now());
        tried(conn, true, async |tx| moving::recall(tx, sent.id, staff, now).await).await.expect("recalled");
        if let Some(from) = sent.from {
            self.model.rows.get_mut(&self.stock[sent.good][from]).expect("a row").0 += sent.coming;
        }
        true
    }

    /// Counts a row, or books what was counted before; other acts come in between.
    async fn count(&mut self, conn: &mut Conn, step: Step) -> bool {
        let (staff, now) = (self.staff, self.shop.now());
        if self.model.counting.len() > 2 {
            let counted = self.model.counting.swap_remove(step.a % 3);
            tried(conn, true, async |tx| stocktaking::close(tx, counted.id, staff, now).await).await.expect("closed");
            let row = self.model.rows.get_mut(&counted.stock).expect("a row");
            row.0 = (row.0 + counted.difference).max(0);
            return true;
        }
        let (good, place) = (step.a % 3, step.b % 2);
        let (at, variant, stock, count) = (self.places[place], self.goods[good], self.stock[good][place], step.pieces * 2);
        let begun = tried(conn, true, async |tx| stocktaking::begin(tx, at, None, "", now).await).await;
        let id = begun.expect("there is something to count");
        let query = format!("select id as number from stocktake_lines where stocktake_id = {id} and variant_id = {variant}");
        let counted = [Counted { line: number(conn, &query).await, count: Some(count), reason: Reason::Lost }];
        let noted = tried(conn, true, async |tx| stocktaking::enter(tx, id, &counted, staff, now).await).await;
        assert_eq!(noted, Some(1));
        self.model.counting.push(Counting { id, stock, difference: count - self.model.rows[&stock].0 });
        true
    }

    /// Time passes, and whatever carts held is free; or one cart lets go.
    async fn let_go(&mut self, conn: &mut Conn, step: Step) -> bool {
        if step.kind.is_multiple_of(2) {
            self.shop.shop.clock.advance(Duration::minutes(21));
            self.model.held.clear();
            release_expired(conn, self.shop.now()).await.expect("swept");
        } else {
            let cart = 1 + (step.a % 5) as i64;
            release_reservations(conn, CartId(cart)).await.expect("released");
            self.model.held.remove(&cart);
        }
        true
    }

    async fn act(&mut self, conn: &mut Conn, step: Step) {
        let (name, taken) = match step.kind {
            0..=14 => ("hold", self.hold(conn, step).await),
            15..=39 => ("place", self.place(conn, step).await),
            40..=57 => ("ship", self.ship(conn, step).await),
            58..=64 => ("cancel", self.cancel(conn, step).await),
            65..=77 => ("correct", self.correct(conn, step).await),
            78..=84 => ("send", self.send(conn, step).await),
            85..=90 => ("arrive", self.arrive(conn, step).await),
            91 => ("recall", self.recall(conn, step).await),
            92..=96 => ("count", self.count(conn, step).await),
            _ => ("let go", self.let_go(conn, step).await),
        };
        *self.taken.entry(name).or_default() += usize::from(taken);
    }

    /// That the database says what the model says.
    async fn agrees(&self, conn: &mut Conn) {
        let rows: Vec<Drawn> =
            diesel::sql_query("select id as stock, on_hand as quantity, allocated as part from stock where variant_id <> $1")
                .bind::<BigInt, _>(self.goods[SET])
                .load(conn)
                .await
                .expect("the stock");
        let rows: BTreeMap<i64, (i32, i32)> = rows.into_iter().map(|row| (row.stock, (row.quantity, row.part))).collect();
        assert_eq!(rows, self.model.rows);
    }
}

#[rocket::async_test]
async fn stock_ledger_is_the_balance_after_any_sequence_of_acts() {
    let mut world = world().await;
    let step = (0..100_u32, 0..1000_usize, 0..1000_usize, 1..7_i32).prop_map(|(kind, a, b, pieces)| Step { kind, a, b, pieces });
    let mut runner = TestRunner::deterministic();
    let mut lent = world.shop.conn().await;
    let conn: &mut Conn = &mut lent;
    Manager::begin_transaction(conn).await.expect("begins");
    for at in 1..=ACTS {
        let step = step.new_tree(&mut runner).expect("a step").current();
        world.act(conn, step).await;
        if at % 20 == 0 {
            world.agrees(conn).await;
        }
        if at % 200 == 0 {
            Manager::commit_transaction(conn).await.expect("the database agrees");
            let drift = inventory::queries::drift(conn).await.expect("a query");
            assert!(drift.is_empty(), "a balance is not its ledger: {drift:?}");
            Manager::begin_transaction(conn).await.expect("begins");
        }
    }
    Manager::commit_transaction(conn).await.expect("the database agrees");
    for (name, taken) in &world.taken {
        assert!(*taken > 60, "{name}: {taken} of {ACTS}");
    }
}
