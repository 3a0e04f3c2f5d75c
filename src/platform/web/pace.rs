//! How often one address may write: a bucket of tokens that refills evenly.

use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use moka::sync::Cache;

/// Addresses remembered at a time; the rarest are forgotten first.
const ADDRESSES: u64 = 100_000;

/// Counts the writes of each address.
pub struct Pace {
    /// Time one write takes from the bucket; zero lets everything pass.
    each: Duration,
    /// How much time a full bucket holds.
    full: Duration,
    /// When each address's bucket will be full again.
    filled: Cache<IpAddr, Arc<Mutex<Instant>>>,
}

impl Pace {
    /// Lets an address write so often a minute on average, and half of that at once; 0: as often as it likes.
    pub fn per_minute(writes: u32) -> Pace {
        let each = Duration::from_secs(60).checked_div(writes).unwrap_or_default();
        let filled = Cache::builder().max_capacity(ADDRESSES).time_to_idle(Duration::from_secs(120)).build();
        Pace { each, full: each * (writes / 2).max(1), filled }
    }

    /// Takes a token of this address, or says how many seconds to wait for one. This machine itself never waits: a proxy whose
    /// visitors we are not told of must not be held up as if it were one of them.
    pub fn wait(&self, address: IpAddr) -> Option<u64> {
        self.wait_at(address, Instant::now())
    }

    fn wait_at(&self, address: IpAddr, now: Instant) -> Option<u64> {
        if self.each.is_zero() || address.is_loopback() {
            return None;
        }
        let bucket = self.filled.get_with(household(address), || Arc::new(Mutex::new(now)));
        let mut filled = bucket.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let after = (*filled).max(now) + self.each;
        let over = (after - now).checked_sub(self.full).filter(|over| !over.is_zero());
        match over {
            Some(over) => Some(over.as_secs() + 1),
            None => {
                *filled = after;
                None
            }
        }
    }
}

/// Who has one IPv6 address has 2⁶⁴ of them.
pub(super) fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_refills_for_each_address() {
        let (pace, now) = (Pace::per_minute(60), Instant::now());
        let [one, other]: [IpAddr; 2] = ["203.0.113.7".parse().expect("ip"), "203.0.113.8".parse().expect("ip")];
        assert!((0..30).all(|_| pace.wait_at(one, now).is_none()));
        assert_eq!(pace.wait_at(one, now), Some(2));
        assert_eq!(pace.wait_at(other, now), None);
        assert_eq!(pace.wait_at(one, now + Duration::from_millis(1100)), None);
        assert!(pace.wait_at(one, now + Duration::from_millis(1100)).is_some());
    }

    #[test]
    fn a_household_shares_its_bucket_and_loopback_has_none() {
        let (pace, now) = (Pace::per_minute(2), Instant::now());
        assert_eq!(pace.wait_at("2001:db8::1".parse().expect("ip"), now), None);
        assert!(pace.wait_at("2001:db8::2".parse().expect("ip"), now).is_some());
        assert!((0..9).all(|_| pace.wait_at("127.0.0.1".parse().expect("ip"), now).is_none()));
        assert!((0..9).all(|_| Pace::per_minute(0).wait_at("203.0.113.7".parse().expect("ip"), now).is_none()));
    }
}
