//! Menus, the announcement and redirects: what staff compose and what shoppers see of it.

use std::time::{Duration, Instant};

use barrow::platform::feed;
use futures::future::join_all;
use rocket::http::Status;
use rocket::tokio::sync::watch;
use rocket::tokio::time::sleep;

use crate::world::{Answer, TestShop, Visitor};

/// The value of a field on a page.
fn value(answer: &Answer, field: &str) -> String {
    let body = answer.body();
    let tag =
        body.split('<').find(|tag| tag.contains(&format!("name=\"{field}\""))).unwrap_or_else(|| panic!("no field {field}"));
    tag.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
}

/// A link as its form would send it.
async fn send(staff: &Visitor, path: &str, typed: &[(&str, &str)]) -> Answer {
    let usual = [("label_en", ""), ("label_de", ""), ("target", "typed"), ("address", ""), ("parent", "0")];
    let mut fields: Vec<(&str, &str)> =
        usual.into_iter().filter(|(name, _)| !typed.iter().any(|(other, _)| other == name)).collect();
    fields.extend(typed);
    staff.post(path, &fields).await
}

const HEADER: &str = "/admin/menus/header/links";
const FOOTER: &str = "/admin/menus/footer/links";

/// The header of the start page.
async fn header(shop: &TestShop) -> String {
    shop.hear_the_feed().await;
    let body = shop.get("/").await.is_ok().body();
    let nav = body.split("<nav class=\"nav\"").nth(1).unwrap_or_default();
    nav.split("</nav>").next().unwrap_or_default().to_owned()
}

#[rocket::async_test]
async fn content_menus_lead_where_staff_want() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green Tea", 450, 5).await;
    let kitchen = shop.category("Kitchen", None).await;
    let staff = shop.staff("content").await;
    assert!(header(&shop).await.contains("/categories/kitchen"), "without links the categories");
    staff.get("/admin/menus").await.is_ok().shows("The header shows your categories by itself");
    send(&staff, HEADER, &[("target", &format!("category-{kitchen}"))]).await.is(Status::SeeOther);
    send(&staff, HEADER, &[("target", "place-sale"), ("label_de", "Schnäppchen")]).await.is(Status::SeeOther);
    send(&staff, HEADER, &[("address", "/products/green-tea")]).await.is(Status::SeeOther);
    send(&staff, HEADER, &[("address", "https://example.org/about"), ("label_en", "About <us>")]).await.is(Status::SeeOther);
    let shown = header(&shop).await;
    for part in ["/categories/kitchen", "/sale", "/products/green-tea", "https://example.org/about", "About &#60;us&#62;"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let german = shop.visitor().with_cookie("locale", "de");
    german.get("/").await.is_ok().shows("Schnäppchen");
    shop.get("/").await.lacks("Schnäppchen");
    // What it leads to may change its name, or go.
    shop.sql(&format!("update products set title = 'Sencha', handle = 'sencha' where id = {}", tea.product)).await;
    shop.sql(&format!("insert into change_feed (subject, subject_id) values ('product', {})", tea.product)).await;
    assert!(header(&shop).await.contains("/products/sencha"));
    shop.sql(&format!("update products set status = 'archived' where id = {}", tea.product)).await;
    shop.sql(&format!("insert into change_feed (subject, subject_id) values ('product', {})", tea.product)).await;
    assert!(!header(&shop).await.contains("sencha"));
    staff.get("/admin/menus").await.is_ok().shows("Not shown now");
    let removal = format!("/admin/categories/{kitchen}/removal");
    staff.get(&removal).await.is_ok().shows("One link to it vanishes from the menus");
    staff.post(&removal, &[]).await.is(Status::SeeOther);
    assert!(!header(&shop).await.contains("kitchen"));
}

