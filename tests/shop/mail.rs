//! Mail: written once per cause, kept without a server, sent over SMTP, tried again.

use std::sync::{Arc, Mutex};

use barrow::platform::base::{MailId, OrderId};
use barrow::platform::i18n::{Locale, Words};
use barrow::platform::mail::{self, Draft, Goods, Letter, MailState, Total};
use barrow::platform::settings;
use rocket::http::Status;
use rocket::tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use rocket::tokio::net::{TcpListener, TcpStream};

use crate::world::{Answer, TestShop};

async fn draft(shop: &TestShop, recipient: &str) -> Draft {
    let facts = settings::queries::facts(&mut *shop.conn().await).await.expect("facts");
    Letter::new(Words::new(Locale::De), "Danke <b>für</b> Ihre Bestellung")
        .say("Wir packen & schicken.")
        .goods(vec![Goods { title: "Grüner Tee".into(), detail: "100 g".into(), quantity: 2, price: "9,00 €".into() }])
        .totals(vec![Total { label: "Summe".into(), amount: "18,00 €".into(), strong: true }])
        .facts("Lieferadresse", ["Anna Ärmel".to_owned(), String::new(), "10115 Berlin".to_owned()])
        .button("Bestellung ansehen", "http://127.0.0.1:8000/orders/abc")
        .draft("test", recipient, "Ihre Bestellung\nNr. 1001", &facts, &shop.shop.config)
        .expect("a letter")
}

async fn queue(shop: &TestShop, draft: &Draft) -> Option<MailId> {
    mail::commands::queue(&mut *shop.conn().await, draft).await.expect("queued")
}

async fn state(shop: &TestShop, id: MailId) -> (MailState, Option<String>) {
    let mail = mail::queries::mail(&mut *shop.conn().await, id).await.expect("reads").expect("is there");
    (mail.state, mail.failure)
}

#[rocket::async_test]
async fn a_letter_is_escaped_html_with_inlined_styles_and_plain_text() {
    let shop = TestShop::open().await;
    let draft = draft(&shop, "anna@example.org").await;
    assert_eq!(draft.subject, "Ihre Bestellung Nr. 1001");
    assert!(draft.html.contains("&lt;b&gt;") || draft.html.contains("&#60;b&#62;"), "{}", draft.html);
    assert!(!draft.html.contains("<style") && draft.html.contains("style=\"display: inline-block"), "{}", draft.html);
    assert!(draft.text.contains("2 x Grüner Tee (100 g)   9,00 €\n"), "{}", draft.text);
    assert!(draft.text.contains("Wir packen & schicken."), "{}", draft.text);
    assert!(draft.text.contains("Bestellung ansehen:\nhttp://127.0.0.1:8000/orders/abc\n"), "{}", draft.text);
    assert!(draft.text.contains("Anna Ärmel\n10115 Berlin\n"), "{}", draft.text);
    assert!(!draft.text.contains("\n\n\n"), "{}", draft.text);
}

#[rocket::async_test]
async fn without_a_server_mail_is_kept_once_per_cause() {
    let shop = TestShop::open().await;
    let draft = draft(&shop, "anna@example.org").await.about(OrderId(1)).once("order_paid:1");
    let id = queue(&shop, &draft).await.expect("the first is queued");
    assert_eq!(queue(&shop, &draft).await, None);
    assert_eq!(state(&shop, id).await.0, MailState::Waiting);
    shop.work().await;
    assert_eq!(state(&shop, id).await.0, MailState::Kept);
}

#[rocket::async_test]
async fn with_a_server_mail_is_sent_with_both_parts() {
    let sink = Sink::open("250 taken").await;
    let shop = TestShop::with(&[("SMTP_URL", &sink.url)]).await;
    let id = queue(&shop, &draft(&shop, "anna@example.org").await).await.expect("queued");
    shop.work().await;
    assert_eq!(state(&shop, id).await, (MailState::Sent, None));
    let letters = sink.letters();
    assert_eq!(letters.len(), 1);
    for part in ["To: anna@example.org", "Subject: Ihre Bestellung Nr. 1001", "text/plain", "text/html", &format!("<mail-{id}@")]
    {
        assert!(letters[0].contains(part), "{part} is missing in {}", letters[0]);
    }
}

