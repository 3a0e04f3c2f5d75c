//! What goods cost as one reader is told it: by market, customer group, and with tax or without. Pure.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::draft::MAX_PRICE;
use super::goods::{Card, Offer, Price};
use super::listing::{Filter, Listing};
use crate::engines::pricing::{Asked, Content, PriceList, Sale, carried, price_of, price_steps};
use crate::engines::tax::{Levy, Rates};
use crate::platform::base::{CustomerGroupId, Moment, ProductId, Rate, TaxClassId, VariantId};

/// What a variant costs before anything is told of it, in the shop's currency as it is typed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usual {
    pub variant: VariantId,
    pub price: i64,
    pub compare_at: Option<i64>,
    /// What its tax is of; `None`: nothing is taken of it. Within: `None`: the shop's usual class.
    pub taxed: Option<Option<TaxClassId>>,
}

/// How tax is shown otherwise than prices are typed.
#[derive(Clone, Debug)]
pub enum Turn {
    /// The tax of the shop's own country is taken out.
    Without(Arc<Rates>),
    /// The tax of the market's country is put in.
    With(Arc<Rates>),
}

/// Who is told.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    pub sale: Sale,
    pub groups: &'a [CustomerGroupId],
    pub turn: Option<Turn>,
    pub now: Moment,
}

impl Reader<'_> {
    fn asked<'a>(&self, usual: &Usual, groups: &'a [CustomerGroupId]) -> Asked<'a> {
        Asked { variant: usual.variant, usual: usual.price, quantity: 1, groups, sale: self.sale, now: self.now }
    }

    /// An amount with or without its tax, as it is shown: what is left, or comes to be, ends as the market's prices do.
    fn shown(&self, usual: &Usual, amount: i64) -> i64 {
        let sum = |levies: Vec<Levy>| Rate(levies.iter().map(|levy| levy.rate.0).fold(0, i32::saturating_add));
        let turned = match (usual.taxed, &self.turn) {
            (None, _) | (_, None) => return amount,
            (Some(class), Some(Turn::Without(rates))) => carried(amount, sum(rates.at_home(class)), Rate::ZERO),
            (Some(class), Some(Turn::With(rates))) => carried(amount, Rate::ZERO, sum(rates.of(class))),
        };
        self.sale.exchange.ended(turned)
    }

    /// What a price of the usual class of tax is told as, whatever lists say; what costs more is never told as less.
    pub fn told(&self, amount: i64) -> i64 {
        let usual = Usual { variant: VariantId(0), price: amount, compare_at: None, taxed: Some(None) };
        self.shown(&usual, self.sale.exchange.price(amount))
    }

    /// The lowest price of the shop that is told as so much or more.
    pub fn least(&self, told: i64) -> i64 {
        first(|amount| self.told(amount) >= told)
    }

    /// The highest price of the shop that is told as so much or less.
    pub fn most(&self, told: i64) -> i64 {
        (first(|amount| self.told(amount) > told) - 1).max(0)
    }

    /// What everybody there pays for one, with the price before.
    pub fn price_of_all(&self, usual: &Usual, lists: &[PriceList]) -> Price {
        let exchange = self.sale.exchange;
        let all = price_of(lists, &self.asked(usual, &[]));
        let plain = exchange.price(usual.price);
        let before = usual.compare_at.map(|before| exchange.price(before));
        let before = if all == plain { before } else { before.max(Some(plain)) };
        Price::one(self.shown(usual, all), before.map(|before| self.shown(usual, before)))
    }

    /// What this reader pays for one where a list for their groups says something else than everybody pays.
    pub fn own_price(&self, usual: &Usual, lists: &[PriceList]) -> Option<Price> {
        if self.groups.is_empty() {
            return None;
        }
        let price = |groups: &[CustomerGroupId]| price_of(lists, &self.asked(usual, groups));
        let (mine, all) = (price(self.groups), price(&[]));
        (mine != all).then(|| Price::one(self.shown(usual, mine), Some(self.shown(usual, all))))
    }

    /// From how many pieces on a piece costs this reader how much.
    pub fn steps(&self, usual: &Usual, lists: &[PriceList]) -> Vec<(i32, i64)> {
        let steps = price_steps(lists, &self.asked(usual, self.groups));
        steps.into_iter().map(|(from, price)| (from, self.shown(usual, price))).collect()
    }
}

/// The first amount of which something is true that is true of all above it.
fn first(holds: impl Fn(i64) -> bool) -> i64 {
    let (mut below, mut at) = (-1, MAX_PRICE + 1);
    while below + 1 < at {
        let middle = below + (at - below) / 2;
        if holds(middle) { at = middle } else { below = middle }
    }
    at
}

impl Offer {
    /// What it costs before anything is told of it.
    pub fn before_telling(&self) -> Usual {
        Usual { variant: self.variant, price: self.usual, compare_at: self.usual_before, taxed: self.taxed }
    }
}

