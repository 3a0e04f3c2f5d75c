//! The price of a litre, the prices of before, and the lowest of thirty days.

use chrono::Duration;
use rocket::http::Status;

use crate::catalog::drafts::{product, variant};
use crate::world::TestShop;

#[rocket::async_test]
async fn prices_of_a_litre_stand_on_cards_product_page_and_cart() {
    let shop = TestShop::open().await;
    let saved = shop.stock_up(&product("Green tea", &[], vec![variant(&[], "TEA", 1200)]), &[9]).await;
    let staff = shop.staff("content").await;
    let path = format!("/admin/products/{}", saved.product);
    let content = format!("variants[{}].content", saved.variants[0]);
    for (typed, says) in [("lots", "750 ml"), ("750 ml / 1 kg", "of one kind"), ("0 ml", "750 ml")] {
        let refused = staff.edit(&shop, &path, &[(&content, typed)]).await;
        refused.is(Status::UnprocessableEntity).shows(says).keeps(&content, typed);
    }
    staff.edit(&shop, &path, &[(&content, "0,75 l")]).await.goes_to(&path);
    staff.get(&path).await.is_ok().keeps(&content, "0.75 l / 1 l");
    shop.hear_the_feed().await;
    shop.get("/products/green-tea").await.is_ok().shows("0.75 l · $16.00 / l");
    shop.get("/products").await.is_ok().shows("$16.00 / l");
    let anna = shop.visitor();
    anna.post("/cart/lines", &[("variant", &saved.variants[0].to_string()), ("quantity", "2")]).await.goes_to("/cart");
    anna.get("/cart").await.is_ok().shows("$16.00 / l").shows("$24.00");
    // A form that does not know the field leaves it alone; an emptied one empties it.
    staff.edit(&shop, &path, &[("title", "Greener tea")]).await.goes_to(&path);
    assert_eq!(shop.number("select count(*) from variants where content = '0.75 l / 1 l'").await, 1);
    staff.edit(&shop, &path, &[(&content, "")]).await.goes_to(&path);
    assert_eq!(shop.number("select count(*) from variants where content is null").await, 1);
}

#[rocket::async_test]
async fn prices_reduced_stand_beside_the_lowest_of_the_thirty_days_before() {
    let shop = TestShop::open().await;
    shop.sql("update settings set country = 'DE'").await;
    let saved = shop.stock_up(&product("Green tea", &[], vec![variant(&[], "TEA", 1000)]), &[9]).await;
    let later = async |days: i64, now: i64, was: Option<i64>| {
        shop.shop.clock.advance(Duration::days(days));
        let mut draft = product("Green tea", &[], vec![variant(&[], "TEA", now)]);
        draft.variants[0].compare_at = was;
        shop.save(&draft).await;
        shop.hear_the_feed().await;
    };
    let says = async |told: Option<&str>| {
        for page in ["/products/green-tea", "/products"] {
            let page = shop.get(page).await;
            match told {
                Some(told) => page.is_ok().shows(&format!("Lowest price in the last 30 days: {told}")),
                None => page.is_ok().lacks("Lowest price"),
            };
        }
    };
    later(5, 1200, None).await;
    says(None).await;
    // Up ten days ago and reduced now: the price before it went up counts, too.
    later(10, 900, Some(1200)).await;
    says(Some("$10.00")).await;
    // Reduced further: the first reduction is a price of these thirty days.
    later(5, 800, Some(1200)).await;
    says(Some("$9.00")).await;
    later(2, 1200, None).await;
    says(None).await;
    // More than thirty days at the full price: nothing cheaper counts any more.
    later(31, 1100, Some(1200)).await;
    says(Some("$12.00")).await;
    // Said to be reduced and was not: what it cost before was no more.
    later(40, 1100, Some(1500)).await;
    says(Some("$11.00")).await;
    let owner = shop.staff("owner").await;
    shop.sql("update staff_sessions set expires_at = now() + interval '1 year', seen_at = now() + interval '93 days'").await;
    owner.get("/admin/price-lists").await.is_ok().has("name=\"told\" value=\"yes\" checked");
    owner.post("/admin/price-lists/lowest-price", &[]).await.goes_to("/admin/price-lists");
    shop.hear_the_feed().await;
    says(None).await;
    owner.post("/admin/price-lists/lowest-price", &[("told", "yes")]).await.goes_to("/admin/price-lists");
    shop.hear_the_feed().await;
    says(Some("$11.00")).await;
    let past = owner.get(&format!("/admin/products/{}/prices", saved.product)).await;
    past.is_ok().shows("$11.00 $15.00").shows("$8.00 $12.00").shows("$10.00").shows("Now");
    assert_eq!(shop.number("select count(*) from price_history").await, 7);
    assert_eq!(shop.number("select count(*) from price_history where valid_until is null").await, 1);
    owner.get("/admin/products/999/prices").await.is(Status::NotFound);
}

