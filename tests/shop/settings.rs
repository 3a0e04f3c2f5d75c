//! The settings: saving, two editors, delivery, tax, texts, staff.

use barrow::platform::feed::{Change, Listener, Subject};
use rocket::http::{ContentType, Header, Status};

use crate::world::{Answer, TestShop, Visitor};

/// The value of a field on a page.
pub fn value(answer: &Answer, field: &str) -> String {
    let body = answer.body();
    let tag =
        body.split('<').find(|tag| tag.contains(&format!("name=\"{field}\""))).unwrap_or_else(|| panic!("no field {field}"));
    tag.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
}

/// The shop details as the page would send them, with some fields typed anew.
async fn send_details(staff: &Visitor, seen: &str, typed: &[(&str, &str)]) -> Answer {
    let usual = [
        ("name", "Test shop"),
        ("legal_name", "Test Ltd"),
        ("street", "High Street 1"),
        ("postal_code", "04229"),
        ("city", "Leipzig"),
        ("country", "DE"),
        ("phone", "+49 341 1"),
        ("currency", "USD"),
        ("zone", "Europe/Berlin"),
        ("locale", "en"),
        ("countries", "DE"),
        ("sender_email", "shop@example.org"),
        ("notice_email", ""),
        ("prices_include_tax", "yes"),
    ];
    let mut fields: Vec<(&str, &str)> =
        usual.into_iter().filter(|(name, _)| !typed.iter().any(|(other, _)| other == name)).collect();
    fields.extend(typed);
    fields.push(("seen", seen));
    staff.post("/admin/settings", &fields).await
}

#[rocket::async_test]
async fn settings_details_are_saved_shown_and_written_down() {
    let shop = TestShop::open().await;
    let staff = shop.staff("manager").await;
    let page = staff.get("/admin/settings").await;
    page.is_ok().keeps("name", "Test shop").keeps("currency", "USD").shows("The currency is fixed");
    send_details(&staff, &value(&page, "seen"), &[("name", "Barrow & Söhne <b>")]).await.goes_to("/admin/settings");
    staff.get("/admin/settings").await.is_ok().keeps("zone", "Europe/Berlin").shows("Barrow & Söhne <b>").shows("Saved");
    shop.get("/").await.is_ok().shows("Barrow & Söhne <b>");
    assert_eq!(shop.number("select count(*) from audit where action = 'settings.general' and after->>'name' = 'Barrow & Söhne <b>' and staff_email = 'manager@example.org' and not after ? 'legal_name'").await, 1);
    shop.staff("owner")
        .await
        .get("/admin/settings/audit")
        .await
        .is_ok()
        .shows("Shop details changed")
        .shows("manager@example.org")
        .shows("Test shop → Barrow & Söhne <b>");
}

#[rocket::async_test]
async fn settings_two_editors_lose_nothing() {
    let shop = TestShop::open().await;
    let (anna, tomas) =
        (shop.staff_named("anna@example.org", "owner").await, shop.staff_named("tomas@example.org", "manager").await);
    let seen = value(&anna.get("/admin/settings").await, "seen");
    send_details(&tomas, &seen, &[("city", "Halle"), ("countries", "DE"), ("countries", "AT")]).await.goes_to("/admin/settings");
    let clash = send_details(&anna, &seen, &[("city", "Erfurt"), ("phone", "+49 361 2")]).await;
    clash.is(Status::UnprocessableEntity).shows("Sam manager saved this page meanwhile").shows("Nothing of yours is lost");
    clash.shows("Town Erfurt Halle").keeps("city", "Erfurt").keeps("phone", "+49 361 2");
    assert_eq!(shop.number("select count(*) from settings where city = 'Halle'").await, 1);
    send_details(&anna, &value(&clash, "seen"), &[("city", "Erfurt")]).await.goes_to("/admin/settings");
    assert_eq!(shop.number("select count(*) from settings where city = 'Erfurt'").await, 1);
}

