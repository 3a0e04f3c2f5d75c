//! Every behaviour of the card × who tells the shop first, how often, and at the same time.

use chrono::Duration;
use futures::future::join_all;
use rocket::http::Status;

use super::steps::*;
use crate::world::TestShop;

/// Who tells the shop what happened at the provider.
#[derive(Clone, Copy, Debug)]
enum Order {
    NoticeFirst,
    ReturnFirst,
    NoticeOnly,
    ReturnOnly,
    EachTwice,
    Parallel,
}

const ORDERS: [Order; 6] =
    [Order::NoticeFirst, Order::ReturnFirst, Order::NoticeOnly, Order::ReturnOnly, Order::EachTwice, Order::Parallel];

async fn tell(shop: &TestShop, page: &str, order: Order) {
    let back = way_back(shop, page).await;
    let returns = async || drop(shop.get(&back).await);
    let writes = async || {
        notice(shop, page).await.is_ok();
    };
    match order {
        Order::NoticeFirst => {
            writes().await;
            returns().await;
        }
        Order::ReturnFirst => {
            returns().await;
            writes().await;
        }
        Order::NoticeOnly => writes().await,
        Order::ReturnOnly => returns().await,
        Order::EachTwice => {
            for _ in 0..2 {
                writes().await;
                returns().await;
            }
        }
        Order::Parallel => {
            let tell = (0..8).map(|nr| async move { if nr % 2 == 0 { writes().await } else { returns().await } });
            join_all(tell).await;
        }
    }
}

/// Goes through one behaviour with the shop told in this order; the provider's own jobs come on top of that.
async fn go_through(behaviour: &str, order: Order, capture: &str) -> TestShop {
    let (shop, tea) = card_shop(10).await;
    shop.sql(&format!("update payment_methods set capture = '{capture}' where method = 'test_card'")).await;
    let anna = shop.visitor();
    let page = to_the_page(&shop, &anna, &tea, "2").await;
    let answer = card(&anna, &page, behaviour).await;
    if behaviour == "confirm" {
        let confirmation = format!("{page}/confirmation");
        answer.goes_to(&confirmation);
        anna.get(&confirmation).await.is_ok().shows("Your bank asks back");
        anna.post(&confirmation, &[("decision", "yes")]).await.is(Status::SeeOther);
    }
    tell(&shop, &page, order).await;
    if behaviour == "late" {
        assert_eq!(shop.number("select count(*) from orders").await, 0, "nothing is decided");
        shop.get(&way_back(&shop, &page).await).await.is_ok().shows("We are waiting for your bank");
        shop.shop.clock.advance(Duration::seconds(20));
        shop.sql("update graphile_worker._private_jobs set run_at = now()").await;
        shop.work().await;
        tell(&shop, &page, order).await;
    }
    shop.sql("update graphile_worker._private_jobs set run_at = now()").await;
    shop.work().await;
    shop
}

#[rocket::async_test]
async fn whoever_tells_first_and_however_often_one_order_is_paid() {
    for behaviour in ["approve", "confirm", "late", "notify_twice", "notify_first", "never_return", "lose_answer"] {
        for order in ORDERS {
            let shop = go_through(behaviour, order, "automatic").await;
            paid_orders(&shop, 1).await;
            assert_eq!(mails(&shop, "order_placed").await, 1, "{behaviour} {order:?}");
            assert_eq!(shop.number("select allocated from stock").await, 2, "{behaviour} {order:?}");
            assert_eq!(shop.number("select count(*) from stock_reservations").await, 0, "{behaviour} {order:?}");
        }
    }
}

#[rocket::async_test]
async fn a_declined_card_leaves_everything_as_it_was() {
    for order in ORDERS {
        let shop = go_through("decline", order, "automatic").await;
        assert_eq!(shop.number("select count(*) from orders").await, 0);
        assert_eq!(shop.number("select count(*) from payments where state = 'failed'").await, 1, "{order:?}");
        assert_eq!(shop.number("select quantity from cart_lines").await, 2);
        assert_eq!(shop.number("select sum(quantity) from stock_reservations").await, 2);
        shop.is_sound().await;
    }
}

