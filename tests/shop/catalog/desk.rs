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
