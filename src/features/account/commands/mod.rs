//! Acts at the door of an account and behind it. Passwords are hashed without a connection in hand.

mod changing;
mod entering;
mod recovering;
mod registering;

pub use changing::{change_email, change_password, close, confirm_email};
pub use entering::{sign_in, sign_out};
pub use recovering::{ask_reset, choose_password};
pub use registering::{NewAccount, confirm, register};

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
