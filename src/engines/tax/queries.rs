//! Reads of rates, zones and classes.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Integer, Nullable, Text};
use diesel_async::RunQueryDsl;

use super::applying::{Claim, Destination, Known, Rates, Standing, standing};
use super::model::{Class, Source, TaxRate, Zone};
use super::vat_checks::Heard;
use super::vat_ids::VatId;
use crate::platform::base::{Broke, CartId, Country, Rate, TaxClassId, TaxRateId, TaxZoneId, VatCheckId};
use crate::platform::db::{self, Conn};
use crate::platform::schema::{tax_classes, tax_rates, tax_zones};
use crate::platform::settings::ShopFacts;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: TaxRateId,
    #[diesel(sql_type = BigInt)]
    zone_id: TaxZoneId,
    #[diesel(sql_type = BigInt)]
    class_id: TaxClassId,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Integer)]
    rate_millionths: i32,
    #[diesel(sql_type = Nullable<Date>)]
    valid_from: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    valid_to: Option<NaiveDate>,
    #[diesel(sql_type = Text)]
    country: String,
    #[diesel(sql_type = Text)]
    region: String,
    #[diesel(sql_type = Text)]
    postcodes: String,
    #[diesel(sql_type = Text)]
    class_name: String,
    #[diesel(sql_type = Bool)]
    is_default: bool,
    #[diesel(sql_type = Nullable<Text>)]
    exempt: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    check_id: Option<VatCheckId>,
    #[diesel(sql_type = Nullable<Text>)]
    answer: Option<Heard>,
}

/// Who buys, as far as taxes ask.
#[derive(Clone, Copy, Debug)]
pub struct Buyer<'a> {
    /// Whose owner, or whom staff put it together for, may be exempt.
    pub cart: Option<CartId>,
    pub vat_id: Option<&'a VatId>,
}

/// Everything that taxes a cart sent there on that day, and whether whoever buys it pays: one statement, however many classes and zones
/// there are.
pub async fn rates_for(
    conn: &mut Conn,
    shop: &ShopFacts,
    to: &Destination,
    buyer: Buyer<'_>,
    on: NaiveDate,
) -> Result<(Rates, Standing), Broke> {
    let home = Destination { postal_code: shop.postal_code.clone(), ..Destination::country(shop.country) };
    let rows: Vec<Row> = db::sql(
        "with buyer as (select coalesce(c.customer_id, d.customer_id) as id from carts c left join draft_orders d on d.cart_id = c.id
                         where c.id = $3 and coalesce(c.customer_id, d.customer_id) is not null),
              exempt as (select e.reason from tax_exemptions e, buyer b
                          where e.customer_id = b.id
                             or e.group_id in (select group_id from customer_group_members where customer_id = b.id)
                          order by e.customer_id nulls last, e.id limit 1),
              heard as (select id, answer from vat_checks where vat_id = $4 order by id desc limit 1)
         select r.id, r.zone_id, r.class_id, r.name, r.rate_millionths, r.valid_from, r.valid_to, z.country, z.region, z.postcodes,
                c.name as class_name, c.is_default, (select reason from exempt) as exempt,
                (select id from heard) as check_id, (select answer from heard) as answer
           from tax_rates r join tax_zones z on z.id = r.zone_id join tax_classes c on c.id = r.class_id
          where z.country in ($1, $2) and coalesce(r.valid_from <= $5, true) and coalesce(r.valid_to >= $5, true)
          order by r.id",
    )
    .bind::<Text, _>(to.country.code())
    .bind::<Text, _>(home.country.code())
    .bind::<Nullable<BigInt>, _>(buyer.cart)
    .bind::<Nullable<Text>, _>(buyer.vat_id.map(ToString::to_string))
    .bind::<Date, _>(on)
    .load(conn)
    .await?;
    let standing = standing_of(&rows, shop, to, buyer);
    let (classes, zones, rates) = (Vec::new(), Vec::new(), Vec::with_capacity(rows.len()));
    let mut all = Rates { to: to.clone(), home, on, classes, zones, rates };
    for row in rows {
        gather(&mut all, row)?;
    }
    Ok((all, standing))
}

/// Whether whoever buys pays tax. Where nothing is taken at all there is nothing to be exempt from.
fn standing_of(rows: &[Row], shop: &ShopFacts, to: &Destination, buyer: Buyer<'_>) -> Standing {
    let Some(row) = rows.first() else { return Standing::Taxed };
    if let Some(reason) = row.exempt.clone() {
        return Standing::Exempt { reason };
    }
    let known = |heard: Heard| match heard {
        Heard::Valid => Known::Valid,
        Heard::Invalid => Known::Invalid,
        Heard::Away => Known::Unproved,
    };
    let claim = Claim {
        id: buyer.vat_id.filter(|_| shop.tax.sells_to_businesses),
        answer: row.check_id.zip(row.answer.map(known)),
        register: shop.tax.register,
        unproved: shop.tax.unproved,
    };
    standing(shop.country, to.country, &claim)
}

