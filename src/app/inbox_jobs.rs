//! What the background does for the inbox: mails of answers, conversations that wake, and what goes with customers.

use serde::{Deserialize, Serialize};

use super::shop::Shop;
use crate::features::messages::{commands, emails, files};
use crate::platform::base::{Broke, CustomerId, Failed, MessageId, Never, OrBreak};
use crate::platform::db::{self, Conn};
use crate::platform::jobs::{Crew, Work};

/// The crew with those who work for the inbox.
pub fn join(crew: Crew<Shop>) -> Crew<Shop> {
    crew.does::<WriteAnswer>()
        .does::<RemoveMessageFiles>()
        .does::<HandOverMessages>()
        .does_every::<WakeConversations>("* * * * *")
}

/// Writes the mail of an answer.
#[derive(Serialize, Deserialize)]
pub struct WriteAnswer {
    pub message: MessageId,
}

impl Work<Shop> for WriteAnswer {
    const NAME: &'static str = commands::WRITE_ANSWER;

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        emails::write(&mut *shop.db.get().await?, self.message, &shop.config).await
    }
}

/// Opens what was put off until now: queued for that moment, and every minute for whatever slipped.
#[derive(Serialize, Deserialize)]
pub struct WakeConversations {}

impl Work<Shop> for WakeConversations {
    const NAME: &'static str = commands::WAKE;

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        commands::wake_due(&mut *shop.db.get().await?, shop.clock.now()).await?;
        Ok(())
    }
}

/// Removes files of messages that are gone.
#[derive(Serialize, Deserialize)]
pub struct RemoveMessageFiles {
    pub places: Vec<String>,
}

impl Work<Shop> for RemoveMessageFiles {
    const NAME: &'static str = commands::REMOVE_FILES;

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        files::remove(&shop.store, &self.places).await
    }
}

/// Gives the conversation of one customer to the one that they became.
#[derive(Serialize, Deserialize)]
pub struct HandOverMessages {
    pub from: CustomerId,
    pub into: CustomerId,
}

impl Work<Shop> for HandOverMessages {
    const NAME: &'static str = "hand_over_messages";

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        let mut conn = shop.db.get().await?;
        let act = async |tx: &mut Conn| -> Result<(), Failed<Never>> { Ok(commands::hand_over(tx, self.from, self.into).await?) };
        db::transaction(&mut conn, act).await.or_break().map(|done| done.unwrap_or_else(|never| match never {}))
    }
}
