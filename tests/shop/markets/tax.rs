//! Prices with tax or without, market by market; the total is what the lines and the tax say.

use rocket::http::Status;

use super::{buy_in, details, leipzig, press, put_in};

#[rocket::async_test]
async fn markets_show_prices_without_tax_that_are_typed_with_it() {
    let shop = leipzig().await;
    let tea = shop.put("Green tea", 1190, 50).await;
    let france = shop.market("Business", "FR", "EUR", "1", "none").await;
    shop.sql(&format!("update markets set tax_display = 'without' where id = {france}")).await;
    let (anna, ben) = (shop.visitor(), shop.visitor());
    buy_in(&anna, france).await;
    for path in ["/products/green-tea", "/products", "/products?min=10&max=10", "/", "/search?q=tea"] {
        anna.get(path).await.is_ok().shows("€10.00").shows("excl. VAT").lacks("€11.90");
        let typed = path.replace("=10", "=11.90");
        ben.get(&typed).await.is_ok().shows("€11.90").lacks("excl. VAT");
    }
    anna.get("/").await.is_ok().shows("Prices without tax");
    ben.get("/").await.is_ok().shows("Prices include tax");
    put_in(&anna, &tea, "3").await;
    // 5.00 of delivery are 4.20 without 19 %; 20 % of 30.00 and of 4.20 come on top.
    let cart = anna.get("/cart").await;
    cart.is_ok().shows("€10.00 each").shows("€30.00").shows("€4.20").shows("VAT 20 % €6.84").shows("€41.04").lacks("€11.90");
    details(&shop, &anna, "FR").await.goes_to("/checkout/review");
    let look = anna.get("/checkout/review").await;
    look.is_ok().shows("€30.00").shows("€4.20").shows("VAT 20 % €6.84").shows("€41.04");
    press(&anna, &look).await.is(Status::SeeOther);
    let kept =
        "select total from orders where not tax_included and goods_total = 3000 and shipping_total = 420 and tax_total = 684";
    assert_eq!(shop.number(kept).await, 4104);
    put_in(&ben, &tea, "3").await;
    ben.get("/cart").await.is_ok().shows("€11.90 each").shows("€35.70").shows("€40.70");
    shop.is_sound().await;
}

#[rocket::async_test]
async fn markets_show_prices_without_tax_that_end_as_they_say() {
    let shop = leipzig().await;
    let tea = shop.put("Green tea", 1190, 50).await;
    let abroad = shop.market("Abroad", "FR", "USD", "1.1", "99").await;
    shop.sql(&format!("update markets set tax_display = 'without' where id = {abroad}")).await;
    let anna = shop.visitor();
    buy_in(&anna, abroad).await;
    // 13.09 dollars end on 12.99; without 19 % that is 10.92, which ends on 10.99.
    for path in ["/products/green-tea", "/products", "/products?min=10.99&max=10.99"] {
        anna.get(path).await.is_ok().shows("$10.99").shows("excl. VAT").lacks("€");
    }
    put_in(&anna, &tea, "3").await;
    // 5.50 of delivery are 4.62 without 19 %; 20 % of 32.97 and of 4.62 come on top.
    anna.get("/cart").await.is_ok().shows("$10.99 each").shows("$32.97").shows("$4.62").shows("VAT 20 % $7.51").shows("$45.10");
    details(&shop, &anna, "FR").await.goes_to("/checkout/review");
    let look = anna.get("/checkout/review").await;
    press(&anna, look.is_ok().shows("$32.97").shows("$45.10")).await.is(Status::SeeOther);
    let kept = "select total from orders where currency = 'USD' and goods_total = 3297 and shipping_total = 462";
    assert_eq!(shop.number(kept).await, 4510);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn markets_show_prices_with_tax_that_are_typed_without_it() {
    let shop = leipzig().await;
    shop.sql("update settings set prices_include_tax = false").await;
    let tea = shop.put("Green tea", 1000, 50).await;
    let france = shop.market("France", "FR", "EUR", "1", "none").await;
    shop.sql(&format!("update markets set tax_display = 'with' where id = {france}")).await;
    let anna = shop.visitor();
    buy_in(&anna, france).await;
    anna.get("/products/green-tea").await.is_ok().shows("€12.00").shows("incl. VAT").has("\"price\":\"12.00\"");
    put_in(&anna, &tea, "3").await;
    anna.get("/cart").await.is_ok().shows("€12.00 each").shows("€36.00").shows("€42.00").shows("€7.00 VAT");
    details(&shop, &anna, "FR").await.goes_to("/checkout/review");
    let look = anna.get("/checkout/review").await;
    press(&anna, look.is_ok().shows("€42.00")).await.is(Status::SeeOther);
    assert_eq!(shop.number("select total from orders where tax_included and tax_total = 700").await, 4200);
    shop.is_sound().await;
}
