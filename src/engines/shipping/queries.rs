//! Reads of zones and methods.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::model::{Method, Offer, Zone};
use crate::platform::base::{Country, ShippingMethodId, ShippingZoneId};
use crate::platform::db::Conn;
use crate::platform::i18n::Translations;
use crate::platform::schema::{shipping_methods, shipping_zone_countries, shipping_zones};

#[derive(Queryable, Selectable)]
#[diesel(table_name = shipping_methods)]
struct Row {
    id: ShippingMethodId,
    zone_id: ShippingZoneId,
    name: String,
    price: i64,
    free_from: Option<i64>,
    days_min: i32,
    days_max: i32,
    position: i32,
    active: bool,
    translations: Translations,
}

impl From<Row> for Method {
    fn from(row: Row) -> Method {
        let days = (row.days_min, row.days_max);
        let name = row.translations.wording("name", row.name);
        let Row { id, zone_id: zone, price, free_from, position, active, .. } = row;
        Method { id, zone, name, price, free_from, days, position, active }
    }
}

/// What can be chosen for goods of this total sent to this country, in the merchant's order; empty: nothing is sent there.
pub async fn methods_for(conn: &mut Conn, country: Country, goods_total: i64) -> QueryResult<Vec<Offer>> {
    let rows: Vec<Row> = shipping_methods::table
        .inner_join(shipping_zone_countries::table.on(shipping_zone_countries::zone_id.eq(shipping_methods::zone_id)))
        .filter(shipping_zone_countries::country.eq(country.code()))
        .filter(shipping_methods::active)
        .order((shipping_methods::position, shipping_methods::id))
        .select(Row::as_select())
        .load(conn)
        .await?;
    let offer = |method: Method| Offer { price: method.price_for(goods_total), method };
    Ok(rows.into_iter().map(Method::from).map(offer).collect())
}

/// All zones with their countries and methods, for the settings.
pub async fn zones(conn: &mut Conn) -> QueryResult<Vec<Zone>> {
    let rows: Vec<(ShippingZoneId, String)> = shipping_zones::table
        .order((shipping_zones::position, shipping_zones::id))
        .select((shipping_zones::id, shipping_zones::name))
        .load(conn)
        .await?;
    let countries: Vec<(ShippingZoneId, String)> = shipping_zone_countries::table
        .order(shipping_zone_countries::country)
        .select((shipping_zone_countries::zone_id, shipping_zone_countries::country))
        .load(conn)
        .await?;
    let methods: Vec<Row> = shipping_methods::table
        .order((shipping_methods::position, shipping_methods::id))
        .select(Row::as_select())
        .load(conn)
        .await?;
    let mut zones: Vec<Zone> =
        rows.into_iter().map(|(id, name)| Zone { id, name, countries: Vec::new(), methods: Vec::new() }).collect();
    let place: HashMap<ShippingZoneId, usize> = zones.iter().enumerate().map(|(at, zone)| (zone.id, at)).collect();
    for (zone, code) in countries {
        if let (Some(at), Ok(country)) = (place.get(&zone), code.parse()) {
            zones[*at].countries.push(country);
        }
    }
    for method in methods.into_iter().map(Method::from) {
        if let Some(at) = place.get(&method.zone) {
            zones[*at].methods.push(method);
        }
    }
    Ok(zones)
}
