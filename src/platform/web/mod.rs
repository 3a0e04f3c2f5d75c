//! What all pages share on the way in and out: answers, whole pages, forms, cookies, marked-up text.

mod address;
mod answer;
pub mod assets;
mod between;
mod coding;
mod compression;
mod cookies;
mod door;
mod form;
mod gate;
mod headers;
mod link;
mod linked_data;
mod markup;
mod maybe;
mod pace;
mod sign_in_first;
mod site_path;
mod whole;

pub use address::ClientAddress;
pub use answer::{Notice, Posted, Result, TryLater, Unwell};
pub use between::Between;
pub use compression::Compression;
pub use cookies::{Cookies, Named};
pub use door::{ExternalRoutes, guarded};
pub use form::{FieldError, FormView};
pub use gate::{Allowance, Gate, Visitors};
pub use headers::{Headers, Leading, is_private, open_policy};
pub use link::Link;
pub use linked_data::LinkedData;
pub use markup::{CleanHtml, Markup, shortened};
pub use maybe::Maybe;
pub use pace::Pace;
pub use sign_in_first::SignInFirst;
pub use site_path::SitePath;
pub use whole::Whole;
