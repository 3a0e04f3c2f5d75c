//! Taxes: classes, zones, days, delivery, businesses, who is exempt, what is declared. Figures are computed by hand.

mod business;
mod desk;
mod pickup;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use barrow::engines::tax::{Answer as Heard, Registers, VatId, VatRegister};
use rocket::async_trait;
use rocket::http::Status;

use super::settings::value;
use super::world::{Answer, Shelf, TestShop, Visitor};

/// A valid number of a French business, and one that nobody has.
const FRENCH: &str = "FR40303265045";
const UNKNOWN: &str = "FR83404833048";

/// A register that knows one number, and can be away.
#[derive(Clone, Default)]
struct FakeRegister {
    away: Arc<AtomicBool>,
    asked: Arc<AtomicUsize>,
}

#[async_trait]
impl VatRegister for FakeRegister {
    fn name(&self) -> &'static str {
        "VIES"
    }

    async fn ask(&self, id: &VatId, own: Option<&VatId>) -> Heard {
        self.asked.fetch_add(1, Ordering::SeqCst);
        match (self.away.load(Ordering::SeqCst), id.to_string() == FRENCH) {
            (true, _) => Heard::Away("closed for the night".into()),
            (_, false) => Heard::Invalid { consultation: String::new() },
            _ => {
                let consultation = own.map(|_| "WAPIAAAA42".to_owned()).unwrap_or_default();
                Heard::Valid { name: "Société Exemple".into(), address: "Paris".into(), consultation }
            }
        }
    }
}

/// A shop in Leipzig with prices that include tax: 19 % and 7 % at home, 20 % and 5.5 % in France.
async fn german(register: FakeRegister) -> TestShop {
    let shop = TestShop::made(&[], |shop| shop.registers = Registers::of(register)).await;
    shop.sql(
        "update settings set country = 'DE', currency = 'EUR', countries = '{DE,FR}', prices_include_tax = true;
         update tax_rules set sells_to_businesses = true, register = 'vies', vat_id = 'DE136695976';
         insert into shipping_zone_countries (country, zone_id) select 'FR', id from shipping_zones where name = 'Europe';
         insert into tax_zones (country) values ('FR');
         insert into tax_rates (zone_id, class_id, name, rate_millionths)
             select z.id, c.id, 'VAT', r.rate
               from (values ('DE', 'reduced', 70000), ('FR', 'standard', 200000), ('FR', 'reduced', 55000)) r (country, class, rate)
               join tax_zones z on z.country = r.country join tax_classes c on c.code = r.class",
    )
    .await;
    shop
}

async fn put_in_class(shop: &TestShop, shelf: &Shelf, class: &str) {
    let variant = shelf.variant;
    let class = format!("(select id from tax_classes where code = '{class}')");
    shop.sql(&format!("update variants set tax_class_id = {class} where id = {variant}")).await;
}

type Fields<'a> = Vec<(&'a str, &'a str)>;

fn with<'a>(fields: &[(&'a str, &'a str)], changes: &[(&'a str, &'a str)]) -> Fields<'a> {
    let kept = fields.iter().filter(|field| !changes.iter().any(|change| change.0 == field.0));
    kept.chain(changes).copied().collect()
}

const LEIPZIG: [(&str, &str); 7] = [
    ("email", "anna@example.org"),
    ("country", "DE"),
    ("name", "Anna Adler"),
    ("street", "Lange Straße 1"),
    ("city", "Leipzig"),
    ("postal_code", "04229"),
    ("payment", "bank_transfer"),
];
const PARIS: [(&str, &str); 3] = [("country", "FR"), ("city", "Paris"), ("postal_code", "75001")];

