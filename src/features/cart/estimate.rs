//! What a cart will cost, before the shopper says where they live: sent to the country the shop is in.

use std::collections::HashMap;

use super::codes::{self, At, CodesView};
use super::model::Line;
use super::quoting::{Quoted, Sending, Terms, quoted};
use super::views::{GapView, TotalsView};
use crate::engines::pricing::Quote;
use crate::engines::shipping::Offer;
use crate::engines::tax::Destination;
use crate::platform::base::{Broke, CartId, CartLineId};
use crate::platform::db::Conn;
use crate::platform::i18n::Wording;
use crate::platform::shell::Page;
use crate::platform::web::FormView;

/// What a cart will cost, what is taken off each line, and its codes.
pub struct Estimate {
    pub totals: TotalsView,
    pub codes: Option<CodesView>,
    off: HashMap<CartLineId, Vec<(Wording, i64)>>,
    /// What a piece costs, where tax is shown otherwise than prices are typed.
    costs: HashMap<CartLineId, i64>,
}

impl Estimate {
    /// What a piece of a line costs as it is shown.
    pub fn price_of(&self, line: &Line) -> i64 {
        self.costs.get(&line.id).copied().unwrap_or(line.price)
    }

    /// What is taken off a line, in words.
    pub fn off_of(&self, page: &Page, line: CartLineId) -> Vec<String> {
        let off = self.off.get(&line).into_iter().flatten();
        off.map(|(name, amount)| {
            page.with("cart-off", &[("name", page.plain(name).into()), ("amount", page.price(-amount).into())])
        })
        .collect()
    }
}

/// The goods that can be had, what promotions take off, the cheapest way to send them, and the tax; `code` is a code as it was typed.
pub(super) async fn estimate(
    conn: &mut Conn,
    page: &Page,
    cart: CartId,
    lines: &[Line],
    code: FormView,
) -> Result<Estimate, Broke> {
    let (shop, lines) = (page.shop(), lines.iter().filter(|line| line.trouble().is_none()).collect::<Vec<_>>());
    let goods = lines.iter().map(|line| line.total_after()).fold(0, i64::saturating_add);
    let terms = Terms {
        shop,
        to: Destination::country(shop.usual_country()),
        sending: Sending::Cheapest,
        email: "",
        vat_id: None,
        now: page.now,
    };
    let Quoted { offers, offer: cheapest, quote, promoted, standing, .. } = quoted(conn, cart, &lines, &terms).await?;
    let goods = quote.as_ref().filter(|_| !standing.is_taxed() || shop.turns_tax()).map_or(goods, goods_in);
    let left = goods.saturating_sub(promoted.off_goods());
    let off: i64 = promoted.discounts.iter().map(|one| one.amount).fold(0, i64::saturating_add);
    let apart = shop.tells_tax() && !shop.prices_include_tax;
    let tax = quote.as_ref().filter(|quote| quote.tax_total > 0 && !apart).and_then(|quote| {
        let key = if quote.tax_included { "cart-with-tax" } else { "cart-including-tax" };
        let name = quote.taxes.first()?.name.clone();
        Some(page.with(key, &[("amount", page.price(quote.tax_total).into()), ("name", name.into())]))
    });
    let tax = if standing.is_taxed() { tax } else { Some(page.t("tax-none-taken")) };
    let gifts = codes::gifts(conn, cart, &promoted, page.now).await?;
    let totals = TotalsView {
        goods: page.price(goods),
        arrives: cheapest.as_ref().and_then(|offer| {
            let key = if offer.pickup.is_some() { "cart-ready" } else { "cart-arrives" };
            Some(page.named(key, &page.week_span(offer.arrives?)))
        }),
        off: (off > 0).then(|| page.price(-off)),
        shipping: cheapest.map(|offer| match offer.price {
            0 => page.t("cart-delivery-free"),
            price if offers.len() > 1 => page.named("cart-delivery-from", &page.price(price)),
            price => page.price(price),
        }),
        shipping_to: page.country(shop.usual_country()),
        sum: page.price(quote.as_ref().map_or(left, |quote| quote.total)),
        taxes: if apart { quote.as_ref().map(|quote| taxes(page, quote)).unwrap_or_default() } else { Vec::new() },
        tax,
        gap: gap(page, &offers, left),
    };
    let codes = Some(CodesView::new(page, At::Cart, &promoted, &gifts, code));
    let priced = quote.iter().filter(|_| shop.turns_tax()).flat_map(|quote| &quote.lines);
    let costs = lines.iter().zip(priced).map(|(line, quoted)| (line.id, quoted.unit_price)).collect();
    let off = lines.iter().map(|line| line.id).zip(promoted.on_lines).collect();
    Ok(Estimate { totals, codes, off, costs })
}

/// The taxes by name and rate, each with its amount.
pub fn taxes(page: &Page, quote: &Quote) -> Vec<(String, String)> {
    let mut sums: Vec<(String, i64)> = Vec::new();
    for tax in quote.taxes.iter().filter(|tax| tax.amount > 0) {
        let name = format!("{} {} %", tax.name, tax.rate.percent());
        match sums.iter_mut().find(|(known, _)| *known == name) {
            Some((_, sum)) => *sum += tax.amount,
            None => sums.push((name, tax.amount)),
        }
    }
    sums.into_iter().map(|(name, sum)| (name, page.price(sum))).collect()
}

/// What goods cost before promotions, where that is another amount than the lines say.
fn goods_in(quote: &Quote) -> i64 {
    let by_hand = quote.discounts.iter().filter(|row| row.promotion.is_none() && row.name.is_empty());
    quote.goods_total - by_hand.map(|row| row.amount).sum::<i64>()
}

/// The way to free delivery at home, where there is one; nothing when delivery costs nothing anyway.
fn gap(page: &Page, offers: &[Offer], goods: i64) -> Option<GapView> {
    let from = offers.iter().filter(|offer| offer.method.lowest() > 0).filter_map(|offer| offer.method.free_from).min()?;
    if goods >= from {
        return Some(GapView { text: page.t("cart-free-reached"), reached: true, percent: 100 });
    }
    let text = page.named("cart-free-gap", &page.price(from - goods));
    Some(GapView { text, reached: false, percent: i64::try_from(i128::from(goods) * 100 / i128::from(from.max(1))).unwrap_or(0) })
}

/// What nothing costs.
pub(super) fn nothing(page: &Page) -> Estimate {
    let totals = TotalsView {
        goods: page.price(0),
        off: None,
        shipping: None,
        arrives: None,
        shipping_to: page.country(page.shop().usual_country()),
        sum: page.price(0),
        taxes: Vec::new(),
        tax: None,
        gap: None,
    };
    Estimate { totals, codes: None, off: HashMap::new(), costs: HashMap::new() }
}
