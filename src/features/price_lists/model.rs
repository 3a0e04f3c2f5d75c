//! Price lists as staff see them, and prices that come as rows of text.

use crate::engines::pricing::Rounding;
use crate::engines::pricing::lists::MAX_PRICE;
use crate::platform::base::{Currency, CustomerGroupId, MarketId, Moment, PriceListId, Rate, VariantId};

/// A list as the index shows it.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: PriceListId,
    pub name: String,
    pub currency: String,
    pub active: bool,
    pub from: Option<Moment>,
    pub until: Option<Moment>,
    pub off: Rate,
    pub from_quantity: i32,
    /// The names of its groups; `None`: for everybody.
    pub groups: Option<String>,
    /// The names of its markets; `None`: all.
    pub markets: Option<String>,
    /// Variants that have own prices on it.
    pub goods: i64,
}

/// Whether a list decides prices now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Off,
    /// Its time is yet to come.
    Coming,
    Running,
    Over,
}

impl State {
    pub fn of(active: bool, from: Option<Moment>, until: Option<Moment>, now: Moment) -> State {
        match () {
            () if !active => State::Off,
            () if until.is_some_and(|until| until <= now) => State::Over,
            () if from.is_some_and(|from| now < from) => State::Coming,
            () => State::Running,
        }
    }

    /// Tone and key of its words.
    pub fn said(self) -> (&'static str, &'static str) {
        match self {
            State::Off => ("idle", "price-lists-state-off"),
            State::Coming => ("info", "price-lists-coming"),
            State::Running => ("good", "price-lists-running"),
            State::Over => ("idle", "price-lists-over"),
        }
    }
}

/// A list as its form shows it.
#[derive(Clone, Debug)]
pub struct Kept {
    pub id: PriceListId,
    pub name: String,
    pub currency: Currency,
    pub active: bool,
    /// `None`: for everybody.
    pub groups: Option<Vec<CustomerGroupId>>,
    /// `None`: in all markets.
    pub markets: Option<Vec<MarketId>>,
    pub from: Option<Moment>,
    pub until: Option<Moment>,
    pub off: Rate,
    pub from_quantity: i32,
    pub rounding: Rounding,
    pub version: i32,
}

/// Whom and where a list can be for, by name.
#[derive(Clone, Debug)]
pub struct Reach {
    pub groups: Vec<(CustomerGroupId, String)>,
    pub markets: Vec<(MarketId, String)>,
}

/// An own price of a list.
#[derive(Clone, Debug)]
pub struct OwnPrice {
    pub variant: VariantId,
    pub product: String,
    pub title: String,
    pub sku: String,
    /// What it usually costs, in minor units of the shop's currency.
    pub usual: i64,
    pub from_quantity: i32,
    pub amount: i64,
}

/// Something that may get a price on a list.
#[derive(Clone, Debug)]
pub struct Hit {
    pub variant: VariantId,
    pub product: String,
    pub title: String,
    pub sku: String,
    pub usual: i64,
}

/// A row of text: a SKU, from how many pieces, and a price (`None`: off the list).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceRow {
    /// From 1.
    pub line: usize,
    pub sku: String,
    pub from_quantity: i32,
    pub amount: Option<i64>,
}

/// Prices in rows, and the lines that cannot be read, each with the key of the sentence that says why.
pub type Rows = (Vec<PriceRow>, Vec<(usize, &'static str)>);

/// Reads rows of "SKU; pieces; price" with semicolons, tabs or commas between; a row of names at the top is left out, a row without a price
/// takes one off the list.
pub fn rows_of(text: &str, currency: Currency) -> Rows {
    let (mut rows, mut wrong) = (Vec::new(), Vec::new());
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let between = [';', '\t', ','].into_iter().find(|mark| line.contains(*mark)).unwrap_or(';');
        let cells: Vec<&str> = line.splitn(3, between).map(|cell| cell.trim().trim_matches('"').trim()).collect();
        let number = at + 1;
        match cells.as_slice() {
            [_, pieces, ..] if at == 0 && pieces.parse::<i64>().is_err() && pieces.chars().any(char::is_alphabetic) => {}
            [sku, pieces, price] if !sku.is_empty() => {
                let from = pieces.parse::<i32>().ok().filter(|from| (1..=9999).contains(from));
                let amount = if price.is_empty() { Some(None) } else { amount_of(price, currency).map(Some) };
                match (from, amount) {
                    (Some(from_quantity), Some(amount)) => {
                        rows.push(PriceRow { line: number, sku: (*sku).to_owned(), from_quantity, amount });
                    }
                    (None, _) => wrong.push((number, "price-lists-no-pieces")),
                    (_, None) => wrong.push((number, "price-lists-no-price")),
                }
            }
            _ => wrong.push((number, "price-lists-no-row")),
        }
    }
    (rows, wrong)
}

/// A price of a list in minor units, as typed.
pub fn amount_of(typed: &str, currency: Currency) -> Option<i64> {
    currency.parse_minor(typed).filter(|amount| *amount <= MAX_PRICE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_with_any_mark_between_and_bad_ones_are_named() {
        let text = "SKU;Pieces;Price\nTEA-1;1;8,50\n\nTEA-2\t10\t7.00\nTEA-3,5,6.00\nTEA-4;1;\nTEA-5;0;1\nTEA-6;1;cheap\nTEA-7\n\"TEA-8\";\"2\";\"1.50\"";
        let (rows, wrong) = rows_of(text, Currency::EUR);
        let row = |line, sku: &str, from_quantity, amount| PriceRow { line, sku: sku.into(), from_quantity, amount };
        assert_eq!(
            rows,
            [
                row(2, "TEA-1", 1, Some(850)),
                row(4, "TEA-2", 10, Some(700)),
                row(5, "TEA-3", 5, Some(600)),
                row(6, "TEA-4", 1, None),
                row(10, "TEA-8", 2, Some(150)),
            ]
        );
        assert_eq!(wrong, [(7, "price-lists-no-pieces"), (8, "price-lists-no-price"), (9, "price-lists-no-row")]);
        assert_eq!(rows_of("TEA;1;5.5", "JPY".parse().expect("yen")).1, [(1, "price-lists-no-price")]);
    }

    #[test]
    fn a_list_runs_from_its_beginning_to_right_before_its_end() {
        let at = |second| chrono::DateTime::from_timestamp(second, 0);
        let state = |second| State::of(true, at(10), at(20), at(second).expect("a moment"));
        assert_eq!([9, 10, 19, 20].map(state), [State::Coming, State::Running, State::Running, State::Over]);
        assert_eq!(State::of(false, None, None, at(0).expect("a moment")), State::Off);
    }
}
