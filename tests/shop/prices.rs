//! What a piece costs: price lists by group, number and time; the price of a litre; the prices of before; currencies without cents and
//! with three digits.

mod currencies;
mod desk;
mod history;

use chrono::Duration;
use rocket::http::Status;

use crate::world::{Answer, Shelf, TestShop, Visitor};

/// A list as SQL would add it: its columns and their values beside name and place.
struct List<'a> {
    name: &'a str,
    /// "percent_off = 200000, for_all = false".
    is: &'a str,
}

impl TestShop {
    /// Adds a price list behind the others, as a merchant in the shop's currency would; returns its id.
    async fn price_list(&self, list: List<'_>) -> i64 {
        let id = self
            .returned(&format!(
                "insert into price_lists (name, position, currency, active)
                 select '{}', (select count(*) from price_lists), currency, true from settings returning id as number",
                list.name
            ))
            .await;
        self.sql(&format!("update price_lists set {} where id = {id}", list.is)).await;
        id
    }

    async fn own_price(&self, list: i64, shelf: &Shelf, from: i32, amount: i64) {
        self.sql(&format!("insert into price_list_prices values ({list}, {}, {from}, {amount})", shelf.variant)).await;
    }

    /// A customer who is in a group of this name.
    async fn member(&self, email: &str, group: &str) -> Visitor {
        let customer = self.customer_id(email).await;
        self.sql(&format!(
            "insert into customer_groups (name) values ('{group}') on conflict do nothing;
             insert into customer_group_members (group_id, customer_id) select id, {customer} from customer_groups where name = '{group}'"
        ))
        .await;
        self.signed_in(email).await
    }

    /// Lets the lists begin and end whose time it is, and everybody hear of it.
    async fn turn(&self) {
        barrow::engines::pricing::settling::keep_time(&mut *self.conn().await, self.now()).await.expect("nothing breaks");
        self.hear_the_feed().await;
    }
}

async fn put_in(visitor: &Visitor, shelf: &Shelf, quantity: &str) -> Answer {
    let variant = shelf.variant.to_string();
    visitor.post("/cart/lines", &[("variant", &variant), ("quantity", quantity)]).await
}

fn page_of(shelf: &Shelf) -> String {
    format!("/products/{}", shelf.handle)
}

