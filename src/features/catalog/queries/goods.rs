//! A product with everything its page shows, in five queries; one more each where there are price lists, or bundles.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::{exists, sql};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Jsonb, Nullable, Text};
use diesel_async::RunQueryDsl;

use super::bundles::bundle_parts;
use super::lists::CardRow;
use super::views::{current_prices, lowest_price_before, product_cards, variant_shelf};
use crate::engines::pricing::{self, Content};
use crate::features::catalog::model::{Card, Choices, Goods, Offer, Photo, Price, ProductStatus, ShelfState};
use crate::platform::base::{
    Broke, CategoryId, Day, Handle, MediaId, Moment, OptionId, OptionValueId, ProductId, ShippingProfileId, TaxClassId, VariantId,
};
use crate::platform::db::Conn;
use crate::platform::i18n::{Translations, Wording};
use crate::platform::media;
use crate::platform::schema::{
    handle_redirects, option_values, product_categories, product_options, products, variant_options, variants,
};

/// How many others are shown below a product.
const RELATED: i64 = 4;

#[derive(Queryable, Selectable)]
#[diesel(table_name = products)]
struct Row {
    id: ProductId,
    handle: String,
    title: String,
    description_html: String,
    vendor: String,
    product_type: String,
    seo_title: String,
    seo_description: String,
    translations: Translations,
    gift_card: bool,
}

/// Its categories, its delivery profile, and whether the shop has price lists.
type Beside = (Vec<CategoryId>, Option<ShippingProfileId>, bool);
/// Its photos in their order: pictures, what they show, and the same in other languages.
type Own = (Vec<MediaId>, Vec<String>, Vec<Translations>);

const OWN_MEDIA: &str = "array(select media_id from product_media where product_id = products.id order by position, media_id)";
const OWN_ALTS: &str = "array(select alt from product_media where product_id = products.id order by position, media_id)";
const OWN_WORDS: &str =
    "array(select translations from product_media where product_id = products.id order by position, media_id)";

/// The product of a handle; `None` for one that shoppers may not see.
pub async fn goods_by_handle(conn: &mut Conn, handle: &Handle, now: Moment) -> Result<Option<Goods>, Broke> {
    let found: Option<(Row, Beside, Own)> = products::table
        .filter(products::handle.eq(&**handle).and(products::status.eq(ProductStatus::Active)))
        .select((
            Row::as_select(),
            (
                sql::<Array<BigInt>>(
                    "array(select category_id from product_categories where product_id = products.id order by position)",
                ),
                sql::<Nullable<BigInt>>("(select profile_id from shipping_profile_products where product_id = products.id)"),
                sql::<Bool>("exists (select 1 from price_lists where active)"),
            ),
            (sql::<Array<BigInt>>(OWN_MEDIA), sql::<Array<Text>>(OWN_ALTS), sql::<Array<Jsonb>>(OWN_WORDS)),
        ))
        .first(conn)
        .await
        .optional()?;
    let Some((row, (categories, profile, listed), own)) = found else { return Ok(None) };
    let options = options(conn, row.id).await?;
    let offers = offers(conn, row.id, row.gift_card, &options).await?;
    if offers.is_empty() {
        return Ok(None);
    }
    let variants: Vec<VariantId> = offers.iter().map(|offer| offer.variant).collect();
    let lists = if listed { pricing::queries::tariff(conn, &variants, None, now).await?.lists } else { Vec::new() };
    let related = related(conn, row.id, &categories).await?;
    let (photos, related) = photos(conn, own, &offers, related).await?;
    let words = row.translations;
    Ok(Some(Goods {
        id: row.id,
        handle: row.handle,
        title: words.wording("title", row.title),
        description: words.wording("description_html", row.description_html),
        vendor: row.vendor,
        product_type: words.wording("product_type", row.product_type),
        seo_title: words.wording("seo_title", row.seo_title),
        seo_description: words.wording("seo_description", row.seo_description),
        gift_card: row.gift_card,
        categories,
        profile,
        options: options.into_iter().map(|option| option.choices).filter(|choices| !choices.values.is_empty()).collect(),
        offers,
        photos,
        related,
        lists,
    }))
}

