//! A product in a list, and a price.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::features::catalog::model::{Card, Price, fill_of};
use crate::platform::base::VariantId;
use crate::platform::i18n::{Wording, Words};
use crate::platform::media::{Loading, PictureView, sizes};
use crate::platform::paths;
use crate::platform::shell::{Page, Told};

/// A price as it is printed: `{{ price }}`.
#[derive(Clone, Debug, Template)]
#[template(path = "catalog/_price.html")]
pub struct PriceView {
    words: Words,
    now: String,
    before: Option<String>,
    /// The lowest price of the thirty days before this one, where the shop tells it.
    lowest: Option<String>,
    /// "excl. VAT", where that must be said.
    tax: Option<String>,
}

impl HtmlSafe for PriceView {}

impl PriceView {
    pub fn new(page: &Page, price: Price) -> PriceView {
        let amount = page.price(price.from);
        let now = if price.is_span() { page.named("catalog-from-price", &amount) } else { amount };
        let lowest = price.lowest().filter(|_| page.shop().lowest_price);
        PriceView {
            words: page.words,
            now,
            before: price.before().map(|before| page.price(before)),
            lowest: lowest.map(|lowest| page.named("prices-lowest", &page.price(lowest))),
            tax: page.shop().tax_note().map(|key| page.t(key)),
        }
    }

    /// The amount alone.
    pub fn now(&self) -> &str {
        &self.now
    }
}

/// A colour a product comes in.
#[derive(Clone, Debug)]
pub struct Dot {
    pub fill: &'static str,
    pub name: String,
}

/// A product in a list.
#[derive(Clone, Debug)]
pub struct CardView {
    pub path: String,
    pub title: Told,
    pub price: PriceView,
    /// "€16.00 / l".
    pub unit: Option<String>,
    pub sale: bool,
    pub out: bool,
    pub picture: Option<PictureView>,
    /// Seen when the card is pointed at.
    pub second: Option<PictureView>,
    /// The only variant, when it can be bought.
    pub add: Option<VariantId>,
    pub dots: Vec<Dot>,
}

impl CardView {
    pub fn new(page: &Page, card: &Card, loading: Loading) -> CardView {
        let picture = |at: usize, alt: &str, loading| card.photos.get(at).and_then(|one| one.view(alt, sizes::CARD, loading));
        let dot = |name: &Wording| Some(Dot { fill: fill_of(name.main())?, name: page.plain(name) });
        let title = page.told(&card.title);
        let dots: Vec<Dot> = card.colours.iter().filter_map(dot).collect();
        CardView {
            path: paths::product(&card.handle),
            price: PriceView::new(page, card.price),
            unit: card.content.map(|content| content.said(page.words, card.price.from, page.shop().currency)),
            sale: card.buyable && card.price.before().is_some(),
            out: !card.buyable,
            picture: picture(0, title.as_str(), loading),
            title,
            second: picture(1, "", Loading::Lazy),
            add: card.only_variant.filter(|_| card.buyable),
            dots: if dots.len() > 1 { dots } else { Vec::new() },
        }
    }

    /// Cards of a list, the first few of which are in sight at once.
    pub fn list(page: &Page, cards: &[Card], in_sight: usize) -> Vec<CardView> {
        let loading = |at: usize| if at < in_sight { Loading::Eager } else { Loading::Lazy };
        cards.iter().enumerate().map(|(at, card)| CardView::new(page, card, loading(at))).collect()
    }
}
