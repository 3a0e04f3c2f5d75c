//! What is wished for, how many are told at once, and why a wish is not taken.

use crate::platform::base::{Message, Refusal, VariantId};
use crate::platform::i18n::Locale;
use crate::platform::throttle::Throttled;

/// Days after which an address that never said yes is forgotten.
pub const UNCONFIRMED_DAYS: i64 = 7;
/// Days after which a wish that was told is forgotten.
pub const TOLD_DAYS: i64 = 30;
/// Mails about one variant at once, at most.
const MOST: i64 = 500;

/// A wish as it is asked.
#[derive(Clone, Debug)]
pub struct NewWish<'a> {
    pub variant: VariantId,
    pub email: &'a str,
    /// Whether the address is known to be the shopper's.
    pub proved: bool,
    pub locale: Locale,
}

/// How many are told now. Of what can be sold, for each piece two shoppers are told, the longest waiting first, since not everybody buys;
/// who was told within the last day counts. The others hear of it a day later, if there is something left then.
pub fn round(saleable: i64, unlimited: bool, told_lately: i64) -> i64 {
    if unlimited { MOST } else { (saleable.min(MOST) * 2 - told_lately).clamp(0, MOST) }
}

/// Why a wish is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WishRefused {
    /// It is no longer sold.
    Unknown,
    /// It can be bought now.
    There,
    Throttled(Throttled),
}

impl Refusal for WishRefused {
    fn message(&self) -> Message {
        match self {
            WishRefused::Unknown => Message::new("waitlist-unknown"),
            WishRefused::There => Message::new("waitlist-there"),
            WishRefused::Throttled(throttled) => throttled.message(),
        }
    }
}

impl From<Throttled> for WishRefused {
    fn from(throttled: Throttled) -> WishRefused {
        WishRefused::Throttled(throttled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_are_told_for_each_piece_and_nobody_twice_a_day() {
        assert_eq!([round(3, false, 0), round(3, false, 4), round(3, false, 9), round(0, false, 0)], [6, 2, 0, 0]);
        assert_eq!((round(1_000_000, false, 0), round(1, true, 50)), (500, 500));
    }
}
