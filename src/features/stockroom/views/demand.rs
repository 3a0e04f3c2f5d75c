//! What shoppers wait for, with finished values.

use askama::Template;
use askama_web::WebTemplate;

use crate::features::stockroom::model::named;
use crate::features::stockroom::queries::Demand;
use crate::platform::paths;
use crate::platform::shell::Page;

/// What shoppers asked to be told of.
#[derive(Template, WebTemplate)]
#[template(path = "stockroom/demand_page.html")]
pub struct DemandPage {
    page: Page,
    rows: Vec<RowView>,
}

struct RowView {
    title: String,
    sku: String,
    path: String,
    shoppers: String,
    since: String,
}

impl DemandPage {
    pub fn new(page: Page, rows: &[Demand]) -> DemandPage {
        let row = |row: &Demand| RowView {
            title: named(&row.product, &row.title),
            sku: row.sku.clone(),
            path: paths::admin_stock(row.variant),
            shoppers: page.number(row.shoppers),
            since: page.day(row.since, page.shop().zone),
        };
        DemandPage { rows: rows.iter().map(row).collect(), page }
    }
}
