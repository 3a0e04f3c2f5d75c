//! Search over everything: the page behind the palette, and the part of it that the palette fetches.

mod queries;

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Either, Route, form, get, routes};

use super::places::{self, Place};
use crate::features::messages::model::View;
use crate::features::messages::queries::{self as messages, Begin};
use crate::platform::access::{Right, SignedIn, Staff};
use crate::platform::base::{Line, Money, OrderNumber};
use crate::platform::db::{Conn, Db};
use crate::platform::media::{Loading, PictureView, sizes};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web;

/// Something found.
struct Item {
    path: String,
    icon: &'static str,
    /// A picture that stands for it, instead of the icon.
    picture: Option<PictureView>,
    /// Its name: before what was looked for, that itself, behind it.
    name: (String, String, String),
    /// What tells it from others.
    meta: String,
}

/// What was found of a kind.
struct Group {
    key: &'static str,
    items: Vec<Item>,
}

#[derive(Template, WebTemplate)]
#[template(path = "admin/search_page.html")]
struct SearchPage {
    page: Page,
    words: String,
    groups: Vec<Group>,
}

/// The same without the frame, for the palette.
#[derive(Template, WebTemplate)]
#[template(path = "admin/_found.html")]
struct FoundView {
    page: Page,
    words: String,
    groups: Vec<Group>,
}

#[get("/admin/search?<q>")]
async fn show(
    page: Page,
    _staff: Staff<SignedIn>,
    db: Db,
    q: form::Result<'_, Line<100>>,
) -> web::Result<Either<SearchPage, FoundView>> {
    let words = q.map(Line::into_string).unwrap_or_default();
    let mut groups = match words.is_empty() {
        true => Vec::new(),
        false => records(&page, &mut *db.get().await?, &words).await?,
    };
    groups.push(fitting("dash-found-commands", places::commands(&page), &words));
    groups.push(fitting("dash-found-pages", places::pages(&page), &words));
    groups.retain(|group| !group.items.is_empty());
    Ok(match page.partial {
        true => Either::Right(FoundView { page, words, groups }),
        false => Either::Left(SearchPage { page, words, groups }),
    })
}

/// Orders, customers and products, as far as whoever is signed in may see them.
async fn records(page: &Page, conn: &mut Conn, words: &str) -> web::Result<Vec<Group>> {
    let mut groups = Vec::new();
    let accounts = match page.may(Right::ViewCustomers) {
        true => queries::accounts(conn, words).await?,
        false => Vec::new(),
    };
    if page.may(Right::ViewOrders) {
        let orders = queries::orders(conn, words).await?;
        let items = orders.iter().take(6).map(|order| order_item(page, order, words)).collect();
        groups.push(Group { key: "dash-found-orders", items });
        let customers = queries::customers(conn, &orders, words).await?;
        let known = |customer: &&queries::Customer| accounts.iter().any(|account| account.email == customer.email);
        let guests = customers.iter().filter(|customer| !known(customer));
        let items = accounts.iter().map(|account| account_item(page, account, words));
        let items = items.chain(guests.map(|customer| customer_item(page, customer, words))).collect();
        groups.push(Group { key: "dash-found-customers", items });
    }
    if let Some(me) = page.staff.as_ref().filter(|me| me.may(Right::ViewMessages)) {
        let found = messages::list(conn, View::All, words, me.id, Begin::Newest).await?;
        let items = found.rows.iter().take(4).map(|talk| talk_item(page, talk, words)).collect();
        groups.push(Group { key: "messages-found", items });
    }
    if page.may(Right::ViewProducts) {
        let products = queries::products(conn, words).await?;
        let pictures = queries::pictures(conn, &products).await?;
        let item = |product: &queries::Product| {
            let picture = product.media.and_then(|id| pictures.get(&id)?.view("", sizes::THUMB, Loading::Lazy));
            Item {
                path: paths::admin_product(product.id),
                icon: "package",
                picture,
                name: parted(&product.title, words),
                meta: match product.sku.as_deref() {
                    Some(sku) => format!("{sku} · {}", page.t(&format!("catalog-status-{}", product.status))),
                    None => page.t(&format!("catalog-status-{}", product.status)),
                },
            }
        };
        groups.push(Group { key: "dash-found-products", items: products.iter().map(item).collect() });
    }
    Ok(groups)
}

