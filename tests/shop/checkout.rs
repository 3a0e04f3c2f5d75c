//! The checkout: what is asked, what is held, and that an order is placed once, as it was shown.

use chrono::Duration;
use futures::future::join_all;
use rocket::http::Status;

use super::world::{Answer, Shelf, TestShop, Visitor};

type Fields<'a> = Vec<(&'a str, &'a str)>;

/// Somebody in Oregon who has filled in everything but the way of sending.
fn oregon() -> Fields<'static> {
    vec![
        ("email", "anna@example.org"),
        ("country", "US"),
        ("name", "Anna Miller"),
        ("street", "12 Oak Street"),
        ("city", "Portland"),
        ("region", "OR"),
        ("postal_code", "97201"),
        ("payment", "bank_transfer"),
    ]
}

fn with<'a>(fields: &Fields<'a>, changes: &[(&'a str, &'a str)]) -> Fields<'a> {
    let mut fields = fields.clone();
    for change in changes {
        fields.retain(|field| field.0 != change.0);
        fields.push(*change);
    }
    fields
}

async fn method(shop: &TestShop, country: &str) -> String {
    let query = format!(
        "select m.id from shipping_methods m join shipping_zone_countries c on c.zone_id = m.zone_id where c.country = '{country}' order by m.id limit 1"
    );
    shop.number(&query).await.to_string()
}

async fn put_in(visitor: &Visitor, shelf: &Shelf, quantity: &str) {
    let variant = shelf.variant.to_string();
    visitor.post("/cart/lines", &[("variant", &variant), ("quantity", quantity)]).await.goes_to("/cart");
}

/// Fills the cart and the checkout.
async fn ready(shop: &TestShop, visitor: &Visitor, shelf: &Shelf, quantity: &str) -> Answer {
    put_in(visitor, shelf, quantity).await;
    let method = method(shop, "US").await;
    visitor.post("/checkout", &with(&oregon(), &[("shipping", &method)])).await
}

/// The value of a hidden field.
fn hidden(answer: &Answer, name: &str) -> String {
    let body = answer.body();
    let rest = body.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no {name} in {body}"));
    rest.split('"').next().unwrap_or_default().to_owned()
}

/// Presses the last button of the look.
async fn press(visitor: &Visitor, look: &Answer) -> Answer {
    let (expected, seen) = (hidden(look, "expected"), hidden(look, "seen"));
    visitor.post("/checkout/order", &[("expected", &expected), ("seen", &seen)]).await
}

async fn orders(shop: &TestShop) -> i64 {
    shop.number("select count(*) from orders").await
}

#[rocket::async_test]
async fn a_guest_buys_and_the_order_is_what_the_button_showed() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 10).await;
    let anna = shop.visitor();
    put_in(&anna, &tea, "2").await;
    let form = anna.get("/checkout").await;
    form.is_ok().shows("Green tea").shows("State").shows("ZIP code").shows("$5.00").shows("$14.00").shows("Bank transfer");
    let visible = form.body().matches("<input class=\"input\"").count() + form.body().matches("<select class=\"input\"").count();
    assert!(visible <= 8 + 4 + 6, "{visible} fields, of which 4 are folded and 6 are for another invoice address");
    let method = method(&shop, "US").await;
    anna.post("/checkout", &with(&oregon(), &[("shipping", &method)])).await.goes_to("/checkout/review");
    let look = anna.get("/checkout/review").await;
    look.is_ok().shows("Place order, pay $14.00").shows("We hold these for you until").shows("Portland, OR 97201");
    let placed = press(&anna, &look).await;
    let order = placed.location();
    assert!(order.starts_with("/orders/"), "{order}");
    assert_eq!(shop.number("select total from orders").await, 1400);
    assert_eq!(shop.number("select allocated from stock").await, 2);
    assert_eq!(shop.number("select count(*) from payments where gateway = 'bank_transfer' and amount = 1400").await, 1);
    assert_eq!(shop.number("select count(*) from events where kind = 'order_placed'").await, 1);
    assert_eq!(shop.number("select count(*) from stock_reservations").await, 0);
    assert_eq!(shop.number("select count(*) from orders where due_at = placed_at + interval '7 days'").await, 1);
    for back in ["/checkout", "/checkout/review"] {
        anna.get(back).await.goes_to(&order);
    }
    press(&anna, &look).await.goes_to(&order);
    anna.get("/cart").await.is_ok().shows("Nothing in here yet");
    put_in(&anna, &tea, "1").await;
    anna.get("/checkout").await.is_ok().shows("Green tea");
    assert_eq!(orders(&shop).await, 1);
}

