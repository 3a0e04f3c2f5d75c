//! The bar above the shop's header: what it says, where it leads, and when.

use chrono::{NaiveDateTime, TimeZone};
use chrono_tz::Tz;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;

use super::commands::{hold, told, unchanged};
use super::sections::{Fields, SaveRefused, Saved};
use crate::platform::access::Person;
use crate::platform::base::{Failed, Moment};
use crate::platform::db::Conn;
use crate::platform::i18n::{Locale, Said};
use crate::platform::schema::announcement;

/// What is announced; without any text nothing is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Announcement {
    pub texts: Said,
    /// Empty: it leads nowhere.
    pub link: String,
    pub shown: bool,
    pub from: Option<Moment>,
    pub until: Option<Moment>,
    /// Where the hours are those of the shop.
    pub zone: Tz,
}

impl Announcement {
    /// Whether shoppers see it at this moment.
    pub fn is_up(&self, now: Moment) -> bool {
        let begun = self.from.is_none_or(|from| from <= now);
        self.shown && !self.texts.is_empty() && begun && self.until.is_none_or(|until| now < until)
    }

    /// A moment as a field of a form has it: the shop's hour.
    fn field(&self, moment: Option<Moment>) -> String {
        moment.map(|at| at.with_timezone(&self.zone).format("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default()
    }
}

impl Saved for Announcement {
    fn fields(&self) -> Fields {
        let text = |locale: Locale| self.texts.own(locale).to_owned();
        vec![
            ("text_en", text(Locale::En)),
            ("text_de", text(Locale::De)),
            ("link", self.link.clone()),
            ("from", self.field(self.from)),
            ("until", self.field(self.until)),
            ("shown", if self.shown { "yes" } else { "no" }.to_owned()),
        ]
    }
}

/// The shop's hour as a moment; an hour that the clock skips is the next one.
pub fn moment_at(hour: NaiveDateTime, zone: Tz) -> Option<Moment> {
    let found = zone.from_local_datetime(&hour).earliest();
    found.or_else(|| zone.from_local_datetime(&(hour + chrono::Duration::hours(1))).earliest()).map(|at| at.to_utc())
}

/// What is announced, read afresh; handlers take it from `shell::Page` instead.
pub async fn announced(conn: &mut Conn, zone: Tz) -> QueryResult<Announcement> {
    let columns =
        (announcement::texts, announcement::link, announcement::shown, announcement::shown_from, announcement::shown_until);
    let (texts, link, shown, from, until): (Value, String, bool, Option<Moment>, Option<Moment>) =
        announcement::table.select(columns).first(conn).await?;
    Ok(Announcement { texts: Said::from_json(&texts), link, shown, from, until, zone })
}

/// Announces this; refused when somebody else saved meanwhile.
pub async fn announce(
    tx: &mut Conn,
    by: &Person,
    mark: &str,
    new: &Announcement,
    now: Moment,
) -> Result<(), Failed<SaveRefused>> {
    hold(tx).await?;
    let old = announced(tx, new.zone).await?;
    unchanged(tx, mark, old.fields(), "announcement.saved").await?;
    write(tx, new, now).await?;
    told(tx, by, "announcement.saved", &old.fields(), &new.fields()).await
}

/// Writes the one row.
pub(super) async fn write(tx: &mut Conn, new: &Announcement, now: Moment) -> QueryResult<()> {
    let row = (
        announcement::texts.eq(new.texts.to_json()),
        announcement::link.eq(&new.link),
        announcement::shown.eq(new.shown),
        announcement::shown_from.eq(new.from),
        announcement::shown_until.eq(new.until),
        announcement::updated_at.eq(now),
    );
    diesel::update(announcement::table).set(row).execute(tx).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_up_from_its_first_to_its_last_minute() {
        let at = |text: &str| text.parse::<Moment>().expect("a moment");
        let texts = Said::of([(Locale::En, "Hello".to_owned())]);
        let (from, until) = (Some(at("2026-11-23T10:00:00Z")), Some(at("2026-11-24T10:00:00Z")));
        let one = Announcement { texts, shown: true, from, until, ..Announcement::default() };
        let up = |now: &str| one.is_up(at(now));
        assert_eq!((up("2026-11-23T09:59:59Z"), up("2026-11-23T10:00:00Z"), up("2026-11-24T09:59:59Z")), (false, true, true));
        assert!(!up("2026-11-24T10:00:00Z"));
        assert!(!Announcement { shown: false, ..one.clone() }.is_up(at("2026-11-23T12:00:00Z")));
        assert!(!Announcement { texts: Said::default(), ..one }.is_up(at("2026-11-23T12:00:00Z")));
        let skipped = "2026-03-29T02:30:00".parse().expect("an hour");
        assert_eq!(moment_at(skipped, chrono_tz::Europe::Berlin), Some(at("2026-03-29T01:30:00Z")));
    }
}
