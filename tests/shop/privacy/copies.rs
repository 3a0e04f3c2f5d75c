//! Copies of somebody's data.

use chrono::Duration;
use rocket::http::Status;

use super::{file, unpacked};
use crate::account::{PASSWORD, enrol, sign_in};
use crate::world::{TestShop, Visitor};

async fn keep_address(visitor: &Visitor, name: &str) {
    let fields =
        [("country", "DE"), ("name", name), ("street", "Weg 1"), ("postal_code", "10115"), ("city", "Berlin"), ("press", "save")];
    visitor.post("/account/addresses/new", &fields).await.goes_to("/account/addresses");
}

/// The path of the copy that the page offers.
async fn offered(visitor: &Visitor) -> String {
    let page = visitor.get("/account/privacy").await;
    let body = page.is_ok().body();
    let rest = body.split("href=\"/account/privacy/copies/").nth(1).unwrap_or_else(|| panic!("no copy in {body}"));
    format!("/account/privacy/copies/{}", rest.split('"').next().expect("an id"))
}

#[rocket::async_test]
async fn a_customer_takes_a_copy_of_everything_and_of_nobody_elses() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    let id = enrol(&shop, "marta@example.org").await;
    let (marta, eve) = (shop.visitor(), shop.customer("eve@example.org").await);
    sign_in(&marta, "marta@example.org", "wrong").await.is(Status::UnprocessableEntity);
    sign_in(&marta, "marta@example.org", PASSWORD).await.goes_to("/account");
    keep_address(&marta, "=HYPERLINK(\"https://evil.example\")").await;
    keep_address(&eve, "Eve Elsewhere").await;
    marta.post("/cart/lines", &[("variant", &tea.variant.to_string()), ("quantity", "2")]).await.goes_to("/cart");
    shop.place(900, &[(&tea, 450, 3)]).await.expect("placed");
    shop.sql(&format!("update orders set customer_id = {id}, note = 'Ring twice'")).await;
    shop.place(901, &[(&tea, 450, 1)]).await.expect("placed");
    shop.sql("insert into customer_identities (customer_id, issuer, subject, email) select id, 'https://id.example', 's-1', 'm@id.example' from customers where email = 'marta@example.org'").await;
    let support = shop.staff("support").await;
    support.post(&format!("/admin/customers/{id}/note"), &[("note", "Likes green tea")]).await.is(Status::SeeOther);
    support.post(&format!("/admin/customers/{id}/password-reset"), &[]).await.is(Status::SeeOther);
    let gift =
        [("amount", "40"), ("expires", ""), ("email", "marta@example.org"), ("words", ""), ("language", "en"), ("form", "gift")];
    shop.staff("manager").await.post("/admin/gift-cards", &gift).await.is(Status::SeeOther);
    shop.work().await;

    marta.get("/account").await.is_ok().has("href=\"/account/privacy\"");
    marta.get("/account/privacy").await.is_ok().shows("Orders 1").shows("Notes of our staff 1").lacks("Download the copy");
    let ask = "/account/privacy/copies";
    marta.post(ask, &[("password", "wrong")]).await.is(Status::UnprocessableEntity).shows("not your current password");
    marta.post(ask, &[]).await.is(Status::UnprocessableEntity).shows("not your current password");
    marta.post(ask, &[("password", PASSWORD)]).await.goes_to("/account/privacy");
    let path = offered(&marta).await;
    let files = unpacked(&marta.get(&path).await);
    assert!(file(&files, "json/profile.json").contains("\"email\":\"marta@example.org\""));
    assert!(file(&files, "json/orders.json").contains("Ring twice"));
    assert_eq!(
        file(&files, "json/orders.json").matches("\"number\"").count(),
        1,
        "an order of nobody in particular is not theirs"
    );
    assert!(file(&files, "csv/order_lines.csv").starts_with("order,title,variant,sku,quantity,unit_price"));
    assert!(file(&files, "csv/addresses.csv").contains("\"'=HYPERLINK(\"\"https://evil.example\"\")\""), "no cell is a formula");
    assert!(file(&files, "json/carts.json").contains("Green tea"));
    assert!(file(&files, "json/notes.json").contains("Likes green tea"));
    assert!(file(&files, "json/identities.json").contains("m@id.example"));
    assert!(file(&files, "json/mails.json").contains("customer_reset"));
    assert!(file(&files, "json/mails.json").contains("gift_card"));
    assert!(file(&files, "json/sessions.json").contains("created_at"));
    assert_eq!(file(&files, "json/tags.json"), "[]\n");
    for (name, text) in &files {
        for secret in ["argon2", "password_hash", "token", "password-reset/", "/gift-cards/", "Eve Elsewhere", "eve@example.org"]
        {
            assert!(!text.contains(secret), "{name} contains {secret}");
        }
        if name.starts_with("json/") {
            serde_json::from_str::<serde_json::Value>(text).unwrap_or_else(|why| panic!("{name} is no JSON: {why}"));
        }
    }

    eve.get(&path).await.is(Status::NotFound);
    shop.get(&path).await.is(Status::SeeOther);
    shop.shop.clock.advance(Duration::days(8));
    let later = shop.visitor();
    sign_in(&later, "marta@example.org", PASSWORD).await.goes_to("/account");
    later.get(&path).await.is(Status::NotFound);
}

