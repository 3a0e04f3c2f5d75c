//! Changes of counts, each with its line in the audit trail; and counts from a file.

use std::collections::HashMap;

use serde_json::json;

use super::queries::Line;
use crate::engines::inventory::stocktaking::{self, Counted};
use crate::engines::inventory::{CountRefused, Reason};
use crate::platform::access::{self, Person};
use crate::platform::base::{CategoryId, Failed, LocationId, Moment, StocktakeId};
use crate::platform::db::{self, Conn};

/// Begins to count.
pub async fn begin(
    conn: &mut Conn,
    staff: &Person,
    at: LocationId,
    category: Option<CategoryId>,
    note: &str,
    now: Moment,
) -> Result<StocktakeId, Failed<CountRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let id = stocktaking::begin(tx, at, category, note, now).await?;
        let after = json!({ "location": at, "category": category, "note": note });
        access::audit(tx, staff, "stocktake.begun", "stocktake", Some(id.0), None, Some(after)).await?;
        Ok(id)
    })
    .await
}

/// Notes what was counted.
pub async fn enter(
    conn: &mut Conn,
    staff: &Person,
    id: StocktakeId,
    counted: &[Counted],
    now: Moment,
) -> Result<usize, Failed<CountRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let lines = stocktaking::enter(tx, id, counted, staff.id, now).await?;
        access::audit(tx, staff, "stocktake.counted", "stocktake", Some(id.0), None, Some(json!({ "lines": lines }))).await?;
        Ok(lines)
    })
    .await
}

/// Books what differs.
pub async fn close(conn: &mut Conn, staff: &Person, id: StocktakeId, now: Moment) -> Result<usize, Failed<CountRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let corrected = stocktaking::close(tx, id, staff.id, now).await?;
        let after = json!({ "corrected": corrected });
        access::audit(tx, staff, "stocktake.closed", "stocktake", Some(id.0), None, Some(after)).await?;
        Ok(corrected)
    })
    .await
}

/// Ends a count without booking anything.
pub async fn drop_count(conn: &mut Conn, staff: &Person, id: StocktakeId, now: Moment) -> Result<(), Failed<CountRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        stocktaking::drop_count(tx, id, now).await?;
        access::audit(tx, staff, "stocktake.dropped", "stocktake", Some(id.0), None, None).await?;
        Ok(())
    })
    .await
}

/// Reads a file with the columns "sku" (or "barcode") and "counted"; commas or semicolons. Rows without a count are left out.
///
/// # Errors
/// A file without these columns, and the first row that names nothing on the sheet, or no whole number.
pub fn read(bytes: &[u8], lines: &[Line]) -> Result<Vec<Counted>, CountRefused> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().next().unwrap_or_default();
    let delimiter = if head.matches(';').count() > head.matches(',').count() { b';' } else { b',' };
    let mut rows = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let titles: Vec<String> =
        rows.headers().map_err(|_| CountRefused::NoColumns)?.iter().map(|title| title.trim().to_lowercase()).collect();
    let column = |name: &str| titles.iter().position(|title| title == name);
    let (sku, barcode) = (column("sku"), column("barcode"));
    let counted = column("counted").filter(|_| sku.is_some() || barcode.is_some()).ok_or(CountRefused::NoColumns)?;
    let by_sku: HashMap<String, i64> = lines.iter().map(|line| (line.sku.to_lowercase(), line.id)).collect();
    let by_barcode: HashMap<&str, i64> = lines.iter().map(|line| (line.barcode.as_str(), line.id)).collect();
    let mut found = Vec::new();
    for (at, row) in rows.records().enumerate() {
        let number = at as i64 + 2;
        let row = row.map_err(|_| CountRefused::BadRow { number })?;
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).map_or("", |cell| cell.trim().trim_start_matches('\''));
        if cell(Some(counted)).is_empty() {
            continue;
        }
        let count = cell(Some(counted)).parse::<i32>().ok().filter(|count| (0..=1_000_000_000).contains(count));
        let count = count.ok_or(CountRefused::BadRow { number })?;
        let by_sku = by_sku.get(&cell(sku).to_lowercase()).filter(|_| !cell(sku).is_empty());
        let line = by_sku.or_else(|| by_barcode.get(cell(barcode)).filter(|_| !cell(barcode).is_empty()));
        let line = *line.ok_or(CountRefused::UnknownRow { number })?;
        found.push(Counted { line, count: Some(count), reason: Reason::Counted });
    }
    if found.is_empty() { Err(CountRefused::NothingCounted) } else { Ok(found) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::base::VariantId;

    fn line(id: i64, sku: &str, barcode: &str) -> Line {
        let (product, title) = ("Tea".to_owned(), String::new());
        Line {
            id,
            variant: VariantId(id),
            product,
            title,
            sku: sku.to_owned(),
            barcode: barcode.to_owned(),
            counted: None,
            on_hand: None,
            reason: Reason::Counted,
            booked: None,
            who: String::new(),
        }
    }

    #[test]
    fn files_are_read_with_either_mark_and_mistakes_are_named_by_their_row() {
        let lines = [line(1, "TEA-1", ""), line(2, "", "4006381333931")];
        let counts =
            |text: &str| read(text.as_bytes(), &lines).map(|all| all.iter().map(|one| (one.line, one.count)).collect::<Vec<_>>());
        assert_eq!(counts("SKU,Title,Counted\ntea-1,Tea,7\n"), Ok(vec![(1, Some(7))]));
        assert_eq!(counts("\u{feff}sku;barcode;counted\n;4006381333931;0\nTEA-1;;\n"), Ok(vec![(2, Some(0))]));
        assert_eq!(counts("sku,counted\nTEA-1,7\nCUP,1\n"), Err(CountRefused::UnknownRow { number: 3 }));
        assert_eq!(counts("sku,counted\nTEA-1,-7\n"), Err(CountRefused::BadRow { number: 2 }));
        assert_eq!(counts("name,number\nTEA-1,7\n"), Err(CountRefused::NoColumns));
        assert_eq!(counts("sku,counted\n"), Err(CountRefused::NothingCounted));
    }
}
