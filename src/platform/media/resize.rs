//! Measures, decodes and makes pictures; no table and no store is touched here.

use std::io::Cursor;

use bytes::Bytes;
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageReader};

use super::model::{Encoding, Kind, MAX_PIXELS, MAX_SIDE, MediaRefused, widths_of};

const JPEG_QUALITY: u8 = 82;
const WEBP_QUALITY: f32 = 80.0;

/// Pixels of a picture as shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub width: u32,
    pub height: u32,
}

/// One finished file.
pub struct Made {
    pub width: u32,
    pub encoding: Encoding,
    pub bytes: Bytes,
}

/// All that is made of a picture.
pub struct Batch {
    pub colour: String,
    pub widths: Vec<u32>,
    pub files: Vec<Made>,
}

/// Reads the size from the header, without decoding, and holds it against the limits.
pub fn measure(bytes: &[u8], kind: Kind) -> Result<Size, MediaRefused> {
    let mut decoder = decoder(bytes, kind)?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(MediaRefused::Broken);
    }
    if u64::from(width) * u64::from(height) > MAX_PIXELS || width.max(height) > MAX_SIDE {
        return Err(MediaRefused::TooManyPixels);
    }
    Ok(match turned(decoder.orientation().unwrap_or(Orientation::NoTransforms)) {
        true => Size { width: height, height: width },
        false => Size { width, height },
    })
}

/// Decodes a picture, turns it as its EXIF says and makes every width in both formats; what else was in the file stays behind.
pub fn make(bytes: &[u8]) -> Result<Batch, MediaRefused> {
    let kind = Kind::of(bytes)?;
    measure(bytes, kind)?;
    let source = decode(bytes, kind)?;
    let colour = dominant(&source)?;
    let widths = widths_of(source.width);
    let mut files = Vec::with_capacity(widths.len() * 2);
    for width in &widths {
        let scaled = source.scaled_to(*width)?;
        for encoding in Encoding::ALL {
            files.push(Made { width: *width, encoding, bytes: scaled.encoded(encoding)? });
        }
    }
    Ok(Batch { colour, widths, files })
}

/// A picture of somebody's, made anew for them alone: turned as its EXIF says, at most this wide, as a JPEG without anything else.
pub fn remake(bytes: &[u8], widest: u32) -> Result<(Bytes, Size), MediaRefused> {
    let kind = Kind::of(bytes)?;
    measure(bytes, kind)?;
    let source = decode(bytes, kind)?;
    let made = source.scaled_to(source.width.min(widest))?;
    Ok((made.encoded(Encoding::Jpeg)?, Size { width: made.width, height: made.height }))
}

fn decoder(bytes: &[u8], kind: Kind) -> Result<impl ImageDecoder + '_, MediaRefused> {
    ImageReader::with_format(Cursor::new(bytes), kind.format()).into_decoder().map_err(|error| match error {
        image::ImageError::Limits(_) => MediaRefused::TooManyPixels,
        _ => MediaRefused::Broken,
    })
}

fn decode(bytes: &[u8], kind: Kind) -> Result<Raster, MediaRefused> {
    let mut decoder = decoder(bytes, kind)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| MediaRefused::Broken)?;
    picture.apply_orientation(orientation);
    let (width, height) = (picture.width(), picture.height());
    if picture.color().has_alpha() {
        let pixels = picture.into_rgba8().into_raw();
        if pixels.as_chunks::<4>().0.iter().any(|pixel| pixel[3] < 255) {
            return Ok(Raster { width, height, alpha: true, pixels });
        }
        let pixels = pixels.as_chunks::<4>().0.iter().flat_map(|[r, g, b, _]| [*r, *g, *b]).collect();
        return Ok(Raster { width, height, alpha: false, pixels });
    }
    Ok(Raster { width, height, alpha: false, pixels: picture.into_rgb8().into_raw() })
}

fn turned(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

/// Decoded pixels, three or (with alpha) four bytes each.
struct Raster {
    width: u32,
    height: u32,
    alpha: bool,
    pixels: Vec<u8>,
}

impl Raster {
    fn kind(&self) -> PixelType {
        if self.alpha { PixelType::U8x4 } else { PixelType::U8x3 }
    }

    fn scaled_to(&self, width: u32) -> Result<Raster, MediaRefused> {
        let height = (u64::from(self.height) * u64::from(width) + u64::from(self.width) / 2) / u64::from(self.width);
        self.scaled(width, (height as u32).max(1))
    }

    fn scaled(&self, width: u32, height: u32) -> Result<Raster, MediaRefused> {
        if (width, height) == (self.width, self.height) {
            return Ok(Raster { pixels: self.pixels.clone(), ..*self });
        }
        let source = ImageRef::new(self.width, self.height, &self.pixels, self.kind()).map_err(|_| MediaRefused::Broken)?;
        let mut target = Image::new(width, height, self.kind());
        Resizer::new().resize(&source, &mut target, None).map_err(|_| MediaRefused::Broken)?;
        Ok(Raster { width, height, alpha: self.alpha, pixels: target.into_vec() })
    }

    fn encoded(&self, encoding: Encoding) -> Result<Bytes, MediaRefused> {
        match encoding {
            Encoding::Webp => {
                let encoder = match self.alpha {
                    true => webp::Encoder::from_rgba(&self.pixels, self.width, self.height),
                    false => webp::Encoder::from_rgb(&self.pixels, self.width, self.height),
                };
                let made = encoder.encode_simple(false, WEBP_QUALITY).map_err(|_| MediaRefused::Broken)?;
                Ok(Bytes::copy_from_slice(&made))
            }
            Encoding::Jpeg => {
                let mut made = Vec::new();
                let encoder = &mut JpegEncoder::new_with_quality(&mut made, JPEG_QUALITY);
                let pixels = self.on_white();
                let done = encoder.encode(&pixels, self.width, self.height, ExtendedColorType::Rgb8);
                done.map_err(|_| MediaRefused::Broken)?;
                Ok(made.into())
            }
        }
    }

    /// The pixels without alpha, laid on white, as JPEG needs them.
    fn on_white(&self) -> std::borrow::Cow<'_, [u8]> {
        if !self.alpha {
            return (&self.pixels).into();
        }
        let over =
            |colour: u8, alpha: u8| ((u16::from(colour) * u16::from(alpha) + 255 * (255 - u16::from(alpha)) + 127) / 255) as u8;
        let pixels = self.pixels.as_chunks::<4>().0.iter();
        pixels.flat_map(|[r, g, b, a]| [over(*r, *a), over(*g, *a), over(*b, *a)]).collect::<Vec<u8>>().into()
    }
}

/// The colour that covers most of a picture, as "#rrggbb": the fullest of 512 boxes of like colours, averaged.
fn dominant(source: &Raster) -> Result<String, MediaRefused> {
    let small = source.scaled(source.width.min(48), source.height.min(48))?;
    let pixels = small.on_white();
    let mut boxes = vec![[0_u32; 4]; 512];
    for [r, g, b] in pixels.as_chunks::<3>().0 {
        let at = usize::from(r >> 5) << 6 | usize::from(g >> 5) << 3 | usize::from(b >> 5);
        for (sum, part) in boxes[at].iter_mut().zip([u32::from(*r), u32::from(*g), u32::from(*b), 1]) {
            *sum += part;
        }
    }
    let [r, g, b, count] = boxes.into_iter().max_by_key(|one| one[3]).unwrap_or_default();
    let count = count.max(1);
    Ok(format!("#{:02x}{:02x}{:02x}", r / count, g / count, b / count))
}
