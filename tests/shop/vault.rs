//! Sealed secrets: bound to their place, sealed anew under a new key while others go on working.

use barrow::platform::base::{Failed, OrBreak};
use barrow::platform::db::{self, Conn};
use barrow::platform::vault::{Place, Purpose, RotateRefused, Rotated, Secret, Vault};
use rocket::futures::future::join_all;

use crate::world::TestShop;

fn stripe() -> Place {
    Place::new(Purpose::GatewayKey, "stripe")
}

async fn keep(shop: &TestShop, vault: &Vault, place: &Place, secret: &str) {
    try_to_keep(shop, vault, place, secret).await.expect("kept");
}

async fn try_to_keep(shop: &TestShop, vault: &Vault, place: &Place, secret: &str) -> Result<(), Failed<RotateRefused>> {
    let secret = &Secret::new(secret);
    let act = async |tx: &mut Conn| Ok(vault.keep(tx, place, secret).await?);
    db::transaction(&mut *shop.conn().await, act).await
}

async fn read(shop: &TestShop, vault: &Vault, place: &Place) -> Option<String> {
    let secret = vault.read(&mut *shop.conn().await, place).await.expect("read");
    secret.map(|secret| String::from_utf8(secret.reveal().to_vec()).expect("text"))
}

/// Another process of the same shop.
fn elsewhere(shop: &TestShop) -> Vault {
    let folder = shop.shop.config.data.as_ref().expect("a folder").join("secrets");
    Vault::open(&shop.shop.config, &folder).expect("the keys are read")
}

async fn rotate(shop: &TestShop, vault: &Vault) -> Rotated {
    vault.rotate(&mut *shop.conn().await, shop.now()).await.or_break().expect("no breakage").expect("not refused")
}

#[rocket::async_test]
async fn vault_a_secret_comes_back_from_its_place_and_stands_nowhere_in_the_clear() {
    let shop = TestShop::open().await;
    let vault = &shop.shop.vault;
    assert_eq!(read(&shop, vault, &stripe()).await, None);
    keep(&shop, vault, &stripe(), "sk_live_old").await;
    keep(&shop, vault, &stripe(), "sk_live_4242").await;
    assert_eq!(read(&shop, vault, &stripe()).await.as_deref(), Some("sk_live_4242"));
    assert_eq!(read(&shop, vault, &Place::new(Purpose::OauthKey, "stripe")).await, None, "another purpose is another place");
    let clear = "select count(*) from sealed_secrets where position('sk_live'::bytea in ciphertext) > 0";
    assert_eq!(shop.number(clear).await, 0);
    assert!(!format!("{:?} {vault:?}", shop.shop.config).contains("sk_live"));
    vault.forget(&mut *shop.conn().await, &stripe()).await.expect("forgotten");
    assert_eq!(read(&shop, vault, &stripe()).await, None);
}

#[rocket::async_test]
async fn vault_a_ciphertext_that_was_moved_or_changed_does_not_open() {
    let shop = TestShop::open().await;
    let vault = &shop.shop.vault;
    let (anna, ben) = (Place::new(Purpose::TotpSeed, "staff/1"), Place::new(Purpose::TotpSeed, "staff/2"));
    keep(&shop, vault, &anna, "the seed of Anna").await;
    keep(&shop, vault, &ben, "the seed of Ben").await;
    shop.sql(
        "update sealed_secrets b set nonce = a.nonce, ciphertext = a.ciphertext from sealed_secrets a
          where a.subject = 'staff/1' and b.subject = 'staff/2'",
    )
    .await;
    assert!(vault.read(&mut *shop.conn().await, &ben).await.is_err(), "Anna's seed does not become Ben's");
    assert_eq!(read(&shop, vault, &anna).await.as_deref(), Some("the seed of Anna"));
    let found = vault.examine(&mut *shop.conn().await).await.expect("examined");
    assert_eq!((found.opened, found.shut, found.same_key, found.open_to_others), (1, 1, true, 0));
    shop.sql("update sealed_secrets set purpose = 'oauth_key' where subject = 'staff/1'").await;
    assert!(vault.read(&mut *shop.conn().await, &Place::new(Purpose::OauthKey, "staff/1")).await.is_err());
}

