//! The figures of the management home: each is exactly what its list has, on days as long as the clocks make them.

use barrow::features::orders::commands;
use rocket::http::Status;

use crate::world::{Answer, TestShop, Visitor};

/// The shop with orders of two days, one of them when the clocks are put back in Berlin: it has 25 hours.
async fn with_orders() -> (TestShop, Visitor) {
    let shop = TestShop::open().await;
    shop.sql("update settings set time_zone = 'Europe/Berlin'; insert into change_feed (subject) values ('settings')").await;
    let (tea, pot) = (shop.put("Green tea", 1000, 500).await, shop.put("Teapot", 4000, 3).await);
    let moments = [
        "2026-10-24T21:59:59Z", // the evening before
        "2026-10-24T22:00:00Z", // midnight, by summer time
        "2026-10-25T00:30:00Z", // half past two for the first time
        "2026-10-25T01:30:00Z", // and for the second
        "2026-10-25T22:59:59Z", // the last second, by winter time
        "2026-10-25T23:00:00Z", // the day after
    ];
    let sam = shop.person("sam@example.org").await;
    for (cart, at) in moments.iter().enumerate() {
        let cart = cart as i64 + 1;
        let goods = [(&tea, 1000, 1), (&pot, 4000, 1)];
        let placed = shop.place(cart, if cart == 2 { &goods } else { &goods[..1] }).await.expect("placed");
        commands::mark_paid(&mut *shop.conn().await, placed.number, None, 1, &sam, shop.now()).await.expect("paid");
        shop.sql(&format!(
            "update orders set placed_at = '{at}' where id = {id};
             update payment_captures set at = '{at}' where payment_id in (select id from payments where order_id = {id});
             insert into checkouts_begun values ({cart}, '{at}')",
            id = placed.id
        ))
        .await;
    }
    let analyst = shop.staff("analyst").await;
    (shop, analyst)
}

/// The links of the key figures with what they say, in their order: revenue, orders, average, conversion.
fn kpis(page: &Answer) -> Vec<(String, String)> {
    let body = page.body();
    let parts = body.split("<a class=\"kpi\" href=\"").skip(1);
    parts
        .map(|part| {
            let path = part.split('"').next().expect("a path").replace("&#38;", "&").replace("&amp;", "&");
            let figure = part.split("kpi-figure\">").nth(1).expect("a figure").split('<').next().expect("its end").trim_end();
            (path, figure.replace('\u{a0}', " "))
        })
        .collect()
}

/// How many rows a list has that stands on one page.
fn rows(list: &Answer) -> usize {
    list.is_ok().body().matches("class=\"row-link\"").count()
}

const DST: &str = "/admin?range=own&from=2026-10-25&to=2026-10-25";

#[rocket::async_test]
async fn dash_a_day_of_25_hours_has_all_its_hours_and_every_figure_is_its_list() {
    let (shop, analyst) = with_orders().await;
    let page = analyst.get(DST).await;
    page.is_ok().shows("25 Oct").shows("24 Oct").shows("They begin and end at midnight in Europe/Berlin");
    let kpis = kpis(&page);
    let figures: Vec<&str> = kpis.iter().map(|kpi| kpi.1.as_str()).collect();
    // Four orders of $15, one of them with a pot for $40.
    assert_eq!(figures, ["$100.00", "4", "$25.00", "100 %"]);
    let takings = analyst.get(&kpis[0].0).await;
    takings.shows("4 movements: $100.00 in, $0.00 back, $100.00 in all");
    assert_eq!(rows(&takings), 4);
    let orders = analyst.get(&kpis[1].0).await;
    orders.shows("4 orders, $100.00").shows("Placed from: 25 Oct 2026");
    assert_eq!(rows(&orders), 4);
    assert_eq!(rows(&analyst.get(&kpis[3].0).await), 4);
    page.shows("$100.00 in one day. That is $85.00 more than before.");
    shop.is_sound().await;
}

