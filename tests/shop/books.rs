//! The books: what must be equal in stock and money is computed again from the records, and staff read what does not agree.

use crate::world::TestShop;

#[rocket::async_test]
async fn books_that_do_not_agree_are_found_and_shown() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 5).await;
    shop.place(1, &[(&tea, 1000, 3)]).await.expect("placed");
    let sam = shop.staff("owner").await;
    sam.get("/admin/books").await.is_ok().shows("Not looked at yet");
    look(&shop).await;
    sam.get("/admin/books").await.is_ok().shows("All is well").shows("every tax is its rate of its amount");
    sam.get("/admin").await.is_ok().lacks("do not agree").lacks("does not agree");
    // Only a superuser can plant this: triggers are off.
    let cent =
        "update order_taxes set amount = amount + 1 where order_line_id is not null; update orders set tax_total = tax_total + 1;
                update stock set on_hand = on_hand + 1";
    shop.sql(&format!("begin; set local session_replication_role = replica; {cent}; commit;")).await;
    look(&shop).await;
    let page = sam.get("/admin/books").await;
    page.is_ok().shows("2 things do not agree").shows("stock balances that are not the sum of their movements");
    page.shows("orders with a tax that is not its rate of its amount").shows("one: order 1001").shows("Earlier looks");
    sam.get("/admin").await.is_ok().shows("2 things do not agree");
}

async fn look(shop: &TestShop) {
    shop.staff("owner").await.post("/admin/books/looks", &[]).await.goes_to("/admin/books");
    shop.work().await;
}
