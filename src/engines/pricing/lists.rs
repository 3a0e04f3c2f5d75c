//! Price lists: which of them decides what a line costs. Pure; the first by position that holds for a line does.

use std::collections::{BTreeSet, HashMap};

use super::arithmetic::{ONE, half_up};
use super::rounding::Rounding;
use crate::platform::base::{
    Currency, CustomerGroupId, Exchange, MarketId, Message, Moment, Name, PriceListId, Rate, Refusal, VariantId,
};
use crate::platform::settings::Market;

/// The highest price on a list, in minor units.
pub const MAX_PRICE: i64 = 100_000_000_000;

/// A price list as far as some variants are concerned.
#[derive(Clone, Debug, PartialEq)]
pub struct PriceList {
    pub id: PriceListId,
    pub currency: Currency,
    /// `None`: for everybody.
    pub groups: Option<Vec<CustomerGroupId>>,
    /// `None`: in all markets.
    pub markets: Option<Vec<MarketId>>,
    pub from: Option<Moment>,
    pub until: Option<Moment>,
    /// Taken off the usual price; zero: own prices alone.
    pub off: Rate,
    /// Pieces of a line from which the percentage holds.
    pub from_quantity: i32,
    pub rounding: Rounding,
    /// Gift cards: what they are worth is what they cost, so no percentage is taken off them.
    pub spares: Vec<VariantId>,
    /// Own prices: from so many pieces, so much a piece; the fewest pieces first.
    pub prices: HashMap<VariantId, Vec<(i32, i64)>>,
}

/// Where something is sold: a market, and the way to its currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sale {
    pub market: MarketId,
    pub exchange: Exchange,
}

impl From<&Market> for Sale {
    fn from(market: &Market) -> Sale {
        Sale { market: market.id, exchange: market.exchange }
    }
}

/// What a price is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    pub variant: VariantId,
    /// The usual price of a piece, in minor units of the shop's currency.
    pub usual: i64,
    pub quantity: i32,
    /// The groups that the customer is in; empty for guests.
    pub groups: &'a [CustomerGroupId],
    pub sale: Sale,
    pub now: Moment,
}

impl Asked<'_> {
    /// The usual price in the currency of the market.
    pub fn usual_there(&self) -> i64 {
        self.sale.exchange.price(self.usual)
    }
}

impl PriceList {
    /// Whether it runs at this moment.
    pub fn runs(&self, now: Moment) -> bool {
        self.from.is_none_or(|from| from <= now) && self.until.is_none_or(|until| now < until)
    }

    fn is_for(&self, groups: &[CustomerGroupId]) -> bool {
        self.groups.as_ref().is_none_or(|mine| mine.iter().any(|group| groups.contains(group)))
    }

    /// Whether it holds in that market: it is for it, and in its currency or the shop's own.
    fn is_sold_in(&self, sale: &Sale) -> bool {
        let paid_in = self.currency == sale.exchange.to || self.currency == sale.exchange.from;
        paid_in && self.markets.as_ref().is_none_or(|mine| mine.contains(&sale.market))
    }

    /// What it says a piece costs, in the currency of the market: its own price for so many pieces, else the usual one less the percentage. `None`: it says nothing.
    fn price(&self, asked: &Asked<'_>) -> Option<i64> {
        if !self.runs(asked.now) || !self.is_for(asked.groups) || !self.is_sold_in(&asked.sale) {
            return None;
        }
        let steps = self.prices.get(&asked.variant).map_or(&[][..], Vec::as_slice);
        let own = steps.iter().filter(|(from, _)| *from <= asked.quantity).max_by_key(|(from, _)| *from);
        if let Some((_, amount)) = own {
            let there = self.currency == asked.sale.exchange.to;
            return Some(if there { *amount } else { asked.sale.exchange.price(*amount) });
        }
        let holds = self.off > Rate::ZERO && asked.quantity >= self.from_quantity;
        let takes_off = holds && !self.spares.contains(&asked.variant);
        takes_off.then(|| {
            let usual = asked.usual_there();
            let left = half_up(i128::from(usual.max(0)) * (ONE - i128::from(self.off.0)), ONE);
            let left = i64::try_from(left).unwrap_or(usual);
            self.rounding.applied(left, usual, asked.sale.exchange.to)
        })
    }
}

