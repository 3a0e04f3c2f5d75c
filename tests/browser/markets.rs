//! Prices without tax in one market and with it in another, in the browser, with and without JavaScript; and where a market is chosen.

use thirtyfour::Key;

use super::accessibility::press;
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

/// A shop that sells to businesses in France without tax, with tea on its shelf.
async fn two_markets() -> Running {
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
    shop
}

/// Chooses the other market in the header, by keys alone.
async fn choose_in_the_header(browser: &Browser) {
    let is_open = async || browser.has(".market-menu[open]").await;
    browser.run("document.querySelector('.market-menu summary').focus()").await;
    let said = browser.run("return document.querySelector('.market-menu summary').textContent").await;
    assert!(said.as_str().is_some_and(|said| said.contains("Main market") && said.contains("EUR")), "{said}");
    press(browser, Key::Enter).await;
    assert!(is_open().await, "Enter opens the choice");
    press(browser, Key::Escape).await;
    assert!(!is_open().await, "Escape closes it");
    press(browser, Key::Enter).await;
    press(browser, Key::Tab).await;
    press(browser, Key::Tab).await;
    let here = browser.run("return document.activeElement.value").await;
    assert_eq!(here.as_str(), Some("2"), "Tab goes from market to market");
    browser.page.action_chain().send_keys(Key::Enter.value().to_string()).perform().await.expect("Enter");
}

async fn shown(look: Look) {
    let shop = two_markets().await;
    let browser = Browser::open(look).await;
    browser.go(&format!("{}/products/green-tea", shop.url)).await;
    browser.shows("€11.90").await;
    if look.scripts {
        choose_in_the_header(&browser).await;
    } else {
        browser.click("#market option[value='2']").await;
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
async fn markets_are_chosen_in_the_menu_of_a_phone() {
    let shop = two_markets().await;
    let browser = Browser::open(Look::PHONE).await;
    browser.go(&format!("{}/products/green-tea", shop.url)).await;
    browser.shows("€11.90").await;
    let display = browser.run("return getComputedStyle(document.querySelector('.market-menu')).display").await;
    assert_eq!(display.as_str(), Some("none"), "the header of a phone has no room for it");
    browser.click(".site-header__menu").await;
    browser.shows("Country and currency: Main market (EUR)").await;
    browser.click("#menu button[popovertarget='menu-market']").await;
    browser.click("#menu-market button[value='2']").await;
    browser.shows("excl. VAT").await;
    browser.shows("€10.00").await;
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
