//! Promotions held against baskets: by hand, and whatever comes, 10,000 times.

use proptest::prelude::*;

use super::model::*;
use super::*;
use crate::engines::pricing::{DiscountInput, Reach, split};
use crate::platform::base::{CategoryId, Moment, ProductId, PromotionId, PromotionLaneId, Rate};
use crate::platform::i18n::{Said, Wording};

fn called(name: &str) -> Wording {
    Wording::new(name, Said::default())
}

fn item(product: i64, unit_price: i64, quantity: i64) -> Item {
    let categories = vec![CategoryId(product % 3 + 1)];
    Item { product: ProductId(product), categories, tags: vec!["Tea".into()], unit_price, quantity, discount: 0 }
}

fn facts(items: Vec<Item>) -> Facts {
    Facts { items, shipping: Some(490), ..Facts::default() }
}

fn promotion(id: i64, lane: i64, benefits: Vec<Benefit>) -> Found {
    let draft = PromotionDraft {
        name: format!("P{id}"),
        names: Said::default(),
        lane: PromotionLaneId(lane),
        status: Status::Active,
        coded: false,
        starts_at: None,
        ends_at: None,
        match_all: true,
        conditions: Vec::new(),
        benefits,
        limits: Limits::default(),
    };
    let promotion = Promotion { id: PromotionId(id), draft, lane_position: lane as i32, version: 1 };
    Found { promotion, code: None, spent: None }
}

fn typed(code: &str, found: Found) -> Found {
    Found { code: Some(code.into()), ..found }
}

fn only(found: Found, conditions: Vec<Condition>) -> Found {
    let mut found = found;
    found.promotion.draft.conditions = conditions;
    found
}

fn percent(percent: i32, of: Goods) -> Benefit {
    Benefit::Percent { rate: Rate(percent * 10_000), of }
}

fn product(id: i64) -> Goods {
    Goods::Products(vec![ProductId(id)])
}

fn run(found: Vec<Found>, facts: &Facts) -> Applied {
    apply(&Standing { found, unknown: Vec::new() }, facts)
}

fn amounts(applied: &Applied) -> Vec<(&str, i64)> {
    applied.discounts.iter().map(|one| (one.name.as_str(), one.amount)).collect()
}

#[test]
fn the_best_of_a_lane_wins_for_each_item_and_lanes_work_on_what_is_left() {
    let basket = facts(vec![item(1, 1000, 1), item(2, 5000, 2)]);
    let tea = promotion(1, 0, vec![percent(20, product(1))]);
    let all = promotion(2, 0, vec![percent(10, Goods::All)]);
    let order = promotion(3, 1, vec![Benefit::Amount { amount: 500, each: false, of: Goods::All }]);
    let applied = run(vec![order, all, tea], &basket);
    assert_eq!(amounts(&applied), [("P1", 200), ("P2", 1000), ("P3", 500)]);
    assert_eq!(applied.on_lines[0], [(called("P1"), 200), (called("P3"), 41)]);
    // 10 % of the rest comes second, so it is 10 % of less.
    let ten = |lane| promotion(lane, lane, vec![percent(10, Goods::All)]);
    assert_eq!(amounts(&run(vec![ten(0), ten(1)], &facts(vec![item(1, 1000, 1)]))), [("P0", 100), ("P1", 90)]);
}

#[test]
fn a_percentage_is_rounded_once_over_all_its_lines() {
    let basket = facts(vec![item(1, 5, 1), item(2, 5, 1), item(3, 5, 1)]);
    assert_eq!(amounts(&run(vec![promotion(1, 0, vec![percent(10, Goods::All)])], &basket)), [("P1", 2)]);
}

#[test]
fn an_amount_together_wins_only_where_it_is_more_than_its_items_get() {
    let basket = facts(vec![item(1, 1000, 1), item(2, 1000, 1)]);
    let half = promotion(1, 0, vec![percent(50, product(1))]);
    let off = |amount| promotion(2, 0, vec![Benefit::Amount { amount, each: false, of: Goods::All }]);
    assert_eq!(amounts(&run(vec![half.clone(), off(500)], &basket)), [("P1", 500)]);
    assert_eq!(amounts(&run(vec![half, off(501)], &basket)), [("P2", 501)]);
    assert_eq!(amounts(&run(vec![off(99_999)], &basket)), [("P2", 2000)], "never more than there is");
}

