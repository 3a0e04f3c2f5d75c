//! Products come, are published by the clock, are copied, archived, brought back and deleted.

use chrono::Duration;
use diesel_async::SimpleAsyncConnection;
use rocket::http::Status;
use rocket::tokio;

use super::drafts::{blender, product, variant};
use super::editor::{fields_of, with};
use crate::world::TestShop;

#[rocket::async_test]
async fn standing_a_product_is_added_once_with_all_its_variants() {
    let shop = TestShop::open().await;
    let staff = shop.staff("content").await;
    let tea = shop.category("Tea", None).await.to_string();
    let page = staff.get("/admin/products/new").await;
    page.is_ok().shows("Add this product").shows("Add an option");
    let form = with(
        &fields_of(&page, "product"),
        &[
            ("title", "Green Tea"),
            ("description", "Fresh & *green*."),
            ("status", "active"),
            ("sku", "TEA"),
            ("price", "4.90"),
            ("count", "12"),
            ("grams", "100"),
            ("vendor", "Leaf"),
            ("tags", "tea, green"),
            ("categories", &tea),
            ("fresh[0].name", "Size"),
            ("fresh[0].more", "50 g\n100 g"),
            ("fresh[1].name", "Tin"),
            ("fresh[1].more", "Blue\nRed\nPlain"),
        ],
    );
    let added = staff.post_parts(&shop, "/admin/products", &form, &[]).await;
    let path = added.location();
    shop.hear_the_feed().await;
    shop.get("/products/green-tea").await.is_ok().shows("$4.90").shows("In stock").shows("Fresh & green").shows("Plain");
    assert_eq!(shop.number("select count(*) from variants where price = 490 and weight_grams = 100").await, 6);
    assert_eq!(shop.number("select count(*) from variants where sku = 'TEA-100-G-RED' and title = '100 g / Red'").await, 1);
    assert_eq!(shop.number("select sum(on_hand) from stock").await, 72);
    assert_eq!(shop.number("select count(*) from audit where action = 'product.added'").await, 1);
    // The same form again, and twice at once: still one product.
    staff.post_parts(&shop, "/admin/products", &form, &[]).await.goes_to(&path);
    let fresh = with(&fields_of(&staff.get("/admin/products/new").await, "product"), &[("title", "Mug"), ("price", "9")]);
    let (one, other) = tokio::join!(
        staff.post_parts(&shop, "/admin/products", &fresh, &[]),
        staff.post_parts(&shop, "/admin/products", &fresh, &[])
    );
    assert_eq!(one.location(), other.location());
    assert_eq!(shop.number("select count(*) from products").await, 2);
    // Another form: another product beside it; its SKUs are taken.
    let next = staff.get("/admin/products/new").await;
    let key = fields_of(&next, "product").into_iter().find(|field| field.0 == "key").expect("a key").1;
    let refused = staff.post_parts(&shop, "/admin/products", &with(&form, &[("key", &key)]), &[]).await;
    refused.is(Status::UnprocessableEntity).shows("belongs to").keeps("price", "4.90").keeps("fresh[1].more", "Blue\nRed\nPlain");
    staff.post_parts(&shop, "/admin/products", &with(&form, &[("key", &key), ("sku", "")]), &[]).await.is(Status::SeeOther);
    shop.get("/products/green-tea-2").await.is_ok();
    let empty = staff.post_parts(&shop, "/admin/products", &with(&fields_of(&next, "product"), &[("price", "x")]), &[]).await;
    empty.is(Status::UnprocessableEntity).shows("This is needed");
    let many: String = (0..60).map(|number| format!("{number}\n")).collect();
    let too_many = with(
        &fields_of(&staff.get("/admin/products/new").await, "product"),
        &[
            ("title", "T"),
            ("price", "1"),
            ("fresh[0].name", "A"),
            ("fresh[0].more", &many),
            ("fresh[1].name", "B"),
            ("fresh[1].more", &many),
        ],
    );
    staff.post_parts(&shop, "/admin/products", &too_many, &[]).await.is(Status::UnprocessableEntity).shows("at most");
    shop.staff("analyst").await.post_parts(&shop, "/admin/products", &form, &[]).await.is(Status::Forbidden);
}

