//! Every mounted route is walked by everybody: guest, the customer whose things they are, another customer, and each role of the staff.
//! What happened is compared with the written matrix of `lines.rs`, from which `docs/security/access.md` is made
//! (`BARROW_WRITE_DOCS=1 cargo nextest run access_matrix` writes it).

mod lines;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use barrow::platform::base::Token;
use rocket::Route;
use rocket::http::{ContentType, Header, Method, Status};

use crate::world::{Answer, TestShop, Visitor};
use lines::{RIGHTS, ROOMS};

/// Who may come in at a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Everybody, and the answer is nobody's own.
    Anyone,
    /// Everybody; what they see or do is this browser's own, so no copy of it is kept.
    Visitor,
    /// Whoever has the unguessable link; any other link is not there.
    Link,
    /// Programs that sign what they send.
    Signature,
    /// Customers who are signed in.
    Customer,
    /// The customer whose thing it is; for other customers it is not there.
    Own,
    /// The browser whose cart it is; for all others it is not there.
    OwnCart,
    /// Staff who have this right.
    Staff(&'static str),
}

const ROLES: [&str; 6] = ["owner", "manager", "fulfilment", "support", "content", "analyst"];
const ANNA: &str = "anna@example.org";
const BERT: &str = "bert@example.org";

/// Who walks. Whatever is somebody's own is Anna's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Walker {
    Guest,
    Anna,
    Bert,
    Staff(&'static str),
}

impl Walker {
    fn all() -> impl Iterator<Item = Walker> {
        [Walker::Guest, Walker::Anna, Walker::Bert].into_iter().chain(ROLES.into_iter().map(Walker::Staff))
    }
}

/// What becomes of somebody at a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    In,
    /// Sent to the customers' or the staff's sign-in page.
    SignIn(&'static str),
    /// 401 or 403.
    Refused,
    /// 404 or 410.
    NotThere,
}

impl Fate {
    fn of(answer: &Answer) -> Option<Fate> {
        let to = answer.header("location").unwrap_or_default();
        Some(match answer.status {
            Status::SeeOther if to.starts_with("/account/sign-in?next=") => Fate::SignIn("/account"),
            Status::SeeOther if to.starts_with("/admin/sign-in?next=") => Fate::SignIn("/admin"),
            Status::Unauthorized | Status::Forbidden => Fate::Refused,
            Status::NotFound | Status::Gone => Fate::NotThere,
            status if status.code < 500 => Fate::In,
            _ => return None,
        })
    }

    fn in_words(self) -> &'static str {
        match self {
            Fate::In => "✓",
            Fate::SignIn(_) => "sign in",
            Fate::Refused => "403",
            Fate::NotThere => "404",
        }
    }
}

fn has(role: &str, right: &str) -> bool {
    RIGHTS.iter().any(|(name, roles)| *name == right && roles.contains(&role))
}

/// What the matrix says.
fn expected(who: Who, walker: Walker) -> Fate {
    match (who, walker) {
        (Who::Anyone | Who::Visitor | Who::Link, _) => Fate::In,
        (Who::Signature, _) => Fate::Refused,
        (Who::Customer, Walker::Anna | Walker::Bert) | (Who::Own | Who::OwnCart, Walker::Anna) => Fate::In,
        (Who::Own, Walker::Bert) | (Who::OwnCart, _) => Fate::NotThere,
        (Who::Customer | Who::Own, _) => Fate::SignIn("/account"),
        (Who::Staff(right), Walker::Staff(role)) if has(role, right) => Fate::In,
        (Who::Staff(_), Walker::Staff(_)) => Fate::Refused,
        (Who::Staff(_), _) => Fate::SignIn("/admin"),
    }
}

fn name_of(route: &Route) -> String {
    format!("{} {}", route.method, route.uri.path())
}

fn matrix() -> BTreeMap<&'static str, Who> {
    ROOMS.iter().flat_map(|(_, lines)| lines.iter().copied()).collect()
}

/// A shop in which Anna has an order, a cart, addresses and sessions, and Bert has a cart.
struct Place {
    shop: TestShop,
    variant: String,
    handle: String,
    order: (String, String),
    /// The token of a guest's order.
    guests: String,
    payment: i64,
    anna: i64,
}

