//! Everything that one process of the shop holds, made once at start and handed to the server, the jobs and the commands.

use std::sync::Arc;

use crate::platform::base::Clock;
use crate::platform::config::Config;
use crate::platform::db::Db;
use crate::platform::feed::Listener;
use crate::platform::shell::Facts;

/// One process's handles; cheap to clone.
#[derive(Clone)]
pub struct Shop {
    pub config: Config,
    pub db: Db,
    pub clock: Clock,
    pub facts: Facts,
}

impl Shop {
    pub fn new(config: Config, db: Db) -> Shop {
        Shop { config, db, clock: Clock::default(), facts: Facts::default() }
    }

    /// Who must hear what the change feed says.
    pub fn listeners(&self) -> Vec<Arc<dyn Listener>> {
        vec![Arc::new(self.facts.clone())]
    }
}
