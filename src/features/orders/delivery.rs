//! What was promised of an order's delivery: the days, and where it waits if it is picked up.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::model::OrderStatus;
use super::queries::Order;
use crate::platform::base::Span;
use crate::platform::i18n::{Translations, Words};

/// A promise as it was made; in words of the shop's main language and its others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// First and last day; `None`: nobody knew, as something waited for new stock.
    pub promised: Option<(NaiveDate, NaiveDate)>,
    /// Working days on the way, at best and at most.
    pub days: (i32, i32),
    /// Where it is picked up; empty: it is sent.
    pub pickup: String,
    /// Address and hours of that place.
    pub note: String,
    /// The note in other languages.
    #[serde(default)]
    pub translations: Translations,
}

impl Delivery {
    pub fn span(&self) -> Option<Span> {
        self.promised.map(|(from, to)| Span { from: from.into(), to: to.into() })
    }

    pub fn is_pickup(&self) -> bool {
        !self.pickup.is_empty()
    }

    /// The place with its address and hours, line by line; none for what is sent.
    pub fn place(&self, words: &Words) -> Vec<String> {
        let note = self.translations.wording("note", self.note.as_str());
        let note = note.kept_in(words.locale).lines().map(str::trim).map(str::to_owned);
        std::iter::once(self.pickup.clone()).chain(note).filter(|line| !line.is_empty()).collect()
    }
}

/// "Arrives Tue 1 – Thu 3 Dec"; while a transfer is awaited, until when it must be here for that. `None` where nothing was promised, and
/// for an order that is over.
pub fn promise(words: &Words, order: &Order, zone: Tz) -> Option<String> {
    let delivery = order.delivery.as_ref()?;
    if matches!(order.status, OrderStatus::Cancelled | OrderStatus::Expired) {
        return None;
    }
    let waits = order.due_amount() > 0 && order.payment_method == "bank_transfer";
    let key = match (delivery.is_pickup(), waits) {
        (false, false) => "orders-arrives",
        (false, true) => "orders-arrives-if-paid",
        (true, false) => "orders-ready",
        (true, true) => "orders-ready-if-paid",
    };
    let values = [("days", words.week_span(delivery.span()?).into()), ("day", words.weekday(order.placed_at, zone).into())];
    Some(words.with(key, &values))
}
