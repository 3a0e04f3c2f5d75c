//! Guessing passwords: per account, per address, per network, known account or not. (Waits and races: `access`, `account::door`.)

use std::net::IpAddr;

use chrono::Duration;
use rocket::http::{ContentType, Header, Status};

use super::{PASSWORD, enrol, hire};
use crate::world::{Answer, TestShop, encode};

const DOORS: [&str; 2] = ["/admin/sign-in", "/account/sign-in"];

async fn guess(shop: &TestShop, door: &str, from: IpAddr, email: &str, password: &str) -> Answer {
    let request =
        shop.client.post(door.to_owned()).header(ContentType::Form).body(encode(&[("email", email), ("password", password)]));
    let request = request.header(Header::new("Sec-Fetch-Site", "same-origin")).remote((from, 40_000).into());
    shop.visitor().send(request).await
}

fn v4(c: u8, d: u8) -> IpAddr {
    IpAddr::from([203, 0, c, d])
}

#[rocket::async_test]
async fn one_account_is_guessed_at_five_times_from_anywhere() {
    let shop = TestShop::with(&[("BARROW_WRITES_PER_MINUTE", "0")]).await;
    hire(&shop, "anna@example.org").await;
    enrol(&shop, "anna@example.org").await;
    for door in DOORS {
        for email in ["anna@example.org", "nobody@example.org"] {
            let mut codes = Vec::new();
            for n in 0..12 {
                codes.push(guess(&shop, door, v4(n, n), email, "not the password").await.status.code);
            }
            assert_eq!(codes[..5], [422; 5], "{door} {email}");
            assert_eq!(codes[5..], [429; 7], "{door} {email}: another network helps nobody");
        }
        guess(&shop, door, v4(99, 1), "anna@example.org", PASSWORD).await.is(Status::TooManyRequests);
        shop.shop.clock.advance(Duration::minutes(61));
        guess(&shop, door, v4(99, 1), "anna@example.org", PASSWORD).await.is(Status::SeeOther);
        shop.shop.clock.advance(Duration::days(2));
    }
}

#[rocket::async_test]
async fn one_address_guesses_twenty_times_at_whomever() {
    let shop = TestShop::with(&[("BARROW_WRITES_PER_MINUTE", "0")]).await;
    for door in DOORS {
        let mut codes = Vec::new();
        for n in 0..30 {
            codes.push(guess(&shop, door, v4(1, 7), &format!("guess{n}@example.org"), "Summer2026!").await.status.code);
        }
        assert_eq!(codes.iter().filter(|code| **code == 422).count(), 20, "{door}: {codes:?}");
        assert_eq!(codes[20..], [429; 10], "{door}");
        guess(&shop, door, v4(1, 8), "guess99@example.org", "Summer2026!").await.is(Status::UnprocessableEntity);
        shop.shop.clock.advance(Duration::days(2));
    }
}

#[rocket::async_test]
async fn one_network_guesses_a_hundred_times_however_many_addresses_it_has() {
    let shop = TestShop::with(&[("BARROW_WRITES_PER_MINUTE", "0")]).await;
    // As many failures as ten addresses of a /24, and ten households of a /48, may have; the hundredth is guessed.
    for (network, address) in [("203.0.9.0", v4(9, 200)), ("2001:db8:7::", "2001:db8:7:ffff::1".parse().expect("an address"))] {
        shop.sql(&format!(
            "insert into sign_in_failures (account, address, network, at)
             select 'customer guess' || n || '@example.org', '{network} ' || n, '{network}', '{}' from generate_series(1, 99) n",
            shop.now().to_rfc3339()
        ))
        .await;
        guess(&shop, DOORS[1], address, "first@example.org", "Summer2026!").await.is(Status::UnprocessableEntity);
        let waits = guess(&shop, DOORS[1], address, "second@example.org", "Summer2026!").await;
        waits.is(Status::TooManyRequests).shows("Too many attempts");
        assert!(waits.header("retry-after").is_some());
        guess(&shop, DOORS[0], address, "second@example.org", "Summer2026!").await.is(Status::TooManyRequests);
    }
    for elsewhere in ["203.0.10.1", "2001:db8:8::1"] {
        let from = elsewhere.parse().expect("an address");
        guess(&shop, DOORS[1], from, "third@example.org", "Summer2026!").await.is(Status::UnprocessableEntity);
    }
    shop.shop.clock.advance(Duration::minutes(16));
    guess(&shop, DOORS[1], v4(9, 201), "fourth@example.org", "Summer2026!").await.is(Status::UnprocessableEntity);
}

#[rocket::async_test]
async fn a_right_password_forgives_only_its_own_account() {
    let shop = TestShop::with(&[("BARROW_WRITES_PER_MINUTE", "0")]).await;
    enrol(&shop, "mallory@example.org").await;
    // Whoever has an account of their own cannot buy new guesses with it.
    let mut let_in = 0;
    for n in 0..40 {
        let status = guess(&shop, DOORS[1], v4(5, 5), &format!("victim{n}@example.org"), "Summer2026!").await.status;
        let_in += usize::from(status == Status::UnprocessableEntity);
        guess(&shop, DOORS[1], v4(5, 5), "mallory@example.org", PASSWORD).await;
    }
    assert_eq!(let_in, 20);
}

#[rocket::async_test]
async fn mails_are_not_had_by_the_dozen() {
    let shop = TestShop::with(&[("BARROW_WRITES_PER_MINUTE", "0")]).await;
    enrol(&shop, "anna@example.org").await;
    for n in 0..12_u8 {
        let request = shop.client.post("/account/password-reset").header(ContentType::Form).body("email=anna%40example.org");
        let request = request.header(Header::new("Sec-Fetch-Site", "same-origin")).remote((v4(n, 1), 40_000).into());
        shop.visitor().send(request).await;
    }
    shop.work().await;
    assert_eq!(shop.number("select count(*) from mails where recipient = 'anna@example.org'").await, 5);
}

#[rocket::async_test]
async fn governor_holds_up_a_network_that_writes_without_end() {
    let shop = TestShop::with(&[("BARROW_WRITES_PER_MINUTE", "20")]).await;
    let mut passed = 0;
    for last in 0..=255_u8 {
        let request = shop.client.post("/preferences").header(ContentType::Form).body("theme=dark");
        let request = request.header(Header::new("Sec-Fetch-Site", "same-origin")).remote((v4(77, last), 40_000).into());
        passed += usize::from(shop.visitor().send(request).await.status == Status::SeeOther);
    }
    assert!((100..200).contains(&passed), "{passed}");
}
