//! The bill beside every page of the checkout.

use super::queries::Basket;
use crate::engines::pricing::{self, Parts, Quote};
use crate::features::cart::computation::ComputationView;
use crate::features::cart::model::Line;
use crate::platform::base::CartLineId;
use crate::platform::media::{Loading, PictureView, sizes};
use crate::platform::shell::{Page, Told};

/// The order beside the form.
pub struct BillView {
    pub lines: Vec<BillLineView>,
    pub pieces: i64,
    /// Label and amount.
    pub rows: Vec<(String, String)>,
    pub sum: String,
    /// "with $3.20 VAT" where prices include it.
    pub tax: Option<String>,
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
    pub note: Option<String>,
}

impl BillView {
    pub fn new(page: &Page, basket: &Basket) -> BillView {
        let goods = basket.quote.as_ref().map_or(0, |quote| quote.goods_total);
        let mut rows = vec![(page.t("checkout-subtotal"), page.price(goods))];
        if let Some(off) = basket.quote.as_ref().map(|quote| quote.discount_total).filter(|off| *off > 0) {
            rows.push((page.t("checkout-discount"), page.price(-off)));
        }
        if let Some(offer) = &basket.offer {
            let cost = if offer.price == 0 { page.t("checkout-free") } else { page.price(offer.price) };
            rows.push((page.t("checkout-delivery"), cost));
        }
        let tax = basket.quote.as_ref().filter(|quote| quote.tax_total > 0).and_then(|quote| {
            let name = quote.taxes.first().map(|tax| format!("{} {} %", tax.name, tax.rate.percent()))?;
            Some((name, page.price(quote.tax_total), quote.tax_included))
        });
        let mut included = None;
        match tax {
            Some((name, amount, true)) => {
                included = Some(page.with("checkout-with-tax", &[("amount", amount.into()), ("name", name.into())]));
            }
            Some((name, amount, false)) => rows.push((name, amount)),
            None => {}
        }
        BillView {
            lines: basket.lines.iter().map(|line| bill_line(page, line)).collect(),
            pieces: basket.lines.iter().map(|line| i64::from(line.quantity)).sum(),
            rows,
            sum: page.price(basket.total()),
            tax: included,
            computed: basket.quote.as_ref().map(|quote| computed(page, basket, quote)),
        }
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
    let Quote { lines, discounts, taxes, total, .. } = quote;
    let steps = pricing::steps(&Parts { lines, discounts, shipping, taxes, total: *total });
    ComputationView::new(&page.words, quote.currency, &names, &steps)
}

fn bill_line(page: &Page, line: &Line) -> BillLineView {
    let changed = || {
        let (was, now) = (page.price(line.seen_price), page.price(line.price));
        page.with("checkout-price-changed", &[("was", was.into()), ("now", now.into())])
    };
    BillLineView {
        id: line.id,
        title: page.told(&line.title),
        what: page.told(&line.variant_title),
        quantity: line.quantity,
        total: page.price(line.total()),
        picture: line.picture.as_ref().and_then(|picture| picture.view("", sizes::LINE, Loading::Lazy)),
        note: match line.trouble() {
            Some(trouble) => Some(page.refusal(&trouble)),
            None => line.price_changed().then(changed),
        },
    }
}
