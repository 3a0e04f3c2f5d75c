//! Being forgotten: a word that stands in everything about somebody is found nowhere afterwards.

use std::collections::BTreeSet;

use chrono::Duration;
use diesel_async::RunQueryDsl;
use rocket::http::Status;

use super::{begin, buy};
use crate::account::{PASSWORD, enrol, sign_in};
use crate::inbox;
use crate::payments::steps;
use crate::world::{TestShop, Visitor};

/// Stands in every text of this customer.
const WORD: &str = "zqxwort";

/// The tables in which a word is found in any column, whatever its type, as "table" or "schema.table".
async fn tables_with(shop: &TestShop, word: &str) -> BTreeSet<String> {
    #[derive(diesel::QueryableByName)]
    struct Name {
        #[diesel(sql_type = diesel::sql_types::Text)]
        schema: String,
        #[diesel(sql_type = diesel::sql_types::Text)]
        name: String,
    }
    let all = "select table_schema::text as schema, table_name::text as name from information_schema.tables
                where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')";
    let tables: Vec<Name> = diesel::sql_query(all).load(&mut shop.conn().await).await.expect("tables");
    assert!(tables.len() > 60, "the walk sees the tables");
    let mut found = BTreeSet::new();
    for Name { schema, name } in tables {
        // As text, and as a bytea prints its bytes.
        let hex = hex::encode(word);
        let query = format!(
            "select count(*) from \"{schema}\".\"{name}\" t where lower(t::text) like '%{word}%' or t::text like '%{hex}%'"
        );
        if shop.number(&query).await > 0 {
            found.insert(if schema == "public" { name } else { format!("{schema}.{name}") });
        }
    }
    found
}

