//! A shop in yen, which have no cents, and one in Kuwaiti dinars, which have a thousand fils: from the product page to the refund.

use rocket::http::Status;

use crate::payments::steps::{card, details, is_order, press, to_the_page, way_back};
use crate::world::{TestShop, Visitor};

/// What a currency writes where.
struct Case {
    code: &'static str,
    /// One piece, two with delivery, and what is paid back of it: in minor units and as shown.
    price: (i64, &'static str),
    total: (i64, &'static str),
    back: (&'static str, i64, &'static str),
    /// Typed with more digits than it has.
    too_fine: &'static str,
    plain: &'static str,
}

const CASES: [Case; 2] = [
    Case {
        code: "JPY", price: (1234, "¥1,234"), total: (3218, "¥3,218"), back: ("5", 5, "¥5"), too_fine: "5.5", plain: "1234"
    },
    Case {
        code: "KWD",
        price: (12_345, "KWD 12.345"),
        total: (25_440, "KWD 25.440"),
        back: ("0.005", 5, "KWD 0.005"),
        too_fine: "0.0051",
        plain: "12.345",
    },
];

async fn shop_in(case: &Case) -> (TestShop, Visitor) {
    let shop = TestShop::open().await;
    shop.sql(&format!(
        "update settings set currency = '{}'; update payment_methods set enabled = true;
         update shipping_methods set price = 750, free_from = null",
        case.code
    ))
    .await;
    let staff = shop.staff("owner").await;
    (shop, staff)
}

#[rocket::async_test]
async fn prices_in_yen_and_in_dinars_hold_from_the_product_page_to_the_refund() {
    for case in &CASES {
        let (shop, staff) = shop_in(case).await;
        let tea = shop.put("Green tea", case.price.0, 9).await;
        let page = shop.get("/products/green-tea").await;
        page.is_ok().shows(case.price.1).has(&format!("\"price\":\"{}\"", case.plain)).has(&format!("content=\"{}\"", case.code));
        shop.get(&format!("/products?min={}&max={}", case.plain, case.plain)).await.is_ok().shows("Green tea");
        let anna = shop.visitor();
        let till = to_the_page(&shop, &anna, &tea, "2").await;
        anna.get("/cart").await.is_ok().shows(&format!("{} each", case.price.1));
        anna.get(&till).await.is_ok().shows(case.total.1);
        card(&anna, &till, "approve").await;
        let bought = anna.get(&way_back(&shop, &till).await).await;
        is_order(&bought);
        shop.work().await;
        anna.get(&bought.location()).await.is_ok().shows(case.total.1).shows(case.price.1);
        assert_eq!(shop.number("select total from orders").await, case.total.0, "{}", case.code);
        assert_eq!(shop.number("select amount from test_card_charges").await, case.total.0);
        let told = format!("select count(*) from mails where body_text like '%{}%'", case.total.1.replace(' ', "_"));
        assert!(shop.number(&told).await > 0, "the mail says {}", case.total.1);
        let order = format!("/admin/orders/{}", shop.number("select number from orders").await);
        staff.get(&order).await.is_ok().shows(case.total.1);
        staff.get("/admin/orders").await.is_ok().shows(case.total.1);
        let payment = shop.number("select id from payments").await;
        let refund = async |amount: &str| {
            let version = shop.number("select version from orders").await.to_string();
            let fields = [("version", version.as_str()), ("amount", amount), ("reason", "")];
            staff.post(&format!("{order}/payments/{payment}/refund"), &fields).await
        };
        refund(case.too_fine).await.is(Status::UnprocessableEntity).keeps("amount", case.too_fine);
        refund(case.back.0).await.goes_to(&order);
        shop.work().await;
        assert_eq!(shop.number("select refunded from test_card_charges").await, case.back.1);
        staff.get(&order).await.is_ok().shows(case.back.2);
        shop.is_sound().await;
    }
}

#[rocket::async_test]
async fn prices_in_yen_and_in_dinars_are_typed_in_their_own_digits() {
    for case in &CASES {
        let (shop, staff) = shop_in(case).await;
        let tea = shop.put("Green tea", 900, 9).await;
        let path = format!("/admin/products/{}", tea.product);
        let price = format!("variants[{}].price", tea.variant);
        let refused = staff.edit(&shop, &path, &[(&price, case.too_fine)]).await;
        refused.is(Status::UnprocessableEntity).keeps(&price, case.too_fine);
        staff.edit(&shop, &path, &[(&price, case.plain)]).await.goes_to(&path);
        staff.get(&path).await.is_ok().keeps(&price, case.plain);
        assert_eq!(shop.number("select price from variants").await, case.price.0);
        let list =
            [("name", "Sale"), ("active", "yes"), ("whom", "all"), ("off", "10"), ("from_quantity", "1"), ("rounding", "99")];
        let fields = [&list[..], &[("begins", ""), ("ends", "")]].concat();
        staff.post("/admin/price-lists", &fields).await.is(Status::SeeOther);
        let rounded = if case.code == "JPY" { "¥1,099" } else { "KWD 10.990" };
        let anna = shop.visitor();
        let variant = tea.variant.to_string();
        anna.post("/cart/lines", &[("variant", &variant), ("quantity", "1")]).await.goes_to("/cart");
        anna.get("/cart").await.is_ok().shows(rounded);
        details(&shop, &anna, "bank_transfer").await.goes_to("/checkout/review");
        let look = anna.get("/checkout/review").await;
        look.is_ok().shows(rounded);
        press(&anna, &look).await.is(Status::SeeOther);
    }
}
