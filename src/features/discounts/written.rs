//! A promotion as the editor's form has it.

use std::collections::HashMap;

use chrono_tz::Tz;

use super::forms::{BenefitKind, ConditionKind, Matching, Of, Way};
use crate::engines::promotions::{Basis, Benefit, Condition, Goods, Off, PromotionDraft};
use crate::platform::base::{Currency, Moment, ProductId};
use crate::platform::i18n::Locale;
use crate::platform::settings::in_language;
use crate::platform::web::FormView;

/// Writes forms of one shop; `handles`: those of the products that are named.
pub struct Writer<'a> {
    pub currency: Currency,
    pub zone: Tz,
    pub handles: &'a HashMap<ProductId, String>,
}

/// The products that a promotion names.
pub fn products_of(draft: &PromotionDraft) -> Vec<ProductId> {
    let of = |goods: &Goods| match goods {
        Goods::Products(ids) => ids.clone(),
        _ => Vec::new(),
    };
    let mut ids: Vec<ProductId> = Vec::new();
    for condition in &draft.conditions {
        if let Condition::Subtotal { of: goods, .. } | Condition::Quantity { of: goods, .. } = condition {
            ids.extend(of(goods));
        }
    }
    for benefit in &draft.benefits {
        match benefit {
            Benefit::Percent { of: goods, .. }
            | Benefit::Amount { of: goods, .. }
            | Benefit::FixedPrice { of: goods, .. }
            | Benefit::Tiers { of: goods, .. } => ids.extend(of(goods)),
            Benefit::BuyGet { buy_of, get_of, .. } => ids.extend(of(buy_of).into_iter().chain(of(get_of))),
            Benefit::Gift { product, .. } => ids.push(*product),
            Benefit::FreeShipping { .. } => {}
        }
    }
    ids
}

type Fields = Vec<(String, String)>;

