//! The page of the rules.

use rocket::form::{Contextual, Form, FromForm};
use rocket::{Route, get, post, routes};

use super::views::{Refill, RulesPage};
use crate::engines::inventory;
use crate::engines::inventory::routing::Routing;
use crate::features::stockroom::commands;
use crate::platform::access::{ManageSettings, Staff};
use crate::platform::base::{Country, Line, LocationId, OrBreak};
use crate::platform::db::{Conn, Db};
use crate::platform::paths;
use crate::platform::settings::{self, StockRules};
use crate::platform::shell::Page;
use crate::platform::web::{self, Between, FormView, Maybe, Posted};

pub(in crate::features::stockroom) fn routes() -> Vec<Route> {
    routes![show, save, place]
}

/// When something runs low, and the rules of sending.
#[derive(FromForm)]
struct RulesForm {
    low_stock: Between<0, 1_000_000>,
    routing: Routing,
}

/// Where a place is.
#[derive(FromForm)]
struct PlaceForm {
    country: Maybe<Country>,
    region: Line<80>,
    postal_code: Line<20>,
}

#[get("/admin/inventory/rules", rank = 1)]
async fn show(_staff: Staff<ManageSettings>, page: Page, db: Db) -> web::Result<RulesPage> {
    rules_page(&mut *db.get().await?, page, Refill::default()).await
}

async fn rules_page(conn: &mut Conn, page: Page, refill: Refill) -> web::Result<RulesPage> {
    let rules = settings::queries::stock_rules(conn).await?;
    let names = inventory::queries::locations(conn).await?;
    let sites = inventory::queries::sites(conn).await?;
    Ok(RulesPage::new(page, &rules, &names, &sites, refill))
}

/// Saves when something runs low, and the rules of sending.
#[post("/admin/inventory/rules", data = "<form>")]
async fn save(
    staff: Staff<ManageSettings>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, RulesForm>>,
) -> web::Result<Posted<RulesPage>> {
    let refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(typed) = &form.value {
        let rules = StockRules { low_stock: typed.low_stock.0, routing: typed.routing.to_string() };
        commands::set_rules(&mut conn, &staff, &rules, page.now).await?;
        return Ok(Posted::done(paths::admin_stock_rules(), "stockroom-rules-saved"));
    }
    Ok(Posted::again(rules_page(&mut conn, page, Refill { rules: Some(refill), ..Refill::default() }).await?))
}

/// Says where a place is.
#[post("/admin/inventory/locations/<id>/address", data = "<form>")]
async fn place(
    staff: Staff<ManageSettings>,
    page: Page,
    id: LocationId,
    db: Db,
    form: Form<Contextual<'_, PlaceForm>>,
) -> web::Result<Posted<RulesPage>> {
    let mut refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(typed) = &form.value {
        let (country, region) = (typed.country.0, typed.region.trim().to_owned());
        let site = inventory::routing::Site { id, country, region, postal_code: typed.postal_code.trim().to_owned() };
        match commands::place_location(&mut conn, &staff, &site).await.or_break()? {
            Ok(()) => return Ok(Posted::done(paths::admin_stock_rules(), "stockroom-rules-saved")),
            Err(why) => refill = refill.refused(page.words, "", &why),
        }
    }
    let refill = Refill { rules: None, place: Some((id, refill)) };
    Ok(Posted::again(rules_page(&mut conn, page, refill).await?))
}
