//! Choosing among the variants of a product: which one is shown, which one a choice means, which values are struck.

use super::goods::{Choices, Offer};
use crate::platform::base::{OptionValueId, VariantId};
use crate::platform::i18n::Wording;

/// A value of an option as it is offered.
#[derive(Clone, Debug, PartialEq)]
pub struct Pill {
    pub value: OptionValueId,
    pub text: Wording,
    pub chosen: bool,
    /// No variant that can be bought has it together with the other values chosen.
    pub out: bool,
    /// The variant that choosing it leads to.
    pub leads_to: VariantId,
}

/// The place of the variant to show: the one asked for, else the first that can be bought, else the first.
pub fn shown(offers: &[Offer], asked: Option<VariantId>) -> usize {
    let by_id = asked.and_then(|id| offers.iter().position(|offer| offer.variant == id));
    by_id.or_else(|| offers.iter().position(|offer| offer.shelf.buyable())).unwrap_or(0)
}

/// The place of the variant that a choice means. `chosen` holds a value for each option (or none);
/// what differs from the variant shown before is what the shopper just chose, and is kept before all else.
pub fn choose(offers: &[Offer], before: usize, chosen: &[Option<OptionValueId>]) -> usize {
    let kept = |offer: &Offer| -> (usize, usize, bool) {
        let pairs = || offer.values.iter().enumerate().zip(chosen);
        let is = |at: usize, value: &OptionValueId| offers[before].values.get(at) == Some(value);
        let new = pairs().filter(|((at, has), wish)| **wish == Some(**has) && !is(*at, has)).count();
        let same = pairs().filter(|((_, has), wish)| **wish == Some(**has)).count();
        (new, same, offer.shelf.buyable())
    };
    let best = offers.iter().enumerate().rev().max_by_key(|(at, offer)| (kept(offer), *at == before));
    best.map_or(before, |(at, _)| at)
}

