//! Somebody at a browser on this machine, who keeps cookies.

use std::io::{Read, Write};
use std::net::TcpStream;

/// Speaks to the shop on a port of the loopback.
pub struct Caller {
    port: u16,
    cookies: Vec<(String, String)>,
}

/// An answer in full.
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    #[track_caller]
    pub fn goes_to(&self, path: &str) {
        assert_eq!(self.status, 303, "{}\n{}", self.head, self.text());
        assert!(self.head.to_lowercase().contains(&format!("location: {path}")), "{}", self.head);
    }
}

impl Caller {
    pub fn at(port: u16) -> Caller {
        Caller { port, cookies: Vec::new() }
    }

    /// The same browser at a shop that moved to another port.
    pub fn moved(self, port: u16) -> Caller {
        Caller { port, ..self }
    }

    /// A member of staff who has signed in.
    #[track_caller]
    pub fn staff(port: u16, email: &str, password: &str) -> Caller {
        let mut caller = Caller::at(port);
        let reply = caller.post("/admin/sign-in", &[("email", email), ("password", password)]);
        assert_eq!(reply.status, 303, "{}", reply.text());
        caller
    }

    pub fn get(&mut self, path: &str) -> Reply {
        self.ask("GET", path, "", &[])
    }

    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.ask("POST", path, "application/x-www-form-urlencoded", body.as_bytes())
    }

    /// Sends a file in the field `files`.
    pub fn send_file(&mut self, path: &str, name: &str, bytes: &[u8]) -> Reply {
        let mut body = Vec::new();
        let part = format!("--cut\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n");
        body.extend(part.bytes());
        body.extend(b"Content-Type: image/png\r\n\r\n");
        body.extend(bytes);
        body.extend(b"\r\n--cut--\r\n");
        self.ask("POST", path, "multipart/form-data; boundary=cut", &body)
    }

    fn ask(&mut self, method: &str, path: &str, kind: &str, body: &[u8]) -> Reply {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the shop listens");
        let head = format!(
            "{method} {path} HTTP/1.0\r\nHost: 127.0.0.1:{}\r\nSec-Fetch-Site: same-origin\r\nCookie: {}\r\nContent-Type: {kind}\r\n\
             Content-Length: {}\r\n\r\n",
            self.port,
            cookies.join("; "),
            body.len()
        );
        stream.write_all(&[head.as_bytes(), body].concat()).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("answered");
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        for line in
            head.lines().filter_map(|line| line.split_once(": ")).filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"))
        {
            let (name, value) = line.1.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
            self.cookies.retain(|(known, _)| known != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        Reply { status, head, body: answer[end + 4..].to_vec() }
    }
}