fn order_item(page: &Page, order: &queries::Order, words: &str) -> Item {
    let currency = order.currency.parse().unwrap_or(page.shop().currency);
    let total = page.money(Money::new(order.total, currency));
    Item {
        path: paths::admin_order(OrderNumber(order.number)),
        icon: "receipt-text",
        picture: None,
        name: parted(&format!("#{} {}", order.number, order.customer_name), words.trim_start_matches('#')),
        meta: format!("{total} · {}", page.lately(order.placed_at, page.now, page.zone)),
    }
}

fn talk_item(page: &Page, talk: &messages::Row, words: &str) -> Item {
    Item {
        path: paths::admin_conversation(talk.id),
        icon: "inbox",
        picture: None,
        name: parted(format!("{}, {}", talk.name, talk.email).trim_start_matches(", "), words),
        meta: page.lately(talk.newest_at, page.now, page.zone),
    }
}

fn account_item(page: &Page, account: &queries::Account, words: &str) -> Item {
    Item {
        path: paths::admin_customer(account.id),
        icon: "user",
        picture: None,
        name: parted(format!("{}, {}", account.name, account.email).trim_start_matches(", "), words),
        meta: page.count("dash-orders-of-customer", account.orders),
    }
}

fn customer_item(page: &Page, customer: &queries::Customer, words: &str) -> Item {
    Item {
        path: paths::admin_orders_where(&[("email", &customer.email)]),
        icon: "user",
        picture: None,
        name: parted(&format!("{}, {}", customer.name, customer.email), words),
        meta: page.count("dash-orders-of-customer", customer.orders),
    }
}

/// The commands or pages whose name has all these words.
fn fitting(key: &'static str, places: Vec<Place>, words: &str) -> Group {
    let wanted = words.to_lowercase();
    let fits = |place: &Place| {
        let name = place.name.to_lowercase();
        wanted.split_whitespace().all(|word| name.contains(word))
    };
    let item = |place: Place| Item {
        name: parted(&place.name, words),
        path: place.path,
        icon: place.icon,
        picture: None,
        meta: String::new(),
    };
    Group { key, items: places.into_iter().filter(fits).map(item).collect() }
}

/// A name in three parts, so that what was looked for can be marked; the middle is empty where it does not stand in the name.
fn parted(name: &str, words: &str) -> (String, String, String) {
    let (small, wanted) = (name.to_lowercase(), words.trim().to_lowercase());
    let whole = || (name.to_owned(), String::new(), String::new());
    let Some(at) = small.find(&wanted).filter(|_| !wanted.is_empty()) else { return whole() };
    // Where small letters take other room than capital ones, nothing is marked.
    match (name.get(..at), name.get(at..at + wanted.len()), name.get(at + wanted.len()..)) {
        (Some(before), Some(hit), Some(behind)) if hit.to_lowercase() == wanted => (before.into(), hit.into(), behind.into()),
        _ => whole(),
    }
}

pub(super) fn routes() -> Vec<Route> {
    routes![show]
}

#[cfg(test)]
mod tests {
    use super::parted;

    #[test]
    fn what_was_looked_for_is_marked() {
        let parts = |name, words| parted(name, words);
        assert_eq!(parts("Electric Kettle", "kettle"), ("Electric ".into(), "Kettle".into(), String::new()));
        assert_eq!(parts("Émile", "ÉM"), (String::new(), "Ém".into(), "ile".into()));
        assert_eq!(parts("İstanbul tea", "tea").1.len() % 3, 0);
        assert_eq!(parts("Tea", ""), ("Tea".into(), String::new(), String::new()));
    }
}
