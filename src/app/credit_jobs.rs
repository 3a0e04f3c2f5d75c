//! What the background does for gift cards: issuing those that were sold, and their mails.

use serde::{Deserialize, Serialize};

use super::shop::Shop;
use crate::features::gift_cards::{commands, emails};
use crate::platform::base::{Broke, CreditAccountId, OrderId};
use crate::platform::jobs::{Crew, Work};

/// The crew with those who work for gift cards.
pub fn join(crew: Crew<Shop>) -> Crew<Shop> {
    crew.does::<IssueGiftCards>().does::<WriteGiftCard>()
}

/// Issues the gift cards that a paid order sold.
#[derive(Serialize, Deserialize)]
pub struct IssueGiftCards {
    pub order: OrderId,
}

impl Work<Shop> for IssueGiftCards {
    const NAME: &'static str = "issue_gift_cards";

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        commands::issue_sold(&mut *shop.db.get().await?, &shop.vault, self.order, shop.clock.now()).await
    }
}

/// Writes the mail with the way to a gift card.
#[derive(Serialize, Deserialize)]
pub struct WriteGiftCard {
    pub card: CreditAccountId,
    pub sending: i32,
}

impl Work<Shop> for WriteGiftCard {
    const NAME: &'static str = "write_gift_card";

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        emails::write(&mut *shop.db.get().await?, self.card, self.sending, &shop.config, shop.clock.now()).await
    }
}
