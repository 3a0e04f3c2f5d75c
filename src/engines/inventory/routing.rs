//! From which places an order is sent: in the order of staff, from the nearest, or in as few parcels as can be. How near a place is, is
//! told by country, region and the beginning of the postal code; that is enough to tell Leipzig from Lyon, and no map is asked.

use std::collections::BTreeMap;

use super::shelves::Shelves;
use crate::platform::base::{Country, LocationId, VariantId, text_enum};

text_enum! {
    /// The rules in their order: the first decides, the second where the first leaves a choice, then the order of staff.
    Routing {
        InOrder = "order", Nearest = "nearest", Fewest = "fewest",
        NearestFewest = "nearest_fewest", FewestNearest = "fewest_nearest",
    }
}

/// Places of which every combination is tried; where there are more, the rule of the fewest parcels looks at the first so many.
const TRIED: usize = 10;

/// A place where goods lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    pub id: LocationId,
    /// `None`: as far as can be.
    pub country: Option<Country>,
    pub region: String,
    pub postal_code: String,
}

/// Where an order is sent to.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    pub country: Country,
    pub region: &'a str,
    pub postal_code: &'a str,
}

/// How far a place is: another country is farther than another region, which is farther than another postal code.
fn distance(site: &Site, to: Target<'_>) -> usize {
    if site.country != Some(to.country) {
        return 1000;
    }
    let tidy = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>().to_uppercase();
    let same_region = !to.region.is_empty() && tidy(&site.region) == tidy(to.region);
    let (ours, theirs) = (tidy(&site.postal_code), tidy(to.postal_code));
    let alike = ours.chars().zip(theirs.chars()).take_while(|(a, b)| a == b).count().min(9);
    (if same_region { 100 } else { 200 }) - alike * 10
}

/// The places in the order in which this order draws on them; `sites` are in the order of staff.
pub fn order(
    routing: Routing,
    sites: &[Site],
    to: Target<'_>,
    wanted: &BTreeMap<VariantId, i64>,
    shelves: &Shelves,
) -> Vec<LocationId> {
    let has_all = |set: &[LocationId]| wanted.iter().all(|(variant, pieces)| shelves.present_at(*variant, set) >= *pieces);
    let mut near: Vec<&Site> = sites.iter().collect();
    match routing {
        Routing::InOrder | Routing::Fewest => {}
        Routing::Nearest | Routing::FewestNearest => near.sort_by_key(|site| distance(site, to)),
        Routing::NearestFewest => near.sort_by_key(|site| (distance(site, to), !has_all(&[site.id]))),
    }
    let base: Vec<LocationId> = near.into_iter().map(|site| site.id).collect();
    if !matches!(routing, Routing::Fewest | Routing::FewestNearest) {
        return base;
    }
    let tried = &base[..base.len().min(TRIED)];
    let sets = (1..=tried.len()).flat_map(|size| combinations(tried, size));
    let Some(fewest) = sets.into_iter().find(|set| has_all(set)) else { return base };
    let others = base.iter().filter(|id| !fewest.contains(id)).copied();
    fewest.iter().copied().chain(others).collect()
}

