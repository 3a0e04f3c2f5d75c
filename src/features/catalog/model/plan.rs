//! Which variants a product has once its options are changed: who stays, who goes, who is new.

use std::collections::HashSet;

use super::desk::{Editable, EditableVariant, OptionEdit};
use super::draft::{MAX_VARIANTS, SaveRefused};
use crate::platform::base::{Handle, Name, OptionValueId, VariantId};

/// A variant of the new order of things.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// `None`: it is new.
    pub id: Option<VariantId>,
    /// The kept variant that a new one is made like; `None` for the first of a product.
    pub like: Option<VariantId>,
    /// The place of its value in each option.
    pub at: Vec<usize>,
}

/// The variants once the options are these, `removed` are gone and the combinations `make` are there too; in the order of the
/// options' values. Every new value is combined with all others; combinations that were left out before stay left out.
pub fn planned(
    before: &Editable,
    options: &[OptionEdit],
    removed: &HashSet<VariantId>,
    make: &[Vec<OptionValueId>],
) -> Result<Vec<Planned>, SaveRefused> {
    let mut taken: HashSet<Vec<usize>> = HashSet::new();
    let mut plan: Vec<Planned> = Vec::new();
    for variant in before.variants.iter().filter(|one| !removed.contains(&one.id)) {
        let Some(at) = place_of(variant, options) else { continue };
        if taken.insert(at.clone()) {
            plan.push(Planned { id: Some(variant.id), like: None, at });
        }
    }
    for at in combinations(options)? {
        // The first value of a new option is what the variants were all along.
        let new = |(option, at): (&OptionEdit, &usize)| option.values[*at].id.is_none() && (option.id.is_some() || *at > 0);
        let wished = || make.iter().any(|ids| is_named(options, &at, ids));
        if !taken.contains(&at) && (options.iter().zip(&at).any(new) || wished()) {
            let like = nearest(&plan, &at);
            taken.insert(at.clone());
            plan.push(Planned { id: None, like, at });
        }
    }
    plan.sort_by(|a, b| a.at.cmp(&b.at));
    if plan.is_empty() { Err(SaveRefused::NoVariant) } else { Ok(plan) }
}

/// Where a variant stands among the options; `None` when a value of its is gone.
fn place_of(variant: &EditableVariant, options: &[OptionEdit]) -> Option<Vec<usize>> {
    let place = |option: &OptionEdit| {
        if option.id.is_none() {
            return Some(0);
        }
        option.values.iter().position(|value| value.id.is_some_and(|id| variant.values.contains(&id)))
    };
    options.iter().map(place).collect()
}

fn is_named(options: &[OptionEdit], at: &[usize], ids: &[OptionValueId]) -> bool {
    ids.len() == options.len()
        && options.iter().zip(at).all(|(option, at)| option.values[*at].id.is_some_and(|id| ids.contains(&id)))
}

/// The kept variant that shares most values.
fn nearest(plan: &[Planned], at: &[usize]) -> Option<VariantId> {
    let shared = |one: &Planned| one.at.iter().zip(at).filter(|(a, b)| a == b).count();
    plan.iter().rev().filter(|one| one.id.is_some()).max_by_key(|one| shared(one)).and_then(|one| one.id)
}

/// All combinations of the options' values, by their places; one empty combination where there is no option.
pub fn combinations(options: &[OptionEdit]) -> Result<Vec<Vec<usize>>, SaveRefused> {
    let (mut all, mut names): (Vec<Vec<usize>>, _) = (vec![Vec::new()], HashSet::new());
    for option in options {
        let mut words = HashSet::new();
        if !names.insert(&*option.name) {
            return Err(SaveRefused::OptionTwice { name: option.name.to_string() });
        }
        if let Some(twice) = option.values.iter().find(|value| !words.insert(&*value.text)) {
            return Err(SaveRefused::ValueTwice { name: twice.text.to_string() });
        }
        if all.len() * option.values.len() > MAX_VARIANTS {
            return Err(SaveRefused::TooManyVariants);
        }
        let with = |head: &Vec<usize>, at: usize| head.iter().copied().chain([at]).collect();
        all = all.iter().flat_map(|head| (0..option.values.len()).map(move |at| with(head, at))).collect();
    }
    Ok(all)
}

/// The combinations of a product that are not made: ids of the values, and their words; at most `most`.
pub fn not_made(product: &Editable, most: usize) -> Vec<(Vec<OptionValueId>, String)> {
    let made: HashSet<Vec<OptionValueId>> = product.variants.iter().map(|variant| sorted(variant.values.clone())).collect();
    let mut all: Vec<(Vec<OptionValueId>, Vec<&str>)> = vec![Default::default()];
    for option in &product.options {
        if all.len() * option.values.len() > MAX_VARIANTS {
            return Vec::new();
        }
        let mut next = Vec::with_capacity(all.len() * option.values.len());
        for (ids, words) in &all {
            for (id, word) in &option.values {
                next.push(([ids.as_slice(), &[*id]].concat(), [words.as_slice(), &[word.as_str()]].concat()));
            }
        }
        all = next;
    }
    let missing = all.into_iter().filter(|(ids, _)| !made.contains(&sorted(ids.clone())));
    missing.take(most).map(|(ids, words)| (ids, words.join(" / "))).collect()
}

fn sorted(mut ids: Vec<OptionValueId>) -> Vec<OptionValueId> {
    ids.sort_unstable();
    ids
}

