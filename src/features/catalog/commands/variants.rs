//! Saving the options and variants of a product as a draft says; part of `commands::save`.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::engines::pricing::{Content, settling};
use crate::features::catalog::model::{self, KeptVariant, ProductDraft, SaveRefused, VariantDraft};
use crate::platform::base::{Broke, Failed, MediaId, Moment, OptionId, OptionValueId, ProductId, TaxClassId, VariantId};
use crate::platform::db::Conn;
use crate::platform::schema::{option_values, product_options, products, variant_options, variants};

/// A variant's own columns, as a draft wants them and as the table holds them.
#[derive(Queryable, Selectable, Insertable, AsChangeset, PartialEq, Clone)]
#[diesel(table_name = variants, treat_none_as_null = true)]
struct Row {
    title: String,
    sku: Option<String>,
    barcode: String,
    price: i64,
    compare_at: Option<i64>,
    weight_grams: i32,
    requires_shipping: bool,
    taxable: bool,
    tax_class_id: Option<TaxClassId>,
    position: i32,
    content: Option<Content>,
}

impl Row {
    fn of(draft: &VariantDraft, position: usize) -> Row {
        Row {
            title: draft.title(),
            sku: draft.sku.as_ref().map(ToString::to_string),
            barcode: draft.barcode.to_string(),
            price: draft.price,
            compare_at: draft.compare_at,
            weight_grams: draft.weight_grams,
            requires_shipping: draft.requires_shipping,
            taxable: draft.taxable,
            tax_class_id: draft.tax_class.flatten(),
            position: position as i32,
            content: draft.content.flatten(),
        }
    }

    /// Makes a drafted variant what it was before it was archived; a SKU that another one has now stays there.
    fn revive(&self, draft: &mut ProductDraft, at: usize) {
        let taken = draft.variants.iter().any(|one| one.sku.as_deref() == self.sku.as_deref());
        let variant = &mut draft.variants[at];
        variant.sku = self.sku.as_ref().filter(|_| !taken).and_then(|sku| sku.parse().ok());
        variant.barcode = self.barcode.parse().unwrap_or_default();
        variant.price = self.price;
        variant.compare_at = self.compare_at;
        variant.weight_grams = self.weight_grams;
        variant.content = None;
    }
}

/// The values of an option with their rows.
pub(super) type ValueIds = HashMap<(String, String), (OptionId, OptionValueId)>;

/// What is there already.
type Kept = (HashMap<VariantId, Row>, Vec<KeptVariant>);

/// Saves options and variants; returns the variants' ids in the draft's order, and whether anything was written.
pub(super) async fn save(
    tx: &mut Conn,
    product: ProductId,
    draft: &ProductDraft,
    now: Moment,
) -> Result<(Vec<VariantId>, bool), Failed<SaveRefused>> {
    let kept = load(tx, product).await?;
    let found = model::matched(draft, &kept.1);
    refuse_taken_skus(tx, product, draft).await?;
    let (values, options_changed) = save_options(tx, product, draft).await?;
    let (ids, changed) = write(tx, product, draft, &kept, &found, &values, now).await?;
    Ok((ids, changed || options_changed))
}

/// Saves the variants of a product whose options are in order already; `ids` says which kept variant each is. What is new and was
/// there once comes back as the variant it was.
pub(super) async fn save_known(
    tx: &mut Conn,
    product: ProductId,
    draft: &mut ProductDraft,
    mut ids: Vec<Option<VariantId>>,
    values: &ValueIds,
    now: Moment,
) -> Result<Vec<VariantId>, Failed<SaveRefused>> {
    let kept = load(tx, product).await?;
    refuse_taken_skus(tx, product, draft).await?;
    for at in 0..ids.len() {
        let named = |one: &KeptVariant| {
            let mut pairs = draft.options.iter().zip(&draft.variants[at].values);
            one.values.len() == draft.options.len()
                && pairs.all(|(name, value)| one.values.iter().any(|(n, v)| **n == **name && **v == **value))
        };
        let free = |one: &&KeptVariant| one.archived && !ids.contains(&Some(one.id));
        let once = kept.1.iter().filter(free).find(|one| !draft.options.is_empty() && named(one)).map(|one| one.id);
        if let (None, Some(once)) = (ids[at], once) {
            ids[at] = Some(once);
            kept.0.get(&once).into_iter().for_each(|row| row.revive(draft, at));
        }
    }
    Ok(write(tx, product, draft, &kept, &ids, values, now).await?.0)
}

