//! Acts on products and categories; each tells the change feed.

mod arranging;
mod categories;
mod create;
mod edit;
mod pictures;
mod redirects;
mod shelving;
mod images;
mod options;
mod standing;
mod translating;
mod variants;

use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;

use crate::features::catalog::model::{ImageDraft, Outcome, ProductDraft, ProductStatus, SaveRefused, Saved};
use crate::platform::base::{CategoryId, Failed, Handle, Line, MediaId, Moment, ProductId, VariantId};
use crate::platform::db::Conn;
use crate::platform::feed::{self, Subject};
use crate::platform::schema::{self, handle_redirects, product_categories, product_media, products};
use crate::platform::web::{CleanHtml, Markup};
pub use arranging::{arrange, forget_order, put_in, take_out};
pub use categories::{category_at, rename_category, save_category};
pub use create::{create, duplicate};
pub use edit::edit;
pub use images::{add_images, place_image, remove_image, return_image};
pub use pictures::describe_picture;
pub use redirects::{add_redirect, remove_redirect};
pub use shelving::{add_category, edit_category, move_category, remove_category};
pub use standing::{PUBLISH_DUE, archive, delete, publish_due, unarchive};
pub use translating::{translate, translate_category};

/// A product's own columns, as a draft wants them and as the table holds them.
#[derive(Queryable, Selectable, Insertable, AsChangeset, PartialEq)]
#[diesel(table_name = products)]
struct Row {
    title: String,
    description: String,
    description_format: Markup,
    description_html: String,
    status: ProductStatus,
    vendor: String,
    product_type: String,
    tags: Vec<String>,
    seo_title: String,
    seo_description: String,
}

impl Row {
    fn of(draft: &ProductDraft) -> Row {
        Row {
            title: draft.title.to_string(),
            description: draft.description.to_string(),
            description_format: draft.markup,
            description_html: CleanHtml::of(&draft.description, draft.markup).to_string(),
            status: draft.status,
            vendor: draft.vendor.to_string(),
            product_type: draft.product_type.to_string(),
            tags: draft.tag_list(),
            seo_title: draft.seo_title.to_string(),
            seo_description: draft.seo_description.to_string(),
        }
    }
}

/// Creates the product of this handle, or makes the one that has (or had) it as the draft says. Saving the same again writes nothing.
/// Variants that the draft does not name are archived; stock is not touched.
pub async fn save(tx: &mut Conn, draft: &ProductDraft, now: Moment) -> Result<Saved, Failed<SaveRefused>> {
    draft.check()?;
    let known = lock_by_handle(tx, &draft.handle).await?;
    let (product, mut changed) = match known {
        Some(product) => (product, save_row(tx, product, draft, now).await?),
        None => (insert(tx, draft, now).await?, true),
    };
    let (ids, variants_changed) = variants::save(tx, product, draft, now).await?;
    changed |= save_kind(tx, product, draft.gift_card).await?;
    changed |= variants_changed;
    changed |= save_categories(tx, product, &draft.categories).await?;
    if let Some(images) = &draft.images {
        changed |= save_images(tx, product, images).await?;
        changed |= variants::save_images(tx, &ids, draft).await?;
    }
    let outcome = match (known, changed) {
        (None, _) => Outcome::Created,
        (Some(_), true) => Outcome::Updated,
        (Some(_), false) => Outcome::Unchanged,
    };
    match outcome {
        Outcome::Created => feed::tell(tx, Subject::Product, Some(product.0)).await?,
        Outcome::Updated => touch(tx, product, now).await?,
        Outcome::Unchanged => {}
    }
    Ok(Saved { product, outcome, variants: ids })
}

/// Gives a product another handle; the old one leads there from now on.
pub async fn rename(tx: &mut Conn, product: ProductId, handle: &Handle, now: Moment) -> Result<(), Failed<SaveRefused>> {
    let old: String = products::table.find(product.0).select(products::handle).for_update().first(tx).await?;
    if old == **handle {
        return Ok(());
    }
    let taken = products::table.filter(products::handle.eq(&**handle)).select(products::id).first::<i64>(tx).await.optional()?;
    if taken.is_some() {
        return Err(SaveRefused::HandleTaken { handle: handle.to_string() }.into());
    }
    forget_redirect(tx, "product", handle).await?;
    redirect(tx, "product", &old, product.0).await?;
    let renamed = diesel::update(products::table.find(product.0)).set(products::handle.eq(&**handle)).execute(tx).await;
    renamed.map_err(|error| or_taken(error, handle))?;
    Ok(touch(tx, product, now).await?)
}

