//! The pages of this room with finished values.

use askama::Template;
use askama_web::WebTemplate;

use super::queries::{Goods, Wish};
use crate::platform::base::VariantId;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::FormView;

/// The form once more, when something in it was wrong.
#[derive(Template, WebTemplate)]
#[template(path = "waitlist/ask_page.html")]
pub struct AskPage {
    page: Page,
    name: String,
    path: String,
    variant: VariantId,
    /// Whether the address is that of the account.
    known: bool,
    form: FormView,
}

impl AskPage {
    pub fn new(page: Page, goods: &Goods, known: bool, form: FormView) -> AskPage {
        let path = paths::product_variant(&goods.handle, goods.variant);
        AskPage { name: called(&page, goods), path, variant: goods.variant, known, form, page }
    }
}

/// "Kettle, Mint".
fn called(page: &Page, goods: &Goods) -> String {
    let (title, variant) = (page.plain(&goods.title), page.plain(&goods.variant_title));
    if variant.is_empty() { title } else { format!("{title}, {variant}") }
}

/// A wish, as its address sees it.
#[derive(Template, WebTemplate)]
#[template(path = "waitlist/wish_page.html")]
pub struct WishPage {
    page: Page,
    name: String,
    path: String,
    /// Where yes is said; `None`: it was.
    yes: Option<String>,
    no: String,
    told: bool,
}

impl WishPage {
    pub fn new(page: Page, wish: &Wish, goods: &Goods) -> WishPage {
        WishPage {
            name: called(&page, goods),
            path: paths::product_variant(&goods.handle, goods.variant),
            yes: wish.confirmed_at.is_none().then(|| paths::stock_wish_confirmation(&wish.token)),
            no: paths::stock_wish_removal(&wish.token),
            told: wish.told_at.is_some(),
            page,
        }
    }
}

/// The link leads to nothing any more.
#[derive(Template, WebTemplate)]
#[template(path = "waitlist/gone_page.html")]
pub struct GonePage {
    pub page: Page,
}