/// Fills the cart and sends the checkout's form.
async fn checked_out(shop: &TestShop, visitor: &Visitor, goods: &[(&Shelf, &str)], fields: &[(&str, &str)]) -> Answer {
    for (shelf, quantity) in goods {
        visitor.post("/cart/lines", &[("variant", &shelf.variant.to_string()), ("quantity", quantity)]).await.goes_to("/cart");
    }
    let country = fields.iter().find(|field| field.0 == "country").map_or("", |field| field.1);
    let method = format!(
        "select m.id from shipping_methods m join shipping_zone_countries c on c.zone_id = m.zone_id where c.country = '{country}' order by m.id limit 1"
    );
    let method = shop.number(&method).await.to_string();
    visitor.post("/checkout", &with(fields, &[("shipping", &method)])).await
}

/// Presses the last button; the page of the order.
async fn pressed(visitor: &Visitor) -> String {
    let look = visitor.get("/checkout/review").await;
    let (expected, seen) = (value(look.is_ok(), "expected"), value(&look, "seen"));
    visitor.post("/checkout/order", &[("expected", &expected), ("seen", &seen)]).await.location()
}

/// Somebody new buys; the page of the order.
async fn bought(shop: &TestShop, goods: &[(&Shelf, &str)], fields: &[(&str, &str)]) -> (Visitor, String) {
    let visitor = shop.visitor();
    checked_out(shop, &visitor, goods, fields).await.goes_to("/checkout/review");
    let order = pressed(&visitor).await;
    assert!(order.starts_with("/orders/"), "{order}");
    (visitor, order)
}

/// "190000:190" for every tax of the latest order, its lines' first.
async fn taxes_of_the_latest(shop: &TestShop) -> Vec<String> {
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        text: String,
    }
    let query = "select rate_millionths || ':' || amount as text from order_taxes
                  where order_id = (select max(id) from orders) order by order_line_id nulls last, rate_millionths desc";
    let rows: Vec<Row> =
        diesel_async::RunQueryDsl::load(diesel::sql_query(query), &mut *shop.conn().await).await.expect("the taxes");
    rows.into_iter().map(|row| row.text).collect()
}

/// Staff say that the money of an order came.
async fn paid(shop: &TestShop, manager: &Visitor, order: &str) {
    let token = order.trim_start_matches("/orders/");
    let number = shop.number(&format!("select number from orders where token = '{token}'")).await;
    let total = shop.number(&format!("select total from orders where token = '{token}'")).await;
    let version = shop.number(&format!("select version from orders where token = '{token}'")).await.to_string();
    let amount = format!("{}.{:02}", total / 100, total % 100);
    let path = format!("/admin/orders/{number}");
    manager.post(&format!("{path}/payment"), &[("version", &version), ("amount", &amount)]).await.goes_to(&path);
}

/// Sends the rules of taxes, with some of them typed anew.
async fn rule(staff: &Visitor, typed: &[(&str, &str)]) -> Answer {
    let page = staff.get("/admin/settings/tax/rules").await;
    let seen = value(page.is_ok().keeps("vat_id", "DE136695976"), "seen");
    let usual = [
        ("seen", seen.as_str()),
        ("shipping_class", ""),
        ("cross_border", "same_price"),
        ("sells_to_businesses", "yes"),
        ("vat_id", "DE136695976"),
        ("register", "vies"),
        ("unproved", "tax"),
    ];
    staff.post("/admin/settings/tax/rules", &with(&usual, typed)).await
}

