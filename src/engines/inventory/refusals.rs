//! Why staff hear no in the stock room, in words.

use super::bundling::MOST_PARTS;
use crate::platform::base::{Message, OrderLineId, Refusal, VariantId};

/// Why a count is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdjustRefused {
    BelowZero {
        on_hand: i32,
    },
    TooMany,
    /// There is no such shelf.
    Unknown,
    /// Somebody sold or corrected meanwhile.
    Changed {
        on_hand: i32,
    },
    /// Its pieces are not counted at all.
    NotCounted,
}

impl Refusal for AdjustRefused {
    fn message(&self) -> Message {
        match self {
            AdjustRefused::BelowZero { on_hand } => Message::new("inventory-below-zero").count("count", *on_hand),
            AdjustRefused::TooMany => Message::new("inventory-too-many"),
            AdjustRefused::Unknown => Message::new("inventory-unknown"),
            AdjustRefused::Changed { on_hand } => Message::new("inventory-count-changed").count("count", *on_hand),
            AdjustRefused::NotCounted => Message::new("inventory-not-counted"),
        }
    }
}

/// Why a place is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LocationRefused {
    NameTaken,
    Gone,
}

impl Refusal for LocationRefused {
    fn message(&self) -> Message {
        match self {
            LocationRefused::NameTaken => Message::new("inventory-location-taken"),
            LocationRefused::Gone => Message::new("inventory-location-gone"),
        }
    }
}

/// Why pieces cannot leave the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShipRefused {
    /// Promised, but not there: a count lowered the shelf, or they are on back-order.
    NotThere { variant: VariantId, wanted: i64, on_hand: i32 },
    /// More than this line was promised.
    NotPromised { line: OrderLineId },
}

impl Refusal for ShipRefused {
    fn message(&self) -> Message {
        match self {
            ShipRefused::NotThere { wanted, on_hand, .. } => {
                Message::new("inventory-not-there").count("wanted", *wanted).count("count", *on_hand)
            }
            ShipRefused::NotPromised { .. } => Message::new("inventory-not-promised"),
        }
    }
}

/// Why a bundle is not made like this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BundleRefused {
    /// There is no such variant, or it is archived.
    Unknown,
    Itself,
    /// The part is a bundle.
    PartHasParts,
    /// The bundle is a part of others.
    IsPart,
    /// It has pieces of its own, or orders wait for them.
    HasStock {
        on_hand: i64,
        promised: i64,
    },
    TooMany,
}

impl Refusal for BundleRefused {
    fn message(&self) -> Message {
        match self {
            BundleRefused::Unknown => Message::new("inventory-unknown-variant"),
            BundleRefused::Itself => Message::new("inventory-bundle-itself"),
            BundleRefused::PartHasParts => Message::new("inventory-bundle-part-has-parts"),
            BundleRefused::IsPart => Message::new("inventory-bundle-is-part"),
            BundleRefused::HasStock { on_hand, promised } => {
                Message::new("inventory-bundle-has-stock").count("count", *on_hand).count("promised", *promised)
            }
            BundleRefused::TooMany => Message::new("inventory-bundle-too-many").count("count", MOST_PARTS as i64),
        }
    }
}

/// Why nothing is sold ahead like this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AheadRefused {
    /// A release without a limit.
    NoLimit,
    /// A limit without a release.
    NoRelease,
    /// The release is not to come.
    ReleaseOver,
    /// The day of shipping is over.
    DayOver,
    Gone,
}

impl AheadRefused {
    /// The field of the form that it is about.
    pub fn field(&self) -> &'static str {
        match self {
            AheadRefused::NoLimit => "pre_orders",
            AheadRefused::NoRelease | AheadRefused::ReleaseOver => "release_on",
            AheadRefused::DayOver => "ships_on",
            AheadRefused::Gone => "",
        }
    }
}

impl Refusal for AheadRefused {
    fn message(&self) -> Message {
        match self {
            AheadRefused::NoLimit => Message::new("inventory-ahead-no-limit"),
            AheadRefused::NoRelease => Message::new("inventory-ahead-no-release"),
            AheadRefused::ReleaseOver => Message::new("inventory-ahead-release-over"),
            AheadRefused::DayOver => Message::new("inventory-ahead-day-over"),
            AheadRefused::Gone => Message::new("inventory-unknown"),
        }
    }
}

/// Why a count is not begun, entered or closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CountRefused {
    /// The place is gone.
    Unknown,
    /// Nothing lies there that could be counted.
    Nothing,
    /// It was closed or dropped.
    Closed,
    /// The file has no column with a name, or none with counts.
    NoColumns,
    /// A row of the file is no row, or its count no whole number.
    BadRow { number: i64 },
    /// A row of the file names nothing on the sheet.
    UnknownRow { number: i64 },
    /// The file holds no counts.
    NothingCounted,
}

impl Refusal for CountRefused {
    fn message(&self) -> Message {
        match self {
            CountRefused::Unknown => Message::new("inventory-location-gone"),
            CountRefused::Nothing => Message::new("inventory-count-nothing"),
            CountRefused::Closed => Message::new("inventory-count-closed"),
            CountRefused::NoColumns => Message::new("inventory-count-no-columns"),
            CountRefused::BadRow { number } => Message::new("inventory-count-bad-row").count("count", *number),
            CountRefused::UnknownRow { number } => Message::new("inventory-count-unknown-row").count("count", *number),
            CountRefused::NothingCounted => Message::new("inventory-count-empty"),
        }
    }
}
