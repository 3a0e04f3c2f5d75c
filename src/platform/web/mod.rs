//! What all pages share on the way in and out: answers, forms, cookies, marked-up text.

mod answer;
pub mod assets;
mod cookies;
mod form;
<<<<<<< HEAD
mod markup;
=======
mod site_path;
>>>>>>> 18a4e3b (Give every page its frame: static files, shop and desk frames, form parts, error pages)

pub use answer::{Notice, Posted, Result, Unwell};
pub use cookies::{Cookies, Named};
pub use form::{FieldError, FormView};
<<<<<<< HEAD
pub use markup::{CleanHtml, Markup, shortened};
=======
pub use site_path::SitePath;
>>>>>>> 18a4e3b (Give every page its frame: static files, shop and desk frames, form parts, error pages)
