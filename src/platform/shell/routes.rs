//! The theme and the language chosen in the footer, and the static files.

use rocket::form::Form;
use rocket::response::Redirect;
use rocket::time::Duration;
use rocket::{FromForm, post, routes};

use super::page::Theme;
use crate::platform::base::text_enum;
use crate::platform::i18n::Locale;
use crate::platform::web::{self, Cookies, Named, SitePath};

text_enum! {
    /// A theme as the footer offers it; `Auto` follows the system.
    Wish { Auto = "auto", Light = "light", Dark = "dark" }
}

#[derive(FromForm)]
struct Preferences {
    theme: Option<Wish>,
    locale: Option<Locale>,
    back: Option<SitePath>,
}

/// Keeps the choice for a year and goes back to where it was made.
#[post("/preferences", data = "<form>")]
fn choose(cookies: Cookies<'_>, form: Form<Preferences>) -> Redirect {
    let year = Duration::days(365);
    match form.theme {
        Some(Wish::Auto) => cookies.remove(Named::Theme),
        Some(Wish::Light) => cookies.set(Named::Theme, Theme::Light.as_str(), year),
        Some(Wish::Dark) => cookies.set(Named::Theme, Theme::Dark.as_str(), year),
        None => {}
    }
    if let Some(locale) = form.locale {
        cookies.set(Named::Locale, locale.as_str(), year);
    }
    Redirect::to(form.into_inner().back.map_or_else(crate::platform::paths::home, String::from))
}

/// The routes of the frame, with the static files.
pub fn routes() -> Vec<rocket::Route> {
    [routes![choose], super::guide::routes(), web::assets::routes()].concat()
}
