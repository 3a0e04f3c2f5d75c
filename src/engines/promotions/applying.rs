//! Applying promotions: lane after lane on what is left, in each lane the best for the shopper. Pure: facts in, discounts out.

use std::collections::BTreeMap;

use super::judging::judge;
use super::model::{Benefit, Facts, Found, Standing};
use super::refusals::CodeRefused;
use super::taking::{Left, Take};
use crate::engines::pricing::{DiscountInput, ONE, Reach, half_up, split};
use crate::platform::base::{ProductId, PromotionId, Rate};
use crate::platform::i18n::Wording;

/// What promotions do to a basket.
#[derive(Clone, Debug, Default)]
pub struct Applied {
    /// In the order in which they are taken off.
    pub discounts: Vec<DiscountInput>,
    /// For each line the names of what is taken off it, with the amounts.
    pub on_lines: Vec<Vec<(Wording, i64)>>,
    /// The codes that count, with the names of their promotions.
    pub counting: Vec<(String, Wording)>,
    /// The codes that do not, and why.
    pub refused: Vec<(String, CodeRefused)>,
    /// Gifts that the shopper may have and has not in the basket.
    pub gifts: Vec<GiftOffer>,
}

/// A gift that waits to be put in the basket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GiftOffer {
    pub promotion: PromotionId,
    pub product: ProductId,
    /// So many more pieces.
    pub pieces: i64,
}

impl Applied {
    /// What is taken off each line.
    pub fn off_lines(&self) -> Vec<i64> {
        self.on_lines.iter().map(|line| line.iter().map(|(_, amount)| amount).sum()).collect()
    }

    /// What is taken off goods.
    pub fn off_goods(&self) -> i64 {
        self.discounts.iter().filter(|one| one.reach != Reach::Shipping).map(|one| one.amount).fold(0, i64::saturating_add)
    }
}

/// Where a line's best comes from: the promotion in the lane, and its benefit.
type Source = (usize, usize);

/// Applies what stands to a basket.
pub fn apply(standing: &Standing, facts: &Facts) -> Applied {
    let mut applied = Applied { on_lines: vec![Vec::new(); facts.items.len()], ..Applied::default() };
    applied.refused = standing.unknown.iter().map(|code| (code.clone(), CodeRefused::Unknown)).collect();
    let lanes = lanes_of(standing, facts, &mut applied);
    let lines = facts.items.iter().map(|item| item.total()).collect();
    let mut left = Left { facts, lines, shipping: facts.shipping.unwrap_or(0).max(0) };
    for lane in lanes.into_values() {
        let won = apply_lane(&lane, &mut left, &mut applied);
        for (at, found) in lane.iter().enumerate() {
            gifts(found, facts, &mut applied.gifts);
            let Some(code) = &found.code else { continue };
            match won.contains(&at) || offers_gift(found, &applied.gifts) {
                true => applied.counting.push((code.clone(), found.promotion.draft.called())),
                false => applied.refused.push((code.clone(), why_nothing(&lane, at, &won, facts))),
            }
        }
    }
    applied
}

/// The promotions that may apply, by lane; automatic ones first, so that of two equal ones no code is used up.
fn lanes_of<'f>(standing: &'f Standing, facts: &Facts, applied: &mut Applied) -> BTreeMap<(i32, i64), Vec<&'f Found>> {
    let mut lanes: BTreeMap<(i32, i64), Vec<&Found>> = BTreeMap::new();
    for found in &standing.found {
        let lane = lanes.entry((found.promotion.lane_position, found.promotion.draft.lane.0)).or_default();
        match (judge(found, facts), &found.code) {
            (Ok(()), Some(code)) if lane.iter().any(|other| other.promotion.id == found.promotion.id) => {
                applied.refused.push((code.clone(), CodeRefused::Same));
            }
            (Ok(()), _) => lane.push(found),
            (Err(why), Some(code)) => applied.refused.push((code.clone(), why)),
            (Err(_), None) => {}
        }
    }
    for lane in lanes.values_mut() {
        lane.sort_by_key(|found| (found.code.is_some(), found.promotion.id));
    }
    lanes
}

/// Takes the best of a lane off what is left; says which of its promotions took something.
fn apply_lane(lane: &[&Found], left: &mut Left<'_>, applied: &mut Applied) -> Vec<usize> {
    let mut takes: Vec<(Source, Take)> = Vec::new();
    for (at, found) in lane.iter().enumerate() {
        takes.extend(found.promotion.draft.benefits.iter().enumerate().map(|(row, benefit)| ((at, row), left.take(benefit))));
    }
    let mut best: Vec<(i64, Option<Source>)> = vec![(0, None); left.lines.len()];
    for (source, take) in &takes {
        for (line, amount) in per_line(take, &left.lines) {
            if amount > best[line].0 {
                best[line] = (amount, Some(*source));
            }
        }
    }
    let together = best_together(&takes, &left.lines, &best);
    if let Some((_, _, lines)) = &together {
        lines.iter().for_each(|line| best[*line] = (0, None));
    }
    let mut discounts: Vec<(Source, i64, Reach, Vec<usize>)> = Vec::new();
    for (source, take) in &takes {
        let won: Vec<usize> = (0..best.len()).filter(|line| best[*line].1 == Some(*source)).collect();
        match take {
            Take::Percent { rate, .. } if !won.is_empty() => {
                let sum = won.iter().map(|line| i128::from(left.lines[*line])).sum();
                discounts.push((*source, part(sum, *rate), Reach::Lines(won.clone()), won));
            }
            _ => discounts.extend(won.iter().map(|line| (*source, best[*line].0, Reach::Lines(vec![*line]), vec![*line]))),
        }
    }
    discounts.extend(together.map(|(source, amount, lines)| (source, amount, Reach::Lines(lines.clone()), lines)));
    discounts.extend(best_shipping(&takes).map(|(source, amount)| (source, amount, Reach::Shipping, Vec::new())));
    discounts.sort_by_key(|discount| discount.0);
    let mut won = Vec::new();
    for (source, amount, reach, lines) in discounts.into_iter().filter(|discount| discount.1 > 0) {
        let found = lane[source.0];
        won.push(source.0);
        charge(left, &found.promotion.draft.called(), amount, &lines, &mut applied.on_lines);
        let (name, names) = (found.promotion.draft.name.clone(), found.promotion.draft.names.clone());
        let (promotion, code) = (Some(found.promotion.id), found.code.clone());
        applied.discounts.push(DiscountInput { name, names, promotion, code, amount, reach });
    }
    won
}

