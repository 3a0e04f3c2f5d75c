//! Lists of products: how they are sorted, narrowed and parted into pages.

use super::goods::Card;
use crate::platform::base::{CategoryId, text_enum};
use crate::platform::i18n::Locale;

/// Products on a page of a list.
pub const PAGE_SIZE: i64 = 24;

text_enum! {
    /// The order of a list; that of the shop is one that staff made, and only some categories have it.
    Sort { Shop = "shop", Newest = "newest", Price = "price", PriceDown = "price-down", Title = "title" }
}

/// What of a list is shown; amounts in minor units.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    pub min: Option<i64>,
    pub max: Option<i64>,
    pub in_stock: bool,
}

impl Filter {
    pub fn is_empty(&self) -> bool {
        *self == Filter::default()
    }

    /// How many of its parts are in use.
    pub fn count(&self) -> usize {
        usize::from(self.min.is_some()) + usize::from(self.max.is_some()) + usize::from(self.in_stock)
    }
}

/// Which products, in which order, which page of them. What a shopper asks for, made sound.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Listing {
    /// `None`: all of the shop.
    pub category: Option<CategoryId>,
    pub on_sale: bool,
    /// Staff put its products in an order of their own.
    pub arranged: bool,
    pub sort: Sort,
    /// The language of the titles that it is sorted by; `None`: the shop's main one, or it is not sorted by titles.
    pub titles_in: Option<Locale>,
    pub filter: Filter,
    /// From 1.
    pub page: i64,
}

impl Listing {
    /// The order of whoever does not ask for one.
    pub fn usual_sort(arranged: bool) -> Sort {
        if arranged { Sort::Shop } else { Sort::Newest }
    }

    /// The orders to choose from.
    pub fn sorts(&self) -> impl Iterator<Item = Sort> {
        let arranged = self.arranged;
        Sort::ALL.iter().copied().filter(move |sort| arranged || *sort != Sort::Shop)
    }
}

/// What a whole list spans before it is narrowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub total: i64,
    pub in_stock: i64,
    pub price_from: i64,
    pub price_to: i64,
}

/// One page of a list.
#[derive(Clone, Debug, Default)]
pub struct Found {
    pub cards: Vec<Card>,
    /// Of the list as narrowed.
    pub total: i64,
    pub span: Span,
}

impl Found {
    /// The number of the last page; at least 1.
    pub fn pages(&self) -> i64 {
        ((self.total + PAGE_SIZE - 1) / PAGE_SIZE).max(1)
    }
}
