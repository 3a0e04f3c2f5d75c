//! What the variants of a product cost before, as staff see it.

use askama::Template;
use askama_web::WebTemplate;

use crate::engines::pricing::queries::PastPrice;
use crate::features::catalog::model::Editable;
use crate::platform::base::ProductId;
use crate::platform::shell::Page;

/// The history of a product's prices.
#[derive(Template, WebTemplate)]
#[template(path = "catalog/admin_past_prices_page.html")]
pub struct PastPricesPage {
    page: Page,
    id: ProductId,
    title: String,
    variants: Vec<VariantPrices>,
}

struct VariantPrices {
    title: String,
    rows: Vec<PriceRow>,
}

struct PriceRow {
    price: String,
    before: String,
    from: String,
    /// `None`: it is the price of now.
    until: Option<String>,
}

impl PastPricesPage {
    pub fn new(page: Page, product: &Editable, past: &[PastPrice]) -> PastPricesPage {
        let row = |price: &PastPrice| PriceRow {
            price: page.price(price.amount),
            before: price.compare_at.map(|before| page.price(before)).unwrap_or_default(),
            from: page.minute(price.from, page.zone),
            until: price.until.map(|until| page.minute(until, page.zone)),
        };
        let variants = product.variants.iter().map(|variant| VariantPrices {
            title: if variant.title.is_empty() { product.title.clone() } else { variant.title.clone() },
            rows: past.iter().filter(|price| price.variant == variant.id).map(row).collect(),
        });
        let variants = variants.filter(|variant| !variant.rows.is_empty()).collect();
        PastPricesPage { id: product.id, title: product.title.clone(), variants, page }
    }
}
