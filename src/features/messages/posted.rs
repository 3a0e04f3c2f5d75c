//! A form with files for a message, as a browser sent it: read whole, within limits of its own.

use multer::Multipart;
use rocket::data::{Data, FromData, Outcome, ToByteUnit};
use rocket::form::{Context, Contextual, Form, FromForm, ValueField};
use rocket::http::Status;
use rocket::request::Request;

use super::files::{self, Raw};
use super::model::{FileRefused, Filed, MAX_FILE, MAX_FILES, MOST_FILES};
use crate::platform::base::{Broke, OrBreak};
use crate::platform::i18n::Words;
use crate::platform::media::Store;
use crate::platform::web::FormView;

/// All fields together, in bytes.
const MAX_TEXT: usize = 128 << 10;
/// Where forms have their files.
const FILES: &str = "files";

/// A form with its files.
#[derive(Debug, Default)]
pub struct Sent {
    pub fields: Fields,
    pub files: Files,
}

/// The fields of a form in their order.
#[derive(Debug, Default)]
pub struct Fields(Vec<(String, String)>);

/// The files of a form, not looked at yet.
#[derive(Debug, Default)]
pub struct Files {
    raw: Vec<Raw>,
    /// Why they are not taken, as far as reading shows.
    refused: Option<FileRefused>,
}

impl Fields {
    /// The fields read as a form.
    pub fn read<'f, T: FromForm<'f>>(&'f self) -> Contextual<'f, T> {
        let fields = self.0.iter().map(|(name, value)| ValueField::from((name.as_str(), value.as_str())));
        let read = Form::<Contextual<'f, T>>::parse_iter(fields);
        read.unwrap_or_else(|_| Contextual { value: None, context: Context::default() })
    }
}

impl Files {
    /// The files, kept in the store; a file that is not taken is said at the form's field.
    pub async fn keep(&mut self, store: &Store, words: Words, form: &mut FormView) -> Result<Vec<Filed>, Broke> {
        let refused = match self.refused.take() {
            Some(why) => why,
            None => match files::keep(store, std::mem::take(&mut self.raw)).await.or_break()? {
                Ok(kept) => return Ok(kept),
                Err(why) => why,
            },
        };
        *form = std::mem::take(form).refused(words, FILES, &refused);
        Ok(Vec::new())
    }
}

#[rocket::async_trait]
impl<'r> FromData<'r> for Sent {
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self, ()> {
        let boundary = request.content_type().filter(|kind| kind.is_form_data()).and_then(|kind| kind.param("boundary"));
        let plain = request.content_type().is_some_and(|kind| kind.is_form());
        let read = match boundary {
            Some(boundary) => parts(data, boundary).await,
            None if plain => encoded(data).await,
            None => return Outcome::Error((Status::UnsupportedMediaType, ())),
        };
        match read {
            Ok(sent) => Outcome::Success(sent),
            Err(status) => Outcome::Error((status, ())),
        }
    }
}

async fn encoded(data: Data<'_>) -> Result<Sent, Status> {
    let bytes = data.open(MAX_TEXT.bytes()).into_bytes().await.map_err(|_| Status::BadRequest)?;
    if !bytes.is_complete() {
        return Err(Status::PayloadTooLarge);
    }
    Ok(Sent { fields: Fields(url::form_urlencoded::parse(&bytes).into_owned().collect()), files: Files::default() })
}

async fn parts(data: Data<'_>, boundary: &str) -> Result<Sent, Status> {
    let unreadable = |error: multer::Error| {
        tracing::debug!("a form cannot be read: {error}");
        Status::BadRequest
    };
    // Somewhat more than is taken, so that whoever sends too much reads why.
    let most = (MAX_FILES * 2 + MAX_TEXT).bytes();
    let mut form = Multipart::with_reader(data.open(most), boundary);
    let (mut fields, mut files, mut text, mut all) = (Vec::new(), Files::default(), 0, 0);
    while let Some(mut field) = form.next_field().await.map_err(unreadable)? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(str::to_owned);
        let limit = if file.is_some() { MAX_FILE + 1 } else { MAX_TEXT };
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(unreadable)? {
            // What is too much is read and forgotten.
            let room = limit - bytes.len().min(limit);
            bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
        }
        match file {
            Some(file) if bytes.is_empty() && file.is_empty() => {}
            Some(file) => {
                all += bytes.len();
                if all > MAX_FILES + MAX_FILE {
                    files.refused = Some(FileRefused::TooMuch);
                } else if files.raw.len() > MOST_FILES {
                    files.refused = Some(FileRefused::TooMany);
                } else {
                    files.raw.push(Raw { name: file, bytes: bytes.into() });
                }
            }
            None => {
                text += bytes.len() + name.len();
                if text > MAX_TEXT {
                    return Err(Status::PayloadTooLarge);
                }
                fields.push((name, String::from_utf8_lossy(&bytes).into_owned()));
            }
        }
    }
    Ok(Sent { fields: Fields(fields), files })
}
