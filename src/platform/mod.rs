//! Knows the shop's nouns, none of its rules. Lowest room first; a room imports only rooms above its own line.

pub mod access;
pub mod base;
pub mod config;
pub mod db;
pub mod events;
pub mod feed;
pub mod i18n;
pub mod jobs;
pub mod mail;
pub mod media;
pub mod paths;
pub mod schema;
pub mod settings;
pub mod shell;
pub mod web;
