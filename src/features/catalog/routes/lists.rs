//! Lists of products: categories, everything, what is on sale, searches.

use rocket::form::{self, FromForm, FromFormField, ValueField};
use rocket::response::Redirect;
use rocket::{Responder, State, get};

use crate::features::catalog::model::{Branch, Filter, Listing, Sort};
use crate::features::catalog::queries;
use crate::features::catalog::views::{Head, ListPage, SearchPage, list_path, search_path};
use crate::features::catalog::window::Window;
use crate::platform::base::{Handle, Line};
use crate::platform::db::Db;
use crate::platform::feed::MadeOf;
use crate::platform::paths;
use crate::platform::shell::{Page, Pages};
use crate::platform::web::{self, Whole};

/// The number of a page, from 1.
#[derive(Clone, Copy)]
pub struct PageNumber(i64);

/// Nobody leafs further than this.
const LAST_PAGE: i64 = 10_000;

#[rocket::async_trait]
impl<'r> FromFormField<'r> for PageNumber {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        let number = field.value.parse().ok().filter(|number| (1..=LAST_PAGE).contains(number));
        number.map(PageNumber).ok_or_else(|| form::Error::validation("error-number").into())
    }
}

/// How a list is wished to be shown; what cannot be read is as if it were not said.
#[derive(FromForm)]
pub struct Wish {
    sort: Option<Sort>,
    page: Option<PageNumber>,
    min: Option<Line<20>>,
    max: Option<Line<20>>,
    stock: Option<Line<10>>,
}

impl Wish {
    fn listing(&self, category: Option<&Branch>, on_sale: bool, shown: &Page) -> Listing {
        let shop = shown.shop();
        let amount = |typed: &Option<Line<20>>| typed.as_deref().and_then(|typed| shop.currency.parse_minor(typed));
        let filter = Filter { min: amount(&self.min), max: amount(&self.max), in_stock: self.stock.as_deref() == Some("in") };
        let page = self.page.map_or(1, |number| number.0);
        let arranged = category.is_some_and(|branch| branch.arranged);
        let sort = self.sort.filter(|sort| arranged || *sort != Sort::Shop);
        let sort = sort.unwrap_or(Listing::usual_sort(arranged));
        let titles_in = Some(shown.locale).filter(|locale| sort == Sort::Title && *locale != shop.locale);
        Listing { category: category.map(|branch| branch.id), on_sale, arranged, sort, titles_in, filter, page }
    }
}

/// What a category's address may answer.
#[derive(Responder)]
pub enum Answer {
    Shown(Whole),
    Moved(Redirect),
}

/// Shows a category with all below it; an old handle leads to the new one.
#[get("/categories/<handle>?<wish..>")]
pub async fn category(
    page: Page,
    handle: Option<Handle>,
    wish: Wish,
    pages: &State<Pages>,
    window: &State<Window>,
    db: Db,
) -> web::Result<Option<Answer>> {
    let Some(handle) = handle else { return Ok(None) };
    let tree = window.tree(&db).await?;
    let Some(branch) = tree.by_handle(&handle) else {
        let now = queries::category_by_old_handle(&mut *db.get().await?, &handle).await?;
        return Ok(now.map(|handle| Answer::Moved(Redirect::moved(paths::category(&handle)))));
    };
    let listing = wish.listing(Some(branch), false, &page);
    let path = paths::category(&branch.handle);
    Ok(list(page, path, String::new(), listing, pages, window, db).await?.map(Answer::Shown))
}

/// Shows everything in the shop.
#[get("/products?<wish..>")]
pub async fn everything(
    page: Page,
    wish: Wish,
    pages: &State<Pages>,
    window: &State<Window>,
    db: Db,
) -> web::Result<Option<Whole>> {
    let listing = wish.listing(None, false, &page);
    let title = page.t("catalog-all-products");
    list(page, paths::products(), title, listing, pages, window, db).await
}

/// Shows what costs less than before.
#[get("/sale?<wish..>")]
pub async fn sale(page: Page, wish: Wish, pages: &State<Pages>, window: &State<Window>, db: Db) -> web::Result<Option<Whole>> {
    let listing = wish.listing(None, true, &page);
    let title = page.t("catalog-on-sale");
    list(page, paths::sale(), title, listing, pages, window, db).await
}

/// A page of a list; `None` past its end.
async fn list(
    mut page: Page,
    path: String,
    title: String,
    listing: Listing,
    pages: &Pages,
    window: &Window,
    db: Db,
) -> web::Result<Option<Whole>> {
    page.url = list_path(&path, &listing, page.shop().currency);
    let make = async {
        let (tree, reader) = (window.tree(&db).await?, window.reader(&db, &page).await?);
        let aisle = window.aisle(&db, &listing.asked_by(&reader)).await?;
        if aisle.found.cards.is_empty() && listing.page > 1 {
            return Ok(None);
        }
        let head = Head::of_category(&page, &tree, &listing, &aisle).unwrap_or_else(|| Head::plain(path, title));
        let of = aisle.made_of(&listing);
        let prices = window.prices(&db, &page, aisle.found.cards.iter().map(|card| card.id)).await?;
        Ok(Some((ListPage::new(page.clone(), head, &tree, &listing, &aisle, &prices, &reader), of)))
    };
    pages.show(&page, make).await
}

/// Words to look for.
#[derive(FromForm)]
pub struct Query {
    q: Option<Line<200>>,
    page: Option<PageNumber>,
}

/// Shows what a search finds.
#[get("/search?<query..>")]
pub async fn search(
    mut page: Page,
    query: Query,
    pages: &State<Pages>,
    window: &State<Window>,
    db: Db,
) -> web::Result<Option<Whole>> {
    let words = query.q.unwrap_or_default();
    let number = query.page.map_or(1, |number| number.0);
    page.url = search_path(&words, number);
    let make = async {
        let hits = match words.is_empty() {
            true => Default::default(),
            false => queries::search(&mut *db.get().await?, &words, number).await?,
        };
        let of = MadeOf::list(hits.cards.iter().map(|card| card.id));
        let prices = window.prices(&db, &page, hits.cards.iter().map(|card| card.id)).await?;
        Ok(Some((SearchPage::new(page.clone(), &words, number, &hits, &prices), of)))
    };
    pages.show(&page, make).await
}
