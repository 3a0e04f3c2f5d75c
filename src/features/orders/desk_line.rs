//! A line of an order as staff see it: what is ordered, and what of it lies in a parcel.

use std::collections::HashMap;

use super::queries::{Line, Order, Parcel};
use crate::platform::base::OrderLineId;
use crate::platform::media::Picture;
use crate::platform::shell::Page;

pub struct DeskLineView {
    /// "lines[12]", the field of the parcel form.
    pub field: String,
    pub title: String,
    pub variant: String,
    pub sku: String,
    /// What a bundle is made of.
    pub parts: Vec<String>,
    /// "Ships from 12 December 2026", as the shopper was told.
    pub waits: Option<String>,
    pub each: String,
    pub total: String,
    pub off: Option<String>,
    pub left: i64,
    /// "Only 1 on hand"
    pub short: Option<String>,
    /// The address of a small picture.
    pub picture: Option<String>,
}

pub(super) fn line_of(page: &Page, order: &Order, line: &Line, short: &HashMap<OrderLineId, i32>) -> DeskLineView {
    let money = |amount| page.money(order.money(amount));
    DeskLineView {
        field: format!("lines[{}]", line.id),
        title: line.title.kept_in(page.locale).to_owned(),
        variant: line.variant_title.kept_in(page.locale).to_owned(),
        sku: line.sku.clone(),
        parts: line.parts_told(page.locale),
        waits: line.waits_told(order.status, &page.words),
        each: format!("{} × {}", money(line.unit_price), line.quantity),
        total: money(line.total),
        off: (line.discount > 0).then(|| money(-line.discount)),
        left: line.left(),
        short: short.get(&line.id).map(|on_hand| page.count("orders-desk-short", *on_hand)),
        picture: line.picture.as_ref().map(Picture::small),
    }
}

/// What a parcel holds of each line, with the price of just these pieces.
pub(super) fn lines_in(page: &Page, order: &Order, parcel: &Parcel) -> Vec<DeskLineView> {
    let money = |amount| page.money(order.money(amount));
    let held = |(id, pieces): &(OrderLineId, i32)| {
        let line = order.lines.iter().find(|line| line.id == *id)?;
        let view = line_of(page, order, line, &HashMap::new());
        if *pieces == line.quantity {
            return Some(view);
        }
        let each = format!("{} × {pieces}", money(line.unit_price));
        Some(DeskLineView { each, total: money(line.unit_price * i64::from(*pieces)), off: None, ..view })
    };
    parcel.contents.iter().filter_map(held).collect()
}
