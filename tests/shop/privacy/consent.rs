//! Scripts of other houses: none unless staff add one, none before a visitor agreed, none on pages about one person.

use rocket::http::Status;

use crate::world::{Answer, TestShop, Visitor};

const PAGE: &str = "/admin/settings/privacy";
const PARTIES: &str = "/admin/settings/privacy/third-parties";
const SCRIPT: &str = "https://stats.example.com/script.js";

fn policy(answer: &Answer) -> String {
    answer.header("content-security-policy").expect("a policy").to_owned()
}

async fn add(manager: &Visitor, name: &str, purpose: &str, script: &str, sites: &str) -> Answer {
    manager.post(PARTIES, &[("name", name), ("purpose", purpose), ("script", script), ("sites", sites)]).await
}

#[track_caller]
fn runs(answer: &Answer, script: &str) -> bool {
    answer.is_ok();
    let (tag, named) = (answer.body().contains(script), policy(answer).contains("stats.example.com"));
    assert!(!tag || named, "{}: the policy lets in what the page names", answer.asked);
    tag
}

#[rocket::async_test]
async fn nobody_is_asked_while_there_is_nothing_to_agree_to() {
    let shop = TestShop::open().await;
    let anna = shop.visitor();
    let home = anna.get("/").await;
    home.is_ok().lacks("Refuse all").lacks("Change your choice");
    assert!(!home.body().contains("<script src=\"https:") && !policy(&home).contains("http"), "{}", policy(&home));
    anna.get("/consent").await.is_ok().shows("There are none");
    anna.post("/consent", &[("wish", "all"), ("back", "/")]).await.goes_to("/");
    assert_eq!(shop.number("select count(*) from consents").await, 0);
    assert!(anna.cookies.lock().expect("cookies").get("consent").is_none());
}

#[rocket::async_test]
async fn staff_add_only_scripts_on_sites_that_are_named_exactly() {
    let shop = TestShop::open().await;
    let manager = shop.staff("manager").await;
    manager.get(PAGE).await.is_ok().shows("nobody is asked anything");
    for bad in [
        "",
        "http://stats.example.com/script.js",
        "javascript:alert(1)",
        "//stats.example.com/x.js",
        "https://u:p@stats.example.com/x.js",
        "https://*.example.com/x.js",
        "https://stats.example.com; script-src */x.js",
    ] {
        let answer = add(&manager, "Stats", "statistics", bad, "").await;
        answer.is(Status::UnprocessableEntity).keeps("name", "Stats");
    }
    for bad in ["http://a.example.com", "*", "https://a.example.com/path", "https://a.example.com 'unsafe-inline'"] {
        add(&manager, "Stats", "statistics", SCRIPT, bad).await.is(Status::UnprocessableEntity).shows("without a path");
    }
    add(&manager, "Stats", "necessary", SCRIPT, "").await.is(Status::UnprocessableEntity);
    add(&manager, "Stats", "statistics", SCRIPT, "https://api.example.net").await.goes_to(PAGE);
    add(&manager, "Again", "marketing", SCRIPT, "").await.is(Status::UnprocessableEntity).shows("there already");
    manager.get(PAGE).await.is_ok().shows("Stats").shows(SCRIPT);
    assert_eq!(shop.number("select count(*) from audit where action = 'settings.third_party_added'").await, 1);
    add(&shop.staff("content").await, "Stats", "statistics", "https://b.example.com/x.js", "").await.is(Status::Forbidden);
}

