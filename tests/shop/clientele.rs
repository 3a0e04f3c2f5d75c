//! Customers as staff see them.

use rocket::http::Status;

use crate::account::{PASSWORD, enrol, link_in_mail, sign_in};
use crate::world::TestShop;

#[rocket::async_test]
async fn the_list_is_searched_by_name_address_and_order_number_and_by_group() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    let support = shop.staff("support").await;
    support.get("/admin/customers").await.is_ok().shows("No customers yet");
    let marta = shop.customer_id("marta@example.org").await;
    shop.customer_id("anna@example.org").await;
    shop.sql("update customers set name = 'Anna Berg' where email = 'anna@example.org'").await;
    shop.place(900, &[(&tea, 450, 2)]).await.expect("placed");
    shop.sql(&format!("update orders set customer_id = {marta}")).await;
    support.get("/admin/customers").await.is_ok().shows("Marta Wolf").shows("Anna Berg").shows("$14.00");
    support.get("/admin/customers?q=anna").await.is_ok().shows("Anna Berg").lacks("Marta Wolf");
    support.get("/admin/customers?q=MARTA%40").await.is_ok().shows("Marta Wolf").lacks("Anna Berg");
    support.get("/admin/customers?q=%231001").await.is_ok().shows("Marta Wolf").lacks("Anna Berg");
    support.get("/admin/customers?q=nobody%25").await.is_ok().shows("Nobody found");
    support.post("/admin/customer-groups", &[("name", "Regulars")]).await.goes_to("/admin/customer-groups");
    support
        .post("/admin/customer-groups", &[("name", "regulars")])
        .await
        .is(Status::UnprocessableEntity)
        .shows("There is a group of this name");
    let group = shop.number("select id from customer_groups").await;
    let page = format!("/admin/customers/{marta}");
    support.post(&format!("{page}/groups"), &[("group", &group.to_string())]).await.goes_to(&page);
    support.get(&format!("/admin/customers?group={group}")).await.is_ok().shows("Marta Wolf").lacks("Anna Berg");
    support.post(&format!("{page}/groups"), &[]).await.goes_to(&page);
    support.get(&format!("/admin/customers?group={group}")).await.is_ok().shows("Nobody found");
    support.post(&format!("/admin/customer-groups/{group}/removal"), &[]).await.goes_to("/admin/customer-groups");
    support.get("/admin/search?q=marta").await.is_ok().has(&format!("href=\"{page}\""));
}

#[rocket::async_test]
async fn the_list_goes_page_by_page() {
    let shop = TestShop::open().await;
    shop.sql("insert into customers (email, email_verified_at, name) select 'c' || n || '@example.org', now(), 'Customer ' || n from generate_series(1, 60) n").await;
    let support = shop.staff("support").await;
    support.get("/admin/customers").await.is_ok().shows("Customer 60 ").shows("Customer 11 ").lacks("Customer 10 ");
    let last = shop.number("select id from customers where name = 'Customer 11'").await;
    let second = support.get(&format!("/admin/customers?before={last}")).await;
    second.is_ok().shows("Customer 10 ").shows("Customer 1 ").lacks("Customer 11 ");
    let first = shop.number("select id from customers where name = 'Customer 10'").await;
    support
        .get(&format!("/admin/customers?after={first}"))
        .await
        .is_ok()
        .shows("Customer 60 ")
        .shows("Customer 11 ")
        .lacks("Customer 10 ");
}

