//! Card payments: whatever the provider does, and whoever is first, one order is paid once, or nobody's money stays here.

mod attacks;
mod books;
mod desk;
mod matrix;
mod races;
mod sequences;
pub mod steps;
