//! The editor's form read as a promotion: every row says at its own field what is wrong with it.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use chrono_tz::Tz;

use super::forms::{BenefitForm, BenefitKind, ConditionForm, ConditionKind, GoodsForm, Matching, Of, PromotionForm, Way};
use crate::engines::promotions::{Basis, Benefit, Condition, Goods, Limits, Off, PromotionDraft};
use crate::platform::base::{CategoryId, Country, Currency, CustomerGroupId, Moment, ProductId, Rate};
use crate::platform::i18n::{Locale, Said};
use crate::platform::settings::announcement::moment_at;

/// What is wrong with a field: its name, and the key of the words; `value`: what they name.
#[derive(Debug)]
pub struct Fault {
    pub field: String,
    pub key: &'static str,
    pub value: Option<String>,
}

fn fault(field: String, key: &'static str) -> Fault {
    Fault { field, key, value: None }
}

/// What the shop says about words: the products that are called so (in small letters).
pub type Products = HashMap<String, ProductId>;

/// How products are named on this form, in small letters.
pub fn product_words(form: &PromotionForm) -> Vec<String> {
    let rows = form.conditions.iter().map(|row| &row.goods);
    let rows = rows.chain(form.benefits.iter().flat_map(|row| [&row.goods, &row.got]));
    rows.flat_map(|goods| lines(&goods.products)).collect()
}

fn lines(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(|line| line.trim().to_lowercase()).filter(|line| !line.is_empty())
}

/// Reads forms of one shop.
pub struct Reader<'a> {
    pub currency: Currency,
    pub zone: Tz,
    pub products: &'a Products,
}

