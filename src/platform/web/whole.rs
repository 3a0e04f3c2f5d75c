//! A whole page as bytes: made once, sent many times, compressed once per encoding.

use std::io::{Cursor, Write};
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use rocket::http::{ContentType, Header, Status};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use sha2::{Digest, Sha256};

/// How a body travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Brotli,
    Gzip,
    Plain,
}

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

    fn body(&self, encoding: Encoding) -> Bytes {
        let plain = &self.0.plain;
        match encoding {
            Encoding::Plain => plain.clone(),
            Encoding::Gzip => self.0.gzip.get_or_init(|| gzip(plain)).clone(),
            Encoding::Brotli => self.0.brotli.get_or_init(|| brotli(plain)).clone(),
        }
    }
}

impl<'r> Responder<'r, 'static> for Whole {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let encoding = wanted(request);
        let mark = match encoding {
            Encoding::Plain => "",
            Encoding::Gzip => "-gz",
            Encoding::Brotli => "-br",
        };
        let etag = format!("\"{}{mark}\"", self.0.etag);
        let mut response = Response::build();
        response
            .header(Header::new("Cache-Control", "private, no-cache"))
            .header(Header::new("Vary", "Accept-Encoding, Accept-Language, Cookie"));
        if request.headers().get_one("If-None-Match").is_some_and(|known| known.contains(&etag)) {
            return response.status(Status::NotModified).header(Header::new("ETag", etag)).ok();
        }
        match encoding {
            Encoding::Plain => {}
            Encoding::Gzip => _ = response.header(Header::new("Content-Encoding", "gzip")),
            Encoding::Brotli => _ = response.header(Header::new("Content-Encoding", "br")),
        }
        let body = self.body(encoding);
        response.header(ContentType::HTML).header(Header::new("ETag", etag)).max_chunk_size(64 * 1024);
        response.sized_body(body.len(), Cursor::new(body)).ok()
    }
}

/// The smallest encoding that the browser takes; `q=0` is a no.
fn wanted(request: &Request<'_>) -> Encoding {
    let takes = |name: &str| {
        request.headers().get("Accept-Encoding").flat_map(|header| header.split(',')).any(|part| {
            let (coding, rest) = part.trim().split_once(';').unwrap_or((part.trim(), ""));
            coding.eq_ignore_ascii_case(name) && !matches!(rest.replace(' ', "").as_str(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
        })
    };
    match () {
        () if takes("br") => Encoding::Brotli,
        () if takes("gzip") => Encoding::Gzip,
        () => Encoding::Plain,
    }
}

fn gzip(plain: &[u8]) -> Bytes {
    let mut encoder = flate2::write::GzEncoder::new(Vec::with_capacity(plain.len() / 4), flate2::Compression::default());
    encoder.write_all(plain).and_then(|()| encoder.finish()).expect("memory takes it").into()
}

fn brotli(plain: &[u8]) -> Bytes {
    let mut small = Vec::with_capacity(plain.len() / 4);
    let parameters = brotli::enc::BrotliEncoderParams { quality: 5, lgwin: 19, ..Default::default() };
    brotli::BrotliCompress(&mut &plain[..], &mut small, &parameters).expect("memory takes it");
    small.into()
}
