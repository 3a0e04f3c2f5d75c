//! Rules of the books, and what was found where they were looked at.

use serde::{Deserialize, Serialize};

/// Rows named in a finding.
pub const NAMED: usize = 5;

/// Something that no row may break: the query gives a name for each row that does. Its words are `books-<id>-…`.
pub struct Rule {
    pub id: &'static str,
    pub query: &'static str,
}

/// What was found where a rule was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub rule: String,
    /// Rows that break it; none: all is well.
    pub count: i64,
    /// What the first of them are called.
    pub names: Vec<String>,
    /// Worth knowing, but nothing is wrong.
    pub harmless: bool,
}

impl Outcome {
    /// Of a rule that finds orders, by their numbers in any order; one found twice counts once.
    pub fn of_orders(rule: &str, mut numbers: Vec<i64>) -> Outcome {
        numbers.sort_unstable();
        numbers.dedup();
        let names = numbers.iter().take(NAMED).map(|number| format!("order {number}")).collect();
        Outcome { rule: rule.to_owned(), count: numbers.len() as i64, names, harmless: false }
    }

    /// Whether a person must look.
    pub fn is_drift(&self) -> bool {
        self.count > 0 && !self.harmless
    }

    /// "order 1001, order 1002, …"
    pub fn shown(&self) -> String {
        let more = if self.count > self.names.len() as i64 { ", …" } else { "" };
        format!("{}{more}", self.names.join(", "))
    }
}
