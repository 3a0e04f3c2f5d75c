//! What all pages share on the way in and out: answers, forms, cookies, marked-up text.

mod answer;
mod cookies;
mod form;
mod markup;

pub use answer::{Notice, Posted, Result, Unwell};
pub use cookies::{Cookies, Named};
pub use form::{FieldError, FormView};
pub use markup::{CleanHtml, Markup, shortened};
