//! What all pages share on the way in and out: answers, forms, cookies.

mod answer;
mod cookies;
mod form;

pub use answer::{Notice, Posted, Result, Unwell};
pub use cookies::{Cookies, Named};
pub use form::{FieldError, FormView};
