//! Reads behind the search over everything: a few of each kind, the newest first.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::platform::base::{Broke, CustomerId, MediaId, Moment, ProductId};
use crate::platform::db::{self, Conn};
use crate::platform::media::{self, Picture};

/// An order by its number, name or e-mail address.
#[derive(Debug, QueryableByName)]
pub struct Order {
    #[diesel(sql_type = BigInt)]
    pub number: i64,
    #[diesel(sql_type = Text)]
    pub customer_name: String,
    /// In small letters.
    #[diesel(sql_type = Text)]
    pub email: String,
    #[diesel(sql_type = Text)]
    pub currency: String,
    #[diesel(sql_type = BigInt)]
    pub total: i64,
    #[diesel(sql_type = Timestamptz)]
    pub placed_at: Moment,
}

/// Words as LIKE reads them, anywhere in the text: its marks mean themselves.
fn anywhere(words: &str) -> String {
    format!("%{}%", words.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

/// The order of this number, if words are one, then the latest two hundred whose name or e-mail address fits.
pub async fn orders(conn: &mut Conn, words: &str) -> QueryResult<Vec<Order>> {
    let words = words.trim_start_matches('#').trim();
    db::sql(
        "(select number, customer_name, lower(email) as email, currency, total, placed_at from orders where number = $1)
         union all
         (select number, customer_name, lower(email), currency, total, placed_at from orders
           where number > 0 and number <> $1 and (lower(customer_name) || ' ' || lower(email)) like $2 order by id desc limit 200)",
    )
    .bind::<BigInt, _>(words.parse::<i64>().unwrap_or(0))
    .bind::<Text, _>(anywhere(words))
    .load(conn)
    .await
}

/// Somebody with an account.
#[derive(Debug, QueryableByName)]
pub struct Account {
    #[diesel(sql_type = BigInt)]
    pub id: CustomerId,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub email: String,
    #[diesel(sql_type = BigInt)]
    pub orders: i64,
}

/// Customers by name or address, the newest first; at most five.
pub async fn accounts(conn: &mut Conn, words: &str) -> QueryResult<Vec<Account>> {
    db::sql(
        "select c.id, c.name, c.email, (select count(*) from orders o where o.customer_id = c.id) as orders
           from customers c
          where c.closed_at is null and (lower(c.name) || ' ' || c.email) like $1 order by c.id desc limit 5",
    )
    .bind::<Text, _>(anywhere(words))
    .load(conn)
    .await
}

/// Somebody who ordered without an account: an e-mail address stands for a person.
#[derive(Debug)]
pub struct Customer {
    pub email: String,
    /// As in their latest order.
    pub name: String,
    pub orders: i64,
}

/// Who placed these orders, by name or address, the latest first; at most five.
pub async fn customers(conn: &mut Conn, of: &[Order], words: &str) -> QueryResult<Vec<Customer>> {
    #[derive(QueryableByName)]
    struct Counted {
        #[diesel(sql_type = Text)]
        email: String,
        #[diesel(sql_type = BigInt)]
        orders: i64,
    }
    let (wanted, mut people) = (words.to_lowercase(), Vec::<Customer>::new());
    for order in of.iter().filter(|order| format!("{} {}", order.customer_name.to_lowercase(), order.email).contains(&wanted)) {
        if people.len() < 5 && !people.iter().any(|one| one.email == order.email) {
            people.push(Customer { email: order.email.clone(), name: order.customer_name.clone(), orders: 0 });
        }
    }
    if people.is_empty() {
        return Ok(people);
    }
    let emails: Vec<&str> = people.iter().map(|one| one.email.as_str()).collect();
    let sql =
        "select lower(email) as email, count(*) as orders from orders where lower(email) = any ($1) and number > 0 group by 1";
    let counted: Vec<Counted> = db::sql(sql).bind::<Array<Text>, _>(emails).load(conn).await?;
    for one in counted {
        people.iter_mut().filter(|person| person.email == one.email).for_each(|person| person.orders = one.orders);
    }
    Ok(people)
}

/// A product by title, handle, vendor, SKU or barcode.
#[derive(Debug, QueryableByName)]
pub struct Product {
    #[diesel(sql_type = BigInt)]
    pub id: ProductId,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub status: String,
    /// Of its first variant.
    #[diesel(sql_type = Nullable<Text>)]
    pub sku: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub media: Option<MediaId>,
}

/// Products on sale first.
pub async fn products(conn: &mut Conn, words: &str) -> QueryResult<Vec<Product>> {
    db::sql(
        "select p.id, p.title, p.status,
                (select v.sku from variants v where v.product_id = p.id and v.archived_at is null order by v.position, v.id limit 1) as sku,
                (select m.media_id from product_media m where m.product_id = p.id order by m.position, m.id limit 1) as media
           from products p
          where lower(p.title) like $1 or p.handle like $1 or lower(p.vendor) like $1
             or p.id in (select product_id from variants where lower(sku) like $1 or barcode = $2)
          order by p.status = 'active' desc, p.status = 'archived', p.id desc limit 6",
    )
    .bind::<Text, _>(anywhere(words))
    .bind::<Text, _>(words)
    .load(conn)
    .await
}

/// The pictures of these products.
pub async fn pictures(conn: &mut Conn, of: &[Product]) -> Result<HashMap<MediaId, Picture>, Broke> {
    let ids: Vec<MediaId> = of.iter().filter_map(|product| product.media).collect();
    media::queries::pictures_by_ids(conn, &ids).await
}
