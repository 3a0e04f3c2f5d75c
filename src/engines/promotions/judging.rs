//! Whether a promotion may apply to a basket at all, and if not, why.

use super::model::{Benefit, Condition, Facts, Found, Goods, Item, Promotion, Spent, Status};
use super::refusals::{CodeRefused, Unmet};

/// Holds a promotion against the facts.
pub(super) fn judge(found: &Found, facts: &Facts) -> Result<(), CodeRefused> {
    let draft = &found.promotion.draft;
    match draft.starts_at {
        Some(from) if draft.status == Status::Active && from > facts.now => return Err(CodeRefused::NotYet { from }),
        _ if draft.status == Status::Draft => return Err(CodeRefused::Unknown),
        _ if !draft.runs_at(facts.now) => return Err(CodeRefused::Over),
        _ => {}
    }
    match found.spent {
        Some(Spent::ByAll) => return Err(CodeRefused::UsedUp),
        Some(Spent::ByShopper) => return Err(CodeRefused::UsedByShopper),
        None => {}
    }
    let bought = without_gifts(&found.promotion, &facts.items);
    let mut unmet = draft.conditions.iter().filter_map(|condition| check(condition, &bought, facts).err());
    let first = unmet.next();
    let stands = match draft.match_all {
        true => first.is_none(),
        false => draft.conditions.is_empty() || unmet.count() + usize::from(first.is_some()) < draft.conditions.len(),
    };
    match first {
        Some(why) if !stands => Err(CodeRefused::Unmet(why)),
        _ => Ok(()),
    }
}

/// The basket without the pieces that the promotion would give: nobody reaches a threshold with the gift itself.
fn without_gifts(promotion: &Promotion, items: &[Item]) -> Vec<Item> {
    let mut bought = items.to_vec();
    for benefit in &promotion.draft.benefits {
        let Benefit::Gift { product, pieces } = benefit else { continue };
        let mut left = *pieces;
        for item in bought.iter_mut().filter(|item| item.product == *product) {
            let taken = left.min(item.quantity);
            item.quantity -= taken;
            item.discount = item.discount.min(item.unit_price.saturating_mul(item.quantity));
            left -= taken;
        }
    }
    bought
}

fn check(condition: &Condition, items: &[Item], facts: &Facts) -> Result<(), Unmet> {
    match condition {
        Condition::Subtotal { at_least, of } => {
            let missing = at_least - subtotal(items, of);
            if missing > 0 { Err(Unmet::Subtotal { missing, of_some: *of != Goods::All }) } else { Ok(()) }
        }
        Condition::Quantity { at_least, of } => {
            let missing = at_least - pieces(items, of);
            if missing > 0 { Err(Unmet::Quantity { missing, of_some: *of != Goods::All }) } else { Ok(()) }
        }
        Condition::Groups { groups } => match groups.iter().any(|group| facts.groups.contains(group)) {
            true => Ok(()),
            false => Err(Unmet::Group),
        },
        // Nobody knows yet: it is looked at again when they say who they are.
        Condition::FirstOrder if facts.first_order == Some(false) => Err(Unmet::NotFirst),
        Condition::FirstOrder => Ok(()),
        Condition::Countries { countries } => match facts.country.is_none_or(|country| countries.contains(&country)) {
            true => Ok(()),
            false => Err(Unmet::Country),
        },
    }
}

/// What these goods cost before promotions.
pub(super) fn subtotal(items: &[Item], of: &Goods) -> i64 {
    items.iter().filter(|item| of.has(item)).map(Item::total).fold(0, i64::saturating_add)
}

pub(super) fn pieces(items: &[Item], of: &Goods) -> i64 {
    items.iter().filter(|item| of.has(item)).map(|item| item.quantity).fold(0, i64::saturating_add)
}
