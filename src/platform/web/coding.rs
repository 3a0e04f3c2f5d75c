//! The compressions that browsers take.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use rocket::request::Request;

/// How a compressed body travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Brotli,
    Gzip,
}

impl Coding {
    /// The smallest coding that the browser takes, if it takes any.
    pub fn wanted(request: &Request<'_>) -> Option<Coding> {
        let headers: Vec<&str> = request.headers().get("Accept-Encoding").collect();
        Coding::best(&headers)
    }

    /// `q=0` is a no.
    fn best(headers: &[&str]) -> Option<Coding> {
        let takes = |name: &str| {
            headers.iter().flat_map(|header| header.split(',')).any(|part| {
                let (coding, rest) = part.trim().split_once(';').unwrap_or((part.trim(), ""));
                let no = matches!(rest.replace(' ', "").as_str(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000");
                coding.eq_ignore_ascii_case(name) && !no
            })
        };
        match () {
            () if takes("br") => Some(Coding::Brotli),
            () if takes("gzip") => Some(Coding::Gzip),
            () => None,
        }
    }

    /// As `Content-Encoding` calls it.
    pub fn name(self) -> &'static str {
        match self {
            Coding::Brotli => "br",
            Coding::Gzip => "gzip",
        }
    }

    /// The body made smaller, at a level that costs about a millisecond for a page.
    pub fn compress(self, plain: &[u8]) -> Vec<u8> {
        let mut small = Vec::with_capacity(plain.len() / 4);
        match self {
            Coding::Brotli => {
                let parameters =
                    brotli::enc::BrotliEncoderParams { quality: 5, lgwin: 19, size_hint: plain.len(), ..Default::default() };
                brotli::BrotliCompress(&mut &plain[..], &mut small, &parameters).expect("memory takes it");
                small
            }
            Coding::Gzip => {
                let mut encoder = GzEncoder::new(small, Compression::default());
                encoder.write_all(plain).and_then(|()| encoder.finish()).expect("memory takes it")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_coding_that_is_accepted_is_taken() {
        assert_eq!(Coding::best(&["gzip, deflate, br, zstd"]), Some(Coding::Brotli));
        assert_eq!(Coding::best(&["gzip;q=1.0, br; q=0"]), Some(Coding::Gzip));
        assert_eq!(Coding::best(&["identity"]), None);
    }
}
