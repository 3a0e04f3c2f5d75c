//! The log on standard error: what happened, without what nobody else may read. Addresses of people and long secrets that slip into a
//! line, in the words of another server or of a library, are blotted out before it is written.

use std::borrow::Cow;
use std::io::{self, Write};

/// Letters and digits that a token or key has at least.
const SECRET: usize = 32;

/// `RUST_LOG` says how much (`debug`, `warn`, `barrow=trace`, …).
pub fn to_stderr(talkative: bool) {
    let usual = if talkative { "warn,rocket=off,barrow=info" } else { "warn,rocket=off" };
    let wish = std::env::var("RUST_LOG").unwrap_or_else(|_| usual.into());
    let filter = tracing_subscriber::EnvFilter::try_new(&wish).unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(usual));
    let colours = std::io::IsTerminal::is_terminal(&io::stderr());
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(|| Discreet(io::stderr()));
    log.with_ansi(colours).with_target(false).init();
}

/// Writes lines without what is nobody else's; a line comes in one piece.
struct Discreet<W>(W);

impl<W: Write> Write for Discreet<W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(line);
        self.0.write_all(discreet(&text).as_bytes())?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// The line with "…" for each address of a person and each word that looks like a token or a key.
fn discreet(line: &str) -> Cow<'_, str> {
    let word = |c: char| c.is_alphanumeric() || matches!(c, '@' | '.' | '_' | '-' | '+' | '%');
    if !line.split(|c| !word(c)).any(is_private) {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(start) = rest.find(word) {
        let end = rest[start..].find(|c| !word(c)).map_or(rest.len(), |length| start + length);
        out.push_str(&rest[..start]);
        out.push_str(if is_private(&rest[start..end]) { "…" } else { &rest[start..end] });
        rest = &rest[end..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn is_private(word: &str) -> bool {
    let address = word.split_once('@').is_some_and(|(local, host)| !local.is_empty() && !host.is_empty());
    let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    let mixed = word.chars().any(|c| c.is_ascii_digit()) && word.chars().any(|c| c.is_ascii_alphabetic());
    address || (plain && mixed && word.chars().filter(char::is_ascii_alphanumeric).count() >= SECRET)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_and_secrets_are_blotted_out() {
        for (line, kept) in [
            ("450 4.2.1 <marta.wolf@example.org>: Recipient address rejected", "450 4.2.1 <…>: Recipient address rejected"),
            ("GET /orders/Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyMTI failed", "GET /orders/… failed"),
            ("key 0123456789abcdef0123456789abcdef!", "key …!"),
            ("a %2Bplus%40x@example.org b", "a … b"),
            ("smtps://shop:secret@mail.example.org:465", "smtps://shop:…:465"),
        ] {
            assert_eq!(discreet(line), kept);
        }
        for line in
            ["listening on 127.0.0.1:8000", "job 4711 failed: a_rather_long_name_of_a_function_that_has_no_figures", "@", ""]
        {
            assert!(matches!(discreet(line), Cow::Borrowed(_)), "{line}");
        }
    }

    #[test]
    fn a_line_is_written_whole() {
        let mut out = Discreet(Vec::new());
        out.write_all("to marta@example.org: ü\n".as_bytes()).expect("written");
        assert_eq!(String::from_utf8(out.0).expect("text"), "to …: ü\n");
    }
}
