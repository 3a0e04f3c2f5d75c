//! A form with files, as a browser sent it: the files are looked at and stored one by one while they come in, so that memory
//! holds one of them at most. Routes that take it have a limit of their own; all others keep the small one.

use bytes::Bytes;
use multer::{Field, Multipart};
use rocket::data::{Data, FromData, Outcome, ToByteUnit};
use rocket::form::{Context, Contextual, Form, FromForm, ValueField};
use rocket::http::Status;
use rocket::request::Request;

use super::commands::{self, Kept};
use super::model::{MAX_BYTES, MediaRefused};
use super::store::Store;
use crate::platform::base::{Broke, OrBreak};

/// All fields of a form together, in bytes.
const MAX_TEXT: usize = 2 << 20;
/// All files of a form together, in MiB.
const MAX_FILES: u64 = 512;
/// Files of one form.
const MOST_FILES: usize = 100;

/// The fields of a form in their order, and its files.
#[derive(Debug, Default)]
pub struct Sent {
    pub fields: Vec<(String, String)>,
    pub files: Vec<SentFile>,
}

/// A file of a form: stored already, or refused.
#[derive(Debug)]
pub struct SentFile {
    pub field: String,
    pub name: String,
    pub kept: Result<Kept, MediaRefused>,
}

impl Sent {
    /// The first value of a field; empty when there is none.
    pub fn value(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The fields read as a form.
    pub fn read<'f, T: FromForm<'f>>(&'f self) -> Contextual<'f, T> {
        let fields = self.fields.iter().map(|(name, value)| ValueField::from((name.as_str(), value.as_str())));
        let read = Form::<Contextual<'f, T>>::parse_iter(fields);
        read.unwrap_or_else(|_| Contextual { value: None, context: Context::default() })
    }
}

enum Refused {
    TooLarge,
    Unreadable,
    Broke(Broke),
}

impl From<multer::Error> for Refused {
    fn from(error: multer::Error) -> Refused {
        tracing::debug!("a form cannot be read: {error}");
        Refused::Unreadable
    }
}

#[rocket::async_trait]
impl<'r> FromData<'r> for Sent {
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self, ()> {
        let boundary = request.content_type().filter(|kind| kind.is_form_data()).and_then(|kind| kind.param("boundary"));
        let plain = request.content_type().is_some_and(|kind| kind.is_form());
        let read = match boundary {
            Some(boundary) => parts(request, data, boundary).await,
            None if plain => encoded(data).await,
            None => return Outcome::Error((Status::UnsupportedMediaType, ())),
        };
        match read {
            Ok(sent) => Outcome::Success(sent),
            Err(Refused::TooLarge) => Outcome::Error((Status::PayloadTooLarge, ())),
            Err(Refused::Unreadable) => Outcome::Error((Status::BadRequest, ())),
            Err(Refused::Broke(broke)) => Outcome::Error((broke.log(request), ())),
        }
    }
}

async fn encoded(data: Data<'_>) -> Result<Sent, Refused> {
    let bytes = data.open(MAX_TEXT.bytes()).into_bytes().await.map_err(|_| Refused::Unreadable)?;
    if !bytes.is_complete() {
        return Err(Refused::TooLarge);
    }
    Ok(Sent { fields: url::form_urlencoded::parse(&bytes).into_owned().collect(), files: Vec::new() })
}

async fn parts(request: &Request<'_>, data: Data<'_>, boundary: &str) -> Result<Sent, Refused> {
    let missing = || Refused::Broke(anyhow::anyhow!("the server was built without its store").into());
    let store = request.rocket().state::<Store>().ok_or_else(missing)?;
    let mut form = Multipart::with_reader(data.open(MAX_FILES.mebibytes()), boundary);
    let (mut sent, mut text) = (Sent::default(), 0);
    while let Some(field) = form.next_field().await? {
        let name = field.name().unwrap_or_default().to_owned();
        match field.file_name().map(str::to_owned) {
            Some(file) => {
                let kept = take(store, field, &file).await?;
                sent.files.extend(kept.map(|kept| SentFile { field: name, name: file, kept }));
            }
            None => {
                let Some(value) = bytes_of(field, MAX_TEXT - text).await? else { return Err(Refused::TooLarge) };
                text += value.len() + name.len();
                sent.fields.push((name, String::from_utf8_lossy(&value).into_owned()));
            }
        }
        if sent.files.len() > MOST_FILES || text > MAX_TEXT {
            return Err(Refused::TooLarge);
        }
    }
    Ok(sent)
}

/// Looks at a file and stores it; `None` for a file field that was left empty.
async fn take(store: &Store, field: Field<'_>, name: &str) -> Result<Option<Result<Kept, MediaRefused>>, Refused> {
    let Some(bytes) = bytes_of(field, MAX_BYTES).await? else { return Ok(Some(Err(MediaRefused::TooLarge))) };
    if bytes.is_empty() && name.is_empty() {
        return Ok(None);
    }
    Ok(Some(commands::keep(store, bytes, name).await.or_break().map_err(Refused::Broke)?))
}

/// The bytes of a field; `None` when there are more than `most` (the rest is read and forgotten).
async fn bytes_of(mut field: Field<'_>, most: usize) -> Result<Option<Bytes>, Refused> {
    let (mut bytes, mut fits) = (Vec::new(), true);
    while let Some(chunk) = field.chunk().await? {
        fits &= bytes.len() + chunk.len() <= most;
        if fits {
            bytes.extend_from_slice(&chunk);
        }
    }
    Ok(fits.then(|| bytes.into()))
}