/// Every set of so many, those with the first ones first.
fn combinations(of: &[LocationId], size: usize) -> Vec<Vec<LocationId>> {
    match (size, of) {
        (0, _) => vec![Vec::new()],
        (_, []) => Vec::new(),
        (size, [first, rest @ ..]) => {
            let with = combinations(rest, size - 1).into_iter().map(|mut set| {
                set.insert(0, *first);
                set
            });
            with.chain(combinations(rest, size)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::model::{Balance, Shelf};
    use super::super::shelves::{Recipes, expanded};
    use super::*;
    use crate::platform::base::StockId;

    fn site(id: i64, country: &str, region: &str, postal_code: &str) -> Site {
        let country = country.parse().ok();
        Site { id: LocationId(id), country, region: region.into(), postal_code: postal_code.into() }
    }

    /// `counts[variant][place]`.
    fn shelves(counts: &[Vec<i32>]) -> Shelves {
        let balance = |variant: i64, place: usize, on_hand: i32| Balance {
            stock: StockId(variant * 100 + place as i64),
            variant: VariantId(variant),
            location: LocationId(place as i64 + 1),
            tracked: true,
            on_hand,
            allocated: 0,
            back_order_limit: 0,
            ships_on: None,
            pre_order: false,
            reserved: 0,
            reserved_late: 0,
            held_now: 0,
        };
        let shelf = |(variant, places): (i64, &Vec<i32>)| {
            let balances = places.iter().enumerate().map(|(place, count)| balance(variant, place, *count)).collect();
            (VariantId(variant), Shelf { balances })
        };
        Shelves::new((1..).zip(counts).map(shelf).collect(), Recipes::new())
    }

    fn to_leipzig() -> Target<'static> {
        Target { country: "DE".parse().expect("a country"), region: "", postal_code: "04229" }
    }

    #[test]
    fn the_nearest_is_in_the_same_country_and_begins_alike() {
        let sites = [site(1, "FR", "", "69001"), site(2, "DE", "", "10115"), site(3, "DE", "", "04109"), site(4, "", "", "")];
        let order = order(Routing::Nearest, &sites, to_leipzig(), &BTreeMap::new(), &Shelves::default());
        assert_eq!(order.iter().map(|id| id.0).collect::<Vec<_>>(), [3, 2, 1, 4]);
    }

    #[test]
    fn one_place_that_has_all_is_better_than_two_near_ones() {
        let sites = [site(1, "DE", "", "04109"), site(2, "DE", "", "04229"), site(3, "FR", "", "69001")];
        let all = shelves(&[vec![5, 0, 5], vec![0, 5, 5]]);
        let wanted = BTreeMap::from([(VariantId(1), 2), (VariantId(2), 2)]);
        let first = |routing| order(routing, &sites, to_leipzig(), &wanted, &all)[0].0;
        assert_eq!([first(Routing::InOrder), first(Routing::Nearest), first(Routing::Fewest)], [1, 2, 3]);
        assert_eq!((first(Routing::FewestNearest), first(Routing::NearestFewest)), (3, 2));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]
        #[test]
        fn whatever_the_rule_what_is_taken_is_what_was_asked_from_as_few_places_as_can_be(
            counts in proptest::collection::vec(proptest::collection::vec(0..6_i32, 4), 1..4),
            asked in proptest::collection::vec(0..9_i64, 3), rule in 0..5_usize, codes in proptest::collection::vec(0..100_u32, 4),
        ) {
            let countries = ["DE", "FR", "DE", ""];
            let sites: Vec<Site> =
                (0..4).map(|at| site(at as i64 + 1, countries[at], "", &format!("{:05}", codes[at] * 1000))).collect();
            let wanted: BTreeMap<VariantId, i64> =
                (1..).map(VariantId).zip(asked).take(counts.len()).filter(|ask| ask.1 > 0).collect();
            let mut all = shelves(&counts);
            let routing = Routing::ALL[rule];
            let order = order(routing, &sites, to_leipzig(), &wanted, &all);
            let mut sorted = order.clone();
            sorted.sort_unstable();
            prop_assert_eq!(sorted, (1..5).map(LocationId).collect::<Vec<_>>(), "every place once");
            if all.shortage(&wanted).is_err() {
                return Ok(());
            }
            let least = (1..=4).find(|size| combinations(&order, *size).iter().any(|set| {
                wanted.iter().all(|(variant, pieces)| all.present_at(*variant, set) >= *pieces)
            }));
            all.reorder(&order);
            let mut used = std::collections::BTreeSet::new();
            let mut sums: BTreeMap<VariantId, i64> = BTreeMap::new();
            for (variant, pieces) in &wanted {
                for one in all.take(*variant, *pieces).expect("there is enough") {
                    let place = (one.taken.stock.0 % 100) as usize;
                    prop_assert!(one.taken.quantity <= counts[one.variant.0 as usize - 1][place], "never more than there is");
                    used.insert(place);
                    *sums.entry(one.variant).or_insert(0) += i64::from(one.taken.quantity);
                }
            }
            prop_assert_eq!(sums, expanded(&wanted, &Recipes::new()));
            if matches!(routing, Routing::Fewest | Routing::FewestNearest) {
                prop_assert!(used.len() <= least.unwrap_or(0), "{used:?} of {least:?}");
            }
        }
    }
}
