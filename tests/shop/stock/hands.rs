//! Many hands at once: buyers, staff who ship, cancel, correct, count and move goods. Nobody waits for another in a ring, and the books
//! agree at the end.

use barrow::engines::inventory::stocktaking::{self, Counted};
use barrow::engines::inventory::transfers::{Arrived, Missing, NewTransfer, Receipt};
use barrow::engines::inventory::{self, Count, Reason, moving};
use barrow::engines::payments::BankTransfer;
use barrow::features::orders::commands::{Pays, cancel, create, fulfil};
use barrow::features::orders::queries::order_by_number;
use barrow::features::orders::{NewPart, Tracking};
use barrow::platform::access::Person;
use barrow::platform::base::{CartId, Failed, LocationId, OrderNumber, Quantity, Refusal, StockId, TransferId};
use barrow::platform::db;
use chrono::Duration;
use diesel_async::{AsyncConnection, AsyncPgConnection};
use futures::future::join_all;

use super::model::number;
use super::{bundle, is_sound};
use crate::world::{Shelf, TestShop};

const HANDS: u64 = 8;
const ACTS: usize = 40;

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    /// From 0 to below `sides`.
    fn roll(&mut self, sides: i32) -> i32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i32::try_from((self.0 >> 33) % u64::from(sides.unsigned_abs())).expect("small")
    }
}

/// A refusal is an answer; breakage is none.
fn fine<T, R: Refusal>(result: Result<T, Failed<R>>) -> Option<T> {
    match result {
        Ok(done) => Some(done),
        Err(Failed::Refused(_)) => None,
        Err(Failed::Broke(broke)) => panic!("{:#}", broke.0),
    }
}

struct Hand<'a> {
    shop: &'a TestShop,
    sam: &'a Person,
    /// Kettle, cup, spoon, and a set of a kettle and two cups.
    goods: &'a [Shelf; 4],
    places: [LocationId; 2],
    dice: Dice,
    carts: i64,
}

impl Hand<'_> {
    async fn place(&mut self) {
        self.carts += 1;
        let (at, pieces) = (self.dice.roll(4) as usize, self.dice.roll(4) + 1);
        let mut new = self.shop.basket(self.carts, &[(&self.goods[at], 500, pieces)]);
        let part = |(shelf, quantity): (&Shelf, i32)| NewPart {
            variant: shelf.variant,
            quantity,
            title: shelf.handle.clone(),
            variant_title: String::new(),
            translations: Default::default(),
            sku: shelf.sku.clone(),
        };
        if at == 3 {
            new.lines[0].parts = vec![part((&self.goods[0], 1)), part((&self.goods[1], 2))];
        }
        let (now, mut conn) = (self.shop.now(), self.shop.conn().await);
        fine(db::transaction(&mut conn, async |tx| create(tx, &new, Pays::Later(&BankTransfer), now).await).await);
    }

    /// Ships some of an open order, or cancels the rest of it.
    async fn end_or_ship(&mut self, ships: bool) {
        let (now, mut conn) = (self.shop.now(), self.shop.conn().await);
        let open = "select coalesce((select number from orders where status = 'open' order by random() limit 1), 0) as number";
        let number = OrderNumber(number(&mut conn, open).await);
        let Some(order) = order_by_number(&mut conn, number).await.expect("a query") else { return };
        if ships {
            let parcel = [(order.lines[0].id, self.dice.roll(4) + 1)];
            fine(fulfil(&mut conn, number, &parcel, &Tracking::default(), order.version, self.sam, now).await);
        } else {
            let restock = self.dice.roll(2) == 0;
            fine(cancel(&mut conn, number, restock, "changed their mind", order.version, self.sam, now).await);
        }
    }

    /// Holds in whatever order a cart has its lines.
    async fn hold(&mut self) {
        let cart = CartId(1_000_000 + i64::from(self.dice.roll(20)));
        let mut wanted =
            [3, 1, 0, 2].map(|good| (self.goods[good].variant, Quantity::new(self.dice.roll(3) + 1).expect("a quantity")));
        wanted.rotate_left(self.dice.roll(4) as usize);
        let (now, until, mut conn) = (self.shop.now(), self.shop.now() + Duration::minutes(20), self.shop.conn().await);
        fine(db::transaction(&mut conn, async |tx| inventory::commands::reserve(tx, cart, &wanted, until, now).await).await);
        if self.dice.roll(3) > 0 {
            inventory::commands::release_reservations(&mut conn, cart).await.expect("released");
        }
    }

    async fn correct(&mut self) {
        let mut conn = self.shop.conn().await;
        let stock = StockId(number(&mut conn, "select id as number from stock order by random() limit 1").await);
        let (count, staff) = (Count::Change(self.dice.roll(9) - 3), Some(self.sam.id));
        fine(db::transaction(&mut conn, async |tx| inventory::commands::adjust(tx, stock, count, "counted", staff).await).await);
    }

    async fn send(&mut self) {
        let (turn, pieces) = (self.dice.roll(2) as usize, self.dice.roll(3) + 1);
        let from = if self.dice.roll(3) == 0 { None } else { Some(self.places[turn]) };
        let new = NewTransfer { from, to: self.places[1 - turn], supplier: "", expected_on: None, note: "" };
        let (goods, staff, now, mut conn) = (self.goods, self.sam.id, self.shop.now(), self.shop.conn().await);
        let sent = db::transaction(&mut conn, async |tx| {
            let id = moving::draft(tx, &new).await?;
            for good in [2, 0, 1] {
                moving::put_line(tx, id, goods[good].variant, pieces).await?;
            }
            moving::send(tx, id, staff, now).await
        });
        fine(sent.await);
    }

    async fn arrive(&mut self) {
        let mut conn = self.shop.conn().await;
        let sent = "select coalesce((select id from transfers where status = 'sent' order by random() limit 1), 0) as number";
        let id = TransferId(number(&mut conn, sent).await);
        let line = format!("select coalesce((select max(id) from transfer_lines where transfer_id = {id}), 0) as number");
        let lines = [Arrived { line: number(&mut conn, &line).await, received: self.dice.roll(3), lost: self.dice.roll(2) }];
        let form = format!("form {}", self.dice.roll(1_000_000));
        let (recalls, staff, now) = (self.dice.roll(4) == 0, self.sam.id, self.shop.now());
        let done = db::transaction(&mut conn, async |tx| {
            let receipt = Receipt { lines: &lines, reason: Some(Missing::Lost), form: &form };
            match recalls {
                true => moving::recall(tx, id, staff, now).await,
                false => moving::receive(tx, id, &receipt, staff, now).await.map(drop),
            }
        });
        fine(done.await);
    }

    /// Counts everything at a place while the others go on.
    async fn count(&mut self) {
        let (at, staff, now, mut conn) =
            (self.places[self.dice.roll(2) as usize], self.sam.id, self.shop.now(), self.shop.conn().await);
        let begun = db::transaction(&mut conn, async |tx| stocktaking::begin(tx, at, None, "", now).await).await;
        let Some(id) = fine(begun) else { return };
        let first = number(&mut conn, &format!("select min(id) as number from stocktake_lines where stocktake_id = {id}")).await;
        let counted =
            [2, 1, 0].map(|at| Counted { line: first + at, count: Some(60 + self.dice.roll(40)), reason: Reason::Lost });
        fine(db::transaction(&mut conn, async |tx| stocktaking::enter(tx, id, &counted, staff, now).await).await);
        fine(db::transaction(&mut conn, async |tx| stocktaking::close(tx, id, staff, now).await).await);
    }

    async fn work(mut self) {
        for _ in 0..ACTS {
            match self.dice.roll(12) {
                0..=3 => self.place().await,
                4 | 5 => self.end_or_ship(true).await,
                6 => self.end_or_ship(false).await,
                7 => self.hold().await,
                8 => self.correct().await,
                9 => self.send().await,
                10 => self.arrive().await,
                _ => self.count().await,
            }
        }
    }
}

