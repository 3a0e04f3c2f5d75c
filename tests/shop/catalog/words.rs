//! Goods in two languages: staff translate them, shoppers of each language find them, from the start page to the mail.

use rocket::http::Status;

use super::drafts::{blender, product, variant};
use super::editor::{fields_of, with};
use crate::world::{Answer, TestShop, Visitor, encode};

/// A blender in "Kitchen", nothing of it translated.
struct Kitchen {
    path: String,
    variant: String,
    category: i64,
}

async fn kitchen(shop: &TestShop) -> Kitchen {
    let category = shop.category("Kitchen", None).await;
    let draft = barrow::features::catalog::model::ProductDraft {
        product_type: "Mixer".parse().expect("a kind"),
        seo_description: "Crushes ice.".parse().expect("a sentence"),
        categories: vec![category],
        ..blender()
    };
    let saved = shop.stock_up(&draft, &[9, 9, 9]).await;
    let path = format!("/admin/products/{}", saved.product);
    Kitchen { path, variant: saved.variants[1].to_string(), category: category.0 }
}

/// The fields of the editor that say all of the blender in German.
async fn in_german(shop: &TestShop) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = [
        ("title", "Standmixer für eine Person"),
        ("description", "Ein **gutes** Gerät für Stühle und Smoothies."),
        ("product_type", "Mixgerät"),
        ("seo_description", "Zerkleinert Eis."),
    ]
    .into_iter()
    .map(|(field, text)| (format!("words[de].{field}"), text.to_owned()))
    .collect();
    for (name, text) in [("Colour", "Farbe"), ("Size", "Größe")] {
        let id = shop.number(&format!("select id from product_options where name = '{name}'")).await;
        fields.push((format!("words[de].options[{id}]"), text.to_owned()));
    }
    for (value, text) in [("Mint", "Minze"), ("Grey", "Grau")] {
        let id = shop.number(&format!("select id from option_values where value = '{value}'")).await;
        fields.push((format!("words[de].values[{id}]"), text.to_owned()));
    }
    fields
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// Sends the only form of a settings page as it is, but for these fields.
async fn settle(staff: &Visitor, path: &str, changes: &[(&str, &str)]) -> Answer {
    let page = staff.get(path).await;
    page.is_ok();
    let seen = page.body().split("name=\"seen\" value=\"").nth(1).expect("a mark").split('"').next().expect("it ends").to_owned();
    let mut fields = vec![("seen", seen.as_str())];
    fields.extend(changes);
    staff.post(path, &fields).await
}

fn german(shop: &TestShop) -> Visitor {
    let mut visitor = shop.visitor();
    visitor.language = "de";
    visitor
}

async fn translate(shop: &TestShop, staff: &Visitor, kitchen: &Kitchen) {
    let fields = in_german(shop).await;
    staff.edit(shop, &kitchen.path, &borrowed(&fields)).await.goes_to(&kitchen.path);
    let category = format!("/admin/categories/{}", kitchen.category);
    let form = fields_of(&staff.get(&category).await, "category");
    let form = with(&form, &[("words[de].title", "Küche"), ("words[de].description", "Alles zum **Kochen**.")]);
    staff.post(&category, &borrowed(&form)).await.goes_to(&category);
    let ids = "select m.zone_id * 1000000 + m.id from shipping_methods m join shipping_zone_countries c on c.zone_id = m.zone_id where c.country = 'DE'";
    let ids = shop.number(ids).await;
    let method = format!("/admin/settings/delivery/{}/methods/{}", ids / 1_000_000, ids % 1_000_000);
    let fields = [
        ("name", "Standard"),
        ("name_de", "Standardversand"),
        ("price", "5.00"),
        ("free_from", ""),
        ("days_min", "2"),
        ("days_max", "4"),
        ("active", "yes"),
    ];
    settle(staff, &method, &fields).await.goes_to("/admin/settings/delivery");
    let account =
        [("bank_details", "Test Bank"), ("bank_details_de", "Testbank"), ("unpaid_days", "7"), ("reservation_minutes", "20")];
    settle(staff, "/admin/settings/payment", &account).await.goes_to("/admin/settings/payment");
    shop.hear_the_feed().await;
}

