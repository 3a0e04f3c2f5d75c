//! Pages that only say something: terms, privacy, imprint, returns.
//! Owns: nothing

pub mod queries;
mod routes;
mod views;

pub use routes::routes;