#[rocket::async_test]
async fn nobody_checks_out_an_empty_cart() {
    let shop = TestShop::open().await;
    for path in ["/checkout", "/checkout/review"] {
        shop.get(path).await.goes_to("/cart");
    }
    for path in ["/checkout", "/checkout/draft", "/checkout/order"] {
        shop.post(path, &[("expected", "0")]).await.goes_to("/cart");
    }
}

#[rocket::async_test]
async fn everything_missing_is_named_at_its_field_and_everything_typed_stays() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 10).await;
    let anna = shop.visitor();
    put_in(&anna, &tea, "1").await;
    let empty = anna.post("/checkout", &[]).await;
    empty.is(Status::UnprocessableEntity).has("href=\"#email\"").has("href=\"#country\"").has("href=\"#payment\"");
    let method = method(&shop, "US").await;
    let fields = with(&oregon(), &[("shipping", &method), ("email", "anna.example.org"), ("postal_code", "9720"), ("city", "")]);
    let wrong = anna.post("/checkout", &fields).await;
    wrong.is(Status::UnprocessableEntity).shows("with an @").shows("like 97201").has("href=\"#city\"");
    wrong.keeps("email", "anna.example.org").keeps("postal_code", "9720").keeps("name", "Anna Miller").keeps("region", "OR");
    anna.get("/checkout").await.is_ok().keeps("email", "anna.example.org").keeps("street", "12 Oak Street");
    anna.get("/checkout/review").await.goes_to("/checkout");
    anna.post("/checkout/order", &[("expected", "950"), ("seen", "x")]).await.is(Status::UnprocessableEntity);
    assert_eq!(orders(&shop).await, 0);
}

#[rocket::async_test]
async fn another_country_changes_fields_sending_and_tax_and_keeps_what_was_typed() {
    let shop = TestShop::open().await;
    shop.sql("update shipping_methods set price = 900 where zone_id = (select zone_id from shipping_zone_countries where country = 'DE')")
        .await;
    let tea = shop.put("Green tea", 1190, 10).await;
    let anna = shop.visitor();
    put_in(&anna, &tea, "1").await;
    anna.post("/checkout/draft", &with(&oregon(), &[("country", "DE"), ("email", "half@"), ("phone", "030 1")]))
        .await
        .goes_to("/checkout");
    let form = anna.get("/checkout").await;
    form.is_ok().shows("Postal code").lacks("ZIP code").lacks("State Please choose").shows("$9.00").shows("$20.90");
    form.shows("with $3.34 VAT 19 %");
    form.keeps("name", "Anna Miller")
        .keeps("email", "half@")
        .keeps("phone", "030 1")
        .keeps("country", "DE")
        .keeps("postal_code", "97201");
}

#[rocket::async_test]
async fn an_order_to_germany_has_its_tax_in_typed_rows() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1190, 10).await;
    let anna = shop.visitor();
    put_in(&anna, &tea, "1").await;
    let method = method(&shop, "DE").await;
    let fields = with(&oregon(), &[("country", "DE"), ("city", "Berlin"), ("postal_code", " 10115 "), ("shipping", &method)]);
    let fields = with(
        &fields,
        &[("billing_other", "yes"), ("billing.country", "GB"), ("billing.name", "Anna Ltd"), ("billing.street", "1 Mall")],
    );
    let half = anna.post("/checkout", &fields).await;
    half.is(Status::UnprocessableEntity)
        .has("href=\"#billing.city\"")
        .has("href=\"#billing.postal_code\"")
        .keeps("billing.name", "Anna Ltd");
    let fields = with(&fields, &[("billing.city", "London"), ("billing.postal_code", "sw1a1aa")]);
    anna.post("/checkout", &fields).await.goes_to("/checkout/review");
    let look = anna.get("/checkout/review").await;
    look.is_ok().shows("10115 Berlin").shows("London SW1A 1AA").shows("Invoice address");
    press(&anna, &look).await.is(Status::SeeOther);
    assert_eq!(
        shop.number("select sum(amount) from order_taxes where name = 'VAT' and rate_millionths = 190000").await,
        190 + 80
    );
    assert_eq!(shop.number("select count(*) from orders where billing_address->>'country' = 'GB' and tax_included").await, 1);
}

