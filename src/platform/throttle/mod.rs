//! How often one may guess a password or a code: per account with growing waits, per address and per network within a window.
//! Owns: sign_in_failures
//!
//! [`begin`] before the guess is looked at, [`forget`] when it was right, [`take_back`] where being right proves nobody. An account is
//! any name: "anna@example.org", "second factor staff/12"; it need not exist, so that the answers tell nothing.

use std::net::IpAddr;

use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;

use crate::platform::base::{Failed, Message, Moment, Refusal, household, subnet};
use crate::platform::db::{self, Conn};
use crate::platform::schema::sign_in_failures;

/// Wrong guesses an account may have before it must wait.
const ACCOUNT_TRIES: usize = 5;
/// Attempts from one address within [`WINDOW`].
const ADDRESS_TRIES: i64 = 20;
/// Attempts from one network, a /24 or a /48, within [`WINDOW`]: whoever changes addresses all the time is one guesser.
const NETWORK_TRIES: i64 = 100;
const WINDOW: Duration = Duration::minutes(15);
/// No wait is longer than this, so that nobody can lock staff out for a day.
const LONGEST: Duration = Duration::hours(1);
/// How long failures are remembered.
const KEPT: Duration = Duration::days(1);

/// Too many attempts, by account, address or network; says how long to wait.
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
    let (account, from) = (account.to_string(), Source::of(address));
    db::transaction(conn, async |tx: &mut Conn| {
        // Always in this order: two attempts never wait for each other.
        for (kind, key) in [("account", &account), ("address", &from.address), ("network", &from.network)] {
            hold(tx, kind, key).await?;
        }
        let until = account_waits(tx, &account, now).await?.max(source_waits(tx, &from, now).await?);
        if let Some(until) = until.filter(|until| *until > now) {
            return Err(Throttled { wait: until - now }.into());
        }
        let id = diesel::insert_into(sign_in_failures::table)
            .values((
                (sign_in_failures::account.eq(&account), sign_in_failures::at.eq(now)),
                (sign_in_failures::address.eq(&from.address), sign_in_failures::network.eq(&from.network)),
            ))
            .returning(sign_in_failures::id)
            .get_result(tx)
            .await?;
        Ok(Attempt(id))
    })
    .await
}

/// Until when an account waits.
async fn account_waits(tx: &mut Conn, account: &str, now: Moment) -> QueryResult<Option<Moment>> {
    let failures: Vec<Moment> = sign_in_failures::table
        .filter(sign_in_failures::account.eq(account).and(sign_in_failures::at.gt(now - KEPT)))
        .order(sign_in_failures::at.desc())
        .limit(20)
        .select(sign_in_failures::at)
        .load(tx)
        .await?;
    Ok(failures.as_slice().first().map(|last| *last + wait_after(failures.len())))
}

/// Until when an address or its network waits.
async fn source_waits(tx: &mut Conn, from: &Source, now: Moment) -> QueryResult<Option<Moment>> {
    let recent = sign_in_failures::table
        .filter(sign_in_failures::at.gt(now - WINDOW))
        .order(sign_in_failures::at.desc())
        .select(sign_in_failures::at);
    let address = recent.filter(sign_in_failures::address.eq(&from.address)).offset(ADDRESS_TRIES - 1);
    let address: Option<Moment> = address.first(tx).await.optional()?;
    let network = recent.filter(sign_in_failures::network.eq(&from.network)).offset(NETWORK_TRIES - 1);
    let network: Option<Moment> = network.first(tx).await.optional()?;
    Ok(address.max(network).map(|oldest_that_counts| oldest_that_counts + WINDOW))
}

/// The guess was right: the account starts anew, and the address is charged nothing for it.
pub async fn forget(tx: &mut Conn, account: &str, attempt: Attempt, now: Moment) -> QueryResult<()> {
    let settled = sign_in_failures::account.eq(account).or(sign_in_failures::id.eq(attempt.0));
    diesel::delete(sign_in_failures::table.filter(settled.or(sign_in_failures::at.lt(now - KEPT)))).execute(tx).await?;
    Ok(())
}

/// The guess was right, and says nothing about who guesses: it is charged for nothing, and the wrong ones before it still count.
pub async fn take_back(conn: &mut Conn, attempt: Attempt) -> QueryResult<()> {
    diesel::delete(sign_in_failures::table.find(attempt.0)).execute(conn).await?;
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
    db::sql("select pg_advisory_xact_lock(hashtextextended($1, 0))").bind::<Text, _>(name).execute(tx).await?;
    Ok(())
}

/// How long an account waits after so many failures in a row: nothing, then 15 minutes, doubling up to an hour.
fn wait_after(failures: usize) -> Duration {
    match failures.checked_sub(ACCOUNT_TRIES) {
        None => Duration::zero(),
        Some(more) => (WINDOW * (1 << more.min(8))).min(LONGEST),
    }
}

/// Where an attempt comes from, as it is counted.
struct Source {
    address: String,
    network: String,
}

impl Source {
    /// What is no address, as in tests without a socket, is an address and a network of its own.
    fn of(address: &str) -> Source {
        match address.parse::<IpAddr>() {
            Ok(ip) => Source { address: household(ip).to_string(), network: subnet(ip).to_string() },
            Err(_) => Source { address: address.to_owned(), network: address.to_owned() },
        }
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
        let address = |text: &str| Source::of(text).address;
        assert_eq!(address("2001:db8:1:2:aaaa::1"), address("2001:db8:1:2:bbbb::2"));
        assert_ne!(address("2001:db8:1:2::1"), address("2001:db8:1:3::1"));
        assert_eq!(address("::ffff:192.0.2.1"), "192.0.2.1");
        assert_eq!(Source::of("2001:db8:1:2::1").network, Source::of("2001:db8:1:3::1").network);
    }
}
