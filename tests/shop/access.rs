//! Who gets in: sign-in, throttling, sessions. Which route is for whom is in `access_matrix`.

use barrow::platform::access::passwords::{self, Password};
use barrow::platform::access::{Role, commands};
use barrow::platform::base::Email;
use chrono::Duration;
use rocket::http::{ContentType, Header, Status};

use crate::world::{Answer, TestShop, Visitor, encode};

pub const PASSWORD: &str = "a long walk by the sea";

/// Adds somebody who can sign in with [`PASSWORD`].
pub async fn hire(shop: &TestShop, email: &str, role: Role) {
    let email: Email = email.parse().expect("an address");
    let password: Password = PASSWORD.parse().expect("a password");
    let kept = passwords::chosen(&password, &email).await.expect("taken");
    commands::add_staff(&mut *shop.conn().await, &email, "Anna Berger", role, &kept).await.expect("added");
}

pub async fn sign_in(visitor: &Visitor, email: &str, password: &str) -> Answer {
    visitor.post("/admin/sign-in", &[("email", email), ("password", password)]).await
}

#[rocket::async_test]
async fn access_signing_in_leads_to_the_page_that_was_asked_for() {
    let shop = TestShop::open().await;
    hire(&shop, "anna@example.org", Role::Owner).await;
    let visitor = shop.visitor();
    visitor.get("/admin/sessions?a=b").await.goes_to("/admin/sign-in?next=%2Fadmin%2Fsessions%3Fa%3Db");
    visitor.get("/admin/sign-in?next=%2Fadmin%2Fsessions").await.is_ok().has("value=\"/admin/sessions\"");
    let fields = [("email", "Anna@Example.org "), ("password", PASSWORD), ("next", "/admin/sessions")];
    let answer = visitor.post("/admin/sign-in", &fields).await;
    answer.goes_to("/admin/sessions");
    let cookie = answer.header("set-cookie").expect("a cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"), "{cookie}");
    visitor.get("/admin/sessions").await.is_ok().shows("Anna Berger").shows("This device");
    visitor.get("/admin/sign-in").await.goes_to("/admin");
    visitor.post("/admin/sign-out", &[]).await.goes_to("/admin/sign-in");
    visitor.get("/admin").await.goes_to("/admin/sign-in?next=%2Fadmin");
    assert_eq!(shop.number("select count(*) from staff_sessions").await, 0);
}

#[rocket::async_test]
async fn access_a_form_sent_after_the_session_ended_leads_back_to_its_page() {
    let shop = TestShop::open().await;
    let request = shop.client.post("/admin/password").header(ContentType::Form).body("current=a");
    let request = request
        .header(Header::new("Referer", "http://127.0.0.1:8000/admin/sessions"))
        .header(Header::new("Sec-Fetch-Site", "same-origin"));
    shop.visitor().send(request).await.goes_to("/admin/sign-in?next=%2Fadmin%2Fsessions");
    let elsewhere =
        shop.client.post("/admin/password").header(ContentType::Form).header(Header::new("Sec-Fetch-Site", "same-origin"));
    let elsewhere = elsewhere.header(Header::new("Referer", "https://evil.example//evil.example/admin"));
    shop.visitor().send(elsewhere).await.goes_to("/admin/sign-in?next=%2Fadmin");
}

#[rocket::async_test]
async fn access_signing_in_never_leads_to_another_site() {
    let shop = TestShop::open().await;
    hire(&shop, "anna@example.org", Role::Owner).await;
    for next in [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: x=y",
        "/admin/sign-in?next=/x",
        "%2F%2Fevil.example",
        "\0",
        "",
    ] {
        let fields = [("email", "anna@example.org"), ("password", PASSWORD), ("next", next)];
        shop.visitor().post("/admin/sign-in", &fields).await.goes_to("/admin");
    }
}

