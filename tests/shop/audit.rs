//! The audit trail: who did what, from where; found again, kept as a file, never changed.

mod leading;

use barrow::platform::access::Role;
use rocket::http::Status;

use crate::access::{PASSWORD, hire, sign_in};
use crate::world::TestShop;

const TRAIL: &str = "/admin/settings/audit";

#[rocket::async_test]
async fn audit_every_way_in_and_out_is_written_down() {
    let shop = TestShop::open().await;
    hire(&shop, "anna@example.org", Role::Owner).await;
    let anna = shop.visitor();
    sign_in(&anna, "anna@example.org", "not the password").await.is(Status::UnprocessableEntity);
    sign_in(&anna, "hunter2@example.org", "x").await.is(Status::UnprocessableEntity);
    sign_in(&anna, "anna@example.org", PASSWORD).await.goes_to("/admin");
    anna.post("/admin/proof", &[("password", PASSWORD)]).await.goes_to("/admin");
    anna.post("/admin/password", &[("current", PASSWORD), ("new", "another good password")]).await.goes_to("/admin/sessions");
    anna.post("/admin/sessions/others/ending", &[]).await.goes_to("/admin/sessions");
    anna.post("/admin/sign-out", &[]).await.goes_to("/admin/sign-in");
    let id = shop.number("select id from staff").await;
    for action in ["sign_in_failed", "signed_in", "proved", "password_changed", "sessions_ended", "signed_out"] {
        let mine =
            format!("select count(*) from audit where action = 'staff.{action}' and staff_id = {id} and subject_id = {id}");
        assert_eq!(shop.number(&mine).await, 1, "{action}");
    }
    let unknown = "select count(*) from audit where action = 'staff.sign_in_failed' and staff_id is null and staff_email = '–'";
    assert_eq!(shop.number(unknown).await, 1, "what an unknown somebody typed is not kept");
    for _ in 0..9 {
        sign_in(&shop.visitor(), "nobody@example.org", "x").await;
    }
    let failed = shop.number("select count(*) from audit where action = 'staff.sign_in_failed'").await;
    assert_eq!(failed, 2 + 5, "what was not even looked at is not written down: nobody fills the trail by knocking");
}

#[rocket::async_test]
async fn audit_acts_say_from_which_address_and_device() {
    let shop = TestShop::open().await;
    hire(&shop, "anna@example.org", Role::Owner).await;
    let anna = shop.visitor();
    let body = crate::world::encode(&[("email", "anna@example.org"), ("password", PASSWORD)]);
    let request = shop.client.post("/admin/sign-in").header(rocket::http::ContentType::Form).body(body);
    let request = request.header(rocket::http::Header::new("Sec-Fetch-Site", "same-origin"));
    let agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0";
    let request = request.header(rocket::http::Header::new("User-Agent", agent));
    anna.send(request.remote(([203, 0, 113, 9], 40_000).into())).await.goes_to("/admin");
    anna.post("/admin/settings/roles", &[("name", "Night")]).await.goes_to("/admin/settings/roles");
    let from = "select count(*) from audit where device = 'Firefox, Windows' and action in ('staff.signed_in', 'role.added')";
    assert_eq!(shop.number(from).await, 2);
    assert_eq!(shop.number("select count(*) from audit where address = '203.0.113.9'").await, 1);
    anna.get(TRAIL).await.is_ok().shows("203.0.113.9 · Firefox, Windows").shows("Role made");
}

#[rocket::async_test]
async fn audit_is_narrowed_by_who_what_subject_and_day() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 5).await;
    let placed = shop.place(1, &[(&tea, 1000, 1)]).await.expect("placed");
    let owner = shop.staff("owner").await;
    let manager = shop.staff("manager").await;
    let paid = format!("/admin/orders/{}/payment", placed.number);
    manager.post(&paid, &[("version", "1"), ("amount", "10")]).await;
    owner.post("/admin/settings/roles", &[("name", "Night")]).await.goes_to("/admin/settings/roles");
    owner.get(TRAIL).await.is_ok().shows("Order marked as paid").shows("Role made");
    let narrowed = async |query: &str| owner.get(&format!("{TRAIL}?{query}")).await;
    let rows = |answer: &crate::world::Answer| answer.body().matches("<li><span class=\"grow\">").count();
    let all = rows(&narrowed("").await);
    assert!(all >= 2);
    let by_manager = narrowed("q=MANAGER%40").await;
    by_manager.is_ok().has("value=\"MANAGER@\"");
    assert_eq!(rows(&by_manager), 1);
    assert_eq!(rows(&narrowed("action=role.added").await), 1);
    assert_eq!(rows(&narrowed("action=role").await), 1, "all acts on roles");
    assert_eq!(rows(&narrowed("q=%25").await), 0, "a sign is a sign");
    assert_eq!(rows(&narrowed(&format!("subject=order&id={}", placed.number)).await), 1);
    assert_eq!(rows(&narrowed("subject=order&id=999999").await), 0);
    assert_eq!(rows(&narrowed("from=2099-01-01").await), 0);
    assert_eq!(rows(&narrowed("to=2001-01-01").await), 0);
    assert_eq!(rows(&narrowed("from=2001-01-01&to=2099-01-01").await), all);
    assert_eq!(rows(&narrowed("from=nonsense&id=x&before=x").await), all, "what cannot be read narrows nothing");
    narrowed("q=nobody").await.is_ok().shows("Nothing of this kind was done").shows("Whole trail");
    shop.staff("manager").await.get(TRAIL).await.is(Status::Forbidden);
    let link = format!("href=\"{TRAIL}?subject=order&#38;id={}\"", placed.number);
    let page = owner.get(&format!("/admin/orders/{}", placed.number)).await;
    assert!(page.body().contains(&link) || page.body().contains(&link.replace("&#38;", "&amp;")), "the order leads to its acts");
    manager.get(&format!("/admin/orders/{}", placed.number)).await.is_ok().lacks("Audit trail");
    for path in [format!("/admin/products/{}", tea.product), "/admin/settings".into()] {
        owner.get(&path).await.is_ok().has(&format!("href=\"{TRAIL}?subject="));
    }
}