#[test]
fn who_buys_two_gets_the_cheapest_third_and_no_piece_counts_twice() {
    let rate = Rate(1_000_000);
    let bundle = |buy_of, get_of, times| {
        let benefit = Benefit::BuyGet { buy: 2, buy_of, get: 1, get_of, rate, times };
        vec![promotion(1, 0, vec![benefit])]
    };
    let mixed = facts(vec![item(1, 900, 2), item(2, 500, 1)]);
    assert_eq!(amounts(&run(bundle(Goods::All, Goods::All, None), &mixed)), [("P1", 500)]);
    let pieces = |quantity| facts(vec![item(1, 300, quantity)]);
    for (quantity, off) in [(2, 0), (3, 300), (5, 300), (6, 600), (7, 600)] {
        let applied = run(bundle(Goods::All, Goods::All, None), &pieces(quantity));
        assert_eq!(applied.off_goods(), off, "{quantity} pieces");
    }
    assert_eq!(run(bundle(Goods::All, Goods::All, Some(1)), &pieces(9)).off_goods(), 300);
    assert_eq!(run(bundle(product(1), product(2), None), &mixed).off_goods(), 500);
    assert_eq!(run(bundle(product(2), product(1), None), &mixed).off_goods(), 0, "one of them is no two");
    // Bought and got overlap: the cheap bought ones must stay bought.
    let overlap = facts(vec![item(1, 100, 2), item(2, 800, 1)]);
    assert_eq!(run(bundle(product(1), Goods::All, None), &overlap).off_goods(), 800);
}

#[test]
fn fixed_prices_tiers_and_sending() {
    let basket = facts(vec![item(1, 1999, 2), item(2, 900, 1)]);
    let fixed = promotion(1, 0, vec![Benefit::FixedPrice { price: 1000, of: Goods::All }]);
    assert_eq!(amounts(&run(vec![fixed], &basket)), [("P1", 1998)]);
    let steps = vec![(2000, Off::Amount(200)), (4000, Off::Percent(Rate(100_000)))];
    let tiers = |by, steps| vec![promotion(1, 0, vec![Benefit::Tiers { by, of: Goods::All, steps }])];
    assert_eq!(amounts(&run(tiers(Basis::Subtotal, steps.clone()), &basket)), [("P1", 490)]);
    assert_eq!(amounts(&run(tiers(Basis::Subtotal, steps), &facts(vec![item(1, 3999, 1)]))), [("P1", 200)]);
    let by_pieces = vec![(3, Off::Percent(Rate(50_000)))];
    assert_eq!(amounts(&run(tiers(Basis::Quantity, by_pieces), &basket)), [("P1", 245)]);
    let free = |at_most| vec![promotion(1, 2, vec![Benefit::FreeShipping { at_most }])];
    assert_eq!(amounts(&run(free(None), &basket)), [("P1", 490)]);
    assert_eq!(amounts(&run(free(Some(300)), &basket)), [("P1", 300)]);
}

#[test]
fn a_gift_is_offered_until_it_is_there_and_does_not_help_to_reach_itself() {
    let gift = |at_least| {
        let found = promotion(1, 0, vec![Benefit::Gift { product: ProductId(2), pieces: 1 }]);
        only(found, vec![Condition::Subtotal { at_least, of: Goods::All }])
    };
    let without = run(vec![typed("GIFT", gift(1000))], &facts(vec![item(1, 1000, 1)]));
    assert_eq!(without.gifts, [GiftOffer { promotion: PromotionId(1), product: ProductId(2), pieces: 1 }]);
    assert_eq!((without.discounts.len(), without.counting.len()), (0, 1));
    let with = run(vec![gift(1000)], &facts(vec![item(1, 1000, 1), item(2, 700, 2)]));
    assert_eq!((amounts(&with), with.gifts.len()), (vec![("P1", 700)], 0));
    assert_eq!(run(vec![gift(1001)], &facts(vec![item(1, 1000, 1), item(2, 700, 1)])).discounts.len(), 0);
}

