//! What all pages share on the way in and out: answers, whole pages, forms, cookies, marked-up text.

mod answer;
pub mod assets;
mod cookies;
mod form;
mod linked_data;
mod markup;
mod site_path;
mod whole;

pub use answer::{Notice, Posted, Result, Unwell};
pub use cookies::{Cookies, Named};
pub use form::{FieldError, FormView};
pub use linked_data::LinkedData;
pub use markup::{CleanHtml, Markup, shortened};
pub use site_path::SitePath;
pub use whole::Whole;
