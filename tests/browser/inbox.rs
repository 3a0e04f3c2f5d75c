//! The inbox from both sides in the browser: asked, answered, read; with JavaScript, without, and on a phone.

use super::{Browser, Look};
use crate::inbox::of_mail;
use crate::world::Running;

async fn asked_answered_and_read(look: Look) {
    let shop = Running::open().await;
    let world = &shop.world;
    let tea = world.put("Green tea", 450, 5).await;
    let placed = world.place(900, &[(&tea, 450, 1)]).await.expect("placed");
    let marta = world.customer("marta@example.org").await.cookies.lock().expect("cookies")["customer"].clone();
    let sam = world.staff_named("sam@example.org", "support").await.cookies.lock().expect("cookies")["staff"].clone();

    // A customer writes from the overview of her account.
    let hers = Browser::open(look).await;
    hers.go(&format!("{}/", shop.url)).await;
    hers.carry("customer", &marta).await;
    hers.go(&format!("{}/account", shop.url)).await;
    hers.click("main a.more[href=\"/account/messages\"]").await;
    hers.fill("body", "Does the green tea keep for a year?").await;
    hers.click("#write button.button").await;
    hers.shows("Does the green tea keep for a year?").await;

    // The desk sees that it waits, notes, answers with a saved reply.
    let desk = Browser::open(look).await;
    desk.go(&format!("{}/admin/sign-in", shop.url)).await;
    desk.carry("staff", &sam).await;
    desk.go(&format!("{}/admin/saved-replies", shop.url)).await;
    desk.fill("title", "Tea").await;
    desk.fill("body", "Dear {first_name}, it keeps.").await;
    desk.click("main form.card button.btn-primary").await;
    desk.shows("Tea").await;
    desk.go(&format!("{}/admin", shop.url)).await;
    desk.shows("message waits for an answer").await;
    desk.click("main .todo a[href=\"/admin/inbox\"]").await;
    desk.click("main .talks a").await;
    desk.shows("Does the green tea keep for a year?").await;
    desk.click("#answer button[value=insert]").await;
    desk.shows("Answer to Marta Wolf").await;
    let typed = desk.run("return document.querySelector('#answer textarea').value").await;
    assert_eq!(typed.as_str(), Some("Dear Marta, it keeps."));
    desk.click("#answer button[value=send]").await;
    desk.shows("Dear Marta, it keeps.").await;

    // She has a badge, and reads it.
    hers.go(&format!("{}/account", shop.url)).await;
    assert!(hers.has(".account__nav .pip").await, "no badge");
    hers.go(&format!("{}/account/messages", shop.url)).await;
    hers.shows("Dear Marta, it keeps.").await;
    assert!(!hers.has(".account__nav .pip").await, "the badge stays");

    // A guest asks on the page of an order, and the desk answers there.
    let guest = Browser::open(look).await;
    guest.go(&format!("{}/orders/{}", shop.url, placed.token)).await;
    guest.fill("body", "Can it come on Monday?").await;
    guest.click("#ask button.button").await;
    guest.shows("Can it come on Monday?").await;
    desk.go(&format!("{}/admin/inbox", shop.url)).await;
    desk.click("main .talks a").await;
    desk.shows("Can it come on Monday?").await;
    desk.fill("body", "It can.").await;
    desk.click("#answer button[value=send]").await;
    desk.shows("It can.").await;
    guest.go(&format!("{}/orders/{}", shop.url, placed.token)).await;
    guest.shows("It can.").await;
    world.work().await;
    assert!(of_mail(world, "marta.wolf@example.com", "body_text").await.contains("It can."));
    for browser in [hers, desk, guest] {
        browser.close().await;
    }
}

#[rocket::async_test]
async fn messages_are_asked_answered_and_read() {
    asked_answered_and_read(Look::DESK).await;
}

#[rocket::async_test]
async fn messages_are_asked_answered_and_read_without_javascript() {
    asked_answered_and_read(Look::NO_SCRIPTS).await;
}

#[rocket::async_test]
async fn messages_are_asked_answered_and_read_on_a_phone() {
    asked_answered_and_read(Look::PHONE).await;
}
