//! Gift cards: they come by mail and are paid with later.

use super::{Good, piece};

/// The kind by which a gift card is known.
pub const KIND: &str = "Gift card";

pub const GOODS: &[Good] = &[Good {
    handle: "gift-card",
    title: "Gift card",
    room: "gift-cards",
    kind: KIND,
    vendor: "Barrow",
    tags: &["gift"],
    options: &["Amount"],
    pieces: &[
        piece(&["€25"], "GIFT-25", 2_500, 0, 0),
        piece(&["€50"], "GIFT-50", 5_000, 0, 0),
        piece(&["€100"], "GIFT-100", 10_000, 0, 0),
    ],
    pictures: &[("tulips", "Red tulips in a yellow pot, a present")],
}];
