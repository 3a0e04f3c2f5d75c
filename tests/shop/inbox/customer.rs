//! A customer's side: asking, reading, files, and that nobody else's are there.

use chrono::Duration;
use rocket::http::Status;

use super::{answer, newest, open, png, send};
use crate::world::TestShop;

#[rocket::async_test]
async fn a_customer_asks_and_reads_the_answer_with_a_badge() {
    let shop = TestShop::open().await;
    let marta = shop.customer("marta@example.org").await;
    marta.get("/account").await.is_ok().shows("Nothing has been said yet").has("href=\"/account/messages\"");
    marta.get("/account/messages").await.is_ok().shows("Nothing has been said yet").shows("Your message");
    marta.post("/account/messages", &[("body", "Where is <b>my</b> cup?")]).await.goes_to("/account/messages");
    marta.get("/account/messages").await.is_ok().shows("Where is <b>my</b> cup?").has("&#60;b&#62;my");
    let support = shop.staff("support").await;
    let id = newest(&shop).await;
    support.get(&format!("/admin/inbox/{id}")).await.is_ok().shows("Where is <b>my</b> cup?").shows("Marta Wolf");
    answer(&shop, &support, id, "On its way.").await.goes_to(&format!("/admin/inbox/{id}"));
    marta.get("/account").await.is_ok().shows("1 unread").shows("On its way.");
    marta.get("/cart").await.is_ok();
    marta.get("/account/messages").await.is_ok().shows("On its way.").lacks("1 unread").lacks("Sam support");
    marta.get("/account").await.is_ok().lacks("1 unread");
    shop.visitor().get("/account/messages").await.goes_to("/account/sign-in?next=%2Faccount%2Fmessages");
}

#[rocket::async_test]
async fn what_is_sent_twice_is_one_message_also_at_once() {
    let shop = TestShop::open().await;
    let marta = shop.customer("marta@example.org").await;
    let many = (0..6).map(|_| {
        let marta = marta.clone();
        async move { marta.post("/account/messages", &[("body", "Hello?")]).await.status.code }
    });
    let codes = futures::future::join_all(many).await;
    assert!(codes.iter().all(|code| *code == 303), "{codes:?}");
    assert_eq!(shop.number("select count(*) from messages").await, 1);
    assert_eq!(shop.number("select count(*) from conversations").await, 1);
    assert_eq!(shop.number("select staff_unread from conversations").await, 1);
    shop.shop.clock.advance(Duration::minutes(11));
    marta.post("/account/messages", &[("body", "Hello?")]).await.is(Status::SeeOther);
    assert_eq!(shop.number("select count(*) from messages").await, 2, "later it is meant");
    let guests = (0..4).map(|_| {
        let guest = shop.visitor();
        async move { guest.post("/contact", &[("email", "new@example.org"), ("body", "Hello?")]).await.status.code }
    });
    let codes = futures::future::join_all(guests).await;
    assert!(codes.iter().all(|code| *code == 303), "{codes:?}");
    assert_eq!(
        shop.number(
            "select count(*) from messages m join conversations c on c.id = conversation_id where email = 'new@example.org'"
        )
        .await,
        1
    );
}

#[rocket::async_test]
async fn nothing_or_too_much_is_refused_in_words() {
    let shop = TestShop::open().await;
    let marta = shop.customer("marta@example.org").await;
    let long = "x".repeat(10_001);
    for body in ["", "   ", "a\0b", &long] {
        marta.post("/account/messages", &[("body", body)]).await.is(Status::UnprocessableEntity).shows("Write to us");
    }
    marta.post("/account/messages", &[("body", &long)]).await.keeps("body", &long);
    for n in 0..30 {
        marta.post("/account/messages", &[("body", &format!("Number {n}"))]).await.is(Status::SeeOther);
    }
    let more = marta.post("/account/messages", &[("body", "Number 31")]).await;
    more.is(Status::UnprocessableEntity).shows("many messages within an hour").keeps("body", "Number 31");
    shop.shop.clock.advance(Duration::minutes(61));
    marta.post("/account/messages", &[("body", "Number 31")]).await.is(Status::SeeOther);
    let first = marta.get("/account/messages").await;
    first.is_ok().shows("Number 31");
}

#[rocket::async_test]
async fn long_conversations_go_page_by_page() {
    let shop = TestShop::open().await;
    let marta = shop.customer("marta@example.org").await;
    marta.post("/account/messages", &[("body", "The very first")]).await.is(Status::SeeOther);
    shop.sql(
        "insert into messages (conversation_id, kind, channel, body, at)
         select id, 'question', 'page', 'Number ' || n || ' of many', now() + n * interval '1 second' from conversations, generate_series(1, 60) n",
    )
    .await;
    let page = marta.get("/account/messages").await;
    page.is_ok().shows("Number 60 of many").shows("Number 11 of many").lacks("Number 10 of many").lacks("The very first");
    let body = page.body();
    let older = body.split("href=\"/account/messages?before=").nth(1).and_then(|rest| rest.split('"').next()).expect("older");
    let second = marta.get(&format!("/account/messages?before={older}")).await;
    second.is_ok().shows("Number 10 of many").shows("The very first").lacks("Number 11 of many");
    for odd in ["x", "-1.0.1", "9223372036854775807.9.9", "%00"] {
        marta.get(&format!("/account/messages?before={odd}")).await.is_ok();
    }
}

