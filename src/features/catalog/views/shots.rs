//! The pictures of a product in its editor: a part of its page, and an answer of its own for scripts.

use std::collections::HashMap;

use askama::Template;
use askama::filters::HtmlSafe;

use crate::features::catalog::model::Editable;
use crate::platform::access::Right;
use crate::platform::base::{MediaId, ProductId};
use crate::platform::media::{Loading, Picture, PictureView, sizes};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::FormView;

/// The card of pictures.
#[derive(Template)]
#[template(path = "catalog/_editor_shots.html")]
pub struct Shots {
    page: Page,
    upload: String,
    version: String,
    may_edit: bool,
    shots: Vec<Shot>,
    /// Files that were not taken, and why.
    refused: Vec<String>,
    /// Where the picture that was just taken away is put back.
    back: Option<String>,
}

impl HtmlSafe for Shots {}

struct Shot {
    id: MediaId,
    number: usize,
    view: Option<PictureView>,
    alt: String,
    missing: bool,
    earlier: Option<String>,
    later: Option<String>,
    removal: String,
    /// The address of a place, without its number; for scripts.
    place: String,
}

impl Shots {
    pub fn new(page: Page, product: &Editable, pictures: &HashMap<MediaId, Picture>, form: &FormView, version: &str) -> Shots {
        let last = product.images.len();
        let shot = |(at, image): (usize, &crate::features::catalog::model::EditableImage)| {
            let alt = form.value(&format!("alts[{}]", image.media)).to_owned();
            let to = |place: usize| paths::admin_product_image_place(product.id, image.media, place);
            Shot {
                id: image.media,
                number: at + 1,
                view: pictures.get(&image.media).and_then(|picture| picture.view(&alt, sizes::SHOT, Loading::Lazy)),
                missing: alt.trim().is_empty(),
                alt,
                earlier: (at > 0).then(|| to(at - 1)),
                later: (at + 1 < last).then(|| to(at + 1)),
                removal: paths::admin_product_image_removal(product.id, image.media),
                place: paths::admin_product_image_place(product.id, image.media, ""),
            }
        };
        Shots {
            upload: paths::admin_product_images(product.id),
            version: version.to_owned(),
            may_edit: page.staff.as_ref().is_some_and(|person| person.may(Right::ManageProducts)),
            shots: product.images.iter().enumerate().map(shot).collect(),
            refused: Vec::new(),
            back: None,
            page,
        }
    }

    pub fn with_refused(self, refused: Vec<String>) -> Shots {
        Shots { refused, ..self }
    }

    /// A picture was just taken away: it can be put back.
    pub fn with_removed(self, product: ProductId, picture: MediaId) -> Shots {
        Shots { back: Some(paths::admin_product_image_return(product, picture)), ..self }
    }
}
