//! The pages of the library with finished values.

use std::collections::HashMap;

use askama::Template;
use askama_web::WebTemplate;
use url::form_urlencoded::Serializer;

use super::model::{Facts, Filter, Only, Shelved, Uses};
use crate::platform::access::Right;
use crate::platform::base::MediaId;
use crate::platform::media::{Loading, Picture, PictureView, sizes};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::FormView;

/// All pictures.
#[derive(Template, WebTemplate)]
#[template(path = "library/library_page.html")]
pub struct LibraryPage {
    page: Page,
    form: FormView,
    words: String,
    only: &'static str,
    views: Vec<(String, String, bool)>,
    rows: Vec<PictureRow>,
    said: String,
    newest: Option<String>,
    older: Option<String>,
    narrowed: bool,
    may_edit: bool,
}

struct PictureRow {
    path: String,
    name: String,
    uses: String,
    missing: bool,
    /// None where its file turned out to be broken.
    shot: Option<PictureView>,
}

impl LibraryPage {
    /// A page of pictures; a row more than `size` says that there are older ones.
    pub fn new(
        page: Page,
        filter: &Filter,
        later: bool,
        mut rows: Vec<Shelved>,
        size: usize,
        pictures: &HashMap<MediaId, Picture>,
        form: FormView,
    ) -> LibraryPage {
        let more = rows.len() > size;
        rows.truncate(size);
        let view = |only: Option<Only>, key: &str| {
            let path = library_path(&Filter { only, ..filter.clone() }, None);
            (path, page.t(key), filter.only == only)
        };
        let row = |row: &Shelved| PictureRow {
            path: paths::admin_picture(row.id),
            name: if row.file_name.is_empty() {
                page.named("library-unnamed", &row.id.to_string())
            } else {
                row.file_name.clone()
            },
            uses: page.count("library-uses", row.uses),
            missing: row.missing,
            shot: pictures.get(&row.id).and_then(|picture| picture.view("", sizes::THUMB, Loading::Lazy)),
        };
        LibraryPage {
            words: filter.words.clone(),
            only: filter.only.map_or("", Only::as_str),
            views: vec![
                view(None, "library-all"),
                view(Some(Only::Missing), "library-missing"),
                view(Some(Only::Unused), "library-unused"),
            ],
            said: page.count("library-shown", rows.len() as i64),
            newest: later.then(|| library_path(filter, None)),
            older: rows.last().filter(|_| more).map(|last| library_path(filter, Some(last.id))),
            narrowed: !filter.words.is_empty() || filter.only.is_some(),
            may_edit: page.may(Right::ManageProducts),
            rows: rows.iter().map(row).collect(),
            form,
            page,
        }
    }
}

fn library_path(filter: &Filter, before: Option<MediaId>) -> String {
    let mut query = Serializer::new(String::new());
    if !filter.words.is_empty() {
        query.append_pair("q", &filter.words);
    }
    if let Some(only) = filter.only {
        query.append_pair("only", only.as_str());
    }
    if let Some(id) = before {
        query.append_pair("before", &id.to_string());
    }
    let query = query.finish();
    if query.is_empty() { paths::admin_pictures() } else { format!("{}?{query}", paths::admin_pictures()) }
}

/// One picture: what it shows in words, where it is used.
#[derive(Template, WebTemplate)]
#[template(path = "library/picture_page.html")]
pub struct PicturePage {
    page: Page,
    id: MediaId,
    form: FormView,
    title: String,
    picture: Option<PictureView>,
    facts: Vec<(String, String)>,
    texts: Vec<TextRow>,
    /// Words and path (empty: none) of everything else that shows it.
    others: Vec<(String, String)>,
    unused: bool,
    may_edit: bool,
}

struct TextRow {
    /// The field's name.
    field: String,
    title: String,
    path: String,
    missing: bool,
}

impl PicturePage {
    /// The page of a picture; `form` is what was typed, else it is filled with what is so.
    pub fn new(page: Page, picture: &Picture, facts: &Facts, uses: Uses, form: Option<FormView>) -> PicturePage {
        let field = |product: crate::platform::base::ProductId| format!("alts[{product}]");
        let mut form = form.unwrap_or_else(FormView::empty);
        for one in &uses.products {
            let name = field(one.product);
            if form.value(&name).is_empty() && form.error(&name).is_none() {
                form = form.with_value(&name, &one.alt);
            }
        }
        let text = |one: &super::model::InProduct| TextRow {
            field: field(one.product),
            title: one.title.clone(),
            path: paths::admin_product(one.product),
            missing: one.alt.is_empty(),
        };
        let mut others: Vec<(String, String)> = Vec::new();
        others.extend(
            uses.variants
                .iter()
                .map(|(_, product, title)| (page.named("library-on-variant", title), paths::admin_product(product))),
        );
        others.extend(
            uses.categories.iter().map(|(id, title)| (page.named("library-on-category", title), paths::admin_category(id))),
        );
        if uses.logo {
            others.push((page.t("library-as-logo"), paths::admin_settings()));
        }
        if uses.orders > 0 {
            others.push((page.count("library-in-orders", uses.orders), String::new()));
        }
        let kilobytes = page.number((facts.bytes + 1023) / 1024);
        let mut said = vec![
            (page.t("library-size"), format!("{} × {}", page.number(picture.width), page.number(picture.height))),
            (page.t("library-file"), format!("{} · {kilobytes} kB", facts.mime.trim_start_matches("image/").to_uppercase())),
            (page.t("library-added"), page.minute(facts.created_at, page.shop().zone)),
        ];
        if facts.failure.is_some() {
            said.push((page.t("library-state"), page.t("library-broken")));
        }
        PicturePage {
            id: picture.id,
            title: if facts.file_name.is_empty() {
                page.named("library-unnamed", &picture.id.to_string())
            } else {
                facts.file_name.clone()
            },
            picture: picture.view("", sizes::HALF, Loading::Eager),
            facts: said,
            texts: uses.products.iter().map(text).collect(),
            unused: uses.none(),
            others,
            may_edit: page.may(Right::ManageProducts),
            form,
            page,
        }
    }
}
