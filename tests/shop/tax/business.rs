//! Businesses and exempt customers where staff order for them, and where a customer orders on one page.

use super::*;

const DRAFT: &str = "/admin/drafts/1";

/// A draft with one tin, and the form of whom it is for.
async fn drafted(shop: &TestShop, manager: &Visitor, tea: &Shelf) {
    manager.post("/admin/drafts", &[]).await.goes_to(DRAFT);
    let fields = [("version", "1"), ("variant", &*tea.variant.to_string()), ("quantity", "1")];
    manager.post(&format!("{DRAFT}/lines"), &fields).await.goes_to(DRAFT);
    assert_eq!(shop.number("select version from draft_orders").await, 2);
}

/// The first way to send to a country.
async fn way_to(shop: &TestShop, country: &str) -> String {
    let first = "select min(m.id) from shipping_methods m join shipping_zone_countries c on c.zone_id = m.zone_id";
    shop.number(&format!("{first} where c.country = '{country}'")).await.to_string()
}

#[rocket::async_test]
async fn taxes_of_a_draft_for_a_business_are_none_once_its_number_is_proved() {
    let register = FakeRegister::default();
    let shop = german(register.clone()).await;
    let (tea, manager) = (shop.put("Tea tin", 1200, 50).await, shop.staff("manager").await);
    drafted(&shop, &manager, &tea).await;
    let way = way_to(&shop, "FR").await;
    let save = async |version: &str, vat_id: &str| {
        let whom = [("version", version), ("email", "buyer@exemple.fr"), ("language", "en"), ("shipping", &way)];
        let business = [("company", "Exemple SARL"), ("vat_id", vat_id)];
        let fields = with(&with(&with(&LEIPZIG, &PARIS), &whom), &business);
        manager.post(&format!("{DRAFT}/customer"), &fields).await
    };
    for (id, why) in [("FR1", "cannot be a VAT number"), (UNKNOWN, "does not know this VAT number")] {
        save("2", id).await.is(Status::UnprocessableEntity).shows(why).keeps("vat_id", id).keeps("company", "Exemple SARL");
    }
    assert_eq!(shop.number("select version from draft_orders").await, 2, "nothing was kept");
    register.away.store(true, Ordering::SeqCst);
    save("2", FRENCH).await.goes_to(DRAFT);
    manager.get(DRAFT).await.is_ok().shows("no answer").shows("with €2.83 VAT 20 %");
    register.away.store(false, Ordering::SeqCst);
    save("3", "fr 40 303 265 045").await.goes_to(DRAFT);
    // Of 12.00 and 5.00 that are paid in France there remain 10.00 and 4.17.
    let page = manager.get(DRAFT).await;
    page.is_ok().shows("WAPIAAAA42").shows("Société Exemple").shows("reverse charge").shows("€14.17");
    let fields = [("expected", &*value(&page, "expected")), ("seen", &*value(&page, "seen")), ("paid", "later")];
    let order = manager.post(&format!("{DRAFT}/order"), &fields).await.location();
    manager.get(&order).await.is_ok().shows("Reverse charge").shows("WAPIAAAA42");
    assert_eq!(shop.number("select total from orders").await, 1417);
    assert!(taxes_of_the_latest(&shop).await.is_empty());
    let proved = "select count(*) from order_tax_standings s join vat_checks c on c.id = s.vat_check_id where s.reverse_charge and c.answer = 'valid'";
    assert_eq!(shop.number(proved).await, 1);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn taxes_of_a_draft_for_an_exempt_customer_are_none() {
    let shop = german(FakeRegister::default()).await;
    let (tea, manager) = (shop.put("Tea tin", 1190, 50).await, shop.staff("manager").await);
    let id = shop.customer_id("school@example.org").await;
    manager.post(&format!("/admin/customers/{id}/tax-exemption"), &[("why", "School, no. 7")]).await.is(Status::SeeOther);
    drafted(&shop, &manager, &tea).await;
    manager.get(DRAFT).await.is_ok().lacks("No tax");
    let way = way_to(&shop, "DE").await;
    let whom = with(&LEIPZIG, &[("version", "2"), ("email", "School@example.org"), ("language", "en"), ("shipping", &way)]);
    manager.post(&format!("{DRAFT}/customer"), &whom).await.goes_to(DRAFT);
    let page = manager.get(DRAFT).await;
    page.is_ok().shows("€14.20");
    let fields = [("expected", &*value(&page, "expected")), ("seen", &*value(&page, "seen")), ("paid", "cash")];
    let order = manager.post(&format!("{DRAFT}/order"), &fields).await.location();
    manager.get(&order).await.is_ok().shows("No tax: School, no. 7");
    assert_eq!(shop.number("select total from orders").await, 1420);
    // On the one page of the customer, too.
    let school = shop.signed_in("school@example.org").await;
    let address = with(&LEIPZIG, &[("press", "save")]);
    school.post("/account/addresses/new", &address).await.goes_to("/account/addresses");
    school.post("/cart/lines", &[("variant", &tea.variant.to_string()), ("quantity", "1")]).await.goes_to("/cart");
    school.get("/checkout").await.is_ok().shows("pay €14.20");
    shop.is_sound().await;
}

#[rocket::async_test]
async fn taxes_of_a_business_on_one_page_and_its_number_kept_for_the_next_order() {
    let register = FakeRegister::default();
    let shop = german(register.clone()).await;
    let tea = shop.put("Tea tin", 1200, 50).await;
    let buyer = shop.customer("buyer@exemple.fr").await;
    let address = with(&with(&LEIPZIG, &PARIS), &[("company", "Exemple SARL"), ("press", "save")]);
    buyer.post("/account/addresses/new", &address).await.goes_to("/account/addresses");
    let put_in = async || {
        buyer.post("/cart/lines", &[("variant", &tea.variant.to_string()), ("quantity", "1")]).await.goes_to("/cart");
    };
    put_in().await;
    let page = buyer.get("/checkout").await;
    page.is_ok().shows("VAT number").shows("pay €17.00");
    let (address, way) = (shop.number("select id from customer_addresses").await.to_string(), value_of_radio(&page));
    let choices = |vat_id: &'static str, keep: &'static str| {
        vec![
            ("choice.address", address.clone()),
            ("choice.shipping", way.clone()),
            ("choice.payment", "bank_transfer".to_owned()),
            ("choice.vat_id", vat_id.to_owned()),
            ("choice.keep_vat_id", keep.to_owned()),
        ]
    };
    let send = async |path: &str, page: Option<&Answer>, choices: Vec<(&'static str, String)>| {
        let shown = page.map(|page| [("expected", value(page, "expected")), ("seen", value(page, "seen"))]);
        let all: Vec<(&str, String)> = choices.into_iter().chain(shown.into_iter().flatten()).collect();
        let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (*name, value.as_str())).collect();
        buyer.post(path, &all).await
    };
    for (id, why) in [("FR1", "cannot be a VAT number"), (UNKNOWN, "does not know this VAT number")] {
        for (path, shown) in [("/checkout/choices", None), ("/checkout/order", Some(&page))] {
            let again = send(path, shown, choices(id, "yes")).await;
            again.is(Status::UnprocessableEntity).shows(why).has(&format!("value=\"{id}\""));
        }
    }
    assert_eq!(
        shop.number("select count(*) from orders").await + shop.number("select count(*) from customers where vat_id <> ''").await,
        0
    );
    // The button shows the new total before anything is ordered.
    send("/checkout/order", Some(&page), choices(FRENCH, "")).await.is(Status::UnprocessableEntity).shows("pay €14.17");
    send("/checkout/choices", None, choices(FRENCH, "yes")).await.goes_to("/checkout");
    assert_eq!(shop.number(&format!("select count(*) from customers where vat_id = '{FRENCH}'")).await, 1);
    let page = buyer.get("/checkout").await;
    page.is_ok().shows("reverse charge").shows("pay €14.17");
    let order = send("/checkout/order", Some(&page), choices(FRENCH, "yes")).await.location();
    buyer.get(&order).await.is_ok().shows("Reverse charge").shows(FRENCH);
    assert!(taxes_of_the_latest(&shop).await.is_empty());

    // Next time it is there already, asked of the register again once it is not today's any more.
    shop.sql("update vat_checks set at = at - interval '2 days'").await;
    let asked = register.asked.load(Ordering::SeqCst);
    put_in().await;
    buyer.get("/checkout").await.is_ok().has(&format!("value=\"{FRENCH}\"")).shows("pay €14.17");
    assert_eq!(register.asked.load(Ordering::SeqCst), asked + 1);
    // The account shows it; it is changed there, and taken away.
    buyer.get("/account/details").await.is_ok().keeps("vat_id", FRENCH);
    let details = |id: &'static str| [("name", "Buyer"), ("language", "en"), ("vat_id", id)];
    buyer.post("/account/details", &details("FR1")).await.is(Status::UnprocessableEntity).keeps("vat_id", "FR1");
    buyer.post("/account/details", &details("")).await.goes_to("/account/details");
    assert_eq!(shop.number("select count(*) from customers where vat_id <> ''").await, 0);
    shop.is_sound().await;
}

/// The way to send that is ticked.
fn value_of_radio(page: &Answer) -> String {
    let body = page.body();
    let tag = body.split('<').find(|tag| tag.contains("name=\"choice.shipping\"") && tag.contains("checked"));
    let value = tag.and_then(|tag| tag.split("value=\"").nth(1)).expect("a way to send");
    value.split('"').next().unwrap_or_default().to_owned()
}
