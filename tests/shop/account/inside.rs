//! The pages behind the door: addresses, sessions, name and language.

use rocket::http::Status;

use super::{PASSWORD, enrol, sign_in};
use crate::world::TestShop;

fn address<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("country", "DE"),
        ("name", "Marta Wolf"),
        ("street", "Karl-Heine-Straße 48"),
        ("postal_code", "04229"),
        ("city", "Leipzig"),
        ("press", "save"),
    ];
    for change in changes {
        fields.retain(|field| field.0 != change.0);
        fields.push(*change);
    }
    fields
}

#[rocket::async_test]
async fn addresses_are_added_changed_preferred_and_removed() {
    let shop = TestShop::open().await;
    let marta = shop.customer("marta@example.org").await;
    marta.get("/account/addresses").await.is_ok().shows("No address yet");
    marta.get("/account/addresses/new").await.is_ok().shows("State").keeps("name", "Marta Wolf");
    marta.post("/account/addresses/new", &address(&[])).await.goes_to("/account/addresses");
    marta.get("/account/addresses").await.shows("04229 Leipzig").shows("Default address");
    let first = shop.number("select id from customer_addresses").await;
    marta.post("/account/addresses/new", &address(&[("city", "Berlin"), ("default", "yes")])).await.goes_to("/account/addresses");
    let second = shop.number("select id from customer_addresses where is_default").await;
    assert_ne!(first, second);
    marta.post(&format!("/account/addresses/{first}/default"), &[]).await.goes_to("/account/addresses");
    assert_eq!(shop.number("select id from customer_addresses where is_default").await, first);
    let page = format!("/account/addresses/{first}");
    marta.get(&page).await.is_ok().keeps("city", "Leipzig");
    marta.post(&page, &address(&[("city", "Halle")])).await.goes_to("/account/addresses");
    assert_eq!(
        shop.number(&format!(
            "select count(*) from customer_addresses where address->>'city' = 'Halle' and id = {first} and is_default"
        ))
        .await,
        1
    );
    marta.post(&format!("{page}/removal"), &[]).await.goes_to("/account/addresses");
    assert_eq!(
        shop.number("select id from customer_addresses where is_default").await,
        second,
        "the other one is the default now"
    );
    marta.get(&page).await.is(Status::NotFound);
    marta.post(&format!("{page}/removal"), &[]).await.is(Status::NotFound);
}

#[rocket::async_test]
async fn an_address_has_the_fields_of_its_country_and_says_what_is_missing() {
    let shop = TestShop::open().await;
    let marta = shop.customer("marta@example.org").await;
    let other = marta.post("/account/addresses/new", &[("country", "DE"), ("name", "Marta"), ("press", "country")]).await;
    other
        .is(Status::UnprocessableEntity)
        .shows("Postal code")
        .lacks("Please choose")
        .lacks("There is a problem")
        .keeps("name", "Marta");
    let bad = marta.post("/account/addresses/new", &address(&[("postal_code", "1"), ("street", "")])).await;
    bad.is(Status::UnprocessableEntity).keeps("city", "Leipzig").keeps("postal_code", "1");
    let abroad = marta.post("/account/addresses/new", &address(&[("country", "FR"), ("postal_code", "75001")])).await;
    abroad.is(Status::UnprocessableEntity);
    assert_eq!(shop.number("select count(*) from customer_addresses").await, 0);
    for _ in 0..50 {
        marta.post("/account/addresses/new", &address(&[])).await.is(Status::SeeOther);
    }
    marta.post("/account/addresses/new", &address(&[])).await.is(Status::UnprocessableEntity).shows("it holds 50 addresses");
}

#[rocket::async_test]
async fn what_is_another_customer_s_does_not_exist() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    let marta = shop.customer("marta@example.org").await;
    let anna = shop.customer("anna@example.org").await;
    marta.post("/account/addresses/new", &address(&[])).await.goes_to("/account/addresses");
    let address_id = shop.number("select id from customer_addresses").await;
    let session = shop.number("select min(id) from customer_sessions").await;
    let number = shop.place(900, &[(&tea, 450, 1)]).await.expect("placed").number;
    shop.sql("update orders set customer_id = (select id from customers where email = 'marta@example.org')").await;
    let pages = [format!("/account/orders/{number}"), format!("/account/addresses/{address_id}")];
    for page in &pages {
        marta.get(page).await.is_ok();
        anna.get(page).await.is(Status::NotFound);
    }
    let acts = [
        format!("/account/orders/{number}/cart"),
        format!("/account/addresses/{address_id}"),
        format!("/account/addresses/{address_id}/removal"),
        format!("/account/addresses/{address_id}/default"),
        format!("/account/sessions/{session}/ending"),
    ];
    for act in &acts {
        anna.post(act, &address(&[])).await.is(Status::NotFound);
        shop.visitor().post(act, &[]).await.is(Status::SeeOther);
    }
    marta.get("/account").await.is_ok();
    anna.get("/account").await.is_ok().shows("What you buy while you are signed in appears here");
}

#[rocket::async_test]
async fn sessions_are_listed_and_ended() {
    let shop = TestShop::open().await;
    enrol(&shop, "marta@example.org").await;
    let (here, there, elsewhere) = (shop.visitor(), shop.visitor(), shop.visitor());
    for visitor in [&here, &there, &elsewhere] {
        sign_in(visitor, "marta@example.org", PASSWORD).await.goes_to("/account");
    }
    here.get("/account/security").await.is_ok().shows("Where you are signed in").shows("this one");
    let second = shop.number("select id from customer_sessions order by id offset 1 limit 1").await;
    here.post(&format!("/account/sessions/{second}/ending"), &[]).await.goes_to("/account/security");
    there.get("/account").await.is(Status::SeeOther);
    elsewhere.get("/account").await.is_ok();
    here.post("/account/sessions/others/ending", &[]).await.goes_to("/account/security");
    elsewhere.get("/account").await.is(Status::SeeOther);
    let own = shop.number("select id from customer_sessions").await;
    here.post(&format!("/account/sessions/{own}/ending"), &[]).await.goes_to("/account/sign-in");
    here.get("/account").await.is(Status::SeeOther);
}

#[rocket::async_test]
async fn name_and_language_are_kept_and_the_pages_follow() {
    let shop = TestShop::open().await;
    let marta = shop.customer("marta@example.org").await;
    marta.get("/account/details").await.is_ok().keeps("name", "Marta Wolf");
    marta.post("/account/details", &[("name", "Märta"), ("language", "de")]).await.goes_to("/account/details");
    marta.get("/account").await.is_ok().shows("Guten Tag, Märta");
    assert_eq!(shop.number("select count(*) from customers where locale = 'de' and name = 'Märta'").await, 1);
    marta.post("/account/details", &[("name", "x"), ("language", "tlh")]).await.is(Status::UnprocessableEntity);
}
