//! Orders in the browser: the shopper's link, the list, what staff do there, and the letters that go out.

use barrow::features::orders::Placed;
use barrow::features::orders::queries::order_by_number;
use diesel_async::SimpleAsyncConnection;
use rocket::http::Status;

use crate::world::{Shelf, TestShop, Visitor};

async fn with_order() -> (TestShop, Shelf, Placed, Visitor) {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 5).await;
    let placed = shop.place(1, &[(&tea, 1000, 3)]).await.expect("placed");
    let sam = shop.staff("manager").await;
    (shop, tea, placed, sam)
}

async fn line_field(shop: &TestShop, placed: &Placed) -> String {
    let order = order_by_number(&mut *shop.conn().await, placed.number).await.expect("a query").expect("the order");
    format!("lines[{}]", order.lines[0].id)
}

#[rocket::async_test]
async fn the_link_opens_the_order_and_nothing_else_does() {
    let (shop, _, placed, _) = with_order().await;
    let page = shop.get(&format!("/orders/{}", placed.token)).await;
    page.is_ok().shows("Thank you, Marta. One step is left.").shows("Please transfer $35.00").shows("DE00 1234");
    page.shows("Karl-Heine-Straße 48").shows("3 pieces").shows("with $5.59 VAT").shows("Order 1001");
    assert_eq!(page.header("cache-control"), Some("no-store"));
    for wrong in ["1001", "1", "%00", "nope", &placed.token[..42], &placed.token.to_uppercase()] {
        shop.get(&format!("/orders/{wrong}")).await.is(Status::NotFound);
    }
}

#[rocket::async_test]
async fn shopper_and_staff_read_how_the_total_came_about() {
    let (shop, _, placed, sam) = with_order().await;
    for page in [shop.get(&format!("/orders/{}", placed.token)).await, sam.get(&format!("/admin/orders/{}", placed.number)).await]
    {
        page.is_ok().shows("How was this computed?").shows("$10.00 × 3").shows("of it VAT 19 % on green tea");
        page.shows("$30.00 × 19 ÷ 119").shows("$4.79").shows("$5.00 × 19 ÷ 119").shows("$0.80");
    }
    let bare =
        "update orders set discount_total = 100, total = total - 100; update order_lines set discount = 100, total = total - 100";
    let broken =
        shop.conn().await.batch_execute(&format!("begin; {bare}; commit;")).await.expect_err("no discount without its row");
    assert!(broken.to_string().contains("totals differ from their parts"), "{broken}");
}

#[rocket::async_test]
async fn only_staff_with_the_right_see_and_change_orders() {
    let (shop, _, placed, _) = with_order().await;
    let path = format!("/admin/orders/{}", placed.number);
    shop.get(&path).await.goes_to(&format!("/admin/sign-in?next={}", path.replace('/', "%2F")));
    let content = shop.staff("content").await;
    content.get("/admin/orders").await.is(Status::Forbidden);
    let analyst = shop.staff("analyst").await;
    analyst.get(&path).await.is_ok().lacks("Mark as paid").lacks("Ship these pieces").lacks("Cancel this order");
    for act in ["payment", "fulfilment", "cancellation", "note"] {
        analyst.post(&format!("{path}/{act}"), &[("version", "1"), ("amount", "35"), ("note", "x")]).await.is(Status::Forbidden);
    }
    let packer = shop.staff("fulfilment").await;
    packer.get(&path).await.is_ok().shows("Ship these pieces").lacks("Mark as paid");
    packer.post(&format!("{path}/payment"), &[("version", "1"), ("amount", "35")]).await.is(Status::Forbidden);
    assert_eq!(shop.number("select count(*) from audit").await, 0);
}

