//! The books: what must be equal in stock and money, computed again from the records; by `doctor`, every night, and on a page of staff.
//! Owns: book_checks

mod admin;
pub mod commands;
pub mod jobs;
pub mod model;
pub mod queries;
mod retraced;
mod rules;
mod standing;

pub use admin::routes;
