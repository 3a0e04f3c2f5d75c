//! The counter: whom an order is for, changed after it was placed; its mails sent again.

use barrow::features::orders::Placed;
use futures::future::join;
use rocket::http::Status;

use crate::world::{TestShop, Visitor};

/// A shop with an order of three teas for Marta in Leipzig.
async fn with_order() -> (TestShop, Placed, Visitor) {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 5).await;
    let placed = shop.place(1, &[(&tea, 1000, 3)]).await.expect("placed");
    let sam = shop.staff("manager").await;
    (shop, placed, sam)
}

const PATH: &str = "/admin/orders/1001/contact";

/// The form as the page shows it, with these values instead.
fn form(changes: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let mut fields = vec![
        ("version", "1"),
        ("email", "marta.wolf@example.com"),
        ("phone", ""),
        ("country", "DE"),
        ("name", "Marta Wolf"),
        ("street", "Karl-Heine-Straße 48"),
        ("postal_code", "04229"),
        ("city", "Leipzig"),
        ("line2", ""),
        ("company", ""),
        ("billing.country", ""),
        ("billing_company", ""),
        ("note", ""),
    ];
    for (name, value) in changes {
        fields.retain(|field| field.0 != *name);
        fields.push((name, value));
    }
    fields
}

#[rocket::async_test]
async fn counter_changes_whom_an_order_is_for_and_keeps_what_was_there() {
    let (shop, placed, sam) = with_order().await;
    let page = sam.get(PATH).await;
    page.is_ok().keeps("email", "marta.wolf@example.com").keeps("city", "Leipzig").keeps("country", "DE").shows("VAT 19 %");
    sam.get("/admin/orders/1001").await.is_ok().has("/admin/orders/1001/contact");
    let changed = form(&[
        ("email", "Marta@Wolf.example"),
        ("street", "Neue Straße 3"),
        ("company", "Wolf GmbH"),
        ("note", "Ring <twice>"),
        ("billing_other", "yes"),
        ("billing.country", "FR"),
        ("billing.name", "Kontor"),
        ("billing.street", "Rue 1"),
        ("billing.postal_code", "75001"),
        ("billing.city", "Paris"),
    ]);
    let (one, other) = join(sam.post(PATH, &changed), sam.post(PATH, &changed)).await;
    one.goes_to("/admin/orders/1001");
    other.goes_to("/admin/orders/1001");
    let order = sam.get("/admin/orders/1001").await;
    order.is_ok().shows("Sam manager changed whom this order is for").shows("Karl-Heine-Straße 48, 04229 Leipzig");
    order.shows("E-mail: marta.wolf@example.com → marta@wolf.example").shows("Note: – → Ring <twice>");
    order.shows("Wolf GmbH").shows("Neue Straße 3").shows("75001 Paris");
    shop.get(&format!("/orders/{}", placed.token)).await.is_ok().shows("Neue Straße 3").shows("75001 Paris").shows("$35.00");
    assert_eq!(shop.number("select count(*) from order_timeline where kind = 'edited'").await, 1);
    assert_eq!(
        shop.number("select count(*) from audit where action = 'order.edited' and after->'changed' ? 'email' and before is null")
            .await,
        1
    );
    assert_eq!(shop.number("select version from orders").await, 2);
    assert_eq!(shop.number("select count(*) from orders where total = 3500 and tax_total = 559").await, 1);
    let again = sam.get(PATH).await;
    again.is_ok().keeps("billing.city", "Paris").keeps("company", "Wolf GmbH").keeps("version", "2");
    shop.is_sound().await;
}

#[rocket::async_test]
async fn counter_refuses_another_country_and_says_both_taxes() {
    let (shop, _, sam) = with_order().await;
    let there = form(&[("country", "US"), ("region", "OR"), ("postal_code", "97201"), ("city", "Portland")]);
    let answer = sam.post(PATH, &there).await;
    answer
        .is(Status::UnprocessableEntity)
        .shows("placed for Germany (VAT 19 %)")
        .shows("In United States it would be Sales tax 0 %");
    answer.keeps("city", "Portland");
    let answer = sam.post(PATH, &form(&[("country", "FR"), ("postal_code", "75001")])).await;
    answer.is(Status::UnprocessableEntity).shows("In France it would be no tax");
    assert_eq!(shop.number("select count(*) from orders where version = 1 and shipping_address->>'country' = 'DE'").await, 1);
    assert_eq!(shop.number("select count(*) from audit").await, 0);
}

