//! The one place that puts together what a cart costs: goods, ways to send them, taxes. Cart, checkout and draft orders ask here.

use super::model::Line;
use super::taxing::Taxing;
use crate::engines::pricing::{self, LineInput, Quote, QuoteInput, ShippingInput};
use crate::engines::shipping;
use crate::engines::shipping::queries::Asked;
use crate::engines::shipping::{Offer, Piece, Place};
use crate::engines::tax::queries::Buyer;
use crate::engines::tax::{Destination, Standing};
use crate::platform::base::{Broke, Moment, Quantity, ShippingMethodId};
use crate::platform::db::Conn;
use crate::platform::settings::ShopFacts;

/// Which way of sending is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sending {
    /// Before the shopper says anything.
    Cheapest,
    /// This one, or the first where it is not offered.
    Chosen(Option<ShippingMethodId>),
}

/// What a total depends on besides the lines.
pub struct Terms<'a> {
    pub shop: &'a ShopFacts,
    pub to: Destination,
    pub sending: Sending,
    pub buyer: Buyer<'a>,
    pub now: Moment,
}

/// What a cart costs.
pub struct Quoted {
    /// Ways to send to the destination.
    pub offers: Vec<Offer>,
    /// The one counted in.
    pub offer: Option<Offer>,
    pub needs_shipping: bool,
    /// `None` when it would cost more than an order may.
    pub quote: Option<Quote>,
    /// Whether whoever buys pays tax.
    pub standing: Standing,
}

/// Adds up what these lines cost.
pub async fn quoted(conn: &mut Conn, lines: &[&Line], terms: &Terms<'_>) -> Result<Quoted, Broke> {
    let Terms { shop, sending, .. } = terms;
    let taxing = Taxing::read(conn, lines, terms).await?;
    let delivery = taxing.delivery(lines);
    let needs_shipping = lines.iter().any(|line| line.requires_shipping);
    let mut offers = match needs_shipping {
        true => offers(conn, lines, terms).await?,
        false => Vec::new(),
    };
    for offer in &mut offers {
        offer.price = taxing.of_delivery(delivery, offer.price);
    }
    let offer = match sending {
        Sending::Cheapest => offers.iter().min_by_key(|offer| offer.price),
        Sending::Chosen(id) => offers.iter().find(|offer| Some(offer.method.id) == *id).or(offers.first()),
    };
    let input = QuoteInput {
        currency: shop.currency,
        tax_included: shop.prices_include_tax,
        lines: lines.iter().filter_map(|line| line_input(line, &taxing)).collect(),
        discounts: Vec::new(),
        shipping: offer.map(|offer| ShippingInput {
            name: offer.method.name.main().to_owned(),
            price: offer.price,
            taxes: taxing.on_delivery(delivery),
        }),
    };
    let (quote, offer) = (pricing::quote(&input).ok(), offer.cloned());
    Ok(Quoted { offers, offer, needs_shipping, quote, standing: taxing.standing })
}

/// The ways to send these lines to the destination.
async fn offers(conn: &mut Conn, lines: &[&Line], terms: &Terms<'_>) -> Result<Vec<Offer>, Broke> {
    let pieces: Vec<Piece> = lines.iter().map(|line| line.piece()).collect();
    let Destination { country, region, postal_code } = &terms.to;
    let to = Place { country: *country, region, postal_code };
    let (zone, now) = (terms.shop.zone, terms.now);
    shipping::queries::offers_for(conn, &Asked { to, pieces: &pieces, zone, now }).await
}

fn line_input(line: &Line, taxing: &Taxing<'_>) -> Option<LineInput> {
    let (quantity, unit_price) = (Quantity::new(line.quantity)?, taxing.of(line, line.price));
    // Rounded by itself, what is taken off must not be more than what there is.
    let most = unit_price.saturating_mul(i64::from(line.quantity));
    let discount = taxing.of(line, line.discount).min(most);
    Some(LineInput { unit_price, quantity, discount, taxes: taxing.on(line) })
}
