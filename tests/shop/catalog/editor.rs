//! The product editor as a browser without scripts uses it: the page is read, fields are filled in, the form is sent back.

use regex::Regex;
use rocket::http::{ContentType, Header, Status};

use super::drafts::{blender, product, variant};
use crate::world::{Answer, TestShop, Visitor};

/// The fields of the form `id` as a browser would send them without a change.
pub fn fields_of(page: &Answer, id: &str) -> Vec<(String, String)> {
    let body = page.body();
    let start = body.find(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("no form {id}: {}", page.text()));
    let form = &body[start..start + body[start..].find("</form>").expect("the form ends")];
    let tag = Regex::new(r#"(?s)<(input|select|textarea)\b([^>]*)>"#).expect("a pattern");
    let attribute = |tag: &str, name: &str| {
        let found = Regex::new(&format!(r#"\s{name}="([^"]*)""#)).expect("a pattern").captures(tag)?;
        Some(plain(&found[1]))
    };
    let mut fields = Vec::new();
    for hit in tag.captures_iter(form) {
        let Some(name) = attribute(&hit[2], "name") else { continue };
        let rest = &form[hit.get(0).expect("a tag").end()..];
        match &hit[1] {
            "textarea" => {
                fields.push((name, plain(rest.split("</textarea>").next().unwrap_or_default().trim_start_matches('\n'))))
            }
            "select" => {
                let options = rest.split("</select>").next().unwrap_or_default();
                let chosen = options.split("<option").find(|option| option.contains(" selected"));
                let chosen =
                    chosen.or(options.split("<option").nth(1)).and_then(|option| attribute(&format!(" {option}"), "value"));
                fields.push((name, chosen.unwrap_or_default()));
            }
            _ => match attribute(&hit[2], "type").as_deref() {
                Some("file") => {}
                Some("checkbox" | "radio") if !hit[2].contains(" checked") => {}
                _ => fields.push((name, attribute(&hit[2], "value").unwrap_or_default())),
            },
        }
    }
    fields
}

fn plain(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#39;", "'")
        .replace("&#38;", "&")
        .replace("&amp;", "&")
}

/// Fields with some of them filled in anew; what is not there is added.
pub fn with(fields: &[(String, String)], changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut fields = fields.to_vec();
    for (name, value) in changes {
        match fields.iter_mut().find(|field| field.0 == *name) {
            Some(field) => field.1 = (*value).to_owned(),
            None => fields.push(((*name).to_owned(), (*value).to_owned())),
        }
    }
    fields
}

impl Visitor {
    /// Sends fields as a form with files does.
    pub async fn post_parts(
        &self,
        shop: &TestShop,
        path: &str,
        fields: &[(String, String)],
        files: &[(&str, Vec<u8>)],
    ) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        for (name, bytes) in files {
            body.extend(format!("--edge\r\nContent-Disposition: form-data; name=\"images\"; filename=\"{name}\"\r\nContent-Type: image/jpeg\r\n\r\n").bytes());
            body.extend(bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--edge--\r\n");
        let kind: ContentType = "multipart/form-data; boundary=edge".parse().expect("a type");
        let request = shop.client.post(path.to_owned()).header(kind).body(body);
        self.send(request.header(Header::new("Sec-Fetch-Site", "same-origin"))).await
    }

    /// Opens the editor, changes these fields and saves.
    pub async fn edit(&self, shop: &TestShop, path: &str, changes: &[(&str, &str)]) -> Answer {
        let page = self.get(path).await;
        page.is_ok();
        self.post_parts(shop, path, &with(&fields_of(&page, "product"), changes), &[]).await
    }
}

#[rocket::async_test]
async fn editor_saves_every_field() {
    let shop = TestShop::open().await;
    let saved = shop.stock_up(&blender(), &[3, 2, 1]).await;
    let kitchen = shop.category("Kitchen", None).await;
    let staff = shop.staff("manager").await;
    let path = format!("/admin/products/{}", saved.product);
    let unchanged = staff.edit(&shop, &path, &[]).await;
    unchanged.goes_to(&path);
    assert_eq!(shop.number("select version from products").await, 1, "nothing was changed, nothing was written");
    assert_eq!(shop.number("select count(*) from audit where subject = 'product'").await, 0);
    let [first, second] = [saved.variants[0], saved.variants[1]];
    let row = |part: &str| format!("variants[{first}].{part}");
    let category = kitchen.to_string();
    let edit = [
        ("title", "Small Blender"),
        ("handle", "small-blender"),
        ("description", "New **words**."),
        ("vendor", "Mixers Ltd"),
        ("product_type", "Blender"),
        ("tags", "kitchen, smoothie,,  new"),
        ("seo_title", "Small blender, strong motor"),
        ("seo_description", "Crushes\nice."),
        ("categories", category.as_str()),
        (&row("price"), "45,50"),
        (&row("before"), "59.99"),
        (&row("sku"), "NEW-1"),
        (&row("barcode"), "4006381333931"),
        (&row("grams"), "900"),
        (&row("count"), "8"),
    ];
    staff.edit(&shop, &path, &edit).await.goes_to(&path);
    assert_eq!(
        shop.number(&format!(
            "select count(*) from variants where id = {first} and price = 4550 and compare_at = 5999 and sku = 'NEW-1'
                and barcode = '4006381333931' and weight_grams = 900"
        ))
        .await,
        1
    );
    assert_eq!(shop.number(&format!("select on_hand from stock where variant_id = {first}")).await, 8);
    assert_eq!(shop.number("select count(*) from stock_movements where kind = 'adjustment' and on_hand = 5").await, 1);
    assert_eq!(
        shop.number(
            "select count(*) from products where vendor = 'Mixers Ltd' and product_type = 'Blender' and tags = '{kitchen,smoothie,new}'
                and seo_title = 'Small blender, strong motor' and seo_description = 'Crushes ice.'"
        )
        .await,
        1
    );
    assert_eq!(shop.number("select count(*) from product_categories").await, 1);
    let before = "select count(*) from audit where action = 'product.edited' and before->>'title' = 'Personal Blender'
                   and after->>'title' = 'Small Blender' and after->>'Mint / 400 ml price' = '4550'";
    assert_eq!(shop.number(before).await, 1);
    shop.hear_the_feed().await;
    shop.get("/products/personal-blender").await.is(Status::MovedPermanently);
    shop.get("/products/small-blender").await.is_ok().shows("Now $45.50").shows("words").has("Small blender, strong motor");
    assert_eq!(shop.number(&format!("select price from variants where id = {second}")).await, 5999);
    let none: Vec<(String, String)> =
        fields_of(&staff.get(&path).await, "product").into_iter().filter(|field| field.0 != "categories").collect();
    staff.post_parts(&shop, &path, &none, &[]).await.goes_to(&path);
    assert_eq!(shop.number("select count(*) from product_categories").await, 0);
}

#[rocket::async_test]
async fn editor_refuses_what_cannot_be_and_keeps_what_was_typed() {
    let shop = TestShop::open().await;
    let saved = shop.stock_up(&blender(), &[3, 2, 1]).await;
    shop.save(&product("Kettle", &[], vec![variant(&[], "K-1", 100)])).await;
    let staff = shop.staff("content").await;
    let path = format!("/admin/products/{}", saved.product);
    let row = |part: &str| format!("variants[{}].{part}", saved.variants[0]);
    let wrong = Status::UnprocessableEntity;
    let long = "x".repeat(256);
    for (field, value, says) in [
        ("title", "", "This is needed"),
        ("handle", "Not A Handle", "letters"),
        ("handle", "kettle", "Another product has the address"),
        ("vendor", &long, "too long"),
        ("tags", &long, "too long"),
        ("fresh[0].name", "Motor", "Name at least one value"),
        ("fresh[0].more", "Loud", "This is needed"),
        (&row("price"), "free", "Enter an amount"),
        (&row("before"), "-1", "Enter an amount"),
        (&row("grams"), "heavy", "whole number"),
        (&row("count"), "1.5", "whole number"),
        (&row("sku"), "K-1", "belongs to"),
        (&row("sku"), "B-M6", "stands on two variants"),
    ] {
        let answer = staff.edit(&shop, &path, &[("seo_title", "still here"), (field, value)]).await;
        answer.is(wrong).shows(says).keeps("seo_title", "still here").keeps(field, value);
    }
    let scheduled = staff.edit(&shop, &path, &[("status", "scheduled")]).await;
    scheduled.is(wrong).shows("Enter day and time").keeps("status", "scheduled");
    let past = staff.edit(&shop, &path, &[("status", "scheduled"), ("publish_at", "2020-01-01T08:00")]).await;
    past.is(wrong).shows("This moment has passed").keeps("publish_at", "2020-01-01T08:00");
    assert_eq!(shop.number("select max(version) from products").await, 1);
    shop.sql(&format!(
        "insert into stock_movements (stock_id, kind, on_hand) select id, 'return', 1 from stock where variant_id = {}",
        saved.variants[0]
    ))
    .await;
    let page = staff.get(&path).await;
    shop.sql("insert into stock_movements (stock_id, kind, on_hand) select min(id), 'return', 4 from stock").await;
    let recount = staff.post_parts(&shop, &path, &with(&fields_of(&page, "product"), &[(&row("count"), "9")]), &[]).await;
    recount.is(wrong).shows("The count changed to 8").keeps(&row("was"), "8").keeps(&row("count"), "9");
    for role in ["analyst", "support"] {
        let other = shop.staff(role).await;
        other.get(&path).await.is_ok().lacks("Unsaved changes");
        for end in
            ["", "/copy", "/archiving", "/return", "/deletion", "/images", "/images/1/removal", "/images/1/place/0", "/preview"]
        {
            other.post(&format!("{path}{end}"), &[("title", "X")]).await.is(Status::Forbidden);
        }
    }
    for end in ["", "/copy", "/archiving", "/deletion", "/images"] {
        staff.post(&format!("/admin/products/999999{end}"), &[("title", "X")]).await.is(Status::NotFound);
    }
    staff.get(&format!("{path}/images/1/place/0")).await.goes_to(&path);
}

#[rocket::async_test]
async fn editor_changes_options_and_keeps_the_variants_that_stay() {
    let shop = TestShop::open().await;
    let saved = shop.stock_up(&blender(), &[3, 2, 1]).await;
    let staff = shop.staff("owner").await;
    let path = format!("/admin/products/{}", saved.product);
    let id = |query: &'static str| shop.number(query);
    let colour = id("select id from product_options where name = 'Colour'").await;
    let size = id("select id from product_options where name = 'Size'").await;
    let mint = id("select id from option_values where value = 'Mint'").await;
    let grey = id("select id from option_values where value = 'Grey'").await;
    let large = id("select id from option_values where value = '600 ml'").await;
    staff.get(&path).await.is_ok().shows("1 combination is not made").shows("Grey / 600 ml");
    // A new name, another order, a new value: the variants are the same ones.
    let (mint_text, grey_place, mint_place, more) = (
        format!("values[{mint}].text"),
        format!("values[{grey}].place"),
        format!("values[{mint}].place"),
        format!("options[{colour}].more"),
    );
    let changes = [(mint_text.as_str(), "Pale mint"), (&grey_place, "1"), (&mint_place, "2"), (&more, "Sand\n\nClay")];
    staff.edit(&shop, &path, &changes).await.goes_to(&path);
    let of = |id: i64| format!("select id from variants where id = {id} and archived_at is null");
    for variant in &saved.variants {
        assert_eq!(shop.number(&of(variant.0)).await, variant.0);
    }
    assert_eq!(shop.number("select count(*) from variants where archived_at is null").await, 7, "two new colours in two sizes");
    assert_eq!(shop.number("select count(*) from variants where title = 'Pale mint / 400 ml' and sku = 'B-M4'").await, 1);
    assert_eq!(shop.number("select count(*) from variants where title like 'Sand%' and price = 4999 and sku is null").await, 1);
    assert_eq!(shop.number("select position from variants where title = 'Grey / 400 ml'").await, 0);
    assert_eq!(shop.number("select count(*) from stock").await, 7, "every new variant has a shelf");
    shop.hear_the_feed().await;
    shop.get("/products/personal-blender").await.is_ok().shows("Pale mint").shows("Clay");
    // What was left out is made, a row is removed, the options change places.
    let both = format!("{grey}-{large}");
    let (gone, place) = (format!("variants[{}].remove", saved.variants[1]), format!("options[{size}].place"));
    let colour_place = format!("options[{colour}].place");
    staff.edit(&shop, &path, &[("make", &both), (&gone, "yes"), (&place, "1"), (&colour_place, "2")]).await.goes_to(&path);
    assert_eq!(shop.number("select count(*) from variants where title = '600 ml / Grey' and archived_at is null").await, 1);
    assert_eq!(shop.number(&of(saved.variants[1].0)).await, 0);
    // It comes back as the variant it was.
    let again = format!("{large}-{mint}");
    staff.edit(&shop, &path, &[("make", &again)]).await.goes_to(&path);
    assert_eq!(shop.number(&of(saved.variants[1].0)).await, saved.variants[1].0);
    assert_eq!(shop.number("select count(*) from variants where sku = 'B-M6'").await, 1);
    // An option goes: variants that are the same without it become one; a third one comes.
    let size_name = format!("options[{size}].name");
    staff
        .edit(&shop, &path, &[(&size_name, ""), ("fresh[0].name", "Motor"), ("fresh[0].more", "300 W\n500 W")])
        .await
        .goes_to(&path);
    assert_eq!(shop.number("select count(*) from variants where archived_at is null").await, 8, "four colours, two motors");
    assert_eq!(shop.number("select count(*) from variants where title = 'Pale mint / 300 W' and sku = 'B-M4'").await, 1);
    let twice = staff.edit(&shop, &path, &[(&more, "Sand")]).await;
    twice.is(Status::UnprocessableEntity).shows("“Sand” stands there twice").keeps(&more, "Sand");
    let names = with(&fields_of(&staff.get(&path).await, "product"), &[("fresh[0].name", "Motor"), ("fresh[0].more", "x")]);
    staff.post_parts(&shop, &path, &names, &[]).await.is(Status::UnprocessableEntity).shows("two options named");
}

#[rocket::async_test]
async fn editor_shows_the_second_of_two_what_the_first_changed() {
    let shop = TestShop::open().await;
    let saved = shop.stock_up(&blender(), &[3, 2, 1]).await;
    let (anna, ben) = (shop.staff("manager").await, shop.staff("content").await);
    let path = format!("/admin/products/{}", saved.product);
    let price = format!("variants[{}].price", saved.variants[0]);
    let page = ben.get(&path).await;
    anna.edit(&shop, &path, &[("title", "Blender of Anna"), ("vendor", "Anna & Co"), (&price, "41.00")]).await.goes_to(&path);
    let typed = with(&fields_of(&page, "product"), &[("title", "Blender of Ben"), ("tags", "ben")]);
    let clash = ben.post_parts(&shop, &path, &typed, &[]).await;
    clash.is(Status::UnprocessableEntity).shows("Sam manager saved this product").shows("One field differs");
    clash.shows("Changed by Sam manager and taken over").shows("Anna & Co").shows("Price, Mint / 400 ml");
    clash
        .keeps("title", "Blender of Ben")
        .keeps("tags", "ben")
        .keeps("vendor", "Anna &#38; Co")
        .keeps(&price, "41.00")
        .keeps("version", "2");
    assert_eq!(shop.number("select count(*) from products where title = 'Blender of Anna'").await, 1);
    // Mine stays, hers stays: all is there.
    ben.post_parts(&shop, &path, &fields_of(&clash, "product"), &[]).await.goes_to(&path);
    let all = "select count(*) from products where title = 'Blender of Ben' and vendor = 'Anna & Co' and tags = '{ben}'";
    assert_eq!(shop.number(all).await, 1);
    assert_eq!(shop.number("select price from variants where sku = 'B-M4'").await, 4100);
    // Choosing theirs.
    let page = ben.get(&path).await;
    anna.edit(&shop, &path, &[("title", "Anna again")]).await.goes_to(&path);
    let clash = ben
        .post_parts(&shop, &path, &with(&fields_of(&page, "product"), &[("title", "Ben again"), ("vendor", "Ben")]), &[])
        .await;
    let choice = with(&fields_of(&clash, "product"), &[("keep:title", "theirs")]);
    ben.post_parts(&shop, &path, &choice, &[]).await.goes_to(&path);
    assert_eq!(shop.number("select count(*) from products where title = 'Anna again' and vendor = 'Ben'").await, 1);
    // The same form sent twice is one change.
    let page = ben.get(&path).await;
    let form = with(&fields_of(&page, "product"), &[("title", "Once")]);
    ben.post_parts(&shop, &path, &form, &[]).await.goes_to(&path);
    ben.post_parts(&shop, &path, &form, &[]).await.is(Status::UnprocessableEntity).lacks("differ;");
    assert_eq!(shop.number("select count(*) from audit where after->>'title' = 'Once'").await, 1);
}
