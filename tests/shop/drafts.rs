//! Draft orders: put together by staff, paid by a link through the checkout, or placed and marked as paid at the counter.

use barrow::features::orders::queries::order_by_number;
use barrow::platform::base::OrderNumber;
use futures::future::join;
use rocket::http::Status;

use crate::payments::steps::{card, is_order, mails, notice, path_of, press, way_back};
use crate::world::{Answer, Shelf, TestShop, Visitor};

/// A shop with teas at $10 and cups at $7, and a manager.
async fn furnished() -> (TestShop, Shelf, Shelf, Visitor) {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 5).await;
    let cup = shop.put("Blue cup", 700, 9).await;
    let sam = shop.staff("manager").await;
    (shop, tea, cup, sam)
}

const DRAFT: &str = "/admin/drafts/1";

/// A draft with two teas and three cups, a dollar off the teas.
async fn begun(shop: &TestShop, sam: &Visitor, tea: &Shelf, cup: &Shelf) {
    sam.post("/admin/drafts", &[]).await.goes_to(DRAFT);
    for (shelf, quantity) in [(tea, "2"), (cup, "3")] {
        let version = shop.number("select version from draft_orders").await.to_string();
        let fields = [("version", &*version), ("variant", &*shelf.variant.to_string()), ("quantity", quantity)];
        sam.post(&format!("{DRAFT}/lines"), &fields).await.goes_to(DRAFT);
    }
    lines(sam, "3", tea, "2", "1.00", cup, "3", "").await.goes_to(DRAFT);
}

#[allow(clippy::too_many_arguments)]
async fn lines(
    sam: &Visitor,
    version: &str,
    tea: &Shelf,
    teas: &str,
    tea_off: &str,
    cup: &Shelf,
    cups: &str,
    cup_off: &str,
) -> Answer {
    let field = |name: &str, shelf: &Shelf| format!("{name}[{}]", shelf.variant);
    let (a, b, c, d) = (field("pieces", tea), field("off", tea), field("pieces", cup), field("off", cup));
    let fields = [("version", version), (&*a, teas), (&*b, tea_off), (&*c, cups), (&*d, cup_off)];
    sam.post(&format!("{DRAFT}/quantities"), &fields).await
}

fn customer<'a>(version: &'a str, method: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("version", version),
        ("email", "lena@example.org"),
        ("language", "de"),
        ("country", "DE"),
        ("name", "Lena Hoffmann"),
        ("street", "Lindenweg 4"),
        ("postal_code", "04229"),
        ("city", "Leipzig"),
        ("shipping", method),
        ("note", ""),
    ]
}

async fn method(shop: &TestShop) -> String {
    let query =
        "select m.id from shipping_methods m join shipping_zone_countries c on c.zone_id = m.zone_id where c.country = 'DE'";
    shop.number(query).await.to_string()
}

/// What the page's last form holds.
fn hidden(page: &Answer, name: &str) -> String {
    let body = page.body();
    let rest = body.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no {name}: {body}"));
    rest.split('"').next().expect("a value").to_owned()
}

