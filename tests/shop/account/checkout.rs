//! The checkout of a customer: one page, everything chosen, one button.

use rocket::http::Status;

use super::{PASSWORD, enrol, sign_in};
use crate::world::{Answer, Shelf, TestShop, Visitor};

async fn put_in(visitor: &Visitor, shelf: &Shelf, quantity: &str) {
    let variant = shelf.variant.to_string();
    visitor.post("/cart/lines", &[("variant", &variant), ("quantity", quantity)]).await.goes_to("/cart");
}

async fn keep_address(visitor: &Visitor, city: &str) {
    let fields = [
        ("country", "DE"),
        ("name", "Marta Wolf"),
        ("street", "Weg 1"),
        ("postal_code", "10115"),
        ("city", city),
        ("press", "save"),
    ];
    visitor.post("/account/addresses/new", &fields).await.goes_to("/account/addresses");
}

fn hidden(answer: &Answer, name: &str) -> String {
    let body = answer.body();
    let rest = body.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no {name} in {body}"));
    rest.split('"').next().unwrap_or_default().to_owned()
}

/// Presses the button of the page with these choices.
async fn press(visitor: &Visitor, page: &Answer, choices: &[(&str, &str)]) -> Answer {
    let (expected, seen) = (hidden(page, "expected"), hidden(page, "seen"));
    let mut fields = vec![("expected", expected.as_str()), ("seen", seen.as_str())];
    fields.extend(choices);
    visitor.post("/checkout/order", &fields).await
}

#[rocket::async_test]
async fn a_customer_with_an_address_orders_on_one_page() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    let marta = shop.customer("marta@example.org").await;
    keep_address(&marta, "Berlin").await;
    put_in(&marta, &tea, "2").await;
    let page = marta.get("/checkout").await;
    page.is_ok().shows("Berlin").shows("Standard").shows("Bank transfer").shows("Place order, pay $14.00").lacks("Go to review");
    let address = shop.number("select id from customer_addresses").await.to_string();
    let method = hidden_radio(&page, "choice.shipping");
    let choices = [
        ("choice.address", address.as_str()),
        ("choice.shipping", &method),
        ("choice.payment", "bank_transfer"),
        ("choice.note", "Ring twice"),
    ];
    let order = press(&marta, &page, &choices).await.location();
    assert!(order.starts_with("/orders/"), "{order}");
    press(&marta, &page, &choices).await.goes_to(&order);
    let placed = "select count(*) from orders where email = 'marta@example.org' and customer_id is not null and note = 'Ring twice' and shipping_address->>'city' = 'Berlin'";
    assert_eq!(shop.number(placed).await, 1);
    marta.get("/account/orders").await.is_ok().shows("Order 1001");
    shop.is_sound().await;
}

/// The value of the radio that is ticked.
fn hidden_radio(page: &Answer, name: &str) -> String {
    let body = page.body();
    let mine = body.split('<').find(|tag| tag.contains(&format!("name=\"{name}\"")) && tag.contains("checked"));
    let value = mine.and_then(|tag| tag.split("value=\"").nth(1)).unwrap_or_else(|| panic!("no {name} in {body}"));
    value.split('"').next().unwrap_or_default().to_owned()
}

#[rocket::async_test]
async fn another_choice_is_shown_with_its_price_before_anything_is_ordered() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    shop.sql("insert into shipping_methods (zone_id, name, price) select id, 'Express', 1500 from shipping_zones where name = 'Europe'").await;
    let express = shop.number("select id from shipping_methods where name = 'Express'").await.to_string();
    let marta = shop.customer("marta@example.org").await;
    keep_address(&marta, "Berlin").await;
    keep_address(&marta, "Leipzig").await;
    put_in(&marta, &tea, "2").await;
    let page = marta.get("/checkout").await;
    let other = shop.number("select id from customer_addresses where not is_default").await.to_string();
    // Without scripts the button shows the new total first.
    let choices = [("choice.address", other.as_str()), ("choice.shipping", &express), ("choice.payment", "bank_transfer")];
    let again = press(&marta, &page, &choices).await;
    again.is(Status::UnprocessableEntity).shows("Place order, pay $24.00");
    assert_eq!(hidden_radio(&again, "choice.address"), other);
    assert_eq!(shop.number("select count(*) from orders").await, 0);
    press(&marta, &again, &choices).await.is(Status::SeeOther);
    assert_eq!(shop.number("select count(*) from orders where total = 2400 and shipping_address->>'city' = 'Leipzig'").await, 1);
    // With scripts each choice is kept as it is made.
    put_in(&marta, &tea, "1").await;
    marta.post("/checkout/choices", &choices).await.goes_to("/checkout");
    marta.get("/checkout").await.is_ok().shows("pay $19.50");
}

