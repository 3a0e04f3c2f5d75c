//! Categories in the hands of staff: the tree, the form, the order of products, removal.

use barrow::platform::base::CategoryId;
use futures::future::join_all;
use rocket::http::{ContentType, Header, Status};

use crate::world::{Answer, TestShop, Visitor};

/// A category as its form would send it.
async fn save(staff: &Visitor, id: CategoryId, typed: &[(&str, &str)]) -> Answer {
    let usual = [
        ("version", "1"),
        ("title", "Kitchen"),
        ("handle", "kitchen"),
        ("parent", "0"),
        ("description", ""),
        ("seo_title", ""),
        ("seo_description", ""),
    ];
    let mut fields: Vec<(&str, &str)> =
        usual.into_iter().filter(|(name, _)| !typed.iter().any(|(other, _)| other == name)).collect();
    fields.extend(typed);
    staff.post(&format!("/admin/categories/{id}"), &fields).await
}

async fn parent_of(shop: &TestShop, id: CategoryId) -> i64 {
    shop.number(&format!("select coalesce(parent_id, 0) from categories where id = {id}")).await
}

#[rocket::async_test]
async fn shelving_categories_are_made_and_shown_as_a_tree() {
    let shop = TestShop::open().await;
    let staff = shop.staff("content").await;
    staff.get("/admin/categories").await.is_ok().shows("No categories yet");
    staff.post("/admin/categories", &[("title", "Kitchen"), ("parent", "0")]).await.is(Status::SeeOther);
    let kitchen = shop.number("select id from categories where handle = 'kitchen'").await.to_string();
    let more = [("title", "Kettles"), ("parent", kitchen.as_str())];
    let twice = join_all((0..2).map(|_| staff.post("/admin/categories", &more))).await;
    let mut statuses: Vec<u16> = twice.iter().map(|answer| answer.status.code).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422], "the second click is told that it is there");
    staff.post("/admin/categories", &[("title", "Kettles"), ("parent", "")]).await.is(Status::SeeOther);
    assert_eq!(shop.number("select count(*) from categories where title = 'Kettles'").await, 2);
    staff.post("/admin/categories", &[("title", " "), ("parent", "0")]).await.is(Status::UnprocessableEntity);
    staff.post("/admin/categories", &[("title", "X"), ("parent", "999")]).await.is(Status::UnprocessableEntity);
    let tree = staff.get("/admin/categories").await;
    tree.is_ok().shows("3 categories").has("<ul data-arrange>");
    staff.get(&format!("/admin/categories/new?parent={kitchen}")).await.is_ok().keeps("parent", &kitchen);
    shop.hear_the_feed().await;
    shop.get("/categories/kitchen").await.is_ok().shows("Kitchen");
    let analyst = shop.staff("analyst").await;
    analyst.get("/admin/categories").await.is_ok().lacks("Add category");
    analyst.post("/admin/categories", &more).await.is(Status::Forbidden);
    shop.get("/admin/categories").await.is(Status::SeeOther);
    let uwe = shop.staff_named("uwe@example.org", "owner").await.with_cookie("locale", "de");
    uwe.get("/admin/categories").await.is_ok().shows("Kategorie hinzufügen").shows("3 Kategorien");
}

