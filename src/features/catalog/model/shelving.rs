//! Categories as staff see and change them.

use super::draft::ProductStatus;
use super::tree::Tree;
use crate::platform::base::{CategoryId, Handle, Line, MediaId, Message, Moment, Name, ProductId, Prose, Refusal};
use crate::platform::i18n::{Locale, Translations};

/// So many levels a tree may have.
pub const DEEPEST: usize = 8;

/// A category as its form shows it.
#[derive(Clone, Debug)]
pub struct EditableCategory {
    pub id: CategoryId,
    pub handle: String,
    pub title: String,
    pub parent: Option<CategoryId>,
    pub description: String,
    pub media: Option<MediaId>,
    pub seo_title: String,
    pub seo_description: String,
    /// Staff put its products in an order of their own.
    pub arranged: bool,
    pub version: i32,
    pub updated_at: Moment,
    /// All its texts in other languages.
    pub translations: Translations,
}

/// What becomes of a category's picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureChoice {
    Keep,
    Remove,
    Take(MediaId),
}

/// What a form wants a category to be.
#[derive(Clone, Debug)]
pub struct CategoryEdit {
    /// The version that the form was filled with.
    pub version: i32,
    pub title: Name<255>,
    pub handle: Handle,
    pub parent: Option<CategoryId>,
    /// Markdown.
    pub description: Prose<20_000>,
    pub seo_title: Line<255>,
    pub seo_description: Line<1000>,
    pub picture: PictureChoice,
    /// The texts in other languages that the form names: field, language, text.
    pub words: Vec<(&'static str, Locale, String)>,
}

impl CategoryEdit {
    /// A category's texts in other languages once these are put in.
    pub fn translated(&self, kept: &Translations) -> Translations {
        let put = |all: Translations, (field, locale, text): &(&str, Locale, String)| all.with(field, *locale, text.as_str());
        self.words.iter().fold(kept.clone(), put)
    }
}

/// A product in a category, in the order in which shoppers see it.
#[derive(Clone, Debug)]
pub struct Shelved {
    pub id: ProductId,
    pub title: String,
    pub status: ProductStatus,
    pub media: Option<MediaId>,
}

/// What removing a category would do.
#[derive(Clone, Debug)]
pub struct Removal {
    /// Categories directly below, which move up.
    pub children: Vec<String>,
    /// Products directly in it, which stay in the shop.
    pub products: i64,
    /// Those of them that would stand in no category at all.
    pub homeless: i64,
    /// Links of the menus that lead to it, which vanish with it.
    pub links: i64,
}

/// Why a category is not changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShelveRefused {
    HandleTaken {
        handle: String,
    },
    /// Another category at the same place has this title.
    TitleTaken {
        title: String,
    },
    /// It cannot stand below itself.
    Circle,
    TooDeep,
    /// It, or the one above it, was removed meanwhile.
    Gone,
    /// Somebody saved since the form was opened.
    Changed,
}

impl Refusal for ShelveRefused {
    fn message(&self) -> Message {
        match self {
            ShelveRefused::HandleTaken { handle } => Message::new("catalog-handle-taken").text("handle", handle),
            ShelveRefused::TitleTaken { title } => Message::new("catalog-category-title-taken").text("title", title),
            ShelveRefused::Circle => Message::new("catalog-category-circle"),
            ShelveRefused::TooDeep => Message::new("shelving-too-deep").count("count", DEEPEST as i64),
            ShelveRefused::Gone => Message::new("shelving-gone"),
            ShelveRefused::Changed => Message::new("shelving-changed"),
        }
    }
}

/// Whether a category may stand below another one.
///
/// # Errors
/// Below itself, too deep, or below one that is gone.
pub fn may_stand(tree: &Tree, one: Option<CategoryId>, parent: Option<CategoryId>) -> Result<(), ShelveRefused> {
    let Some(parent) = parent else { return Ok(()) };
    if tree.get(parent).is_none() {
        return Err(ShelveRefused::Gone);
    }
    let trail = tree.trail(parent);
    if one.is_some_and(|one| trail.iter().any(|branch| branch.id == one)) {
        return Err(ShelveRefused::Circle);
    }
    let height = one.map_or(1, |one| {
        let above = tree.trail(one).len();
        tree.with_all_below(one).into_iter().map(|id| tree.trail(id).len() + 1 - above).max().unwrap_or(1)
    });
    if trail.len() + height > DEEPEST { Err(ShelveRefused::TooDeep) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::catalog::model::Branch;

    #[test]
    fn no_category_stands_below_itself_or_too_deep() {
        let branch = |id: i64, parent: i64| Branch {
            id: CategoryId(id),
            parent: (parent > 0).then_some(CategoryId(parent)),
            handle: format!("c-{id}"),
            title: id.to_string(),
            titles: Default::default(),
            media: None,
            arranged: false,
        };
        // 1 → 2 → … → 8, and 20 → 21.
        let mut branches: Vec<Branch> = (1..=8).map(|id| branch(id, id - 1)).collect();
        branches.extend([branch(20, 0), branch(21, 20)]);
        let tree = Tree::new(branches);
        let stand = |one: i64, parent: i64| may_stand(&tree, (one > 0).then_some(CategoryId(one)), Some(CategoryId(parent)));
        assert_eq!(stand(2, 2), Err(ShelveRefused::Circle));
        assert_eq!(stand(2, 7), Err(ShelveRefused::Circle));
        assert_eq!(stand(0, 8), Err(ShelveRefused::TooDeep));
        assert_eq!(stand(20, 6), Ok(()));
        assert_eq!(stand(20, 7), Err(ShelveRefused::TooDeep));
        assert_eq!(stand(21, 99), Err(ShelveRefused::Gone));
        assert_eq!(may_stand(&tree, Some(CategoryId(2)), None), Ok(()));
    }
}
