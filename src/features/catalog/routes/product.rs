//! The page of a product.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{Responder, State, get};

use crate::features::catalog::model::{Goods, choose, shown};
use crate::features::catalog::queries::{self, Elsewhere};
use crate::features::catalog::views::{Beside, ProductPage};
use crate::features::catalog::window::Window;
use crate::platform::base::{Handle, OptionValueId, VariantId};
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::shell::{Page, Pages};
use crate::platform::web::{self, Whole};

/// Which variant is wished for: by its id, or by values chosen while another was shown.
#[derive(FromForm)]
pub struct Wish {
    variant: Option<VariantId>,
    from: Option<VariantId>,
    choice: Option<Vec<OptionValueId>>,
}

/// What a product's address may answer.
#[derive(Responder)]
pub enum Answer {
    Shown(Whole),
    Moved(Redirect),
    Gone(Status),
}

/// Shows a product; a choice of values leads to the variant it means, an old handle to the new one.
#[get("/products/<handle>?<wish..>")]
pub async fn show(
    mut page: Page,
    handle: Option<Handle>,
    wish: Wish,
    pages: &State<Pages>,
    window: &State<Window>,
    db: Db,
) -> web::Result<Option<Answer>> {
    let Some(handle) = handle else { return Ok(None) };
    if let Some(chosen) = wish.choice.as_ref().filter(|chosen| !chosen.is_empty()) {
        let Some(goods) = window.goods(&db, &handle, page.now).await? else { return Ok(None) };
        let to = paths::product_variant(&handle, variant_of(&goods, wish.from, chosen));
        return Ok(Some(Answer::Moved(Redirect::to(to))));
    }
    page.url = wish.variant.map_or_else(|| paths::product(&handle), |id| paths::product_variant(&handle, id));
    let make = async {
        let Some(goods) = window.goods(&db, &handle, page.now).await? else { return Ok(None) };
        let (tree, of) = (window.tree(&db).await?, goods.made_of());
        let delivery = window.delivery(&db, page.shop().usual_country(), goods.profile).await?;
        let prices = window.prices(&db, &page, goods.related.iter().map(|card| card.id)).await?;
        let beside = Beside { tree: &tree, delivery, prices, reader: window.reader(&db, &page).await? };
        Ok(Some((ProductPage::new(page.clone(), goods, &beside, wish.variant), of)))
    };
    if let Some(whole) = pages.show(&page, make).await? {
        return Ok(Some(Answer::Shown(whole)));
    }
    led_on(&handle, db).await
}

/// What a handle answers that shows nothing: the way to its new name, or that it is gone.
async fn led_on(handle: &Handle, db: Db) -> web::Result<Option<Answer>> {
    Ok(match queries::elsewhere(&mut *db.get().await?, handle).await? {
        Elsewhere::Moved(handle) => Some(Answer::Moved(Redirect::moved(paths::product(&handle)))),
        Elsewhere::Gone => Some(Answer::Gone(Status::Gone)),
        Elsewhere::Nowhere => None,
    })
}

/// The variant that values chosen by hand mean, in whatever order they came.
fn variant_of(goods: &Goods, from: Option<VariantId>, chosen: &[OptionValueId]) -> VariantId {
    let of_option = |option: &crate::features::catalog::model::Choices| {
        chosen.iter().copied().find(|id| option.values.iter().any(|(value, _)| value == id))
    };
    let wish: Vec<_> = goods.options.iter().map(of_option).collect();
    let place = choose(&goods.offers, shown(&goods.offers, from), &wish);
    goods.offers[place].variant
}
