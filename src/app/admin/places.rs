//! Where the palette can lead without looking anything up: commands and pages, as far as somebody may go there.

use super::settings;
use crate::platform::access::Right;
use crate::platform::paths;
use crate::platform::shell::{DeskEntry, Page};

/// A command or a page.
pub struct Place {
    pub path: String,
    pub icon: &'static str,
    pub name: String,
}

/// What can be done from anywhere.
pub fn commands(page: &Page) -> Vec<Place> {
    let all = [
        (Right::ManageProducts, paths::admin_new_product(), "plus", "dash-do-add-product"),
        (Right::ViewOrders, paths::admin_orders_where(&[("view", "to-ship")]), "truck", "dash-do-ship"),
        (Right::ViewOrders, paths::admin_orders_where(&[("view", "unpaid")]), "credit-card", "dash-do-unpaid"),
        (Right::ViewMessages, paths::admin_inbox(), "inbox", "messages-do-answer"),
        (Right::ManageSettings, paths::admin_settings(), "image-plus", "dash-do-logo"),
        (Right::ManageStaff, paths::admin_settings_staff(), "user", "dash-do-add-person"),
        (Right::SignedIn, paths::admin_preferences(), "globe", "dash-do-language"),
        (Right::SignedIn, paths::admin_sessions(), "key-round", "dash-do-password"),
        (Right::SignedIn, paths::home(), "external-link", "shell-view-shop"),
    ];
    named(page, all.into_iter())
}

/// The pages of the menu, of the settings and of somebody's own.
pub fn pages(page: &Page) -> Vec<Place> {
    let place = |entry: &DeskEntry| Place { path: entry.path.clone(), icon: entry.icon, name: page.t(entry.key) };
    let rooms = page.desk_rooms().into_iter().chain(settings::menu(page));
    let mut places: Vec<Place> =
        rooms.flat_map(|room| [place(&room)].into_iter().chain(room.below.iter().map(place)).collect::<Vec<_>>()).collect();
    let own = [
        (Right::SignedIn, paths::admin_sessions(), "user", "admin-your-account"),
        (Right::SignedIn, paths::admin_security(), "key-round", "access-security"),
        (Right::SignedIn, paths::admin_preferences(), "globe", "shell-your-preferences"),
    ];
    places.extend(named(page, own.into_iter()));
    places
}

fn named(page: &Page, all: impl Iterator<Item = (Right, String, &'static str, &'static str)>) -> Vec<Place> {
    all.filter(|(right, ..)| page.may(*right)).map(|(_, path, icon, key)| Place { path, icon, name: page.t(key) }).collect()
}