#[rocket::async_test]
async fn pictures_are_made_anew_and_other_files_are_only_saved() {
    let shop = TestShop::open().await;
    let marta = shop.customer("marta@example.org").await;
    let mut bill = b"%PDF-1.7\n".to_vec();
    bill.extend(b"<script>alert(1)</script>");
    let mut photo = png(10);
    photo.extend(b"<script>secret place</script>");
    let files: [(&str, &[u8]); 3] =
        [("../my photo.png", &photo), ("bill\".pdf", &bill), ("page.html", b"<script>alert(1)</script>")];
    send(&shop, &marta, "/account/messages", &[("body", "See these")], &files).await.goes_to("/account/messages");
    let page = marta.get("/account/messages").await;
    page.is_ok().shows("my photo.jpg").shows("bill.pdf").shows("page.txt").has("<img src=\"/account/messages/files/");
    let ids: Vec<i64> = [1, 2, 3].to_vec();
    let photo = marta.get(&format!("/account/messages/files/{}", ids[0])).await;
    photo.is_ok();
    assert_eq!(photo.header("content-type"), Some("image/jpeg"));
    assert!(photo.bytes.starts_with(&[0xFF, 0xD8, 0xFF]) && !photo.body().contains("secret place"));
    for (id, kind) in [(ids[1], "application/pdf"), (ids[2], "text/plain; charset=utf-8")] {
        let file = marta.get(&format!("/account/messages/files/{id}")).await;
        file.is_ok();
        assert_eq!(file.header("content-type"), Some(kind));
        assert!(file.header("content-disposition").is_some_and(|how| how.starts_with("attachment;")), "{:?}", file.headers);
        assert!(file.header("content-security-policy").is_some_and(|policy| policy.contains("sandbox")), "{:?}", file.headers);
        assert_eq!((file.header("x-content-type-options"), file.header("cache-control")), (Some("nosniff"), Some("no-store")));
    }
    let other = shop.customer("other@example.org").await;
    other.post("/account/messages", &[("body", "Hello")]).await.is(Status::SeeOther);
    for id in ids {
        other.get(&format!("/account/messages/files/{id}")).await.is(Status::NotFound);
        shop.visitor().get(&format!("/account/messages/files/{id}")).await.is(Status::SeeOther);
        shop.visitor().get(&format!("/admin/message-files/{id}")).await.is(Status::SeeOther);
        shop.staff("content").await.get(&format!("/admin/message-files/{id}")).await.is(Status::Forbidden);
        shop.staff("support").await.get(&format!("/admin/message-files/{id}")).await.is_ok();
    }
    marta.get("/account/messages/files/999").await.is(Status::NotFound);
}

#[rocket::async_test]
async fn files_that_are_not_taken_are_named_and_nothing_is_sent() {
    let shop = TestShop::open().await;
    let marta = shop.customer("marta@example.org").await;
    let large = vec![b'a'; (8 << 20) + 1];
    let svg: &[u8] = b"\x89PNG\r\n\x1a\nbroken";
    for (files, why) in [
        (vec![("run.exe", &b"MZ\x90\0\x03"[..])], "“run.exe” is neither a picture"),
        (vec![("empty.txt", &b""[..])], "“empty.txt” is neither a picture"),
        (vec![("photo.png", svg)], "“photo.png” cannot be read"),
        (vec![("long.txt", &large[..])], "“long.txt” is larger than 8 MB"),
        (vec![("a.txt", &b"a"[..]); 6], "At most 5 files"),
        (vec![("a.txt", &large[1..]); 3], "larger than 16 MB"),
    ] {
        let answer = send(&shop, &marta, "/account/messages", &[("body", "See this")], &files).await;
        answer.is(Status::UnprocessableEntity).shows(why).keeps("body", "See this");
    }
    assert_eq!(shop.number("select count(*) from messages").await, 0);
    let names = futures::StreamExt::collect::<Vec<_>>(shop.shop.store.names()).await;
    assert!(names.is_empty(), "nothing of it stays: {names:?}");
}

#[rocket::async_test]
async fn the_letters_about_own_orders_stand_in_the_conversation() {
    let shop = open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    let placed = shop.place(900, &[(&tea, 450, 1)]).await.expect("placed");
    shop.work().await;
    let marta = shop.customer("marta.wolf@example.com").await;
    shop.sql("update orders set customer_id = (select id from customers)").await;
    marta.post("/account/messages", &[("body", "Can it come on Monday?"), ("about", &placed.number.to_string())]).await;
    let page = marta.get("/account/messages").await;
    page.is_ok().shows("Can it come on Monday?").shows("Order 1001").has("talk__letter");
    assert_eq!(shop.number("select count(*) from messages where order_id is not null").await, 1);
    let notice = shop.number("select count(*) from mails where kind = 'order_notice'").await;
    assert_eq!((notice, page.body().matches("talk__letter").count()), (1, 1), "what is for staff is not shown");
    let other = shop.customer("other@example.org").await;
    other.post("/account/messages", &[("body", "Mine?"), ("about", &placed.number.to_string())]).await.is(Status::SeeOther);
    assert_eq!(shop.number("select count(*) from messages where order_id is not null").await, 1, "not of another's order");
    other.get("/account/messages").await.is_ok().lacks("Monday").lacks("talk__letter");
}
