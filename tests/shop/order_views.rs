//! Views of the list of orders: kept, shared, renamed, removed; and never by others than their makers.

use futures::future::join;
use rocket::http::Status;

use crate::world::TestShop;

const PATH: &str = "/admin/orders/views";

#[rocket::async_test]
async fn views_are_kept_as_tabs_and_narrow_the_list() {
    let shop = TestShop::open().await;
    let tea = shop.put("Tea", 1000, 9).await;
    for cart in 1..=2 {
        shop.place(cart, &[(&tea, 1000, 1)]).await.expect("placed");
    }
    shop.sql("update orders set customer_name = 'Ümit & Söhne' where number = 1002").await;
    let sam = shop.staff("manager").await;
    let list = sam.get("/admin/orders?q=%C3%BCmit&payment=unpaid&before=99").await;
    list.is_ok().shows("#1002").lacks("#1001").shows("Keep as a view");
    list.has("/admin/orders/views?q=%C3%BCmit&#38;payment=unpaid");
    let form = sam.get("/admin/orders/views?q=%C3%BCmit&payment=unpaid").await;
    form.is_ok().shows("Keep these filters as a view").shows("Search: ümit").shows("Payment: Awaiting transfer");
    form.keeps("query", "q=%C3%BCmit&#38;payment=unpaid");
    let fields = [("name", "Turkish unpaid"), ("query", "q=%C3%BCmit&payment=unpaid&status=bogus&after=3")];
    let (one, other) = join(sam.post(PATH, &fields), sam.post(PATH, &fields)).await;
    one.goes_to("/admin/orders?q=%C3%BCmit&payment=unpaid");
    other.goes_to("/admin/orders?q=%C3%BCmit&payment=unpaid");
    assert_eq!(shop.number("select count(*) from order_views").await, 1);
    let tab = sam.get("/admin/orders?q=%C3%BCmit&payment=unpaid").await;
    tab.is_ok().shows("Turkish unpaid").lacks("Keep as a view").shows("#1002").lacks("#1001");
    assert_eq!(tab.body().matches("aria-current=\"page\">").count(), 2, "its tab, and the menu");
    sam.get("/admin/orders?view=to-ship").await.is_ok().shows("Turkish unpaid").lacks("Keep as a view");
}

#[rocket::async_test]
async fn views_of_others_are_seen_when_shared_and_never_changed() {
    let shop = TestShop::open().await;
    let (sam, eve) = (shop.staff("manager").await, shop.staff_named("eve@example.org", "support").await);
    sam.post(PATH, &[("name", "Mine"), ("query", "payment=paid")]).await.is(Status::SeeOther);
    sam.post(PATH, &[("name", "Ours"), ("query", "payment=refunded"), ("shared", "yes")]).await.is(Status::SeeOther);
    eve.get(PATH).await.is_ok().shows("Ours").shows("by Sam manager").lacks("Mine");
    for id in [1, 2] {
        let path = format!("{PATH}/{id}");
        let answer = eve.post(&format!("{path}/name"), &[("name", "Stolen"), ("shared", "yes")]).await;
        answer.is(Status::UnprocessableEntity);
        let answer = eve.post(&format!("{path}/removal"), &[]).await;
        answer.is(Status::UnprocessableEntity);
    }
    eve.post(&format!("{PATH}/2/removal"), &[]).await.shows("Somebody else made this view");
    assert_eq!(shop.number("select count(*) from order_views where name in ('Mine', 'Ours')").await, 2);
    sam.post(&format!("{PATH}/2/name"), &[("name", "Ours")]).await.goes_to(PATH);
    eve.get("/admin/orders").await.is_ok().lacks("Ours");
    for _ in 0..2 {
        sam.post(&format!("{PATH}/2/removal"), &[]).await.goes_to(PATH);
    }
    assert_eq!(shop.number("select count(*) from order_views").await, 1);
    assert_eq!(shop.number("select count(*) from audit where action like 'order_view.%'").await, 4);
}

#[rocket::async_test]
async fn views_with_bad_names_or_nothing_to_keep_are_refused() {
    let shop = TestShop::open().await;
    let sam = shop.staff("manager").await;
    sam.post(PATH, &[("name", "Paid"), ("query", "payment=paid")]).await.is(Status::SeeOther);
    let long = "n".repeat(61);
    let bad = [
        (" ", "payment=paid", "This is needed"),
        (&*long, "payment=paid", "too long"),
        ("paid", "payment=unpaid", "You have a view of this name already"),
        ("Nothing", "", "Filter or search the orders first"),
        ("Nonsense", "status=x&before=3&q=%00", "Filter or search the orders first"),
        ("a\u{0}b", "payment=paid", "characters"),
    ];
    for (name, query, words) in bad {
        let answer = sam.post(PATH, &[("name", name), ("query", query)]).await;
        answer.is(Status::UnprocessableEntity).shows(words);
    }
    sam.post(&format!("{PATH}/1/name"), &[("name", "")]).await.is(Status::UnprocessableEntity).shows("This is needed");
    sam.post(&format!("{PATH}/99/name"), &[("name", "x")]).await.is(Status::NotFound);
    let query = "payment=unpaid";
    for number in 2..=20 {
        sam.post(PATH, &[("name", &format!("View {number}")), ("query", query)]).await.is(Status::SeeOther);
    }
    let answer = sam.post(PATH, &[("name", "One more"), ("query", query)]).await;
    answer.is(Status::UnprocessableEntity).shows("You keep 20 views already");
    let analyst = shop.staff("analyst").await;
    analyst.post(PATH, &[("name", "All see"), ("query", query), ("shared", "yes")]).await.is(Status::SeeOther);
    assert_eq!(shop.number("select count(*) from order_views where shared").await, 0, "who may not change orders shares none");
    shop.staff("content").await.post(PATH, &[("name", "x"), ("query", query)]).await.is(Status::Forbidden);
}

#[rocket::async_test]
async fn views_that_are_shared_by_somebody_who_left_are_removed_by_an_owner() {
    let shop = TestShop::open().await;
    let (sam, olga) = (shop.staff("manager").await, shop.staff("owner").await);
    sam.post(PATH, &[("name", "Ours"), ("query", "payment=paid"), ("shared", "yes")]).await.is(Status::SeeOther);
    sam.post(PATH, &[("name", "Mine"), ("query", "payment=unpaid")]).await.is(Status::SeeOther);
    shop.sql("delete from staff_sessions where staff_id = (select id from staff where role = 'manager')").await;
    olga.get(PATH).await.is_ok().shows("Ours").has("/admin/orders/views/1/removal");
    olga.post(&format!("{PATH}/1/name"), &[("name", "Hers")]).await.is(Status::UnprocessableEntity);
    olga.post(&format!("{PATH}/2/removal"), &[]).await.is(Status::UnprocessableEntity);
    olga.post(&format!("{PATH}/1/removal"), &[]).await.goes_to(PATH);
    olga.get("/admin/orders").await.is_ok().lacks("Ours");
    assert_eq!(shop.number("select count(*) from order_views where name = 'Mine'").await, 1);
    assert_eq!(shop.number("select count(*) from audit where action = 'order_view.removed'").await, 1);
}
