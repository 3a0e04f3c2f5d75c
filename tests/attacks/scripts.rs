//! A script in every text that the shop keeps: no page and no mail runs it.

use std::collections::BTreeSet;
use std::sync::Arc;

use barrow::app::shop::Shop;
use regex::Regex;
use rocket::http::Method;
use rocket::local::asynchronous::Client;

use super::{aim, buy, routes, texts};
use crate::world::{Answer, TestShop, Visitor};

/// Breaks out of texts, of attributes in either quotes, of scripts and of comments.
const SCRIPT: &str = "\"'--></title></script><script>xss()</script><img src=x onerror=xss()><a href=javascript:xss()>";

/// Texts that the shop reads as something else than words: a wrong one is no attack but a broken database.
const NO_WORDS: [&str; 48] = [
    "handle",
    "token",
    "locale",
    "currency",
    "country",
    "kind",
    "state",
    "status",
    "payment_status",
    "fulfilment_status",
    "role",
    "gateway",
    "method",
    "reference",
    "idempotency_key",
    "dedupe_key",
    "time_zone",
    "zone",
    "from_path",
    "to_path",
    "path",
    "target",
    "url",
    "colour",
    "swatch",
    "unit",
    "weight_unit",
    "purpose",
    "subject_kind",
    "account_kind",
    "code",
    "capture",
    "behaviour",
    "return_url",
    "reason",
    "visibility",
    "sort",
    "sort_order",
    "menu",
    "place",
    "postcodes",
    "topic",
    "what",
    "key",
    "password_hash",
    // Cleaned when it is written, see `what_staff_may_mark_up_is_cleaned`.
    "description_html",
    "body_html",
    // A letter as it was made, see `a_script_in_every_field_of_a_shopper_…`.
    "html",
];

