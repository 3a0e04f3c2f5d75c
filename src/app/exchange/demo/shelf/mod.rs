//! The goods of the demo shop: names, prices and words of our own; the words lie in `assets/demo/words`, the photographs in
//! `assets/demo/photos`, and `assets/demo/CREDITS.md` says who took them.

mod cameras;
mod cards;
pub mod german;
mod living;
mod outdoors;
mod plants;

/// A category and the picture it shows.
pub struct Room {
    pub handle: &'static str,
    pub title: &'static str,
    /// The handle of the category above it; stands earlier in the list.
    pub above: Option<&'static str>,
    pub text: &'static str,
    pub picture: &'static str,
}

/// A product.
pub struct Good {
    /// Also the name of its words.
    pub handle: &'static str,
    pub title: &'static str,
    /// The handle of its category.
    pub room: &'static str,
    pub kind: &'static str,
    pub vendor: &'static str,
    pub tags: &'static [&'static str],
    pub options: &'static [&'static str],
    pub pieces: &'static [Piece],
    /// File in `assets/demo/photos` without its ending, and what it shows.
    pub pictures: &'static [(&'static str, &'static str)],
}

impl Good {
    /// Whether it is money for another day.
    pub fn is_gift_card(&self) -> bool {
        self.kind == cards::KIND
    }
}

/// A variant.
pub struct Piece {
    pub values: &'static [&'static str],
    pub sku: &'static str,
    /// Cents.
    pub price: i64,
    pub was: Option<i64>,
    pub grams: i32,
    /// What is left when the past orders are done.
    pub stock: i32,
    pub picture: Option<&'static str>,
}

const fn piece(values: &'static [&'static str], sku: &'static str, price: i64, grams: i32, stock: i32) -> Piece {
    Piece { values, sku, price, was: None, grams, stock, picture: None }
}

impl Piece {
    const fn shown(self, picture: &'static str) -> Piece {
        Piece { picture: Some(picture), ..self }
    }

    const fn was(self, was: i64) -> Piece {
        Piece { was: Some(was), ..self }
    }
}

const fn room(
    handle: &'static str,
    title: &'static str,
    above: Option<&'static str>,
    picture: &'static str,
    text: &'static str,
) -> Room {
    Room { handle, title, above, text, picture }
}

pub const ROOMS: &[Room] = &[
    room("living", "Living", None, "pendant-lamp", "Furniture and light, chosen one by one to be kept for years."),
    room(
        "plants",
        "Plants",
        None,
        "cactus",
        "Living things that get by with a window and a late glass of water, and what they stand in.",
    ),
    room(
        "cameras",
        "Cameras",
        None,
        "camera-twin-lens",
        "Cameras that take their time. The old ones were opened, cleaned and set in our workshop and carry two years' guarantee.",
    ),
    room("outdoors", "Outdoors", None, "tent", "For the court, the road and the clearing at the end of it."),
    room("seating", "Seating", Some("living"), "stool", "Sofas, armchairs and one very good stool."),
    room(
        "tables-and-light",
        "Tables and light",
        Some("living"),
        "side-table",
        "Places to put a cup, and something to see it by.",
    ),
    room("at-the-desk", "At the desk", Some("living"), "tablet", "The few things on a desk that are touched all day."),
    room(
        "houseplants",
        "Houseplants",
        Some("plants"),
        "hanging-fern",
        "Sent in paper, never in foam, and only in weather they like.",
    ),
    room("pots-and-tools", "Pots and tools", Some("plants"), "terracotta-pot", "Clay, glaze and one good scoop."),
    room("play", "Play", Some("outdoors"), "basketball", "Balls, a board and a rope."),
    room("out-and-about", "Out and about", Some("outdoors"), "bicycle", "Near or far, on two wheels, two feet or two poles."),
    room("gift-cards", "Gift cards", None, "tulips", "For whoever would rather choose, or for a birthday that is today."),
];

/// The newest first; all others are older.
const NEWEST: &[&str] = &["stacking-chair", "instant-camera", "moth-orchid", "workshop-stool", "alder-sofa", "slim-desk"];

/// All goods, the newest first.
pub fn goods() -> Vec<&'static Good> {
    let mut all: Vec<&Good> =
        [living::GOODS, plants::GOODS, cameras::GOODS, outdoors::GOODS, cards::GOODS].into_iter().flatten().collect();
    all.sort_by_key(|good| NEWEST.iter().position(|handle| *handle == good.handle).unwrap_or(NEWEST.len()));
    all
}
