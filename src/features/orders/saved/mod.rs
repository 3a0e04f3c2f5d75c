//! Views of the list that staff keep: a name for filters and words, shown as a tab to its maker or to everybody.

mod admin;
pub mod commands;
pub mod queries;

pub use admin::routes;
use diesel::prelude::*;

use crate::platform::base::{Message, OrderViewId, Refusal, StaffId};

/// The most views that one person keeps.
pub const MOST: i64 = 20;

/// A view as its row has it.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct SavedView {
    pub id: OrderViewId,
    pub staff: StaffId,
    pub name: String,
    /// What it stands for, as [`super::forms::Asked::query`] writes it.
    pub query: String,
    pub shared: bool,
}

/// Why a view was not kept or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewRefused {
    Unknown,
    /// Somebody else made it.
    Foreign,
    /// The same person has another of this name.
    NameTaken,
    TooMany,
    /// Nothing narrows the list.
    Everything,
}

impl Refusal for ViewRefused {
    fn message(&self) -> Message {
        match self {
            ViewRefused::Unknown => Message::new("orders-views-unknown"),
            ViewRefused::Foreign => Message::new("orders-views-foreign"),
            ViewRefused::NameTaken => Message::new("orders-views-taken"),
            ViewRefused::TooMany => Message::new("orders-views-many").count("count", MOST),
            ViewRefused::Everything => Message::new("orders-views-everything"),
        }
    }
}
