//! The inbox from both sides: customers and guests ask, the desk answers, mail goes out and comes in.

mod customer;
mod desk;
mod guests;
mod mail_in;
mod mail_out;
mod scanner;

use rocket::http::{ContentType, Header};

use crate::world::{Answer, TestShop, Visitor};

/// A shop that mail comes in to.
pub async fn open() -> TestShop {
    TestShop::with(&[("BARROW_REPLY_ADDRESS", "reply@in.example.org"), ("BARROW_MAIL_SECRET", "let mail in")]).await
}

/// Sends a form with files, as a browser does.
pub async fn send(shop: &TestShop, who: &Visitor, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    for (name, bytes) in files {
        let head =
            format!("--cut\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: x/y\r\n\r\n");
        body.extend(head.bytes());
        body.extend(*bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--cut--\r\n");
    let kind = ContentType::new("multipart", "form-data").with_params(("boundary", "cut"));
    let request = shop.client.post(path.to_owned()).body(body).header(kind);
    who.send(request.header(Header::new("Sec-Fetch-Site", "same-origin"))).await
}

/// Brings a mail in, as a mail server does.
pub async fn bring(shop: &TestShop, raw: &[u8]) -> Answer {
    let request = shop.client.post("/webhooks/mail").header(ContentType::Binary).body(raw);
    shop.visitor().send(request.header(Header::new("Authorization", "Bearer let mail in"))).await
}

/// A mail in plain text.
pub fn mail(from: &str, to: &str, id: &str, more: &str, body: &str) -> Vec<u8> {
    format!("From: {from}\r\nTo: {to}\r\nMessage-ID: <{id}>\r\nSubject: Hello\r\n{more}\r\n{body}\r\n").into_bytes()
}

/// A column of the newest mail to somebody.
pub async fn of_mail(shop: &TestShop, to: &str, column: &str) -> String {
    use diesel_async::RunQueryDsl;
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        value: String,
    }
    let query = format!("select {column} as value from mails where recipient = '{to}' order by id desc limit 1");
    diesel::sql_query(query).get_result::<Row>(&mut shop.conn().await).await.expect("a mail").value
}

/// The newest conversation.
pub async fn newest(shop: &TestShop) -> i64 {
    shop.number("select id from conversations order by newest_id desc limit 1").await
}

/// Answers in a conversation as somebody who has seen all of it.
pub async fn answer(shop: &TestShop, staff: &Visitor, id: i64, body: &str) -> Answer {
    let seen = shop.number(&format!("select newest_id from conversations where id = {id}")).await.to_string();
    staff.post(&format!("/admin/inbox/{id}/answers"), &[("body", body), ("seen", &seen)]).await
}

pub fn png(shade: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(60, 40, image::Rgb([shade, 90, 9]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("a picture");
    bytes.into_inner()
}
