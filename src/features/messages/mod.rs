//! The inbox: one conversation for each customer, and for each address of guests, that gathers what they ask on pages and by mail,
//! what staff answer and note, and beside it what the shop wrote about their orders.
//! Owns: conversations, messages, message_files, saved_replies
//!
//! A room below that has something to say calls nobody here; it records news. Who is above calls [`commands`].

mod admin;
mod begin;
pub mod commands;
mod contact;
mod customer;
mod desk;
pub mod emails;
pub mod files;
mod forms;
mod guest;
pub mod mail_in;
pub mod model;
mod posted;
pub mod queries;
mod replies;
mod tags;
mod views;

pub use views::PanelView;

/// The routes of this room.
pub fn routes() -> Vec<rocket::Route> {
    [contact::routes(), customer::routes(), guest::routes(), admin::routes(), replies::routes()].concat()
}