async fn write(
    tx: &mut Conn,
    product: ProductId,
    draft: &ProductDraft,
    (rows, kept): &Kept,
    found: &[Option<VariantId>],
    values: &ValueIds,
    now: Moment,
) -> Result<(Vec<VariantId>, bool), Broke> {
    settling::begin(tx).await?;
    let mut changed = archive_missing(tx, kept, found, now).await?;
    changed |= free_skus(tx, draft, kept, found).await?;
    let mut ids = Vec::with_capacity(found.len());
    let mut placed = Vec::new();
    for (position, (variant, id)) in draft.variants.iter().zip(found).enumerate() {
        let mut wanted = Row::of(variant, position);
        if let (None, Some(kept)) = (variant.content, id.and_then(|id| rows.get(&id))) {
            wanted.content = kept.content;
        }
        if let (None, Some(kept)) = (variant.tax_class, id.and_then(|id| rows.get(&id))) {
            wanted.tax_class_id = kept.tax_class_id;
        }
        let id = match id {
            Some(id) if rows.get(id) == Some(&wanted) && kept.iter().any(|one| one.id == *id && !one.archived) => *id,
            Some(id) => {
                let back = variants::archived_at.eq(None::<Moment>);
                diesel::update(variants::table.find(id.0)).set((wanted, back)).execute(tx).await?;
                changed = true;
                *id
            }
            None => {
                let mine = (variants::product_id.eq(product.0), variants::created_at.eq(now));
                let new = diesel::insert_into(variants::table).values((wanted, mine)).returning(variants::id);
                changed = true;
                new.get_result(tx).await?
            }
        };
        placed.extend(draft.options.iter().zip(&variant.values).map(|(name, value)| (id, name.to_string(), value.to_string())));
        ids.push(id);
    }
    changed |= save_values(tx, kept, &placed, values).await?;
    if changed {
        settling::settle(tx, &ids, now).await?;
    }
    Ok((ids, changed))
}

async fn load(tx: &mut Conn, product: ProductId) -> QueryResult<Kept> {
    let rows: Vec<(VariantId, Option<Moment>, Row)> = variants::table
        .filter(variants::product_id.eq(product.0))
        .order(variants::position)
        .select((variants::id, variants::archived_at, Row::as_select()))
        .load(tx)
        .await?;
    let values: Vec<(VariantId, String, String)> = variant_options::table
        .inner_join(product_options::table.on(product_options::id.eq(variant_options::option_id)))
        .inner_join(option_values::table.on(option_values::id.eq(variant_options::value_id)))
        .filter(product_options::product_id.eq(product.0))
        .select((variant_options::variant_id, product_options::name, option_values::value))
        .load(tx)
        .await?;
    let mut of: HashMap<VariantId, Vec<(String, String)>> = HashMap::new();
    for (variant, name, value) in values {
        of.entry(variant).or_default().push((name, value));
    }
    let keep = |(id, archived, row): &(VariantId, Option<Moment>, Row)| KeptVariant {
        id: *id,
        sku: row.sku.clone(),
        values: of.get(id).cloned().unwrap_or_default(),
        archived: archived.is_some(),
    };
    let kept = rows.iter().map(keep).collect();
    Ok((rows.into_iter().map(|(id, _, row)| (id, row)).collect(), kept))
}

async fn refuse_taken_skus(tx: &mut Conn, product: ProductId, draft: &ProductDraft) -> Result<(), Failed<SaveRefused>> {
    let skus: Vec<&str> = draft.variants.iter().filter_map(|variant| variant.sku.as_deref()).collect();
    let taken: Option<(Option<String>, String)> = variants::table
        .inner_join(products::table.on(products::id.eq(variants::product_id)))
        .filter(variants::sku.eq_any(skus).and(variants::product_id.ne(product.0)))
        .select((variants::sku, products::handle))
        .first(tx)
        .await
        .optional()?;
    match taken {
        Some((sku, by)) => Err(SaveRefused::SkuTaken { sku: sku.unwrap_or_default(), by }.into()),
        None => Ok(()),
    }
}

/// Makes the options and their values those of the draft; returns their ids.
async fn save_options(tx: &mut Conn, product: ProductId, draft: &ProductDraft) -> QueryResult<(ValueIds, bool)> {
    let wanted: Vec<(String, Vec<String>)> = draft.options.iter().map(ToString::to_string).zip(draft.option_values()).collect();
    let kept = load_options(tx, product).await?;
    let same = kept.len() == wanted.len()
        && kept
            .iter()
            .zip(&wanted)
            .all(|(kept, wanted)| kept.1 == wanted.0 && kept.2.iter().map(|(_, value)| value).eq(&wanted.1));
    if same {
        return Ok((ids_of(kept), false));
    }
    let names: Vec<&String> = wanted.iter().map(|(name, _)| name).collect();
    let here = product_options::table.filter(product_options::product_id.eq(product.0));
    diesel::delete(here.filter(product_options::name.ne_all(names))).execute(tx).await?;
    for (position, (name, values)) in wanted.iter().enumerate() {
        let option: OptionId = diesel::insert_into(product_options::table)
            .values((
                product_options::product_id.eq(product.0),
                product_options::name.eq(name),
                product_options::position.eq(position as i32),
            ))
            .on_conflict((product_options::product_id, product_options::name))
            .do_update()
            .set(product_options::position.eq(position as i32))
            .returning(product_options::id)
            .get_result(tx)
            .await?;
        let old = option_values::table.filter(option_values::option_id.eq(option.0)).filter(option_values::value.ne_all(values));
        diesel::delete(old).execute(tx).await?;
        let row = |(position, value): (usize, &String)| {
            (
                option_values::option_id.eq(option.0),
                option_values::value.eq(value.clone()),
                option_values::position.eq(position as i32),
            )
        };
        diesel::insert_into(option_values::table)
            .values(values.iter().enumerate().map(row).collect::<Vec<_>>())
            .on_conflict((option_values::option_id, option_values::value))
            .do_update()
            .set(option_values::position.eq(diesel::upsert::excluded(option_values::position)))
            .execute(tx)
            .await?;
    }
    Ok((ids_of(load_options(tx, product).await?), true))
}

