//! The stock room: what lies where, why it changed, and corrections by staff; the rules are those of engines/inventory.
//! Owns: nothing

mod admin;
mod bundles;
mod commands;
mod counts;
mod forms;
mod emails;
pub mod jobs;
mod locations;
pub mod model;
pub mod queries;
mod rules;
mod transfers;
mod views;

/// The pages of the stock room.
pub fn routes() -> Vec<rocket::Route> {
    [admin::routes(), bundles::routes(), counts::routes(), locations::routes(), rules::routes(), transfers::routes()].concat()
}