#[rocket::async_test]
async fn vault_rotation_seals_everything_anew_and_retires_the_old_key() {
    let shop = TestShop::open().await;
    let (vault, other) = (&shop.shop.vault, elsewhere(&shop));
    keep(&shop, vault, &stripe(), "sk_live_4242").await;
    let before = std::fs::read_to_string(shop.shop.config.data.as_ref().expect("a folder").join("secrets/keys")).expect("a file");
    let rotated = rotate(&shop, &elsewhere(&shop)).await;
    assert_eq!(rotated, Rotated { secrets: 1, retired: Some(1), current: 2 });
    assert_eq!(shop.number("select count(*) from sealed_secrets where key_id = 2").await, 1);
    let after = std::fs::read_to_string(shop.shop.config.data.as_ref().expect("a folder").join("secrets/keys")).expect("a file");
    assert!(after.contains("\n2:") && !after.contains("\n1:") && before.contains("\n1:"));
    // Processes that are running know only the old key so far.
    assert_eq!(read(&shop, vault, &stripe()).await.as_deref(), Some("sk_live_4242"));
    keep(&shop, &other, &Place::new(Purpose::OauthKey, "github"), "gho_1").await;
    assert_eq!(shop.number("select count(*) from sealed_secrets where key_id = 2").await, 2);
    assert_eq!(rotate(&shop, vault).await, Rotated { secrets: 2, retired: Some(2), current: 3 });
    assert_eq!(read(&shop, &other, &stripe()).await.as_deref(), Some("sk_live_4242"));
    assert_eq!(shop.number("select count(*) from sealing_keys where retired_at is null").await, 1);
}

#[rocket::async_test]
async fn vault_a_rotation_among_many_writers_loses_nothing() {
    let shop = TestShop::open().await;
    keep(&shop, &shop.shop.vault, &stripe(), "first").await;
    let vaults: Vec<Vault> = (0..6).map(|_| elsewhere(&shop)).collect();
    let writers = vaults.iter().enumerate().map(|(n, vault)| {
        let shop = &shop;
        async move {
            for round in 0..8 {
                keep(shop, vault, &Place::new(Purpose::GatewayKey, format!("gateway {n}")), &format!("{n} {round}")).await;
            }
        }
    });
    let rotations = async {
        for _ in 0..3 {
            rotate(&shop, &shop.shop.vault).await;
        }
    };
    rocket::futures::join!(join_all(writers), rotations);
    let found = elsewhere(&shop).examine(&mut *shop.conn().await).await.expect("examined");
    assert_eq!((found.opened, found.shut, found.same_key), (7, 0, true));
    for n in 0..6 {
        let place = Place::new(Purpose::GatewayKey, format!("gateway {n}"));
        assert_eq!(read(&shop, &shop.shop.vault, &place).await, Some(format!("{n} 7")));
    }
}

#[rocket::async_test]
async fn vault_nothing_is_sealed_outside_a_transaction() {
    let shop = TestShop::open().await;
    let alone = shop.shop.vault.keep(&mut *shop.conn().await, &stripe(), &Secret::new("sk_live_4242")).await;
    assert!(format!("{alone:?}").contains("within a transaction"), "{alone:?}");
    assert_eq!(read(&shop, &shop.shop.vault, &stripe()).await, None);
}

#[rocket::async_test]
async fn vault_another_key_under_the_same_number_is_noticed_before_anything_is_sealed() {
    let shop = TestShop::open().await;
    keep(&shop, &shop.shop.vault, &stripe(), "sk_live_4242").await;
    std::fs::remove_file(shop.shop.config.data.as_ref().expect("a folder").join("secrets/keys")).expect("removed");
    let stranger = elsewhere(&shop);
    let found = stranger.examine(&mut *shop.conn().await).await.expect("examined");
    assert_eq!((found.opened, found.shut, found.same_key), (0, 1, false));
    let refused = try_to_keep(&shop, &stranger, &stripe(), "new").await;
    assert!(format!("{refused:?}").contains("not the one"), "{refused:?}");
    assert_eq!(read(&shop, &shop.shop.vault, &stripe()).await.as_deref(), Some("sk_live_4242"));
}

#[rocket::async_test]
async fn vault_keys_from_the_environment_are_rotated_once_a_newer_one_is_named() {
    let first = barrow::platform::vault::fresh_line(1);
    let shop = TestShop::with(&[("BARROW_KEYS", &first)]).await;
    assert!(!shop.shop.config.data.as_ref().expect("a folder").join("secrets/keys").exists(), "no file is made");
    keep(&shop, &shop.shop.vault, &stripe(), "sk_live_4242").await;
    let refused = shop.shop.vault.rotate(&mut *shop.conn().await, shop.now()).await.or_break().expect("no breakage");
    assert!(matches!(&refused, Err(RotateRefused::NoNewerKey { add }) if add.starts_with("2:")));
    let both = format!("{first},{}", barrow::platform::vault::fresh_line(2));
    let url = shop.shop.db.url().to_owned();
    let config = barrow::platform::config::Config::read(|name| match name {
        "DATABASE_URL" => Some(url.clone()),
        "BARROW_KEYS" => Some(both.clone()),
        _ => None,
    });
    let vault = Vault::open(&config.expect("a configuration"), std::path::Path::new("/nowhere")).expect("two keys");
    assert_eq!(rotate(&shop, &vault).await, Rotated { secrets: 1, retired: Some(1), current: 2 });
    assert_eq!(read(&shop, &vault, &stripe()).await.as_deref(), Some("sk_live_4242"));
}
