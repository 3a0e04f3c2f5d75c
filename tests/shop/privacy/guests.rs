//! Guests ask by the link of their order, and prove their address by a mail.

use chrono::Duration;
use rocket::http::Status;

use super::{buy, file, unpacked};
use crate::account::{enrol, link_in_mail};
use crate::world::TestShop;

#[rocket::async_test]
async fn a_guest_gets_a_copy_behind_a_mail_to_the_address_of_the_order() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    let anna = shop.visitor();
    let order = buy(&shop, &anna, &tea, "anna@example.org", "Anna Miller").await;
    buy(&shop, &shop.visitor(), &tea, "berta@example.org", "Berta Braun").await;
    shop.work().await;
    let page = format!("{order}/privacy");
    anna.get(&order).await.is_ok().has(&format!("href=\"{page}\""));
    let kept = anna.get(&page).await;
    kept.is_ok().shows("Orders 1").lacks("Anna Miller").lacks("anna@example.org");
    assert_eq!(kept.header("cache-control"), Some("no-store"));
    anna.post(&page, &[("asks", "everything")]).await.is(Status::UnprocessableEntity);
    anna.post(&page, &[("asks", "copy")]).await.goes_to(&page);
    let link = link_in_mail(&shop, "anna@example.org", "/privacy/requests/").await;
    let asked = anna.get(&link).await;
    asked.is_ok().shows("anna@example.org").shows("Download the copy");
    assert_eq!(asked.header("cache-control"), Some("no-store"));
    let files = unpacked(&anna.post(&link, &[]).await);
    assert!(file(&files, "json/orders.json").contains("Anna Miller"));
    assert!(files.iter().all(|(_, text)| !text.contains("Berta")), "nothing of another guest");
    assert!(files.iter().all(|(_, text)| !text.contains("/privacy/requests/")), "no link that opens anything");
    shop.shop.clock.advance(Duration::hours(25));
    anna.get(&link).await.is(Status::Gone).shows("used up or too old");
    anna.post(&link, &[]).await.is(Status::Gone);
    for wrong in ["/orders/nonsense/privacy", "/orders/%00/privacy"] {
        anna.get(wrong).await.is(Status::NotFound);
    }
    anna.get("/privacy/requests/nonsense").await.is(Status::Gone);
}

#[rocket::async_test]
async fn a_guest_is_forgotten_once_the_link_in_the_mail_is_followed_and_pressed() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    let anna = shop.visitor();
    let order = buy(&shop, &anna, &tea, "anna@example.org", "Anna Miller").await;
    let berta = buy(&shop, &shop.visitor(), &tea, "berta@example.org", "Berta Braun").await;
    shop.sql("update orders set cancelled_at = now(), status = 'cancelled' where email = 'anna@example.org'").await;
    shop.work().await;
    let page = format!("{order}/privacy");
    anna.post(&page, &[("asks", "erasure")]).await.goes_to(&page);
    let link = link_in_mail(&shop, "anna@example.org", "/privacy/requests/").await;
    anna.get(&link).await.is_ok().shows("There is no way back");
    assert_eq!(
        shop.number("select count(*) from orders where customer_name = 'Anna Miller'").await,
        1,
        "looking forgets nothing"
    );
    anna.post(&link, &[]).await.goes_to("/");
    assert_eq!(
        shop.number("select count(*) from orders where lower(orders::text) like '%anna%'").await,
        0,
        "nobody ever paid for it"
    );
    assert_eq!(shop.number("select count(*) from mails where lower(mails::text) like '%anna%'").await, 0);
    anna.get(&order).await.is(Status::NotFound);
    anna.get(&link).await.is(Status::Gone);
    shop.get(&berta).await.is_ok().shows("Berta Braun");
    assert_eq!(
        shop.number("select count(*) from audit where action = 'guest.erased' and audit::text not like '%anna%'").await,
        1
    );
}

#[rocket::async_test]
async fn orders_of_an_account_are_no_guests_and_mails_are_not_sent_without_end() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    let anna = shop.visitor();
    let order = buy(&shop, &anna, &tea, "anna@example.org", "Anna Miller").await;
    let page = format!("{order}/privacy");
    for _ in 0..5 {
        anna.post(&page, &[("asks", "copy")]).await.goes_to(&page);
    }
    anna.post(&page, &[("asks", "copy")]).await.is(Status::TooManyRequests).shows("Too many attempts");
    let link = link_in_mail(&shop, "anna@example.org", "/privacy/requests/").await;
    let id = enrol(&shop, "anna@example.org").await;
    shop.sql(&format!("update orders set customer_id = {id}")).await;
    anna.get(&page).await.is(Status::NotFound);
    anna.get(&link).await.is(Status::Gone);
}