/// How often PostgreSQL had to end somebody's wait for somebody who waited for them.
async fn deadlocks(shop: &TestShop) -> i64 {
    // Connections tell what they saw when they end.
    shop.shop.db.close();
    let mut conn = AsyncPgConnection::establish(shop.shop.db.url()).await.expect("the test cluster answers");
    let others = "select count(*) as number from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
    while number(&mut conn, others).await > 0 {
        rocket::tokio::task::yield_now().await;
    }
    number(&mut conn, "select deadlocks as number from pg_stat_database where datname = current_database()").await
}

#[rocket::async_test]
async fn stock_in_many_hands_is_right_and_nobody_waits_in_a_ring() {
    let shop = TestShop::with(&[("BARROW_DATABASE_POOL", "16")]).await;
    let goods = [
        shop.put("Kettle", 500, 60).await,
        shop.put("Cup", 500, 90).await,
        shop.put("Spoon", 500, 60).await,
        shop.put("Set", 500, 0).await,
    ];
    bundle(&shop, &goods[3], &[(&goods[0], 1), (&goods[1], 2)]).await;
    shop.sql("insert into locations (name, position) values ('Berlin', 1)").await;
    shop.sql(&format!("update stock set back_order_limit = 6 where variant_id = {}", goods[1].variant)).await;
    let at = async |which: &str| LocationId(shop.number(&format!("select {which}(id) from locations")).await);
    let places = [at("min").await, at("max").await];
    let sam = shop.person("sam@example.org").await;
    let hand = |number: u64| {
        let (shop, sam, goods, dice) = (&shop, &sam, &goods, Dice(20_261_128 + number * 7919));
        Hand { shop, sam, goods, places, dice, carts: 1000 * (1 + number as i64) }.work()
    };
    join_all((0..HANDS).map(hand)).await;
    is_sound(&shop).await;
    for kind in ["allocation", "release", "shipment", "adjustment", "transfer_out", "transfer_in"] {
        let moved = shop.number(&format!("select count(*) from stock_movements where kind = '{kind}'")).await;
        assert!(moved > 0, "{kind} never happened");
    }
    assert_eq!(deadlocks(&shop).await, 0);
}
