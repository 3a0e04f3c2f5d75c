//! Goods as shoppers see them: read once, shown in any language.

use crate::engines::pricing::{Content, PriceList};
use crate::platform::base::{
    CategoryId, Day, MediaId, OptionId, OptionValueId, ProductId, ShippingProfileId, TaxClassId, VariantId,
};
use crate::platform::i18n::Wording;
use crate::platform::media::Picture;

/// From this many pieces on nobody needs to know how many there are.
const FEW: i64 = 5;

/// A product with everything its page shows.
#[derive(Clone, Debug)]
pub struct Goods {
    pub id: ProductId,
    pub handle: String,
    pub title: Wording,
    /// Cleaned HTML.
    pub description: Wording,
    pub vendor: String,
    pub product_type: Wording,
    pub seo_title: Wording,
    pub seo_description: Wording,
    /// Whether it is a gift card: mailed, and taxed when it is used.
    pub gift_card: bool,
    pub categories: Vec<CategoryId>,
    /// `None`: it is sent as most are.
    pub profile: Option<ShippingProfileId>,
    pub options: Vec<Choices>,
    /// In order; never none.
    pub offers: Vec<Offer>,
    pub photos: Vec<Photo>,
    pub related: Vec<Card>,
    /// The price lists that concern it, in the order in which they are asked.
    pub lists: Vec<PriceList>,
}

/// An option with its values, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Choices {
    pub id: OptionId,
    pub name: Wording,
    pub values: Vec<(OptionValueId, Wording)>,
}

/// A variant on offer.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    pub variant: VariantId,
    pub title: String,
    pub sku: String,
    pub barcode: String,
    /// What everybody pays for one.
    pub price: Price,
    /// Before any price list, in minor units of the shop's currency.
    pub usual: i64,
    /// What it cost before, as staff typed it.
    pub usual_before: Option<i64>,
    /// What its tax is of (`None`: nothing is taken of it).
    pub taxed: Option<Option<TaxClassId>>,
    /// What is in a piece, where its price is told by it.
    pub content: Option<Content>,
    /// One value for each of the product's options, in their order.
    pub values: Vec<OptionValueId>,
    pub photo: Option<MediaId>,
    pub weight_grams: i32,
    pub shelf: ShelfState,
    /// What a bundle is made of.
    pub parts: Vec<BundlePart>,
}

/// A part of a bundle.
#[derive(Clone, Debug, PartialEq)]
pub struct BundlePart {
    pub variant: VariantId,
    pub product: ProductId,
    /// Pieces in one bundle.
    pub quantity: i32,
    pub title: Wording,
    pub variant_title: Wording,
    /// Empty when it has none.
    pub sku: String,
    /// Of its product, while it is on sale by itself.
    pub handle: Option<String>,
    pub weight_grams: i32,
    pub requires_shipping: bool,
}

impl BundlePart {
    /// "2 × Cup, Mint", of the words in one language.
    pub fn told(&self, say: impl Fn(&Wording) -> String) -> String {
        let (title, variant) = (say(&self.title), say(&self.variant_title));
        let comma = if variant.is_empty() { "" } else { ", " };
        format!("{} × {title}{comma}{variant}", self.quantity)
    }
}

/// How much of a variant there is, in pieces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ShelfState {
    pub unlimited: bool,
    /// What can be sold, with what may be back-ordered.
    pub saleable: i64,
    /// What lies there and is free.
    pub present: i64,
    /// Whether it is sold before its release.
    pub pre_order: bool,
    /// The day from which what is not there ships, where it is known.
    pub ships_on: Option<Day>,
}

impl ShelfState {
    pub fn buyable(&self) -> bool {
        self.saleable > 0
    }

    /// The key of the sentence that says it: "Sold out", "2 left", "In stock".
    pub fn key(&self) -> &'static str {
        match self {
            shelf if !shelf.buyable() => "catalog-sold-out",
            shelf if shelf.unlimited => "catalog-in-stock",
            shelf if shelf.pre_order && shelf.ships_on.is_some() => "catalog-pre-order",
            shelf if shelf.present <= 0 && shelf.ships_on.is_some() => "catalog-back-order-on",
            shelf if shelf.present <= 0 => "catalog-back-order",
            shelf if shelf.saleable <= FEW => "catalog-left",
            _ => "catalog-in-stock",
        }
    }

    /// The word of schema.org for it.
    pub fn availability(&self) -> &'static str {
        match self {
            shelf if !shelf.buyable() => "OutOfStock",
            shelf if shelf.unlimited => "InStock",
            shelf if shelf.pre_order => "PreOrder",
            shelf if shelf.present <= 0 => "BackOrder",
            _ => "InStock",
        }
    }

    /// Whether a shopper should hurry, or is too late.
    pub fn is_low(&self) -> bool {
        self.key() != "catalog-in-stock"
    }
}

