//! The last look before the order.

use askama::Template;
use askama_web::WebTemplate;

use super::commands;
use super::model::{Complete, PlaceRefused};
use super::queries::Basket;
use super::views::{BillView, ChoiceView, choice, payment_choice, place_label};
use super::wallet_view::{Spot, WalletView};
use crate::features::cart;
use crate::features::cart::codes::At;
use crate::features::cart::model::Line;
use crate::features::orders::{Address, DECLINED};
use crate::platform::base::{Broke, CartId, Moment, OrBreak};
use crate::platform::db::Conn;
use crate::platform::shell::Page;

/// All that was told, once more, with what it costs.
#[derive(Template, WebTemplate)]
#[template(path = "checkout/review_page.html")]
pub struct ReviewPage {
    pub page: Page,
    /// Whether the shopper is back from a payment that did not go through.
    pub declined: bool,
    /// What changed since the page was shown; nothing was charged.
    pub changes: Vec<String>,
    pub email: String,
    pub phone: String,
    pub address: Vec<String>,
    /// `None`: the same.
    pub billing: Option<Vec<String>>,
    pub shipping: Option<ChoiceView>,
    pub payment: ChoiceView,
    /// What the last button says.
    pub place: String,
    pub note: String,
    pub bill: BillView,
    pub wallet: WalletView,
    /// "14:32 CET", in the shop's time zone.
    pub held_until: Option<String>,
    /// Minor units.
    pub expected: i64,
    pub seen: String,
}

impl ReviewPage {
    /// The last look at a draft with nothing missing.
    pub fn new(mut page: Page, whole: &Complete, basket: &Basket, held_until: Option<Moment>) -> ReviewPage {
        // It must be read, so it does not pass by as other notices do.
        let declined = page.notice.take_if(|notice| *notice == DECLINED).is_some();
        let lines = |address: &Address| address.lines(&page.country(address.country));
        let zone = page.shop().zone;
        ReviewPage {
            declined,
            changes: Vec::new(),
            email: whole.email.to_string(),
            phone: whole.shipping_address.phone.clone(),
            address: lines(&whole.shipping_address),
            billing: (whole.billing_address != whole.shipping_address).then(|| lines(&whole.billing_address)),
            shipping: whole.shipping.as_ref().map(|offer| choice(&page, offer, true)),
            payment: payment_choice(&page, whole.payment, true),
            place: place_label(&page, whole.payment, basket),
            note: whole.note.clone(),
            bill: BillView::new(&page, basket).with_codes(&page, basket, At::Review, None),
            wallet: WalletView::new(&page, basket, Spot::Review),
            held_until: held_until.map(|until| page.hour(until, zone)),
            expected: basket.total(),
            seen: basket.seen(),
            page,
        }
    }
}

/// Until when the goods of a page are held from now on; its prices are seen then.
pub(super) async fn held(
    conn: &mut Conn,
    cart: CartId,
    basket: &Basket,
    page: &Page,
) -> Result<Result<Moment, PlaceRefused>, Broke> {
    let goods = basket.goods();
    if basket.lines.iter().all(|line| line.offered)
        && !goods.is_empty()
        && let Some(until) = commands::held_already(conn, cart, &goods, page.now).await?
    {
        return Ok(Ok(until));
    }
    let held = commands::hold(conn, cart, page.shop().reservation_minutes, page.now).await.or_break()?;
    if held.is_ok() && basket.lines.iter().any(Line::price_changed) {
        cart::commands::note_prices_seen(conn, cart, page.now).await?;
    }
    Ok(held)
}
