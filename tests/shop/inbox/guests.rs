//! Who has no account: the contact form, an order's page, a signed link; and whose it is once there is an account.

use rocket::http::Status;

use super::{answer, newest, of_mail, open, send};
use crate::account::{PASSWORD, enrol, register, sign_in};
use crate::world::TestShop;

/// The path of a link in the newest mail to somebody.
async fn link(shop: &TestShop, to: &str, path: &str) -> String {
    let text = of_mail(shop, to, "body_text").await;
    let rest = text.split(path).nth(1).unwrap_or_else(|| panic!("no {path} in {text}"));
    format!("{path}{}", rest.split_whitespace().next().unwrap_or_default())
}

#[rocket::async_test]
async fn the_contact_form_reaches_the_desk() {
    let shop = TestShop::open().await;
    let guest = shop.visitor();
    guest.get("/").await.is_ok().has("href=\"/contact\"");
    guest.get("/contact").await.is_ok().shows("Contact").shows("Your message");
    for (fields, field) in [
        ([("email", "nobody"), ("body", "Hello"), ("name", "Lena")], "email"),
        ([("email", ""), ("body", "Hello"), ("name", "Lena")], "email"),
        ([("email", "lena@example.org"), ("body", ""), ("name", "Lena")], "body"),
    ] {
        let answer = guest.post("/contact", &fields).await;
        answer.is(Status::UnprocessableEntity).keeps("name", "Lena").has(&format!("href=\"#{field}\""));
    }
    let fields = [("name", "Lena"), ("email", "Lena@Example.org"), ("body", "Do you ship to Malta?")];
    guest.post("/contact", &fields).await.goes_to("/contact/sent");
    guest.get("/contact/sent").await.is_ok().shows("your message is with us");
    let support = shop.staff("support").await;
    support.get("/admin/inbox").await.is_ok().shows("Lena").shows("Do you ship to Malta?");
    let page = support.get(&format!("/admin/inbox/{}", newest(&shop).await)).await;
    page.is_ok().shows("lena@example.org").shows("the address is not proved").shows("Guest");
    assert_eq!(shop.number("select count(*) from mails").await, 0, "no mail goes to an address that anybody may type");
    let marta = shop.customer("marta@example.org").await;
    marta.get("/contact").await.is_ok().shows("marta@example.org").lacks("Only to answer you");
    marta.post("/contact", &[("body", "It is me"), ("email", "lena@example.org")]).await.goes_to("/account/messages");
    marta.get("/account/messages").await.is_ok().shows("It is me").lacks("Malta");
}

#[rocket::async_test]
async fn a_question_about_a_product_names_it() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 5).await;
    let guest = shop.visitor();
    guest.get("/products/green-tea").await.is_ok().shows("Ask about this").has("action=\"/contact\"");
    let fields = [("product", &*tea.handle), ("email", "lena@example.org"), ("body", "Is it organic?")];
    guest.post("/contact", &fields).await.goes_to("/contact/sent");
    let wrong = guest.post("/contact", &[("product", &tea.handle), ("email", "x"), ("body", "Is it?")]).await;
    wrong.is(Status::UnprocessableEntity).shows("About “Green tea”").has("name=\"product\" value=\"green-tea\"");
    guest.get("/contact?product=green-tea").await.is_ok().shows("About “Green tea”");
    guest.get("/contact?product=nothing-here").await.is_ok();
    let support = shop.staff("support").await;
    support.get("/admin/inbox").await.is_ok().shows("About “Green tea”");
    support
        .get(&format!("/admin/inbox/{}", newest(&shop).await))
        .await
        .is_ok()
        .shows("Is it organic?")
        .shows("About “Green tea”");
}

