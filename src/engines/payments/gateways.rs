//! The gateways of this process, by method.

use super::gateway::Gateway;
use super::model::Method;
use super::offline::{BankTransfer, CashOnDelivery, Credit};
use super::test_card::TestCard;
use crate::platform::base::Clock;
use crate::platform::config::Config;
use crate::platform::db::Db;

/// Knows the way to every gateway; cheap to clone.
#[derive(Clone)]
pub struct Gateways {
    test_card: TestCard,
}

impl Gateways {
    pub fn new(db: &Db, clock: &Clock, config: &Config) -> Gateways {
        Gateways { test_card: TestCard::new(db.clone(), clock.clone(), config.clone()) }
    }

    /// The gateway that takes this kind of payment.
    pub fn of(&self, method: Method) -> Box<dyn Gateway> {
        match method {
            Method::BankTransfer => Box::new(BankTransfer),
            Method::CashOnDelivery => Box::new(CashOnDelivery),
            Method::TestCard => Box::new(self.test_card.clone()),
            Method::GiftCard | Method::StoreCredit => Box::new(Credit(method)),
        }
    }

    /// All that can be asked what they hold.
    pub fn with_books(&self) -> [Box<dyn Gateway>; 1] {
        [Box::new(self.test_card.clone())]
    }
}