#[rocket::async_test]
async fn another_amount_is_flagged_and_never_paid() {
    for order in ORDERS {
        let shop = go_through("other_amount", order, "automatic").await;
        assert_eq!(shop.number("select count(*) from orders").await, 0, "{order:?}");
        assert_eq!(shop.number("select count(*) from payments where state = 'flagged' and attention = 'wrong_money'").await, 1);
        assert_eq!((mails(&shop, "payment_in_vain").await, mails(&shop, "payment_notice").await), (1, 1), "{order:?}");
        shop.is_sound().await;
    }
}

#[rocket::async_test]
async fn with_manual_capture_the_money_is_held_until_staff_take_it() {
    for order in ORDERS {
        let shop = go_through("approve", order, "manual").await;
        assert_eq!(shop.number("select count(*) from orders where payment_status = 'authorised'").await, 1, "{order:?}");
        assert_eq!(shop.number("select count(*) from payment_captures").await, 0);
        assert_eq!(shop.number("select authorised - captured from test_card_charges").await, 1400);
        shop.is_sound().await;
    }
}

#[rocket::async_test]
async fn a_shopper_who_is_declined_pays_again_with_everything_intact() {
    let (shop, tea) = card_shop(10).await;
    let anna = shop.visitor();
    let page = to_the_page(&shop, &anna, &tea, "2").await;
    let back = card(&anna, &page, "decline").await.location();
    anna.get(&path_of(&back)).await.goes_to("/checkout/review");
    let look = anna.get("/checkout/review").await;
    look.is_ok().shows("The payment did not go through").shows("Portland, OR 97201").shows("$14.00");
    let again = path_of(&press(&anna, &look).await.location());
    assert_ne!(again, page, "a declined page is not opened again");
    let back = path_of(&card(&anna, &again, "approve").await.location());
    let order = anna.get(&back).await;
    is_order(&order);
    anna.get(&order.location()).await.is_ok().shows("Thank you");
    paid_orders(&shop, 1).await;
    anna.get(&back).await.goes_to(&order.location());
    anna.get(&page).await.is(Status::SeeOther);
}

#[rocket::async_test]
async fn fifty_clicks_on_the_last_button_open_one_page() {
    let (shop, tea) = card_shop(10).await;
    let anna = shop.visitor();
    let look = review(&shop, &anna, &tea, "1").await;
    let answers = join_all((0..50).map(|_| press(&anna, &look))).await;
    let first = answers[0].location();
    assert!(answers.iter().all(|answer| answer.location() == first));
    assert_eq!(shop.number("select count(*) from payments").await, 1);
    assert_eq!(shop.number("select count(*) from test_card_charges").await, 1);
}

#[rocket::async_test]
async fn what_was_paid_is_what_is_sent_whatever_the_cart_says_now() {
    let (shop, tea) = card_shop(10).await;
    let cup = shop.put("Cup", 900, 10).await;
    let anna = shop.visitor();
    let page = to_the_page(&shop, &anna, &tea, "2").await;
    let variant = cup.variant.to_string();
    anna.post("/cart/lines", &[("variant", &variant), ("quantity", "1")]).await.goes_to("/cart");
    card(&anna, &page, "approve").await;
    is_order(&anna.get(&way_back(&shop, &page).await).await);
    paid_orders(&shop, 1).await;
    assert_eq!(shop.number("select count(*) from order_lines where title = 'Green tea' and quantity = 2").await, 1);
    anna.get("/cart").await.is_ok().shows("Cup").lacks("Green tea");
}

#[rocket::async_test]
async fn a_changed_cart_closes_the_first_page_before_it_opens_another() {
    let (shop, tea) = card_shop(10).await;
    let anna = shop.visitor();
    let first = to_the_page(&shop, &anna, &tea, "1").await;
    let variant = tea.variant.to_string();
    anna.post("/cart/lines", &[("variant", &variant), ("quantity", "1")]).await.goes_to("/cart");
    let look = anna.get("/checkout/review").await;
    let second = path_of(&press(&anna, &look).await.location());
    assert_ne!(first, second);
    card(&anna, &first, "approve").await;
    assert_eq!(shop.number("select count(*) from test_card_charges where state = 'expired'").await, 1);
    card(&anna, &second, "approve").await;
    is_order(&anna.get(&way_back(&shop, &second).await).await);
    paid_orders(&shop, 1).await;
    assert_eq!(shop.number("select sum(quantity) from order_lines").await, 2);
}

