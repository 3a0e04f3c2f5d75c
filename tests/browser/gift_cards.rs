//! A gift card is bought, its code shown once, and used at the checkout; with JavaScript and without.

use super::purchase::fill_in;
use super::{Browser, Look};
use crate::world::Running;

/// A shop that takes cards and sells tea and gift cards of $25.
async fn gift_shop() -> Running {
    let shop = Running::open().await;
    shop.world.sql("update payment_methods set enabled = true").await;
    shop.world.put("Green tea", 450, 5).await;
    shop.world.put("Gift card", 2500, 0).await;
    shop.world
        .sql(
            "update products set gift_card = true where handle = 'gift-card';
             update stock set tracked = false where variant_id = (select id from variants where sku = 'GIFT-CARD')",
        )
        .await;
    shop
}

/// Puts the gift card in the cart and pays it with the test card.
async fn buy(shop: &Running, browser: &Browser, look: Look) {
    browser.go(&format!("{}/products/gift-card", shop.url)).await;
    browser.shows("No tax is due now").await;
    browser.click("[data-buy]").await;
    if look.scripts {
        browser.find("dialog#cart[open]").await;
    }
    browser.go(&format!("{}/checkout", shop.url)).await;
    browser.fill("country", "DE").await;
    if look.scripts {
        browser.shows("Postal code").await;
    } else {
        browser.click("button[formaction]").await;
    }
    for (field, value) in [
        ("email", "anna@example.org"),
        ("name", "Anna Berg"),
        ("street", "Lindenweg 3"),
        ("postal_code", "10115"),
        ("city", "Berlin"),
    ] {
        browser.fill(field, value).await;
    }
    browser.click("main [name=payment][value=test_card]").await;
    browser.click("main button.button--big").await;
    browser.shows("Continue to payment, $25.00").await;
    browser.click("main button.button--big").await;
    browser.shows("Pay $25.00 with the test card").await;
    browser.click("main [name=behaviour][value=approve]").await;
    browser.click("main button.button--big").await;
    browser.shows("Thank you").await;
    shop.world.work().await;
}

/// The code behind the link of the mail, shown by its button.
async fn code(shop: &Running, browser: &Browser) -> String {
    let sheet = crate::gift_cards::sheet(&shop.world).await;
    browser.go(&format!("{}{sheet}", shop.url)).await;
    browser.click("main button.button--big").await;
    browser.shows("This is the only time that the code is shown").await;
    browser.find(".gift__code").await.text().await.expect("a code")
}

#[rocket::async_test]
async fn a_gift_card_is_bought_and_used_with_and_without_javascript() {
    for look in [Look::DESK, Look::NO_SCRIPTS] {
        let shop = gift_shop().await;
        let browser = Browser::open(look).await;
        buy(&shop, &browser, look).await;
        let code = code(&shop, &browser).await;
        fill_in(&shop, &browser, look.scripts).await;
        browser.click("main .wallet summary").await;
        browser.fill("gift_card", &code.to_lowercase()).await;
        browser.click("main .wallet button[formaction=\"/checkout/gift-cards\"]").await;
        browser.shows("This pays for everything").await;
        assert_eq!(browser.find("main [name=street]").await.value().await.expect("a value").as_deref(), Some("Lindenweg 3"));
        browser.click("main button.button--big").await;
        browser.shows("Still to pay").await;
        browser.click("main button.button--big").await;
        browser.shows("1002").await;
        browser.close().await;
        assert_eq!(shop.world.number("select balance from credit_accounts").await, 1550);
        assert_eq!(shop.world.number("select count(*) from orders where payment_status = 'paid'").await, 2);
        shop.world.is_sound().await;
    }
}
