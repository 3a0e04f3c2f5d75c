//! Parcels: what leaves from which place, and where the shopper follows them.

use rocket::http::Status;

use crate::world::{Shelf, TestShop, Visitor};

/// Moves all pieces of a thing to a second place; its id.
async fn second_place(shop: &TestShop, shelf: &Shelf, pieces: i32) -> i64 {
    let place = shop.returned("insert into locations (name, position) values ('Warehouse', 5) returning id as number").await;
    shop.sql(&format!(
        "insert into stock (variant_id, location_id) values ({}, {place});
         insert into stock_movements (stock_id, kind, on_hand) select id, 'opening', {pieces} from stock where location_id = {place};",
        shelf.variant
    ))
    .await;
    place
}

async fn line(shop: &TestShop, shelf: &Shelf) -> String {
    format!("lines[{}]", shop.number(&format!("select id from order_lines where variant_id = {}", shelf.variant)).await)
}

#[rocket::async_test]
async fn delivery_parcels_leave_from_the_place_that_has_the_pieces() {
    let shop = TestShop::open().await;
    let (tea, pot) = (shop.put("Green tea", 1000, 5).await, shop.put("Pot", 3000, 0).await);
    let warehouse = second_place(&shop, &pot, 4).await;
    let main = shop.number("select id from locations where name = 'Main'").await;
    let placed = shop.place(1, &[(&tea, 1000, 2), (&pot, 3000, 3)]).await.expect("placed");
    let (sam, path) = (shop.staff("manager").await, format!("/admin/orders/{}", placed.number));
    let (tea_field, pot_field) = (line(&shop, &tea).await, line(&shop, &pot).await);
    let page = sam.get(&path).await;
    page.is_ok().shows("Main · 2 pieces · 0.2 kg").shows("Warehouse · 3 pieces · 0.3 kg").keeps(&tea_field, "2");
    page.keeps("from", &main.to_string());
    assert!(!page.body().contains(&format!("name=\"{pot_field}\"")), "the pots lie elsewhere");
    let other = sam.get(&format!("{path}?from={warehouse}")).await;
    other.is_ok().keeps(&pot_field, "3").keeps("from", &warehouse.to_string());
    let send = async |version: &str, from: i64, field: &str, pieces: &str| {
        let from = from.to_string();
        let fields = [("version", version), ("from", &from), (field, pieces), ("carrier", ""), ("tracking", ""), ("link", "")];
        sam.post(&format!("{path}/fulfilment"), &fields).await
    };
    send("1", warehouse, &tea_field, "1").await.is(Status::UnprocessableEntity).keeps("from", &warehouse.to_string());
    send("1", warehouse, &pot_field, "2").await.goes_to(&path);
    assert_eq!(shop.number(&format!("select count(*) from fulfilments where location_id = {warehouse}")).await, 1);
    assert_eq!(shop.number(&format!("select on_hand from stock where location_id = {warehouse}")).await, 2);
    sam.get(&path).await.is_ok().shows("Warehouse · 0.2 kg").shows("Warehouse · 1 piece · 0.1 kg");
    send("2", main, &tea_field, "2").await.goes_to(&path);
    sam.get(&path).await.is_ok().shows("Leaves from Warehouse · 1 piece · 0.1 kg");
    shop.is_sound().await;
}

/// Sends all of an order with these words on the parcel.
async fn ship(staff: &Visitor, shop: &TestShop, shelf: &Shelf, number: &str, words: [&str; 3]) {
    let (path, field) = (format!("/admin/orders/{number}"), line(shop, shelf).await);
    let [carrier, tracking, link] = words;
    let fields = [("version", "1"), (field.as_str(), "1"), ("carrier", carrier), ("tracking", tracking), ("link", link)];
    staff.post(&format!("{path}/fulfilment"), &fields).await.goes_to(&path);
}

#[rocket::async_test]
async fn delivery_parcels_lead_to_the_carriers_page_by_name_or_by_number() {
    let (shop, mut cart) = (TestShop::open().await, 0);
    let sam = shop.staff("manager").await;
    for (words, link) in [
        (["", "1Z5R89390357567127", ""], Some("https://www.ups.com/track?loc=en_US&tracknum=1Z5R89390357567127")),
        (["GLS Express", "12 34/56", ""], Some("https://gls-group.com/EU/en/parcel-tracking/?match=123456")),
        (["DHL", "00340434", "https://example.org/p/1"], Some("https://example.org/p/1")),
        (["", "1Z5R89390357567128", ""], None),
    ] {
        cart += 1;
        shop.sql("delete from mails").await;
        let tea = shop.put(&format!("Tea {cart}"), 1000, 5).await;
        let placed = shop.place(cart, &[(&tea, 1000, 1)]).await.expect("placed");
        ship(&sam, &shop, &tea, &placed.number.to_string(), words).await;
        shop.work().await;
        let page = shop.get(&format!("/orders/{}", placed.token)).await;
        page.is_ok().shows(words[1]);
        let mailed =
            |link: &str| format!("select count(*) from mails where kind = 'order_shipped' and body_text like '%{link}%'");
        match link {
            Some(link) => {
                page.has(&format!("href=\"{}\"", link.replace('&', "&#38;")));
                assert_eq!(shop.number(&mailed(link)).await, 1, "{link}");
            }
            None => assert_eq!(shop.number(&mailed("https://www.ups.com")).await, 0, "its check digit is wrong"),
        }
    }
}
