//! The shared desk: lists, answering, taking over, putting off, notes that no customer sees.

use chrono::Duration;
use rocket::http::Status;

use super::{answer, newest, of_mail, open, send};
use crate::world::TestShop;

#[rocket::async_test]
async fn the_desk_lists_by_view_and_finds_words_customers_and_orders() {
    let shop = TestShop::open().await;
    let support = shop.staff("support").await;
    support.get("/admin/inbox").await.is_ok().shows("Nothing here");
    let tea = shop.put("Green tea", 450, 9).await;
    let placed = shop.place(900, &[(&tea, 450, 1)]).await.expect("placed");
    shop.visitor().post(&format!("/orders/{}/messages", placed.token), &[("body", "Where is my teapot?")]).await;
    shop.visitor().post("/contact", &[("email", "lena@example.org"), ("name", "Lena Hoff"), ("body", "Do you sell cups?")]).await;
    let lena = newest(&shop).await;
    let list = support.get("/admin/inbox").await;
    list.is_ok()
        .shows("Marta Wolf")
        .shows("Order 1001")
        .shows("Lena Hoff")
        .shows("Open 2")
        .shows("Unassigned 2")
        .shows("Unread 2");
    for (query, found, not) in [
        ("teapot", "Marta Wolf", "Lena Hoff"),
        ("LENA", "Lena Hoff", "Marta Wolf"),
        ("%231001", "Marta Wolf", "Lena Hoff"),
        ("1001", "Marta Wolf", "Lena Hoff"),
        ("lena%40example", "Lena Hoff", "Marta Wolf"),
    ] {
        support.get(&format!("/admin/inbox?q={query}")).await.is_ok().shows(found).lacks(not);
    }
    support.get("/admin/inbox?q=100%25").await.is_ok().shows("Nothing found");
    let me = shop.number("select id from staff where email = 'support@example.org'").await.to_string();
    let page = format!("/admin/inbox/{lena}");
    support.post(&format!("{page}/assignment"), &[("staff", &me)]).await.goes_to(&page);
    support.get("/admin/inbox?view=mine").await.is_ok().shows("Lena Hoff").lacks("Marta Wolf");
    support.get("/admin/inbox?view=unassigned").await.is_ok().lacks("Lena Hoff").shows("Marta Wolf");
    support.get(&page).await.is_ok();
    support.get("/admin/inbox?view=unread").await.is_ok().lacks("Lena Hoff").shows("Marta Wolf");
    support.post(&format!("{page}/unread"), &[]).await.goes_to("/admin/inbox");
    support.get("/admin/inbox?view=unread").await.is_ok().shows("Lena Hoff");
    support.post(&format!("{page}/closing"), &[]).await.goes_to(&page);
    support.get("/admin/inbox?view=closed").await.is_ok().shows("Lena Hoff").lacks("Marta Wolf");
    support.get("/admin/inbox").await.is_ok().lacks("Lena Hoff");
    support.post(&format!("{page}/reopening"), &[]).await.goes_to(&page);
    support.get("/admin/inbox").await.is_ok().shows("Lena Hoff");
    support.get("/admin/inbox?view=all&q=nothing+of+this").await.is_ok().shows("Nothing found");
    for path in ["/admin/inbox/999", "/admin/message-files/999", "/admin/saved-replies/999", "/admin/messages/orders/9"] {
        support.get(path).await.is(Status::NotFound);
    }
    for part in ["answers", "notes", "assignment", "snooze", "closing", "reopening", "unread"] {
        let fields = [("body", "x"), ("note", "x"), ("seen", "9"), ("staff", "0"), ("later", "week")];
        support.post(&format!("/admin/inbox/999/{part}"), &fields).await.is(Status::NotFound);
    }
    for action in ["assigned", "closed", "reopened"] {
        let count = format!("select count(*) from audit where action = 'message.{action}' and subject_id = {lena}");
        assert_eq!(shop.number(&count).await, 1, "{action}");
    }
}

#[rocket::async_test]
async fn lists_go_page_by_page() {
    let shop = TestShop::open().await;
    shop.sql(
        "insert into conversations (email, name, secret, newest_at)
         select 'g' || n || '@example.org', 'Guest ' || n || '.', decode(repeat('00', 32), 'hex'), now() from generate_series(1, 50) n;
         insert into messages (conversation_id, kind, channel, body) select id, 'question', 'page', 'Hello' from conversations order by id;
         update conversations c set newest_id = m.id from messages m where m.conversation_id = c.id",
    )
    .await;
    let support = shop.staff("support").await;
    let first = support.get("/admin/inbox").await;
    first.is_ok().shows("Guest 50.").shows("Guest 11.").lacks("Guest 10.").shows("40 conversations");
    let second = support.get("/admin/inbox?before=11").await;
    second.is_ok().shows("Guest 10.").shows("Guest 1.").lacks("Guest 11.").has("after=10");
    support.get("/admin/inbox?after=10").await.is_ok().shows("Guest 50.").shows("Guest 11.").lacks("Guest 10.");
}

