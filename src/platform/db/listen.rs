//! A connection of one's own that hears what PostgreSQL notifies on a channel.

use futures::future::poll_fn;
use tokio::sync::mpsc::{self, Receiver, error::TrySendError};
use tokio_postgres::{AsyncMessage, Client};

use super::connect;

/// A connection that listens; it also answers queries.
pub struct Listening {
    pub client: Client,
    heard: Receiver<()>,
}

/// Connects past a pooler and listens to a channel.
///
/// # Errors
/// As [`connect`].
pub async fn listen(url: &str, channel: &str) -> anyhow::Result<Listening> {
    let (client, mut driver) = connect(url).await?;
    let (tell, heard) = mpsc::channel(1);
    tokio::spawn(async move {
        while let Some(Ok(message)) = poll_fn(|context| driver.poll_message(context)).await {
            // A full channel already says that there is something to read.
            if matches!(message, AsyncMessage::Notification(_)) && matches!(tell.try_send(()), Err(TrySendError::Closed(()))) {
                tracing::trace!("nobody waits for notifications any more");
            }
        }
    });
    client.batch_execute(&format!("listen \"{channel}\"")).await?;
    Ok(Listening { client, heard })
}

impl Listening {
    /// Waits until something was notified since the last call; `None` when the connection is lost.
    pub async fn heard(&mut self) -> Option<()> {
        self.heard.recv().await
    }
}
