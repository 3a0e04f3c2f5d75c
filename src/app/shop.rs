//! Everything that one process of the shop holds, made once at start and handed to the server, the jobs and the commands.

use std::sync::Arc;

use anyhow::Context;

use crate::engines::payments::Gateways;
use crate::engines::tax::Registers;
use crate::features::catalog::{Signposts, Window};
use crate::platform::base::Clock;
use crate::platform::config::Config;
use crate::platform::db::Db;
use crate::platform::feed::{Listener, News};
use crate::platform::mail::Post;
use crate::platform::media::Store;
use crate::platform::shell::{Facts, Pages};
use crate::platform::vault::Vault;

/// One process's handles; cheap to clone.
#[derive(Clone)]
pub struct Shop {
    pub config: Config,
    pub db: Db,
    pub clock: Clock,
    pub facts: Facts,
    /// The way mail goes out.
    pub post: Post,
    /// Where the pictures lie.
    pub store: Store,
    /// Secrets that must be read again.
    pub vault: Vault,
    /// What the change feed said, for whatever is kept in memory.
    pub news: News,
    pub pages: Pages,
    pub window: Window,
    pub signposts: Signposts,
    pub gateways: Gateways,
    /// Who knows VAT ids.
    pub registers: Registers,
}

impl Shop {
    /// Takes hold of everything; `config.data` is the shop's folder, whoever named it.
    ///
    /// # Errors
    /// A folder or a bucket for pictures that cannot be opened, an `SMTP_URL` or keys that cannot be read.
    pub fn new(config: Config, db: Db) -> anyhow::Result<Shop> {
        let folder = config.data.as_ref().context("BARROW_DATA must name the shop's folder")?;
        let store = Store::open(&config, &folder.join("files"))?;
        let post = Post::open(&config)?;
        let vault = Vault::open(&config, &folder.join("secrets"))?;
        let news = News::default();
        let (pages, window) = (Pages::new(news.clone()), Window::new(news.clone()));
        let signposts = Signposts::new(news.clone());
        let clock = Clock::default();
        let (gateways, registers) = (Gateways::new(&db, &clock, &config), Registers::new(&config));
        Ok(Shop {
            config,
            db,
            clock,
            facts: Facts::default(),
            post,
            store,
            vault,
            news,
            pages,
            window,
            signposts,
            gateways,
            registers,
        })
    }

    /// The database past a pooler: for LISTEN and jobs.
    pub fn direct_url(&self) -> &str {
        self.config.database_direct_url.as_deref().unwrap_or_else(|| self.db.url())
    }

    /// Who must hear what the change feed says.
    pub fn listeners(&self) -> Vec<Arc<dyn Listener>> {
        vec![Arc::new(self.facts.clone()), Arc::new(self.news.clone())]
    }
}
