//! The deep look: every tax of every order computed again in fractions, and the ledger of the stock replayed from its first row.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer};
use diesel_async::RunQueryDsl;

use super::model::{Outcome, Rule};
use crate::platform::db::Conn;
use crate::platform::schema::orders;

/// Orders looked at in one go.
const BATCH: i64 = 1000;

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
    /// The line, or 0 for delivery.
    #[diesel(sql_type = BigInt)]
    line: i64,
    #[diesel(sql_type = BigInt)]
    base: i64,
    #[diesel(sql_type = Integer)]
    rate: i32,
    #[diesel(sql_type = Bool)]
    included: bool,
    #[diesel(sql_type = BigInt)]
    amount: i64,
}

const QUERY: &str = "
    select o.number, coalesce(t.order_line_id, 0) as line, coalesce(l.total, o.shipping_total) as base,
           t.rate_millionths as rate, t.included, t.amount
      from order_taxes t join orders o on o.id = t.order_id left join order_lines l on l.id = t.order_line_id
     where o.number > $1 and o.number <= $1 + $2 order by o.number";

impl Row {
    /// The amount is the fraction rounded half up: amount − ½ ≤ base × rate / whole < amount + ½. `rates`: all of this base, in millionths.
    fn is_right(&self, rates: i64) -> bool {
        let whole = 1_000_000 + if self.included { i128::from(rates) } else { 0 };
        let (part, amount) = (i128::from(self.base) * i128::from(self.rate), i128::from(self.amount));
        (2 * amount - 1) * whole <= 2 * part && 2 * part < (2 * amount + 1) * whole
    }
}

/// Computes every tax of every order again.
pub async fn taxes(conn: &mut Conn) -> QueryResult<Outcome> {
    let (mut after, mut wrong) = (0, Vec::new());
    let last: Option<i64> = orders::table.select(diesel::dsl::max(orders::number)).first(conn).await?;
    while last.is_some_and(|last| after < last) {
        let query = diesel::sql_query(QUERY).bind::<BigInt, _>(after).bind::<BigInt, _>(BATCH);
        let rows: Vec<Row> = query.load(conn).await?;
        let mut rates: HashMap<(i64, i64), i64> = HashMap::new();
        for row in &rows {
            *rates.entry((row.number, row.line)).or_default() += i64::from(row.rate);
        }
        let bad = rows.iter().filter(|row| !row.is_right(rates[&(row.number, row.line)]));
        wrong.extend(bad.map(|row| format!("order {}", row.number)));
        after += BATCH;
    }
    wrong.dedup();
    Ok(Outcome::of("taxes", wrong))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cent_too_much_or_too_little_is_seen() {
        let row = |amount: i64, included: bool| Row { number: 1, line: 1, base: 7499, rate: 190_000, included, amount };
        assert!(row(1197, true).is_right(190_000) && row(1425, false).is_right(190_000));
        assert!(!row(1198, true).is_right(190_000) && !row(1196, true).is_right(190_000) && !row(1424, false).is_right(190_000));
    }
}
