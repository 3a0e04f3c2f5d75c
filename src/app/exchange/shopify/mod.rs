//! Reads Shopify's product CSV: a stream of rows, grouped to products, saved one by one; pictures behind addresses follow as jobs.

mod cells;
mod columns;
mod draft;
mod groups;
mod import;
mod jobs;
mod pictures;
mod report;
mod rows;
mod skus;
mod text;
#[cfg(test)]
mod tests;

pub use import::{ImportRefused, Options, import};
pub use jobs::FetchPicture;
pub use report::{Problem, Report};
