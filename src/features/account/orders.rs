//! A customer's orders: the list, one of them, and buying the same again.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use crate::engines::payments::Gateways;
use crate::features::cart::{self, Visitor};
use crate::features::customers::{Customer, SignedIn};
use crate::features::orders::queries::{Begin, Filter, Order, Row, index, order_by_number, orders_by_numbers};
use crate::features::orders::views::{OrderSheet, read, standing};
use crate::platform::base::{Currency, Money, OrBreak, OrderId, OrderNumber, Quantity, Token};
use crate::platform::db::{Conn, Db};
use crate::platform::media::{Loading, PictureView, sizes};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Leading, Posted};

pub fn routes() -> Vec<Route> {
    routes![list, show, buy_again]
}

/// Pictures that a row of the list shows.
const PICTURES: usize = 2;

/// An order in the list.
pub struct OrderRow {
    pub title: String,
    pub path: String,
    pub badge: (String, &'static str),
    /// "23 November 2026 · €190.98"
    pub facts: String,
    pub pictures: Vec<PictureView>,
    pub again: String,
}

/// These orders, ready to print.
pub async fn rows_of(conn: &mut Conn, page: &Page, rows: &[(Row, i64)]) -> web::Result<Vec<OrderRow>> {
    let numbers: Vec<OrderNumber> = rows.iter().map(|(row, _)| OrderNumber(row.number)).collect();
    let whole = orders_by_numbers(conn, &numbers).await?;
    Ok(rows.iter().map(|(row, _)| row_of(page, row, whole.iter().find(|order| order.id == row.id))).collect())
}

fn row_of(page: &Page, row: &Row, order: Option<&Order>) -> OrderRow {
    let number = OrderNumber(row.number);
    let total = row.currency.parse::<Currency>().map(|currency| page.money(Money::new(row.total, currency)));
    let pictures = order.iter().flat_map(|order| &order.lines).filter_map(|line| line.picture.as_ref());
    OrderRow {
        title: page.named("orders-title", &row.number.to_string()),
        path: paths::account_order(number),
        badge: standing(page, row),
        facts: format!("{} · {}", page.day(row.placed_at, page.shop().zone), total.unwrap_or_default()),
        pictures: pictures.filter_map(|picture| picture.view("", sizes::LINE, Loading::Lazy)).take(PICTURES).collect(),
        again: paths::account_order_again(number),
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "account/orders_page.html")]
struct OrdersPage {
    page: Page,
    orders: Vec<OrderRow>,
    newer: Option<String>,
    older: Option<String>,
}

#[get("/account/orders?<before>&<after>")]
async fn list(
    customer: SignedIn,
    page: Page,
    db: Db,
    before: Option<OrderId>,
    after: Option<OrderId>,
) -> web::Result<OrdersPage> {
    let begin = match (before, after) {
        (Some(id), _) => Begin::Before(id),
        (None, Some(id)) => Begin::After(id),
        (None, None) => Begin::Newest,
    };
    let mut conn = db.get().await?;
    let filter = Filter { customer: Some(customer.id), ..Filter::default() };
    let found = index(&mut conn, &filter, begin).await?;
    let edge = |row: Option<&(Row, i64)>, there: bool| row.filter(|_| there).map(|row| row.0.id);
    Ok(OrdersPage {
        orders: rows_of(&mut conn, &page, &found.rows).await?,
        newer: edge(found.rows.first(), found.newer).map(paths::account_orders_after),
        older: edge(found.rows.last(), found.older).map(paths::account_orders_before),
        page,
    })
}

/// An order of this customer; anybody else's does not exist.
async fn own(conn: &mut Conn, customer: &Customer, number: OrderNumber) -> web::Result<Option<Order>> {
    Ok(order_by_number(conn, number).await?.filter(|order| order.customer == Some(customer.id)))
}

#[derive(Template, WebTemplate)]
#[template(path = "account/order_page.html")]
struct AccountOrderPage {
    page: Page,
    title: String,
    sheet: OrderSheet,
    again: String,
}

#[get("/account/orders/<number>")]
async fn show(
    customer: SignedIn,
    number: OrderNumber,
    page: Page,
    db: Db,
    gateways: &State<Gateways>,
) -> web::Result<Option<Leading<AccountOrderPage>>> {
    let mut conn = db.get().await?;
    let Some(order) = own(&mut conn, &customer, number).await? else { return Ok(None) };
    let sheet = OrderSheet { order: read(&mut conn, &page, &order).await?, page: page.clone(), declined: false };
    let title = page.named("orders-title", &number.to_string());
    let sites = sheet.order.sites(gateways);
    Ok(Some(Leading(AccountOrderPage { again: paths::account_order_again(number), sheet, title, page }, sites)))
}

/// Puts what can still be bought of an order in the cart; the cart says what cannot.
#[post("/account/orders/<number>/cart")]
async fn buy_again(
    customer: SignedIn,
    number: OrderNumber,
    visitor: Visitor,
    page: Page,
    db: Db,
) -> web::Result<Option<Posted<OrdersPage>>> {
    let mut conn = db.get().await?;
    let Some(order) = own(&mut conn, &customer, number).await? else { return Ok(None) };
    let wanted = order.lines.iter().filter_map(|line| Some((line.variant?, Quantity::new(line.quantity)?))).collect::<Vec<_>>();
    let (locale, customer, market) = (page.words.locale, Some(customer.id), page.market());
    let fresh = cart::commands::Fresh { token: Token::random(), locale, customer, market };
    let fewer = cart::commands::refill(&mut conn, visitor.cart, &fresh, &wanted, page.now).await.or_break()?;
    let fewer = fewer.unwrap_or_else(|never| match never {});
    Ok(Some(match fewer.is_empty() {
        true => Posted::done(paths::cart(), "account-again-all"),
        false => Posted::to(paths::cart_with_fewer(fewer)),
    }))
}