#[rocket::async_test]
async fn access_a_wrong_password_and_an_unknown_account_get_the_same_answer_in_the_same_time() {
    let shop = TestShop::open().await;
    hire(&shop, "anna@example.org", Role::Owner).await;
    hire(&shop, "gone@example.org", Role::Owner).await;
    shop.sql("update staff set disabled_at = now() where email = 'gone@example.org'").await;
    let kinds = [("anna@example.org", "not the password"), ("nobody@example.org", PASSWORD), ("gone@example.org", PASSWORD)];
    let mut bodies = Vec::new();
    let mut times = [std::time::Duration::MAX; 3];
    // A busy machine only adds time: the least of many rounds is what the work itself takes.
    for round in 0..12 {
        for (kind, (email, password)) in kinds.into_iter().enumerate() {
            let start = std::time::Instant::now();
            let answer = sign_in(&shop.visitor(), email, password).await;
            times[kind] = times[kind].min(start.elapsed());
            answer.is(Status::UnprocessableEntity).shows("The e-mail address or the password is not right").keeps("email", email);
            assert!(!answer.body().contains(password), "a password is never sent back");
            bodies.push(answer.body().replace(email, "?"));
        }
        shop.shop.clock.advance(Duration::days(2));
        if round >= 2 && times.iter().max() < times.iter().min().map(|least| *least * 3).as_ref() {
            break;
        }
    }
    assert!(bodies.windows(2).all(|two| two[0] == two[1]), "the answers differ");
    let (least, most) = (times.iter().min().expect("three"), times.iter().max().expect("three"));
    assert!(*most < *least * 3, "the times differ: {times:?}");
}

#[rocket::async_test]
async fn access_five_wrong_passwords_make_the_account_wait_known_or_not() {
    let shop = TestShop::open().await;
    hire(&shop, "anna@example.org", Role::Owner).await;
    for email in ["anna@example.org", "nobody@example.org"] {
        let visitor = shop.visitor();
        for _ in 0..5 {
            sign_in(&visitor, email, "wrong").await.is(Status::UnprocessableEntity);
        }
        let answer = sign_in(&visitor, email, PASSWORD).await;
        answer.is(Status::TooManyRequests).shows("Too many attempts. Try again in 15 minutes").keeps("email", email);
        let seconds: u64 = answer.header("retry-after").expect("Retry-After").parse().expect("seconds");
        assert!((800..=900).contains(&seconds), "{seconds}");
    }
    shop.shop.clock.advance(Duration::minutes(16));
    let visitor = shop.visitor();
    sign_in(&visitor, "anna@example.org", "wrong").await.is(Status::UnprocessableEntity);
    sign_in(&visitor, "anna@example.org", PASSWORD).await.is(Status::TooManyRequests).shows("30 minutes");
    shop.shop.clock.advance(Duration::minutes(31));
    sign_in(&visitor, "anna@example.org", PASSWORD).await.goes_to("/admin");
    sign_in(&shop.visitor(), "anna@example.org", "wrong").await.is(Status::UnprocessableEntity);
    assert_eq!(
        shop.number("select count(*) from sign_in_failures where account = 'anna@example.org'").await,
        1,
        "a right password starts anew"
    );
}

#[rocket::async_test]
async fn access_twenty_attempts_from_one_address_make_it_wait() {
    let shop = TestShop::open().await;
    hire(&shop, "anna@example.org", Role::Owner).await;
    for n in 0..20 {
        sign_in(&shop.visitor(), &format!("guess{n}@example.org"), "wrong").await.is(Status::UnprocessableEntity);
    }
    sign_in(&shop.visitor(), "anna@example.org", PASSWORD).await.is(Status::TooManyRequests).shows("Too many attempts");
    shop.shop.clock.advance(Duration::minutes(16));
    sign_in(&shop.visitor(), "anna@example.org", PASSWORD).await.goes_to("/admin");
}

#[rocket::async_test]
async fn access_a_hundred_guesses_at_once_are_a_hundred() {
    let shop = TestShop::open().await;
    hire(&shop, "anna@example.org", Role::Owner).await;
    let guesses = (0..50).map(|_| {
        let visitor = shop.visitor();
        async move { sign_in(&visitor, "anna@example.org", "wrong").await.status }
    });
    let statuses = futures::future::join_all(guesses).await;
    assert_eq!(statuses.iter().filter(|status| **status == Status::UnprocessableEntity).count(), 5, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == Status::TooManyRequests).count(), 45, "{statuses:?}");
}

