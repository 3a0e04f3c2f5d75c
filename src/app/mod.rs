//! Sees all, imported by none below.

pub mod cli;
pub mod reactions;
pub mod rocket;
