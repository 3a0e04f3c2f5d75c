//! Taxes: classes of goods, zones, dated rates, what applies where and when, VAT ids and who pays none.
//! Owns: tax_rates, tax_classes, tax_rules, tax_zones, vat_checks, tax_exemptions

pub mod applying;
pub mod classes;
pub mod commands;
pub mod exemptions;
pub mod loading;
pub mod model;
pub mod postcodes;
pub mod queries;
pub mod register;
pub mod sets;
pub mod vat_checks;
pub mod vat_ids;
pub mod zones;

pub use applying::{Destination, Levy, Rates, Standing};
pub use model::{Class, RateDraft, RatesRefused, TaxRate, Terms, Zone, ZoneDraft};
pub use register::{Answer, Registers, VatRegister};
pub use vat_checks::Check;
pub use vat_ids::VatId;
