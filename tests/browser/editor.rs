//! Staff make a product with twelve variants and five pictures, and two shops show it within a second: with JavaScript and without.

use std::time::{Duration, Instant};

use barrow::app::background::Background;
use barrow::app::shop::Shop;
use barrow::platform::db::Db;
use rocket::tokio;
use rocket::tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{Browser, Look};
use crate::world::Running;

/// A shop of its own on the same database: other caches, another reader of the feed.
struct Second {
    address: String,
    shutdown: rocket::Shutdown,
    background: Background,
}

impl Second {
    async fn open(first: &Running) -> Second {
        let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a free port").port();
        let mut config = first.world.shop.config.clone();
        config.listen.set_port(port);
        let db = Db::open(first.world.shop.direct_url(), 4).expect("a pool");
        let shop = Shop::new(config, db).expect("a shop");
        let background = Background::start(&shop, shop.direct_url());
        let rocket = barrow::app::rocket::build(&shop).ignite().await.expect("the server is built");
        let shutdown = rocket.shutdown();
        tokio::spawn(rocket.launch());
        Second { address: format!("127.0.0.1:{port}"), shutdown, background }
    }

    async fn close(self) {
        self.shutdown.notify();
        self.background.stop().await;
    }
}

/// What a shopper without cookies gets.
async fn page(address: &str, path: &str) -> String {
    let Ok(mut socket) = tokio::net::TcpStream::connect(address).await else { return String::new() };
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    socket.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer).await.expect("an answer");
    String::from_utf8_lossy(&answer).into_owned()
}

/// Five photos in a folder.
fn photos() -> (tempfile::TempDir, Vec<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = (1..=5_u8).map(|number| {
        let picture = image::RgbImage::from_pixel(500, 400, image::Rgb([number * 40, 130, 110]));
        let path = folder.path().join(format!("photo-{number}.jpg"));
        picture.save(&path).expect("a file");
        path.display().to_string()
    });
    let paths = paths.collect();
    (folder, paths)
}

async fn type_into(browser: &Browser, name: &str, text: &str) {
    let field = browser.find(&format!("main [name=\"{name}\"]")).await;
    field.scroll_into_view().await.expect("scrolls");
    field.send_keys(text).await.expect("types");
}

/// Adds the product as a draft with its pictures; returns its address.
async fn add(first: &Running, browser: &Browser, files: &[String]) -> String {
    let staff = first.world.staff("owner").await;
    let token = staff.cookies.lock().expect("cookies")["staff"].clone();
    browser.go(&format!("{}/products", first.url)).await;
    browser.carry("staff", &token).await;
    browser.go(&format!("{}/admin/products/new", first.url)).await;
    browser.fill("title", "Travel mug").await;
    browser.fill("description", "Keeps **hot** things hot.").await;
    browser.find("main input[type=file]").await.send_keys(files.join("\n")).await.expect("chooses files");
    for (at, name, values) in [(0, "Colour", "Sand\nSage\nSlate\nClay"), (1, "Size", "0.3 l\n0.5 l\n0.7 l")] {
        type_into(browser, &format!("fresh[{at}].name"), name).await;
        type_into(browser, &format!("fresh[{at}].more"), values).await;
    }
    browser.fill("price", "24.90").await;
    browser.fill("count", "7").await;
    browser.fill("sku", "MUG").await;
    browser.click(".save-bar .btn-primary").await;
    browser.shows("Product added").await;
    browser.url().await
}

/// Saves the product as active and waits for both shops: within a second.
async fn publish(browser: &Browser, shops: &[&str]) {
    browser.fill("status", "active").await;
    browser.click(".save-bar .btn-primary").await;
    browser.shows("Product saved").await;
    let saved = Instant::now();
    for shop in shops {
        while !page(shop, "/products/travel-mug").await.contains("Keeps <strong>hot</strong>") {
            assert!(saved.elapsed() < Duration::from_secs(1), "{shop} does not show it after a second");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        while !page(shop, "/products").await.contains("Travel mug") {
            assert!(saved.elapsed() < Duration::from_secs(1), "{shop} does not list it after a second");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    eprintln!("both shops showed it {:?} after it was saved", saved.elapsed());
}

async fn made(look: Look) {
    let first = Running::open().await;
    let background = Background::start(&first.world.shop, first.world.shop.direct_url());
    let second = Second::open(&first).await;
    let address = first.url.trim_start_matches("http://").to_owned();
    // Both have their pages in memory before there is anything to see.
    for shop in [&address, &second.address] {
        page(shop, "/products").await;
        page(shop, "/products/travel-mug").await;
    }
    let browser = Browser::open(look).await;
    let (_folder, files) = photos();
    add(&first, &browser, &files).await;
    let count = async |query: &'static str| first.world.number(query).await;
    assert_eq!(count("select count(*) from variants where price = 2490").await, 12);
    assert_eq!(count("select count(*) from product_media").await, 5);
    assert_eq!(count("select sum(on_hand) from stock").await, 84);
    // One more by the editor, moved to the front, taken away and put back; a title typed meanwhile stays typed.
    browser.fill("title", "Travel mug, typed").await;
    let (_more, others) = photos();
    image::RgbImage::from_pixel(300, 300, image::Rgb([9, 9, 9])).save(&others[0]).expect("a file");
    browser.find("#shots input[type=file]").await.send_keys(others[0].as_str()).await.expect("chooses a file");
    if !look.scripts {
        browser.click("#shots .shot-new .btn").await;
    }
    browser.find("#shots .shot:nth-of-type(6)").await;
    browser.click("#shots .shot:nth-of-type(6) [aria-label=\"Move picture 6 earlier\"]").await;
    // The card says of which version of the product it is.
    browser.find("#shots[data-version=\"3\"]").await;
    assert_eq!(count("select position from product_media order by media_id desc limit 1").await, 4);
    browser.click("#shots .shot:nth-of-type(5) [aria-label=\"Remove picture 5\"]").await;
    browser.find("#shots[data-version=\"4\"]").await;
    browser.shows("Picture removed").await;
    assert_eq!(count("select count(*) from product_media").await, 5);
    browser.click("#shots .undo-line .btn").await;
    browser.find("#shots[data-version=\"5\"]").await;
    assert_eq!(count("select count(*) from product_media").await, 6);
    let title = browser.find("main [name=title]").await;
    assert_eq!(title.prop("value").await.expect("a value").as_deref(), Some("Travel mug, typed"));
    browser.fill("title", "Travel mug").await;
    publish(&browser, &[&address, &second.address]).await;
    browser.close().await;
    second.close().await;
    background.stop().await;
}

#[rocket::async_test]
async fn editing_a_product_with_twelve_variants_and_five_pictures() {
    made(Look::DESK).await;
}

#[rocket::async_test]
async fn editing_a_product_with_twelve_variants_and_five_pictures_without_javascript() {
    made(Look::NO_SCRIPTS).await;
}
