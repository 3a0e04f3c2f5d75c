//! Staff change a product by its form; what changed is in the audit trail, field by field.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Map, Value, json};

use super::{options, rename, save_categories, save_row, standing, touch, translating, variants};
use crate::engines::inventory::commands as shelves;
use crate::engines::inventory::{Count, Opening};
use crate::engines::{shipping, tax};
use crate::features::catalog::model::{
    self, Edit, Editable, EditableVariant, GOODS_TEXTS, GoodsKind, Outcome, Planned, ProductDraft, ProductStatus, SaveRefused,
    Taxed, VariantDraft, VariantEdit,
};
use crate::features::catalog::queries;
use crate::platform::access::{self, Person};
use crate::platform::base::{Failed, MediaId, Moment, ProductId, StockId, VariantId};
use crate::platform::db::{self, Conn};
use crate::platform::i18n::Locale;
use crate::platform::schema::{product_media, products, stock, variants as variants_table};

/// Makes a product what a form says, unless somebody saved since the form was filled.
pub async fn edit(
    conn: &mut Conn,
    staff: &Person,
    product: ProductId,
    edit: &Edit,
    now: Moment,
) -> Result<Outcome, Failed<SaveRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let version: i32 = products::table.find(product).select(products::version).for_update().first(tx).await?;
        let before = queries::editable(tx, product).await?.ok_or(diesel::result::Error::NotFound)?;
        if version != edit.version {
            return Err(SaveRefused::ChangedMeanwhile.into());
        }
        let classes = edit.variants.iter().filter_map(|row| row.tax).chain(edit.tax).filter_map(Taxed::class);
        if !tax::classes::hold(tx, classes.collect()).await? {
            return Err(SaveRefused::ChangedMeanwhile.into());
        }
        write(tx, staff, &before, edit, now).await?;
        if let Some(profile) = edit.profile.filter(|profile| *profile != before.profile) {
            let set = shipping::keeping::set_profile(tx, product, profile).await;
            set.map_err(|failed| failed.map(|_| SaveRefused::ChangedMeanwhile))?;
        }
        if before.handle != *edit.handle {
            rename(tx, product, &edit.handle, now).await?;
        }
        let after = queries::editable(tx, product).await?.ok_or(diesel::result::Error::NotFound)?;
        let (was, is) = changes(&before, &after);
        if was.is_empty() && is.is_empty() {
            return Ok(Outcome::Unchanged);
        }
        if before.handle == after.handle {
            touch(tx, product, now).await?;
        }
        access::audit(tx, staff, "product.edited", "product", Some(product.0), Some(was.into()), Some(is.into())).await?;
        if let Some(at) = after.publish_at.filter(|at| before.publish_at != Some(*at)) {
            standing::publish_at(tx, product, at).await?;
        }
        Ok(Outcome::Updated)
    })
    .await
}

async fn write(tx: &mut Conn, staff: &Person, before: &Editable, edit: &Edit, now: Moment) -> Result<(), Failed<SaveRefused>> {
    let removed: HashSet<VariantId> = edit.variants.iter().filter(|row| row.remove).map(|row| row.variant).collect();
    let plan = model::planned(before, &edit.options, &removed, &edit.make)?;
    let mut draft = drafted(before, edit, &plan);
    draft.check()?;
    save_row(tx, before.id, &draft, now).await?;
    let due = edit.publish_at.filter(|_| edit.status == ProductStatus::Draft);
    let kind = products::gift_card.eq(edit.goods == GoodsKind::GiftCard);
    diesel::update(products::table.find(before.id)).set((products::publish_at.eq(due), kind)).execute(tx).await?;
    save_categories(tx, before.id, &draft.categories).await?;
    let values = options::arrange(tx, before.id, &before.options, &edit.options).await?;
    let ids = plan.iter().map(|one| one.id).collect();
    let ids = variants::save_known(tx, before.id, &mut draft, ids, &values, now).await?;
    variants::save_images(tx, &ids, &draft).await?;
    for (id, _) in ids.iter().zip(&plan).filter(|(_, one)| one.id.is_none()) {
        shelves::open(tx, *id, Opening::with(0)).await?;
    }
    if edit.goods == GoodsKind::GiftCard {
        count_no_more(tx, before.id).await?;
    }
    for (media, alt) in &edit.alts {
        let row = product_media::table.filter(product_media::product_id.eq(before.id).and(product_media::media_id.eq(media)));
        diesel::update(row).set(product_media::alt.eq(&**alt)).execute(tx).await?;
    }
    translating::write(tx, before, &edit.words).await?;
    save_counts(tx, staff, before, edit).await
}

