//! The books for staff: what the last look found, and looking now.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, get, post, routes};

use super::jobs::LookAtBooks;
use super::model::Outcome;
use super::queries::{self, Look};
use crate::app::shop::Shop;
use crate::platform::access::{ManageSettings, Staff};
use crate::platform::base::{Failed, Never, OrBreak};
use crate::platform::db::{self, Conn, Db};
use crate::platform::jobs::{self, Job};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Posted};

pub fn routes() -> Vec<Route> {
    routes![show, look]
}

#[derive(Template, WebTemplate)]
#[template(path = "books/books_page.html")]
struct BooksPage {
    page: Page,
    last: Option<LastView>,
    /// When, and what was found.
    earlier: Vec<(String, String)>,
}

struct LastView {
    heading: String,
    text: String,
    /// What is wrong: what, where, what to do.
    drift: Vec<(String, String, String)>,
    notes: Vec<(String, String)>,
    well: Vec<String>,
}

impl BooksPage {
    fn new(page: Page, looks: Vec<Look>) -> BooksPage {
        let mut looks = looks.into_iter();
        let last = looks.next().map(|look| LastView::new(&page, &look));
        let earlier = looks.map(|look| (page.minute(look.at, page.zone), found(&page, &look))).collect();
        BooksPage { page, last, earlier }
    }
}

impl LastView {
    fn new(page: &Page, look: &Look) -> LastView {
        let say = |one: &Outcome, part: &str| page.t(&format!("books-{}-{part}", one.rule));
        let at = |one: &Outcome| page.with("books-of", &[("count", one.count.into()), ("names", one.shown().into())]);
        let all = || look.outcomes.iter();
        let drift: Vec<_> = all().filter(|one| one.is_drift()).map(|one| (say(one, "broken"), at(one), say(one, "do"))).collect();
        let when = page.minute(look.at, page.zone);
        let values = [("count", (look.outcomes.len() as i64).into()), ("when", when.into()), ("took", look.took.into())];
        let (heading, text) = match drift.len() {
            0 => (page.t("books-all-well"), page.with("books-all-well-text", &values)),
            count => (page.count("books-drift", count as i64), page.with("books-looked", &values)),
        };
        LastView {
            heading,
            text,
            drift,
            notes: all().filter(|one| one.harmless && one.count > 0).map(|one| (say(one, "broken"), at(one))).collect(),
            well: all().filter(|one| one.count == 0).map(|one| say(one, "well")).collect(),
        }
    }
}

fn found(page: &Page, look: &Look) -> String {
    match look.outcomes.iter().filter(|one| one.is_drift()).count() {
        0 => page.t("books-all-well"),
        count => page.count("books-drift", count as i64),
    }
}

#[get("/admin/books")]
async fn show(page: Page, _staff: Staff<ManageSettings>, db: Db) -> web::Result<BooksPage> {
    let looks = queries::looks(&mut *db.get().await?).await?;
    Ok(BooksPage::new(page, looks))
}

/// Looks as soon as a worker is free.
#[post("/admin/books/looks")]
async fn look(_staff: Staff<ManageSettings>, db: Db) -> web::Result<Posted<BooksPage>> {
    let job = Job::of::<Shop, _>(&LookAtBooks {}).keyed("look_at_books");
    let act = async |tx: &mut Conn| -> Result<(), Failed<Never>> { Ok(jobs::add(tx, job.clone()).await?) };
    match db::transaction(&mut *db.get().await?, act).await.or_break()? {
        Ok(()) => Ok(Posted::done(paths::admin_books(), "books-looking")),
        Err(never) => match never {},
    }
}