#[rocket::async_test]
async fn shelving_a_category_is_edited_and_its_old_address_leads_on() {
    let shop = TestShop::open().await;
    let kitchen = shop.category("Kitchen", None).await;
    let staff = shop.staff("manager").await;
    let page = format!("/admin/categories/{kitchen}");
    staff.get(&page).await.is_ok().keeps("title", "Kitchen").keeps("version", "1");
    let typed = [
        ("title", "Cooking"),
        ("handle", "cooking"),
        ("description", "All **about** it."),
        ("seo_title", "Cook well"),
        ("seo_description", "Pots & pans."),
    ];
    let looked = save(&staff, kitchen, &[&typed[..], &[("preview", "yes")]].concat()).await;
    looked.is_ok().has("<strong>about</strong>").keeps("handle", "cooking").shows("/categories/cooking").shows("Cook well – ");
    save(&staff, kitchen, &typed).await.goes_to(&page);
    shop.hear_the_feed().await;
    let old = shop.get("/categories/kitchen").await;
    assert_eq!((old.status, old.location()), (Status::MovedPermanently, "/categories/cooking".to_owned()));
    let shown = shop.get("/categories/cooking").await;
    shown.is_ok().has("<strong>about</strong>").has("<title>Cook well").has("content=\"Pots &#38; pans.\"");
    // The second editor sees what changed, and chooses.
    let late = save(&staff, kitchen, &[("title", "Food"), ("handle", "cooking")]).await;
    late.is(Status::UnprocessableEntity).shows("Sam manager saved this category meanwhile").shows("Title Food Cooking");
    late.keeps("title", "Food").keeps("version", "2");
    save(&staff, kitchen, &[("title", "Food"), ("handle", "cooking"), ("version", "2")]).await.goes_to(&page);
    assert_eq!(shop.number("select count(*) from audit where action = 'category.edited'").await, 2);
    for (field, bad) in [("title", ""), ("handle", "No Good"), ("parent", "x"), ("version", ""), ("description", "a\0")] {
        save(&staff, kitchen, &[(field, bad)]).await.is(Status::UnprocessableEntity).has("error-summary");
    }
    let other = shop.category("Other", None).await;
    save(&staff, other, &[("title", "Other"), ("handle", "cooking")])
        .await
        .is(Status::UnprocessableEntity)
        .keeps("handle", "cooking");
    save(&staff, other, &[("title", "Food"), ("handle", "other")]).await.is(Status::UnprocessableEntity);
    save(&shop.staff("fulfilment").await, kitchen, &typed).await.is(Status::Forbidden);
    staff.get("/admin/categories/999").await.is(Status::NotFound);
}

#[rocket::async_test]
async fn shelving_no_category_stands_below_itself_whoever_comes_at_once() {
    let shop = TestShop::open().await;
    let staff = shop.staff("owner").await;
    let a = shop.category("A", None).await;
    let b = shop.category("B", Some(a)).await;
    let c = shop.category("C", Some(b)).await;
    for below in [a, b, c] {
        let refused = save(&staff, a, &[("title", "A"), ("handle", "a"), ("parent", &below.to_string())]).await;
        refused.is(Status::UnprocessableEntity).shows("cannot stand below itself");
    }
    for round in 0..5 {
        let (x, y) = (shop.category(&format!("X{round}"), None).await, shop.category(&format!("Y{round}"), None).await);
        let (names, handles) = ([format!("X{round}"), format!("Y{round}")], [format!("x{round}"), format!("y{round}")]);
        let (below_x, below_y) = (x.to_string(), y.to_string());
        let to_y = [("title", names[0].as_str()), ("handle", handles[0].as_str()), ("parent", below_y.as_str())];
        let to_x = [("title", names[1].as_str()), ("handle", handles[1].as_str()), ("parent", below_x.as_str())];
        let (first, second) = rocket::tokio::join!(save(&staff, x, &to_y), save(&staff, y, &to_x));
        let statuses = [first.status.code, second.status.code];
        assert!(statuses == [303, 422] || statuses == [422, 303], "{statuses:?}");
        assert_ne!((parent_of(&shop, x).await, parent_of(&shop, y).await), (y.0, x.0));
    }
}

