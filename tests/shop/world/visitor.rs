//! Somebody with a browser: keeps cookies, sends forms as a browser would.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use rocket::http::{ContentType, Cookie, Header};
use rocket::local::asynchronous::{Client, LocalRequest};

use super::Answer;

/// A visitor with cookies of their own; clones share them.
#[derive(Clone)]
pub struct Visitor {
    client: Arc<Client>,
    pub cookies: Arc<Mutex<HashMap<String, String>>>,
    pub language: &'static str,
}

#[allow(dead_code)]
impl Visitor {
    pub fn new(client: Arc<Client>) -> Visitor {
        Visitor { client, cookies: Arc::default(), language: "en" }
    }

    pub fn with_cookie(self, name: &str, value: &str) -> Visitor {
        self.cookies.lock().expect("cookies").insert(name.to_owned(), value.to_owned());
        self
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.client.get(path.to_owned())).await
    }

    /// As htmx asks for a part of a page.
    pub async fn get_part(&self, path: &str) -> Answer {
        let request = self.client.get(path.to_owned());
        self.send(request.header(Header::new("HX-Request", "true")).header(Header::new("HX-Request-Type", "partial"))).await
    }

    /// Sends a form as the shop's own page would.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_body(path, encode(fields).as_bytes()).await
    }

    /// Sends these bytes as a form.
    pub async fn post_body(&self, path: &str, body: &[u8]) -> Answer {
        let request = self.client.post(path.to_owned()).header(ContentType::Form).body(body);
        self.send(request.header(Header::new("Sec-Fetch-Site", "same-origin"))).await
    }

    /// Sends a request as it is, with this visitor's cookies.
    pub async fn send<'c>(&self, mut request: LocalRequest<'c>) -> Answer {
        let asked = format!("{} {}", request.method(), request.uri());
        for (name, value) in self.cookies.lock().expect("cookies").iter() {
            request = request.cookie((name.to_owned(), value.to_owned()));
        }
        request.add_header(Header::new("Accept-Language", self.language));
        request.add_header(Header::new("Host", "127.0.0.1:8000"));
        let response = request.dispatch().await;
        let status = response.status();
        let headers: Vec<(String, String)> =
            response.headers().iter().map(|header| (header.name().to_string(), header.value().to_string())).collect();
        for (_, value) in headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie")) {
            self.keep(value);
        }
        let bytes = response.into_bytes().await.unwrap_or_default();
        Answer { status, headers, bytes, asked }
    }

    fn keep(&self, header: &str) {
        let Ok(cookie) = Cookie::parse(header.to_owned()) else { return };
        let mut cookies = self.cookies.lock().expect("cookies");
        if cookie.max_age().is_some_and(|age| age.is_zero()) || cookie.value().is_empty() {
            cookies.remove(cookie.name());
        } else {
            cookies.insert(cookie.name().to_owned(), cookie.value().to_owned());
        }
    }
}

/// Fields as a browser encodes them.
pub fn encode(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}