/// A customer, signed in, whose every text holds the word: one order done, one open, a cart, a checkout begun, a card declined, a talk
/// with the desk.
async fn known_customer(shop: &TestShop) -> (i64, Visitor) {
    shop.sql("update payment_methods set enabled = true").await;
    let tea = shop.put("Green tea", 450, 90).await;
    let email = format!("{WORD}@example.org");
    let id = enrol(shop, &email).await;
    let name = format!("{WORD} Person");
    let guest = shop.visitor();
    let done = buy(shop, &guest, &tea, &email, &name).await;
    buy(shop, &guest, &tea, &email, &name).await;
    begin(shop, &guest, &tea, &email, &name).await;
    let card = shop.visitor();
    let page = steps::to_the_page(shop, &card, &tea, "1").await;
    steps::card(&card, &page, "decline").await;
    card.get(&steps::way_back(shop, &page).await).await.is(Status::SeeOther);
    let named = format!(
        "update payment_sessions set email = '{email}', snapshot = jsonb_set(jsonb_set(snapshot, '{{order,email}}', '\"{email}\"'),
            '{{order,shipping_address,street}}', '\"{WORD} street\"')"
    );
    shop.sql(&named).await;

    let marta = shop.visitor();
    sign_in(&marta, &email, "wrong").await.is(Status::UnprocessableEntity);
    sign_in(&marta, &email, PASSWORD).await.goes_to("/account");
    sign_in(&shop.visitor(), &email, "wrong").await.is(Status::UnprocessableEntity);
    marta.post("/account/details", &[("name", &name), ("language", "en")]).await.is(Status::SeeOther);
    let address = [
        ("country", "DE"),
        ("name", name.as_str()),
        ("company", WORD),
        ("street", WORD),
        ("extra", WORD),
        ("postal_code", "10115"),
        ("city", WORD),
        ("press", "save"),
    ];
    marta.post("/account/addresses/new", &address).await.goes_to("/account/addresses");
    marta.post("/cart/lines", &[("variant", &tea.variant.to_string()), ("quantity", "1")]).await.goes_to("/cart");
    let moved = format!("{WORD}2@example.org");
    marta.post("/account/email", &[("email", &moved), ("password", PASSWORD)]).await.is(Status::SeeOther);
    marta.post("/account/password-reset", &[("email", &email)]).await.is(Status::SeeOther);
    marta.post("/account/privacy/copies", &[("password", PASSWORD)]).await.goes_to("/account/privacy");
    let files = [(&*format!("{WORD}.txt"), WORD.as_bytes())];
    inbox::send(shop, &marta, "/account/messages", &[("body", &format!("{WORD} asks"))], &files).await.is(Status::SeeOther);
    let more = format!(
        "insert into customer_identities (customer_id, issuer, subject, email) values ({id}, 'https://id.example', '{WORD}-1', '{email}');
         insert into passkeys (account_kind, account_id, handle, credential_id, credential, name, made_at)
             values ('customer', {id}, decode(repeat('00', 16), 'hex'), '\\x01', '{{}}', '{WORD} phone', now());
         insert into credit_accounts (kind, customer_id, currency) values ('store_credit', {id}, 'USD'), ('gift_card', null, 'USD');
         insert into credit_movements (account_id, kind, amount, reason) select id, 'given', 500, '{WORD} was cross' from credit_accounts where customer_id = {id};
         insert into gift_cards (account_id, code_hash, last_four, value, email, words, locale)
             select id, decode(repeat('ab', 32), 'hex'), 'K7QM', 500, '{email}', 'For {WORD}', 'en' from credit_accounts where kind = 'gift_card';
         insert into promotions (name, lane_id, coded, benefits) select 'Ten', min(id), true, '[]' from promotion_lanes;
         insert into promotion_uses (promotion_id, cart_id, order_id, customer_id, email_hash, amount)
             select p.id, o.cart_id, o.id, {id}, sha256('{WORD}'), 1 from promotions p, orders o where o.customer_id = {id};
         insert into stock_wishes (variant_id, email, locale, token, confirmed_at) values ({}, '{email}', 'en', '{WORD}', now());
         insert into tax_exemptions (customer_id, reason, created_at) values ({id}, '{WORD} is a school', now());
         insert into vat_checks (vat_id, answer, register, name, at) values ('FR40303265045', 'valid', 'vies', '{WORD} SARL', now());
         insert into vat_checks (vat_id, answer, register, name, cart_id, at)
             select 'FR40303265045', 'valid', 'vies', '{WORD} SARL', cart_id, now() from orders where customer_id = {id};
         insert into order_tax_standings (order_id, vat_id, vat_check_id, exempt)
             select o.id, 'FR40303265045', (select min(id) from vat_checks), '{WORD} said so' from orders o
              where o.id = (select min(id) from orders);
         update customers set vat_id = '{WORD}' where id = {id};
         update customer_sessions set device = '{WORD} browser', address = '{WORD}';
         update orders set note = '{WORD} note', billing_address = billing_address || '{{\"phone\": \"{WORD}\"}}'",
        tea.variant
    );
    shop.sql(&more).await;

    let manager = shop.staff("manager").await;
    let desk = format!("/admin/customers/{id}");
    manager.post(&format!("{desk}/note"), &[("note", &format!("{WORD} likes tea"))]).await.is(Status::SeeOther);
    manager.post(&format!("{desk}/tags"), &[("tag", &format!("{WORD} tag"))]).await.is(Status::SeeOther);
    manager.post(&format!("{desk}/password-reset"), &[]).await.is(Status::SeeOther);
    let order = shop.number(&format!("select number from orders where token = '{}'", done.trim_start_matches("/orders/"))).await;
    let path = format!("/admin/orders/{order}");
    manager.post(&format!("{path}/note"), &[("note", &format!("{WORD} called"))]).await.is(Status::SeeOther);
    let total = shop.number("select min(total) from orders").await;
    let amount = format!("{}.{:02}", total / 100, total % 100);
    manager.post(&format!("{path}/payment"), &[("version", "1"), ("amount", &amount)]).await.goes_to(&path);
    let line =
        shop.number(&format!("select l.id from order_lines l join orders o on o.id = l.order_id where o.number = {order}")).await;
    let version = shop.number(&format!("select version from orders where number = {order}")).await.to_string();
    let field = format!("lines[{line}]");
    let parcel = [("version", version.as_str()), (&field, "1"), ("carrier", "DHL"), ("tracking", WORD), ("link", "")];
    manager.post(&format!("{path}/fulfilment"), &parcel).await.goes_to(&path);
    let talk = inbox::newest(shop).await;
    inbox::answer(shop, &manager, talk, &format!("{WORD} is answered")).await.is(Status::SeeOther);
    shop.work().await;
    (id, marta)
}

async fn forget_in_time(shop: &TestShop) {
    barrow::platform::throttle::sweep(&mut *shop.conn().await, shop.now()).await.expect("sweeps");
    barrow::features::privacy::jobs::forget_in_time(&shop.shop.db, shop.now()).await.expect("forgets");
}