#[rocket::async_test]
async fn words_a_german_shopper_reads_german_from_home_to_the_mail() {
    let shop = TestShop::open().await;
    let staff = shop.staff("owner").await;
    let kitchen = kitchen(&shop).await;
    translate(&shop, &staff, &kitchen).await;
    let hans = german(&shop);
    let home = hans.get("/").await;
    home.is_ok().shows("Standmixer für eine Person").shows("Küche").lacks("Personal Blender").lacks("Kitchen").lacks("Colour");
    assert_eq!(
        home.body().replace("value=\"en\" lang=\"en\"", "").matches(" lang=\"en\"").count(),
        0,
        "all but the switch is German"
    );
    hans.get("/categories/kitchen").await.is_ok().shows("Küche").shows("Alles zum Kochen").shows("Standmixer").lacks("Kitchen");
    let goods = hans.get(&format!("/products/personal-blender?variant={}", kitchen.variant)).await;
    goods.is_ok().shows("Farbe Minze").shows("Größe 600 ml").shows("Ein gutes Gerät").shows("Zerkleinert Eis.").shows("Mixgerät");
    goods.has("\"name\":\"Standmixer für eine Person\"").has("\"name\":\"Küche\"");
    goods
        .has("<meta property=\"og:title\" content=\"Standmixer für eine Person\">")
        .has("<meta name=\"description\" content=\"Zerkleinert Eis.\">");
    goods.lacks("Personal Blender").lacks("Mint").lacks("Crushes ice").lacks("Kitchen");
    assert!(!goods.body().contains("Personal Blender"), "not even in what machines read");
    hans.post("/cart/lines", &[("variant", &kitchen.variant), ("quantity", "2")]).await.goes_to("/cart");
    hans.get("/cart").await.is_ok().shows("Standmixer für eine Person").shows("Minze / 600 ml").lacks("Personal Blender");
    let method = shop.number("select m.id from shipping_methods m where m.translations <> '{}'").await.to_string();
    let address = [
        ("email", "hans@example.org"),
        ("country", "DE"),
        ("name", "Hans Meier"),
        ("street", "Ringstraße 1"),
        ("city", "Leipzig"),
        ("postal_code", "04109"),
        ("payment", "bank_transfer"),
        ("shipping", method.as_str()),
    ];
    hans.post("/checkout", &address).await.goes_to("/checkout/review");
    let form = hans.get("/checkout").await;
    form.is_ok().shows("Standardversand").shows("Minze / 600 ml").lacks("Personal Blender");
    let look = hans.get("/checkout/review").await;
    look.is_ok().shows("Standmixer für eine Person").shows("Standardversand").lacks("Personal Blender");
    let hidden = |name: &str| {
        let body = look.body();
        let rest = body.split(&format!("name=\"{name}\" value=\"")).nth(1).expect("a field").to_owned();
        rest.split('"').next().expect("it ends").to_owned()
    };
    let placed = hans.post("/checkout/order", &[("expected", &hidden("expected")), ("seen", &hidden("seen"))]).await.location();
    shop.work().await;
    let kept = |words: &str, kind: &str| {
        format!("select count(*) from mails where kind = '{kind}' and body_text like '%{words}%' and html like '%{words}%'")
    };
    for words in ["Standmixer für eine Person", "Minze / 600 ml", "Standardversand", "Testbank"] {
        assert_eq!(shop.number(&kept(words, "order_placed")).await, 1, "{words} in the mail");
    }
    assert_eq!(shop.number(&kept("Personal Blender", "order_placed")).await, 0);
    for words in ["Personal Blender", "Mint / 600 ml"] {
        assert_eq!(shop.number(&kept(words, "order_notice")).await, 1, "{words} in the notice to staff");
    }
    // What is edited later changes no order.
    staff.edit(&shop, &kitchen.path, &[("title", "Mixer"), ("words[de].title", "Rührer")]).await.goes_to(&kitchen.path);
    shop.sql("update option_values set value = value || '!', translations = '{}'").await;
    let order = hans.get(&placed).await;
    order
        .is_ok()
        .shows("Standmixer für eine Person")
        .shows("Minze / 600 ml · 2 Stück")
        .shows("Standardversand")
        .shows("Testbank");
    let number = shop.number("select number from orders").await;
    let desk = staff.get(&format!("/admin/orders/{number}")).await;
    desk.is_ok().shows("Personal Blender").shows("Mint / 600 ml").lacks("Standmixer");
    let anna = shop.visitor();
    anna.get(&placed).await.is_ok().shows("Personal Blender").shows("Mint / 600 ml").lacks("Standmixer");
    shop.is_sound().await;
}

