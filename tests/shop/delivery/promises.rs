//! When goods arrive: across a weekend, a holiday, the cut-off and the zone's midnight; and what an order keeps of it.

use super::{add_method, at, bare_shop, offered, order, oregon, put_in};

#[rocket::async_test]
async fn delivery_days_are_true_across_weekend_holiday_cut_off_and_midnight() {
    let (shop, staff, zone) = bare_shop().await;
    shop.sql("update settings set time_zone = 'Europe/Berlin'").await;
    add_method(&staff, zone, "Post", &[("price", "5")]).await;
    let pot = shop.put("Pot", 100, 50).await;
    let arrives = async |moment: &str| {
        at(&shop, moment);
        let anna = shop.visitor();
        put_in(&anna, &pot, "1").await;
        anna.get("/cart").await.is_ok().shows("Arrives");
        let offer = offered(&anna.get("/checkout").await).remove(0);
        offer.split(" | ").nth(1).unwrap_or_default().to_owned()
    };
    // 1 March 2027 is a Monday; nothing is set, so the day ends at midnight in Berlin.
    assert_eq!(arrives("2027-03-01T22:59:00Z").await, "Arrives Tue 2 – Wed 3 Mar");
    assert_eq!(arrives("2027-03-01T23:01:00Z").await, "Arrives Wed 3 – Thu 4 Mar");
    assert_eq!(arrives("2027-03-05T10:00:00Z").await, "Arrives Mon 8 – Tue 9 Mar", "a Friday");
    assert_eq!(arrives("2027-03-06T10:00:00Z").await, "Arrives Tue 9 – Wed 10 Mar", "a Saturday");
    let staff = shop.staff_named("pat@example.org", "manager").await;
    let page = staff.get("/admin/settings/delivery/hours").await;
    let seen = crate::settings::value(&page, "seen");
    let days = ["1", "2", "3", "4", "5"];
    let mut hours = vec![
        ("seen", seen.as_str()),
        ("cut_off", "14:00"),
        ("handling", "1"),
        ("holidays", "2027-03-29 Easter Monday\n2027-03-26 Good Friday"),
    ];
    hours.extend(days.map(|day| ("work_days", day)));
    hours.extend(days.map(|day| ("carrier_days", day)));
    staff.post("/admin/settings/delivery/hours", &hours).await.goes_to("/admin/settings/delivery/hours");
    staff
        .post("/admin/settings/delivery/hours", &hours)
        .await
        .is(rocket::http::Status::UnprocessableEntity)
        .shows("saved this page meanwhile");
    assert_eq!(shop.number("select count(*) from audit where action = 'settings.hours'").await, 1);
    assert_eq!(arrives("2027-03-15T12:59:00Z").await, "Arrives Wed 17 – Thu 18 Mar", "a minute before two o'clock");
    assert_eq!(arrives("2027-03-15T13:00:00Z").await, "Arrives Thu 18 – Fri 19 Mar", "two o'clock");
    assert_eq!(arrives("2027-03-24T09:00:00Z").await, "Arrives Tue 30 – Wed 31 Mar", "handled on Thursday, then Easter");
    assert_eq!(arrives("2027-03-25T09:00:00Z").await, "Arrives Wed 31 Mar – Thu 1 Apr");
    shop.get(&format!("/products/{}", pot.handle)).await.is_ok().shows("With you in 2 to 3 working days");
}

