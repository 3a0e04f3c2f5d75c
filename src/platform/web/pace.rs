//! How often one address, and one network, may write: buckets that refill evenly (governor's GCRA), in the memory of this process.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::platform::base::{household, subnet};

/// A network may write as often as so many addresses.
const NETWORK: u32 = 10;
/// After so many writes, buckets that are full again are forgotten.
const SWEEP: u32 = 1024;

type Buckets<C> = RateLimiter<IpAddr, DashMapStateStore<IpAddr>, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// Counts the writes of each address and of each network; without buckets everything passes.
pub struct Pace<C: Clock = DefaultClock> {
    buckets: Option<(Buckets<C>, Buckets<C>)>,
    asked: AtomicU32,
}

impl Pace {
    /// Lets an address write so often a minute on average, and half of that at once; 0: as often as it likes.
    pub fn per_minute(writes: u32) -> Pace {
        Pace::by(writes, &DefaultClock::default())
    }
}

impl<C: Clock + Clone> Pace<C> {
    fn by(writes: u32, clock: &C) -> Pace<C> {
        let buckets = |times: u32| {
            let each = NonZeroU32::new(writes.saturating_mul(times))?;
            let full = NonZeroU32::new(each.get() / 2).unwrap_or(NonZeroU32::MIN);
            Some(RateLimiter::dashmap_with_clock(Quota::per_minute(each).allow_burst(full), clock.clone()))
        };
        Pace { buckets: buckets(1).zip(buckets(NETWORK)), asked: AtomicU32::new(0) }
    }

    /// Takes a token of this address and of its network, or says how many seconds to wait for one. This machine itself never waits: a
    /// proxy whose visitors we are not told of must not be held up as if it were one of them.
    pub fn wait(&self, address: IpAddr) -> Option<u64> {
        let (addresses, networks) = self.buckets.as_ref().filter(|_| !address.is_loopback())?;
        if self.asked.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            addresses.retain_recent();
            networks.retain_recent();
        }
        let of = |buckets: &Buckets<C>, key: IpAddr| {
            let refused = buckets.check_key(&key).err()?;
            Some(refused.wait_time_from(buckets.clock().now()).as_secs() + 1)
        };
        of(networks, subnet(address)).or_else(|| of(addresses, household(address)))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use governor::clock::FakeRelativeClock;

    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn a_bucket_empties_and_refills_for_each_address() {
        let clock = FakeRelativeClock::default();
        let pace = Pace::by(60, &clock);
        let [one, other] = [ip("203.0.113.7"), ip("203.0.113.8")];
        assert!((0..30).all(|_| pace.wait(one).is_none()));
        assert_eq!(pace.wait(one), Some(2));
        assert_eq!(pace.wait(other), None);
        clock.advance(Duration::from_millis(1100));
        assert_eq!(pace.wait(one), None);
        assert!(pace.wait(one).is_some());
    }

    #[test]
    fn a_household_shares_its_bucket_and_loopback_has_none() {
        let pace = Pace::by(2, &FakeRelativeClock::default());
        assert_eq!(pace.wait(ip("2001:db8::1")), None);
        assert!(pace.wait(ip("2001:db8::2")).is_some());
        assert!((0..9).all(|_| pace.wait(ip("127.0.0.1")).is_none()));
        assert!((0..9).all(|_| Pace::per_minute(0).wait(ip("203.0.113.7")).is_none()));
    }

    #[test]
    fn a_network_waits_when_its_addresses_take_turns() {
        let clock = FakeRelativeClock::default();
        let pace = Pace::by(20, &clock);
        let crowd = (0..=255_u8).map(|last| pace.wait(IpAddr::from([203, 0, 113, last])));
        assert_eq!(crowd.filter(Option::is_none).count(), 100);
        assert_eq!(pace.wait(ip("198.51.100.1")), None, "others do not notice");
        clock.advance(Duration::from_secs(60));
        assert_eq!(pace.wait(ip("203.0.113.9")), None);
    }
}
