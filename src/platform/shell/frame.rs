//! What the templates of the frame ask a page: paths of static files, icons, the menus, the choices.

use std::fmt;

use askama::filters::HtmlSafe;
use chrono::Datelike;

use super::page::{Page, Theme};
use crate::platform::access::Right;
use crate::platform::base::MarketId;
use crate::platform::i18n::{Locale, Wording};
use crate::platform::paths;
use crate::platform::settings::Market;

/// An icon of a sprite; always stands beside a word or a hidden one.
pub struct Icon {
    sprite: &'static str,
    class: &'static str,
    name: &'static str,
}

impl fmt::Display for Icon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Icon { sprite, class, name } = self;
        write!(f, r##"<svg class="{class}" aria-hidden="true"><use href="{}#{name}"/></svg>"##, paths::asset(sprite))
    }
}

impl HtmlSafe for Icon {}

/// A place in the menu of the management pages.
pub struct DeskEntry {
    pub path: String,
    pub key: &'static str,
    pub icon: &'static str,
    pub here: bool,
    /// What waits there.
    pub count: i64,
    pub below: Vec<DeskEntry>,
}

impl DeskEntry {
    /// An entry with nothing below it.
    pub fn new(here: bool, path: String, key: &'static str, icon: &'static str) -> DeskEntry {
        DeskEntry { path, key, icon, here, count: 0, below: Vec::new() }
    }
}

/// The key of the word for a theme.
pub fn theme_key(theme: &str) -> &'static str {
    match theme {
        "light" => "shell-theme-light",
        "dark" => "shell-theme-dark",
        _ => "shell-theme-auto",
    }
}

/// A logo as the frame prints it: in WebP, since it may be see-through.
pub struct Logo {
    pub src: String,
    pub width: i32,
    pub height: i32,
}

impl Page {
    /// The shop's logo, 40 pixels high or less.
    pub fn logo(&self) -> Option<Logo> {
        let picture = self.frame().logo.as_ref()?;
        let widest = picture.widths().first().copied().unwrap_or(320);
        let src = paths::media(&picture.hash.to_string(), widest as i32, "webp");
        let (width, height) = (i64::from(picture.width.max(1)), i64::from(picture.height.max(1)));
        let shown = (40 * width / height).clamp(1, 200);
        Some(Logo { src, width: shown as i32, height: (shown * height / width).max(1) as i32 })
    }

    /// The address of a static file: `page.asset("css/shop.css")`.
    pub fn asset(&self, name: &str) -> String {
        paths::asset(name)
    }

    /// A shop icon, 20 px; the names are the ids in `static/img/icons.svg`.
    pub fn icon(&self, name: &'static str) -> Icon {
        Icon { sprite: "img/icons.svg", class: "icon", name }
    }

    /// A shop icon, 16 px.
    pub fn small_icon(&self, name: &'static str) -> Icon {
        Icon { sprite: "img/icons.svg", class: "icon icon--s", name }
    }

    /// An icon of the management pages, 16 px; the names are the ids in `static/img/admin-icons.svg`.
    pub fn desk_icon(&self, name: &'static str) -> Icon {
        Icon { sprite: "img/admin-icons.svg", class: "icon", name }
    }

    /// An icon of the management pages, 14 px.
    pub fn small_desk_icon(&self, name: &'static str) -> Icon {
        Icon { sprite: "img/admin-icons.svg", class: "icon icon-sm", name }
    }

    /// Path of this request, without its query.
    pub fn path(&self) -> &str {
        self.url.split('?').next().unwrap_or_default()
    }

    /// Whether this request is for `path` itself.
    pub fn is_at(&self, path: impl AsRef<str>) -> bool {
        self.path() == path.as_ref()
    }

