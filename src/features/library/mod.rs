//! The pictures of the shop: all of them, where each is used, what it shows in words.
//! Owns: nothing

mod admin;
mod forms;
pub mod model;
pub mod queries;
mod views;

/// The pages of this room.
pub fn routes() -> Vec<rocket::Route> {
    admin::routes()
}