#[rocket::async_test]
async fn a_script_runs_only_for_whoever_agreed_and_only_where_nobody_is_named() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    let manager = shop.staff("manager").await;
    add(&manager, "Stats", "statistics", SCRIPT, "https://api.example.net").await.goes_to(PAGE);
    add(&manager, "Ads", "marketing", "https://ads.example.org/pixel.js", "").await.goes_to(PAGE);
    let (anna, berta, clara) = (shop.visitor(), shop.visitor(), shop.visitor());
    let asked = anna.get("/").await;
    asked.is_ok().shows("Refuse all").shows("Accept all").shows("Change your choice");
    let buttons: Vec<String> = asked
        .body()
        .split("<button")
        .filter(|part| part.contains("name=\"wish\""))
        .map(|part| part.split("name=").next().unwrap_or_default().to_owned())
        .collect();
    assert!(buttons.len() == 2 && buttons[0] == buttons[1], "both answers weigh the same: {buttons:?}");
    assert!(!runs(&asked, SCRIPT) && !policy(&asked).contains("example.com"));

    anna.post("/consent", &[("wish", "all"), ("back", "/products/green-tea")]).await.goes_to("/products/green-tea");
    for page in ["/", "/products/green-tea", "/products", "/legal/privacy"] {
        let answer = anna.get(page).await;
        assert!(runs(&answer, SCRIPT), "{page}");
        answer.has("<script src=\"https://ads.example.org/pixel.js\" async></script>").lacks("Refuse all");
        let policy = policy(&answer);
        let sites = "https://ads.example.org https://stats.example.com https://api.example.net";
        assert!(policy.contains(&format!("script-src 'self' {sites}")), "{policy}");
        assert!(policy.contains(&format!("connect-src 'self' {sites}")) && !policy.contains("unsafe"), "{policy}");
    }
    anna.post("/cart/lines", &[("variant", &tea.variant.to_string()), ("quantity", "1")]).await.goes_to("/cart");
    for page in ["/cart", "/checkout", "/account/sign-in"] {
        let answer = anna.get(page).await;
        assert!(!runs(&answer, SCRIPT) && !policy(&answer).contains("example"), "{page} is about one person");
    }
    assert!(!runs(&berta.get("/").await, SCRIPT), "what one agreed to is not another's");

    clara.post("/consent", &[("wish", "none"), ("back", "/")]).await.goes_to("/");
    let refused = clara.get("/").await;
    refused.lacks("Refuse all").shows("Change your choice");
    assert!(!runs(&refused, SCRIPT));
    clara.get("/consent").await.is_ok().shows("stats.example.com").shows("Ads (ads.example.org)");
    clara.post("/consent", &[("wish", "chosen"), ("marketing", "yes")]).await.goes_to("/consent");
    let some = clara.get("/").await;
    assert!(!runs(&some, SCRIPT));
    some.has("https://ads.example.org/pixel.js");
    clara.post("/consent", &[("wish", "none")]).await.goes_to("/consent");
    assert!(!clara.get("/").await.body().contains("ads.example.org"), "a choice is taken back");
    clara.post("/consent", &[("wish", "maybe")]).await.is(Status::UnprocessableEntity);
    clara.post("/consent", &[("wish", "all"), ("back", "https://evil.example")]).await.goes_to("/consent");

    let kept = "select count(*) from consents where visitor = (select visitor from consents where not statistics and not marketing limit 1)";
    assert_eq!(shop.number(kept).await, 4, "every choice of a visitor is recorded under one random name");
    assert_eq!(shop.number("select count(*) from consents where version = ''").await, 0);
    shop.get("/legal/privacy").await.is_ok().shows("Stats (stats.example.com, api.example.net)");
}

#[rocket::async_test]
async fn whoever_chose_is_asked_again_when_something_else_is_asked() {
    let shop = TestShop::open().await;
    let manager = shop.staff("manager").await;
    add(&manager, "Stats", "statistics", SCRIPT, "").await.goes_to(PAGE);
    let marta = shop.customer("marta@example.org").await;
    marta.post("/consent", &[("wish", "all"), ("back", "/")]).await.goes_to("/");
    assert!(runs(&marta.get("/").await, SCRIPT));
    assert_eq!(shop.number("select count(*) from consents where customer_id is not null").await, 1);
    add(&manager, "Ads", "marketing", "https://ads.example.org/pixel.js", "").await.goes_to(PAGE);
    let again = marta.get("/").await;
    again.shows("Refuse all");
    assert!(!runs(&again, SCRIPT), "an old answer is no answer to a new question");
    for id in 1..=2 {
        manager.post(&format!("{PARTIES}/{id}/removal"), &[]).await.goes_to(PAGE);
    }
    manager.post(&format!("{PARTIES}/9/removal"), &[]).await.goes_to(PAGE);
    let none = marta.get("/").await;
    none.lacks("Refuse all").lacks("Change your choice");
    assert!(!runs(&none, SCRIPT));
}
