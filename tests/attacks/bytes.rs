//! Bytes that are no text, zeros inside text, and paths that climb: refused where they come in. (Every field of every form: `fuzz`.)

use rocket::http::{ContentType, Header, Method, Status};

use super::{routes, texts};
use crate::world::TestShop;

const CLIMBS: [&str; 14] = [
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "%252e%252e%252fetc%252fpasswd",
    "..%5c..%5cetc%5cpasswd",
    "..%c0%af..%c0%afetc/passwd",
    "%2fetc%2fpasswd",
    "file:%2f%2f%2fetc%2fpasswd",
    "....//....//etc/passwd",
    "css/..%2f..%2f..%2fCargo.toml",
    "css/%2e%2e/%2e%2e/main.rs",
    "passwd%00.css",
    ".git/config",
    ".env",
];

#[rocket::async_test]
async fn no_path_leads_out_of_the_house() {
    let shop = TestShop::open().await;
    let owner = shop.staff("owner").await;
    let asked = routes(&shop, Method::Get).into_iter().filter(|route| route.uri.path().contains('<'));
    let part = regex::Regex::new("<[^>]+>").expect("a pattern");
    for pattern in
        asked.map(|route| route.uri.path().to_owned()).chain(["/<file>".to_owned(), "/static/<hash>/<path..>".to_owned()])
    {
        for climb in CLIMBS {
            let path = part.replace_all(&pattern, regex::NoExpand(climb)).into_owned();
            let answer = owner.get(&path).await;
            assert!(answer.status.code < 500, "{path}: {}", answer.status);
            let body = answer.body();
            for secret in ["root:x:0:0", "[package]\nname = \"barrow\"", "[core]\n", "DATABASE_URL="] {
                assert!(!body.contains(secret), "{path} shows {secret}");
            }
        }
    }
}

#[rocket::async_test]
async fn zeros_and_broken_text_never_reach_the_tables() {
    let shop = TestShop::open().await;
    let owner = shop.staff("owner").await;
    for raw in ["a%00b", "%00", "%C0%80", "%ED%A0%80", "%FF%FE", "%F8%88%80%80%80", "%E2%80%AE%00"] {
        for (path, fields) in [
            ("/account/register", vec!["name", "email", "password"]),
            ("/account/sign-in", vec!["email", "password", "next"]),
            ("/checkout", vec!["email", "name", "street", "city", "note", "postal_code"]),
            ("/admin/settings", vec!["shop_name", "name", "street", "sender_email"]),
            ("/admin/customer-groups", vec!["name"]),
            ("/admin/redirects", vec!["from", "to", "path", "target"]),
            ("/admin/categories", vec!["title", "handle", "description"]),
        ] {
            let body: Vec<String> = fields.iter().map(|name| format!("{name}={raw}")).collect();
            for visitor in [&owner, &shop.visitor()] {
                let answer = visitor.post_body(path, body.join("&").as_bytes()).await;
                assert!(answer.status.code < 500, "{path} {raw}: {}", answer.status);
            }
            let answer = owner.get(&format!("{path}?{}", body.join("&"))).await;
            assert!(answer.status.code < 500, "{path}?{raw}: {}", answer.status);
        }
        shop.shop.clock.advance(chrono::Duration::hours(2));
    }
    // In cookies and headers, too.
    for name in ["staff", "customer", "cart", "theme", "locale", "notice"] {
        for bad in ["\u{fffd}", "%00", "%FF", "a\u{202e}b", "' or 1=1 --", &"x".repeat(5000)] {
            let answer = shop.visitor().with_cookie(name, bad).get("/cart").await;
            assert!(answer.status.code < 500, "{name}={bad}: {}", answer.status);
        }
    }
    for (name, value) in [
        ("User-Agent", "\u{fffd}%00\u{202e}<script>"),
        ("Accept-Language", "de-\u{fffd},;q=,*;q=9e999"),
        ("If-None-Match", "\"\u{fffd}"),
        ("Range", "bytes=9-1,-0,x"),
    ] {
        let answer = shop.visitor().send(shop.client.get("/").header(Header::new(name, value))).await;
        assert!(answer.status.code < 500, "{name}: {}", answer.status);
    }
}

#[rocket::async_test]
async fn the_name_of_a_file_decides_nothing() {
    let shop = TestShop::open().await;
    let staff = shop.staff("content").await;
    let mut picture = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(64, 48, image::Rgb([9, 90, 9]))
        .write_to(&mut picture, image::ImageFormat::Png)
        .expect("a picture");
    for name in [
        "../../../../tmp/evil.php",
        "..\\..\\evil.exe",
        "/etc/cron.d/evil",
        "a\u{0}.png",
        "shell.php.png",
        "<script>xss()</script>.png",
        "CON",
        ".htaccess",
    ] {
        let mut body = format!(
            "--cut\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: image/png\r\n\r\n"
        )
        .into_bytes();
        body.extend(picture.get_ref());
        body.extend(b"\r\n--cut--\r\n");
        let kind = ContentType::new("multipart", "form-data").with_params(("boundary", "cut"));
        let request =
            shop.client.post("/admin/pictures").body(body).header(kind).header(Header::new("Sec-Fetch-Site", "same-origin"));
        let answer = staff.send(request).await;
        assert!(answer.status == Status::SeeOther || answer.status.code / 100 == 4, "{name:?}: {}", answer.status);
    }
    shop.work().await;
    let names = texts(&shop, "select file_name as text from media").await;
    assert!(names.iter().all(|name| !name.contains('\0')), "{names:?}");
    // What lies in the folder is called by its content.
    let folder = shop.shop.config.data.clone().expect("a folder");
    let mut todo = vec![folder.join("files")];
    while let Some(path) = todo.pop() {
        if path.is_dir() {
            todo.extend(std::fs::read_dir(&path).expect("a folder").map(|entry| entry.expect("an entry").path()));
            continue;
        }
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
        let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
        assert!(plain && !["php", "exe", "htaccess"].iter().any(|bad| name.contains(bad)), "{name}");
    }
    let gallery = staff.get("/admin/pictures").await;
    assert!(!gallery.is_ok().body().contains("<script>xss"), "a name is text");
}