#[rocket::async_test]
async fn of_two_who_answer_at_once_the_second_sees_what_came() {
    let shop = TestShop::open().await;
    let marta = shop.customer("marta@example.org").await;
    marta.post("/account/messages", &[("body", "Where is my cup?")]).await.is(Status::SeeOther);
    let (anna, ben) =
        (shop.staff_named("anna@example.org", "support").await, shop.staff_named("ben@example.org", "manager").await);
    let id = newest(&shop).await;
    let seen = shop.number("select newest_id from conversations").await.to_string();
    let path = format!("/admin/inbox/{id}/answers");
    anna.post(&path, &[("body", "It left today."), ("seen", &seen)]).await.is(Status::SeeOther);
    let second = ben.post(&path, &[("body", "It leaves tomorrow."), ("seen", &seen)]).await;
    second.is(Status::UnprocessableEntity).shows("Something new came in before you sent this").shows("It left today.");
    second.keeps("body", "It leaves tomorrow.");
    assert_eq!(shop.number("select count(*) from messages where kind = 'answer'").await, 1);
    let now = shop.number("select newest_id from conversations").await.to_string();
    second.has(&format!("name=\"seen\" value=\"{now}\""));
    ben.post(&path, &[("body", "Sorry: tomorrow."), ("seen", &now)]).await.is(Status::SeeOther);
    // A double click is one answer, also at once.
    let seen = shop.number("select newest_id from conversations").await.to_string();
    let clicks = (0..4).map(|_| {
        let (anna, path, seen) = (anna.clone(), path.clone(), seen.clone());
        async move { anna.post(&path, &[("body", "Both, in fact."), ("seen", &seen)]).await.status.code }
    });
    let codes = futures::future::join_all(clicks).await;
    assert!(codes.iter().all(|code| *code == 303), "{codes:?}");
    assert_eq!(shop.number("select count(*) from messages where body = 'Both, in fact.'").await, 1);
    shop.work().await;
    assert_eq!(shop.number("select count(*) from mails where kind = 'message_answer'").await, 3);
    let nothing = ben.post(&path, &[("body", " "), ("seen", &now)]).await;
    nothing.is(Status::UnprocessableEntity);
}

#[rocket::async_test]
async fn what_is_put_off_wakes_by_the_clock_and_by_its_customer() {
    let shop = TestShop::open().await;
    let marta = shop.customer("marta@example.org").await;
    marta.post("/account/messages", &[("body", "Is it back in spring?")]).await.is(Status::SeeOther);
    let support = shop.staff("support").await;
    let page = format!("/admin/inbox/{}", newest(&shop).await);
    let snooze = format!("{page}/snooze");
    for (later, until) in [("own", ""), ("own", "2020-01-01T10:00"), ("own", "2999-01-01T10:00"), ("own", "soon")] {
        let refused = support.post(&snooze, &[("later", later), ("until", until)]).await;
        refused.is(Status::UnprocessableEntity).shows("Choose a moment from now on");
    }
    support.post(&snooze, &[("later", "hours")]).await.goes_to(&page);
    support.get("/admin/inbox").await.is_ok().lacks("Marta Wolf");
    support.get("/admin/inbox?view=snoozed").await.is_ok().shows("Marta Wolf").shows("put off until");
    let waits = "select count(*) from graphile_worker._private_jobs where key like 'wake_conversations:%' and run_at > now()";
    assert_eq!(shop.number(waits).await, 1);
    let wake = async || {
        let now = shop.now();
        barrow::features::messages::commands::wake_due(&mut *shop.conn().await, now).await.expect("wakes")
    };
    assert_eq!(wake().await, 0);
    shop.shop.clock.advance(Duration::minutes(181));
    assert_eq!((wake().await, wake().await), (1, 0));
    support.get("/admin/inbox").await.is_ok().shows("Marta Wolf");
    for act in ["snooze", "closing"] {
        support.post(&format!("{page}/{act}"), &[("later", "week")]).await.is(Status::SeeOther);
        support.get("/admin/inbox").await.is_ok().lacks("Marta Wolf");
        marta.post("/account/messages", &[("body", &format!("After {act}"))]).await.is(Status::SeeOther);
        support.get("/admin/inbox").await.is_ok().shows(&format!("After {act}"));
    }
}

