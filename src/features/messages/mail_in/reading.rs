//! A mail as it travelled, read without believing any of it: sizes and nesting are looked at before it is taken apart, text is made
//! harmless, and what it repeats of earlier mails is parted from what is new.

use mail_parser::decoders::html::html_to_text;
use mail_parser::{HeaderValue, Message, MessageParser, MimeHeaders, PartType};
use sha2::{Digest, Sha256};

use super::LONGEST;
use crate::features::messages::emails::ABOVE;
use crate::features::messages::files::Raw;
use crate::features::messages::model::LONGEST_MAIL;
use crate::platform::base::Email;

/// Lines of a mail; one of 20 MiB in base64 has 280,000.
const MOST_LINES: usize = 500_000;
/// Lines that may part it.
const MOST_PARTS: usize = 10_000;
/// Mails within mails.
const MOST_NESTED: usize = 500;
/// Parts that are looked at.
const LOOKED_AT: usize = 40;

/// What a mail says.
#[derive(Clone, Debug, Default)]
pub struct Incoming {
    /// Whom it says it is from, in small letters.
    pub from: String,
    pub name: String,
    /// Everybody it says it is to.
    pub to: Vec<String>,
    /// Without brackets; made of the content where it has none.
    pub message_id: String,
    /// The mails that it says it answers.
    pub answers: Vec<String>,
    pub subject: String,
    pub body: String,
    pub quoted: String,
    pub files: Vec<Raw>,
    /// Nobody wrote it: an auto-reply, a bounce, a list.
    pub automatic: bool,
}

/// Reads a mail; `None`: it is none, says nobody it is from, or is built to break its reader.
pub fn read(raw: &[u8]) -> Option<Incoming> {
    if !is_sane(raw) {
        return None;
    }
    let mail = MessageParser::default().parse(raw)?;
    let from = mail.from()?.first()?;
    let email: Email = from.address()?.parse().ok()?;
    let (text, quoted) = text_of(&mail);
    let mut answers = ids(mail.in_reply_to());
    answers.extend(ids(mail.references()).into_iter().rev());
    answers.truncate(40);
    Some(Incoming {
        name: line(from.name().unwrap_or_default(), 120),
        to: recipients(&mail),
        message_id: mail.message_id().and_then(id).unwrap_or_else(|| format!("sha256:{}", hex::encode(Sha256::digest(raw)))),
        answers,
        subject: line(mail.subject().unwrap_or_default(), 200),
        automatic: is_automatic(&mail, &email),
        from: email.to_string(),
        body: text,
        quoted,
        files: files_of(&mail),
    })
}

/// Whether a mail may be taken apart: mails within mails are a stack, parts and headers are memory.
fn is_sane(raw: &[u8]) -> bool {
    let (mut lines, mut parts, mut nested) = (1, 0, 0);
    for (at, byte) in raw.iter().enumerate() {
        match byte {
            b'\n' => {
                lines += 1;
                parts += usize::from(raw[at + 1..].starts_with(b"--"));
            }
            b'r' | b'R' | b'g' | b'G' | b'd' | b'D' => {
                let says = |word: &[u8]| raw.get(at..at + word.len()).is_some_and(|said| said.eq_ignore_ascii_case(word));
                nested += usize::from(says(b"rfc822") || says(b"global") || says(b"digest"));
            }
            _ => {}
        }
    }
    raw.len() <= LONGEST && lines <= MOST_LINES && parts <= MOST_PARTS && nested <= MOST_NESTED
}

/// An id without brackets, if it could be one.
fn id(raw: &str) -> Option<String> {
    let id = raw.trim().trim_matches(['<', '>']);
    let plain = (1..=250).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic());
    plain.then(|| id.to_owned())
}

fn ids(value: &HeaderValue<'_>) -> Vec<String> {
    match value {
        HeaderValue::Text(one) => id(one).into_iter().collect(),
        HeaderValue::TextList(list) => list.iter().filter_map(|one| id(one)).collect(),
        _ => Vec::new(),
    }
}

/// To, Cc, and what the servers on the way noted.
fn recipients(mail: &Message<'_>) -> Vec<String> {
    let named = mail.all_to().chain(mail.all_cc());
    let mut to: Vec<String> =
        named.flat_map(|one| one.iter()).filter_map(|one| one.address()).map(str::to_lowercase).take(100).collect();
    for name in ["delivered-to", "x-original-to", "envelope-to", "x-envelope-to"] {
        to.extend(raw_headers(mail, name).map(|value| value.trim_matches(['<', '>']).to_lowercase()).take(10));
    }
    to
}

fn raw_headers<'a>(mail: &'a Message<'_>, name: &'a str) -> impl Iterator<Item = &'a str> {
    let named = mail.headers_raw().filter(move |(known, _)| known.eq_ignore_ascii_case(name));
    named.map(|(_, value)| value.trim())
}

/// Whether no person wrote it (RFC 3834, and what was usual before).
fn is_automatic(mail: &Message<'_>, from: &str) -> bool {
    let says = |name: &str, judge: fn(&str) -> bool| raw_headers(mail, name).any(|value| judge(&value.to_lowercase()));
    says("auto-submitted", |value| !value.starts_with("no"))
        || says("return-path", |value| matches!(value, "" | "<>"))
        || says("precedence", |value| ["bulk", "junk", "list", "auto_reply"].iter().any(|word| value.starts_with(word)))
        || ["x-autoreply", "x-autorespond", "list-id", "x-failed-recipients"].iter().any(|name| says(name, |_| true))
        || says("content-type", |value| value.starts_with("multipart/report"))
        || from.starts_with("mailer-daemon@")
}

