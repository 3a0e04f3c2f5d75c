//! What an import did, and what it could not do, by line and column.

use crate::features::catalog::model::Outcome;
use crate::platform::base::Message;
use crate::platform::i18n::Words;

/// Problems kept word for word; those beyond are counted.
const KEPT: usize = 1000;

/// Something wrong in a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The line of the file, the header being line 1.
    pub line: u64,
    /// The column as the file names it; empty when it is about the whole row.
    pub column: String,
    pub reason: Message,
}

/// What an import did; a dry run gives the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    pub dry_run: bool,
    pub created: usize,
    pub updated: usize,
    pub unchanged: usize,
    /// Products that could not be saved.
    pub refused: usize,
    /// Rows of products that were saved but could not be used themselves.
    pub rows_lost: usize,
    pub variants: usize,
    /// Pictures of products, those still to be fetched among them.
    pub images: usize,
    pub images_to_fetch: usize,
    /// Categories that the products name.
    pub categories: usize,
    /// Categories made, those above the named ones among them.
    pub categories_created: usize,
    /// In the order of the file; at most a thousand.
    pub problems: Vec<Problem>,
    pub more_problems: usize,
}

impl Report {
    /// Products that are in the shop now.
    pub fn products(&self) -> usize {
        self.created + self.updated + self.unchanged
    }

    pub(super) fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Created => self.created += 1,
            Outcome::Updated => self.updated += 1,
            Outcome::Unchanged => self.unchanged += 1,
        }
    }

    pub(super) fn problem(&mut self, line: u64, column: String, reason: Message) {
        match self.problems.len() < KEPT {
            true => self.problems.push(Problem { line, column, reason }),
            false => self.more_problems += 1,
        }
    }

    pub(super) fn row_lost(&mut self, line: u64, column: String, reason: Message) {
        self.rows_lost += 1;
        self.problem(line, column, reason);
    }

    /// The report in words, one line after the other.
    pub fn lines(&self, words: Words) -> Vec<String> {
        let count = |key: &str, number: usize| words.count(key, number as i64);
        let mut lines = Vec::new();
        if self.dry_run {
            lines.push(words.t("exchange-dry-run"));
        }
        let products =
            [("total", self.products()), ("created", self.created), ("updated", self.updated), ("unchanged", self.unchanged)];
        lines.push(words.with("exchange-products", &products.map(|(name, number)| (name, (number as i64).into()))));
        lines.push(count("exchange-variants", self.variants));
        lines.push(
            words.with(
                "exchange-images",
                &[("count", (self.images as i64).into()), ("fetch", (self.images_to_fetch as i64).into())],
            ),
        );
        let made = (self.categories_created as i64).into();
        lines.push(words.with("exchange-categories", &[("count", (self.categories as i64).into()), ("made", made)]));
        for (key, number) in [("exchange-refused", self.refused), ("exchange-rows-lost", self.rows_lost)] {
            lines.extend((number > 0).then(|| count(key, number)));
        }
        lines.extend(self.problems.iter().map(|problem| problem.words(words)));
        lines.extend((self.more_problems > 0).then(|| count("exchange-more-problems", self.more_problems)));
        lines
    }
}

impl Problem {
    /// "Line 212, Variant SKU: …"
    pub fn words(&self, words: Words) -> String {
        let reason = words.say(&self.reason);
        let place = [("line", (self.line as i64).into()), ("column", self.column.as_str().into()), ("reason", reason.into())];
        words.with(if self.column.is_empty() { "exchange-problem-row" } else { "exchange-problem" }, &place)
    }
}