#[rocket::async_test]
async fn dash_refunds_cancelled_orders_and_abandoned_checkouts_count_as_they_say() {
    let (shop, analyst) = with_orders().await;
    shop.sql(
        "insert into payment_refunds (payment_id, amount, state, idempotency_key, at) values
            (3, 500, 'sent', 'a', '2026-10-25T12:00Z'), (4, 700, 'failed', 'b', '2026-10-25T12:00Z'), (4, 9, 'granted', 'c', '2026-10-26T12:00Z');
         insert into checkouts_begun values (91, '2026-10-25T10:00Z'), (92, '2026-10-25T11:00Z'), (93, '2026-10-25T12:00Z');
         update orders set status = 'cancelled' where number = 1004",
    )
    .await;
    let page = analyst.get(DST).await;
    let kpis = kpis(&page);
    let figures: Vec<&str> = kpis.iter().map(|kpi| kpi.1.as_str()).collect();
    // The cancelled order's money still came in; what failed did not go back.
    assert_eq!(figures, ["$95.00", "3", "$28.33", "57.1 %"]);
    page.shows("4 of 7 checkouts");
    let takings = analyst.get(&kpis[0].0).await;
    takings.shows("5 movements: $100.00 in, $5.00 back, $95.00 in all").shows("Refunded").shows("−$5.00");
    assert_eq!(rows(&takings), 5);
    assert_eq!(rows(&analyst.get(&kpis[1].0).await), 3);
    assert_eq!(rows(&analyst.get(&kpis[3].0).await), 4);
}

#[rocket::async_test]
async fn dash_top_products_and_days_lead_to_their_orders() {
    let (_shop, analyst) = with_orders().await;
    let page = analyst.get("/admin?range=own&from=2026-10-24&to=2026-10-26").await;
    page.is_ok().shows("Green tea $60.00 6 sold in 6 orders").shows("Teapot $40.00 1 sold in 1 order");
    let body = page.body();
    let link = body.split("href=\"").find(|part| part.contains("product=2")).expect("a link").split('"').next().expect("its end");
    let list = analyst.get(&link.replace("&#38;", "&").replace("&amp;", "&")).await;
    assert_eq!(rows(&list), 1);
    list.shows("With product: Teapot");
    // The table has a row for each day, the latest first, each with its lists.
    page.shows("Mon 26 Oct 1 $15.00").shows("Sun 25 Oct 4 $100.00").shows("Sat 24 Oct 1 $15.00");
    page.has("/admin/takings?from=2026-10-26");
}

#[rocket::async_test]
async fn dash_an_empty_shop_has_no_figures_and_breaks_nothing() {
    let shop = TestShop::open().await;
    let sam = shop.staff("manager").await;
    for range in ["", "?range=today", "?range=7", "?range=90", "?range=month", "?compare=nothing", "?compare=year"] {
        let page = sam.get(&format!("/admin{range}")).await;
        page.is_ok()
            .shows("$0.00")
            .shows("no checkout begun")
            .shows("Nothing was sold in these days")
            .shows("Nothing waits for you");
        let figures: Vec<String> = kpis(&page).into_iter().map(|kpi| kpi.1).collect();
        assert_eq!(figures, ["$0.00", "0", "–", "–"], "{range}");
    }
    sam.get("/admin?range=7").await.shows("nothing before");
    sam.get("/admin?compare=nothing").await.lacks("nothing before").shows("No comparison");
    sam.get("/admin/takings").await.is_ok().shows("No money moved");
}

