//! The world itself: a shop opens on a database of its own.

use barrow::platform::base::{Failed, Never};
use barrow::platform::{db, settings};
use diesel_async::RunQueryDsl;

use crate::world::TestShop;

#[rocket::async_test]
async fn a_shop_opens_on_a_database_of_its_own() {
    let (one, other) = (TestShop::open().await, TestShop::open().await);
    one.sql("update settings set shop_name = 'One'").await;
    assert_eq!(name(&one).await, "One");
    assert_ne!(name(&other).await, "One");
}

#[rocket::async_test]
async fn a_transaction_that_breaks_leaves_nothing() {
    let shop = TestShop::open().await;
    let mut conn = shop.conn().await;
    let gone = String::from("Gone");
    let done = rocket::tokio::spawn(async move {
        db::transaction(&mut conn, async |tx| -> Result<(), Failed<Never>> {
            diesel::sql_query(format!("update settings set shop_name = '{gone}'")).execute(tx).await?;
            Err(anyhow::anyhow!("broken").into())
        })
        .await
    });
    assert!(done.await.expect("no panic").is_err());
    assert_ne!(name(&shop).await, "Gone");
}

async fn name(shop: &TestShop) -> String {
    let mut conn = shop.conn().await;
    settings::queries::facts(&mut conn).await.expect("facts").name
}
