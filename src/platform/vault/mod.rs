//! Secrets that must be read again, sealed under a key outside the database, each for one place.
//! Owns: sealing_keys, sealed_secrets
//!
//! A room keeps a secret with [`Vault::keep`] and reads it with [`Vault::read`]; both name its [`Place`], and what was sealed
//! for one place opens in no other. The key lies in `secrets/keys` of the data folder, or comes from `BARROW_KEYS`.

mod books;
mod keys;
mod rotation;
mod seal;

pub use books::{Examined, Place, Purpose, Vault};
pub use keys::fresh_line;
pub use rotation::{RotateRefused, Rotated};
pub use seal::Secret;
