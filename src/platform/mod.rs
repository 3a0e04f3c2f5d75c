//! Knows the shop's nouns, none of its rules. Lowest room first; a room imports only rooms above its own line.

pub mod base;
pub mod schema;
pub mod i18n;
pub mod config;
pub mod paths;
pub mod db;
pub mod feed;
pub mod jobs;
pub mod events;
pub mod web;
pub mod outbound;
pub mod vault;
pub mod throttle;
pub mod factors;
pub mod access;
pub mod settings;
pub mod mail;
pub mod media;
pub mod shell;
