//! Who may do what: staff, their rights, sessions, the audit trail.
//! Owns: staff, staff_sessions, audit
//!
//! A right is an argument: a handler that asks for `Staff<ManageOrders>` is reached by nobody else.
//! `&Staff<R>` derefs to [`Person`], which commands take to know who acts, and which [`audit`] writes down.

mod audit;
pub mod commands;
mod guard;
mod model;
pub mod passwords;
pub mod queries;
mod rights;

pub use audit::{audit, audit_without_staff};
pub use guard::{Staff, signed_in};
pub use model::{Origin, PasswordRefused, Person, SignInRefused, StaffRefused, device_of, initials};
pub use passwords::Password;
pub use rights::*;
