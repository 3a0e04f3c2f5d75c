//! Who may do what: staff, their rights, sessions, the audit trail.
//! Owns: staff, staff_sessions, staff_sign_ins, staff_invitations, roles, audit
//!
//! A right is an argument: a handler that asks for `Staff<ManageOrders>` is reached by nobody else.
//! `&Staff<R>` derefs to [`Person`], which commands take to know who acts, and which [`audit`] writes down.
//! `Fresh<R>` also asks for a proof of who acts that is not older than ten minutes: without, the person proves it and comes back.
//! Whoever has a role that demands a second factor and has none reaches nothing but handlers that ask for `Staff<OwnFactors>`.

mod audit;
pub mod commands;
mod guard;
mod model;
pub mod passwords;
pub mod queries;
mod rights;
mod roles;
pub mod trail;

pub use audit::{audit, audit_at_the_door, audit_without_staff, sweep as sweep_audit};
pub use guard::{Fresh, Staff, Stopped, signed_in};
pub use model::{Origin, PasswordRefused, Person, SignInRefused, StaffRefused, device_of, initials};
pub use passwords::Password;
pub use rights::*;
pub use roles::{HeldRole, RoleKey, RoleRefused};
