//! Answers go out by mail, in their thread, once.

use rocket::http::Status;

use super::{answer, bring, mail, newest, of_mail, open};
use crate::world::TestShop;

#[rocket::async_test]
async fn an_answer_is_a_mail_in_its_thread_with_an_address_for_replies() {
    let shop = open().await;
    let marta = shop.customer("marta@example.org").await;
    marta.post("/account/messages", &[("body", "Where is it?")]).await.is(Status::SeeOther);
    let support = shop.staff("support").await;
    let id = newest(&shop).await;
    answer(&shop, &support, id, "It left <today>.\n\nBest wishes").await.is(Status::SeeOther);
    shop.work().await;
    shop.sql("insert into graphile_worker._private_jobs (task_id, payload) select id, '{\"message\": 2}' from graphile_worker._private_tasks where identifier = 'write_answer'").await;
    shop.work().await;
    assert_eq!(shop.number("select count(*) from mails").await, 1, "once, however often its job runs");
    let column = async |name: &str| of_mail(&shop, "marta@example.org", name).await;
    let text = column("body_text").await;
    assert!(text.contains("It left <today>.") && text.contains("Best wishes"), "{text}");
    assert!(text.contains("##- Please write above this line -##") && text.contains("reply to this mail"), "{text}");
    assert!(text.contains("/account/messages") && !text.contains("Sam support"), "{text}");
    assert!(column("html").await.contains("It left &#60;today&#62;.") || column("html").await.contains("It left &lt;today&gt;."));
    assert_eq!(column("subject").await, "Your message to Test shop");
    let reply = column("reply_to").await;
    assert!(reply.starts_with("reply+2-") && reply.ends_with("@in.example.org") && reply.len() < 64 + 15, "{reply}");
    let first = column("message_id").await;
    assert!(first.len() > 45 && first.ends_with("@example.org"), "{first}");
    assert_eq!(column("in_reply_to").await, "");
    // What comes in is named in what goes out.
    bring(&shop, &mail("marta@example.org", &reply, "hers@phone.example", "", "Thank you!")).await.is_ok();
    answer(&shop, &support, id, "You are welcome.").await.is(Status::SeeOther);
    shop.work().await;
    assert_eq!(column("in_reply_to").await, "hers@phone.example");
    assert_eq!(column("reference_ids").await, format!("{first} hers@phone.example"));
    assert_eq!(column("subject").await, "Re: Hello");
    assert_ne!(column("reply_to").await, reply);
}

#[rocket::async_test]
async fn without_an_address_for_replies_the_mail_says_to_use_the_link() {
    let shop = TestShop::open().await;
    let marta = shop.customer("marta@example.org").await;
    shop.sql("update customers set locale = 'de'").await;
    marta.post("/account/messages", &[("body", "Wo ist es?")]).await.is(Status::SeeOther);
    let support = shop.staff("support").await;
    answer(&shop, &support, newest(&shop).await, "Unterwegs.").await.is(Status::SeeOther);
    shop.work().await;
    let text = of_mail(&shop, "marta@example.org", "body_text").await;
    assert!(text.contains("nutzen Sie bitte den Link oben") && !text.contains("##-"), "{text}");
    assert_eq!(of_mail(&shop, "marta@example.org", "reply_to").await, "");
    assert_eq!(shop.visitor().post("/webhooks/mail", &[]).await.status, Status::NotFound, "no secret, no door");
}

#[rocket::async_test]
async fn letters_about_orders_tell_programs_not_to_answer() {
    let config = barrow::platform::config::Config::read(|name| match name {
        "BARROW_REPLY_ADDRESS" => Some("Reply@In.Example.org".to_owned()),
        _ => None,
    });
    let address = config.expect("read").reply_address.expect("an address");
    assert_eq!(address.with("1f-00"), "reply+1f-00@in.example.org");
    assert_eq!(address.tag_in("REPLY+1F-00@in.example.ORG"), Some("1F-00"));
    for other in ["reply@in.example.org", "other+1f-00@in.example.org", "reply+1f-00@example.org", "", "reply+1f-00"] {
        assert_eq!(address.tag_in(other), None, "{other}");
    }
    for bad in ["reply", "reply@", "@in.example.org", "re ply@in.example.org", "much-too-long-a-name@in.example.org"] {
        let read = |name: &str| (name == "BARROW_REPLY_ADDRESS").then(|| bad.to_owned());
        assert!(barrow::platform::config::Config::read(read).is_err(), "{bad}");
    }
}