/// The SKU of a variant of a new product: the product's, and behind it the values: "KETTLE-MINT-600-ML".
pub fn sku_of(sku: &Name<100>, values: &[&str]) -> Option<Name<255>> {
    let tail: String = values.iter().map(|value| format!("-{}", Handle::of_title(value).to_uppercase())).collect();
    let whole: String = format!("{sku}{tail}").chars().take(255).collect();
    whole.parse().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::desk::{EditableOption, GoodsKind, ValueEdit};
    use super::super::draft::ProductStatus;
    use super::*;
    use crate::platform::base::{OptionId, ProductId};
    use crate::platform::web::Markup;

    fn variant(id: i64, values: &[i64]) -> EditableVariant {
        EditableVariant {
            id: VariantId(id),
            title: String::new(),
            values: values.iter().map(|value| OptionValueId(*value)).collect(),
            sku: String::new(),
            barcode: String::new(),
            price: id * 100,
            compare_at: None,
            weight_grams: 0,
            content: None,
            requires_shipping: true,
            taxable: true,
            tax_class: None,
            media: None,
            shelf: None,
            on_hand: 0,
            allocated: 0,
            bundle: false,
        }
    }

    /// Values 11, 12, … of option 1 and 21, 22, … of option 2; the variants are those combinations whose places are named.
    fn product(sizes: [i64; 2], made: &[(i64, i64)]) -> Editable {
        let option = |id: i64| EditableOption {
            id: OptionId(id),
            name: id.to_string(),
            values: (1..=sizes[id as usize - 1]).map(|at| (OptionValueId(id * 10 + at), at.to_string())).collect(),
        };
        let variants = made.iter().zip(1..).map(|((a, b), id)| variant(id, &[10 + a, 20 + b])).collect();
        Editable {
            id: ProductId(1),
            handle: "p".into(),
            title: "P".into(),
            description: String::new(),
            markup: Markup::Markdown,
            status: ProductStatus::Draft,
            publish_at: None,
            version: 1,
            updated_at: chrono::DateTime::UNIX_EPOCH,
            vendor: String::new(),
            goods: GoodsKind::Goods,
            profile: None,
            product_type: String::new(),
            tags: Vec::new(),
            seo_title: String::new(),
            seo_description: String::new(),
            categories: Vec::new(),
            options: vec![option(1), option(2)],
            variants,
            images: Vec::new(),
            words: Default::default(),
            sold: false,
        }
    }

    /// The options as they are, without some values and with so many new ones.
    fn edited(product: &Editable, gone: &[i64], new: [usize; 2]) -> Vec<OptionEdit> {
        let value = |id: Option<i64>, text: String| ValueEdit { id: id.map(OptionValueId), text: text.parse().expect("a name") };
        let edit = |(option, new): (&EditableOption, usize)| OptionEdit {
            id: Some(option.id),
            name: option.name.parse().expect("a name"),
            values: (option.values.iter().filter(|one| !gone.contains(&one.0.0)).map(|one| value(Some(one.0.0), one.1.clone())))
                .chain((0..new).map(|at| value(None, format!("new {at}"))))
                .collect(),
        };
        product.options.iter().zip(new).map(edit).filter(|option| !option.values.is_empty()).collect()
    }

    #[test]
    fn what_was_left_out_stays_out_until_it_is_wished_for() {
        let product = product([2, 2], &[(1, 1), (1, 2), (2, 1)]);
        let same = edited(&product, &[], [0, 0]);
        let plan = planned(&product, &same, &HashSet::new(), &[]).expect("a plan");
        assert_eq!(plan.len(), 3);
        assert_eq!(not_made(&product, 9), [(vec![OptionValueId(12), OptionValueId(22)], "2 / 2".to_owned())]);
        let wished = planned(&product, &same, &HashSet::new(), &[vec![OptionValueId(12), OptionValueId(22)]]).expect("a plan");
        assert_eq!(wished.iter().filter(|one| one.id.is_none()).count(), 1);
        let gone: HashSet<VariantId> = [1, 2, 3].map(VariantId).into();
        assert_eq!(planned(&product, &same, &gone, &[]), Err(SaveRefused::NoVariant));
    }

    proptest! {
        #[test]
        fn kept_variants_stay_themselves_and_nothing_stands_twice(
            sizes in [1..4_i64, 1..4_i64], pick in proptest::collection::vec(any::<bool>(), 9),
            gone in proptest::collection::vec(prop_oneof![11..14_i64, 21..24_i64], 0..3), new in [0..3_usize, 0..3_usize],
        ) {
            let all = (1..=sizes[0]).flat_map(|a| (1..=sizes[1]).map(move |b| (a, b)));
            let made: Vec<(i64, i64)> = all.zip(pick).filter(|(_, pick)| *pick).map(|(one, _)| one).collect();
            prop_assume!(!made.is_empty());
            let product = product(sizes, &made);
            let options = edited(&product, &gone, new);
            prop_assume!(options.len() == 2);
            let Ok(plan) = planned(&product, &options, &HashSet::new(), &[]) else { return Ok(()) };
            let places: HashSet<&Vec<usize>> = plan.iter().map(|one| &one.at).collect();
            prop_assert_eq!(places.len(), plan.len());
            for variant in &product.variants {
                let stays = !variant.values.iter().any(|id| gone.contains(&id.0));
                prop_assert_eq!(plan.iter().filter(|one| one.id == Some(variant.id)).count(), usize::from(stays));
            }
            for one in plan.iter().filter(|one| one.id.is_none()) {
                prop_assert!(options.iter().zip(&one.at).any(|(option, at)| option.values[*at].id.is_none()));
            }
            prop_assert!(plan.is_sorted_by(|a, b| a.at < b.at));
        }
    }
}
