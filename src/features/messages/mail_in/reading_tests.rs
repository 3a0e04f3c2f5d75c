//! Mails of many programs, and of nobody's good will.

use super::*;

fn mail(headers: &str, body: &str) -> Incoming {
    read(format!("From: Marta Wolf <Marta@Example.org>\r\n{headers}\r\n\r\n{body}").as_bytes()).expect("a mail")
}

#[test]
fn a_plain_mail_is_read() {
    let one =
        mail("To: reply+1f-00@in.example\r\nMessage-ID: <a@b>\r\nSubject: =?utf-8?q?T=C3=A4sse?=", "Hello\r\n\r\n\r\n\r\nMarta");
    assert_eq!((one.from.as_str(), one.name.as_str(), one.subject.as_str()), ("marta@example.org", "Marta Wolf", "Tässe"));
    assert_eq!((one.body.as_str(), one.quoted.as_str(), one.message_id.as_str()), ("Hello\n\nMarta", "", "a@b"));
    assert_eq!(one.to, ["reply+1f-00@in.example"]);
    assert!(!one.automatic);
}

#[test]
fn what_is_repeated_stands_apart() {
    for quote in [
        "On Sat, 28 Nov 2026 at 10:00, Tea <shop@example.org> wrote:\n> Hello",
        "On Sat, 28 Nov 2026 at 10:00, Tea\n<shop@example.org> wrote:\n> Hello",
        "Am 28.11.2026 um 10:00 schrieb Tea:\n> Hello",
        "-----Original Message-----\nHello",
        "From: Tea <shop@example.org>\nSent: Saturday\nHello",
        "> ##- Please write above this line -##\n> Hello",
        "> Hello\n> \n> Tea",
    ] {
        let one = mail("Message-ID: <a@b>", &format!("Thank you!\n\n{quote}"));
        assert_eq!(one.body, "Thank you!", "{quote}");
        assert!(one.quoted.contains("Hello"), "{quote}");
    }
    let between = mail("Message-ID: <a@b>", "> What colour?\nGreen.\n> How many?\nTwo.");
    assert!(between.body.contains("Green.") && between.body.contains("Two."), "{between:?}");
    let only = mail("Message-ID: <a@b>", "> Hello");
    assert_eq!(only.body, "> Hello");
}

#[test]
fn html_becomes_clean_text() {
    let html = "<html><head><style>p{color:red}</style><script>alert(1)</script></head><body><div>Hello <b>you</b></div>\
                <div>Second &lt;line&gt;</div><img src=x onerror=alert(1)><div class=\"gmail_quote\">On … wrote:<blockquote>Old</blockquote></div></body></html>";
    let one = mail("Content-Type: text/html; charset=utf-8\r\nMessage-ID: <a@b>", html);
    assert_eq!(one.body, "Hello you\nSecond <line>");
    assert!(one.quoted.contains("Old"), "{one:?}");
}

#[test]
fn automatic_mail_is_told() {
    for header in [
        "Auto-Submitted: auto-replied",
        "Return-Path: <>",
        "Precedence: bulk",
        "X-Autoreply: yes",
        "List-Id: <news.example>",
        "Content-Type: multipart/report; boundary=x",
    ] {
        assert!(mail(&format!("{header}\r\nMessage-ID: <a@b>"), "I am away").automatic, "{header}");
    }
    assert!(!mail("Auto-Submitted: no\r\nReturn-Path: <marta@example.org>\r\nMessage-ID: <a@b>", "Hi").automatic);
}

#[test]
fn nothing_breaks_the_reader() {
    assert!(read(b"").is_none());
    assert!(read(b"\0\0\0").is_none());
    assert!(read(b"Subject: nobody\r\n\r\nHi").is_none());
    assert!(read(b"From: <not an address>\r\n\r\nHi").is_none());
    let nested = "Content-Type: message/rfc822\r\n\r\n".repeat(100_000);
    assert!(read(format!("From: a@b.example\r\n{nested}").as_bytes()).is_none());
    let parts = format!("From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n{}", "--x\r\n\r\n".repeat(50_000));
    assert!(read(parts.as_bytes()).is_none());
    let headers = format!("From: a@b.example\r\n{}\r\nHi", "A: b\r\n".repeat(600_000));
    assert!(read(headers.as_bytes()).is_none());
    let odd = mail("Content-Type: text/plain; charset=nonsense\r\nMessage-ID: <a@b>", "a\0b\u{202E}c\u{1}");
    assert_eq!(odd.body, "abc");
    let broken = read(b"From: a@b.example\r\nContent-Transfer-Encoding: base64\r\n\r\n\xff\xfe=\0==").expect("a mail");
    assert!(!broken.body.contains('\0'));
    let long = mail("Message-ID: <a@b>", &"ä ".repeat(50_000));
    assert!(long.body.chars().count() <= LONGEST_MAIL);
    let endless = mail(&format!("Message-ID: <{}>", "x".repeat(5000)), "Hi");
    assert!(endless.message_id.starts_with("sha256:"));
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_or_not(head in "[ -~\r\n]{0,300}", body in proptest::collection::vec(proptest::num::u8::ANY, 0..2000)) {
        let mut raw = b"From: a@b.example\r\n".to_vec();
        raw.extend(head.as_bytes());
        raw.extend(b"\r\n\r\n");
        raw.extend(&body);
        if let Some(one) = read(&raw) {
            proptest::prop_assert!(!one.body.contains('\0') && one.body.chars().count() <= LONGEST_MAIL);
        }
    }
}
