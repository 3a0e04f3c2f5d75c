//! Codes of promotions: single ones, and many that nobody can guess, made by the database in one statement.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text};
use diesel_async::RunQueryDsl;

use super::model::normal_code;
use super::refusals::SaveRefused;
use crate::platform::base::{Failed, PromotionCodeId, PromotionId};
use crate::platform::db::Conn;
use crate::platform::schema::{promotion_codes, promotions};

/// Codes that are made at once at most.
pub const MOST_AT_ONCE: i32 = 100_000;
/// Characters of a made code behind its beginning: 16 letters and digits that look unlike each other, so 64 bits.
const RANDOM: i32 = 16;

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

async fn known(tx: &mut Conn, promotion: PromotionId) -> Result<(), Failed<SaveRefused>> {
    let row = promotions::table.find(promotion).select(promotions::id).for_key_share();
    let found: Option<PromotionId> = row.first(tx).await.optional()?;
    found.map(drop).ok_or_else(|| SaveRefused::Gone.into())
}

/// Makes so many codes that begin alike; a code that is there already (never seen yet) is made anew. Returns how many were made.
///
/// # Errors
/// The promotion is not there; a beginning that is no code.
pub async fn make(tx: &mut Conn, promotion: PromotionId, begins: &str, many: i32) -> Result<i32, Failed<SaveRefused>> {
    let begins = match begins.trim() {
        "" => String::new(),
        typed => normal_code(typed).filter(|code| code.len() <= 20).ok_or(SaveRefused::NoCode)?,
    };
    known(tx, promotion).await?;
    let wanted = many.clamp(0, MOST_AT_ONCE);
    let mut made = 0;
    // The randomness is the server's own: 122 strong bits of gen_random_uuid, spread by the hash. 0 and 1 look like letters.
    for _ in 0..5 {
        let added = diesel::sql_query(
            "insert into promotion_codes (promotion_id, code)
             select $1, $2 || translate(upper(substr(encode(sha256(uuid_send(gen_random_uuid())), 'hex'), 1, $4)), '01', 'XY')
               from generate_series(1, $3)
             on conflict do nothing",
        )
        .bind::<BigInt, _>(promotion)
        .bind::<Text, _>(&begins)
        .bind::<Integer, _>(wanted - made)
        .bind::<Integer, _>(RANDOM)
        .execute(tx)
        .await?;
        made += i32::try_from(added).unwrap_or(0);
        if made >= wanted {
            break;
        }
    }
    Ok(made)
}

/// Removes a code of a promotion; says which it was. Orders keep what they used.
pub async fn remove(tx: &mut Conn, promotion: PromotionId, code: PromotionCodeId) -> QueryResult<Option<String>> {
    let one = promotion_codes::table.filter(promotion_codes::promotion_id.eq(promotion).and(promotion_codes::id.eq(code)));
    diesel::delete(one).returning(promotion_codes::code).get_result(tx).await.optional()
}
