//! The completion as an attacker and as a pessimist look at it: amounts, tabs, other people's pages, letters.

use chrono::Duration;
use futures::future::join_all;
use rocket::http::{ContentType, Header, Status};

use super::steps::*;
use crate::world::TestShop;

async fn close_due(shop: &TestShop) {
    barrow::features::checkout::jobs::keep_time(&shop.shop.db, &shop.shop.gateways, shop.now()).await.expect("time is kept");
}

#[rocket::async_test]
async fn what_is_being_paid_stays_held_whatever_another_tab_does_to_the_cart() {
    let (shop, tea) = card_shop(3).await;
    let cup = shop.put("Cup", 900, 3).await;
    let anna = shop.visitor();
    let page = to_the_page(&shop, &anna, &tea, "3").await;
    assert_eq!(shop.stands(&tea).await.2, 0);
    let line = shop.number("select id from cart_lines").await;
    anna.post(&format!("/cart/lines/{line}/quantity"), &[("quantity", "1")]).await.is(Status::SeeOther);
    assert_eq!(shop.stands(&tea).await.2, 0, "fewer in the cart, but three are about to be paid");
    anna.post(&format!("/cart/lines/{line}/removal"), &[]).await.is(Status::SeeOther);
    assert_eq!(shop.stands(&tea).await.2, 0);
    let variant = cup.variant.to_string();
    anna.post("/cart/lines", &[("variant", &variant), ("quantity", "1")]).await.is(Status::SeeOther);
    details(&shop, &anna, "test_card").await.goes_to("/checkout/review");
    assert_eq!((shop.stands(&tea).await.2, shop.stands(&cup).await.2), (0, 2), "both are held");
    shop.shop.clock.advance(Duration::minutes(28));
    assert_eq!(shop.stands(&tea).await.2, 0, "as long as the page is open");
    card(&anna, &page, "approve").await;
    is_order(&anna.get(&way_back(&shop, &page).await).await);
    paid_orders(&shop, 1).await;
    anna.get("/cart").await.is_ok().shows("Cup").lacks("Green tea");
}

#[rocket::async_test]
async fn a_second_page_holds_only_what_it_pays_for_once_the_first_is_closed() {
    let (shop, tea) = card_shop(5).await;
    let anna = shop.visitor();
    let first = to_the_page(&shop, &anna, &tea, "5").await;
    let line = shop.number("select id from cart_lines").await;
    anna.post(&format!("/cart/lines/{line}/quantity"), &[("quantity", "2")]).await.is(Status::SeeOther);
    let second = path_of(&press(&anna, &anna.get("/checkout/review").await).await.location());
    assert_ne!(first, second);
    assert_eq!(shop.stands(&tea).await.2, 3, "three are free again");
    card(&anna, &first, "approve").await;
    assert_eq!(shop.number("select count(*) from test_card_charges where authorised > 0").await, 0, "the first page is closed");
    card(&anna, &second, "approve").await;
    is_order(&anna.get(&way_back(&shop, &second).await).await);
    paid_orders(&shop, 1).await;
    assert_eq!(shop.stands(&tea).await, (5, 2, 3));
}

