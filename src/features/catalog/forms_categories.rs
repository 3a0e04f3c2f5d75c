//! What staff send about categories.

use std::collections::HashMap;

use rocket::form::{self, FromForm, FromFormField, ValueField};
use rocket::fs::TempFile;

use super::model::{CategoryEdit, PictureChoice};
use crate::platform::base::{CategoryId, Handle, Line, Move, Name, ProductId, Prose};
use crate::platform::i18n::Locale;
use crate::platform::web::Between;

/// The category above; nothing or 0 is none.
#[derive(Clone, Copy, Debug)]
pub struct Parent(pub Option<CategoryId>);

#[rocket::async_trait]
impl<'r> FromFormField<'r> for Parent {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        match field.value {
            "" | "0" => Ok(Parent(None)),
            _ => CategoryId::from_value(field).map(|id| Parent(Some(id))),
        }
    }
}

/// A new category.
#[derive(FromForm)]
pub struct NewCategoryForm {
    pub title: Name<255>,
    pub parent: Parent,
}

/// A category that exists; its picture comes with it, or not.
#[derive(FromForm)]
pub struct CategoryForm<'r> {
    version: Between<0, { i32::MAX }>,
    title: Name<255>,
    handle: Handle,
    parent: Parent,
    description: Prose<20_000>,
    seo_title: Line<255>,
    seo_description: Line<1000>,
    pub image: Option<TempFile<'r>>,
    no_image: bool,
    pub preview: bool,
    #[field(default = HashMap::new())]
    words: HashMap<Locale, WordsForm>,
}

/// The texts of a category in another language.
#[derive(FromForm)]
struct WordsForm {
    #[field(default = <Line<255> as Default>::default())]
    title: Line<255>,
    #[field(default = <Prose<20_000> as Default>::default())]
    description: Prose<20_000>,
    #[field(default = <Line<255> as Default>::default())]
    seo_title: Line<255>,
    #[field(default = <Prose<1000> as Default>::default())]
    seo_description: Prose<1000>,
}

impl WordsForm {
    fn texts(&self, locale: Locale) -> [(&'static str, Locale, String); 4] {
        let says = self.seo_description.split_whitespace().collect::<Vec<_>>().join(" ");
        [
            ("title", locale, self.title.to_string()),
            ("description", locale, self.description.to_string()),
            ("seo_title", locale, self.seo_title.to_string()),
            ("seo_description", locale, says),
        ]
    }
}

impl CategoryForm<'_> {
    /// What the form says, with the picture that came with it.
    pub fn edit(&self, taken: Option<PictureChoice>) -> CategoryEdit {
        let picture = taken.unwrap_or(if self.no_image { PictureChoice::Remove } else { PictureChoice::Keep });
        CategoryEdit {
            version: self.version.0,
            title: self.title.clone(),
            handle: self.handle.clone(),
            parent: self.parent.0,
            description: self.description.clone(),
            seo_title: self.seo_title.clone(),
            seo_description: self.seo_description.clone(),
            picture,
            words: self.words.iter().flat_map(|(locale, typed)| typed.texts(*locale)).collect(),
        }
    }
}

/// Where a category or a product goes in its list.
#[derive(FromForm)]
pub struct PlaceForm {
    pub to: Move,
}

/// A product to be put in.
#[derive(FromForm)]
pub struct PutInForm {
    pub product: ProductId,
}

/// Words by which a product to be put in is looked for.
#[derive(FromForm)]
pub struct Looked {
    pub q: Option<Line<100>>,
}

/// Below which category a new one is wanted.
#[derive(FromForm)]
pub struct Below {
    pub parent: Option<CategoryId>,
}
