//! Barrow: a whole online shop in one binary. This page is the stair: what stands lower knows nothing of what stands higher.

// So many tables may stand in one query.
#![recursion_limit = "256"]

/// Knows the shop's nouns (ids, tables, news, rights), none of its rules.
pub mod platform;

/// Know ids and amounts, not products: stock, tax, shipping, prices, payments.
pub mod engines;

/// Rooms that people visit: catalogue, cart, orders, checkout, content.
pub mod features;

/// Sees all of the above and is imported by none of it: management home, reactions, import, the server and the command line.
pub mod app;
