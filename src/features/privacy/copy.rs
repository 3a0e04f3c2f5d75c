//! The copy of somebody's data: a zip that is made while it is fetched, page by page, so that neither memory nor disk holds it whole.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use rocket::http::{ContentType, Header};
use rocket::request::Request;
use rocket::response::stream::ByteStream;
use rocket::response::{self, Responder, Response};
use serde_json::{Map, Value};
use tokio::sync::mpsc;
use zip::ZipWriter;
use zip::write::{SimpleFileOptions, StreamWriter};

use super::model::Whose;
use super::queries;
use super::sections::{SECTIONS, Section};
use crate::platform::base::{Broke, Moment};
use crate::platform::db::Db;
use crate::platform::i18n::Words;
use crate::platform::web::begins_a_formula;

/// Pieces of the zip that wait for a slow reader.
const AHEAD: usize = 4;

/// A zip on its way.
pub struct DataCopy {
    name: String,
    pieces: mpsc::Receiver<Bytes>,
}

impl DataCopy {
    /// Begins to make it; whoever stops reading stops the making.
    pub fn of(db: &Db, whose: Whose, words: Words, now: Moment) -> DataCopy {
        let (out, pieces) = mpsc::channel(AHEAD);
        let db = db.clone();
        rocket::tokio::spawn(async move {
            if let Err(broke) = pack(&db, &whose, words, &out).await {
                tracing::error!("a copy of somebody's data broke off: {:#}", broke.0);
            }
        });
        DataCopy { name: format!("data-{}.zip", now.format("%Y-%m-%d")), pieces }
    }
}

impl<'r> Responder<'r, 'r> for DataCopy {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'r> {
        let stream = futures::stream::unfold(self.pieces, |mut pieces| async move {
            let piece = pieces.recv().await?;
            Some((piece, pieces))
        });
        Response::build_from(ByteStream::from(stream).respond_to(request)?)
            .header(ContentType::ZIP)
            .header(Header::new("Content-Disposition", format!("attachment; filename=\"{}\"", self.name)))
            .header(Header::new("Cache-Control", "no-store"))
            .ok()
    }
}

/// What the zip's writer has written and nobody has taken yet.
#[derive(Clone, Default)]
struct Basin(Arc<Mutex<Vec<u8>>>);

impl Basin {
    fn take(&self) -> Bytes {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)).into()
    }
}

impl Write for Basin {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Both kinds of files of all sections, and a page that says what they are.
async fn pack(db: &Db, whose: &Whose, words: Words, out: &mpsc::Sender<Bytes>) -> Result<(), Broke> {
    let basin = Basin::default();
    let mut zip = ZipWriter::new_stream(basin.clone());
    zip.start_file("README.txt", SimpleFileOptions::default())?;
    zip.write_all(words.t("privacy-copy-readme").replace('\n', "\r\n").as_bytes())?;
    for section in SECTIONS {
        for form in [Form::Json, Form::Table] {
            let name = format!("{}/{}.{}", form.folder(), section.name, form.folder());
            zip.start_file(name, SimpleFileOptions::default())?;
            if !write_section(db, section, whose, form, &mut zip, &basin, out).await? {
                return Ok(());
            }
        }
    }
    zip.finish()?;
    // A reader who has gone has no use for the end.
    _ = out.send(basin.take()).await;
    Ok(())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Json,
    Table,
}

impl Form {
    fn folder(self) -> &'static str {
        match self {
            Form::Json => "json",
            Form::Table => "csv",
        }
    }
}

/// Writes one file, page by page; no connection is held while the reader is waited for. `false`: the reader has gone.
async fn write_section(
    db: &Db,
    section: &Section,
    whose: &Whose,
    form: Form,
    zip: &mut ZipWriter<StreamWriter<Basin>>,
    basin: &Basin,
    out: &mpsc::Sender<Bytes>,
) -> Result<bool, Broke> {
    let (mut after, mut first) = (0, true);
    loop {
        let page = queries::rows(&mut *db.get().await?, section, whose, after).await?;
        for row in &page {
            let mut fields: Map<String, Value> = serde_json::from_str(&row.row)?;
            fields.shift_remove("line");
            let text = match form {
                Form::Json => format!("{}{}", if first { "[\n" } else { ",\n" }, Value::Object(fields)),
                Form::Table => table_rows(&fields, first)?,
            };
            zip.write_all(text.as_bytes())?;
            first = false;
        }
        let Some(last) = page.last() else { break };
        after = last.line;
        let piece = basin.take();
        if !piece.is_empty() && out.send(piece).await.is_err() {
            return Ok(false);
        }
    }
    if form == Form::Json {
        zip.write_all(if first { b"[]\n" } else { b"\n]\n" })?;
    }
    Ok(true)
}

/// A row of a table, below its head where it is the first.
fn table_rows(fields: &Map<String, Value>, head: bool) -> Result<String, Broke> {
    let mut table = csv::Writer::from_writer(Vec::new());
    if head {
        table.write_record(fields.keys())?;
    }
    table.write_record(fields.values().map(cell))?;
    let table = table.into_inner().map_err(|error| anyhow::anyhow!("a table stays unwritten: {error}"))?;
    Ok(String::from_utf8(table)?)
}

/// A value as a cell that no spreadsheet takes for a formula.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) if begins_a_formula(text) => format!("'{text}"),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_begins_a_formula() {
        for bad in ["=1+1", "+49 30", "-2", "@SUM(A1)", "\tx", "\u{ff1d}1"] {
            assert_eq!(cell(&Value::from(bad)), format!("'{bad}"));
        }
        assert_eq!(cell(&Value::from("plain")), "plain");
        assert_eq!((cell(&Value::from(-450)), cell(&Value::Null)), ("-450".to_owned(), String::new()));
    }

    #[test]
    fn a_table_has_one_head_and_keeps_its_columns_in_order() {
        let row: Map<String, Value> = serde_json::from_str(r#"{"b":"x,\"y\"","a":1}"#).expect("a row");
        assert_eq!(table_rows(&row, true).expect("written"), "b,a\n\"x,\"\"y\"\"\",1\n");
        assert_eq!(table_rows(&row, false).expect("written"), "\"x,\"\"y\"\"\",1\n");
    }
}