#[rocket::async_test]
async fn an_orders_page_shows_what_was_said_about_that_order_and_nothing_else() {
    let shop = open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    let first = shop.place(900, &[(&tea, 450, 1)]).await.expect("placed");
    let second = shop.place(901, &[(&tea, 450, 1)]).await.expect("placed");
    let guest = shop.visitor();
    let page = format!("/orders/{}", first.token);
    guest.get(&page).await.is_ok().shows("Ask about this order").shows("Your message");
    let ask = format!("{page}/messages");
    guest.post(&ask, &[("body", "")]).await.is(Status::UnprocessableEntity).shows("green tea");
    send(&shop, &guest, &ask, &[("body", "Please leave it at the door")], &[("door.txt", b"the green one")]).await.goes_to(&page);
    guest.post(&format!("/orders/{}/messages", second.token), &[("body", "And this one too")]).await.is(Status::SeeOther);
    guest.post("/contact", &[("email", "marta.wolf@example.com"), ("body", "Something else")]).await.is(Status::SeeOther);
    guest.get(&page).await.is_ok().shows("Please leave it at the door").lacks("And this one too").lacks("Something else");
    let file = shop.number("select id from message_files").await;
    guest.get(&format!("{page}/files/{file}")).await.is_ok().shows("the green one");
    guest.get(&format!("/orders/{}/files/{file}", second.token)).await.is(Status::NotFound);
    guest.get(&format!("/orders/nothing/files/{file}")).await.is(Status::NotFound);
    guest.post("/orders/nothing/messages", &[("body", "Hello")]).await.is(Status::NotFound);
    let support = shop.staff("support").await;
    let id = newest(&shop).await;
    assert_eq!(shop.number("select count(*) from conversations").await, 1, "one for the address");
    support.get(&format!("/admin/inbox/{id}")).await.is_ok().shows("And this one too").shows("#1001").shows("#1002");
    let seen = shop.number("select newest_id from conversations").await.to_string();
    let order = shop.number("select id from orders where number = 1001").await.to_string();
    let fields = [("body", "We will do that"), ("order", &*order), ("seen", &seen)];
    support.post(&format!("/admin/inbox/{id}/answers"), &fields).await.is(Status::SeeOther);
    guest.get(&page).await.is_ok().shows("We will do that").lacks("Sam support");
    guest.get(&format!("/orders/{}", second.token)).await.is_ok().lacks("We will do that");
    shop.work().await;
    assert_eq!(link(&shop, "marta.wolf@example.com", "/orders/").await, page);
}

#[rocket::async_test]
async fn a_guest_without_an_order_gets_a_signed_link_that_nobody_can_make() {
    let shop = open().await;
    for email in ["lena@example.org", "paul@example.org"] {
        shop.visitor().post("/contact", &[("email", email), ("body", "Do you ship to Malta?")]).await.is(Status::SeeOther);
    }
    let support = shop.staff("support").await;
    let id = shop.number("select id from conversations where email = 'lena@example.org'").await;
    let seen = shop.number(&format!("select newest_id from conversations where id = {id}")).await.to_string();
    let path = format!("/admin/inbox/{id}/answers");
    send(&shop, &support, &path, &[("body", "We do."), ("seen", &seen)], &[("map.txt", b"an island")]).await.is(Status::SeeOther);
    shop.work().await;
    let link = link(&shop, "lena@example.org", "/messages/").await;
    let lena = shop.visitor();
    let page = lena.get(&link).await;
    page.is_ok().shows("We do.").shows("map.txt").lacks("Sam support");
    assert_eq!((page.header("cache-control"), page.header("x-robots-tag")), (Some("no-store"), Some("noindex")));
    let file = shop.number("select id from message_files").await;
    lena.get(&format!("{link}/files/{file}")).await.is_ok().shows("an island");
    lena.post(&link, &[("body", "")]).await.is(Status::UnprocessableEntity);
    lena.post(&link, &[("body", "Thank you")]).await.goes_to(&link);
    support.get(&format!("/admin/inbox/{id}")).await.is_ok().shows("Thank you");
    let other = shop.number("select id from conversations where email = 'paul@example.org'").await;
    let tag = link.trim_start_matches("/messages/").to_owned();
    let forged = format!("{other:x}-{}", tag.split_once('-').expect("a tag").1);
    let reply = of_mail(&shop, "lena@example.org", "reply_to").await;
    let reply = reply.trim_start_matches("reply+").split('@').next().unwrap_or_default().to_owned();
    for bad in [forged, reply, format!("{tag}00"), "1-00112233445566778899aabbccddeeff".into(), "x".into()] {
        lena.get(&format!("/messages/{bad}")).await.is(Status::NotFound);
        lena.post(&format!("/messages/{bad}"), &[("body", "Hello")]).await.is(Status::NotFound);
        lena.get(&format!("/messages/{bad}/files/{file}")).await.is(Status::NotFound);
    }
    // Once there is an account, the account is the door.
    register(&shop, &lena, "lena@example.org").await.goes_to("/account");
    lena.get("/account/messages").await.is_ok().shows("We do.").shows("Thank you");
    shop.visitor().get(&link).await.goes_to("/account/messages");
    shop.visitor().get(&format!("{link}/files/{file}")).await.is(Status::NotFound);
}

