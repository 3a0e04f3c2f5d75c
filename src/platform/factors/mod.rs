//! Second factors and passkeys, the same for staff and customers: codes of an app, recovery codes, passkeys.
//! Owns: totp_factors, recovery_codes, passkeys, passkey_ceremonies
//!
//! Everything belongs to an [`Account`]. What somebody has: [`queries::held`].
//!
//! **Codes of an app.** [`commands::begin_totp`], then show [`commands::totp_setup`], then [`commands::confirm_totp`] with the first
//! code; with the first factor come ten recovery codes, shown once. To ask for a code (of the app, or a recovery code, in one
//! field): [`commands::attempt`] counts the attempt, [`commands::prove`] in a transaction looks at the code.
//!
//! **Passkeys.** [`Relying::of`] says whether this shop's address allows them. A page sends `static/js/passkeys.js` for a question
//! ([`passkeys::begin_registration`], [`passkeys::begin_proof`], or [`passkeys::begin_sign_in`] where nobody is named yet), the device
//! answers, and the page's form comes back with a [`PasskeyForm`]: [`passkeys::answered`] takes the question out, so that it is
//! answered once, and `finish_…` in a transaction looks at the answer.

pub mod commands;
mod forms;
mod model;
pub mod passkeys;
pub mod queries;
mod relying;
mod totp;

pub use forms::PasskeyForm;
pub use model::{Account, AccountKind, FactorRefused, NoPasskeys, Proof};
pub use passkeys::{Answered, Question};
pub use queries::{Held, KnownPasskey};
pub use relying::Relying;
pub use totp::TotpSetup;
