//! Pictures that are something else besides, or far more than they seem: taken apart and made anew, or refused.

use std::io::Write as _;
use std::time::{Duration, Instant};

use rocket::http::{ContentType, Header, Status};

use super::texts;
use crate::world::{Answer, TestShop, Visitor};

async fn send(shop: &TestShop, staff: &Visitor, name: &str, bytes: &[u8]) -> Answer {
    let mut body = format!(
        "--cut\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: image/png\r\n\r\n"
    )
    .into_bytes();
    body.extend(bytes);
    body.extend(b"\r\n--cut--\r\n");
    let kind = ContentType::new("multipart", "form-data").with_params(("boundary", "cut"));
    let request = shop.client.post("/admin/pictures").body(body).header(kind);
    staff.send(request.header(Header::new("Sec-Fetch-Site", "same-origin"))).await
}

fn picture(format: image::ImageFormat, shade: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(400, 300, image::Rgb([shade, 90, 9])).write_to(&mut bytes, format).expect("a picture");
    bytes.into_inner()
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 })
    })
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut chunk = (data.len() as u32).to_be_bytes().to_vec();
    chunk.extend(kind);
    chunk.extend(data);
    let crc = crc32(&chunk[4..]);
    chunk.extend(crc.to_be_bytes());
    chunk
}

const HIDDEN: &str = "<script>xss()</script><?php system($_GET[0]); ?>";

/// A picture with words in every place that a decoder skips.
fn polyglots() -> Vec<(&'static str, Vec<u8>)> {
    let mut comment = picture(image::ImageFormat::Jpeg, 10);
    let mut segment = vec![0xFF, 0xFE];
    segment.extend(((HIDDEN.len() + 2) as u16).to_be_bytes());
    segment.extend(HIDDEN.bytes());
    comment.splice(2..2, segment);
    let mut tail = picture(image::ImageFormat::Jpeg, 20);
    tail.extend(HIDDEN.bytes());
    let mut archive = picture(image::ImageFormat::Png, 30);
    archive.extend(b"PK\x03\x04");
    archive.extend(HIDDEN.bytes());
    archive.extend(b"PK\x05\x06\0\0\0\0");
    let mut text = picture(image::ImageFormat::Png, 40);
    text.splice(33..33, chunk(b"tEXt", format!("Comment\0{HIDDEN}").as_bytes()));
    let mut profile = picture(image::ImageFormat::Png, 50);
    profile.splice(33..33, chunk(b"eXIf", HIDDEN.as_bytes()));
    vec![("comment.jpg", comment), ("tail.jpg", tail), ("archive.png", archive), ("text.png", text), ("profile.png", profile)]
}

#[rocket::async_test]
async fn what_is_hidden_in_a_picture_is_never_sent_out() {
    let shop = TestShop::open().await;
    let staff = shop.staff("content").await;
    for (name, bytes) in polyglots() {
        assert!(bytes.windows(HIDDEN.len()).any(|part| part == HIDDEN.as_bytes()), "{name} has it");
        let answer = send(&shop, &staff, name, &bytes).await;
        assert!(matches!(answer.status, Status::SeeOther | Status::UnprocessableEntity), "{name}: {}", answer.status);
    }
    shop.work().await;
    let hashes = texts(&shop, "select encode(sha256, 'hex') as text from media where state = 'ready'").await;
    assert!(hashes.len() >= 3, "{hashes:?}");
    for hash in hashes {
        for (file, kind) in [("320.webp", "image/webp"), ("320.jpg", "image/jpeg")] {
            let made = shop.get(&format!("/media/{hash}/{file}")).await;
            made.is_ok();
            assert_eq!(made.header("content-type"), Some(kind));
            assert_eq!(made.header("x-content-type-options"), Some("nosniff"));
            assert!(made.header("content-security-policy").is_some_and(|policy| policy.contains("default-src 'self'")));
            for word in [&b"<script"[..], b"<?php", b"PK\x03\x04"] {
                assert!(!made.bytes.windows(word.len()).any(|part| part == word), "{hash}/{file}");
            }
        }
        for raw in ["", "original", "raw.jpg", "320.png", "320.html", "320.svg"] {
            let status = shop.get(&format!("/media/{hash}/{raw}")).await.status;
            assert!(matches!(status, Status::NotFound | Status::UnprocessableEntity), "{raw}: {status}");
        }
    }
}