/// The pills of every option while one variant is shown.
pub fn pills(options: &[Choices], offers: &[Offer], shown: usize) -> Vec<Vec<Pill>> {
    let now = &offers[shown];
    let row = |(at, option): (usize, &Choices)| {
        let pill = |(value, text): &(OptionValueId, Wording)| {
            let mut wish: Vec<Option<OptionValueId>> = now.values.iter().copied().map(Some).collect();
            if let Some(place) = wish.get_mut(at) {
                *place = Some(*value);
            }
            let fits = |offer: &&Offer| offer.values.iter().copied().map(Some).eq(wish.iter().copied());
            Pill {
                value: *value,
                text: text.clone(),
                chosen: now.values.get(at) == Some(value),
                out: !offers.iter().filter(fits).any(|offer| offer.shelf.buyable()),
                leads_to: offers[choose(offers, shown, &wish)].variant,
            }
        };
        option.values.iter().map(pill).collect()
    };
    options.iter().enumerate().map(row).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::features::catalog::model::goods::{Price, ShelfState};
    use crate::platform::base::OptionId;

    fn offer(id: i64, values: &[i64], saleable: i64) -> Offer {
        Offer {
            variant: VariantId(id),
            title: String::new(),
            sku: String::new(),
            barcode: String::new(),
            price: Price::one(100, None),
            usual: 100,
            usual_before: None,
            taxed: None,
            content: None,
            values: values.iter().map(|value| OptionValueId(*value)).collect(),
            photo: None,
            weight_grams: 0,
            shelf: ShelfState { saleable, present: saleable, ..ShelfState::default() },
            parts: Vec::new(),
        }
    }

    fn choices(id: i64, values: &[i64]) -> Choices {
        let said = |number: i64| Wording::new(number.to_string(), Default::default());
        let named = |value: &i64| (OptionValueId(*value), said(*value));
        Choices { id: OptionId(id), name: said(id), values: values.iter().map(named).collect() }
    }

    /// Mint (1) and grey (2) in small (11) and large (12); grey is not made in large, mint in large is sold out.
    fn blender() -> (Vec<Choices>, Vec<Offer>) {
        let offers = vec![offer(1, &[1, 11], 3), offer(2, &[1, 12], 0), offer(3, &[2, 11], 1)];
        (vec![choices(1, &[1, 2]), choices(2, &[11, 12])], offers)
    }

    #[test]
    fn a_pill_is_struck_when_nothing_to_buy_has_it_with_the_others() {
        let (options, offers) = blender();
        let rows = pills(&options, &offers, 0);
        let struck: Vec<i64> = rows.iter().flatten().filter(|pill| pill.out).map(|pill| pill.value.0).collect();
        assert_eq!(struck, [12]);
        let rows = pills(&options, &offers, 1);
        let struck: Vec<i64> = rows.iter().flatten().filter(|pill| pill.out).map(|pill| pill.value.0).collect();
        assert_eq!(struck, [1, 2, 12], "with large chosen there is nothing to buy but by way of small");
    }

    #[test]
    fn what_was_just_chosen_is_kept_and_the_rest_gives_way() {
        let (_, offers) = blender();
        let grey_large = [Some(OptionValueId(2)), Some(OptionValueId(12))];
        assert_eq!(choose(&offers, 1, &grey_large), 2, "grey was just chosen: small it is");
        assert_eq!(choose(&offers, 2, &grey_large), 1, "large was just chosen: mint it is");
        assert_eq!(shown(&offers, Some(VariantId(2))), 1);
        assert_eq!(shown(&offers, Some(VariantId(99))), 0);
    }

    fn any_product() -> impl Strategy<Value = (Vec<Choices>, Vec<Offer>, usize)> {
        (1..4_usize, 1..4_usize).prop_flat_map(|(a, b)| {
            let all: Vec<(i64, i64)> = (0..a as i64).flat_map(|x| (0..b as i64).map(move |y| (x + 1, y + 11))).collect();
            let count = all.len();
            (proptest::sample::subsequence(all, 1..=count), proptest::collection::vec(0..3_i64, count), 0..count).prop_map(
                move |(made, stock, at)| {
                    let offers: Vec<Offer> =
                        made.iter().zip(stock).zip(1..).map(|(((x, y), n), id)| offer(id, &[*x, *y], n)).collect();
                    let firsts: Vec<i64> = (1..=a as i64).collect();
                    let seconds: Vec<i64> = (11..11 + b as i64).collect();
                    let at = at % offers.len();
                    (vec![choices(1, &firsts), choices(2, &seconds)], offers, at)
                },
            )
        })
    }

    proptest! {
        #[test]
        fn one_pill_of_each_option_is_chosen_and_struck_only_if_the_variant_is_sold_out((options, offers, at) in any_product()) {
            for row in pills(&options, &offers, at) {
                let chosen: Vec<_> = row.iter().filter(|pill| pill.chosen).collect();
                prop_assert_eq!(chosen.len(), 1);
                prop_assert_eq!(chosen[0].out, !offers[at].shelf.buyable());
                prop_assert_eq!(chosen[0].leads_to, offers[at].variant);
            }
        }

        #[test]
        fn a_pill_that_is_not_struck_leads_to_something_to_buy_that_has_it((options, offers, at) in any_product()) {
            for (place, row) in pills(&options, &offers, at).iter().enumerate() {
                for pill in row {
                    let target = offers.iter().find(|offer| offer.variant == pill.leads_to).expect("it leads to a variant");
                    if !pill.out {
                        prop_assert!(target.shelf.buyable());
                        prop_assert_eq!(target.values[place], pill.value);
                        prop_assert_eq!(target.values[1 - place], offers[at].values[1 - place]);
                    }
                }
            }
        }

        #[test]
        fn a_value_that_some_variant_has_is_always_reached((options, offers, at) in any_product()) {
            for (place, row) in pills(&options, &offers, at).iter().enumerate() {
                for pill in row.iter().filter(|pill| offers.iter().any(|offer| offer.values[place] == pill.value)) {
                    let target = offers.iter().find(|offer| offer.variant == pill.leads_to).expect("it leads to a variant");
                    prop_assert_eq!(target.values[place], pill.value);
                }
            }
        }
    }
}
