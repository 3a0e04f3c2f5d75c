//! The one place that puts together what a cart costs: goods, promotions, ways to send them, taxes. Cart, checkout and draft orders ask here.

use super::model::Line;
use super::promoting::Promoting;
use super::taxing::Taxing;
use crate::engines::inventory;
use crate::engines::pricing::{self, LineInput, Quote, QuoteInput, ShippingInput, TaxInput};
use crate::engines::promotions::Applied;
use crate::engines::shipping;
use crate::engines::shipping::queries::Asked;
use crate::engines::shipping::{Offer, Piece, Place};
use crate::engines::tax::{Destination, Standing, VatId};
use crate::platform::base::{Broke, CartId, LocationId, Moment, Quantity, ShippingMethodId};
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
    /// As typed; empty while it is not known.
    pub email: &'a str,
    /// Of a business, as it was given.
    pub vat_id: Option<&'a VatId>,
    pub now: Moment,
}

/// What a cart costs.
pub struct Quoted {
    /// Ways to send to the destination.
    pub offers: Vec<Offer>,
    /// The one counted in.
    pub offer: Option<Offer>,
    pub needs_shipping: bool,
    /// `None` when it would cost more than an order may, or the cart buys in another market by now.
    pub quote: Option<Quote>,
    /// What promotions take off, on lines in the order they were given, and the codes that count or do not.
    pub promoted: Applied,
    /// Whether whoever buys pays tax.
    pub standing: Standing,
}

/// Adds up what these lines of a cart cost. What is sent is taxed where it goes; what is picked up, where it is handed over: it is not
/// transported to the shopper, whatever address they typed and whatever business they buy for (Directive 2006/112/EC, Articles 31 and 32).
pub async fn quoted(conn: &mut Conn, cart: CartId, lines: &[&Line], terms: &Terms<'_>) -> Result<Quoted, Broke> {
    let taxing = Taxing::read(conn, cart, lines, terms, (&terms.to, terms.vat_id)).await?;
    let sent = added_up(conn, cart, lines, terms, &taxing).await?;
    let Some(pickup) = sent.offer.as_ref().and_then(|offer| offer.pickup.as_ref()) else { return Ok(sent) };
    let place = place_of(conn, pickup.location, terms).await?;
    if place == terms.to && terms.vat_id.is_none() {
        return Ok(sent);
    }
    let taxing = Taxing::read(conn, cart, lines, terms, (&place, None)).await?;
    let picked_up = added_up(conn, cart, lines, terms, &taxing).await?;
    // The other ways still cost what they cost where they lead.
    let here = |offer: Offer| picked_up.offer.clone().filter(|chosen| chosen.method.id == offer.method.id).unwrap_or(offer);
    Ok(Quoted { offers: sent.offers.into_iter().map(here).collect(), ..picked_up })
}

/// Where goods are handed over; where staff did not say where that is, at home.
async fn place_of(conn: &mut Conn, location: LocationId, terms: &Terms<'_>) -> Result<Destination, Broke> {
    let site = inventory::queries::sites(conn).await?.into_iter().find(|site| site.id == location);
    let said = site.and_then(|site| Some((site.country?, site.region, site.postal_code)));
    Ok(match said {
        Some((country, region, postal_code)) => Destination { country, region, postal_code },
        None if terms.to.country == terms.shop.country => terms.to.clone(),
        None => Destination { postal_code: terms.shop.postal_code.clone(), ..Destination::country(terms.shop.country) },
    })
}

/// The sum under these taxes.
async fn added_up(
    conn: &mut Conn,
    cart: CartId,
    lines: &[&Line],
    terms: &Terms<'_>,
    taxing: &Taxing<'_>,
) -> Result<Quoted, Broke> {
    let Terms { shop, sending, .. } = terms;
    let there = taxing.carried(lines);
    let held: Vec<&Line> = there.as_ref().map_or_else(|| lines.to_vec(), |there| there.iter().collect());
    let lines = held.as_slice();
    let delivery = taxing.delivery(lines);
    let needs_shipping = lines.iter().any(|line| line.requires_shipping);
    let mut promoting = Promoting::read(conn, cart, lines, terms).await?;
    let off = promoting.apply(None).off_lines();
    let mut offers = match needs_shipping {
        true => offers(conn, lines, &off, terms).await?,
        false => Vec::new(),
    };
    offers.iter_mut().for_each(|offer| offer.price = taxing.of_delivery(delivery, offer.price));
    let offer = match sending {
        // What is picked up costs nothing to send, so it says nothing of delivery.
        Sending::Cheapest => offers.iter().min_by_key(|offer| (offer.pickup.is_some(), offer.price)),
        Sending::Chosen(id) => offers.iter().find(|offer| Some(offer.method.id) == *id).or(offers.first()),
    };
    let promoted = promoting.apply(offer.map(|offer| offer.price));
    let input = QuoteInput {
        currency: shop.currency,
        tax_included: shop.prices_include_tax,
        lines: lines.iter().filter_map(|line| line_input(line, taxing.on(line))).collect(),
        discounts: promoted.discounts.clone(),
        shipping: offer.map(|offer| ShippingInput {
            name: offer.method.name.main().to_owned(),
            price: offer.price,
            taxes: taxing.on_delivery(delivery),
        }),
    };
    // Whoever chose another market meanwhile looks at the cart once more.
    let of_one_currency = lines.iter().all(|line| line.currency == shop.currency);
    let quote = pricing::quote(&input).ok().filter(|_| of_one_currency);
    let offer = offer.cloned();
    Ok(Quoted { offers, offer, needs_shipping, quote, promoted, standing: taxing.standing.clone() })
}

/// The ways to send these lines to the destination; `off`: what promotions take off each.
async fn offers(conn: &mut Conn, lines: &[&Line], off: &[i64], terms: &Terms<'_>) -> Result<Vec<Offer>, Broke> {
    let pieces: Vec<Piece> = lines.iter().enumerate().map(|(at, line)| piece(line, off.get(at).copied().unwrap_or(0))).collect();
    let Destination { country, region, postal_code } = &terms.to;
    let to = Place { country: *country, region, postal_code };
    let (zone, now, exchange) = (terms.shop.zone, terms.now, terms.shop.market.exchange);
    shipping::queries::offers_for(conn, &Asked { to, pieces: &pieces, exchange, zone, now }).await
}

/// A line as it is sent, at what it costs after promotions.
fn piece(line: &Line, off: i64) -> Piece {
    let piece = line.piece();
    Piece { total: piece.total.saturating_sub(off), ..piece }
}

fn line_input(line: &Line, taxes: Vec<TaxInput>) -> Option<LineInput> {
    let quantity = Quantity::new(line.quantity)?;
    Some(LineInput { unit_price: line.price, quantity, discount: line.discount, taxes })
}
