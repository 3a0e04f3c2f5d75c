//! Acts on customers and what belongs to them.

mod addresses;
mod identities;
mod identity;
mod links;
mod sessions;
mod steps;

pub use addresses::{make_default, remove_address, save_address};
pub use identities::{connect, disconnect, note_use};
pub use identity::{NewCustomer, close_account, keep_vat_id, merge_away, open_account, set_details, set_email, set_password};
pub use links::{ask_for_link, forget_links_of, forget_links_to, make_good, spend_link, sweep};
pub use sessions::{end_session, end_sessions, hold, note_proof, open_session, open_viewing, sign_out};
pub use steps::{begin_step, spend_step};
