//! Catalogues of other shops come in whole, twice without harm, and say what is wrong with them.

use std::path::{Path, PathBuf};

use barrow::app::exchange::Bench;
use barrow::app::exchange::shopify::{ImportRefused, Options, Problem, Report, import};
use barrow::platform::base::{Failed, ProductId};
use barrow::platform::i18n::{Locale, Words};

use crate::world::{TestShop, shared_data};

impl TestShop {
    async fn try_import(&self, file: &Path, dry_run: bool) -> Result<Report, ImportRefused> {
        let options = Options { images: None, dry_run };
        match import(&Bench::from(&self.shop), file, &options, self.now(), &|_, _| {}).await {
            Ok(report) => Ok(report),
            Err(Failed::Refused(why)) => Err(why),
            Err(Failed::Broke(broke)) => panic!("{broke:?}"),
        }
    }

    async fn import(&self, file: &Path) -> Report {
        self.try_import(file, false).await.expect("a readable file")
    }

    /// Everything the import may write, counted and summed.
    async fn everything(&self) -> Vec<i64> {
        let mut counts = Vec::new();
        for table in [
            "products",
            "variants",
            "product_options",
            "option_values",
            "product_media",
            "media",
            "categories",
            "stock",
            "stock_movements",
            "change_feed",
            "events",
        ] {
            counts.push(self.number(&format!("select count(*) from {table}")).await);
        }
        counts.push(self.number("select sum(version) from products").await);
        counts
    }
}

fn file(content: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("products.csv");
    std::fs::write(&path, content).expect("written");
    (folder, path)
}

fn said(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|problem| problem.words(Words::new(Locale::En))).collect()
}

fn figures(report: &Report) -> [usize; 5] {
    [report.products(), report.variants, report.images, report.categories, report.problems.len()]
}

#[rocket::async_test]
async fn the_demo_catalogue_comes_in_whole() {
    let Some(path) = shared_data("demo-catalogue/products.csv") else { return };
    let shop = TestShop::open().await;
    let empty = shop.everything().await;
    let rehearsed = shop.try_import(&path, true).await.expect("reads");
    assert_eq!(shop.everything().await, empty, "a dry run writes nothing");
    let report = shop.import(&path).await;
    assert_eq!(figures(&report), [91, 175, 178, 25, 2], "{:#?}", said(&report.problems));
    assert_eq!(Report { dry_run: false, ..rehearsed }, report, "a dry run reports the same");
    assert_eq!(
        said(&report.problems),
        [
            "Line 212, Variant SKU: The SKU 404.038.96 is on another variant already. This one is 404.038.96-2 now.",
            "Line 213, Variant SKU: The SKU 404.038.96 is on another variant already. This one is 404.038.96-3 now.",
        ]
    );
    let full = shop.everything().await;
    assert_eq!(&full[..2], [91, 175]);
    assert_eq!(shop.number("select count(*) from product_media").await, 178);
    assert_eq!(shop.number("select count(distinct category_id) from product_categories").await, 25);
    assert_eq!(shop.number("select count(*) from categories").await, 33);
    assert_eq!(shop.number("select count(*) from variants where sku is null").await, 0);
    assert_eq!(shop.number("select count(*) from variants where media_id is not null").await, 87);
    let again = shop.import(&path).await;
    assert_eq!((again.created, again.updated, again.unchanged), (0, 0, 91));
    assert_eq!(shop.everything().await, full, "a second run changes nothing");
}

#[rocket::async_test]
async fn files_of_other_shops_come_in() {
    let shop = TestShop::open().await;
    // products, variants, pictures, categories, problems
    for (name, expected) in [
        ("apparel.csv", [20, 22, 20, 0, 0]),
        ("home-and-garden.csv", [20, 21, 21, 2, 0]),
        ("gatsby-demo-100.csv", [99, 299, 100, 22, 1]),
        ("packt-product-data.csv", [20, 21, 21, 2, 0]),
    ] {
        let Some(path) = shared_data(&format!("shopify/{name}")) else { return };
        let report = shop.import(&path).await;
        assert_eq!(figures(&report), expected, "{name}: {:#?}", said(&report.problems));
        let again = shop.import(&path).await;
        assert_eq!((again.created, again.updated), (0, 0), "{name} again");
    }
    assert_eq!(shop.number("select count(*) from products where gift_card").await, 0, "they all say false");
}

