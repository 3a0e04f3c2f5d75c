//! Outgoing mail.
//! Owns: mails
