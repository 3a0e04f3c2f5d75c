//! What holds of any file: no row is lost or doubled, and nothing that bytes can say makes the reader fall over.

use std::collections::HashMap;
use std::io::Write;

use proptest::prelude::*;

use super::cells::Cells;
use super::draft::{self, Draft};
use super::groups::{Group, Groups};
use super::report::Report;
use super::rows::Source;
use crate::platform::base::Currency;

const HEAD: &str = "Handle,Title,Option1 Name,Option1 Value,Variant Price,Variant Inventory Qty,Image Src\n";

/// All products of a file, with what was reported.
fn read(bytes: &[u8]) -> Result<(Vec<Group>, Vec<Option<Draft>>, Report), csv::Error> {
    let mut file = tempfile::NamedTempFile::new()?;
    file.write_all(bytes)?;
    let source = Source::open(file.path())?;
    let mut groups = Groups::open(&source)?;
    let header = groups.rows.header.clone();
    let (mut all, mut drafts, mut report) = (Vec::new(), Vec::new(), Report::default());
    while let Some(group) = groups.next(&mut report)? {
        let mut cells = Cells { header: &header, currency: Currency::USD, report: &mut report };
        drafts.push(draft::read(&mut cells, &group));
        all.push(group);
    }
    Ok((all, drafts, report))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn rows_in_any_order_come_out_once_and_by_product(order in prop::collection::vec(0..6_usize, 1..60), text in "[a-z \"\n;é]{0,12}") {
        let mut writer = csv::Writer::from_writer(HEAD.as_bytes().to_vec());
        for (number, product) in order.iter().enumerate() {
            let row = [format!("p{product}"), format!("T {text}"), "Size".into(), format!("{number}"), "1.50".into(), "3".into(), String::new()];
            writer.write_record(&row).expect("in memory");
        }
        let (groups, drafts, report) = read(&writer.into_inner().expect("in memory")).expect("a good file");
        let mut expected: HashMap<String, Vec<String>> = HashMap::new();
        for (number, product) in order.iter().enumerate() {
            expected.entry(format!("p{product}")).or_default().push(number.to_string());
        }
        prop_assert_eq!(groups.len(), expected.len());
        prop_assert!(report.problems.is_empty(), "{:?}", report.problems);
        for draft in drafts.into_iter().flatten() {
            let values: Vec<String> = draft.variants.iter().map(|variant| variant.values[0].to_string()).collect();
            prop_assert_eq!(Some(values), expected.remove(&*draft.handle));
            prop_assert!(draft.variants.iter().all(|variant| variant.price == 150 && variant.opening.count == 3));
        }
        prop_assert!(expected.is_empty());
    }

    #[test]
    fn no_bytes_make_the_reader_fall_over(bytes in prop::collection::vec(any::<u8>(), 0..600), with_head in any::<bool>()) {
        let head = if with_head { HEAD.as_bytes() } else { &[] };
        let _ = read(&[head, &bytes].concat());
    }

    #[test]
    fn no_cell_makes_the_reader_fall_over(cells in prop::collection::vec("\\PC{0,30}|[-0-9., ]{0,12}|[a-z0-9-]{1,4}", 7), again in 1..4_usize) {
        let mut writer = csv::Writer::from_writer(HEAD.as_bytes().to_vec());
        for _ in 0..again {
            writer.write_record(&cells).expect("in memory");
        }
        let (groups, drafts, report) = read(&writer.into_inner().expect("in memory")).expect("seven cells a row");
        let whole = drafts.iter().flatten().map(|draft| draft.variants.len()).sum::<usize>();
        prop_assert!(groups.len() <= 1 && whole <= 1);
        prop_assert!(whole == 1 || !report.problems.is_empty() || cells.iter().all(|cell| cell.trim().is_empty()), "nothing is dropped in silence");
    }
}