#[rocket::async_test]
async fn counter_refuses_what_is_missing_wrong_or_late() {
    let (shop, _, sam) = with_order().await;
    let bad: [(&[(&'static str, &'static str)], &str); 7] = [
        (&[("email", "")], "Enter your e-mail address"),
        (&[("email", "nobody")], "with an @"),
        (&[("postal_code", "123")], "no postal code of that country"),
        (&[("street", " ")], "Enter the street"),
        (&[("country", "XX")], "Choose"),
        (&[("name", "a\u{0}b")], "characters"),
        (&[("billing_other", "yes")], "Choose a country"),
    ];
    for (changes, words) in bad {
        let answer = sam.post(PATH, &form(changes)).await;
        answer.is(Status::UnprocessableEntity).shows(words);
    }
    sam.post(PATH, &form(&[])).await.goes_to("/admin/orders/1001");
    assert_eq!(shop.number("select version from orders").await, 1, "nothing was changed");
    let late = form(&[("version", "7"), ("note", "x")]);
    sam.post(PATH, &late).await.is(Status::UnprocessableEntity).shows("has changed meanwhile");
    sam.post(PATH, &form(&[("version", "x"), ("note", "x")])).await.is(Status::UnprocessableEntity);
    let eve = shop.staff("fulfilment").await;
    eve.get(PATH).await.is(Status::Forbidden);
    eve.post(PATH, &form(&[("note", "x")])).await.is(Status::Forbidden);
    sam.get("/admin/orders/999/contact").await.is(Status::NotFound);
    sam.post("/admin/orders/999/contact", &form(&[])).await.is(Status::NotFound);
    assert_eq!(shop.number("select version from orders").await, 1);
}

#[rocket::async_test]
async fn counter_sends_a_mail_again_to_the_present_address_once() {
    let (shop, placed, sam) = with_order().await;
    shop.work().await;
    sam.post(PATH, &form(&[("email", "new@example.org"), ("city", "Dresden")])).await.is(Status::SeeOther);
    let letter = shop.number("select id from mails where kind = 'order_placed'").await.to_string();
    let seen = shop.number("select max(id) from mails").await.to_string();
    let path = "/admin/orders/1001/letters";
    let page = sam.get("/admin/orders/1001").await;
    page.is_ok().shows("Send again").has(&format!("name=\"letter\" value=\"{letter}\""));
    let fields = [("letter", letter.as_str()), ("seen", seen.as_str())];
    let (one, other) = join(sam.post(path, &fields), sam.post(path, &fields)).await;
    one.goes_to("/admin/orders/1001");
    other.goes_to("/admin/orders/1001");
    let sent =
        "select count(*) from mails where kind = 'order_placed' and recipient = 'new@example.org' and body_text like '%Dresden%'";
    assert_eq!(shop.number(sent).await, 1, "written anew, once");
    assert_eq!(shop.number("select count(*) from audit where action = 'order.mail_again'").await, 1);
    let newer = shop.number("select max(id) from mails").await.to_string();
    sam.post(path, &[("letter", &letter), ("seen", &newer)]).await.is(Status::SeeOther);
    assert_eq!(shop.number("select count(*) from mails where kind = 'order_placed'").await, 3, "a second time on purpose");
    let line = shop.number("select id from order_lines").await;
    for quantity in ["1", "2"] {
        let version = shop.number("select version from orders").await.to_string();
        let field = format!("lines[{line}]");
        let parcel = [("version", &*version), (&*field, quantity), ("carrier", ""), ("tracking", ""), ("link", "")];
        sam.post("/admin/orders/1001/fulfilment", &parcel).await.is(Status::SeeOther);
    }
    shop.work().await;
    let first = shop.number("select min(id) from mails where kind = 'order_shipped'").await.to_string();
    sam.post(path, &[("letter", &first), ("seen", &newer)]).await.is(Status::SeeOther);
    let same = "select count(*) from mails where kind = 'order_shipped' and body_text like '%1 × green tea%'";
    assert_eq!(shop.number(same).await, 2, "of the parcel it was about");
    shop.sql("update mails set kind = 'something_old' where id = (select min(id) from mails where kind = 'order_shipped')").await;
    sam.post(path, &[("letter", &first), ("seen", "999")]).await.is(Status::SeeOther);
    assert_eq!(shop.number("select count(*) from mails where kind = 'order_letter' and recipient = 'new@example.org'").await, 1);
    shop.work().await;
    let _ = placed;
}

#[rocket::async_test]
async fn counter_sends_only_mails_of_the_order_to_its_customer() {
    let (shop, _, sam) = with_order().await;
    shop.work().await;
    let path = "/admin/orders/1001/letters";
    let notice = shop.number("select id from mails where kind = 'order_notice'").await.to_string();
    let letter = shop.number("select id from mails where kind = 'order_placed'").await.to_string();
    for wrong in [notice.as_str(), "999"] {
        sam.post(path, &[("letter", wrong), ("seen", "1")]).await.is(Status::NotFound);
    }
    for bad in ["", "x", "-1", "0"] {
        sam.post(path, &[("letter", bad), ("seen", "1")]).await.goes_to("/admin/orders/1001");
    }
    sam.post("/admin/orders/999/letters", &[("letter", &letter), ("seen", "1")]).await.is(Status::NotFound);
    let eve = shop.staff("fulfilment").await;
    eve.get("/admin/orders/1001").await.is_ok().lacks("Send again");
    eve.post(path, &[("letter", &letter), ("seen", "1")]).await.is(Status::Forbidden);
    assert_eq!(shop.number("select count(*) from mails").await, 2);
}