#[rocket::async_test]
async fn what_changed_since_the_button_was_shown_is_said_and_nothing_is_charged() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 10).await;
    let anna = shop.visitor();
    ready(&shop, &anna, &tea, "1").await.goes_to("/checkout/review");
    let look = anna.get("/checkout/review").await;
    shop.sql("update variants set price = 500").await;
    let changed = press(&anna, &look).await;
    changed
        .is(Status::UnprocessableEntity)
        .shows("The total was $9.50, now it is $10.00")
        .shows("Green tea now costs $5.00 instead of $4.50");
    assert_eq!(orders(&shop).await, 0);
    shop.sql("update shipping_methods set price = 700").await;
    press(&anna, &changed).await.is(Status::UnprocessableEntity).shows("now it is $12.00");
    put_in(&anna, &tea, "1").await;
    shop.sql("update variants set price = 250").await;
    let look = press(&anna, &changed).await;
    look.is(Status::UnprocessableEntity);
    press(&anna, &look).await.is(Status::SeeOther);
    assert_eq!(shop.number("select total from orders").await, 1200);
}

#[rocket::async_test]
async fn the_same_total_of_other_goods_is_shown_again() {
    let shop = TestShop::open().await;
    let (tea, mug) = (shop.put("Green tea", 450, 10).await, shop.put("Mug", 450, 10).await);
    let anna = shop.visitor();
    ready(&shop, &anna, &tea, "1").await;
    let look = anna.get("/checkout/review").await;
    let line = shop.number("select id from cart_lines").await;
    anna.post(&format!("/cart/lines/{line}/removal"), &[]).await.is(Status::SeeOther);
    put_in(&anna, &mug, "1").await;
    press(&anna, &look).await.is(Status::UnprocessableEntity).shows("Please look once more");
    assert_eq!(orders(&shop).await, 0);
}

#[rocket::async_test]
async fn the_last_piece_is_held_until_its_time_is_over() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 1).await;
    let (anna, ben) = (shop.visitor(), shop.visitor());
    put_in(&ben, &tea, "1").await;
    ready(&shop, &anna, &tea, "1").await.goes_to("/checkout/review");
    anna.get("/checkout/review").await.is_ok();
    let method = method(&shop, "US").await;
    let fields = with(&oregon(), &[("shipping", &method), ("email", "ben@example.org")]);
    let held = ben.post("/checkout", &fields).await;
    held.is(Status::UnprocessableEntity).shows("another shopper is at the checkout").shows("Change the cart").shows("Try again");
    ben.get("/checkout/review").await.is(Status::Conflict).shows("another shopper is at the checkout");
    ben.get("/cart").await.is_ok().shows("Sold out");
    shop.shop.clock.advance(Duration::minutes(21));
    let look = ben.get("/checkout/review").await;
    look.is_ok().shows("We hold these for you until");
    anna.get("/checkout/review").await.is(Status::Conflict);
    press(&ben, &look).await.is(Status::SeeOther);
    anna.get("/checkout/review").await.is(Status::Conflict).shows("has just sold out");
    assert_eq!(orders(&shop).await, 1);
}

#[rocket::async_test]
async fn looking_again_does_not_hold_longer_and_another_quantity_does() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 5).await;
    let anna = shop.visitor();
    ready(&shop, &anna, &tea, "1").await;
    let first = shop.number("select extract(epoch from expires_at) from stock_reservations").await;
    shop.shop.clock.advance(Duration::minutes(10));
    anna.get("/checkout/review").await.is_ok();
    assert_eq!(shop.number("select extract(epoch from expires_at) from stock_reservations").await, first);
    put_in(&anna, &tea, "1").await;
    anna.get("/checkout/review").await.is_ok();
    assert_eq!(shop.number("select quantity from stock_reservations").await, 2);
}

#[rocket::async_test]
async fn fifty_shoppers_race_for_the_last_piece_and_one_gets_it() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 1).await;
    let method = method(&shop, "US").await;
    let shoppers: Vec<Visitor> = (0..50).map(|_| shop.visitor()).collect();
    join_all(shoppers.iter().map(|shopper| put_in(shopper, &tea, "1"))).await;
    let race = shoppers.iter().map(|shopper| async {
        let sent = shopper.post("/checkout", &with(&oregon(), &[("shipping", &method)])).await;
        if sent.status != Status::SeeOther {
            sent.is(Status::UnprocessableEntity);
            return 0;
        }
        let look = shopper.get("/checkout/review").await;
        if look.status != Status::Ok {
            return 0;
        }
        i64::from(press(shopper, &look).await.location().starts_with("/orders/"))
    });
    let won: i64 = join_all(race).await.into_iter().sum();
    assert_eq!((won, orders(&shop).await), (1, 1));
    assert_eq!(shop.number("select on_hand - allocated from stock").await, 0);
}

