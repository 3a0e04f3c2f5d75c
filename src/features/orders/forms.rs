//! What staff may send about an order.

use std::collections::HashMap;
use std::str::FromStr;

use chrono::Duration;
use chrono_tz::Tz;
use rocket::FromForm;
use rocket::form::{self, FromFormField, ValueField};

use super::batch::Pick;
use super::commands::RefundTo;
use super::model::{OrderStatus, PaymentStatus, Tracking};
use super::queries::{Begin, Filter};
use crate::platform::base::{
    BadText, CreditAccountId, Currency, Day, Line, LocationId, MailId, Moment, Name, OrderId, OrderLineId, OrderNumber,
    ProductId, Prose, text_enum,
};

/// How many pieces of a line go into a parcel; an empty field is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pieces(pub i32);

#[rocket::async_trait]
impl<'r> FromFormField<'r> for Pieces {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        let text = field.value.trim();
        let count = if text.is_empty() { Some(0) } else { text.parse::<i32>().ok().filter(|count| (0..=9999).contains(count)) };
        count.map(Pieces).ok_or_else(|| form::Error::validation("error-quantity").into())
    }
}

/// Marks an order as paid.
#[derive(FromForm)]
pub struct PaymentForm {
    /// The order as the person saw it.
    pub version: i32,
    /// In the order's currency, "42.90".
    pub amount: Line<20>,
}

impl PaymentForm {
    /// The amount in minor units; `None`: it cannot be read.
    pub fn minor(&self, currency: Currency) -> Option<i64> {
        currency.parse_minor(&self.amount).filter(|amount| *amount > 0)
    }
}

/// Pays back.
#[derive(FromForm)]
pub struct RefundForm {
    pub version: i32,
    pub amount: Line<20>,
    pub reason: Line<200>,
    /// Where it goes back to; as it came, where the form does not ask.
    #[field(default = RefundTo::Source)]
    pub to: RefundTo,
    /// Gift cards that are taken back with it.
    #[field(default = Vec::new())]
    pub cards: Vec<CreditAccountId>,
}

/// Lets an authorised amount go.
#[derive(FromForm)]
pub struct VoidForm {
    pub version: i32,
}

/// A parcel.
#[derive(FromForm)]
pub struct ParcelForm {
    pub version: i32,
    pub lines: HashMap<OrderLineId, Pieces>,
    pub carrier: Line<60>,
    pub tracking: Line<100>,
    pub link: Line<500>,
    /// The place that it leaves alone.
    pub from: Option<LocationId>,
}

impl ParcelForm {
    pub fn parcel(&self) -> Vec<(OrderLineId, i32)> {
        self.lines.iter().map(|(line, pieces)| (*line, pieces.0)).collect()
    }

    /// How it is found again; `None` when the link is no web address.
    pub fn tracking(&self) -> Option<Tracking> {
        let web = |text: &str| url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        let url = self.link.to_string();
        (url.is_empty() || web(&url)).then(|| Tracking {
            carrier: self.carrier.to_string(),
            number: self.tracking.to_string(),
            url,
            from: self.from,
        })
    }
}

/// Many orders, each whole in a parcel of its own.
#[derive(FromForm)]
pub struct ShipManyForm {
    pub pick: Vec<Pick>,
    /// Of all the parcels.
    pub carrier: Line<60>,
    /// By order number; empty where there is none.
    pub tracking: HashMap<OrderNumber, Line<100>>,
}

#[rocket::async_trait]
impl<'r> FromFormField<'r> for Pick {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        field.value.parse().map_err(|why: BadText| form::Error::validation(why.0).into())
    }
}

text_enum! {
    /// What becomes of pieces that were not shipped.
    Restock { Yes = "yes", No = "no" }
}

#[derive(FromForm)]
pub struct CancelForm {
    pub version: i32,
    pub restock: Restock,
    pub reason: Line<200>,
}

/// A mail to be sent again.
#[derive(FromForm)]
pub struct LetterForm {
    pub letter: MailId,
    /// The newest mail of the order that the page showed.
    pub seen: MailId,
}

#[derive(FromForm)]
pub struct NoteForm {
    pub note: Prose<2000>,
}

text_enum! {
    /// A box that is ticked.
    Ticked { Yes = "yes" }
}

/// Keeps a view of the list.
#[derive(FromForm)]
pub struct ViewForm {
    pub name: Name<60>,
    /// What it stands for; read as the list reads its own query.
    pub query: Line<1000>,
    pub shared: Option<Ticked>,
}

#[derive(FromForm)]
pub struct RenameViewForm {
    pub name: Name<60>,
    pub shared: Option<Ticked>,
}

text_enum! {
    /// Ready-made filters.
    View { All = "all", ToShip = "to-ship", Unpaid = "unpaid" }
}

text_enum! {
    /// Which unpaid orders expire.
    Due { Soon = "soon" }
}

/// How long before it expires an unpaid order is said to expire soon.
pub const SOON: Duration = Duration::hours(48);

