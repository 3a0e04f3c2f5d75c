//! The ledger is the balance, whatever happens in whatever order: orders, parcels, cancellations, holds, corrections, transfers, counts.

use barrow::engines::inventory::stocktaking::{self, Counted};
use barrow::engines::inventory::transfers::{Arrived, Missing, NewTransfer, Receipt};
use barrow::engines::inventory::{self, Count, Reason, moving};
use barrow::engines::payments::BankTransfer;
use barrow::features::orders::commands::{Pays, cancel, create, fulfil};
use barrow::features::orders::queries::order_by_number;
use barrow::features::orders::{NewPart, Tracking};
use barrow::platform::access::Person;
use barrow::platform::base::{
    CartId, Failed, LocationId, OrderNumber, Quantity, Refusal, StockId, StocktakeId, TransferId, VariantId,
};
use barrow::platform::db;
use chrono::Duration;

use super::{bundle, is_sound};
use crate::world::{Shelf, TestShop};

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    /// From 0 to below `sides`.
    fn roll(&mut self, sides: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % sides.unsigned_abs()).expect("small")
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

struct World {
    shop: TestShop,
    sam: Person,
    goods: Vec<Shelf>,
    set: Shelf,
    dice: Dice,
    carts: i64,
}

impl World {
    async fn place(&mut self) {
        self.carts += 1;
        let (at, pieces) = (self.dice.roll(4) as usize, self.dice.roll(4) as i32 + 1);
        let of = self.goods.get(at).unwrap_or(&self.set);
        let mut new = self.shop.basket(self.carts, &[(of, 500, pieces)]);
        if of.variant == self.set.variant {
            let part = |(shelf, quantity): (&Shelf, i32)| NewPart {
                variant: shelf.variant,
                quantity,
                title: shelf.handle.clone(),
                variant_title: String::new(),
                translations: Default::default(),
                sku: shelf.sku.clone(),
            };
            new.lines[0].parts = vec![part((&self.goods[0], 1)), part((&self.goods[1], 2))];
        }
        let (now, mut conn) = (self.shop.now(), self.shop.conn().await);
        let pays = Pays::Later(&BankTransfer);
        fine(db::transaction(&mut conn, async |tx| create(tx, &new, pays, now).await).await);
    }

    /// Ships some of an open order, or cancels the rest of it.
    async fn end_or_ship(&mut self, ships: bool) {
        let number =
            OrderNumber(self.shop.number("select number from orders where status = 'open' order by random() limit 1").await);
        let (now, mut conn) = (self.shop.now(), self.shop.conn().await);
        let Some(order) = order_by_number(&mut conn, number).await.expect("a query") else { return };
        if ships {
            let pieces = self.dice.roll(order.lines[0].left().max(1)) as i32 + 1;
            let parcel = [(order.lines[0].id, pieces)];
            fine(fulfil(&mut conn, number, &parcel, &Tracking::default(), order.version, &self.sam, now).await);
        } else {
            let restock = self.dice.roll(2) == 0;
            fine(cancel(&mut conn, number, restock, "changed their mind", order.version, &self.sam, now).await);
        }
    }

    async fn hold(&mut self) {
        let cart = CartId(1_000_000 + self.dice.roll(5));
        let of = [self.set.variant, self.goods[1].variant];
        let wanted = of.map(|variant| (variant, Quantity::new(self.dice.roll(4) as i32 + 1).expect("a quantity")));
        let (now, until, mut conn) = (self.shop.now(), self.shop.now() + Duration::minutes(20), self.shop.conn().await);
        fine(db::transaction(&mut conn, async |tx| inventory::commands::reserve(tx, cart, &wanted, until, now).await).await);
        if self.dice.roll(2) == 0 {
            inventory::commands::release_reservations(&mut conn, cart).await.expect("released");
        }
    }

    async fn correct(&mut self) {
        let stock = StockId(self.shop.number("select id from stock order by random() limit 1").await);
        let count = if self.dice.roll(2) == 0 {
            Count::Change(self.dice.roll(9) as i32 - 3)
        } else {
            Count::Set(self.dice.roll(20) as i32)
        };
        let (id, mut conn) = (self.sam.id, self.shop.conn().await);
        fine(
            db::transaction(&mut conn, async |tx| inventory::commands::adjust(tx, stock, count, "counted", Some(id)).await).await,
        );
    }