#[rocket::async_test]
async fn drafts_are_put_together_and_placed_as_paid_once() {
    let (shop, tea, cup, sam) = furnished().await;
    sam.get("/admin/orders").await.is_ok().shows("New order");
    begun(&shop, &sam, &tea, &cup).await;
    sam.get(&format!("{DRAFT}?q=blue")).await.is_ok().shows("Blue cup").shows("9 left").lacks("4 left");
    let page = sam.get(DRAFT).await;
    page.is_ok().shows("Still missing").shows("E-mail address").keeps(&format!("off[{}]", tea.variant), "1.00");
    assert_eq!(shop.stands(&tea).await, (5, 0, 5), "a draft holds no stock");
    let method = method(&shop).await;
    sam.post(&format!("{DRAFT}/customer"), &customer("4", &method)).await.goes_to(DRAFT);
    let page = sam.get(DRAFT).await;
    page.is_ok().lacks("Still missing").shows("Discount").shows("−$1.00").shows("$45.00");
    let fields = [("expected", &*hidden(&page, "expected")), ("seen", &*hidden(&page, "seen")), ("paid", "cash")];
    let path = format!("{DRAFT}/order");
    let (one, other) = join(sam.post(&path, &fields), sam.post(&path, &fields)).await;
    one.goes_to("/admin/orders/1001");
    other.goes_to("/admin/orders/1001");
    let order = order_by_number(&mut *shop.conn().await, OrderNumber(1001)).await.expect("a query").expect("an order");
    assert_eq!((order.total, order.discount_total, order.goods_total), (4500, 100, 4100));
    assert_eq!((order.payment_status.as_str(), order.locale.as_str(), order.email.as_str()), ("paid", "de", "lena@example.org"));
    sam.get("/admin/orders/1001").await.is_ok().shows("Paid in cash when it was ordered.").shows("Lindenweg 4");
    assert_eq!(shop.number("select count(*) from payment_captures").await, 1);
    assert_eq!(shop.stands(&tea).await, (5, 2, 3));
    sam.get(DRAFT).await.is_ok().shows("Became order 1001").lacks("Place order");
    sam.get("/admin/drafts").await.is_ok().shows("Became order 1001").shows("Lena Hoffmann").shows("5 pieces");
    lines(&sam, "5", &tea, "1", "", &cup, "1", "").await.is(Status::UnprocessableEntity);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn drafts_are_paid_by_their_link_through_the_checkout() {
    let (shop, tea, cup, sam) = furnished().await;
    begun(&shop, &sam, &tea, &cup).await;
    let link = format!("{DRAFT}/link");
    sam.post(&link, &[("sent", "0")]).await.is(Status::UnprocessableEntity).shows("Enter your e-mail address");
    let method = method(&shop).await;
    sam.post(&format!("{DRAFT}/customer"), &customer("4", &method)).await.goes_to(DRAFT);
    let (one, other) = join(sam.post(&link, &[("sent", "0")]), sam.post(&link, &[("sent", "0")])).await;
    one.goes_to(DRAFT);
    other.goes_to(DRAFT);
    let mail = "select count(*) from mails where kind = 'payment_link' and recipient = 'lena@example.org' and body_text like '%/checkout/link/%' and subject like 'Ihre Bestellung bei Test shop: 45,00%'";
    assert_eq!(shop.number(mail).await, 1);
    sam.post(&link, &[("sent", "1")]).await.goes_to(DRAFT);
    assert_eq!(shop.number("select count(*) from mails where kind = 'payment_link'").await, 2, "again on purpose");
    let page = sam.get(DRAFT).await;
    let address =
        page.body().split("id=\"link\" value=\"").nth(1).expect("a link").split('"').next().expect("its end").to_owned();
    let path = address[address.find("/checkout").expect("a path")..].to_owned();
    let lena = shop.visitor();
    let offer = lena.get(&path).await;
    offer.is_ok().shows("Your order at Test shop").shows("Green tea").shows("$45.00").shows("Lena Hoffmann");
    assert_eq!(offer.header("cache-control"), Some("no-store"));
    lena.post(&path, &[]).await.goes_to("/checkout");
    lena.get("/checkout").await.is_ok().keeps("street", "Lindenweg 4").shows("$45.00").shows("Discount");
    let mut details = customer("1", &method);
    details.push(("payment", "bank_transfer"));
    lena.post("/checkout", &details).await.goes_to("/checkout/review");
    let review = lena.get("/checkout/review").await;
    let fields = [("expected", &*hidden(&review, "expected")), ("seen", &*hidden(&review, "seen"))];
    let order = lena.post("/checkout/order", &fields).await.location();
    lena.get(&order).await.is_ok().shows("$45.00");
    lena.get(&path).await.goes_to(&order);
    lena.post(&path, &[]).await.goes_to(&order);
    sam.get(DRAFT).await.is_ok().shows("Became order 1001");
    let place = [("expected", "4500"), ("seen", "x"), ("paid", "cash")];
    sam.post(&format!("{DRAFT}/order"), &place).await.is(Status::SeeOther);
    assert_eq!(shop.number("select count(*) from orders").await, 1);
    shop.get(&path[..path.len() - 1]).await.is(Status::NotFound);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn drafts_give_a_discount_only_for_the_pieces_it_was_given_for() {
    let (shop, tea, cup, sam) = furnished().await;
    begun(&shop, &sam, &tea, &cup).await;
    let token = "select 1 from draft_orders where length(token) = 43";
    assert_eq!(shop.number(token).await, 1);
    shop.sql("update cart_lines set quantity = 1 where discount > 0").await;
    sam.get(DRAFT).await.is_ok().lacks("−$1.00");
    shop.sql("update cart_lines set quantity = 2, discount = 999999 where discount > 0").await;
    sam.get(DRAFT).await.is_ok().shows("−$20.00");
    for (teas, off) in [("x", ""), ("-1", ""), ("1.5", ""), ("2", "-1"), ("2", "1e3"), ("2", "0.001"), ("99999", "")] {
        let answer = lines(&sam, "4", &tea, teas, off, &cup, "3", "").await;
        answer.is(Status::UnprocessableEntity).keeps(&format!("pieces[{}]", tea.variant), teas);
    }
    lines(&sam, "4", &tea, "0", "", &cup, "3", "").await.goes_to(DRAFT);
    sam.get(DRAFT).await.is_ok().lacks("Green tea").shows("Blue cup");
}

#[rocket::async_test]
async fn drafts_are_for_those_who_manage_orders_and_tell_who_comes_late() {
    let (shop, tea, cup, sam) = furnished().await;
    begun(&shop, &sam, &tea, &cup).await;
    let eve = shop.staff("fulfilment").await;
    eve.get("/admin/orders").await.is_ok().lacks("New order");
    for path in ["/admin/drafts", DRAFT] {
        eve.get(path).await.is(Status::Forbidden);
    }
    for part in ["lines", "quantities", "customer", "link", "order", "removal"] {
        eve.post(&format!("{DRAFT}/{part}"), &[("version", "4")]).await.is(Status::Forbidden);
        sam.post(&format!("/admin/drafts/99/{part}"), &[("version", "4"), ("variant", "1"), ("quantity", "1")]).await;
    }
    let late = lines(&sam, "2", &tea, "1", "", &cup, "1", "").await;
    late.is(Status::UnprocessableEntity).shows("This draft has changed meanwhile");
    sam.post(&format!("{DRAFT}/customer"), &customer("1", "1")).await.is(Status::UnprocessableEntity);
    sam.post(&format!("{DRAFT}/removal"), &[("version", "1")]).await.is(Status::UnprocessableEntity);
    let gone = [("version", "4"), ("variant", "999"), ("quantity", "1")];
    sam.post(&format!("{DRAFT}/lines"), &gone).await.is(Status::UnprocessableEntity);
    let order = [("expected", "1"), ("seen", "x"), ("paid", "cash")];
    sam.post(&format!("{DRAFT}/order"), &order).await.is(Status::UnprocessableEntity);
    sam.post(&format!("{DRAFT}/order"), &[("expected", "-1")]).await.is(Status::UnprocessableEntity);
    assert_eq!(shop.number("select count(*) from orders").await, 0);
    for _ in 0..2 {
        sam.post(&format!("{DRAFT}/removal"), &[("version", "4")]).await.goes_to("/admin/drafts");
    }
    assert_eq!(shop.number("select count(*) from carts").await, 0);
    sam.get(DRAFT).await.is(Status::NotFound);
}

/// A draft of $45.00 whose customer has taken its link as far as the card's page; the link and that page.
async fn at_the_card(shop: &TestShop, sam: &Visitor, tea: &Shelf, cup: &Shelf, lena: &Visitor) -> (String, String) {
    shop.sql("update payment_methods set enabled = true").await;
    begun(shop, sam, tea, cup).await;
    let method = method(shop).await;
    sam.post(&format!("{DRAFT}/customer"), &customer("4", &method)).await.goes_to(DRAFT);
    let page = sam.get(DRAFT).await.body();
    let address = page.split("id=\"link\" value=\"").nth(1).expect("a link").split('"').next().expect("its end").to_owned();
    let link = address[address.find("/checkout").expect("a path")..].to_owned();
    lena.post(&link, &[]).await.goes_to("/checkout");
    let mut details = customer("1", &method);
    details.push(("payment", "test_card"));
    lena.post("/checkout", &details).await.goes_to("/checkout/review");
    let look = lena.get("/checkout/review").await;
    look.is_ok().shows("$45.00").shows("Continue to payment");
    let page = path_of(&press(lena, &look).await.location());
    (link, page)
}

#[rocket::async_test]
async fn drafts_are_paid_by_card_and_paid_back_in_part_and_wholly() {
    let (shop, tea, cup, sam) = furnished().await;
    let lena = shop.visitor();
    let (link, page) = at_the_card(&shop, &sam, &tea, &cup, &lena).await;
    card(&lena, &page, "decline").await;
    lena.get(&way_back(&shop, &page).await).await.goes_to("/checkout/review");
    sam.get(DRAFT).await.is_ok().lacks("Became order");
    let look = lena.get(&link).await;
    look.is_ok().shows("$45.00");
    let page = path_of(&press(&lena, &lena.get("/checkout/review").await).await.location());
    card(&lena, &page, "approve").await;
    notice(&shop, &page).await.is_ok();
    let order = lena.get(&way_back(&shop, &page).await).await;
    is_order(&order);
    lena.get(&link).await.goes_to(&order.location());
    lena.get(&order.location()).await.is_ok().shows("$45.00").lacks("by card now");
    shop.work().await;
    assert_eq!(
        shop.number("select count(*) from orders where payment_status = 'paid' and locale = 'en' and discount_total = 100").await,
        1
    );
    assert_eq!(mails(&shop, "order_placed").await, 1);
    sam.get(DRAFT).await.is_ok().shows("Became order 1001").lacks("Place order");
    let payment = shop.number("select id from payments where state = 'captured'").await;
    for (amount, status) in [("15.00", "partly_refunded"), ("30.00", "refunded")] {
        let version = shop.number("select version from orders").await.to_string();
        let fields = [("version", version.as_str()), ("amount", amount), ("reason", "chipped")];
        sam.post(&format!("/admin/orders/1001/payments/{payment}/refund"), &fields).await.is(Status::SeeOther);
        shop.work().await;
        assert_eq!(shop.number(&format!("select count(*) from orders where payment_status = '{status}'")).await, 1, "{status}");
        sam.get(DRAFT).await.is_ok().shows("Became order 1001");
        sam.get("/admin/drafts").await.is_ok().shows("Became order 1001");
        lena.get(&order.location()).await.is_ok().lacks("by card now");
    }
    assert_eq!(shop.number("select captured - refunded from test_card_charges where captured > 0").await, 0);
    assert_eq!(mails(&shop, "order_refunded").await, 2);
    lena.get(&link).await.goes_to(&order.location());
    shop.is_sound().await;
}

#[rocket::async_test]
async fn drafts_that_staff_change_while_they_are_paid_become_what_was_paid() {
    let (shop, tea, cup, sam) = furnished().await;
    let lena = shop.visitor();
    let (link, page) = at_the_card(&shop, &sam, &tea, &cup, &lena).await;
    lines(&sam, "5", &tea, "1", "", &cup, "3", "").await.goes_to(DRAFT);
    card(&lena, &page, "approve").await;
    let order = lena.get(&way_back(&shop, &page).await).await;
    is_order(&order);
    assert_eq!(shop.number("select total from orders").await, 4500);
    assert_eq!(shop.number("select quantity from order_lines where title = 'Green tea'").await, 2);
    sam.get(DRAFT).await.is_ok().shows("Became order 1001");
    lines(&sam, "6", &tea, "1", "", &cup, "1", "").await.is(Status::UnprocessableEntity);
    lena.get(&link).await.goes_to(&order.location());
    shop.is_sound().await;
}

#[rocket::async_test]
async fn drafts_that_staff_place_while_they_are_paid_are_paid_back() {
    let (shop, tea, cup, sam) = furnished().await;
    let lena = shop.visitor();
    let (link, page) = at_the_card(&shop, &sam, &tea, &cup, &lena).await;
    let desk = sam.get(DRAFT).await;
    let fields = [("expected", &*hidden(&desk, "expected")), ("seen", &*hidden(&desk, "seen")), ("paid", "cash")];
    sam.post(&format!("{DRAFT}/order"), &fields).await.goes_to("/admin/orders/1001");
    card(&lena, &page, "approve").await;
    lena.get(&way_back(&shop, &page).await).await.is_ok().shows("Paid once is enough");
    shop.work().await;
    assert_eq!(shop.number("select captured - refunded from test_card_charges").await, 0);
    assert_eq!(shop.number("select count(*) from orders where payment_status = 'paid'").await, 1);
    lena.get(&link).await.is(Status::SeeOther);
    sam.get("/admin/payments").await.is_ok().shows("Paid twice");
    assert_eq!(shop.stands(&tea).await, (5, 2, 3));
    shop.is_sound().await;
}

#[rocket::async_test]
async fn drafts_that_staff_throw_away_while_they_are_paid_still_become_an_order() {
    let (shop, tea, cup, sam) = furnished().await;
    let lena = shop.visitor();
    let (link, page) = at_the_card(&shop, &sam, &tea, &cup, &lena).await;
    sam.post(&format!("{DRAFT}/removal"), &[("version", "5")]).await.goes_to("/admin/drafts");
    lena.get(&link).await.is(Status::NotFound);
    card(&lena, &page, "approve").await;
    let order = lena.get(&way_back(&shop, &page).await).await;
    is_order(&order);
    assert_eq!(shop.number("select count(*) from orders where payment_status = 'paid' and total = 4500").await, 1);
    sam.get("/admin/orders/1001").await.is_ok().shows("Lena Hoffmann");
    assert_eq!(shop.stands(&tea).await, (5, 2, 3));
    shop.is_sound().await;
}
