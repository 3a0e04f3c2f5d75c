//! Nobody learns by the clock who has an account: known and unknown cost the same work, and the medians of many rounds say so too.

use std::time::{Duration, Instant};

use barrow::platform::access::passwords;
use rocket::http::Status;

use super::{PASSWORD, enrol, hire};
use crate::world::TestShop;

/// A form, and what is typed for a known account and for one that nobody has.
struct Case {
    path: &'static str,
    known: &'static str,
    unknown: &'static str,
    password: Option<&'static str>,
    status: Status,
}

const CASES: [Case; 6] = [
    Case {
        path: "/admin/sign-in",
        known: "anna@example.org",
        unknown: "none@example.org",
        password: Some("not the password"),
        status: Status::UnprocessableEntity,
    },
    Case {
        path: "/admin/sign-in",
        known: "gone@example.org",
        unknown: "none@example.org",
        password: Some(PASSWORD),
        status: Status::UnprocessableEntity,
    },
    Case {
        path: "/account/sign-in",
        known: "anna@example.org",
        unknown: "none@example.org",
        password: Some("not the password"),
        status: Status::UnprocessableEntity,
    },
    Case {
        path: "/account/sign-in",
        known: "keys@example.org",
        unknown: "none@example.org",
        password: Some(PASSWORD),
        status: Status::UnprocessableEntity,
    },
    Case {
        path: "/account/register",
        known: "anna@example.org",
        unknown: "none@example.org",
        password: Some(PASSWORD),
        status: Status::SeeOther,
    },
    Case {
        path: "/account/password-reset",
        known: "anna@example.org",
        unknown: "none@example.org",
        password: None,
        status: Status::SeeOther,
    },
];

/// A shop with staff and customers, some of whom cannot sign in by password.
async fn shop() -> TestShop {
    let shop = TestShop::open().await;
    hire(&shop, "anna@example.org").await;
    hire(&shop, "gone@example.org").await;
    shop.sql("update staff set disabled_at = now() where email = 'gone@example.org'").await;
    enrol(&shop, "anna@example.org").await;
    shop.customer_id("keys@example.org").await;
    shop
}

/// Sends the form once, long after the last time.
async fn once(shop: &TestShop, case: &Case, email: &str) -> Duration {
    shop.shop.clock.advance(chrono::Duration::days(2));
    let mut fields = vec![("email", email)];
    fields.extend(case.password.map(|password| ("password", password)));
    let visitor = shop.visitor();
    let begun = Instant::now();
    let answer = visitor.post(case.path, &fields).await;
    let took = begun.elapsed();
    answer.is(case.status);
    took
}

#[rocket::async_test]
async fn known_and_unknown_accounts_cost_the_same_hashes_and_queries() {
    let shop = shop().await;
    for case in &CASES {
        let mut costs = Vec::new();
        // Twice each: the first time may fill a cache.
        for email in [case.known, case.unknown, case.known, case.unknown] {
            let before = (passwords::computed(), shop.shop.db.queries());
            once(&shop, case, email).await;
            costs.push((passwords::computed() - before.0, shop.shop.db.queries() - before.1));
        }
        assert_eq!(costs[2], costs[3], "{} for {} and {}", case.path, case.known, case.unknown);
        assert_eq!(costs[2].0, u64::from(case.password.is_some()), "{}: hashes", case.path);
    }
}

fn median(times: &mut [Duration]) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64()
}

/// The difference of the medians of known and unknown, as a part of the larger one; both are asked by turns, each first half of the time.
async fn difference(shop: &TestShop, case: &Case, rounds: usize) -> f64 {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        if round % 2 == 0 {
            known.push(once(shop, case, case.known).await);
            unknown.push(once(shop, case, case.unknown).await);
        } else {
            unknown.push(once(shop, case, case.unknown).await);
            known.push(once(shop, case, case.known).await);
        }
    }
    let (known, unknown) = (median(&mut known), median(&mut unknown));
    (known - unknown).abs() / known.max(unknown)
}

#[rocket::async_test]
async fn known_and_unknown_accounts_take_the_same_time() {
    let shop = shop().await;
    for case in &CASES {
        difference(&shop, case, 4).await;
        let mut seen = Vec::new();
        // A busy machine may disturb one series of rounds, not three.
        while seen.len() < 3 && seen.last().is_none_or(|last| *last >= 0.05) {
            seen.push(difference(&shop, case, 31 + 20 * seen.len()).await);
        }
        assert!(seen.iter().any(|part| *part < 0.05), "{} for {} and {}: {seen:?}", case.path, case.known, case.unknown);
    }
}
