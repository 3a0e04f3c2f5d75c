//! Serves pictures to shoppers: made files by content and width, for ever the same.

use std::io::Cursor;
use std::sync::Arc;
use std::time::Duration;

use object_store::{GetResult, GetResultPayload};
use rocket::http::{ContentType, Header, Status};
use rocket::request::{FromParam, Request};
use rocket::response::{self, Responder, Response};
use rocket::{Route, State, get, routes};
use tokio::sync::Semaphore;

use super::model::{ContentHash, Encoding, MadeName, Picture, PictureState, WIDTHS};
use super::store::Store;
use super::{jobs, queries};
use crate::platform::base::{BadText, Broke};
use crate::platform::db::Db;
use crate::platform::web;

impl<'a> FromParam<'a> for ContentHash {
    type Error = BadText;
    fn from_param(param: &'a str) -> Result<Self, BadText> {
        param.parse()
    }
}

impl<'a> FromParam<'a> for MadeName {
    type Error = BadText;
    fn from_param(param: &'a str) -> Result<Self, BadText> {
        let (width, extension) = param.split_once('.').ok_or(BadText("error-handle"))?;
        let encoding = Encoding::ALL.into_iter().find(|one| one.extension() == extension);
        let plain = !width.starts_with(['0', '+']);
        let width = width.parse().ok().filter(|width| plain && *width <= WIDTHS[5]);
        width.zip(encoding).map(|(width, encoding)| MadeName { width, encoding }).ok_or(BadText("error-handle"))
    }
}

/// The routes of this room.
pub fn routes() -> Vec<Route> {
    routes![made]
}

/// How long a shopper waits for a picture that is not made yet; then its colour stands in, and the next visit finds the picture.
const PATIENCE: Duration = Duration::from_secs(3);

/// How many requests may wait for pictures to be made.
static QUEUE: std::sync::LazyLock<Arc<Semaphore>> = std::sync::LazyLock::new(|| Arc::new(Semaphore::new(64)));

/// A made file; one that is not made yet is made now.
#[get("/media/<hash>/<name>")]
async fn made(hash: ContentHash, name: MadeName, db: Db, store: &State<Store>) -> web::Result<Option<Served>> {
    if let Some(found) = store.made(hash, name).await? {
        return Ok(Some(Served::file(hash, name, found).await?));
    }
    let picture = queries::picture_by_hash(&mut *db.get().await?, hash).await?;
    let Some(picture) = picture.filter(|one| one.widths().contains(&name.width) && one.state != PictureState::Failed) else {
        return Ok(None);
    };
    if picture.state == PictureState::Pending {
        make_now(db, store.inner().clone(), &picture).await;
    }
    match store.made(hash, name).await? {
        Some(found) => Ok(Some(Served::file(hash, name, found).await?)),
        None => Ok(Some(Served::stand_in(&picture))),
    }
}

/// Starts the work of the job and waits for it a while; the work goes on when the wait is over.
async fn make_now(db: Db, store: Store, picture: &Picture) {
    let Ok(place) = QUEUE.clone().try_acquire_owned() else {
        return;
    };
    let id = picture.id;
    let work = tokio::spawn(async move {
        let _place = place;
        if let Err(broke) = jobs::make_widths(&db, &store, id).await {
            tracing::warn!(media = id.0, "a picture asked for could not be made: {broke:?}");
        }
    });
    let _ = tokio::time::timeout(PATIENCE, work).await;
}

/// A picture on its way to a browser.
enum Served {
    File { etag: String, encoding: Encoding, size: u64, body: Body },
    StandIn(String),
}

enum Body {
    File(std::fs::File),
    Bytes(bytes::Bytes),
}

impl Served {
    async fn file(hash: ContentHash, name: MadeName, found: GetResult) -> Result<Served, Broke> {
        let etag = format!("\"{}-{}-{}\"", &hash.to_string()[..20], name.width, name.encoding.extension());
        let size = found.meta.size;
        let body = match found.payload {
            GetResultPayload::File(file, _) => Body::File(file),
            GetResultPayload::Stream(_) => Body::Bytes(found.bytes().await?),
        };
        Ok(Served::File { etag, encoding: name.encoding, size, body })
    }

    /// A drawing of the picture's colour, in its shape.
    fn stand_in(picture: &Picture) -> Served {
        let Picture { width, height, colour, .. } = picture;
        Served::StandIn(format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"><rect width="{width}" height="{height}" fill="{colour}"/></svg>"#
        ))
    }
}

impl<'r> Responder<'r, 'static> for Served {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let (etag, encoding, size, body) = match self {
            Served::StandIn(drawing) => {
                let mut response = (ContentType::SVG, drawing).respond_to(request)?;
                response.set_header(Header::new("Cache-Control", "no-store"));
                return Ok(response);
            }
            Served::File { etag, encoding, size, body } => (etag, encoding, size, body),
        };
        let mut response = Response::build();
        response.header(Header::new("Cache-Control", "public, max-age=31536000, immutable"));
        if request.headers().get_one("If-None-Match").is_some_and(|known| known.contains(&etag)) {
            return response.status(Status::NotModified).header(Header::new("ETag", etag)).ok();
        }
        response.header(Header::new("ETag", etag)).header(Header::new("Content-Type", encoding.mime()));
        match body {
            Body::File(file) => response.sized_body(usize::try_from(size).ok(), tokio::fs::File::from_std(file)),
            Body::Bytes(bytes) => response.sized_body(bytes.len(), Cursor::new(bytes)),
        };
        response.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_made_files_are_read_strictly() {
        assert_eq!(MadeName::from_param("640.webp"), Ok(MadeName { width: 640, encoding: Encoding::Webp }));
        for bad in ["0640.webp", "640.svg", "640", "+640.jpg", "99999.jpg", "-1.jpg", "640.webp.jpg", "0.jpg"] {
            assert!(MadeName::from_param(bad).is_err(), "{bad}");
        }
    }
}
