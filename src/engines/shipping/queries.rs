//! Reads of zones, methods, profiles and hours, and what one shopper is offered.

use std::collections::HashMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Integer, Jsonb, Nullable, Text};
use diesel_async::RunQueryDsl;
use serde::Deserialize;

use super::model::{Area, Hours, Kind, Method, Offer, Part, Piece, Place, Profile, Spot, Step, Weekdays, Zone, offers, zone_of};
use crate::platform::base::{
    Broke, Country, Day, Exchange, LocationId, Moment, ProductId, ShippingMethodId, ShippingProfileId, ShippingZoneId,
};
use crate::platform::db::{self, Conn};
use crate::platform::i18n::Translations;
use crate::platform::schema::{
    shipping_holidays, shipping_hours, shipping_profile_products, shipping_profiles, shipping_zone_countries,
    shipping_zone_parts, shipping_zones,
};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: ShippingMethodId,
    #[diesel(sql_type = BigInt)]
    zone_id: ShippingZoneId,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: Kind,
    #[diesel(sql_type = BigInt)]
    price: i64,
    #[diesel(sql_type = Jsonb)]
    steps: serde_json::Value,
    #[diesel(sql_type = Nullable<BigInt>)]
    up_to: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    free_from: Option<i64>,
    #[diesel(sql_type = Integer)]
    days_min: i32,
    #[diesel(sql_type = Integer)]
    days_max: i32,
    #[diesel(sql_type = Integer)]
    position: i32,
    #[diesel(sql_type = Bool)]
    active: bool,
    #[diesel(sql_type = Nullable<BigInt>)]
    profile_id: Option<ShippingProfileId>,
    #[diesel(sql_type = Nullable<Date>)]
    starts_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    ends_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<BigInt>)]
    location_id: Option<LocationId>,
    #[diesel(sql_type = Nullable<Text>)]
    place: Option<String>,
    #[diesel(sql_type = Text)]
    note: String,
    #[diesel(sql_type = Jsonb)]
    translations: Translations,
}

impl TryFrom<Row> for Method {
    type Error = Broke;

    fn try_from(row: Row) -> Result<Method, Broke> {
        let steps: Vec<[i64; 4]> = serde_json::from_value(row.steps)?;
        Ok(Method {
            id: row.id,
            zone: row.zone_id,
            name: row.translations.wording("name", row.name),
            kind: row.kind,
            price: row.price,
            steps: steps.into_iter().map(|[from, price, extra, every]| Step { from, price, extra, every }).collect(),
            up_to: row.up_to,
            free_from: row.free_from,
            days: (row.days_min, row.days_max),
            position: row.position,
            active: row.active,
            profile: row.profile_id,
            season: (row.starts_on.map(Day::from), row.ends_on.map(Day::from)),
            location: row.location_id.zip(row.place),
            note: row.translations.wording("note", row.note),
        })
    }
}

/// The methods of a zone with their tables (without those that are picked up where nothing lies any more), or of all zones, in the
/// merchant's order.
async fn methods(conn: &mut Conn, zone: Option<ShippingZoneId>) -> Result<Vec<Method>, Broke> {
    let rows: Vec<Row> = db::sql(
        "select m.id, m.zone_id, m.name, m.kind, m.price, m.up_to, m.free_from, m.days_min, m.days_max, m.position, m.active,
                m.profile_id, m.starts_on, m.ends_on, m.location_id, l.name as place, m.note, m.translations,
                coalesce((select jsonb_agg(jsonb_build_array(r.at_least, r.price, r.extra, r.every) order by r.at_least)
                            from shipping_rates r where r.method_id = m.id), '[]'::jsonb) as steps
           from shipping_methods m left join locations l on l.id = m.location_id
          where $1 is null or (m.zone_id = $1 and coalesce(l.active, true))
          order by m.position, m.id",
    )
    .bind::<Nullable<BigInt>, _>(zone)
    .load(conn)
    .await?;
    rows.into_iter().map(Method::try_from).collect()
}

/// What is asked for: where to, what, and when.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    pub to: Place<'a>,
    pub pieces: &'a [Piece],
    /// From the shop's currency to that of the pieces.
    pub exchange: Exchange,
    /// The shop's.
    pub zone: Tz,
    pub now: Moment,
}

