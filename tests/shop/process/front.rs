//! The configurations of `deploy/`, as they are but for names and ports: behind nginx and Caddy the shop knows its visitors, and who
//! is slow there does not get as far as the shop.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rocket::tokio;

use super::fakes::{Papers, Running, papers, present};
use super::{Place, eventually, free_port, text};

const NAME: &str = "shop.example.org";
const DEPLOY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/deploy");

/// A shop, and in front of it what a merchant would put there.
struct Front {
    _server: Running,
    /// The ports for http and https.
    ports: (u16, u16),
    papers: Papers,
}

/// The address of a program of the system's, if it is here.
fn installed(program: &str) -> Option<String> {
    let places = ["/usr/sbin", "/usr/bin", "/usr/local/bin", "/usr/local/sbin"].map(|folder| format!("{folder}/{program}"));
    let found = places.into_iter().find(|path| Path::new(path).exists());
    present(found.is_some(), program).then_some(found).flatten()
}

/// The shop as it stands behind a front on the same machine.
fn behind(place: &mut Place) {
    place.set("BARROW_PUBLIC_URL", format!("https://{NAME}"));
    place.set("BARROW_PROXIES", "127.0.0.1".into());
    place.add_owner("anna@example.org", "a long walk by the sea");
}

fn nginx(place: &Place) -> Option<Front> {
    let program = installed("nginx")?;
    let folder = place.folder.path().join("front");
    std::fs::create_dir(&folder).expect("made");
    let papers = papers(&folder, NAME);
    let ports = (free_port(), free_port());
    let ours = std::fs::read_to_string(format!("{DEPLOY}/nginx.conf")).expect("there");
    let ours = ours
        .replace("127.0.0.1:8000", &format!("127.0.0.1:{}", place.port))
        .replace("    listen [::]:80;\n", "")
        .replace("    listen [::]:443 ssl http2;\n", "")
        .replace("listen 80;", &format!("listen 127.0.0.1:{};", ports.0))
        .replace("listen 443 ", &format!("listen 127.0.0.1:{} ", ports.1))
        .replace("/etc/ssl/shop.example.org/fullchain.pem", &papers.certificate.display().to_string())
        .replace("/etc/ssl/shop.example.org/key.pem", &papers.key.display().to_string())
        .replace("timeout 15s", "timeout 2s")
        .replace("body_timeout 30s", "body_timeout 2s");
    std::fs::write(folder.join("site.conf"), ours).expect("written");
    let at = folder.display();
    let root = if rustix::process::geteuid().is_root() { "user root;" } else { "" };
    let main = format!(
        "daemon off; {root} pid {at}/pid; error_log {at}/error.log; events {{}}\nhttp {{ access_log off; client_body_temp_path {at}/b;\n\
         proxy_temp_path {at}/p; fastcgi_temp_path {at}/f; uwsgi_temp_path {at}/u; scgi_temp_path {at}/s; include {at}/site.conf; }}\n"
    );
    std::fs::write(folder.join("nginx.conf"), main).expect("written");
    let mut server = Command::new(program);
    server.arg("-p").arg(&folder).arg("-c").arg(folder.join("nginx.conf")).stderr(Stdio::null());
    Some(Front { _server: Running::start(&mut server), ports, papers })
}

fn caddy(place: &Place) -> Option<Front> {
    let program = installed("caddy")?;
    let folder = place.folder.path().join("front");
    std::fs::create_dir(&folder).expect("made");
    let papers = papers(&folder, NAME);
    let ports = (free_port(), free_port());
    let ours = std::fs::read_to_string(format!("{DEPLOY}/Caddyfile")).expect("there");
    let tls = format!("\ttls {} {}\n\tbind 127.0.0.1\n", papers.certificate.display(), papers.key.display());
    let ours = ours
        .replace("127.0.0.1:8000", &format!("127.0.0.1:{}", place.port))
        .replace("{\n\tservers {", &format!("{{\n\tadmin off\n\thttp_port {}\n\thttps_port {}\n\tservers {{", ports.0, ports.1))
        .replace("\nshop.example.org {\n", &format!("\nshop.example.org {{\n{tls}"))
        .replace("http://shop.example.org {\n", "http://shop.example.org {\n\tbind 127.0.0.1\n")
        .replace("read_header 15s", "read_header 2s");
    std::fs::write(folder.join("Caddyfile"), ours).expect("written");
    let mut server = Command::new(program);
    server.args(["run", "--adapter", "caddyfile", "--config"]).arg(folder.join("Caddyfile")).stderr(Stdio::null());
    server.env("XDG_DATA_HOME", folder.join("data")).env("XDG_CONFIG_HOME", folder.join("config")).env("HOME", &folder);
    Some(Front { _server: Running::start(&mut server), ports, papers })
}

impl Front {
    /// A browser at another address of this machine.
    fn browser(&self, from: &str) -> reqwest::Client {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let authority = std::fs::read(&self.papers.trusted).expect("there");
        let authority = reqwest::Certificate::from_pem(&authority).expect("a certificate");
        let address = SocketAddr::from(([127, 0, 0, 1], self.ports.1));
        let browser = reqwest::Client::builder().tls_certs_only([authority]).resolve(NAME, address).no_proxy();
        let browser =
            browser.redirect(reqwest::redirect::Policy::none()).local_address(from.parse::<IpAddr>().expect("an address"));
        browser.timeout(Duration::from_secs(20)).build().expect("a browser")
    }

