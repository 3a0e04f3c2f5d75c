//! The menus of the shop: what staff composed for header and footer; else its categories.

use std::str::FromStr;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Jsonb, Nullable, Text};
use diesel_async::RunQueryDsl;
use serde_json::Value;

use crate::platform::base::{CategoryId, text_enum};
use crate::platform::db::{self, Conn};
use crate::platform::i18n::{Locale, Said, Translations, Wording, Words};
use crate::platform::paths;
use crate::platform::schema::categories;
use crate::platform::settings::{LegalKind, ShopFacts};

text_enum! {
    /// A page of the shop that a menu may lead to.
    ShopPlace {
        Home = "home", Products = "products", Sale = "sale", Search = "search",
        Terms = "terms", Privacy = "privacy", Imprint = "imprint", Returns = "returns",
    }
}

impl ShopPlace {
    pub fn path(self) -> String {
        match self {
            ShopPlace::Home => paths::home(),
            ShopPlace::Products => paths::products(),
            ShopPlace::Sale => paths::sale(),
            ShopPlace::Search => paths::search(),
            legal => paths::legal(legal),
        }
    }

    pub fn title(self, words: Words) -> String {
        match self {
            ShopPlace::Home => words.t("shell-home"),
            ShopPlace::Products => words.t("shell-place-products"),
            ShopPlace::Sale => words.t("shell-place-sale"),
            ShopPlace::Search => words.t("shell-search"),
            legal => words.t(&format!("shell-legal-{legal}")),
        }
    }

    fn legal(self) -> Option<LegalKind> {
        LegalKind::from_str(self.as_str()).ok()
    }
}

/// An entry of a menu in one language, with those below it.
#[derive(Clone, Debug)]
pub struct MenuEntry {
    pub title: String,
    /// Empty: a heading that leads nowhere.
    pub path: String,
    pub children: Vec<MenuEntry>,
}

/// Header and footer in one language.
#[derive(Clone, Debug, Default)]
pub struct Menus {
    pub header: Vec<MenuEntry>,
    /// What staff composed; empty: the usual.
    pub footer: Vec<MenuEntry>,
    /// Whether the footer leads to the legal pages by itself.
    pub legal_below: bool,
}

/// All that the menus are made of, in every language.
#[derive(Clone, Debug, Default)]
pub struct MenuRows {
    rows: Vec<Row>,
    categories: Vec<CategoryRow>,
}

/// A category, the one above it, title and handle.
type CategoryRow = (CategoryId, Option<CategoryId>, Wording, String);

/// A link with what it leads to.
#[derive(Clone, Debug, QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    menu: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    parent_id: Option<i64>,
    #[diesel(sql_type = Jsonb)]
    labels: Value,
    #[diesel(sql_type = Text)]
    place: String,
    #[diesel(sql_type = Text)]
    address: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    product_id: Option<i64>,
    /// Of the category or product; none where a product is not on offer.
    #[diesel(sql_type = Nullable<Text>)]
    handle: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    title: Option<String>,
    #[diesel(sql_type = Nullable<Jsonb>)]
    titles: Option<Said>,
}

/// Reads all links and all categories.
pub async fn read(conn: &mut Conn) -> QueryResult<MenuRows> {
    let rows = db::sql(
        "select m.id, m.menu, m.parent_id, m.labels, m.place, m.address, m.product_id,
                coalesce(c.handle, p.handle) as handle, coalesce(c.title, p.title) as title,
                coalesce(c.translations, p.translations)->'title' as titles
           from menu_links m
           left join categories c on c.id = m.category_id
           left join products p on p.id = m.product_id and p.status = 'active'
          order by m.position, m.id",
    )
    .load(conn)
    .await?;
    let columns = (categories::id, categories::parent_id, categories::title, categories::handle, categories::translations);
    let categories: Vec<(CategoryId, Option<CategoryId>, String, String, Translations)> =
        categories::table.select(columns).order((categories::position, categories::title, categories::id)).load(conn).await?;
    let named =
        |(id, parent, title, handle, words): (_, _, String, _, Translations)| (id, parent, words.wording("title", title), handle);
    Ok(MenuRows { rows, categories: categories.into_iter().map(named).collect() })
}

