//! What is text and not compressed yet travels compressed.

use std::io::Cursor;

use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::{ContentType, Header, Status};
use rocket::{Request, Response};

use super::coding::Coding;
use super::headers::differs_by;

/// Less than this travels in one packet anyway.
const SMALL: usize = 1_000;
/// More than this would keep a thread busy for too long.
const LARGE: usize = 4_000_000;

/// Compresses text of known size; streams stay as they are.
pub struct Compression;

#[rocket::async_trait]
impl Fairing for Compression {
    fn info(&self) -> Info {
        Info { name: "compression", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let whole = !matches!(response.status(), Status::PartialContent | Status::NotModified | Status::NoContent);
        let done = response.headers().contains("Content-Encoding");
        if done || !whole || !response.content_type().is_some_and(|kind| is_text(&kind)) {
            return;
        }
        differs_by(response, &["Accept-Encoding"]);
        let Some(coding) = Coding::wanted(request) else { return };
        if !response.body_mut().size().await.is_some_and(|size| (SMALL..LARGE).contains(&size)) {
            return;
        }
        let Ok(plain) = response.body_mut().to_bytes().await else { return };
        let small = coding.compress(&plain);
        response.set_header(Header::new("Content-Encoding", coding.name()));
        response.set_sized_body(small.len(), Cursor::new(small));
    }
}

fn is_text(kind: &ContentType) -> bool {
    let subtype = kind.sub().as_str();
    kind.top() == "text" && subtype != "event-stream" || matches!(subtype, "json" | "ld+json" | "xml" | "javascript" | "svg+xml")
}
