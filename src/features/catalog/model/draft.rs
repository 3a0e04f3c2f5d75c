//! A product as it is drafted, and why a draft is refused.

use std::collections::HashSet;

use crate::engines::inventory::AdjustRefused;
use crate::engines::pricing::Content;
use crate::platform::base::{
    CategoryId, Handle, Line, MediaId, Message, Name, ProductId, Prose, Refusal, TaxClassId, VariantId, text_enum,
};
use crate::platform::web::Markup;

text_enum! {
    /// Whether shoppers see a product: not yet, now, no more.
    ProductStatus { Draft = "draft", Active = "active", Archived = "archived" }
}

/// The most variants a product may have.
pub const MAX_VARIANTS: usize = 2000;
/// The highest price, in minor units.
pub const MAX_PRICE: i64 = 100_000_000_000;

/// A product as somebody wants it to be: an import file, the demo, a form.
#[derive(Clone, Debug, PartialEq)]
pub struct ProductDraft {
    pub handle: Handle,
    pub title: Name<255>,
    pub description: Prose<200_000>,
    pub markup: Markup,
    pub status: ProductStatus,
    /// Whether it is sold as a gift card; `None`: it stays what it is, which for a new one is goods.
    pub gift_card: Option<bool>,
    pub vendor: Line<255>,
    pub product_type: Line<255>,
    pub tags: Vec<Name<255>>,
    pub seo_title: Line<255>,
    pub seo_description: Line<1000>,
    pub categories: Vec<CategoryId>,
    /// The options' names, in order; none for a product of one variant.
    pub options: Vec<Name<255>>,
    /// In order; never none. The values of an option are shown in the order in which the variants name them.
    pub variants: Vec<VariantDraft>,
    /// `None`: pictures stay as they are, those of the variants too.
    pub images: Option<Vec<ImageDraft>>,
}

/// A variant as somebody wants it to be.
#[derive(Clone, Debug, PartialEq)]
pub struct VariantDraft {
    /// One value for each of the product's options, in their order.
    pub values: Vec<Name<255>>,
    pub sku: Option<Name<255>>,
    pub barcode: Line<255>,
    /// Minor units.
    pub price: i64,
    /// What it cost before, in minor units; shown only when it is higher.
    pub compare_at: Option<i64>,
    pub weight_grams: i32,
    /// What is in a piece; `None`: it stays as it is, which for a new one is nothing.
    pub content: Option<Option<Content>>,
    pub requires_shipping: bool,
    pub taxable: bool,
    /// Its tax class, where it is not the usual one; `None`: it stays as it is, which for a new one is the usual.
    pub tax_class: Option<Option<TaxClassId>>,
    /// Read only when the draft has `images`.
    pub image: Option<MediaId>,
}

/// A picture of a product, in the place where it stands in the draft.
#[derive(Clone, Debug, PartialEq)]
pub struct ImageDraft {
    pub media: MediaId,
    pub alt: Line<1000>,
}

/// A category as somebody wants it to be.
#[derive(Clone, Debug, PartialEq)]
pub struct CategoryDraft {
    pub handle: Handle,
    pub title: Name<255>,
    pub parent: Option<CategoryId>,
    /// Markdown.
    pub description: Prose<20_000>,
    pub image: Option<MediaId>,
    pub position: i32,
}

/// What saving a draft did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Created,
    Updated,
    /// Everything was so already; nothing was written.
    Unchanged,
}

/// A saved product.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    pub product: ProductId,
    pub outcome: Outcome,
    /// The variants' ids in the order of the draft.
    pub variants: Vec<VariantId>,
}

/// Why a draft cannot be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveRefused {
    NoVariant,
    TooManyVariants,
    OptionTwice {
        name: String,
    },
    /// A variant has more or fewer values than there are options.
    ValuesMissing {
        variant: String,
    },
    VariantTwice {
        variant: String,
    },
    /// An option has a value twice.
    ValueTwice {
        name: String,
    },
    /// Orders name it, or shoppers see it: it can be archived, not deleted.
    MustStay,
    SkuTwice {
        sku: String,
    },
    SkuTaken {
        sku: String,
        by: String,
    },
    Price,
    HandleTaken {
        handle: String,
    },
    CategoryTitleTaken {
        title: String,
    },
    /// A category cannot stand below itself.
    CategoryCircle,
    /// The pieces on a shelf changed since the form was opened.
    CountChanged {
        variant: VariantId,
        on_hand: i32,
    },
    Count(AdjustRefused),
    /// Somebody saved since the form was opened.
    ChangedMeanwhile,
}

