//! What staff send about menus.

use rocket::form::{self, FromForm, FromFormField, ValueField};

use super::model::{LinkDraft, Menu, Target};
use crate::platform::base::{BadText, CategoryId, Line, Move};
use crate::platform::i18n::{Locale, Said};
use crate::platform::shell::ShopPlace;
use crate::platform::web::Link;

/// What was chosen in the list of targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    Nothing,
    /// What stands in the field for an address.
    Typed,
    Place(ShopPlace),
    Category(CategoryId),
}

#[rocket::async_trait]
impl<'r> FromFormField<'r> for Chosen {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        let wrong = || form::Error::validation("error-choice");
        match field.value.split_once('-') {
            None if field.value == "nothing" => Ok(Chosen::Nothing),
            None if field.value == "typed" => Ok(Chosen::Typed),
            Some(("place", word)) => {
                word.parse().map(Chosen::Place).map_err(|why: BadText| form::Error::validation(why.0).into())
            }
            Some(("category", id)) => {
                let id = id.parse().ok().filter(|id| *id > 0);
                Ok(Chosen::Category(CategoryId(id.ok_or_else(wrong)?)))
            }
            _ => Err(wrong().into()),
        }
    }
}

/// The id of a link.
#[derive(Clone, Copy, Debug)]
pub struct LinkId(pub i64);

#[rocket::async_trait]
impl<'r> FromFormField<'r> for LinkId {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        let id = field.value.parse().ok().filter(|id| *id >= 0);
        id.map(LinkId).ok_or_else(|| form::Error::validation("error-choice").into())
    }
}

impl<'a> rocket::request::FromParam<'a> for LinkId {
    type Error = &'a str;
    fn from_param(param: &'a str) -> Result<Self, Self::Error> {
        param.parse().ok().filter(|id| *id > 0).map(LinkId).ok_or(param)
    }
}

impl<'a> rocket::request::FromParam<'a> for Menu {
    type Error = BadText;
    fn from_param(param: &'a str) -> Result<Self, Self::Error> {
        param.parse()
    }
}

/// A link of a menu.
#[derive(FromForm)]
pub struct LinkForm {
    label_en: Line<80>,
    label_de: Line<80>,
    pub target: Chosen,
    pub address: Link,
    /// 0: the first level.
    parent: LinkId,
}

impl LinkForm {
    /// The link as typed, leading to this.
    pub fn draft(&self, target: Target) -> LinkDraft {
        let labels = [(Locale::En, self.label_en.to_string()), (Locale::De, self.label_de.to_string())];
        LinkDraft { labels: Said::of(labels), target, parent: Some(self.parent.0).filter(|id| *id > 0) }
    }
}

/// Below which link a new one is wanted.
#[derive(FromForm)]
pub struct Below {
    pub parent: Option<LinkId>,
}

/// Where a link goes in its list.
#[derive(FromForm)]
pub struct PlaceForm {
    pub to: Move,
}
