//! Everybody of the staff sees the management pages in a language and a time zone of their own; lost pages look like the others.

use rocket::http::Status;

use crate::world::TestShop;

#[rocket::async_test]
async fn dash_staff_choose_their_own_language_and_time_zone() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 5).await;
    shop.place(1, &[(&tea, 1000, 1)]).await.expect("placed");
    shop.sql("update orders set placed_at = '2020-03-28T23:30Z'").await;
    let (sam, other) = (shop.staff("manager").await, shop.staff("support").await);
    sam.get("/admin/orders").await.is_ok().shows("28 Mar 2020, 23:30");
    let page = sam.get("/admin/preferences").await;
    page.is_ok().shows("Your preferences").shows("As the shop: UTC").shows("As the shop: English").keeps("guide", "yes");
    let wish = [("zone", "Europe/Berlin"), ("locale", "de"), ("guide", "yes")];
    sam.post("/admin/preferences", &wish).await.goes_to("/admin/preferences");
    sam.get("/admin/preferences").await.is_ok().shows("Ihre Einstellungen sind gespeichert").keeps("zone", "Europe/Berlin");
    sam.get("/admin/orders").await.is_ok().has("<html lang=\"de\"").shows("29.03.2020, 00:30").shows("Bestellungen");
    other.get("/admin/orders").await.is_ok().has("<html lang=\"en\"").shows("28 Mar 2020, 23:30");
    sam.get("/").await.is_ok().has("<html lang=\"en\"");
    assert_eq!(shop.number("select count(*) from audit where action = 'staff.preferences'").await, 1);
}

#[rocket::async_test]
async fn dash_preferences_begin_as_the_shops_and_go_back_to_them() {
    let shop = TestShop::open().await;
    shop.sql(
        "update settings set locale = 'de', time_zone = 'Asia/Tokyo'; insert into change_feed (subject) values ('settings')",
    )
    .await;
    let mut sam = shop.staff("content").await;
    sam.language = "en";
    sam.get("/admin/preferences")
        .await
        .is_ok()
        .has("<html lang=\"de\"")
        .shows("Wie der Shop: Asia/Tokyo")
        .lacks("Einrichtungshilfe");
    sam.post("/admin/preferences", &[("zone", "Nowhere/Town"), ("locale", "fr")])
        .await
        .is(Status::UnprocessableEntity)
        .has("id=\"zone-error\"")
        .has("id=\"locale-error\"");
    sam.post("/admin/preferences", &[]).await.is(Status::UnprocessableEntity);
    sam.post("/admin/preferences", &[("zone", ""), ("locale", "en")]).await.goes_to("/admin/preferences");
    sam.get("/admin/preferences").await.is_ok().has("<html lang=\"en\"");
    sam.post("/admin/preferences", &[("zone", ""), ("locale", "")]).await.goes_to("/admin/preferences");
    sam.get("/admin/preferences").await.is_ok().has("<html lang=\"de\"");
    shop.get("/admin/preferences").await.goes_to("/admin/sign-in?next=%2Fadmin%2Fpreferences");
}

#[rocket::async_test]
async fn dash_lost_management_pages_keep_their_frame_for_staff_alone() {
    let shop = TestShop::open().await;
    let sam = shop.staff("manager").await;
    for lost in ["/admin/nothing", "/admin/orders/999", "/admin/orders/x", "/admin/products/7", "/admin/nothing?q=%3Cb%3E"] {
        let page = sam.get(lost).await;
        page.is(Status::NotFound).shows("This page is not here").shows("Sam manager").has("class=\"sidebar\"");
        page.has("action=\"/admin/search\"");
        assert!(!page.body().contains("<b>"), "what was typed is escaped");
        let stranger = shop.get(lost).await;
        assert!(!stranger.body().contains("class=\"sidebar\""), "{lost}");
    }
    assert!(!sam.get("/nothing").await.body().contains("class=\"sidebar\""), "the shop stays the shop");
}
