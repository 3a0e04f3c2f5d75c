//! The audit trail: the acts of staff with what they changed, narrowed by who, what and when, also as a file.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{FromForm, Route, get, post, routes};
use serde_json::{Value, json};

use crate::platform::access::trail::{self, Act, Narrowed};
use crate::platform::access::{Fresh, ManageStaff, Staff, audit};
use crate::platform::base::{Broke, Day, Line, OrderNumber, Span};
use crate::platform::db::{Conn, Db};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, CsvFile};

#[derive(Template, WebTemplate)]
#[template(path = "admin/audit_page.html")]
struct AuditPage {
    page: Page,
    acts: Vec<Act>,
    asked: Asked,
    /// Acts to narrow to, with their words.
    actions: Vec<(String, String)>,
    older: Option<String>,
}

/// What the address narrows the trail to; what cannot be read narrows nothing.
#[derive(Clone, Debug, Default, FromForm)]
struct Asked {
    q: Option<Line<100>>,
    action: Option<Line<80>>,
    subject: Option<Line<40>>,
    id: Option<Line<20>>,
    from: Option<Day>,
    to: Option<Day>,
    before: Option<Line<20>>,
}

impl Asked {
    fn narrowed(&self, page: &Page) -> Narrowed {
        let text = |line: Option<&str>| line.unwrap_or_default().to_owned();
        let day = |day: Day| Span { from: day, to: day }.moments(page.zone);
        Narrowed {
            who: text(self.q.as_deref()),
            action: text(self.action.as_deref()),
            subject: text(self.subject.as_deref()),
            subject_id: self.id.as_ref().and_then(|id| id.parse().ok()),
            from: self.from.map(|from| day(from).0),
            until: self.to.map(|to| day(to).1),
        }
    }

    fn is_narrowed(&self) -> bool {
        !self.pairs().is_empty()
    }

    /// What narrows, as pairs of an address; without the place in the list.
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let lines = [("q", self.q.as_deref()), ("action", self.action.as_deref()), ("subject", self.subject.as_deref())];
        let lines = lines.into_iter().filter_map(|(name, line)| Some((name, line.filter(|line| !line.is_empty())?.to_owned())));
        let id = self.id.as_deref().filter(|id| !id.is_empty()).map(|id| ("id", id.to_owned()));
        let days = [("from", self.from), ("to", self.to)];
        let days = days.into_iter().filter_map(|(name, day)| Some((name, day?.to_string())));
        lines.chain(id).chain(days).collect()
    }

    /// The value of a field of the filter.
    fn value(&self, name: &str) -> String {
        self.pairs().into_iter().find(|(known, _)| *known == name).map(|(_, value)| value).unwrap_or_default()
    }
}

/// What was done, in words; an act that has none yet goes by its name. What stands behind the last points may be a number or a kind.
fn in_words(page: &Page, action: &str) -> String {
    let mut name = action;
    loop {
        let key = format!("admin-act-{}", name.replace(['.', '_'], "-"));
        match name.rsplit_once('.') {
            _ if page.knows(&key) => return page.t(&key),
            Some((above, _)) => name = above,
            None => return action.to_owned(),
        }
    }
}

