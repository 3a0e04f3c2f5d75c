//! Who shares an address: one household or server, and the network that it stands in.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What counts as one visitor: an IPv4 address, or the /64 that one household or server has in IPv6.
pub fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from(u128::from(v6) & !u128::from(u64::MAX))),
        v4 => v4,
    }
}

/// The network of an address: the /24 of IPv4, the /48 of IPv6, which is what one customer of a provider is given.
pub fn subnet(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            IpAddr::V4(Ipv4Addr::new(a, b, c, 0))
        }
        IpAddr::V6(v6) => {
            let [a, b, c, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn households_and_subnets() {
        assert_eq!(household(ip("2001:db8:1:2:aaaa::1")), household(ip("2001:db8:1:2:bbbb::2")));
        assert_ne!(household(ip("2001:db8:1:2::1")), household(ip("2001:db8:1:3::1")));
        assert_eq!(household(ip("::ffff:192.0.2.1")), ip("192.0.2.1"));
        assert_eq!(subnet(ip("192.0.2.77")), ip("192.0.2.0"));
        assert_eq!(subnet(ip("::ffff:192.0.2.77")), ip("192.0.2.0"));
        assert_eq!(subnet(ip("2001:db8:1:2::1")), subnet(ip("2001:db8:1:ff00::9")));
        assert_ne!(subnet(ip("2001:db8:1::1")), subnet(ip("2001:db8:2::1")));
    }
}