impl Refusal for SaveRefused {
    fn message(&self) -> Message {
        match self {
            SaveRefused::NoVariant => Message::new("catalog-no-variant"),
            SaveRefused::TooManyVariants => Message::new("catalog-too-many-variants").count("count", MAX_VARIANTS as i64),
            SaveRefused::OptionTwice { name } => Message::new("catalog-option-twice").text("name", name),
            SaveRefused::ValuesMissing { variant } => Message::new("catalog-values-missing").text("name", variant),
            SaveRefused::VariantTwice { variant } => Message::new("catalog-variant-twice").text("name", variant),
            SaveRefused::ValueTwice { name } => Message::new("catalog-value-twice").text("name", name),
            SaveRefused::MustStay => Message::new("catalog-must-stay"),
            SaveRefused::SkuTwice { sku } => Message::new("catalog-sku-twice").text("sku", sku),
            SaveRefused::SkuTaken { sku, by } => Message::new("catalog-sku-taken").text("sku", sku).text("by", by),
            SaveRefused::Price => Message::new("catalog-price"),
            SaveRefused::HandleTaken { handle } => Message::new("catalog-handle-taken").text("handle", handle),
            SaveRefused::CategoryTitleTaken { title } => Message::new("catalog-category-title-taken").text("title", title),
            SaveRefused::CategoryCircle => Message::new("catalog-category-circle"),
            SaveRefused::CountChanged { on_hand, .. } => Message::new("catalog-count-changed").count("count", *on_hand),
            SaveRefused::Count(why) => why.message(),
            SaveRefused::ChangedMeanwhile => Message::new("catalog-changed-meanwhile"),
        }
    }
}

impl VariantDraft {
    /// "Mint / 600 ml"; empty for the only one.
    pub fn title(&self) -> String {
        self.values.iter().map(|value| value.as_ref()).collect::<Vec<&str>>().join(" / ")
    }
}

impl ProductDraft {
    /// Whether the draft is whole in itself.
    pub fn check(&self) -> Result<(), SaveRefused> {
        if self.variants.is_empty() {
            return Err(SaveRefused::NoVariant);
        }
        if self.variants.len() > MAX_VARIANTS {
            return Err(SaveRefused::TooManyVariants);
        }
        let mut names = HashSet::new();
        if let Some(name) = self.options.iter().find(|name| !names.insert(name.to_string())) {
            return Err(SaveRefused::OptionTwice { name: name.to_string() });
        }
        let (mut skus, mut values) = (HashSet::new(), HashSet::new());
        for variant in &self.variants {
            if variant.values.len() != self.options.len() {
                return Err(SaveRefused::ValuesMissing { variant: variant.title() });
            }
            if !values.insert(&variant.values) {
                return Err(SaveRefused::VariantTwice { variant: variant.title() });
            }
            if let Some(sku) = variant.sku.as_ref().filter(|sku| !skus.insert(sku.to_string())) {
                return Err(SaveRefused::SkuTwice { sku: sku.to_string() });
            }
            let fits = |amount: i64| (0..=MAX_PRICE).contains(&amount);
            if !fits(variant.price) || !variant.compare_at.is_none_or(fits) || variant.weight_grams < 0 {
                return Err(SaveRefused::Price);
            }
        }
        Ok(())
    }

    /// The values of each option, in the order in which the variants name them.
    pub fn option_values(&self) -> Vec<Vec<String>> {
        let mut lists: Vec<Vec<String>> = vec![Vec::new(); self.options.len()];
        for variant in &self.variants {
            for (list, value) in lists.iter_mut().zip(&variant.values) {
                if !list.iter().any(|known| known.as_str() == &**value) {
                    list.push(value.to_string());
                }
            }
        }
        lists
    }

    /// The tags, each once, in order.
    pub fn tag_list(&self) -> Vec<String> {
        let mut seen = HashSet::new();
        self.tags.iter().map(ToString::to_string).filter(|tag| seen.insert(tag.to_lowercase())).collect()
    }
}

/// A variant that is there already, as far as it takes to know it again.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptVariant {
    pub id: VariantId,
    pub sku: Option<String>,
    /// Option name and value.
    pub values: Vec<(String, String)>,
    pub archived: bool,
}

/// Which of the kept variants each drafted one is: by its values, then by its SKU; the only one is always the only one. `None` is new.
pub fn matched(draft: &ProductDraft, kept: &[KeptVariant]) -> Vec<Option<VariantId>> {
    let mut found: Vec<Option<VariantId>> = vec![None; draft.variants.len()];
    let mut free: Vec<&KeptVariant> = kept.iter().collect();
    let mut take = |found: &mut Vec<Option<VariantId>>, same: &dyn Fn(&VariantDraft, &KeptVariant) -> bool| {
        for (place, variant) in found.iter_mut().zip(&draft.variants).filter(|(place, _)| place.is_none()) {
            if let Some(at) = free.iter().position(|one| same(variant, one)) {
                *place = Some(free.remove(at).id);
            }
        }
    };
    take(&mut found, &|variant, one| {
        let named = |(name, value): (&Name<255>, &Name<255>)| one.values.iter().any(|(n, v)| **n == **name && **v == **value);
        one.values.len() == draft.options.len() && draft.options.iter().zip(&variant.values).all(named)
    });
    take(&mut found, &|variant, one| variant.sku.is_some() && variant.sku.as_deref() == one.sku.as_deref());
    if draft.variants.len() == 1 && kept.iter().filter(|one| !one.archived).count() == 1 {
        take(&mut found, &|_, one| !one.archived);
    }
    found
}