impl Place {
    async fn open() -> Place {
        let shop = TestShop::open().await;
        let tea = shop.put("Green tea", 450, 500).await;
        let anna = shop.customer_id(ANNA).await;
        shop.customer_id(BERT).await;
        let order = shop.place(900, &[(&tea, 450, 2)]).await.expect("placed");
        let guests = shop.place(901, &[(&tea, 450, 1)]).await.expect("placed").token;
        shop.sql(&format!("update orders set customer_id = {anna} where cart_id = 900")).await;
        // Nobody closes an account by an empty form: a password is asked for.
        shop.sql("update customers set password_hash = 'none'").await;
        let payment = shop.number("select id from payments order by id limit 1").await;
        let variant = tea.variant.to_string();
        for email in [ANNA, BERT] {
            let fields = [("variant", variant.as_str()), ("quantity", "1")];
            shop.signed_in(email).await.post("/cart/lines", &fields).await.goes_to("/cart");
        }
        let number = shop.number("select number from orders where cart_id = 900").await.to_string();
        Place { variant, handle: tea.handle.clone(), order: (number, order.token), guests, payment, anna, shop }
    }

    async fn walker(&self, walker: Walker) -> Visitor {
        match walker {
            Walker::Guest => self.shop.visitor(),
            Walker::Anna => self.shop.signed_in(ANNA).await,
            Walker::Bert => self.shop.signed_in(BERT).await,
            Walker::Staff(role) => self.shop.staff(role).await,
        }
    }

    /// An address of this route that leads to something of Anna's, made afresh: the last walker may have removed it.
    async fn example(&self, route: &Route) -> String {
        let pattern = route.uri.path();
        let mut path = pattern.to_owned();
        for part in pattern.split('/').filter(|part| part.starts_with('<')) {
            path = path.replacen(part, &self.value(pattern, part).await, 1);
        }
        path
    }

    async fn value(&self, pattern: &str, part: &str) -> String {
        if pattern == "/orders/<token>/privacy" {
            return self.guests.clone();
        }
        let (room, of) = pattern.trim_start_matches('/').split_once('/').unwrap_or_default();
        match (room, of.split('/').next().unwrap_or_default(), part) {
            (_, "orders", "<number>") => self.order.0.clone(),
            ("orders", ..) => self.order.1.clone(),
            (_, "orders", "<payment>") => self.payment.to_string(),
            (_, _, "<variant>") => self.variant.clone(),
            (_, "customers", "<id>") => self.anna.to_string(),
            ("account", "addresses", _) => self.address().await,
            ("account", "sessions", _) => {
                self.shop.signed_in(ANNA).await;
                self.shop.number("select max(id) from customer_sessions").await.to_string()
            }
            ("account", "confirmation", _) if !pattern.contains("passkey") => self.link("register").await,
            ("account", "password-reset", _) => self.link("reset").await,
            ("account", "email", _) => self.link("change").await,
            ("cart", ..) => self.line().await,
            ("products" | "categories", ..) => self.handle.clone(),
            ("webhooks", ..) => "test_card".to_owned(),
            (_, _, "<token>" | "<reference>") => Token::random().to_string(),
            (_, _, "<what>") => "register".to_owned(),
            _ => "1".to_owned(),
        }
    }

    /// A fresh address in Anna's book.
    async fn address(&self) -> String {
        self.shop.sql(&format!("delete from customer_addresses where customer_id = {}", self.anna)).await;
        let fields = [
            ("country", "DE"),
            ("name", "Anna"),
            ("street", "Weg 1"),
            ("postal_code", "10115"),
            ("city", "Berlin"),
            ("press", "save"),
        ];
        self.shop.signed_in(ANNA).await.post("/account/addresses/new", &fields).await.goes_to("/account/addresses");
        self.shop.number("select max(id) from customer_addresses").await.to_string()
    }

    /// A line of Anna's cart.
    async fn line(&self) -> String {
        let fields = [("variant", self.variant.as_str()), ("quantity", "1")];
        self.shop.signed_in(ANNA).await.post("/cart/lines", &fields).await.goes_to("/cart");
        let of = format!("select l.id from cart_lines l join carts c on c.id = l.cart_id where c.customer_id = {}", self.anna);
        self.shop.number(&of).await.to_string()
    }

