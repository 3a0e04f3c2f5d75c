//! Reads of categories.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable};
use diesel_async::RunQueryDsl;

use crate::features::catalog::model::{Branch, Room, Tree};
use crate::platform::base::{Broke, CategoryId, Handle, MediaId};
use crate::platform::db::{self, Conn};
use crate::platform::i18n::{Translations, Wording};
use crate::platform::media;
use crate::platform::schema::{categories, handle_redirects};

type BranchRow = (CategoryId, Option<CategoryId>, String, String, Option<MediaId>, bool, Translations);

/// All categories.
pub async fn tree(conn: &mut Conn) -> QueryResult<Tree> {
    let rows: Vec<BranchRow> = categories::table
        .order((categories::position, categories::title, categories::id))
        .select((
            categories::id,
            categories::parent_id,
            categories::handle,
            categories::title,
            categories::media_id,
            categories::arranged,
            categories::translations,
        ))
        .load(conn)
        .await?;
    let branch = |(id, parent, handle, title, media, arranged, words): BranchRow| Branch {
        id,
        parent,
        handle,
        title,
        titles: words.said("title"),
        media,
        arranged,
    };
    Ok(Tree::new(rows.into_iter().map(branch).collect()))
}

/// What a category says of itself.
#[derive(Clone, Debug, Default, Queryable, Selectable)]
#[diesel(table_name = categories)]
pub struct CategoryText {
    /// Markdown, as typed.
    pub description: String,
    pub seo_title: String,
    pub seo_description: String,
    pub translations: Translations,
}

impl CategoryText {
    /// Markdown, in every language.
    pub fn description(&self) -> Wording {
        self.translations.wording("description", self.description.as_str())
    }

    pub fn seo_title(&self) -> Wording {
        self.translations.wording("seo_title", self.seo_title.as_str())
    }

    pub fn seo_description(&self) -> Wording {
        self.translations.wording("seo_description", self.seo_description.as_str())
    }
}

/// The texts of a category; empty for one that is gone.
pub async fn category_text(conn: &mut Conn, category: CategoryId) -> QueryResult<CategoryText> {
    let row = categories::table.find(category).select(CategoryText::as_select());
    Ok(row.first(conn).await.optional()?.unwrap_or_default())
}

/// The category that had this handle.
pub async fn category_by_old_handle(conn: &mut Conn, handle: &Handle) -> QueryResult<Option<String>> {
    handle_redirects::table
        .inner_join(categories::table.on(categories::id.eq(handle_redirects::target_id)))
        .filter(handle_redirects::kind.eq("category").and(handle_redirects::handle.eq(&**handle)))
        .select(categories::handle)
        .first(conn)
        .await
        .optional()
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    category: CategoryId,
    #[diesel(sql_type = BigInt)]
    products: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    media: Option<MediaId>,
}

/// How many products shoppers see in each of these categories and below, and the picture of the newest.
const COUNTS: &str = "
    select cp.ancestor_id as category, count(distinct p.id) as products,
           (array_agg(f.media_id order by p.published_at desc, p.id desc) filter (where f.media_id is not null))[1] as media
      from category_paths cp
      join product_categories pc on pc.category_id = cp.category_id
      join products p on p.id = pc.product_id and p.status = 'active'
      left join lateral (select media_id from product_media where product_id = p.id order by position limit 1) f on true
     where cp.ancestor_id = any($1)
     group by cp.ancestor_id";

async fn counts(conn: &mut Conn, of: &[CategoryId]) -> QueryResult<HashMap<CategoryId, Count>> {
    let rows: Vec<Count> = db::sql(COUNTS).bind::<Array<BigInt>, _>(of).load(conn).await?;
    Ok(rows.into_iter().map(|row| (row.category, row)).collect())
}

/// How many products each of these categories holds; those without any are missing.
pub async fn counts_below(conn: &mut Conn, of: &[CategoryId]) -> QueryResult<HashMap<CategoryId, i64>> {
    Ok(counts(conn, of).await?.into_iter().map(|(id, row)| (id, row.products)).collect())
}

/// The categories of the highest level that hold something, each with a picture: its own, else that of its newest product.
pub async fn rooms(conn: &mut Conn, tree: &Tree) -> Result<Vec<Room>, Broke> {
    let top: Vec<&Branch> = tree.children(None).collect();
    let counts = counts(conn, &top.iter().map(|branch| branch.id).collect::<Vec<_>>()).await?;
    let media_of = |branch: &Branch| branch.media.or(counts.get(&branch.id).and_then(|count| count.media));
    let ids: Vec<MediaId> = top.iter().filter_map(|branch| media_of(branch)).collect();
    let pictures = media::queries::pictures_by_ids(conn, &ids).await?;
    let room = |branch: &&Branch| {
        let count = counts.get(&branch.id)?.products;
        let photo = media_of(branch).and_then(|id| pictures.get(&id).cloned());
        Some(Room { id: branch.id, title: branch.wording(), handle: branch.handle.clone(), count, photo })
    };
    Ok(top.iter().filter_map(room).collect())
}
