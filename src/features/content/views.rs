//! Legal pages; the menus for staff.

use askama::Template;
use askama_web::WebTemplate;

use super::model::{Menu, MenuLink, Target};
use crate::platform::base::CategoryId;
use crate::platform::i18n::Locale;
use crate::platform::paths;
use crate::platform::settings::LegalKind;
use crate::platform::shell::{Lang, Page, ShopPlace};
use crate::platform::web::{CleanHtml, FormView};

#[derive(Template, WebTemplate)]
#[template(path = "content/legal_page.html")]
pub struct LegalPage {
    pub page: Page,
    pub title: String,
    pub body: CleanHtml,
    pub lang: Lang,
    /// "23 November 2026"
    pub changed: String,
}

/// The menus with their links.
#[derive(Template, WebTemplate)]
#[template(path = "content/menus_page.html")]
pub struct MenusPage {
    page: Page,
    menus: Vec<MenuView>,
}

struct MenuView {
    menu: Menu,
    title: String,
    hint: String,
    rows: Vec<LinkRow>,
}

struct LinkRow {
    id: i64,
    label: String,
    leads_to: String,
    /// It cannot be seen in the shop now.
    hidden: bool,
    /// Stands on the first level, so that others may stand below it.
    top: bool,
    first: bool,
    last: bool,
    opens: bool,
    closes: bool,
}

impl MenusPage {
    pub fn new(page: Page, links: &[MenuLink]) -> MenusPage {
        let view = |menu: &Menu| MenuView {
            menu: *menu,
            title: page.t(menu.key()),
            hint: page.t(&format!("{}-hint", menu.key())),
            rows: link_rows(&page, *menu, links),
        };
        MenusPage { menus: Menu::ALL.iter().map(view).collect(), page }
    }
}

fn link_rows(page: &Page, menu: Menu, links: &[MenuLink]) -> Vec<LinkRow> {
    let on =
        |parent: Option<i64>| links.iter().filter(move |link| link.menu == menu && link.parent == parent).collect::<Vec<_>>();
    let row = |link: &MenuLink, at: usize, count: usize| LinkRow {
        id: link.id,
        label: label_of(page, link),
        leads_to: leads_to(page, link),
        hidden: link.hidden || matches!(&link.target, Target::Place(place) if !is_written(page, *place)),
        top: link.parent.is_none(),
        first: at == 0,
        last: at + 1 == count,
        opens: false,
        closes: false,
    };
    let mut rows = Vec::new();
    let top = on(None);
    for (at, link) in top.iter().enumerate() {
        let below = on(Some(link.id));
        rows.push(LinkRow { opens: !below.is_empty(), ..row(link, at, top.len()) });
        for (at, child) in below.iter().enumerate() {
            rows.push(LinkRow { closes: at + 1 == below.len(), ..row(child, at, below.len()) });
        }
    }
    rows
}

/// Legal pages are there once they are written.
fn is_written(page: &Page, place: ShopPlace) -> bool {
    place.as_str().parse::<LegalKind>().map_or(true, |kind| page.shop().legal.iter().any(|(known, _)| *known == kind))
}

fn label_of(page: &Page, link: &MenuLink) -> String {
    let said = link.labels.near(page.locale, page.shop().locale);
    match &link.target {
        _ if !said.is_empty() => said.to_owned(),
        Target::Place(place) => place.title(page.words),
        Target::Category(_) | Target::Product(_) => link.title.clone(),
        Target::Address(_) | Target::Nothing => link.labels.read_in(page.locale, page.shop().locale).to_owned(),
    }
}

fn leads_to(page: &Page, link: &MenuLink) -> String {
    match &link.target {
        Target::Nothing => page.t("content-leads-nowhere"),
        Target::Place(place) => place.path(),
        Target::Category(_) => paths::category(&link.handle),
        Target::Product(_) => paths::product(&link.handle),
        Target::Address(address) => address.to_string(),
    }
}

/// The form of a link.
#[derive(Template, WebTemplate)]
#[template(path = "content/link_page.html")]
pub struct LinkPage {
    page: Page,
    title: String,
    action: String,
    /// `None` while it is new.
    id: Option<i64>,
    form: FormView,
    places: Vec<(String, String)>,
    categories: Vec<(String, String)>,
    parents: Vec<(String, String)>,
}

impl LinkPage {
    pub fn new(
        page: Page,
        menu: Menu,
        id: Option<i64>,
        links: &[MenuLink],
        categories: &[(CategoryId, String, usize)],
        form: FormView,
    ) -> LinkPage {
        let has_own = id.is_some() && links.iter().any(|link| link.parent == id);
        let above = links.iter().filter(|link| link.menu == menu && link.parent.is_none() && Some(link.id) != id && !has_own);
        let first = ("0".to_owned(), page.t("content-first-level"));
        let place = |place: &ShopPlace| (format!("place-{place}"), place.title(page.words));
        let category = |(id, title, depth): &(CategoryId, String, usize)| {
            (format!("category-{id}"), format!("{}{title}", "\u{2003}".repeat(*depth)))
        };
        LinkPage {
            title: match id {
                Some(_) => page.t("content-link"),
                None => page.named("content-link-new", &page.t(menu.key())),
            },
            action: id.map_or_else(|| paths::admin_menu_links(menu), paths::admin_menu_link),
            places: ShopPlace::ALL.iter().map(place).collect(),
            categories: categories.iter().map(category).collect(),
            parents: [first].into_iter().chain(above.map(|link| (link.id.to_string(), label_of(&page, link)))).collect(),
            id,
            form,
            page,
        }
    }

    /// The form as the link is.
    pub fn filled(link: &MenuLink) -> FormView {
        let (target, address) = match &link.target {
            Target::Nothing => ("nothing".to_owned(), String::new()),
            Target::Place(place) => (format!("place-{place}"), String::new()),
            Target::Category(id) => (format!("category-{id}"), String::new()),
            Target::Product(_) => ("typed".to_owned(), paths::product(&link.handle)),
            Target::Address(address) => ("typed".to_owned(), address.to_string()),
        };
        FormView::filled([
            ("label_en", link.labels.own(Locale::En).to_owned()),
            ("label_de", link.labels.own(Locale::De).to_owned()),
            ("target", target),
            ("address", address),
            ("parent", link.parent.unwrap_or(0).to_string()),
        ])
    }
}
