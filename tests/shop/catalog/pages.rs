//! What shoppers see, and how often the database is asked for it.

use barrow::platform::base::Token;
use rocket::http::{Header, Status};

use super::drafts::{blender, product, variant};
use crate::world::TestShop;

#[rocket::async_test]
async fn catalog_the_product_page_shows_the_variant_asked_for() {
    let shop = TestShop::open().await;
    let mut draft = blender();
    draft.variants[1].compare_at = Some(7999);
    let saved = shop.stock_up(&draft, &[3, 2, 0]).await;
    let page = shop.get("/products/personal-blender").await;
    page.is_ok().shows("Personal Blender").shows("$49.99").shows("3 left").shows("good").shows("1.25 kg");
    page.has("\"@type\":\"Product\"")
        .has("BreadcrumbList")
        .has("og:title")
        .has("rel=\"canonical\" href=\"http://127.0.0.1:8000/products/personal-blender\"");
    let large = shop.get(&format!("/products/personal-blender?variant={}", saved.variants[1])).await;
    large.is_ok().shows("Now $59.99").shows("Before $79.99").shows("$20.00 off").shows("2 left");
    large.has(&format!("name=\"variant\" value=\"{}\"", saved.variants[1]));
    let grey = shop.get(&format!("/products/personal-blender?variant={}", saved.variants[2])).await;
    grey.is_ok().shows("Sold out").lacks("Add to cart");
    shop.get("/products/personal-blender?variant=999999").await.is_ok().shows("3 left");
}

#[rocket::async_test]
async fn catalog_choosing_values_leads_to_their_variant() {
    let shop = TestShop::open().await;
    let saved = shop.stock_up(&blender(), &[3, 2, 1]).await;
    let value = async |text: &str| shop.number(&format!("select id from option_values where value = '{text}'")).await;
    let (mint, grey, large) = (value("Mint").await, value("Grey").await, value("600 ml").await);
    let choose = async |from: usize, a: i64, b: i64| {
        let path = format!("/products/personal-blender?from={}&choice[0]={a}&choice[1]={b}", saved.variants[from]);
        let answer = shop.get(&path).await;
        answer.is(Status::SeeOther).location()
    };
    let leads = |to: usize| format!("/products/personal-blender?variant={}", saved.variants[to]);
    assert_eq!(choose(0, mint, large).await, leads(1));
    assert_eq!(choose(1, grey, large).await, leads(2), "grey has no 600 ml: the size gives way");
    assert_eq!(choose(2, grey, large).await, leads(1), "600 ml is only made in mint");
    let page = shop.get(&leads(1)).await;
    let struck = page.body().matches("swatch--out").count() + page.body().matches("pill--out").count();
    assert_eq!(struck, 1, "grey is struck while 600 ml is chosen");
}

#[rocket::async_test]
async fn catalog_what_is_not_sold_says_so() {
    let shop = TestShop::open().await;
    shop.stock_up(&blender(), &[1, 1, 1]).await;
    shop.get("/products/personal-blender").await.is_ok();
    shop.sql("update products set status = 'archived'; insert into change_feed (subject) values ('everything')").await;
    shop.hear_the_feed().await;
    shop.get("/products/personal-blender").await.is(Status::Gone);
    shop.sql("update products set status = 'draft'").await;
    shop.get("/products/personal-blender").await.is(Status::NotFound);
    shop.get("/products/nothing").await.is(Status::NotFound);
    shop.get("/").await.is_ok().shows("The shelves are still empty");
}

#[rocket::async_test]
async fn catalog_lists_are_sorted_narrowed_and_paged() {
    let shop = TestShop::open().await;
    let kitchen = shop.category("Kitchen", None).await;
    let kettles = shop.category("Kettles", Some(kitchen)).await;
    for number in 1..=30 {
        let mut draft = product(&format!("Kettle {number:02}"), &[], vec![variant(&[], "", number * 100)]);
        draft.categories = vec![kettles];
        shop.stock_up(&draft, &[if number == 30 { 0 } else { 7 }]).await;
    }
    let page = shop.get("/categories/kitchen?sort=price").await;
    page.is_ok().shows("30 products").shows("Kettles 30").shows("Kettle 01").lacks("Kettle 25").shows("You have seen 24 of 30");
    shop.get("/categories/kitchen?sort=price&page=2").await.is_ok().shows("Kettle 25").shows("Sold out");
    shop.get("/categories/kitchen?sort=price&page=3").await.is(Status::NotFound);
    shop.get("/categories/kettles?sort=price-down").await.is_ok().shows("Kettle 30").lacks("Kettle 01");
    let narrow = shop.get("/categories/kettles?min=28&stock=in").await;
    narrow.is_ok().shows("2 of 30 products").shows("Kettle 28").lacks("Kettle 30").keeps("min", "28.00");
    shop.get("/categories/kettles?min=99").await.is_ok().shows("No product fits all of this");
    shop.get("/categories/nothing").await.is(Status::NotFound);
    shop.get("/products?sort=title").await.is_ok().shows("Kettle 01");
    shop.get("/sale").await.is_ok().shows("Nothing here yet");
}