/// Puts a picture at a product's place (and on these variants), for those that arrive later than the product; the same again changes nothing.
pub async fn attach_image(
    tx: &mut Conn,
    product: ProductId,
    media: MediaId,
    alt: &Line<1000>,
    position: i32,
    for_variants: &[VariantId],
    now: Moment,
) -> QueryResult<()> {
    use product_media::dsl;
    let new = (dsl::product_id.eq(product.0), dsl::media_id.eq(media.0), dsl::alt.eq(&**alt), dsl::position.eq(position));
    diesel::insert_into(product_media::table)
        .values(new)
        .on_conflict((dsl::product_id, dsl::media_id))
        .do_update()
        .set((dsl::alt.eq(&**alt), dsl::position.eq(position)))
        .execute(tx)
        .await?;
    if !for_variants.is_empty() {
        let rows = schema::variants::table.filter(schema::variants::id.eq_any(for_variants));
        diesel::update(rows).set(schema::variants::media_id.eq(media.0)).execute(tx).await?;
    }
    touch(tx, product, now).await
}

/// Counts a change of a product and tells everybody.
pub(super) async fn touch(tx: &mut Conn, product: ProductId, now: Moment) -> QueryResult<()> {
    diesel::update(products::table.find(product.0))
        .set((products::version.eq(products::version + 1), products::updated_at.eq(now)))
        .execute(tx)
        .await?;
    feed::tell(tx, Subject::Product, Some(product.0)).await
}

/// The product that has this handle, else the one that had it; its row is locked.
async fn lock_by_handle(tx: &mut Conn, handle: &Handle) -> QueryResult<Option<ProductId>> {
    let named = products::table.filter(products::handle.eq(&**handle)).select(products::id);
    if let Some(id) = named.for_update().first::<ProductId>(tx).await.optional()? {
        return Ok(Some(id));
    }
    let old = handle_redirects::table.filter(handle_redirects::kind.eq("product")).filter(handle_redirects::handle.eq(&**handle));
    let Some(id) = old.select(handle_redirects::target_id).first::<i64>(tx).await.optional()? else { return Ok(None) };
    products::table.find(id).select(products::id).for_update().first::<ProductId>(tx).await.optional()
}

async fn insert(tx: &mut Conn, draft: &ProductDraft, now: Moment) -> Result<ProductId, Failed<SaveRefused>> {
    let published = (draft.status == ProductStatus::Active).then_some(now);
    let dates = (products::created_at.eq(now), products::updated_at.eq(now), products::published_at.eq(published));
    let id = diesel::insert_into(products::table)
        .values((products::handle.eq(&*draft.handle), Row::of(draft), dates))
        .returning(products::id)
        .get_result(tx)
        .await;
    id.map_err(|error| or_taken(error, &draft.handle))
}

async fn save_row(tx: &mut Conn, product: ProductId, draft: &ProductDraft, now: Moment) -> QueryResult<bool> {
    type Kept = (Row, Option<Moment>, Option<Moment>);
    let columns = (Row::as_select(), products::published_at, products::publish_at);
    let (kept, published, due): Kept = products::table.find(product.0).select(columns).first(tx).await?;
    let wanted = Row::of(draft);
    if kept == wanted {
        return Ok(false);
    }
    let published = published.or((draft.status == ProductStatus::Active).then_some(now));
    let due = due.filter(|_| draft.status == ProductStatus::Draft);
    let dates = (products::published_at.eq(published), products::publish_at.eq(due));
    diesel::update(products::table.find(product.0)).set((wanted, dates)).execute(tx).await?;
    Ok(true)
}