#[rocket::async_test]
async fn dash_days_that_cannot_be_shown_are_refused_in_words() {
    let (_shop, analyst) = with_orders().await;
    for (query, field, words) in [
        ("range=own&from=2026-10-25&to=2026-10-24", "to", "The last day lies before the first"),
        ("range=own&from=2026-02-30&to=2026-10-24", "from", "Write the day as year, month and day"),
        ("range=own&from=25.10.2026&to=2026-10-24", "from", "Write the day"),
        ("range=own&from=&to=2026-10-24", "from", "error-required"),
        ("from=2026-10-24", "to", "error-required"),
        ("range=own&from=2026-10-01&to=2099-10-24", "to", "Days still to come have no figures"),
        ("range=own&from=2020-01-01&to=2026-10-24", "from", "At most 366 days"),
        ("range=own&from=%00&to=%FF", "from", "Write the day"),
        ("range=nonsense", "", ""),
        ("compare=nonsense", "", ""),
    ] {
        let page = analyst.get(&format!("/admin?{query}")).await;
        page.is(Status::UnprocessableEntity).shows("Revenue");
        if !field.is_empty() {
            page.has(&format!("id=\"{field}-error\""));
        }
        if !words.starts_with("error-") {
            page.shows(words);
        }
    }
    analyst.get("/admin?range=own&from=2026-10-25&to=2026-10-24").await.keeps("from", "2026-10-25").keeps("to", "2026-10-24");
    for query in ["from=2026-02-30&to=2026-10-24", "from=2026-10-25&to=2026-10-24"] {
        analyst.get(&format!("/admin/takings?{query}")).await.is(Status::UnprocessableEntity);
    }
    analyst.get("/admin/takings?before=1-x-1&from=%00").await.is(Status::UnprocessableEntity);
    analyst.get("/admin/takings?before=x").await.is_ok();
}

#[rocket::async_test]
async fn dash_shows_only_what_somebody_may_see() {
    let (shop, _) = with_orders().await;
    let packer = shop.staff("fulfilment").await;
    packer.get("/admin").await.is_ok().lacks("Revenue").lacks("Conversion").shows("Latest orders").shows("6 orders to ship");
    packer.get("/admin/takings").await.is(Status::Forbidden);
    let writer = shop.staff("content").await;
    writer.get("/admin").await.is_ok().lacks("Revenue").lacks("Latest orders").lacks("orders to ship").shows("Running low");
    shop.staff("analyst").await.get("/admin/jobs").await.is(Status::Forbidden);
    shop.get("/admin?range=7").await.goes_to("/admin/sign-in?next=%2Fadmin%3Frange%3D7");
}

#[rocket::async_test]
async fn dash_what_waits_is_as_many_as_its_list_has() {
    let (shop, _) = with_orders().await;
    let tea = shop.put("White tea", 1000, 9).await;
    for cart in 11..=13 {
        shop.place(cart, &[(&tea, 1000, 1)]).await.expect("placed");
    }
    shop.sql(
        "update orders set due_at = now() + interval '1 day' where number in (1007, 1008);
         update orders set payment_status = 'partly_refunded' where number = 1001;
         insert into mails (kind, sender, recipient, subject, html, body_text, state) values ('x', 's', 'r@example.org', 'Lost', '', '', 'failed');
         delete from graphile_worker._private_jobs;
         select graphile_worker.add_job('send_mail', '{}');
         update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'no route'",
    )
    .await;
    let sam = shop.staff("manager").await;
    let page = sam.get("/admin").await;
    page.is_ok().shows("1 e-mail not delivered").shows("1 background job failed").shows("6 orders to ship");
    page.shows("2 unpaid orders expire within 48 hours").shows("3 orders not paid yet").shows("1 product running low");
    for (path, count) in [
        ("/admin/mail?state=failed", 1),
        ("/admin/orders?view=to-ship", 6),
        ("/admin/orders?due=soon", 2),
        ("/admin/orders?view=unpaid", 3),
        ("/admin/products?stock=low", 1),
    ] {
        page.has(&format!("href=\"{path}\""));
        assert_eq!(rows(&sam.get(path).await), count, "{path}");
    }
    sam.get("/admin/jobs").await.is_ok().shows("send_mail").shows("no route");
    let job = shop.number("select id from graphile_worker._private_jobs").await;
    sam.post(&format!("/admin/jobs/{job}/retry"), &[]).await.goes_to("/admin/jobs");
    sam.get("/admin/jobs").await.is_ok().shows("No job has failed");
    assert_eq!(shop.number("select attempts from graphile_worker._private_jobs").await, 0);
}

#[rocket::async_test]
async fn dash_the_home_needs_few_queries() {
    let (shop, analyst) = with_orders().await;
    analyst.get("/admin").await.is_ok();
    let before = shop.shop.db.queries();
    analyst.get("/admin").await.is_ok();
    let asked = shop.shop.db.queries() - before;
    assert!(asked <= 8, "session, waiting, latest, low, days, days before, top, pictures: {asked}");
}
