//! A list of products: a category, everything, what is on sale.

use askama::Template;
use url::form_urlencoded::Serializer;

use super::card::CardView;
use crate::features::catalog::model::{Filter, Listing, PAGE_SIZE, Prices, Reader, Sort, Tree};
use crate::features::catalog::window::Aisle;
use crate::platform::paths;
use crate::platform::shell::{Lang, Page, Told};
use crate::platform::web::{CleanHtml, LinkedData, shortened};

/// What stands above a list.
pub struct Head {
    /// The list's path, without a query.
    pub path: String,
    pub title: Told,
    pub lede: CleanHtml,
    pub lede_lang: Lang,
    /// For search engines, where staff wrote them.
    pub seo_title: String,
    pub seo_description: String,
    pub trail: Vec<(String, String)>,
}

impl Head {
    pub fn of_category(page: &Page, tree: &Tree, listing: &Listing, aisle: &Aisle) -> Option<Head> {
        let trail = tree.trail(listing.category?);
        let (last, above) = trail.split_last()?;
        let (title, lede) = (last.wording(), page.told(&aisle.text.description()));
        let said = page.told(&aisle.text.seo_description());
        let lede_says_it = !said.is_own() && lede.is_own() && !lede.is_empty();
        Some(Head {
            path: paths::category(&last.handle),
            seo_title: page.told_first(&[&aisle.text.seo_title(), &title]).text,
            title: page.told(&title),
            lede: CleanHtml::of_markdown(&lede.text),
            lede_lang: lede.lang,
            seo_description: if lede_says_it { String::new() } else { said.text },
            trail: above.iter().map(|branch| (paths::category(&branch.handle), page.plain(&branch.wording()))).collect(),
        })
    }

    pub fn plain(path: String, title: String) -> Head {
        let title = Told::own(title);
        let (seo_title, seo_description) = (String::new(), String::new());
        Head {
            path,
            title,
            lede: CleanHtml::default(),
            lede_lang: Lang::default(),
            seo_title,
            seo_description,
            trail: Vec::new(),
        }
    }
}

