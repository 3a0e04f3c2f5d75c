//! Spreadsheets run what begins like a formula: no cell that the shop writes does.

use rocket::http::Method;

use super::{aim, routes};
use crate::world::{Answer, TestShop};

const FORMULAS: [&str; 7] =
    ["=HYPERLINK(\"http://evil.example\")", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1+1)", "\t=1+1", "\r=1+1", "=1+1"];

/// Every CSV of an answer: the answer itself, or the files of a zip.
fn tables(answer: &Answer) -> Vec<Vec<u8>> {
    let kind = answer.header("content-type").unwrap_or_default().to_owned();
    if kind.starts_with("text/csv") {
        return vec![answer.bytes.clone()];
    }
    if !kind.starts_with("application/zip") {
        return Vec::new();
    }
    let mut files = zip::ZipArchive::new(std::io::Cursor::new(answer.bytes.clone())).expect("a zip");
    let names: Vec<String> = files.file_names().filter_map(Result::ok).map(|name| name.into_owned()).collect();
    let read = |name: &String| {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut files.by_name(name).expect("a file"), &mut bytes).expect("read");
        bytes
    };
    names.iter().filter(|name| name.ends_with(".csv")).map(read).collect()
}

#[rocket::async_test]
async fn no_cell_of_a_table_begins_a_formula() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 50).await;
    let fields: Vec<(&str, &str)> =
        super::oregon().into_iter().map(|(name, value)| (name, if name == "name" { FORMULAS[0] } else { value })).collect();
    super::buy(&shop, &shop.visitor(), &tea, &fields, &[]).await;
    let anna = shop.customer("anna@example.org").await;
    shop.sql(&format!(
        "update customers set name = '{0}'; update products set title = '{0}'; update orders set customer_id = (select id from customers), note = '{1}'",
        FORMULAS[0].replace('\'', "''"),
        FORMULAS[1].replace('\'', "''")
    ))
    .await;
    let owner = shop.staff("owner").await;
    let stays = |path: &str| !path.ends_with("sign-out") && !path.ends_with("ending") && !path.ends_with("closing");
    let all = [routes(&shop, Method::Get), routes(&shop, Method::Post)].concat();
    for route in all.iter().filter(|route| stays(route.uri.path())) {
        for visitor in [&owner, &anna] {
            let path = aim(route, "1");
            let answer = if route.method == Method::Get { visitor.get(&path).await } else { visitor.post(&path, &[]).await };
            for table in tables(&answer) {
                let mut rows = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&table[..]);
                for row in rows.byte_records() {
                    for cell in row.expect("a row").iter() {
                        let begins = cell.first().is_some_and(|first| b"=+-@\t\r".contains(first));
                        let number = std::str::from_utf8(cell).is_ok_and(|text| text.parse::<f64>().is_ok());
                        assert!(!begins || number, "{}: {:?}", answer.asked, String::from_utf8_lossy(cell));
                    }
                }
            }
        }
    }
}