#[rocket::async_test]
async fn who_has_no_password_shows_a_fresh_sign_in() {
    let shop = TestShop::open().await;
    let marta = shop.customer("marta@example.org").await;
    marta.post("/account/privacy/copies", &[]).await.goes_to("/account/privacy");
    unpacked(&marta.get(&offered(&marta).await).await);
    shop.shop.clock.advance(Duration::minutes(16));
    marta.post("/account/privacy/copies", &[]).await.is(Status::UnprocessableEntity).shows("sign out and in again");
}

#[rocket::async_test]
async fn guessing_at_the_password_has_an_end() {
    let shop = TestShop::open().await;
    enrol(&shop, "marta@example.org").await;
    let marta = shop.visitor();
    sign_in(&marta, "marta@example.org", PASSWORD).await.goes_to("/account");
    for _ in 0..5 {
        marta.post("/account/privacy/copies", &[("password", "wrong")]).await.is(Status::UnprocessableEntity);
    }
    let late = marta.post("/account/privacy/copies", &[("password", PASSWORD)]).await;
    late.is(Status::TooManyRequests).shows("Too many attempts");
}

#[rocket::async_test]
async fn staff_take_a_copy_on_behalf_and_it_is_written_down() {
    let shop = TestShop::open().await;
    let id = shop.customer_id("marta@example.org").await;
    let support = shop.staff("support").await;
    let page = format!("/admin/customers/{id}/privacy");
    support.get(&format!("/admin/customers/{id}")).await.is_ok().has(&format!("href=\"{page}\""));
    support.get(&page).await.is_ok().shows("A copy of the data").shows("Forgetting the customer");
    let files = unpacked(&support.post(&format!("{page}/copy"), &[]).await);
    assert!(file(&files, "json/profile.json").contains("marta@example.org"));
    let written = format!("select count(*) from audit where action = 'customer.copied' and subject_id = {id}");
    assert_eq!(shop.number(&written).await, 1);
    support.get("/admin/customers/999/privacy").await.is(Status::NotFound);
    support.post("/admin/customers/999/privacy/copy", &[]).await.is(Status::NotFound);
    shop.staff("content").await.post(&format!("{page}/copy"), &[]).await.is(Status::Forbidden);
    assert_eq!(shop.number(&written).await, 1);
}

#[rocket::async_test]
async fn a_long_history_is_handed_out_page_by_page() {
    let shop = TestShop::open().await;
    let id = shop.customer_id("marta@example.org").await;
    shop.sql(&format!("insert into customer_notes (customer_id, text) select {id}, 'note ' || n from generate_series(1, 450) n"))
        .await;
    let support = shop.staff("support").await;
    let files = unpacked(&support.post(&format!("/admin/customers/{id}/privacy/copy"), &[]).await);
    assert_eq!(file(&files, "csv/notes.csv").lines().count(), 451);
    let notes: Vec<serde_json::Value> = serde_json::from_str(file(&files, "json/notes.json")).expect("JSON");
    assert_eq!((notes.len(), notes[449]["text"].as_str()), (450, Some("note 450")));
}
