//! What all pages share on the way in and out: answers, forms, cookies, marked-up text.

mod answer;
pub mod assets;
mod cookies;
mod form;
mod markup;
mod site_path;

pub use answer::{Notice, Posted, Result, Unwell};
pub use cookies::{Cookies, Named};
pub use form::{FieldError, FormView};
pub use markup::{CleanHtml, Markup, shortened};
pub use site_path::SitePath;