#[rocket::async_test]
async fn notes_are_seen_by_staff_alone_on_every_page_and_in_every_mail() {
    let shop = open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    let placed = shop.place(900, &[(&tea, 450, 1)]).await.expect("placed");
    let marta = shop.customer("marta.wolf@example.com").await;
    shop.sql("update orders set customer_id = (select id from customers)").await;
    marta.post("/account/messages", &[("body", "Where is it?"), ("about", "1001")]).await.is(Status::SeeOther);
    let support = shop.staff("support").await;
    let id = newest(&shop).await;
    let seen = shop.number("select newest_id from conversations").await.to_string();
    let note = [("note", "Careful: HUSH-HUSH"), ("seen", &*seen)];
    send(&shop, &support, &format!("/admin/inbox/{id}/notes"), &note, &[("hush.txt", b"HUSH-HUSH")]).await.is(Status::SeeOther);
    // However it came to be about the order.
    shop.sql("update messages set order_id = (select id from orders) where kind = 'note'").await;
    support.get(&format!("/admin/inbox/{id}")).await.is_ok().shows("Careful: HUSH-HUSH").shows("only for staff");
    assert_eq!(shop.number("select customer_unread from conversations").await, 0);
    answer(&shop, &support, id, "Soon.").await.is(Status::SeeOther);
    shop.work().await;
    let guest = shop.visitor();
    let file = shop.number("select id from message_files").await;
    let order = format!("/orders/{}", placed.token);
    for path in ["/account", "/account/messages", "/account/orders", "/account/orders/1001", &order] {
        let page = marta.get(path).await;
        page.is_ok().lacks("HUSH-HUSH").lacks("hush.txt");
        assert!(!page.body().contains(&format!("/files/{file}")), "{path}");
    }
    marta.get(&format!("/account/messages/files/{file}")).await.is(Status::NotFound);
    guest.get(&format!("{order}/files/{file}")).await.is(Status::NotFound);
    assert_eq!(shop.number("select count(*) from mails where html || body_text || subject like '%HUSH-HUSH%'").await, 0);
    assert_eq!(shop.number("select count(*) from mails where kind = 'message_answer'").await, 1);
    // The same for a guest with a link.
    guest.post("/contact", &[("email", "lena@example.org"), ("body", "Hello")]).await.is(Status::SeeOther);
    let id = newest(&shop).await;
    let seen = shop.number(&format!("select newest_id from conversations where id = {id}")).await.to_string();
    support.post(&format!("/admin/inbox/{id}/notes"), &[("note", "HUSH-HUSH again"), ("seen", &seen)]).await.is(Status::SeeOther);
    answer(&shop, &support, id, "Good day.").await.is(Status::SeeOther);
    shop.work().await;
    let text = of_mail(&shop, "lena@example.org", "body_text").await;
    let link =
        format!("/messages/{}", text.split("/messages/").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a link"));
    guest.get(&link).await.is_ok().shows("Good day.").lacks("HUSH-HUSH");
    assert!(!text.contains("HUSH-HUSH"));
}

#[rocket::async_test]
async fn saved_replies_are_kept_and_inserted_with_their_blanks_filled() {
    let shop = TestShop::open().await;
    let support = shop.staff("support").await;
    let list = "/admin/saved-replies";
    support.get(list).await.is_ok().shows("No replies saved yet").shows("{first_name}");
    support
        .post(list, &[("title", "Late"), ("body", "Dear {first_name}, {order} is late. {staff}, {shop} {else}")])
        .await
        .goes_to(list);
    support.post(list, &[("title", "late"), ("body", "x")]).await.is(Status::UnprocessableEntity).shows("a reply of this name");
    support.post(list, &[("title", ""), ("body", "Kept")]).await.is(Status::UnprocessableEntity).keeps("body", "Kept");
    let reply = shop.number("select id from saved_replies").await;
    support.post(list, &[("title", "Other"), ("body", "y")]).await.goes_to(list);
    let other = shop.number("select max(id) from saved_replies").await;
    let taken = support.post(&format!("{list}/{other}"), &[("title", "LATE"), ("body", "y")]).await;
    taken.is(Status::UnprocessableEntity).shows("a reply of this name");
    support.post(&format!("{list}/{other}"), &[("title", "Another"), ("body", "y")]).await.goes_to(list);
    support.post(&format!("{list}/{other}/removal"), &[]).await.goes_to(list);
    support.post(&format!("{list}/{other}/removal"), &[]).await.is(Status::NotFound);
    let tea = shop.put("Green tea", 450, 9).await;
    let placed = shop.place(900, &[(&tea, 450, 1)]).await.expect("placed");
    shop.visitor().post(&format!("/orders/{}/messages", placed.token), &[("body", "When?")]).await;
    let id = newest(&shop).await;
    let order = shop.number("select id from orders").await.to_string();
    let path = format!("/admin/inbox/{id}/answers");
    let reply = reply.to_string();
    let fields = [("body", "Hello!"), ("order", &*order), ("seen", "1"), ("reply", &*reply), ("press", "insert")];
    let filled = support.post(&path, &fields).await;
    filled.is_ok().shows("Hello! Dear Marta, 1001 is late. Sam support, Test shop {else}").keeps("order", &order);
    assert_eq!(shop.number("select count(*) from messages where kind = 'answer'").await, 0, "inserting sends nothing");
    shop.staff("fulfilment").await.get(list).await.is(Status::Forbidden);
}

#[rocket::async_test]
async fn what_waits_stands_on_the_home_page_in_the_menu_and_in_the_palette() {
    let shop = TestShop::open().await;
    let support = shop.staff("support").await;
    support.get("/admin").await.is_ok().lacks("wait for an answer").lacks("waits for an answer");
    let marta = shop.customer("marta@example.org").await;
    marta.post("/account/messages", &[("body", "Where is my cup?")]).await.is(Status::SeeOther);
    support
        .get("/admin")
        .await
        .is_ok()
        .shows("1 message waits for an answer")
        .has("href=\"/admin/inbox\"")
        .shows("Inbox 1 waits for an answer");
    support.get("/admin/search?q=inbox").await.is_ok().has("href=\"/admin/inbox\"");
    let id = newest(&shop).await;
    support.get("/admin/search?q=marta").await.is_ok().shows("Conversations").has(&format!("href=\"/admin/inbox/{id}\""));
    for role in ["fulfilment", "content", "analyst"] {
        let staff = shop.staff(role).await;
        staff.get("/admin").await.is_ok().lacks("waits for an answer").lacks("Inbox");
        staff.get("/admin/search?q=marta").await.is_ok().lacks("Conversations");
        staff.get("/admin/inbox").await.is(Status::Forbidden);
        staff.get(&format!("/admin/inbox/{id}")).await.is(Status::Forbidden);
        answer(&shop, &staff, id, "Me too").await.is(Status::Forbidden);
    }
    answer(&shop, &support, id, "Here it is").await.is(Status::SeeOther);
    support.get("/admin").await.is_ok().lacks("waits for an answer");
    for role in ["manager", "owner"] {
        shop.staff(role).await.get("/admin/inbox").await.is_ok().shows("Marta Wolf");
    }
}

#[rocket::async_test]
async fn staff_write_first_about_an_order_or_to_a_customer() {
    let shop = open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    let placed = shop.place(900, &[(&tea, 450, 1)]).await.expect("placed");
    let support = shop.staff("support").await;
    support.get("/admin/orders/1001").await.is_ok().has("href=\"/admin/messages/orders/1001\"");
    support.get("/admin/messages/orders/1001").await.is_ok().shows("Marta Wolf").shows("Order 1001");
    support.post("/admin/messages/orders/1001", &[("body", "")]).await.is(Status::UnprocessableEntity);
    let told = support.post("/admin/messages/orders/1001", &[("body", "The kettle comes later")]).await;
    let id = newest(&shop).await;
    told.goes_to(&format!("/admin/inbox/{id}"));
    support.post("/admin/messages/orders/1001", &[("body", "The kettle comes later")]).await.is(Status::SeeOther);
    assert_eq!(shop.number("select count(*) from messages").await, 1);
    shop.visitor().get(&format!("/orders/{}", placed.token)).await.is_ok().shows("The kettle comes later");
    let marta = shop.customer("marta@example.org").await;
    let customer = shop.number("select id from customers").await;
    support
        .get(&format!("/admin/customers/{customer}"))
        .await
        .is_ok()
        .has(&format!("href=\"/admin/messages/customers/{customer}\""));
    support.post(&format!("/admin/messages/customers/{customer}"), &[("body", "A gift for you")]).await.is(Status::SeeOther);
    marta.get("/account/messages").await.is_ok().shows("A gift for you");
    support.get("/admin/messages/customers/999").await.is(Status::NotFound);
    support.post("/admin/messages/customers/999", &[("body", "x")]).await.is(Status::NotFound);
    shop.work().await;
    assert_eq!(shop.number("select count(*) from mails where kind = 'message_answer'").await, 2);
    let me = shop.number("select id from staff where email = 'support@example.org'").await;
    shop.sql("insert into staff (email, name, password_hash, role) values ('c@example.org', 'C', '!', 'content')").await;
    let content = shop.number("select id from staff where email = 'c@example.org'").await;
    assert_ne!(me, content);
    support.post(&format!("/admin/inbox/{id}/assignment"), &[("staff", &content.to_string())]).await.is(Status::SeeOther);
    assert_eq!(shop.number("select count(*) from conversations where staff_id is not null").await, 0, "only who answers");
}