#[rocket::async_test]
async fn fifty_clicks_on_the_last_button_are_one_order() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 100).await;
    let anna = shop.visitor();
    ready(&shop, &anna, &tea, "3").await;
    let look = anna.get("/checkout/review").await;
    let answers = join_all((0..50).map(|_| press(&anna, &look))).await;
    let first = answers[0].location();
    assert!(first.starts_with("/orders/"));
    assert!(answers.iter().all(|answer| answer.location() == first));
    assert_eq!(orders(&shop).await, 1);
    assert_eq!(shop.number("select allocated from stock").await, 3);
    assert_eq!(shop.number("select count(*) from payments").await, 1);
}

#[rocket::async_test]
async fn what_is_withdrawn_is_not_sold() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 10).await;
    let anna = shop.visitor();
    ready(&shop, &anna, &tea, "1").await;
    let look = anna.get("/checkout/review").await;
    shop.sql("update products set status = 'draft'").await;
    press(&anna, &look).await.is(Status::UnprocessableEntity).shows("no longer for sale");
    anna.get("/checkout/review").await.is(Status::Conflict);
    assert_eq!(orders(&shop).await, 0);
}

#[rocket::async_test]
async fn a_country_without_delivery_says_so() {
    let shop = TestShop::open().await;
    shop.sql("delete from shipping_zone_countries where country = 'DE'").await;
    let tea = shop.put("Green tea", 450, 10).await;
    let anna = shop.visitor();
    put_in(&anna, &tea, "1").await;
    let fields = with(&oregon(), &[("country", "DE"), ("postal_code", "10115")]);
    anna.post("/checkout", &fields).await.is(Status::UnprocessableEntity).shows("We do not deliver this there yet");
    let fields = with(&oregon(), &[("country", "FR"), ("postal_code", "75001")]);
    anna.post("/checkout", &fields).await.is(Status::UnprocessableEntity).shows("Choose a country that we deliver to");
}

#[rocket::async_test]
async fn nothing_that_is_sent_breaks_the_checkout() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 10).await;
    let anna = shop.visitor();
    ready(&shop, &anna, &tea, "1").await;
    let long = "x".repeat(10_000);
    let values =
        ["", "\0", "-1", "1.5", "99999999999999999999", "\u{1F375}\u{1F375}", "' or 1=1 --", "<b>&amp;", "\u{202e}", &long];
    let names = [
        "email",
        "country",
        "name",
        "street",
        "postal_code",
        "city",
        "region",
        "phone",
        "note",
        "shipping",
        "payment",
        "billing_other",
    ];
    for name in names {
        for value in values {
            for path in ["/checkout", "/checkout/draft"] {
                let answer = anna.post(path, &with(&oregon(), &[(name, value)])).await;
                assert!(matches!(answer.status.code, 303 | 422), "{path} {name}={value:?}: {}", answer.status);
                if !value.is_empty() && value != "\0" && name == "street" && answer.status.code == 422 {
                    assert!(answer.body().contains(
                        &value.replace('&', "&#38;").replace('<', "&#60;").replace('>', "&#62;").replace('\'', "&#39;")
                    ));
                }
            }
            anna.get("/checkout").await.is_ok();
            anna.post("/checkout/order", &[("expected", value), ("seen", value)]).await;
        }
    }
    let doubled = b"email=a@b.de&email=c@d.de&country=US&country=DE&expected=1&expected=2&name=%ff%fe&street=%00&city";
    for path in ["/checkout", "/checkout/draft", "/checkout/order"] {
        for body in [&doubled[..], b"", b"&&&", b"=", b"email", b"billing=1&billing.name=%00", b"\xff\xfe=\xff"] {
            let answer = anna.post_body(path, body).await;
            assert!(answer.status.code < 500, "{path} {body:?}: {}", answer.status);
        }
    }
    assert_eq!(orders(&shop).await, 0);
}

#[rocket::async_test]
async fn legal_pages_are_cleaned_and_linked_at_the_last_look() {
    let shop = TestShop::open().await;
    shop.sql("update legal_pages set body = E'# Fair\\n\\nPay **in time**. <script>alert(1)</script>' where kind = 'terms'")
        .await;
    let tea = shop.put("Green tea", 450, 10).await;
    let anna = shop.visitor();
    anna.get("/legal/terms").await.is_ok().shows("in time").has("<strong>in time</strong>");
    assert!(!anna.get("/legal/terms").await.body().contains("alert(1)"));
    for missing in ["/legal/imprint", "/legal/nonsense", "/legal/%00"] {
        anna.get(missing).await.is(Status::NotFound);
    }
    ready(&shop, &anna, &tea, "1").await;
    anna.get("/checkout/review").await.is_ok().has("href=\"/legal/terms\"");
}