#[rocket::async_test]
async fn settings_two_editors_at_once_are_told_apart() {
    let shop = TestShop::open().await;
    let staff = shop.staff("owner").await;
    let seen = value(&staff.get("/admin/settings").await, "seen");
    let names: Vec<String> = (0..8).map(|n| format!("Shop {n}")).collect();
    let saves = names.iter().map(|name| {
        let (staff, seen) = (staff.clone(), seen.clone());
        async move { send_details(&staff, &seen, &[("name", name.as_str())]).await.status }
    });
    let statuses = futures::future::join_all(saves).await;
    assert_eq!(statuses.iter().filter(|status| **status == Status::SeeOther).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == Status::UnprocessableEntity).count(), 7, "{statuses:?}");
}

#[rocket::async_test]
async fn settings_refused_details_come_back_as_typed() {
    let shop = TestShop::open().await;
    let staff = shop.staff("owner").await;
    let seen = value(&staff.get("/admin/settings").await, "seen");
    let long = "x".repeat(10_000);
    for (field, bad) in [
        ("name", ""),
        ("name", "a\0b"),
        ("name", &long),
        ("country", "XX"),
        ("currency", "EUR"),
        ("currency", "ABC"),
        ("zone", "Mars/Olympus"),
        ("locale", "fr"),
        ("sender_email", "nobody"),
        ("notice_email", "a@"),
        ("countries", "XX"),
        ("prices_include_tax", "maybe"),
        ("city", "a\u{1}"),
    ] {
        let answer = send_details(&staff, &seen, &[(field, bad)]).await;
        answer.is(Status::UnprocessableEntity).has("error-summary").keeps("street", "High Street 1");
    }
    staff.post("/admin/settings", &[]).await.is(Status::UnprocessableEntity);
    assert_eq!(shop.number("select version from settings").await, 1);
}

#[rocket::async_test]
async fn settings_the_currency_changes_only_while_nothing_has_a_price() {
    let shop = TestShop::open().await;
    shop.sql("delete from shipping_methods").await;
    let staff = shop.staff("owner").await;
    let page = staff.get("/admin/settings").await;
    page.is_ok().shows("can be changed until");
    send_details(&staff, &value(&page, "seen"), &[("currency", "JPY")]).await.goes_to("/admin/settings");
    shop.put("Tea", 450, 3).await;
    let page = staff.get("/admin/settings").await;
    page.is_ok().shows("The currency is fixed");
    send_details(&staff, &value(&page, "seen"), &[("currency", "EUR")])
        .await
        .is(Status::UnprocessableEntity)
        .shows("The currency is fixed");
}

#[rocket::async_test]
async fn settings_payment_is_saved_within_its_limits() {
    let shop = TestShop::open().await;
    let staff = shop.staff("owner").await;
    let seen = value(&staff.get("/admin/settings/payment").await, "seen");
    let send = async |days: &str, minutes: &str| {
        let fields =
            [("seen", seen.as_str()), ("bank_details", "Bank\r\nDE00"), ("unpaid_days", days), ("reservation_minutes", minutes)];
        staff.post("/admin/settings/payment", &fields).await
    };
    for (days, minutes) in [
        ("0", "20"),
        ("91", "20"),
        ("7", "4"),
        ("7", "241"),
        ("-1", "20"),
        ("1.5", "20"),
        ("99999999999999999999", "20"),
        ("", ""),
    ] {
        send(days, minutes).await.is(Status::UnprocessableEntity).keeps("unpaid_days", days);
    }
    send("14", "30").await.goes_to("/admin/settings/payment");
    assert_eq!(
        shop.number(
            "select count(*) from settings where bank_details = E'Bank\\nDE00' and unpaid_days = 14 and reservation_minutes = 30"
        )
        .await,
        1
    );
    send("15", "30").await.is(Status::UnprocessableEntity).shows("saved this page meanwhile").keeps("unpaid_days", "15");
}