#[rocket::async_test]
async fn staff_take_an_order_from_money_to_parcel_and_the_shopper_reads_of_each_step() {
    let (shop, _, placed, sam) = with_order().await;
    let (path, field) = (format!("/admin/orders/{}", placed.number), line_field(&shop, &placed).await);
    sam.get(&path).await.is_ok().shows("#1001").shows("Awaiting transfer").keeps("amount", "35.00").keeps(&field, "3");
    sam.post(&format!("{path}/payment"), &[("version", "1"), ("amount", "35.00")]).await.goes_to(&path);
    sam.post(&format!("{path}/payment"), &[("version", "1"), ("amount", "35.00")]).await.goes_to(&path);
    let parcel =
        [("version", "2"), (field.as_str(), "2"), ("carrier", "DHL"), ("tracking", "0034"), ("link", "https://dhl.example/0034")];
    sam.post(&format!("{path}/fulfilment"), &parcel).await.goes_to(&path);
    sam.post(&format!("{path}/fulfilment"), &parcel).await.goes_to(&path);
    sam.get(&path)
        .await
        .is_ok()
        .shows("Part shipped")
        .shows("1 of 3")
        .shows("shipped a parcel")
        .shows("recorded a payment of $35.00");
    let page = shop.get(&format!("/orders/{}", placed.token)).await;
    page.is_ok().shows("A part is on its way").shows("2 × green tea").shows("Track the parcel").has("https://dhl.example/0034");
    shop.work().await;
    let kinds = "select count(*) from mails where order_id = 1 and kind in ('order_placed', 'order_notice', 'order_paid', 'order_shipped')";
    assert_eq!(shop.number(kinds).await, 4);
    sam.get(&path).await.is_ok().shows("Order 1001 is on its way").shows("Your order 1001 at Test shop");
    shop.is_sound().await;
}

