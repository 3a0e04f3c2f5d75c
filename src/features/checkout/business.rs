//! The VAT id of a business: asked of the register before the last look, outside of every connection, and kept as the proof.

use super::model::Draft;
use crate::engines::tax::vat_checks::{self, Heard};
use crate::engines::tax::{Answer, Registers, VatId};
use crate::features::customers::Customer;
use crate::features::customers::commands::keep_vat_id;
use crate::platform::base::{Broke, CartId, Country};
use crate::platform::db::{Conn, Db};
use crate::platform::settings::{Register, ShopFacts};
use crate::platform::shell::Page;
use crate::platform::web::FormView;

/// The VAT id of a draft, where the shop takes one and it may be one.
pub fn vat_id_of(draft: &Draft, shop: &ShopFacts) -> Option<VatId> {
    if shop.tax.sells_to_businesses { draft.vat_id.parse().ok() } else { None }
}

/// Whether the form asks for a VAT id when goods go there.
pub fn asks_for_vat_id(shop: &ShopFacts, to: Country) -> bool {
    shop.tax.sells_to_businesses && shop.country.is_in_the_eu() && to.is_in_the_eu()
}

/// The form after the VAT id in it was looked up; it says why where it is none. What the register does not answer in time is kept too.
pub async fn proved(
    db: &Db,
    registers: &Registers,
    cart: CartId,
    draft: &Draft,
    form: FormView,
    page: &Page,
) -> Result<FormView, Broke> {
    let (shop, rules) = (page.shop(), &page.shop().tax);
    if draft.vat_id.is_empty() || !rules.sells_to_businesses {
        return Ok(form);
    }
    let Some(id) = vat_id_of(draft, shop) else { return Ok(form.with_error("vat_id", page.t("error-vat-id"))) };
    // At home a VAT id changes nothing, so nobody is asked.
    if rules.register == Register::Off
        || draft.address.country.is_none_or(|to| to == shop.country)
        || id.country() == shop.country
    {
        return Ok(form);
    }
    let known = vat_checks::fresh(&mut *db.get().await?, &id, page.now).await?;
    let heard = match known {
        Some(check) => check.heard,
        None => ask(db, registers, cart, &id, page).await?,
    };
    Ok(match heard {
        Heard::Invalid => form.with_error("vat_id", page.t("checkout-vat-id-unknown")),
        Heard::Valid | Heard::Away => form,
    })
}

/// Keeps the VAT id of a customer's business for their next order, where they wish it and it may be one.
pub async fn remember(conn: &mut Conn, customer: Option<&Customer>, draft: &Draft, shop: &ShopFacts) -> Result<(), Broke> {
    if let (Some(customer), Some(id)) = (customer, vat_id_of(draft, shop)) {
        keep_vat_id(conn, customer.id, &id.to_string()).await?;
    }
    Ok(())
}

async fn ask(db: &Db, registers: &Registers, cart: CartId, id: &VatId, page: &Page) -> Result<Heard, Broke> {
    let own = page.shop().tax.vat_id.parse::<VatId>().ok();
    let answer = registers.ask(id, own.as_ref()).await;
    if let Answer::Away(why) = &answer {
        tracing::warn!(register = registers.name(), "no answer about a VAT id: {why}");
    }
    vat_checks::keep(&mut *db.get().await?, id, registers.name(), &answer, Some(cart), page.now).await?;
    Ok(answer.heard())
}