    async fn transfer(&mut self) {
        let places: [LocationId; 2] = [
            LocationId(self.shop.number("select min(id) from locations").await),
            LocationId(self.shop.number("select max(id) from locations").await),
        ];
        let (turn, pieces) = (self.dice.roll(2) as usize, self.dice.roll(5) as i32 + 1);
        let from = if self.dice.roll(5) == 0 { None } else { Some(places[turn]) };
        let new = NewTransfer { from, to: places[1 - turn], supplier: "", expected_on: None, note: "" };
        let variant = self.goods[self.dice.roll(3) as usize].variant;
        let (staff, now, mut conn) = (self.sam.id, self.shop.now(), self.shop.conn().await);
        fine(
            db::transaction(&mut conn, async |tx| {
                let id = moving::draft(tx, &new).await?;
                moving::put_line(tx, id, variant, pieces).await?;
                moving::send(tx, id, staff, now).await
            })
            .await,
        );
    }

    async fn arrive(&mut self) {
        let id = TransferId(self.shop.number("select id from transfers where status = 'sent' order by random() limit 1").await);
        let line = self.shop.number(&format!("select id from transfer_lines where transfer_id = {id}")).await;
        let lines = [Arrived { line, received: self.dice.roll(4) as i32, lost: self.dice.roll(2) as i32 }];
        let form = format!("form {}", self.dice.roll(1_000_000));
        let receipt = Receipt { lines: &lines, reason: Some(Missing::Lost), form: &form };
        let (recalls, staff, now, mut conn) = (self.dice.roll(4) == 0, self.sam.id, self.shop.now(), self.shop.conn().await);
        fine(
            db::transaction(&mut conn, async |tx| match recalls {
                true => moving::recall(tx, id, staff, now).await,
                false => moving::receive(tx, id, &receipt, staff, now).await.map(drop),
            })
            .await,
        );
    }

    /// Counts everything at a place; an order may come in between.
    async fn count(&mut self) {
        let at = LocationId(self.shop.number("select id from locations order by random() limit 1").await);
        let (staff, now) = (self.sam.id, self.shop.now());
        let mut conn = self.shop.conn().await;
        let begun = db::transaction(&mut conn, async |tx| stocktaking::begin(tx, at, None, "", now).await).await;
        let Some(id): Option<StocktakeId> = fine(begun) else { return };
        let line = self.shop.number(&format!("select min(id) from stocktake_lines where stocktake_id = {id}")).await;
        let counted = [Counted { line, count: Some(self.dice.roll(15) as i32), reason: Reason::Lost }];
        fine(db::transaction(&mut conn, async |tx| stocktaking::enter(tx, id, &counted, staff, now).await).await);
        drop(conn);
        self.place().await;
        let mut conn = self.shop.conn().await;
        fine(db::transaction(&mut conn, async |tx| stocktaking::close(tx, id, staff, now).await).await);
    }
}

#[rocket::async_test]
async fn stock_ledger_is_the_balance_after_any_sequence_of_acts() {
    let shop = TestShop::open().await;
    let goods = vec![shop.put("Kettle", 500, 30).await, shop.put("Cup", 500, 40).await, shop.put("Spoon", 500, 20).await];
    let set = shop.put("Set", 500, 0).await;
    bundle(&shop, &set, &[(&goods[0], 1), (&goods[1], 2)]).await;
    shop.sql("insert into locations (name, position) values ('Berlin', 1)").await;
    let cup: VariantId = goods[1].variant;
    shop.sql(&format!("update stock set back_order_limit = 6 where variant_id = {cup}")).await;
    let sam = shop.person("sam@example.org").await;
    let mut world = World { shop, sam, goods, set, dice: Dice(20_261_128), carts: 0 };
    for act in 0..300 {
        match world.dice.roll(10) {
            0..=2 => world.place().await,
            3 | 4 => world.end_or_ship(true).await,
            5 => world.end_or_ship(false).await,
            6 => world.hold().await,
            7 => world.correct().await,
            8 if act % 2 == 0 => world.transfer().await,
            8 => world.arrive().await,
            _ => world.count().await,
        }
        if act % 5 == 0 {
            is_sound(&world.shop).await;
        }
    }
    is_sound(&world.shop).await;
    for kind in ["allocation", "release", "shipment", "adjustment", "transfer_out", "transfer_in"] {
        let moved = world.shop.number(&format!("select count(*) from stock_movements where kind = '{kind}'")).await;
        assert!(moved > 0, "{kind} never happened");
    }
}
