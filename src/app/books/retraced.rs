//! The deep look: every tax of every order computed again in fractions, and the ledger of the stock replayed from its first row.

use diesel::QueryResult;
use diesel::sql_types::{BigInt, Bool, Integer};
use diesel_async::RunQueryDsl;
use futures::TryStreamExt;

use super::model::{Outcome, Rule};
use crate::platform::db::Conn;

/// At no moment may less than nothing be promised.
pub const REPLAYED: Rule = Rule {
    id: "replayed",
    query: "select distinct coalesce(v.sku, 'variant ' || v.id) as name \
            from (select stock_id, sum(allocated) over (partition by stock_id order by id) as promised from stock_movements) m \
            join stock s on s.id = m.stock_id join variants v on v.id = s.variant_id where m.promised < 0 order by 1",
};

#[derive(diesel::QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    number: i64,
    /// What it is the tax of: a line, or the delivery.
    #[diesel(sql_type = BigInt)]
    base: i64,
    #[diesel(sql_type = Integer)]
    rate: i32,
    /// All of this base together.
    #[diesel(sql_type = BigInt)]
    rates: i64,
    #[diesel(sql_type = Bool)]
    included: bool,
    #[diesel(sql_type = BigInt)]
    amount: i64,
}

const QUERY: &str = "
    select o.number, coalesce(l.total, o.shipping_total) as base, t.rate_millionths as rate,
           sum(t.rate_millionths) over (partition by t.order_id, t.order_line_id) as rates, t.included, t.amount
      from order_taxes t join orders o on o.id = t.order_id left join order_lines l on l.id = t.order_line_id";

impl Row {
    /// The amount is the fraction rounded half up: amount − ½ ≤ base × rate / whole < amount + ½; rates are in millionths.
    fn is_right(&self) -> bool {
        let whole = 1_000_000 + if self.included { i128::from(self.rates) } else { 0 };
        let (part, amount) = (i128::from(self.base) * i128::from(self.rate), i128::from(self.amount));
        (2 * amount - 1) * whole <= 2 * part && 2 * part < (2 * amount + 1) * whole
    }
}

/// Computes every tax of every order again; the rows are looked at as they come, never more than a few are in memory.
pub async fn taxes(conn: &mut Conn) -> QueryResult<Outcome> {
    let (mut rows, mut wrong) = (diesel::sql_query(QUERY).load_stream::<Row>(conn).await?, Vec::new());
    while let Some(row) = rows.try_next().await? {
        if !row.is_right() {
            wrong.push(row.number);
        }
    }
    Ok(Outcome::of_orders("taxes", wrong))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cent_too_much_or_too_little_is_seen() {
        let row = |amount: i64, included: bool| Row { number: 1, base: 7499, rate: 190_000, rates: 190_000, included, amount };
        assert!(row(1197, true).is_right() && row(1425, false).is_right());
        assert!(!row(1198, true).is_right() && !row(1196, true).is_right() && !row(1424, false).is_right());
    }
}