#[rocket::async_test]
async fn what_is_no_picture_is_refused_whatever_it_is_called() {
    let shop = TestShop::open().await;
    let staff = shop.staff("content").await;
    for (name, bytes) in [
        ("a.png", &b"<!doctype html><script>xss()</script>"[..]),
        ("b.jpg", b"GIF89a=1;xss()//"),
        ("c.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='xss()'/>"),
        ("d.png", b"%PDF-1.7\n<script>"),
        ("e.jpg", b"\xFF\xD8\xFF<script>xss()</script>"),
        ("f.png", b"\x89PNG\r\n\x1a\n<script>xss()</script>"),
        ("g.webp", b"RIFF\xff\xff\xff\xffWEBPVP8 <script>"),
        ("h.webp", b"RIFF\0\0\0\0WEBP"),
        ("i.png", b"PK\x03\x04"),
        ("j.png", b"\x7fELF\x02\x01\x01"),
        ("k.bmp", b"BM\x46\0\0\0\0\0\0\0"),
        ("l.tiff", b"II*\0\x08\0\0\0"),
        ("m.avif", b"\0\0\0\x20ftypavif"),
    ] {
        send(&shop, &staff, name, bytes).await.is(Status::UnprocessableEntity);
    }
    assert_eq!(shop.number("select count(*) from media").await, 0);
}

/// A file of a few kilobytes that says it is this large.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut head = width.to_be_bytes().to_vec();
    head.extend(height.to_be_bytes());
    head.extend([8, 2, 0, 0, 0]);
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..200 {
        packed.write_all(&[0; 65_536]).expect("packed");
    }
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend(chunk(b"IHDR", &head));
    bytes.extend(chunk(b"IDAT", &packed.finish().expect("packed")));
    bytes.extend(chunk(b"IEND", b""));
    bytes
}

#[rocket::async_test]
async fn small_files_that_unpack_into_large_ones_are_refused_at_once() {
    let shop = TestShop::open().await;
    let staff = shop.staff("content").await;
    let mut profile = picture(image::ImageFormat::Png, 60);
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..2000 {
        packed.write_all(&[0; 65_536]).expect("packed");
    }
    let packed = packed.finish().expect("packed");
    let mut data = b"icc\0\0".to_vec();
    data.extend(&packed);
    profile.splice(33..33, chunk(b"iCCP", &data));
    for (name, bytes, taken) in [
        ("forty-gigapixels.png", bomb(200_000, 200_000), false),
        ("wide.png", bomb(4_000_000, 1), false),
        ("high.png", bomb(1, 4_000_000), false),
        ("zero.png", bomb(0, 0), false),
        ("all.png", bomb(u32::MAX, u32::MAX), false),
        ("cut-short.png", bomb(6000, 6000), false),
        ("profile.png", profile, true),
    ] {
        let begun = Instant::now();
        let answer = send(&shop, &staff, name, &bytes).await;
        assert!(begun.elapsed() < Duration::from_secs(20), "{name}: {:?}", begun.elapsed());
        assert!(answer.status == Status::UnprocessableEntity || (answer.status == Status::SeeOther), "{name}: {}", answer.status);
        assert!(taken || answer.status == Status::UnprocessableEntity || shop.try_to_work().await.is_ok(), "{name}");
    }
    let begun = Instant::now();
    shop.try_to_work().await.expect("no job breaks");
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
    let large = shop
        .number("select count(*) from media where width::bigint * height > 40000000 or width > 16000 or height > 16000")
        .await;
    assert_eq!(large, 0);
    staff.get("/admin/pictures").await.is_ok();
}
