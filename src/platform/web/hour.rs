//! An hour of the clock on the wall, as date and time fields send it.

use chrono::{Datelike, NaiveDateTime};
use rocket::form::{self, FromFormField, ValueField};

/// An hour of the shop's clock, or none.
#[derive(Clone, Copy, Debug)]
pub struct Hour(pub Option<NaiveDateTime>);

#[rocket::async_trait]
impl<'r> FromFormField<'r> for Hour {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        let typed = field.value.trim();
        if typed.is_empty() {
            return Ok(Hour(None));
        }
        let read = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"].into_iter();
        let hour = read.filter_map(|format| NaiveDateTime::parse_from_str(typed, format).ok()).next();
        // Years that PostgreSQL and calendars know.
        let hour = hour.filter(|hour| (2000..2200).contains(&hour.year()));
        hour.map(|hour| Hour(Some(hour))).ok_or_else(|| form::Error::validation("error-hour").into())
    }
}
