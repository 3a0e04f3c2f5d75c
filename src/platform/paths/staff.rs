//! Addresses of staff: ways in, members, roles, the trail.

use std::fmt::Display;

use super::then;

pub fn admin_sign_in() -> String {
    "/admin/sign-in".into()
}
pub fn admin_sign_out() -> String {
    "/admin/sign-out".into()
}
pub fn admin_settings_staff() -> String {
    "/admin/settings/staff".into()
}
pub fn admin_staff_member(id: impl Display) -> String {
    format!("/admin/settings/staff/{id}")
}
pub fn admin_settings_audit() -> String {
    "/admin/settings/audit".into()
}
pub fn admin_session_ending(id: impl Display) -> String {
    format!("/admin/sessions/{id}/ending")
}
pub fn admin_other_sessions_ending() -> String {
    "/admin/sessions/others/ending".into()
}
pub fn admin_all_sessions_ending() -> String {
    "/admin/sessions/all/ending".into()
}
pub fn admin_password() -> String {
    "/admin/password".into()
}
/// The sign-in page, which leads on to `next`.
pub fn admin_sign_in_then(next: &str) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
    format!("/admin/sign-in?{query}")
}
pub fn admin_sessions() -> String {
    "/admin/sessions".into()
}
pub fn admin_second_step(next: &str) -> String {
    then("/admin/sign-in/second-step", next)
}
pub fn admin_second_step_question() -> String {
    "/admin/sign-in/second-step/question".into()
}
pub fn admin_second_step_passkey(next: &str) -> String {
    then("/admin/sign-in/second-step/passkey", next)
}
/// Where somebody proves once more who they are.
pub fn admin_proof(next: &str) -> String {
    then("/admin/proof", next)
}
pub fn admin_proof_question() -> String {
    "/admin/proof/question".into()
}
pub fn admin_proof_passkey(next: &str) -> String {
    then("/admin/proof/passkey", next)
}
pub fn admin_security() -> String {
    "/admin/security".into()
}
/// `part`: "app", "app/confirmation", "app/removal", "recovery-codes", "passkeys", "passkeys/question".
pub fn admin_security_part(part: &str) -> String {
    format!("/admin/security/{part}")
}
/// `part`: "name", "removal".
pub fn admin_passkey_part(id: impl Display, part: &str) -> String {
    format!("/admin/security/passkeys/{id}/{part}")
}
pub fn admin_staff_invitations() -> String {
    "/admin/settings/staff/invitations".into()
}
/// `part`: "sending", "removal".
pub fn admin_staff_invitation_part(id: impl Display, part: &str) -> String {
    format!("/admin/settings/staff/invitations/{id}/{part}")
}
/// The link in the mail to somebody who is asked to join.
pub fn admin_invitation(token: impl Display) -> String {
    format!("/admin/invitation/{token}")
}
pub fn admin_staff_proof_limit() -> String {
    "/admin/settings/staff/proof-limit".into()
}
pub fn admin_colleague_session_ending(id: impl Display, session: impl Display) -> String {
    format!("/admin/settings/staff/{id}/sessions/{session}/ending")
}
pub fn admin_colleague_sessions_ending(id: impl Display) -> String {
    format!("/admin/settings/staff/{id}/sessions/ending")
}
pub fn admin_roles() -> String {
    "/admin/settings/roles".into()
}
pub fn admin_new_role() -> String {
    "/admin/settings/roles/new".into()
}
pub fn admin_role(key: impl Display) -> String {
    format!("/admin/settings/roles/{key}")
}
pub fn admin_role_removal(key: impl Display) -> String {
    format!("/admin/settings/roles/{key}/removal")
}
/// The audit trail, narrowed.
pub fn admin_audit_where(pairs: &[(&str, &str)]) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    if query.is_empty() { admin_settings_audit() } else { format!("/admin/settings/audit?{query}") }
}
/// What was done to one thing; an order goes by its number: `admin_audit_of("order", 1055)`.
pub fn admin_audit_of(subject: &str, id: impl Display) -> String {
    admin_audit_where(&[("subject", subject), ("id", &id.to_string())])
}
/// What was done to all things of a kind: to those that have no page of their own, and to the settings.
pub fn admin_audit_of_all(subject: &str) -> String {
    admin_audit_where(&[("subject", subject)])
}
/// How often one act was done, and by whom: "settings.hours".
pub fn admin_audit_of_act(action: &str) -> String {
    admin_audit_where(&[("action", action)])
}
/// The same acts as a CSV file.
pub fn admin_audit_file(query: &str) -> String {
    if query.is_empty() { "/admin/settings/audit/file".into() } else { format!("/admin/settings/audit/file?{query}") }
}
