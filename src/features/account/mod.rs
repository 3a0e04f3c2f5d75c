//! The door of the customers' accounts and the pages behind it; who they are is kept by `features/customers`.
//! Owns: nothing

mod addresses;
pub mod commands;
pub mod emails;
mod forms;
mod inside;
mod links;
mod model;
mod orders;
mod register;
mod security;
mod sign_in;
mod views;

/// The routes of this room.
pub fn routes() -> Vec<rocket::Route> {
    [
        sign_in::routes(),
        register::routes(),
        links::routes(),
        inside::routes(),
        orders::routes(),
        addresses::routes(),
        security::routes(),
    ]
    .concat()
}