/// What a price list makes of a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    pub list: PriceListId,
    /// Of one piece, in minor units.
    pub amount: i64,
}

/// The price of the first list that says one; the lists lie in the order of their positions.
pub fn listed(lists: &[PriceList], asked: &Asked<'_>) -> Option<Listed> {
    lists.iter().find_map(|list| Some(Listed { list: list.id, amount: list.price(asked)? }))
}

/// What a piece costs when so many are bought, by lists or as usual.
pub fn price_of(lists: &[PriceList], asked: &Asked<'_>) -> i64 {
    listed(lists, asked).map_or_else(|| asked.usual_there(), |listed| listed.amount)
}

/// From how many pieces on a piece costs how much: where the price changes, beginning with one piece.
pub fn price_steps(lists: &[PriceList], asked: &Asked<'_>) -> Vec<(i32, i64)> {
    let of_list = |list: &PriceList| {
        let own = list.prices.get(&asked.variant).into_iter().flatten().map(|step| step.0);
        own.chain([list.from_quantity]).collect::<Vec<_>>()
    };
    let from: BTreeSet<i32> = lists.iter().flat_map(of_list).chain([1]).collect();
    let mut steps: Vec<(i32, i64)> = Vec::new();
    for quantity in from {
        let price = price_of(lists, &Asked { quantity, ..*asked });
        if steps.last().is_none_or(|last| last.1 != price) {
            steps.push((quantity, price));
        }
    }
    steps
}

/// The lists that concern some goods, with the groups of whoever buys them and where.
#[derive(Clone, Debug)]
pub struct Tariff {
    pub lists: Vec<PriceList>,
    pub groups: Vec<CustomerGroupId>,
    pub sale: Sale,
}

impl Tariff {
    /// What a piece costs there when so many are bought.
    pub fn price(&self, variant: VariantId, usual: i64, quantity: i32, now: Moment) -> i64 {
        price_of(&self.lists, &Asked { variant, usual, quantity, groups: &self.groups, sale: self.sale, now })
    }
}

/// A price list as staff want it.
#[derive(Clone, Debug, PartialEq)]
pub struct ListDraft {
    pub name: Name<80>,
    pub active: bool,
    /// `None`: for everybody.
    pub groups: Option<Vec<CustomerGroupId>>,
    /// `None`: in all markets.
    pub markets: Option<Vec<MarketId>>,
    /// What its own prices are in.
    pub currency: Currency,
    pub from: Option<Moment>,
    pub until: Option<Moment>,
    pub off: Rate,
    pub from_quantity: i32,
    pub rounding: Rounding,
}

/// Why a price list or one of its prices is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListRefused {
    NameTaken,
    /// For groups, and none is named.
    NoGroup,
    /// For some markets, and none is named.
    NoMarket,
    /// Its own prices are in another currency already.
    CurrencyFixed,
    /// It ends before it begins.
    Dates,
    /// Somebody saved it since the form was opened.
    Changed,
    /// It is no longer there.
    Gone,
    /// There is no variant of this SKU.
    UnknownSku,
}

impl Refusal for ListRefused {
    fn message(&self) -> Message {
        Message::new(match self {
            ListRefused::NameTaken => "pricing-name-taken",
            ListRefused::NoGroup => "pricing-no-group",
            ListRefused::NoMarket => "pricing-no-market",
            ListRefused::CurrencyFixed => "pricing-currency-fixed",
            ListRefused::Dates => "pricing-dates",
            ListRefused::Changed => "pricing-changed",
            ListRefused::Gone => "pricing-gone",
            ListRefused::UnknownSku => "pricing-unknown-sku",
        })
    }
}