/// Puts the script into every text of every table that takes it, and into every text of every address.
async fn poison(shop: &TestShop, payload: &str) {
    let quoted: Vec<String> = NO_WORDS.iter().map(|name| format!("'{name}'")).collect();
    let payload = payload.replace('\'', "''");
    shop.sql(&format!(
        "do $$ declare one record; begin
           for one in select c.table_name as t, c.column_name as c, c.data_type as d, c.udt_name as u
                        from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
                       where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
                         and c.table_name not like '\\_\\_%' and c.table_name not in ('sealing_keys', 'sealed_secrets')
                         and c.column_name not in ({})
                         and c.data_type in ('text', 'jsonb') loop
             begin
               if one.d = 'text' then
                 execute format('update %I set %I = %L where %I is not null', one.t, one.c, '{payload}', one.c);
               else
                 execute format('update %I set %I = (select jsonb_object_agg(key, case when jsonb_typeof(value) = ''string''
                     and key not in (''country'', ''kind'') then to_jsonb(%L::text) else value end) from jsonb_each(%I))
                   where jsonb_typeof(%I) = ''object'' and %I <> ''{{}}''', one.t, one.c, '{payload}', one.c, one.c, one.c);
               end if;
             exception when others then null;
             end;
           end loop;
         end $$",
        quoted.join(", ")
    ))
    .await;
}

/// The shop as a process sees it that has just been started.
async fn afresh(shop: &TestShop) -> Arc<Client> {
    let fresh = Shop::new(shop.shop.config.clone(), shop.shop.db.clone()).expect("the same folder");
    Arc::new(Client::untracked(barrow::app::rocket::build(&fresh)).await.expect("the server is built"))
}

/// What a page must not have, whatever was typed.
fn harmless(answer: &Answer) {
    let page = answer.body();
    for bad in ["<script>xss", "<img src=x", "onerror=xss()>", "href=\"javascript:", "'--></title>"] {
        assert!(!page.contains(bad), "{} has {bad}:\n{}", answer.asked, around(&page, bad));
    }
}

fn around<'a>(page: &'a str, what: &str) -> &'a str {
    let at = page.find(what).unwrap_or_default();
    let (mut from, mut to) = (at.saturating_sub(200), (at + 200).min(page.len()));
    while !page.is_char_boundary(from) {
        from -= 1;
    }
    while !page.is_char_boundary(to) {
        to += 1;
    }
    &page[from..to]
}

/// Every address that the pages of a visitor lead to, from these on.
async fn wander(visitor: &Visitor, begin: &[String], look: &mut impl FnMut(&Answer)) -> usize {
    let link = Regex::new(r##"(?:href|action|src)="(/[^"#]*)"##).expect("a pattern");
    let mut known: BTreeSet<String> = begin.iter().cloned().collect();
    let mut todo = begin.to_vec();
    while let Some(path) = todo.pop() {
        let answer = visitor.get(&path).await;
        look(&answer);
        for hit in link.captures_iter(&answer.body()) {
            let next = hit[1].replace("&#38;", "&").replace("&amp;", "&");
            let plain = next.split('?').next().unwrap_or_default();
            let worth = !plain.starts_with("/static/") && !plain.starts_with("/media/") && !plain.ends_with("sign-out");
            if worth && known.len() < 600 && known.insert(next.clone()) {
                todo.push(next);
            }
        }
    }
    known.len()
}

#[rocket::async_test]
async fn a_script_in_every_text_runs_on_no_page() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 50).await;
    let anna = shop.customer("anna@example.org").await;
    let address = [
        ("country", "US"),
        ("name", "Anna"),
        ("street", "7 Lane"),
        ("city", "Portland"),
        ("region", "OR"),
        ("postal_code", "97201"),
        ("press", "save"),
    ];
    anna.post("/account/addresses/new", &address).await.goes_to("/account/addresses");
    let placed = buy(&shop, &shop.visitor(), &tea, &super::oregon(), &[]).await.location();
    shop.sql("update orders set customer_id = (select id from customers)").await;
    super::put_in(&anna, &tea).await;
    let owner = shop.staff("owner").await;
    owner.post("/admin/customer-groups", &[("name", "Regulars")]).await;
    owner.post("/admin/drafts", &[]).await;
    owner.post("/admin/categories", &[("title", "Teas"), ("handle", "teas")]).await;
    shop.work().await;
    poison(&shop, SCRIPT).await;
    let poisoned = shop.number("select count(*) from products where title like '%xss()%'").await
        + shop.number("select count(*) from customers where name like '%xss()%'").await
        + shop.number("select count(*) from orders where shipping_address::text like '%xss()%'").await;
    assert_eq!(poisoned, 3, "the script stands in the tables");
    let client = afresh(&shop).await;
    let again = |old: &Visitor| {
        let cookies = old.cookies.lock().expect("cookies").clone();
        cookies.iter().fold(Visitor::new(client.clone()), |new, (name, value)| new.with_cookie(name, value))
    };
    let guest = Visitor::new(client.clone());
    let mut shown = 0;
    for (visitor, more) in
        [(guest, vec![placed.clone()]), (again(&anna), vec!["/account".into()]), (again(&owner), vec!["/admin".into()])]
    {
        let mut begin: Vec<String> = routes(&shop, Method::Get).iter().map(|route| aim(route, "1")).collect();
        begin.extend(more);
        begin.extend([
            format!("/products/{}", tea.handle),
            "/search?q=%22%3E%3Cscript%3Exss()%3C/script%3E".into(),
            "/%3Cscript%3Exss()%3C/script%3E".into(),
        ]);
        wander(&visitor, &begin, &mut |answer| {
            assert!(answer.status.code < 500, "{}: {}", answer.asked, answer.status);
            shown += usize::from(answer.body().contains("xss()"));
            harmless(answer);
        })
        .await;
    }
    assert!(shown > 20, "only {shown} pages show what was typed");
}

#[rocket::async_test]
async fn a_script_in_every_field_of_a_shopper_runs_in_no_mail_and_on_no_page_of_staff() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 50).await;
    let short = "\"'><script>xss()</script><img src=x onerror=xss()>";
    let fields: Vec<(&str, &str)> = vec![
        ("email", "anna@example.org"),
        ("country", "US"),
        ("name", short),
        ("street", short),
        ("line2", short),
        ("city", short),
        ("region", "OR"),
        ("postal_code", "97201"),
        ("phone", "+1 503 555 0100"),
        ("payment", "bank_transfer"),
        ("note", short),
        ("billing_other", "yes"),
        ("billing.country", "US"),
        ("billing.name", short),
        ("billing.street", short),
        ("billing.city", short),
        ("billing.region", "OR"),
        ("billing.postal_code", "97201"),
    ];
    let visitor = shop.visitor();
    let order = buy(&shop, &visitor, &tea, &fields, &[]).await.location();
    let form = [("name", short), ("email", "anna@example.org"), ("password", super::PASSWORD)];
    visitor.post("/account/register", &form).await.is(rocket::http::Status::SeeOther);
    let refused = visitor.post("/account/register", &[("name", short), ("email", short), ("password", "x")]).await;
    harmless(&refused);
    shop.work().await;
    let mails = texts(&shop, "select html as text from mails").await;
    assert!(mails.iter().any(|mail| mail.contains("xss()")), "the mails show what was typed");
    for mail in &mails {
        assert!(!mail.contains("<script>xss") && !mail.contains("<img src=x"), "{}", around(mail, "xss"));
    }
    harmless(&visitor.get(&order).await);
    let owner = shop.staff("owner").await;
    let mut shown = 0;
    wander(&owner, &["/admin/orders".into(), "/admin/mail".into(), "/admin/customers".into()], &mut |answer| {
        shown += usize::from(answer.body().contains("xss()"));
        harmless(answer);
    })
    .await;
    assert!(shown > 2, "only {shown} pages of staff show what was typed");
}

#[rocket::async_test]
async fn what_staff_may_mark_up_is_cleaned() {
    let shop = TestShop::open().await;
    shop.put("Green tea", 450, 50).await;
    let text = "# Hello\n\n<script>xss()</script>\n<img src=x onerror=xss()>\n[click](javascript:xss()) <a href='javascript:xss()'>b</a>\n\
                <iframe src='https://evil.example'></iframe><style>*{display:none}</style><form action='https://evil.example'><input name=a></form>\n\
                <svg onload=xss()></svg><math><mtext><script>xss()</script></mtext></math><p style='position:fixed' onclick='xss()'>fine</p>";
    shop.sql(&format!("update legal_pages set title = 'Legal', body = '{}'", text.replace('\'', "''"))).await;
    shop.sql(&format!("update products set description = '{}'", text.replace('\'', "''"))).await;
    let mut seen = 0;
    for path in ["/legal/imprint", "/legal/privacy", "/legal/terms", "/legal/returns"] {
        let page = shop.get(path).await;
        if page.body().contains("Hello") {
            seen += 1;
            let body = page.body();
            let main = body.split("<main").nth(1).unwrap_or_default();
            for bad in [
                "<script>xss",
                "onerror",
                "=\"javascript:",
                "<iframe",
                "<style",
                "<svg onload",
                "style=",
                "onclick",
                "evil.example",
            ] {
                assert!(
                    !main.split("</main>").next().unwrap_or_default().contains(bad),
                    "{path} has {bad}: {}",
                    around(&body, bad)
                );
            }
        }
    }
    assert_eq!(seen, 4, "every page shows the text");
}
