//! A session, a cart or a link that an attacker planted, kept or found is worth nothing.

use barrow::platform::base::Token;
use rocket::http::{Header, Status};

use super::{PASSWORD, enrol, hire, put_in, sign_in};
use crate::world::{TestShop, Visitor};

fn cookie(visitor: &Visitor, name: &str) -> String {
    visitor.cookies.lock().expect("cookies").get(name).cloned().unwrap_or_default()
}

const DOORS: [(&str, &str, &str); 2] = [("/admin", "staff", "/admin/sessions"), ("/account", "customer", "/account/security")];

#[rocket::async_test]
async fn a_planted_session_is_never_the_one_that_is_signed_in() {
    let shop = TestShop::open().await;
    hire(&shop, "anna@example.org").await;
    enrol(&shop, "anna@example.org").await;
    for (door, name, inside) in DOORS {
        let planted = Token::random().to_string();
        let victim = shop.visitor().with_cookie(name, &planted);
        victim.get(&format!("{door}/sign-in")).await.is_ok();
        sign_in(&victim, door, "anna@example.org", PASSWORD).await.is(Status::SeeOther);
        assert_ne!(cookie(&victim, name), planted);
        victim.get(inside).await.is_ok();
        shop.visitor().with_cookie(name, &planted).get(inside).await.is(Status::SeeOther);
    }
}

#[rocket::async_test]
async fn a_session_that_was_signed_out_or_superseded_opens_nothing() {
    let shop = TestShop::open().await;
    hire(&shop, "anna@example.org").await;
    enrol(&shop, "anna@example.org").await;
    for (door, name, inside) in DOORS {
        let victim = shop.visitor();
        sign_in(&victim, door, "anna@example.org", PASSWORD).await.is(Status::SeeOther);
        let stolen = cookie(&victim, name);
        shop.visitor().with_cookie(name, &stolen).get(inside).await.is_ok();
        victim.post(&format!("{door}/sign-out"), &[]).await.is(Status::SeeOther);
        shop.visitor().with_cookie(name, &stolen).get(inside).await.is(Status::SeeOther);
        sign_in(&victim, door, "anna@example.org", PASSWORD).await.is(Status::SeeOther);
        let stolen = cookie(&victim, name);
        let changed = [("current", PASSWORD), ("new", "another good password")];
        let other = shop.visitor();
        sign_in(&other, door, "anna@example.org", PASSWORD).await.is(Status::SeeOther);
        other.post(&format!("{door}/password"), &changed).await.is(Status::SeeOther);
        shop.visitor().with_cookie(name, &stolen).get(inside).await.is(Status::SeeOther);
    }
}

#[rocket::async_test]
async fn a_token_of_one_kind_opens_no_door_of_another() {
    let shop = TestShop::open().await;
    let (staff, customer) = (shop.staff("owner").await, shop.customer("anna@example.org").await);
    let (staff, customer) = (cookie(&staff, "staff"), cookie(&customer, "customer"));
    shop.visitor().with_cookie("customer", &staff).get("/account").await.is(Status::SeeOther);
    shop.visitor().with_cookie("staff", &customer).get("/admin").await.is(Status::SeeOther);
    for token in [&staff, &customer] {
        for path in ["/orders/", "/account/confirmation/", "/account/password-reset/", "/account/email/", "/first-run/"] {
            let status = shop.get(&format!("{path}{token}")).await.status;
            assert!(matches!(status, Status::NotFound | Status::Gone), "{path}: {status}");
        }
        // In the address it is nothing at all.
        shop.get(&format!("/admin?staff={token}")).await.is(Status::SeeOther);
        shop.get(&format!("/account?customer={token}")).await.is(Status::SeeOther);
    }
}

#[rocket::async_test]
async fn whoever_planted_a_cart_does_not_see_what_its_new_owner_puts_in() {
    let shop = TestShop::open().await;
    let (tea, cup) = (shop.put("Green tea", 450, 50).await, shop.put("Blue cup", 900, 50).await);
    enrol(&shop, "anna@example.org").await;
    let attacker = shop.visitor();
    put_in(&attacker, &tea).await;
    let victim = shop.visitor().with_cookie("cart", &cookie(&attacker, "cart"));
    sign_in(&victim, "/account", "anna@example.org", PASSWORD).await.is(Status::SeeOther);
    put_in(&victim, &cup).await;
    victim.get("/cart").await.is_ok().shows("Blue cup");
    let left = attacker.get("/cart").await;
    assert!(!left.is_ok().body().contains("action=\"/cart/lines/"), "the cart is not the attacker's any more");
    // A token that no cart has does not become one.
    let planted = Token::random().to_string();
    let victim = shop.visitor().with_cookie("cart", &planted);
    put_in(&victim, &tea).await;
    assert_ne!(cookie(&victim, "cart"), planted);
}

#[rocket::async_test]
async fn session_cookies_are_out_of_reach_of_scripts_other_sites_and_the_clear() {
    let shop = TestShop::with(&[("BARROW_PUBLIC_URL", "https://tea.example.org")]).await;
    hire(&shop, "anna@example.org").await;
    enrol(&shop, "anna@example.org").await;
    let tea = shop.put("Green tea", 450, 50).await;
    let variant = tea.variant.to_string();
    for (path, fields, name) in [
        ("/admin/sign-in", vec![("email", "anna@example.org"), ("password", PASSWORD)], "__Host-staff="),
        ("/account/sign-in", vec![("email", "anna@example.org"), ("password", PASSWORD)], "__Host-customer="),
        ("/cart/lines", vec![("variant", variant.as_str()), ("quantity", "1")], "__Host-cart="),
    ] {
        let answer = shop.visitor().post(path, &fields).await;
        answer.is(Status::SeeOther);
        let set: Vec<&String> =
            answer.headers.iter().filter(|(key, _)| key.eq_ignore_ascii_case("set-cookie")).map(|(_, value)| value).collect();
        assert!(set.iter().any(|cookie| cookie.starts_with(name)), "{path}: {set:?}");
        for cookie in set {
            let says = |word: &str| cookie.split("; ").any(|part| part == word);
            assert!(says("HttpOnly") && says("Secure") && says("SameSite=Lax") && says("Path=/"), "{cookie}");
            assert!(!cookie.contains("Domain"), "{cookie}");
        }
    }
}

#[rocket::async_test]
async fn private_pages_are_kept_nowhere_however_their_address_is_written() {
    let shop = TestShop::open().await;
    let (owner, anna) = (shop.staff("owner").await, shop.customer("anna@example.org").await);
    for (visitor, path) in [
        (&anna, "/account"),
        (&anna, "/%61ccount/security"),
        (&anna, "/account%2Fsecurity"),
        (&anna, "//account"),
        (&anna, "/cart"),
        (&anna, "/c%61rt"),
        (&anna, "/checkout"),
        (&owner, "/admin"),
        (&owner, "/%61dmin/orders"),
        (&owner, "/admin/no-such-page"),
        (&anna, "/orders/no-such-order"),
        (&anna, "/test-card/no-such-payment"),
    ] {
        let answer = visitor.send(shop.client.get(path).header(Header::new("Accept-Encoding", "identity"))).await;
        let private = answer.header("cache-control") == Some("no-store");
        assert!(private || answer.status == Status::NotFound, "{path}: {} {:?}", answer.status, answer.header("cache-control"));
        assert!(!answer.header("cache-control").unwrap_or_default().contains("public"), "{path}");
    }
}