#[rocket::async_test]
async fn settings_legal_texts_are_previewed_saved_and_cleaned() {
    let shop = TestShop::open().await;
    let staff = shop.staff("content").await;
    staff.get("/admin/settings").await.is(Status::Forbidden);
    staff.get("/admin/settings/legal").await.is_ok().shows("Imprint").shows("Missing");
    let page = staff.get("/admin/settings/legal/imprint").await;
    let seen = value(&page, "seen");
    let text = "# We\n\n**Test Ltd** <script>alert(1)</script>";
    let fields = [("seen", seen.as_str()), ("title", ""), ("body", text), ("preview", "yes")];
    let preview = staff.post("/admin/settings/legal/imprint", &fields).await;
    preview.is_ok().has("<strong>Test Ltd</strong>").shows("Preview");
    assert!(!preview.body().contains("<script>alert"), "cleaned");
    assert_eq!(shop.number("select count(*) from legal_pages where body <> ''").await, 0, "a preview saves nothing");
    staff.post("/admin/settings/legal/imprint", &fields[..3]).await.goes_to("/admin/settings/legal");
    staff.get("/admin/settings/legal").await.is_ok().shows("Written");
    staff
        .post("/admin/settings/legal/imprint", &fields[..3])
        .await
        .is(Status::UnprocessableEntity)
        .shows("saved this page meanwhile");
    staff.get("/admin/settings/legal/nothing").await.is(Status::NotFound);
}

#[rocket::async_test]
async fn settings_delivery_zones_and_methods_are_added_changed_and_removed() {
    let shop = TestShop::open().await;
    let staff = shop.staff("manager").await;
    staff
        .get("/admin/settings/delivery")
        .await
        .is_ok()
        .shows("Domestic")
        .shows("United States")
        .shows("Standard")
        .shows("free from $100.00");
    staff
        .post("/admin/settings/delivery/new", &[("name", "Alps"), ("countries", "CH"), ("countries", "AT")])
        .await
        .goes_to("/admin/settings/delivery");
    let taken = staff.post("/admin/settings/delivery/new", &[("name", "More"), ("countries", "DE")]).await;
    taken.is(Status::UnprocessableEntity).shows("belongs to the zone “Europe” already").keeps("name", "More");
    staff
        .post("/admin/settings/delivery/new", &[("name", "Alps")])
        .await
        .is(Status::UnprocessableEntity)
        .shows("Another zone has this name");
    let zone = shop.number("select id from shipping_zones where name = 'Alps'").await;
    let new = format!("/admin/settings/delivery/{zone}/methods/new");
    staff.get(&new).await.is_ok().shows("Add a method");
    let method = |price: &'static str, from: &'static str, min: &'static str, max: &'static str| {
        [("name", "Express"), ("price", price), ("free_from", from), ("days_min", min), ("days_max", max), ("active", "yes")]
    };
    for (price, from, min, max) in [
        ("", "", "1", "2"),
        ("-1", "", "1", "2"),
        ("4.999", "", "1", "2"),
        ("a", "", "1", "2"),
        ("1", "x", "1", "2"),
        ("1", "", "3", "2"),
        ("1", "", "-1", "2"),
        ("999999999999999", "", "1", "2"),
    ] {
        staff
            .post(&new, &method(price, from, min, max))
            .await
            .is(Status::UnprocessableEntity)
            .has("error-summary")
            .keeps("name", "Express");
    }
    staff.post(&new, &method("4,90", "60", "1", "2")).await.goes_to("/admin/settings/delivery");
    assert_eq!(
        shop.number("select count(*) from shipping_methods where price = 490 and free_from = 6000 and days_max = 2 and active")
            .await,
        1
    );
    let id = shop.number("select id from shipping_methods where price = 490").await;
    let path = format!("/admin/settings/delivery/{zone}/methods/{id}");
    staff.get(&path).await.is_ok().keeps("price", "4.90").keeps("free_from", "60.00");
    let seen = value(&staff.get(&path).await, "seen");
    let off = [&method("5.90", "", "1", "2")[..5], &[("seen", seen.as_str())]].concat();
    staff.post(&path, &off).await.goes_to("/admin/settings/delivery");
    assert_eq!(
        shop.number("select count(*) from shipping_methods where price = 590 and free_from is null and not active").await,
        1
    );
    staff.post(&format!("{path}/removal"), &[]).await.goes_to("/admin/settings/delivery");
    staff.get(&path).await.is(Status::NotFound);
    staff.post(&format!("/admin/settings/delivery/{zone}/removal"), &[]).await.goes_to("/admin/settings/delivery");
    assert_eq!(shop.number("select count(*) from shipping_zones").await, 2);
    assert_eq!(shop.number("select count(*) from audit where action like 'settings.%'").await, 5);
}

