//! What bundles are made of, for staff.

mod admin;
mod commands;
mod queries;
mod views;

pub(super) use admin::routes;