type KeptOption = (OptionId, String, Vec<(OptionValueId, String)>);

async fn load_options(tx: &mut Conn, product: ProductId) -> QueryResult<Vec<KeptOption>> {
    let rows: Vec<(OptionId, String, Option<(OptionValueId, String)>)> = product_options::table
        .left_join(option_values::table.on(option_values::option_id.eq(product_options::id)))
        .filter(product_options::product_id.eq(product.0))
        .order((product_options::position, product_options::id, option_values::position, option_values::id))
        .select((product_options::id, product_options::name, (option_values::id, option_values::value).nullable()))
        .load(tx)
        .await?;
    let mut options: Vec<KeptOption> = Vec::new();
    for (id, name, value) in rows {
        match options.last_mut() {
            Some(last) if last.0 == id => last.2.extend(value),
            _ => options.push((id, name, value.into_iter().collect())),
        }
    }
    Ok(options)
}

fn ids_of(options: Vec<KeptOption>) -> ValueIds {
    let pairs = options
        .into_iter()
        .flat_map(|(option, name, values)| values.into_iter().map(move |(id, value)| ((name.clone(), value), (option, id))));
    pairs.collect()
}

async fn archive_missing(tx: &mut Conn, kept: &[KeptVariant], found: &[Option<VariantId>], now: Moment) -> QueryResult<bool> {
    let gone = kept.iter().filter(|one| !one.archived && !found.contains(&Some(one.id)));
    let gone: Vec<VariantId> = gone.map(|one| one.id).collect();
    if !gone.is_empty() {
        let rows = variants::table.filter(variants::id.eq_any(&gone));
        diesel::update(rows).set(variants::archived_at.eq(now)).execute(tx).await?;
    }
    Ok(!gone.is_empty())
}

/// Two variants may swap their SKUs, and a new one may take that of an archived one: what is given away is let go first.
async fn free_skus(tx: &mut Conn, draft: &ProductDraft, kept: &[KeptVariant], found: &[Option<VariantId>]) -> QueryResult<bool> {
    let holder = |sku: &str| kept.iter().find(|one| one.sku.as_deref() == Some(sku)).map(|one| one.id);
    let pairs = draft.variants.iter().zip(found);
    let moved = pairs.filter_map(|(variant, id)| holder(variant.sku.as_deref()?).filter(|holder| Some(*holder) != *id));
    let moved: Vec<VariantId> = moved.collect();
    if !moved.is_empty() {
        let rows = variants::table.filter(variants::id.eq_any(&moved));
        diesel::update(rows).set(variants::sku.eq(None::<String>)).execute(tx).await?;
    }
    Ok(!moved.is_empty())
}

/// Writes which values a variant stands for, where that differs.
async fn save_values(
    tx: &mut Conn,
    kept: &[KeptVariant],
    placed: &[(VariantId, String, String)],
    ids: &ValueIds,
) -> QueryResult<bool> {
    let known = |(id, name, value): &(VariantId, String, String)| {
        kept.iter().any(|one| one.id == *id && one.values.iter().any(|(n, v)| n == name && v == value))
    };
    let new: Vec<_> = placed.iter().filter(|one| !known(one)).collect();
    let rows = new.iter().filter_map(|(variant, name, value)| {
        let (option, id) = ids.get(&(name.clone(), value.clone()))?;
        Some((
            variant_options::variant_id.eq(variant.0),
            variant_options::option_id.eq(option.0),
            variant_options::value_id.eq(id.0),
        ))
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return Ok(false);
    }
    diesel::insert_into(variant_options::table)
        .values(rows)
        .on_conflict((variant_options::variant_id, variant_options::option_id))
        .do_update()
        .set(variant_options::value_id.eq(diesel::upsert::excluded(variant_options::value_id)))
        .execute(tx)
        .await?;
    Ok(true)
}

/// Gives the variants the pictures of the draft.
pub(super) async fn save_images(tx: &mut Conn, ids: &[VariantId], draft: &ProductDraft) -> QueryResult<bool> {
    let rows: Vec<(VariantId, Option<MediaId>)> =
        variants::table.filter(variants::id.eq_any(ids)).select((variants::id, variants::media_id)).load(tx).await?;
    let kept: HashMap<VariantId, Option<MediaId>> = rows.into_iter().collect();
    let mut changed = false;
    for (id, variant) in ids.iter().zip(&draft.variants) {
        if kept.get(id) != Some(&variant.image) {
            diesel::update(variants::table.find(id.0)).set(variants::media_id.eq(variant.image)).execute(tx).await?;
            changed = true;
        }
    }
    Ok(changed)
}
