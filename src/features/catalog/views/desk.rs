//! Products in the management pages: the index and the form.

use std::collections::HashMap;

use askama::Template;
use askama_web::WebTemplate;
use url::form_urlencoded::Serializer;

use crate::features::catalog::model::{Listed, ProductStatus, Showing};
use crate::features::catalog::queries::{Index, Narrow};
use crate::platform::access::Right;
use crate::platform::base::MediaId;
use crate::platform::media::{Loading, Picture, PictureView, sizes};
use crate::platform::paths;
use crate::platform::shell::Page;

/// The index of products.
#[derive(Template, WebTemplate)]
#[template(path = "catalog/admin_products_page.html")]
pub struct ProductsPage {
    page: Page,
    words: String,
    status: Option<ProductStatus>,
    /// Whether only what runs low is shown.
    low: bool,
    views: Vec<ViewLink>,
    rows: Vec<RowView>,
    said: String,
    before: Option<String>,
    after: Option<String>,
    may_edit: bool,
    /// Pictures that an import named and could not fetch.
    lost: i64,
}

struct ViewLink {
    path: String,
    title: String,
    count: i64,
    here: bool,
}

struct RowView {
    path: String,
    title: String,
    sub: String,
    status: String,
    tone: &'static str,
    stock: String,
    sold_out: Option<String>,
    category: String,
    price: String,
    changed: String,
    thumb: Option<PictureView>,
}

impl ProductsPage {
    pub fn new(
        page: Page,
        words: &str,
        narrow: Narrow,
        index: &Index,
        (counts, low): (&HashMap<ProductStatus, i64>, i64),
        pictures: &HashMap<MediaId, Picture>,
    ) -> ProductsPage {
        let of = |status| Narrow { status, low: false };
        let path = |narrow: Narrow, side: Option<(&str, i64)>| index_path(words, narrow, side);
        let side = |name: &'static str, row: Option<&Listed>| row.map(|row| path(narrow, Some((name, row.id.0))));
        let all = ViewLink {
            path: path(of(None), None),
            title: page.t("catalog-view-all"),
            count: counts.values().sum(),
            here: narrow == of(None),
        };
        let view = |one: &ProductStatus| ViewLink {
            path: path(of(Some(*one)), None),
            title: page.t(status_key(*one)),
            count: counts.get(one).copied().unwrap_or(0),
            here: narrow == of(Some(*one)),
        };
        let running_low = (low > 0 || narrow.low).then(|| ViewLink {
            path: path(Narrow { status: None, low: true }, None),
            title: page.t("catalog-running-low"),
            count: low,
            here: narrow.low,
        });
        let rows: Vec<RowView> = index.rows.iter().map(|row| RowView::new(&page, row, pictures)).collect();
        ProductsPage {
            views: [all]
                .into_iter()
                .chain([ProductStatus::Active, ProductStatus::Draft, ProductStatus::Archived].iter().map(view))
                .chain(running_low)
                .collect(),
            said: page.count("catalog-shown", rows.len() as i64),
            before: index.before.then(|| side("before", index.rows.first())).flatten(),
            after: index.after.then(|| side("after", index.rows.last())).flatten(),
            may_edit: page.staff.as_ref().is_some_and(|person| person.may(Right::ManageProducts)),
            words: words.to_owned(),
            status: narrow.status,
            low: narrow.low,
            rows,
            page,
            lost: 0,
        }
    }

    /// Says above the table that pictures are missing.
    pub fn with_lost_pictures(self, lost: i64) -> ProductsPage {
        ProductsPage { lost, ..self }
    }
}

impl RowView {
    fn new(page: &Page, row: &Listed, pictures: &HashMap<MediaId, Picture>) -> RowView {
        let price = match (row.price_from, row.price_to) {
            (Some(from), Some(to)) if to > from => page.named("catalog-from-price", &page.price(from)),
            (Some(from), _) => page.price(from),
            _ => String::new(),
        };
        let picture = row.media.and_then(|id| pictures.get(&id));
        RowView {
            path: paths::admin_product(row.id),
            title: row.title.clone(),
            sub: page.count("catalog-variants", row.variants),
            status: page.t(showing_key(Showing::of(row.status, row.publish_at))),
            tone: showing_tone(Showing::of(row.status, row.publish_at)),
            stock: if row.uncounted { page.t("catalog-uncounted") } else { page.number(row.on_hand) },
            sold_out: (row.sold_out > 0).then(|| page.count("catalog-sold-out-count", row.sold_out)),
            category: row.category.clone().unwrap_or_default(),
            price,
            changed: page.lately(row.updated_at, page.now, page.zone),
            thumb: picture.and_then(|picture| picture.view("", sizes::THUMB, Loading::Lazy)),
        }
    }
}

fn index_path(words: &str, narrow: Narrow, side: Option<(&str, i64)>) -> String {
    let mut query = Serializer::new(String::new());
    if !words.is_empty() {
        query.append_pair("q", words);
    }
    if let Some(status) = narrow.status {
        query.append_pair("status", status.as_str());
    }
    if narrow.low {
        query.append_pair("stock", "low");
    }
    if let Some((name, id)) = side {
        query.append_pair(name, &id.to_string());
    }
    let query = query.finish();
    if query.is_empty() { paths::admin_products() } else { format!("{}?{query}", paths::admin_products()) }
}

pub fn status_key(status: ProductStatus) -> &'static str {
    match status {
        ProductStatus::Draft => "catalog-status-draft",
        ProductStatus::Active => "catalog-status-active",
        ProductStatus::Archived => "catalog-status-archived",
    }
}

/// The key of what staff read about whether shoppers see a product.
pub fn showing_key(showing: Showing) -> &'static str {
    match showing {
        Showing::Scheduled => "catalog-status-scheduled",
        _ => status_key(showing.status()),
    }
}

/// How its badge looks.
pub fn showing_tone(showing: Showing) -> &'static str {
    match showing {
        Showing::Draft => "info",
        Showing::Scheduled => "wait half",
        Showing::Active => "live full",
        Showing::Archived => "idle cross",
    }
}