#[rocket::async_test]
async fn an_order_placed_from_the_same_cart_while_paying_stands_and_the_card_is_paid_back() {
    let (shop, tea) = card_shop(10).await;
    let anna = shop.visitor();
    let page = to_the_page(&shop, &anna, &tea, "2").await;
    details(&shop, &anna, "bank_transfer").await.goes_to("/checkout/review");
    press(&anna, &anna.get("/checkout/review").await).await.is(Status::SeeOther);
    assert_eq!(shop.number("select count(*) from orders").await, 1);
    card(&anna, &page, "approve").await;
    anna.get(&way_back(&shop, &page).await).await.is_ok().shows("Paid once is enough");
    shop.work().await;
    assert_eq!(shop.number("select captured - refunded from test_card_charges").await, 0);
    assert_eq!(shop.number("select count(*) from orders where payment_status = 'unpaid'").await, 1);
    assert_eq!(shop.number("select count(*) from stock_reservations").await, 0);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn a_cart_bought_in_another_browser_and_a_second_cart_do_not_disturb_each_other() {
    let (shop, tea) = card_shop(10).await;
    let (anna, berta) = (shop.visitor(), shop.visitor());
    let hers = to_the_page(&shop, &anna, &tea, "2").await;
    let theirs = to_the_page(&shop, &berta, &tea, "1").await;
    card(&anna, &hers, "approve").await;
    card(&berta, &theirs, "decline").await;
    // Berta comes back with Anna's way: it is Anna's order that is completed, and Berta's cart stays as it was.
    let answer = berta.get(&way_back(&shop, &hers).await).await;
    is_order(&answer);
    berta.get("/cart").await.is_ok().shows("Green tea");
    assert_eq!(shop.number("select sum(quantity) from order_lines").await, 2);
    anna.get(&way_back(&shop, &theirs).await).await.goes_to("/checkout/review");
    for strange in ["/checkout/return/x", "/checkout/return/%00", "/checkout/return/%27%20or%201%3D1%20--", "/test-card/tc_x"] {
        shop.get(strange).await.is(Status::NotFound);
    }
    paid_orders(&shop, 1).await;
}

#[rocket::async_test]
async fn money_that_was_partly_given_back_before_it_was_heard_of_makes_no_order() {
    let (shop, tea) = card_shop(10).await;
    for (change, nr) in [("refunded = 1400", 1), ("refunded = 1", 2), ("currency = 'EUR'", 3), ("authorised = 1401", 4)] {
        let anna = shop.visitor();
        let page = to_the_page(&shop, &anna, &tea, "2").await;
        card(&anna, &page, "lose_answer").await;
        shop.sql(&format!("update test_card_charges set {change} where id = (select max(id) from test_card_charges)")).await;
        anna.get(&way_back(&shop, &page).await).await.is_ok().shows("We are looking at your payment");
        assert_eq!(shop.number("select count(*) from payments where state = 'flagged'").await, nr, "{change}");
    }
    assert_eq!(shop.number("select count(*) from orders").await, 0);
}

#[rocket::async_test]
async fn an_order_that_is_paid_in_two_ways_is_not_marked_paid_beyond_its_total() {
    let (shop, tea) = card_shop(10).await;
    let anna = shop.visitor();
    review(&shop, &anna, &tea, "2").await;
    details(&shop, &anna, "bank_transfer").await;
    let order = press(&anna, &anna.get("/checkout/review").await).await.location();
    let number = shop.number("select number from orders").await;
    let staff = shop.staff("manager").await;
    let mark = format!("/admin/orders/{number}/payment");
    staff.post(&mark, &[("version", "1"), ("amount", "6.00")]).await.is(Status::SeeOther);
    anna.get(&order).await.is_ok().shows("Pay $8.00 by card now");
    let page = path_of(&anna.post(&format!("{order}/payment"), &[("method", "test_card")]).await.location());
    card(&anna, &page, "approve").await;
    anna.get(&way_back(&shop, &page).await).await.goes_to(&order);
    assert_eq!(shop.number("select count(*) from orders where payment_status = 'paid'").await, 1);
    let version = shop.number("select version from orders").await.to_string();
    staff.get(&format!("/admin/orders/{number}")).await.is_ok().lacks("Mark as paid");
    let again = staff.post(&mark, &[("version", &version), ("amount", "8.00")]).await;
    again.is(Status::UnprocessableEntity);
    assert_eq!(shop.number("select sum(amount) from payment_captures").await, 1400);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn a_capture_that_the_gateway_refused_can_be_asked_for_again_and_is_no_drift() {
    let (shop, tea) = card_shop(10).await;
    shop.sql("update payment_methods set capture = 'manual' where method = 'test_card'").await;
    let anna = shop.visitor();
    let page = to_the_page(&shop, &anna, &tea, "2").await;
    card(&anna, &page, "approve").await;
    is_order(&anna.get(&way_back(&shop, &page).await).await);
    let number = shop.number("select number from orders").await;
    let payment = shop.number("select id from payments").await;
    let staff = shop.staff("manager").await;
    let take = format!("/admin/orders/{number}/payments/{payment}/capture");
    shop.sql("update test_card_charges set authorised = 1000").await;
    for (authorised, payment_status) in [(1000, "authorised"), (1400, "paid")] {
        shop.sql(&format!("update test_card_charges set authorised = {authorised}")).await;
        let version = shop.number("select version from orders").await.to_string();
        staff.post(&take, &[("version", &version), ("amount", "14.00")]).await.is(Status::SeeOther);
        shop.work().await;
        assert_eq!(shop.number(&format!("select count(*) from orders where payment_status = '{payment_status}'")).await, 1);
        shop.is_sound().await;
    }
    staff.get(&format!("/admin/orders/{number}")).await.is_ok().shows("The gateway refused $14.00");
}

#[rocket::async_test]
async fn refunds_and_letters_at_the_same_moment_never_give_back_more_than_came_in() {
    let (shop, tea) = card_shop(10).await;
    let anna = shop.visitor();
    let page = to_the_page(&shop, &anna, &tea, "2").await;
    card(&anna, &page, "approve").await;
    is_order(&anna.get(&way_back(&shop, &page).await).await);
    shop.work().await;
    let number = shop.number("select number from orders").await;
    let payment = shop.number("select id from payments").await;
    let staff = [shop.staff("manager").await, shop.staff("owner").await];
    let path = format!("/admin/orders/{number}/payments/{payment}/refund");
    for amount in ["9.00", "9.00", "14.00", "5.00"] {
        let version = shop.number("select version from orders").await.to_string();
        let fields = [("version", version.as_str()), ("amount", amount), ("reason", "")];
        let refunds = join_all(staff.iter().map(|one| one.post(&path, &fields)));
        let letters = join_all((0..4).map(|_| notice(&shop, &page)));
        let (_, letters, worked) = futures::join!(refunds, letters, shop.try_to_work());
        worked.expect("no job fails");
        assert!(letters.iter().all(|answer| answer.status == Status::Ok));
        shop.work().await;
        assert!(shop.number("select sum(amount) from payment_refunds where state <> 'failed'").await <= 1400);
    }
    assert_eq!(shop.number("select captured - refunded from test_card_charges").await, 0);
    assert_eq!(shop.number("select count(*) from orders where payment_status = 'refunded'").await, 1);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn letters_that_are_too_long_garbage_old_or_of_others_change_nothing() {
    let (shop, tea) = card_shop(10).await;
    let anna = shop.visitor();
    let page = to_the_page(&shop, &anna, &tea, "1").await;
    card(&anna, &page, "lose_answer").await;
    let secret = barrow::engines::payments::test_card::bank::secret(&mut *shop.conn().await).await.expect("a secret");
    let signed = |body: &[u8], minutes: i64| {
        barrow::engines::payments::test_card::header(&secret, body, shop.now() + Duration::minutes(minutes))
    };
    let reference = page.trim_start_matches("/test-card/");
    let good = format!("{{\"reference\":\"{reference}\"}}").into_bytes();
    let send = async |path: &str, body: &[u8], signature: String| {
        let request = shop.client.post(path.to_owned()).header(ContentType::JSON).body(body);
        shop.visitor().send(request.header(Header::new("Webhook-Signature", signature))).await.status
    };
    let long = vec![b'x'; 257 * 1024];
    assert_eq!(send("/webhooks/test_card", &long, signed(&long, 0)).await, Status::PayloadTooLarge);
    for garbage in [&b"\xff\xfe\x00"[..], b"", b"[]", b"null", b"{\"reference\":7}", b"{\"reference\"", &[0; 2000]] {
        assert_eq!(send("/webhooks/test_card", garbage, signed(garbage, 0)).await, Status::BadRequest, "{garbage:?}");
    }
    for old in [-6, 6] {
        assert_eq!(send("/webhooks/test_card", &good, signed(&good, old)).await, Status::Unauthorized, "{old}");
    }
    for wrong in ["", "t=", "v1=", "t=9223372036854775807,v1=00", "t=-1,v1=", "\u{fc}", "t=1,v1=zz"] {
        assert_eq!(send("/webhooks/test_card", &good, wrong.into()).await, Status::Unauthorized, "{wrong}");
    }
    assert_eq!(send("/webhooks/test_card", &good, signed(b"{}", 0)).await, Status::Unauthorized, "signed for another letter");
    for nowhere in ["/webhooks/bank_transfer", "/webhooks/cash_on_delivery", "/webhooks/nobody", "/webhooks/"] {
        assert_eq!(send(nowhere, &good, signed(&good, 0)).await, Status::NotFound, "{nowhere}");
    }
    assert_eq!(shop.number("select count(*) from orders").await, 0);
    assert_eq!(shop.number("select count(*) from payments where state = 'pending'").await, 1);
    let signature = signed(&good, 0);
    assert_eq!(send("/webhooks/test_card", &good, signature.clone()).await, Status::Ok);
    assert_eq!(send("/webhooks/test_card", &good, signature).await, Status::Ok, "said again, nothing more happens");
    paid_orders(&shop, 1).await;
}

#[rocket::async_test]
async fn who_stood_at_a_payment_page_is_forgotten_after_thirty_days_and_the_amounts_stay() {
    let (shop, tea) = card_shop(10).await;
    let (anna, berta, clara) = (shop.visitor(), shop.visitor(), shop.visitor());
    let declined = to_the_page(&shop, &anna, &tea, "2").await;
    card(&anna, &declined, "decline").await;
    anna.get(&way_back(&shop, &declined).await).await.is(Status::SeeOther);
    let paid = to_the_page(&shop, &berta, &tea, "1").await;
    card(&berta, &paid, "approve").await;
    let order = berta.get(&way_back(&shop, &paid).await).await.location();
    let odd = to_the_page(&shop, &clara, &tea, "3").await;
    card(&clara, &odd, "other_amount").await;
    clara.get(&way_back(&shop, &odd).await).await.is_ok();
    let forget = async |days: i64| {
        let mut conn = shop.conn().await;
        barrow::features::checkout::commands::forget(&mut conn, Duration::days(30), shop.now() + Duration::days(days))
            .await
            .expect("forgets")
    };
    assert_eq!((forget(29).await, forget(30).await, forget(31).await), (0, 2, 0));
    let known = "select count(*) from payment_sessions where email <> '' or snapshot::text like '%Miller%' or snapshot::text like '%Oak Street%'
                 or snapshot::text like '%97201%' or snapshot::text like '%anna@%'";
    assert_eq!(shop.number(known).await, 1, "staff still look at the one that is flagged");
    let amounts = "select sum((snapshot #>> '{order,quote,total}')::bigint) from payment_sessions";
    assert_eq!(shop.number(amounts).await, shop.number("select sum(amount) from payments").await);
    anna.get(&way_back(&shop, &declined).await).await.is(Status::SeeOther);
    shop.get(&way_back(&shop, &paid).await).await.goes_to(&order);
    shop.get(&order).await.is_ok().shows("12 Oak Street");
    assert_eq!(compare_books(&shop).await, 0);
}

async fn compare_books(shop: &TestShop) -> usize {
    barrow::features::checkout::commands::compare(&shop.shop.db, &shop.shop.gateways, shop.now()).await.expect("a comparison")
}

#[rocket::async_test]
async fn only_pages_that_lead_to_a_gateway_let_a_form_end_there() {
    let shop = TestShop::with(&[("BARROW_PUBLIC_URL", "https://tea.example.org")]).await;
    shop.sql("update payment_methods set enabled = true").await;
    let tea = shop.put("Green tea", 450, 9).await;
    let anna = shop.visitor();
    let policy = |answer: &crate::world::Answer| answer.header("content-security-policy").unwrap_or_default().to_owned();
    let look = review(&shop, &anna, &tea, "1").await;
    assert!(policy(&look).ends_with("form-action 'self' https://tea.example.org"), "{}", policy(&look));
    let changed = anna.post("/checkout/order", &[("expected", "1"), ("seen", "x")]).await;
    changed.is(Status::UnprocessableEntity);
    assert!(policy(&changed).ends_with("form-action 'self' https://tea.example.org"), "{}", policy(&changed));
    for path in ["/", "/cart", "/checkout", "/products/green-tea", "/admin/sign-in", "/nowhere"] {
        assert!(policy(&anna.get(path).await).ends_with("form-action 'self'"), "{path}");
    }
    details(&shop, &anna, "bank_transfer").await;
    let look = anna.get("/checkout/review").await;
    assert!(policy(&look).ends_with("form-action 'self'"), "{}", policy(&look));
    let order = press(&anna, &look).await.location();
    let page = anna.get(&order).await;
    assert!(policy(&page).ends_with("form-action 'self' https://tea.example.org"), "it can be paid by card");
    shop.sql("update payment_methods set enabled = false where method = 'test_card'").await;
    assert!(policy(&anna.get(&order).await).ends_with("form-action 'self'"));
    close_due(&shop).await;
}
