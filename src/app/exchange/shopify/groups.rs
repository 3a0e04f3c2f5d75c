//! Rows grouped to products by their handle. Rows of a product usually follow each other; those that do not are found
//! by a first pass and gathered, so that only they stay in memory.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::columns::Column;
use super::report::Report;
use super::rows::{Row, Rows, Source};
use crate::platform::base::{Handle, Message};

/// Bytes of gathered rows at most; past it, scattered products are given out as they are.
const GATHERED: usize = 48 * 1024 * 1024;

/// The rows of one product.
#[derive(Clone, Debug)]
pub struct Group {
    pub handle: Handle,
    pub rows: Vec<Row>,
}

/// A stream of products.
pub struct Groups {
    pub rows: Rows,
    scattered: HashSet<u64>,
    /// Scattered products, in the order of their first rows.
    gathered: Vec<Group>,
    place_of: HashMap<u64, usize>,
    bytes: usize,
    current: Option<Group>,
    ended: bool,
}

impl Groups {
    /// Reads the file once for the handles alone, then begins again.
    pub fn open(source: &Source) -> Result<Groups, csv::Error> {
        let scattered = scattered(source)?;
        let rows = source.rows()?;
        Ok(Groups { rows, scattered, gathered: Vec::new(), place_of: HashMap::new(), bytes: 0, current: None, ended: false })
    }

    /// The next product; rows that cannot belong to any are reported.
    pub fn next(&mut self, report: &mut Report) -> Result<Option<Group>, csv::Error> {
        while !self.ended && self.bytes < GATHERED {
            let Some(row) = self.rows.next()? else {
                self.ended = true;
                self.gathered.reverse();
                break;
            };
            let Some(handle) = self.check(&row, report) else { continue };
            if self.scattered.contains(&hash(&handle)) {
                self.gather(handle, row);
                continue;
            }
            match &mut self.current {
                Some(group) if group.handle == handle => group.rows.push(row),
                current => {
                    if let Some(done) = current.replace(Group { handle, rows: vec![row] }) {
                        return Ok(Some(done));
                    }
                }
            }
        }
        Ok(self.current.take().or_else(|| self.release()))
    }

    fn gather(&mut self, handle: Handle, row: Row) {
        self.bytes += row.record.as_slice().len() + row.record.len() * 8 + 64;
        let place = *self.place_of.entry(hash(&handle)).or_insert_with(|| {
            self.gathered.push(Group { handle, rows: Vec::new() });
            self.gathered.len() - 1
        });
        self.gathered[place].rows.push(row);
    }

    fn release(&mut self) -> Option<Group> {
        let group = self.gathered.pop();
        if self.gathered.is_empty() {
            self.place_of.clear();
            self.bytes = 0;
        }
        group
    }

    /// The handle of a row that has one and as many fields as the header.
    fn check(&self, row: &Row, report: &mut Report) -> Option<Handle> {
        let header = &self.rows.header;
        if row.record.len() != header.width() {
            let (found, expected) = (row.record.len() as i64, header.width() as i64);
            let why = Message::new("exchange-row-width").count("found", found).count("expected", expected);
            report.row_lost(row.line, String::new(), why);
            return None;
        }
        let handle = handle_of(header.cell(&row.record, Column::Handle));
        if handle.is_none() {
            report.row_lost(row.line, header.name(Column::Handle), Message::new("exchange-handle-missing"));
        }
        handle
    }
}

fn handle_of(cell: &str) -> Option<Handle> {
    (!cell.is_empty()).then(|| cell.parse().unwrap_or_else(|_| Handle::of_title(cell)))
}

/// The handles whose rows do not all follow each other.
fn scattered(source: &Source) -> Result<HashSet<u64>, csv::Error> {
    let mut rows = source.rows()?;
    let (mut seen, mut scattered) = (HashSet::new(), HashSet::new());
    let mut last = None;
    while let Some(row) = rows.next()? {
        let Some(handle) = handle_of(rows.header.cell(&row.record, Column::Handle)) else { continue };
        let handle = hash(&handle);
        if last.replace(handle) != Some(handle) && !seen.insert(handle) {
            scattered.insert(handle);
        }
    }
    Ok(scattered)
}

fn hash(handle: &Handle) -> u64 {
    let mut hasher = DefaultHasher::new();
    handle.hash(&mut hasher);
    hasher.finish()
}