/// An option, and which value each variant has of it.
struct OptionRead {
    choices: Choices,
    of: HashMap<VariantId, OptionValueId>,
}

type OptionRow = ((OptionId, String, Translations), (OptionValueId, String, Translations), VariantId);

/// Options with the values that variants on offer have.
async fn options(conn: &mut Conn, product: ProductId) -> QueryResult<Vec<OptionRead>> {
    let rows: Vec<OptionRow> = product_options::table
        .inner_join(option_values::table.on(option_values::option_id.eq(product_options::id)))
        .inner_join(variant_options::table.on(variant_options::value_id.eq(option_values::id)))
        .inner_join(variants::table.on(variants::id.eq(variant_options::variant_id)))
        .filter(product_options::product_id.eq(product).and(variants::archived_at.is_null()))
        .order((product_options::position, product_options::id, option_values::position, option_values::id))
        .select((
            (product_options::id, product_options::name, product_options::translations),
            (option_values::id, option_values::value, option_values::translations),
            variants::id,
        ))
        .load(conn)
        .await?;
    let mut options: Vec<OptionRead> = Vec::new();
    for ((id, name, names), (value, text, texts), variant) in rows {
        if options.last().is_none_or(|last| last.choices.id != id) {
            let name = names.wording("name", name);
            options.push(OptionRead { choices: Choices { id, name, values: Vec::new() }, of: HashMap::new() });
        }
        let Some(last) = options.last_mut() else { continue };
        if last.choices.values.last().is_none_or(|known| known.0 != value) {
            last.choices.values.push((value, texts.wording("value", text)));
        }
        last.of.insert(variant, value);
    }
    Ok(options)
}

type Amounts = (i64, Option<i64>, Option<i64>, (i64, Option<i64>), Option<Content>, i32);
type ShelfRow = (bool, i64, i64, bool, Option<NaiveDate>, bool);
type OfferRow = (VariantId, String, Option<String>, String, Amounts, Option<MediaId>, ShelfRow, (bool, Option<TaxClassId>));

async fn offers(conn: &mut Conn, product: ProductId, gift_card: bool, options: &[OptionRead]) -> QueryResult<Vec<Offer>> {
    let amounts = (
        current_prices::price,
        current_prices::compare_at,
        lowest_price_before(variants::id),
        (variants::price, variants::compare_at),
        variants::content,
        variant_shelf::weight_grams,
    );
    let shelf = (
        variant_shelf::unlimited,
        variant_shelf::saleable,
        variant_shelf::present,
        variant_shelf::pre_order,
        variant_shelf::ships_on,
        variant_shelf::bundle,
    );
    let rows: Vec<OfferRow> = variants::table
        .inner_join(variant_shelf::table.on(variant_shelf::variant_id.eq(variants::id)))
        .inner_join(current_prices::table.on(current_prices::variant_id.eq(variants::id)))
        .filter(variants::product_id.eq(product))
        .order((variants::position, variants::id))
        .select((
            variants::id,
            variants::title,
            variants::sku,
            variants::barcode,
            amounts,
            variants::media_id,
            shelf,
            (variants::taxable, variants::tax_class_id),
        ))
        .load(conn)
        .await?;
    // Asked only where there are bundles: most products are none.
    let bundles: Vec<VariantId> = rows.iter().filter(|row| row.6.5).map(|row| row.0).collect();
    let mut parts = if bundles.is_empty() { HashMap::new() } else { bundle_parts(conn, &bundles).await? };
    let offer = |(variant, title, sku, barcode, amounts, photo, shelf, (taxable, class)): OfferRow| {
        let (price, compare_at, lowest, (usual, usual_before), content, weight_grams) = amounts;
        let (unlimited, saleable, present, pre_order, ships_on, _) = shelf;
        Offer {
            variant,
            title,
            sku: sku.unwrap_or_default(),
            barcode,
            price: Price::one(price, compare_at).after(lowest),
            usual,
            usual_before,
            taxed: (taxable && !gift_card).then_some(class),
            content,
            values: options.iter().filter_map(|option| option.of.get(&variant).copied()).collect(),
            photo,
            weight_grams,
            shelf: ShelfState { unlimited, saleable, present, pre_order, ships_on: ships_on.map(Day::from) },
            parts: parts.remove(&variant).unwrap_or_default(),
        }
    };
    Ok(rows.into_iter().map(offer).filter(|offer| offer.values.len() == options.len()).collect())
}

