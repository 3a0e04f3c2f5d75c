//! `docs/security/asvs.md` leaves nothing out and names tests that are there.

use std::collections::BTreeSet;
use std::path::Path;

use regex::Regex;

/// Requirements of levels 1 and 2 in OWASP ASVS 5.0.0.
const REQUIREMENTS: usize = 253;

fn sources(folder: &Path) -> String {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let text = |path: std::path::PathBuf| {
        if path.is_dir() { sources(&path) } else { std::fs::read_to_string(&path).unwrap_or_default() }
    };
    entries.map(text).collect()
}

#[test]
fn the_standard_is_answered_in_full_by_tests_that_exist() {
    let house = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(house.join("docs/security/asvs.md")).expect("the page");
    let sources = [sources(&house.join("src")), sources(&house.join("tests"))].concat();
    let (id, name) =
        (Regex::new(r"(V\d+\.\d+)\.(\d+)(?:-(\d+))?").expect("a pattern"), Regex::new(r"`([a-z0-9_]{12,})`").expect("a pattern"));
    let (mut seen, mut wrong) = (BTreeSet::new(), Vec::new());
    for line in page.lines().filter(|line| line.starts_with("| V")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        for hit in id.captures_iter(cells[1]) {
            let first: u32 = hit[2].parse().expect("a number");
            let last: u32 = hit.get(3).map_or(first, |last| last.as_str().parse().expect("a number"));
            for number in first..=last {
                if !seen.insert(format!("{}.{number}", &hit[1])) {
                    wrong.push(format!("{}.{number} is answered twice", &hit[1]));
                }
            }
        }
        let [_, _, _, _, how, shown, _] = cells[..] else { continue };
        for test in name.captures_iter(shown).filter(|test| !sources.contains(&format!("fn {}(", &test[1]))) {
            wrong.push(format!("{}: no test is called {}", cells[1], &test[1]));
        }
        if how.is_empty() || (!name.is_match(shown) && shown != "reason" && !how.contains("**open**")) {
            wrong.push(format!("{} has neither a test nor a reason", cells[1]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(seen.len(), REQUIREMENTS);
}
