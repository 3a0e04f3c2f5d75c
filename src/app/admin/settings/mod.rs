//! The settings pages: shop details, payment, delivery, tax, legal texts, staff, audit trail.

mod audit;
mod delivery;
mod delivery_form;
mod delivery_hours;
mod delivery_labels;
mod delivery_profiles;
mod general;
mod invitations;
mod legal;
mod logo;
mod market;
mod markets;
mod member;
mod method;
mod method_fields;
mod methods;
pub mod parts;
mod payment;
mod roles;
mod sites;
mod privacy;
mod staff;
mod tax;

pub fn routes() -> Vec<rocket::Route> {
    [
        general::routes(),
        logo::routes(),
        payment::routes(),
        methods::routes(),
        delivery::routes(),
        method::routes(),
        delivery_hours::routes(),
        delivery_profiles::routes(),
        delivery_labels::routes(),
        tax::routes(),
        markets::routes(),
        sites::routes(),
        legal::routes(),
        privacy::routes(),
        staff::routes(),
        member::routes(),
        invitations::routes(),
        roles::routes(),
        audit::routes(),
    ]
    .concat()
}

pub use parts::{Zone, country_choices, currency_choices, locale_choices, menu, zone_choices};
