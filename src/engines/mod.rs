//! Know ids and amounts, not products. Lowest room first.

pub mod inventory;
pub mod tax;
pub mod shipping;
pub mod pricing;
pub mod credit;
pub mod promotions;
pub mod payments;
