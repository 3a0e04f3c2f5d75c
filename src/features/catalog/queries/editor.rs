//! A product as its form shows it, and what the form needs to know beside it.

use std::collections::{BTreeMap, HashMap};

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;

use crate::engines::pricing::Content;
use crate::engines::shipping;
use crate::features::catalog::model::{
    Editable, EditableImage, EditableOption, EditableVariant, GoodsKind, GoodsWords, ProductStatus,
};
use crate::platform::base::{
    CategoryId, Line, MediaId, Moment, OptionId, OptionValueId, ProductId, StockId, TaxClassId, VariantId,
};
use crate::platform::db::Conn;
use crate::platform::i18n::{Said, Translations};
use crate::platform::schema::{
    audit, bundle_parts, option_values, order_lines, product_categories, product_media, product_options, products, stock,
    variant_options, variants,
};
use crate::platform::web::Markup;

#[derive(Queryable, Selectable)]
#[diesel(table_name = products)]
struct Row {
    handle: String,
    title: String,
    description: String,
    description_format: Markup,
    status: ProductStatus,
    publish_at: Option<Moment>,
    version: i32,
    updated_at: Moment,
    vendor: String,
    product_type: String,
    gift_card: bool,
    tags: Vec<String>,
    seo_title: String,
    seo_description: String,
    translations: Translations,
}

/// A product as its form shows it.
pub async fn editable(conn: &mut Conn, id: ProductId) -> QueryResult<Option<Editable>> {
    let sold = exists(order_lines::table.filter(order_lines::product_id.eq(id.0)));
    let found: Option<(Row, bool)> = products::table.find(id).select((Row::as_select(), sold)).first(conn).await.optional()?;
    let Some((row, sold)) = found else { return Ok(None) };
    let categories: Vec<CategoryId> = product_categories::table
        .filter(product_categories::product_id.eq(id))
        .order(product_categories::category_id)
        .select(product_categories::category_id)
        .load(conn)
        .await?;
    let images: Vec<(MediaId, String, Translations)> = product_media::table
        .filter(product_media::product_id.eq(id))
        .order((product_media::position, product_media::id))
        .select((product_media::media_id, product_media::alt, product_media::translations))
        .load(conn)
        .await?;
    let mut words = GoodsWords { texts: row.translations.without("description_html"), ..GoodsWords::default() };
    words.alts = kept(images.iter().map(|(media, _, words)| (*media, words.said("alt"))));
    Ok(Some(Editable {
        id,
        handle: row.handle,
        title: row.title,
        description: row.description,
        markup: row.description_format,
        status: row.status,
        publish_at: row.publish_at,
        version: row.version,
        updated_at: row.updated_at,
        vendor: row.vendor,
        goods: if row.gift_card { GoodsKind::GiftCard } else { GoodsKind::Goods },
        product_type: row.product_type,
        tags: row.tags,
        seo_title: row.seo_title,
        seo_description: row.seo_description,
        profile: shipping::queries::profile_of(conn, id).await?,
        categories,
        options: options(conn, id, &mut words).await?,
        variants: variants_of(conn, id).await?,
        images: images.into_iter().map(|(media, alt, _)| EditableImage { media, alt }).collect(),
        words,
        sold,
    }))
}

/// Those of which anything is translated.
fn kept<K: Ord>(said: impl Iterator<Item = (K, Said)>) -> BTreeMap<K, Said> {
    said.filter(|(_, said)| !said.is_empty()).collect()
}

type OptionRow = (OptionId, String, Translations, Option<(OptionValueId, String, Translations)>);

async fn options(conn: &mut Conn, product: ProductId, words: &mut GoodsWords) -> QueryResult<Vec<EditableOption>> {
    let value = (option_values::id, option_values::value, option_values::translations);
    let rows: Vec<OptionRow> = product_options::table
        .left_join(option_values::table.on(option_values::option_id.eq(product_options::id)))
        .filter(product_options::product_id.eq(product))
        .order((product_options::position, product_options::id, option_values::position, option_values::id))
        .select((product_options::id, product_options::name, product_options::translations, value.nullable()))
        .load(conn)
        .await?;
    words.options = kept(rows.iter().map(|row| (row.0, row.2.said("name"))));
    words.values = kept(rows.iter().filter_map(|row| row.3.as_ref()).map(|value| (value.0, value.2.said("value"))));
    let mut options: Vec<EditableOption> = Vec::new();
    for (id, name, _, value) in rows {
        let value = value.map(|(id, text, _)| (id, text));
        match options.last_mut() {
            Some(last) if last.id == id => last.values.extend(value),
            _ => options.push(EditableOption { id, name, values: value.into_iter().collect() }),
        }
    }
    Ok(options)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = variants)]
struct VariantRow {
    id: VariantId,
    title: String,
    sku: Option<String>,
    barcode: String,
    price: i64,
    compare_at: Option<i64>,
    weight_grams: i32,
    content: Option<Content>,
    requires_shipping: bool,
    taxable: bool,
    tax_class_id: Option<TaxClassId>,
    media_id: Option<MediaId>,
}

type ShelfRow = (VariantId, StockId, bool, i32, i32);

