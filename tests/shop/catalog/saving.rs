//! Saving drafts: once, twice, changed, refused.

use barrow::features::catalog::commands;
use barrow::features::catalog::model::{Outcome, SaveRefused};
use barrow::platform::base::{Handle, OrBreak};

use super::drafts::{blender, product, variant};
use crate::world::TestShop;

#[rocket::async_test]
async fn catalog_saving_the_same_twice_changes_nothing() {
    let shop = TestShop::open().await;
    let mut draft = blender();
    draft.categories = vec![shop.category("Kitchen", None).await];
    let first = shop.save(&draft).await;
    assert_eq!(first.outcome, Outcome::Created);
    shop.hear_the_feed().await;
    let second = shop.save(&draft).await;
    assert_eq!((second.outcome, &second.variants), (Outcome::Unchanged, &first.variants));
    assert_eq!(shop.hear_the_feed().await, 0, "nothing was told");
    assert_eq!(shop.number("select version from products").await, 1);
    assert_eq!(shop.number("select count(*) from variant_options").await, 6);
}

#[rocket::async_test]
async fn catalog_a_variant_is_known_again_by_values_then_by_sku() {
    let shop = TestShop::open().await;
    let mut draft = blender();
    let first = shop.save(&draft).await;
    draft.variants[0].price = 4500;
    draft.variants[1].values[1] = "700 ml".parse().expect("a value");
    draft.variants.swap(0, 2);
    let second = shop.save(&draft).await;
    assert_eq!(second.outcome, Outcome::Updated);
    assert_eq!(second.variants, [first.variants[2], first.variants[1], first.variants[0]]);
    assert_eq!(shop.number("select price from variants where sku = 'B-M4'").await, 4500);
    assert_eq!(shop.number("select count(*) from option_values").await, 4);
    assert_eq!(shop.save(&draft).await.outcome, Outcome::Unchanged);
}

#[rocket::async_test]
async fn catalog_what_the_draft_no_longer_names_is_archived_and_comes_back() {
    let shop = TestShop::open().await;
    let draft = blender();
    let first = shop.save(&draft).await;
    let mut fewer = draft.clone();
    fewer.variants.remove(0);
    assert_eq!(shop.save(&fewer).await.outcome, Outcome::Updated);
    assert_eq!(shop.number("select count(*) from variants where archived_at is not null").await, 1);
    let again = shop.save(&draft).await;
    assert_eq!((again.outcome, again.variants), (Outcome::Updated, first.variants));
    assert_eq!(shop.number("select count(*) from variants where archived_at is not null").await, 0);
}

#[rocket::async_test]
async fn catalog_skus_may_be_swapped_but_not_shared() {
    let shop = TestShop::open().await;
    let mut draft = blender();
    shop.save(&draft).await;
    (draft.variants[0].sku, draft.variants[1].sku) = (draft.variants[1].sku.clone(), draft.variants[0].sku.clone());
    assert_eq!(shop.save(&draft).await.outcome, Outcome::Updated);
    assert_eq!(shop.save(&draft).await.outcome, Outcome::Unchanged);
    let thief = product("Thief", &[], vec![variant(&[], "B-M6", 100)]);
    let refused = shop.try_save(&thief).await.expect_err("the SKU is taken");
    assert_eq!(refused, SaveRefused::SkuTaken { sku: "B-M6".into(), by: "personal-blender".into() });
    assert_eq!(shop.number("select count(*) from products").await, 1);
    draft.variants[0].sku = draft.variants[1].sku.clone();
    assert!(matches!(shop.try_save(&draft).await, Err(SaveRefused::SkuTwice { .. })));
    draft.variants.clear();
    assert_eq!(shop.try_save(&draft).await, Err(SaveRefused::NoVariant));
}

#[rocket::async_test]
async fn catalog_a_new_handle_leads_on_from_the_old_one() {
    let shop = TestShop::open().await;
    let draft = blender();
    let saved = shop.stock_up(&draft, &[1, 1, 1]).await;
    let handle: Handle = "small-blender".parse().expect("a handle");
    commands::rename(&mut *shop.conn().await, saved.product, &handle, shop.now()).await.or_break().expect("works").expect("free");
    let moved = shop.get("/products/personal-blender").await;
    assert_eq!((moved.status.code, moved.location().as_str()), (301, "/products/small-blender"));
    shop.get("/products/small-blender").await.is_ok();
    assert_eq!(shop.save(&draft).await.outcome, Outcome::Unchanged, "an import still finds it by its old handle");
    let other = shop.save(&product("Other", &[], vec![variant(&[], "", 100)])).await;
    let taken = commands::rename(&mut *shop.conn().await, other.product, &handle, shop.now()).await.or_break().expect("works");
    assert_eq!(taken, Err(SaveRefused::HandleTaken { handle: "small-blender".into() }));
}

#[rocket::async_test]
async fn catalog_categories_are_made_along_a_path_once() {
    let shop = TestShop::open().await;
    let path = |titles: &[&str]| titles.iter().map(|title| title.parse().expect("a title")).collect::<Vec<_>>();
    let mut conn = shop.conn().await;
    let mut at =
        async |titles: &[&str]| commands::category_at(&mut conn, &path(titles)).await.or_break().expect("works").expect("good");
    let (kettles, made) = at(&["Kitchen", "Kettles"]).await;
    assert_eq!(made, 2);
    assert_eq!(at(&["Kitchen", "Kettles"]).await, (kettles, 0));
    assert_eq!(at(&["Garden", "Kettles"]).await.1, 2);
    assert_eq!(at(&[]).await, (None, 0));
    let handles =
        shop.number("select count(*) from categories where handle in ('kitchen', 'kettles', 'garden', 'garden-kettles')").await;
    assert_eq!(handles, 4);
}

#[rocket::async_test]
async fn catalog_a_category_never_stands_below_itself() {
    let shop = TestShop::open().await;
    let top = shop.category("Top", None).await;
    let leaf = shop.category("Leaf", Some(top)).await;
    let draft = barrow::features::catalog::model::CategoryDraft {
        handle: "top".parse().expect("a handle"),
        title: "Top".parse().expect("a title"),
        parent: Some(leaf),
        description: Default::default(),
        image: None,
        position: 0,
    };
    let refused = commands::save_category(&mut *shop.conn().await, &draft).await.or_break().expect("works");
    assert_eq!(refused, Err(SaveRefused::CategoryCircle));
}
