//! The setup guide says what is done from what there is; it can be put away and brought back.

use rocket::http::Status;

use crate::world::TestShop;

#[rocket::async_test]
async fn dash_the_guide_reads_from_the_data_what_is_done() {
    let shop = TestShop::open().await;
    shop.sql("update settings set street = 'Weg 1', city = 'Ulm'").await;
    let sam = shop.staff("manager").await;
    // Delivery, payment and tax are there from the beginning.
    sam.get("/admin").await.is_ok().shows("Get ready to sell").shows("4 of 9 done");
    shop.put("Green tea", 1000, 50).await;
    shop.sql("update legal_pages set body = 'x'").await;
    sam.get("/admin").await.is_ok().shows("6 of 9 done").shows("Test mail").shows("Logo");
    shop.sql("insert into mails (kind, sender, recipient, subject, html, body_text, state) values ('test', 's', 'r', 'x', '', '', 'kept')").await;
    sam.get("/admin").await.is_ok().shows("6 of 9 done");
    shop.sql("update mails set state = 'sent'").await;
    sam.get("/admin").await.is_ok().shows("7 of 9 done");
}

#[rocket::async_test]
async fn dash_the_guide_can_be_put_away_by_everybody_for_themselves() {
    let shop = TestShop::open().await;
    let (sam, other) = (shop.staff_named("sam@example.org", "manager").await, shop.staff_named("eve@example.org", "owner").await);
    sam.post("/admin/guide/hiding", &[]).await.goes_to("/admin");
    sam.get("/admin").await.is_ok().lacks("Get ready to sell").shows("Your preferences bring it back");
    other.get("/admin").await.is_ok().shows("Get ready to sell");
    sam.post("/admin/preferences", &[("zone", ""), ("locale", ""), ("guide", "yes")]).await.goes_to("/admin/preferences");
    sam.get("/admin").await.is_ok().shows("Get ready to sell");
    let packer = shop.staff("fulfilment").await;
    packer.get("/admin").await.is_ok().lacks("Get ready to sell");
    packer.post("/admin/guide/hiding", &[]).await.is(Status::Forbidden);
}

#[rocket::async_test]
async fn dash_a_test_mail_goes_to_whoever_asks() {
    let shop = TestShop::open().await;
    let sam = shop.staff_named("sam@example.org", "support").await;
    sam.post("/admin/mail/test", &[]).await.goes_to("/admin/mail");
    shop.work().await;
    sam.get("/admin/mail").await.is_ok().shows("A test mail of Test shop").shows("sam@example.org").shows("Kept");
    shop.staff("content").await.post("/admin/mail/test", &[]).await.is(Status::Forbidden);
}

#[rocket::async_test]
async fn dash_a_checkout_counts_from_the_first_thing_typed_in_it() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 50).await;
    let buyer = shop.visitor();
    buyer.post("/cart/lines", &[("variant", &tea.variant.to_string()), ("quantity", "1")]).await;
    buyer.get("/checkout").await.is_ok();
    assert_eq!(shop.number("select count(*) from checkouts_begun").await, 0, "looking is not beginning");
    for name in ["Anna", "Anna Berg"] {
        buyer.post("/checkout/draft", &[("email", "anna@example.org"), ("name", name)]).await;
    }
    assert_eq!(shop.number("select count(*) from checkouts_begun").await, 1);
    let sam = shop.staff("analyst").await;
    sam.get("/admin").await.is_ok().shows("0 of 1 checkout").shows("0 %");
    sam.get("/admin/orders?begun_from=2026-01-01").await.is_ok();
}
