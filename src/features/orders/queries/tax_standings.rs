//! Why orders have no tax where they could have some, and the VAT ids of whoever bought.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::engines::tax::vat_checks::Heard;
use crate::platform::base::{Moment, OrderId};
use crate::platform::db::Conn;
use crate::platform::i18n::Words;
use crate::platform::schema::{order_tax_standings, vat_checks};

/// What an order says of its tax, as it was copied when it was placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxNote {
    /// Of the customer; empty: none was given.
    pub vat_id: String,
    pub reverse_charge: bool,
    /// The reason that staff gave; empty: none.
    pub exempt: String,
    pub proof: Option<Proof>,
}

/// What a register said of the VAT id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    pub register: String,
    pub heard: Heard,
    pub consultation: String,
    pub name: String,
    pub at: Moment,
}

impl TaxNote {
    /// What must stand on the bill: "Reverse charge …", "VAT number FR40303265045".
    pub fn lines(&self, words: &Words) -> Vec<String> {
        let mut lines = Vec::new();
        if self.reverse_charge {
            lines.push(words.t("orders-reverse-charge"));
        }
        if !self.exempt.is_empty() {
            lines.push(words.named("orders-tax-exempt", &self.exempt));
        }
        if !self.vat_id.is_empty() {
            lines.push(words.named("orders-vat-id", &self.vat_id));
        }
        lines
    }
}

type Row = (OrderId, String, bool, String, Option<(String, Heard, String, String, Moment)>);

pub(super) async fn tax_notes_of(conn: &mut Conn, orders: &[OrderId]) -> QueryResult<HashMap<OrderId, TaxNote>> {
    use order_tax_standings as row;
    let rows: Vec<Row> = order_tax_standings::table
        .left_join(vat_checks::table.on(vat_checks::id.nullable().eq(row::vat_check_id)))
        .filter(row::order_id.eq_any(orders))
        .select((
            row::order_id,
            row::vat_id,
            row::reverse_charge,
            row::exempt,
            (vat_checks::register, vat_checks::answer, vat_checks::consultation, vat_checks::name, vat_checks::at).nullable(),
        ))
        .load(conn)
        .await?;
    let note = |(order, vat_id, reverse_charge, exempt, proof): Row| {
        let proof = proof.map(|(register, heard, consultation, name, at)| Proof { register, heard, consultation, name, at });
        (order, TaxNote { vat_id, reverse_charge, exempt, proof })
    };
    Ok(rows.into_iter().map(note).collect())
}
