//! Pictures: kept by content, made in several widths.
//! Owns: media

pub mod commands;
mod fetch;
pub mod jobs;
mod model;
pub mod queries;
mod resize;
mod routes;
mod scanning;
mod sent;
mod store;
mod upload;
mod views;

pub use commands::Kept;
pub use fetch::{FetchFailed, Fetcher};
pub use model::{ContentHash, MAX_BYTES, MediaRefused, Picture, PictureState, RemoveRefused};
pub use routes::routes;
pub use sent::{Sent, SentFile};
pub use store::Store;
pub use upload::{bytes_of, name_of};
pub use views::{Loading, PictureView, sizes};
