//! Mail that comes in: where it belongs, what it proves, and that nothing in it breaks or loops.

use rocket::http::{ContentType, Header, Status};

use super::{answer, bring, mail, newest, of_mail, open, png};
use crate::world::{TestShop, Visitor};

/// Marta has asked and was answered: her conversation, its reply address, and the desk.
async fn answered(shop: &TestShop) -> (Visitor, i64, String, Visitor) {
    let marta = shop.customer("marta@example.org").await;
    marta.post("/account/messages", &[("body", "Where is it?")]).await.is(Status::SeeOther);
    let support = shop.staff("support").await;
    let id = newest(shop).await;
    answer(shop, &support, id, "On its way.").await.is(Status::SeeOther);
    shop.work().await;
    let reply = of_mail(shop, "marta@example.org", "reply_to").await;
    (marta, id, reply, support)
}

#[rocket::async_test]
async fn only_who_knows_the_secret_brings_mail() {
    let shop = open().await;
    let raw = mail("lena@example.org", "shop@example.org", "1@b", "", "Hello");
    for secret in ["", "Bearer ", "Bearer let mail", "Bearer let mail in!", "let mail in", "Basic let mail in"] {
        let request = shop.client.post("/webhooks/mail").header(ContentType::Binary).body(raw.clone());
        shop.visitor().send(request.header(Header::new("Authorization", secret))).await.is(Status::Unauthorized);
    }
    assert_eq!(shop.number("select count(*) from messages").await, 0);
    bring(&shop, &raw).await.is_ok();
    bring(&shop, &vec![b'a'; (20 << 20) + 1]).await.is(Status::PayloadTooLarge);
    bring(&shop, b"this is no mail").await.is(Status::UnprocessableEntity);
    bring(&shop, b"").await.is(Status::UnprocessableEntity);
    assert_eq!(shop.number("select count(*) from messages").await, 1);
}

#[rocket::async_test]
async fn a_reply_to_the_signed_address_is_hers_and_the_same_twice_is_one() {
    let shop = open().await;
    let (marta, id, reply, support) = answered(&shop).await;
    let body =
        "Wonderful!\r\n\r\nOn Sat, 28 Nov 2026 Test shop wrote:\r\n> ##- Please write above this line -##\r\n> On its way.";
    let raw = mail("Marta Wolf <Marta@Example.org>", &reply.to_uppercase(), "abc@phone.example", "", body);
    let many = (0..4).map(|_| bring(&shop, &raw));
    let codes: Vec<u16> = futures::future::join_all(many).await.iter().map(|one| one.status.code).collect();
    assert_eq!(codes, [200; 4]);
    assert_eq!(shop.number("select count(*) from messages where channel = 'mail'").await, 1);
    assert_eq!(shop.number("select count(*) from conversations").await, 1);
    marta.get("/account/messages").await.is_ok().shows("Wonderful!").shows("By e-mail");
    let page = support.get(&format!("/admin/inbox/{id}")).await;
    page.is_ok().shows("Wonderful!").shows("Show quoted text").lacks("not proved").lacks("another address");
    assert_eq!(shop.number("select count(*) from conversations where waiting_since is not null").await, 1);
}

#[rocket::async_test]
async fn a_tag_in_a_header_of_the_way_counts_and_a_forged_one_does_not() {
    let shop = open().await;
    let (_, id, reply, _) = answered(&shop).await;
    let way = format!("Delivered-To: {reply}\r\n");
    bring(&shop, &mail("marta@example.org", "hidden:;", "1@b", &way, "By the way")).await.is_ok();
    assert_eq!(shop.number("select count(*) from messages where body = 'By the way' and trust = 'proved'").await, 1);
    let last = reply.chars().nth(reply.find('@').expect("an address") - 1).expect("a digit");
    let other = if last == '0' { '1' } else { '0' };
    let forged = reply.replacen(&format!("{last}@"), &format!("{other}@"), 1);
    bring(&shop, &mail("eve@evil.example", &forged, "2@b", "", "I am Marta")).await.is_ok();
    assert_eq!(
        shop.number(&format!("select count(*) from messages where body = 'I am Marta' and conversation_id = {id}")).await,
        0
    );
    assert_eq!(
        shop.number("select count(*) from conversations where email = 'eve@evil.example' and customer_id is null").await,
        1
    );
}

