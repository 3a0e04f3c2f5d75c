//! Reads of transfers as staff see them.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Integer, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::engines::inventory::transfers::TransferState;
use crate::platform::base::{Moment, TransferId, VariantId};
use crate::platform::db::{self, Conn};

/// A transfer in the list, and the head of its page.
#[derive(Clone, Debug, QueryableByName)]
pub struct Listed {
    #[diesel(sql_type = BigInt)]
    pub id: TransferId,
    /// Name of the place where it starts; empty: from a supplier.
    #[diesel(sql_type = Text)]
    pub from_name: String,
    #[diesel(sql_type = Text)]
    pub supplier: String,
    #[diesel(sql_type = Text)]
    pub to_name: String,
    #[diesel(sql_type = Text)]
    pub status: TransferState,
    #[diesel(sql_type = Nullable<Date>)]
    pub expected_on: Option<NaiveDate>,
    #[diesel(sql_type = Text)]
    pub note: String,
    #[diesel(sql_type = BigInt)]
    pub quantity: i64,
    #[diesel(sql_type = BigInt)]
    pub received: i64,
    #[diesel(sql_type = BigInt)]
    pub lost: i64,
    #[diesel(sql_type = BigInt)]
    pub coming: i64,
}

const HEAD: &str = "
    select t.id, coalesce(f.name, '') as from_name, t.supplier, c.name as to_name, t.status, t.expected_on, t.note,
           l.quantity, l.received, l.lost, case when t.status = 'sent' then l.coming else 0 end as coming
      from transfers t
      left join locations f on f.id = t.from_location_id
      join locations c on c.id = t.to_location_id
      cross join lateral (
            select coalesce(sum(quantity), 0)::bigint as quantity, coalesce(sum(received), 0)::bigint as received,
                   coalesce(sum(lost), 0)::bigint as lost, coalesce(sum(quantity - received - lost - returned), 0)::bigint as coming
              from transfer_lines where transfer_id = t.id) l";

/// Transfers, newest first, before one of them (0: from the newest); those that are not over, or all. One more than `size` where there is more.
pub async fn list(conn: &mut Conn, all: bool, before: i64, size: i64) -> QueryResult<Vec<Listed>> {
    let sql = format!("{HEAD} where ($1 or t.status in ('draft', 'sent')) and ($2 = 0 or t.id < $2) order by t.id desc limit $3");
    db::sql(sql).bind::<Bool, _>(all).bind::<BigInt, _>(before).bind::<BigInt, _>(size + 1).load(conn).await
}

pub async fn transfer(conn: &mut Conn, id: TransferId) -> QueryResult<Option<Listed>> {
    db::sql(format!("{HEAD} where t.id = $1")).bind::<BigInt, _>(id).get_result(conn).await.optional()
}

/// What of a variant is in a transfer.
#[derive(Clone, Debug, QueryableByName)]
pub struct Line {
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    #[diesel(sql_type = BigInt)]
    pub variant: VariantId,
    #[diesel(sql_type = Text)]
    pub product: String,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub sku: String,
    #[diesel(sql_type = Integer)]
    pub quantity: i32,
    #[diesel(sql_type = Integer)]
    pub received: i32,
    #[diesel(sql_type = Integer)]
    pub lost: i32,
    #[diesel(sql_type = Integer)]
    pub returned: i32,
}

impl Line {
    /// Pieces that are still on their way.
    pub fn coming(&self) -> i32 {
        self.quantity - self.received - self.lost - self.returned
    }
}

pub async fn lines(conn: &mut Conn, id: TransferId) -> QueryResult<Vec<Line>> {
    db::sql(
        "select l.id, v.id as variant, p.title as product, v.title, coalesce(v.sku, '') as sku, l.quantity, l.received, l.lost, l.returned
           from transfer_lines l join variants v on v.id = l.variant_id join products p on p.id = v.product_id
          where l.transfer_id = $1 order by p.title, v.position, v.id",
    )
    .bind::<BigInt, _>(id)
    .load(conn)
    .await
}

/// What somebody counted at once.
#[derive(Clone, Debug, QueryableByName)]
pub struct Receipt {
    #[diesel(sql_type = Timestamptz)]
    pub at: Moment,
    #[diesel(sql_type = Text)]
    pub who: String,
    #[diesel(sql_type = Integer)]
    pub received: i32,
    #[diesel(sql_type = Integer)]
    pub lost: i32,
    #[diesel(sql_type = Text)]
    pub reason: String,
}

pub async fn receipts(conn: &mut Conn, id: TransferId) -> QueryResult<Vec<Receipt>> {
    db::sql(
        "select r.at, coalesce(nullif(s.name, ''), s.email, '') as who, r.received, r.lost, r.reason
           from transfer_receipts r left join staff s on s.id = r.staff_id where r.transfer_id = $1 order by r.id",
    )
    .bind::<BigInt, _>(id)
    .load(conn)
    .await
}
