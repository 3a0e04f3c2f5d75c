//! The pictures of a product, by plain forms: sent with a new product, added, ordered, described, given to variants, removed, put back.

use rocket::http::{ContentType, Header, Status};

use super::drafts::blender;
use super::editor::{fields_of, with};
use crate::world::{Answer, TestShop, Visitor};

/// A small photo that differs from others by its shade.
pub fn photo(shade: u8) -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(400, 300, image::Rgb([shade, 120, 90]));
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 80).encode_image(&picture).expect("encodes");
    bytes
}

/// The pictures of the only product, in their order, as ids of the media table.
async fn order(shop: &TestShop) -> i64 {
    shop.number("select string_agg(media_id::text, '' order by position)::bigint from product_media").await
}

impl Visitor {
    /// As a script sends the form: only the card of pictures comes back.
    async fn part(&self, shop: &TestShop, path: &str, fields: &[(String, String)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = shop.client.post(path.to_owned()).header(ContentType::Form).body(body);
        let request = request.header(Header::new("HX-Request", "true")).header(Header::new("HX-Request-Type", "partial"));
        self.send(request.header(Header::new("Sec-Fetch-Site", "same-origin"))).await
    }
}

#[rocket::async_test]
async fn pictures_come_with_a_new_product_and_stay_when_it_is_refused() {
    let shop = TestShop::open().await;
    let staff = shop.staff("owner").await;
    let page = staff.get("/admin/products/new").await;
    let form = with(&fields_of(&page, "product"), &[("title", "Jug"), ("price", "12"), ("status", "active")]);
    let files = [("a.jpg", photo(10)), ("notes.txt", b"no picture".to_vec()), ("b.jpg", photo(20))];
    let refused = staff.post_parts(&shop, "/admin/products", &with(&form, &[("price", "twelve")]), &files).await;
    refused
        .is(Status::UnprocessableEntity)
        .shows("Enter an amount")
        .shows("2 pictures are uploaded already")
        .shows("notes.txt: ");
    let again = with(&fields_of(&refused, "product"), &[("price", "12")]);
    staff.post_parts(&shop, "/admin/products", &again, &[("c.jpg", photo(30))]).await.is(Status::SeeOther);
    assert_eq!(order(&shop).await, 123);
    shop.hear_the_feed().await;
    shop.get("/products/jug").await.is_ok().has("<img").has("Photo 3 of 3");
    let forged = with(&form, &[("key", "other"), ("title", "Other"), ("pictures", "99999")]);
    staff.post_parts(&shop, "/admin/products", &forged, &[]).await.is(Status::SeeOther);
}

#[rocket::async_test]
async fn pictures_are_added_ordered_described_and_put_back_without_losing_what_is_typed() {
    let shop = TestShop::open().await;
    let saved = shop.stock_up(&blender(), &[3, 2, 1]).await;
    let staff = shop.staff("content").await;
    let path = format!("/admin/products/{}", saved.product);
    let act = |end: &str| format!("{path}/images{end}");
    let typed = with(&fields_of(&staff.get(&path).await, "product"), &[("title", "Half a title")]);
    let files = [("a.jpg", photo(10)), ("b.jpg", photo(20)), ("c.jpg", photo(30)), ("a again.jpg", photo(10))];
    let added = staff.post_parts(&shop, &act(""), &typed, &files).await;
    added.is_ok().keeps("title", "Half a title").keeps("version", "2").shows("No description").shows("Cover");
    assert_eq!(order(&shop).await, 123);
    assert_eq!(shop.number("select count(*) from products where title = 'Personal Blender'").await, 1, "nothing typed is saved");
    let bad =
        [("d.svg", b"<svg xmlns='x'/>".to_vec()), ("e.jpg", b"\xFF\xD8\xFFbroken".to_vec()), ("f.jpg", vec![0xFF; 26 << 20])];
    let refused = staff.post_parts(&shop, &act(""), &fields_of(&added, "product"), &bad).await;
    refused.is(Status::UnprocessableEntity).shows("d.svg: ").shows("e.jpg: ").shows("f.jpg: ").keeps("title", "Half a title");
    let none = staff.post_parts(&shop, &act(""), &typed, &[]).await;
    none.shows("Choose a file first");
    // Order by buttons; the same twice is the same.
    let moved = staff.post_parts(&shop, &act("/3/place/0"), &fields_of(&refused, "product"), &[]).await;
    moved.is_ok().keeps("title", "Half a title");
    staff.post_parts(&shop, &act("/3/place/0"), &fields_of(&moved, "product"), &[]).await.is_ok();
    assert_eq!(order(&shop).await, 312);
    staff.post_parts(&shop, &act("/3/place/99"), &[], &[]).await.is_ok();
    assert_eq!(order(&shop).await, 123);
    staff.post(&act("/77/place/0"), &[]).await.is_ok();
    // Words, and which variant shows which.
    let picture = format!("variants[{}].picture", saved.variants[0]);
    staff.edit(&shop, &path, &[("alts[2]", "Mint,\nfrom the side"), (&picture, "2")]).await.goes_to(&path);
    assert_eq!(shop.number("select count(*) from product_media where media_id = 2 and alt = 'Mint, from the side'").await, 1);
    assert_eq!(shop.number(&format!("select media_id from variants where id = {}", saved.variants[0])).await, 2);
    staff.edit(&shop, &path, &[(&picture, "777")]).await.goes_to(&path);
    assert_eq!(
        shop.number(&format!("select media_id from variants where id = {}", saved.variants[0])).await,
        0,
        "no picture of this product"
    );
    staff.edit(&shop, &path, &[(&picture, "2")]).await.goes_to(&path);
    // Taken away and put back: place, words and variant are as they were.
    let removed = staff.post_parts(&shop, &act("/2/removal"), &fields_of(&staff.get(&path).await, "product"), &[]).await;
    removed.is_ok().shows("Picture removed").shows("Undo");
    assert_eq!(order(&shop).await, 13);
    assert_eq!(shop.number("select count(media_id) from variants").await, 0);
    let back = staff.post_parts(&shop, &act("/2/return"), &fields_of(&removed, "product"), &[]).await;
    back.is_ok().lacks("Picture removed").keeps(&picture, "2");
    staff.post_parts(&shop, &path, &fields_of(&back, "product"), &[]).await.goes_to(&path);
    staff.post(&act("/2/return"), &[]).await.is_ok();
    assert_eq!(order(&shop).await, 123);
    assert_eq!(shop.number("select count(*) from product_media where alt = 'Mint, from the side' and position = 1").await, 1);
    assert_eq!(shop.number(&format!("select media_id from variants where id = {}", saved.variants[0])).await, 2);
    staff.post(&act("/9/return"), &[]).await.is_ok();
    assert_eq!(order(&shop).await, 123);
    let acts = "select count(distinct action) from audit where action like 'product.image%'";
    assert_eq!(shop.number(acts).await, 4);
}

#[rocket::async_test]
async fn pictures_moved_by_one_do_not_hide_what_another_saved() {
    let shop = TestShop::open().await;
    let saved = shop.stock_up(&blender(), &[3, 2, 1]).await;
    let (anna, ben) = (shop.staff("manager").await, shop.staff("content").await);
    let path = format!("/admin/products/{}", saved.product);
    let files = [("a.jpg", photo(10)), ("b.jpg", photo(20))];
    ben.post_parts(&shop, &format!("{path}/images"), &[], &files).await.is_ok();
    let page = ben.get(&path).await;
    anna.edit(&shop, &path, &[("title", "By Anna")]).await.goes_to(&path);
    let typed = with(&fields_of(&page, "product"), &[("title", "By Ben")]);
    let moved = ben.post_parts(&shop, &format!("{path}/images/2/place/0"), &typed, &[]).await;
    moved.is_ok().keeps("title", "By Ben");
    let late = ben.post_parts(&shop, &path, &fields_of(&moved, "product"), &[]).await;
    late.is(Status::UnprocessableEntity).shows("By Anna").shows("One field differs");
    // A part for scripts: the card alone, with the version to go on with.
    let fields = fields_of(&ben.get(&path).await, "product");
    let part = ben.part(&shop, &format!("{path}/images/1/place/0"), &fields).await;
    part.is_ok().has("id=\"shots\"").has("data-version=\"5\"").lacks("Unsaved changes");
    let preview = with(&fields, &[("description", "**Bold** <script>x</script>")]);
    let seen = ben.part(&shop, &format!("{path}/preview"), &preview).await;
    seen.is_ok().has("<strong>Bold</strong>");
    assert!(!seen.body().contains("script"));
    let whole = ben.post_parts(&shop, &format!("{path}/preview"), &with(&preview, &[("md-mode", "preview")]), &[]).await;
    whole.is_ok().has("<strong>Bold</strong>").keeps("title", "By Anna");
    assert_eq!(shop.number("select count(*) from products where description like '%Bold%'").await, 0);
}
