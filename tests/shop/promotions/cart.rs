//! Codes in cart and checkout: what they take off, and the words when they do not count.

use rocket::http::Status;

use super::steps::*;
use crate::world::TestShop;

#[rocket::async_test]
async fn a_code_takes_off_what_the_order_then_costs() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 10).await;
    promotion(&shop, "Welcome", &percent(10), "[]", Some("WELCOME-10")).await;
    let anna = shop.visitor();
    put_in(&anna, &tea, "2").await;
    anna.get("/cart").await.is_ok().shows("Discount code").lacks("Welcome");
    type_code(&anna, " welcome-10 ").await;
    let cart = anna.get("/cart").await;
    cart.is_ok().shows("Welcome −$2.00").shows("WELCOME-10").shows("$23.00");
    let look = look(&shop, &anna, "anna@example.org", "bank_transfer").await;
    look.is_ok().shows("Welcome").shows("Place order, pay $23.00");
    let order = crate::payments::steps::press(&anna, &look).await.location();
    anna.get(&order).await.is_ok().shows("$23.00");
    assert_eq!(shop.number("select discount_total from orders").await, 200);
    assert_eq!(shop.number("select sum(amount) from order_discounts where code = 'WELCOME-10'").await, 200);
    assert_eq!(shop.number("select sum(amount) from promotion_uses where email_hash is not null").await, 200);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn every_code_that_does_not_count_says_why() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 10).await;
    let pot = shop.put("Old pot", 900, 5).await;
    let (anna, ten) = (shop.visitor(), percent(10));
    put_in(&anna, &tea, "2").await;
    let subtotal = r#"[{"kind": "subtotal", "at_least": 2500, "of": "all"}]"#;
    let pieces = r#"[{"kind": "quantity", "at_least": 4, "of": "all"}]"#;
    let pots = format!(r#"[{{"kind": "percent", "rate": 100000, "of": {{"products": [{}]}}}}]"#, pot.product);
    let cases: [(&str, &str, &str, &str); 9] = [
        ("SUBTOTAL", ten.as_str(), subtotal, "$5.00 more in the cart"),
        ("PIECES", &ten, pieces, "2 more pieces in the cart"),
        ("GROUP", &ten, r#"[{"kind": "groups", "groups": [77]}]"#, "for certain customers"),
        ("ABROAD", &ten, r#"[{"kind": "countries", "countries": ["FR"]}]"#, "not for orders to your country"),
        ("POTS", &pots, "[]", "Nothing in the cart is what this code is for"),
        ("LATER", &ten, "[]", "counts from"),
        ("OVER", &ten, "[]", "This code is over"),
        ("DRAFT", &ten, "[]", "do not know this code"),
        ("SPENT", &ten, "[]", "has been used up"),
    ];
    for (code, benefits, conditions, words) in cases {
        promotion(&shop, code, benefits, conditions, Some(code)).await;
        shop.sql(
            "update promotions set starts_at = now() + interval '1 day' where name = 'LATER';
             update promotions set ends_at = now() - interval '1 minute' where name = 'OVER';
             update promotions set status = 'draft' where name = 'DRAFT';
             update promotions set most_uses = 1 where name = 'SPENT';",
        )
        .await;
        if code == "SPENT" {
            shop.place(880, &[(&pot, 900, 1)]).await.expect("an order");
            shop.sql("insert into promotion_uses (promotion_id, cart_id, order_id, amount) select p.id, 880, o.id, 100 from promotions p, orders o where p.name = 'SPENT'").await;
        }
        type_code(&anna, code).await;
        let cart = anna.get("/cart").await;
        cart.is_ok().shows(words).shows("$25.00");
        anna.post("/cart/codes/removal", &[("code", code), ("at", "cart")]).await.goes_to("/cart");
        anna.get("/cart").await.is_ok().lacks(words);
    }
    type_code(&anna, "NOSUCH").await;
    anna.get("/cart").await.is_ok().shows("do not know this code");
    let odd = anna.post("/cart/codes", &[("code", "=1+1"), ("at", "cart")]).await;
    odd.is(Status::UnprocessableEntity).keeps("code", "=1+1");
    anna.post("/cart/codes", &[("code", ""), ("at", "cart")]).await.is(Status::UnprocessableEntity).shows("Type the code first");
    for nr in 0..9 {
        type_code(&anna, &format!("MANY{nr}")).await;
    }
    let full = anna.post("/cart/codes", &[("code", "MANY9"), ("at", "cart")]).await;
    full.is(Status::UnprocessableEntity).shows("at most 10 codes");
}

#[rocket::async_test]
async fn two_codes_go_together_in_two_lanes_and_not_in_one() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 10).await;
    let first = promotion(&shop, "Ten", &percent(10), "[]", Some("TEN")).await;
    promotion(&shop, "Twenty", &percent(20), "[]", Some("TWENTY")).await;
    let anna = shop.visitor();
    put_in(&anna, &tea, "1").await;
    type_code(&anna, "TEN").await;
    type_code(&anna, "TWENTY").await;
    anna.get("/cart").await.is_ok().shows("“Twenty” takes more off").shows("$13.00");
    in_lane(&shop, first, 1).await;
    anna.get("/cart").await.is_ok().shows("Twenty −$2.00").shows("Ten −$0.80").shows("$12.20");
    // What is left after discounts decides on free delivery, and a code may give it.
    let free = promotion(&shop, "Post", r#"[{"kind": "free_shipping", "at_most": null}]"#, "[]", None).await;
    in_lane(&shop, free, 2).await;
    anna.get("/cart").await.is_ok().shows("$7.20");
}

#[rocket::async_test]
async fn a_gift_is_offered_put_in_with_one_press_and_costs_nothing() {
    let shop = TestShop::open().await;
    let (tea, cup) = (shop.put("Green tea", 2000, 10).await, shop.put("Cup", 700, 1).await);
    let gift = format!(r#"[{{"kind": "gift", "product": {}, "pieces": 1}}]"#, cup.product);
    promotion(&shop, "A cup for you", &gift, r#"[{"kind": "subtotal", "at_least": 2000, "of": "all"}]"#, None).await;
    let anna = shop.visitor();
    put_in(&anna, &tea, "1").await;
    let cart = anna.get("/cart").await;
    cart.is_ok().shows("“Cup” is yours for nothing").has(&format!("name=\"take\" value=\"{}\"", cup.variant));
    put_in(&anna, &cup, "1").await;
    anna.get("/cart").await.is_ok().lacks("yours for nothing").shows("A cup for you −$7.00").shows("$25.00");
    buy(&shop, &anna, "anna@example.org").await.is(Status::SeeOther);
    assert_eq!(shop.number("select total from orders").await, 2500);
    assert_eq!(shop.stands(&cup).await.2, 0);
    let bert = shop.visitor();
    put_in(&bert, &tea, "1").await;
    bert.get("/cart").await.is_ok().lacks("yours for nothing");
    shop.is_sound().await;
}

#[rocket::async_test]
async fn a_gift_is_declined_and_taken_at_the_checkout_and_what_is_typed_stays() {
    let shop = TestShop::open().await;
    let (tea, cup) = (shop.put("Green tea", 2000, 10).await, shop.put("Cup", 700, 1).await);
    let gift = format!(r#"[{{"kind": "gift", "product": {}, "pieces": 1}}]"#, cup.product);
    promotion(&shop, "A cup for you", &gift, "[]", None).await;
    let anna = shop.visitor();
    put_in(&anna, &tea, "1").await;
    let (take, not) = (cup.variant.to_string(), cup.product.to_string());
    anna.get("/checkout").await.is_ok().shows("“Cup” is yours for nothing").has(&format!("name=\"gift\" value=\"{take}\""));
    let typed = |field: &'static str, value: &str| {
        [("email", "anna@example.org"), ("country", "US"), ("city", "Portland")]
            .into_iter()
            .map(|(name, value)| (name, value.to_owned()))
            .chain([(field, value.to_owned())])
            .collect::<Vec<_>>()
    };
    let sent = async |field: &'static str, value: &str| {
        let fields = typed(field, value);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        anna.post("/checkout/draft", &fields).await
    };
    for nonsense in ["", "x", "999999", "-1"] {
        sent("no_gift", nonsense).await.is(Status::SeeOther);
    }
    sent("no_gift", &not).await.goes_to("/checkout");
    let form = anna.get("/checkout").await;
    form.is_ok().keeps("city", "Portland").shows("You left out “Cup”").lacks("No, thank you");
    sent("gift", &take).await.goes_to("/checkout");
    anna.get("/checkout").await.is_ok().keeps("city", "Portland").shows("A cup for you").lacks("left out").shows("−$7.00");
    // The last one is gone: the checkout says so.
    let bert = shop.visitor();
    put_in(&bert, &tea, "1").await;
    bert.get("/cart").await.is_ok().shows("yours for nothing");
    let look = look(&shop, &anna, "anna@example.org", "bank_transfer").await;
    look.is_ok().shows("pay $25.00");
    bert.post("/cart/gifts", &[("at", "cart"), ("take", &take)]).await.goes_to("/cart");
    bert.get("/cart").await.is_ok().shows("The gift is not there any more").lacks("yours for nothing");
    crate::payments::steps::press(&anna, &look).await.is(Status::SeeOther);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn a_discount_is_called_as_its_reader_speaks_and_the_order_keeps_both_names() {
    let shop = TestShop::open().await;
    let (tea, staff) = (shop.put("Green tea", 1000, 10).await, shop.staff("content").await);
    let lane = shop.number("select min(id) from promotion_lanes").await.to_string();
    let fields = [
        ("name", "Spring"),
        ("name_de", "Frühling"),
        ("lane", &lane),
        ("way", "automatic"),
        ("status", "active"),
        ("matching", "all"),
        ("version", "0"),
        ("benefit_rows", "1"),
        ("benefits[0].kind", "percent"),
        ("benefits[0].percent", "10"),
        ("benefits[0].goods.of", "all"),
    ];
    let editor = staff.post("/admin/discounts/new", &fields).await.location();
    staff.get(&editor).await.is_ok().keeps("name_de", "Frühling").shows("German");
    let mut hans = shop.visitor();
    hans.language = "de";
    put_in(&hans, &tea, "2").await;
    hans.get("/cart").await.is_ok().shows("Frühling").lacks("Spring");
    let look = look(&shop, &hans, "hans@example.org", "bank_transfer").await;
    look.is_ok().shows("Frühling").lacks("Spring");
    let order = crate::payments::steps::press(&hans, &look).await.location();
    // What is called otherwise later changes no order.
    shop.sql("update promotions set name = 'Summer', translations = '{\"name\": {\"de\": \"Sommer\"}}'").await;
    hans.get(&order).await.is_ok().shows("Frühling").lacks("Spring").lacks("Sommer");
    shop.visitor().get(&order).await.is_ok().shows("Spring").lacks("Frühling");
    shop.work().await;
    let told = "select count(*) from mails where kind = 'order_placed' and body_text like '%Frühling%' and body_text not like '%Spring%'";
    assert_eq!(shop.number(told).await, 1);
    let number = shop.number("select number from orders").await;
    staff_reads(&shop, number).await;
    shop.is_sound().await;
}

/// Staff read the name in the shop's language.
async fn staff_reads(shop: &TestShop, number: i64) {
    shop.staff("manager").await.get(&format!("/admin/orders/{number}")).await.is_ok().shows("Spring").lacks("Frühling");
}

#[rocket::async_test]
async fn a_link_brings_a_code_before_and_after_there_is_a_cart() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 10).await;
    promotion(&shop, "Ten", &percent(10), "[]", Some("TEN")).await;
    let anna = shop.visitor();
    anna.get("/discount/ten").await.goes_to("/");
    assert_eq!(shop.number("select count(*) from carts").await, 0, "a link opens no cart");
    put_in(&anna, &tea, "1").await;
    anna.get("/cart").await.is_ok().shows("Ten −$1.00");
    let bert = shop.visitor();
    put_in(&bert, &tea, "1").await;
    bert.get("/discount/TEN").await.goes_to("/");
    bert.get("/cart").await.is_ok().shows("Ten −$1.00");
    bert.get("/discount/%3Cb%3E").await.goes_to("/");
}

#[rocket::async_test]
async fn the_checkout_takes_a_code_and_keeps_what_was_typed() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 10).await;
    promotion(&shop, "First", &percent(50), r#"[{"kind": "first_order"}]"#, Some("FIRST")).await;
    let anna = shop.visitor();
    put_in(&anna, &tea, "1").await;
    let typed = [("email", "anna@example.org"), ("country", "US"), ("city", "Portland"), ("code", "first")];
    anna.post("/checkout/draft", &typed).await.goes_to("/checkout");
    anna.get("/checkout").await.is_ok().keeps("city", "Portland").shows("First").shows("$10.00");
    buy(&shop, &anna, "anna@example.org").await.is(Status::SeeOther);
    put_in(&anna, &tea, "1").await;
    type_code(&anna, "FIRST").await;
    let second = look(&shop, &anna, "Anna@example.org", "bank_transfer").await;
    second.is_ok().shows("for a first order").shows("pay $15.00");
    let typed = [("email", "anna@example.org"), ("country", "US"), ("remove_code", "FIRST")];
    anna.post("/checkout/draft", &typed).await.goes_to("/checkout");
    anna.get("/checkout").await.is_ok().lacks("for a first order");
}

#[rocket::async_test]
async fn a_cart_without_promotions_pays_one_query_for_them() {
    let shop = TestShop::open().await;
    let (tea, pot) = (shop.put("Green tea", 1000, 10).await, shop.put("Pot", 900, 10).await);
    let anna = shop.visitor();
    put_in(&anna, &tea, "1").await;
    let count = async || {
        let before = shop.shop.db.queries();
        anna.get("/cart").await.is_ok();
        shop.shop.db.queries() - before
    };
    count().await;
    let without = count().await;
    promotion(&shop, "Ten", &percent(10), "[]", None).await;
    let with = count().await;
    assert_eq!(with - without, 3, "what stands, the goods, the shopper");
    put_in(&anna, &pot, "1").await;
    count().await;
    assert_eq!(count().await, with, "for all lines together");
}
