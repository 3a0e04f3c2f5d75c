//! Discounts as staff see them: the index, the editor, codes, lanes, and what a draft would have cost; the rules are those of
//! engines/promotions.
//! Owns: nothing

mod admin;
mod codes;
mod commands;
mod editor;
mod forms;
pub mod jobs;
mod lanes;
pub mod model;
mod queries;
mod reading;
mod trial;
mod trial_page;
mod views;
mod written;

/// The pages of discounts.
pub fn routes() -> Vec<rocket::Route> {
    [admin::routes(), codes::routes(), lanes::routes(), trial_page::routes()].concat()
}
