//! The change feed: nothing that commits late is missed, and caches drop within a second.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use barrow::platform::db::{self, Conn};
use barrow::platform::feed::{self, Change, Listener, Place, Subject};
use diesel_async::SimpleAsyncConnection;
use rocket::tokio::sync::watch;
use rocket::tokio::time::sleep;

use crate::world::TestShop;

/// Writes down what it hears.
#[derive(Default)]
struct Notes(Mutex<Vec<Change>>);

impl Notes {
    fn taken(&self) -> Vec<Change> {
        self.0.lock().expect("notes").clone()
    }
}

impl Listener for Notes {
    fn hear(&self, change: &Change) {
        self.0.lock().expect("notes").push(*change);
    }
}

async fn product(conn: &mut Conn, id: i64) {
    feed::tell(conn, Subject::Product, Some(id)).await.expect("told");
}

fn ids(changes: &[Change]) -> Vec<i64> {
    changes.iter().filter_map(|change| change.id).collect()
}

#[rocket::async_test]
async fn a_change_that_commits_late_is_read_after_one_that_committed_early() {
    let shop = TestShop::open().await;
    let (client, driver) = db::connect(shop.shop.db.url()).await.expect("connects");
    rocket::tokio::spawn(driver);
    let mut place = Place::now(&client).await.expect("a place");

    let mut slow = shop.conn().await;
    slow.batch_execute("begin").await.expect("begins");
    product(&mut slow, 1).await;
    product(&mut *shop.conn().await, 2).await;
    assert_eq!(ids(&place.read(&client).await.expect("reads")), [2]);
    assert_eq!(ids(&place.read(&client).await.expect("reads")), [] as [i64; 0]);

    slow.batch_execute("commit").await.expect("commits");
    assert_eq!(ids(&place.read(&client).await.expect("reads")), [1]);
    assert_eq!(ids(&place.read(&client).await.expect("reads")), [] as [i64; 0]);
}

#[rocket::async_test]
async fn listeners_hear_of_a_commit_within_a_second_and_stop_when_told() {
    let shop = TestShop::open().await;
    let notes = Arc::new(Notes::default());
    let (stop, stopped) = watch::channel(false);
    let tail = feed::spawn(shop.shop.direct_url().to_owned(), vec![notes.clone()], stopped);
    wait_for(|| notes.taken().iter().any(|change| change.subject == Subject::Everything)).await;

    let begun = Instant::now();
    product(&mut *shop.conn().await, 7).await;
    wait_for(|| ids(&notes.taken()).contains(&7)).await;
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());

    stop.send(true).expect("somebody listens");
    tail.await.expect("ends by itself");
}

#[rocket::async_test]
async fn a_lost_connection_comes_back_and_everything_counts_as_changed() {
    let shop = TestShop::open().await;
    let notes = Arc::new(Notes::default());
    let (_stop, stopped) = watch::channel(false);
    feed::spawn(shop.shop.direct_url().to_owned(), vec![notes.clone()], stopped);
    let times = |notes: &Notes| notes.taken().iter().filter(|change| change.subject == Subject::Everything).count();
    wait_for(|| times(&notes) == 1).await;
    // Again and again: the connection may be in the middle of another statement.
    for _ in 0..50 {
        shop.sql(
            "select pg_terminate_backend(pid) from pg_stat_activity
              where datname = current_database() and query ilike '%pg_snapshot_xmin%' and pid <> pg_backend_pid()",
        )
        .await;
        sleep(Duration::from_millis(200)).await;
        if times(&notes) >= 2 {
            break;
        }
    }
    wait_for(|| times(&notes) >= 2).await;
    product(&mut *shop.conn().await, 9).await;
    wait_for(|| ids(&notes.taken()).contains(&9)).await;
}

#[rocket::async_test]
async fn the_frame_of_a_page_follows_the_settings() {
    let shop = TestShop::open().await;
    let (_stop, stopped) = watch::channel(false);
    feed::spawn(shop.shop.direct_url().to_owned(), shop.shop.listeners(), stopped);
    let name = async || shop.shop.facts.get(&shop.shop.db).await.expect("a frame").shop.name.clone();
    assert_ne!(name().await, "Under the lime tree");
    shop.sql("begin; update settings set shop_name = 'Under the lime tree'; insert into change_feed (subject) values ('settings'); commit").await;
    let begun = Instant::now();
    while name().await != "Under the lime tree" {
        assert!(begun.elapsed() < Duration::from_secs(5), "the frame keeps the old name");
        sleep(Duration::from_millis(20)).await;
    }
}

#[rocket::async_test]
async fn old_rows_are_pruned() {
    let shop = TestShop::open().await;
    shop.sql("delete from change_feed; insert into change_feed (subject, at) values ('product', now() - interval '61 minutes'), ('product', now())").await;
    let removed = feed::prune(&mut *shop.conn().await, shop.now()).await.expect("pruned");
    assert_eq!((removed, shop.number("select count(*) from change_feed").await), (1, 1));
}

async fn wait_for(done: impl Fn() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(begun.elapsed() < Duration::from_secs(10), "waited in vain");
        sleep(Duration::from_millis(20)).await;
    }
}
