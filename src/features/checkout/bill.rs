//! The bill beside every page of the checkout.

use super::queries::Basket;
use super::wallet_view::label;
use crate::engines::pricing::{self, DiscountRow, Parts, Quote};
use crate::engines::tax::Standing;
use crate::features::cart::codes::{At, CodesView};
use crate::features::cart::computation::ComputationView;
use crate::features::cart::estimate::taxes;
use crate::features::cart::model::Line;
use crate::platform::base::CartLineId;
use crate::platform::media::{Loading, PictureView, sizes};
use crate::platform::shell::{Page, Told};
use crate::platform::web::FormView;

/// The order beside the form.
pub struct BillView {
    pub lines: Vec<BillLineView>,
    pub pieces: i64,
    /// Label and amount.
    pub rows: Vec<(String, String)>,
    pub sum: String,
    /// What gift cards and store credit pay of it: label and amount.
    pub credits: Vec<(String, String)>,
    /// What is left to pay.
    pub due: String,
    /// "with $3.20 VAT" where prices include it.
    pub tax: Option<String>,
    /// The field for codes and those typed so far; where shoppers may still type some.
    pub codes: Option<CodesView>,
    /// How the sum came about.
    pub computed: Option<ComputationView>,
}

/// A line of the bill.
pub struct BillLineView {
    pub id: CartLineId,
    pub title: Told,
    pub what: Told,
    pub quantity: i32,
    pub total: String,
    pub picture: Option<PictureView>,
    /// What a bundle is made of.
    pub parts: Vec<String>,
    pub note: Option<String>,
}

impl BillView {
    pub fn new(page: &Page, basket: &Basket) -> BillView {
        let goods = basket.quote.as_ref().map_or(0, |quote| quote.goods_total);
        let mut rows = vec![(page.t("checkout-subtotal"), page.price(goods))];
        if let Some(offer) = &basket.offer {
            let cost = if offer.price == 0 { page.t("checkout-free") } else { page.price(offer.price) };
            rows.push((page.t("checkout-delivery"), cost));
        }
        rows.extend(discounts(page, basket));
        let taxes = basket.quote.as_ref().map(|quote| taxes(page, quote)).unwrap_or_default();
        let within = basket.quote.as_ref().is_some_and(|quote| quote.tax_included);
        let included = if within { said(page, &taxes) } else { None };
        if !within {
            rows.extend(taxes);
        }
        BillView {
            lines: basket.lines.iter().enumerate().map(|(at, line)| bill_line(page, basket, at, line)).collect(),
            pieces: basket.lines.iter().map(|line| i64::from(line.quantity)).sum(),
            rows,
            sum: page.price(basket.total()),
            credits: basket.wallet.paying().iter().map(|part| (label(page, part), page.price(-part.amount))).collect(),
            due: page.price(basket.to_pay()),
            tax: untaxed(page, &basket.standing).or(included),
            codes: None,
            computed: basket.quote.as_ref().map(|quote| computed(page, basket, quote)),
        }
    }
}

impl BillView {
    /// The bill with the field for codes; `within`: the form of the page that keeps what is typed on it, and where it keeps that.
    pub fn with_codes(self, page: &Page, basket: &Basket, at: At, within: Option<(&'static str, String)>) -> BillView {
        let codes = CodesView::new(page, at, &basket.promoted, &basket.gifts, FormView::empty());
        let codes = match within {
            Some((form, action)) => codes.within(form, action),
            None => codes,
        };
        BillView { codes: Some(codes), ..self }
    }
}

/// What is taken off, by name: promotions under theirs, what staff took off by hand as a discount.
fn discounts(page: &Page, basket: &Basket) -> Vec<(String, String)> {
    let mut sums: Vec<(&DiscountRow, i64)> = Vec::new();
    for row in basket.quote.iter().flat_map(|quote| &quote.discounts) {
        match sums.iter_mut().find(|(first, _)| first.name == row.name) {
            Some((_, sum)) => *sum += row.amount,
            None => sums.push((row, row.amount)),
        }
    }
    let called = |row: &DiscountRow| if row.name.is_empty() { page.t("checkout-discount") } else { page.plain(&row.called()) };
    sums.into_iter().map(|(row, sum)| (called(row), page.price(-sum))).collect()
}

/// "with €3.20 VAT 19 %", or all of them.
fn said(page: &Page, taxes: &[(String, String)]) -> Option<String> {
    match taxes {
        [] => None,
        [(name, amount)] => {
            Some(page.with("checkout-with-tax", &[("amount", amount.as_str().into()), ("name", name.as_str().into())]))
        }
        several => {
            let each: Vec<String> = several.iter().map(|(name, amount)| format!("{amount} {name}")).collect();
            Some(page.named("checkout-with-taxes", &each.join(", ")))
        }
    }
}

/// Why no tax is taken.
fn untaxed(page: &Page, standing: &Standing) -> Option<String> {
    match standing {
        Standing::Taxed => None,
        Standing::ReverseCharge { .. } => Some(page.t("checkout-reverse-charge")),
        Standing::Exempt { .. } => Some(page.t("tax-none-taken")),
    }
}

fn computed(page: &Page, basket: &Basket, quote: &Quote) -> ComputationView {
    let called = |line: &Line| match page.told(&line.variant_title).text {
        what if what.is_empty() => page.plain(&line.title),
        what => format!("{}, {what}", page.plain(&line.title)),
    };
    let names: Vec<String> = basket.lines.iter().map(called).collect();
    let shipping = basket.offer.as_ref().map(|offer| page.plain(&offer.method.name));
    let shipping = shipping.as_deref().map(|name| (name, quote.shipping_total));
    let Quote { lines, taxes, total, .. } = quote;
    let discounts: Vec<DiscountRow> = quote.discounts.iter().map(|row| row.named(|words| page.plain(words))).collect();
    let steps = pricing::steps(&Parts { lines, discounts: &discounts, shipping, taxes, total: *total });
    ComputationView::new(&page.words, quote.currency, &names, &steps)
}

fn bill_line(page: &Page, basket: &Basket, at: usize, line: &Line) -> BillLineView {
    // Where other rates are, or none, a line costs what the quote says.
    let quoted = basket.quote.as_ref().and_then(|quote| quote.lines.get(at));
    let changed = || {
        let unit = if page.shop().turns_tax() { quoted.map_or(line.price, |quoted| quoted.unit_price) } else { line.price };
        let (was, now) = (page.words.money(line.seen_as_charged(unit)), page.price(unit));
        page.with("checkout-price-changed", &[("was", was.into()), ("now", now.into())])
    };
    let gross = quoted.map_or(line.total(), |quoted| quoted.total.saturating_add(quoted.discount));
    BillLineView {
        id: line.id,
        title: page.told(&line.title),
        what: page.told(&line.variant_title),
        quantity: line.quantity,
        total: page.price(gross),
        picture: line.picture.as_ref().and_then(|picture| picture.view("", sizes::LINE, Loading::Lazy)),
        parts: line.parts.iter().map(|part| part.told(|words| page.plain(words))).collect(),
        note: match line.trouble() {
            Some(trouble) => Some(page.refusal(&trouble)),
            None if line.price_changed() => Some(changed()),
            None => line.wait.as_ref().map(|wait| wait.told(&page.words, line.quantity)),
        },
    }
}
