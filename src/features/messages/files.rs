//! Files that come with messages: told by their bytes, never by their names. Pictures are decoded and made anew; PDFs and plain text
//! are looked at by the virus scanner, if there is one, kept as they are and only ever handed out for download. They lie in the shop's store under names that nobody can guess.

use bytes::Bytes;

use super::model::{FileRefused, Filed, MAX_FILE, MAX_FILES, MOST_FILES};
use crate::platform::base::{Broke, Failed, Token};
use crate::platform::media::{self, Store};

/// A file as it came.
#[derive(Clone, Debug)]
pub struct Raw {
    pub name: String,
    pub bytes: Bytes,
}

/// What a file is kept as.
enum Form {
    Picture,
    Plain(&'static str),
}

fn form_of(bytes: &[u8]) -> Option<Form> {
    if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) || bytes.starts_with(b"\x89PNG\r\n\x1a\n") || bytes.get(8..12) == Some(b"WEBP") {
        return Some(Form::Picture);
    }
    if bytes.starts_with(b"%PDF-") {
        return Some(Form::Plain("application/pdf"));
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let plain = !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}'));
    plain.then_some(Form::Plain("text/plain"))
}

/// Looks at all files of a message and puts them into the store, or none of them.
pub async fn keep(store: &Store, raw: Vec<Raw>) -> Result<Vec<Filed>, Failed<FileRefused>> {
    limits(&raw)?;
    let mut made = Vec::with_capacity(raw.len());
    for file in raw {
        made.push(look_at(store, file).await?);
    }
    let mut kept = Vec::with_capacity(made.len());
    for (filed, bytes) in made {
        store.write(&filed.place, bytes).await?;
        kept.push(filed);
    }
    Ok(kept)
}

fn limits(raw: &[Raw]) -> Result<(), FileRefused> {
    if raw.len() > MOST_FILES {
        return Err(FileRefused::TooMany);
    }
    if let Some(large) = raw.iter().find(|file| file.bytes.len() > MAX_FILE) {
        return Err(FileRefused::TooLarge(name_of(&large.name, "")));
    }
    let all: usize = raw.iter().map(|file| file.bytes.len()).sum();
    if all > MAX_FILES { Err(FileRefused::TooMuch) } else { Ok(()) }
}

async fn look_at(store: &Store, raw: Raw) -> Result<(Filed, Bytes), Failed<FileRefused>> {
    let shown = name_of(&raw.name, "");
    let form = if raw.bytes.is_empty() { None } else { form_of(&raw.bytes) };
    let (bytes, mime, size) = match form {
        None => return Err(FileRefused::Kind(shown).into()),
        Some(Form::Plain(mime)) => {
            examine(store, &raw.bytes, shown).await?;
            (raw.bytes, mime, None)
        }
        Some(Form::Picture) => {
            let remade = media::jobs::remake(raw.bytes).await;
            let (jpeg, size) = remade.map_err(|failed| failed.map(|why| FileRefused::Picture(shown, why)))?;
            (jpeg, "image/jpeg", Some(size))
        }
    };
    let ending = match mime {
        "image/jpeg" => "jpg",
        "application/pdf" => "pdf",
        _ => "txt",
    };
    let hidden = hex::encode(Token::random().hash().as_bytes());
    let place = format!("messages/{}/{hidden}", &hidden[..2]);
    let filed = Filed { name: name_of(&raw.name, ending), mime, bytes: bytes.len() as i64, size, place };
    Ok((filed, bytes))
}

/// Nothing is kept that the scanner has not seen: what it cannot look at now may be sent again later.
async fn examine(store: &Store, bytes: &[u8], name: String) -> Result<(), FileRefused> {
    match store.is_harmless(bytes).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(FileRefused::Infected(name)),
        Err(error) => {
            tracing::error!("a file beside a message was not examined: {error:#}");
            Err(FileRefused::Unexamined)
        }
    }
}

/// A name that is safe to show and to save under: without folders and control characters, with the ending that the content has.
fn name_of(raw: &str, ending: &str) -> String {
    let last = raw.rsplit(['/', '\\']).next().unwrap_or_default();
    let harmless = |c: &char| !c.is_control() && !matches!(c, '"' | '<' | '>' | ':' | '|' | '?' | '*' | '\u{FFFD}') && !turns(*c);
    let clean: String = last.chars().filter(harmless).take(120).collect();
    let clean = clean.trim_matches(['.', ' ']);
    let (stem, said) = clean.rsplit_once('.').unwrap_or((clean, ""));
    let stem = if stem.is_empty() { "file" } else { stem };
    match ending {
        "" if clean.is_empty() => "file".to_owned(),
        "" => clean.to_owned(),
        "jpg" if said.eq_ignore_ascii_case("jpeg") => format!("{stem}.jpeg"),
        // Text has many endings; one that a program would run is none of them.
        "txt" if matches!(said, "csv" | "log" | "md") => format!("{stem}.{said}"),
        _ => format!("{stem}.{ending}"),
    }
}

/// Marks that turn the direction of writing hide what a name ends with.
fn turns(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Removes files that no message has.
pub async fn remove(store: &Store, places: &[String]) -> Result<(), Broke> {
    for place in places {
        store.delete(place).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_harmless() {
        let of = |raw: &str, ending: &str| name_of(raw, ending);
        assert_eq!(of("..\\..\\etc/photo.png", "jpg"), "photo.jpg");
        assert_eq!(of("C:\\x\\bill\u{202E}fdp.exe", "pdf"), "billfdp.pdf");
        assert_eq!(of("a\0\r\n\"b\".txt", "txt"), "ab.txt");
        assert_eq!(of("page.html", "txt"), "page.txt");
        assert_eq!(of("", "pdf"), "file.pdf");
        assert_eq!(of("...", "txt"), "file.txt");
        assert_eq!(of("notes", "txt"), "notes.txt");
        assert!(of(&"ä".repeat(500), "pdf").chars().count() <= 200);
    }

    #[test]
    fn kinds_are_told_by_the_bytes() {
        assert!(matches!(form_of(b"%PDF-1.7\n..."), Some(Form::Plain("application/pdf"))));
        assert!(matches!(form_of(b"<script>alert(1)</script>"), Some(Form::Plain("text/plain"))));
        assert!(matches!(form_of(&[0xFF, 0xD8, 0xFF, 0xE0]), Some(Form::Picture)));
        assert!(form_of(b"MZ\x90\0").is_none());
        assert!(form_of(b"GIF89a\x01\0").is_none());
        assert!(form_of(&[0xFF, 0xFE, b'a', 0]).is_none());
    }
}
