//! Who the shop's customers are: accounts, their sessions, addresses and links in mails; pages are in `features/account`.
//! A handler asks for [`SignedIn`] where only a customer belongs (else 401, which leads to the sign-in page and back), and for
//! [`Known`] where it may be anybody.
//! Owns: customers, customer_sessions, customer_steps, customer_tokens, customer_identities, customer_addresses

pub mod commands;
mod guard;
pub mod model;
pub mod queries;

pub use guard::{Known, SignedIn, signed_in};
pub use model::Customer;
