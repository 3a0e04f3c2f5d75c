//! Outgoing mail: a room writes a letter, the letter becomes a draft (HTML and text), the draft is queued in the transaction of its
//! cause and sent by a job; without SMTP it is kept for staff to read.
//! Owns: mails
//!
//! ```ignore
//! let letter = Letter::new(words, words.t("orders-mail-paid-heading"))
//!     .say(words.t("orders-mail-paid-thanks"))
//!     .goods(lines).totals(totals)
//!     .button(words.t("orders-mail-open"), config.absolute(&paths::order(&token)));
//! let draft = letter.draft("order_paid", recipient, subject, &shop, &config)?.about(order).once(format!("order_paid:{order}"));
//! mail::commands::queue(tx, &draft).await?;
//! ```

pub mod commands;
mod letter;
mod model;
mod post;
pub mod queries;

pub use commands::{SendMail, Sends};
/// The kind of the mail that asks somebody to join the staff: its link opens an account with rights, so not everybody in the house
/// may read it.
pub const INVITATION: &str = "staff_invitation";

pub use letter::{Goods, Letter, Total};
pub use model::{Draft, MailState, NOBODY, Threading};
pub use post::Post;
