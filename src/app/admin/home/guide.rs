//! The setup guide: what a shop needs before it sells; what is done is read from the data.

use rocket::post;

use super::queries::Waiting;
use crate::platform::access::{ManageSettings, Staff, commands};
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::settings::LegalKind;
use crate::platform::shell::Page;
use crate::platform::web::{self, Posted};

/// A step of the setup guide.
pub struct Step {
    /// `admin-guide-<name>`, with `-why` and `-do` beside it.
    pub name: &'static str,
    pub done: bool,
    pub path: String,
}

/// The steps; empty once all are done.
pub fn steps(of: &Waiting, page: &Page) -> Vec<Step> {
    let shop = page.shop();
    let described = !shop.street.is_empty() && !shop.city.is_empty() && shop.sender_email != "shop@localhost";
    let steps = [
        ("details", described, paths::admin_settings()),
        ("logo", shop.logo.is_some(), paths::admin_settings()),
        ("product", of.products > 0, paths::admin_new_product()),
        ("delivery", of.methods > 0, paths::admin_settings_delivery()),
        ("payment", of.pays, paths::admin_settings_payment()),
        ("tax", of.tax_rates > 0, paths::admin_settings_tax()),
        ("legal", of.legal_texts as usize == LegalKind::ALL.len(), paths::admin_settings_legal()),
        ("mail", of.mail_works, paths::admin_mails()),
        ("order", of.orders > 0, paths::home()),
    ];
    if steps.iter().all(|step| step.1) {
        return Vec::new();
    }
    steps.into_iter().map(|(name, done, path)| Step { name, done, path }).collect()
}

/// Puts the guide away for somebody; their preferences bring it back.
#[post("/admin/guide/hiding")]
pub async fn hide(staff: Staff<ManageSettings>, db: Db) -> web::Result<Posted<super::HomePage>> {
    commands::hide_guide(&mut *db.get().await?, &staff, true).await?;
    Ok(Posted::done(paths::admin(), "dash-guide-hidden"))
}
