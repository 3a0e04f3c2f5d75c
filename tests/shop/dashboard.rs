//! The management home and what belongs to everybody of the staff: preferences, search over everything, lost pages.

mod figures;
mod guide;
mod preferences;
mod search;
