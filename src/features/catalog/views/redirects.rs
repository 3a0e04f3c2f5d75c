//! Redirects in the management pages.

use askama::Template;
use askama_web::WebTemplate;
use url::form_urlencoded::Serializer;

use crate::features::catalog::queries::{Moved, Redirect};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::FormView;

/// The list of redirects and the form of a new one.
#[derive(Template, WebTemplate)]
#[template(path = "catalog/admin_redirects_page.html")]
pub struct RedirectsPage {
    page: Page,
    form: FormView,
    words: String,
    rows: Vec<RedirectRow>,
    older: Option<String>,
    /// Those that made themselves.
    moved: Vec<(String, String, String)>,
}

struct RedirectRow {
    removal: String,
    from: String,
    to: String,
    since: String,
}

impl RedirectsPage {
    /// A page of redirects; a row more than `size` says that there are older ones.
    pub fn new(
        page: Page,
        words: &str,
        mut rows: Vec<Redirect>,
        size: usize,
        moved: Vec<Moved>,
        form: FormView,
    ) -> RedirectsPage {
        let more = rows.len() > size;
        rows.truncate(size);
        let older = rows.last().filter(|_| more).map(|last| {
            let mut query = Serializer::new(String::new());
            if !words.is_empty() {
                query.append_pair("q", words);
            }
            format!("{}?{}", paths::admin_redirects(), query.append_pair("before", &last.id.to_string()).finish())
        });
        let zone = page.zone;
        let row = |row: Redirect| RedirectRow {
            removal: paths::admin_redirect_removal(row.id),
            since: page.day(row.created_at, zone),
            from: row.from_path,
            to: row.to_address,
        };
        RedirectsPage {
            words: words.to_owned(),
            rows: rows.into_iter().map(row).collect(),
            moved: moved.into_iter().map(|one| (one.from_path, one.to_path, page.day(one.created_at, zone))).collect(),
            older,
            form,
            page,
        }
    }
}