#[rocket::async_test]
async fn the_sender_of_a_mail_proves_nothing() {
    let shop = open().await;
    let (marta, id, reply, support) = answered(&shop).await;
    // Somebody else who was sent the address: in the conversation, with a mark.
    bring(&shop, &mail("son@example.org", &reply, "1@b", "", "My mother asks …")).await.is_ok();
    let page = support.get(&format!("/admin/inbox/{id}")).await;
    page.is_ok().shows("My mother asks").shows("from another address: son@example.org");
    // Somebody who says to be Marta and was sent nothing: in her conversation, as a claim.
    bring(&shop, &mail("marta@example.org", "shop@example.org", "2@b", "", "Send it to Eve instead")).await.is_ok();
    let page = support.get(&format!("/admin/inbox/{id}")).await;
    page.is_ok().shows("Send it to Eve instead").shows("says it is from marta@example.org; that is not proved");
    marta.get("/account/messages").await.is_ok().shows("Send it to Eve instead").shows("that is not proved");
    // The unguessable id of our mail is as good as the address.
    let ours = of_mail(&shop, "marta@example.org", "message_id").await;
    let thread = format!("In-Reply-To: <{ours}>\r\n");
    bring(&shop, &mail("marta@example.org", "shop@example.org", "3@b", &thread, "It is me")).await.is_ok();
    assert_eq!(shop.number("select count(*) from messages where body = 'It is me' and trust = 'proved'").await, 1);
    let references = format!("References: <x@y> <{ours}>\r\n");
    bring(&shop, &mail("son@example.org", "shop@example.org", "4@b", &references, "Her son")).await.is_ok();
    assert_eq!(shop.number("select count(*) from messages where body = 'Her son' and trust = 'other_sender'").await, 1);
    // An account that did not prove the address gets nothing of it.
    shop.sql("insert into customers (email, name) values ('lena@example.org', 'Not Lena')").await;
    bring(&shop, &mail("lena@example.org", "shop@example.org", "5@b", "", "A secret of Lena")).await.is_ok();
    shop.signed_in("lena@example.org").await.get("/account/messages").await.is_ok().lacks("A secret of Lena");
}

#[rocket::async_test]
async fn an_answer_to_a_letter_about_an_order_counts_only_from_its_reader() {
    let shop = open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    shop.place(900, &[(&tea, 450, 1)]).await.expect("placed");
    shop.work().await;
    let letter = shop.number("select id from mails where kind = 'order_placed'").await;
    let thread = format!("In-Reply-To: <mail-{letter}@example.org>\r\n");
    bring(&shop, &mail("eve@evil.example", "shop@example.org", "1@b", &thread, "From Eve")).await.is_ok();
    bring(&shop, &mail("marta.wolf@example.com", "shop@example.org", "2@b", &thread, "From Marta")).await.is_ok();
    let about = "select count(*) from messages where order_id is not null and body = 'From Marta' and trust = 'claimed'";
    assert_eq!(shop.number(about).await, 1);
    assert_eq!(shop.number("select count(*) from messages where order_id is not null").await, 1);
    let notice = shop.number("select id from mails where kind = 'order_notice'").await;
    let thread = format!("In-Reply-To: <mail-{notice}@example.org>\r\n");
    bring(&shop, &mail("staff@example.org", "shop@example.org", "3@b", &thread, "From the house")).await.is_ok();
    assert_eq!(shop.number("select count(*) from messages where order_id is not null").await, 1);
}

#[rocket::async_test]
async fn programs_are_not_answered_and_wake_nobody() {
    let shop = open().await;
    let (_, id, reply, support) = answered(&shop).await;
    support.post(&format!("/admin/inbox/{id}/closing"), &[]).await.is(Status::SeeOther);
    let mails = shop.number("select count(*) from mails").await;
    for (n, header) in
        ["Auto-Submitted: auto-replied", "Return-Path: <>", "Precedence: bulk", "X-Autoreply: yes", "List-Id: <l.example>"]
            .iter()
            .enumerate()
    {
        let raw = mail("marta@example.org", &reply, &format!("{n}@auto"), &format!("{header}\r\n"), "I am away");
        bring(&shop, &raw).await.is_ok();
    }
    let bounce = mail(
        "MAILER-DAEMON@mx.example",
        &reply,
        "bounce@mx",
        "Content-Type: multipart/report; boundary=x\r\n",
        "--x\r\n\r\nNo such user\r\n--x--",
    );
    bring(&shop, &bounce).await.is_ok();
    assert_eq!(shop.number("select count(*) from messages where automatic").await, 6);
    assert_eq!(
        shop.number("select count(*) from conversations where status = 'closed' and waiting_since is null and staff_unread = 0")
            .await,
        1
    );
    support.get(&format!("/admin/inbox/{id}")).await.is_ok().shows("I am away").shows("Written by a program");
    // Our own mail coming back is dropped.
    let own = of_mail(&shop, "marta@example.org", "reply_to").await;
    for from in ["shop@example.org", &own] {
        bring(&shop, &mail(from, &reply, &format!("{from}x"), "", "An echo")).await.is_ok();
    }
    assert_eq!(shop.number("select count(*) from messages where body = 'An echo'").await, 0);
    // And nothing that comes in makes anything go out.
    bring(&shop, &mail("marta@example.org", &reply, "last@b", "", "A person again")).await.is_ok();
    shop.work().await;
    assert_eq!(shop.number("select count(*) from mails").await, mails);
    assert_eq!(shop.number("select count(*) from conversations where status = 'open'").await, 1);
}

