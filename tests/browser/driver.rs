//! Chromium and its driver, started for one test and ended with it.
//!
//! `CHROME` and `CHROMEDRIVER` name other programs; where neither those nor Debian's are found, the test fails and says so.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rocket::tokio;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

/// How the window is: its width, and whether pages may run scripts.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    pub width: u32,
    pub scripts: bool,
    pub dark: bool,
}

impl Look {
    pub const DESK: Look = Look { width: 1440, scripts: true, dark: false };
    pub const PHONE: Look = Look { width: 390, scripts: true, dark: false };
    pub const NO_SCRIPTS: Look = Look { width: 1440, scripts: false, dark: false };
}

/// A browser window with its driver.
pub struct Browser {
    pub page: WebDriver,
    /// Dropped before the profile, which the browser writes to until it ends.
    _driver: Started,
    _profile: tempfile::TempDir,
}

/// A driver with all that it started.
struct Started(Child);

#[allow(dead_code)]
impl Browser {
    pub async fn open(look: Look) -> Browser {
        let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a free port").port();
        let program = program("CHROMEDRIVER", "/usr/bin/chromedriver", "chromium-driver");
        let mut driver = Command::new(program);
        driver.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null());
        let driver = Started(driver.spawn().expect("chromedriver starts"));
        let profile = tempfile::tempdir().expect("a folder");
        let capabilities = capabilities(look, &profile.path().display().to_string());
        for _ in 0..100 {
            match WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities.clone()).await {
                Ok(page) => return Browser { page, _driver: driver, _profile: profile },
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
        panic!("chromedriver does not open a window");
    }

    pub async fn go(&self, url: &str) {
        self.page.goto(url).await.expect("the page opens");
    }

    /// The first element that matches, waited for.
    pub async fn find(&self, css: &str) -> WebElement {
        let found =
            self.page.query(By::Css(css.to_owned())).wait(Duration::from_secs(8), Duration::from_millis(60)).first().await;
        match found {
            Ok(element) => element,
            Err(_) => panic!("no {css} on {}:\n{}", self.url().await, self.text().await),
        }
    }

    pub async fn has(&self, css: &str) -> bool {
        !self.page.find_all(By::Css(css.to_owned())).await.expect("the page answers").is_empty()
    }

    pub async fn click(&self, css: &str) {
        let element = self.find(css).await;
        element.scroll_into_view().await.expect("scrolls");
        element.click().await.unwrap_or_else(|error| panic!("{css} cannot be clicked: {error}"));
    }

    /// Fills a field by its name, or chooses in a select by value.
    pub async fn fill(&self, name: &str, value: &str) {
        let field = self.find(&format!("main [name=\"{name}\"]")).await;
        if field.tag_name().await.expect("a tag") == "select" {
            let option = self.find(&format!("main [name=\"{name}\"] option[value=\"{value}\"]")).await;
            option.click().await.expect("chooses");
        } else {
            field.clear().await.expect("clears");
            field.send_keys(value).await.expect("types");
        }
    }

    /// Waits until the page shows this text.
    pub async fn shows(&self, text: &str) {
        for _ in 0..100 {
            if self.text().await.contains(text) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(80)).await;
        }
        panic!("{} does not show {text:?}:\n{}", self.url().await, self.text().await);
    }

    pub async fn text(&self) -> String {
        match self.page.find(By::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    pub async fn url(&self) -> String {
        self.page.current_url().await.map(String::from).unwrap_or_default()
    }

    /// Runs a script of the test (also where pages may not run theirs) and returns what it returns.
    pub async fn run(&self, script: &str) -> Value {
        self.page.execute(script, vec![]).await.expect("the script runs").json().clone()
    }

    /// Signs this browser in with the cookie of a session that the test world made.
    pub async fn carry(&self, name: &str, value: &str) {
        self.page.add_cookie(Cookie::new(name.to_owned(), value.to_owned())).await.expect("a cookie");
    }

    /// Gives this browser a device that answers as a person's own would: passkeys kept on it, the person always there.
    pub async fn with_authenticator(&self) {
        let tools = self.page.cdp();
        tools.send_raw("WebAuthn.enable", json!({})).await.expect("the browser lends an authenticator");
        let device = json!({
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": true,
            "hasUserVerification": true,
            "isUserVerified": true,
            "automaticPresenceSimulation": true,
        });
        let added = tools.send_raw("WebAuthn.addVirtualAuthenticator", json!({ "options": device })).await;
        added.expect("an authenticator is added");
    }

    pub async fn close(self) {
        let _ = self.page.clone().quit().await;
    }
}

/// A driver that is killed leaves its browser running, so the browser goes first: also after a test that failed.
impl Drop for Started {
    fn drop(&mut self) {
        for process in descendants(self.0.id()) {
            if let Some(process) = rustix::process::Pid::from_raw(process as i32) {
                let _ = rustix::process::kill_process(process, rustix::process::Signal::KILL);
            }
        }
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The processes that this one started, and those that they started.
fn descendants(root: u32) -> Vec<u32> {
    let processes =
        std::fs::read_dir("/proc").into_iter().flatten().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    let parents: Vec<(u32, u32)> = processes.filter_map(|process| Some((process, parent_of(process)?))).collect();
    let mut found = vec![root];
    let mut at = 0;
    while at < found.len() {
        let here = found[at];
        found.extend(parents.iter().filter(|(_, parent)| *parent == here).map(|(process, _)| *process));
        at += 1;
    }
    found.split_off(1)
}

fn parent_of(process: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name stands in brackets and may hold anything; state and parent follow it.
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

fn program(variable: &str, usual: &str, package: &str) -> String {
    let path = std::env::var(variable).unwrap_or_else(|_| usual.to_owned());
    assert!(std::path::Path::new(&path).exists(), "{path} is not here: apt-get install {package}, or set {variable}");
    path
}

fn capabilities(look: Look, profile: &str) -> Capabilities {
    let chrome = program("CHROME", "/usr/bin/chromium", "chromium");
    let mut arguments = vec![
        "--headless=new".to_owned(),
        "--no-sandbox".into(),
        "--disable-gpu".into(),
        "--disable-dev-shm-usage".into(),
        "--disable-background-networking".into(),
        "--disable-component-update".into(),
        "--disable-sync".into(),
        "--disable-quic".into(),
        "--no-first-run".into(),
        "--force-prefers-reduced-motion".into(),
        format!("--user-data-dir={profile}"),
        format!("--window-size={},1000", look.width.max(500)),
    ];
    if look.dark {
        arguments.push("--force-dark-mode".into());
        arguments.push("--blink-settings=preferredColorScheme=0".into());
    }
    let mut options = json!({ "binary": chrome, "args": arguments });
    if !look.scripts {
        options["prefs"] = json!({ "profile.managed_default_content_settings.javascript": 2 });
    }
    if look.width < 500 {
        // After a touch the driver waits for a timer of the page, which never rings where pages run no scripts.
        let touch = look.scripts;
        options["mobileEmulation"] =
            json!({ "deviceMetrics": { "width": look.width, "height": 844, "pixelRatio": 2.0, "touch": touch } });
    }
    let mut capabilities = Capabilities::new();
    capabilities.set("browserName", "chrome").expect("a capability");
    capabilities.set("goog:chromeOptions", options).expect("a capability");
    capabilities
}