/// What can be chosen for these pieces sent to this place, in the merchant's order; empty: nothing is sent there.
/// Two statements, whatever is asked.
pub async fn offers_for(conn: &mut Conn, asked: &Asked<'_>) -> Result<Vec<Offer>, Broke> {
    let products: Vec<ProductId> = asked.pieces.iter().map(|piece| piece.product).collect();
    let ground = ground(conn, asked.to.country, &products).await?;
    let Some(zone) = zone_of(&asked.to, &ground.parts, ground.whole, ground.rest) else { return Ok(Vec::new()) };
    let methods =
        methods(conn, Some(zone)).await?.into_iter().map(|method| method.exchanged(&asked.exchange)).collect::<Vec<_>>();
    let (hours, now) = (&ground.hours, asked.now);
    let ready = asked.pieces.iter().filter(|piece| piece.sent).map(|piece| piece.ready).max().unwrap_or_default();
    let left = hours.leaves_when(ready, now, asked.zone);
    let arrives = |method: &Method| match method.kind {
        Kind::Pickup => left.map(|left| hours.waits(left, method.days)),
        _ => left.map(|left| hours.there(left, method.days)),
    };
    Ok(offers(&methods, asked.pieces, &ground.profiles, Day::of(now, asked.zone), arrives))
}

/// What has to be known before the methods are read.
struct Ground {
    parts: Vec<Part>,
    whole: Option<ShippingZoneId>,
    rest: Option<ShippingZoneId>,
    profiles: HashMap<ProductId, ShippingProfileId>,
    hours: Hours,
}

#[derive(QueryableByName)]
struct GroundRow {
    #[diesel(sql_type = Jsonb)]
    ground: serde_json::Value,
}

#[derive(Deserialize)]
struct GroundJson {
    parts: Vec<(ShippingZoneId, String, String, String)>,
    whole: Option<ShippingZoneId>,
    rest: Option<ShippingZoneId>,
    profiles: Vec<(ProductId, ShippingProfileId)>,
    works: Vec<i16>,
    carries: Vec<i16>,
    cut_off: Option<i16>,
    handling: i32,
    holidays: Vec<NaiveDate>,
}

async fn ground(conn: &mut Conn, country: Country, products: &[ProductId]) -> Result<Ground, Broke> {
    let row: GroundRow = db::sql(
        "select jsonb_build_object(
            'parts', coalesce((select jsonb_agg(jsonb_build_array(zone_id, region, first_code, last_code))
                                 from shipping_zone_parts where country = $1), '[]'::jsonb),
            'whole', (select zone_id from shipping_zone_countries where country = $1),
            'rest', (select id from shipping_zones where rest),
            'profiles', coalesce((select jsonb_agg(jsonb_build_array(product_id, profile_id))
                                    from shipping_profile_products where product_id = any ($2)), '[]'::jsonb),
            'works', work_days, 'carries', carrier_days, 'cut_off', cut_off, 'handling', handling_days,
            'holidays', coalesce((select jsonb_agg(day) from shipping_holidays), '[]'::jsonb)) as ground
           from shipping_hours",
    )
    .bind::<Text, _>(country.code())
    .bind::<Array<BigInt>, _>(products)
    .get_result(conn)
    .await?;
    let json: GroundJson = serde_json::from_value(row.ground)?;
    let part =
        |(zone, region, first, last): (ShippingZoneId, String, String, String)| Part { zone, area: area(region, first, last) };
    Ok(Ground {
        parts: json.parts.into_iter().map(part).collect(),
        whole: json.whole,
        rest: json.rest,
        profiles: json.profiles.into_iter().collect(),
        hours: Hours {
            works: Weekdays::of(json.works),
            carries: Weekdays::of(json.carries),
            cut_off: json.cut_off,
            handling: json.handling,
            holidays: json.holidays.into_iter().map(|day| (day.into(), String::new())).collect(),
        },
    })
}

fn area(region: String, first: String, last: String) -> Area {
    if region.is_empty() { Area::Codes { first, last } } else { Area::Region(region) }
}

/// What the methods to a whole country offer at best to goods of a profile, as long as nobody changes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Best {
    /// Goods total from which it costs nothing, in minor units.
    pub free_from: Option<i64>,
    /// Working days from order to door, what the shop needs included.
    pub days: (i32, i32),
}

/// What is always offered there at best, whatever the weight, number and day; `None` where nothing is.
pub async fn best_at(conn: &mut Conn, country: Country, profile: Option<ShippingProfileId>) -> Result<Option<Best>, Broke> {
    let ground = ground(conn, country, &[]).await?;
    let Some(zone) = ground.whole.or(ground.rest) else { return Ok(None) };
    let methods = methods(conn, Some(zone)).await?;
    let profile = profile.filter(|profile| methods.iter().any(|method| method.profile == Some(*profile)));
    let always = |method: &&Method| {
        let bounded = method.up_to.is_some() || method.season != (None, None) || method.kind == Kind::Pickup;
        method.active && !bounded && method.profile == profile
    };
    let offered: Vec<&Method> = methods.iter().filter(always).collect();
    let free_from = |method: &&Method| if method.kind == Kind::Flat && method.price == 0 { Some(0) } else { method.free_from };
    let days = offered.iter().map(|method| method.days.0).min().zip(offered.iter().map(|method| method.days.1).max());
    let handling = ground.hours.handling;
    Ok(days.map(|(first, last)| Best {
        free_from: offered.iter().filter_map(free_from).min(),
        days: (first + handling, last + handling),
    }))
}

