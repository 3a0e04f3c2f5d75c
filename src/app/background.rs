//! What runs beside the server: the reader of the change feed, and the jobs.

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::jobs;
use super::shop::Shop;
use crate::platform::feed;

/// The tasks of one process; they go on when the database is away, and wait for it.
pub struct Background {
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Background {
    /// Begins; `url` leads past a pooler.
    pub fn start(shop: &Shop, url: &str) -> Background {
        let (stop, stopped) = watch::channel(false);
        let tail = feed::spawn(url.to_owned(), shop.listeners(), stopped.clone());
        let (crew, url) = (jobs::crew(shop.clone()), url.to_owned());
        let crew = tokio::spawn(async move { crew.run(&url, stopped).await });
        Background { stop, tasks: vec![tail, crew] }
    }

    /// Ends, when the jobs in hand are done or their time is over.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        for task in self.tasks {
            if let Err(error) = task.await {
                tracing::error!("a background task broke: {error}");
            }
        }
    }
}
