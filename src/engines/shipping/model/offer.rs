//! What one shopper can choose for a cart: where goods of several profiles are in it, the ways of all of them together.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Kind, Load, Method, Ready};
use crate::platform::base::{Day, LocationId, ProductId, ShippingProfileId, Span};
use crate::platform::i18n::{Locale, Said, Wording};

/// Pieces of one thing that are to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    pub product: ProductId,
    pub quantity: i32,
    /// Of one piece.
    pub grams: i32,
    /// Minor units after discounts, of all pieces.
    pub total: i64,
    /// Whether it is sent at all; what is not counts for "free from" alone.
    pub sent: bool,
    /// From when it can leave.
    pub ready: Ready,
}

/// Where an order waits for its customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pickup {
    pub location: LocationId,
    pub place: String,
    /// Address and hours.
    pub note: Wording,
}

/// A way to have a cart, as offered to one shopper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The method that is chosen; for goods of several profiles with the names and days of all their methods.
    pub method: Method,
    /// What it costs this shopper.
    pub price: i64,
    /// When the goods are there; `None`: some of them wait for new stock, and nobody knows how long.
    pub arrives: Option<Span>,
    /// `None`: it is sent.
    pub pickup: Option<Pickup>,
}

/// A way for one group of goods.
type Way<'m> = (&'m Method, i64);

/// The ways to have these pieces, with what each costs: goods of a profile go by the zone's methods for that profile where it has
/// any, else by those for all goods. The shopper chooses among the ways of the first group; each other group follows by the way
/// of the same name, else by its cheapest one, and prices add up. Empty where some of it cannot be sent.
pub fn offers(
    methods: &[Method],
    pieces: &[Piece],
    profiles: &HashMap<ProductId, ShippingProfileId>,
    today: Day,
    arrives: impl Fn(&Method) -> Option<Span>,
) -> Vec<Offer> {
    // A method that rests still keeps its profile from going by the methods for all.
    let own: HashSet<ShippingProfileId> = methods.iter().filter_map(|method| method.profile).collect();
    let loads = loads(pieces, |product| profiles.get(&product).copied().filter(|profile| own.contains(profile)));
    let mut groups: Vec<Vec<Way<'_>>> = Vec::new();
    for (profile, load) in &loads {
        let on = methods.iter().filter(|method| method.profile == *profile && method.is_on(today));
        groups.push(on.filter_map(|method| Some((method, method.cost(load)?))).collect());
    }
    let Some((first, others)) = groups.split_first() else { return Vec::new() };
    if others.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    first.iter().map(|way| combined(*way, others, &arrives)).collect()
}

/// What each group holds; things that are not sent count for the first one's total.
fn loads(pieces: &[Piece], group: impl Fn(ProductId) -> Option<ShippingProfileId>) -> BTreeMap<Option<ShippingProfileId>, Load> {
    let mut loads: BTreeMap<Option<ShippingProfileId>, Load> = BTreeMap::new();
    for piece in pieces.iter().filter(|piece| piece.sent) {
        let load = loads.entry(group(piece.product)).or_default();
        load.total = load.total.saturating_add(piece.total);
        load.pieces = load.pieces.saturating_add(i64::from(piece.quantity));
        load.grams = load.grams.saturating_add(i64::from(piece.grams).saturating_mul(i64::from(piece.quantity)));
    }
    let unsent = pieces.iter().filter(|piece| !piece.sent).map(|piece| piece.total).fold(0, i64::saturating_add);
    if let Some(mut first) = loads.first_entry() {
        first.get_mut().total = first.get().total.saturating_add(unsent);
    }
    loads
}

fn combined(way: Way<'_>, others: &[Vec<Way<'_>>], arrives: &impl Fn(&Method) -> Option<Span>) -> Offer {
    let ways: Vec<Way<'_>> = std::iter::once(way).chain(others.iter().filter_map(|ways| following(way.0, ways))).collect();
    let price = ways.iter().map(|way| way.1).fold(0, i64::saturating_add);
    let method = way.0;
    let days = |of: fn((i32, i32)) -> i32| ways.iter().map(|way| of(way.0.days)).max().unwrap_or(0);
    let spans: Option<Vec<Span>> = ways.iter().map(|way| arrives(way.0)).collect();
    let last = |of: fn(&Span) -> Day| spans.as_ref().and_then(|spans| spans.iter().map(of).max());
    let arrives = last(|span| span.from).zip(last(|span| span.to)).map(|(from, to)| Span { from, to });
    let one = ways.len() == 1;
    let method = Method {
        name: if one { method.name.clone() } else { names(&ways) },
        days: (days(|days| days.0), days(|days| days.1)),
        // What else is in the cart still costs something.
        free_from: method.free_from.filter(|_| one),
        ..method.clone()
    };
    let pickup = pickup(&ways).filter(|_| ways.iter().all(|way| way.0.kind == Kind::Pickup));
    Offer { method, price, arrives, pickup }
}

/// How another group goes when this was chosen: by the way of the same name, else the cheapest, picked up only where the rest is.
fn following<'m>(chosen: &Method, ways: &[Way<'m>]) -> Option<Way<'m>> {
    let same = |way: &&Way<'m>| way.0.name.main().trim().eq_ignore_ascii_case(chosen.name.main().trim());
    let alike = |way: &Way<'m>| (way.0.kind == Kind::Pickup) == (chosen.kind == Kind::Pickup);
    ways.iter().find(same).or_else(|| ways.iter().min_by_key(|way| (!alike(way), way.1, way.0.position))).copied()
}