#[rocket::async_test]
async fn taxes_goods_of_two_rates_delivery_with_the_greater_part_and_what_is_declared() {
    let shop = german(FakeRegister::default()).await;
    let (tea, book) = (shop.put("Tea tin", 1190, 50).await, shop.put("Cookbook", 2140, 50).await);
    put_in_class(&shop, &book, "reduced").await;
    let manager = shop.staff("manager").await;

    // 11.90 has 1.90 at 19 %, 21.40 has 1.40 at 7 %; the books are the greater part, so of 5.00 delivery 0.33 are tax: 500 × 7 ÷ 107 = 32.71.
    let (anna, at_home) = bought(&shop, &[(&tea, "1"), (&book, "1")], &LEIPZIG).await;
    assert_eq!(taxes_of_the_latest(&shop).await, ["190000:190", "70000:140", "70000:33"]);
    assert_eq!(shop.number("select total from orders").await, 3830);
    anna.get(&at_home).await.is_ok().shows("€1.90").shows("€1.73");
    paid(&shop, &manager, &at_home).await;

    // The same price in France: of 23.80 there 3.97 are tax at 20 %, of 5.00 there 0.83. Half of it goes back.
    let (_, abroad) = bought(&shop, &[(&tea, "2")], &with(&LEIPZIG, &PARIS)).await;
    assert_eq!(taxes_of_the_latest(&shop).await, ["200000:397", "200000:83"]);
    paid(&shop, &manager, &abroad).await;
    shop.sql(
        "insert into payment_refunds (payment_id, amount, state, idempotency_key, at)
             select p.id, 1440, 'sent', 'half', now() from payments p join orders o on o.id = p.order_id where o.total = 2880;
         update orders set payment_status = 'partly_refunded' where total = 2880",
    )
    .await;
    // Nobody paid for this one.
    bought(&shop, &[(&book, "1")], &with(&LEIPZIG, &PARIS)).await;
    assert_eq!(taxes_of_the_latest(&shop).await, ["55000:112", "55000:26"]);

    // Home: 10.00 + 1.90; 20.00 + 4.67 and 1.40 + 0.33. France: half of 24.00 and of 4.80.
    let report = manager.get("/admin/tax-report").await;
    report.is_ok().shows("Germany VAT 19% 1 €10.00 €1.90 €11.90 €0.00");
    report.shows("Germany VAT 7% 1 €24.67 €1.73 €26.40 €0.00");
    report.shows("France OSS VAT 20% 1 €12.00 €2.40 €14.40 €14.40").lacks("5.5%").shows("Tax in all: €6.03");
    let today = shop.now().format("%Y-%m-%d").to_string();
    let file = manager.get(&format!("/admin/tax-report/file?from={today}&to={today}")).await;
    file.is_ok().has("FR,,VAT,20,yes,EUR,1,12.00,2.40,14.40").has("DE,,VAT,7,no,EUR,1,24.67,1.73,0.00");
    manager.get("/admin/takings").await.is_ok().has("/admin/tax-report?from=");
    for wrong in ["from=soon", "from=2026-03-01&to=2026-01-01"] {
        manager.get(&format!("/admin/tax-report?{wrong}")).await.is(Status::UnprocessableEntity);
    }
    manager.get("/admin/tax-report/file?from=soon&to=never").await.is(Status::NotFound);
    manager.get("/admin/tax-report?from=2020-01-01&to=2020-03-31").await.is_ok().shows("Nothing was paid in these days");

    // A net price that stays: 11.90 at home is 12.00 in France.
    rule(&manager, &[("cross_border", "net_price")]).await.goes_to("/admin/settings/tax/rules");
    bought(&shop, &[(&tea, "1")], &with(&LEIPZIG, &PARIS)).await;
    assert_eq!(shop.number("select goods_total from orders order by id desc limit 1").await, 1200);
    assert_eq!(taxes_of_the_latest(&shop).await, ["200000:200", "200000:84"], "of 5.04 for delivery, 0.84");
    shop.is_sound().await;
}

