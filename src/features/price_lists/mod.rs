//! Price lists for staff: who pays what, from how many pieces, from when until when; the rules are those of engines/pricing.
//! Owns: nothing

mod admin;
mod commands;
mod forms;
mod model;
mod prices;
mod queries;
mod views;

/// The pages of price lists.
pub fn routes() -> Vec<rocket::Route> {
    [admin::routes(), prices::routes()].concat()
}