/// A page of a list.
#[derive(Template)]
#[template(path = "catalog/list_page.html")]
pub struct ListPage {
    page: Page,
    head: Head,
    description: String,
    canonical: String,
    linked: LinkedData,
    below: Vec<Below>,
    cards: Vec<CardView>,
    sorts: Vec<(&'static str, String, bool)>,
    filter: Filter,
    /// The prices typed, in major units.
    min: String,
    max: String,
    in_stock: i64,
    price_hint: String,
    chips: Vec<Chip>,
    total: i64,
    /// Of the list before it was narrowed.
    all: i64,
    seen: i64,
    pages: Vec<(i64, String, bool)>,
    before: Option<String>,
    after: Option<String>,
}

/// A category directly below.
struct Below {
    path: String,
    title: Told,
    count: i64,
}

/// A part of the filter in use, and the list without it.
struct Chip {
    text: String,
    without: String,
}

impl ListPage {
    pub fn new(
        page: Page,
        head: Head,
        tree: &Tree,
        listing: &Listing,
        aisle: &Aisle,
        prices: &Prices,
        reader: &Reader<'_>,
    ) -> ListPage {
        let (found, currency) = (&aisle.found, page.shop().currency);
        let path = |listing: &Listing| list_path(&head.path, listing, currency);
        let to = |number: i64| path(&Listing { page: number, ..listing.clone() });
        let pages = found.pages();
        let typed = |amount: Option<i64>| amount.map(|amount| currency.plain(amount)).unwrap_or_default();
        let below = aisle.below.iter().filter_map(|(id, count)| {
            let branch = tree.get(*id)?;
            Some(Below { path: paths::category(&branch.handle), title: page.told(&branch.wording()), count: *count })
        });
        let plain = Listing { sort: Listing::usual_sort(listing.arranged), filter: Filter::default(), ..listing.clone() };
        let canonical = format!("{}{}", page.origin, path(&plain));
        let told = |amount: i64| page.price(reader.told(amount));
        let span = [("from", told(found.span.price_from).into()), ("to", told(found.span.price_to).into())];
        let lede = head.lede.words(160);
        let said =
            page.with("catalog-list-description", &[("title", head.title.as_str().into()), ("count", found.span.total.into())]);
        ListPage {
            description: match (head.seo_description.as_str(), lede.as_str()) {
                ("", "") => said,
                ("", lede) => shortened(lede, 160),
                (typed, _) => typed.to_owned(),
            },
            linked: linked_trail(&page, &head, &canonical),
            below: below.collect(),
            cards: CardView::list(&page, &prices.on(&found.cards), 6),
            sorts: listing.sorts().map(|sort| (sort.as_str(), page.t(sort_key(sort)), sort == listing.sort)).collect(),
            min: typed(listing.filter.min),
            max: typed(listing.filter.max),
            in_stock: found.span.in_stock,
            price_hint: page.with("catalog-price-hint", &span),
            chips: chips(&page, listing, &path),
            total: found.total,
            all: found.span.total,
            seen: (listing.page * PAGE_SIZE).min(found.total),
            pages: near(listing.page, pages).into_iter().map(|number| (number, to(number), number == listing.page)).collect(),
            before: (listing.page > 1).then(|| to(listing.page - 1)),
            after: (listing.page < pages).then(|| to(listing.page + 1)),
            filter: listing.filter.clone(),
            canonical,
            head,
            page,
        }
    }
}

/// The address of a list as asked for; what is usual is left out, so that each list has one address.
pub fn list_path(path: &str, listing: &Listing, currency: crate::platform::base::Currency) -> String {
    let mut query = Serializer::new(String::new());
    if listing.sort != Listing::usual_sort(listing.arranged) {
        query.append_pair("sort", listing.sort.as_str());
    }
    for (name, amount) in [("min", listing.filter.min), ("max", listing.filter.max)] {
        if let Some(amount) = amount {
            query.append_pair(name, &currency.plain(amount));
        }
    }
    if listing.filter.in_stock {
        query.append_pair("stock", "in");
    }
    if listing.page > 1 {
        query.append_pair("page", &listing.page.to_string());
    }
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

fn sort_key(sort: Sort) -> &'static str {
    match sort {
        Sort::Shop => "catalog-sort-shop",
        Sort::Newest => "catalog-sort-newest",
        Sort::Price => "catalog-sort-price",
        Sort::PriceDown => "catalog-sort-price-down",
        Sort::Title => "catalog-sort-title",
    }
}

fn chips(page: &Page, listing: &Listing, path: &dyn Fn(&Listing) -> String) -> Vec<Chip> {
    let filter = &listing.filter;
    let without = |filter: Filter| path(&Listing { filter, page: 1, ..listing.clone() });
    let mut chips = Vec::new();
    if let Some(min) = filter.min {
        let text = page.named("catalog-chip-min", &page.price(min));
        chips.push(Chip { text, without: without(Filter { min: None, ..filter.clone() }) });
    }
    if let Some(max) = filter.max {
        let text = page.named("catalog-chip-max", &page.price(max));
        chips.push(Chip { text, without: without(Filter { max: None, ..filter.clone() }) });
    }
    if filter.in_stock {
        chips.push(Chip { text: page.t("catalog-in-stock"), without: without(Filter { in_stock: false, ..filter.clone() }) });
    }
    chips
}

/// The pages offered as numbers: the first, the last, and those around this one.
fn near(here: i64, last: i64) -> Vec<i64> {
    (1..=last).filter(|number| *number == 1 || *number == last || (number - here).abs() <= 2).collect()
}

fn linked_trail(page: &Page, head: &Head, canonical: &str) -> LinkedData {
    let home = (page.t("shell-home"), format!("{}{}", page.origin, paths::home()));
    let steps = head.trail.iter().map(|(path, title)| (title.clone(), format!("{}{path}", page.origin)));
    LinkedData::trail(
        &[home].into_iter().chain(steps).chain([(head.title.text.clone(), canonical.to_owned())]).collect::<Vec<_>>(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::base::Currency;

    #[test]
    fn each_list_has_one_address() {
        let mut listing = Listing {
            category: None,
            on_sale: false,
            arranged: false,
            sort: Sort::Newest,
            titles_in: None,
            filter: Filter::default(),
            page: 1,
        };
        assert_eq!(list_path("/sale", &listing, Currency::USD), "/sale");
        listing.filter = Filter { min: Some(1050), max: None, in_stock: true };
        (listing.sort, listing.page) = (Sort::PriceDown, 2);
        assert_eq!(list_path("/sale", &listing, Currency::USD), "/sale?sort=price-down&min=10.50&stock=in&page=2");
        assert_eq!(near(7, 40), [1, 5, 6, 7, 8, 9, 40]);
    }
}
