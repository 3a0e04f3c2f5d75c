//! The frame around every page: header, footer, menus, error pages, and the one guard that pages ask for.

mod facts;
mod page;

pub use facts::Facts;
pub use page::{Page, Theme};
