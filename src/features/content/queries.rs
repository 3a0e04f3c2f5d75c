//! Reads of what staff wrote.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Jsonb, Nullable, Text};
use diesel_async::RunQueryDsl;
use serde_json::Value;

use super::model::{Menu, MenuLink, Target};
use crate::platform::base::{CategoryId, Moment, ProductId};
use crate::platform::db::{self, Conn};
use crate::platform::i18n::{Said, Translations, Wording};
use crate::platform::schema::legal_pages;
use crate::platform::settings::LegalKind;

/// The text of a legal page as typed (Markdown), and when it was last changed; `None` while nothing is written.
pub async fn legal_text(conn: &mut Conn, kind: LegalKind) -> QueryResult<Option<(Wording, Moment)>> {
    let found: Option<(String, Translations, Moment)> = legal_pages::table
        .find(kind.as_str())
        .filter(legal_pages::body.ne(""))
        .select((legal_pages::body, legal_pages::translations, legal_pages::updated_at))
        .first(conn)
        .await
        .optional()?;
    Ok(found.map(|(body, words, changed)| (words.wording("body", body), changed)))
}

#[derive(QueryableByName)]
struct LinkRow {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    menu: Menu,
    #[diesel(sql_type = Nullable<BigInt>)]
    parent_id: Option<i64>,
    #[diesel(sql_type = Jsonb)]
    labels: Value,
    #[diesel(sql_type = Nullable<BigInt>)]
    category_id: Option<CategoryId>,
    #[diesel(sql_type = Nullable<BigInt>)]
    product_id: Option<ProductId>,
    #[diesel(sql_type = Text)]
    place: String,
    #[diesel(sql_type = Text)]
    address: String,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    handle: String,
    #[diesel(sql_type = Bool)]
    hidden: bool,
}

/// All links of all menus, in their order.
pub async fn menu_links(conn: &mut Conn) -> QueryResult<Vec<MenuLink>> {
    let rows: Vec<LinkRow> = db::sql(
        "select m.id, m.menu, m.parent_id, m.labels, m.category_id, m.product_id, m.place, m.address,
                coalesce(c.title, p.title, '') as title, coalesce(c.handle, p.handle, '') as handle,
                (p.id is not null and p.status <> 'active') as hidden
           from menu_links m
           left join categories c on c.id = m.category_id
           left join products p on p.id = m.product_id
          order by m.position, m.id",
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(LinkRow::link).collect())
}

impl LinkRow {
    fn link(self) -> MenuLink {
        let target = match (self.category_id, self.product_id, self.place.parse()) {
            (Some(id), ..) => Target::Category(id),
            (_, Some(id), _) => Target::Product(id),
            (.., Ok(place)) => Target::Place(place),
            _ if self.address.is_empty() => Target::Nothing,
            _ => self.address.parse().map_or(Target::Nothing, Target::Address),
        };
        MenuLink {
            id: self.id,
            menu: self.menu,
            parent: self.parent_id,
            labels: Said::from_json(&self.labels),
            target,
            title: self.title,
            handle: self.handle,
            hidden: self.hidden,
        }
    }
}

/// All categories for a choice: id, title and how deep they stand, each followed by those below it.
pub async fn category_choices(conn: &mut Conn) -> QueryResult<Vec<(CategoryId, String, usize)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        id: CategoryId,
        #[diesel(sql_type = Text)]
        title: String,
        #[diesel(sql_type = Integer)]
        depth: i32,
    }
    let rows: Vec<Row> = db::sql(
        "with recursive tree (id, title, depth, trail) as (
            select id, title, 0, array[position::bigint, id] from categories where parent_id is null
            union all
            select c.id, c.title, t.depth + 1, t.trail || array[c.position::bigint, c.id]
              from categories c join tree t on c.parent_id = t.id where t.depth < 32)
         select id, title, depth from tree order by trail",
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.title, row.depth as usize)).collect())
}
