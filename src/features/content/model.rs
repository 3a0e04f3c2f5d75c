//! The menus that staff compose, and why a link is not accepted.

use crate::platform::base::{CategoryId, Message, ProductId, Refusal, text_enum};
use crate::platform::i18n::Said;
use crate::platform::shell::ShopPlace;
use crate::platform::web::Link;

text_enum! {
    /// Where a menu stands.
    Menu { Header = "header", Footer = "footer" }
}

impl Menu {
    /// The key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Menu::Header => "content-menu-header",
            Menu::Footer => "content-menu-footer",
        }
    }

    /// The key of what the shop shows while it has no link.
    pub fn empty_key(self) -> &'static str {
        match self {
            Menu::Header => "content-menu-header-empty",
            Menu::Footer => "content-menu-footer-empty",
        }
    }
}

/// So many links a menu may have.
pub const MOST_LINKS: usize = 100;

/// Where a link of a menu leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Nowhere: it is a heading of those below it.
    Nothing,
    Place(ShopPlace),
    Category(CategoryId),
    Product(ProductId),
    Address(Link),
}

/// A link of a menu as staff see it.
#[derive(Clone, Debug)]
pub struct MenuLink {
    pub id: i64,
    pub menu: Menu,
    pub parent: Option<i64>,
    pub labels: Said,
    pub target: Target,
    /// The title of the category or product.
    pub title: String,
    /// The handle of the category or product.
    pub handle: String,
    /// The product is not on offer.
    pub hidden: bool,
}

/// A link as a form wants it to be.
#[derive(Clone, Debug)]
pub struct LinkDraft {
    pub labels: Said,
    pub target: Target,
    /// The link that it stands below.
    pub parent: Option<i64>,
}

impl LinkDraft {
    /// Whether it says and leads to anything.
    pub fn check(&self) -> Result<(), LinkRefused> {
        match self.target {
            Target::Nothing | Target::Address(_) if self.labels.is_empty() => Err(LinkRefused::Unnamed),
            Target::Nothing if self.parent.is_some() => Err(LinkRefused::LeadsNowhere),
            _ => Ok(()),
        }
    }
}

/// Why a link is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkRefused {
    /// Only what it leads to could name it, and that has no title.
    Unnamed,
    /// Below another one, a link must lead somewhere.
    LeadsNowhere,
    /// The field for an address is empty.
    NoAddress,
    /// No product or category has this address.
    NotFound,
    /// Below a link that stands below another one already, or with links below itself.
    TooDeep,
    TooMany,
    Gone,
}

impl Refusal for LinkRefused {
    fn message(&self) -> Message {
        match self {
            LinkRefused::Unnamed => Message::new("content-link-unnamed"),
            LinkRefused::LeadsNowhere => Message::new("content-link-nowhere"),
            LinkRefused::NoAddress => Message::new("content-link-no-address"),
            LinkRefused::NotFound => Message::new("content-link-not-found"),
            LinkRefused::TooDeep => Message::new("content-link-too-deep"),
            LinkRefused::TooMany => Message::new("content-link-too-many").count("count", MOST_LINKS as i64),
            LinkRefused::Gone => Message::new("content-link-gone"),
        }
    }
}
