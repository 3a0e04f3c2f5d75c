//! Pictures: taken in by their bytes, made in several widths, served for ever.

use barrow::platform::base::{Failed, MediaId};
use barrow::platform::media::{ContentHash, MediaRefused, Picture, PictureState, commands, jobs, queries};
use rocket::http::{Header, Status};

use crate::world::{TestShop, shared_data};

/// A picture with a red left half and a blue right half, as a camera held upright would store it with this EXIF orientation.
fn jpeg(width: u32, height: u32, orientation: Option<u8>) -> Vec<u8> {
    let picture =
        image::RgbImage::from_fn(width, height, |x, _| image::Rgb(if x < width / 2 { [200, 30, 30] } else { [30, 30, 200] }));
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 90).encode_image(&picture).expect("encodes");
    if let Some(orientation) = orientation {
        let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
        exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
        exif.extend(b"secret place");
        let mut segment = vec![0xFF, 0xE1];
        segment.extend(((exif.len() + 2) as u16).to_be_bytes());
        segment.extend(exif);
        bytes.splice(2..2, segment);
    }
    bytes
}

impl TestShop {
    async fn add_picture(&self, bytes: Vec<u8>, name: &str) -> Result<MediaId, MediaRefused> {
        match commands::add(&mut *self.conn().await, &self.shop.store, bytes.into(), name).await {
            Ok(id) => Ok(id),
            Err(Failed::Refused(why)) => Err(why),
            Err(Failed::Broke(broke)) => panic!("{broke:?}"),
        }
    }

    async fn picture(&self, id: MediaId) -> Picture {
        queries::pictures_by_ids(&mut *self.conn().await, &[id]).await.expect("reads").remove(&id).expect("there")
    }
}

fn pixel(bytes: &[u8], x: f32, y: f32) -> [u8; 3] {
    let picture = image::load_from_memory(bytes).expect("a picture").into_rgb8();
    picture.get_pixel((picture.width() as f32 * x) as u32, (picture.height() as f32 * y) as u32).0
}

#[rocket::async_test]
async fn what_is_no_picture_is_refused_with_words() {
    let shop = TestShop::open().await;
    assert_eq!(shop.add_picture(b"GIF89a....".to_vec(), "a.jpg").await, Err(MediaRefused::NotAPicture));
    assert_eq!(shop.add_picture(b"<svg onload='x'/>".to_vec(), "photo.jpg").await, Err(MediaRefused::Svg));
    assert_eq!(shop.add_picture(vec![0xFF; 26 * 1024 * 1024], "a.jpg").await, Err(MediaRefused::TooLarge));
    assert_eq!(shop.add_picture(b"\xFF\xD8\xFFnothing".to_vec(), "a.jpg").await, Err(MediaRefused::Broken));
    assert_eq!(shop.number("select count(*) from media").await, 0);
}

#[rocket::async_test]
async fn a_header_that_promises_too_many_pixels_is_refused_before_decoding() {
    let shop = TestShop::open().await;
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    png.extend(7000_u32.to_be_bytes());
    png.extend(7000_u32.to_be_bytes());
    png.extend([8, 2, 0, 0, 0]);
    let crc = crc32(&png[12..]);
    png.extend(crc.to_be_bytes());
    png.extend(b"\0\0\0\x01IDAT\0\0\0\0\0");
    assert_eq!(shop.add_picture(png, "bomb.png").await, Err(MediaRefused::TooManyPixels));
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 })
    })
}

#[rocket::async_test]
async fn rotation_is_obeyed_and_metadata_stays_behind() {
    let shop = TestShop::open().await;
    let id = shop.add_picture(jpeg(800, 400, Some(6)), "held-upright.jpg").await.expect("a picture");
    let picture = shop.picture(id).await;
    assert_eq!((picture.width, picture.height, picture.state), (400, 800, PictureState::Pending));
    jobs::make_widths(&shop.shop.db, &shop.shop.store, id).await.expect("makes");
    let picture = shop.picture(id).await;
    assert_eq!(picture.state, PictureState::Ready);
    for extension in ["jpg", "webp"] {
        let made = shop.get(&format!("/media/{}/320.{extension}", picture.hash)).await;
        made.is(Status::Ok);
        assert_eq!(dimensions(&made.bytes), (320, 640));
        assert!(!made.bytes.windows(12).any(|part| part == b"secret place"), "metadata in {extension}");
        let [top, bottom] = [pixel(&made.bytes, 0.5, 0.1), pixel(&made.bytes, 0.5, 0.9)];
        assert!(top[0] > 150 && top[2] < 90 && bottom[2] > 150 && bottom[0] < 90, "{top:?} {bottom:?}");
    }
}

