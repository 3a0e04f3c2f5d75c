//! What the test card does later: decide, and write to the shop.

use serde::{Deserialize, Serialize};

use super::acts;
use crate::app::shop::Shop;
use crate::app::webhooks;
use crate::engines::payments::Method;
use crate::engines::payments::test_card::{bank, header};
use crate::platform::base::Broke;
use crate::platform::jobs::Work;

/// The bank that took its time says yes.
#[derive(Serialize, Deserialize)]
pub struct TestCardDecides {
    pub reference: String,
}

impl Work<Shop> for TestCardDecides {
    const NAME: &'static str = "test_card_decides";

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        acts::decide(&mut *shop.db.get().await?, &self.reference, true, shop.clock.now()).await
    }
}

/// Tells the shop that something happened to a charge, as any gateway would: in a signed letter to its webhook.
#[derive(Serialize, Deserialize)]
pub struct TestCardNotifies {
    pub reference: String,
}

impl Work<Shop> for TestCardNotifies {
    const NAME: &'static str = "test_card_notifies";

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        let secret = bank::secret(&mut *shop.db.get().await?).await?;
        let body = serde_json::json!({ "type": "charge.updated", "reference": self.reference }).to_string();
        let now = shop.clock.now();
        let signature = header(&secret, body.as_bytes(), now);
        let answer = webhooks::receive(&shop.db, &shop.gateways, Method::TestCard, &signature, body.as_bytes(), now).await?;
        answer.map_err(|refused| anyhow::anyhow!("the shop did not believe its test card: {refused:?}").into())
    }
}
