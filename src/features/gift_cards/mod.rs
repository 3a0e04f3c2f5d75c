//! Gift cards as people meet them: staff issue and look after them, paid orders become them, whoever has a code sees what is on it.
//! The code is kept hashed, and sealed only until it was first shown; mails carry a link, never the code.
//! Owns: nothing

mod admin;
pub mod commands;
pub mod desk;
pub mod emails;
pub mod forms;
pub mod model;
mod routes;
mod views;

/// The pages of gift cards.
pub fn routes() -> Vec<rocket::Route> {
    [routes::routes(), admin::routes()].concat()
}
