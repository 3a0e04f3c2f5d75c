//! Reads of categories for staff.

use std::collections::HashMap;

use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use diesel_async::RunQueryDsl;

use crate::features::catalog::model::{EditableCategory, ProductStatus, Removal, Shelved};
use crate::platform::access;
use crate::platform::base::{CategoryId, MediaId, Moment, ProductId};
use crate::platform::db::{self, Conn};
use crate::platform::i18n::Translations;
use crate::platform::schema::{categories, product_categories, products};

#[derive(Queryable, Selectable)]
#[diesel(table_name = categories)]
struct Row {
    id: CategoryId,
    handle: String,
    title: String,
    parent_id: Option<CategoryId>,
    description: String,
    media_id: Option<MediaId>,
    seo_title: String,
    seo_description: String,
    arranged: bool,
    version: i32,
    updated_at: Moment,
    translations: Translations,
}

/// A category as its form shows it.
pub async fn editable_category(conn: &mut Conn, id: CategoryId) -> QueryResult<Option<EditableCategory>> {
    let row: Option<Row> = categories::table.find(id).select(Row::as_select()).first(conn).await.optional()?;
    Ok(row.map(|row| EditableCategory {
        id: row.id,
        handle: row.handle,
        title: row.title,
        parent: row.parent_id,
        description: row.description,
        media: row.media_id,
        seo_title: row.seo_title,
        seo_description: row.seo_description,
        arranged: row.arranged,
        version: row.version,
        updated_at: row.updated_at,
        translations: row.translations,
    }))
}

/// How many products (archived ones aside) stand directly in each category.
pub async fn products_in(conn: &mut Conn) -> QueryResult<HashMap<CategoryId, i64>> {
    let counts = product_categories::table
        .inner_join(products::table.on(products::id.eq(product_categories::product_id)))
        .filter(products::status.ne(ProductStatus::Archived))
        .group_by(product_categories::category_id)
        .select((product_categories::category_id, count_star()));
    Ok(counts.load::<(CategoryId, i64)>(conn).await?.into_iter().collect())
}

/// Who saved a category last, and when; `None` when nobody of the staff did.
pub async fn category_last_saved_by(conn: &mut Conn, id: CategoryId) -> QueryResult<Option<(String, Moment)>> {
    access::queries::last_act(conn, "category", id.0).await
}

#[derive(QueryableByName)]
struct ShelvedRow {
    #[diesel(sql_type = BigInt)]
    id: ProductId,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    status: ProductStatus,
    #[diesel(sql_type = Nullable<BigInt>)]
    media: Option<MediaId>,
}

impl ShelvedRow {
    fn shelved(self) -> Shelved {
        Shelved { id: self.id, title: self.title, status: self.status, media: self.media }
    }
}

const SHELVED: &str = "select p.id, p.title, p.status,
       (select media_id from product_media where product_id = p.id order by position, id limit 1) as media from products p";

/// The products directly in a category, in its order: those without a place first, the newest before the others.
pub async fn shelved(conn: &mut Conn, category: CategoryId, limit: i64) -> QueryResult<Vec<Shelved>> {
    let query = format!(
        "{SHELVED} join product_categories pc on pc.product_id = p.id and pc.category_id = $1
          where p.status <> 'archived' order by pc.position, p.published_at desc nulls last, p.id desc limit $2"
    );
    let rows: Vec<ShelvedRow> = diesel::sql_query(query).bind::<BigInt, _>(category).bind::<BigInt, _>(limit).load(conn).await?;
    Ok(rows.into_iter().map(ShelvedRow::shelved).collect())
}

/// Products that are not in a category, by words of their title.
pub async fn not_shelved(conn: &mut Conn, category: CategoryId, words: &str, limit: i64) -> QueryResult<Vec<Shelved>> {
    let query = format!(
        "{SHELVED} where p.status <> 'archived' and lower(p.title) like $2
            and not exists (select 1 from product_categories pc where pc.product_id = p.id and pc.category_id = $1)
          order by p.title, p.id limit $3"
    );
    let like = format!("%{}%", words.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
    let rows: Vec<ShelvedRow> =
        diesel::sql_query(query).bind::<BigInt, _>(category).bind::<Text, _>(like).bind::<BigInt, _>(limit).load(conn).await?;
    Ok(rows.into_iter().map(ShelvedRow::shelved).collect())
}

#[derive(QueryableByName)]
struct RemovalRow {
    #[diesel(sql_type = BigInt)]
    products: i64,
    #[diesel(sql_type = BigInt)]
    homeless: i64,
    #[diesel(sql_type = BigInt)]
    links: i64,
}

/// What removing a category would do.
pub async fn removal(conn: &mut Conn, id: CategoryId) -> QueryResult<Removal> {
    let children = categories::table
        .filter(categories::parent_id.eq(id))
        .order((categories::position, categories::title))
        .select(categories::title)
        .load(conn)
        .await?;
    let row: RemovalRow = db::sql(
        "select count(*) as products,
                count(*) filter (where not exists (select 1 from product_categories o
                                                    where o.product_id = pc.product_id and o.category_id <> $1)) as homeless,
                (select count(*) from menu_links where category_id = $1) as links
           from product_categories pc join products p on p.id = pc.product_id and p.status <> 'archived' where pc.category_id = $1",
    )
    .bind::<BigInt, _>(id)
    .get_result(conn)
    .await?;
    Ok(Removal { children, products: row.products, homeless: row.homeless, links: row.links })
}
