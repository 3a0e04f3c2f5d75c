//! Acts on what is kept of people.

mod asking;
mod deciding;
mod erasing;

pub use asking::{ask_as_guest, ask_for_copy, hand_out_copy, make_good, note_fetched, prove};
pub use deciding::{add_party, record, remove_party, save_times};
pub use erasing::{erase, erase_for, erase_guest};