#[rocket::async_test]
async fn audit_is_turned_page_by_page_without_losing_an_act() {
    let shop = TestShop::open().await;
    let owner = shop.staff("owner").await;
    shop.sql(
        "insert into audit (staff_email, action, subject) select 'n' || n, 'role.added', 'role' from generate_series(1, 120) n",
    )
    .await;
    let mut path = format!("{TRAIL}?action=role.added");
    let mut seen = 0;
    for expected in [50, 50, 20] {
        let page = owner.get(&path).await.body();
        let here = page.matches("<li><span class=\"grow\">").count();
        assert_eq!(here, expected);
        seen += here;
        let Some(next) = page.split(&format!("href=\"{TRAIL}?action=role.added&")).nth(1) else { break };
        let next = next.trim_start_matches("#38;").trim_start_matches("amp;");
        path = format!("{TRAIL}?action=role.added&{}", next.split('"').next().expect("an address"));
    }
    assert_eq!(seen, 120);
}

#[rocket::async_test]
async fn audit_is_kept_as_a_file_in_which_no_cell_is_a_formula() {
    let shop = TestShop::open().await;
    let owner = shop.staff("owner").await;
    shop.sql("insert into audit (staff_email, action, subject, after) values ('=1+1', 'role.added', 'role', '{\"name\": \"a,\\\"b\"}'), ('other', 'role.changed', 'role', null)").await;
    let file = owner.post(&format!("{TRAIL}/file?action=role.added"), &[]).await;
    file.is_ok();
    assert!(file.header("content-type").is_some_and(|kind| kind.starts_with("text/csv")));
    assert!(file.header("content-disposition").is_some_and(|said| said.starts_with("attachment")));
    let mut sheet = csv::Reader::from_reader(file.bytes.as_slice());
    let rows: Vec<csv::StringRecord> = sheet.records().collect::<Result<_, _>>().expect("a table");
    assert_eq!(rows.len(), 1);
    assert_eq!(&rows[0][2], "'=1+1");
    assert_eq!(&rows[0][7], "{\"name\":\"a,\\\"b\"}");
    assert_eq!(shop.number("select count(*) from audit where action = 'audit.exported'").await, 1);
    shop.staff("manager").await.post(&format!("{TRAIL}/file"), &[]).await.is(Status::Forbidden);
}

// Posts of staff that leave no row, and why: `guide/hiding` is how one's own page looks, `payments/comparison` and `customers/…/other`
// and `products/…/preview` change nothing, the questions to passkeys are answered by posts that do leave one.
#[rocket::async_test]
async fn audit_staff_writes_of_every_room_leave_a_row() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 5).await;
    let placed = shop.place(1, &[(&tea, 1000, 1)]).await.expect("placed");
    let owner = shop.staff("owner").await;
    let order = format!("/admin/orders/{}", placed.number);
    let mark = crate::settings::value(&owner.get("/admin/settings/payment").await, "seen");
    let acts: Vec<(String, Vec<(&str, &str)>)> = vec![
        (format!("{order}/payment"), vec![("version", "1"), ("amount", "10")]),
        (format!("{order}/note"), vec![("note", "Call first")]),
        ("/admin/drafts".into(), vec![]),
        (format!("/admin/products/{}/archiving", tea.product), vec![]),
        ("/admin/menus/footer/beginning".into(), vec![]),
        ("/admin/redirects".into(), vec![("from", "/old"), ("to", "/")]),
        ("/admin/mail/test".into(), vec![]),
        ("/admin/settings/delivery/new".into(), vec![("name", "Mars"), ("countries", "FI")]),
        (
            "/admin/settings/payment".into(),
            vec![("seen", mark.as_str()), ("bank_details", "IBAN"), ("unpaid_days", "5"), ("reservation_minutes", "30")],
        ),
        ("/admin/preferences".into(), vec![("zone", ""), ("locale", "de")]),
        ("/admin/settings/roles".into(), vec![("name", "Night")]),
        ("/admin/settings/staff/invitations".into(), vec![("email", "tomas@example.org"), ("role", "support")]),
        ("/admin/security/app".into(), vec![]),
    ];
    let mut silent = Vec::new();
    for (path, fields) in acts {
        let before = shop.number("select count(*) from audit").await;
        let answer = owner.post(&path, &fields).await;
        let written = shop.number("select count(*) from audit").await > before;
        if answer.status != Status::SeeOther || !written {
            silent.push(format!("{path}: {}, written: {written}", answer.status));
        }
    }
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}