const HEAD: &str = "Handle,Title,Body (HTML),Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Image Src,Status\n";

#[rocket::async_test]
async fn bad_rows_are_named_and_stop_nobody() {
    let shop = TestShop::open().await;
    let (_folder, path) = file(&format!(
        "{HEAD}tea,Green tea,<p>Fresh<script>x</script></p>,Size,Small,T-1,shopify,5,4.50,,active\n\
         tea,,,,Large,T-2,shopify,many,nine,,\n\
         tea,,,,Small,T-3,shopify,1,5,,\n\
         tea,,,,Huge,T-4,shopify,-2,7.999,,\n\
         too,short\n\
         ,Nobody's,,,,,,,1,,\n\
         cup,,,,,C-1,,,3,,\n\
         pot,\"A pot\nof clay\",,Title,Default Title,T-1,shopify,7,\"12,90\",nowhere.jpg,gone\n"
    ));
    let report = shop.import(&path).await;
    assert_eq!((report.created, report.refused, report.rows_lost, report.variants), (2, 1, 5, 2));
    assert_eq!(
        said(&report.problems),
        [
            "Line 3, Variant Price: “nine” is no price in USD.",
            "Line 4, Option1 Value: The variant “Small” stands in line 2 already. This one was left out.",
            "Line 5, Variant Price: “7.999” is no price in USD.",
            "Line 6: This row has 2 fields where the first line has 11. It was left out.",
            "Line 7, Handle: A row without a handle belongs to no product. It was left out.",
            "Line 8, Title: The product has no title. It was left out.",
            "Line 9, Image Src: The picture nowhere.jpg is not there.",
            "Line 9, Status: “gone” is no status. The product is a draft now.",
            "Line 9, Variant SKU: The SKU T-1 is on another variant already. This one is T-1-2 now.",
        ]
    );
    assert_eq!(shop.number("select price from variants where sku = 'T-1-2'").await, 1290);
    assert_eq!(shop.number("select sum(on_hand) from stock").await, 12);
    assert_eq!(shop.number("select count(*) from products where description_html = '<p>Fresh</p>'").await, 1);
    assert_eq!(shop.number("select count(*) from products where title = 'A pot of clay'").await, 1);
}

#[rocket::async_test]
async fn rows_of_a_product_may_stand_apart() {
    let shop = TestShop::open().await;
    let (_folder, path) =
        file(&format!("{HEAD}tea,Tea,,Size,S,,,,1,,\ncup,Cup,,,,,,,2,,\ntea,,,,M,,,,1,,\npot,Pot,,,,,,,2,,\ntea,,,,L,,,,1,,\n"));
    let report = shop.import(&path).await;
    assert_eq!((report.created, report.variants, report.problems.len()), (3, 5, 0));
}

#[rocket::async_test]
async fn every_encoding_gives_the_same() {
    let shop = TestShop::open().await;
    let text = format!("{HEAD}cafe,Crème – brûlée,\"<p>ä\r\n\"\"ö\"\"</p>\",,,,,,1,,\r\nzwei,Zwei,,,,,,,2,,")
        .replace("Status\n", "Status\r\n");
    let wide = |unit: fn(u16) -> [u8; 2]| format!("\u{FEFF}{text}").encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let (western, _, lossy) = encoding_rs::WINDOWS_1252.encode(&text);
    assert!(!lossy);
    let (_folder, path) = file("");
    let mut first = true;
    for bytes in [
        text.clone().into_bytes(),
        format!("\u{FEFF}{text}").into_bytes(),
        wide(u16::to_le_bytes),
        wide(u16::to_be_bytes),
        western.into_owned(),
        text.replace(',', ";").into_bytes(),
    ] {
        std::fs::write(&path, bytes).expect("written");
        let report = shop.import(&path).await;
        assert_eq!((report.products(), report.problems.len()), (2, 0), "{:?}", said(&report.problems));
        assert_eq!(report.created, if std::mem::take(&mut first) { 2 } else { 0 });
        assert_eq!(report.updated, 0);
    }
}

