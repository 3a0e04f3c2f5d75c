//! What staff send to the library.

use std::collections::HashMap;

use rocket::form::FromForm;
use rocket::fs::TempFile;

use super::model::{Filter, Only};
use crate::platform::base::{Line, MediaId, ProductId};

/// What of the library is wished for; what cannot be read is as if it were not said.
#[derive(FromForm)]
pub struct Wish {
    q: Option<Line<100>>,
    only: Option<Only>,
    pub before: Option<MediaId>,
}

impl Wish {
    pub fn filter(&self) -> Filter {
        Filter { words: self.q.as_deref().unwrap_or_default().to_owned(), only: self.only }
    }
}

/// Files to be taken in.
#[derive(FromForm)]
pub struct UploadForm<'r> {
    pub files: Vec<TempFile<'r>>,
}

/// What a picture shows, in the words of each product.
#[derive(FromForm)]
pub struct TextsForm {
    #[field(default = HashMap::new())]
    pub alts: HashMap<ProductId, Line<1000>>,
}
