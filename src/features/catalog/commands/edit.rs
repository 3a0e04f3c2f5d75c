//! Staff change a product by its form, or add one; each act is in the audit trail.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Map, Value, json};

use super::{rename, save, touch};
use crate::engines::inventory::commands as shelves;
use crate::engines::inventory::{Count, Opening};
use crate::features::catalog::model::{
    Edit, Editable, EditableVariant, MAX_PRICE, NewProduct, Outcome, ProductDraft, ProductStatus, SaveRefused, VariantDraft,
    VariantEdit,
};
use crate::features::catalog::queries;
use crate::platform::access::{self, Person};
use crate::platform::base::{Failed, Handle, Moment, ProductId, StockId};
use crate::platform::db::{self, Conn};
use crate::platform::schema::{products, stock, variants};
use crate::platform::web::{CleanHtml, Markup};

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
        let mut changes = Changes::default();
        save_text(tx, &before, edit, &mut changes, now).await?;
        save_prices(tx, &before, edit, &mut changes).await?;
        save_counts(tx, staff, &before, edit, &mut changes).await?;
        if changes.is_empty() {
            return Ok(Outcome::Unchanged);
        }
        if before.handle != *edit.handle {
            rename(tx, product, &edit.handle, now).await?;
        } else {
            touch(tx, product, now).await?;
        }
        let (was, is) = changes.values();
        access::audit(tx, staff, "product.edited", "product", Some(product.0), Some(was), Some(is)).await?;
        Ok(Outcome::Updated)
    })
    .await
}

/// Adds a product of one variant; its handle is made of the title.
pub async fn create(conn: &mut Conn, staff: &Person, new: &NewProduct, now: Moment) -> Result<ProductId, Failed<SaveRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let variant = VariantDraft {
            values: Vec::new(),
            sku: new.sku.clone(),
            barcode: Default::default(),
            price: new.price,
            compare_at: new.compare_at,
            weight_grams: 0,
            requires_shipping: true,
            taxable: true,
            image: None,
        };
        let draft = ProductDraft {
            handle: free_handle(tx, &new.title).await?,
            title: new.title.clone(),
            description: new.description.parse().unwrap_or_default(),
            markup: Markup::Markdown,
            status: new.status,
            vendor: Default::default(),
            product_type: Default::default(),
            tags: Vec::new(),
            seo_title: Default::default(),
            seo_description: Default::default(),
            categories: Vec::new(),
            options: Vec::new(),
            variants: vec![variant],
            images: None,
        };
        let saved = save(tx, &draft, now).await?;
        for variant in &saved.variants {
            shelves::open(tx, *variant, Opening::with(new.count)).await?;
        }
        let is = json!({ "title": &*new.title, "price": new.price, "status": new.status, "count": new.count });
        access::audit(tx, staff, "product.added", "product", Some(saved.product.0), None, Some(is)).await?;
        Ok(saved.product)
    })
    .await
}

/// What an edit changes, before and after, by field.
#[derive(Default)]
struct Changes(Vec<(String, Value, Value)>);

impl Changes {
    /// Notes a field; whether it differs.
    fn note(&mut self, field: impl Into<String>, was: impl Into<Value>, is: impl Into<Value>) -> bool {
        let (was, is) = (was.into(), is.into());
        let differs = was != is;
        if differs {
            self.0.push((field.into(), was, is));
        }
        differs
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn values(self) -> (Value, Value) {
        let (mut was, mut is) = (Map::new(), Map::new());
        for (field, before, after) in self.0 {
            was.insert(field.clone(), before);
            is.insert(field, after);
        }
        (was.into(), is.into())
    }
}

async fn save_text(tx: &mut Conn, before: &Editable, edit: &Edit, changes: &mut Changes, now: Moment) -> QueryResult<()> {
    let text = changes.note("title", before.title.as_str(), &*edit.title)
        | changes.note("description", before.description.as_str(), &*edit.description)
        | changes.note("status", before.status.as_str(), edit.status.as_str());
    changes.note("handle", before.handle.as_str(), &*edit.handle);
    if text {
        let row = products::table.find(before.id);
        let html = CleanHtml::of(&edit.description, before.markup).to_string();
        diesel::update(row)
            .set((
                products::title.eq(&*edit.title),
                products::description.eq(&*edit.description),
                products::description_html.eq(html),
                products::status.eq(edit.status),
            ))
            .execute(tx)
            .await?;
    }
    if edit.status == ProductStatus::Active {
        let fresh = products::table.find(before.id).filter(products::published_at.is_null());
        diesel::update(fresh).set(products::published_at.eq(now)).execute(tx).await?;
    }
    Ok(())
}

/// The rows of the form that belong to this product.
fn rows<'a>(before: &'a Editable, edit: &'a Edit) -> impl Iterator<Item = (&'a EditableVariant, &'a VariantEdit)> {
    edit.variants.iter().filter_map(|row| Some((before.variants.iter().find(|one| one.id == row.variant)?, row)))
}

async fn save_prices(tx: &mut Conn, before: &Editable, edit: &Edit, changes: &mut Changes) -> Result<(), Failed<SaveRefused>> {
    for (kept, row) in rows(before, edit) {
        let fits = |amount: i64| (0..=MAX_PRICE).contains(&amount);
        if !fits(row.price) || !row.compare_at.is_none_or(fits) {
            return Err(SaveRefused::Price.into());
        }
        let price = changes.note(format!("{} price", kept.title), kept.price, row.price);
        let compare = changes.note(format!("{} compare at", kept.title), kept.compare_at, row.compare_at);
        if price || compare {
            diesel::update(variants::table.find(row.variant))
                .set((variants::price.eq(row.price), variants::compare_at.eq(row.compare_at)))
                .execute(tx)
                .await?;
        }
    }
    Ok(())
}

/// Counts are set only where the form changed them, and only on what the form showed; shelves are locked in the order of their ids.
async fn save_counts(
    tx: &mut Conn,
    staff: &Person,
    before: &Editable,
    edit: &Edit,
    changes: &mut Changes,
) -> Result<(), Failed<SaveRefused>> {
    let mut wanted: Vec<_> = rows(before, edit)
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
        changes.note(format!("{} on hand", kept.title), was, to);
    }
    Ok(())
}

/// "green-tea", else "green-tea-2" and so on.
async fn free_handle(tx: &mut Conn, title: &str) -> QueryResult<Handle> {
    let wanted = Handle::of_title(title);
    let taken: Vec<String> =
        products::table.filter(products::handle.like(format!("{}%", &*wanted))).select(products::handle).load(tx).await?;
    let mut numbered = [wanted.clone()].into_iter().chain((2..).map(|number| wanted.numbered(number)));
    Ok(numbered.find(|handle| !taken.iter().any(|one| *one == **handle)).unwrap_or(wanted))
}
