//! Reads for the management home: what waits, what was sold last, what runs low.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::features::catalog;
use crate::features::orders::SOON;
use crate::features::orders::queries::TO_SHIP;
use crate::platform::base::{MediaId, Moment, StaffId};
use crate::platform::db::{self, Conn};

/// Counts of what waits for a person, and of what a new shop needs; one statement.
#[derive(Clone, Debug, Default, QueryableByName)]
pub struct Waiting {
    /// Paid, now or at the door, and not wholly shipped.
    #[diesel(sql_type = BigInt)]
    pub to_ship: i64,
    #[diesel(sql_type = BigInt)]
    pub unpaid: i64,
    #[diesel(sql_type = BigInt)]
    pub failed_mails: i64,
    /// Conversations whose customer waits for an answer.
    #[diesel(sql_type = BigInt)]
    pub messages: i64,
    /// Authorised, but the money is not taken yet.
    #[diesel(sql_type = BigInt)]
    pub to_capture: i64,
    /// Payments that somebody must look at, and differences from a gateway's books.
    #[diesel(sql_type = BigInt)]
    pub odd_money: i64,
    /// Unpaid orders that expire within two days.
    #[diesel(sql_type = BigInt)]
    pub expiring: i64,
    /// Jobs that were tried as often as they may be.
    /// Rules of the books that the last look found broken.
    #[diesel(sql_type = BigInt)]
    pub drift: i64,
    #[diesel(sql_type = BigInt)]
    pub failed_jobs: i64,
    /// Products of which a variant runs low or is sold out.
    #[diesel(sql_type = BigInt)]
    pub low: i64,
    #[diesel(sql_type = BigInt)]
    pub products: i64,
    #[diesel(sql_type = BigInt)]
    pub orders: i64,
    /// Methods that reach a country sold to.
    #[diesel(sql_type = BigInt)]
    pub methods: i64,
    /// Countries sold to that have a rate.
    #[diesel(sql_type = BigInt)]
    pub tax_rates: i64,
    /// Of four legal pages.
    #[diesel(sql_type = BigInt)]
    pub legal_texts: i64,
    /// There is a way to pay that is ready: bank details where money is transferred.
    #[diesel(sql_type = Bool)]
    pub pays: bool,
    /// A mail server has taken a mail.
    #[diesel(sql_type = Bool)]
    pub mail_works: bool,
    /// This person has put the setup guide away.
    #[diesel(sql_type = Bool)]
    pub guide_hidden: bool,
}

pub async fn waiting(conn: &mut Conn, me: StaffId, now: Moment) -> QueryResult<Waiting> {
    let low = catalog::queries::running_low();
    let sql = format!(
        "select
            (select count(*) from orders where {TO_SHIP}) as to_ship,
            (select count(*) from orders where status = 'open' and payment_status in ('unpaid', 'partly_paid')) as unpaid,
            (select count(*) from mails where state = 'failed') as failed_mails,
            (select count(*) from conversations where status = 'open' and waiting_since is not null) as messages,
            (select count(*) from orders where status = 'open' and payment_status = 'authorised') as to_capture,
            (select count(*) from orders where status = 'open' and payment_status = 'unpaid' and due_at < $2) as expiring,
            (select count(*) from payments where attention is not null)
                + (select count(*) from payment_differences where mended_at is null) as odd_money,
            coalesce((select drift from book_checks order by id desc limit 1), 0)::bigint as drift,
            (select count(*) from graphile_worker._private_jobs where attempts >= max_attempts) as failed_jobs,
            (select count(distinct product_id) from ({low}) low) as low,
            (select count(*) from (select 1 from products where status = 'active' limit 1) one) as products,
            (select count(*) from (select 1 from orders limit 1) one) as orders,
            (select count(*) from shipping_methods m join shipping_zones z on z.id = m.zone_id where m.active
                and (z.rest or exists (select 1 from shipping_zone_countries c, settings s
                    where c.zone_id = z.id and c.country = any (s.countries)))) as methods,
            (select count(distinct z.country) from tax_rates t join tax_zones z on z.id = t.zone_id, settings s
              where z.country = any (s.countries)) as tax_rates,
            (select count(*) from legal_pages where body <> '') as legal_texts,
            exists (select from payment_methods m, settings s where m.enabled
                and (m.method = 'cash_on_delivery' or m.method = 'bank_transfer' and s.bank_details <> '')) as pays,
            exists (select from mails where state = 'sent') as mail_works,
            (select guide_hidden from staff where id = $1) as guide_hidden"
    );
    db::sql(sql).bind::<BigInt, _>(me).bind::<Timestamptz, _>(now + SOON).get_result(conn).await
}

/// Something that runs low.
#[derive(Clone, Debug, QueryableByName)]
pub struct Low {
    #[diesel(sql_type = BigInt)]
    pub product: i64,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub variant: String,
    #[diesel(sql_type = Integer)]
    pub left_over: i32,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub media: Option<MediaId>,
}

/// What runs low, the least first.
pub async fn running_low(conn: &mut Conn) -> QueryResult<Vec<Low>> {
    let low = catalog::queries::running_low();
    let sql = format!(
        "select p.id as product, p.title, v.title as variant, low.present::int as left_over,
                coalesce(v.media_id, (select m.media_id from product_media m where m.product_id = p.id order by m.position, m.id limit 1)) as media
           from ({low}) low join variants v on v.id = low.variant_id join products p on p.id = low.product_id
          order by low.present, p.title, v.id limit 5"
    );
    db::sql(sql).load(conn).await
}

/// An order as the home page lists it.
#[derive(Clone, Debug, QueryableByName)]
pub struct Recent {
    #[diesel(sql_type = BigInt)]
    pub number: i64,
    #[diesel(sql_type = Text)]
    pub customer_name: String,
    #[diesel(sql_type = Text)]
    pub currency: String,
    #[diesel(sql_type = BigInt)]
    pub total: i64,
    #[diesel(sql_type = Text)]
    pub status: String,
    #[diesel(sql_type = Text)]
    pub payment_status: String,
    #[diesel(sql_type = Text)]
    pub fulfilment_status: String,
    #[diesel(sql_type = Timestamptz)]
    pub placed_at: Moment,
}

/// The latest orders, newest first.
pub async fn recent_orders(conn: &mut Conn) -> QueryResult<Vec<Recent>> {
    db::sql(
        "select number, customer_name, currency, total, status, payment_status, fulfilment_status, placed_at
           from orders order by placed_at desc, id desc limit 6",
    )
    .load(conn)
    .await
}