#[rocket::async_test]
async fn prices_of_a_group_are_for_its_members_alone_from_the_product_page_to_the_order() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 50).await;
    let trade = shop.member("trade@example.org", "Trade").await;
    let list = shop.price_list(List { name: "Trade", is: "percent_off = 150000, rounding = '95', for_all = false" }).await;
    shop.sql(&format!("insert into price_list_groups select {list}, id from customer_groups")).await;
    shop.get(&page_of(&tea)).await.is_ok().shows("$10.00").lacks("$7.95").lacks("Your price");
    let other = shop.customer("other@example.org").await;
    other.get(&page_of(&tea)).await.is_ok().shows("$10.00").lacks("Your price");
    trade.get(&page_of(&tea)).await.is_ok().shows("$8.95").shows("Your price").shows("Before $10.00");
    for (buyer, each, total) in [(&trade, "$8.95 each", "$17.90"), (&other, "$10.00 each", "$20.00")] {
        put_in(buyer, &tea, "2").await.goes_to("/cart");
        buyer.get("/cart").await.is_ok().shows(each).shows(total).lacks("since you added it");
    }
    crate::payments::steps::details(&shop, &trade, "bank_transfer").await.goes_to("/checkout/review");
    let look = trade.get("/checkout/review").await;
    look.is_ok().shows("$17.90").shows("$22.90");
    crate::payments::steps::press(&trade, &look).await.is(Status::SeeOther);
    assert_eq!(shop.number("select unit_price from order_lines").await, 895);
    assert_eq!(shop.number("select total from orders").await, 2290);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn prices_fall_at_exactly_the_number_of_pieces_and_say_so_beforehand() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 50).await;
    let list = shop.price_list(List { name: "More", is: "for_all = true" }).await;
    shop.own_price(list, &tea, 5, 800).await;
    shop.own_price(list, &tea, 10, 700).await;
    let page = shop.get(&page_of(&tea)).await;
    page.is_ok().shows("Buy more, pay less").shows("From 1 piece $10.00 each From 5 pieces $8.00 each From 10 pieces $7.00 each");
    let anna = shop.visitor();
    put_in(&anna, &tea, "4").await.goes_to("/cart");
    let line = shop.number("select id from cart_lines").await;
    let cart = anna.get("/cart").await;
    cart.is_ok().shows("$40.00").shows("$10.00 each");
    let set = format!("/cart/lines/{line}/quantity");
    anna.post(&set, &[("quantity", "5")]).await.goes_to("/cart");
    anna.get("/cart").await.is_ok().shows("$8.00 each").shows("$40.00").lacks("since you added it");
    put_in(&anna, &tea, "4").await.goes_to("/cart");
    anna.get("/cart").await.is_ok().shows("$8.00 each").shows("$72.00");
    anna.post(&set, &[("quantity", "10")]).await.goes_to("/cart");
    anna.get("/cart").await.is_ok().shows("$7.00 each").shows("$70.00").lacks("since you added it");
    crate::payments::steps::details(&shop, &anna, "bank_transfer").await.goes_to("/checkout/review");
    let look = anna.get("/checkout/review").await;
    look.is_ok().shows("$70.00").shows("$75.00");
    shop.sql(&format!("update price_list_prices set amount = 750 where from_quantity = 10 and price_list_id = {list}")).await;
    let pressed = crate::payments::steps::press(&anna, &look).await;
    pressed.is(Status::UnprocessableEntity).shows("$75.00").shows("$80.00");
    let again = crate::payments::steps::press(&anna, &pressed).await;
    again.is(Status::SeeOther);
    assert_eq!(shop.number("select total from orders").await, 8000);
}

#[rocket::async_test]
async fn prices_of_everybody_begin_and_end_by_the_clock_everywhere_they_are_shown() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 50).await;
    let anna = shop.visitor();
    put_in(&anna, &tea, "1").await.goes_to("/cart");
    let staff = shop.staff("manager").await;
    let hour = |hours: i64| (shop.now() + Duration::hours(hours)).format("%Y-%m-%dT%H:%M").to_string();
    let (begins, ends) = (hour(2), hour(4));
    let fields = [
        ("name", "Sale"),
        ("active", "yes"),
        ("whom", "all"),
        ("off", "25"),
        ("from_quantity", "1"),
        ("rounding", "none"),
        ("begins", &begins),
        ("ends", &ends),
    ];
    staff.post("/admin/price-lists", &fields).await.is(Status::SeeOther);
    staff.get("/admin/price-lists").await.is_ok().shows("Sale Planned");
    shop.hear_the_feed().await;
    let looks = ["/products/green-tea", "/products", "/products?max=8", "/sale", "/"];
    for path in ["/products/green-tea", "/products", "/"] {
        shop.get(path).await.is_ok().shows("$10.00").lacks("$7.50");
    }
    shop.shop.clock.advance(Duration::hours(3));
    shop.turn().await;
    for path in looks {
        shop.get(path).await.is_ok().shows("$7.50").shows("Before $10.00");
    }
    anna.get("/cart").await.is_ok().shows("$7.50").shows("The price fell from $10.00 to $7.50");
    staff.get("/admin/price-lists").await.is_ok().shows("Sale Running");
    shop.shop.clock.advance(Duration::hours(2));
    anna.get("/cart").await.is_ok().shows("$10.00").lacks("$7.50");
    shop.turn().await;
    for path in ["/products/green-tea", "/products", "/"] {
        shop.get(path).await.is_ok().shows("$10.00").lacks("$7.50");
    }
    shop.get("/sale").await.is_ok().lacks("Green tea");
    let past = staff.get(&format!("/admin/products/{}/prices", tea.product)).await;
    past.is_ok().shows("$7.50 $10.00");
    assert_eq!(shop.number("select count(*) from price_history where valid_until > valid_from").await, 2);
}

