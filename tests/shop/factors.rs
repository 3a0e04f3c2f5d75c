//! Codes of an app and recovery codes, for any account: set up, used once, throttled, forgotten.

use barrow::platform::base::{Failed, Moment, StaffId};
use barrow::platform::db::{self, Conn};
use barrow::platform::factors::{Account, FactorRefused, Proof, TotpSetup, commands, queries};
use chrono::Duration;

use crate::world::{TestShop, totp_code};

const ANNA: Account = Account { kind: barrow::platform::factors::AccountKind::Staff, id: 1 };

async fn setup(shop: &TestShop, of: Account, now: Moment) -> Option<TotpSetup> {
    let mut conn = shop.conn().await;
    commands::totp_setup(&mut conn, &shop.shop.vault, of, ("Tea", "anna@example.org"), now).await.expect("read")
}

async fn begin(shop: &TestShop, of: Account, now: Moment) -> Result<(), FactorRefused> {
    let vault = &shop.shop.vault;
    refusal(db::transaction(&mut *shop.conn().await, async |tx: &mut Conn| commands::begin_totp(tx, vault, of, now).await).await)
}

async fn confirm(shop: &TestShop, of: Account, code: &str, now: Moment) -> Result<Option<Vec<String>>, FactorRefused> {
    let vault = &shop.shop.vault;
    let mut conn = shop.conn().await;
    refusal(db::transaction(&mut conn, async |tx: &mut Conn| commands::confirm_totp(tx, vault, of, code, now).await).await)
}

async fn prove(shop: &TestShop, of: Account, code: &str, now: Moment) -> Result<Proof, FactorRefused> {
    let vault = &shop.shop.vault;
    let mut conn = shop.conn().await;
    let attempt = refusal(commands::attempt(&mut conn, of, "192.0.2.1", now).await)?;
    let proved = db::transaction(&mut conn, async |tx: &mut Conn| commands::prove(tx, vault, of, code, attempt, now).await);
    refusal(proved.await)
}

fn refusal<T>(done: Result<T, Failed<FactorRefused>>) -> Result<T, FactorRefused> {
    done.map_err(|failed| match failed {
        Failed::Refused(why) => why,
        Failed::Broke(broke) => panic!("{broke:?}"),
    })
}

/// Sets an app up; gives its secret and the recovery codes.
async fn with_app(shop: &TestShop, of: Account, now: Moment) -> (String, Vec<String>) {
    begin(shop, of, now).await.expect("begun");
    let secret = setup(shop, of, now).await.expect("being set up").secret;
    let codes = confirm(shop, of, &totp_code(&secret, now), now).await.expect("confirmed").expect("the first factor");
    (secret, codes)
}

#[rocket::async_test]
async fn factors_an_app_counts_from_its_first_right_code() {
    let (shop, now) = (TestShop::open().await, TestShop::new_year());
    assert_eq!(confirm(&shop, ANNA, "123456", now).await, Err(FactorRefused::NothingBegun));
    begin(&shop, ANNA, now).await.expect("begun");
    let first = setup(&shop, ANNA, now).await.expect("being set up");
    assert!(first.uri.starts_with("otpauth://totp/Tea:anna%40example.org?secret="), "{}", first.uri);
    begin(&shop, ANNA, now).await.expect("begun anew");
    let shown = setup(&shop, ANNA, now).await.expect("being set up");
    assert_ne!(shown.secret, first.secret, "each beginning has a seed of its own");
    assert_eq!(confirm(&shop, ANNA, &totp_code(&first.secret, now), now).await, Err(FactorRefused::WrongCode));
    let code = totp_code(&shown.secret, now);
    assert_eq!(prove(&shop, ANNA, &code, now).await, Err(FactorRefused::WrongCode), "it does not count yet");
    assert!(!queries::has_factor(&mut *shop.conn().await, ANNA).await.expect("read"));
    let codes = confirm(&shop, ANNA, &format!("{} {}", &code[..3], &code[3..]), now).await.expect("confirmed").expect("codes");
    assert_eq!(codes.len(), 10);
    assert!(setup(&shop, ANNA, now).await.is_none(), "the seed is shown no more");
    assert_eq!(begin(&shop, ANNA, now).await, Err(FactorRefused::HasTotp));
    let held = queries::held(&mut *shop.conn().await, ANNA).await.expect("read");
    assert!(held.any() && held.recovery_codes == 10 && held.passkeys.is_empty());
    let other = Account::customer(1);
    assert!(!queries::held(&mut *shop.conn().await, other).await.expect("read").any(), "the customer of this number is another");
}

