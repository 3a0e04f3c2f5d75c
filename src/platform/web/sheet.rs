//! Tables as files that spreadsheets open.

use rocket::Responder;
use rocket::http::{ContentType, Header};

/// A table of comma-separated values that the browser keeps.
#[derive(Responder)]
pub struct CsvFile {
    bytes: Vec<u8>,
    kind: ContentType,
    name: Header<'static>,
}

impl CsvFile {
    /// The rows with their names on top, under this name (without its ending). No cell is a formula.
    pub fn new<'a>(
        name: &str,
        titles: &[&str],
        rows: impl IntoIterator<Item = impl IntoIterator<Item = &'a str>>,
    ) -> Result<CsvFile, csv::Error> {
        let mut sheet = csv::Writer::from_writer(Vec::new());
        sheet.write_record(titles)?;
        for row in rows {
            sheet.write_record(row.into_iter().map(cell))?;
        }
        let bytes = sheet.into_inner().map_err(|error| error.into_error())?;
        let name = Header::new("Content-Disposition", format!("attachment; filename=\"{name}.csv\""));
        Ok(CsvFile { bytes, kind: ContentType::CSV, name })
    }
}

/// Whether programs for tables take a text for a formula: by its first sign, which some read in full width, or before which some skip a line.
pub fn begins_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
}

/// A cell that no program for tables takes for a formula.
fn cell(text: &str) -> String {
    match text.chars().next() {
        Some('-') if is_number(&text[1..]) => text.to_owned(),
        _ if begins_a_formula(text) => format!("'{text}"),
        _ => text.to_owned(),
    }
}

/// Whether these are digits with at most one point: what is less than nought is no formula.
fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && text.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for bad in ["=1+1", "+1", "-1+1", "-A1", "-", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\u{ff1d}1+1", "\u{ff20}A1"] {
            assert_eq!(cell(bad), format!("'{bad}"));
        }
        for fine in ["order.paid", "-1", "-12.50"] {
            assert_eq!(cell(fine), fine);
        }
    }
}
