//! What is to be sent of an order, parted by the places that it leaves; staff see one place at a time.

use std::collections::HashMap;

use super::desk_labels;
use super::desk_line::{DeskLineView, line_of};
use super::origins::Origin;
use super::queries::{Order, Parcel};
use crate::engines::shipping::labels::{Asked, LabelState};
use crate::platform::base::OrderLineId;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::FormView;

/// What is read for it.
pub struct Sending {
    pub origins: Vec<Origin>,
    /// Grams of one piece.
    pub weights: HashMap<OrderLineId, i32>,
    /// The newest first.
    pub labels: Vec<Asked>,
    /// Whether the shop has an account with a house that sells them.
    pub sells_labels: bool,
}

impl Sending {
    fn grams(&self, lines: impl Iterator<Item = (OrderLineId, i64)>) -> i64 {
        lines.map(|(line, pieces)| i64::from(self.weights.get(&line).copied().unwrap_or(0)) * pieces).sum()
    }

    /// What leaves a place weighs; of all places where none is meant.
    pub(super) fn grams_from(&self, from: &str) -> i64 {
        let meant = |origin: &&Origin| from.is_empty() || origin_id(origin) == from;
        self.grams(self.origins.iter().filter(meant).flat_map(|origin| origin.lines.iter().copied()))
    }

    /// "1.2 kg"; nothing where nobody weighed the goods.
    fn weight(&self, page: &Page, lines: impl Iterator<Item = (OrderLineId, i64)>) -> String {
        match self.grams(lines) {
            0 => String::new(),
            grams => page.named("orders-desk-kg", &page.decimal((grams + 50) / 100, 1)),
        }
    }

    pub(super) fn of_parcel(&self, page: &Page, parcel: &Parcel) -> String {
        self.weight(page, parcel.contents.iter().map(|(line, pieces)| (*line, i64::from(*pieces))))
    }
}

/// A place in the list of those that an order leaves.
pub struct OriginView {
    pub path: String,
    /// "Main · 3 pieces · 1.2 kg"
    pub text: String,
    pub here: bool,
}

/// The card from which a parcel is sent.
pub struct SendingView {
    /// The places to choose from; one stands alone.
    pub origins: Vec<OriginView>,
    /// The place of the form, by its id; empty: any.
    pub from: String,
    pub lines: Vec<DeskLineView>,
    pub labels: Vec<LabelView>,
    /// Where another label is bought.
    pub buy: Option<String>,
    /// How the form begins.
    pub fresh: FormView,
}

impl SendingView {
    /// `sent`: the form that was refused, which says the place; else the address does, else the first one is shown.
    pub fn new(
        page: &Page,
        order: &Order,
        sending: &Sending,
        short: &HashMap<OrderLineId, i32>,
        sent: Option<&FormView>,
    ) -> SendingView {
        let asked = sent.map_or_else(|| page.query("from"), |form| form.value("from").to_owned());
        let shown = sending.origins.iter().find(|origin| origin_id(origin) == asked).or(sending.origins.first());
        let pieces: HashMap<OrderLineId, i64> = match shown {
            Some(origin) => origin.lines.iter().copied().collect(),
            // Promises that cannot be told apart: whatever is left.
            None => order.lines.iter().map(|line| (line.id, line.left())).collect(),
        };
        let of = |line| {
            let view = line_of(page, order, line, short);
            DeskLineView { left: pieces.get(&line.id).copied().unwrap_or(0), ..view }
        };
        let lines: Vec<DeskLineView> =
            order.lines.iter().filter(|line| !line.gift_card).map(of).filter(|line| line.left > 0).collect();
        let view = |origin: &Origin| OriginView {
            path: format!("{}?from={}", paths::admin_order(order.number), origin_id(origin)),
            text: text(page, sending, origin),
            here: shown == Some(origin),
        };
        let from = shown.filter(|_| sending.origins.len() > 1).map(origin_id).unwrap_or_default();
        // A label that was bought and lies on no parcel yet is for this one.
        let unused = |label: &&Asked| {
            label.state == LabelState::Bought && order.parcels.iter().all(|parcel| parcel.tracking.number != label.number)
        };
        let label = sending.labels.iter().find(unused);
        let of = |part: fn(&Asked) -> &String| label.map(part).cloned().unwrap_or_default();
        let tracking =
            [("carrier", of(|label| &label.carrier)), ("tracking", of(|label| &label.number)), ("link", of(|label| &label.link))];
        let pieces = lines.iter().map(|line| (line.field.as_str(), line.left.to_string()));
        SendingView {
            origins: sending.origins.iter().map(view).collect(),
            fresh: FormView::filled(pieces.chain(tracking)),
            labels: sending.labels.iter().map(|asked| label_view(page, asked)).collect(),
            buy: sending.sells_labels.then(|| desk_labels::path(order.number, &from)),
            from,
            lines,
        }
    }
}

/// A place as an address names it; empty: several.
fn origin_id(origin: &Origin) -> String {
    origin.from.as_ref().map(|place| place.0.to_string()).unwrap_or_default()
}

/// A label that was asked for, in words, and where it is printed from.
pub struct LabelView {
    pub text: String,
    pub pdf: String,
}

fn label_view(page: &Page, asked: &Asked) -> LabelView {
    let text = match asked.state {
        LabelState::Bought => format!("{} {} {}", asked.carrier, asked.service, asked.number),
        LabelState::Asked => page.t("orders-label-unheard"),
        LabelState::Refused => page.named("orders-label-refused", &asked.why),
    };
    LabelView { text, pdf: asked.pdf.clone() }
}

fn text(page: &Page, sending: &Sending, origin: &Origin) -> String {
    let place = origin.from.as_ref().map_or_else(|| page.t("orders-desk-several-places"), |place| place.1.clone());
    let pieces = page.count("orders-pieces", origin.lines.iter().map(|line| line.1).sum::<i64>());
    let parts = [place, pieces, sending.weight(page, origin.lines.iter().copied())];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}