/// Gift cards never run out: their pieces are not counted.
pub(super) async fn count_no_more(tx: &mut Conn, product: ProductId) -> QueryResult<()> {
    let counted: Vec<StockId> = stock::table
        .inner_join(variants_table::table.on(variants_table::id.eq(stock::variant_id)))
        .filter(variants_table::product_id.eq(product).and(stock::tracked))
        .order(stock::id)
        .select(stock::id)
        .load(tx)
        .await?;
    for shelf in counted {
        shelves::set_tracking(tx, shelf, false, 0).await?;
    }
    Ok(())
}

/// The whole product as the edit wants it.
fn drafted(before: &Editable, edit: &Edit, plan: &[Planned]) -> ProductDraft {
    let shown: Vec<MediaId> = before.images.iter().map(|image| image.media).collect();
    let variant = |one: &Planned| {
        let values = edit.options.iter().zip(&one.at).map(|(option, at)| option.values[*at].text.clone()).collect();
        let row = one.id.and_then(|id| edit.variants.iter().find(|row| row.variant == id));
        let like = one.id.or(one.like).and_then(|id| before.variant(id)).or(before.variants.as_slice().first());
        let mut draft = variant_of(like, one.id.is_some(), values);
        if let Some(row) = row {
            draft.sku = row.sku.clone();
            draft.barcode = row.barcode.clone();
            draft.price = row.price;
            draft.compare_at = row.compare_at;
            draft.weight_grams = row.weight_grams;
            draft.content = row.content.or(draft.content);
            draft.image = row.media.filter(|media| shown.contains(media));
        }
        if let Some(tax) = edit.tax.or(row.and_then(|row| row.tax)) {
            draft.taxable = tax != Taxed::Free;
            draft.tax_class = Some(tax.class());
        }
        draft
    };
    ProductDraft {
        handle: edit.handle.clone(),
        title: edit.title.clone(),
        description: edit.description.parse().unwrap_or_default(),
        markup: before.markup,
        status: edit.status,
        gift_card: None,
        vendor: edit.vendor.clone(),
        product_type: edit.product_type.clone(),
        tags: edit.tags.clone(),
        seo_title: edit.seo_title.clone(),
        seo_description: edit.seo_description.clone(),
        categories: edit.categories.clone(),
        options: edit.options.iter().map(|option| option.name.clone()).collect(),
        variants: plan.iter().map(variant).collect(),
        images: None,
    }
}

/// A variant as it is, or (`same` is false) a new one like it: with its price and weight, without what can stand only once.
fn variant_of(like: Option<&EditableVariant>, same: bool, values: Vec<crate::platform::base::Name<255>>) -> VariantDraft {
    let own = like.filter(|_| same);
    VariantDraft {
        values,
        sku: own.and_then(|one| one.sku.parse().ok()),
        barcode: own.and_then(|one| one.barcode.parse().ok()).unwrap_or_default(),
        price: like.map_or(0, |one| one.price),
        compare_at: like.and_then(|one| one.compare_at),
        weight_grams: like.map_or(0, |one| one.weight_grams),
        content: like.map(|one| one.content),
        requires_shipping: like.is_none_or(|one| one.requires_shipping),
        taxable: like.is_none_or(|one| one.taxable),
        tax_class: like.map(|one| one.tax_class),
        image: own.and_then(|one| one.media),
    }
}