/// What the list is narrowed to, read from the query; what cannot be read does not narrow.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub view: Option<View>,
    pub filter: Filter,
    pub begin: Option<Begin>,
    /// Placed from this day to that one, both counted.
    pub placed: (Option<Day>, Option<Day>),
    /// The same for the beginning of the checkout.
    pub begun: (Option<Day>, Option<Day>),
    pub due: Option<Due>,
    /// What the product is called that the list is narrowed to.
    pub product_title: Option<String>,
}

impl Asked {
    pub fn of(query: &str) -> Asked {
        let mut asked = Asked::default();
        for (key, value) in url::form_urlencoded::parse(query.as_bytes()) {
            let id = || value.parse::<i64>().ok().filter(|id| *id > 0).map(OrderId);
            match key.as_ref() {
                "q" => asked.filter.words = value.parse::<Line<200>>().map(Line::into_string).unwrap_or_default(),
                "view" => asked.view = value.parse().ok(),
                "status" => push(&mut asked.filter.status, &value),
                "payment" => push(&mut asked.filter.payment, &value),
                "fulfilment" => push(&mut asked.filter.fulfilment, &value),
                "from" => asked.placed.0 = value.parse().ok(),
                "to" => asked.placed.1 = value.parse().ok(),
                "begun_from" => asked.begun.0 = value.parse().ok(),
                "begun_to" => asked.begun.1 = value.parse().ok(),
                "due" => asked.due = value.parse().ok(),
                "product" => asked.filter.product = value.parse().ok().filter(|id| *id > 0).map(ProductId),
                "email" => asked.filter.email = value.parse::<Line<254>>().map(|email| email.to_lowercase()).unwrap_or_default(),
                "before" => asked.begin = id().map(Begin::Before),
                "after" => asked.begin = id().map(Begin::After),
                _ => {}
            }
        }
        asked
    }

    /// The filter with what the ready-made view adds; days are those of the reader's zone.
    pub fn whole(&self, zone: Tz, now: Moment) -> Filter {
        let mut filter = self.filter.clone();
        let moments =
            |(from, to): (Option<Day>, Option<Day>)| (from.map(|day| day.begin(zone)), to.map(|day| day.plus(1).begin(zone)));
        (filter.placed, filter.begun) = (moments(self.placed), moments(self.begun));
        filter.due_before = self.due.map(|Due::Soon| now + SOON);
        match self.view {
            Some(View::ToShip) => filter.to_ship = true,
            Some(View::Unpaid) => {
                filter.status = vec![OrderStatus::Open];
                filter.payment = vec![PaymentStatus::Unpaid, PaymentStatus::PartlyPaid];
            }
            Some(View::All) | None => {}
        }
        filter
    }

    /// The query that asks for the same, as a view keeps it; empty where nothing narrows.
    pub fn query(&self) -> String {
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(self.pairs()).finish()
    }

    /// The query in pairs, without the page.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if !self.filter.words.is_empty() {
            pairs.push(("q", self.filter.words.clone()));
        }
        pairs.extend(self.view.filter(|view| *view != View::All).map(|view| ("view", view.to_string())));
        pairs.extend(self.filter.status.iter().map(|one| ("status", one.to_string())));
        pairs.extend(self.filter.payment.iter().map(|one| ("payment", one.to_string())));
        pairs.extend(self.filter.fulfilment.iter().map(|one| ("fulfilment", one.to_string())));
        let days = [("from", self.placed.0), ("to", self.placed.1), ("begun_from", self.begun.0), ("begun_to", self.begun.1)];
        pairs.extend(days.into_iter().filter_map(|(name, day)| Some((name, day?.to_string()))));
        pairs.extend(self.due.map(|due| ("due", due.to_string())));
        pairs.extend(self.filter.product.map(|product| ("product", product.to_string())));
        if !self.filter.email.is_empty() {
            pairs.push(("email", self.filter.email.clone()));
        }
        pairs
    }
}

fn push<T: FromStr + PartialEq>(list: &mut Vec<T>, value: &str) {
    if let Some(one) = value.parse().ok().filter(|one| !list.contains(one)) {
        list.push(one);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_does_not_narrow() {
        let asked = Asked::of(
            "q=%00&status=open&status=open&status=nonsense&before=-1&after=x&view=none&payment=%FF&from=2026-02-30&product=0&due=x",
        );
        assert_eq!(asked.whole(Tz::UTC, Moment::default()), Filter { status: vec![OrderStatus::Open], ..Filter::default() });
        assert_eq!(asked.begin, None);
    }

    #[test]
    fn parcels_lead_only_to_web_addresses() {
        let form = |link: &str| ParcelForm {
            version: 1,
            lines: HashMap::new(),
            carrier: Default::default(),
            tracking: Default::default(),
            link: link.parse().expect("a line"),
            from: None,
        };
        assert!(form("").tracking().is_some() && form("https://dhl.example/1").tracking().is_some());
        for bad in ["javascript:alert(1)", "dhl.example", "data:text/html,x", "https://"] {
            assert!(form(bad).tracking().is_none(), "{bad}");
        }
    }
}
