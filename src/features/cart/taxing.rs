//! Which taxes are on what, and what prices become by them; the quote itself is `engines/pricing`.

use super::model::Line;
use super::quoting::Terms;
use crate::engines::pricing::{TaxInput, carried};
use crate::engines::tax::queries::Buyer;
use crate::engines::tax::{self, Destination, Levy, Rates, Standing, VatId};
use crate::platform::base::{Broke, CartId, Day, Rate, TaxClassId};
use crate::platform::db::Conn;
use crate::platform::settings::{CrossBorder, ShopFacts};

/// What taxes one cart; read once, whatever is in it.
pub struct Taxing<'a> {
    rates: Rates,
    shop: &'a ShopFacts,
    /// Whether whoever buys pays tax.
    pub standing: Standing,
}

/// What delivery is to the tax office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    Untaxed,
    Class(Option<TaxClassId>),
}

fn sum(levies: &[Levy]) -> Rate {
    Rate(levies.iter().map(|levy| levy.rate.0).fold(0, i32::saturating_add))
}

impl<'a> Taxing<'a> {
    /// What is taxed there; `vat_id`: of a business, where it counts.
    pub async fn read(
        conn: &mut Conn,
        cart: CartId,
        lines: &[&Line],
        terms: &Terms<'a>,
        (to, vat_id): (&Destination, Option<&VatId>),
    ) -> Result<Taxing<'a>, Broke> {
        let (shop, on) = (terms.shop, Day::of(terms.now, terms.shop.zone).date());
        let (rates, standing) = match lines.is_empty() {
            true => (Rates::nothing(to.clone(), on), Standing::Taxed),
            false => {
                let buyer = Buyer { cart: Some(cart), vat_id };
                tax::queries::rates_for(conn, shop, to, buyer, on).await?
            }
        };
        Ok(Taxing { rates, shop, standing })
    }

    fn taxes(&self, class: Option<TaxClassId>) -> Vec<TaxInput> {
        if !self.standing.is_taxed() {
            return Vec::new();
        }
        let input = |Levy { name, country, region, class, rate }| TaxInput { name, country, region, class, rate };
        self.rates.of(class).into_iter().map(input).collect()
    }

    /// An amount as whoever buys pays it there, with or without tax as their market shows it: without the tax that is in it for those
    /// who pay none, else as the shop's rule for borders says.
    fn amount(&self, amount: i64, class: Option<TaxClassId>) -> i64 {
        let (there, home) = (sum(&self.rates.of(class)), sum(&self.rates.at_home(class)));
        match (self.shop.entered_with_tax, self.shop.prices_include_tax) {
            (true, true) => {}
            (false, false) => return amount,
            // Without its tax a price is the same wherever goods are sent.
            (true, false) => return carried(amount, home, Rate::ZERO),
            (false, true) if self.standing.is_taxed() => return carried(amount, Rate::ZERO, there),
            (false, true) => return amount,
        }
        match (self.shop.tax.cross_border, self.standing.is_taxed()) {
            (CrossBorder::SamePrice, true) => amount,
            (CrossBorder::NetPrice, true) => carried(amount, home, there),
            (CrossBorder::SamePrice, false) => carried(amount, there, Rate::ZERO),
            (CrossBorder::NetPrice, false) => carried(amount, home, Rate::ZERO),
        }
    }

    /// The taxes on a line.
    pub fn on(&self, line: &Line) -> Vec<TaxInput> {
        if line.taxable { self.taxes(line.tax_class) } else { Vec::new() }
    }

    /// The lines at what they cost whoever buys there; `None`: as they stand.
    pub fn carried(&self, lines: &[&Line]) -> Option<Vec<Line>> {
        let stands = self.standing.is_taxed() && self.shop.tax.cross_border == CrossBorder::SamePrice;
        let typed_so = stands || !self.shop.prices_include_tax;
        if typed_so && !self.shop.turns_tax() {
            return None;
        }
        Some(lines.iter().map(|line| self.line(line)).collect())
    }

    fn line(&self, line: &Line) -> Line {
        let mut line = line.clone();
        if line.taxable {
            line.price = self.amount(line.price, line.tax_class);
            if self.shop.turns_tax() {
                line.price = self.shop.market.exchange.ended(line.price);
            }
            // Rounded by itself, what staff took off must not be more than there is.
            line.discount = self.amount(line.discount, line.tax_class).min(line.total());
        }
        line
    }

    /// What delivery of these lines is: the shop's class for it, or that of the goods with the greatest total.
    pub fn delivery(&self, lines: &[&Line]) -> Delivery {
        if let Some(class) = self.shop.tax.shipping_class {
            return Delivery::Class(Some(class));
        }
        let mut totals: Vec<(Option<TaxClassId>, i64)> = Vec::new();
        for line in lines.iter().filter(|line| line.taxable) {
            let class = self.rates.resolved(line.tax_class);
            match totals.iter_mut().find(|(of, _)| *of == class) {
                Some((_, total)) => *total = total.saturating_add(line.total_after()),
                None => totals.push((class, line.total_after())),
            }
        }
        let greatest = totals.iter().rev().max_by_key(|(_, total)| *total);
        greatest.map_or(Delivery::Untaxed, |(class, _)| Delivery::Class(*class))
    }

    /// The taxes on delivery.
    pub fn on_delivery(&self, delivery: Delivery) -> Vec<TaxInput> {
        match delivery {
            Delivery::Untaxed => Vec::new(),
            Delivery::Class(class) => self.taxes(class),
        }
    }

    /// The price of a way to send.
    pub fn of_delivery(&self, delivery: Delivery, price: i64) -> i64 {
        match delivery {
            Delivery::Untaxed => price,
            Delivery::Class(class) => self.amount(price, class),
        }
    }
}