#[rocket::async_test]
async fn an_address_that_was_removed_meanwhile_sends_the_order_nowhere_else() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    let marta = shop.customer("marta@example.org").await;
    keep_address(&marta, "Berlin").await;
    keep_address(&marta, "Leipzig").await;
    put_in(&marta, &tea, "2").await;
    let page = marta.get("/checkout").await;
    let (berlin, method) = (hidden_radio(&page, "choice.address"), hidden_radio(&page, "choice.shipping"));
    let leipzig = shop.number("select id from customer_addresses where not is_default").await.to_string();
    let with = |address: &str| {
        [("choice.address", address.to_owned()), ("choice.shipping", method.clone()), ("choice.payment", "bank_transfer".into())]
    };
    // What was chosen first is kept; then the other is chosen, while another tab removes it.
    let first = with(&berlin);
    let first: Vec<(&str, &str)> = first.iter().map(|(name, value)| (*name, value.as_str())).collect();
    marta.post("/checkout/choices", &first).await.goes_to("/checkout");
    let page = marta.get("/checkout").await;
    marta.post(&format!("/account/addresses/{leipzig}/removal"), &[]).await.goes_to("/account/addresses");
    for gone in [leipzig.as_str(), "nonsense", "-1", "99999999999999999999"] {
        let choices = with(gone);
        let choices: Vec<(&str, &str)> = choices.iter().map(|(name, value)| (*name, value.as_str())).collect();
        press(&marta, &page, &choices).await.is(Status::UnprocessableEntity).shows("Berlin");
        assert_eq!(shop.number("select count(*) from orders").await, 0, "{gone}");
    }
    press(&marta, &page, &first).await.is(Status::SeeOther);
}

#[rocket::async_test]
async fn another_customer_s_address_chooses_nothing() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    let (marta, anna) = (shop.customer("marta@example.org").await, shop.customer("anna@example.org").await);
    keep_address(&marta, "Berlin").await;
    keep_address(&anna, "Hamburg").await;
    put_in(&anna, &tea, "1").await;
    let page = anna.get("/checkout").await;
    page.is_ok().shows("Hamburg").lacks("Berlin");
    let foreign = shop.number("select id from customer_addresses where address->>'city' = 'Berlin'").await.to_string();
    let method = hidden_radio(&page, "choice.shipping");
    let choices = [("choice.address", foreign.as_str()), ("choice.shipping", &method), ("choice.payment", "bank_transfer")];
    press(&anna, &page, &choices).await.is(Status::UnprocessableEntity);
    anna.post("/checkout/choices", &choices).await.goes_to("/checkout");
    anna.get("/checkout").await.lacks("Berlin");
    assert_eq!(shop.number("select count(*) from orders").await, 0);
}

#[rocket::async_test]
async fn without_an_address_the_form_is_asked_and_the_address_kept() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    enrol(&shop, "marta@example.org").await;
    let guest = shop.visitor();
    put_in(&guest, &tea, "1").await;
    guest.get("/checkout").await.is_ok().lacks("Keep this address");
    sign_in(&guest, "marta@example.org", PASSWORD).await.is(Status::SeeOther);
    let form = guest.get("/checkout").await;
    form.is_ok().keeps("email", "marta@example.org").keeps("name", "Marta Wolf").shows("Keep this address in my account");
    let method = shop
        .number(
            "select m.id from shipping_methods m join shipping_zone_countries c on c.zone_id = m.zone_id where c.country = 'DE'",
        )
        .await
        .to_string();
    let fields = [
        ("email", "marta@example.org"),
        ("country", "DE"),
        ("name", "Marta Wolf"),
        ("street", "Weg 1"),
        ("city", "Berlin"),
        ("postal_code", "10115"),
        ("payment", "bank_transfer"),
        ("shipping", &method),
        ("keep", "yes"),
    ];
    guest.post("/checkout", &fields).await.goes_to("/checkout/review");
    assert_eq!(shop.number("select count(*) from customer_addresses where is_default").await, 1);
    guest.get("/checkout").await.is_ok().shows("Place order, pay");
    guest.get("/checkout?form=yes").await.is_ok().keeps("city", "Berlin");
    guest.post("/checkout", &fields).await.goes_to("/checkout/review");
    assert_eq!(shop.number("select count(*) from customer_addresses").await, 1, "the same address is kept once");
}
