//! The frame around every page: header, footer, menus, error pages, and the one guard that pages ask for.

mod beside;
mod consent;
mod errors;
mod facts;
mod frame;
mod guide;
mod hints;
mod menus;
mod page;
mod pages;
mod routes;
mod told;

pub use beside::{Beside, BesideView};
pub use consent::{Consent, Strangers};
pub use errors::catchers;
pub use facts::Facts;
pub use frame::{DeskEntry, Icon, theme_key};
pub use hints::hints;
pub use menus::{MenuEntry, ShopPlace};
pub use page::{Page, Theme};
pub use pages::Pages;
pub use routes::routes;
pub use told::{Lang, Told};
