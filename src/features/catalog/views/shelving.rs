//! Categories in the management pages: the tree, the forms, what removal would do, the order of products.

use std::collections::HashMap;

use askama::Template;
use askama_web::WebTemplate;

use super::desk::status_key;
use super::words::{CATEGORY_TEXTS, beside_category};
use crate::features::catalog::model::{Branch, CategoryEdit, EditableCategory, ProductStatus, Removal, Shelved, Tree};
use crate::platform::access::Right;
use crate::platform::base::{CategoryId, MediaId, Moment, ProductId};
use crate::platform::media::{Loading, Picture, PictureView, sizes};
use crate::platform::paths;
use crate::platform::shell::{BesideView, Page};
use crate::platform::web::{CleanHtml, FormView, shortened};

/// The tree.
#[derive(Template, WebTemplate)]
#[template(path = "catalog/admin_categories_page.html")]
pub struct CategoriesPage {
    page: Page,
    rows: Vec<BranchRow>,
    said: String,
    may_edit: bool,
}

struct BranchRow {
    id: CategoryId,
    path: String,
    title: String,
    count: String,
    thumb: Option<PictureView>,
    first: bool,
    last: bool,
    /// A list of those below opens after it.
    opens: bool,
    /// So many lists end after it.
    closes: usize,
}

impl CategoriesPage {
    pub fn new(
        page: Page,
        tree: &Tree,
        counts: &HashMap<CategoryId, i64>,
        pictures: &HashMap<MediaId, Picture>,
    ) -> CategoriesPage {
        let mut rows = Vec::new();
        let row = |branch: &Branch| BranchRow {
            id: branch.id,
            path: paths::admin_category(branch.id),
            title: branch.title.clone(),
            count: page.count("shelving-products", counts.get(&branch.id).copied().unwrap_or(0)),
            thumb: branch.media.and_then(|id| pictures.get(&id)?.view("", sizes::THUMB, Loading::Lazy)),
            first: false,
            last: false,
            opens: false,
            closes: 0,
        };
        grow(tree, None, &row, &mut rows);
        CategoriesPage {
            said: page.count("shelving-count", rows.len() as i64),
            may_edit: page.may(Right::ManageProducts),
            rows,
            page,
        }
    }
}

/// The branches below one, each followed by its own, with the lists that open and close.
fn grow(tree: &Tree, parent: Option<CategoryId>, row: &dyn Fn(&Branch) -> BranchRow, rows: &mut Vec<BranchRow>) {
    let children: Vec<&Branch> = tree.children(parent).collect();
    let count = children.len();
    for (at, branch) in children.into_iter().enumerate() {
        let mine = rows.len();
        rows.push(BranchRow { first: at == 0, last: at + 1 == count, ..row(branch) });
        grow(tree, Some(branch.id), row, rows);
        if rows.len() > mine + 1 {
            rows[mine].opens = true;
            if let Some(last) = rows.last_mut() {
                last.closes += 1;
            }
        }
    }
}

/// The places where a category may stand, indented; without itself and those below it.
fn parents(page: &Page, tree: &Tree, except: Option<CategoryId>) -> Vec<(String, String)> {
    let out = except.map(|id| tree.with_all_below(id)).unwrap_or_default();
    let mut choices = vec![("0".to_owned(), page.t("shelving-top"))];
    indented(tree, None, &out, 0, &mut choices);
    choices
}

fn indented(tree: &Tree, parent: Option<CategoryId>, out: &[CategoryId], depth: usize, choices: &mut Vec<(String, String)>) {
    for branch in tree.children(parent).filter(|branch| !out.contains(&branch.id)) {
        choices.push((branch.id.to_string(), format!("{}{}", "\u{2003}".repeat(depth), branch.title)));
        indented(tree, Some(branch.id), out, depth + 1, choices);
    }
}

/// The form of a new category.
#[derive(Template, WebTemplate)]
#[template(path = "catalog/admin_new_category_page.html")]
pub struct NewCategoryPage {
    page: Page,
    form: FormView,
    parents: Vec<(String, String)>,
}

impl NewCategoryPage {
    pub fn new(page: Page, tree: &Tree, form: FormView) -> NewCategoryPage {
        NewCategoryPage { parents: parents(&page, tree, None), form, page }
    }
}