#[rocket::async_test]
async fn content_menus_have_two_levels_and_an_order() {
    let shop = TestShop::open().await;
    let staff = shop.staff("manager").await;
    for place in ["home", "products", "sale"] {
        send(&staff, FOOTER, &[("target", &format!("place-{place}"))]).await.is(Status::SeeOther);
    }
    let id = async |place: &str| shop.number(&format!("select id from menu_links where place = '{place}'")).await;
    let (home, products, sale) = (id("home").await, id("products").await, id("sale").await);
    let below = format!("/admin/menu-links/{sale}");
    send(&staff, &below, &[("target", "place-sale"), ("parent", &home.to_string())]).await.is(Status::SeeOther);
    let deep = send(&staff, FOOTER, &[("target", "place-search"), ("parent", &sale.to_string())]).await;
    deep.is(Status::UnprocessableEntity).shows("two levels");
    let circle =
        send(&staff, &format!("/admin/menu-links/{home}"), &[("target", "place-home"), ("parent", &home.to_string())]).await;
    circle.is(Status::UnprocessableEntity);
    let swap =
        send(&staff, &format!("/admin/menu-links/{home}"), &[("target", "place-home"), ("parent", &products.to_string())]).await;
    swap.is(Status::UnprocessableEntity).shows("two levels");
    staff
        .post(&format!("/admin/menu-links/{products}/place"), &[("to", "up")])
        .await
        .goes_to(&format!("/admin/menus#link-{products}"));
    shop.hear_the_feed().await;
    let footer = shop.get("/").await.is_ok().body();
    let footer = footer.split("site-footer__cols").nth(1).unwrap_or_default().to_owned();
    let at = |part: &str| footer.find(part).unwrap_or_else(|| panic!("{part}: {footer}"));
    assert!(at("href=\"/products\"") < at("id=\"foot-1\"") && at("id=\"foot-1\"") < at("href=\"/sale\""));
    staff.post(&format!("/admin/menu-links/{home}/removal"), &[]).await.goes_to("/admin/menus");
    staff.post(&format!("/admin/menu-links/{home}/removal"), &[]).await.goes_to("/admin/menus");
    assert_eq!(shop.number("select count(*) from menu_links").await, 1, "what stood below went with it");
    let begun = join_all((0..4).map(|_| staff.post("/admin/menus/header/beginning", &[]))).await;
    assert!(begun.iter().all(|answer| answer.status == Status::SeeOther));
}

#[rocket::async_test]
async fn content_bad_links_are_refused_with_words() {
    let shop = TestShop::open().await;
    let staff = shop.staff("owner").await;
    let label = ("label_en", "Here");
    for (typed, said) in [
        (vec![label, ("address", "")], "Paste an address"),
        (vec![label, ("address", "javascript:alert(1)")], "Enter a path like"),
        (vec![label, ("address", "//evil.example")], "Enter a path like"),
        (vec![label, ("address", "/products/nowhere")], "no product or category"),
        (vec![label, ("target", "category-999")], "no product or category"),
        (vec![label, ("target", "place-moon")], "Choose one of those offered"),
        (vec![("target", "nothing")], "Give it a text"),
        (vec![("address", "https://example.org")], "Give it a text"),
        (vec![label, ("target", "place-home"), ("parent", "999")], "no longer exists"),
    ] {
        let refused = send(&staff, HEADER, &typed).await;
        refused.is(Status::UnprocessableEntity).shows(said).has("error-summary");
    }
    send(&staff, HEADER, &[("label_en", "Here"), ("address", "x")]).await.keeps("label_en", "Here").keeps("address", "x");
    assert_eq!(shop.number("select count(*) from menu_links").await, 0);
    for role in ["support", "analyst", "fulfilment"] {
        let other = shop.staff(role).await;
        other.get("/admin/menus").await.is(Status::Forbidden);
        send(&other, HEADER, &[("target", "place-home")]).await.is(Status::Forbidden);
        other.get("/admin/announcement").await.is(Status::Forbidden);
        other.get("/admin/redirects").await.is(Status::Forbidden);
    }
    staff.get("/admin/menus/side/links/new").await.is(Status::NotFound);
    staff.get("/admin/menu-links/999").await.is(Status::NotFound);
    let uwe = shop.staff_named("uwe@example.org", "content").await;
    shop.sql("update staff set locale = 'de' where email = 'uwe@example.org'").await;
    uwe.get("/admin/menus").await.is_ok().shows("Der Kopf zeigt von selbst Ihre Kategorien");
}

