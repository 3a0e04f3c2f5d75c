//! What a picture is, which widths it is made in, and why a file is not accepted.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use crate::platform::base::{BadText, MediaId, Message, Refusal, text_enum};

/// The largest file accepted, in bytes: 25 MiB.
pub const MAX_BYTES: usize = 25 * 1024 * 1024;
/// The most pixels accepted: 40 million.
pub const MAX_PIXELS: u64 = 40_000_000;
/// The longest side accepted; WebP itself ends at 16383.
pub const MAX_SIDE: u32 = 16_000;
/// The widths made of every picture that is wide enough.
pub(super) const WIDTHS: [u32; 6] = [320, 640, 960, 1280, 1600, 1920];

text_enum! {
    /// Whether the widths of a picture are made.
    PictureState { Pending = "pending", Ready = "ready", Failed = "failed" }
}

/// The kinds of picture that are accepted, told by their first bytes, never by their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Jpeg,
    Png,
    Webp,
}

impl Kind {
    /// Tells a picture by its first bytes.
    pub fn of(bytes: &[u8]) -> Result<Kind, MediaRefused> {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Ok(Kind::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Ok(Kind::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(Kind::Webp),
            _ if is_svg(bytes) => Err(MediaRefused::Svg),
            _ => Err(MediaRefused::NotAPicture),
        }
    }

    pub fn mime(self) -> &'static str {
        match self {
            Kind::Jpeg => "image/jpeg",
            Kind::Png => "image/png",
            Kind::Webp => "image/webp",
        }
    }

    pub fn format(self) -> image::ImageFormat {
        match self {
            Kind::Jpeg => image::ImageFormat::Jpeg,
            Kind::Png => image::ImageFormat::Png,
            Kind::Webp => image::ImageFormat::WebP,
        }
    }
}

/// Whether a file is a drawing in text: SVG can carry scripts and is never shown.
fn is_svg(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    let plain: Vec<u8> = head.iter().filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect();
    let marks = plain.iter().position(|byte| *byte == b'<').is_some_and(|at| at < 8);
    marks && plain.windows(4).any(|part| part == b"<svg")
}

/// Why a file does not become a picture of the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaRefused {
    /// More than [`MAX_BYTES`].
    TooLarge,
    /// None of JPEG, PNG and WebP.
    NotAPicture,
    Svg,
    /// More than [`MAX_PIXELS`], or a side longer than [`MAX_SIDE`].
    TooManyPixels,
    /// Begins like a picture and is none.
    Broken,
}

impl Refusal for MediaRefused {
    fn message(&self) -> Message {
        match self {
            MediaRefused::TooLarge => Message::new("media-too-large").count("megabytes", (MAX_BYTES / 1024 / 1024) as i64),
            MediaRefused::NotAPicture => Message::new("media-not-a-picture"),
            MediaRefused::Svg => Message::new("media-svg"),
            MediaRefused::TooManyPixels => {
                Message::new("media-too-many-pixels").count("megapixels", (MAX_PIXELS / 1_000_000) as i64)
            }
            MediaRefused::Broken => Message::new("media-broken"),
        }
    }
}

/// Why a picture is not removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemoveRefused {
    /// Something shows it.
    Used,
}

impl Refusal for RemoveRefused {
    fn message(&self) -> Message {
        match self {
            RemoveRefused::Used => Message::new("media-used"),
        }
    }
}

/// The SHA-256 of a file: its name in the store and in URLs.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    pub fn of(bytes: &[u8]) -> ContentHash {
        ContentHash(Sha256::digest(bytes).into())
    }

    /// The hash as it lies in a column; `None` for anything that is not 32 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<ContentHash> {
        bytes.try_into().ok().map(ContentHash)
    }

    pub fn to_vec(self) -> Vec<u8> {
        self.0.to_vec()
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for ContentHash {
    type Err = BadText;
    fn from_str(text: &str) -> Result<Self, BadText> {
        let small = text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        let bytes = if small { hex::decode(text).ok() } else { None };
        bytes.and_then(|bytes| ContentHash::from_bytes(&bytes)).ok_or(BadText("error-handle"))
    }
}

/// The two formats every width is made in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Webp,
    Jpeg,
}

impl Encoding {
    pub const ALL: [Encoding; 2] = [Encoding::Webp, Encoding::Jpeg];

    pub fn extension(self) -> &'static str {
        match self {
            Encoding::Webp => "webp",
            Encoding::Jpeg => "jpg",
        }
    }

    pub fn mime(self) -> &'static str {
        match self {
            Encoding::Webp => "image/webp",
            Encoding::Jpeg => "image/jpeg",
        }
    }
}

/// One made file in a URL: "640.webp".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MadeName {
    pub width: u32,
    pub encoding: Encoding,
}

/// A picture of the shop as pages need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub id: MediaId,
    pub hash: ContentHash,
    /// Pixels, as shown (EXIF rotation obeyed).
    pub width: i32,
    pub height: i32,
    /// The dominant colour, "#ece5da".
    pub colour: String,
    pub state: PictureState,
}

impl Picture {
    /// The widths this picture has or will have, ascending.
    pub fn widths(&self) -> Vec<u32> {
        widths_of(self.width.max(1) as u32)
    }
}

/// The widths made of a picture: the usual ones it is wide enough for, and its own when that lies below the largest.
pub fn widths_of(width: u32) -> Vec<u32> {
    let mut widths: Vec<u32> = WIDTHS.into_iter().filter(|one| *one <= width).collect();
    if width < WIDTHS[5] && !widths.contains(&width) {
        widths.push(width);
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_never_exceed_the_original() {
        assert_eq!(widths_of(200), [200]);
        assert_eq!(widths_of(320), [320]);
        assert_eq!(widths_of(1024), [320, 640, 960, 1024]);
        assert_eq!(widths_of(6000), [320, 640, 960, 1280, 1600, 1920]);
    }

    #[test]
    fn a_drawing_named_like_a_photo_is_told_by_its_bytes() {
        assert_eq!(Kind::of(b"<?xml version=\"1.0\"?>\n<!-- x --><SVG xmlns=''>"), Err(MediaRefused::Svg));
        assert_eq!(Kind::of(b"\xEF\xBB\xBF  <svg/>"), Err(MediaRefused::Svg));
        let wide: Vec<u8> = "\u{FEFF}<svg/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(Kind::of(&wide), Err(MediaRefused::Svg));
        assert_eq!(Kind::of(b"GIF89a"), Err(MediaRefused::NotAPicture));
        assert_eq!(Kind::of(b""), Err(MediaRefused::NotAPicture));
        assert_eq!(Kind::of(b"RIFF\0\0\0\0WEBPVP8 "), Ok(Kind::Webp));
    }
}
