//! An address that somebody typed makes the shop ask for it: it asks nobody in its own network. (Redirects: `media::fetch`.)

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use barrow::platform::media::{FetchFailed, Fetcher};
use rocket::tokio;

use crate::world::TestShop;

/// Counts who comes.
async fn listener(address: &str) -> Option<(u16, Arc<AtomicUsize>)> {
    let listener = tokio::net::TcpListener::bind(address).await.ok()?;
    let (port, visits) = (listener.local_addr().expect("an address").port(), Arc::new(AtomicUsize::new(0)));
    let count = visits.clone();
    tokio::spawn(async move {
        while listener.accept().await.is_ok() {
            count.fetch_add(1, Ordering::SeqCst);
        }
    });
    Some((port, visits))
}

#[rocket::async_test]
async fn nobody_of_the_own_network_is_asked() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let (port, four) = listener("127.0.0.1:0").await.expect("a port");
    let six = listener("[::1]:0").await;
    let (_, any) = listener("0.0.0.0:0").await.expect("a port");
    for host in [
        "127.0.0.1",
        "localhost",
        "LOCALHOST.",
        "127.1",
        "0177.0.0.1",
        "0x7f000001",
        "2130706433",
        "127.0.0.1.",
        "0.0.0.0",
        "0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:7f00:0001]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "[fc00::1]",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.0.1",
        "100.100.100.200",
        "169.254.169.254",
        "[fd00:ec2::254]",
        "224.0.0.1",
        "255.255.255.255",
        "①②⑦.⓪.⓪.①",
        "%31%32%37.0.0.1",
    ] {
        for authority in [host.to_owned(), format!("{host}:{port}"), format!("evil.example@{host}"), format!("{host}:80")] {
            let Ok(url) = format!("http://{authority}/latest/meta-data").parse() else { continue };
            let failed = Fetcher::default().fetch(&url).await.expect_err(&authority);
            let refused = matches!(failed, FetchFailed::NotPublic(..) | FetchFailed::Address);
            let unknown = matches!(failed, FetchFailed::Unreachable(..)) && host.ends_with('.');
            assert!(refused || unknown, "{authority}: {failed}");
        }
    }
    for url in [
        "file:///etc/passwd",
        "gopher://127.0.0.1:25/",
        "ftp://example.org/",
        "data:text/plain,x",
        "http:///",
        "unix:/run/x.sock",
    ] {
        let Ok(url) = url.parse() else { continue };
        assert!(matches!(Fetcher::default().fetch(&url).await, Err(FetchFailed::Address)), "{url}");
    }
    let six = six.map_or(0, |(_, visits)| visits.load(Ordering::SeqCst));
    assert_eq!((four.load(Ordering::SeqCst), six, any.load(Ordering::SeqCst)), (0, 0, 0), "somebody was asked");
}

#[rocket::async_test]
async fn a_catalogue_makes_the_shop_ask_nobody_inside() {
    use barrow::app::exchange::Bench;
    use barrow::app::exchange::shopify::{Options, import};
    let _ = rustls::crypto::ring::default_provider().install_default();
    let (port, visits) = listener("127.0.0.1:0").await.expect("a port");
    let shop = TestShop::open().await;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("products.csv");
    let table = format!(
        "Handle,Title,Option1 Name,Option1 Value,Variant Price,Variant SKU,Image Src\n\
         tea,Tea,Title,Default Title,4.50,TEA,http://127.0.0.1:{port}/a.png\n\
         cup,Cup,Title,Default Title,9.00,CUP,http://[::ffff:127.0.0.1]:{port}/b.png\n\
         jar,Jar,Title,Default Title,9.00,JAR,http://169.254.169.254/latest/meta-data\n"
    );
    std::fs::write(&file, table).expect("written");
    let options = Options { images: None, dry_run: false };
    let report = import(&Bench::from(&shop.shop), &file, &options, shop.now(), &|_, _| {}).await;
    assert!(report.is_ok(), "the goods come in");
    let _ = shop.try_to_work().await;
    assert_eq!(visits.load(Ordering::SeqCst), 0);
    assert_eq!(shop.number("select count(*) from media").await, 0);
}