/// Others of the same categories that can be bought, newest first.
async fn related(conn: &mut Conn, product: ProductId, categories: &[CategoryId]) -> QueryResult<Vec<CardRow>> {
    if categories.is_empty() {
        return Ok(Vec::new());
    }
    let same = product_categories::table
        .filter(product_categories::product_id.eq(product_cards::id))
        .filter(product_categories::category_id.eq_any(categories));
    product_cards::table
        .filter(exists(same).and(product_cards::id.ne(product)).and(product_cards::buyable))
        .order(product_cards::id.desc())
        .select(CardRow::as_select())
        .limit(RELATED)
        .load(conn)
        .await
}

/// The product's photos in their order, then those that only variants have; and the cards with theirs.
async fn photos(
    conn: &mut Conn,
    (own, alts, words): Own,
    offers: &[Offer],
    related: Vec<CardRow>,
) -> Result<(Vec<Photo>, Vec<Card>), Broke> {
    let of_variants = offers.iter().filter_map(|offer| offer.photo);
    let said = alts.into_iter().zip(words).map(|(alt, words)| words.wording("alt", alt));
    let mut wanted: Vec<(MediaId, Wording)> = own.into_iter().zip(said).collect();
    for id in of_variants {
        if !wanted.iter().any(|(known, _)| *known == id) {
            wanted.push((id, Wording::default()));
        }
    }
    let ids = wanted.iter().map(|(id, _)| *id).chain(related.iter().flat_map(|row| row.media.iter().copied()));
    let pictures = media::queries::pictures_by_ids(conn, &ids.collect::<Vec<_>>()).await?;
    let photo = |(id, alt): (MediaId, Wording)| pictures.get(&id).map(|picture| Photo { picture: picture.clone(), alt });
    let cards = related.into_iter().map(|row| row.card(&pictures)).collect();
    Ok((wanted.into_iter().filter_map(photo).collect(), cards))
}

/// Where a handle leads that shows nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Elsewhere {
    /// It has this handle now.
    Moved(String),
    /// It is no longer sold.
    Gone,
    Nowhere,
}

/// What became of a product's handle.
pub async fn elsewhere(conn: &mut Conn, handle: &Handle) -> QueryResult<Elsewhere> {
    let status: Option<ProductStatus> =
        products::table.filter(products::handle.eq(&**handle)).select(products::status).first(conn).await.optional()?;
    match status {
        Some(ProductStatus::Archived) => return Ok(Elsewhere::Gone),
        Some(_) => return Ok(Elsewhere::Nowhere),
        None => {}
    }
    let now: Option<(String, ProductStatus)> = handle_redirects::table
        .inner_join(products::table.on(products::id.eq(handle_redirects::target_id)))
        .filter(handle_redirects::kind.eq("product").and(handle_redirects::handle.eq(&**handle)))
        .select((products::handle, products::status))
        .first(conn)
        .await
        .optional()?;
    Ok(match now {
        Some((handle, ProductStatus::Active)) => Elsewhere::Moved(handle),
        Some((_, ProductStatus::Archived)) => Elsewhere::Gone,
        _ => Elsewhere::Nowhere,
    })
}
