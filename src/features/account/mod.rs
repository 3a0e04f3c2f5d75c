//! The door of the customers' accounts and the pages behind it; who they are is kept by `features/customers`.
//! Owns: nothing

mod addresses;
mod codes;
pub mod commands;
mod credit;
mod elsewhere;
pub mod emails;
mod forms;
mod inside;
mod links;
mod model;
mod orders;
mod passkeys;
mod proof;
mod register;
mod second_step;
mod security;
mod sign_in;
mod views;

pub use elsewhere::returns;

/// The routes of this room.
pub fn routes() -> Vec<rocket::Route> {
    [
        sign_in::routes(),
        second_step::routes(),
        elsewhere::routes(),
        register::routes(),
        links::routes(),
        inside::routes(),
        orders::routes(),
        addresses::routes(),
        credit::routes(),
        security::routes(),
        proof::routes(),
        codes::routes(),
        passkeys::routes(),
    ]
    .concat()
}
