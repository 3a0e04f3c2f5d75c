//! A whole page as bytes: made once, sent many times, compressed once per encoding.

use std::io::Cursor;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use rocket::http::{ContentType, Header, Status};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use sha2::{Digest, Sha256};

use super::coding::Coding;

/// A rendered page; cheap to clone.
#[derive(Clone)]
pub struct Whole(Arc<Body>);

struct Body {
    plain: Bytes,
    etag: String,
    gzip: OnceLock<Bytes>,
    brotli: OnceLock<Bytes>,
}

impl Whole {
    pub fn new(html: String) -> Whole {
        let digest = Sha256::digest(html.as_bytes());
        let etag = hex::encode(&digest[..10]);
        Whole(Arc::new(Body { plain: html.into(), etag, gzip: OnceLock::new(), brotli: OnceLock::new() }))
    }

    /// Bytes in memory, with room for the compressed copies.
    pub fn weight(&self) -> usize {
        self.0.plain.len() * 3 / 2
    }

    fn body(&self, coding: Option<Coding>) -> Bytes {
        let plain = &self.0.plain;
        let Some(coding) = coding else { return plain.clone() };
        let kept = match coding {
            Coding::Gzip => &self.0.gzip,
            Coding::Brotli => &self.0.brotli,
        };
        kept.get_or_init(|| coding.compress(plain).into()).clone()
    }
}

impl<'r> Responder<'r, 'static> for Whole {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let coding = Coding::wanted(request);
        let mark = match coding {
            None => "",
            Some(Coding::Gzip) => "-gz",
            Some(Coding::Brotli) => "-br",
        };
        let etag = format!("\"{}{mark}\"", self.0.etag);
        let mut response = Response::build();
        response
            .header(Header::new("Cache-Control", "private, no-cache"))
            .header(Header::new("Vary", "Accept-Encoding, Accept-Language, Cookie"));
        if request.headers().get_one("If-None-Match").is_some_and(|known| known.contains(&etag)) {
            return response.status(Status::NotModified).header(Header::new("ETag", etag)).ok();
        }
        if let Some(coding) = coding {
            response.header(Header::new("Content-Encoding", coding.name()));
        }
        let body = self.body(coding);
        response.header(ContentType::HTML).header(Header::new("ETag", etag)).max_chunk_size(64 * 1024);
        response.sized_body(body.len(), Cursor::new(body)).ok()
    }
}
