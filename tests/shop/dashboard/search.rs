//! Search over everything, as a page and as the part that the palette fetches.

use rocket::http::Status;

use crate::world::TestShop;

async fn with_things() -> TestShop {
    let shop = TestShop::open().await;
    let kettle = shop.put("Electric kettle", 1000, 50).await;
    shop.place(1, &[(&kettle, 1000, 1)]).await.expect("placed");
    shop.place(2, &[(&kettle, 1000, 1)]).await.expect("placed");
    shop.place(3, &[(&kettle, 1000, 1)]).await.expect("placed");
    shop.sql("update orders set customer_name = 'Johanna Wolf', email = 'johmarta.wolf@example.com' where number = 1003").await;
    shop
}

#[rocket::async_test]
async fn dash_search_finds_orders_customers_products_pages_and_commands() {
    let shop = with_things().await;
    let sam = shop.staff("manager").await;
    let page = sam.get("/admin/search?q=wolf").await;
    page.is_ok().shows("#1001 Marta Wolf").shows("#1003 Johanna Wolf").shows("Customers").shows("2 orders");
    page.has("<mark>Wolf</mark>").lacks("Electric kettle");
    sam.get("/admin/search?q=%231002").await.is_ok().has("href=\"/admin/orders/1002\"").lacks("#1001");
    sam.get("/admin/search?q=KETTLE").await.is_ok().shows("Electric kettle").shows("ELECTRIC-KETTLE · Active").lacks("#1001");
    sam.get("/admin/search?q=electric-kettle").await.is_ok().shows("Electric kettle");
    sam.get("/admin/search?q=tax").await.is_ok().shows("Pages").has("href=\"/admin/settings/tax\"");
    sam.get("/admin/search?q=add+prod").await.is_ok().shows("Add a product").has("href=\"/admin/products/new\"");
    sam.get("/admin/search").await.is_ok().shows("Add a product").shows("Your preferences").lacks("#1001");
    sam.get("/admin/search?q=zzz%3Cb%3E").await.is_ok().shows("Nothing fits “zzz<b>”");
}

#[rocket::async_test]
async fn dash_the_link_of_a_customer_leads_to_exactly_their_orders() {
    let shop = with_things().await;
    let sam = shop.staff("manager").await;
    sam.get("/admin/search?q=marta").await.is_ok().has("/admin/orders?email=marta.wolf%40example.com");
    let list = sam.get("/admin/orders?email=marta.wolf%40example.com").await;
    list.is_ok().shows("2 orders").shows("#1001").shows("#1002").lacks("#1003").shows("Customer: marta.wolf@example.com");
}

#[rocket::async_test]
async fn dash_search_shows_nobody_what_they_may_not_see() {
    let shop = with_things().await;
    let writer = shop.staff("content").await;
    writer.get("/admin/search?q=electric").await.is_ok().shows("Electric kettle");
    let page = writer.get("/admin/search?q=marta").await;
    page.is_ok().shows("Nothing fits").lacks("Wolf").lacks("#1001").lacks("Customers");
    writer.get("/admin/search?q=shop+det").await.is_ok().lacks("Shop details");
    writer.get("/admin/search").await.is_ok().shows("Add a product").lacks("See what is to be shipped").lacks("Orders");
    let packer = shop.staff("fulfilment").await;
    packer.get("/admin/search?q=1001").await.is_ok().has("href=\"/admin/orders/1001\"");
    packer.get("/admin/search?q=add").await.is_ok().lacks("Add a product");
    shop.get("/admin/search?q=e").await.goes_to("/admin/sign-in?next=%2Fadmin%2Fsearch%3Fq%3De");
    let stranger = shop.visitor().get_part("/admin/search?q=e").await;
    stranger.is(Status::Unauthorized);
}

#[rocket::async_test]
async fn dash_the_palette_gets_the_same_without_the_frame() {
    let shop = with_things().await;
    let sam = shop.staff("manager").await;
    let part = sam.get_part("/admin/search?q=wolf").await;
    part.is_ok().shows("#1001 Marta Wolf").has("data-first");
    assert!(!part.body().contains("<html"), "only the part");
    assert_eq!(part.body().matches("data-first").count(), 1);
    sam.get("/admin/products").await.is_ok().has("<dialog class=\"palette\"").has("href=\"/admin/search\"");
}

#[rocket::async_test]
async fn dash_odd_words_break_no_search() {
    let shop = with_things().await;
    let sam = shop.staff("manager").await;
    let long = "x".repeat(5000);
    for odd in ["%00", "%FF", "%25", "_", "%5C", "'", "-1", "99999999999999999999", "%F0%9F%92%A9", "%C4%B0", &long, "a&q=b"] {
        sam.get(&format!("/admin/search?q={odd}")).await.is_ok();
    }
}
