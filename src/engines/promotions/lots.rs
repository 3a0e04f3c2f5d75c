//! Many codes at once that nobody can guess: a lot is asked for, then made part by part, each part in one statement. How many are made is
//! written in the same transaction, so a lot that breaks off goes on where it was, and one that is done stays as it is.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text};
use diesel_async::RunQueryDsl;

use super::codes::known;
use super::model::normal_code;
use super::refusals::SaveRefused;
use crate::platform::base::{Broke, Failed, Moment, PromotionCodeId, PromotionId, PromotionLotId};
use crate::platform::db::{self, Conn};
use crate::platform::schema::{promotion_code_lots as lots, promotion_codes};

/// Codes that a lot has at most.
pub const MOST: i32 = 100_000;
/// Codes that are made in one transaction.
pub const PART: i32 = 5_000;
/// Characters of a made code behind its beginning: 16 letters and digits that look unlike each other, so 64 bits.
const RANDOM: i32 = 16;

/// Codes that were asked for at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lot {
    pub id: PromotionLotId,
    pub promotion: PromotionId,
    pub begins: String,
    pub wanted: i32,
    pub made: i32,
    pub created_at: Moment,
}

impl Lot {
    pub fn is_done(&self) -> bool {
        self.made >= self.wanted
    }
}

type Row = (PromotionLotId, PromotionId, String, i32, i32, Moment);

fn lot((id, promotion, begins, wanted, made, created_at): Row) -> Lot {
    Lot { id, promotion, begins, wanted, made, created_at }
}

macro_rules! columns {
    () => {
        (lots::id, lots::promotion_id, lots::begins, lots::wanted, lots::made, lots::created_at)
    };
}

/// Asks for so many codes that begin alike; one lot of a promotion is made at a time. The promotion is locked by whoever asks.
///
/// # Errors
/// The promotion is not there, a lot of it is being made, a beginning that is no code.
pub async fn ask(
    tx: &mut Conn,
    promotion: PromotionId,
    begins: &str,
    many: i32,
    now: Moment,
) -> Result<PromotionLotId, Failed<SaveRefused>> {
    let begins = match begins.trim() {
        "" => String::new(),
        typed => normal_code(typed).filter(|code| code.chars().count() <= 20).ok_or(SaveRefused::NoCode)?,
    };
    known(tx, promotion).await?;
    let row = (
        lots::promotion_id.eq(promotion),
        lots::begins.eq(begins),
        lots::wanted.eq(many.clamp(1, MOST)),
        lots::created_at.eq(now),
    );
    let asked = diesel::insert_into(lots::table).values(row).on_conflict_do_nothing().returning(lots::id);
    let asked: Option<PromotionLotId> = asked.get_result(tx).await.optional()?;
    asked.ok_or_else(|| SaveRefused::Busy.into())
}

/// Makes the next part of a lot; whether there is more to make. A lot that is done, or gone, stays so.
pub async fn go_on(tx: &mut Conn, id: PromotionLotId, now: Moment) -> Result<bool, Broke> {
    let held: Option<Row> = lots::table.find(id).select(columns!()).for_update().first(tx).await.optional()?;
    let Some(held) = held.map(lot).filter(|lot| !lot.is_done()) else { return Ok(false) };
    let part = (held.wanted - held.made).min(PART);
    // The randomness is the server's own: 122 strong bits of gen_random_uuid, spread by the hash. 0 and 1 look like letters. A code that is
    // there already (never seen yet) is left out and made anew with the next part.
    let added = db::sql(
        "insert into promotion_codes (promotion_id, lot_id, code)
         select $1, $2, $3 || translate(upper(substr(encode(sha256(uuid_send(gen_random_uuid())), 'hex'), 1, $5)), '01', 'XY')
           from generate_series(1, $4)
         on conflict do nothing",
    )
    .bind::<BigInt, _>(held.promotion)
    .bind::<BigInt, _>(id)
    .bind::<Text, _>(&held.begins)
    .bind::<Integer, _>(part)
    .bind::<Integer, _>(RANDOM)
    .execute(tx)
    .await?;
    let made = held.made + i32::try_from(added)?;
    let finished = (made == held.wanted).then_some(now);
    diesel::update(lots::table.find(id)).set((lots::made.eq(made), lots::finished_at.eq(finished))).execute(tx).await?;
    Ok(finished.is_none())
}

/// The latest lots of a promotion, newest first.
pub async fn latest(conn: &mut Conn, promotion: PromotionId, most: i64) -> QueryResult<Vec<Lot>> {
    let all = lots::table.filter(lots::promotion_id.eq(promotion)).order(lots::id.desc()).limit(most);
    let rows: Vec<Row> = all.select(columns!()).load(conn).await?;
    Ok(rows.into_iter().map(lot).collect())
}

/// A lot of a promotion.
pub async fn of_promotion(conn: &mut Conn, promotion: PromotionId, id: PromotionLotId) -> QueryResult<Option<Lot>> {
    let one = lots::table.find(id).filter(lots::promotion_id.eq(promotion)).select(columns!());
    Ok(one.first::<Row>(conn).await.optional()?.map(lot))
}

/// A page of the codes of a lot, after a code's id.
pub async fn codes(
    conn: &mut Conn,
    lot: PromotionLotId,
    after: Option<PromotionCodeId>,
    most: i64,
) -> QueryResult<Vec<(PromotionCodeId, String)>> {
    promotion_codes::table
        .filter(promotion_codes::lot_id.eq(lot))
        .filter(promotion_codes::id.gt(after.map_or(0, |after| after.0)))
        .order(promotion_codes::id)
        .select((promotion_codes::id, promotion_codes::code))
        .limit(most)
        .load(conn)
        .await
}
