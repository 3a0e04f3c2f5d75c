//! Who is inside: by the port under which the server sees him, and how many connections each address has.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::platform::base::household;

/// The book of those inside; cheap to clone.
#[derive(Clone, Default)]
pub struct Visitors(Arc<Mutex<Book>>);

#[derive(Default)]
struct Book {
    behind: HashMap<u16, IpAddr>,
    connections: HashMap<IpAddr, usize>,
    all: usize,
}

impl Visitors {
    /// Whose connection the server sees under a port of the loopback.
    pub fn behind(&self, port: u16) -> Option<IpAddr> {
        self.book().behind.get(&port).copied()
    }

    /// Writes somebody in, unless his address (`most`; 0: any number) or all together have enough connections.
    pub(super) fn come(&self, address: IpAddr, most: usize, in_all: usize) -> Option<Stay> {
        let mut book = self.book();
        let held = book.connections.get(&household(address)).copied().unwrap_or_default();
        if book.all >= in_all || (most > 0 && held >= most) {
            return None;
        }
        book.all += 1;
        book.connections.insert(household(address), held + 1);
        drop(book);
        Some(Stay { visitors: self.clone(), address, port: None })
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One connection of somebody; written out of the book when it ends.
pub(super) struct Stay {
    visitors: Visitors,
    address: IpAddr,
    port: Option<u16>,
}

impl Stay {
    pub fn address(&self) -> IpAddr {
        self.address
    }

    pub fn known_by(&mut self, port: u16) {
        self.visitors.book().behind.insert(port, self.address);
        self.port = Some(port);
    }
}

impl Drop for Stay {
    fn drop(&mut self) {
        let mut book = self.visitors.book();
        if let Some(port) = self.port {
            book.behind.remove(&port);
        }
        book.all -= 1;
        let house = household(self.address);
        match book.connections.get_mut(&house) {
            Some(held) if *held > 1 => *held -= 1,
            _ => drop(book.connections.remove(&house)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_has_its_share_and_gives_it_back() {
        let visitors = Visitors::default();
        let [one, other]: [IpAddr; 2] = ["203.0.113.7".parse().expect("ip"), "2001:db8::1".parse().expect("ip")];
        let mut first = visitors.come(one, 2, 4).expect("room");
        let second = visitors.come(one, 2, 4).expect("room");
        assert!(visitors.come(one, 2, 4).is_none());
        first.known_by(4711);
        assert_eq!(visitors.behind(4711), Some(one));
        drop(first);
        assert_eq!(visitors.behind(4711), None);
        let _third = visitors.come(one, 2, 4).expect("room again");
        let _fourth = visitors.come(other, 1, 4).expect("room");
        assert!(visitors.come("2001:db8::2".parse().expect("ip"), 1, 4).is_none(), "one household");
        let _fifth = visitors.come(one, 0, 4).expect("any number");
        assert!(visitors.come(one, 0, 4).is_none(), "full");
        drop(second);
    }
}
