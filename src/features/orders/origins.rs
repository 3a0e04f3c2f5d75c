//! From where what is left of an order will leave: a parcel for each place, and one for what no place has whole.

use std::collections::{BTreeMap, BTreeSet};

use crate::platform::base::{LocationId, OrderLineId, VariantId};

/// Pieces that a line is promised from the shelf of a place; of a bundle those of one part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promised {
    pub line: OrderLineId,
    pub location: LocationId,
    pub place: String,
    pub variant: VariantId,
    pub quantity: i32,
    /// So many of it belong to one piece of the line.
    pub per_line: i32,
}

/// What leaves from one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// `None`: bundles whose parts lie in several places.
    pub from: Option<(LocationId, String)>,
    /// Whole pieces of each line, in the order of the lines; never none.
    pub lines: Vec<(OrderLineId, i64)>,
}

/// Parts the promises by place, in the order in which they come.
pub fn origins(promised: &[Promised]) -> Vec<Origin> {
    let mut parts: BTreeMap<OrderLineId, BTreeSet<VariantId>> = BTreeMap::new();
    let mut places: Vec<(LocationId, String)> = Vec::new();
    for one in promised {
        parts.entry(one.line).or_default().insert(one.variant);
        if places.iter().all(|place| place.0 != one.location) {
            places.push((one.location, one.place.clone()));
        }
    }
    let whole = |line: OrderLineId, at: Option<LocationId>| -> i64 {
        let of = |variant: &VariantId| -> i64 {
            let rows = promised.iter().filter(|one| one.line == line && one.variant == *variant);
            let rows = rows.filter(|one| at.is_none_or(|at| one.location == at));
            let (sum, per_line) =
                rows.fold((0, 1), |(sum, _), one| (sum + i64::from(one.quantity), i64::from(one.per_line.max(1))));
            sum / per_line
        };
        parts.get(&line).into_iter().flatten().map(of).min().unwrap_or(0)
    };
    let group = |from: Option<(LocationId, String)>, pieces: &dyn Fn(OrderLineId) -> i64| {
        let lines: Vec<_> = parts.keys().map(|line| (*line, pieces(*line))).filter(|line| line.1 > 0).collect();
        (!lines.is_empty()).then_some(Origin { from, lines })
    };
    let mut origins: Vec<Origin> =
        places.iter().filter_map(|place| group(Some(place.clone()), &|line| whole(line, Some(place.0)))).collect();
    let apart = |line| whole(line, None) - places.iter().map(|place| whole(line, Some(place.0))).sum::<i64>();
    origins.extend(group(None, &apart));
    origins
}

#[cfg(test)]
mod tests {
    use super::*;

    fn promised(line: i64, location: i64, variant: i64, quantity: i32, per_line: i32) -> Promised {
        let place = format!("Place {location}");
        let (line, location, variant) = (OrderLineId(line), LocationId(location), VariantId(variant));
        Promised { line, location, place, variant, quantity, per_line }
    }

    fn found(promised: &[Promised]) -> Vec<(Option<i64>, Vec<(i64, i64)>)> {
        let lines = |origin: &Origin| origin.lines.iter().map(|(line, pieces)| (line.0, *pieces)).collect();
        origins(promised).iter().map(|origin| (origin.from.as_ref().map(|place| place.0.0), lines(origin))).collect()
    }

    #[test]
    fn each_place_sends_what_it_has() {
        assert_eq!(found(&[]), vec![]);
        let two = [promised(1, 1, 7, 2, 1), promised(1, 2, 7, 3, 1), promised(2, 2, 8, 1, 1)];
        assert_eq!(found(&two), vec![(Some(1), vec![(1, 2)]), (Some(2), vec![(1, 3), (2, 1)])]);
    }

    #[test]
    fn a_bundle_leaves_whole() {
        // Two bundles of one pot (7) and three cups (8): one lies whole in place 1, the parts of the other are apart.
        let apart = [promised(1, 1, 7, 2, 1), promised(1, 1, 8, 4, 3), promised(1, 2, 8, 2, 3)];
        assert_eq!(found(&apart), vec![(Some(1), vec![(1, 1)]), (None, vec![(1, 1)])]);
    }
}
