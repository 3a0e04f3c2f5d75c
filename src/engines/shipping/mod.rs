//! Delivery: zones of places, profiles of goods, the methods of each zone, when goods leave and arrive, and the carriers.
//! Owns: shipping_zones, shipping_zone_countries, shipping_zone_parts, shipping_profiles, shipping_profile_products, shipping_methods, shipping_rates, shipping_hours, shipping_holidays, label_account, parcel_labels

pub mod carriers;
pub mod commands;
pub mod keeping;
pub mod labels;
pub mod model;
pub mod queries;

pub use model::{
    Area, Hours, Kind, Load, Method, MethodDraft, Offer, Pickup, Piece, Place, Profile, Ready, ShippingRefused, Spot, Step,
    Weekdays, Zone, ZoneDraft,
};
