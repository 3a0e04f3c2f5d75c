//! Reads of the rates.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::model::TaxRate;
use crate::platform::base::{Broke, Country, Rate, TaxRateId};
use crate::platform::db::Conn;
use crate::platform::schema::tax_rates;

type Row = (TaxRateId, String, String, i32, String, Option<NaiveDate>);

fn parse(row: Row) -> Result<TaxRate, Broke> {
    let (id, country, name, rate, source, valid_from) = row;
    Ok(TaxRate { id, country: country.parse()?, name, rate: Rate(rate), source, valid_from })
}

/// The whole table, by country.
pub async fn rates(conn: &mut Conn) -> Result<Vec<TaxRate>, Broke> {
    let rows: Vec<Row> = tax_rates::table
        .order(tax_rates::country)
        .select((
            tax_rates::id,
            tax_rates::country,
            tax_rates::name,
            tax_rates::rate_millionths,
            tax_rates::source,
            tax_rates::valid_from,
        ))
        .load(conn)
        .await?;
    rows.into_iter().map(parse).collect()
}

/// The rate of one country; `None`: nothing is taken there.
pub async fn rate_for(conn: &mut Conn, country: Country) -> Result<Option<TaxRate>, Broke> {
    let row: Option<Row> = tax_rates::table
        .filter(tax_rates::country.eq(country.code()))
        .select((
            tax_rates::id,
            tax_rates::country,
            tax_rates::name,
            tax_rates::rate_millionths,
            tax_rates::source,
            tax_rates::valid_from,
        ))
        .first(conn)
        .await
        .optional()?;
    row.map(parse).transpose()
}