#[rocket::async_test]
async fn words_that_are_missing_are_the_shops_own_and_say_so() {
    let shop = TestShop::open().await;
    let kitchen = kitchen(&shop).await;
    let hans = german(&shop);
    let goods = hans.get("/products/personal-blender").await;
    goods.is_ok().has("<h1 lang=\"en\">Personal Blender</h1>").has("<div class=\"fold__body prose\" lang=\"en\">");
    goods.has("<b lang=\"en\">Colour</b>").has("<p class=\"detail__say\" lang=\"en\">Crushes ice.</p>");
    hans.get("/").await.is_ok().has("<b lang=\"en\">Kitchen</b>");
    let english = shop.get("/products/personal-blender").await;
    english.is_ok().has("<h1>Personal Blender</h1>").has("<b>Colour</b>");
    let staff = shop.staff("manager").await;
    let some = [("words[de].title", "Standmixer"), ("words[de].description", "Ein gutes Gerät.")];
    staff.edit(&shop, &kitchen.path, &some).await.goes_to(&kitchen.path);
    shop.hear_the_feed().await;
    let goods = hans.get("/products/personal-blender").await;
    goods.is_ok().has("<h1>Standmixer</h1>").has("<div class=\"fold__body prose\"><p>Ein gutes Gerät.</p>");
    goods.has("<b lang=\"en\">Colour</b>").lacks("Crushes ice").has("<meta name=\"description\" content=\"Ein gutes Gerät.\">");
    hans.post("/cart/lines", &[("variant", &kitchen.variant), ("quantity", "1")]).await.goes_to("/cart");
    hans.get("/cart").await.is_ok().has(">Standmixer</a>").has("<span lang=\"en\">Mint / 600 ml</span>");
    // In a shop whose main language is German the columns are German, and English is what may be missing.
    shop.sql("update settings set locale = 'de'; insert into change_feed (subject) values ('settings'), ('everything')").await;
    shop.hear_the_feed().await;
    let english = shop.get("/products/personal-blender").await;
    english.is_ok().has("<h1 lang=\"de\">Personal Blender</h1>");
    staff.get(&kitchen.path).await.is_ok().shows("Auf Englisch").lacks("Auf Deutsch");
}

#[rocket::async_test]
async fn words_of_both_languages_are_found_and_sorted() {
    let shop = TestShop::open().await;
    let staff = shop.staff("manager").await;
    let kitchen = kitchen(&shop).await;
    translate(&shop, &staff, &kitchen).await;
    shop.save(&product("Zebra aloe", &[], vec![variant(&[], "A-1", 900)])).await;
    shop.save(&product("Anvil", &[], vec![variant(&[], "A-2", 900)])).await;
    shop.sql("update products set translations = '{\"title\": {\"de\": \"Amboss\"}}' where title = 'Anvil'").await;
    for words in ["standmixer", "Mixgerät", "Stuhl", "Gerät", "blender", "things", "standmix", "ambos"] {
        let found = shop.get(&format!("/search?{}", encode(&[("q", words)]))).await;
        let nothing = found.is_ok().text().contains("Nothing for");
        assert!(!nothing, "{words}: {}", found.text());
    }
    shop.get("/search?q=standmixer").await.shows("Personal Blender").lacks("Anvil");
    german(&shop).get("/search?q=standmixer").await.shows("Standmixer für eine Person").lacks("Amboss");
    let near = german(&shop).get("/search?q=Standmikser").await;
    near.shows("Standmixer für eine Person");
    let before = |page: &Answer, a: &str, b: &str| page.body().find(a) < page.body().find(b);
    let english = shop.get("/products?sort=title").await;
    assert!(
        before(&english, ">Anvil</a>", ">Personal Blender</a>") && before(&english, ">Personal Blender</a>", ">Zebra aloe</a>")
    );
    shop.sql("update products set translations = '{\"title\": {\"de\": \"Ambossaloe\"}}' where title = 'Zebra aloe'").await;
    let in_german = german(&shop).get("/products?sort=title").await;
    assert!(before(&in_german, ">Amboss</a>", ">Ambossaloe</a>"), "{}", in_german.text());
    assert!(before(&in_german, ">Ambossaloe</a>", ">Standmixer für eine Person</a>"), "{}", in_german.text());
}