#[rocket::async_test]
async fn a_page_that_nobody_pays_on_is_closed_and_its_goods_are_free_again() {
    let (shop, tea) = card_shop(2).await;
    let anna = shop.visitor();
    let page = to_the_page(&shop, &anna, &tea, "2").await;
    shop.shop.clock.advance(Duration::minutes(31));
    assert_eq!(shop.stands(&tea).await.2, 0, "held until the page is closed");
    close_due(&shop).await;
    assert_eq!(shop.stands(&tea).await, (2, 0, 2));
    card(&anna, &page, "approve").await.is(Status::SeeOther);
    assert_eq!(shop.number("select count(*) from test_card_charges where state = 'expired' and authorised = 0").await, 1);
    assert_eq!(shop.number("select count(*) from orders").await, 0);
    anna.get(&way_back(&shop, &page).await).await.goes_to("/checkout/review");
}

async fn close_due(shop: &TestShop) {
    barrow::features::checkout::jobs::keep_time(&shop.shop.db, &shop.shop.gateways, shop.now()).await.expect("time is kept");
}

#[rocket::async_test]
async fn somebody_who_paid_in_the_last_second_and_left_still_gets_the_order() {
    let (shop, tea) = card_shop(2).await;
    let anna = shop.visitor();
    let page = to_the_page(&shop, &anna, &tea, "2").await;
    card(&anna, &page, "lose_answer").await.is_ok().shows("Something went wrong");
    shop.shop.clock.advance(Duration::minutes(31));
    close_due(&shop).await;
    paid_orders(&shop, 1).await;
}

#[rocket::async_test]
async fn goods_that_are_gone_when_the_money_comes_are_not_paid_for() {
    let (shop, tea) = card_shop(2).await;
    let anna = shop.visitor();
    let page = to_the_page(&shop, &anna, &tea, "2").await;
    shop.sql("insert into stock_movements (stock_id, kind, on_hand) select id, 'adjustment', -1 from stock").await;
    card(&anna, &page, "approve").await;
    anna.get(&way_back(&shop, &page).await).await.is_ok().shows("Sold while you were paying");
    shop.work().await;
    assert_eq!(shop.number("select count(*) from orders").await, 0);
    assert_eq!(shop.number("select count(*) from payments where state = 'voided' and attention = 'stock_gone'").await, 1);
    assert_eq!(shop.number("select captured - refunded from test_card_charges").await, 0, "all of it is back");
    assert_eq!((mails(&shop, "payment_in_vain").await, mails(&shop, "payment_notice").await), (1, 1));
    anna.get(&way_back(&shop, &page).await).await.is_ok().shows("Sold while you were paying");
    shop.is_sound().await;
}

#[rocket::async_test]
async fn an_unpaid_order_can_be_paid_by_card_once() {
    let (shop, tea) = card_shop(10).await;
    let anna = shop.visitor();
    review(&shop, &anna, &tea, "2").await;
    details(&shop, &anna, "bank_transfer").await;
    let look = anna.get("/checkout/review").await;
    let order = press(&anna, &look).await.location();
    anna.get(&order).await.is_ok().shows("Pay $14.00 by card now");
    let pay = format!("{order}/payment");
    let page = path_of(&anna.post(&pay, &[("method", "test_card")]).await.location());
    card(&anna, &page, "approve").await;
    anna.get(&way_back(&shop, &page).await).await.goes_to(&order);
    anna.get(&order).await.is_ok().lacks("by card now");
    anna.post(&pay, &[("method", "test_card")]).await.goes_to(&order);
    anna.post(&pay, &[("method", "bank_transfer")]).await.goes_to(&order);
    paid_orders(&shop, 1).await;
    assert_eq!(shop.number("select count(*) from payments where gateway = 'bank_transfer' and state = 'voided'").await, 1);
}

