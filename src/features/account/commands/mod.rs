//! Acts at the door of an account and behind it. Passwords are hashed without a connection in hand.

mod arriving;
mod changing;
mod entering;
mod proving;
mod recovering;
mod registering;
mod securing;

pub use arriving::{arrive, connect};
pub use changing::{ask_proof_of_email, change_email, change_password, close, confirm_email, prove_email};
pub use entering::{ask_anybody, ask_second, second_by_code, second_by_passkey, sign_in, sign_in_by_passkey, sign_out, waiting};
pub use proving::{ask_own, show_by_passkey, show_by_password};
pub use recovering::{ask_reset, choose_password};
pub use registering::{NewAccount, ask_first, confirm, confirm_by_passkey, register};
pub use securing::{add_passkey, ask_new, begin_app, confirm_app, disconnect, remove_app, remove_passkey, renew_codes};

use super::model::AccountRefused;
use crate::platform::base::{Failed, Moment};
use crate::platform::db::Conn;
use crate::platform::throttle::{self, Attempt};

/// The name under which failures at customers' accounts are counted; staff of the same address are counted by themselves.
fn counted(email: &str) -> String {
    format!("customer {email}")
}

/// Counts an attempt of this kind at this address, whether there is an account or not.
async fn attempt(
    conn: &mut Conn,
    kind: &str,
    email: &str,
    address: &str,
    now: Moment,
) -> Result<Attempt, Failed<AccountRefused>> {
    throttle::begin(conn, &format!("{kind} {email}"), address, now).await.map_err(|failed| failed.map(Into::into))
}
