//! The world of the tests: a throw-away cluster, a database per shop, visitors with cookies of their own.

mod answer;
mod customer;
mod cluster;
mod server;
mod ledger;
mod shelf;
mod staff;
mod visitor;

use std::sync::Arc;

use barrow::app::shop::Shop;
use barrow::platform::base::Moment;
use barrow::platform::config::Config;
use barrow::platform::db::{Db, Lent};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use rocket::local::asynchronous::Client;

pub use answer::Answer;
pub use cluster::{as_postgres, lend_to_postgres};
#[allow(unused_imports)]
pub use customer::BERLIN;
#[allow(unused_imports)]
pub use server::Running;
#[allow(unused_imports)]
pub use shelf::Shelf;
#[allow(unused_imports)]
pub use staff::totp_code;
#[allow(unused_imports)]
pub use visitor::{Visitor, encode};

/// A shop with an empty catalogue on a database of its own; opened, in USD, selling to the US and Germany.
pub struct TestShop {
    pub shop: Shop,
    pub client: Arc<Client>,
    visitor: Visitor,
}

impl TestShop {
    pub async fn open() -> TestShop {
        TestShop::with(&[]).await
    }

    /// A shop with these variables in its environment.
    pub async fn with(environment: &[(&str, &str)]) -> TestShop {
        TestShop::made(environment, |_| {}).await
    }

    /// A shop with other handles than a running one has: those of a register that is none.
    pub async fn made(environment: &[(&str, &str)], change: impl FnOnce(&mut Shop)) -> TestShop {
        let url = cluster::fresh_database().await;
        let folder = tempfile::tempdir().expect("a folder").keep();
        let config = Config::read(|name| match name {
            "DATABASE_URL" => Some(url.clone()),
            "BARROW_DATA" => Some(folder.display().to_string()),
            "BARROW_DATABASE_POOL" => {
                environment.iter().find(|(key, _)| *key == name).map_or(Some("8".into()), |(_, value)| Some(value.to_string()))
            }
            _ => environment.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()),
        })
        .expect("a good environment");
        let db = Db::open(&url, config.pool_size).expect("a pool");
        let mut shop = Shop::new(config, db).expect("a folder for pictures");
        change(&mut shop);
        let client = Client::untracked(barrow::app::rocket::build(&shop)).await.expect("the server is built");
        let client = Arc::new(client);
        let world = TestShop { shop, visitor: Visitor::new(client.clone()), client };
        world.sql(include_str!("open.sql")).await;
        world
    }

    /// Somebody with cookies of their own.
    #[allow(dead_code)]
    pub fn visitor(&self) -> Visitor {
        Visitor::new(self.client.clone())
    }

    #[allow(dead_code)]
    pub async fn get(&self, path: &str) -> Answer {
        self.visitor.get(path).await
    }

    #[allow(dead_code)]
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.visitor.post(path, fields).await
    }

    pub async fn conn(&self) -> Lent {
        self.shop.db.get().await.expect("a connection")
    }

    /// Runs statements as they are.
    pub async fn sql(&self, statements: &str) {
        self.conn().await.batch_execute(statements).await.expect("good SQL");
    }

    /// The one number that a query gives.
    #[allow(dead_code)]
    pub async fn number(&self, query: &str) -> i64 {
        self.returned(&format!("select coalesce((select * from ({query}) q), 0)::bigint as number")).await
    }

    /// The bigint column `number` that a statement returns.
    pub async fn returned(&self, statement: &str) -> i64 {
        #[derive(diesel::QueryableByName)]
        struct Row {
            #[diesel(sql_type = diesel::sql_types::BigInt)]
            number: i64,
        }
        diesel::sql_query(statement).get_result::<Row>(&mut self.conn().await).await.expect("one number").number
    }

    /// Does all background jobs that are due, and what they cause.
    #[allow(dead_code)]
    pub async fn work(&self) {
        self.try_to_work().await.expect("no job fails");
    }

    #[allow(dead_code)]
    pub async fn try_to_work(&self) -> anyhow::Result<()> {
        barrow::app::jobs::crew(self.shop.clone()).run_all_now(self.shop.direct_url()).await
    }

    #[allow(dead_code)]
    pub fn now(&self) -> Moment {
        self.shop.clock.now()
    }
}

/// Whether the machine has the folder of real catalogues; says so when it has not.
#[allow(dead_code)]
pub fn shared_data(path: &str) -> Option<std::path::PathBuf> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    if !folder.exists() {
        eprintln!("skipped: {} is not here", folder.display());
        return None;
    }
    Some(folder)
}
