//! A SKU stands on one variant in the whole shop: where a file gives it to several, the later ones get a number behind it.

use std::collections::HashSet;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::draft::Draft;
use crate::platform::base::{Handle, Name};
use crate::platform::db::Conn;
use crate::platform::schema::{handle_redirects, products, variants};

/// A SKU that had to be numbered.
#[derive(Clone, Debug, PartialEq)]
pub struct Numbered {
    pub line: u64,
    pub wanted: String,
    pub given: String,
}

/// The SKUs of a draft's variants so that no other variant has them, and which of them differ from the file.
pub async fn settle(tx: &mut Conn, draft: &Draft) -> QueryResult<(Vec<Option<Name<255>>>, Vec<Numbered>)> {
    let own = own_product(tx, &draft.handle).await?;
    let mut skus = Skus::of(draft);
    while {
        let taken = taken(tx, &skus.given(), own).await?;
        skus.renumber(&taken)
    } {}
    Ok(skus.settled(draft))
}

/// SKUs on their way to being unique.
struct Skus(Vec<Option<(String, usize)>>);

impl Skus {
    fn of(draft: &Draft) -> Skus {
        let base = |sku: &Name<255>| sku.chars().take(245).collect::<String>();
        Skus(draft.variants.iter().map(|variant| variant.sku.as_ref().map(|sku| (base(sku), 1))).collect())
    }

    fn given(&self) -> Vec<String> {
        self.0.iter().flatten().map(numbered).collect()
    }

    /// Gives another number to all that are taken or stand twice; says whether there were any. Those as written come first.
    fn renumber(&mut self, taken: &HashSet<String>) -> bool {
        let mut names: HashSet<String> = HashSet::new();
        let mut order: Vec<usize> = (0..self.0.len()).collect();
        order.sort_by_key(|at| self.0[*at].as_ref().is_some_and(|sku| sku.1 > 1));
        let mut late = Vec::new();
        for at in order {
            if let Some(sku) = &self.0[at]
                && (taken.contains(&numbered(sku)) || !names.insert(numbered(sku)))
            {
                late.push(at);
            }
        }
        let changed = !late.is_empty();
        for at in late {
            if let Some(sku) = &mut self.0[at] {
                while taken.contains(&numbered(sku)) || names.contains(&numbered(sku)) {
                    sku.1 += 1;
                }
                names.insert(numbered(sku));
            }
        }
        changed
    }

    fn settled(self, draft: &Draft) -> (Vec<Option<Name<255>>>, Vec<Numbered>) {
        let mut changes = Vec::new();
        let mut skus = Vec::with_capacity(self.0.len());
        for (sku, variant) in self.0.iter().zip(&draft.variants) {
            let given = sku.as_ref().map(numbered);
            if let (Some(given), Some(wanted)) = (&given, &variant.sku)
                && **given != **wanted
            {
                changes.push(Numbered { line: variant.line, wanted: wanted.to_string(), given: given.clone() });
            }
            skus.push(given.and_then(|given| given.parse().ok()));
        }
        (skus, changes)
    }
}

fn numbered((base, number): &(String, usize)) -> String {
    if *number == 1 { base.clone() } else { format!("{base}-{number}") }
}

/// The product that has or had this handle.
async fn own_product(tx: &mut Conn, handle: &Handle) -> QueryResult<Option<i64>> {
    let named = products::table.filter(products::handle.eq(&**handle)).select(products::id);
    if let Some(id) = named.first(tx).await.optional()? {
        return Ok(Some(id));
    }
    let old = handle_redirects::table.find(("product", &**handle)).select(handle_redirects::target_id);
    old.first(tx).await.optional()
}

async fn taken(tx: &mut Conn, skus: &[String], own: Option<i64>) -> QueryResult<HashSet<String>> {
    if skus.is_empty() {
        return Ok(HashSet::new());
    }
    let others = variants::table.filter(variants::sku.eq_any(skus)).filter(variants::product_id.ne(own.unwrap_or(0)));
    let taken: Vec<Option<String>> = others.select(variants::sku).load(tx).await?;
    Ok(taken.into_iter().flatten().collect())
}
