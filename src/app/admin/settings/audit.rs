//! The audit trail: the latest acts of staff, with what they changed.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, get, routes};
use serde_json::Value;

use crate::platform::access::queries::{self, Act};
use crate::platform::access::{ManageStaff, Staff};
use crate::platform::db::Db;
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
        let key = format!("admin-act-{}", act.action.replace(['.', '_'], "-"));
        if self.page.knows(&key) { self.page.t(&key) } else { act.action.clone() }
    }

    fn at(&self, act: &Act) -> String {
        self.page.minute(act.at, self.page.zone)
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
