//! How long things are kept: one table in the code, changed by staff within limits, said on the privacy page, obeyed by jobs.

use diesel_async::SimpleAsyncConnection;
use rocket::http::Status;

use crate::world::{Answer, TestShop};

const PAGE: &str = "/admin/settings/privacy";

fn mark(page: &Answer) -> String {
    let body = page.body();
    body.split("name=\"seen\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a mark").to_owned()
}

fn form<'a>(seen: &'a str, changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let usual = [
        ("orders", "10"),
        ("carts", "30"),
        ("checkouts", "365"),
        ("payment_pages", "30"),
        ("mails", "180"),
        ("messages", "1095"),
        ("consents", "1095"),
        ("audit", "730"),
    ];
    let mut fields = vec![("seen", seen)];
    fields.extend(usual.map(|field| changes.iter().copied().find(|change| change.0 == field.0).unwrap_or(field)));
    fields
}

#[rocket::async_test]
async fn staff_change_times_within_limits_and_the_privacy_page_says_them() {
    let shop = TestShop::open().await;
    let manager = shop.staff("manager").await;
    let page = manager.get(PAGE).await;
    page.is_ok().keeps("mails", "180").keeps("orders", "10").shows("Failed sign-ins");
    let seen = mark(&page);
    let small = manager.post(PAGE, &form(&seen, &[("audit", "30")])).await;
    small.is(Status::UnprocessableEntity).keeps("audit", "30");
    for wrong in ["0", "99999999999", "x", ""] {
        manager.post(PAGE, &form(&seen, &[("carts", wrong)])).await.is(Status::UnprocessableEntity);
    }
    manager.post(PAGE, &form(&seen, &[("mails", "45"), ("orders", "8")])).await.goes_to(PAGE);
    manager.get(PAGE).await.is_ok().keeps("mails", "45").keeps("orders", "8").keeps("carts", "30");
    shop.get("/legal/privacy").await.is_ok().shows("45 days").shows("8 years");
    let late = manager.post(PAGE, &form(&seen, &[("mails", "60")])).await;
    late.is(Status::UnprocessableEntity).shows("45").keeps("mails", "60");
    let written =
        "select count(*) from audit where action = 'settings.privacy' and after = '{\"mails\": \"45\", \"orders\": \"8\"}'";
    assert_eq!(shop.number(written).await, 1);
    shop.staff("content").await.get(PAGE).await.is(Status::Forbidden);
}

#[rocket::async_test]
async fn what_is_over_is_forgotten_by_its_kind_and_nothing_else() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    shop.customer_id("marta@example.org").await;
    for (cart, age) in [(1, "11 years"), (2, "9 years")] {
        shop.place(cart, &[(&tea, 450, 1)]).await.expect("placed");
        shop.sql(&format!("update orders set placed_at = now() - interval '{age}', cancelled_at = now(), status = 'cancelled' where cart_id = {cart}")).await;
    }
    shop.sql(
        "insert into mails (kind, sender, recipient, subject, html, body_text, created_at) select 'x', 's', 'r@example.org', 'x', 'x', 'x', now() - d from unnest(array[interval '181 days', interval '179 days']) d;
         insert into audit (staff_email, action, subject, at) select 'x', 'x.y', 'x', now() - d from unnest(array[interval '731 days', interval '729 days']) d;
         insert into checkouts_begun (cart_id, at) select extract(epoch from d)::bigint, now() - d from unnest(array[interval '366 days', interval '364 days']) d;
         insert into consents (visitor, statistics, marketing, version, at) select repeat('v', 20), true, true, 'x', now() - d from unnest(array[interval '1096 days', interval '1094 days']) d;
         insert into data_downloads (customer_id, asked_at, expires_at) select id, now(), now() + d from customers, unnest(array[interval '-1 second', interval '1 day']) d;
         insert into events (kind, payload, at) select 'x', '{}', now() - d from unnest(array[interval '91 days', interval '89 days']) d where false",
    )
    .await;
    barrow::features::privacy::jobs::forget_in_time(&shop.shop.db, shop.now()).await.expect("forgets");
    for (what, left) in [
        ("mails where kind = 'x'", 1),
        ("audit where action = 'x.y'", 1),
        ("checkouts_begun", 1),
        ("consents", 1),
        ("data_downloads", 1),
        ("orders where customer_name = 'Marta Wolf' and shipping_address->>'city' = 'Leipzig'", 1),
        ("orders where email = 'forgotten@account.invalid' and customer_name = '–' and shipping_address->>'country' = 'DE'", 1),
    ] {
        assert_eq!(shop.number(&format!("select count(*) from {what}")).await, left, "{what}");
    }
}

#[rocket::async_test]
async fn the_audit_trail_is_not_changed_and_not_shortened_within_a_year() {
    let shop = TestShop::open().await;
    shop.sql("insert into audit (staff_email, action, subject, at) values ('x', 'x.y', 'x', now() - interval '364 days'), ('x', 'x.y', 'x', now() - interval '366 days')").await;
    let mut conn = shop.conn().await;
    for act in ["update audit set staff_email = 'y'", "truncate audit", "delete from audit"] {
        let refused = conn.batch_execute(act).await.map_err(|error| error.to_string());
        assert!(refused.is_err_and(|why| why.contains("append-only")), "{act}");
    }
    conn.batch_execute("delete from audit where at < now() - interval '365 days'").await.expect("what is old may go");
    assert_eq!(shop.number("select count(*) from audit").await, 1);
}

#[rocket::async_test]
async fn carts_are_kept_for_as_long_as_staff_say() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    let anna = shop.visitor();
    anna.post("/cart/lines", &[("variant", &tea.variant.to_string()), ("quantity", "1")]).await.goes_to("/cart");
    let sweep = async |days: i32| {
        barrow::features::cart::commands::sweep(&mut *shop.conn().await, days, shop.now() + chrono::Duration::days(6))
            .await
            .expect("sweeps")
    };
    assert_eq!(sweep(7).await, 0);
    assert_eq!(sweep(5).await, 1);
}

#[rocket::async_test]
async fn the_privacy_page_is_filled_in_from_the_settings_in_both_languages() {
    let shop = TestShop::open().await;
    let page = shop.get("/legal/privacy").await;
    page.is_ok().shows("Test Ltd").shows("shop@example.org").shows("Bank transfer").shows("10 years").shows("180 days");
    page.lacks("Cash on delivery").shows("No scripts, fonts, pictures or pixels of other houses").shows("Close your account");
    shop.get("/").await.is_ok().has("href=\"/legal/privacy\"");
    shop.sql(
        "update legal_pages set body = 'Our **own** words.' where kind = 'privacy'; update payment_methods set enabled = true",
    )
    .await;
    let page = shop.get("/legal/privacy").await;
    page.is_ok().has("<strong>own</strong>").shows("Cash on delivery").shows("10 years");
    let mut german = shop.visitor();
    german.language = "de";
    german.get("/legal/privacy").await.is_ok().shows("Wer verantwortlich ist").shows("10 Jahre").shows("Nachnahme");
}