#[rocket::async_test]
async fn content_shoppers_see_a_menu_within_a_second() {
    let shop = TestShop::open().await;
    let staff = shop.staff("content").await;
    let (stop, stopped) = watch::channel(false);
    let task = feed::spawn(shop.shop.direct_url().to_owned(), shop.shop.listeners(), stopped);
    sleep(Duration::from_millis(300)).await;
    shop.get("/").await.is_ok().lacks("Come and see");
    let typed = [("target", "place-products"), ("label_en", "Come and see")];
    send(&staff, HEADER, &typed).await.is(Status::SeeOther);
    let since = Instant::now();
    while !shop.get("/").await.text().contains("Come and see") {
        assert!(since.elapsed() < Duration::from_secs(1), "shoppers wait for the menu");
        sleep(Duration::from_millis(20)).await;
    }
    stop.send(true).expect("the feed listens");
    task.await.expect("the feed ends");
}

/// The announcement as its form would send it.
async fn announce(staff: &Visitor, seen: &str, typed: &[(&str, &str)]) -> Answer {
    let usual = [("text_en", "Open on Sunday"), ("text_de", ""), ("link", ""), ("from", ""), ("until", ""), ("shown", "yes")];
    let mut fields: Vec<(&str, &str)> =
        usual.into_iter().filter(|(name, _)| !typed.iter().any(|(other, _)| other == name)).collect();
    fields.extend(typed);
    fields.push(("seen", seen));
    staff.post("/admin/announcement", &fields).await
}

#[rocket::async_test]
async fn content_the_announcement_comes_and_goes() {
    let shop = TestShop::open().await;
    let page = "/admin/announcement";
    let staff = shop.staff("content").await;
    let seen = async || value(&staff.get(page).await, "seen");
    let typed = [("text_de", "Sonntag offen"), ("link", "/sale")];
    announce(&staff, &seen().await, &typed).await.goes_to(page);
    shop.hear_the_feed().await;
    shop.get("/").await.is_ok().has("<a href=\"/sale\">Open on Sunday</a>");
    let german = shop.visitor().with_cookie("locale", "de");
    german.get("/").await.is_ok().shows("Sonntag offen").lacks("Open on Sunday");
    staff.get(page).await.is_ok().shows("Shoppers see it now").keeps("text_de", "Sonntag offen");
    // By the clock: the kept page of before the hour must not stay.
    let hour = |minutes: i64| (shop.now() + chrono::Duration::minutes(minutes)).format("%Y-%m-%dT%H:%M").to_string();
    announce(&staff, &seen().await, &[("from", &hour(60)), ("until", &hour(120))]).await.goes_to(page);
    shop.hear_the_feed().await;
    shop.get("/").await.is_ok().lacks("Open on Sunday");
    staff.get(page).await.is_ok().shows("Begins later");
    shop.shop.clock.advance(chrono::Duration::minutes(61));
    shop.get("/").await.is_ok().shows("Open on Sunday");
    shop.shop.clock.advance(chrono::Duration::minutes(60));
    shop.get("/").await.is_ok().lacks("Open on Sunday");
    staff.get(page).await.is_ok().shows("Is over");
    announce(&staff, &seen().await, &[("shown", "no")]).await.goes_to(page);
    staff.get(page).await.is_ok().shows("Shoppers do not see it").keeps("text_en", "Open on Sunday");
}

#[rocket::async_test]
async fn content_two_editors_of_the_announcement_lose_nothing() {
    let shop = TestShop::open().await;
    let (anna, tomas) =
        (shop.staff_named("anna@example.org", "owner").await, shop.staff_named("tomas@example.org", "content").await);
    let seen = value(&anna.get("/admin/announcement").await, "seen");
    announce(&tomas, &seen, &[("text_en", "From Tomas")]).await.is(Status::SeeOther);
    let clash = announce(&anna, &seen, &[("text_en", "From Anna")]).await;
    clash.is(Status::UnprocessableEntity).shows("Sam content saved this page meanwhile").keeps("text_en", "From Anna");
    clash.shows("Text in English From Anna From Tomas");
    announce(&anna, &value(&clash, "seen"), &[("text_en", "From Anna")]).await.is(Status::SeeOther);
    for (field, bad) in [("from", "soon"), ("until", "9999-01-01T00:00"), ("link", "javascript:x"), ("text_en", "a\0")] {
        announce(&anna, &seen, &[(field, bad)]).await.is(Status::UnprocessableEntity).has("error-summary");
    }
    let backwards = [("from", "2026-12-24T10:00"), ("until", "2026-12-24T10:00")];
    announce(&anna, &seen, &backwards).await.is(Status::UnprocessableEntity).shows("must come after");
}

