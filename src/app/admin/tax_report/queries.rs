//! Reads of taxes by country and rate, by the day the money moved: an order counts as far as it was paid for, and what went back is
//! subtracted from every rate in proportion. Sums over all time are exact: each amount is the rounded part up to the end of the days less
//! the rounded part up to their begin, so that an order that is paid back altogether leaves nothing.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::platform::base::Moment;
use crate::platform::db::{self, Conn};

/// What was sold and taxed in one country at one rate.
#[derive(Clone, Debug, QueryableByName)]
pub struct Row {
    #[diesel(sql_type = Text)]
    pub country: String,
    #[diesel(sql_type = Text)]
    pub region: String,
    /// The name of the tax; empty where none was taken.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// In millionths; `None` where no tax was taken.
    #[diesel(sql_type = Nullable<Integer>)]
    pub rate: Option<i32>,
    #[diesel(sql_type = Bool)]
    pub reverse_charge: bool,
    #[diesel(sql_type = Text)]
    pub currency: String,
    /// Orders that were paid for in these days.
    #[diesel(sql_type = BigInt)]
    pub orders: i64,
    /// What remains of these days, in minor units; refunds are subtracted.
    #[diesel(sql_type = BigInt)]
    pub net: i64,
    #[diesel(sql_type = BigInt)]
    pub tax: i64,
    /// What went back, with its tax.
    #[diesel(sql_type = BigInt)]
    pub refunded: i64,
}

/// `$1` and `$2`: from one moment on and before the other.
const QUERY: &str = "
    with touched as (
        select p.order_id from payment_captures c join payments p on p.id = c.payment_id where c.at >= $1 and c.at < $2 and c.state = 'done'
        union select p.order_id from payment_refunds r join payments p on p.id = r.payment_id where r.at >= $1 and r.at < $2 and r.state <> 'failed'),
    moved as (
        select p.order_id, c.at, c.amount as came, 0 as went from payments p join payment_captures c on c.payment_id = p.id
         where p.order_id in (select order_id from touched) and c.state = 'done' and c.at < $2
        union all
        select p.order_id, r.at, 0, r.amount from payments p join payment_refunds r on r.payment_id = p.id
         where p.order_id in (select order_id from touched) and r.state <> 'failed' and r.at < $2),
    paid as (
        select o.id, o.currency, o.total::numeric as total, o.shipping_total, o.shipping_address->>'country' as country,
               coalesce(s.reverse_charge, false) as reverse_charge,
               coalesce(sum(m.came - m.went) filter (where m.at < $1), 0) as before,
               coalesce(sum(m.came) filter (where m.at >= $1), 0) as came, coalesce(sum(m.went) filter (where m.at >= $1), 0) as went
          from moved m join orders o on o.id = m.order_id left join order_tax_standings s on s.order_id = o.id
         where o.total > 0 group by o.id, s.reverse_charge),
    sold as (
        select p.id, l.id as line, l.total as amount from paid p join order_lines l on l.order_id = p.id
        union all select p.id, null, p.shipping_total from paid p where p.shipping_total > 0),
    taxes as (
        select t.*, sum(t.amount) filter (where t.included) over (partition by t.order_id, t.order_line_id) as within
          from order_taxes t where t.order_id in (select id from paid)),
    kept as (
        select s.id, coalesce(t.country, p.country) as country, coalesce(t.region, '') as region, coalesce(t.name, '') as name,
               t.rate_millionths as rate, sum(s.amount - coalesce(t.within, 0))::numeric as net, coalesce(sum(t.amount), 0)::numeric as tax
          from sold s join paid p on p.id = s.id left join taxes t on t.order_id = s.id and t.order_line_id is not distinct from s.line
         group by 1, 2, 3, 4, 5),
    parts as (
        select k.*, p.currency, p.reverse_charge, p.came > 0 as counts, p.total, p.before as b, p.before + p.came as c,
               p.before + p.came - p.went as a
          from kept k join paid p on p.id = k.id)
    select country, region, name, rate, reverse_charge and rate is null as reverse_charge, currency,
           count(*) filter (where counts) as orders,
           sum(round(net * a / total) - round(net * b / total))::bigint as net,
           sum(round(tax * a / total) - round(tax * b / total))::bigint as tax,
           sum(round(net * c / total) - round(net * a / total) + round(tax * c / total) - round(tax * a / total))::bigint as refunded
      from parts group by 1, 2, 3, 4, 5, 6 order by country, region, rate desc nulls last, name, reverse_charge, currency";

pub async fn rows(conn: &mut Conn, (from, end): (Moment, Moment)) -> QueryResult<Vec<Row>> {
    db::sql(QUERY).bind::<Timestamptz, _>(from).bind::<Timestamptz, _>(end).load(conn).await
}