#[rocket::async_test]
async fn a_letter_that_opens_an_account_is_forgotten_once_it_is_sent() {
    let sink = Sink::open("250 taken").await;
    let shop = TestShop::with(&[("SMTP_URL", &sink.url)]).await;
    let fields = [("email", "marta@example.org"), ("password", "a long walk by the sea")];
    shop.post("/account/register", &fields).await.goes_to("/account/mail-sent/register");
    shop.work().await;
    assert_eq!(sink.letters().len(), 1);
    let id = shop.number("select id from mails where html = '' and body_text = ''").await;
    shop.staff("owner").await.post(&format!("/admin/mail/{id}/sending"), &[]).await.is(Status::NotFound);
}

#[rocket::async_test]
async fn a_server_that_is_busy_is_tried_again_and_one_that_refuses_is_not() {
    let sink = Sink::open("451 come back later").await;
    let shop = TestShop::with(&[("SMTP_URL", &sink.url)]).await;
    let id = queue(&shop, &draft(&shop, "anna@example.org").await).await.expect("queued");
    shop.try_to_work().await.expect_err("the job fails and stays");
    let (now, failure) = state(&shop, id).await;
    assert_eq!(now, MailState::Failed);
    assert!(failure.expect("a reason").contains("come back later"));

    sink.answer("250 taken");
    shop.sql("update graphile_worker._private_jobs set run_at = now()").await;
    shop.work().await;
    assert_eq!(state(&shop, id).await, (MailState::Sent, None));

    sink.answer("550 no such box");
    let id = queue(&shop, &draft(&shop, "nobody@example.org").await).await.expect("queued");
    shop.work().await;
    assert_eq!(state(&shop, id).await.0, MailState::Failed);
    sink.answer("250 taken");
    assert!(mail::commands::send_again(&mut *shop.conn().await, id).await.expect("queued again"));
    shop.work().await;
    assert_eq!(state(&shop, id).await, (MailState::Sent, None));
}

#[rocket::async_test]
async fn staff_read_sent_mail_and_send_it_again() {
    let shop = TestShop::open().await;
    let staff = shop.staff("support").await;
    staff.get("/admin/mail").await.is_ok().shows("No mail yet").shows("Mail is kept here, not sent");
    let id = queue(&shop, &draft(&shop, "anna@example.org").await).await.expect("queued");
    shop.work().await;
    staff.get("/admin/mail").await.is_ok().shows("Ihre Bestellung Nr. 1001").shows("anna@example.org").shows("Kept");
    staff.get("/admin/mail?q=ANNA%40").await.is_ok().shows("Nr. 1001");
    staff.get("/admin/mail?q=100%25").await.is_ok().shows("No mail matches");
    let page = staff.get(&format!("/admin/mail/{id}")).await;
    page.is_ok().shows("anna@example.org").has("sandbox=").has(&format!("src=\"/admin/mail/{id}/letter\""));

    let letter = staff.get(&format!("/admin/mail/{id}/letter")).await;
    let policy = letter.is_ok().header("content-security-policy").expect("a policy");
    assert!(
        policy.contains("sandbox") && policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'self'"),
        "{policy}"
    );
    assert_eq!(letter.header("cache-control"), Some("no-store"));
    letter.shows("Danke <b>für</b> Ihre Bestellung");

    staff.post(&format!("/admin/mail/{id}/sending"), &[]).await.goes_to(&format!("/admin/mail/{id}"));
    assert_eq!(state(&shop, id).await.0, MailState::Waiting);
    assert_eq!(shop.number("select count(*) from audit where action = 'mail.sent_again'").await, 1);
    for nothing in ["/admin/mail/999", "/admin/mail/999/letter"] {
        staff.get(nothing).await.is(Status::NotFound);
    }
    staff.post("/admin/mail/999/sending", &[]).await.is(Status::NotFound);
    assert_ne!(shop.get(&format!("/admin/mail/{id}/letter")).await.status, Status::Ok);
}

