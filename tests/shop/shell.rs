//! The frame: static files, preferences, error pages, the style guide.

use barrow::platform::paths;
use rocket::http::{Accept, Header, Status};

use crate::world::TestShop;

#[rocket::async_test]
async fn shell_static_files_come_compressed_and_for_ever() {
    let shop = TestShop::open().await;
    let style = paths::asset("css/shop.css");
    let plain = shop.get(&style).await;
    plain.is_ok().has("@layer reset, tokens, base, layout, components, utilities;");
    assert_eq!(plain.header("cache-control"), Some("public, max-age=31536000, immutable"));
    assert_eq!(plain.header("content-type"), Some("text/css; charset=utf-8"));
    let visitor = shop.visitor();
    let small = visitor.send(shop.client.get(style.clone()).header(Header::new("Accept-Encoding", "gzip, deflate, br"))).await;
    assert_eq!(small.header("content-encoding"), Some("br"));
    assert!(small.bytes.len() * 3 < plain.bytes.len(), "{} of {}", small.bytes.len(), plain.bytes.len());
    let older = visitor.send(shop.client.get(style.clone()).header(Header::new("Accept-Encoding", "gzip"))).await;
    assert_eq!(older.header("content-encoding"), Some("gzip"));
    let other_build = shop.get(&style.replace(paths::STATIC_HASH, "000000000000")).await;
    assert_eq!(other_build.is_ok().header("cache-control"), Some("public, max-age=60"));
    shop.get(&paths::asset("css/nothing.css")).await.is(Status::NotFound);
    shop.get(&paths::asset("../Cargo.toml")).await.is(Status::NotFound);
}

#[rocket::async_test]
async fn shell_every_file_that_the_frame_names_is_there() {
    let shop = TestShop::open().await;
    let page = shop.get("/no-such-page").await.body();
    let named: Vec<&str> = page.split('"').filter(|part| part.starts_with("/static/")).collect();
    assert!(named.len() > 8, "{named:?}");
    for path in named {
        shop.get(path.split('#').next().expect("a path")).await.is_ok();
    }
}

#[rocket::async_test]
async fn shell_theme_and_language_are_kept_and_lead_back() {
    let shop = TestShop::open().await;
    shop.post("/preferences", &[("theme", "dark"), ("back", "/search?q=tea")]).await.goes_to("/search?q=tea");
    shop.post("/preferences", &[("locale", "de"), ("back", "/search")]).await.goes_to("/search");
    shop.get("/no-such-page").await.has("data-theme=\"dark\"").has("<html lang=\"de\"").shows("Zum Inhalt springen");
    shop.post("/preferences", &[("theme", "auto"), ("back", "//evil.example")]).await.goes_to("/");
    let page = shop.get("/no-such-page").await;
    assert!(!page.body().contains("data-theme"), "auto follows the system");
}

#[rocket::async_test]
async fn shell_errors_look_like_the_shop_and_offer_a_way_on() {
    let shop = TestShop::open().await;
    shop.sql("update settings set shop_name = 'Greengrocer'").await;
    let lost = shop.get("/no-such-page?q=%3Cb%3E%22").await;
    lost.is(Status::NotFound).shows("This page is not here").shows("Greengrocer").has("action=\"/search\"");
    assert!(!lost.body().contains("<b>"), "what was typed is escaped");
    let program = shop.visitor().send(shop.client.get("/no-such-page").header(Accept::JSON)).await;
    assert_eq!(program.is(Status::NotFound).body(), r#"{"status":404,"error":"Not Found"}"#);
}

#[rocket::async_test]
async fn shell_pages_without_their_database_say_503() {
    let shop = TestShop::open().await;
    shop.sql("update settings set shop_name = 'Greengrocer'").await;
    shop.shop.db.close();
    shop.get("/no-such-page").await.is(Status::NotFound).shows("This page is not here").lacks("Greengrocer");
}

#[rocket::async_test]
async fn shell_style_guide_is_for_staff() {
    let shop = TestShop::open().await;
    shop.get("/admin/styleguide").await.goes_to("/admin/sign-in?next=%2Fadmin%2Fstyleguide");
    let staff = shop.staff("content").await;
    staff.get("/admin/styleguide").await.is_ok().shows("Style guide").shows("Sam content").lacks("Sent mail");
    staff.get("/admin/styleguide/shop").await.is_ok().shows("Enter an e-mail address with an @");
    shop.staff("owner").await.get("/admin/styleguide").await.is_ok().shows("Settings").shows("Sent mail");
}