#[rocket::async_test]
async fn standing_a_scheduled_product_appears_at_its_moment() {
    let shop = TestShop::open().await;
    shop.sql("update settings set time_zone = 'Europe/Berlin'").await;
    let mut draft = blender();
    draft.status = barrow::features::catalog::model::ProductStatus::Draft;
    let saved = shop.stock_up(&draft, &[3, 2, 1]).await;
    let staff = shop.staff("owner").await;
    let path = format!("/admin/products/{}", saved.product);
    let at = (shop.now() + Duration::hours(30)).with_timezone(&chrono_tz::Europe::Berlin).format("%Y-%m-%dT%H:%M").to_string();
    staff.edit(&shop, &path, &[("status", "scheduled"), ("publish_at", &at)]).await.goes_to(&path);
    staff.get(&path).await.shows("Scheduled for").keeps("publish_at", &at).keeps("status", "scheduled");
    staff.get("/admin/products").await.shows("Scheduled");
    let queued = "select count(*) from graphile_worker.jobs where task_identifier = 'publish_due' and run_at > now() + interval '29 hours'";
    assert_eq!(shop.number(queued).await, 1);
    staff.edit(&shop, &path, &[("title", "Blender, soon")]).await.goes_to(&path);
    let publish = async |hours: i64| {
        let then = shop.now() + Duration::hours(hours);
        barrow::features::catalog::commands::publish_due(&mut *shop.conn().await, then).await.expect("publishes");
        shop.hear_the_feed().await;
    };
    publish(29).await;
    shop.get("/products/personal-blender").await.is(Status::NotFound);
    publish(31).await;
    publish(31).await;
    shop.get("/products/personal-blender").await.is_ok().shows("Blender, soon");
    shop.get("/").await.shows("Blender, soon");
    assert_eq!(shop.number("select count(*) from audit where action = 'product.published'").await, 1);
    assert_eq!(shop.number("select count(*) from products where publish_at is null and published_at is not null").await, 1);
    // A plan that is dropped publishes nothing.
    let later = (shop.now() + Duration::hours(50)).format("%Y-%m-%dT%H:%M").to_string();
    staff.edit(&shop, &path, &[("status", "scheduled"), ("publish_at", &later)]).await.goes_to(&path);
    staff.edit(&shop, &path, &[("status", "draft")]).await.goes_to(&path);
    publish(60).await;
    shop.get("/products/personal-blender").await.is(Status::NotFound);
}

#[rocket::async_test]
async fn standing_a_copy_is_a_draft_with_everything_that_may_stand_twice() {
    let shop = TestShop::open().await;
    let saved = shop.stock_up(&blender(), &[3, 2, 1]).await;
    let staff = shop.staff("manager").await;
    let path = format!("/admin/products/{}", saved.product);
    staff.get(&path).await.shows("Duplicate");
    let copy = staff.post(&format!("{path}/copy"), &[("key", "one")]).await.location();
    assert_eq!(staff.post(&format!("{path}/copy"), &[("key", "one")]).await.location(), copy);
    staff.get(&copy).await.is_ok().shows("Personal Blender (copy)").shows("Draft").shows("Mint / 600 ml");
    assert_eq!(shop.number("select count(*) from variants where sku is null and price in (4999, 5999)").await, 3);
    assert_eq!(
        shop.number("select count(*) from stock s join variants v on v.id = s.variant_id where v.sku is null and s.on_hand = 0")
            .await,
        3
    );
    shop.get("/products/personal-blender-copy").await.is(Status::NotFound);
    assert_eq!(shop.number("select count(*) from products").await, 2);
}

#[rocket::async_test]
async fn standing_archiving_is_undone_and_only_drafts_never_sold_are_deleted() {
    let shop = TestShop::open().await;
    let saved = shop.stock_up(&blender(), &[3, 2, 1]).await;
    let staff = shop.staff("owner").await;
    let path = format!("/admin/products/{}", saved.product);
    staff.post(&format!("{path}/archiving"), &[]).await.goes_to(&path);
    staff.post(&format!("{path}/archiving"), &[]).await.goes_to(&path);
    shop.hear_the_feed().await;
    shop.get("/products/personal-blender").await.is(Status::Gone);
    staff.get(&path).await.shows("Shoppers no longer see this product").shows("Undo").lacks("Delete draft");
    staff.post(&format!("{path}/return"), &[]).await.goes_to(&path);
    shop.hear_the_feed().await;
    shop.get("/products/personal-blender").await.is_ok();
    assert_eq!(shop.number("select count(*) from audit where action in ('product.archived', 'product.brought-back')").await, 2);
    staff.post(&format!("{path}/deletion"), &[]).await.is(Status::UnprocessableEntity).shows("archived, not deleted");
    // A draft goes with its shelves, its ledger and the carts' lines.
    let mut draft = product("Kettle", &[], vec![variant(&[], "K-1", 100)]);
    draft.status = barrow::features::catalog::model::ProductStatus::Draft;
    let kettle = shop.stock_up(&draft, &[7]).await;
    let kettle_path = format!("/admin/products/{}", kettle.product);
    staff.get(&kettle_path).await.shows("Delete draft");
    staff.post(&format!("{kettle_path}/deletion"), &[]).await.goes_to("/admin/products");
    staff.get(&kettle_path).await.is(Status::NotFound);
    assert_eq!(shop.number("select count(*) from stock").await, 3);
    assert_eq!(shop.number("select count(*) from stock_movements").await, 3);
    assert_eq!(
        shop.number("select count(*) from audit where action = 'product.deleted' and before->>'title' = 'Kettle'").await,
        1
    );
    // The ledger itself still only grows, and what was sold stays.
    let mut conn = shop.conn().await;
    let refused = conn.batch_execute("delete from stock_movements").await.map_err(|error| error.to_string());
    assert!(refused.is_err_and(|why| why.contains("append-only")));
    let tea = shop.put("Tea", 450, 5).await;
    shop.place(1, &[(&tea, 450, 2)]).await.expect("placed");
    shop.sql("update products set status = 'draft' where handle = 'tea'").await;
    let refused = conn.batch_execute("delete from stock where allocated > 0").await.map_err(|error| error.to_string());
    assert!(refused.is_err_and(|why| why.contains("was sold")));
    let tea_path = format!("/admin/products/{}", tea.product);
    staff.get(&tea_path).await.lacks("Delete draft");
    staff.post(&format!("{tea_path}/deletion"), &[]).await.is(Status::UnprocessableEntity).shows("archived, not deleted");
    shop.is_sound().await;
}
