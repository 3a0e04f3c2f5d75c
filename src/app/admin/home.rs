//! The management home: what waits to be done, the latest orders, what runs low, and what a new shop still needs.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, get, routes};

use super::queries::{self, Low, Recent, Waiting};
use crate::platform::access::{Person, Right, SignedIn, Staff};
use crate::platform::base::{Money, OrderNumber};
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::settings::LegalKind;
use crate::platform::shell::Page;
use crate::platform::web;

/// Something that waits for a person.
struct Todo {
    key: &'static str,
    count: i64,
    icon: &'static str,
    path: String,
    /// Something went wrong.
    urgent: bool,
}

/// A step of the setup guide; done or not is read from the data.
struct Step {
    /// `admin-guide-<name>`, with `-why` and `-do` beside it.
    name: &'static str,
    done: bool,
    path: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "admin/home_page.html")]
struct HomePage {
    page: Page,
    todo: Vec<Todo>,
    /// Empty: there are none, or this person may not see them.
    recent: Vec<Recent>,
    low: Vec<Low>,
    guide: Vec<Step>,
    sees_orders: bool,
    sees_products: bool,
    /// Nothing waits, and this person would see it if it did.
    calm: bool,
}

impl HomePage {
    fn steps_done(&self) -> usize {
        self.guide.iter().filter(|step| step.done).count()
    }

    fn order_path(&self, order: &Recent) -> String {
        paths::admin_order(OrderNumber(order.number))
    }

    fn total(&self, order: &Recent) -> String {
        let currency = order.currency.parse().unwrap_or(self.page.shop().currency);
        self.page.words.money(Money::new(order.total, currency))
    }

    fn placed(&self, order: &Recent) -> String {
        self.page.minute(order.placed_at, self.page.shop().zone)
    }
}

impl Recent {
    /// The one word that matters most now, and how its badge looks.
    fn badge(&self) -> (&'static str, &'static str) {
        match (self.status.as_str(), self.payment_status.as_str(), self.fulfilment_status.as_str()) {
            ("cancelled", ..) => ("admin-order-cancelled", "idle cross"),
            ("expired", ..) => ("admin-order-expired", "idle cross"),
            (_, "unpaid" | "partly_paid", _) => ("admin-order-unpaid", "wait"),
            (_, _, "unfulfilled") => ("admin-order-to-ship", "act"),
            (_, _, "partly_fulfilled") => ("admin-order-partly-shipped", "act half"),
            _ => ("admin-order-done", "done full"),
        }
    }
}

fn todo(of: &Waiting, me: &Person) -> Vec<Todo> {
    let orders = |payment: &str, fulfilment: &str| format!("{}?status=open{payment}{fulfilment}", paths::admin_orders());
    let list = [
        (
            Right::ViewMail,
            "admin-todo-mails",
            of.failed_mails,
            "triangle-alert",
            format!("{}?state=failed", paths::admin_mails()),
        ),
        (Right::ViewOrders, "admin-todo-ship", of.to_ship, "truck", orders("&payment=paid", "&fulfilment=unfulfilled")),
        (Right::ViewOrders, "admin-todo-unpaid", of.unpaid, "credit-card", orders("&payment=unpaid", "")),
        (Right::ViewProducts, "admin-todo-low", of.low, "boxes", format!("{}?only=low", paths::admin_inventory())),
    ];
    let waits = list.into_iter().filter(|(right, _, count, ..)| *count > 0 && me.may(*right));
    waits.map(|(_, key, count, icon, path)| Todo { key, count, icon, path, urgent: icon == "triangle-alert" }).collect()
}

/// What a shop needs before it sells; empty once all is done.
fn guide(of: &Waiting, page: &Page) -> Vec<Step> {
    let shop = page.shop();
    let described = !shop.street.is_empty() && !shop.city.is_empty() && shop.sender_email != "shop@localhost";
    let steps = [
        ("details", described, paths::admin_settings()),
        ("product", of.products > 0, paths::admin_products()),
        ("delivery", of.methods > 0, paths::admin_settings_delivery()),
        ("payment", !shop.bank_details.is_empty(), paths::admin_settings_payment()),
        ("tax", of.tax_rates > 0, paths::admin_settings_tax()),
        ("legal", of.legal_texts as usize == LegalKind::ALL.len(), paths::admin_settings_legal()),
        ("order", of.orders > 0, paths::home()),
    ];
    if steps.iter().all(|step| step.1) {
        return Vec::new();
    }
    steps.into_iter().map(|(name, done, path)| Step { name, done, path }).collect()
}

#[get("/admin")]
async fn show(page: Page, staff: Staff<SignedIn>, db: Db) -> web::Result<HomePage> {
    let (sees_orders, sees_products) = (staff.may(Right::ViewOrders), staff.may(Right::ViewProducts));
    let mut conn = db.get().await?;
    let waiting = queries::waiting(&mut conn, page.now).await?;
    let recent = if sees_orders && waiting.orders > 0 { queries::recent_orders(&mut conn).await? } else { Vec::new() };
    let low = if sees_products && waiting.low > 0 { queries::running_low(&mut conn, page.now).await? } else { Vec::new() };
    let todo = todo(&waiting, &staff);
    let guide = if staff.may(Right::ManageSettings) { guide(&waiting, &page) } else { Vec::new() };
    let calm = todo.is_empty() && sees_orders;
    Ok(HomePage { todo, recent, low, guide, sees_orders, sees_products, calm, page })
}

pub(super) fn routes() -> Vec<Route> {
    routes![show]
}