    /// Whether this request is for `path` or something below it.
    pub fn is_below(&self, path: impl AsRef<str>) -> bool {
        self.path().strip_prefix(path.as_ref()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The first value of a name in this request's query, as typed; empty when there is none.
    pub fn query(&self, name: &str) -> String {
        let query = self.url.split_once('?').map_or("", |(_, query)| query);
        url::form_urlencoded::parse(query.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.chars().filter(|c| !c.is_control()).take(200).collect())
            .unwrap_or_default()
    }

    /// The lines of the shop's address, without the empty ones.
    pub fn address(&self) -> Vec<String> {
        let shop = self.shop();
        let name = if shop.legal_name.is_empty() { shop.name.clone() } else { shop.legal_name.clone() };
        let town = format!("{} {}", shop.postal_code, shop.city).trim().to_owned();
        let country = if town.is_empty() { String::new() } else { self.words.country(shop.country) };
        [name, shop.street.clone(), town, country].into_iter().filter(|line| !line.is_empty()).collect()
    }

    /// The legal pages that have text, each with its title.
    pub fn legal(&self) -> Vec<(&'static str, String)> {
        let named = |(kind, title): &(crate::platform::settings::LegalKind, Wording)| {
            let title = self.plain(title);
            (kind.as_str(), if title.is_empty() { self.words.t(&format!("shell-legal-{kind}")) } else { title })
        };
        self.shop().legal.iter().map(named).collect()
    }

    /// Whether the page is in this language.
    pub fn speaks(&self, locale: &Locale) -> bool {
        self.words.locale == *locale
    }

    pub fn year(&self) -> i32 {
        self.now.with_timezone(&self.shop().zone).year()
    }

    /// The name of the shop's host: "shop.example.org".
    pub fn host(&self) -> &str {
        self.origin.split_once("://").map_or(self.origin.as_str(), |(_, host)| host)
    }

    /// The shop's phone number as a `tel:` link writes it.
    pub fn phone_digits(&self) -> String {
        self.shop().phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    }

    /// The themes to choose from, and which is chosen.
    pub fn themes(&self) -> [(&'static str, bool); 3] {
        let chosen = |theme: Option<Theme>| self.theme == theme;
        [("auto", chosen(None)), ("light", chosen(Some(Theme::Light))), ("dark", chosen(Some(Theme::Dark)))]
    }

    /// The markets to choose from, each with its currency and whether it is chosen; nothing where there is no choice.
    pub fn markets(&self) -> Vec<(MarketId, String, bool)> {
        let shop = self.shop();
        let view = |market: &Market| {
            let label = format!("{} ({})", market.name, market.exchange.to);
            (market.id, label, market.id == shop.market.id)
        };
        if shop.markets.len() < 2 { Vec::new() } else { shop.markets.iter().map(view).collect() }
    }

    /// Whether whoever is signed in may do this.
    pub fn may(&self, right: Right) -> bool {
        self.staff.as_ref().is_some_and(|person| person.may(right))
    }

    /// Where "Settings" leads for whoever is signed in, if anywhere.
    pub fn desk_settings(&self) -> Option<String> {
        let pages = [
            (Right::ManageSettings, paths::admin_settings()),
            (Right::ManageContent, paths::admin_settings_legal()),
            (Right::ManageStaff, paths::admin_settings_staff()),
        ];
        pages.into_iter().find(|(right, _)| self.may(*right)).map(|(_, path)| path)
    }

    /// The pages of a customer's account.
    pub fn account_menu(&self) -> Vec<(String, &'static str, bool)> {
        let below = |path: String, key| (path.clone(), key, self.is_below(&path));
        let overview = paths::account();
        vec![
            (overview.clone(), "shell-account-overview", self.is_at(&overview)),
            below(paths::account_orders(), "shell-account-orders"),
            below(paths::account_messages(), "shell-account-messages"),
            below(paths::account_addresses(), "shell-account-addresses"),
            below(paths::account_store_credit(), "shell-account-store-credit"),
            below(paths::account_security(), "shell-account-security"),
            below(paths::account_details(), "shell-account-details"),
            below(paths::account_privacy(), "shell-account-privacy"),
        ]
    }

    /// The menu of the management pages: what stands below an entry shows while one is near it.
    pub fn desk_menu(&self) -> Vec<DeskEntry> {
        let near = |entry: &DeskEntry| entry.here || entry.below.iter().any(|below| below.here);
        let shown = |entry: DeskEntry| if near(&entry) { entry } else { DeskEntry { below: Vec::new(), ..entry } };
        self.desk_rooms().into_iter().map(shown).collect()
    }

    /// Every place of the management pages that whoever is signed in may see.
    pub fn desk_rooms(&self) -> Vec<DeskEntry> {
        let rooms = [
            (
                Right::SignedIn,
                paths::admin(),
                "shell-desk-home",
                "house",
                vec![
                    (Right::ViewReports, paths::admin_takings_page(), "dash-takings", "banknote"),
                    (Right::ViewReports, paths::admin_tax_report(), "tax-report", "receipt-text"),
                ],
            ),
            (
                Right::ViewOrders,
                paths::admin_orders(),
                "shell-desk-orders",
                "receipt-text",
                vec![
                    (Right::ManageOrders, paths::admin_drafts(), "shell-desk-drafts", "file-text"),
                    (Right::ViewOrders, paths::admin_payments(), "shell-desk-payments", "credit-card"),
                    (Right::ViewOrders, paths::admin_gift_cards(), "shell-desk-gift-cards", "banknote"),
                    (Right::ManageSettings, paths::admin_books(), "books-title", "circle-check"),
                ],
            ),
            (
                Right::ViewMessages,
                paths::admin_inbox(),
                "shell-desk-inbox",
                "inbox",
                vec![(Right::AnswerMessages, paths::admin_saved_replies(), "shell-desk-saved-replies", "quote")],
            ),
            (
                Right::ViewCustomers,
                paths::admin_customers(),
                "shell-desk-customers",
                "users",
                vec![(Right::ViewCustomers, paths::admin_customer_groups(), "shell-desk-customer-groups", "list")],
            ),
            (
                Right::ViewProducts,
                paths::admin_products(),
                "shell-desk-products",
                "package",
                vec![
                    (Right::ViewProducts, paths::admin_categories(), "shell-desk-categories", "list"),
                    (Right::ViewProducts, paths::admin_inventory(), "shell-desk-inventory", "boxes"),
                    (Right::ViewProducts, paths::admin_price_lists(), "shell-desk-price-lists", "tag"),
                ],
            ),
            (
                Right::ViewProducts,
                paths::admin_promotions(),
                "shell-desk-discounts",
                "ticket-percent",
                vec![(Right::ViewProducts, paths::admin_promotion_lanes(), "shell-desk-discount-lanes", "list-ordered")],
            ),
            (
                Right::ViewProducts,
                paths::admin_pictures(),
                "shell-desk-content",
                "store",
                vec![
                    (Right::ViewProducts, paths::admin_pictures(), "shell-desk-pictures", "image-plus"),
                    (Right::ManageContent, paths::admin_menus(), "shell-desk-menus", "menu"),
                    (Right::ManageContent, paths::admin_announcement(), "shell-desk-announcement", "info"),
                    (Right::ManageContent, paths::admin_redirects(), "shell-desk-redirects", "link"),
                ],
            ),
            (Right::ViewMail, paths::admin_mails(), "shell-desk-mail", "mail", Vec::new()),
        ];
        rooms
            .into_iter()
            .filter(|(right, ..)| self.may(*right))
            .map(|(_, path, key, icon, below)| {
                let below = below.into_iter().filter(|(right, ..)| self.may(*right));
                let below: Vec<DeskEntry> =
                    below.map(|(_, path, key, icon)| DeskEntry::new(self.is_below(&path), path, key, icon)).collect();
                let here = if path == paths::admin() { self.is_at(&path) } else { self.is_below(&path) };
                // An entry that leads to the first of those below it leaves the mark to that one.
                let here = here && !below.iter().any(|entry| entry.here);
                let count = if path == paths::admin_inbox() { self.waiting } else { 0 };
                DeskEntry { below, count, ..DeskEntry::new(here, path, key, icon) }
            })
            .collect()
    }
}