#[rocket::async_test]
async fn settings_the_audit_trail_speaks_in_words_and_leads_to_what_was_touched() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 5).await;
    shop.place(1, &[(&tea, 1000, 1)]).await.expect("placed");
    let owner = shop.staff("owner").await;
    let draft = owner.post("/admin/drafts", &[]).await.location();
    owner.post("/admin/orders/1001/payment", &[("version", "1"), ("amount", "10")]).await;
    owner
        .post("/admin/settings/delivery/new", &[("name", "Mars"), ("countries", "FI")])
        .await
        .goes_to("/admin/settings/delivery");
    let page = owner.get("/admin/settings/audit").await;
    page.is_ok().shows("Draft begun draft 1").has(&format!("href=\"{draft}\""));
    page.shows("Order marked as paid order 1001").has("href=\"/admin/orders/1001\"").shows("Delivery zone saved delivery zone");
    page.lacks("draft.begun").lacks("settings.zone");
    let gift = [("amount", "5"), ("expires", ""), ("email", ""), ("words", ""), ("language", "en"), ("form", "g")];
    let card = owner.post("/admin/gift-cards", &gift).await.location();
    owner.get("/admin/settings/audit").await.is_ok().has(&format!("href=\"{card}\""));
    for (record, subject) in [(draft, "draft"), (card, "gift_card"), ("/admin/orders/1001".into(), "order")] {
        owner.get(&record).await.is_ok().has(&format!("/admin/settings/audit?subject={subject}"));
    }
}

#[rocket::async_test]
async fn settings_two_editors_of_a_zone_or_method_lose_nothing() {
    let shop = TestShop::open().await;
    let (anna, tomas) =
        (shop.staff_named("anna@example.org", "owner").await, shop.staff_named("tomas@example.org", "manager").await);
    let zone = shop.number("select id from shipping_zones where name = 'Europe'").await;
    let path = format!("/admin/settings/delivery/{zone}");
    let seen = value(&anna.get(&path).await, "seen");
    let send = async |who: &Visitor, seen: &str, name: &str, country: &str| {
        who.post(&path, &[("seen", seen), ("name", name), ("countries", "DE"), ("countries", country)]).await
    };
    send(&tomas, &seen, "Near", "AT").await.goes_to("/admin/settings/delivery");
    let clash = send(&anna, &seen, "Close", "CH").await;
    clash.is(Status::UnprocessableEntity).shows("Sam manager saved this page meanwhile").shows("Nothing of yours is lost");
    clash.shows("Close Near").shows("Germany, Switzerland").shows("Austria, Germany").keeps("name", "Close");
    assert_eq!(shop.number("select count(*) from shipping_zones where name = 'Near'").await, 1);
    send(&anna, &value(&clash, "seen"), "Close", "CH").await.goes_to("/admin/settings/delivery");
    assert_eq!(shop.number("select count(*) from shipping_zone_countries where country in ('DE', 'CH')").await, 2);

    let method = shop.number(&format!("select min(id) from shipping_methods where zone_id = {zone}")).await;
    let path = format!("{path}/methods/{method}");
    let seen = value(&anna.get(&path).await, "seen");
    let price = |price: &'static str, seen: &str| {
        let typed = [("name", "Post"), ("price", price), ("free_from", ""), ("days_min", "1"), ("days_max", "2")];
        typed.map(|(name, value)| (name, value.to_owned())).into_iter().chain([("seen", seen.to_owned())]).collect::<Vec<_>>()
    };
    let send = async |who: &Visitor, fields: Vec<(&'static str, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        who.post(&path, &fields).await
    };
    send(&tomas, price("7.00", &seen)).await.is(Status::SeeOther);
    let clash = send(&anna, price("8.00", &seen)).await;
    clash.is(Status::UnprocessableEntity).shows("8.00 7.00").keeps("price", "8.00");
    send(&anna, price("8.00", &value(&clash, "seen"))).await.is(Status::SeeOther);
    assert_eq!(shop.number(&format!("select price from shipping_methods where id = {method}")).await, 800);
}

