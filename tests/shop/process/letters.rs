//! Mail over a server as providers run them: TLS, a password, refusals in their own words.

use super::caller::Caller;
use super::fakes::{MailServer, fakes};
use super::{Place, eventually, text};

const PASSWORD: &str = "a long walk by the sea";

/// What "Sent mail" says of the newest letter: its state, and why it failed.
fn newest(place: &Place) -> String {
    place.sql("select concat_ws(' ', state, failure) from mails order by id desc limit 1")
}

#[test]
fn letters_go_out_by_tls_with_a_password_and_failures_are_told() {
    let Some(fakes) = fakes() else { return };
    let mut place = Place::new();
    let server = MailServer::start(&fakes, place.folder.path());
    place.set("SSL_CERT_FILE", server.papers.trusted.display().to_string());
    let url = |scheme: &str, password: &str, port: u16, more: &str| {
        format!("{scheme}://shop%40example.org:{password}@localhost:{port}{more}")
    };
    place.add_owner("anna@example.org", PASSWORD);
    let clear = server.ports.0;

    // A password that is wrong: told in words, and tried again by itself once it is right.
    place.set("SMTP_URL", url("smtp", "guessed", clear, "?tls=required"));
    let doctor = place.run(&["doctor"]);
    assert!(text(&doctor.stdout).contains("answers, but does not let us in"), "{}", text(&doctor.stdout));
    let shop = place.serve();
    let mut staff = Caller::staff(shop.port, "anna@example.org", PASSWORD);
    assert_eq!(staff.post("/admin/mail/test", &[]).status, 303);
    eventually("the letter fails", || newest(&place).starts_with("failed"));
    assert!(newest(&place).contains("535"), "{}", newest(&place));
    let number = place.sql("select max(id) from mails");
    let page = staff.get(&format!("/admin/mail/{number}")).text();
    assert!(page.contains("535") && page.contains("anna@example.org"), "{page}");
    assert!(staff.get("/admin/mail?state=failed").text().contains(&format!("/admin/mail/{number}")));
    shop.stop();
    place.set("SMTP_URL", url("smtp", "open%20sesame", clear, "?tls=required"));
    let shop = place.serve();
    place.sql("update graphile_worker._private_jobs set run_at = now()");
    eventually("it goes out by itself", || newest(&place) == "sent");
    let letters = server.letters();
    assert_eq!(letters.len(), 1);
    assert_eq!(
        (letters[0]["to"][0].as_str(), letters[0]["kind"].as_str()),
        (Some("anna@example.org"), Some("multipart/alternative"))
    );
    let part = |kind: &str| letters[0]["parts"][kind].as_str().expect("a part").to_owned();
    assert!(part("text/html").contains("<html") && !part("text/plain").contains('<'), "{letters:?}");

    // A recipient that nobody knows: told in words, and not asked again until staff say so.
    let letter = "insert into mails (kind, sender, recipient, subject, html, body_text)
                  values ('test', 'shop@example.org', 'nobody@example.org', 'Hello', '<p>Hello</p>', 'Hello')";
    place.sql(letter);
    let number = place.sql("select max(id) from mails");
    let mut staff = staff.moved(shop.port);
    assert_eq!(staff.post(&format!("/admin/mail/{number}/sending"), &[]).status, 303);
    eventually("the letter fails", || newest(&place).starts_with("failed"));
    assert!(newest(&place).contains("There is no nobody here"), "{}", newest(&place));
    assert_eq!(place.sql("select count(*) from graphile_worker._private_jobs where payload->>'mail' = '2'"), "0");
    place.sql("update mails set recipient = 'somebody@example.org' where id = (select max(id) from mails)");
    assert_eq!(staff.post(&format!("/admin/mail/{number}/sending"), &[]).status, 303);
    eventually("it goes out", || newest(&place) == "sent");
    shop.stop();

    // The other kind of address: TLS from the start.
    place.set("SMTP_URL", url("smtps", "open%20sesame", server.ports.1, ""));
    assert!(place.done(&["doctor"]).contains("takes our letters"));
    let shop = place.serve();
    assert_eq!(staff.moved(shop.port).post("/admin/mail/test", &[]).status, 303);
    eventually("it goes out", || server.letters().len() == 3);
    shop.stop();
}
