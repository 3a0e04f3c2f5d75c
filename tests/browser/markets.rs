//! Prices without tax in one market and with it in another, in the browser, with and without JavaScript.

use super::{Browser, Look};
use crate::world::Running;

/// Waits until the bill says this; it is folded for the driver, whatever the page shows.
pub(super) async fn the_bill_says(browser: &Browser, text: &str) {
    let mut bill = String::new();
    for _ in 0..100 {
        let said = browser.run("return document.querySelector('#bill')?.textContent ?? ''").await;
        bill = said.as_str().unwrap_or_default().to_owned();
        if bill.contains(text) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(80)).await;
    }
    panic!("the bill does not say {text:?}: {bill}");
}

async fn shown(look: Look) {
    let shop = Running::open().await;
    shop.world
        .sql(
            "update settings set country = 'DE', currency = 'EUR', countries = '{DE,FR}', prices_include_tax = true;
             insert into shipping_zone_countries (country, zone_id) select 'FR', id from shipping_zones where name = 'Europe';
             insert into tax_zones (country) values ('FR');
             insert into tax_rates (zone_id, class_id, name, rate_millionths)
                 select z.id, c.id, 'VAT', 200000 from tax_zones z join tax_classes c on c.is_default where z.country = 'FR';
             insert into markets (name, currency, tax_display, active, position) values ('Business', 'EUR', 'without', true, 1);
             insert into market_countries values ('FR', 2)",
        )
        .await;
    shop.world.put("Green tea", 1190, 9).await;
    let browser = Browser::open(look).await;
    browser.go(&format!("{}/products/green-tea", shop.url)).await;
    browser.shows("€11.90").await;
    browser.click("#market option[value='2']").await;
    if !look.scripts {
        browser.click(".market button").await;
    }
    browser.shows("excl. VAT").await;
    browser.shows("€10.00").await;
    browser.click("button[data-buy]").await;
    browser.find("a[href='/checkout']").await;
    browser.go(&format!("{}/cart", shop.url)).await;
    browser.shows("€4.20").await;
    browser.shows("VAT 20 %").await;
    browser.shows("€2.84").await;
    browser.shows("€17.04").await;
    browser.go(&format!("{}/checkout", shop.url)).await;
    the_bill_says(&browser, "€17.04").await;
    // A country of the other market: told first, changed by a press.
    browser.click("#country option[value='DE']").await;
    if !look.scripts {
        browser.click("#country ~ noscript button").await;
    }
    browser.shows("To Germany we sell in the market Main market").await;
    browser.click("button[name=market]").await;
    the_bill_says(&browser, "€16.90").await;
    the_bill_says(&browser, "with €2.70 VAT 19 %").await;
    browser.close().await;
}

#[rocket::async_test]
async fn markets_show_tax_as_they_say_in_the_browser() {
    shown(Look::DESK).await;
}

#[rocket::async_test]
async fn markets_show_tax_as_they_say_without_javascript() {
    shown(Look::NO_SCRIPTS).await;
}