impl AuditPage {
    fn action(&self, act: &Act) -> String {
        in_words(&self.page, &act.action)
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
            "customer" => Some(paths::admin_customer(id)),
            "conversation" => Some(paths::admin_conversation(id)),
            "gift_card" => Some(paths::admin_gift_card(id)),
            "promotion" => Some(paths::admin_promotion(id)),
            "price_list" => Some(paths::admin_price_list(id)),
            "market" => Some(paths::admin_market(id)),
            "transfer" => Some(paths::admin_transfer(id)),
            "stocktake" => Some(paths::admin_count(id)),
            "location" => Some(paths::admin_locations()),
            "menu_link" => Some(paths::admin_menus()),
            "customer_group" => Some(paths::admin_customer_groups()),
            "promotion_lane" => Some(paths::admin_promotion_lanes()),
            "saved_reply" => Some(paths::admin_saved_reply(id)),
            "shipping_zone" => Some(paths::admin_delivery_zone(id)),
            "tax_zone" => Some(paths::admin_tax_zone(id)),
            "sign_in_site" => Some(paths::admin_settings_site(id)),
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
            (Some(Value::Object(side)), None) | (None, Some(Value::Object(side))) => {
                side.iter().map(|(name, value)| format!("{name}: {}", text(Some(value)))).collect()
            }
            (before, after) => [before, after].into_iter().flatten().map(|value| text(Some(value))).collect(),
        }
    }

    /// Address and device, as far as they are known.
    fn whence(&self, act: &Act) -> String {
        [act.address.as_str(), act.device.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// The same acts as a file.
    fn file(&self) -> String {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(self.asked.pairs()).finish();
        paths::admin_audit_file(&query)
    }
}

const ROWS: i64 = 50;

#[get("/admin/settings/audit?<asked..>")]
async fn show(page: Page, _staff: Staff<ManageStaff>, db: Db, asked: Asked) -> web::Result<AuditPage> {
    let mut conn = db.get().await?;
    let before = asked.before.as_ref().and_then(|before| before.parse().ok());
    let acts = trail::acts(&mut conn, &asked.narrowed(&page), before, ROWS).await?;
    let last = (acts.len() as i64 == ROWS).then(|| acts.last().map(|act| act.id.to_string())).flatten();
    let older = last.map(|last| {
        let pairs = asked.pairs();
        let pairs: Vec<(&str, &str)> =
            pairs.iter().map(|(name, value)| (*name, value.as_str())).chain([("before", &*last)]).collect();
        paths::admin_audit_where(&pairs)
    });
    let actions = choices(&page, &mut conn).await?;
    Ok(AuditPage { page, acts, asked, actions, older })
}

/// Every kind of act there has been, by its words.
async fn choices(page: &Page, conn: &mut Conn) -> Result<Vec<(String, String)>, Broke> {
    let numbered = |action: &String| action.rsplit('.').next().is_some_and(|last| last.parse::<i64>().is_ok());
    let mut known: Vec<(String, String)> = Vec::new();
    for action in trail::actions(conn).await? {
        // Zones and methods carry their number, so that each has its own last editor.
        let name = if numbered(&action) { action.rsplit_once('.').map_or(&*action, |(above, _)| above) } else { &action };
        if !known.iter().any(|(other, _)| other == name) {
            known.push((name.to_owned(), in_words(page, name)));
        }
    }
    known.sort_by(|one, other| one.1.cmp(&other.1));
    Ok(known)
}

/// Rows of a file at most.
const FILE_ROWS: usize = 100_000;

/// Takes the trail out of the shop, as it is narrowed; that somebody did is written down in it.
#[post("/admin/settings/audit/file?<asked..>")]
async fn file(page: Page, staff: Fresh<ManageStaff>, db: Db, asked: Asked) -> web::Result<CsvFile> {
    let mut conn = db.get().await?;
    let titles = ["id", "at", "who", "act", "subject", "subject id", "before", "after", "address", "device"];
    let (narrowed, mut before, mut rows) = (asked.narrowed(&page), None, Vec::new());
    loop {
        let acts = trail::acts(&mut conn, &narrowed, before, 1000).await?;
        rows.extend(acts.iter().map(record));
        before = acts.last().map(|act| act.id);
        if acts.len() < 1000 || rows.len() >= FILE_ROWS {
            break;
        }
    }
    let after = json!({ "rows": rows.len(), "narrowed": asked.pairs().into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>() });
    audit(&mut conn, &staff, "audit.exported", "audit", None, None, Some(after)).await?;
    let name = format!("audit-{}", Day::of(page.now, page.zone));
    Ok(CsvFile::new(&name, &titles, rows.iter().map(|row| row.iter().map(String::as_str)))?)
}

fn record(act: &Act) -> [String; 10] {
    let json = |side: &Option<Value>| side.as_ref().map(Value::to_string).unwrap_or_default();
    [
        act.id.to_string(),
        act.at.to_rfc3339(),
        act.who.clone(),
        act.action.clone(),
        act.subject.clone(),
        act.order_number.or(act.subject_id).map(|id| id.to_string()).unwrap_or_default(),
        json(&act.before),
        json(&act.after),
        act.address.clone(),
        act.device.clone(),
    ]
}

pub(super) fn routes() -> Vec<Route> {
    routes![show, file]
}