#[rocket::async_test]
async fn access_fifty_sign_ins_at_once_do_not_stop_other_pages() {
    let shop = TestShop::open().await;
    for n in 0..50 {
        shop.sql(&format!("insert into staff (email, password_hash, role) select 'p{n}@example.org', '!', 'support'")).await;
    }
    hire(&shop, "anna@example.org", Role::Owner).await;
    shop.sql("update staff set password_hash = (select password_hash from staff where email = 'anna@example.org')").await;
    let owner = shop.staff("manager").await;
    owner.get("/admin/sessions").await.is_ok();
    // Each from an address of its own: one address has twenty tries.
    let crowd = (0..50_u8).map(|n| {
        let visitor = shop.visitor();
        let client = shop.client.clone();
        async move {
            let body = encode(&[("email", &format!("p{n}@example.org")), ("password", PASSWORD)]);
            let request = client.post("/admin/sign-in").header(ContentType::Form).body(body);
            let request = request.header(Header::new("Sec-Fetch-Site", "same-origin"));
            visitor.send(request.remote(([203, 0, 113, n], 40_000).into())).await.status
        }
    });
    let crowd = rocket::tokio::spawn(futures::future::join_all(
        crowd.map(|one| Box::pin(one) as std::pin::Pin<Box<dyn Future<Output = Status> + Send>>).collect::<Vec<_>>(),
    ));
    rocket::tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    let start = std::time::Instant::now();
    owner.get("/admin/sessions").await.is_ok();
    let waited = start.elapsed();
    assert!(crowd.await.expect("joins").iter().all(|status| *status == Status::SeeOther));
    assert!(waited < std::time::Duration::from_millis(1500), "another page took {waited:?}");
}

#[rocket::async_test]
async fn access_sessions_end_when_idle_and_when_old() {
    let shop = TestShop::open().await;
    let idle = shop.staff("owner").await;
    idle.get("/admin").await.is_ok();
    shop.shop.clock.advance(Duration::hours(7));
    idle.get("/admin").await.is_ok();
    shop.shop.clock.advance(Duration::hours(7));
    idle.get("/admin").await.is_ok();
    shop.shop.clock.advance(Duration::minutes(8 * 60 + 1));
    idle.get("/admin").await.goes_to("/admin/sign-in?next=%2Fadmin");

    hire(&shop, "anna@example.org", Role::Owner).await;
    let busy = shop.visitor();
    sign_in(&busy, "anna@example.org", PASSWORD).await.goes_to("/admin");
    for _ in 0..47 {
        shop.shop.clock.advance(Duration::hours(7));
        busy.get("/admin").await.is_ok();
    }
    shop.shop.clock.advance(Duration::hours(7) + Duration::minutes(1));
    busy.get("/admin").await.goes_to("/admin/sign-in?next=%2Fadmin");
}

#[rocket::async_test]
async fn access_a_disabled_or_demoted_person_is_stopped_at_once() {
    let shop = TestShop::open().await;
    let staff = shop.staff("support").await;
    staff.get("/admin").await.is_ok();
    shop.sql("update staff set disabled_at = now()").await;
    staff.get("/admin").await.goes_to("/admin/sign-in?next=%2Fadmin");
}

#[rocket::async_test]
async fn access_sessions_are_listed_and_ended_one_or_all() {
    let shop = TestShop::open().await;
    hire(&shop, "anna@example.org", Role::Owner).await;
    let (here, there, elsewhere) = (shop.visitor(), shop.visitor(), shop.visitor());
    for visitor in [&here, &there, &elsewhere] {
        sign_in(visitor, "anna@example.org", PASSWORD).await.goes_to("/admin");
    }
    let other = shop.staff("support").await;
    here.get("/admin/sessions").await.is_ok().shows("Signed in on 3");
    let first_there = shop.number("select id from staff_sessions order by id offset 1 limit 1").await;
    other.post(&format!("/admin/sessions/{first_there}/ending"), &[]).await.is(Status::SeeOther);
    there.get("/admin").await.is_ok();
    here.post(&format!("/admin/sessions/{first_there}/ending"), &[]).await.goes_to("/admin/sessions");
    there.get("/admin").await.is(Status::SeeOther);
    elsewhere.get("/admin").await.is_ok();
    here.post("/admin/sessions/others/ending", &[]).await.goes_to("/admin/sessions");
    elsewhere.get("/admin").await.is(Status::SeeOther);
    here.get("/admin").await.is_ok();
    sign_in(&elsewhere, "anna@example.org", PASSWORD).await.goes_to("/admin");
    here.post("/admin/sessions/all/ending", &[]).await.goes_to("/admin/sign-in");
    elsewhere.get("/admin").await.is(Status::SeeOther);
    here.get("/admin").await.is(Status::SeeOther);
    other.get("/admin").await.is_ok();
}

