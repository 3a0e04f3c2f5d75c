//! What happened in the demo shop: sixty orders and a few carts left behind, the same ones every time, counted back from today.

use chrono::{Days, Duration, NaiveTime};

use super::people::{SHOPPERS, Shopper};
use crate::app::exchange::demo::shelf::{self, Piece};
use crate::platform::base::Moment;

/// What became of a cart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Paid and sent.
    Done,
    /// Paid and sent in two parcels.
    TwoParcels,
    /// Paid, the first parcel sent.
    HalfSent,
    /// Paid, nothing sent.
    Packing,
    /// Paid in part.
    HalfPaid,
    /// Not paid yet.
    Waiting,
    /// Ended by staff before it was paid.
    Cancelled,
    /// Never paid.
    Expired,
    /// Paid by card at once, and sent.
    Card,
    /// Paid by card, sent, come back and wholly paid back.
    Returned,
    /// Paid by card and sent; a part is paid back.
    Chipped,
    /// Held on a card; staff have not taken it yet.
    Held,
    /// A card paid another amount: no order came of it, staff look at it.
    Odd,
    /// Nobody came back to the checkout.
    LeftBehind,
}

/// A cart and what became of it.
pub struct Purchase {
    pub at: Moment,
    pub who: &'static Shopper,
    /// SKUs and pieces.
    pub goods: Vec<(&'static str, i32)>,
    pub fate: Fate,
    pub express: bool,
    pub note: &'static str,
    /// What staff wrote beside it.
    pub remark: &'static str,
}

/// How many days ago each order was placed.
const DAYS: [u64; 60] = [
    89, 86, 84, 81, 78, 76, 73, 70, 68, 65, 63, 60, 58, 55, 53, 50, 48, 46, 44, 42, 40, 38, 37, 35, 34, 32, 31, 30, 29, 28, 27,
    26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 9, 8, 7, 7, 6, 5, 4, 3, 2, 1, 0,
];

/// Those that were not simply paid and sent.
const FATES: [(usize, Fate); 29] = [
    (5, Fate::Card),
    (7, Fate::Expired),
    (9, Fate::Card),
    (13, Fate::Cancelled),
    (16, Fate::Card),
    (19, Fate::TwoParcels),
    (22, Fate::Chipped),
    (24, Fate::Expired),
    (27, Fate::Card),
    (29, Fate::Cancelled),
    (31, Fate::Returned),
    (33, Fate::TwoParcels),
    (36, Fate::Card),
    (39, Fate::Card),
    (41, Fate::TwoParcels),
    (43, Fate::Chipped),
    (44, Fate::Expired),
    (46, Fate::Returned),
    (47, Fate::Cancelled),
    (48, Fate::Card),
    (50, Fate::HalfSent),
    (52, Fate::HalfSent),
    (53, Fate::Packing),
    (54, Fate::Waiting),
    (55, Fate::HalfPaid),
    (56, Fate::Held),
    (57, Fate::Waiting),
    (58, Fate::Packing),
    (59, Fate::Waiting),
];

/// How many days ago a cart was left behind.
const LEFT: [u64; 9] = [26, 22, 19, 16, 12, 9, 6, 3, 1];
/// The one of them whose card paid another amount.
const ODD: usize = 6;

const NOTES: [(usize, &str); 4] = [
    (16, "Bitte beim Nachbarn im Erdgeschoss abgeben, falls niemand da ist."),
    (36, "It is a present: please leave the invoice out."),
    (50, "Die Klingel ist kaputt, bitte anrufen."),
    (58, "Wenn möglich ohne Füllmaterial."),
];

const REMARKS: [(usize, &str); 4] = [
    (13, "Ordered twice by mistake; she rang and kept the other one."),
    (19, "The second parcel waits for the potters' next kiln."),
    (52, "The rest comes on Thursday; told by telephone."),
    (55, "Half of it came from another account. Asked for the rest."),
];

/// A small generator, so that the demo is the same everywhere: Knuth's MMIX constants.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides.max(1)
    }
}

