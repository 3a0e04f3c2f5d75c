//! Reads of customers for staff.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::platform::base::{CustomerGroupId, CustomerId, Moment};
use crate::platform::db::{self, Conn};
use crate::platform::schema::{audit, customer_group_members, customer_notes, customer_tags, staff};

/// Customers on one page.
pub const PAGE: usize = 50;

/// A customer in the list.
#[derive(Clone, Debug, QueryableByName)]
pub struct Row {
    #[diesel(sql_type = BigInt)]
    pub id: CustomerId,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub email: String,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub verified_at: Option<Moment>,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: Moment,
    #[diesel(sql_type = BigInt)]
    pub orders: i64,
    /// What they bought and kept, in minor units of the shop's currency.
    #[diesel(sql_type = BigInt)]
    pub spent: i64,
}

/// Where a page of the list begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    Newest,
    Before(CustomerId),
    After(CustomerId),
}

/// A page of the list, newest first, and whether newer and older ones exist.
pub struct Found {
    pub rows: Vec<Row>,
    pub newer: bool,
    pub older: bool,
}

const SELECT: &str = "select c.id, c.name, c.email, c.email_verified_at as verified_at, c.created_at,
       (select count(*) from orders o where o.customer_id = c.id) as orders,
       coalesce((select sum(o.total) from orders o
                  where o.customer_id = c.id and o.currency = (select currency from settings)
                    and o.status in ('open', 'completed')), 0)::bigint as spent
  from customers c";

/// Open accounts whose name, address or order number fits; of a group, if one is named.
pub async fn list(conn: &mut Conn, words: &str, group: Option<CustomerGroupId>, span: Span) -> QueryResult<Found> {
    let words = words.trim().trim_start_matches('#').to_lowercase();
    let like = format!("%{}%", words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
    let (edge, order) = match span {
        Span::Newest => ("true or $4 = 0", "desc"),
        Span::Before(_) => ("c.id < $4", "desc"),
        Span::After(_) => ("c.id > $4", "asc"),
    };
    let (Span::Before(CustomerId(at)) | Span::After(CustomerId(at))) = span else {
        return page(conn, &words, &like, group, (edge, order, 0), span).await;
    };
    page(conn, &words, &like, group, (edge, order, at), span).await
}

async fn page(
    conn: &mut Conn,
    words: &str,
    like: &str,
    group: Option<CustomerGroupId>,
    (edge, order, at): (&str, &str, i64),
    span: Span,
) -> QueryResult<Found> {
    let sql = format!(
        "{SELECT}
          where c.closed_at is null and ({edge})
            and ($1 = '%%' or (lower(c.name) || ' ' || c.email) like $1
                 or c.id = (select customer_id from orders where number = $2))
            and ($3 = 0 or exists (select from customer_group_members m where m.group_id = $3 and m.customer_id = c.id))
          order by c.id {order} limit {}",
        PAGE + 1
    );
    let mut rows: Vec<Row> = diesel::sql_query(sql)
        .bind::<Text, _>(like)
        .bind::<BigInt, _>(words.parse::<i64>().unwrap_or(0))
        .bind::<BigInt, _>(group.map_or(0, |group| group.0))
        .bind::<BigInt, _>(at)
        .load(conn)
        .await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let (newer, older) = match span {
        Span::Newest => (false, more),
        Span::Before(_) => (true, more),
        Span::After(_) => (more, true),
    };
    if matches!(span, Span::After(_)) {
        rows.reverse();
    }
    Ok(Found { rows, newer, older })
}

/// One open account.
pub async fn one(conn: &mut Conn, id: CustomerId) -> QueryResult<Option<Row>> {
    let sql = format!("{SELECT} where c.id = $1 and c.closed_at is null");
    diesel::sql_query(sql).bind::<BigInt, _>(id).get_result(conn).await.optional()
}

/// The open account of this address, the proved one first.
pub async fn by_email(conn: &mut Conn, email: &str) -> QueryResult<Option<Row>> {
    let sql = format!("{SELECT} where c.email = $1 and c.closed_at is null order by c.email_verified_at nulls last limit 1");
    diesel::sql_query(sql).bind::<Text, _>(email).get_result(conn).await.optional()
}

/// A group and how many are in it.
#[derive(Clone, Debug, QueryableByName)]
pub struct Group {
    #[diesel(sql_type = BigInt)]
    pub id: CustomerGroupId,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = BigInt)]
    pub members: i64,
}

pub async fn groups(conn: &mut Conn) -> QueryResult<Vec<Group>> {
    db::sql(
        "select g.id, g.name, count(m.customer_id) as members
           from customer_groups g left join customer_group_members m on m.group_id = g.id
          group by g.id order by lower(g.name)",
    )
    .load(conn)
    .await
}

pub async fn groups_of(conn: &mut Conn, customer: CustomerId) -> QueryResult<Vec<CustomerGroupId>> {
    let members = customer_group_members::table.filter(customer_group_members::customer_id.eq(customer));
    members.select(customer_group_members::group_id).load(conn).await
}

pub async fn tags_of(conn: &mut Conn, customer: CustomerId) -> QueryResult<Vec<String>> {
    let tags = customer_tags::table.filter(customer_tags::customer_id.eq(customer)).order(customer_tags::tag);
    tags.select(customer_tags::tag).load(conn).await
}

/// Something that happened to a customer.
#[derive(Clone, Debug)]
pub struct Happened {
    pub at: Moment,
    /// Who did it; empty: the customer.
    pub who: String,
    /// "customer.merged"; "note".
    pub what: String,
    pub note: Option<String>,
}

/// Notes and acts of staff, the newest first; at most a hundred of each.
pub async fn timeline_of(conn: &mut Conn, customer: CustomerId) -> QueryResult<Vec<Happened>> {
    let notes: Vec<(Moment, Option<String>, String)> = customer_notes::table
        .left_join(staff::table.on(staff::id.nullable().eq(customer_notes::staff_id)))
        .filter(customer_notes::customer_id.eq(customer))
        .order(customer_notes::id.desc())
        .limit(100)
        .select((customer_notes::at, staff::email.nullable(), customer_notes::text))
        .load(conn)
        .await?;
    let acts: Vec<(Moment, String, String)> = audit::table
        .filter(audit::subject.eq("customer").and(audit::subject_id.eq(customer.0)))
        .order(audit::id.desc())
        .limit(100)
        .select((audit::at, audit::staff_email, audit::action))
        .load(conn)
        .await?;
    let mut all: Vec<Happened> = notes
        .into_iter()
        .map(|(at, who, text)| Happened { at, who: who.unwrap_or_default(), what: "note".into(), note: Some(text) })
        .chain(acts.into_iter().map(|(at, who, what)| Happened { at, who, what, note: None }))
        .filter(|one| one.what != "customer.note")
        .collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.at));
    Ok(all)
}

/// The numbers of a customer's orders.
pub async fn order_numbers(conn: &mut Conn, customer: CustomerId) -> QueryResult<Vec<i64>> {
    #[derive(QueryableByName)]
    struct Numbers {
        #[diesel(sql_type = Array<BigInt>)]
        numbers: Vec<i64>,
    }
    let sql = "select coalesce(array_agg(number order by id), '{}') as numbers from orders where customer_id = $1";
    let row: Numbers = diesel::sql_query(sql).bind::<BigInt, _>(customer).get_result(conn).await?;
    Ok(row.numbers)
}