#[test]
fn a_code_that_does_not_count_says_why() {
    let now = Moment::default();
    let ten = || typed("TEN", promotion(1, 0, vec![percent(10, Goods::All)]));
    let why = |found: Found, facts: &Facts| run(vec![found], facts).refused.pop().map(|refused| refused.1);
    let basket = facts(vec![item(1, 1000, 2)]);
    let mut later = ten();
    later.promotion.draft.starts_at = Some(now + chrono::Duration::days(1));
    assert!(matches!(why(later.clone(), &basket), Some(CodeRefused::NotYet { .. })));
    later.promotion.draft.status = Status::Draft;
    assert_eq!(why(later, &basket), Some(CodeRefused::Unknown), "nobody hears of what is being prepared");
    let mut over = ten();
    over.promotion.draft.ends_at = Some(now);
    assert_eq!(why(over, &basket), Some(CodeRefused::Over));
    assert_eq!(why(Found { spent: Some(Spent::ByAll), ..ten() }, &basket), Some(CodeRefused::UsedUp));
    assert_eq!(why(Found { spent: Some(Spent::ByShopper), ..ten() }, &basket), Some(CodeRefused::UsedByShopper));
    let subtotal = Condition::Subtotal { at_least: 2500, of: Goods::All };
    let short = Unmet::Subtotal { missing: 500, of_some: false };
    assert_eq!(why(only(ten(), vec![subtotal.clone()]), &basket), Some(CodeRefused::Unmet(short)));
    let first = only(ten(), vec![Condition::FirstOrder]);
    assert_eq!(why(first.clone(), &basket), None, "who they are is not known yet");
    let known = Facts { first_order: Some(false), ..basket.clone() };
    assert_eq!(why(first, &known), Some(CodeRefused::Unmet(Unmet::NotFirst)));
    let mut any = only(ten(), vec![subtotal, Condition::Quantity { at_least: 2, of: product(1) }]);
    any.promotion.draft.match_all = false;
    assert_eq!(why(any, &basket), None, "one of them is enough");
    let elsewhere = typed("X", promotion(1, 0, vec![percent(10, product(9))]));
    assert_eq!(why(elsewhere, &basket), Some(CodeRefused::NothingToTake));
    let more = promotion(2, 0, vec![percent(20, Goods::All)]);
    let beaten = run(vec![ten(), more], &basket).refused;
    assert_eq!(beaten, [("TEN".to_owned(), CodeRefused::Beaten { by: called("P2") })]);
    let twice = run(vec![ten(), Found { code: Some("TWO".into()), ..ten() }], &basket);
    assert_eq!((twice.refused, twice.discounts.len()), (vec![("TWO".to_owned(), CodeRefused::Same)], 1));
    assert_eq!(normal_code(" wel come-10 ").as_deref(), Some("WELCOME-10"));
    assert_eq!(normal_code("a<b"), None);
}

/// Takes discounts off a basket as the quote does, each from what is left; panics below zero.
fn taken(facts: &Facts, discounts: &[DiscountInput]) -> (Vec<i64>, i64) {
    let mut lines: Vec<i64> = facts.items.iter().map(Item::total).collect();
    let mut shipping = facts.shipping.unwrap_or(0);
    for one in discounts {
        match &one.reach {
            Reach::Shipping => shipping -= one.amount,
            Reach::Order => unreachable!("promotions name their lines"),
            Reach::Lines(reach) => {
                let weights: Vec<i64> = reach.iter().map(|line| lines[*line]).collect();
                let shares = split(one.amount, &weights);
                assert_eq!(shares.iter().sum::<i64>(), one.amount);
                reach.iter().zip(shares).for_each(|(line, share)| lines[*line] -= share);
            }
        }
        assert!(one.amount > 0 && shipping >= 0 && lines.iter().all(|left| *left >= 0), "{one:?} leaves {lines:?}, {shipping}");
    }
    (lines, shipping)
}

fn some_goods() -> impl Strategy<Value = Goods> {
    prop_oneof![
        Just(Goods::All),
        (1..6_i64).prop_map(product),
        (1..4_i64).prop_map(|id| Goods::Categories(vec![CategoryId(id)])),
        Just(Goods::Tags(vec!["tea".into()])),
    ]
}

fn some_off() -> impl Strategy<Value = Off> {
    prop_oneof![(1..=1_000_000_i32).prop_map(|rate| Off::Percent(Rate(rate))), (1..50_000_i64).prop_map(Off::Amount)]
}