impl ListDraft {
    /// Whether it is whole in itself.
    pub fn check(&self) -> Result<(), ListRefused> {
        if self.groups.as_ref().is_some_and(Vec::is_empty) {
            return Err(ListRefused::NoGroup);
        }
        if self.markets.as_ref().is_some_and(Vec::is_empty) {
            return Err(ListRefused::NoMarket);
        }
        match (self.from, self.until) {
            (Some(from), Some(until)) if until <= from => Err(ListRefused::Dates),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Duration};
    use proptest::prelude::*;

    use super::*;
    use crate::platform::base::{Ending, ExchangeRate};

    const TEA: VariantId = VariantId(1);

    fn home() -> Sale {
        Sale { market: MarketId(1), exchange: Exchange::none(Currency::EUR) }
    }

    /// Francs at 0.95, prices ending on …,90.
    fn abroad() -> Sale {
        let (to, rate) = ("CHF".parse().expect("known"), ExchangeRate::parse("0.95").expect("a rate"));
        Sale { market: MarketId(2), exchange: Exchange { from: Currency::EUR, to, rate, ending: Ending::To90 } }
    }

    fn at(minutes: i64) -> Moment {
        DateTime::UNIX_EPOCH + Duration::minutes(minutes)
    }

    fn list(id: i64) -> PriceList {
        PriceList {
            id: PriceListId(id),
            currency: Currency::EUR,
            groups: None,
            markets: None,
            from: None,
            until: None,
            off: Rate::ZERO,
            from_quantity: 1,
            rounding: Rounding::None,
            spares: Vec::new(),
            prices: HashMap::new(),
        }
    }

    fn asked(quantity: i32, groups: &[CustomerGroupId]) -> Asked<'_> {
        Asked { variant: TEA, usual: 1000, quantity, groups, sale: home(), now: at(60) }
    }

    #[test]
    fn own_prices_go_before_the_percentage_and_hold_from_their_number_of_pieces() {
        let mine = PriceList { off: Rate(100_000), prices: [(TEA, vec![(5, 800), (10, 700)])].into(), ..list(1) };
        let price = |quantity| price_of(std::slice::from_ref(&mine), &asked(quantity, &[]));
        assert_eq!([1, 4, 5, 9, 10, 9999].map(price), [900, 900, 800, 800, 700, 700]);
        assert_eq!(price_steps(std::slice::from_ref(&mine), &asked(1, &[])), [(1, 900), (5, 800), (10, 700)]);
        assert_eq!(price_steps(&[], &asked(1, &[])), [(1, 1000)]);
    }

    #[test]
    fn groups_dates_and_positions_decide() {
        let trade = PriceList { groups: Some(vec![CustomerGroupId(7)]), off: Rate(200_000), ..list(1) };
        let sale = PriceList { from: Some(at(60)), until: Some(at(61)), off: Rate(500_000), ..list(2) };
        let lists = [trade, sale];
        assert_eq!(listed(&lists, &asked(1, &[CustomerGroupId(7)])), Some(Listed { list: PriceListId(1), amount: 800 }));
        assert_eq!(listed(&lists, &asked(1, &[CustomerGroupId(8)])), Some(Listed { list: PriceListId(2), amount: 500 }));
        let price = |minutes| price_of(&lists, &Asked { now: at(minutes), ..asked(1, &[]) });
        assert_eq!([59, 60, 61].map(price), [1000, 500, 1000]);
        let card = PriceList { off: Rate(100_000), spares: vec![TEA], ..list(4) };
        assert_eq!(listed(&[card], &asked(1, &[])), None, "a gift card costs what it is worth");
        let nobody = PriceList { groups: Some(Vec::new()), off: Rate(900_000), ..list(3) };
        assert_eq!(listed(&[nobody], &asked(1, &[])), None, "a list whose groups are gone is for nobody");
    }