/// What differs between what was typed and what somebody else saved.
struct Clash {
    heading: String,
    rows: Vec<(String, String, String)>,
}

/// The form of a category, filled or refused.
#[derive(Template, WebTemplate)]
#[template(path = "catalog/admin_category_page.html")]
pub struct CategoryFormPage {
    page: Page,
    id: CategoryId,
    title: String,
    path: String,
    shop_path: String,
    form: FormView,
    parents: Vec<(String, String)>,
    picture: Option<PictureView>,
    products: String,
    version: i32,
    changed: String,
    serp: (String, String, String),
    words: BesideView,
    preview: Option<CleanHtml>,
    clash: Option<Clash>,
    may_edit: bool,
}

impl CategoryFormPage {
    /// The form of a category; `form` is what was typed, else it is filled with what is so.
    pub fn new(
        page: Page,
        tree: &Tree,
        category: &EditableCategory,
        picture: Option<&Picture>,
        products: i64,
        form: Option<FormView>,
    ) -> CategoryFormPage {
        let form = form.unwrap_or_else(|| filled(&page, category));
        let or = |typed: &str, usual: &str| if typed.is_empty() { usual.to_owned() } else { typed.to_owned() };
        let words = CleanHtml::of_markdown(form.value("description")).words(160);
        let serp = (
            format!("{}{}", page.host(), paths::category(form.value("handle"))),
            format!("{} – {}", or(form.value("seo_title"), form.value("title")), page.shop().name),
            shortened(&or(form.value("seo_description"), &words), 160),
        );
        CategoryFormPage {
            id: category.id,
            title: category.title.clone(),
            path: paths::admin_category(category.id),
            shop_path: paths::category(&category.handle),
            parents: parents(&page, tree, Some(category.id)),
            picture: picture.and_then(|picture| picture.view("", sizes::CARD, Loading::Eager)),
            products: page.count("shelving-products", products),
            version: category.version,
            changed: page.minute(category.updated_at, page.zone),
            may_edit: page.may(Right::ManageProducts),
            words: beside_category(&page, category, &form),
            preview: None,
            clash: None,
            serp,
            form,
            page,
        }
    }

    /// The same with the text as shoppers would see it.
    pub fn with_preview(mut self) -> CategoryFormPage {
        self.preview = Some(CleanHtml::of_markdown(self.form.value("description")));
        self
    }

    /// The same with what somebody else saved beside what was typed; saving again keeps what was typed.
    pub fn with_clash(
        mut self,
        tree: &Tree,
        kept: &EditableCategory,
        edit: &CategoryEdit,
        by: Option<(String, Moment)>,
    ) -> CategoryFormPage {
        let page = &self.page;
        let heading = match by {
            Some((who, at)) => page.with("shelving-clash", &[("name", who.into()), ("at", page.minute(at, page.zone).into())]),
            None => page.t("shelving-changed"),
        };
        let name = |id: Option<CategoryId>| {
            id.and_then(|id| tree.get(id)).map_or_else(|| page.t("shelving-top"), |branch| branch.title.clone())
        };
        let mut rows = vec![
            (page.t("catalog-title"), edit.title.to_string(), kept.title.clone()),
            (page.t("catalog-handle"), edit.handle.to_string(), kept.handle.clone()),
            (page.t("shelving-parent"), name(edit.parent), name(kept.parent)),
            (page.t("catalog-description"), edit.description.to_string(), kept.description.clone()),
            (page.t("shelving-seo-title"), edit.seo_title.to_string(), kept.seo_title.clone()),
            (page.t("shelving-seo-description"), edit.seo_description.to_string(), kept.seo_description.clone()),
        ];
        rows.extend(edit.words.iter().filter_map(|(field, locale, yours)| {
            let (_, label, _) = CATEGORY_TEXTS.iter().find(|text| text.0 == *field)?;
            let label = page.named(&format!("catalog-in-{locale}"), &page.t(label));
            Some((label, yours.clone(), kept.translations.own(field, *locale).to_owned()))
        }));
        rows.retain(|(_, yours, theirs)| yours != theirs);
        self.clash = Some(Clash { heading, rows });
        self
    }
}