    /// A link of a mail to Anna that is still good.
    async fn link(&self, kind: &str) -> String {
        let token = Token::random();
        let (hash, anna) = (hex::encode(token.hash().as_bytes()), self.anna);
        self.shop
            .sql(&format!(
                "insert into customer_tokens (token_hash, kind, customer_id, email, name, password_hash, locale, created_at, expires_at)
                 values (decode('{hash}', 'hex'), '{kind}', {anna}, '{ANNA}', '', '!', 'en', now(), now() + interval '1 hour')"
            ))
            .await;
        token.to_string()
    }

    async fn ask(&self, visitor: &Visitor, route: &Route, path: String) -> Answer {
        let request = self.shop.client.req(route.method, path).header(Header::new("Sec-Fetch-Site", "same-origin"));
        let multipart = route.format.as_ref().is_some_and(|format| format.is_form_data());
        let request = match route.method {
            Method::Get | Method::Head => request,
            _ if multipart => {
                request.header("multipart/form-data; boundary=x".parse::<ContentType>().expect("a type")).body("--x--\r\n")
            }
            _ => request.header(ContentType::Form).body(""),
        };
        visitor.send(request).await
    }

    /// Sends these walkers to every route; what went otherwise than written.
    async fn walk(&self, walkers: impl Fn() -> Vec<Walker>) -> Vec<String> {
        let written = matrix();
        let routes: Vec<Route> = self.shop.client.rocket().routes().cloned().collect();
        let mut wrong = Vec::new();
        for route in &routes {
            let name = name_of(route);
            let Some(who) = written.get(name.as_str()).copied() else { continue };
            for walker in walkers() {
                let visitor = self.walker(walker).await;
                let path = self.example(route).await;
                let answer = self.ask(&visitor, route, path.clone()).await;
                if let Some(why) = amiss(who, walker, route, &answer, self.is_known(route)) {
                    wrong.push(format!("{name} ({path}): {walker:?} {why}"));
                }
            }
        }
        wrong
    }

    /// Whether [`Place::example`] leads to a thing that is there.
    fn is_known(&self, route: &Route) -> bool {
        let path = route.uri.path();
        let one = path.matches('<').count() == 1 && !path.contains("passkey");
        one && ["/orders/", "/account/confirmation/", "/account/password-reset/", "/account/email/"]
            .iter()
            .any(|of| path.starts_with(of))
    }
}

/// What is wrong with an answer, if anything.
fn amiss(who: Who, walker: Walker, route: &Route, answer: &Answer, known: bool) -> Option<String> {
    let Some(fate) = Fate::of(answer) else { return Some(format!("gets {}", answer.status)) };
    let wanted = expected(who, walker);
    let fits = match (who, wanted, fate) {
        // A thing that is not there is not there for those either who may see such things.
        (Who::Anyone | Who::Visitor | Who::Staff(_), Fate::In, Fate::NotThere) => true,
        // Nor is a question for a passkey, where there is none.
        (Who::Customer, Fate::In, Fate::NotThere) => route.uri.path().contains('<') || route.uri.path().ends_with("/question"),
        // Whoever signs in once more is signed out first.
        (Who::Customer, Fate::In, Fate::SignIn("/account")) => route.uri.path() == "/account/proof/again",
        // Nor a second step, where no first one was taken; management pages do not say so.
        (Who::Visitor, Fate::In, Fate::SignIn("/admin")) => route.uri.path().starts_with("/admin/sign-in/second-step"),
        // A link that is no good is not there; management pages do not even say that. A form may be refused before its link is looked at.
        (Who::Link, _, Fate::NotThere | Fate::SignIn("/admin")) => !known,
        (Who::Link, _, Fate::In) => known || answer.status == Status::UnprocessableEntity,
        (Who::Signature, _, Fate::NotThere) => true,
        _ => wanted == fate,
    };
    if !fits {
        return Some(format!("gets {} → {fate:?}, written is {who:?} → {wanted:?}", answer.status));
    }
    let kept = !answer.header("cache-control").unwrap_or_default().contains("no-store");
    let private = !matches!(who, Who::Anyone | Who::Signature);
    (private && kept).then(|| format!("may keep a copy of the answer of {} ({:?})", route.method, answer.header("cache-control")))
}