    #[test]
    fn markets_and_currencies_decide_where_a_list_holds() {
        let chf = "CHF".parse().expect("known");
        let there = |lists: &[PriceList]| price_of(lists, &Asked { sale: abroad(), ..asked(1, &[]) });
        let here = |lists: &[PriceList]| price_of(lists, &asked(1, &[]));
        assert_eq!((here(&[]), there(&[])), (1000, 990), "9.50 ends on .90");
        let own = [PriceList { currency: chf, prices: [(TEA, vec![(1, 777)])].into(), ..list(1) }];
        assert_eq!((here(&own), there(&own)), (1000, 777), "a list in francs says nothing of euros");
        let euros = [PriceList { prices: [(TEA, vec![(1, 800)])].into(), ..list(1) }];
        assert_eq!((here(&euros), there(&euros)), (800, 790), "7.60 ends on .90");
        let only_there = [PriceList { markets: Some(vec![MarketId(2)]), off: Rate(100_000), ..list(1) }];
        assert_eq!((here(&only_there), there(&only_there)), (1000, 891), "a tenth off 9.90");
        let both = [only_there[0].clone(), euros[0].clone()];
        assert_eq!((here(&both), there(&both)), (800, 891), "the first that holds there");
        let nowhere = [PriceList { markets: Some(Vec::new()), off: Rate(100_000), ..list(1) }];
        assert_eq!((here(&nowhere), there(&nowhere)), (1000, 990));
    }

    prop_compose! {
        fn a_list()(
            id in 1..1000_i64, groups in prop::option::of(prop::collection::vec((1..4_i64).prop_map(CustomerGroupId), 0..3)),
            from in prop::option::of(0..100_i64), until in prop::option::of(0..100_i64), off in 0..=1_000_000_i32, from_quantity in 1..30_i32,
            rounding in prop::sample::select(Rounding::ALL), own in prop::collection::btree_map(1..30_i32, 0..5000_i64, 0..4),
        ) -> PriceList {
            let prices = if own.is_empty() { HashMap::new() } else { [(TEA, own.into_iter().collect())].into() };
            PriceList { groups, from: from.map(at), until: until.map(at), off: Rate(off), from_quantity, rounding, prices, ..list(id) }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Against the rule said in another way: a list holds when it runs, is for one of the groups, and names a price or a percentage for so many.
        #[test]
        fn the_first_list_that_holds_decides(
            lists in prop::collection::vec(a_list(), 0..6), usual in 0..100_000_i64, quantity in 1..40_i32,
            groups in prop::collection::vec((1..4_i64).prop_map(CustomerGroupId), 0..3), minute in 0..100_i64,
        ) {
            let now = at(minute);
            let asked = Asked { variant: TEA, usual, quantity, groups: &groups, sale: home(), now };
            let holds = |list: &&PriceList| {
                let runs = !(list.from.is_some_and(|from| now < from) || list.until.is_some_and(|until| until <= now));
                let meant = match &list.groups { None => true, Some(mine) => groups.iter().any(|group| mine.contains(group)) };
                let own = list.prices.get(&TEA).is_some_and(|steps| steps[0].0 <= quantity);
                runs && meant && (own || list.off.0 > 0 && quantity >= list.from_quantity)
            };
            let first = lists.iter().find(holds);
            let found = listed(&lists, &asked);
            prop_assert_eq!(found.map(|one| one.list), first.map(|list| list.id));
            let price = price_of(&lists, &asked);
            match first {
                None => prop_assert_eq!(price, usual),
                Some(list) => {
                    let own = list.prices.get(&TEA).and_then(|steps| steps.iter().rev().find(|step| step.0 <= quantity));
                    match own {
                        Some((_, amount)) => prop_assert_eq!(price, *amount),
                        None => prop_assert!((0..=usual).contains(&price), "a percentage off makes nothing dearer"),
                    }
                }
            }
        }

        #[test]
        fn the_steps_tell_the_price_of_every_number_of_pieces(
            lists in prop::collection::vec(a_list(), 0..5), usual in 0..100_000_i64, quantity in 1..60_i32,
        ) {
            let asked = Asked { variant: TEA, usual, quantity, groups: &[], sale: home(), now: at(50) };
            let steps = price_steps(&lists, &asked);
            let told = steps.iter().rev().find(|step| step.0 <= quantity).expect("begins with one piece");
            prop_assert_eq!(told.1, price_of(&lists, &asked));
            prop_assert!(steps.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 != two[1].1));
        }
    }
}
