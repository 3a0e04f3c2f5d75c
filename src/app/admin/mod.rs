//! The management frame: signing in, own sessions, the home page, settings, opening a new shop.
//! Owns: first_run_links

mod home;
mod mail;
mod queries;
mod sessions;
mod sign_in;

pub use sign_in::catchers;

/// The routes of the management frame.
pub fn routes() -> Vec<rocket::Route> {
    [sign_in::routes(), sessions::routes(), home::routes(), mail::routes()].concat()
}