/// What something costs, in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    pub from: i64,
    /// The highest; equal to `from` where there is one price.
    pub to: i64,
    /// What it cost before.
    compare_at: Option<i64>,
    /// The lowest price of the thirty days before this one.
    lowest: Option<i64>,
}

impl Price {
    pub fn one(amount: i64, compare_at: Option<i64>) -> Price {
        Price { from: amount, to: amount, compare_at, lowest: None }
    }

    pub fn span(from: i64, to: i64, compare_at: Option<i64>) -> Price {
        Price { from, to: to.max(from), compare_at, lowest: None }
    }

    /// The same, knowing the lowest price of the thirty days before it.
    pub fn after(self, lowest: Option<i64>) -> Price {
        Price { lowest, ..self }
    }

    /// The lowest price of the thirty days before it, where one before stands beside it.
    pub fn lowest(&self) -> Option<i64> {
        self.before().and(self.lowest)
    }

    /// What it cost before: only where that is more.
    pub fn before(&self) -> Option<i64> {
        self.compare_at.filter(|before| *before > self.from)
    }

    /// What is saved.
    pub fn off(&self) -> Option<i64> {
        self.before().map(|before| before - self.from)
    }

    pub fn is_span(&self) -> bool {
        self.to > self.from
    }
}

/// A picture with its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Photo {
    pub picture: Picture,
    pub alt: Wording,
}

/// A product in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    pub id: ProductId,
    pub handle: String,
    pub title: Wording,
    pub price: Price,
    /// What is in a piece of the cheapest, where its price is told by it.
    pub content: Option<Content>,
    pub buyable: bool,
    /// The only variant: it can be put into the cart from the list.
    pub only_variant: Option<VariantId>,
    pub photos: Vec<Picture>,
    pub colours: Vec<Wording>,
}

/// A category of the highest level with what it holds.
#[derive(Clone, Debug)]
pub struct Room {
    pub id: CategoryId,
    pub title: Wording,
    pub handle: String,
    pub count: i64,
    pub photo: Option<Picture>,
}

/// A product told at length, with a wide photo.
#[derive(Clone, Debug)]
pub struct Story {
    pub card: Card,
    pub text: Wording,
    pub photo: Photo,
}

/// What the delivery methods offer at best.
#[derive(Clone, Copy, Debug)]
pub struct Delivery {
    /// Goods total from which it costs nothing, in minor units.
    pub free_from: Option<i64>,
    /// Working days.
    pub days_min: i32,
    pub days_max: i32,
}

impl Goods {
    /// Bytes of its texts, roughly.
    pub fn weight(&self) -> usize {
        self.title.size() + self.description.size() + self.seo_title.size() + self.seo_description.size()
    }
}

/// How light a colour is, from 0 to 255; dark text stands on light photos only.
pub fn lightness(colour: &str) -> u32 {
    let part = |at: usize| colour.get(at..at + 2).and_then(|hex| u32::from_str_radix(hex, 16).ok()).unwrap_or(0);
    (part(1) * 299 + part(3) * 587 + part(5) * 114) / 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn light_colours_are_told_from_dark_ones() {
        assert_eq!(lightness("#ffffff"), 255);
        assert_eq!(lightness("#000000"), 0);
        assert!(lightness("#dddad4") > 200 && lightness("nonsense") < 100);
    }

    fn shelf(saleable: i64, present: i64) -> ShelfState {
        ShelfState { unlimited: false, saleable, present, pre_order: false, ships_on: None }
    }

    #[test]
    fn stock_is_said_in_words() {
        assert_eq!(shelf(0, 0).key(), "catalog-sold-out");
        assert_eq!(shelf(2, 2).key(), "catalog-left");
        assert_eq!(shelf(5, 0).key(), "catalog-back-order");
        assert_eq!(shelf(6, 6).key(), "catalog-in-stock");
        assert_eq!(ShelfState { unlimited: true, saleable: 1_000_000_000, ..shelf(0, 0) }.key(), "catalog-in-stock");
        let later = ShelfState { ships_on: "2026-12-12".parse().ok(), ..shelf(5, 0) };
        assert_eq!((later.key(), later.availability()), ("catalog-back-order-on", "BackOrder"));
        let early = ShelfState { pre_order: true, ..later };
        assert_eq!((early.key(), early.availability()), ("catalog-pre-order", "PreOrder"));
    }

    proptest::proptest! {
        #[test]
        fn a_price_before_is_always_higher(amount in 0..1_000_000_i64, before in proptest::option::of(0..1_000_000_i64), more in 0..1000_i64) {
            let price = Price::span(amount, amount + more, before);
            proptest::prop_assert!(price.before().is_none_or(|before| before > amount));
            proptest::prop_assert_eq!(price.off().map(|off| off + amount), price.before());
            proptest::prop_assert_eq!(price.is_span(), more > 0);
            proptest::prop_assert_eq!(price.before().is_some(), before.is_some_and(|before| before > amount));
        }
    }
}