#[rocket::async_test]
async fn after_closing_the_account_the_person_is_found_in_orders_alone_and_after_ten_years_nowhere() {
    let shop = TestShop::open().await;
    let (id, marta) = known_customer(&shop).await;
    let before = tables_with(&shop, WORD).await;
    for table in [
        "customers",
        "customer_addresses",
        "customer_notes",
        "orders",
        "order_timeline",
        "mails",
        "payment_sessions",
        "checkouts",
        "gift_cards",
        "credit_movements",
        "messages",
        "message_files",
    ] {
        assert!(before.contains(table), "the word was planted into {table}: {before:?}");
    }
    assert!(!before.contains("audit"), "the trail never has it");
    marta.post("/account/closing", &[("password", PASSWORD)]).await.goes_to("/");

    // The letter that says so is on its way, an address was typed today, and orders with their taxes are within their legal time: nothing else is left.
    let expected = |tables: &[&str]| tables.iter().map(|table| (*table).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(
        tables_with(&shop, WORD).await,
        expected(&["mails", "order_tax_standings", "orders", "sign_in_failures", "vat_checks"])
    );
    assert_eq!(shop.number("select count(*) from sign_in_failures where account not like 'register zqxwort2@%'").await, 0);
    let letters = format!("select count(*) from mails where lower(mails::text) like '%{WORD}%' and kind <> 'customer_closed'");
    assert_eq!(shop.number(&letters).await, 0);
    let reduced = format!(
        "select count(*) from orders where status = 'completed' and email = 'forgotten@account.invalid' and note = ''
            and customer_name like '{WORD}%' and billing_address->>'name' like '{WORD}%' and billing_address->>'phone' is null
            and shipping_address->>'street' = '' and shipping_address->>'postal_code' = '10115' and shipping_address->>'country' = 'DE'"
    );
    assert_eq!(shop.number(&reduced).await, 1, "an order that is done keeps what an invoice shows");
    let open = format!("select count(*) from orders where status = 'open' and email = '{WORD}@example.org' and note <> ''");
    assert_eq!(shop.number(&open).await, 1, "an order that is on its way still has its person");
    assert_eq!(
        shop.number(&format!("select count(*) from customers where id = {id} and closed_at is not null and name = ''")).await,
        1
    );
    assert_eq!(shop.number("select count(*) from audit where action = 'customer.erased'").await, 1);
    shop.is_sound().await;

    // The open one expires unpaid, and is no matter of taxes.
    shop.shop.clock.advance(Duration::days(8));
    shop.sql("update orders set due_at = now() - interval '1 day' where status = 'open'").await;
    barrow::features::orders::jobs::keep_time(&mut *shop.conn().await, shop.now()).await.expect("keeps time");
    shop.work().await;
    forget_in_time(&shop).await;
    let left = tables_with(&shop, WORD).await;
    assert!(left.is_subset(&expected(&["mails", "order_tax_standings", "orders", "vat_checks"])), "{left:?}");
    assert_eq!(shop.number(&format!("select count(*) from orders where lower(orders::text) like '%{WORD}%'")).await, 1);
    shop.shop.clock.advance(Duration::days(8));
    forget_in_time(&shop).await;
    assert_eq!(tables_with(&shop, WORD).await, expected(&["order_tax_standings", "orders", "vat_checks"]));

    // That nothing of the trail goes within a year goes by the clock of the database, which does not hurry with ours.
    shop.sql("alter table audit disable trigger audit_kept_for_a_year").await;
    shop.shop.clock.advance(Duration::days(3_660));
    forget_in_time(&shop).await;
    assert_eq!(tables_with(&shop, WORD).await, BTreeSet::new());
    let used = "select count(*) from promotion_uses where";
    assert!(shop.number(&format!("{used} true")).await > 0, "how often a discount was used stays");
    assert_eq!(shop.number(&format!("{used} customer_id is not null or email_hash is not null")).await, 0);
    assert_eq!(shop.number("select count(*) from orders where total > 0 and customer_id is null").await, 2, "the amounts stay");
    shop.is_sound().await;
}

#[rocket::async_test]
async fn what_staff_write_about_somebody_is_not_kept_where_nothing_is_forgotten() {
    let shop = TestShop::open().await;
    shop.sql("update payment_methods set enabled = true").await;
    let tea = shop.put("Green tea", 450, 90).await;
    let (sam, email, name) = (shop.staff("manager").await, format!("{WORD}@example.org"), format!("{WORD} Person"));
    let why = format!("{WORD} changed her mind");
    buy(&shop, &shop.visitor(), &tea, &email, &name).await;
    let cancelled = desk(&shop).await;
    sam.post(&format!("{cancelled}/cancellation"), &[("version", "1"), ("restock", "yes"), ("reason", &why)])
        .await
        .goes_to(&cancelled);
    sam.get(&cancelled).await.is_ok().shows(&why);
    sam.get(&format!("/admin/inventory/{}", tea.variant)).await.is_ok().shows("Order cancelled").lacks(&why);

    buy(&shop, &shop.visitor(), &tea, &email, &name).await;
    let paid = desk(&shop).await;
    let total = shop.number("select total from orders order by id desc limit 1").await;
    let total = format!("{}.{:02}", total / 100, total % 100);
    sam.post(&format!("{paid}/payment"), &[("version", "1"), ("amount", &total)]).await.goes_to(&paid);
    let version = shop.number("select version from orders order by id desc limit 1").await.to_string();
    let payment = shop.number("select max(id) from payments").await;
    let back = [("version", version.as_str()), ("amount", "1.00"), ("reason", why.as_str()), ("to", "source")];
    sam.post(&format!("{paid}/payments/{payment}/refund"), &back).await.goes_to(&paid);

    sam.post("/admin/drafts", &[]).await.goes_to("/admin/drafts/1");
    let version = shop.number("select version from draft_orders").await.to_string();
    let whom = [
        ("version", version.as_str()),
        ("email", &email),
        ("language", "en"),
        ("country", "DE"),
        ("name", &name),
        ("street", "Weg 1"),
        ("postal_code", "10115"),
        ("city", "Berlin"),
        ("note", ""),
    ];
    sam.post("/admin/drafts/1/customer", &whom).await.goes_to("/admin/drafts/1");
    shop.work().await;
    let kept = tables_with(&shop, WORD).await;
    assert!(kept.contains("order_timeline") && kept.contains("payment_refunds") && kept.contains("checkouts"), "{kept:?}");
    for grows in ["audit", "stock_movements", "payment_events"] {
        assert!(!kept.contains(grows), "{grows} forgets nobody: {kept:?}");
    }
    let acts = "select count(distinct action) from audit where action in ('order.cancelled', 'order.refund_asked', 'draft.customer_set')";
    assert_eq!(shop.number(acts).await, 3);
}

/// Where staff see the newest order.
async fn desk(shop: &TestShop) -> String {
    format!("/admin/orders/{}", shop.number("select number from orders order by id desc limit 1").await)
}

#[rocket::async_test]
async fn staff_forget_a_customer_who_asked_after_typing_their_address() {
    let shop = TestShop::open().await;
    let (id, _marta) = known_customer(&shop).await;
    let (support, email) = (shop.staff("support").await, format!("{WORD}@example.org"));
    let act = format!("/admin/customers/{id}/privacy/erasure");
    support
        .post(&act, &[("email", "other@example.org")])
        .await
        .is(Status::UnprocessableEntity)
        .shows("not the address of this account");
    support.post(&act, &[]).await.is(Status::UnprocessableEntity);
    shop.staff("content").await.post(&act, &[("email", &email)]).await.is(Status::Forbidden);
    assert!(tables_with(&shop, WORD).await.contains("customer_notes"), "nothing has happened yet");
    support.post(&act, &[("email", &email)]).await.goes_to("/admin/customers");
    support.post(&act, &[("email", &email)]).await.is(Status::NotFound);
    let left: Vec<String> = tables_with(&shop, WORD).await.into_iter().collect();
    assert_eq!(left, ["mails", "order_tax_standings", "orders", "sign_in_failures", "vat_checks"]);
    assert_eq!(shop.number("select count(*) from mails where kind = 'privacy_erased'").await, 1);
    let written =
        format!("select count(*) from audit where action = 'customer.erased' and subject_id = {id} and staff_id is not null");
    assert_eq!(shop.number(&written).await, 1);
    support.get(&format!("/admin/customers/{id}")).await.is(Status::NotFound);
}

#[rocket::async_test]
async fn an_address_that_nobody_proved_forgets_nothing_of_its_owner() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    buy(&shop, &shop.visitor(), &tea, "owner@example.org", "Olga Owner").await;
    shop.sql("insert into customers (email, name) values ('owner@example.org', 'Somebody else')").await;
    let id = shop.number("select id from customers where email = 'owner@example.org'").await;
    let support = shop.staff("support").await;
    let act = format!("/admin/customers/{id}/privacy/erasure");
    support.post(&act, &[("email", "owner@example.org")]).await.goes_to("/admin/customers");
    assert_eq!(
        shop.number("select count(*) from orders where email = 'owner@example.org' and customer_name = 'Olga Owner'").await,
        1
    );
    assert_eq!(shop.number("select count(*) from forgotten_orders").await, 0);
}
