//! Sees all, imported by none below.

pub mod reactions;
pub mod rocket;
pub mod cli;
