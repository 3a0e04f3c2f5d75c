//! The cart as a page and as the drawer beside every page; both print the same lines.

use askama::Template;
use askama_web::WebTemplate;

use super::codes::CodesView;
use super::estimate::Estimate;
use super::model::{Line, QuantityRefused, Trouble};
use crate::platform::base::{CartLineId, Quantity, VariantId};
use crate::platform::media::{Loading, PictureView, sizes};
use crate::platform::paths;
use crate::platform::shell::{Page, Told};
use crate::platform::web::FormView;

/// The cart on a page of its own, or, for htmx, what stands in the drawer.
#[derive(Template, WebTemplate)]
pub enum CartAnswer {
    #[template(path = "cart/cart_page.html")]
    Page { page: Page, cart: CartView },
    #[template(path = "cart/_drawer.html")]
    Drawer { page: Page, cart: CartView },
}

impl CartAnswer {
    pub fn new(page: Page, cart: CartView) -> CartAnswer {
        if page.partial { CartAnswer::Drawer { page, cart } } else { CartAnswer::Page { page, cart } }
    }

    /// The same, saying of what there is less than was asked for.
    pub fn telling(mut self, fewer: Vec<String>) -> CartAnswer {
        let (CartAnswer::Page { cart, .. } | CartAnswer::Drawer { cart, .. }) = &mut self;
        cart.fewer = fewer;
        self
    }
}

/// Lines and totals, ready to print.
pub struct CartView {
    pub lines: Vec<LineView>,
    pub pieces: i64,
    pub removed: Option<RemovedView>,
    pub refused: Option<RefusedView>,
    /// Of what there is less than two carts held, or an order had.
    pub fewer: Vec<String>,
    pub totals: TotalsView,
    /// Empty where there is nothing in the cart.
    pub codes: Option<CodesView>,
    /// Whether everything can be bought as it stands.
    pub ready: bool,
}

/// What the goods cost, and what the rest will cost at least.
pub struct TotalsView {
    pub goods: String,
    /// What promotions take off goods and delivery.
    pub off: Option<String>,
    /// "Free" or "from $5.00", to the country the shop is in.
    pub shipping: Option<String>,
    /// "Arrives Tue 1 – Thu 3 Dec", by that way.
    pub arrives: Option<String>,
    pub shipping_to: String,
    pub sum: String,
    /// Taxes that come on top of what is shown, by name: label and amount.
    pub taxes: Vec<(String, String)>,
    /// "with $3.20 VAT".
    pub tax: Option<String>,
    pub gap: Option<GapView>,
}

/// How much is missing until shipping costs nothing.
pub struct GapView {
    pub text: String,
    pub reached: bool,
    pub percent: i64,
}

/// A line, ready to print.
pub struct LineView {
    pub id: CartLineId,
    pub title: Told,
    pub what: Told,
    pub path: String,
    pub picture: Option<PictureView>,
    pub total: String,
    pub each: Option<String>,
    /// "€16.00 / l".
    pub unit: Option<String>,
    /// As held, or as typed when that was refused.
    pub quantity: String,
    pub error: Option<String>,
    /// The most the field accepts.
    pub most: i64,
    pub can_less: bool,
    pub can_more: bool,
    /// What a bundle is made of.
    pub parts: Vec<String>,
    /// What changed, is short or comes later.
    pub notes: Vec<String>,
    /// "Spring sale −$2.00"
    pub off: Vec<String>,
    /// Whether there is anything to be had of it.
    pub offered: bool,
}

/// What was just taken out and can be put back.
pub struct RemovedView {
    pub variant: VariantId,
    pub quantity: i32,
    pub title: String,
}

/// What was not put in, with the form as it was sent.
pub struct RefusedView {
    pub title: Option<String>,
    pub path: Option<String>,
    pub variant: String,
    pub quantity: String,
    pub text: String,
    /// Pieces that would still fit.
    pub fits: i64,
}