/// What is new and what is repeated.
fn text_of(mail: &Message<'_>) -> (String, String) {
    let (mut fresh, mut quoted) = (String::new(), String::new());
    for part in mail.text_bodies().take(LOOKED_AT) {
        let (new, old) = match &part.body {
            PartType::Text(text) => (text.to_string(), String::new()),
            PartType::Html(html) => of_html(html),
            _ => continue,
        };
        for (all, one) in [(&mut fresh, new), (&mut quoted, old)] {
            if all.chars().count() <= LONGEST_MAIL {
                all.push_str(&one);
                all.push('\n');
            }
        }
    }
    let (new, old) = parted(&clean(&fresh));
    let quoted = clean(&format!("{old}\n{quoted}"));
    match new.is_empty() {
        true if !quoted.is_empty() && old.is_empty() => (shortest(&quoted), String::new()),
        _ => (shortest(&new), shortest(&quoted)),
    }
}

/// Text of HTML: blocks are lines, scripts and styles nothing; what a mail program quotes stands apart.
fn of_html(html: &str) -> (String, String) {
    let small = html.to_ascii_lowercase();
    let marks = ["<blockquote", "class=\"gmail_quote", "id=\"divrplyfwdmsg", "id=\"appendonsend"];
    let cut = marks.iter().filter_map(|mark| small.find(mark)).min();
    // A class stands inside of its tag, which belongs to what is cut off.
    let cut = cut.map(|at| small[..at + 1].rfind('<').unwrap_or(at));
    let lined = |html: &str| {
        let mut html = html.to_owned();
        for block in ["</div>", "</tr>", "</li>", "</h1>", "</h2>", "</h3>", "</DIV>", "</TR>", "</LI>"] {
            html = html.replace(block, &format!("{block}<br>"));
        }
        html_to_text(&html).lines().map(str::trim).collect::<Vec<_>>().join("\n")
    };
    match cut {
        Some(at) => (lined(&html[..at]), lined(&html[at..])),
        None => (lined(html), String::new()),
    }
}

/// Lines without control characters and marks that turn the direction of writing; at most one empty line in a row.
fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len().min(4 * LONGEST_MAIL));
    let mut empty = true;
    for raw in text.replace("\r\n", "\n").replace('\r', "\n").lines() {
        let line: String = raw.chars().filter(|c| !is_odd(*c)).collect();
        let line = line.trim_end();
        if !(line.is_empty() && empty) {
            clean.push_str(line);
            clean.push('\n');
        }
        empty = line.is_empty();
    }
    clean.trim().to_owned()
}

fn is_odd(c: char) -> bool {
    c.is_control() && c != '\t'
        || matches!(c, '\u{FFFD}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// As much as is kept.
fn shortest(text: &str) -> String {
    match text.char_indices().nth(LONGEST_MAIL - 1) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

fn line(text: &str, most: usize) -> String {
    let line: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !is_odd(*c)).collect();
    line.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(most).collect()
}

/// Parts what is new from what is repeated below it.
fn parted(text: &str) -> (String, String) {
    let lines: Vec<&str> = text.lines().collect();
    let cut = (0..lines.len()).find(|at| begins_quote(&lines, *at)).unwrap_or(lines.len());
    let (new, old) = (lines[..cut].join("\n").trim().to_owned(), lines[cut..].join("\n").trim().to_owned());
    // Whoever writes below or between what is repeated means all of it.
    if new.is_empty() { (text.to_owned(), String::new()) } else { (new, old) }
}

/// Whether everything from this line on is repeated.
fn begins_quote(lines: &[&str], at: usize) -> bool {
    let line = lines[at].trim();
    let next = lines.get(at + 1).map_or("", |next| next.trim());
    let ours = lines[at].contains(ABOVE.0) && lines[at].contains(ABOVE.1);
    let ruled = line.starts_with("---") && line.ends_with("---") && line.chars().any(char::is_alphabetic);
    let both = format!("{line} {next}");
    let introduced = [line, both.as_str()].iter().any(|said| {
        said.ends_with(':')
            && (said.starts_with("On ") && said.contains("wrote") || said.starts_with("Am ") && said.contains("schrieb"))
    });
    let headed = ["From: ", "Von: "].iter().any(|head| line.starts_with(head))
        && lines[at + 1..]
            .iter()
            .take(4)
            .any(|line| ["Sent: ", "Date: ", "Gesendet: ", "Datum: "].iter().any(|head| line.starts_with(head)));
    let all_quoted = || lines[at..].iter().all(|line| line.trim().is_empty() || line.trim_start().starts_with('>'));
    ours || ruled || introduced || headed || line.starts_with('>') && all_quoted()
}

fn files_of(mail: &Message<'_>) -> Vec<Raw> {
    let parts = mail.attachments().take(LOOKED_AT);
    let raw = |part: &mail_parser::MessagePart<'_>| Raw {
        name: part.attachment_name().unwrap_or_default().to_owned(),
        bytes: part.contents().to_vec().into(),
    };
    parts.map(raw).filter(|file| !file.bytes.is_empty()).collect()
}

#[cfg(test)]
#[path = "reading_tests.rs"]
mod tests;