fn gather(all: &mut Rates, row: Row) -> Result<(), Broke> {
    if !all.classes.iter().any(|class| class.id == row.class_id) {
        all.classes.push(Class { id: row.class_id, code: None, name: row.class_name, is_default: row.is_default });
    }
    if !all.zones.iter().any(|zone| zone.id == row.zone_id) {
        let (country, postcodes) = (row.country.parse()?, row.postcodes.parse()?);
        all.zones.push(Zone { id: row.zone_id, country, region: row.region, postcodes, name: String::new() });
    }
    all.rates.push(TaxRate {
        id: row.id,
        zone: row.zone_id,
        class: row.class_id,
        name: row.name,
        rate: Rate(row.rate_millionths),
        from: row.valid_from,
        to: row.valid_to,
        source: Source::default(),
        from_set: false,
    });
    Ok(())
}

/// All classes, in the shop's order.
pub async fn classes(conn: &mut Conn) -> QueryResult<Vec<Class>> {
    let rows: Vec<(TaxClassId, Option<String>, String, bool)> = tax_classes::table
        .order((tax_classes::position, tax_classes::id))
        .select((tax_classes::id, tax_classes::code, tax_classes::name, tax_classes::is_default))
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(|(id, code, name, is_default)| Class { id, code, name, is_default }).collect())
}

/// All zones by country, whole countries first.
pub async fn zones(conn: &mut Conn) -> Result<Vec<Zone>, Broke> {
    let rows: Vec<(TaxZoneId, String, String, String, String)> = tax_zones::table
        .order((tax_zones::country, tax_zones::region, tax_zones::postcodes, tax_zones::id))
        .select((tax_zones::id, tax_zones::country, tax_zones::region, tax_zones::postcodes, tax_zones::name))
        .load(conn)
        .await?;
    let zone = |(id, country, region, postcodes, name): (TaxZoneId, String, String, String, String)| -> Result<Zone, Broke> {
        Ok(Zone { id, country: country.parse()?, region, postcodes: postcodes.parse()?, name })
    };
    rows.into_iter().map(zone).collect()
}

type Days = (Option<NaiveDate>, Option<NaiveDate>);
type Parts = ((TaxRateId, TaxZoneId, TaxClassId, String, i32), Days, (String, String, Option<NaiveDate>), bool);

fn rate(((id, zone, class, name, rate), (from, to), (source, url, date), from_set): Parts) -> TaxRate {
    TaxRate { id, zone, class, name, rate: Rate(rate), from, to, source: Source { name: source, url, date }, from_set }
}

/// All rates of all days, of one zone where it is named; by class, then the latest first.
pub async fn rates(conn: &mut Conn, zone: Option<TaxZoneId>) -> QueryResult<Vec<TaxRate>> {
    use tax_rates as row;
    let all = tax_rates::table
        .order((row::zone_id, row::class_id, row::valid_from.desc().nulls_last(), row::id))
        .select((
            (row::id, row::zone_id, row::class_id, row::name, row::rate_millionths),
            (row::valid_from, row::valid_to),
            (row::source, row::source_url, row::source_date),
            row::from_set,
        ))
        .into_boxed();
    let narrowed = match zone {
        Some(zone) => all.filter(row::zone_id.eq(zone)),
        None => all,
    };
    let rows: Vec<Parts> = narrowed.load(conn).await?;
    Ok(rows.into_iter().map(rate).collect())
}

/// What a whole country takes of the usual class on a day: the short table.
pub async fn usual(conn: &mut Conn, on: NaiveDate) -> Result<Vec<(Country, TaxRate)>, Broke> {
    let (zones, classes, rates) = (zones(conn).await?, classes(conn).await?, rates(conn, None).await?);
    let usual = classes.iter().find(|class| class.is_default).map(|class| class.id);
    let of = |zone: &Zone| {
        let mut found = rates.iter().filter(|rate| rate.zone == zone.id && Some(rate.class) == usual && rate.holds_on(on));
        found.next().map(|rate| (zone.country, rate.clone()))
    };
    Ok(zones.iter().filter(|zone| zone.is_whole_country()).filter_map(of).collect())
}

/// What is taken of the usual class of whatever goes there on a day; empty: nothing.
pub async fn usual_in(conn: &mut Conn, country: Country, on: NaiveDate) -> Result<Vec<TaxRate>, Broke> {
    let all = usual(conn, on).await?;
    Ok(all.into_iter().filter(|(of, _)| *of == country).map(|(_, rate)| rate).collect())
}
