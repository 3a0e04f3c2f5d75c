//! Markets and rates as staff make them: refused in words with the form refilled, written down, and seen by shoppers at once.

use rocket::http::Status;

use super::leipzig;
use crate::settings::value;

type Fields<'a> = Vec<(&'a str, &'a str)>;

fn market<'a>(changes: &[(&'a str, &'a str)]) -> Fields<'a> {
    let mut fields = vec![
        ("version", "0"),
        ("name", "Switzerland"),
        ("active", "yes"),
        ("countries", "CH"),
        ("currency", "CHF"),
        ("language", "de"),
        ("tax", "entered"),
        ("rounding", "90"),
    ];
    for (name, value) in changes {
        fields.retain(|field| field.0 != *name);
        fields.push((name, value));
    }
    fields
}

#[rocket::async_test]
async fn markets_desk_says_what_is_wrong_and_shoppers_see_what_is_right() {
    let shop = leipzig().await;
    shop.put("Green tea", 1000, 9).await;
    let staff = shop.staff("owner").await;
    staff.get("/admin/settings").await.is_ok().has("/admin/settings/markets");
    let page = staff.get("/admin/settings/markets").await;
    page.is_ok().shows("Main market").shows("all other countries").shows("No rates yet");
    let new = "/admin/settings/markets/new";
    staff.get(new).await.is_ok().keeps("currency", "EUR").shows("Japan").lacks("Austria");
    let early = staff.post(new, &market(&[])).await;
    early.is(Status::UnprocessableEntity).shows("what one unit of your currency is worth in CHF").keeps("name", "Switzerland");
    let rates = "/admin/settings/markets/rates";
    let today = shop.now().format("%Y-%m-%d").to_string();
    for (currency, rate, day, says) in [
        ("CHF", "much", &*today, "Write a rate as"),
        ("CHF", "0", &*today, "Write a rate as"),
        ("CHF", "0.95", "2099-01-01", "This day is yet to come"),
        ("CHF", "0.95", "someday", ""),
        ("EUR", "0.95", &*today, "needs no rate"),
        ("XXQ", "0.95", &*today, ""),
    ] {
        let refused = staff.post(rates, &[("currency", currency), ("rate", rate), ("day", day)]).await;
        refused.is(Status::UnprocessableEntity).shows(says).keeps("rate", rate);
    }
    staff.post(rates, &[("currency", "CHF"), ("rate", "0,95"), ("day", &today)]).await.goes_to("/admin/settings/markets");
    staff.get("/admin/settings/markets").await.is_ok().shows("1 EUR = 0.95 CHF");
    for (change, says) in [
        (("name", " "), "This is needed"),
        (("name", "MAIN MARKET"), "a market of this name"),
        (("tax", "some"), ""),
        (("rounding", "77"), ""),
    ] {
        staff.post(new, &market(&[change])).await.is(Status::UnprocessableEntity).shows(says);
    }
    let without: Fields<'_> = market(&[]).into_iter().filter(|field| field.0 != "countries").collect();
    staff.post(new, &without).await.is(Status::UnprocessableEntity).shows("Choose a country at least");
    staff.post(new, &market(&[])).await.goes_to("/admin/settings/markets");
    let swiss = shop.number("select id from markets where not is_primary").await;
    let path = format!("/admin/settings/markets/{swiss}");
    let again = staff.post(new, &market(&[("name", "Alps")])).await;
    again.is(Status::UnprocessableEntity).shows("Switzerland belongs to the market Switzerland");

    // At once, in the market's language; the one chosen by hand goes before it.
    let anna = shop.visitor();
    anna.post("/market", &[("market", &swiss.to_string())]).await.goes_to("/");
    anna.get("/products/green-tea").await.is_ok().has("<html lang=\"de\"").shows("9,90");
    anna.post("/preferences", &[("locale", "en")]).await;
    anna.get("/products/green-tea").await.is_ok().has("<html lang=\"en\"").shows("CHF 9.90");

    // A price list of its own, made in its form.
    let list = [
        ("name", "Francs"),
        ("active", "yes"),
        ("whom", "all"),
        ("sold", "markets"),
        ("currency", "CHF"),
        ("off", ""),
        ("from_quantity", "1"),
        ("rounding", "none"),
        ("begins", ""),
        ("ends", ""),
    ];
    staff.post("/admin/price-lists", &list).await.is(Status::UnprocessableEntity).shows("Choose a market at least");
    let list: Fields<'_> = list.into_iter().chain([("markets", &*swiss.to_string().leak())]).collect();
    let page = staff.post("/admin/price-lists", &list).await.location();
    staff
        .post(&format!("{page}/additions"), &[("sku", "GREEN-TEA"), ("pieces", "1"), ("amount", "7.77")])
        .await
        .is(Status::SeeOther);
    staff.get(&page).await.is_ok().keeps("currency", "CHF").keeps("sold", "markets").shows("Price in CHF");
    shop.hear_the_feed().await;
    anna.get("/products/green-tea").await.is_ok().shows("CHF 7.77");
    let kept: Fields<'_> = list.iter().map(|field| if field.0 == "currency" { ("currency", "EUR") } else { *field }).collect();
    let version = value(&staff.get(&page).await, "version");
    let kept: Fields<'_> = kept.into_iter().chain([("version", &*version)]).collect();
    staff.post(&page, &kept).await.is(Status::UnprocessableEntity).shows("The list has prices in its currency");

    // Nobody takes away what is needed, nor what somebody else changed.
    staff
        .post(&format!("{path}/removal"), &[])
        .await
        .is(Status::UnprocessableEntity)
        .shows("Price lists are for this market: Francs");
    let main = shop.number("select id from markets where is_primary").await;
    let removal = format!("/admin/settings/markets/{main}/removal");
    staff.post(&removal, &[]).await.is(Status::UnprocessableEntity).shows("The primary market cannot be removed");
    let late = staff.post(&path, &market(&[("version", "9"), ("name", "Alps")])).await;
    late.is(Status::UnprocessableEntity).shows("Somebody saved this market meanwhile").keeps("name", "Alps");
    staff.post(&format!("{page}/removal"), &[]).await.is(Status::SeeOther);
    staff.post(&format!("{path}/place"), &[("to", "up")]).await.goes_to("/admin/settings/markets");
    let off: Fields<'_> = market(&[("version", "1")]).into_iter().filter(|field| field.0 != "active").collect();
    staff.post(&path, &off).await.goes_to("/admin/settings/markets");
    anna.get("/products/green-tea").await.is_ok().shows("€10.00");
    staff.post(&format!("{path}/removal"), &[]).await.goes_to("/admin/settings/markets");
    for gone in ["/admin/settings/markets/999", &path] {
        staff.get(gone).await.is(Status::NotFound);
        staff.post(gone, &market(&[])).await.is(Status::NotFound);
    }
    let acts = "select count(*) from audit where action in ('market.saved', 'market.moved', 'market.removed', 'market.rate_set')";
    assert_eq!(shop.number(acts).await, 5);
}