/// Makes it a gift card or goods, where the draft says which.
async fn save_kind(tx: &mut Conn, product: ProductId, wanted: Option<bool>) -> QueryResult<bool> {
    let Some(wanted) = wanted else { return Ok(false) };
    let other = products::table.find(product.0).filter(products::gift_card.ne(wanted));
    let changed = diesel::update(other).set(products::gift_card.eq(wanted)).execute(tx).await? > 0;
    if changed && wanted {
        edit::count_no_more(tx, product).await?;
    }
    Ok(changed)
}

async fn save_categories(tx: &mut Conn, product: ProductId, wanted: &[CategoryId]) -> QueryResult<bool> {
    use product_categories::dsl;
    let here = dsl::product_categories.filter(dsl::product_id.eq(product.0));
    let kept: Vec<CategoryId> = here.select(dsl::category_id).load(tx).await?;
    let mut new: Vec<CategoryId> = wanted.iter().copied().filter(|id| !kept.contains(id)).collect();
    new.sort_unstable();
    new.dedup();
    let gone = kept.iter().any(|id| !wanted.contains(id));
    if gone {
        diesel::delete(here.filter(dsl::category_id.ne_all(wanted))).execute(tx).await?;
    }
    let rows: Vec<_> = new.iter().map(|id| (dsl::product_id.eq(product.0), dsl::category_id.eq(id.0))).collect();
    diesel::insert_into(product_categories::table).values(rows).on_conflict_do_nothing().execute(tx).await?;
    Ok(gone || !new.is_empty())
}

async fn save_images(tx: &mut Conn, product: ProductId, images: &[ImageDraft]) -> QueryResult<bool> {
    use product_media::dsl;
    let mut wanted: Vec<(MediaId, String, i32)> = Vec::new();
    for image in images {
        if !wanted.iter().any(|known| known.0 == image.media) {
            wanted.push((image.media, image.alt.to_string(), wanted.len() as i32));
        }
    }
    let here = product_media::table.filter(dsl::product_id.eq(product.0));
    let columns = (dsl::media_id, dsl::alt, dsl::position);
    let kept: Vec<(MediaId, String, i32)> = here.select(columns).order(dsl::position).load(tx).await?;
    if kept == wanted {
        return Ok(false);
    }
    let shown: Vec<MediaId> = wanted.iter().map(|one| one.0).collect();
    diesel::delete(here.filter(dsl::media_id.ne_all(shown))).execute(tx).await?;
    let row = |(media, alt, position): &(MediaId, String, i32)| {
        (dsl::product_id.eq(product.0), dsl::media_id.eq(media.0), dsl::alt.eq(alt.clone()), dsl::position.eq(*position))
    };
    // Those that stay keep their words in other languages.
    diesel::insert_into(product_media::table)
        .values(wanted.iter().map(row).collect::<Vec<_>>())
        .on_conflict((dsl::product_id, dsl::media_id))
        .do_update()
        .set((dsl::alt.eq(excluded(dsl::alt)), dsl::position.eq(excluded(dsl::position))))
        .execute(tx)
        .await?;
    Ok(true)
}

/// From now on an old handle leads to a row.
pub(super) async fn redirect(tx: &mut Conn, kind: &str, old: &str, target: i64) -> QueryResult<()> {
    use handle_redirects::dsl;
    diesel::insert_into(handle_redirects::table)
        .values((dsl::kind.eq(kind), dsl::handle.eq(old), dsl::target_id.eq(target)))
        .on_conflict((dsl::kind, dsl::handle))
        .do_update()
        .set(dsl::target_id.eq(target))
        .execute(tx)
        .await?;
    Ok(())
}

/// A handle in use again leads nowhere else.
pub(super) async fn forget_redirect(tx: &mut Conn, kind: &str, handle: &Handle) -> QueryResult<()> {
    diesel::delete(handle_redirects::table.find((kind, &**handle))).execute(tx).await?;
    Ok(())
}

/// Somebody else may have taken the handle a moment ago.
pub(super) fn or_taken(error: diesel::result::Error, handle: &Handle) -> Failed<SaveRefused> {
    use diesel::result::{DatabaseErrorKind, Error};
    match &error {
        Error::DatabaseError(DatabaseErrorKind::UniqueViolation, info)
            if info.constraint_name().is_some_and(|name| name.ends_with("_handle_key")) =>
        {
            SaveRefused::HandleTaken { handle: handle.to_string() }.into()
        }
        _ => error.into(),
    }
}
