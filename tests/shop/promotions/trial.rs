//! The trial on past orders, with figures worked out by hand.

use super::steps::*;
use crate::world::TestShop;

#[rocket::async_test]
async fn a_draft_tried_on_past_orders_costs_what_it_would_have() {
    let shop = TestShop::open().await;
    let (tea, pot) = (shop.put("Green tea", 1000, 100).await, shop.put("Pot", 5000, 100).await);
    shop.place(901, &[(&tea, 1000, 2)]).await.expect("an order");
    shop.place(902, &[(&tea, 1000, 1), (&pot, 5000, 1)]).await.expect("an order");
    shop.place(903, &[(&pot, 5000, 2)]).await.expect("an order");
    shop.place(904, &[(&pot, 5000, 1)]).await.expect("an order");
    shop.sql("update orders set placed_at = placed_at - interval '90 days' where cart_id = 904").await;
    // 5 % off pots runs already in the same lane; the draft takes 10 % off orders from $50.
    let pots = format!(r#"[{{"kind": "percent", "rate": 50000, "of": {{"products": [{}]}}}}]"#, pot.product);
    promotion(&shop, "Pots", &pots, "[]", None).await;
    let over = r#"[{"kind": "subtotal", "at_least": 5000, "of": "all"}]"#;
    let draft = promotion(&shop, "Big ten", &percent(10), over, Some("BIG")).await;
    shop.sql(&format!("update promotions set status = 'draft' where id = {draft}")).await;
    let before = shop.number("select count(*) from promotion_uses").await;
    let staff = shop.staff("manager").await;
    let page = staff.get(&format!("/admin/discounts/{draft}/trial")).await;
    // Three orders, two of them from $50: 10 % of $60 and of $100; without it the pots give 5 % of $50 and of $100.
    page.is_ok().shows("Orders looked at 3").shows("Orders it would have counted in 2");
    page.shows("What it would have taken off $16.00").shows("beside the others $8.50");
    page.shows("Pots 2 2 0");
    assert_eq!(shop.number("select count(*) from promotion_uses").await, before, "it only reads");
    staff
        .get(&format!("/admin/discounts/{draft}/trial?from=2020-01-01&until=2020-01-02"))
        .await
        .is_ok()
        .shows("No orders in these days");
    staff.get(&format!("/admin/discounts/{draft}/trial?from=2030-01-02&until=2020-01-02")).await.is_ok().shows("wrong way round");
    shop.staff("content").await.get(&format!("/admin/discounts/{draft}/trial")).await.is(rocket::http::Status::Forbidden);
}
