//! Who may do what: sessions, rights, audit.
//! Owns: staff, staff_sessions, sign_in_failures, audit