#[rocket::async_test]
async fn the_list_of_mail_is_walked_both_ways() {
    let shop = TestShop::open().await;
    let staff = shop.staff("owner").await;
    shop.sql(
        "insert into mails (kind, sender, recipient, subject, html, body_text)
         select 'test', 'a@example.org', 'b@example.org', 'Mail ' || lpad(n::text, 3, '0'), '', '' from generate_series(1, 120) n",
    )
    .await;
    let subjects = |page: &Answer| -> Vec<String> {
        page.body()
            .split("row-link")
            .skip(1)
            .filter_map(|part| Some(part.split('>').nth(1)?.split('<').next()?.to_owned()))
            .collect()
    };
    let link = |page: &Answer, rel: &str| {
        let body = page.body();
        let tag = body.split("<a ").find(|tag| tag.contains(&format!("rel=\"{rel}\"")))?.to_owned();
        Some(tag.split("href=\"").nth(1)?.split('"').next()?.replace("&#38;", "&").replace("&amp;", "&"))
    };
    let first = staff.get("/admin/mail?q=Mail").await;
    assert_eq!((subjects(&first).len(), subjects(&first)[0].as_str()), (50, "Mail 120"));
    assert_eq!(link(&first, "prev"), None);
    let second = staff.get(&link(&first, "next").expect("older")).await;
    assert_eq!(subjects(&second)[0], "Mail 070");
    let third = staff.get(&link(&second, "next").expect("older")).await;
    assert_eq!((subjects(&third).len(), link(&third, "next")), (20, None));
    let back = staff.get(&link(&third, "prev").expect("newer")).await;
    assert_eq!(subjects(&back), subjects(&second));
}

/// An SMTP server that keeps what it takes.
struct Sink {
    url: String,
    answer: Arc<Mutex<&'static str>>,
    letters: Arc<Mutex<Vec<String>>>,
}

impl Sink {
    async fn open(answer: &'static str) -> Sink {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("smtp://{}", listener.local_addr().expect("an address"));
        let sink = Sink { url, answer: Arc::new(Mutex::new(answer)), letters: Arc::default() };
        let (answer, letters) = (sink.answer.clone(), sink.letters.clone());
        rocket::tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                rocket::tokio::spawn(talk(stream, answer.clone(), letters.clone()));
            }
        });
        sink
    }

    fn answer(&self, answer: &'static str) {
        *self.answer.lock().expect("no panic") = answer;
    }

    fn letters(&self) -> Vec<String> {
        self.letters.lock().expect("no panic").clone()
    }
}

async fn talk(stream: TcpStream, answer: Arc<Mutex<&'static str>>, letters: Arc<Mutex<Vec<String>>>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 sink\r\n").await?;
    let mut letter: Option<String> = None;
    while let Some(line) = lines.next_line().await? {
        let reply = match (&mut letter, line.as_str()) {
            (Some(text), ".") => {
                letters.lock().expect("no panic").push(std::mem::take(text));
                letter = None;
                "250 kept"
            }
            (Some(text), line) => {
                text.push_str(line);
                text.push('\n');
                continue;
            }
            (None, "DATA") => {
                letter = Some(String::new());
                "354 go on"
            }
            (None, "QUIT") => "221 bye",
            (None, line) if line.starts_with("RCPT") => *answer.lock().expect("no panic"),
            (None, _) => "250 fine",
        };
        write.write_all(format!("{reply}\r\n").as_bytes()).await?;
    }
    Ok(())
}