#[rocket::async_test]
async fn taxes_of_a_state_and_a_county_add_up_on_top_of_the_price() {
    let shop = TestShop::open().await;
    shop.sql(
        "update settings set country = 'US', countries = '{US}', prices_include_tax = false;
         insert into tax_zones (country, region, postcodes, name) values ('US', 'CA', '', 'California'), ('US', '', '90000-90099', 'Los Angeles');
         insert into tax_rates (zone_id, class_id, name, rate_millionths)
             select z.id, c.id, r.name, r.rate
               from (values ('California', 'State tax', 72500), ('Los Angeles', 'State tax', 60000), ('Los Angeles', 'County tax', 35000)) r (zone, name, rate)
               join tax_zones z on z.name = r.zone join tax_classes c on c.is_default",
    )
    .await;
    let pot = shop.put("Teapot", 5000, 9).await;
    let to = |code: &'static str, city: &'static str| {
        with(&LEIPZIG, &[("country", "US"), ("region", "CA"), ("city", city), ("postal_code", code)])
    };
    // 6 % and 3.5 % of 50.00 are 3.00 and 1.75; of 5.00 delivery 0.30 and 0.175, which is 0.18.
    bought(&shop, &[(&pot, "1")], &to("90012", "Los Angeles")).await;
    assert_eq!(taxes_of_the_latest(&shop).await, ["60000:300", "35000:175", "60000:30", "35000:18"]);
    assert_eq!(shop.number("select total from orders").await, 5500 + 475 + 48);
    // Elsewhere in the state its own rate: 3.625, which is 3.63, and 0.3625, which is 0.36.
    bought(&shop, &[(&pot, "1")], &to("94103", "San Francisco")).await;
    assert_eq!(taxes_of_the_latest(&shop).await, ["72500:363", "72500:36"]);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn taxes_a_business_of_another_member_state_accounts_for_itself_once_it_is_proved() {
    let register = FakeRegister::default();
    let shop = german(register.clone()).await;
    let tea = shop.put("Tea tin", 1200, 50).await;
    let business = |id: &'static str| with(&with(&LEIPZIG, &PARIS), &[("company", "Exemple SARL"), ("vat_id", id)]);
    let visitor = shop.visitor();
    for (id, why) in [("FR1", "cannot be a VAT number"), (UNKNOWN, "does not know this VAT number")] {
        let form = checked_out(&shop, &visitor, &[(&tea, "1")], &business(id)).await;
        form.is(Status::UnprocessableEntity)
            .shows(why)
            .has("href=\"#vat_id\"")
            .keeps("vat_id", id)
            .keeps("company", "Exemple SARL");
    }
    assert_eq!(shop.number("select count(*) from vat_checks where answer = 'invalid'").await, 1);

    // Of 12.00 and 5.00 that are paid in France there remain 10.00 and 4.17.
    let (anna, order) = bought(&shop, &[(&tea, "1")], &business("fr 40 303 265 045")).await;
    assert_eq!(shop.number("select total from orders").await, 1417);
    assert!(taxes_of_the_latest(&shop).await.is_empty());
    anna.get(&order).await.is_ok().shows("Reverse charge: the customer accounts for the VAT").shows(FRENCH);
    let manager = shop.staff("manager").await;
    let number = shop.number("select number from orders").await;
    manager.get(&format!("/admin/orders/{number}")).await.is_ok().shows("WAPIAAAA42").shows("Société Exemple");
    manager
        .get(&format!("/admin/orders/sheets/receipts?order={number}"))
        .await
        .is_ok()
        .shows("Reverse charge")
        .shows("DE136695976");
    shop.work().await;
    assert_eq!(
        shop.number("select count(*) from mails where kind = 'order_placed' and body_text like '%Reverse charge%'").await,
        1
    );
    shop.get("/legal/privacy").await.is_ok().shows("checked with the VIES register");
    let asked = register.asked.load(Ordering::SeqCst);
    bought(&shop, &[(&tea, "1")], &business(FRENCH)).await;
    assert_eq!(register.asked.load(Ordering::SeqCst), asked, "what was proved today is not asked again");

    // While the register is away there is tax, unless the shop takes it on trust.
    register.away.store(true, Ordering::SeqCst);
    shop.sql("update vat_checks set at = at - interval '2 days'").await;
    bought(&shop, &[(&tea, "1")], &business(FRENCH)).await;
    assert_eq!(taxes_of_the_latest(&shop).await, ["200000:200", "200000:83"]);
    rule(&manager, &[("unproved", "accept")]).await.goes_to("/admin/settings/tax/rules");
    bought(&shop, &[(&tea, "1")], &business(FRENCH)).await;
    assert!(taxes_of_the_latest(&shop).await.is_empty());
    // At home a number changes nothing.
    bought(&shop, &[(&tea, "1")], &with(&LEIPZIG, &[("vat_id", "DE136695976")])).await;
    assert_eq!(taxes_of_the_latest(&shop).await, ["190000:192", "190000:80"]);
    // What is picked up at the shop is sold there, wherever whoever fetches it lives.
    shop.sql(
        "insert into shipping_methods (zone_id, name, price, days_min, days_max, position, kind, location_id)
         select zone_id, 'Pick-up', 0, 0, 0, 9, 'pickup', (select min(id) from locations) from shipping_zone_countries where country = 'FR'",
    )
    .await;
    let (pickup, bert) = (shop.number("select max(id) from shipping_methods").await.to_string(), shop.visitor());
    checked_out(&shop, &bert, &[(&tea, "1")], &business(FRENCH)).await.goes_to("/checkout/review");
    bert.post("/checkout", &with(&business(FRENCH), &[("shipping", &pickup)])).await.goes_to("/checkout/review");
    pressed(&bert).await;
    assert_eq!(taxes_of_the_latest(&shop).await.first().map(String::as_str), Some("190000:192"));
    assert_eq!(shop.number("select total from orders order by id desc limit 1").await, 1200);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn taxes_are_not_taken_from_whom_staff_exempt() {
    let shop = german(FakeRegister::default()).await;
    let tea = shop.put("Tea tin", 1190, 50).await;
    let id = shop.customer_id("school@example.org").await;
    let (manager, school) = (shop.staff("manager").await, shop.signed_in("school@example.org").await);
    let desk = format!("/admin/customers/{id}");
    manager.post(&format!("{desk}/tax-exemption"), &[("why", " ")]).await.is(Status::UnprocessableEntity).has("href=\"#why\"");
    manager.post(&format!("{desk}/tax-exemption"), &[("why", "School, no. 7")]).await.goes_to(&desk);
    manager.get(&desk).await.is_ok().shows("Pays no tax: School, no. 7").shows("No tax is taken any more");
    manager.post("/admin/customers/999999/tax-exemption", &[("why", "Nobody")]).await.is(Status::NotFound);

    let fields = with(&LEIPZIG, &[("email", "school@example.org")]);
    checked_out(&shop, &school, &[(&tea, "1")], &fields).await.goes_to("/checkout/review");
    let order = pressed(&school).await;
    assert_eq!(shop.number("select total from orders").await, 1420, "10.00 of 11.90, and 4.20 of 5.00");
    school.get(&order).await.is_ok().shows("No tax: School, no. 7");
    manager.post(&format!("{desk}/tax-exemption/removal"), &[]).await.goes_to(&desk);
    manager.post(&format!("{desk}/tax-exemption/removal"), &[]).await.is(Status::NotFound);
    school.get(&order).await.is_ok().shows("No tax: School, no. 7");

    manager.post("/admin/customer-groups", &[("name", "Charities")]).await.goes_to("/admin/customer-groups");
    let group = shop.number("select id from customer_groups").await.to_string();
    let groups = "/admin/customer-groups/tax-exemption";
    for wrong in [[("group", "999999"), ("why", "None")], [("group", &*group), ("why", "")]] {
        manager.post(groups, &wrong).await.is(Status::UnprocessableEntity);
    }
    manager.post(groups, &[("group", &group), ("why", "Charity")]).await.goes_to("/admin/customer-groups");
    manager.get("/admin/customer-groups").await.is_ok().shows("Pays no tax: Charity");
    manager.post(&format!("{desk}/groups"), &[("group", &group)]).await.goes_to(&desk);
    checked_out(&shop, &school, &[(&tea, "1")], &fields).await.goes_to("/checkout/review");
    pressed(&school).await;
    assert!(taxes_of_the_latest(&shop).await.is_empty());
    manager.post(&format!("/admin/customer-groups/{group}/tax-exemption/removal"), &[]).await.goes_to("/admin/customer-groups");
    assert_eq!(shop.number("select count(*) from audit where action like 'customer%tax_exempt%'").await, 4);
    assert_eq!(shop.number("select count(*) from audit where after::text like '%School%'").await, 0);
}
