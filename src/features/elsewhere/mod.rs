//! Signing in with other sites: which ones staff have set up, sending somebody there, and what the site says of who comes back.
//! OpenID Connect with PKCE, state and nonce; GitHub and Facebook, which speak OAuth 2 only, are asked over their own interfaces.
//! Who is let in by it is decided in `features/account`.
//! Owns: sign_in_sites, sign_in_errands, sign_in_claims

pub mod commands;
mod github;
pub mod model;
mod openid;
mod plain;
pub mod queries;
pub mod travel;
