//! What the shelves should hold: six rows of three goods at two places, and a set of one kettle and two cups.

use std::collections::BTreeMap;

use barrow::platform::base::{Failed, LocationId, Refusal, StaffId, StocktakeId, TransferId, VariantId};
use barrow::platform::db::Conn;
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Integer};
use diesel_async::{AsyncConnection, RunQueryDsl, TransactionManager};

use super::bundle;
use crate::world::TestShop;

/// What may be promised beyond the cups that are there, at each place.
pub const LATE: i32 = 6;
pub const CUP: usize = 1;
pub const SET: usize = 3;

pub type Manager = <Conn as AsyncConnection>::TransactionManager;

/// What one of these goods is made of: a set is a kettle and two cups.
pub fn parts(good: usize) -> &'static [(usize, i32)] {
    [&[(0, 1)][..], &[(CUP, 1)], &[(2, 1)], &[(0, 1), (CUP, 2)]][good]
}

/// What is wanted, in kettles, cups and spoons.
pub fn pieces(wanted: &[(usize, i32)]) -> [i32; 3] {
    let mut sums = [0; 3];
    for (good, count) in wanted {
        for (part, per) in parts(*good) {
            sums[*part] += per * count;
        }
    }
    sums
}

/// Pieces of a stock row: which, how many, how many of them late (held) or in one of the line (promised).
#[derive(Clone, Copy, Debug, QueryableByName)]
pub struct Drawn {
    #[diesel(sql_type = BigInt)]
    pub stock: i64,
    #[diesel(sql_type = Integer)]
    pub quantity: i32,
    #[diesel(sql_type = Integer)]
    pub part: i32,
}

pub struct Line {
    pub id: i64,
    pub left: i32,
    pub promises: Vec<Drawn>,
}

pub struct Sent {
    pub id: TransferId,
    pub line: i64,
    pub good: usize,
    pub from: Option<usize>,
    pub to: usize,
    pub coming: i32,
}

pub struct Counting {
    pub id: StocktakeId,
    pub stock: i64,
    pub difference: i32,
}

/// On hand and promised, by the id of the stock row; what is held, by cart; what stands open.
#[derive(Default)]
pub struct Model {
    pub rows: BTreeMap<i64, (i32, i32)>,
    pub held: BTreeMap<i64, Vec<Drawn>>,
    pub lines: Vec<Line>,
    pub sent: Vec<Sent>,
    pub counting: Vec<Counting>,
}

pub struct World {
    pub shop: TestShop,
    pub goods: Vec<VariantId>,
    pub places: [LocationId; 2],
    /// By good and place.
    pub stock: [[i64; 2]; 3],
    pub staff: StaffId,
    pub model: Model,
    pub orders: i64,
    pub taken: BTreeMap<&'static str, usize>,
}

/// Does an act that should be taken, or should not; what came of it. What should be refused leaves no trace.
pub async fn tried<T, R: Refusal>(
    conn: &mut Conn,
    taken: bool,
    act: impl AsyncFnOnce(&mut Conn) -> Result<T, Failed<R>>,
) -> Option<T> {
    if !taken {
        Manager::begin_transaction(conn).await.expect("a savepoint");
    }
    let done = match act(conn).await {
        Ok(done) => Some(done),
        Err(Failed::Refused(_)) => None,
        Err(Failed::Broke(broke)) => panic!("{:#}", broke.0),
    };
    if !taken {
        Manager::rollback_transaction(conn).await.expect("taken back");
    }
    done
}

impl World {
    pub fn good_of(&self, stock: i64) -> usize {
        self.stock.iter().position(|row| row.contains(&stock)).expect("a row of ours")
    }

    pub fn limit(&self, stock: i64) -> i32 {
        if self.good_of(stock) == CUP { LATE } else { 0 }
    }

    /// What carts hold of a row; `late`: also what is not there.
    pub fn held(&self, stock: i64, except: i64, late: bool) -> i32 {
        let held = self.model.held.iter().filter(|(cart, _)| **cart != except).flat_map(|(_, rows)| rows);
        held.filter(|row| row.stock == stock).map(|row| row.quantity - if late { 0 } else { row.part }).sum()
    }

    /// Whether a cart can have all of this.
    pub fn fits(&self, wanted: &[(usize, i32)], cart: i64) -> bool {
        let of = |stock: i64| {
            let (on_hand, promised) = self.model.rows[&stock];
            (on_hand + self.limit(stock) - promised - self.held(stock, cart, true)).max(0)
        };
        let left = self.stock.map(|row| row.map(of).iter().sum::<i32>());
        pieces(wanted).iter().zip(left).all(|(wanted, left)| *wanted <= left)
    }

    /// That what was drawn is what was wanted, and no row gave more than it may.
    pub fn is_fair(&self, drawn: &[Drawn], wanted: &[(usize, i32)]) {
        let mut sums = [0; 3];
        for row in drawn {
            sums[self.good_of(row.stock)] += row.quantity;
            let (on_hand, promised) = self.model.rows[&row.stock];
            assert!(
                promised + self.held(row.stock, 0, true) <= on_hand + self.limit(row.stock),
                "{row:?} of {on_hand}, {promised}"
            );
        }
        assert_eq!(sums, pieces(wanted), "{drawn:?} for {wanted:?}");
    }
}

pub async fn number(conn: &mut Conn, query: &str) -> i64 {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        number: i64,
    }
    diesel::sql_query(query).get_result::<Row>(conn).await.expect("one number").number
}

pub async fn world() -> World {
    let shop = TestShop::open().await;
    let mut goods = Vec::new();
    for title in ["Kettle", "Cup", "Spoon", "Set"] {
        goods.push(shop.put(title, 500, 0).await);
    }
    bundle(&shop, &goods[SET], &[(&goods[0], 1), (&goods[CUP], 2)]).await;
    shop.sql(&format!(
        "insert into locations (name, position) values ('Berlin', 1);
         insert into stock (variant_id, location_id) select v.id, l.id from variants v, locations l where l.name = 'Berlin' and v.sku <> 'SET';
         update stock set back_order_limit = {LATE} where variant_id = {}",
        goods[CUP].variant
    ))
    .await;
    let mut places = [LocationId(0); 2];
    let mut stock = [[0; 2]; 3];
    for (at, place) in ["Main", "Berlin"].into_iter().enumerate() {
        places[at] = LocationId(shop.number(&format!("select id from locations where name = '{place}'")).await);
        for (good, row) in stock.iter_mut().enumerate() {
            let query =
                format!("select id from stock where variant_id = {} and location_id = {}", goods[good].variant, places[at]);
            row[at] = shop.number(&query).await;
        }
    }
    let staff = shop.person("sam@example.org").await.id;
    let model = Model { rows: stock.as_flattened().iter().map(|id| (*id, (0, 0))).collect(), ..Model::default() };
    let goods = goods.into_iter().map(|good| good.variant).collect();
    World { shop, goods, places, stock, staff, model, orders: 0, taken: BTreeMap::new() }
}