    fn url(&self, path: &str) -> String {
        format!("https://{NAME}:{}{path}", self.ports.1)
    }

    /// Walks through what every front must do.
    async fn proves_itself(&self, place: &Place) {
        for port in [self.ports.0, self.ports.1] {
            eventually("the front listens", || std::net::TcpStream::connect(("127.0.0.1", port)).is_ok());
        }
        let browser = self.browser("127.0.0.7");
        let home = browser.get(self.url("/")).send().await.expect("answered");
        assert_eq!(home.status(), 200);
        assert!(home.headers().contains_key("strict-transport-security"));
        // Who one is said to be by oneself is not believed, who one is seen to be is.
        let sign_in = browser
            .post(self.url("/admin/sign-in"))
            .header("X-Forwarded-For", "203.0.113.9")
            .header("Sec-Fetch-Site", "same-origin");
        let sign_in = sign_in.header("Content-Type", "application/x-www-form-urlencoded");
        let sign_in = sign_in.body("email=nobody%40example.org&password=guessing+wildly").send().await.expect("answered");
        assert_eq!(sign_in.status(), 422);
        assert_eq!(place.sql("select distinct address from sign_in_failures"), "127.0.0.7");
        // A body that is larger than anything we take.
        let large = self.form(&browser).body(vec![b'a'; 40 << 20]).send().await;
        // Some fronts hang up on a body that is still coming instead of answering.
        assert!(large.as_ref().map_or(true, |answer| [413, 502].contains(&answer.status().as_u16())), "{large:?}");
    }

    fn form(&self, browser: &reqwest::Client) -> reqwest::RequestBuilder {
        let form = browser.post(self.url("/preferences")).header("Sec-Fetch-Site", "same-origin");
        form.header("Content-Type", "application/x-www-form-urlencoded")
    }

    /// A body that never ends is not waited for. Not asked of Caddy: 2.6.2, which Debian 12 has, does not obey its `read_body`.
    async fn ends_slow_bodies(&self) {
        let endless = futures::stream::unfold((), |()| async {
            tokio::time::sleep(Duration::from_secs(600)).await;
            Some((Ok::<_, std::io::Error>("a"), ()))
        });
        let begun = Instant::now();
        let slow = self.form(&self.browser("127.0.0.7")).body(reqwest::Body::wrap_stream(endless)).send().await;
        let lasted = begun.elapsed();
        assert!(slow.as_ref().map_or(true, |answer| answer.status().as_u16() >= 400), "{slow:?}");
        assert!((1..15).contains(&lasted.as_secs()), "{slow:?} after {lasted:?}");
    }

    /// Opens connections that never finish their head; all are closed while others are served.
    async fn closes_half_open(&self) {
        use rocket::tokio::io::{AsyncReadExt, AsyncWriteExt};
        let mut held = Vec::new();
        for _ in 0..50 {
            let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", self.ports.0)).await.expect("it listens");
            stream.write_all(format!("GET / HTTP/1.1\r\nHost: {NAME}\r\nX-Slow: ").as_bytes()).await.expect("sent");
            held.push(stream);
        }
        assert_eq!(self.browser("127.0.0.8").get(self.url("/health")).send().await.expect("answered").status(), 200);
        for mut stream in held {
            let mut rest = Vec::new();
            let read = tokio::time::timeout(Duration::from_secs(15), stream.read_to_end(&mut rest)).await;
            assert!(read.is_ok(), "it is closed");
        }
    }
}

#[rocket::async_test]
async fn behind_nginx_the_shop_knows_its_visitors_and_slow_ones_stay_outside() {
    let mut place = Place::new();
    let Some(front) = nginx(&place) else { return };
    behind(&mut place);
    let shop = place.serve();
    front.proves_itself(&place).await;
    front.ends_slow_bodies().await;
    front.closes_half_open().await;
    shop.stop();
}

#[rocket::async_test]
async fn behind_caddy_the_shop_knows_its_visitors_and_slow_ones_stay_outside() {
    let mut place = Place::new();
    let Some(front) = caddy(&place) else { return };
    behind(&mut place);
    let shop = place.serve();
    front.proves_itself(&place).await;
    front.closes_half_open().await;
    shop.stop();
}

#[test]
fn the_unit_for_systemd_is_well_formed() {
    let Some(program) = installed("systemd-analyze") else { return };
    let place = Place::new();
    let unit = std::fs::read_to_string(format!("{DEPLOY}/barrow.service")).expect("there");
    let unit = unit.replace("/usr/local/bin/barrow", env!("CARGO_BIN_EXE_barrow"));
    let path = place.folder.path().join("barrow.service");
    std::fs::write(&path, unit).expect("written");
    let verified = Command::new(program).arg("verify").arg(&path).output().expect("it runs");
    let said = text(&verified.stderr);
    assert!(verified.status.success() && !said.contains("barrow.service:"), "{said}");
}