#[rocket::async_test]
async fn money_for_an_order_that_is_over_goes_back_and_is_shown() {
    let (shop, tea) = card_shop(10).await;
    let anna = shop.visitor();
    review(&shop, &anna, &tea, "2").await;
    details(&shop, &anna, "bank_transfer").await;
    let order = press(&anna, &anna.get("/checkout/review").await).await.location();
    let page = path_of(&anna.post(&format!("{order}/payment"), &[("method", "test_card")]).await.location());
    shop.shop.clock.advance(Duration::days(8));
    shop.sql("update test_card_charges set expires_at = now() + interval '30 days'").await;
    let mut conn = shop.conn().await;
    barrow::features::orders::commands::expire_unpaid(&mut conn, shop.now()).await.expect("orders expire");
    drop(conn);
    card(&anna, &page, "approve").await;
    anna.get(&way_back(&shop, &page).await).await.is_ok().shows("This order was over already");
    shop.work().await;
    assert_eq!(shop.number("select captured - refunded from test_card_charges").await, 0);
    assert_eq!(shop.number("select count(*) from orders where status = 'expired' and payment_status = 'voided'").await, 1);
    shop.shop.clock.advance(Duration::days(-8));
    let staff = shop.staff("manager").await;
    let number = shop.number("select number from orders").await;
    staff.get(&format!("/admin/orders/{number}")).await.is_ok().shows("although nothing was due");
    shop.is_sound().await;
}

#[rocket::async_test]
async fn letters_that_the_provider_did_not_sign_are_not_believed() {
    let (shop, tea) = card_shop(10).await;
    let anna = shop.visitor();
    let page = to_the_page(&shop, &anna, &tea, "1").await;
    let body = format!("{{\"reference\":\"{}\"}}", page.trim_start_matches("/test-card/"));
    for signature in ["", "t=1,v1=00", &barrow::engines::payments::test_card::header("wrong", body.as_bytes(), shop.now())] {
        letter(&shop, &body, signature).await.is(Status::Unauthorized);
    }
    let request = shop.client.post("/webhooks/bank_transfer").body("{}");
    shop.visitor().send(request).await.is(Status::NotFound);
    notice(&shop, "/test-card/tc_nobody").await.is_ok();
    assert_eq!(shop.number("select count(*) from orders").await, 0);
}

#[rocket::async_test]
async fn the_test_card_exists_only_where_it_is_offered() {
    let (shop, tea) = card_shop(10).await;
    let anna = shop.visitor();
    let page = to_the_page(&shop, &anna, &tea, "1").await;
    anna.get(&page).await.is_ok().shows("no money moves");
    shop.sql("update payment_methods set enabled = false where method = 'test_card'").await;
    anna.get(&page).await.is(Status::NotFound);
    card(&anna, &page, "approve").await.is(Status::NotFound);
    anna.get("/checkout").await.is_ok().lacks("Test card");
    details(&shop, &anna, "test_card").await.is(Status::UnprocessableEntity);
}

#[rocket::async_test]
async fn cash_on_delivery_waits_for_the_door() {
    let (shop, tea) = card_shop(10).await;
    let anna = shop.visitor();
    review(&shop, &anna, &tea, "2").await;
    details(&shop, &anna, "cash_on_delivery").await;
    let order = press(&anna, &anna.get("/checkout/review").await).await.location();
    anna.get(&order).await.is_ok().shows("Have $14.00 ready");
    assert_eq!(shop.number("select count(*) from orders where due_at is null and payment_status = 'unpaid'").await, 1);
    let sam = shop.staff("manager").await;
    sam.get("/admin/orders?view=to-ship").await.is_ok().shows("Anna Miller");
    sam.get("/admin").await.is_ok().has("view=to-ship");
    let number = shop.number("select number from orders").await;
    let line = shop.number("select id from order_lines").await;
    let parcel = [("version", "1"), (&*format!("lines[{line}]"), "2"), ("carrier", ""), ("tracking", ""), ("link", "")];
    sam.post(&format!("/admin/orders/{number}/fulfilment"), &parcel).await.is(Status::SeeOther);
    sam.get("/admin/orders?view=to-ship").await.is_ok().lacks("Anna Miller");
    sam.get("/admin/orders?view=unpaid").await.is_ok().shows("Anna Miller");
    shop.is_sound().await;
}

#[rocket::async_test]
async fn orders_that_wait_for_a_transfer_are_not_to_ship() {
    let (shop, tea) = card_shop(10).await;
    let anna = shop.visitor();
    review(&shop, &anna, &tea, "2").await;
    details(&shop, &anna, "bank_transfer").await;
    press(&anna, &anna.get("/checkout/review").await).await.is(Status::SeeOther);
    let sam = shop.staff("manager").await;
    sam.get("/admin/orders?view=to-ship").await.is_ok().lacks("Anna Miller");
    sam.get("/admin/orders?view=unpaid").await.is_ok().shows("Anna Miller");
}