impl Reader<'_> {
    /// The promotion, or everything that is wrong.
    pub fn draft(&self, form: &PromotionForm) -> Result<PromotionDraft, Vec<Fault>> {
        let mut faults = Vec::new();
        let conditions = form.conditions.iter().enumerate();
        let conditions: Vec<Condition> =
            conditions.filter_map(|(at, row)| kept(self.condition(row, &format!("conditions[{at}]")), &mut faults)).collect();
        let benefits = form.benefits.iter().enumerate();
        let benefits: Vec<Benefit> =
            benefits.filter_map(|(at, row)| kept(self.benefit(row, &format!("benefits[{at}]")), &mut faults)).collect();
        let mut limit = |text: &str, field: &str| kept(count(text, field.to_owned(), 1_000_000_000), &mut faults);
        let limits = Limits {
            overall: limit(&form.most_uses, "most_uses").and_then(|count| i32::try_from(count).ok()),
            per_code: limit(&form.most_uses_per_code, "most_uses_per_code").and_then(|count| i32::try_from(count).ok()),
            per_customer: limit(&form.most_uses_per_customer, "most_uses_per_customer")
                .and_then(|count| i32::try_from(count).ok()),
        };
        let starts_at = kept(self.moment(&form.starts_at, "starts_at"), &mut faults);
        let ends_at = kept(self.moment(&form.ends_at, "ends_at"), &mut faults);
        if faults.is_empty() && benefits.is_empty() {
            faults.push(fault("benefits[0].kind".into(), "promotions-no-benefit"));
        }
        if matches!((starts_at, ends_at), (Some(from), Some(until)) if until <= from) {
            faults.push(fault("ends_at".into(), "promotions-dates"));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(PromotionDraft {
            name: form.name.to_string(),
            names: Said::of([(Locale::En, form.name_en.to_string()), (Locale::De, form.name_de.to_string())]),
            lane: form.lane,
            status: form.status,
            coded: form.way == Way::Coded,
            starts_at,
            ends_at,
            match_all: form.matching == Matching::All,
            conditions,
            benefits,
            limits,
        })
    }

    fn moment(&self, text: &str, field: &str) -> Result<Option<Moment>, Fault> {
        if text.is_empty() {
            return Ok(None);
        }
        let hour = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"].iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
        let at = hour.and_then(|hour| moment_at(hour, self.zone)).filter(|at| (2000..2200).contains(&chrono::Datelike::year(at)));
        at.map(Some).ok_or_else(|| fault(field.to_owned(), "discounts-moment-odd"))
    }

    fn money(&self, text: &str, field: String) -> Result<i64, Fault> {
        let amount = self.currency.parse_minor(text).filter(|amount| *amount <= crate::engines::promotions::model::MOST);
        amount.ok_or_else(|| fault(field, "discounts-amount-odd"))
    }

    fn above_nothing(&self, text: &str, field: String) -> Result<i64, Fault> {
        match self.money(text, field.clone())? {
            0 => Err(fault(field, "discounts-amount-odd")),
            amount => Ok(amount),
        }
    }

    fn goods(&self, form: &GoodsForm, name: &str) -> Result<Goods, Fault> {
        Ok(match form.of.parse::<Of>().unwrap_or(Of::All) {
            Of::All => Goods::All,
            Of::Products => Goods::Products(self.products_named(&form.products, &format!("{name}.products"))?),
            Of::Categories => {
                let ids: Vec<CategoryId> =
                    form.categories.iter().filter_map(|id| id.parse::<i64>().ok()).filter(|id| *id > 0).map(CategoryId).collect();
                if ids.is_empty() {
                    return Err(fault(format!("{name}.categories"), "discounts-choose"));
                }
                Goods::Categories(ids)
            }
            Of::Tags => {
                let tags = form.tags.split(',').map(|tag| tag.trim().to_owned());
                let tags: Vec<String> = tags.filter(|tag| !tag.is_empty()).take(50).collect();
                if tags.is_empty() {
                    return Err(fault(format!("{name}.tags"), "error-required"));
                }
                Goods::Tags(tags)
            }
        })
    }

    fn products_named(&self, text: &str, field: &str) -> Result<Vec<ProductId>, Fault> {
        let mut ids = Vec::new();
        for word in lines(text) {
            let Some(id) = self.products.get(&word) else {
                return Err(Fault { field: field.to_owned(), key: "discounts-no-product", value: Some(word) });
            };
            if !ids.contains(id) {
                ids.push(*id);
            }
        }
        if ids.is_empty() { Err(fault(field.to_owned(), "error-required")) } else { Ok(ids) }
    }

    /// A row of conditions; `None`: it asks for nothing.
    fn condition(&self, row: &ConditionForm, name: &str) -> Result<Option<Condition>, Fault> {
        let field = |field: &str| format!("{name}.{field}");
        let Ok(kind) = row.kind.parse::<ConditionKind>() else { return unless_empty(&row.kind, field("kind")) };
        Ok(Some(match kind {
            ConditionKind::Subtotal => Condition::Subtotal {
                at_least: self.above_nothing(&row.at_least, field("at_least"))?,
                of: self.goods(&row.goods, &field("goods"))?,
            },
            ConditionKind::Quantity => Condition::Quantity {
                at_least: needed(&row.at_least, field("at_least"))?,
                of: self.goods(&row.goods, &field("goods"))?,
            },
            ConditionKind::Groups => {
                let ids = row.groups.iter().filter_map(|id| id.parse::<i64>().ok()).filter(|id| *id > 0).map(CustomerGroupId);
                let groups: Vec<CustomerGroupId> = ids.collect();
                if groups.is_empty() {
                    return Err(fault(field("groups"), "discounts-choose"));
                }
                Condition::Groups { groups }
            }
            ConditionKind::FirstOrder => Condition::FirstOrder,
            ConditionKind::Countries => {
                let countries: Vec<Country> = row.countries.iter().filter_map(|code| code.parse().ok()).collect();
                if countries.is_empty() {
                    return Err(fault(field("countries"), "discounts-choose"));
                }
                Condition::Countries { countries }
            }
        }))
    }

    /// A row of benefits; `None`: it gives nothing.
    fn benefit(&self, row: &BenefitForm, name: &str) -> Result<Option<Benefit>, Fault> {
        let field = |field: &str| format!("{name}.{field}");
        let Ok(kind) = row.kind.parse::<BenefitKind>() else { return unless_empty(&row.kind, field("kind")) };
        let goods = || self.goods(&row.goods, &field("goods"));
        Ok(Some(match kind {
            BenefitKind::Percent => Benefit::Percent { rate: rate(&row.percent, field("percent"))?, of: goods()? },
            BenefitKind::Amount | BenefitKind::AmountEach => Benefit::Amount {
                amount: self.above_nothing(&row.amount, field("amount"))?,
                each: kind == BenefitKind::AmountEach,
                of: goods()?,
            },
            BenefitKind::FixedPrice => Benefit::FixedPrice { price: self.money(&row.amount, field("amount"))?, of: goods()? },
            BenefitKind::FreeShipping => {
                let most = (!row.amount.is_empty()).then(|| self.above_nothing(&row.amount, field("amount")));
                Benefit::FreeShipping { at_most: most.transpose()? }
            }
            BenefitKind::BuyGet => Benefit::BuyGet {
                buy: needed(&row.buy, field("buy"))?,
                buy_of: goods()?,
                get: needed(&row.get, field("get"))?,
                get_of: self.goods(&row.got, &field("got"))?,
                rate: rate(&row.percent, field("percent"))?,
                times: count(&row.times, field("times"), 9999)?,
            },
            BenefitKind::Gift => {
                let products = self.products_named(&row.goods.products, &field("goods.products"))?;
                let [product] = products[..] else { return Err(fault(field("goods.products"), "discounts-one-product")) };
                Benefit::Gift { product, pieces: if row.get.is_empty() { 1 } else { needed(&row.get, field("get"))? } }
            }
            BenefitKind::TiersSubtotal | BenefitKind::TiersQuantity => {
                let by = if kind == BenefitKind::TiersSubtotal { Basis::Subtotal } else { Basis::Quantity };
                Benefit::Tiers { by, of: goods()?, steps: self.steps(&row.steps, by, &field("steps"))? }
            }
        }))
    }

    /// Steps as people write them, one a line: "50 = 5%", "100 = 12.50".
    fn steps(&self, text: &str, by: Basis, field: &str) -> Result<Vec<(i64, Off)>, Fault> {
        let odd = || fault(field.to_owned(), "discounts-steps-odd");
        let mut steps = Vec::new();
        for line in lines(text) {
            let (from, off) = line.split_once(['=', ':']).ok_or_else(odd)?;
            let from = match by {
                Basis::Subtotal => self.currency.parse_minor(from.trim()),
                Basis::Quantity => from.trim().parse::<i64>().ok(),
            };
            let off = match off.trim().strip_suffix('%') {
                Some(percent) => Rate::parse_percent(percent.trim()).map(Off::Percent),
                None => self.currency.parse_minor(off.trim()).map(Off::Amount),
            };
            steps.push((from.filter(|from| *from > 0).ok_or_else(odd)?, off.ok_or_else(odd)?));
        }
        steps.sort_by_key(|step| step.0);
        if steps.is_empty() { Err(odd()) } else { Ok(steps) }
    }
}

/// A good row is kept, a bad one named.
fn kept<T>(read: Result<Option<T>, Fault>, faults: &mut Vec<Fault>) -> Option<T> {
    read.unwrap_or_else(|why| {
        faults.push(why);
        None
    })
}

fn unless_empty<T>(kind: &str, field: String) -> Result<Option<T>, Fault> {
    if kind.is_empty() { Ok(None) } else { Err(fault(field, "error-choice")) }
}

fn rate(text: &str, field: String) -> Result<Rate, Fault> {
    let read = Rate::parse_percent(text.trim_end_matches(['%', ' '])).filter(|rate| rate.0 > 0);
    read.ok_or_else(|| fault(field, "discounts-percent-odd"))
}

/// A whole number from 1; `None` when nothing is written.
fn count(text: &str, field: String, most: i64) -> Result<Option<i64>, Fault> {
    if text.is_empty() {
        return Ok(None);
    }
    let number = text.parse::<i64>().ok().filter(|number| (1..=most).contains(number));
    number.map(Some).ok_or_else(|| fault(field, "error-number"))
}

fn needed(text: &str, field: String) -> Result<i64, Fault> {
    count(text, field.clone(), 9999)?.ok_or_else(|| fault(field, "error-required"))
}