impl Writer<'_> {
    /// The form of a promotion in this version.
    pub fn form(&self, draft: &PromotionDraft, version: i32) -> FormView {
        let limit = |limit: Option<i32>| limit.map(|limit| limit.to_string()).unwrap_or_default();
        let mut fields: Fields = [
            ("name", draft.name.clone()),
            ("lane", draft.lane.to_string()),
            ("way", if draft.coded { Way::Coded } else { Way::Automatic }.to_string()),
            ("status", draft.status.to_string()),
            ("starts_at", self.moment(draft.starts_at)),
            ("ends_at", self.moment(draft.ends_at)),
            ("matching", if draft.match_all { Matching::All } else { Matching::Any }.to_string()),
            ("most_uses", limit(draft.limits.overall)),
            ("most_uses_per_code", limit(draft.limits.per_code)),
            ("most_uses_per_customer", limit(draft.limits.per_customer)),
            ("version", version.to_string()),
            ("condition_rows", draft.conditions.len().to_string()),
            ("benefit_rows", draft.benefits.len().to_string()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
        let named =
            Locale::ALL.iter().map(|locale| (in_language("name", *locale).to_owned(), draft.names.own(*locale).to_owned()));
        fields.extend(named);
        for (at, condition) in draft.conditions.iter().enumerate() {
            self.condition(condition, &format!("conditions[{at}]"), &mut fields);
        }
        for (at, benefit) in draft.benefits.iter().enumerate() {
            self.benefit(benefit, &format!("benefits[{at}]"), &mut fields);
        }
        FormView::filled(fields.iter().map(|(name, value)| (name.as_str(), value.clone())))
    }

    fn moment(&self, moment: Option<Moment>) -> String {
        moment.map(|at| at.with_timezone(&self.zone).format("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default()
    }

    fn goods(&self, goods: &Goods, name: &str, fields: &mut Fields) {
        let of = match goods {
            Goods::All => Of::All,
            Goods::Products(ids) => {
                fields.push((format!("{name}.products"), self.handles_of(ids)));
                Of::Products
            }
            Goods::Categories(ids) => {
                fields.extend(ids.iter().map(|id| (format!("{name}.categories"), id.to_string())));
                Of::Categories
            }
            Goods::Tags(tags) => {
                fields.push((format!("{name}.tags"), tags.join(", ")));
                Of::Tags
            }
        };
        fields.push((format!("{name}.of"), of.to_string()));
    }

    fn handles_of(&self, ids: &[ProductId]) -> String {
        ids.iter().filter_map(|id| self.handles.get(id)).cloned().collect::<Vec<_>>().join("\n")
    }

    fn condition(&self, condition: &Condition, name: &str, fields: &mut Fields) {
        let kind = match condition {
            Condition::Subtotal { at_least, of } => {
                fields.push((format!("{name}.at_least"), self.currency.plain(*at_least)));
                self.goods(of, &format!("{name}.goods"), fields);
                ConditionKind::Subtotal
            }
            Condition::Quantity { at_least, of } => {
                fields.push((format!("{name}.at_least"), at_least.to_string()));
                self.goods(of, &format!("{name}.goods"), fields);
                ConditionKind::Quantity
            }
            Condition::Groups { groups } => {
                fields.extend(groups.iter().map(|id| (format!("{name}.groups"), id.to_string())));
                ConditionKind::Groups
            }
            Condition::FirstOrder => ConditionKind::FirstOrder,
            Condition::Countries { countries } => {
                fields.extend(countries.iter().map(|country| (format!("{name}.countries"), country.to_string())));
                ConditionKind::Countries
            }
        };
        fields.push((format!("{name}.kind"), kind.to_string()));
    }

    fn benefit(&self, benefit: &Benefit, name: &str, fields: &mut Fields) {
        let mut put = |field: &str, value: String| fields.push((format!("{name}.{field}"), value));
        let (kind, goods) = match benefit {
            Benefit::Percent { rate, of } => {
                put("percent", rate.percent());
                (BenefitKind::Percent, Some(of))
            }
            Benefit::Amount { amount, each, of } => {
                put("amount", self.currency.plain(*amount));
                (if *each { BenefitKind::AmountEach } else { BenefitKind::Amount }, Some(of))
            }
            Benefit::FixedPrice { price, of } => {
                put("amount", self.currency.plain(*price));
                (BenefitKind::FixedPrice, Some(of))
            }
            Benefit::FreeShipping { at_most } => {
                put("amount", at_most.map(|most| self.currency.plain(most)).unwrap_or_default());
                (BenefitKind::FreeShipping, None)
            }
            Benefit::BuyGet { buy, buy_of, get, rate, times, .. } => {
                put("buy", buy.to_string());
                put("get", get.to_string());
                put("percent", rate.percent());
                put("times", times.map(|times| times.to_string()).unwrap_or_default());
                (BenefitKind::BuyGet, Some(buy_of))
            }
            Benefit::Gift { product, pieces } => {
                put("goods.products", self.handles_of(&[*product]));
                put("get", pieces.to_string());
                (BenefitKind::Gift, None)
            }
            Benefit::Tiers { by, of, steps } => {
                put("steps", self.steps(*by, steps));
                (if *by == Basis::Subtotal { BenefitKind::TiersSubtotal } else { BenefitKind::TiersQuantity }, Some(of))
            }
        };
        put("kind", kind.to_string());
        if let Some(goods) = goods {
            self.goods(goods, &format!("{name}.goods"), fields);
        }
        if let Benefit::BuyGet { get_of, .. } = benefit {
            self.goods(get_of, &format!("{name}.got"), fields);
        }
    }

    fn steps(&self, by: Basis, steps: &[(i64, Off)]) -> String {
        let step = |(from, off): &(i64, Off)| {
            let from = if by == Basis::Subtotal { self.currency.plain(*from) } else { from.to_string() };
            match off {
                Off::Percent(rate) => format!("{from} = {}%", rate.percent()),
                Off::Amount(amount) => format!("{from} = {}", self.currency.plain(*amount)),
            }
        };
        steps.iter().map(step).collect::<Vec<_>>().join("\n")
    }
}
