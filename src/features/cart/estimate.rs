//! What a cart will cost, before the shopper says where they live: to the country the shop is in.

use super::model::Line;
use super::views::TotalsView;
use crate::platform::base::Broke;
use crate::platform::db::Conn;
use crate::platform::shell::Page;

/// The goods now, and the cheapest way to send them at home.
pub(super) async fn totals(_conn: &mut Conn, page: &Page, lines: &[Line]) -> Result<TotalsView, Broke> {
    let goods: i64 = lines.iter().filter(|line| line.trouble().is_none()).map(Line::total).sum();
    Ok(TotalsView {
        goods: page.price(goods),
        shipping: None,
        shipping_to: page.country(page.shop().country),
        sum: page.price(goods),
        tax: None,
        gap: None,
    })
}
