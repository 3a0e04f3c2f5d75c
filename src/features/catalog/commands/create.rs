//! Staff add a product, or make one like another; a form sent twice makes one.

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;
use serde_json::json;

use super::{save, standing, translating};
use crate::engines::inventory::Opening;
use crate::engines::inventory::commands as shelves;
use crate::features::catalog::model::{
    Editable, EditableVariant, GoodsKind, ImageDraft, NewProduct, OptionEdit, ProductDraft, ProductStatus, SaveRefused,
    VariantDraft, combinations, sku_of,
};
use crate::features::catalog::queries;
use crate::platform::access::{self, Person};
use crate::platform::base::{Failed, Handle, Line, Moment, Name, ProductId};
use crate::platform::db::{self, Conn};
use crate::platform::schema::products;
use crate::platform::web::Markup;

/// Adds a product with all combinations of its options; its handle is made of the title.
pub async fn create(conn: &mut Conn, staff: &Person, new: &NewProduct, now: Moment) -> Result<ProductId, Failed<SaveRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        if let Some(made) = once(tx, &new.key).await? {
            return Ok(made);
        }
        let variants = combinations(&new.options)?.iter().map(|at| variant(new, at)).collect();
        let draft = ProductDraft {
            handle: free_handle(tx, &new.title).await?,
            title: new.title.clone(),
            description: new.description.parse().unwrap_or_default(),
            markup: Markup::Markdown,
            status: new.status,
            gift_card: None,
            vendor: new.vendor.clone(),
            product_type: Default::default(),
            tags: new.tags.clone(),
            seo_title: Default::default(),
            seo_description: Default::default(),
            categories: new.categories.clone(),
            options: new.options.iter().map(|option| option.name.clone()).collect(),
            variants,
            images: Some(new.images.iter().map(|media| ImageDraft { media: *media, alt: Default::default() }).collect()),
        };
        let product = put(tx, &draft, &new.key, new.count, now).await?;
        let is = json!({ "title": &*new.title, "price": new.price, "status": new.status, "count": new.count });
        access::audit(tx, staff, "product.added", "product", Some(product.0), None, Some(is)).await?;
        if let Some(at) = new.publish_at {
            diesel::update(products::table.find(product)).set(products::publish_at.eq(at)).execute(tx).await?;
            standing::publish_at(tx, product, at).await?;
        }
        Ok(product)
    })
    .await
}

/// Makes a draft like a product: with its text, options, prices and pictures, without SKUs, barcodes and stock.
pub async fn duplicate(
    conn: &mut Conn,
    staff: &Person,
    like: &Editable,
    title: &Name<255>,
    key: &Line<64>,
    now: Moment,
) -> Result<ProductId, Failed<SaveRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        if let Some(made) = once(tx, key).await? {
            return Ok(made);
        }
        let draft = ProductDraft {
            handle: free_handle(tx, title).await?,
            title: title.clone(),
            description: like.description.parse().unwrap_or_default(),
            markup: like.markup,
            status: ProductStatus::Draft,
            gift_card: None,
            vendor: like.vendor.parse().unwrap_or_default(),
            product_type: like.product_type.parse().unwrap_or_default(),
            tags: like.tags.iter().filter_map(|tag| tag.parse().ok()).collect(),
            seo_title: like.seo_title.parse().unwrap_or_default(),
            seo_description: like.seo_description.parse().unwrap_or_default(),
            categories: like.categories.clone(),
            options: like.options.iter().filter_map(|option| option.name.parse().ok()).collect(),
            variants: like.variants.iter().map(|variant| copied(like, variant)).collect(),
            images: Some(
                like.images
                    .iter()
                    .map(|image| ImageDraft { media: image.media, alt: image.alt.parse().unwrap_or_default() })
                    .collect(),
            ),
        };
        let product = put(tx, &draft, key, 0, now).await?;
        if like.goods == GoodsKind::GiftCard {
            diesel::update(products::table.find(product)).set(products::gift_card.eq(true)).execute(tx).await?;
        }
        translating::copy(tx, like.id, product).await?;
        let is = json!({ "title": &**title, "like": like.id });
        access::audit(tx, staff, "product.duplicated", "product", Some(product.0), None, Some(is)).await?;
        Ok(product)
    })
    .await
}

fn variant(new: &NewProduct, at: &[usize]) -> VariantDraft {
    let value = |(option, at): (&OptionEdit, &usize)| option.values[*at].text.clone();
    let values: Vec<Name<255>> = new.options.iter().zip(at).map(value).collect();
    let words: Vec<&str> = values.iter().map(|value| &**value).collect();
    VariantDraft {
        sku: new.sku.as_ref().and_then(|sku| sku_of(sku, &words)),
        values,
        barcode: Default::default(),
        price: new.price,
        compare_at: new.compare_at,
        weight_grams: new.weight_grams,
        content: None,
        requires_shipping: true,
        taxable: true,
        tax_class: None,
        image: None,
    }
}

fn copied(product: &Editable, variant: &EditableVariant) -> VariantDraft {
    let all = || product.options.iter().flat_map(|option| &option.values);
    let word = |id| all().find(|value| value.0 == id).and_then(|value| value.1.parse().ok());
    VariantDraft {
        values: variant.values.iter().filter_map(|id| word(*id)).collect(),
        sku: None,
        barcode: Default::default(),
        price: variant.price,
        compare_at: variant.compare_at,
        weight_grams: variant.weight_grams,
        content: Some(variant.content),
        requires_shipping: variant.requires_shipping,
        taxable: variant.taxable,
        tax_class: Some(variant.tax_class),
        image: variant.media,
    }
}

/// The product that this form made a moment ago; whoever else holds the same form waits until it is decided.
async fn once(tx: &mut Conn, key: &Line<64>) -> QueryResult<Option<ProductId>> {
    db::sql("select pg_advisory_xact_lock(hashtextextended('product form ' || $1, 0))")
        .bind::<Text, _>(&**key)
        .execute(tx)
        .await?;
    if key.is_empty() { Ok(None) } else { queries::made_by_form(tx, key).await }
}

async fn put(
    tx: &mut Conn,
    draft: &ProductDraft,
    key: &Line<64>,
    count: i32,
    now: Moment,
) -> Result<ProductId, Failed<SaveRefused>> {
    let saved = save(tx, draft, now).await?;
    let key = (!key.is_empty()).then(|| key.to_string());
    diesel::update(products::table.find(saved.product)).set(products::form_key.eq(key)).execute(tx).await?;
    for variant in &saved.variants {
        shelves::open(tx, *variant, Opening::with(count)).await?;
    }
    Ok(saved.product)
}

/// "green-tea", else "green-tea-2" and so on.
async fn free_handle(tx: &mut Conn, title: &str) -> QueryResult<Handle> {
    let wanted = Handle::of_title(title);
    let taken: Vec<String> =
        products::table.filter(products::handle.like(format!("{}%", &*wanted))).select(products::handle).load(tx).await?;
    let mut numbered = [wanted.clone()].into_iter().chain((2..).map(|number| wanted.numbered(number)));
    Ok(numbered.find(|handle| !taken.iter().any(|one| *one == **handle)).unwrap_or(wanted))
}