#[rocket::async_test]
async fn settings_tax_rates_are_a_table_of_the_countries_sold_to() {
    let shop = TestShop::open().await;
    let staff = shop.staff("manager").await;
    let page = staff.get("/admin/settings/tax").await;
    page.is_ok().shows("Germany").shows("United States").keeps("rates[0].rate", "19");
    let seen = value(&page, "seen");
    let send = async |rate: &str, name: &str| {
        let fields = [
            ("seen", seen.as_str()),
            ("rates[0].country", "DE"),
            ("rates[0].name", name),
            ("rates[0].rate", rate),
            ("rates[1].country", "US"),
            ("rates[1].name", ""),
            ("rates[1].rate", ""),
        ];
        staff.post("/admin/settings/tax", &fields).await
    };
    for (rate, name) in [("x", "VAT"), ("101", "VAT"), ("-1", "VAT"), ("19", ""), ("19.12345", "VAT"), ("1e2", "VAT")] {
        send(rate, name).await.is(Status::UnprocessableEntity).has("error-summary").keeps("rates[0].rate", rate);
    }
    send("8,1", "MwSt.").await.goes_to("/admin/settings/tax");
    assert_eq!(shop.number("select count(*) from tax_rates where rate_millionths = 81000 and name = 'MwSt.'").await, 1);
    let held = "select count(*) from tax_rates where coalesce(valid_to, 'infinity') >= now()::date";
    assert_eq!(shop.number(held).await, 1, "a country without a rate has none");
    let over = "select count(*) from tax_rates where rate_millionths = 190000 and valid_to = now()::date - 1";
    assert_eq!(shop.number(over).await, 1, "what was taken stays to be read");
    send("20", "VAT").await.is(Status::UnprocessableEntity).shows("saved this page meanwhile").keeps("rates[0].rate", "20");
}

#[rocket::async_test]
async fn settings_staff_are_changed_and_shut_out() {
    let shop = TestShop::open().await;
    let owner = shop.staff("owner").await;
    crate::access::hire(&shop, "tomas@example.org", barrow::platform::access::Role::Support).await;
    let tomas = shop.visitor();
    let credentials = [("email", "tomas@example.org"), ("password", crate::access::PASSWORD)];
    tomas.post("/admin/sign-in", &credentials).await.goes_to("/admin");
    tomas.get("/admin/settings/staff").await.is(Status::Forbidden).shows("Your role is Support");
    let id = shop.number("select id from staff where email = 'tomas@example.org'").await;
    let path = format!("/admin/settings/staff/{id}");
    owner.get(&path).await.is_ok().keeps("role", "support");
    owner.post(&path, &[("role", "king")]).await.is(Status::UnprocessableEntity).shows("This role is there no more");
    owner.post(&path, &[("role", "manager")]).await.goes_to("/admin/settings/staff");
    tomas.get("/admin/settings").await.is_ok();
    owner.post(&path, &[("role", "manager"), ("disabled", "yes")]).await.goes_to("/admin/settings/staff");
    assert_eq!(shop.number(&format!("select count(*) from staff_sessions where staff_id = {id}")).await, 0);
    tomas.get("/admin").await.is(Status::SeeOther);
    tomas.post("/admin/sign-in", &credentials).await.is(Status::UnprocessableEntity);
    let mine = shop.number("select id from staff where role = 'owner'").await;
    let last = owner.post(&format!("/admin/settings/staff/{mine}"), &[("role", "manager")]).await;
    last.is(Status::UnprocessableEntity).shows("The shop needs one owner");
    owner.post("/admin/settings/staff/999999", &[("role", "manager")]).await.is(Status::NotFound);
}

