//! The library of pictures: where each is used, what it says, taking in and removing.

use rocket::http::{ContentType, Header, Status};

use crate::world::{Answer, TestShop, Visitor};

fn png(shade: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(60, 40, image::Rgb([shade, 90, 9]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("a picture");
    bytes.into_inner()
}

async fn upload(shop: &TestShop, staff: &Visitor, files: &[(&str, &[u8])]) -> Answer {
    let mut body = Vec::new();
    for (name, bytes) in files {
        let head = format!(
            "--cut\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: image/png\r\n\r\n"
        );
        body.extend(head.bytes());
        body.extend(*bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--cut--\r\n");
    let kind = ContentType::new("multipart", "form-data").with_params(("boundary", "cut"));
    let request = shop.client.post("/admin/pictures").body(body).header(kind);
    staff.send(request.header(Header::new("Sec-Fetch-Site", "same-origin"))).await
}

#[rocket::async_test]
async fn library_pictures_come_in_and_go_while_unused() {
    let shop = TestShop::open().await;
    let staff = shop.staff("content").await;
    staff.get("/admin/pictures").await.is_ok().shows("No pictures yet");
    let (one, two) = (png(10), png(20));
    upload(&shop, &staff, &[("green tea.png", &one), ("cup.png", &two)]).await.goes_to("/admin/pictures");
    upload(&shop, &staff, &[("again.png", &one)]).await.goes_to("/admin/pictures");
    assert_eq!(shop.number("select count(*) from media").await, 2, "the same file is one picture");
    staff.get("/admin/pictures").await.is_ok().shows("green tea.png Used nowhere").shows("2 pictures shown");
    staff.get("/admin/pictures?q=CUP").await.is_ok().shows("cup.png").lacks("green tea.png");
    staff.get("/admin/pictures?q=%25").await.is_ok().shows("No picture fits");
    let mixed = upload(&shop, &staff, &[("a.gif", b"GIF89a"), ("third.png", &png(30))]).await;
    mixed.is(Status::UnprocessableEntity).shows("a.gif: This file is no JPEG, PNG or WebP picture").shows("third.png");
    upload(&shop, &staff, &[("", b"")]).await.is(Status::UnprocessableEntity).shows("Choose a file first");
    let id = shop.number("select id from media where file_name = 'cup.png'").await;
    let page = format!("/admin/pictures/{id}");
    staff.get(&page).await.is_ok().shows("cup.png").shows("60 × 40").shows("It can be removed");
    shop.work().await;
    staff.post(&format!("{page}/removal"), &[]).await.goes_to("/admin/pictures");
    staff.post(&format!("{page}/removal"), &[]).await.goes_to("/admin/pictures");
    staff.get(&page).await.is(Status::NotFound);
    upload(&shop, &staff, &[("cup.png", &two)]).await.goes_to("/admin/pictures");
    shop.work().await;
    let failed = shop.number("select count(*) from media where state <> 'ready'").await;
    assert_eq!(failed, 0, "what was taken in again has its files");
    let analyst = shop.staff("analyst").await;
    analyst.get("/admin/pictures").await.is_ok().lacks("Add pictures");
    upload(&shop, &analyst, &[("x.png", &one)]).await.is(Status::Forbidden);
    shop.get("/admin/pictures").await.is(Status::SeeOther);
}

#[rocket::async_test]
async fn library_what_is_used_stays_and_says_where() {
    let shop = TestShop::open().await;
    let staff = shop.staff("manager").await;
    let (tea, cup) = (shop.put("Green Tea", 450, 5).await, shop.put("Cup", 900, 5).await);
    upload(&shop, &staff, &[("leaf.png", &png(10)), ("room.png", &png(20)), ("old.png", &png(30))]).await.is(Status::SeeOther);
    let id = async |name: &str| shop.number(&format!("select id from media where file_name = '{name}.png'")).await;
    let (leaf, room) = (id("leaf").await, id("room").await);
    shop.sql(&format!(
        "insert into product_media (product_id, media_id, alt, position) values ({}, {leaf}, '', 0), ({}, {leaf}, 'A cup', 0);
         insert into categories (title, handle, media_id) values ('Kitchen', 'kitchen', {room});",
        tea.product, cup.product
    ))
    .await;
    staff.get("/admin/pictures").await.is_ok().shows("No text leaf.png Used 2 times");
    staff.get("/admin/pictures?only=missing").await.is_ok().shows("leaf.png").lacks("room.png");
    staff.get("/admin/pictures?only=unused").await.is_ok().shows("old.png").lacks("leaf.png").lacks("room.png");
    staff.get("/admin/pictures?q=green").await.is_ok().shows("leaf.png").lacks("room.png");
    let page = format!("/admin/pictures/{leaf}");
    staff.get(&page).await.is_ok().shows("In Green Tea No text").shows("cannot be removed");
    staff.get(&format!("/admin/pictures/{room}")).await.is_ok().shows("Category Kitchen");
    for used in [leaf, room] {
        let refused = staff.post(&format!("/admin/pictures/{used}/removal"), &[]).await;
        refused.is(Status::UnprocessableEntity).shows("Something in the shop shows this picture");
    }
    let (in_tea, in_cup) = (format!("alts[{}]", tea.product), format!("alts[{}]", cup.product));
    staff.post(&format!("{page}/texts"), &[(&in_tea, "A leaf of tea"), (&in_cup, "A cup")]).await.goes_to(&page);
    staff.get(&page).await.is_ok().keeps(&in_tea, "A leaf of tea").lacks("No text");
    shop.hear_the_feed().await;
    shop.get("/products/green-tea").await.is_ok().has("alt=\"A leaf of tea\"");
    assert_eq!(
        shop.number(&format!("select version from products where id = {}", cup.product)).await,
        1,
        "nothing changed there"
    );
    staff.post(&format!("{page}/texts"), &[(&in_tea, "a\0b")]).await.is(Status::UnprocessableEntity).has("error-summary");
    staff.post(&format!("{page}/texts"), &[("alts[999]", "x")]).await.goes_to(&page);
    shop.staff("support").await.post(&format!("{page}/texts"), &[(&in_tea, "x")]).await.is(Status::Forbidden);
    let uwe = shop.staff_named("uwe@example.org", "owner").await.with_cookie("locale", "de");
    uwe.get(&page).await.is_ok().shows("Wo es benutzt wird");
}