#[rocket::async_test]
async fn a_proved_address_takes_its_conversation_along_and_two_become_one() {
    let shop = TestShop::open().await;
    enrol(&shop, "marta@example.org").await;
    let marta = shop.visitor();
    sign_in(&marta, "marta@example.org", PASSWORD).await.goes_to("/account");
    marta.post("/account/messages", &[("body", "From the account")]).await.is(Status::SeeOther);
    shop.sql("insert into conversations (email, secret, newest_at) values ('marta@example.org', decode(repeat('00', 32), 'hex'), now())").await;
    shop.sql(
        "insert into messages (conversation_id, kind, channel, body) select id, 'question', 'page', 'As a guest' from conversations where customer_id is null;
         update conversations set newest_id = 2, staff_unread = 1, waiting_since = now() where customer_id is null",
    )
    .await;
    sign_in(&marta, "marta@example.org", PASSWORD).await.goes_to("/account");
    marta.get("/account/messages").await.is_ok().shows("As a guest").shows("From the account");
    assert_eq!(shop.number("select count(*) from conversations").await, 1);
    assert_eq!(shop.number("select newest_id from conversations").await, 2);
    assert_eq!(shop.number("select staff_unread from conversations").await, 2);
    // Somebody who signs in without having proved the address takes nothing along.
    shop.visitor().post("/contact", &[("email", "eve@example.org"), ("body", "A secret")]).await.is(Status::SeeOther);
    shop.sql("insert into customers (email, name) values ('eve@example.org', 'Eve')").await;
    let eve = shop.signed_in("eve@example.org").await;
    let id = shop.number("select id from customers where email = 'eve@example.org'").await;
    let customer = barrow::platform::base::CustomerId(id);
    barrow::features::messages::commands::adopt(&mut *shop.conn().await, customer).await.expect("asks");
    eve.get("/account/messages").await.is_ok().lacks("A secret");
}

#[rocket::async_test]
async fn merged_and_closed_accounts_take_their_conversations_along() {
    let shop = TestShop::open().await;
    let (from, into) = (enrol(&shop, "old@example.org").await, enrol(&shop, "new@example.org").await);
    let (old, new) = (shop.visitor(), shop.visitor());
    sign_in(&old, "old@example.org", PASSWORD).await;
    sign_in(&new, "new@example.org", PASSWORD).await;
    send(&shop, &old, "/account/messages", &[("body", "From the old one")], &[("a.txt", b"a")]).await.is(Status::SeeOther);
    new.post("/account/messages", &[("body", "From the new one")]).await.is(Status::SeeOther);
    let support = shop.staff("support").await;
    support.post(&format!("/admin/customers/{into}/merge"), &[("other", &from.to_string())]).await.is(Status::SeeOther);
    shop.work().await;
    new.get("/account/messages").await.is_ok().shows("From the old one").shows("From the new one");
    assert_eq!(shop.number("select count(*) from conversations").await, 1);
    new.post("/account/closing", &[("password", PASSWORD)]).await.is(Status::SeeOther);
    shop.work().await;
    assert_eq!(shop.number("select count(*) from messages").await, 0);
    assert_eq!(shop.number("select count(*) from conversations").await, 0);
    let names = futures::StreamExt::collect::<Vec<_>>(shop.shop.store.names()).await;
    assert!(names.is_empty(), "its files are gone: {names:?}");
    support.get("/admin/inbox?view=all").await.is_ok().shows("Nothing here");
}

#[rocket::async_test]
async fn answering_a_guest_whose_order_is_another_s_is_refused() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    shop.place(900, &[(&tea, 450, 1)]).await.expect("placed");
    shop.visitor().post("/contact", &[("email", "lena@example.org"), ("body", "Hello")]).await.is(Status::SeeOther);
    let support = shop.staff("support").await;
    let id = newest(&shop).await;
    let order = shop.number("select id from orders").await.to_string();
    let fields = [("body", "About that order"), ("order", &*order), ("seen", "1")];
    let refused = support.post(&format!("/admin/inbox/{id}/answers"), &fields).await;
    refused.is(Status::UnprocessableEntity).shows("This order is not this customer’s").keeps("body", "About that order");
    assert_eq!(shop.number("select count(*) from messages where kind = 'answer'").await, 0);
    answer(&shop, &support, id, "About nothing in particular").await.is(Status::SeeOther);
}