/// "Standard + Freight", in every language that any of them is translated to; a name that several share stands once.
fn names(ways: &[Way<'_>]) -> Wording {
    let joined = |of: &dyn Fn(&Wording) -> String| {
        let mut names: Vec<String> = Vec::new();
        for name in ways.iter().map(|way| of(&way.0.name)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(" + ")
    };
    let translated = |locale: &&Locale| ways.iter().any(|way| !way.0.name.others().own(**locale).is_empty());
    let others = Locale::ALL.iter().filter(translated).map(|locale| (*locale, joined(&|name| name.kept_in(*locale).to_owned())));
    Wording::new(joined(&|name| name.main().to_owned()), Said::of(others))
}

fn pickup(ways: &[Way<'_>]) -> Option<Pickup> {
    let method = ways.first()?.0;
    let (location, place) = method.location.clone()?;
    Some(Pickup { location, place, note: method.note.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engines::shipping::model::{MethodDraft, Step};
    use crate::platform::base::{ShippingMethodId, ShippingZoneId};

    const TODAY: &str = "2026-11-28";

    fn method(id: i64, name: &str, price: i64, profile: Option<i64>) -> Method {
        let draft = MethodDraft::flat(Wording::new(name, Said::default()), price, None, (1, 2));
        let MethodDraft { name, kind, price, steps, up_to, free_from, days, active, season, note, .. } = draft;
        let (id, zone, position) = (ShippingMethodId(id), ShippingZoneId(1), id as i32);
        let profile = profile.map(ShippingProfileId);
        let location = None;
        Method { id, zone, name, kind, price, steps, up_to, free_from, days, position, active, profile, season, location, note }
    }

    fn piece(product: i64, quantity: i32, total: i64) -> Piece {
        Piece { product: ProductId(product), quantity, grams: 500, total, sent: true, ready: Ready::Now }
    }

    /// Products from 100 on are bulky (1), from 200 on plants (2).
    fn found(methods: &[Method], pieces: &[Piece]) -> Vec<(String, i64)> {
        let profile =
            |piece: &Piece| (piece.product.0 >= 100).then_some((piece.product, ShippingProfileId(piece.product.0 / 100)));
        let profiles = pieces.iter().filter_map(profile).collect();
        let today: Day = TODAY.parse().expect("a day");
        let day = |_: &Method| Some(Span { from: today, to: today });
        let offers = offers(methods, pieces, &profiles, today, day);
        offers.into_iter().map(|offer| (offer.method.name.main().to_owned(), offer.price)).collect()
    }

    fn said(offers: &[(&str, i64)]) -> Vec<(String, i64)> {
        offers.iter().map(|(name, price)| ((*name).to_owned(), *price)).collect()
    }

    #[test]
    fn goods_of_several_profiles_add_up() {
        let methods = [
            method(1, "Standard", 490, None),
            method(2, "Express", 990, None),
            method(3, "Express", 3000, Some(1)),
            method(4, "Freight", 2500, Some(1)),
        ];
        assert_eq!(found(&methods, &[piece(1, 1, 100)]), said(&[("Standard", 490), ("Express", 990)]));
        assert_eq!(found(&methods, &[piece(100, 1, 100)]), said(&[("Express", 3000), ("Freight", 2500)]));
        let both = [piece(1, 1, 100), piece(100, 1, 100)];
        assert_eq!(found(&methods, &both), said(&[("Standard + Freight", 2990), ("Express", 3990)]));
        // Plants have no methods of their own, so they go with the rest, in one parcel.
        assert_eq!(found(&methods, &[piece(1, 1, 100), piece(200, 1, 100)]), said(&[("Standard", 490), ("Express", 990)]));
    }

    #[test]
    fn what_cannot_go_stops_the_whole_cart() {
        let resting = Method { active: false, ..method(2, "Freight", 2500, Some(1)) };
        let methods = [method(1, "Standard", 490, None), resting];
        assert_eq!(
            found(&methods, &[piece(1, 1, 100), piece(100, 1, 100)]),
            said(&[]),
            "bulky goods rest, they do not go by post"
        );
        assert_eq!(found(&methods, &[]), said(&[]));
    }

    #[test]
    fn loads_are_of_a_profile_and_what_is_not_sent_counts_for_free_delivery() {
        let by_weight = Method {
            kind: Kind::Weight,
            steps: vec![Step { from: 0, price: 300, extra: 0, every: 0 }, Step { from: 1000, price: 700, extra: 0, every: 0 }],
            free_from: Some(5000),
            ..method(1, "Post", 0, None)
        };
        let freight = method(2, "Freight", 2500, Some(1));
        let both = [piece(1, 1, 100), piece(100, 9, 100)];
        assert_eq!(found(&[by_weight.clone(), freight], &both), said(&[("Post + Freight", 2800)]));
        assert_eq!(found(std::slice::from_ref(&by_weight), &[piece(1, 2, 100)]), said(&[("Post", 700)]));
        let voucher = Piece { sent: false, ..piece(2, 1, 4900) };
        assert_eq!(found(&[by_weight], &[piece(1, 2, 100), voucher]), said(&[("Post", 0)]));
    }

    #[test]
    fn seasons_count_their_first_and_last_day() {
        let day = |text: &str| Some(text.parse::<Day>().expect("a day"));
        let on = |from, to| found(&[Method { season: (from, to), ..method(1, "Post", 490, None) }], &[piece(1, 1, 100)]).len();
        assert_eq!((on(day(TODAY), day(TODAY)), on(None, day("2026-11-27")), on(day("2026-11-29"), None)), (1, 0, 0));
    }
}
