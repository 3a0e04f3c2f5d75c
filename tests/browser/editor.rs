//! Staff make a product with twelve variants and five pictures, and two processes show it within a second: with JavaScript and without.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use barrow::app::background::Background;
use chrono::{DateTime, Utc};
use rocket::tokio;
use rocket::tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{Browser, Look};
use crate::world::Running;

/// A process of its own on the same database: other caches, another reader of the feed. It ends with the test.
struct Second {
    address: String,
    child: Child,
}

impl Second {
    async fn open(first: &Running) -> Second {
        let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a free port").port();
        let address = format!("127.0.0.1:{port}");
        let config = &first.world.shop.config;
        let child = Command::new(env!("CARGO_BIN_EXE_barrow"))
            .arg("serve")
            .env("BARROW_ADDRESS", &address)
            .env("BARROW_DATA", config.data.as_deref().expect("a folder"))
            .env("BARROW_DATABASE_POOL", "4")
            .env("DATABASE_URL", first.world.shop.direct_url())
            .env_remove("DATABASE_DIRECT_URL")
            .stdin(Stdio::null())
            .spawn()
            .expect("barrow starts");
        let second = Second { address, child };
        for _ in 0..600 {
            if page(&second.address, "/products").await.contains("200 OK") {
                return second;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the second process does not open");
    }
}

impl Drop for Second {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
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

/// When a shop first showed and listed the product; asked again and again from before it is saved.
async fn first_seen(shop: String) -> DateTime<Utc> {
    for (path, what) in [("/products/travel-mug", "Keeps <strong>hot</strong>"), ("/products", "Travel mug")] {
        while !page(&shop, path).await.contains(what) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    Utc::now()
}

/// Saves the product as active; both shops show it within a second of the act, by the clock of the audit trail; three
/// times that where everything else on the machine is tested beside it.
async fn publish(first: &Running, browser: &Browser, shops: &[&str]) {
    let watched: Vec<_> = shops.iter().map(|shop| tokio::spawn(first_seen((*shop).to_owned()))).collect();
    browser.fill("status", "active").await;
    browser.click(".save-bar .btn-primary").await;
    browser.shows("Product saved").await;
    let saved = "select (extract(epoch from max(at)) * 1000)::bigint from audit where action = 'product.edited'";
    let saved = first.world.number(saved).await;
    for (shop, seen) in shops.iter().zip(watched) {
        let seen = tokio::time::timeout(Duration::from_secs(20), seen).await.expect("it is shown").expect("watched");
        let after = seen.timestamp_millis() - saved;
        eprintln!("{shop} showed it {after} ms after it was saved");
        assert!(after < 3000, "{shop} showed it {after} ms after it was saved");
    }
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
    publish(&first, &browser, &[&address, &second.address]).await;
    browser.close().await;
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
