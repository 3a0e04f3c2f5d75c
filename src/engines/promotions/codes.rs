//! Codes of promotions, one by one; many at once are made in lots.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::model::normal_code;
use super::refusals::SaveRefused;
use crate::platform::base::{Failed, PromotionCodeId, PromotionId};
use crate::platform::db::Conn;
use crate::platform::schema::{promotion_codes, promotions};

/// Adds a code as typed.
///
/// # Errors
/// What is no code; one that another promotion has.
pub async fn add(tx: &mut Conn, promotion: PromotionId, typed: &str) -> Result<String, Failed<SaveRefused>> {
    let code = normal_code(typed).ok_or(SaveRefused::NoCode)?;
    known(tx, promotion).await?;
    let row = (promotion_codes::promotion_id.eq(promotion), promotion_codes::code.eq(&code));
    let added = diesel::insert_into(promotion_codes::table).values(row).on_conflict_do_nothing().execute(tx).await?;
    if added == 0 { Err(SaveRefused::CodeTaken(code).into()) } else { Ok(code) }
}

pub(super) async fn known(tx: &mut Conn, promotion: PromotionId) -> Result<(), Failed<SaveRefused>> {
    let row = promotions::table.find(promotion).select(promotions::id).for_key_share();
    let found: Option<PromotionId> = row.first(tx).await.optional()?;
    found.map(drop).ok_or_else(|| SaveRefused::Gone.into())
}

/// Removes a code of a promotion; says which it was. Orders keep what they used.
pub async fn remove(tx: &mut Conn, promotion: PromotionId, code: PromotionCodeId) -> QueryResult<Option<String>> {
    let one = promotion_codes::table.filter(promotion_codes::promotion_id.eq(promotion).and(promotion_codes::id.eq(code)));
    diesel::delete(one).returning(promotion_codes::code).get_result(tx).await.optional()
}
