//! Delivery: zones of countries, and the flat-rate methods of each zone.
//! Owns: shipping_zones, shipping_zone_countries, shipping_methods

pub mod commands;
pub mod model;
pub mod queries;

pub use model::{Method, MethodDraft, Offer, ShippingRefused, Zone};
