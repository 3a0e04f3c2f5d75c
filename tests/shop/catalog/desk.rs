//! Products in the management pages.

use rocket::http::Status;

use super::drafts::{blender, product, variant};
use crate::world::TestShop;

#[rocket::async_test]
async fn catalog_staff_find_products() {
    let shop = TestShop::open().await;
    for number in 1..=60 {
        let draft = product(&format!("Kettle {number:02}"), &[], vec![variant(&[], &format!("K-{number}"), number * 100)]);
        shop.stock_up(&draft, &[number as i32 % 3]).await;
    }
    shop.save(&blender()).await;
    shop.sql("update products set status = 'draft' where handle = 'personal-blender'").await;
    shop.get("/admin/products").await.is(Status::SeeOther);
    let staff = shop.staff("owner").await;
    let first = staff.get("/admin/products").await;
    first.is_ok().shows("Personal Blender").shows("Kettle 60").lacks("Kettle 11").shows("All 61").shows("Draft 1");
    let oldest_shown = shop.number("select id from products where handle = 'kettle-12'").await;
    let second = staff.get(&format!("/admin/products?after={oldest_shown}")).await;
    second.is_ok().shows("Kettle 11").shows("Kettle 01").lacks("Kettle 12");
    let back = shop.number("select id from products where handle = 'kettle-11'").await;
    staff.get(&format!("/admin/products?before={back}")).await.is_ok().shows("Kettle 60").shows("Kettle 12").lacks("Kettle 11");
    staff.get("/admin/products?q=k-7").await.is_ok().shows("Kettle 07").lacks("Kettle 06");
    staff.get("/admin/products?status=draft").await.is_ok().shows("Personal Blender").lacks("Kettle");
    staff.get("/admin/products?q=100%25_").await.is_ok().shows("No product fits");
}

#[rocket::async_test]
async fn catalog_staff_edit_text_price_and_stock() {
    let shop = TestShop::open().await;
    let saved = shop.stock_up(&blender(), &[3, 2, 1]).await;
    let staff = shop.staff("manager").await;
    let path = format!("/admin/products/{}", saved.product);
    staff
        .get(&path)
        .await
        .is_ok()
        .keeps("title", "Personal Blender")
        .keeps(&format!("variants[{}].count", saved.variants[0]), "3");
    let field = |name: &str| format!("variants[{}].{name}", saved.variants[0]);
    let (price, before, was, count) = (field("price"), field("before"), field("was"), field("count"));
    let form = |version: &'static str, title: &'static str, pieces: &'static str, said: &'static str| {
        [
            ("version", version),
            ("title", title),
            ("handle", "small-blender"),
            ("description", "New **words**."),
            ("status", "active"),
            (price.as_str(), said),
            (before.as_str(), "59.99"),
            (was.as_str(), "3"),
            (count.as_str(), pieces),
        ]
    };
    staff.post(&path, &form("1", "Small Blender", "8", "45,50")).await.goes_to(&path);
    assert_eq!(shop.number("select price from variants where sku = 'B-M4'").await, 4550);
    let on_hand = "select on_hand from stock s join variants v on v.id = s.variant_id where v.sku = 'B-M4'";
    assert_eq!(shop.number(on_hand).await, 8);
    assert_eq!(
        shop.number("select count(*) from audit where action = 'product.edited' and after->>'title' = 'Small Blender'").await,
        1
    );
    shop.hear_the_feed().await;
    shop.get("/products/small-blender").await.is_ok().shows("Now $45.50").shows("words");
    let late = staff.post(&path, &form("1", "Blender of mine", "8", "45,50")).await;
    late.is(Status::UnprocessableEntity).shows("Nothing of yours is lost").shows("manager@example.org saved this product");
    late.keeps("title", "Blender of mine").keeps("version", "2").shows("Small Blender");
    let recount = staff.post(&path, &form("2", "Small Blender", "9", "45,50")).await;
    recount.is(Status::UnprocessableEntity).shows("The count changed to 8").keeps(&was, "8").keeps(&count, "9");
    staff
        .post(&path, &form("2", "", "-1", "free"))
        .await
        .is(Status::UnprocessableEntity)
        .keeps(&price, "free")
        .shows("This is needed");
    staff
        .post(&path, &form("2", "Small Blender", "-1", "free"))
        .await
        .is(Status::UnprocessableEntity)
        .shows("Enter an amount")
        .shows("whole number");
    assert_eq!(shop.number(on_hand).await, 8);
    shop.staff("analyst").await.post(&path, &form("2", "X", "8", "1")).await.is(Status::Forbidden);
}

#[rocket::async_test]
async fn catalog_staff_add_a_product() {
    let shop = TestShop::open().await;
    let staff = shop.staff("content").await;
    staff.get("/admin/products/new").await.is_ok().shows("Add product");
    let form = [
        ("title", "Green Tea"),
        ("description", "Fresh & *green*."),
        ("status", "active"),
        ("sku", "TEA-1"),
        ("price", "4.90"),
        ("before", ""),
        ("count", "12"),
    ];
    staff.post("/admin/products", &form).await.is(Status::SeeOther);
    shop.hear_the_feed().await;
    shop.get("/products/green-tea").await.is_ok().shows("$4.90").shows("In stock").shows("Fresh & green");
    staff.post("/admin/products", &form).await.is(Status::UnprocessableEntity).shows("TEA-1 belongs to").keeps("price", "4.90");
    let mut again = form;
    again[3].1 = "TEA-2";
    staff.post("/admin/products", &again).await.is(Status::SeeOther);
    shop.get("/products/green-tea-2").await.is_ok();
    assert_eq!(shop.number("select count(*) from audit where action = 'product.added'").await, 2);
}

#[rocket::async_test]
async fn catalog_no_form_breaks_the_desk() {
    let shop = TestShop::open().await;
    let saved = shop.stock_up(&blender(), &[3, 2, 1]).await;
    let staff = shop.staff("owner").await;
    let path = format!("/admin/products/{}", saved.product);
    let long = "x".repeat(10_000);
    let one = format!("variants[{}].price", saved.variants[0]);
    for word in ["\0", "\u{1F4A9}", "-1", "1.5", "99999999999999999999", "1e9", "' or 1=1", "<script>", "", &long] {
        let new = [
            ("title", word),
            ("description", word),
            ("status", word),
            ("sku", word),
            ("price", word),
            ("before", word),
            ("count", word),
        ];
        let edit =
            [("version", word), ("title", word), ("handle", word), ("description", word), ("status", word), (one.as_str(), word)];
        let some = [
            ("version", "1"),
            ("title", "T"),
            ("handle", "t"),
            ("description", ""),
            ("status", "active"),
            (one.as_str(), word),
            ("variants[x].price", word),
        ];
        for answer in [staff.post("/admin/products", &new).await, staff.post(&path, &edit).await, staff.post(&path, &some).await]
        {
            assert!(answer.status.code < 500, "{word}: {}", answer.status);
        }
        let query: String = url::form_urlencoded::byte_serialize(word.as_bytes()).collect();
        let found = staff.get(&format!("/admin/products?q={query}&status={query}&after={query}&before={query}")).await;
        assert!(found.status.code < 500, "{word}: {}", found.status);
    }
    for body in [&b"title=%FF&price=%00"[..], b"title=a&title=b&title=c", b"", b"&&&=%%"] {
        assert!(staff.post_body("/admin/products", body).await.status.code < 500);
    }
    staff.get("/admin/products/999999").await.is(Status::NotFound);
    assert_eq!(shop.number("select count(*) from variants where price < 0 or price > 100000000000").await, 0);
}
