//! The audit trail: the latest acts of staff, with what they changed.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, get, routes};
use serde_json::Value;

use crate::platform::access::queries::{self, Act};
use crate::platform::access::{ManageStaff, Staff};
use crate::platform::base::OrderNumber;
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web;

#[derive(Template, WebTemplate)]
#[template(path = "admin/audit_page.html")]
struct AuditPage {
    page: Page,
    acts: Vec<Act>,
    /// The id below which older acts begin.
    older: Option<i64>,
}

impl AuditPage {
    /// What was done, in words; an act that has none yet goes by its name.
    fn action(&self, act: &Act) -> String {
        // Zones and methods carry their number, so that each has its own last editor.
        let name = act.action.trim_end_matches(|sign: char| sign.is_ascii_digit()).trim_end_matches('.');
        let key = format!("admin-act-{}", name.replace(['.', '_'], "-"));
        if self.page.knows(&key) { self.page.t(&key) } else { act.action.clone() }
    }

    /// "order 1055", with the page it has.
    fn subject(&self, act: &Act) -> Option<(String, Option<String>)> {
        let id = act.subject_id?;
        let key = format!("admin-subject-{}", act.subject.replace('_', "-"));
        let word = if self.page.knows(&key) { self.page.t(&key) } else { act.subject.replace('_', " ") };
        let path = match act.subject.as_str() {
            "order" => act.order_number.map(|number| paths::admin_order(OrderNumber(number))),
            "product" => Some(paths::admin_product(id)),
            "category" => Some(paths::admin_category(id)),
            "variant" => Some(paths::admin_stock(id)),
            "draft" => Some(paths::admin_draft(id)),
            "mail" => Some(paths::admin_mail(id)),
            "media" => Some(paths::admin_picture(id)),
            "staff" => Some(paths::admin_staff_member(id)),
            "conversation" => Some(paths::admin_conversation(id)),
            _ => None,
        };
        // What was removed has no page any more.
        let gone = act.action.contains("removed") || act.action.contains("deleted") || act.action.contains("discarded");
        Some((format!("{word} {}", act.order_number.unwrap_or(id)), path.filter(|_| !gone)))
    }

    fn at(&self, act: &Act) -> String {
        self.page.lately(act.at, self.page.now, self.page.zone)
    }

    /// "price: 490 → 590", a line a field.
    fn changes(&self, act: &Act) -> Vec<String> {
        let text = |value: Option<&Value>| match value {
            None | Some(Value::Null) => "–".to_owned(),
            Some(Value::String(text)) => web::shortened(text, 120),
            Some(other) => web::shortened(&other.to_string(), 120),
        };
        let field = |side: &Option<Value>, name: &str| side.as_ref().and_then(|side| side.get(name)).cloned();
        match (&act.before, &act.after) {
            (Some(Value::Object(before)), Some(Value::Object(after))) => {
                let names = before.keys().chain(after.keys().filter(|name| !before.contains_key(*name)));
                let line = |name: &String| {
                    format!("{name}: {} → {}", text(field(&act.before, name).as_ref()), text(field(&act.after, name).as_ref()))
                };
                names.map(line).collect()
            }
            (_, Some(Value::Object(after))) => {
                after.iter().map(|(name, value)| format!("{name}: {}", text(Some(value)))).collect()
            }
            (before, after) => [before, after].into_iter().flatten().map(|value| text(Some(value))).collect(),
        }
    }
}

const ROWS: i64 = 50;

#[get("/admin/settings/audit?<before>")]
async fn show(page: Page, _staff: Staff<ManageStaff>, db: Db, before: rocket::form::Result<'_, i64>) -> web::Result<AuditPage> {
    let acts = queries::acts(&mut *db.get().await?, before.ok(), ROWS).await?;
    let older = (acts.len() as i64 == ROWS).then(|| acts.last().map(|act| act.id)).flatten();
    Ok(AuditPage { page, acts, older })
}

pub(super) fn routes() -> Vec<Route> {
    routes![show]
}
