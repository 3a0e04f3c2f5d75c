//! What a cart will cost, before the shopper says where they live: sent to the country the shop is in.

use super::model::Line;
use super::quoting::{Quoted, Sending, Terms, quoted};
use super::views::{GapView, TotalsView};
use crate::engines::shipping::Offer;
use crate::engines::tax::Destination;
use crate::engines::tax::queries::Buyer;
use crate::platform::base::{Broke, CartId};
use crate::platform::db::Conn;
use crate::platform::shell::Page;

/// The goods that can be had, the cheapest way to send them, and the tax.
pub(super) async fn totals(conn: &mut Conn, page: &Page, cart: Option<CartId>, lines: &[Line]) -> Result<TotalsView, Broke> {
    let (shop, lines) = (page.shop(), lines.iter().filter(|line| line.trouble().is_none()).collect::<Vec<_>>());
    let goods = lines.iter().map(|line| line.total_after()).fold(0, i64::saturating_add);
    let terms = Terms {
        shop,
        to: Destination::country(shop.country),
        sending: Sending::Cheapest,
        buyer: Buyer { cart, vat_id: None },
        now: page.now,
    };
    let Quoted { offers, offer: cheapest, quote, .. } = quoted(conn, &lines, &terms).await?;
    let tax = quote.as_ref().filter(|quote| quote.tax_total > 0).and_then(|quote| {
        let key = if quote.tax_included { "cart-with-tax" } else { "cart-including-tax" };
        let name = quote.taxes.first()?.name.clone();
        Some(page.with(key, &[("amount", page.price(quote.tax_total).into()), ("name", name.into())]))
    });
    Ok(TotalsView {
        goods: page.price(goods),
        shipping: cheapest.map(|offer| match offer.price {
            0 => page.t("cart-delivery-free"),
            price if offers.len() > 1 => page.named("cart-delivery-from", &page.price(price)),
            price => page.price(price),
        }),
        shipping_to: page.country(shop.country),
        sum: page.price(quote.map_or(goods, |quote| quote.total)),
        tax,
        gap: gap(page, &offers, goods),
    })
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
