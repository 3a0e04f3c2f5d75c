//! Orders of an account: which join it, the list, and buying again.

use rocket::http::Status;

use super::{PASSWORD, enrol, register, sign_in};
use crate::world::TestShop;

#[rocket::async_test]
async fn earlier_guest_orders_of_the_verified_address_join_and_no_others() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    for cart in [900, 901] {
        shop.place(cart, &[(&tea, 450, 1)]).await.expect("placed");
    }
    shop.sql("update orders set email = 'other@example.org' where cart_id = 901").await;
    let marta = shop.visitor();
    register(&shop, &marta, "marta.wolf@example.com").await.goes_to("/account");
    marta.get("/account/orders").await.is_ok().shows("Order 1001").lacks("Order 1002");
    marta.get("/account/orders/1001").await.is_ok().shows("green tea").shows("Buy again");
    marta.get("/account/orders/1002").await.is(Status::NotFound);
}

#[rocket::async_test]
async fn an_unverified_address_joins_nothing() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    shop.place(900, &[(&tea, 450, 1)]).await.expect("placed");
    shop.sql("insert into customers (email, name) values ('marta.wolf@example.com', 'Somebody')").await;
    let somebody = shop.signed_in("marta.wolf@example.com").await;
    somebody.get("/account/orders").await.is_ok().shows("No orders yet");
    let id = shop.number("select id from customers").await;
    let customer = barrow::platform::base::CustomerId(id);
    let joined = barrow::features::orders::commands::adopt(&mut *shop.conn().await, customer).await.expect("asks");
    assert_eq!(joined, 0);
    sign_in(&somebody, "marta.wolf@example.com", PASSWORD).await.is(Status::UnprocessableEntity);
}

#[rocket::async_test]
async fn what_was_ordered_as_a_guest_meanwhile_joins_at_the_next_sign_in() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    enrol(&shop, "marta.wolf@example.com").await;
    let token = shop.place(900, &[(&tea, 450, 1)]).await.expect("placed").token;
    shop.get(&format!("/orders/{token}")).await.is_ok().shows("Keep this order in an account");
    shop.get(&format!("/account/register?order={token}"))
        .await
        .is_ok()
        .keeps("email", "marta.wolf@example.com")
        .keeps("name", "Marta Wolf");
    let marta = shop.visitor();
    sign_in(&marta, "marta.wolf@example.com", PASSWORD).await.goes_to("/account");
    marta.get("/account").await.is_ok().shows("Order 1001");
    shop.get(&format!("/orders/{token}")).await.is_ok().lacks("Keep this order in an account");
}

#[rocket::async_test]
async fn the_list_goes_page_by_page() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 90).await;
    for cart in 900..930 {
        shop.place(cart, &[(&tea, 450, 1)]).await.expect("placed");
    }
    let marta = shop.customer("marta@example.org").await;
    shop.sql("update orders set customer_id = (select id from customers)").await;
    let first = marta.get("/account/orders").await;
    first.is_ok().shows("Order 1030").shows("Order 1006").lacks("Order 1005");
    let last = shop.number("select id from orders where number = 1006").await;
    let second = marta.get(&format!("/account/orders?before={last}")).await;
    second.is_ok().shows("Order 1005").shows("Order 1001").lacks("Order 1006").has("rel=\"prev\"");
}

#[rocket::async_test]
async fn buying_again_puts_in_what_is_left_and_says_what_is_not() {
    let shop = TestShop::open().await;
    let (tea, cup, gone) =
        (shop.put("Green tea", 450, 9).await, shop.put("Cup", 900, 5).await, shop.put("Old pot", 100, 5).await);
    shop.place(900, &[(&tea, 450, 2), (&cup, 900, 4), (&gone, 100, 1)]).await.expect("placed");
    let marta = shop.customer("marta@example.org").await;
    shop.sql("update orders set customer_id = (select id from customers)").await;
    shop.sql(&format!("update products set status = 'archived' where id = {}", gone.product)).await;
    let answer = marta.post("/account/orders/1001/cart", &[]).await;
    let cart = marta.get(&answer.location()).await;
    cart.is_ok().shows("Of “Cup” fewer are left than you had: 1 is in your cart").shows("“Old pot” cannot be bought now");
    assert_eq!(shop.number("select sum(quantity) from cart_lines").await, 3);
    shop.sql("delete from cart_lines").await;
    shop.sql(&format!("update products set status = 'active' where id = {}", gone.product)).await;
    shop.sql(&format!(
        "insert into stock_movements (stock_id, kind, on_hand) select id, 'adjustment', 9 from stock where variant_id = {}",
        cup.variant
    ))
    .await;
    marta.post("/account/orders/1001/cart", &[]).await.goes_to("/cart");
    assert_eq!(shop.number("select sum(quantity) from cart_lines").await, 7);
}