fn some_benefit() -> impl Strategy<Value = Benefit> {
    let tiers = (any::<bool>(), some_goods(), prop::collection::vec((1..5_000_i64, some_off()), 1..4));
    prop_oneof![
        (1..=1_000_000_i32, some_goods()).prop_map(|(rate, of)| Benefit::Percent { rate: Rate(rate), of }),
        (1..50_000_i64, any::<bool>(), some_goods()).prop_map(|(amount, each, of)| Benefit::Amount { amount, each, of }),
        (0..5_000_i64, some_goods()).prop_map(|(price, of)| Benefit::FixedPrice { price, of }),
        prop::option::of(1..900_i64).prop_map(|at_most| Benefit::FreeShipping { at_most }),
        (1..4_i64, some_goods(), 1..4_i64, some_goods(), 1..=1_000_000_i32, prop::option::of(1..3_i64)).prop_map(
            |(buy, buy_of, get, get_of, rate, times)| Benefit::BuyGet { buy, buy_of, get, get_of, rate: Rate(rate), times }
        ),
        (1..6_i64, 1..3_i64).prop_map(|(id, pieces)| Benefit::Gift { product: ProductId(id), pieces }),
        tiers.prop_map(|(pieces, of, mut steps)| {
            steps.sort_by_key(|step| step.0);
            Benefit::Tiers { by: if pieces { Basis::Quantity } else { Basis::Subtotal }, of, steps }
        }),
    ]
}

prop_compose! {
    fn some_items()(rows in prop::collection::vec((1..6_i64, 0..20_000_i64, 1..12_i64, 0..=100_i64), 1..8)) -> Vec<Item> {
        rows.into_iter().map(|(id, price, quantity, off)| Item { discount: price * quantity * off / 200, ..item(id, price, quantity) }).collect()
    }
}

prop_compose! {
    fn some_promotions()(rows in prop::collection::vec((0..3_i64, prop::collection::vec(some_benefit(), 1..3), any::<bool>()), 0..7)) -> Vec<Found> {
        let found = |(id, (lane, benefits, coded)): (usize, (i64, Vec<Benefit>, bool))| {
            let found = promotion(id as i64 + 1, lane, benefits);
            if coded { typed(&format!("C{id}"), found) } else { found }
        };
        rows.into_iter().enumerate().map(found).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn nothing_falls_below_zero_and_every_sum_agrees(items in some_items(), shipping in prop::option::of(0..2_000_i64), found in some_promotions()) {
        let facts = Facts { items, shipping, ..Facts::default() };
        let applied = run(found.clone(), &facts);
        let (lines, _) = taken(&facts, &applied.discounts);
        for ((item, left), named) in facts.items.iter().zip(&lines).zip(&applied.on_lines) {
            prop_assert_eq!(item.total() - left, named.iter().map(|(_, amount)| amount).sum::<i64>());
        }
        let codes = found.iter().filter(|found| found.code.is_some()).count();
        prop_assert_eq!(applied.counting.len() + applied.refused.len(), codes, "each code counts or says why not");
    }

    #[test]
    fn a_lane_gives_at_least_what_any_of_its_promotions_would_alone(items in some_items(), found in some_promotions()) {
        let facts = facts(items);
        let one_lane: Vec<Found> = found.into_iter().map(|mut found| { found.promotion.draft.lane = PromotionLaneId(0); found.promotion.lane_position = 0; found }).collect();
        let sum = |applied: &Applied| applied.discounts.iter().map(|one| one.amount).sum::<i64>();
        let all = sum(&run(one_lane.clone(), &facts));
        for alone in &one_lane {
            // A percentage is rounded over the lines it wins: up to a unit for each, on both sides.
            let by_itself = sum(&run(vec![alone.clone()], &facts));
            prop_assert!(all + 2 * facts.items.len() as i64 >= by_itself, "{} alone takes {by_itself}, the lane {all}", alone.promotion.draft.name);
        }
        let shipping: Vec<_> = run(one_lane, &facts).discounts.into_iter().filter(|one| one.reach == Reach::Shipping).collect();
        prop_assert!(shipping.len() <= 1, "one lane takes off sending once");
    }

    #[test]
    fn a_later_lane_changes_nothing_before_it(items in some_items(), found in some_promotions()) {
        let facts = facts(items);
        let before: Vec<Found> = found.iter().filter(|found| found.promotion.lane_position < 2).cloned().collect();
        let (whole, first) = (run(found, &facts).discounts, run(before, &facts).discounts);
        prop_assert_eq!(&whole[..first.len()], &first[..]);
        let (left, _) = taken(&facts, &first);
        prop_assert!(left.iter().zip(taken(&facts, &whole).0).all(|(before, after)| after <= *before));
    }
}