#[rocket::async_test]
async fn shelving_siblings_change_places() {
    let shop = TestShop::open().await;
    let staff = shop.staff("content").await;
    let mut ids = Vec::new();
    for title in ["Alpha", "Beta", "Gamma"] {
        ids.push(shop.category(title, None).await);
    }
    let order = async || {
        let tree = staff.get("/admin/categories").await.body();
        let mut found: Vec<(usize, &str)> = ["Alpha", "Beta", "Gamma"]
            .into_iter()
            .map(|title| (tree.find(&format!(">{title}</a>")).expect("listed"), title))
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, title)| &title[..1]).collect::<String>()
    };
    assert_eq!(order().await, "ABG");
    let to = |id: CategoryId, to: String| {
        let (staff, path) = (staff.clone(), format!("/admin/categories/{id}/place"));
        async move { staff.post(&path, &[("to", to.as_str())]).await }
    };
    to(ids[2], "up".into()).await.goes_to(&format!("/admin/categories#category-{}", ids[2]));
    assert_eq!(order().await, "AGB");
    to(ids[1], format!("before-{}", ids[0])).await.is(Status::SeeOther);
    assert_eq!(order().await, "BAG");
    to(ids[1], "last".into()).await.is(Status::SeeOther);
    assert_eq!(order().await, "AGB");
    to(ids[1], "somewhere".into()).await.is(Status::SeeOther);
    to(CategoryId(999), "up".into()).await.is(Status::SeeOther);
    assert_eq!(order().await, "AGB");
    shop.hear_the_feed().await;
    shop.get("/").await.is_ok().shows("Alpha Gamma Beta");
}

#[rocket::async_test]
async fn shelving_products_stand_in_the_order_staff_gave_them() {
    let shop = TestShop::open().await;
    let staff = shop.staff("content").await;
    let tea = shop.category("Tea", None).await;
    let mut goods = Vec::new();
    for title in ["Assam", "Bancha", "Chai"] {
        goods.push(shop.put(title, 500, 3).await);
    }
    let page = format!("/admin/categories/{tea}/products");
    staff.get(&format!("{page}?q=a")).await.is_ok().shows("Assam").shows("Chai");
    for one in &goods {
        staff.post(&page, &[("product", &one.product.to_string())]).await.goes_to(&page);
        staff.post(&page, &[("product", &one.product.to_string())]).await.goes_to(&page);
    }
    assert_eq!(shop.number("select count(*) from product_categories").await, 3);
    let shown = async || {
        shop.hear_the_feed().await;
        let list = shop.get("/categories/tea").await.is_ok().body();
        let mut found: Vec<(usize, &str)> = ["Assam", "Bancha", "Chai"]
            .into_iter()
            .filter_map(|title| Some((list.find(&format!(">{title}<"))?, title)))
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, title)| &title[..1]).collect::<String>()
    };
    assert_eq!(shown().await, "CBA", "the newest first");
    let place = |at: usize| format!("{page}/{}/place", goods[at].product);
    staff.post(&place(0), &[("to", "first")]).await.goes_to(&format!("{page}#product-{}", goods[0].product));
    assert_eq!(shown().await, "ACB");
    shop.get("/categories/tea").await.shows("Our order");
    staff.post(&place(1), &[("to", &format!("before-{}", goods[2].product))]).await.is(Status::SeeOther);
    assert_eq!(shown().await, "ABC");
    shop.get("/categories/tea?sort=newest").await.is_ok().has("sort=newest");
    let moves = ["up", "down", "first", "last", "up", "down"];
    join_all(moves.iter().enumerate().map(|(at, to)| {
        let (staff, path) = (staff.clone(), place(at % 3));
        async move { staff.post(&path, &[("to", to)]).await.is(Status::SeeOther).status }
    }))
    .await;
    assert_eq!(shop.number("select count(distinct position) from product_categories where position between 1 and 3").await, 3);
    staff.post(&format!("{page}/{}/removal", goods[1].product), &[]).await.goes_to(&page);
    assert_eq!(shown().await.len(), 2);
    staff.post(&format!("/admin/categories/{tea}/order/removal"), &[]).await.goes_to(&page);
    assert_eq!(shown().await, "CA");
    shop.get("/categories/tea").await.lacks("Our order");
    shop.staff("support").await.post(&place(0), &[("to", "first")]).await.is(Status::Forbidden);
    staff.post(&page, &[("product", "999999")]).await.is(Status::SeeOther);
    staff.get("/admin/categories/999/products").await.is(Status::NotFound);
}

