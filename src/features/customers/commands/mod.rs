//! Acts on customers and what belongs to them.

mod addresses;
mod identity;
mod links;
mod sessions;

pub use addresses::{make_default, remove_address, save_address};
pub use identity::{NewCustomer, close_account, merge_away, open_account, set_details, set_email, set_password};
pub use links::{ask_for_link, forget_links_of, forget_links_to, make_good, spend_link, sweep};
pub use sessions::{end_session, end_sessions, hold, open_session, sign_out};
