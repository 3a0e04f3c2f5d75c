//! A picture as pages print it.

use askama::Template;
use askama::filters::HtmlSafe;

use super::model::{Encoding, Picture, PictureState};
use crate::platform::paths;

/// How wide a picture stands on the page, for the browser to choose a file by.
pub mod sizes {
    /// In a grid of products: two in a row on phones, then three, then four.
    pub const CARD: &str = "(min-width: 90rem) 21rem, (min-width: 64rem) 24vw, (min-width: 48rem) 32vw, 48vw";
    /// The large picture of a product.
    pub const GALLERY: &str = "(min-width: 90rem) 42rem, (min-width: 48rem) 50vw, 100vw";
    /// The whole width of the window.
    pub const WIDE: &str = "100vw";
    /// Half of the window, whole on phones.
    pub const HALF: &str = "(min-width: 48rem) 54vw, 100vw";
    /// In a line of a cart or an order.
    pub const LINE: &str = "6rem";
    /// Among the pictures of the product editor.
    pub const SHOT: &str = "10rem";
    /// In a list of the management pages, in a search suggestion.
    pub const THUMB: &str = "3.5rem";
}

/// When the browser should fetch a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loading {
    /// When it comes near the window.
    Lazy,
    /// At once: in the first row.
    Eager,
    /// Before others: the largest picture of the first screen.
    First,
}

/// A picture ready to print: `{{ picture }}`. Its dominant colour is a drawing of its own below it, so that no inline style is needed.
#[derive(Clone, Debug, Template)]
#[template(path = "media/_picture.html")]
pub struct PictureView {
    /// The widest JPEG up to 1280 pixels, absolute from the root of the shop.
    pub src: String,
    pub webp: String,
    pub jpeg: String,
    pub sizes: &'static str,
    pub width: i32,
    pub height: i32,
    /// "#ece5da"
    pub colour: String,
    pub alt: String,
    pub loading: Loading,
}

impl HtmlSafe for PictureView {}

impl PictureView {
    pub fn new(picture: &Picture, alt: impl Into<String>, sizes: &'static str, loading: Loading) -> PictureView {
        let hash = picture.hash.to_string();
        let widths = picture.widths();
        let address = |width: u32, encoding: Encoding| paths::media(&hash, width as i32, encoding.extension());
        let set = |encoding: Encoding| {
            let parts: Vec<String> = widths.iter().map(|width| format!("{} {width}w", address(*width, encoding))).collect();
            parts.join(", ")
        };
        let middle = widths.iter().rev().find(|width| **width <= 1280).or(widths.first()).copied().unwrap_or(320);
        PictureView {
            src: address(middle, Encoding::Jpeg),
            webp: set(Encoding::Webp),
            jpeg: set(Encoding::Jpeg),
            sizes,
            width: picture.width,
            height: picture.height,
            colour: picture.colour.clone(),
            alt: alt.into(),
            loading,
        }
    }

    /// Whether it is the picture to fetch before others.
    fn first(&self) -> bool {
        self.loading == Loading::First
    }

    fn lazy(&self) -> bool {
        self.loading == Loading::Lazy
    }
}

impl Picture {
    /// The picture for a place of the page; `None` when its file turned out to be broken.
    pub fn view(&self, alt: impl Into<String>, sizes: &'static str, loading: Loading) -> Option<PictureView> {
        (self.state != PictureState::Failed).then(|| PictureView::new(self, alt, sizes, loading))
    }

    /// The largest JPEG, for JSON-LD, OpenGraph and mails; absolute from the root of the shop.
    pub fn largest(&self) -> String {
        let width = self.widths().last().copied().unwrap_or(320);
        paths::media(&self.hash.to_string(), width as i32, Encoding::Jpeg.extension())
    }

    /// The small JPEG for mails.
    pub fn small(&self) -> String {
        let width = self.widths().first().copied().unwrap_or(320);
        paths::media(&self.hash.to_string(), width as i32, Encoding::Jpeg.extension())
    }
}
