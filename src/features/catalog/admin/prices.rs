//! What the variants of a product cost before, for staff.

use rocket::{Route, get, routes};

use crate::engines::pricing;
use crate::features::catalog::queries;
use crate::features::catalog::views::PastPricesPage;
use crate::platform::access::{Staff, ViewProducts};
use crate::platform::base::ProductId;
use crate::platform::db::Db;
use crate::platform::shell::Page;
use crate::platform::web;

/// Prices that the page shows at most.
const ROWS: i64 = 500;

pub(super) fn routes() -> Vec<Route> {
    routes![show]
}

#[get("/admin/products/<id>/prices")]
async fn show(_staff: Staff<ViewProducts>, page: Page, id: ProductId, db: Db) -> web::Result<Option<PastPricesPage>> {
    let mut conn = db.get().await?;
    let Some(product) = queries::editable(&mut conn, id).await? else { return Ok(None) };
    let past = pricing::queries::history(&mut conn, id, ROWS).await?;
    Ok(Some(PastPricesPage::new(page, &product, &past)))
}
