//! How often one may guess a password or a code: per account with growing waits, per address within a window.
//! Owns: sign_in_failures
//!
//! [`begin`] before the guess is looked at, [`forget`] when it was right. An account is any name: "anna@example.org",
//! "second factor staff/12"; it need not exist, so that the answers tell nothing.

use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;

use crate::platform::base::{Failed, Message, Moment, Refusal};
use crate::platform::db::{self, Conn};
use crate::platform::schema::sign_in_failures;

/// Wrong guesses an account may have before it must wait.
const ACCOUNT_TRIES: usize = 5;
/// Attempts from one address within [`WINDOW`].
const ADDRESS_TRIES: i64 = 20;
const WINDOW: Duration = Duration::minutes(15);
/// No wait is longer than this, so that nobody can lock staff out for a day.
const LONGEST: Duration = Duration::hours(1);
/// How long failures are remembered.
const KEPT: Duration = Duration::days(1);

/// Too many attempts, by account or address; says how long to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Throttled {
    pub wait: Duration,
}

impl Throttled {
    /// Whole minutes to wait, rounded up.
    pub fn minutes(self) -> i64 {
        (self.wait.num_seconds().max(1) + 59) / 60
    }
}

impl Refusal for Throttled {
    fn message(&self) -> Message {
        Message::new("throttle-wait").count("count", self.minutes())
    }
}

/// A counted attempt; taken back when the guess was right.
#[derive(Clone, Copy, Debug)]
pub struct Attempt(i64);

/// Counts an attempt before the guess is looked at, so that a hundred at once are still a hundred.
pub async fn begin(conn: &mut Conn, account: &str, address: &str, now: Moment) -> Result<Attempt, Failed<Throttled>> {
    let (account, address) = (account.to_string(), network_of(address));
    db::transaction(conn, async |tx: &mut Conn| {
        hold(tx, "account", &account).await?;
        hold(tx, "address", &address).await?;
        let failures: Vec<Moment> = sign_in_failures::table
            .filter(sign_in_failures::account.eq(&account).and(sign_in_failures::at.gt(now - KEPT)))
            .order(sign_in_failures::at.desc())
            .limit(20)
            .select(sign_in_failures::at)
            .load(tx)
            .await?;
        let oldest_that_counts: Option<Moment> = sign_in_failures::table
            .filter(sign_in_failures::address.eq(&address).and(sign_in_failures::at.gt(now - WINDOW)))
            .order(sign_in_failures::at.desc())
            .offset(ADDRESS_TRIES - 1)
            .select(sign_in_failures::at)
            .first(tx)
            .await
            .optional()?;
        let by_account = failures.as_slice().first().map_or(now, |last| *last + wait_after(failures.len()));
        let until = oldest_that_counts.map_or(by_account, |oldest| by_account.max(oldest + WINDOW));
        if until > now {
            return Err(Throttled { wait: until - now }.into());
        }
        let row = (sign_in_failures::account.eq(&account), sign_in_failures::address.eq(&address), sign_in_failures::at.eq(now));
        let id = diesel::insert_into(sign_in_failures::table).values(row).returning(sign_in_failures::id).get_result(tx).await?;
        Ok(Attempt(id))
    })
    .await
}

/// The guess was right: the account starts anew, and the address is charged nothing for it.
pub async fn forget(tx: &mut Conn, account: &str, attempt: Attempt, now: Moment) -> QueryResult<()> {
    let settled = sign_in_failures::account.eq(account).or(sign_in_failures::id.eq(attempt.0));
    diesel::delete(sign_in_failures::table.filter(settled.or(sign_in_failures::at.lt(now - KEPT)))).execute(tx).await?;
    Ok(())
}

/// Forgets failures that no longer count; run once in a while.
pub async fn sweep(conn: &mut Conn, now: Moment) -> QueryResult<()> {
    diesel::delete(sign_in_failures::table.filter(sign_in_failures::at.lt(now - KEPT))).execute(conn).await?;
    Ok(())
}

/// Whoever these accounts are has shown who they are in another way: they start anew.
pub async fn settle(tx: &mut Conn, accounts: &[&str]) -> QueryResult<()> {
    diesel::delete(sign_in_failures::table.filter(sign_in_failures::account.eq_any(accounts))).execute(tx).await?;
    Ok(())
}

/// Attempts at one account, or from one address, are counted one after the other.
async fn hold(tx: &mut Conn, kind: &str, key: &str) -> QueryResult<()> {
    let name = format!("sign-in {kind} {key}");
    diesel::sql_query("select pg_advisory_xact_lock(hashtextextended($1, 0))").bind::<Text, _>(name).execute(tx).await?;
    Ok(())
}

/// How long an account waits after so many failures in a row: nothing, then 15 minutes, doubling up to an hour.
fn wait_after(failures: usize) -> Duration {
    match failures.checked_sub(ACCOUNT_TRIES) {
        None => Duration::zero(),
        Some(more) => (WINDOW * (1 << more.min(8))).min(LONGEST),
    }
}

/// What counts as one address: an IPv4 address, or the /64 network that one household or server has in IPv6.
fn network_of(address: &str) -> String {
    match address.parse::<std::net::Ipv6Addr>() {
        Ok(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => v4.to_string(),
            None => std::net::Ipv6Addr::from(u128::from(v6) & !u128::from(u64::MAX)).to_string(),
        },
        Err(_) => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let minutes: Vec<i64> = [0, 4, 5, 6, 7, 20].map(|n| wait_after(n).num_minutes()).to_vec();
        assert_eq!(minutes, [0, 0, 15, 30, 60, 60]);
    }

    #[test]
    fn waiting_is_said_in_whole_minutes() {
        assert_eq!(Throttled { wait: Duration::seconds(61) }.minutes(), 2);
        assert_eq!(Throttled { wait: Duration::zero() }.minutes(), 1);
    }

    #[test]
    fn an_ipv6_network_is_one_address() {
        assert_eq!(network_of("2001:db8:1:2:aaaa::1"), network_of("2001:db8:1:2:bbbb::2"));
        assert_ne!(network_of("2001:db8:1:2::1"), network_of("2001:db8:1:3::1"));
        assert_eq!(network_of("::ffff:192.0.2.1"), "192.0.2.1");
    }
}
