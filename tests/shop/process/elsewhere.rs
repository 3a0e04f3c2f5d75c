//! A shop whose database and pictures are somewhere else: a PostgreSQL with password and TLS, S3.

use super::caller::Caller;
use super::fakes::{Bucket, Postgres, fakes};
use super::{Place, eventually, refuses, text};

const PASSWORD: &str = "a long walk by the sea";
const SECRET: &str = "pass word/§";

/// What every table holds, a line each.
const EVERYTHING: &str = "
    select string_agg(table_name || ' ' || (xpath('//text()', query_to_xml(format(
        'select count(*) || ''-'' || coalesce(md5(string_agg(x::text, '';'' order by x::text)), '''') from %I x', table_name),
        true, true, '')))[1], E'\\n' order by table_name)
      from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'";

fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_fn(400, 300, |x, y| image::Rgb([x as u8, y as u8, 90]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("a picture");
    bytes.into_inner()
}

/// Takes a picture in as staff do and waits for it; the address under which shoppers see it.
fn take_in(staff: &mut Caller, ready: impl Fn() -> bool, hash: impl Fn() -> String) -> String {
    staff.send_file("/admin/pictures", "sea.png", &png()).goes_to("/admin/pictures");
    eventually("its widths are made", ready);
    format!("/media/{}/320.webp", hash())
}

#[test]
fn a_database_elsewhere_is_backed_up_and_restored() {
    let server_folder = Place::new();
    let server = Postgres::start(server_folder.folder.path());
    server.fresh();
    let mut place = Place::new();
    place.set("DATABASE_URL", server.url(SECRET, "disable"));
    refuses(&place.run(&["migrate"]), "the database that DATABASE_URL names refuses us: no pg_hba.conf entry");
    place.set("DATABASE_URL", server.url("guessed", "require"));
    refuses(&place.run(&["migrate"]), "refuses us: password authentication failed");
    place.set("DATABASE_URL", server.url(SECRET, "verify-full"));
    refuses(&place.run(&["migrate"]), "cannot be reached");
    place.set("SSL_CERT_FILE", server.papers.trusted.display().to_string());
    place.add_owner("anna@example.org", PASSWORD);

    let shop = place.serve();
    let mut staff = Caller::staff(shop.port, "anna@example.org", PASSWORD);
    let hash = || server.sql("shop", "select encode(sha256, 'hex') from media");
    let address = take_in(&mut staff, || server.sql("shop", "select count(*) from media where state = 'ready'") == "1", hash);
    server.sql("shop", super::SHOP);
    let seen = staff.get(&address);
    assert_eq!(seen.status, 200);
    shop.stop();
    let before = server.sql("shop", EVERYTHING);
    let backup = place.folder.path().join("shop.backup").display().to_string();
    place.done(&["backup", &backup]);

    // Wiped: database, role, pictures. What the host has put into the database meanwhile is left alone.
    server.fresh();
    server.sql("shop", "create extension pg_trgm");
    std::fs::remove_dir_all(place.data()).expect("wiped");
    place.set("DATABASE_URL", server.url(SECRET, "require"));
    assert!(place.done(&["restore", &backup]).contains("The shop is as it was"));
    assert_eq!(server.sql("shop", EVERYTHING), before);
    let shop = place.serve();
    let mut staff = staff.moved(shop.port);
    assert_eq!(staff.get(&address).body, seen.body, "the picture is the same");
    assert_eq!(staff.get("/admin/orders").status, 200, "who was signed in still is");
    assert!(place.done(&["doctor"]).contains("named by DATABASE_URL"));
    refuses(&place.run(&["restore", "--replace", &backup]), "stop it first");
    shop.stop();
    place.done(&["restore", "--replace", &backup]);
    assert_eq!(server.sql("shop", EVERYTHING), before);
}

#[test]
fn pictures_on_s3_are_served_backed_up_and_restored() {
    let Some(fakes) = fakes() else { return };
    let bucket = Bucket::start(&fakes);
    let mut place = Place::new();
    for (name, value) in bucket.environment() {
        place.set(name, value);
    }
    place.add_owner("anna@example.org", PASSWORD);
    let shop = place.serve();
    let mut staff = Caller::staff(shop.port, "anna@example.org", PASSWORD);
    let hash = || place.sql("select encode(sha256, 'hex') from media");
    let address = take_in(&mut staff, || place.sql("select count(*) from media where state = 'ready'") == "1", hash);
    let seen = staff.get(&address);
    assert_eq!((seen.status, &seen.body[8..12]), (200, &b"WEBP"[..]), "{}", seen.head);
    let stored = bucket.names();
    assert!(stored.iter().any(|name| name.starts_with("pictures/of mine/originals/")), "{stored:?}");
    assert!(stored.iter().any(|name| name.ends_with("/320.webp")), "{stored:?}");
    assert!(std::fs::read_dir(place.data().join("files")).expect("there").next().is_none(), "nothing lies here");
    assert!(place.done(&["doctor"]).contains("pictures: s3://shop/pictures/of mine can be written and read"));
    let backup = place.folder.path().join("shop.backup").display().to_string();
    assert!(place.done(&["backup", &backup]).contains("holds the whole shop"));
    shop.stop();

    bucket.wipe();
    std::fs::remove_dir_all(place.data()).expect("wiped");
    place.done(&["restore", &backup]);
    assert_eq!(bucket.names(), stored);
    let shop = place.serve();
    assert_eq!(Caller::at(shop.port).get(&address).body, seen.body);
    shop.stop();

    // A backup is also the way from S3 to a folder.
    place.unset("BARROW_S3_URL");
    place.done(&["restore", "--replace", &backup]);
    let shop = place.serve();
    assert_eq!(Caller::at(shop.port).get(&address).body, seen.body);
    shop.stop();

    place.set("BARROW_S3_URL", "s3://nowhere".into());
    let said = place.run(&["doctor"]);
    assert!(text(&said.stdout).contains("FINDING  pictures: s3://nowhere cannot be used"), "{}", text(&said.stdout));
    let lost = place.folder.path().join("lost.backup");
    assert!(!place.run(&["backup", &lost.display().to_string()]).status.success());
    assert!(!lost.exists(), "half a backup is none");
}