#[rocket::async_test]
async fn notes_tags_and_help_with_signing_in_are_written_down() {
    let shop = TestShop::open().await;
    let id = enrol(&shop, "marta@example.org").await;
    let marta = shop.visitor();
    sign_in(&marta, "marta@example.org", PASSWORD).await;
    let support = shop.staff("support").await;
    let page = format!("/admin/customers/{id}");
    let act = async |part: &str, fields: &[(&str, &str)]| support.post(&format!("{page}/{part}"), fields).await;
    support.get(&page).await.is_ok().shows("Marta Wolf").shows("Nothing bought yet");
    act("note", &[("note", "Likes <b>green</b> tea")]).await.goes_to(&page);
    act("note", &[("note", "  ")]).await.is(Status::UnprocessableEntity);
    act("tags", &[("tag", "wholesale")]).await.goes_to(&page);
    act("tags", &[("tag", "wholesale")]).await.goes_to(&page);
    support.get(&page).await.is_ok().shows("Likes <b>green</b> tea").shows("wholesale").shows("Tag added");
    act("tags/removal", &[("tag", "wholesale")]).await.goes_to(&page);
    act("password-reset", &[]).await.goes_to(&page);
    let link = link_in_mail(&shop, "marta@example.org", "/account/password-reset/").await;
    shop.get(&link).await.is_ok();
    act("sessions/ending", &[]).await.goes_to(&page);
    marta.get("/account").await.is(Status::SeeOther);
    for action in ["note", "tagged", "untagged", "reset_sent", "signed_out"] {
        let count = format!("select count(*) from audit where action = 'customer.{action}' and subject_id = {id}");
        assert_eq!(shop.number(&count).await, 1, "{action}");
    }
    support.get("/admin/customers/999").await.is(Status::NotFound);
    support.post("/admin/customers/999/note", &[("note", "x")]).await.is(Status::NotFound);
    shop.staff("content").await.get(&page).await.is(Status::Forbidden);
}

#[rocket::async_test]
async fn two_customers_become_one_after_a_look_and_it_is_written_down() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    let (from, into) = (enrol(&shop, "old@example.org").await, enrol(&shop, "new@example.org").await);
    let (old, new) = (shop.visitor(), shop.visitor());
    sign_in(&old, "old@example.org", PASSWORD).await;
    sign_in(&new, "new@example.org", PASSWORD).await;
    shop.place(900, &[(&tea, 450, 1)]).await.expect("placed");
    shop.sql(&format!("update orders set customer_id = {from}")).await;
    let variant = tea.variant.to_string();
    for visitor in [&old, &new] {
        visitor.post("/cart/lines", &[("variant", &variant), ("quantity", "2")]).await.goes_to("/cart");
        let fields = [
            ("country", "DE"),
            ("name", "Marta"),
            ("street", "Weg 1"),
            ("postal_code", "10115"),
            ("city", "Berlin"),
            ("press", "save"),
        ];
        visitor.post("/account/addresses/new", &fields).await.goes_to("/account/addresses");
    }
    let support = shop.staff("support").await;
    support.post(&format!("/admin/customers/{from}/note"), &[("note", "An old friend")]).await.is(Status::SeeOther);
    support.post(&format!("/admin/customers/{from}/tags"), &[("tag", "wholesale")]).await.is(Status::SeeOther);
    let page = format!("/admin/customers/{into}");
    let other = format!("{page}/other");
    support
        .post(&other, &[("email", "nobody@example.org")])
        .await
        .is(Status::UnprocessableEntity)
        .shows("No account has this address");
    support.post(&other, &[("email", "new@example.org")]).await.is(Status::UnprocessableEntity).shows("That is the same account");
    let look = support.post(&other, &[("email", "old@example.org")]).await.location();
    support.get(&look).await.is_ok().shows("old@example.org").shows("There is no button to take it back");
    assert_eq!(shop.number("select count(*) from customers where closed_at is null").await, 2, "looking changes nothing");
    let merge = format!("{page}/merge");
    support.post(&merge, &[("other", &into.to_string())]).await.is(Status::NotFound);
    support.post(&merge, &[("other", &from.to_string())]).await.goes_to(&page);
    support.post(&merge, &[("other", &from.to_string())]).await.is(Status::NotFound);
    support
        .get(&page)
        .await
        .is_ok()
        .shows("#1001")
        .shows("An old friend")
        .shows("wholesale")
        .shows("Another account joined this one");
    new.get("/account/orders").await.is_ok().shows("Order 1001");
    old.get("/account").await.is(Status::SeeOther);
    sign_in(&old, "old@example.org", PASSWORD).await.is(Status::UnprocessableEntity);
    assert_eq!(shop.number(&format!("select count(*) from customer_addresses where customer_id = {into}")).await, 2);
    assert_eq!(shop.number("select sum(quantity) from cart_lines").await, 4);
    assert_eq!(shop.number(&format!("select count(*) from carts where customer_id = {into}")).await, 1);
    let kept = format!(
        "select count(*) from audit where action = 'customer.merged' and subject_id = {into} and before->'orders' = '[1001]' and before->>'email' is null"
    );
    assert_eq!(shop.number(&kept).await, 1);
}
