//! Text of any usual encoding as a stream of UTF-8: told by its mark, else by whether it is valid, else Windows-1252.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use encoding_rs::{CoderResult, Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

const CHUNK: usize = 64 * 1024;

/// Tells the encoding of a file; reads it once through when there is no mark.
pub fn detect(path: &Path) -> io::Result<&'static Encoding> {
    detect_in(File::open(path)?)
}

fn detect_in(mut file: impl Read) -> io::Result<&'static Encoding> {
    let mut chunk = vec![0; CHUNK];
    let mut scratch = String::with_capacity(CHUNK * 3 + 16);
    let mut decoder = UTF_8.new_decoder_without_bom_handling();
    let mut first = true;
    loop {
        let read = fill(&mut file, &mut chunk)?;
        let bytes = &chunk[..read];
        if std::mem::take(&mut first) {
            let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
            if let Some(encoding) = marked.or_else(|| unmarked_utf16(bytes)) {
                return Ok(encoding);
            }
        }
        scratch.clear();
        let (result, _) = decoder.decode_to_string_without_replacement(bytes, &mut scratch, read == 0);
        if let DecoderResult::Malformed(..) = result {
            return Ok(WINDOWS_1252);
        }
        if read == 0 {
            return Ok(UTF_8);
        }
    }
}

/// Text of Latin letters in UTF-16 has a zero in every other byte.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1024)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let many = head.len() / 5;
    match (zeros(0), zeros(1)) {
        (0, odd) if odd > many && odd > 1 => Some(UTF_16LE),
        (even, 0) if even > many && even > 1 => Some(UTF_16BE),
        _ => None,
    }
}

fn fill(file: &mut impl Read, chunk: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < chunk.len() {
        match file.read(&mut chunk[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

/// A reader that gives UTF-8 without a mark, whatever lies below it; what cannot be decoded becomes U+FFFD.
pub struct Decoded<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    /// The part of `raw` that is not decoded yet.
    left: (usize, usize),
    ready: Vec<u8>,
    given: usize,
    ended: bool,
    finished: bool,
}

impl<R: Read> Decoded<R> {
    pub fn new(inner: R, encoding: &'static Encoding) -> Decoded<R> {
        let decoder = encoding.new_decoder_with_bom_removal();
        Decoded { inner, decoder, raw: vec![0; CHUNK], left: (0, 0), ready: Vec::new(), given: 0, ended: false, finished: false }
    }

    fn decode_more(&mut self) -> io::Result<()> {
        if self.left.0 == self.left.1 && !self.ended {
            let read = self.inner.read(&mut self.raw)?;
            self.left = (0, read);
            self.ended = read == 0;
        }
        self.ready.resize(CHUNK, 0);
        let source = &self.raw[self.left.0..self.left.1];
        let (result, read, written, _) = self.decoder.decode_to_utf8(source, &mut self.ready, self.ended);
        self.left.0 += read;
        self.ready.truncate(written);
        self.given = 0;
        self.finished = self.ended && result == CoderResult::InputEmpty;
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() && !self.finished {
            self.decode_more()?;
        }
        let part = &self.ready[self.given..];
        let count = part.len().min(out.len());
        out[..count].copy_from_slice(&part[..count]);
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_as(bytes: &[u8]) -> String {
        let encoding = detect_in(bytes).expect("reads");
        let mut text = String::new();
        Decoded::new(bytes, encoding).read_to_string(&mut text).expect("UTF-8");
        text
    }

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn every_usual_encoding_is_told() {
        let text = "Handle,Title\r\ncafé,Crème brûlée – 5 €\r\n";
        assert_eq!(read_as(text.as_bytes()), text);
        assert_eq!(read_as(&[b"\xEF\xBB\xBF", text.as_bytes()].concat()), text);
        let marked = format!("\u{FEFF}{text}");
        assert_eq!(read_as(&utf16(&marked, u16::to_le_bytes)), text);
        assert_eq!(read_as(&utf16(&marked, u16::to_be_bytes)), text);
        assert_eq!(read_as(&utf16(text, u16::to_le_bytes)), text);
        assert_eq!(read_as(&utf16(text, u16::to_be_bytes)), text);
        assert_eq!(read_as(&WINDOWS_1252.encode(text).0), text);
        assert_eq!(read_as(b""), "");
    }

    proptest::proptest! {
        #[test]
        fn letters_are_not_torn_at_the_edges_of_chunks(pad in 0..8_usize, text in "[a-zé€😀,\"\n]{0,40}") {
            let long = format!("{}{}", "x".repeat(CHUNK - 4 + pad), text);
            proptest::prop_assert_eq!(read_as(long.as_bytes()), long.clone());
            let wide = format!("\u{FEFF}{long}");
            proptest::prop_assert_eq!(read_as(&utf16(&wide, u16::to_be_bytes)), long);
        }
    }
}