async fn variants_of(conn: &mut Conn, product: ProductId) -> QueryResult<Vec<EditableVariant>> {
    let rows: Vec<VariantRow> = variants::table
        .filter(variants::product_id.eq(product).and(variants::archived_at.is_null()))
        .order((variants::position, variants::id))
        .select(VariantRow::as_select())
        .load(conn)
        .await?;
    let shelves: Vec<ShelfRow> = stock::table
        .inner_join(variants::table.on(variants::id.eq(stock::variant_id)))
        .filter(variants::product_id.eq(product))
        .order(stock::id)
        .select((stock::variant_id, stock::id, stock::tracked, stock::on_hand, stock::allocated))
        .load(conn)
        .await?;
    let pairs: Vec<(VariantId, OptionValueId)> = variant_options::table
        .inner_join(product_options::table.on(product_options::id.eq(variant_options::option_id)))
        .filter(product_options::product_id.eq(product))
        .order((product_options::position, product_options::id))
        .select((variant_options::variant_id, variant_options::value_id))
        .load(conn)
        .await?;
    let bundles: Vec<VariantId> = bundle_parts::table
        .inner_join(variants::table.on(variants::id.eq(bundle_parts::bundle_id)))
        .filter(variants::product_id.eq(product))
        .select(bundle_parts::bundle_id)
        .distinct()
        .load(conn)
        .await?;
    let mut values: HashMap<VariantId, Vec<OptionValueId>> = HashMap::new();
    for (variant, value) in pairs {
        values.entry(variant).or_default().push(value);
    }
    let mut shelved: HashMap<VariantId, Vec<ShelfRow>> = HashMap::new();
    for shelf in shelves {
        shelved.entry(shelf.0).or_default().push(shelf);
    }
    let view = |row: VariantRow| {
        let mine = shelved.remove(&row.id).unwrap_or_default();
        let values = values.remove(&row.id).unwrap_or_default();
        let bundle = bundles.contains(&row.id);
        row.editable(values, &mine, bundle)
    };
    Ok(rows.into_iter().map(view).collect())
}

impl VariantRow {
    fn editable(self, values: Vec<OptionValueId>, shelves: &[ShelfRow], bundle: bool) -> EditableVariant {
        EditableVariant {
            id: self.id,
            title: self.title,
            values,
            sku: self.sku.unwrap_or_default(),
            barcode: self.barcode,
            price: self.price,
            compare_at: self.compare_at,
            weight_grams: self.weight_grams,
            content: self.content,
            requires_shipping: self.requires_shipping,
            taxable: self.taxable,
            tax_class: self.tax_class_id,
            media: self.media_id,
            shelf: match shelves {
                [(_, stock, tracked, on_hand, _)] if !bundle => Some((*stock, *tracked, *on_hand)),
                _ => None,
            },
            on_hand: shelves.iter().map(|shelf| i64::from(shelf.3)).sum(),
            allocated: shelves.iter().map(|shelf| i64::from(shelf.4)).sum(),
            bundle,
        }
    }
}

/// The makers that products name, by name; at most 200.
pub async fn vendors(conn: &mut Conn) -> QueryResult<Vec<String>> {
    let named = products::table.filter(products::vendor.ne("")).select(products::vendor);
    named.distinct().order(products::vendor).limit(200).load(conn).await
}

/// The product that this form made already.
pub async fn made_by_form(conn: &mut Conn, key: &Line<64>) -> QueryResult<Option<ProductId>> {
    products::table.filter(products::form_key.eq(&**key)).select(products::id).first(conn).await.optional()
}

/// Drafts whose moment has come.
pub async fn due(conn: &mut Conn, now: Moment) -> QueryResult<Vec<ProductId>> {
    products::table.filter(products::publish_at.le(now)).order(products::id).select(products::id).load(conn).await
}

/// What a product was before it was archived; a draft, if nobody knows.
pub async fn status_before_archiving(conn: &mut Conn, product: ProductId) -> QueryResult<ProductStatus> {
    let before = last_act(conn, product, "product.archived", None).await?;
    let status = before.and_then(|act| act["status"].as_str().and_then(|word| word.parse().ok()));
    Ok(status.unwrap_or(ProductStatus::Draft))
}

/// What is known of a picture that was taken off a product.
pub struct Removed {
    pub alt: String,
    /// The words in other languages.
    pub alts: Said,
    pub place: usize,
    /// The variants that showed it.
    pub variants: Vec<VariantId>,
}

/// What is known of a picture that was taken off a product.
pub async fn removed_image(conn: &mut Conn, product: ProductId, media: MediaId) -> QueryResult<Option<Removed>> {
    let Some(act) = last_act(conn, product, "product.image-removed", Some(media)).await? else { return Ok(None) };
    let variants = act["variants"].as_array().into_iter().flatten().filter_map(Value::as_i64).map(VariantId).collect();
    let place = act["place"].as_u64().and_then(|place| usize::try_from(place).ok()).unwrap_or(0);
    let alt = act["alt"].as_str().unwrap_or_default().to_owned();
    Ok(Some(Removed { alt, alts: Said::from_json(&act["alts"]), place, variants }))
}

/// The state before the last act of this kind, from the audit trail.
async fn last_act(conn: &mut Conn, product: ProductId, action: &str, media: Option<MediaId>) -> QueryResult<Option<Value>> {
    let mut acts = audit::table
        .filter(audit::subject.eq("product").and(audit::subject_id.eq(product.0)).and(audit::action.eq(action)))
        .into_boxed();
    if let Some(media) = media {
        acts = acts.filter(audit::before.contains(serde_json::json!({ "media": media })));
    }
    let found: Option<Option<Value>> = acts.order(audit::id.desc()).select(audit::before).first(conn).await.optional()?;
    Ok(found.flatten())
}