/// What a form asked of the cart and did not get.
pub enum Refused {
    Nothing,
    Add(RefusedView),
    Line(CartLineId, FormView),
    Code(FormView),
}

impl RefusedView {
    pub fn fits_of(why: &QuantityRefused) -> i64 {
        match *why {
            QuantityRefused::OnlyLeft { left, held } => (left - i64::from(held)).max(0),
            _ => 0,
        }
    }
}

impl CartView {
    pub fn new(page: &Page, lines: &[Line], estimate: Estimate, removed: Option<RemovedView>, refused: Refused) -> CartView {
        let (added, at_line) = match refused {
            Refused::Nothing | Refused::Code(_) => (None, None),
            Refused::Add(view) => (Some(view), None),
            Refused::Line(line, form) => (None, Some((line, form))),
        };
        let form_of = |id: CartLineId| at_line.as_ref().filter(|(line, _)| *line == id).map(|(_, form)| form);
        CartView {
            pieces: lines.iter().map(|line| i64::from(line.quantity)).sum(),
            ready: !lines.is_empty() && lines.iter().all(|line| line.trouble().is_none()),
            lines: lines.iter().map(|line| LineView::new(page, line, &estimate, form_of(line.id))).collect(),
            removed: removed.filter(|gone| lines.iter().all(|line| line.variant != gone.variant)),
            refused: added,
            fewer: Vec::new(),
            totals: estimate.totals,
            codes: estimate.codes.filter(|_| !lines.is_empty()),
        }
    }
}

impl LineView {
    fn new(page: &Page, line: &Line, estimate: &Estimate, typed: Option<&FormView>) -> LineView {
        let (left, price) = (line.saleable.left(), estimate.price_of(line));
        LineView {
            id: line.id,
            title: page.told(&line.title),
            what: page.told(&line.variant_title),
            path: format!("{}?variant={}", paths::product(&line.handle), line.variant),
            picture: line.picture.as_ref().and_then(|picture| picture.view("", sizes::LINE, Loading::Lazy)),
            total: page.price(price.saturating_mul(i64::from(line.quantity))),
            each: (line.quantity > 1).then(|| page.named("cart-each", &page.price(price))),
            unit: line.content.map(|content| content.said(page.words, price, page.shop().currency)),
            quantity: typed.map_or_else(|| line.quantity.to_string(), |form| form.value("quantity").to_owned()),
            error: typed.and_then(|form| form.error("quantity")).map(str::to_owned),
            most: left.unwrap_or(i64::from(Quantity::MAX)).clamp(i64::from(line.quantity), i64::from(Quantity::MAX)),
            can_less: line.quantity > 1,
            can_more: line.quantity < Quantity::MAX && line.saleable.covers(line.quantity + 1),
            parts: line.parts.iter().map(|part| part.told(|words| page.plain(words))).collect(),
            notes: notes(page, line, price),
            off: estimate.off_of(page, line.id),
            offered: !matches!(line.trouble(), Some(Trouble::Withdrawn | Trouble::SoldOut)),
        }
    }
}

/// What a shopper should know about a line: too few left, few left, or another price than before.
fn notes(page: &Page, line: &Line, price: i64) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(trouble) = line.trouble() {
        notes.push(page.refusal(&trouble));
    } else if let Some(wait) = &line.wait {
        notes.push(wait.told(&page.words, line.quantity));
    } else if let Some(left) = line.saleable.left().filter(|left| *left <= 5) {
        notes.push(page.count("cart-few-left", left));
    }
    if line.price_changed() && line.offered {
        let key = match line.seen.currency == line.currency {
            true if line.price < line.seen.amount => "cart-price-fell",
            true => "cart-price-rose",
            false => "cart-price-currency",
        };
        let (was, now) = (page.words.money(line.seen_as_charged(price)), page.price(price));
        notes.push(page.with(key, &[("was", was.into()), ("now", now.into())]));
    }
    notes
}
