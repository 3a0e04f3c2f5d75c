//! The sums behind the figures: day by day, one statement for each stretch of days.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::platform::base::{MediaId, Moment, ProductId, Span};
use crate::platform::db::{self, Conn};

/// What happened on a day, or on several; amounts in minor units of the shop's currency, what was paid in others is not among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Money that came in.
    pub captured: i64,
    /// Money that was granted back.
    pub refunded: i64,
    /// Orders placed that stand: neither cancelled nor expired.
    pub orders: i64,
    /// What those in the shop's currency cost together, and how many they are.
    pub worth: i64,
    pub valued: i64,
    /// Checkouts that were begun.
    pub begun: i64,
    /// Of those, how many became orders since.
    pub placed: i64,
}

impl Sums {
    /// What came in less what went back.
    pub fn revenue(&self) -> i64 {
        self.captured - self.refunded
    }

    /// What an order costs, rounded half up; `None` where there is none.
    pub fn average(&self) -> Option<i64> {
        (self.valued > 0).then(|| (self.worth + self.valued / 2) / self.valued)
    }

    /// Placed of a thousand checkouts begun; `None` where none was begun.
    pub fn conversion(&self) -> Option<i64> {
        (self.begun > 0).then(|| (self.placed * 1000 + self.begun / 2) / self.begun)
    }

    pub fn total(days: &[Sums]) -> Sums {
        days.iter().fold(Sums::default(), |all, day| Sums {
            captured: all.captured + day.captured,
            refunded: all.refunded + day.refunded,
            orders: all.orders + day.orders,
            worth: all.worth + day.worth,
            valued: all.valued + day.valued,
            begun: all.begun + day.begun,
            placed: all.placed + day.placed,
        })
    }
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Integer)]
    day: i32,
    #[diesel(sql_type = BigInt)]
    captured: i64,
    #[diesel(sql_type = BigInt)]
    refunded: i64,
    #[diesel(sql_type = BigInt)]
    orders: i64,
    #[diesel(sql_type = BigInt)]
    worth: i64,
    #[diesel(sql_type = BigInt)]
    valued: i64,
    #[diesel(sql_type = BigInt)]
    begun: i64,
    #[diesel(sql_type = BigInt)]
    placed: i64,
}

/// The sums of each of these days, the first one first. `bounds` are the moments at which they begin and the last one ends,
/// so that days of 23 and 25 hours come out right, and the same as in the lists that the figures lead to.
pub async fn days(conn: &mut Conn, bounds: &[Moment]) -> QueryResult<Vec<Sums>> {
    let (Some(first), Some(end)) = (bounds.first(), bounds.last()) else { return Ok(Vec::new()) };
    let rows: Vec<Row> = db::sql(
        "select day, sum(captured)::bigint as captured, sum(refunded)::bigint as refunded, sum(orders)::bigint as orders,
                sum(worth)::bigint as worth, sum(valued)::bigint as valued, sum(begun)::bigint as begun, sum(placed)::bigint as placed
           from (
            select width_bucket(at, $1) as day, sum(amount) as captured, 0 as refunded, 0 as orders, 0 as worth, 0 as valued, 0 as begun, 0 as placed
              from payment_captures c where at >= $2 and at < $3 and state = 'done'
                and exists (select from payments p where p.id = c.payment_id and p.credit_account_id is null and p.currency = (select currency from settings))
             group by 1
            union all
            select width_bucket(at, $1), 0, sum(amount), 0, 0, 0, 0, 0
              from payment_refunds r where at >= $2 and at < $3 and state <> 'failed' and credit_account_id is null
                and exists (select from payments p where p.id = r.payment_id and p.currency = (select currency from settings)) group by 1
            union all
            select width_bucket(placed_at, $1), 0, 0, count(*), coalesce(sum(total) filter (where currency = (select s.currency from settings s)), 0),
                   count(*) filter (where currency = (select s.currency from settings s)), 0, 0
              from orders where placed_at >= $2 and placed_at < $3 and status in ('open', 'completed') group by 1
            union all
            select width_bucket(b.at, $1), 0, 0, 0, 0, 0, count(*), count(o.cart_id)
              from checkouts_begun b left join orders o on o.cart_id = b.cart_id where b.at >= $2 and b.at < $3 group by 1
           ) parts group by day",
    )
    .bind::<Array<Timestamptz>, _>(bounds)
    .bind::<Timestamptz, _>(*first)
    .bind::<Timestamptz, _>(*end)
    .load(conn)
    .await?;
    let mut days = vec![Sums::default(); bounds.len() - 1];
    for row in rows {
        if let Some(day) = usize::try_from(row.day - 1).ok().and_then(|at| days.get_mut(at)) {
            let Row { captured, refunded, orders, worth, valued, begun, placed, .. } = row;
            *day = Sums { captured, refunded, orders, worth, valued, begun, placed };
        }
    }
    Ok(days)
}

/// A product by what it sold for.
#[derive(Clone, Debug, QueryableByName)]
pub struct Top {
    #[diesel(sql_type = BigInt)]
    pub product: ProductId,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub media: Option<MediaId>,
    #[diesel(sql_type = BigInt)]
    pub pieces: i64,
    #[diesel(sql_type = BigInt)]
    pub worth: i64,
    /// Orders it stands in.
    #[diesel(sql_type = BigInt)]
    pub orders: i64,
}

/// The five products that sold for most, in orders of the shop's currency placed in these days that stand.
pub async fn top_products(conn: &mut Conn, (from, end): (Moment, Moment)) -> QueryResult<Vec<Top>> {
    db::sql(
        "with sold as (
            select l.product_id, l.order_id, sum(l.quantity) as pieces, sum(l.total) as worth
              from orders o join order_lines l on l.order_id = o.id
             where o.placed_at >= $1 and o.placed_at < $2 and o.status in ('open', 'completed') and l.product_id is not null
               and o.currency = (select currency from settings)
             group by l.product_id, l.order_id
         ), top as (
            select product_id, sum(pieces)::bigint as pieces, sum(worth)::bigint as worth, count(*) as orders
              from sold group by product_id order by worth desc, product_id limit 5
         )
         select top.product_id as product,
                coalesce(p.title, (select l.title from order_lines l where l.product_id = top.product_id limit 1), '') as title, top.pieces, top.worth, top.orders,
                (select m.media_id from product_media m where m.product_id = top.product_id order by m.position, m.id limit 1) as media
           from top left join products p on p.id = top.product_id order by top.worth desc, top.product_id",
    )
    .bind::<Timestamptz, _>(from)
    .bind::<Timestamptz, _>(end)
    .load(conn)
    .await
}

/// The sums of a stretch of days in a zone.
pub async fn sums(conn: &mut Conn, span: Span, zone: chrono_tz::Tz) -> QueryResult<Vec<Sums>> {
    days(conn, &span.bounds(zone)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn averages_are_rounded_and_nothing_is_divided_by_nothing() {
        let some = Sums { orders: 4, worth: 1000, valued: 3, begun: 3, placed: 2, ..Sums::default() };
        assert_eq!((some.average(), some.conversion()), (Some(333), Some(667)));
        assert_eq!((Sums::default().average(), Sums::default().conversion()), (None, None));
    }
}