#[rocket::async_test]
async fn files_of_a_mail_are_looked_at_like_others() {
    use base64::Engine;
    let shop = open().await;
    let (marta, _, reply, support) = answered(&shop).await;
    let coded = |bytes: &[u8]| base64::engine::general_purpose::STANDARD.encode(bytes);
    let part = |name: &str, kind: &str, bytes: &[u8]| {
        format!(
            "--x\r\nContent-Type: {kind}; name=\"{name}\"\r\nContent-Disposition: attachment; filename=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
            coded(bytes)
        )
    };
    let body = format!(
        "--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>See <b>this</b></p><script>alert(1)</script>\r\n{}{}{}--x--\r\n",
        part("cup.png", "image/png", &png(7)),
        part("run.exe", "image/png", b"MZ\x90\0"),
        part("../../bill.pdf", "application/pdf", b"%PDF-1.4 bill"),
    );
    let raw =
        mail("marta@example.org", &reply, "1@b", "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n", &body);
    bring(&shop, &raw).await.is_ok();
    let page = marta.get("/account/messages").await;
    page.is_ok()
        .shows("See this")
        .shows("cup.jpg")
        .shows("bill.pdf")
        .shows("Files that were not taken: run.exe")
        .lacks("alert(1)");
    assert_eq!(shop.number("select count(*) from message_files").await, 2);
    let kept = futures::StreamExt::collect::<Vec<_>>(shop.shop.store.names()).await.len();
    bring(&shop, &raw).await.is_ok();
    assert_eq!(futures::StreamExt::collect::<Vec<_>>(shop.shop.store.names()).await.len(), kept, "again leaves nothing");
    support.get("/admin/message-files/1").await.is_ok();
}

#[rocket::async_test]
async fn hostile_mail_breaks_nothing() {
    let shop = open().await;
    let (_, _, reply, support) = answered(&shop).await;
    let nested = format!("From: a@b.example\r\n{}", "Content-Type: message/rfc822\r\n\r\n".repeat(50_000));
    let parts =
        format!("From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n{}", "--x\r\n\r\n".repeat(100_000));
    let deep: String = (0..3000).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n")).collect();
    let mut raws: Vec<Vec<u8>> = vec![
        nested.into_bytes(),
        parts.into_bytes(),
        format!("From: a@b.example\r\n{deep}").into_bytes(),
        b"From: a@b.example\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n+AAA-\0\0".to_vec(),
        b"From: \xff\xfe@b.example\r\n\r\nHi".to_vec(),
        b"From: a@b.example\r\nSubject: =?utf-8?b?AAAA?=\r\nMessage-ID: <\0>\r\n\r\n\0\0\0".to_vec(),
        b"From: a@b.example, b@b.example\r\nTo: \r\nReferences: <<<>>>\r\n\r\n\xed\xa0\x80".to_vec(),
        format!("From: a@b.example\r\nMessage-ID: <{}>\r\n\r\nHi", "x".repeat(100_000)).into_bytes(),
        format!("From: a@b.example\r\nSubject: {}\r\n\r\n{}", "s".repeat(100_000), "ä".repeat(100_000)).into_bytes(),
        format!("From: {}@b.example\r\n\r\nHi", "l".repeat(5000)).into_bytes(),
        mail("a@b.example", &reply, "inj@b", "", "<script>alert('mail')</script> {{7*7}}"),
        mail("\"<script>alert('name')</script>\" <c@b.example>", "x@y.example", "inj2@b", "", "Hi"),
    ];
    raws.extend((0..60_u8).map(|n| (0..400_u32).map(|at| (at as u8).wrapping_mul(n).wrapping_add(n)).collect()));
    for raw in raws {
        let answer = bring(&shop, &raw).await;
        assert!(matches!(answer.status.code, 200 | 422), "{}: {:?}", answer.status, &raw[..raw.len().min(80)]);
    }
    for path in ["/admin/inbox", "/admin/inbox?view=all&q=script", "/admin"] {
        let page = support.get(path).await;
        page.is_ok();
        assert!(!page.body().contains("<script>alert"), "{path}");
    }
    let last = shop.number("select max(id) from conversations").await;
    for id in 1..=last {
        let page = support.get(&format!("/admin/inbox/{id}")).await;
        assert!(page.status.code < 500 && !page.body().contains("<script>alert"), "{id}");
    }
}

#[rocket::async_test]
async fn a_flood_from_one_sender_ends() {
    let shop = open().await;
    for n in 0..40 {
        bring(&shop, &mail("eve@evil.example", "shop@example.org", &format!("{n}@evil"), "", &format!("Buy {n}"))).await.is_ok();
    }
    assert_eq!(shop.number("select count(*) from messages").await, 30);
}
