//! A legal page.

use askama::Template;
use askama_web::WebTemplate;

use crate::platform::shell::Page;
use crate::platform::web::CleanHtml;

#[derive(Template, WebTemplate)]
#[template(path = "content/legal_page.html")]
pub struct LegalPage {
    pub page: Page,
    pub title: String,
    pub body: CleanHtml,
    /// "23 November 2026"
    pub changed: String,
}
