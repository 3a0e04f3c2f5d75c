//! Options and their values as a form wants them, known by their ids, so that a new name is not a new thing.

use std::collections::HashMap;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;

use super::variants::ValueIds;
use crate::features::catalog::model::{EditableOption, OptionEdit, ValueEdit};
use crate::platform::base::{OptionId, OptionValueId, ProductId};
use crate::platform::db::Conn;
use crate::platform::schema::{option_values, product_options};

/// Makes the options of a product these; returns all values with their rows.
pub(super) async fn arrange(
    tx: &mut Conn,
    product: ProductId,
    before: &[EditableOption],
    wanted: &[OptionEdit],
) -> QueryResult<ValueIds> {
    let kept: Vec<OptionId> = wanted.iter().filter_map(|option| option.id).collect();
    let here = product_options::table.filter(product_options::product_id.eq(product.0));
    diesel::delete(here.filter(product_options::id.ne_all(&kept))).execute(tx).await?;
    let names: HashMap<OptionId, &str> = before.iter().map(|option| (option.id, option.name.as_str())).collect();
    if wanted.iter().any(|option| option.id.is_some_and(|id| names.get(&id) != Some(&&*option.name))) {
        // Names may be swapped: all are let go first.
        diesel::update(here).set(product_options::name.eq(sql::<Text>("'~' || id"))).execute(tx).await?;
    }
    let mut ids = ValueIds::new();
    for (position, option) in wanted.iter().enumerate() {
        let row = (product_options::name.eq(&*option.name), product_options::position.eq(position as i32));
        let id: OptionId = match option.id {
            Some(id) => {
                diesel::update(product_options::table.find(id)).set(row).execute(tx).await?;
                id
            }
            None => {
                let new = diesel::insert_into(product_options::table).values((product_options::product_id.eq(product.0), row));
                new.returning(product_options::id).get_result(tx).await?
            }
        };
        let known = before.iter().find(|one| one.id == id).map_or(&[][..], |one| one.values.as_slice());
        for (value, text) in arrange_values(tx, id, known, &option.values).await? {
            ids.insert((option.name.to_string(), text), (id, value));
        }
    }
    Ok(ids)
}

async fn arrange_values(
    tx: &mut Conn,
    option: OptionId,
    before: &[(OptionValueId, String)],
    wanted: &[ValueEdit],
) -> QueryResult<Vec<(OptionValueId, String)>> {
    let kept: Vec<OptionValueId> = wanted.iter().filter_map(|value| value.id).collect();
    let here = option_values::table.filter(option_values::option_id.eq(option));
    diesel::delete(here.filter(option_values::id.ne_all(&kept))).execute(tx).await?;
    let same = |value: &ValueEdit| before.iter().any(|(id, text)| Some(*id) == value.id && *text == *value.text);
    if wanted.iter().any(|value| value.id.is_some() && !same(value)) {
        diesel::update(here).set(option_values::value.eq(sql::<Text>("'~' || id"))).execute(tx).await?;
    }
    let mut ids = Vec::with_capacity(wanted.len());
    for (position, value) in wanted.iter().enumerate() {
        let row = (option_values::value.eq(&*value.text), option_values::position.eq(position as i32));
        let id: OptionValueId = match value.id {
            Some(id) => {
                diesel::update(option_values::table.find(id)).set(row).execute(tx).await?;
                id
            }
            None => {
                let new = diesel::insert_into(option_values::table).values((option_values::option_id.eq(option), row));
                new.returning(option_values::id).get_result(tx).await?
            }
        };
        ids.push((id, value.text.to_string()));
    }
    Ok(ids)
}
