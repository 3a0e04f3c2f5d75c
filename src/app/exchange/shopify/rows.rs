//! The rows of a file, read as a stream: encoding, delimiter and header are found out first.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use csv::StringRecord;
use encoding_rs::Encoding;

use super::columns::Header;
use super::text::{self, Decoded};

/// The longest row read; a quote that is never closed ends there instead of in memory.
const LONGEST_ROW: u64 = 16 * 1024 * 1024;

/// A file whose encoding and delimiter are known; it can be read several times.
#[derive(Clone, Debug)]
pub struct Source {
    file: Arc<Path>,
    encoding: &'static Encoding,
    delimiter: u8,
    /// Lines end with a line feed: then a carriage return before it is trimmed away, and lines are counted right.
    feeds: bool,
    pub size: u64,
}

/// One row and the line it begins at.
#[derive(Clone, Debug)]
pub struct Row {
    pub line: u64,
    pub record: StringRecord,
}

/// The rows below the header.
pub struct Rows {
    reader: csv::Reader<Metered<Decoded<Metered<File>>>>,
    /// Decoded bytes since the last row ended.
    since: Arc<AtomicU64>,
    /// Bytes of the file read so far.
    pub read: Arc<AtomicU64>,
    pub header: Header,
}

impl Source {
    /// Looks at a file without keeping any of it.
    pub fn open(file: &Path) -> io::Result<Source> {
        let encoding = text::detect(file)?;
        let mut head = Vec::new();
        Decoded::new(File::open(file)?, encoding).take(64 * 1024).read_to_end(&mut head)?;
        let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let count = |delimiter: u8| line.iter().filter(|byte| **byte == delimiter).count();
        let delimiter = [b',', b';', b'\t'].into_iter().rev().max_by_key(|one| count(*one)).unwrap_or(b',');
        let feeds = head.contains(&b'\n');
        Ok(Source { file: file.into(), encoding, delimiter, feeds, size: std::fs::metadata(file)?.len() })
    }

    /// The folder that pictures are looked for in.
    pub fn folder(&self) -> &Path {
        self.file.parent().unwrap_or(Path::new(""))
    }

    /// Begins reading.
    pub fn rows(&self) -> Result<Rows, csv::Error> {
        let (since, read) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let file = Metered { inner: File::open(&self.file)?, count: read.clone(), limit: u64::MAX };
        let text = Metered { inner: Decoded::new(file, self.encoding), count: since.clone(), limit: LONGEST_ROW };
        let mut builder = csv::ReaderBuilder::new();
        if self.feeds {
            builder.terminator(csv::Terminator::Any(b'\n'));
        }
        let mut reader = builder.delimiter(self.delimiter).flexible(true).has_headers(true).from_reader(text);
        let header = Header::read(reader.headers()?.clone());
        Ok(Rows { reader, since, read, header })
    }
}

impl Rows {
    /// The next row; empty ones are passed over.
    pub fn next(&mut self) -> Result<Option<Row>, csv::Error> {
        let mut record = StringRecord::new();
        loop {
            self.since.store(0, Ordering::Relaxed);
            if !self.reader.read_record(&mut record)? {
                return Ok(None);
            }
            if record.iter().any(|cell| !cell.trim().is_empty()) {
                let line = record.position().map_or(0, csv::Position::line);
                return Ok(Some(Row { line, record }));
            }
        }
    }
}

/// Counts what passes and stops at a limit.
struct Metered<R> {
    inner: R,
    count: Arc<AtomicU64>,
    limit: u64,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out)?;
        if self.count.fetch_add(read as u64, Ordering::Relaxed) > self.limit {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a row longer than 16 MB: is a quotation mark not closed?"));
        }
        Ok(read)
    }
}