fn filled(page: &Page, category: &EditableCategory) -> FormView {
    let words = page.other_languages().flat_map(|locale| CATEGORY_TEXTS.map(|(field, ..)| (locale, field)));
    let form = FormView::filled([
        ("title", category.title.clone()),
        ("handle", category.handle.clone()),
        ("parent", category.parent.map_or_else(|| "0".to_owned(), |id| id.to_string())),
        ("description", category.description.clone()),
        ("seo_title", category.seo_title.clone()),
        ("seo_description", category.seo_description.clone()),
    ]);
    words.fold(form, |form, (locale, field)| {
        form.with_value(&format!("words[{locale}].{field}"), category.translations.own(field, locale))
    })
}

/// What removing a category would do, said before it is done.
#[derive(Template, WebTemplate)]
#[template(path = "catalog/admin_category_removal_page.html")]
pub struct CategoryRemovalPage {
    page: Page,
    form: FormView,
    title: String,
    back: String,
    action: String,
    effects: Vec<String>,
}

impl CategoryRemovalPage {
    pub fn new(page: Page, tree: &Tree, branch: &Branch, removal: &Removal, form: FormView) -> CategoryRemovalPage {
        let parent = branch.parent.and_then(|id| tree.get(id)).map(|parent| parent.title.as_str());
        let mut effects = Vec::new();
        if !removal.children.is_empty() {
            let names = removal.children.join(", ");
            let count = removal.children.len() as i64;
            effects.push(match parent {
                Some(parent) => page.with(
                    "shelving-removal-children",
                    &[("count", count.into()), ("names", names.into()), ("parent", parent.into())],
                ),
                None => page.with("shelving-removal-children-top", &[("count", count.into()), ("names", names.into())]),
            });
        }
        effects.push(match (removal.products, removal.homeless) {
            (0, _) => page.t("shelving-removal-no-products"),
            (products, 0) => page.count("shelving-removal-products", products),
            (products, homeless) => {
                page.with("shelving-removal-products-homeless", &[("count", products.into()), ("homeless", homeless.into())])
            }
        });
        if removal.links > 0 {
            effects.push(page.count("shelving-removal-links", removal.links));
        }
        effects.push(match parent {
            Some(parent) => page.named("shelving-removal-address", parent),
            None => page.t("shelving-removal-address-none"),
        });
        CategoryRemovalPage {
            title: branch.title.clone(),
            back: paths::admin_category(branch.id),
            action: paths::admin_category_removal(branch.id),
            effects,
            form,
            page,
        }
    }
}

/// The products of a category in their order, and those that may be put in.
#[derive(Template, WebTemplate)]
#[template(path = "catalog/admin_arranging_page.html")]
pub struct ArrangingPage {
    page: Page,
    id: CategoryId,
    title: String,
    arranged: bool,
    rows: Vec<ShelvedRow>,
    /// There are more than are shown.
    more: bool,
    words: String,
    offered: Vec<ShelvedRow>,
    may_edit: bool,
}

struct ShelvedRow {
    id: ProductId,
    path: String,
    title: String,
    /// Where it is not on offer.
    status: Option<String>,
    thumb: Option<PictureView>,
}

impl ArrangingPage {
    pub fn new(
        page: Page,
        category: &EditableCategory,
        rows: &[Shelved],
        shown: usize,
        words: &str,
        offered: &[Shelved],
        pictures: &HashMap<MediaId, Picture>,
    ) -> ArrangingPage {
        let row = |row: &Shelved| ShelvedRow {
            id: row.id,
            path: paths::admin_product(row.id),
            title: row.title.clone(),
            status: (row.status != ProductStatus::Active).then(|| page.t(status_key(row.status))),
            thumb: row.media.and_then(|id| pictures.get(&id)?.view("", sizes::THUMB, Loading::Lazy)),
        };
        ArrangingPage {
            id: category.id,
            title: category.title.clone(),
            arranged: category.arranged,
            rows: rows.iter().take(shown).map(row).collect(),
            more: rows.len() > shown,
            words: words.to_owned(),
            offered: offered.iter().map(row).collect(),
            may_edit: page.may(Right::ManageProducts),
            page,
        }
    }
}