#[rocket::async_test]
async fn what_is_refused_comes_back_as_it_was_typed() {
    let (shop, _, placed, sam) = with_order().await;
    let (path, field) = (format!("/admin/orders/{}", placed.number), line_field(&shop, &placed).await);
    for (amount, words) in
        [("", "Write an amount above 0"), ("-3", "Write an amount"), ("35.01", "more than is still to pay"), ("1e9", "Write")]
    {
        let answer = sam.post(&format!("{path}/payment"), &[("version", "1"), ("amount", amount)]).await;
        answer.is(Status::UnprocessableEntity).shows(words).keeps("amount", amount);
    }
    let parcel = |quantity: &'static str, link: &'static str| {
        [("version", "1"), (field.as_str(), quantity), ("carrier", "DHL"), ("tracking", "7"), ("link", link)]
    };
    for (quantity, link, words) in [
        ("4", "", "Only 3 pieces of “green tea” are left"),
        ("0", "", "Choose at least one piece"),
        ("1", "javascript:alert(1)", "must begin with https"),
    ] {
        let answer = sam.post(&format!("{path}/fulfilment"), &parcel(quantity, link)).await;
        answer.is(Status::UnprocessableEntity).shows(words).keeps(&field, quantity).keeps("tracking", "7");
    }
    for nonsense in ["-1", "1.5", "99999999999", "ten"] {
        sam.post(
            &format!("{path}/fulfilment"),
            &[("version", "1"), (field.as_str(), nonsense), ("carrier", ""), ("tracking", ""), ("link", "")],
        )
        .await
        .is(Status::UnprocessableEntity)
        .keeps(&field, nonsense);
    }
    sam.post(&format!("{path}/note"), &[("note", " ")]).await.is(Status::UnprocessableEntity);
    sam.post(&format!("{path}/cancellation"), &[("version", "1"), ("restock", "maybe"), ("reason", "")])
        .await
        .is(Status::UnprocessableEntity);
    sam.post(&format!("{path}/cancellation"), &[]).await.is(Status::UnprocessableEntity);
    sam.post("/admin/orders/999/cancellation", &[("version", "1"), ("restock", "yes"), ("reason", "")])
        .await
        .is(Status::NotFound);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn who_comes_late_sees_how_the_order_stands_now() {
    let (shop, _, placed, sam) = with_order().await;
    let anna = shop.staff("owner").await;
    let path = format!("/admin/orders/{}", placed.number);
    sam.post(&format!("{path}/cancellation"), &[("version", "1"), ("restock", "yes"), ("reason", "by phone")])
        .await
        .goes_to(&path);
    let late = anna.post(&format!("{path}/payment"), &[("version", "1"), ("amount", "35")]).await;
    late.is(Status::UnprocessableEntity).shows("This order has been cancelled");
    anna.get(&path).await.is_ok().shows("by phone").shows("3 pieces put back on the shelf").lacks("Mark as paid");
    shop.get(&format!("/orders/{}", placed.token)).await.is_ok().shows("This order was cancelled").lacks("Please transfer");
    shop.work().await;
    assert_eq!(shop.number("select count(*) from mails where kind = 'order_cancelled'").await, 1);
}

#[rocket::async_test]
async fn the_list_is_searched_filtered_and_never_trips() {
    let (shop, tea, placed, sam) = with_order().await;
    sam.get("/admin/orders").await.is_ok().shows("#1001").shows("Marta Wolf").shows("1 order, $35.00");
    shop.place(2, &[(&tea, 1000, 1)]).await.expect("placed");
    sam.post(&format!("/admin/orders/{}/payment", placed.number), &[("version", "1"), ("amount", "35")]).await;
    sam.get("/admin/orders?view=to-ship").await.is_ok().shows("#1001").lacks("#1002");
    sam.get("/admin/orders?view=unpaid").await.is_ok().shows("#1002").lacks("#1001");
    sam.get("/admin/orders?payment=paid&q=marta").await.is_ok().shows("#1001").lacks("#1002").keeps("q", "marta");
    sam.get("/admin/orders?q=nobody").await.is_ok().shows("No order fits");
    for odd in [
        "q=%00",
        "status=x",
        "before=-1",
        "before=9223372036854775807",
        "after=0",
        "after=99999999999999999999",
        "q=%25%27%5C",
        "view=%FF",
    ] {
        sam.get(&format!("/admin/orders?{odd}")).await.is_ok();
    }
    let empty = TestShop::open().await;
    empty.staff("manager").await.get("/admin/orders").await.is_ok().shows("No orders yet");
}

#[rocket::async_test]
async fn orders_speak_german_too() {
    let (shop, _, placed, _) = with_order().await;
    let mut german = shop.visitor();
    german.language = "de";
    german
        .get(&format!("/orders/{}", placed.token))
        .await
        .is_ok()
        .shows("Danke, Marta. Ein Schritt fehlt noch.")
        .shows("35,00 $");
    shop.sql("update orders set locale = 'de'").await;
    shop.work().await;
    assert_eq!(shop.number("select count(*) from mails where subject = 'Ihre Bestellung 1001 bei Test shop'").await, 1);
    assert_eq!(shop.number("select count(*) from mails where subject = 'New order 1001: $35.00'").await, 1);
}

#[rocket::async_test]
async fn more_orders_than_anybody_counts_are_listed_and_found() {
    let shop = TestShop::open().await;
    shop.sql(
        "begin; set local session_replication_role = replica;
         insert into orders (number, token, cart_id, email, locale, currency, tax_included, goods_total, shipping_total, tax_total, total, status,
                             payment_status, fulfilment_status, customer_name, shipping_address, billing_address, shipping_method, payment_method)
         select 5000 + n, md5(n::text) || 'abcdefghij', n, 'buyer' || n || '@example.org', 'en', 'USD', true, 1000, 0, 0, 1000, 'completed', 'paid', 'fulfilled',
                'Anna Berg ' || n, '{}', '{}', 'Post', 'bank_transfer'
           from generate_series(1, 10030) n;
         commit",
    )
    .await;
    let staff = shop.staff("manager").await;
    let page = staff.get("/admin/orders").await;
    page.is_ok().shows("More than 10,000 orders").shows("10,000+").shows("#15030");
    staff.get("/admin/orders?q=anna").await.is_ok().shows("More than 1,000 orders").lacks("10,000 orders");
    staff.get("/admin/orders?q=berg+1000").await.is_ok().shows("11 orders, $110.00").shows("#15000");
    staff.get("/admin/orders?q=%2315025").await.is_ok().shows("1 order, $10.00").shows("#15025");
    staff.get("/admin/orders?q=Buyer77@example.org").await.is_ok().shows("1 order, $10.00").shows("#5077");
    staff.get("/admin/orders?q=yer77@example").await.is_ok().shows("1 order, $10.00").shows("#5077");
}
