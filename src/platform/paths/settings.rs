//! Addresses of settings and of sent mail.

use std::fmt::Display;

pub fn admin_settings_sign_in() -> String {
    "/admin/settings/sign-in".into()
}
/// The form of a site of this kind that is not set up yet.
pub fn admin_settings_new_site(kind: impl Display) -> String {
    format!("/admin/settings/sign-in-new/{kind}")
}
pub fn admin_settings_site(id: impl Display) -> String {
    format!("/admin/settings/sign-in/{id}")
}
pub fn admin_settings_site_removal(id: impl Display) -> String {
    format!("/admin/settings/sign-in/{id}/removal")
}
pub fn admin_settings_site_test(id: impl Display) -> String {
    format!("/admin/settings/sign-in/{id}/test")
}
pub fn admin_mails() -> String {
    "/admin/mail".into()
}
/// Mails that a mail server did not take.
pub fn admin_mails_failed() -> String {
    "/admin/mail?state=failed".into()
}
/// Writes a mail to whoever asks, to see that mail works.
pub fn admin_mail_test() -> String {
    "/admin/mail/test".into()
}
pub fn admin_mail(id: impl Display) -> String {
    format!("/admin/mail/{id}")
}
/// A page of the list of mails that begins or ends ("before", "after") at a mail.
pub fn admin_mails_from(words: &str, state: Option<&str>, edge: &str, id: impl Display) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if !words.is_empty() {
        query.append_pair("q", words);
    }
    if let Some(state) = state {
        query.append_pair("state", state);
    }
    format!("/admin/mail?{}", query.append_pair(edge, &id.to_string()).finish())
}
pub fn admin_mail_letter(id: impl Display) -> String {
    format!("/admin/mail/{id}/letter")
}
pub fn admin_mail_sending(id: impl Display) -> String {
    format!("/admin/mail/{id}/sending")
}
pub fn admin_settings() -> String {
    "/admin/settings".into()
}
pub fn admin_settings_payment() -> String {
    "/admin/settings/payment".into()
}
pub fn admin_settings_delivery() -> String {
    "/admin/settings/delivery".into()
}
/// A zone of delivery, or "new".
pub fn admin_delivery_zone(zone: impl Display) -> String {
    format!("/admin/settings/delivery/{zone}")
}
pub fn admin_delivery_zone_removal(zone: impl Display) -> String {
    format!("/admin/settings/delivery/{zone}/removal")
}
/// A method of a zone, or "new".
pub fn admin_delivery_method(zone: impl Display, method: impl Display) -> String {
    format!("/admin/settings/delivery/{zone}/methods/{method}")
}
pub fn admin_delivery_method_removal(zone: impl Display, method: impl Display) -> String {
    format!("/admin/settings/delivery/{zone}/methods/{method}/removal")
}
pub fn admin_settings_tax() -> String {
    "/admin/settings/tax".into()
}
pub fn admin_settings_legal() -> String {
    "/admin/settings/legal".into()
}
pub fn admin_settings_legal_text(kind: impl Display) -> String {
    format!("/admin/settings/legal/{kind}")
}
pub fn admin_settings_logo() -> String {
    "/admin/settings/logo".into()
}
pub fn admin_settings_logo_removal() -> String {
    "/admin/settings/logo/removal".into()
}