#[rocket::async_test]
async fn catalog_search_finds_words_beginnings_skus_and_forgives_typos() {
    let shop = TestShop::open().await;
    shop.stock_up(&product("Electric Kettle 1.7 L", &[], vec![variant(&[], "EK-17", 4499)]), &[3]).await;
    shop.stock_up(&product("Toaster", &[], vec![variant(&[], "TO-1", 3999)]), &[3]).await;
    for (words, finds) in [("kettle", true), ("kettles", true), ("elec ket", true), ("ek-17", true), ("teapot", false)] {
        let page = shop.get(&format!("/search?q={}", words.replace(' ', "+"))).await;
        page.is_ok();
        assert_eq!(page.text().contains("Electric Kettle"), finds, "{words}: {}", page.text());
        page.lacks("Toaster");
    }
    shop.get("/search?q=electic+kettel")
        .await
        .is_ok()
        .shows("Nothing found")
        .shows("these names come close")
        .shows("Electric Kettle");
    shop.get("/search").await.is_ok().shows("Have a look around");
}

#[rocket::async_test]
async fn catalog_pages_need_few_queries_and_kept_ones_none() {
    let shop = TestShop::open().await;
    let kitchen = shop.category("Kitchen", None).await;
    let mut draft = blender();
    draft.categories = vec![kitchen];
    shop.stock_up(&draft, &[3, 2, 1]).await;
    for number in 0..5 {
        let mut other = product(&format!("Other {number}"), &[], vec![variant(&[], "", 100)]);
        other.categories = vec![kitchen];
        shop.stock_up(&other, &[9]).await;
    }
    // Also in a shop with price lists.
    shop.sql("insert into price_lists (name, position, currency, active, percent_off) values ('Many', 0, 'USD', true, 100000)")
        .await;
    shop.get("/legal/none").await;
    let asked = async |path: &str| {
        let before = shop.shop.db.queries();
        shop.get(path).await.is_ok();
        shop.shop.db.queries() - before
    };
    // The start page reads the category tree, which the others then find kept.
    let limits = [("/", 10), ("/products/personal-blender", 6), ("/categories/kitchen", 8), ("/search?q=other", 3)];
    for (path, most) in limits {
        let first = asked(path).await;
        assert!(first <= most, "{path} asks {first} times");
        assert_eq!(asked(path).await, 0, "{path} is kept");
    }
    let basket = shop.visitor().with_cookie("cart", &Token::random().to_string());
    let before = shop.shop.db.queries();
    basket.get("/products/personal-blender").await.is_ok();
    assert_eq!(shop.shop.db.queries() - before, 1, "only the cart's count: what the page shows is kept");
}

#[rocket::async_test]
async fn catalog_a_change_is_seen_at_once_and_others_stay() {
    let shop = TestShop::open().await;
    let mut draft = blender();
    shop.stock_up(&draft, &[3, 2, 1]).await;
    shop.stock_up(&product("Toaster", &[], vec![variant(&[], "", 3999)]), &[3]).await;
    shop.hear_the_feed().await;
    shop.get("/products/personal-blender").await.is_ok().shows("$49.99");
    shop.get("/products/toaster").await.is_ok();
    draft.variants[0].price = 4599;
    shop.save(&draft).await;
    shop.get("/products/personal-blender").await.is_ok().shows("$49.99");
    shop.hear_the_feed().await;
    shop.get("/products/personal-blender").await.is_ok().shows("$45.99");
    let before = shop.shop.db.queries();
    shop.get("/products/toaster").await.is_ok();
    assert_eq!(shop.shop.db.queries(), before, "the toaster's page is still kept");
}

