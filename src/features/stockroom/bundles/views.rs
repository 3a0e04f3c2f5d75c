//! The page of a bundle with finished values.

use askama::Template;
use askama_web::WebTemplate;

use super::queries::Part;
use crate::features::stockroom::model::{Goods, Hit, named};
use crate::platform::access::Right;
use crate::platform::base::VariantId;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::FormView;

/// What a bundle is made of.
#[derive(Template, WebTemplate)]
#[template(path = "stockroom/bundle_page.html")]
pub struct BundlePage {
    page: Page,
    title: String,
    variant: VariantId,
    form: FormView,
    parts: Vec<PartView>,
    /// How many bundles can be sold, in words.
    whole: String,
    words: String,
    hits: Vec<HitView>,
    may_edit: bool,
}

struct PartView {
    variant: VariantId,
    title: String,
    sku: String,
    path: String,
    quantity: String,
    left: String,
}

struct HitView {
    variant: VariantId,
    title: String,
    sku: String,
}

impl BundlePage {
    pub fn new(
        page: Page,
        variant: VariantId,
        goods: &Goods,
        parts: &[Part],
        words: &str,
        hits: &[Hit],
        form: FormView,
    ) -> BundlePage {
        let typed = form.value("part").to_owned();
        let part = |part: &Part| PartView {
            variant: part.variant,
            title: named(&part.product, &part.title),
            sku: part.sku.clone(),
            path: paths::admin_stock(part.variant),
            quantity: match typed == part.variant.to_string() {
                true => form.value("quantity").to_owned(),
                false => part.quantity.to_string(),
            },
            left: if part.uncounted { page.t("stockroom-uncounted") } else { page.number(part.left_over) },
        };
        let fits = |hit: &&Hit| hit.variant != variant && parts.iter().all(|part| part.variant != hit.variant);
        let hit = |hit: &Hit| HitView { variant: hit.variant, title: named(&hit.product, &hit.title), sku: hit.sku.clone() };
        let counted = parts.iter().filter(|part| !part.uncounted);
        let whole = counted.map(|part| part.left_over / i64::from(part.quantity.max(1))).min();
        BundlePage {
            title: named(&goods.product_title, &goods.title),
            parts: parts.iter().map(part).collect(),
            whole: whole.map_or_else(|| page.t("stockroom-uncounted"), |whole| page.count("stockroom-bundles-whole", whole)),
            hits: hits.iter().filter(fits).map(hit).collect(),
            words: words.to_owned(),
            may_edit: page.may(Right::ManageProducts),
            variant,
            form,
            page,
        }
    }
}