impl Listing {
    /// The same as the shop's own prices are asked: bounds as the reader typed them become those of the prices that are told so.
    pub fn asked_by(&self, reader: &Reader<'_>) -> Listing {
        let Filter { min, max, in_stock } = self.filter;
        let (min, max) = (min.map(|min| reader.least(min)), max.map(|max| reader.most(max)));
        Listing { filter: Filter { min, max, in_stock }, ..self.clone() }
    }
}

/// Prices of products in lists that are others than everybody in the primary market sees.
#[derive(Clone, Debug, Default)]
pub struct Prices(Option<HashMap<ProductId, (Price, Option<Content>)>>);

/// A variant in a list.
#[derive(Clone, Copy, Debug)]
pub struct InList {
    pub product: ProductId,
    pub usual: Usual,
    pub content: Option<Content>,
}

impl Prices {
    /// Those of a list's variants, each product's together and in their order.
    pub fn of(reader: &Reader<'_>, lists: &[PriceList], variants: &[InList], plain: bool) -> Prices {
        let mut told = HashMap::new();
        for of_product in variants.chunk_by(|one, other| one.product == other.product) {
            let own = of_product.iter().any(|one| reader.own_price(&one.usual, lists).is_some());
            if plain && !own {
                continue;
            }
            let price = |one: &InList| {
                let price = reader.own_price(&one.usual, lists).unwrap_or_else(|| reader.price_of_all(&one.usual, lists));
                (price, one.content)
            };
            let prices: Vec<_> = of_product.iter().map(price).collect();
            let Some(cheapest) = prices.iter().min_by_key(|(price, _)| price.from) else { continue };
            let highest = prices.iter().map(|(price, _)| price.from).max().unwrap_or(cheapest.0.from);
            let span = Price::span(cheapest.0.from, highest, cheapest.0.before());
            told.insert(of_product[0].product, (span, cheapest.1));
        }
        Prices(Some(told))
    }

    /// The cards with the prices that are told.
    pub fn on<'a>(&self, cards: &'a [Card]) -> Cow<'a, [Card]> {
        match &self.0 {
            None => Cow::Borrowed(cards),
            Some(_) => Cow::Owned(cards.iter().map(|card| self.on_one(card)).collect()),
        }
    }

    /// A card with the price that is told.
    pub fn on_one(&self, card: &Card) -> Card {
        let told = self.0.as_ref().and_then(|told| told.get(&card.id));
        told.map_or_else(|| card.clone(), |(price, content)| Card { price: *price, content: *content, ..card.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engines::pricing::Rounding;
    use crate::platform::base::{Currency, Ending, Exchange, ExchangeRate, MarketId, PriceListId};

    fn reader(groups: &[CustomerGroupId]) -> Reader<'_> {
        let (to, rate) = ("CHF".parse().expect("known"), ExchangeRate::parse("0.95").expect("a rate"));
        let exchange = Exchange { from: Currency::EUR, to, rate, ending: Ending::To90 };
        Reader { sale: Sale { market: MarketId(2), exchange }, groups, turn: None, now: chrono::DateTime::UNIX_EPOCH }
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(10_000))]
        #[test]
        fn bounds_hold_exactly_the_prices_that_are_told_within_them(told in 0..1_000_000_i64) {
            let reader = reader(&[]);
            let (least, most) = (reader.least(told), reader.most(told));
            proptest::prop_assert!(reader.told(least) >= told && (least == 0 || reader.told(least - 1) < told));
            proptest::prop_assert!(reader.told(most) <= told && reader.told(most + 1) > told);
        }
    }

    #[test]
    fn a_list_tells_the_cheapest_of_each_product_in_the_currency_of_the_market() {
        let one = |variant, price, compare_at| InList {
            product: ProductId(1),
            usual: Usual { variant: VariantId(variant), price, compare_at, taxed: None },
            content: None,
        };
        let variants = [one(1, 2000, None), one(2, 1000, Some(1500))];
        let group = [CustomerGroupId(7)];
        let list = PriceList {
            id: PriceListId(1),
            currency: Currency::EUR,
            groups: Some(group.to_vec()),
            markets: None,
            from: None,
            until: None,
            off: Rate(500_000),
            from_quantity: 1,
            rounding: Rounding::None,
            spares: Vec::new(),
            prices: HashMap::new(),
        };
        let told = |reader: &Reader<'_>| {
            Prices::of(reader, std::slice::from_ref(&list), &variants, false).0.expect("told")[&ProductId(1)].0
        };
        let all = told(&reader(&[]));
        assert_eq!((all.from, all.to, all.before()), (990, 1890, Some(1390)), "9.50, 19 and 14.25 end on .90");
        let mine = told(&reader(&group));
        assert_eq!((mine.from, mine.to, mine.before()), (495, 945, Some(990)), "half of what everybody pays");
    }
}