#[rocket::async_test]
async fn catalog_kept_pages_are_nobodys() {
    let shop = TestShop::open().await;
    let saved = shop.stock_up(&blender(), &[3, 2, 1]).await;
    let noticed = shop.visitor().with_cookie("notice", "cart-added");
    noticed.get("/products/personal-blender?utm_source=letter").await.is_ok();
    let plain = shop.visitor().get("/products/personal-blender").await;
    plain.is_ok();
    assert!(!plain.body().contains("utm_source"), "the address of the first visitor is not kept");
    let mut german = shop.visitor();
    german.language = "de";
    german.get("/products/personal-blender").await.is_ok().shows("In den Warenkorb").shows("Noch 3 Stück");
    let night = shop.visitor().with_cookie("theme", "dark");
    night.get("/products/personal-blender").await.is_ok().has("data-theme=\"dark\"");
    shop.visitor().get(&format!("/products/personal-blender?variant={}", saved.variants[0])).await.is_ok().lacks("data-theme");
}

#[rocket::async_test]
async fn catalog_pages_travel_small_and_only_when_new() {
    let shop = TestShop::open().await;
    shop.stock_up(&blender(), &[3, 2, 1]).await;
    let visitor = shop.visitor();
    let ask = |headers: &[(&'static str, String)]| {
        let mut request = shop.client.get("/products/personal-blender");
        headers.iter().for_each(|(name, value)| request.add_header(Header::new(*name, value.clone())));
        visitor.send(request)
    };
    let plain = ask(&[]).await;
    let brotli = ask(&[("Accept-Encoding", "gzip, br;q=0.9".into())]).await;
    assert_eq!(brotli.header("content-encoding"), Some("br"));
    assert!(brotli.bytes.len() * 2 < plain.bytes.len(), "{} of {}", brotli.bytes.len(), plain.bytes.len());
    let gzip = ask(&[("Accept-Encoding", "gzip, br;q=0".into())]).await;
    assert_eq!(gzip.header("content-encoding"), Some("gzip"));
    let etag = brotli.header("etag").expect("an ETag").to_owned();
    let again = ask(&[("Accept-Encoding", "br".into()), ("If-None-Match", etag)]).await;
    assert_eq!((again.status, again.bytes.len()), (Status::NotModified, 0));
}

#[rocket::async_test]
async fn catalog_robots_find_the_map() {
    let shop = TestShop::open().await;
    shop.category("Kitchen", None).await;
    shop.stock_up(&blender(), &[3, 2, 1]).await;
    shop.get("/robots.txt").await.is_ok().has("Sitemap: http://127.0.0.1:8000/sitemap.xml").has("Disallow: /admin");
    shop.get("/sitemap.xml").await.is_ok().has("<loc>http://127.0.0.1:8000/sitemap/products/0.xml</loc>");
    let part = shop.get("/sitemap/products/0.xml").await;
    part.is_ok().has("/products/personal-blender</loc>").has("/categories/kitchen</loc>");
    shop.get("/sitemap/products/x.xml").await.is(Status::NotFound);
}

#[rocket::async_test]
async fn catalog_no_address_breaks_the_shop() {
    let shop = TestShop::open().await;
    let kitchen = shop.category("Kitchen", None).await;
    let mut draft = blender();
    draft.categories = vec![kitchen];
    shop.stock_up(&draft, &[3, 2, 1]).await;
    let long = "x".repeat(10_000);
    let odd = [
        "%00",
        "%FF%FE",
        "%F0%9F%92%A9",
        "-1",
        "1.5",
        "99999999999999999999",
        "'",
        "%3Cscript%3E",
        "%25",
        "a%26b%7C!%3A*",
        "",
        &long,
    ];
    for word in odd {
        for path in ["/products/{}", "/categories/{}", "/sitemap/products/{}"] {
            let status = shop.get(&path.replace("{}", word)).await.status;
            assert!(status.code < 500, "{path} {word}: {status}");
        }
        for path in [
            "/search?q={}",
            "/search?q=a&q={}",
            "/search?q=kettle&page={}",
            "/categories/kitchen?sort={}&page={}&min={}&max={}&stock={}",
            "/products/personal-blender?variant={}",
            "/products/personal-blender?from={}&choice[0]={}&choice[1]=1",
            "/products?page={}&min={}",
            "/products/personal-blender?choice={}&choice[x]={}&choice[]={}",
        ] {
            let answer = shop.get(&path.replace("{}", word)).await;
            assert!(answer.status.code < 500, "{path} {word}: {}", answer.status);
            assert!(!answer.body().contains("<script>"), "{path}");
        }
    }
}