#[rocket::async_test]
async fn what_is_no_catalogue_is_refused_with_words() {
    let shop = TestShop::open().await;
    let (_folder, path) = file("name;price\nTea;4\n");
    assert_eq!(shop.try_import(&path, false).await, Err(ImportRefused::ColumnMissing("Handle")));
    assert!(matches!(shop.try_import(Path::new("/nowhere.csv"), false).await, Err(ImportRefused::Unreadable(_))));
    std::fs::write(&path, format!("{HEAD}tea,Tea,\"{}", "x,\n".repeat(9_000_000))).expect("written");
    assert!(
        matches!(shop.try_import(&path, false).await, Err(ImportRefused::Unreadable(_))),
        "a quotation mark that is never closed"
    );
    std::fs::write(&path, [0_u8, 159, 146, 150].repeat(1000)).expect("written");
    assert!(shop.try_import(&path, false).await.is_err());
}

#[rocket::async_test]
async fn prices_of_a_litre_come_with_the_file_and_stay_where_it_says_nothing_of_them() {
    let shop = TestShop::open().await;
    let head = "Handle,Title,Variant Price,Unit Price Total Measure,Unit Price Total Measure Unit,Unit Price Base Measure,Unit Price Base Measure Unit,Status\n";
    let goods = "oil,Oil,12.00,750.0,ml,1.0,l,active\ntea,Tea,4.00,0.0,,0.0,,active\nrice,Rice,3.00,2,stones,1,kg,active\n";
    let (_folder, path) = file(&format!("{head}{goods}"));
    let report = shop.import(&path).await;
    assert_eq!(
        said(&report.problems),
        [
            "Line 4, Unit Price Total Measure: “2 stones / 1 kg” is no content of a piece that a price can be told by. It was left out."
        ]
    );
    let kept = "select count(*) from variants where content = '750 ml / 1 l'";
    assert_eq!((shop.number(kept).await, shop.number("select count(content) from variants").await), (1, 1));
    std::fs::write(&path, "Handle,Title,Variant Price,Status\noil,Oil,13.00,active\n").expect("written");
    shop.import(&path).await;
    assert_eq!(shop.number(&format!("{kept} and price = 1300")).await, 1);
    shop.get("/products/oil").await.is_ok().shows("750 ml · $17.33 / l");
}

#[rocket::async_test]
async fn gift_cards_come_in_as_such_and_never_run_out() {
    let shop = TestShop::open().await;
    let head = "Handle,Title,Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Gift Card,Status\n";
    let (_folder, path) = file(&format!(
        "{head}card,Gift card,shopify,0,25.00,true,active\ntea,Tea,shopify,3,4.00,false,active\npot,Pot,shopify,1,9,maybe,active\n"
    ));
    let report = shop.import(&path).await;
    assert_eq!(said(&report.problems), ["Line 4, Gift Card: “maybe” is neither true nor false. The usual was taken."]);
    let cards = "select count(*) from products where gift_card and handle = 'card'";
    assert_eq!((shop.number(cards).await, shop.number("select count(*) from products where gift_card").await), (1, 1));
    let counted = "select count(*) from stock s join variants v on v.id = s.variant_id join products p on p.id = v.product_id where s.tracked";
    assert_eq!(shop.number(&format!("{counted} and p.gift_card")).await, 0);
    shop.get("/products/card").await.is_ok().shows("No tax is due now").lacks("Sold out");
    assert_eq!(shop.import(&path).await.unchanged, 3);
    // A file without the column leaves them what they are; one that says so makes goods a gift card.
    std::fs::write(&path, "Handle,Title,Variant Price,Status\ncard,Gift card,30.00,active\n").expect("written");
    shop.import(&path).await;
    assert_eq!(shop.number(cards).await, 1);
    std::fs::write(&path, format!("{head}tea,Tea,shopify,3,4.00,TRUE,active\n")).expect("written");
    shop.import(&path).await;
    assert_eq!(shop.number("select count(*) from products where gift_card").await, 2);
    assert_eq!(shop.number(&format!("{counted} and p.gift_card")).await, 0);
}

