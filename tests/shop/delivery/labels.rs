//! Labels: prices of carriers and a label by a house on this machine that speaks as Shippo does.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rocket::http::Status;
use rocket::tokio::io::{AsyncReadExt, AsyncWriteExt};
use rocket::tokio::net::{TcpListener, TcpStream};
use serde_json::{Value, json};

use crate::world::TestShop;

const RATE: &str = "5e40ead7cffe4cc1ad45108696162e42";

/// A house that sells labels, and how many it sold.
struct House {
    address: String,
    sold: Arc<AtomicUsize>,
}

/// Method, path, whether the token was right, and the body.
async fn read(stream: &mut TcpStream) -> Option<(String, bool, Value)> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let count = stream.read(&mut chunk).await.ok()?;
        bytes.extend_from_slice(&chunk[..count]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length =
                head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length:").map(|n| n.trim().to_owned()));
            if body.len() >= length.and_then(|length| length.parse().ok()).unwrap_or(0) {
                let known = head.lines().any(|line| line.to_lowercase() == "authorization: shippotoken sesame");
                let first = head.lines().next()?.rsplit_once(' ')?.0.to_owned();
                return Some((first, known, serde_json::from_str(body).unwrap_or(Value::Null)));
            }
        }
        if count == 0 {
            return None;
        }
    }
}

fn answer(first: &str, body: &Value, sold: &AtomicUsize) -> (u16, Value) {
    let rate = |id: &str, amount: &str, name: &str| json!({ "object_id": id, "amount": amount, "currency": "USD", "provider": "USPS", "servicelevel": { "name": name }, "estimated_days": 2 });
    match first {
        "POST /shipments/" if body["address_to"]["zip"] == "04229" && body["parcels"][0]["weight"] == "0.200" => {
            (201, json!({ "rates": [rate("dear0", "9.10", "Express"), rate(RATE, "5.50", "Priority Mail")], "messages": [] }))
        }
        "POST /shipments/" => (201, json!({ "rates": [], "messages": [{ "text": "Nobody carries this." }] })),
        "POST /transactions/" if body["rate"] == RATE => {
            sold.fetch_add(1, Ordering::SeqCst);
            (
                201,
                json!({ "status": "SUCCESS", "tracking_number": "9400111201080805483016", "tracking_url_provider": "https://tools.usps.com/x", "label_url": "https://labels.example/1.pdf" }),
            )
        }
        "POST /transactions/" => (201, json!({ "status": "ERROR", "messages": [{ "text": "The rate is too old." }] })),
        _ => (200, rate(first.rsplit('/').next().unwrap_or_default(), "5.50", "Priority Mail")),
    }
}

impl House {
    async fn open() -> House {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let sold = Arc::new(AtomicUsize::new(0));
        let count = sold.clone();
        rocket::tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let Some((first, known, body)) = read(&mut stream).await else { continue };
                let (status, said) =
                    if known { answer(&first, &body, &count) } else { (401, json!({ "detail": "Who are you?" })) };
                let said = said.to_string();
                let head = format!(
                    "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    said.len()
                );
                let _ = stream.write_all(format!("{head}{said}").as_bytes()).await;
            }
        });
        House { address, sold }
    }

    fn sold(&self) -> usize {
        self.sold.load(Ordering::SeqCst)
    }
}

#[rocket::async_test]
async fn delivery_labels_are_priced_bought_once_and_used() {
    rustls::crypto::ring::default_provider().install_default().ok();
    let house = House::open().await;
    let shop = TestShop::with(&[("BARROW_OUTBOUND_LOOPBACK", "yes")]).await;
    let tea = shop.put("Green tea", 1000, 5).await;
    let placed = shop.place(1, &[(&tea, 1000, 2)]).await.expect("placed");
    let (sam, order) = (shop.staff("manager").await, format!("/admin/orders/{}", placed.number));
    let page = format!("{order}/labels");
    sam.get(&page).await.is(Status::NotFound);
    sam.get(&order).await.is_ok().lacks("Buy a label");
    let account = "/admin/settings/delivery/labels";
    let size = [("length", "30"), ("width", "20"), ("height", "10")];
    let typed = |address: &str, token: &str| {
        [&[("address", address.to_owned()), ("token", token.to_owned())][..], &size.map(|(a, b)| (a, b.to_owned()))].concat()
    };
    let send = async |address: &str, token: &str| {
        let fields = typed(address, token);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (*a, b.as_str())).collect();
        sam.post(account, &fields).await
    };
    send("ftp://example.org", "x").await.is(Status::UnprocessableEntity).keeps("address", "ftp://example.org");
    send(&house.address, "").await.is(Status::UnprocessableEntity).has("href=\"#token\"");
    send(&house.address, "wrong").await.goes_to(account);
    sam.get(&order).await.is_ok().shows("Buy a label");
    sam.get(&page).await.is_ok().keeps("weight", "0.200").keeps("length", "30");
    let parcel = |weight: &'static str| [("weight", weight), ("length", "30"), ("width", "20"), ("height", "10")];
    sam.post(&page, &parcel("0.2")).await.is(Status::UnprocessableEntity).shows("No label: Who are you?").keeps("weight", "0.2");
    send(&house.address, "sesame").await.goes_to(account);
    sam.get(account).await.is_ok().shows("A token is kept").lacks("sesame");
    sam.post(&page, &parcel("heavy")).await.is(Status::UnprocessableEntity).shows("Write a weight in kilograms");
    sam.post(&page, &parcel("70")).await.is(Status::UnprocessableEntity).shows("Nobody carries this.");
    sam.post(&page, &parcel("0,2")).await.is_ok().shows("USPS Priority Mail").shows("$5.50").shows("2 days on the way");
    let buy = format!("{page}/purchase");
    sam.post(&buy, &[("rate", "../x")]).await.is(Status::UnprocessableEntity);
    sam.post(&buy, &[("rate", "dear0")]).await.is(Status::UnprocessableEntity).shows("The rate is too old.");
    let presses = (0..4).map(|_| sam.post(&buy, &[("rate", RATE)]));
    for answer in futures::future::join_all(presses).await {
        answer.goes_to(&order);
    }
    assert_eq!(house.sold(), 1, "pressed four times, bought once");
    let shown = sam.get(&order).await;
    shown.is_ok().keeps("tracking", "9400111201080805483016").keeps("carrier", "USPS").keeps("link", "https://tools.usps.com/x");
    shown.has("href=\"https://labels.example/1.pdf\"").shows("Print label");
    assert_eq!(shop.number("select count(*) from audit where action = 'order.label'").await, 2);
    let field = format!("lines[{}]", shop.number("select id from order_lines").await);
    let sent =
        [("version", "1"), (field.as_str(), "1"), ("carrier", "USPS"), ("tracking", "9400111201080805483016"), ("link", "")];
    sam.post(&format!("{order}/fulfilment"), &sent).await.goes_to(&order);
    sam.get(&order).await.is_ok().keeps("tracking", "");
    sam.post(&format!("{account}/removal"), &[]).await.goes_to("/admin/settings/delivery");
    sam.get(&page).await.is(Status::NotFound);
    assert_eq!(shop.number("select count(*) from sealed_secrets where purpose = 'carrier_token'").await, 0);
}