/// Counts are set only where the form changed them, and only on what the form showed; shelves are locked in the order of their ids.
async fn save_counts(tx: &mut Conn, staff: &Person, before: &Editable, edit: &Edit) -> Result<(), Failed<SaveRefused>> {
    let rows = edit.variants.iter().filter_map(|row: &VariantEdit| Some((before.variant(row.variant)?, row)));
    let mut wanted: Vec<_> = rows
        .filter_map(|(kept, row)| row.count.filter(|(was, to)| was != to).map(|(was, to)| (kept, was, to)))
        .filter_map(|(kept, was, to)| kept.shelf.filter(|shelf| shelf.1).map(|shelf| (shelf.0, kept, was, to)))
        .collect();
    wanted.sort_by_key(|(stock, ..)| *stock);
    let ids: Vec<StockId> = wanted.iter().map(|(stock, ..)| *stock).collect();
    let locked =
        stock::table.filter(stock::id.eq_any(ids)).order(stock::id).select((stock::id, stock::on_hand)).for_no_key_update();
    let now_there: HashMap<StockId, i32> = locked.load::<(StockId, i32)>(tx).await?.into_iter().collect();
    for (id, kept, was, to) in wanted {
        let on_hand = now_there.get(&id).copied().unwrap_or(was);
        if on_hand != was {
            return Err(SaveRefused::CountChanged { variant: kept.id, on_hand }.into());
        }
        shelves::adjust(tx, id, Count::Set(to), "counted", Some(staff.id))
            .await
            .map_err(|failed| failed.map(SaveRefused::Count))?;
    }
    Ok(())
}

/// What differs between two states of a product, before and after, by field.
fn changes(before: &Editable, after: &Editable) -> (Map<String, Value>, Map<String, Value>) {
    let (mut was, mut is) = (facts(before), facts(after));
    let same: Vec<String> =
        was.iter().filter(|(field, value)| is.get(*field) == Some(value)).map(|(field, _)| field.clone()).collect();
    for field in same {
        was.shift_remove(&field);
        is.shift_remove(&field);
    }
    (was, is)
}

fn facts(product: &Editable) -> Map<String, Value> {
    let mut facts = Map::new();
    let mut note = |field: String, value: Value| _ = facts.insert(field, value);
    note("title".into(), json!(product.title));
    note("handle".into(), json!(product.handle));
    note("description".into(), json!(product.description));
    note("status".into(), json!(product.status));
    note("publish at".into(), json!(product.publish_at));
    note("vendor".into(), json!(product.vendor));
    note("goods".into(), json!(product.goods));
    note("type".into(), json!(product.product_type));
    note("tags".into(), json!(product.tags));
    note("search title".into(), json!(product.seo_title));
    note("search description".into(), json!(product.seo_description));
    note("delivery profile".into(), json!(product.profile));
    note("categories".into(), json!(product.categories));
    for option in &product.options {
        note(format!("option {}", option.name), json!(option.values.iter().map(|value| &value.1).collect::<Vec<_>>()));
    }
    for image in &product.images {
        note(format!("picture {} words", image.media), json!(image.alt));
    }
    for variant in &product.variants {
        let mut part = |name: &str, value: Value| note(format!("{} {name}", variant.title).trim_start().to_owned(), value);
        part("SKU", json!(variant.sku));
        part("barcode", json!(variant.barcode));
        part("price", json!(variant.price));
        part("compare at", json!(variant.compare_at));
        part("grams", json!(variant.weight_grams));
        part("content", json!(variant.content.map(|content| content.to_string())));
        part("tax", json!(variant.taxed().to_string()));
        part("picture", json!(variant.media));
        part("on hand", json!(variant.on_hand));
    }
    facts.extend(words(product));
    facts
}

/// The texts in other languages, by field: "title (de)".
fn words(product: &Editable) -> Map<String, Value> {
    let (mut all, words) = (Map::new(), &product.words);
    let mut note = |name: &str, locale: &Locale, text: &str| {
        if !text.is_empty() {
            all.insert(format!("{name} ({locale})"), json!(text));
        }
    };
    for locale in Locale::ALL {
        for field in GOODS_TEXTS {
            note(&field.replace('_', " "), locale, words.texts.own(field, *locale));
        }
        for option in &product.options {
            note(&format!("option {}", option.name), locale, words.option(option.id, *locale));
            for (id, value) in &option.values {
                note(&format!("value {value}"), locale, words.value(*id, *locale));
            }
        }
        for image in &product.images {
            note(&format!("picture {} words", image.media), locale, words.alt(image.media, *locale));
        }
    }
    all
}
