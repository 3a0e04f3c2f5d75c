//! What the shop keeps about people, and what they can do about it: a copy of it, being forgotten, how long things are kept, what they agreed
//! to. Which tables hold what of a person is listed in `sections.rs` (the copy), `commands/erasing.rs` (who forgets) and `retention.rs` (when).
//! Owns: consents, data_downloads, privacy_requests, retention_times, third_parties

mod admin;
pub mod commands;
mod consent;
mod copy;
pub mod emails;
pub mod forms;
mod guests;
pub mod jobs;
pub mod model;
mod policy;
pub mod queries;
pub mod retention;
mod routes;
mod sections;
pub mod views;

/// The routes of this room.
pub fn routes() -> Vec<rocket::Route> {
    [routes::routes(), guests::routes(), consent::routes(), policy::routes(), admin::routes()].concat()
}