#[rocket::async_test]
async fn delivery_promises_are_copied_on_the_order_and_counted_anew_when_money_comes_later() {
    let (shop, staff, zone) = bare_shop().await;
    add_method(&staff, zone, "Post", &[("price", "5")]).await;
    let pot = shop.put("Pot", 100, 50).await;
    at(&shop, "2027-03-01T10:00:00Z");
    let (anna, chosen) = (shop.visitor(), shop.number("select id from shipping_methods").await.to_string());
    put_in(&anna, &pot, "1").await;
    let path = order(&anna, &oregon(&[("shipping", &chosen)])).await;
    anna.get(&path).await.is_ok().shows("Arrives Tue 2 – Wed 3 Mar, if your payment is with us by Mon 1 Mar");
    shop.work().await;
    assert_eq!(
        shop.number("select count(*) from mails where kind = 'order_placed' and body_text like '%Tue 2 – Wed 3 Mar%'").await,
        1
    );
    shop.sql("update shipping_methods set days_min = 9, days_max = 9").await;
    let number = shop.number("select number from orders").await;
    at(&shop, "2027-03-04T10:00:00Z");
    let desk = shop.staff_named("pat@example.org", "manager").await;
    let page = format!("/admin/orders/{number}");
    desk.get(&page).await.is_ok().shows("Arrives Tue 2 – Wed 3 Mar");
    desk.post(&format!("{page}/payment"), &[("version", "1"), ("amount", "6.00")]).await.goes_to(&page);
    desk.get(&page).await.is_ok().shows("Arrives Fri 5 – Mon 8 Mar");
    anna.get(&path).await.is_ok().shows("Arrives Fri 5 – Mon 8 Mar").lacks("if your payment");
    shop.work().await;
    assert_eq!(
        shop.number("select count(*) from mails where kind = 'order_paid' and body_text like '%Fri 5 – Mon 8 Mar%'").await,
        1
    );
}

#[rocket::async_test]
async fn delivery_picked_up_needs_a_name_and_no_street() {
    let (shop, staff, zone) = bare_shop().await;
    let main = shop.number("select id from locations").await.to_string();
    let pickup = [
        ("kind", "pickup"),
        ("price", "0"),
        ("days_min", "0"),
        ("days_max", "0"),
        ("location", main.as_str()),
        ("note", "High Street 1, Portland\nMon–Fri 9–18"),
    ];
    add_method(&staff, zone, "Post", &[("price", "5")]).await;
    add_method(&staff, zone, "Pick-up", &pickup).await;
    staff.get("/admin/settings/delivery").await.is_ok().shows("at Main");
    let pot = shop.put("Pot", 100, 50).await;
    at(&shop, "2027-03-01T10:00:00Z");
    let anna = shop.visitor();
    put_in(&anna, &pot, "1").await;
    anna.get("/cart").await.is_ok().shows("from $5.00");
    anna.get("/checkout").await.is_ok().shows("Ready Mon 1 Mar at Main, High Street 1, Portland, Mon–Fri 9–18");
    let id = async |name: &str| shop.number(&format!("select id from shipping_methods where name = '{name}'")).await.to_string();
    let (post, pickup) = (id("Post").await, id("Pick-up").await);
    let bare = [("street", ""), ("city", ""), ("region", ""), ("postal_code", "")];
    let with = |method: &str| {
        [&bare[..], &[("shipping", method)]].concat().into_iter().map(|(a, b)| (a.to_owned(), b.to_owned())).collect::<Vec<_>>()
    };
    let sent = with(&post);
    let sent: Vec<(&str, &str)> = sent.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    anna.post("/checkout", &oregon(&sent))
        .await
        .is(rocket::http::Status::UnprocessableEntity)
        .has("href=\"#street\"")
        .has("href=\"#city\"");
    let sent = with(&pickup);
    let sent: Vec<(&str, &str)> = sent.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let nameless = [&sent[..], &[("name", "")]].concat();
    anna.post("/checkout", &oregon(&nameless)).await.is(rocket::http::Status::UnprocessableEntity).has("href=\"#name\"");
    let path = order(&anna, &oregon(&sent)).await;
    anna.get(&path).await.is_ok().shows("Pick-up").shows("High Street 1, Portland").shows("Ready to pick up Mon 1 Mar");
    let number = shop.number("select number from orders").await;
    let desk = shop.staff_named("pat@example.org", "manager").await;
    desk.get(&format!("/admin/orders/{number}")).await.is_ok().shows("Pick-up · Main");
    shop.work().await;
    assert_eq!(
        shop.number("select count(*) from mails where kind = 'order_placed' and body_text like '%High Street 1, Portland%'")
            .await,
        1
    );
    assert_eq!(shop.number("select shipping_total from orders").await, 0);
}