#[rocket::async_test]
async fn prices_of_the_first_list_count_and_staff_put_them_in_order() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 50).await;
    let small = shop.price_list(List { name: "Small", is: "percent_off = 100000" }).await;
    let large = shop.price_list(List { name: "Large", is: "percent_off = 300000" }).await;
    let anna = shop.visitor();
    put_in(&anna, &tea, "1").await.goes_to("/cart");
    anna.get("/cart").await.is_ok().shows("$9.00");
    let staff = shop.staff("content").await;
    let page = staff.get("/admin/price-lists").await;
    page.is_ok().has(&format!("id=\"list-{small}\"")).shows("Small").shows("30 % off");
    let up = format!("/admin/price-lists/{large}/place");
    staff.post(&up, &[("to", "up")]).await.goes_to(&format!("/admin/price-lists#list-{large}"));
    anna.get("/cart").await.is_ok().shows("$7.00");
    shop.hear_the_feed().await;
    shop.get(&page_of(&tea)).await.is_ok().shows("$7.00").shows("Before $10.00");
    staff.post(&up, &[("to", "sideways")]).await.is(Status::UnprocessableEntity).shows("Large");
    staff.post("/admin/price-lists/999/place", &[("to", "up")]).await.is(Status::NotFound);
    staff.post(&format!("/admin/price-lists/{large}/removal"), &[]).await.goes_to("/admin/price-lists");
    anna.get("/cart").await.is_ok().shows("$9.00");
    assert_eq!(shop.number("select count(*) from audit where subject = 'price_list'").await, 2);
}

#[rocket::async_test]
async fn prices_of_a_draft_are_those_of_the_customer_it_is_for() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 50).await;
    shop.member("trade@example.org", "Trade").await;
    let list = shop.price_list(List { name: "Trade", is: "percent_off = 500000, for_all = false" }).await;
    shop.sql(&format!("insert into price_list_groups select {list}, id from customer_groups")).await;
    let sam = shop.staff("manager").await;
    sam.post("/admin/drafts", &[]).await.goes_to("/admin/drafts/1");
    let add = [("version", "1"), ("variant", &*tea.variant.to_string()), ("quantity", "2")];
    sam.post("/admin/drafts/1/lines", &add).await.goes_to("/admin/drafts/1");
    sam.get("/admin/drafts/1").await.is_ok().shows("$20.00");
    let customer = |version: &'static str, email: &'static str| {
        [("version", version), ("email", email), ("language", "en"), ("country", "US"), ("name", "Anna"), ("note", "")]
    };
    sam.post("/admin/drafts/1/customer", &customer("2", "trade@example.org")).await.goes_to("/admin/drafts/1");
    sam.get("/admin/drafts/1").await.is_ok().shows("$10.00").lacks("$20.00");
    // An address that somebody only claims to have opens no prices.
    shop.sql("insert into customers (email, name) values ('claimed@example.org', 'X')").await;
    sam.post("/admin/drafts/1/customer", &customer("3", "claimed@example.org")).await.goes_to("/admin/drafts/1");
    sam.get("/admin/drafts/1").await.is_ok().shows("$20.00");
}

#[rocket::async_test]
async fn prices_of_many_lines_are_found_in_as_many_queries_as_those_of_one() {
    let shop = TestShop::open().await;
    for list in ["One", "Two", "Three"] {
        shop.price_list(List { name: list, is: "percent_off = 100000" }).await;
    }
    let anna = shop.visitor();
    let asked = async || {
        anna.get("/cart").await.is_ok();
        let before = shop.shop.db.queries();
        anna.get("/cart").await.is_ok().shows("$0.90");
        shop.shop.db.queries() - before
    };
    put_in(&anna, &shop.put("Tea", 100, 9).await, "1").await.goes_to("/cart");
    let one = asked().await;
    for number in 0..9 {
        put_in(&anna, &shop.put(&format!("Tea {number}"), 100, 9).await, "1").await.goes_to("/cart");
    }
    assert_eq!(asked().await, one);
    assert!(one <= 24, "the cart asks {one} times");
}