/// All purchases, oldest first.
pub fn purchases(now: Moment) -> Vec<Purchase> {
    let mut dice = Dice(20_261_123);
    let mut all: Vec<Purchase> = DAYS.iter().enumerate().map(|(number, days)| ordered(number, *days, now, &mut dice)).collect();
    for (number, days) in LEFT.iter().enumerate() {
        let (at, goods) = (at(*days, now, &mut dice), basket(1, true, &mut dice));
        let who = &SHOPPERS[(number * 7 + 3) % SHOPPERS.len()];
        let fate = if number == ODD { Fate::Odd } else { Fate::LeftBehind };
        all.push(Purchase { at, who, goods, fate, express: false, note: "", remark: "" });
    }
    all.sort_by_key(|purchase| purchase.at);
    all
}

impl Fate {
    /// Whether it is paid with a card.
    pub fn is_by_card(self) -> bool {
        matches!(self, Fate::Card | Fate::Returned | Fate::Chipped | Fate::Held | Fate::Odd)
    }
}

/// How many pieces left the shop for good, so that the shelf held them before.
pub fn sold(purchases: &[Purchase], sku: &str) -> i32 {
    let gone = |purchase: &&Purchase| !matches!(purchase.fate, Fate::Cancelled | Fate::Expired | Fate::LeftBehind | Fate::Odd);
    let goods = purchases.iter().filter(gone).flat_map(|purchase| &purchase.goods);
    goods.filter(|(name, _)| *name == sku).map(|(_, pieces)| pieces).sum()
}

fn ordered(number: usize, days: u64, now: Moment, dice: &mut Dice) -> Purchase {
    let fate = FATES.iter().find(|(at, _)| *at == number).map_or(Fate::Done, |(_, fate)| *fate);
    let word = |of: &[(usize, &'static str)]| of.iter().find(|(at, _)| *at == number).map_or("", |(_, text)| text);
    let lines = match fate {
        Fate::TwoParcels | Fate::HalfSent => 2 + dice.roll(2),
        _ => 1 + dice.roll(3),
    };
    let comes_back = matches!(fate, Fate::Cancelled | Fate::Expired);
    let mut goods = basket(lines as usize, comes_back, dice);
    // The one pocket camera that there was.
    if number == 35 {
        goods = vec![("POCKET-1963", 1)];
    }
    // Some come back: every fifth order is by one of the first six.
    let who = if number % 5 == 4 { number / 5 % 6 } else { number };
    Purchase {
        at: at(days, now, dice),
        who: &SHOPPERS[who % SHOPPERS.len()],
        goods,
        fate,
        express: dice.roll(6) == 0,
        note: word(&NOTES),
        remark: word(&REMARKS),
    }
}

/// A moment of that day on which people shop; today not long ago.
fn at(days: u64, now: Moment, dice: &mut Dice) -> Moment {
    let minute = (6 * 60 + 20 + dice.roll(14 * 60)) as i64;
    if days == 0 {
        return now - Duration::minutes(40 + minute % 60);
    }
    let day = now.date_naive().checked_sub_days(Days::new(days)).unwrap_or_default();
    day.and_time(NaiveTime::MIN).and_utc() + Duration::minutes(minute)
}

/// Different goods, cheap ones more often and sometimes in numbers. `plenty`: only such as are never short.
fn basket(lines: usize, plenty: bool, dice: &mut Dice) -> Vec<(&'static str, i32)> {
    let goods = shelf::goods();
    let common = goods.iter().filter(|good| !good.tags.contains(&"one of a kind") && !good.is_gift_card());
    let pieces: Vec<&Piece> = common.flat_map(|good| good.pieces).filter(|piece| !plenty || piece.stock >= 8).collect();
    let weight = |piece: &Piece| (60_000 / piece.price).clamp(1, 12) as u64;
    let whole: u64 = pieces.iter().map(|piece| weight(piece)).sum();
    let mut chosen: Vec<(&'static str, i32)> = Vec::new();
    while chosen.len() < lines {
        let mut roll = dice.roll(whole);
        let found = pieces.iter().find(|piece| {
            let here = roll < weight(piece);
            roll = roll.saturating_sub(weight(piece));
            here
        });
        let Some(piece) = found.filter(|piece| chosen.iter().all(|(sku, _)| *sku != piece.sku)) else { continue };
        let most = if piece.price < 5_000 { 3 } else { 1 };
        chosen.push((piece.sku, 1 + dice.roll(most) as i32));
    }
    chosen
}