#[rocket::async_test]
async fn words_are_edited_beside_the_originals_by_two_at_once() {
    let shop = TestShop::open().await;
    let kitchen = kitchen(&shop).await;
    let anna = shop.staff("manager").await;
    let ben = shop.staff("content").await;
    let page = anna.get(&kitchen.path).await;
    page.is_ok().shows("In German").shows("10 missing").shows("Title Missing Personal Blender").lacks("In English");
    let form = fields_of(&page, "product");
    let late = with(&form, &[("words[de].title", "Mixer"), ("words[de].product_type", "Gerät")]);
    let title = [("words[de].title", "Standmixer")];
    ben.edit(&shop, &kitchen.path, &title).await.goes_to(&kitchen.path);
    let clash = anna.post_parts(&shop, &kitchen.path, &late, &[]).await;
    clash.is(Status::UnprocessableEntity).shows("Title (German)").shows("Standmixer").keeps("words[de].title", "Mixer");
    clash.keeps("words[de].product_type", "Gerät");
    anna.post_parts(&shop, &kitchen.path, &fields_of(&clash, "product"), &[]).await.goes_to(&kitchen.path);
    let kept = "select count(*) from products where translations->'title'->>'de' = 'Mixer' and translations->'product_type'->>'de' = 'Gerät'";
    assert_eq!(shop.number(kept).await, 1);
    let told = "select count(*) from audit where action = 'product.edited' and before->>'title (de)' = 'Standmixer' and after->>'title (de)' = 'Mixer'";
    assert_eq!(shop.number(told).await, 1);
    let long = "x".repeat(256);
    let refused = anna.edit(&shop, &kitchen.path, &[("words[de].seo_title", &long), ("words[de].title", "Noch einer")]).await;
    refused
        .is(Status::UnprocessableEntity)
        .shows("too long")
        .keeps("words[de].title", "Noch einer")
        .keeps("words[de].seo_title", &long);
    let path = format!("/admin/categories/{}", kitchen.category);
    let form = fields_of(&anna.get(&path).await, "category");
    let mine = with(&form, &[("words[de].title", "Küche")]);
    let theirs = with(&form, &[("words[de].title", "Kochen")]);
    ben.post(&path, &borrowed(&mine)).await.goes_to(&path);
    let clash = anna.post(&path, &borrowed(&theirs)).await;
    clash.is(Status::UnprocessableEntity).shows("Title (German) Kochen Küche").keeps("words[de].title", "Kochen");
    let told = "select count(*) from audit where action = 'category.edited' and after->'translations'->'title'->>'de' = 'Küche'";
    assert_eq!(shop.number(told).await, 1);
    let legal = [("title", "House rules"), ("body", "Be kind."), ("body_de", "Seien Sie *nett*."), ("preview", "")];
    settle(&ben, "/admin/settings/legal/terms", &legal[..3]).await.goes_to("/admin/settings/legal");
    let stale = [("seen", "stale"), ("title", "House rules"), ("body", "Be kind."), ("body_de", "Anders.")];
    let clash = anna.post("/admin/settings/legal/terms", &stale).await;
    clash.is(Status::UnprocessableEntity).shows("Text (German) Anders. Seien Sie *nett*.").keeps("body_de", "Anders.");
    shop.hear_the_feed().await;
    german(&shop).get("/legal/terms").await.is_ok().has("<div class=\"prose section-s\"><p>Seien Sie <em>nett</em>.</p>");
    shop.get("/legal/terms").await.is_ok().shows("Be kind.").lacks("nett");
}

#[rocket::async_test]
async fn words_outlive_an_import_and_go_along_with_a_copy() {
    let shop = TestShop::open().await;
    let staff = shop.staff("manager").await;
    let kitchen = kitchen(&shop).await;
    translate(&shop, &staff, &kitchen).await;
    shop.sql(
        "insert into media (sha256, file_name, mime, width, height, bytes, state)
         select decode(repeat('0' || n, 32), 'hex'), n || '.jpg', 'image/jpeg', 10, 10, 10, 'ready' from generate_series(1, 2) n;
         insert into product_media (product_id, media_id, alt, position, translations)
         select p.id, m.id, 'A blender', m.id, '{\"alt\": {\"de\": \"Ein Mixer\"}}' from products p, media m where m.file_name = '1.jpg'",
    )
    .await;
    let count = "select (select count(*) from products where translations <> '{}') * 1000 + (select count(*) from product_options where translations <> '{}') * 100
                      + (select count(*) from option_values where translations <> '{}') * 10 + (select count(*) from product_media where translations <> '{}')";
    assert_eq!(shop.number(count).await, 1221);
    let image = |name: &str| format!("select id from media where file_name = '{name}'");
    let images = [shop.number(&image("2.jpg")).await, shop.number(&image("1.jpg")).await];
    let draft = |media: &i64| barrow::features::catalog::model::ImageDraft {
        media: barrow::platform::base::MediaId(*media),
        alt: "Another word".parse().expect("words"),
    };
    let again = barrow::features::catalog::model::ProductDraft {
        title: "Personal Blender II".parse().expect("a title"),
        images: Some(images.iter().map(draft).collect()),
        ..blender()
    };
    shop.save(&again).await;
    assert_eq!(shop.number(count).await, 1221, "what is imported again leaves the words of other languages alone");
    assert_eq!(shop.number("select count(*) from product_media where alt = 'Another word'").await, 2);
    staff.post(&format!("{}/copy", kitchen.path), &[("key", "once")]).await;
    assert_eq!(shop.number(count).await, 2442);
    let copy = "select count(*) from products where status = 'draft' and translations->'description'->>'de' like 'Ein%' and translations->'title' is null";
    assert_eq!(shop.number(copy).await, 1);
}