impl MenuRows {
    /// Whether a change of this product changes a menu.
    pub fn lead_to_product(&self, id: Option<i64>) -> bool {
        self.rows.iter().any(|row| row.product_id.is_some() && (id.is_none() || row.product_id == id))
    }

    /// The menus for readers of a language.
    pub fn in_language(&self, locale: Locale, shop: &ShopFacts) -> Menus {
        let composed = |menu: &str| self.entries(menu, None, Words::new(locale), shop);
        let has = |menu: &str| self.rows.iter().any(|row| row.menu == menu);
        let leads_to_legal = |row: &&Row| row.menu == "footer" && row.place.parse::<LegalKind>().is_ok();
        Menus {
            header: if has("header") { composed("header") } else { self.usual(None, 2, locale, shop.locale) },
            footer: composed("footer"),
            legal_below: self.rows.iter().any(|row| leads_to_legal(&row)),
        }
    }

    fn entries(&self, menu: &str, parent: Option<i64>, words: Words, shop: &ShopFacts) -> Vec<MenuEntry> {
        let mine = self.rows.iter().filter(|row| row.menu == menu && row.parent_id == parent);
        let entry = |row: &Row| {
            let children = if parent.is_none() { self.entries(menu, Some(row.id), words, shop) } else { Vec::new() };
            row.entry(children, words, shop)
        };
        mine.filter_map(entry).collect()
    }

    /// The categories below one, `levels` deep.
    fn usual(&self, parent: Option<CategoryId>, levels: u8, locale: Locale, usual: Locale) -> Vec<MenuEntry> {
        if levels == 0 {
            return Vec::new();
        }
        let children = self.categories.iter().filter(|row| row.1 == parent);
        let entry = |(id, _, title, handle): &CategoryRow| MenuEntry {
            title: title.read(locale, usual).to_owned(),
            path: paths::category(handle),
            children: self.usual(Some(*id), levels - 1, locale, usual),
        };
        children.map(entry).collect()
    }
}

impl Row {
    /// The link as shoppers see it; `None` where it would lead to nothing.
    fn entry(&self, children: Vec<MenuEntry>, words: Words, shop: &ShopFacts) -> Option<MenuEntry> {
        let said = Said::from_json(&self.labels);
        // What has a title of its own says that rather than a label in a language of neither reader nor shop.
        let (label, any) = (said.near(words.locale, shop.locale).to_owned(), said.read_in(words.locale, shop.locale).to_owned());
        let or = |usual: String| if label.is_empty() { usual } else { label.clone() };
        let (title, path) = if let Ok(place) = self.place.parse::<ShopPlace>() {
            let written = |kind: LegalKind| shop.legal.iter().find(|(known, _)| *known == kind);
            let title = match place.legal().map(written) {
                Some(None) => return (!children.is_empty()).then(|| heading(or(place.title(words)), children)),
                Some(Some((_, title))) if !title.read(words.locale, shop.locale).is_empty() => {
                    title.read(words.locale, shop.locale).to_owned()
                }
                _ => place.title(words),
            };
            (or(title), place.path())
        } else if !self.address.is_empty() {
            (or(any), self.address.clone())
        } else if let (Some(handle), Some(title)) = (&self.handle, &self.title) {
            let path = if self.product_id.is_some() { paths::product(handle) } else { paths::category(handle) };
            let title = Wording::new(title.as_str(), self.titles.clone().unwrap_or_default());
            (or(title.read(words.locale, shop.locale).to_owned()), path)
        } else {
            return (!children.is_empty() && !any.is_empty()).then(|| heading(any, children));
        };
        Some(MenuEntry { title, path, children })
    }
}

fn heading(title: String, children: Vec<MenuEntry>) -> MenuEntry {
    MenuEntry { title, path: String::new(), children }
}