#[rocket::async_test]
async fn factors_a_setup_left_lying_is_over_after_half_an_hour() {
    let (shop, now) = (TestShop::open().await, TestShop::new_year());
    begin(&shop, ANNA, now).await.expect("begun");
    let shown = setup(&shop, ANNA, now).await.expect("being set up");
    let later = now + Duration::minutes(31);
    assert!(setup(&shop, ANNA, later).await.is_none());
    assert_eq!(confirm(&shop, ANNA, &totp_code(&shown.secret, later), later).await, Err(FactorRefused::NothingBegun));
}

#[rocket::async_test]
async fn factors_a_code_is_used_once_also_when_sent_twice_at_once() {
    let (shop, now) = (TestShop::open().await, TestShop::new_year());
    let (secret, _) = with_app(&shop, ANNA, now).await;
    let same = totp_code(&secret, now);
    assert_eq!(prove(&shop, ANNA, &same, now).await, Err(FactorRefused::WrongCode), "the code that set it up is used");
    let later = now + Duration::seconds(60);
    let code = totp_code(&secret, later);
    let (one, two) = rocket::futures::join!(prove(&shop, ANNA, &code, later), prove(&shop, ANNA, &code, later));
    assert_eq!([one, two].iter().filter(|proved| **proved == Ok(Proof::Totp)).count(), 1);
    let early = totp_code(&secret, later - Duration::seconds(30));
    assert_eq!(prove(&shop, ANNA, &early, later).await, Err(FactorRefused::WrongCode), "an older one no longer counts");
    let next = later + Duration::seconds(30);
    assert_eq!(prove(&shop, ANNA, &totp_code(&secret, next), next).await, Ok(Proof::Totp));
}

#[rocket::async_test]
async fn factors_recovery_codes_are_used_once_each_and_stand_nowhere_in_the_clear() {
    let (shop, now) = (TestShop::open().await, TestShop::new_year());
    let (_, codes) = with_app(&shop, ANNA, now).await;
    assert_eq!(prove(&shop, ANNA, &codes[3].to_uppercase(), now).await, Ok(Proof::Recovery { left: 9 }));
    assert_eq!(prove(&shop, ANNA, &codes[3], now).await, Err(FactorRefused::WrongCode));
    let ben = Account::staff(StaffId(2));
    with_app(&shop, ben, now).await;
    assert_eq!(prove(&shop, ben, &codes[4], now).await, Err(FactorRefused::WrongCode), "nobody else's");
    let bare = codes[5].replace('-', "");
    let clear = format!("select count(*) from recovery_codes where position('{bare}'::bytea in code_hash) > 0");
    assert_eq!(shop.number(&clear).await, 0);
    let fresh = commands::renew_recovery_codes(&mut *shop.conn().await, ANNA).await.expect("renewed");
    assert_eq!(prove(&shop, ANNA, &codes[5], now).await, Err(FactorRefused::WrongCode), "the old ones are void");
    assert_eq!(prove(&shop, ANNA, &fresh[0], now).await, Ok(Proof::Recovery { left: 9 }));
}

#[rocket::async_test]
async fn factors_guesses_are_throttled_by_account() {
    let (shop, now) = (TestShop::open().await, TestShop::new_year());
    let (secret, codes) = with_app(&shop, ANNA, now).await;
    for guess in ["000000", "000001", "aaaa-bbbb-cccc-dddd", "", "000002"] {
        assert_eq!(prove(&shop, ANNA, guess, now).await, Err(FactorRefused::WrongCode), "{guess}");
    }
    assert!(matches!(prove(&shop, ANNA, &codes[0], now).await, Err(FactorRefused::Throttled(_))), "recovery codes wait too");
    let later = now + Duration::minutes(16);
    assert_eq!(prove(&shop, ANNA, &totp_code(&secret, later), later).await, Ok(Proof::Totp));
    assert_eq!(shop.number("select count(*) from sign_in_failures").await, 0, "a right code starts anew");
}

#[rocket::async_test]
async fn factors_go_with_all_that_belongs_to_them() {
    let (shop, now) = (TestShop::open().await, TestShop::new_year());
    with_app(&shop, ANNA, now).await;
    commands::remove_totp(&mut *shop.conn().await, &shop.shop.vault, ANNA).await.expect("removed");
    let left = "select (select count(*) from totp_factors) + (select count(*) from recovery_codes) + (select count(*) from sealed_secrets)";
    assert_eq!(shop.number(left).await, 0);
    with_app(&shop, ANNA, now).await;
    commands::forget(&mut *shop.conn().await, &shop.shop.vault, ANNA).await.expect("forgotten");
    assert_eq!(shop.number(left).await, 0);
}
