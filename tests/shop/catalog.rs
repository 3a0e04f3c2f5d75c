//! Goods from the draft to the shopper: saving, choosing, lists, search, kept pages.

mod desk;
mod drafts;
mod pages;
mod saving;
