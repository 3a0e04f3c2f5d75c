//! How the shop taxes, as all rooms read it; `engines/tax` writes it.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::sections::{Fields, Saved};
use crate::platform::base::{TaxClassId, text_enum};
use crate::platform::db::Conn;
use crate::platform::schema::tax_rules;

text_enum! {
    /// What stays when goods go where other rates are, where prices include tax.
    CrossBorder { SamePrice = "same_price", NetPrice = "net_price" }
}

text_enum! {
    /// Who is asked whether a VAT id is one.
    Register { Off = "off", Vies = "vies" }
}

text_enum! {
    /// What follows from a VAT id that nobody proved.
    Unproved { Tax = "tax", Accept = "accept" }
}

/// How the shop taxes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxRules {
    /// The class of delivery; `None`: as the goods, by the class with the greatest total.
    pub shipping_class: Option<TaxClassId>,
    pub cross_border: CrossBorder,
    pub sells_to_businesses: bool,
    /// The shop's own; empty: it has none.
    pub vat_id: String,
    pub register: Register,
    pub unproved: Unproved,
}

impl TaxRules {
    /// Whether VAT ids are looked up elsewhere.
    pub fn asks_a_register(&self) -> bool {
        self.sells_to_businesses && self.register != Register::Off
    }
}

impl Default for TaxRules {
    /// As a new shop begins.
    fn default() -> TaxRules {
        TaxRules {
            shipping_class: None,
            cross_border: CrossBorder::SamePrice,
            sells_to_businesses: false,
            vat_id: String::new(),
            register: Register::Off,
            unproved: Unproved::Tax,
        }
    }
}

impl Saved for TaxRules {
    fn fields(&self) -> Fields {
        vec![
            ("shipping_class", self.shipping_class.map(|class| class.to_string()).unwrap_or_default()),
            ("cross_border", self.cross_border.to_string()),
            ("sells_to_businesses", if self.sells_to_businesses { "yes" } else { "" }.to_owned()),
            ("vat_id", self.vat_id.clone()),
            ("register", self.register.to_string()),
            ("unproved", self.unproved.to_string()),
        ]
    }
}

/// The rules, read afresh.
pub async fn tax_rules(conn: &mut Conn) -> QueryResult<TaxRules> {
    type Row = (Option<TaxClassId>, CrossBorder, bool, String, Register, Unproved);
    let row: Row = tax_rules::table
        .select((
            tax_rules::shipping_class_id,
            tax_rules::cross_border,
            tax_rules::sells_to_businesses,
            tax_rules::vat_id,
            tax_rules::register,
            tax_rules::unproved,
        ))
        .first(conn)
        .await?;
    let (shipping_class, cross_border, sells_to_businesses, vat_id, register, unproved) = row;
    Ok(TaxRules { shipping_class, cross_border, sells_to_businesses, vat_id, register, unproved })
}
