//! A virus scanner beside the inbox: a clamd that knows one virus stands in for the real one.

use rocket::http::Status;
use rocket::tokio::io::{AsyncReadExt, AsyncWriteExt};
use rocket::tokio::net::{TcpListener, TcpStream};
use rocket::tokio::task::JoinHandle;

use super::{bring, send};
use crate::world::TestShop;

const VIRUS: &[u8] = b"pretend this is a virus";

/// Speaks clamd's INSTREAM: chunks with their length before them, a length of nought ends.
async fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    let mut command = [0; 10];
    stream.read_exact(&mut command).await?;
    assert_eq!(&command, b"zINSTREAM\0");
    let mut bytes = Vec::new();
    loop {
        let length = stream.read_u32().await? as usize;
        if length == 0 {
            break;
        }
        let start = bytes.len();
        bytes.resize(start + length, 0);
        stream.read_exact(&mut bytes[start..]).await?;
    }
    let found = bytes.windows(VIRUS.len()).any(|window| window == VIRUS);
    stream.write_all(if found { b"stream: Pretended.Virus FOUND\0" } else { b"stream: OK\0" }).await
}

async fn clamd() -> (String, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    let running = rocket::tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            rocket::tokio::spawn(answer(stream));
        }
    });
    (address, running)
}

#[rocket::async_test]
async fn a_scanner_keeps_harmful_files_out_and_nothing_passes_unseen() {
    let (address, running) = clamd().await;
    let settings = [
        ("BARROW_SCANNER", address.as_str()),
        ("BARROW_REPLY_ADDRESS", "reply@in.example.org"),
        ("BARROW_MAIL_SECRET", "let mail in"),
    ];
    let shop = TestShop::with(&settings).await;
    let marta = shop.customer("marta@example.org").await;
    let bad = [b"%PDF-1.7\n".as_slice(), VIRUS].concat();
    let fields = [("body", "See this")];
    let refused = send(&shop, &marta, "/account/messages", &fields, &[("fine.txt", b"fine"), ("bill.pdf", &bad)]).await;
    refused.is(Status::UnprocessableEntity).shows("“bill.pdf” carries something harmful").keeps("body", "See this");
    assert_eq!(shop.number("select count(*) from messages").await, 0);
    send(&shop, &marta, "/account/messages", &fields, &[("fine.txt", b"fine")]).await.goes_to("/account/messages");
    let mail = |name: &str, text: &str| {
        format!(
            "From: marta@example.org\r\nTo: shop@example.org\r\nSubject: Files\r\nMessage-ID: <{name}@example.org>\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/mixed; boundary=cut\r\n\r\n--cut\r\nContent-Type: text/plain\r\n\r\nHere it is\r\n--cut\r\n\
             Content-Type: text/plain; name=\"{name}.txt\"\r\nContent-Disposition: attachment; filename=\"{name}.txt\"\r\n\r\n{text}\r\n--cut--\r\n"
        )
    };
    bring(&shop, mail("virus", std::str::from_utf8(VIRUS).expect("text")).as_bytes()).await.is(Status::Ok);
    bring(&shop, mail("fine", "fine").as_bytes()).await.is(Status::Ok);
    let named = |name: &str| format!("select count(*) from message_files where name = '{name}.txt'");
    assert_eq!((shop.number(&named("fine")).await, shop.number(&named("virus")).await), (2, 0));

    running.abort();
    running.await.expect_err("stopped");
    let unseen = send(&shop, &marta, "/account/messages", &fields, &[("more.txt", b"fine")]).await;
    unseen.is(Status::UnprocessableEntity).shows("cannot be examined just now").keeps("body", "See this");
    assert!(
        bring(&shop, mail("later", "fine").as_bytes()).await.status.class().is_server_error(),
        "the mail server brings it again"
    );
    assert_eq!(shop.number("select count(*) from message_files").await, 2);
}
