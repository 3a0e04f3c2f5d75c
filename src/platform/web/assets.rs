//! Static files: embedded, compressed by the build, named by one hash of the whole tree, so they can be kept for ever.

use std::collections::HashMap;
use std::io::Cursor;
use std::path::PathBuf;
use std::sync::LazyLock;

use rocket::http::{ContentType, Header};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use rust_embed::RustEmbed;

use crate::platform::paths::STATIC_HASH;

#[derive(RustEmbed)]
#[folder = "$OUT_DIR/static"]
struct Embedded;

/// One file with its compressed twins, where it has them.
struct Asset {
    plain: &'static [u8],
    gzip: Option<&'static [u8]>,
    brotli: Option<&'static [u8]>,
    kind: ContentType,
}

static ASSETS: LazyLock<HashMap<String, Asset>> = LazyLock::new(|| {
    let names = Embedded::iter().filter(|name| !name.ends_with(".gz") && !name.ends_with(".br"));
    names
        .filter_map(|name| {
            let asset = Asset {
                plain: bytes(&name)?,
                gzip: bytes(&format!("{name}.gz")),
                brotli: bytes(&format!("{name}.br")),
                kind: kind(&name),
            };
            Some((name.into_owned(), asset))
        })
        .collect()
});

/// The bytes of an embedded file, for ever; read from the disk once in a debug build.
fn bytes(name: &str) -> Option<&'static [u8]> {
    Some(match Embedded::get(name)?.data {
        std::borrow::Cow::Borrowed(bytes) => bytes,
        std::borrow::Cow::Owned(bytes) => bytes.leak(),
    })
}

fn kind(name: &str) -> ContentType {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => ContentType::CSS,
        "js" => ContentType::JavaScript,
        "svg" => ContentType::SVG,
        "woff2" => ContentType::WOFF2,
        "json" => ContentType::new("application", "speculationrules+json"),
        "webp" => ContentType::WEBP,
        "jpg" => ContentType::JPEG,
        "png" => ContentType::PNG,
        _ => ContentType::Plain,
    }
}

/// A static file on its way out; `lasting` when it was asked for by the hash of this build.
struct Answer {
    asset: &'static Asset,
    lasting: bool,
}

impl<'r> Responder<'r, 'static> for Answer {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let accepted = request.headers().get_one("Accept-Encoding").unwrap_or_default();
        let takes =
            |coding: &str| accepted.split(',').any(|part| part.split(';').next().is_some_and(|name| name.trim() == coding));
        let (body, coding) = match (self.asset.brotli, self.asset.gzip) {
            (Some(brotli), _) if takes("br") => (brotli, Some("br")),
            (_, Some(gzip)) if takes("gzip") => (gzip, Some("gzip")),
            _ => (self.asset.plain, None),
        };
        let keep = if self.lasting { "public, max-age=31536000, immutable" } else { "public, max-age=60" };
        let mut answer = Response::build();
        answer.header(self.asset.kind.clone()).header(Header::new("Cache-Control", keep));
        if self.asset.gzip.is_some() {
            answer.header(Header::new("Vary", "Accept-Encoding"));
        }
        if let Some(coding) = coding {
            answer.header(Header::new("Content-Encoding", coding));
        }
        answer.sized_body(body.len(), Cursor::new(body)).ok()
    }
}

/// A static file; a hash of another build still answers, but is not kept long.
#[rocket::get("/static/<hash>/<path..>")]
fn file(hash: &str, path: PathBuf) -> Option<Answer> {
    let asset = ASSETS.get(path.to_str()?)?;
    Some(Answer { asset, lasting: hash == STATIC_HASH })
}

pub fn routes() -> Vec<rocket::Route> {
    rocket::routes![file]
}