#[rocket::async_test]
async fn shelving_removal_says_what_happens_and_leads_on() {
    let shop = TestShop::open().await;
    let staff = shop.staff("manager").await;
    let home = shop.category("Home", None).await;
    let kitchen = shop.category("Kitchen", Some(home)).await;
    let kettles = shop.category("Kettles", Some(kitchen)).await;
    let pot = shop.put("Pot", 900, 3).await;
    shop.sql(&format!("insert into product_categories (product_id, category_id) values ({}, {kitchen})", pot.product)).await;
    let page = format!("/admin/categories/{kitchen}/removal");
    staff
        .get(&page)
        .await
        .is_ok()
        .shows("Kettles moves up and stands below Home")
        .shows("but in no category")
        .shows("leads to Home");
    staff.post("/admin/categories", &[("title", "Kettles"), ("parent", &home.to_string())]).await.is(Status::SeeOther);
    staff.post(&page, &[]).await.is(Status::UnprocessableEntity).shows("Kettles");
    shop.sql(&format!("update categories set title = 'Cans' where parent_id = {home} and title = 'Kettles'")).await;
    staff.post(&page, &[]).await.goes_to("/admin/categories");
    staff.post(&page, &[]).await.goes_to("/admin/categories");
    assert_eq!(parent_of(&shop, kettles).await, home.0);
    shop.hear_the_feed().await;
    let old = shop.get("/categories/kitchen").await;
    assert_eq!(old.location(), "/categories/home");
    shop.get("/products/pot").await.is_ok();
    staff.get(&page).await.is(Status::NotFound);
    shop.staff("analyst").await.post(&format!("/admin/categories/{home}/removal"), &[]).await.is(Status::Forbidden);
}

#[rocket::async_test]
async fn shelving_a_picture_comes_with_the_form() {
    let shop = TestShop::open().await;
    let kitchen = shop.category("Kitchen", None).await;
    let staff = shop.staff("content").await;
    let send = async |bytes: &[u8], version: &str| {
        let mut body = Vec::new();
        let texts = [
            ("version", version),
            ("title", "Kitchen"),
            ("handle", "kitchen"),
            ("parent", "0"),
            ("description", &"Long words. ".repeat(1500)),
            ("seo_title", ""),
            ("seo_description", ""),
        ];
        for (name, value) in texts {
            body.extend(format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        body.extend(
            b"--cut\r\nContent-Disposition: form-data; name=\"image\"; filename=\"room.png\"\r\nContent-Type: image/png\r\n\r\n",
        );
        body.extend(bytes);
        body.extend(b"\r\n--cut--\r\n");
        let request = shop.client.post(format!("/admin/categories/{kitchen}")).body(body);
        let kind = ContentType::new("multipart", "form-data").with_params(("boundary", "cut"));
        staff.send(request.header(kind).header(Header::new("Sec-Fetch-Site", "same-origin"))).await
    };
    let mut png = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(40, 30, image::Rgb([9, 99, 9])).write_to(&mut png, image::ImageFormat::Png).expect("a picture");
    send(b"GIF89a", "1").await.is(Status::UnprocessableEntity).shows("no JPEG, PNG or WebP");
    send(png.get_ref(), "1").await.is(Status::SeeOther);
    let picture = "select media_id from categories where media_id is not null";
    assert!(shop.number(picture).await > 0);
    send(b"", "2").await.is(Status::SeeOther);
    assert!(shop.number(picture).await > 0, "an empty field keeps it");
    staff.get(&format!("/admin/categories/{kitchen}")).await.is_ok().shows("Remove this picture");
    save(&staff, kitchen, &[("version", "3"), ("no_image", "yes")]).await.is(Status::SeeOther);
    assert_eq!(shop.number(&format!("select count(*) from ({picture}) p")).await, 0);
}