/// What a benefit would take off each line by itself.
fn per_line(take: &Take, left: &[i64]) -> Vec<(usize, i64)> {
    match take {
        Take::Percent { rate, lines } => lines.iter().map(|line| (*line, part(i128::from(left[*line]), *rate))).collect(),
        Take::Each(amounts) => amounts.iter().copied().enumerate().collect(),
        Take::Together { .. } | Take::Shipping(_) => Vec::new(),
    }
}

fn part(sum: i128, rate: Rate) -> i64 {
    i64::try_from(half_up(sum * i128::from(rate.0), ONE)).unwrap_or(i64::MAX)
}

/// The benefit for several lines together that gains most over what its lines have by themselves.
fn best_together(takes: &[(Source, Take)], left: &[i64], best: &[(i64, Option<Source>)]) -> Option<(Source, i64, Vec<usize>)> {
    let mut winner: Option<(i64, (Source, i64, Vec<usize>))> = None;
    for (source, take) in takes {
        let Take::Together { amount, lines } = take else { continue };
        let amount = (*amount).min(lines.iter().map(|line| left[*line]).fold(0, i64::saturating_add));
        let gain = amount - lines.iter().map(|line| best[*line].0).sum::<i64>();
        if gain > winner.as_ref().map_or(0, |winner| winner.0) {
            winner = Some((gain, (*source, amount, lines.clone())));
        }
    }
    winner.map(|winner| winner.1)
}

fn best_shipping(takes: &[(Source, Take)]) -> Option<(Source, i64)> {
    let mut winner: Option<(Source, i64)> = None;
    for (source, take) in takes {
        if let Take::Shipping(amount) = take
            && *amount > winner.map_or(0, |winner| winner.1)
        {
            winner = Some((*source, *amount));
        }
    }
    winner
}

/// Takes an amount off what is left: of these lines, shared as the quote shares it; of no lines: of sending.
fn charge(left: &mut Left<'_>, name: &Wording, amount: i64, lines: &[usize], on_lines: &mut [Vec<(Wording, i64)>]) {
    if lines.is_empty() {
        left.shipping -= amount;
        return;
    }
    let weights: Vec<i64> = lines.iter().map(|line| left.lines[*line]).collect();
    for (line, share) in lines.iter().zip(split(amount, &weights)) {
        left.lines[*line] -= share;
        match on_lines[*line].iter_mut().find(|(other, _)| other == name) {
            Some((_, sum)) => *sum += share,
            None if share > 0 => on_lines[*line].push((name.clone(), share)),
            None => {}
        }
    }
}

/// The gifts of a promotion that are not in the basket yet.
fn gifts(found: &Found, facts: &Facts, offers: &mut Vec<GiftOffer>) {
    for benefit in &found.promotion.draft.benefits {
        let Benefit::Gift { product, pieces } = benefit else { continue };
        let held: i64 = facts.items.iter().filter(|item| item.product == *product).map(|item| item.quantity).sum();
        if held < *pieces && !offers.iter().any(|offer| offer.product == *product) {
            offers.push(GiftOffer { promotion: found.promotion.id, product: *product, pieces: pieces - held });
        }
    }
}

fn offers_gift(found: &Found, offers: &[GiftOffer]) -> bool {
    offers.iter().any(|offer| offer.promotion == found.promotion.id)
}

/// Why a promotion whose conditions hold took nothing off.
fn why_nothing(lane: &[&Found], at: usize, won: &[usize], facts: &Facts) -> CodeRefused {
    let whole =
        Left { facts, lines: facts.items.iter().map(|item| item.total()).collect(), shipping: facts.shipping.unwrap_or(0) };
    let would = lane[at].promotion.draft.benefits.iter().any(|benefit| match whole.take(benefit) {
        Take::Percent { lines, .. } | Take::Together { lines, .. } => !lines.is_empty(),
        Take::Each(amounts) => amounts.iter().any(|amount| *amount > 0),
        Take::Shipping(amount) => amount > 0,
    });
    match won.iter().find(|other| **other != at).map(|other| lane[*other].promotion.draft.called()) {
        Some(by) if would => CodeRefused::Beaten { by },
        _ => CodeRefused::NothingToTake,
    }
}