#[rocket::async_test]
async fn pictures_behind_addresses_become_jobs_once() {
    let shop = TestShop::open().await;
    let (_folder, path) =
        file(&format!("{HEAD}tea,Tea,,,,,,,1,https://shop.example/a.jpg?v=1 ,active\ntea,,,,,,,,,file:///etc/passwd,\n"));
    for _ in 0..2 {
        let report = shop.import(&path).await;
        assert_eq!((report.images, report.images_to_fetch), (1, 1));
        assert_eq!(
            said(&report.problems),
            ["Line 3, Image Src: file:///etc/passwd is no address that pictures are fetched from."]
        );
    }
    let jobs = "select count(*) from graphile_worker.jobs where task_identifier = 'fetch_picture'";
    assert_eq!(shop.number(jobs).await, 1);
}

#[rocket::async_test]
async fn pictures_that_do_not_come_are_shown_to_staff_until_they_do() {
    use barrow::app::exchange::shopify::FetchPicture;
    use barrow::platform::media::Fetcher;
    let shop = TestShop::open().await;
    let tea =
        ProductId(shop.returned("insert into products (handle, title) values ('tea', 'Green tea') returning id as number").await);
    let staff = shop.staff("owner").await;
    staff.get("/admin/products").await.is_ok().lacks("could not be fetched");
    staff.get("/admin/lost-pictures").await.is_ok().shows("All pictures are here");

    let bench = Bench::from(&shop.shop);
    let fetch =
        |url: &str| FetchPicture { product: tea, variants: Vec::new(), url: url.to_owned(), alt: String::new(), position: 0 };
    for _ in 0..2 {
        fetch("http://127.0.0.1/a.jpg").fetch(&bench, Fetcher::default(), shop.now()).await.expect("noted");
    }
    let lost = fetch("http://nowhere.invalid/<b>.jpg").fetch(&bench, Fetcher::default(), shop.now()).await;
    assert!(lost.is_err(), "what may pass is tried again");
    assert_eq!(shop.number("select count(*) from lost_pictures").await, 2);
    staff.get("/admin/products").await.is_ok().shows("2 pictures could not be fetched");
    let page = staff.get("/admin/lost-pictures").await;
    page.is_ok().shows("127.0.0.1 leads to 127.0.0.1, which is no public address").shows("Green tea").shows("/<b>.jpg");
    page.shows("nowhere.invalid cannot be reached").shows("Tried again by itself");
    let moved = r#"'{"address": "https://new.example/a.jpg"}' where url like '%127.0.0.1%'"#;
    shop.sql(&format!("update lost_pictures set reason = 'media-fetch-redirected', reason_values = {moved}")).await;
    let page = staff.get("/admin/lost-pictures").await;
    page.is_ok().shows("The address redirects to https://new.example/a.jpg; give that address.");
    shop.staff("support").await.post("/admin/lost-pictures/fetching", &[]).await.is(rocket::http::Status::Forbidden);

    staff.post("/admin/lost-pictures/fetching", &[]).await.goes_to("/admin/lost-pictures");
    assert_eq!(shop.number("select count(*) from graphile_worker.jobs where task_identifier = 'fetch_picture'").await, 2);
    let first = shop.number("select min(id) from lost_pictures").await;
    staff.post(&format!("/admin/lost-pictures/{first}/fetching"), &[]).await.goes_to("/admin/lost-pictures");
    staff.post(&format!("/admin/lost-pictures/{first}/removal"), &[]).await.goes_to("/admin/lost-pictures");
    staff.post(&format!("/admin/lost-pictures/{first}/removal"), &[]).await.is(rocket::http::Status::NotFound);
    assert_eq!(shop.number("select count(*) from lost_pictures").await, 1);
    shop.sql("delete from products").await;
    assert_eq!(shop.number("select count(*) from lost_pictures").await, 0);
    fetch("http://127.0.0.1/a.jpg")
        .fetch(&bench, Fetcher::default(), shop.now())
        .await
        .expect("a product that is gone misses nothing");
}
