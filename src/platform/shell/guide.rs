//! The style guide: every part of the shop and of the management pages once, drawn with the same macros that the pages use.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{get, routes};

use super::page::Page;
use crate::platform::access::{SignedIn, Staff};
use crate::platform::i18n::Words;
use crate::platform::web::FormView;

/// The parts of the management pages.
#[derive(Template, WebTemplate)]
#[template(path = "shell/desk_guide_page.html")]
struct DeskGuidePage {
    page: Page,
    form: FormView,
    choices: Vec<(String, String)>,
    now: String,
    amounts: [String; 2],
    none: Option<String>,
    next: Option<String>,
}

/// The parts of the shop.
#[derive(Template, WebTemplate)]
#[template(path = "shell/shop_guide_page.html")]
struct ShopGuidePage {
    page: Page,
    form: FormView,
    choices: Vec<(String, String)>,
    trail: Vec<(String, String)>,
    before: Option<String>,
    next: Option<String>,
}

/// A form with one field that is wrong, as people meet it.
fn sample(words: Words) -> FormView {
    let typed = [("title", "Barrow".to_owned()), ("email", "marta.wolf.example.com".to_owned()), ("box", "yes".to_owned())];
    FormView::filled(typed).with_error("email", words.t("error-email"))
}

fn choices(words: Words) -> Vec<(String, String)> {
    ["light", "dark"].map(|theme| (theme.to_owned(), words.t(super::theme_key(theme)))).to_vec()
}

#[get("/admin/styleguide")]
fn desk(page: Page, _staff: Staff<SignedIn>) -> DeskGuidePage {
    let (form, choices) = (sample(page.words), choices(page.words));
    let now = page.minute(page.now, page.zone);
    let amounts = [page.price(4699), page.price(3699)];
    DeskGuidePage { form, choices, now, amounts, none: None, next: Some("#tables".to_owned()), page }
}

#[get("/admin/styleguide/shop")]
fn shop(page: Page, _staff: Staff<SignedIn>) -> ShopGuidePage {
    let (form, choices) = (sample(page.words), choices(page.words));
    let trail = vec![("#crumbs".to_owned(), page.t("shell-shop"))];
    let path = || Some("#crumbs".to_owned());
    ShopGuidePage { form, choices, trail, before: path(), next: path(), page }
}

pub fn routes() -> Vec<rocket::Route> {
    routes![desk, shop]
}
