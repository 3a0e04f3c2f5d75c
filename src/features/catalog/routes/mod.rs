//! Pages for shoppers.

mod lists;
mod product;
mod robots;

use rocket::{Route, State, get, routes};

use super::views::HomePage;
use super::window::Window;
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::shell::{Page, Pages};
use crate::platform::web::{self, Whole};

/// The routes of this room.
pub fn routes() -> Vec<Route> {
    let shop = routes![home, product::show, lists::category, lists::everything, lists::sale, lists::search];
    [shop, routes![robots::robots, robots::sitemap, robots::sitemap_part]].concat()
}

#[get("/")]
async fn home(mut page: Page, pages: &State<Pages>, window: &State<Window>, db: Db) -> web::Result<Option<Whole>> {
    page.url = paths::home();
    let make = async {
        let front = window.front(&db).await?;
        let (of, delivery) = (front.made_of(), window.delivery(&db, page.shop().usual_country(), None).await?);
        let prices = window.prices(&db, &page, front.cards()).await?;
        Ok(Some((HomePage::new(page.clone(), &front, &prices, delivery), of)))
    };
    pages.show(&page, make).await
}