#[rocket::async_test]
async fn made_pictures_are_served_for_ever_and_unknown_ones_not() {
    let shop = TestShop::open().await;
    let id = shop.add_picture(jpeg(1000, 500, None), "wide.jpg").await.expect("a picture");
    assert_eq!(shop.add_picture(jpeg(1000, 500, None), "again.jpg").await, Ok(id), "the same content is one picture");
    let hash = shop.picture(id).await.hash;
    // Asked for before the job ran: made now.
    let mut first = shop.get(&format!("/media/{hash}/640.webp")).await;
    while first.header("Content-Type") == Some("image/svg+xml") {
        assert_eq!(first.header("Cache-Control"), Some("no-store"), "a stand-in is not kept");
        first = shop.get(&format!("/media/{hash}/640.webp")).await;
    }
    first.is(Status::Ok);
    assert_eq!(first.header("Content-Type"), Some("image/webp"));
    assert_eq!(first.header("Cache-Control"), Some("public, max-age=31536000, immutable"));
    let etag = first.header("ETag").expect("an ETag").to_owned();
    let request = shop.client.get(format!("/media/{hash}/640.webp")).header(Header::new("If-None-Match", etag));
    let again = shop.visitor().send(request).await;
    assert_eq!((again.status, again.bytes.len()), (Status::NotModified, 0));
    assert_eq!(shop.picture(id).await.state, PictureState::Ready);
    for gone in [
        format!("/media/{hash}/1280.webp"),
        format!("/media/{hash}/640.svg"),
        format!("/media/{hash}/../../x"),
        format!("/media/{}/320.jpg", ContentHash::of(b"unknown")),
        "/media/zz/320.jpg".into(),
    ] {
        let answer = shop.get(&gone).await;
        assert_eq!(answer.status, Status::NotFound, "{gone}");
    }
    assert_eq!(shop.number("select count(*) from change_feed where subject = 'media'").await, 1);
}

#[rocket::async_test]
async fn a_damaged_picture_is_marked_and_not_tried_again() {
    let shop = TestShop::open().await;
    let mut png = Vec::new();
    image::DynamicImage::new_rgb8(300, 300)
        .write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png)
        .expect("encodes");
    png.truncate(80);
    let id = shop.add_picture(png, "cut.png").await.expect("its header is fine");
    jobs::make_widths(&shop.shop.db, &shop.shop.store, id).await.expect("no breakage");
    let picture = shop.picture(id).await;
    assert_eq!(picture.state, PictureState::Failed);
    assert!(picture.view("", "", barrow::platform::media::Loading::Lazy).is_none());
    shop.get(&format!("/media/{}/300.jpg", picture.hash)).await.is(Status::NotFound);
}

#[rocket::async_test]
async fn a_picture_prints_with_every_width_and_its_colour() {
    let shop = TestShop::open().await;
    let id = shop.add_picture(jpeg(700, 900, None), "tall.jpg").await.expect("a picture");
    jobs::make_widths(&shop.shop.db, &shop.shop.store, id).await.expect("makes");
    let picture = shop.picture(id).await;
    let view = picture
        .view("Tea <green>", barrow::platform::media::sizes::CARD, barrow::platform::media::Loading::First)
        .expect("ready");
    let html = view.to_string();
    for part in [
        "320.webp 320w, ",
        "640.webp 640w, ",
        "700.jpg 700w",
        "width=\"700\" height=\"900\"",
        "fetchpriority=\"high\"",
        "Tea &#60;green&#62;",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert!(html.contains(&format!("fill=\"{}\"", picture.colour)) && !html.contains("style="));
}

#[rocket::async_test]
async fn real_photos_are_taken_and_a_drawing_named_like_one_is_not() {
    let Some(folder) = shared_data("photos-sylius") else { return };
    let shop = TestShop::open().await;
    let svg = std::fs::read(folder.join("jeans/man/jeans_04.svg")).expect("reads");
    assert_eq!(shop.add_picture(svg, "jeans_04.jpg").await, Err(MediaRefused::Svg));
    let photo = std::fs::read(folder.join("jeans/man/jeans_01.jpg")).expect("reads");
    let id = shop.add_picture(photo, "jeans_01.jpg").await.expect("a photo");
    jobs::make_widths(&shop.shop.db, &shop.shop.store, id).await.expect("makes");
    let picture = shop.picture(id).await;
    let webp = shop.get(&format!("/media/{}/640.webp", picture.hash)).await;
    webp.is(Status::Ok);
    assert!(webp.bytes.len() < 120_000, "{} bytes", webp.bytes.len());
}

fn dimensions(bytes: &[u8]) -> (u32, u32) {
    let picture = image::load_from_memory(bytes).expect("a picture");
    (picture.width(), picture.height())
}