async fn lead(staff: &Visitor, from: &str, to: &str) -> Answer {
    staff.post("/admin/redirects", &[("from", from), ("to", to)]).await
}

#[rocket::async_test]
async fn content_redirects_lead_on_where_there_is_no_page() {
    let shop = TestShop::open().await;
    let staff = shop.staff("content").await;
    shop.get("/pages/about").await.is(Status::NotFound);
    lead(&staff, "https://old.example/pages/about/", "/sale").await.goes_to("/admin/redirects");
    lead(&staff, "/pages/about", "/sale").await.goes_to("/admin/redirects");
    lead(&staff, "/b%C3%BCcher", "https://books.example/").await.is(Status::SeeOther);
    lead(&staff, "/index.php?id=3", "/pages/about").await.is(Status::SeeOther);
    shop.hear_the_feed().await;
    let went = async |path: &str| {
        let answer = shop.get(path).await;
        (answer.status.code, answer.header("location").unwrap_or_default().to_owned())
    };
    assert_eq!(went("/pages/about").await, (301, "/sale".into()));
    assert_eq!(went("/pages/about/?utm=x").await, (301, "/sale?utm=x".into()));
    assert_eq!(went("/b%C3%BCcher").await, (301, "https://books.example/".into()));
    assert_eq!(went("/index.php?id=3").await, (301, "/sale".into()));
    assert_eq!(went("/index.php?id=4").await.0, 404);
    assert_eq!(went("/pages/About").await.0, 404);
    staff.get("/admin/redirects?q=about").await.is_ok().shows("/pages/about").lacks("bücher");
    let id = shop.number("select id from redirects where from_path = '/pages/about'").await;
    staff.post(&format!("/admin/redirects/{id}/removal"), &[]).await.goes_to("/admin/redirects");
    staff.post(&format!("/admin/redirects/{id}/removal"), &[]).await.goes_to("/admin/redirects");
    shop.hear_the_feed().await;
    assert_eq!(went("/pages/about").await.0, 404);
    assert_eq!(shop.number("select count(*) from audit where action like 'redirect.%'").await, 4);
}

#[rocket::async_test]
async fn content_redirects_never_lead_round_in_a_circle() {
    let shop = TestShop::open().await;
    let tea = shop.put("Tea", 450, 5).await;
    let staff = shop.staff("owner").await;
    lead(&staff, "/a", "/b").await.is(Status::SeeOther);
    lead(&staff, "/b", "/c").await.is(Status::SeeOther);
    for (from, to, said) in [
        ("/c", "/a", "round in a circle"),
        ("/c", "/a?x=1", "round in a circle"),
        ("/d", "/d/", "leads to itself"),
        ("/a", "/z", "leads to /b already"),
        ("/products/tea", "/a", "has a page at this address"),
        ("/admin/orders", "/a", "has a page at this address"),
        ("/", "/a", "has a page at this address"),
        ("/e", "mailto:a@b.example", "must lead to a page"),
        ("/e", "", "This is needed"),
        ("", "/a", "This is needed"),
        ("pages", "/a", "Enter a path"),
        ("//evil.example", "/a", "Enter a path"),
        ("/e", "//evil.example", "Enter a path"),
    ] {
        lead(&staff, from, to).await.is(Status::UnprocessableEntity).shows(said).keeps("to", to);
    }
    let rounds = (0..6).flat_map(|n| [(format!("/x{n}"), format!("/y{n}")), (format!("/y{n}"), format!("/x{n}"))]);
    let pairs: Vec<(String, String)> = rounds.collect();
    let many = join_all(pairs.iter().map(|(from, to)| lead(&staff, from, to))).await;
    assert_eq!(many.iter().filter(|answer| answer.status == Status::SeeOther).count(), 6);
    // An archived product has no page any more.
    shop.sql(&format!("update products set status = 'archived' where id = {}", tea.product)).await;
    lead(&staff, "/products/tea", "/sale").await.is(Status::SeeOther);
    shop.hear_the_feed().await;
    assert_eq!(shop.get("/products/tea").await.location(), "/sale");
}
