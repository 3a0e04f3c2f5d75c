//! Loading a set of rates that comes with the shop: first what it would do, then that.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, get, post, routes};

use super::{date, percent, today};
use crate::engines::tax::RatesRefused;
use crate::engines::tax::loading;
use crate::engines::tax::sets::{self, CLASSES, Change, Set, SetRow};
use crate::platform::access::{self, ManageSettings, Staff};
use crate::platform::base::{Broke, Failed, Line, OrBreak};
use crate::platform::db::{self, Conn, Db};
use crate::platform::paths;
use crate::platform::settings;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

/// A rate of the set and what happens with it.
struct RowView {
    place: String,
    class: String,
    rate: String,
    /// The key of what happens: "adds", "same", "follows", "stays".
    what: &'static str,
    /// The rate that is there.
    is: String,
    source: String,
    url: String,
    read: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "admin/tax_set_page.html")]
pub struct SetPage {
    page: Page,
    form: FormView,
    set: Set,
    title: String,
    /// The mark of what is shown.
    seen: String,
    rows: Vec<RowView>,
    /// How many rates are added, are so already, stay.
    counts: [usize; 3],
}

fn view(page: &Page, row: &SetRow, change: &Change) -> RowView {
    let country = page.country(row.country);
    let part = if row.zone.is_empty() { row.region.as_str() } else { row.zone.as_str() };
    let (what, is) = match change {
        Change::Adds => ("adds", None),
        Change::Same => ("same", None),
        Change::Follows { was, .. } => ("follows", Some(*was)),
        Change::Stays { is } => ("stays", Some(*is)),
    };
    RowView {
        place: if part.is_empty() { country } else { format!("{country}: {part}") },
        class: CLASSES.iter().find(|(code, _)| *code == row.class).map_or(String::new(), |(_, name)| (*name).to_owned()),
        rate: percent(page, row.rate),
        what,
        is: is.map(|is| percent(page, is)).unwrap_or_default(),
        source: row.source.name.clone(),
        url: row.source.url.clone(),
        read: row.source.date.map(|day| date(page, day)).unwrap_or_default(),
    }
}

impl SetPage {
    async fn read(conn: &mut Conn, page: Page, set: Set, form: FormView) -> Result<SetPage, Broke> {
        let changes = loading::difference(conn, set, today(&page)).await?;
        let count = |wanted: fn(&Change) -> bool| changes.iter().filter(|(_, change)| wanted(change)).count();
        let counts = [
            count(Change::does_something),
            count(|change| *change == Change::Same),
            count(|change| matches!(change, Change::Stays { .. })),
        ];
        let title = page.t(&format!("tax-set-{}", set.as_str().to_lowercase()));
        let rows = changes.iter().map(|(row, change)| view(&page, row, change)).collect();
        Ok(SetPage { seen: sets::mark(&changes), page, form, set, title, rows, counts })
    }

    /// How many rates loading adds.
    fn adds(&self) -> usize {
        self.counts[0]
    }

    /// "31 to add, 2 so already, 1 of yours stay"
    fn summary(&self) -> String {
        let [adds, same, stays] = self.counts.map(|count| self.page.number(count as i64));
        self.page.with("tax-set-counts", &[("adds", adds.into()), ("same", same.into()), ("stays", stays.into())])
    }

    fn hint(&self) -> String {
        self.page.t(&format!("tax-set-{}-hint", self.set.as_str().to_lowercase()))
    }
}

#[derive(FromForm)]
struct LoadForm {
    seen: Line<64>,
}

#[get("/admin/settings/tax/sets/<set>")]
async fn show(set: Set, page: Page, _staff: Staff<ManageSettings>, db: Db) -> web::Result<SetPage> {
    SetPage::read(&mut *db.get().await?, page, set, FormView::empty()).await
}

#[post("/admin/settings/tax/sets/<set>", data = "<form>")]
async fn load(
    set: Set,
    page: Page,
    staff: Staff<ManageSettings>,
    db: Db,
    form: Form<Contextual<'_, LoadForm>>,
) -> web::Result<Posted<SetPage>> {
    let (mut conn, today) = (db.get().await?, today(&page));
    let seen = form.value.as_ref().map(|input| input.seen.to_string()).unwrap_or_default();
    let loaded = db::transaction(&mut conn, async |tx: &mut Conn| -> Result<(), Failed<RatesRefused>> {
        settings::commands::hold(tx).await?;
        let added = loading::load(tx, set, &seen, today).await?;
        let after = serde_json::json!({ "set": set, "rates": added });
        access::audit(tx, &staff, "settings.tax_set", "settings", None, None, Some(after)).await?;
        Ok(())
    });
    match loaded.await.or_break()? {
        Ok(()) => Ok(Posted::done(paths::admin_settings_tax(), "tax-set-loaded")),
        Err(_) => {
            let form = FormView::empty().with_error("", page.t("tax-set-changed"));
            Ok(Posted::again(SetPage::read(&mut conn, page, set, form).await?))
        }
    }
}

pub fn routes() -> Vec<Route> {
    routes![show, load]
}
