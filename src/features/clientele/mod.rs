//! Customers as staff see them: the list, one customer with everything, groups, tags, notes, help with signing in, merging two.
//! Owns: customer_groups, customer_group_members, customer_tags, customer_notes

mod admin;
pub mod commands;
mod emails;
mod exempting;
mod forms;
mod groups;
mod merging;
pub mod model;
pub mod queries;
mod views;

/// The routes of this room.
pub fn routes() -> Vec<rocket::Route> {
    [admin::routes(), exempting::routes(), groups::routes(), merging::routes()].concat()
}