/// All zones with where they deliver and their methods, for the settings.
pub async fn zones(conn: &mut Conn) -> Result<Vec<Zone>, Broke> {
    let rows: Vec<(ShippingZoneId, String, bool)> = shipping_zones::table
        .order((shipping_zones::rest, shipping_zones::position, shipping_zones::id))
        .select((shipping_zones::id, shipping_zones::name, shipping_zones::rest))
        .load(conn)
        .await?;
    let countries: Vec<(ShippingZoneId, String)> = shipping_zone_countries::table
        .order(shipping_zone_countries::country)
        .select((shipping_zone_countries::zone_id, shipping_zone_countries::country))
        .load(conn)
        .await?;
    use shipping_zone_parts as parts;
    let parts: Vec<(ShippingZoneId, String, String, String, String)> = parts::table
        .order((parts::country, parts::region, parts::first_code, parts::last_code))
        .select((parts::zone_id, parts::country, parts::region, parts::first_code, parts::last_code))
        .load(conn)
        .await?;
    let empty = |(id, name, rest)| Zone { id, name, rest, countries: Vec::new(), spots: Vec::new(), methods: Vec::new() };
    let mut zones: Vec<Zone> = rows.into_iter().map(empty).collect();
    let place: HashMap<ShippingZoneId, usize> = zones.iter().enumerate().map(|(at, zone)| (zone.id, at)).collect();
    for (zone, code) in countries {
        if let (Some(at), Ok(country)) = (place.get(&zone), code.parse()) {
            zones[*at].countries.push(country);
        }
    }
    for (zone, code, region, first, last) in parts {
        if let (Some(at), Ok(country)) = (place.get(&zone), code.parse()) {
            zones[*at].spots.push(Spot { country, area: area(region, first, last) });
        }
    }
    for method in methods(conn, None).await? {
        if let Some(at) = place.get(&method.zone) {
            zones[*at].methods.push(method);
        }
    }
    Ok(zones)
}

/// How the shop works.
pub async fn hours(conn: &mut Conn) -> QueryResult<Hours> {
    let (works, carries, cut_off, handling): (Vec<i16>, Vec<i16>, Option<i16>, i32) = shipping_hours::table
        .select((shipping_hours::work_days, shipping_hours::carrier_days, shipping_hours::cut_off, shipping_hours::handling_days))
        .first(conn)
        .await?;
    let holidays: Vec<(NaiveDate, String)> = shipping_holidays::table
        .order(shipping_holidays::day)
        .select((shipping_holidays::day, shipping_holidays::name))
        .load(conn)
        .await?;
    let holidays = holidays.into_iter().map(|(day, name)| (day.into(), name)).collect();
    Ok(Hours { works: Weekdays::of(works), carries: Weekdays::of(carries), cut_off, handling, holidays })
}

/// The profiles, with how many products each holds.
pub async fn profiles(conn: &mut Conn) -> QueryResult<Vec<Profile>> {
    let rows: Vec<(ShippingProfileId, String)> = shipping_profiles::table
        .order((shipping_profiles::position, shipping_profiles::id))
        .select((shipping_profiles::id, shipping_profiles::name))
        .load(conn)
        .await?;
    let counts: Vec<(ShippingProfileId, i64)> = shipping_profile_products::table
        .group_by(shipping_profile_products::profile_id)
        .select((shipping_profile_products::profile_id, diesel::dsl::count_star()))
        .load(conn)
        .await?;
    let counts: HashMap<ShippingProfileId, i64> = counts.into_iter().collect();
    Ok(rows.into_iter().map(|(id, name)| Profile { id, name, products: counts.get(&id).copied().unwrap_or(0) }).collect())
}

/// The profile that a product belongs to; `None`: it is sent as most are.
pub async fn profile_of(conn: &mut Conn, product: ProductId) -> QueryResult<Option<ShippingProfileId>> {
    let row = shipping_profile_products::table.find(product.0).select(shipping_profile_products::profile_id);
    row.first(conn).await.optional()
}
