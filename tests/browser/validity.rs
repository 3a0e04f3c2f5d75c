//! Every page is HTML as the standard has it.

use std::process::Command;

use super::accessibility::{DOOR, furnished};
use super::desk_pages::desk_pages;

#[rocket::async_test]
async fn every_page_is_valid_html() {
    let validator = std::env::var("HTML_VALIDATE")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/target/tools/html/node_modules/.bin/html-validate").into());
    assert!(std::path::Path::new(&validator).exists(), "{validator} is not here: bin/test fetches html-validate");
    let furnished = furnished().await;
    let mut visitor = furnished.shop.world.visitor();
    let folder = tempfile::tempdir().expect("a folder");
    let keep = |name: &str, html: &str| std::fs::write(folder.path().join(format!("{name}.html")), html).expect("written");
    keep("sign-in", &visitor.get("/admin/sign-in").await.body());
    for (name, path) in DOOR {
        keep(name, &visitor.get(path).await.body());
    }
    keep("empty cart", &visitor.get("/cart").await.body());
    for (name, value) in &furnished.cookies {
        visitor = visitor.with_cookie(name, value);
    }
    for (name, path) in furnished.pages.iter().chain(&desk_pages(&furnished).await) {
        keep(name, &visitor.get(path).await.body());
    }
    keep("refused checkout", &visitor.post("/checkout", &[("country", "DE")]).await.body());
    let config = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/html-validate.json");
    let mut command = Command::new("node");
    command.arg(validator).args(["-c", config, "-f", "text", "*.html"]).current_dir(folder.path());
    let found = command.output().expect("node runs");
    assert!(found.status.success(), "{}{}", String::from_utf8_lossy(&found.stdout), String::from_utf8_lossy(&found.stderr));
}
