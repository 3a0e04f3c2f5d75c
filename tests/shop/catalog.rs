//! Goods from the draft to the shopper: saving, choosing, lists, search, kept pages.

mod desk;
pub mod drafts;
mod editor;
mod pictures;
mod standing;
mod pages;
mod saving;
mod words;