#[rocket::async_test]
async fn access_changing_the_password_asks_for_the_old_one_and_ends_other_sessions() {
    let shop = TestShop::open().await;
    hire(&shop, "anna@example.org", Role::Owner).await;
    let (here, there) = (shop.visitor(), shop.visitor());
    sign_in(&here, "anna@example.org", PASSWORD).await;
    sign_in(&there, "anna@example.org", PASSWORD).await;
    let change = async |current: &str, new: &str| here.post("/admin/password", &[("current", current), ("new", new)]).await;
    change("wrong", "another good password").await.is(Status::UnprocessableEntity).shows("This is not your current password");
    change(PASSWORD, "short").await.is(Status::UnprocessableEntity).shows("Use at least 10 characters");
    change(PASSWORD, "anna@example.org").await.is(Status::UnprocessableEntity).shows("must not be your e-mail address");
    change(PASSWORD, "Password2026").await.is(Status::UnprocessableEntity).shows("others would guess");
    change(PASSWORD, "").await.is(Status::UnprocessableEntity);
    shop.shop.clock.advance(Duration::minutes(20));
    change(PASSWORD, "another good password").await.goes_to("/admin/sessions");
    here.get("/admin").await.is_ok();
    there.get("/admin").await.is(Status::SeeOther);
    sign_in(&there, "anna@example.org", "another good password").await.goes_to("/admin");
    assert_eq!(shop.number("select count(*) from audit where action = 'staff.password_changed'").await, 1);
}

#[rocket::async_test]
async fn access_signing_in_again_gives_a_new_token_and_ends_the_old_session() {
    let shop = TestShop::open().await;
    hire(&shop, "anna@example.org", Role::Owner).await;
    let visitor = shop.visitor();
    sign_in(&visitor, "anna@example.org", PASSWORD).await;
    let old = visitor.cookies.lock().expect("cookies")["staff"].clone();
    sign_in(&visitor, "anna@example.org", PASSWORD).await;
    let new = visitor.cookies.lock().expect("cookies")["staff"].clone();
    assert_ne!(old, new);
    shop.visitor().with_cookie("staff", &old).get("/admin").await.is(Status::SeeOther);
    assert_eq!(shop.number("select count(*) from staff_sessions").await, 1);
}

#[rocket::async_test]
async fn access_the_audit_trail_only_grows() {
    let shop = TestShop::open().await;
    hire(&shop, "anna@example.org", Role::Owner).await;
    sign_in(&shop.visitor(), "anna@example.org", PASSWORD).await;
    use diesel_async::SimpleAsyncConnection;
    for statement in ["update audit set action = 'x'", "delete from audit", "truncate audit"] {
        assert!(shop.conn().await.batch_execute(statement).await.is_err(), "{statement}");
    }
}

#[rocket::async_test]
async fn access_nothing_typed_into_sign_in_breaks_it() {
    let shop = TestShop::open().await;
    let long = "x".repeat(10_000);
    for bad in ["\0", "a\0@example.org", "🦆@🦆.org", &long, "-1", "' or 1=1 --"] {
        for fields in [
            [("email", bad), ("password", "x")],
            [("email", "a@example.org"), ("password", bad)],
            [("email", "a@example.org"), ("email", bad)],
        ] {
            let answer = shop.visitor().post("/admin/sign-in", &fields).await;
            assert!(matches!(answer.status.code, 422 | 429 | 413), "{bad:?}: {}", answer.status);
        }
        shop.visitor().with_cookie("staff", "not-a-token").get("/admin").await.is(Status::SeeOther);
    }
    for bytes in [&b"email=%00&password=%ff%fe"[..], b"\xff\xfe=\xff", b"", b"email"] {
        let status = shop.visitor().post_body("/admin/sign-in", bytes).await.status;
        assert!(matches!(status.code, 400 | 422 | 429), "{status}");
    }
}