#[rocket::async_test]
async fn settings_the_home_page_says_what_waits_and_what_is_missing() {
    let shop = TestShop::open().await;
    let owner = shop.staff("owner").await;
    owner
        .get("/admin")
        .await
        .is_ok()
        .shows("Get ready to sell 3 of 9 done")
        .shows("Add a product")
        .shows("Nothing waits for you");
    shop.put("Green tea", 450, 2).await;
    owner.get("/admin").await.is_ok().shows("1 product running low").shows("Green tea").shows("4 of 9 done");
    let content = shop.staff("content").await;
    content.get("/admin").await.is_ok().lacks("Latest orders").lacks("Get ready to sell").shows("running low");
}

/// A file in a form, as a browser sends it.
async fn send_file(staff: &Visitor, shop: &TestShop, path: &str, name: &str, kind: &str, bytes: &[u8]) -> Answer {
    let mut body =
        format!("--edge\r\nContent-Disposition: form-data; name=\"logo\"; filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n")
            .into_bytes();
    body.extend(bytes);
    body.extend(b"\r\n--edge--\r\n");
    let form: ContentType = "multipart/form-data; boundary=edge".parse().expect("a type");
    let request = shop.client.post(path.to_owned()).header(form).header(Header::new("Sec-Fetch-Site", "same-origin"));
    staff.send(request.body(body)).await
}

#[rocket::async_test]
async fn settings_a_logo_is_taken_shown_and_given_back() {
    let shop = TestShop::open().await;
    let staff = shop.staff("owner").await;
    let logo = "/admin/settings/logo";
    for (name, kind, bytes) in [
        ("logo.svg", "image/svg+xml", &b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"[..]),
        ("logo.png", "image/png", b"no picture at all"),
        ("logo.png", "image/png", b""),
    ] {
        let refused = send_file(&staff, &shop, logo, name, kind, bytes).await;
        refused.is(Status::UnprocessableEntity).has("id=\"logo-error\"").keeps("name", "Test shop");
    }
    let mut png = Vec::new();
    let picture = image::RgbaImage::from_pixel(640, 160, image::Rgba([31, 90, 65, 255]));
    picture.write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png).expect("encodes");
    send_file(&staff, &shop, logo, "logo.png", "image/png", &png).await.goes_to("/admin/settings");
    shop.get("/").await.is_ok().lacks("/media/");
    shop.work().await;
    // In a running shop the change feed says that the picture is ready.
    shop.shop.facts.hear(&Change { subject: Subject::Media, id: None });
    let home = shop.get("/").await;
    let shown = home.body();
    let src = shown.split("<img src=\"/media/").nth(1).and_then(|rest| rest.split('"').next()).expect("the logo is shown");
    shop.get(&format!("/media/{src}")).await.is_ok();
    staff.get("/admin/settings").await.is_ok().has("class=\"logo-now\"");
    staff.post("/admin/settings/logo/removal", &[]).await.goes_to("/admin/settings");
    shop.get("/").await.is_ok().shows("Test shop").lacks("<img src=\"/media/");
    let support = shop.staff("support").await;
    send_file(&support, &shop, logo, "logo.png", "image/png", &png).await.is(Status::Forbidden);
}
