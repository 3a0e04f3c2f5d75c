//! Cells read as what they stand for; what cannot be read is reported with its line and column.

use std::str::FromStr;

use super::columns::{Column, Header};
use super::report::Report;
use super::rows::Row;
use crate::engines::pricing::Content;
use crate::features::catalog::model::MAX_PRICE;
use crate::platform::base::{BadText, Currency, Message};

/// Reads cells of one file and reports what is wrong with them.
pub struct Cells<'a> {
    pub header: &'a Header,
    pub currency: Currency,
    pub report: &'a mut Report,
}

impl Cells<'_> {
    pub fn text<'r>(&self, row: &'r Row, column: Column) -> &'r str {
        self.header.cell(&row.record, column)
    }

    pub fn problem(&mut self, row: &Row, column: Column, why: Message) {
        self.report.problem(row.line, self.header.name(column), why);
    }

    pub fn lost(&mut self, row: &Row, column: Column, why: Message) {
        self.report.row_lost(row.line, self.header.name(column), why);
    }

    /// The first row that says something in a column, with what it says.
    pub fn first<'r>(&self, rows: &'r [Row], column: Column) -> Option<(&'r Row, &'r str)> {
        rows.iter().map(|row| (row, self.text(row, column))).find(|(_, cell)| !cell.is_empty())
    }

    /// A text of one line; what is not accepted is reported and left empty.
    pub fn line<T: FromStr<Err = BadText> + Default>(&mut self, row: &Row, column: Column) -> T {
        let cell = in_one_line(self.text(row, column));
        self.parsed(row, column, &cell)
    }

    /// The first text of a product in a column; the same.
    pub fn first_line<T: FromStr<Err = BadText> + Default>(&mut self, rows: &[Row], column: Column) -> T {
        match self.first(rows, column) {
            Some((row, _)) => self.line(row, column),
            None => T::default(),
        }
    }

    pub fn parsed<T: FromStr<Err = BadText> + Default>(&mut self, row: &Row, column: Column, cell: &str) -> T {
        cell.parse().unwrap_or_else(|why: BadText| {
            self.problem(row, column, Message::new(why.0));
            T::default()
        })
    }

    /// A price in minor units; `None` when it is missing or cannot be read, which is reported as `lost` tells.
    pub fn price(&mut self, row: &Row) -> Option<i64> {
        let cell = self.text(row, Column::Price);
        if cell.is_empty() {
            self.lost(row, Column::Price, Message::new("exchange-price-missing"));
            return None;
        }
        let price = self.amount(cell);
        if price.is_none() {
            self.lost(row, Column::Price, self.no_price(cell));
        }
        price
    }

    pub fn compare_at(&mut self, row: &Row) -> Option<i64> {
        let cell = self.text(row, Column::CompareAt);
        if cell.is_empty() {
            return None;
        }
        let price = self.amount(cell);
        if price.is_none() {
            self.problem(row, Column::CompareAt, self.no_price(cell));
        }
        price.filter(|price| *price > 0)
    }

    /// What is in a piece: total measure and its unit, and what the price is told for; what cannot be read is reported and left out.
    pub fn content(&mut self, row: &Row) -> Option<Content> {
        let holds = self.text(row, Column::Holds);
        if holds.trim_matches(['0', '.', ',']).is_empty() {
            return None;
        }
        let per = (self.text(row, Column::Per), self.text(row, Column::PerUnit));
        let whole = match per {
            (_, "") => format!("{holds} {}", self.text(row, Column::HoldsUnit)),
            (per, unit) => {
                let per = if per.trim_matches(['0', '.', ',']).is_empty() { "1" } else { per };
                format!("{holds} {} / {per} {unit}", self.text(row, Column::HoldsUnit))
            }
        };
        let content = whole.parse().ok();
        if content.is_none() {
            self.problem(row, Column::Holds, Message::new("exchange-no-content").text("value", shortened(&whole)));
        }
        content
    }

    fn amount(&self, cell: &str) -> Option<i64> {
        self.currency.parse_minor(cell).filter(|price| *price <= MAX_PRICE)
    }

    fn no_price(&self, cell: &str) -> Message {
        Message::new("exchange-no-price").text("value", shortened(cell)).text("currency", self.currency.code())
    }

    /// A count from 0 to a thousand million, digits behind the point rounded; what cannot be read is reported and 0.
    pub fn number(&mut self, row: &Row, column: Column) -> i32 {
        let cell = self.text(row, column);
        rounded(cell).unwrap_or_else(|| {
            self.problem(row, column, Message::new("exchange-no-number").text("value", shortened(cell)));
            0
        })
    }

    /// Yes or no; an empty cell is `usual`, what is neither is reported and `usual` too.
    pub fn truth(&mut self, row: &Row, column: Column, usual: bool) -> bool {
        let cell = self.text(row, column);
        match cell.to_ascii_lowercase().as_str() {
            "" => usual,
            "true" | "yes" | "1" | "y" | "wahr" | "ja" | "continue" => true,
            "false" | "no" | "0" | "n" | "falsch" | "nein" | "deny" => false,
            _ => {
                self.problem(row, column, Message::new("exchange-no-truth").text("value", shortened(cell)));
                usual
            }
        }
    }
}

/// Line breaks and tabs inside a cell that is one line to us become spaces.
pub fn in_one_line(cell: &str) -> String {
    if cell.contains(['\n', '\r', '\t']) { cell.split_whitespace().collect::<Vec<_>>().join(" ") } else { cell.to_owned() }
}

fn shortened(cell: &str) -> String {
    cell.chars().filter(|c| !c.is_control()).take(60).collect()
}

/// "", "12", "12.0" and "0.5" as whole numbers, halves up; `None` for anything else.
fn rounded(cell: &str) -> Option<i32> {
    if cell.is_empty() {
        return Some(0);
    }
    let (whole, part) = cell.split_once('.').unwrap_or((cell, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 10 || !digits(whole) || !digits(part) {
        return None;
    }
    let up = i64::from(part.as_bytes().first().is_some_and(|digit| *digit >= b'5'));
    i32::try_from(whole.parse::<i64>().ok()? + up).ok().filter(|number| *number <= 1_000_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_and_never_guessed() {
        assert_eq!(rounded("0.0"), Some(0));
        assert_eq!(rounded("8981"), Some(8981));
        assert_eq!(rounded("99.5"), Some(100));
        for bad in ["-3", "1e3", "12 kg", "1,000", ".", "99999999999", "1.5.5"] {
            assert_eq!(rounded(bad), None, "{bad}");
        }
    }
}