#[rocket::async_test]
async fn access_matrix_every_route_has_its_line_and_every_line_its_route() {
    let shop = TestShop::open().await;
    let routes: BTreeSet<String> = shop.client.rocket().routes().map(name_of).collect();
    let written = matrix();
    let unwritten = routes.iter().filter(|name| !written.contains_key(name.as_str()));
    let unwritten: Vec<String> = unwritten.map(|name| format!("(\"{name}\", Staff(\"…\")),")).collect();
    assert!(unwritten.is_empty(), "routes without a line in tests/shop/access_matrix/lines.rs:\n{}", unwritten.join("\n"));
    let unmounted: Vec<&&str> = written.keys().filter(|name| !routes.contains(**name)).collect();
    assert!(unmounted.is_empty(), "lines without a route: {unmounted:?}");
    let lines: usize = ROOMS.iter().map(|(_, lines)| lines.len()).sum();
    assert_eq!(lines, written.len(), "a route has two lines");
    let unknown: Vec<_> = written
        .values()
        .filter(|who| matches!(who, Who::Staff(right) if !RIGHTS.iter().any(|(name, _)| name == right)))
        .collect();
    assert!(unknown.is_empty(), "rights that RIGHTS does not name: {unknown:?}");
}

#[rocket::async_test]
async fn access_matrix_is_kept_for_guests_and_customers() {
    let place = Place::open().await;
    let wrong = place.walk(|| vec![Walker::Guest, Walker::Bert, Walker::Anna]).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[rocket::async_test]
async fn access_matrix_is_kept_for_every_role_of_the_staff() {
    let place = Place::open().await;
    let wrong = place.walk(|| ROLES.into_iter().rev().map(Walker::Staff).collect()).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The matrix as a page.
fn document() -> String {
    let mut page = String::from(
        "# Who may do what\n\n\
         Made from `tests/shop/access_matrix/lines.rs`; a test walks every mounted route as everybody named here and compares.\n\n\
         ✓ may, **sign in** is sent to the sign-in page, **403** is told that a right is missing, **404** is told that there is no such thing.\n\
         *Customer* is the one whose thing it is, *other* another customer. *Link*: whoever has the unguessable link; any other is not there.\n\
         *Signature*: programs that sign what they send; all others are refused. Answers of all lines but *everybody* are `no-store`.\n\n\
         ## Rights of the built-in roles\n\n",
    );
    let _ = writeln!(page, "| right | {} |\n|---|{}", ROLES.join(" | "), "---|".repeat(ROLES.len()));
    for (right, _) in RIGHTS {
        let cells: Vec<&str> = ROLES.iter().map(|role| if has(role, right) { "✓" } else { "" }).collect();
        let _ = writeln!(page, "| {right} | {} |", cells.join(" | "));
    }
    for (room, lines) in ROOMS {
        let _ = writeln!(page, "\n## {room}\n\n| route | who | guest | customer | other | {} |", ROLES.join(" | "));
        let _ = writeln!(page, "|---|---|{}", "---|".repeat(3 + ROLES.len()));
        for (route, who) in *lines {
            let cells: Vec<&str> = Walker::all().map(|walker| expected(*who, walker).in_words()).collect();
            let _ = writeln!(page, "| `{route}` | {} | {} |", in_words(*who), cells.join(" | "));
        }
    }
    page
}

fn in_words(who: Who) -> &'static str {
    match who {
        Who::Anyone => "everybody",
        Who::Visitor => "everybody, as themselves",
        Who::Link => "link",
        Who::Signature => "signature",
        Who::Customer => "customers",
        Who::Own => "its customer",
        Who::OwnCart => "its cart's browser",
        Who::Staff(right) => right,
    }
}

#[test]
fn access_matrix_the_document_says_what_is_written() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/security/access.md");
    let page = document();
    if std::env::var_os("BARROW_WRITE_DOCS").is_some() {
        std::fs::write(path, &page).expect("docs/security can be written");
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(kept == page, "docs/security/access.md is not what the matrix says: run with BARROW_WRITE_DOCS=1");
}
