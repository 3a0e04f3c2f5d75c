//! The management frame: signing in, own sessions, the home page, settings, opening a new shop.
//! Owns: first_run_links

mod announcement;
pub mod first_run;
mod home;
mod jobs;
mod joining;
mod keyring;
mod links;
mod mail;
mod opening;
mod places;
mod preferences;
mod proof;
mod search;
mod second_step;
mod security;
mod sessions;
mod settings;
mod sign_in;
mod takings;
mod tax_report;

pub use first_run::door;
pub use sign_in::catchers;

/// The routes of the management frame.
pub fn routes() -> Vec<rocket::Route> {
    [
        sign_in::routes(),
        sessions::routes(),
        second_step::routes(),
        security::routes(),
        proof::routes(),
        joining::routes(),
        preferences::routes(),
        home::routes(),
        search::routes(),
        takings::routes(),
        tax_report::routes(),
        jobs::routes(),
        mail::routes(),
        settings::routes(),
        announcement::routes(),
        first_run::routes(),
    ]
    .concat()
}