#[rocket::async_test]
async fn prices_of_lists_for_everybody_are_in_the_history_and_follow_the_usual_price() {
    let shop = TestShop::open().await;
    shop.sql("update settings set country = 'DE'").await;
    let saved = shop.stock_up(&product("Green tea", &[], vec![variant(&[], "TEA", 1000)]), &[9]).await;
    let staff = shop.staff("manager").await;
    let list = [
        ("name", "Sale"),
        ("active", "yes"),
        ("whom", "all"),
        ("off", "10"),
        ("from_quantity", "1"),
        ("rounding", "none"),
        ("begins", ""),
        ("ends", ""),
    ];
    staff.post("/admin/price-lists", &list).await.is(Status::SeeOther);
    shop.hear_the_feed().await;
    shop.get("/products/green-tea").await.is_ok().shows("$9.00").shows("Lowest price in the last 30 days: $10.00");
    let path = format!("/admin/products/{}", saved.product);
    staff.edit(&shop, &path, &[(&format!("variants[{}].price", saved.variants[0]), "20")]).await.goes_to(&path);
    shop.hear_the_feed().await;
    shop.get("/products").await.is_ok().shows("$18.00").shows("Before $20.00");
    assert_eq!(shop.number("select amount from standing_prices").await, 1800);
    assert_eq!(shop.number("select amount from price_history where valid_until is null").await, 1800);
}

#[rocket::async_test]
async fn prices_written_past_the_commands_are_in_the_history_all_the_same() {
    let shop = TestShop::open().await;
    let saved = shop.stock_up(&product("Green tea", &[], vec![variant(&[], "TEA", 1000)]), &[9]).await;
    let tea = saved.variants[0];
    let open = async || shop.number("select amount from price_history where valid_until is null").await;
    let rows = async || shop.number("select count(*) from price_history").await;
    shop.sql(&format!("update variants set price = 900, compare_at = 1000 where id = {tea}")).await;
    assert_eq!((open().await, rows().await), (900, 2));
    // Nothing changed by the end, or only what has no price.
    shop.sql(&format!(
        "begin; update variants set price = 1 where id = {tea}; update variants set price = 900 where id = {tea}; commit;
         update variants set price = 900, position = 1 where id = {tea}"
    ))
    .await;
    assert_eq!((open().await, rows().await), (900, 2));
    shop.sql("insert into price_lists (name, position, currency, active, for_all) values ('Sale', 0, 'USD', true, true)").await;
    shop.sql(&format!("insert into standing_prices select {tea}, id, 800 from price_lists")).await;
    assert_eq!((open().await, rows().await), (800, 3));
    shop.sql("delete from price_lists").await;
    assert_eq!((open().await, rows().await), (900, 4));
    let gaps = "select count(*) from price_history h where valid_until is not null
                   and not exists (select from price_history n where n.valid_from = h.valid_until)";
    assert_eq!(shop.number(gaps).await, 0, "one price begins where the other ends");
}
