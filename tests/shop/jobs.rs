//! Background jobs: added with their transaction, done once, tried again, handed over.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use barrow::platform::base::{Broke, Failed, Never};
use barrow::platform::db;
use barrow::platform::jobs::{self, Crew, Job, Work};
use rocket::tokio::sync::watch;
use rocket::tokio::time::sleep;
use serde::{Deserialize, Serialize};

use crate::world::TestShop;

type Count = Arc<AtomicUsize>;

#[derive(Serialize, Deserialize)]
struct CountTo {
    more: usize,
    again: bool,
}

impl Work<(Count, db::Db)> for CountTo {
    const NAME: &'static str = "count_to";

    async fn run(self, (count, db): (Count, db::Db)) -> Result<(), Broke> {
        count.fetch_add(self.more, Ordering::SeqCst);
        if self.again {
            let next = Job::of(&CountTo { more: 100, again: false });
            jobs::add(&mut *db.get().await?, next).await?;
        }
        Ok(())
    }
}

/// Writes a digit behind those that were written before.
#[derive(Serialize, Deserialize)]
struct WriteDigit(usize);

impl Work<(Count, db::Db)> for WriteDigit {
    const NAME: &'static str = "write_digit";

    async fn run(self, (count, _): (Count, db::Db)) -> Result<(), Broke> {
        count.store(count.load(Ordering::SeqCst) * 10 + self.0, Ordering::SeqCst);
        Ok(())
    }
}

#[derive(Serialize, Deserialize)]
struct Breaks {}

impl Work<(Count, db::Db)> for Breaks {
    const NAME: &'static str = "breaks";

    async fn run(self, _: (Count, db::Db)) -> Result<(), Broke> {
        Err(anyhow::anyhow!("the cup fell down").into())
    }
}

fn crew(shop: &TestShop) -> (Crew<(Count, db::Db)>, Count) {
    let count = Count::default();
    (Crew::new((count.clone(), shop.shop.db.clone())).does::<CountTo>().does::<WriteDigit>().does::<Breaks>(), count)
}

fn job(more: usize) -> Job {
    Job::of(&CountTo { more, again: false })
}

#[rocket::async_test]
async fn all_that_is_due_is_done_and_what_it_causes_too() {
    let shop = TestShop::open().await;
    let (crew, count) = crew(&shop);
    let later = shop.now() + chrono::Duration::hours(1);
    let all = vec![job(1), job(2), Job::of(&CountTo { more: 4, again: true }), job(1000).at(later)];
    jobs::add_all(&mut *shop.conn().await, all).await.expect("added");
    crew.run_all_now(shop.shop.direct_url()).await.expect("done");
    assert_eq!(count.load(Ordering::SeqCst), 107);
}

#[rocket::async_test]
async fn what_may_wait_lets_the_others_go_first_however_long_it_has_waited() {
    let shop = TestShop::open().await;
    let (crew, digits) = crew(&shop);
    let mut conn = shop.conn().await;
    jobs::add_all(&mut conn, vec![Job::of(&WriteDigit(3)).last(), Job::of(&WriteDigit(4)).last()]).await.expect("added");
    jobs::add_all(&mut conn, vec![Job::of(&WriteDigit(1)), Job::of(&WriteDigit(2))]).await.expect("added");
    crew.run_all_now(shop.shop.direct_url()).await.expect("done");
    assert_eq!(digits.load(Ordering::SeqCst), 1234);
}

#[rocket::async_test]
async fn a_job_exists_only_when_its_transaction_commits_and_a_key_only_once() {
    let shop = TestShop::open().await;
    let (crew, count) = crew(&shop);
    let mut conn = shop.conn().await;
    let rolled_back: Result<(), Failed<Never>> = db::transaction(&mut conn, async |tx: &mut db::Conn| {
        jobs::add(tx, job(1)).await?;
        Err(anyhow::anyhow!("no").into())
    })
    .await;
    assert!(rolled_back.is_err());
    jobs::add(&mut conn, job(10).keyed("same")).await.expect("added");
    jobs::add(&mut conn, job(20).keyed("same")).await.expect("added");
    crew.run_all_now(shop.shop.direct_url()).await.expect("done");
    assert_eq!(count.load(Ordering::SeqCst), 20);
}

#[rocket::async_test]
async fn what_breaks_is_named_and_stays_in_the_queue() {
    let shop = TestShop::open().await;
    let (crew, count) = crew(&shop);
    jobs::add_all(&mut *shop.conn().await, vec![Job::of(&Breaks {}), job(1)]).await.expect("added");
    let error = crew.run_all_now(shop.shop.direct_url()).await.expect_err("one breaks").to_string();
    assert!(error.contains("breaks: ") && error.contains("the cup fell down"), "{error}");
    assert_eq!(count.load(Ordering::SeqCst), 1);
    assert_eq!(shop.number("select count(*) from graphile_worker._private_jobs where run_at > now()").await, 1);
}

#[rocket::async_test]
async fn a_running_crew_works_at_once_survives_a_lost_database_and_stops_when_told() {
    let shop = TestShop::open().await;
    let (crew, count) = crew(&shop);
    let (stop, stopped) = watch::channel(false);
    let url = shop.shop.direct_url().to_owned();
    let running = rocket::tokio::spawn(async move { crew.run(&url, stopped).await });
    sleep(Duration::from_millis(500)).await;
    jobs::add(&mut *shop.conn().await, job(1)).await.expect("added");
    until(&count, 1, Duration::from_secs(15)).await;

    let kill =
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
    let (client, driver) = db::connect(shop.shop.db.url()).await.expect("connects");
    rocket::tokio::spawn(driver);
    client.batch_execute(kill).await.expect("killed");
    client.batch_execute(r#"select graphile_worker.add_job('count_to', '{"more": 10, "again": false}')"#).await.expect("added");
    until(&count, 11, Duration::from_secs(15)).await;

    stop.send(true).expect("somebody works");
    rocket::tokio::time::timeout(Duration::from_secs(5), running).await.expect("stops").expect("does not panic");
}

async fn until(count: &Count, wanted: usize, patience: Duration) {
    let begun = Instant::now();
    while count.load(Ordering::SeqCst) != wanted {
        assert!(begun.elapsed() < patience, "{} instead of {wanted}", count.load(Ordering::SeqCst));
        sleep(Duration::from_millis(20)).await;
    }
}
