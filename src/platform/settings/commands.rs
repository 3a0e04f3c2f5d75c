//! Acts on the settings; each tells the change feed.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::model::{LegalKind, ShopDraft};
use crate::platform::base::Moment;
use crate::platform::db::Conn;
use crate::platform::feed::{self, Subject};
use crate::platform::schema::{legal_pages, settings};

/// Makes the shop's facts those of the draft.
pub async fn save_shop(tx: &mut Conn, draft: &ShopDraft, now: Moment) -> QueryResult<()> {
    let countries: Vec<&str> = draft.countries.iter().map(|country| country.code()).collect();
    diesel::update(settings::table)
        .set((
            settings::shop_name.eq(&*draft.name),
            settings::legal_name.eq(&*draft.legal_name),
            settings::street.eq(&*draft.street),
            settings::postal_code.eq(&*draft.postal_code),
            settings::city.eq(&*draft.city),
            settings::country.eq(draft.country.code()),
            settings::phone.eq(&*draft.phone),
            settings::currency.eq(draft.currency.code()),
            settings::time_zone.eq(draft.zone.name()),
            settings::locale.eq(draft.locale),
            settings::countries.eq(countries),
            settings::sender_email.eq(&*draft.sender_email),
            settings::notice_email.eq(draft.notice_email.as_deref().unwrap_or_default()),
            settings::prices_include_tax.eq(draft.prices_include_tax),
            settings::bank_details.eq(&*draft.bank_details),
            settings::announcement.eq(&*draft.announcement),
            settings::version.eq(settings::version + 1),
            settings::updated_at.eq(now),
        ))
        .execute(tx)
        .await?;
    feed::tell(tx, Subject::Settings, None).await
}

/// Opens the shop; `demo` marks one that is only shown. Opening it again changes nothing.
pub async fn open_shop(tx: &mut Conn, demo: bool, now: Moment) -> QueryResult<()> {
    diesel::update(settings::table.filter(settings::opened_at.is_null()))
        .set((settings::opened_at.eq(now), settings::demo.eq(demo)))
        .execute(tx)
        .await?;
    feed::tell(tx, Subject::Settings, None).await
}

/// Keeps a legal page; an empty body takes it out of the footer.
pub async fn save_legal_page(tx: &mut Conn, kind: LegalKind, title: &str, body: &str, now: Moment) -> QueryResult<()> {
    diesel::update(legal_pages::table.find(kind))
        .set((legal_pages::title.eq(title), legal_pages::body.eq(body), legal_pages::updated_at.eq(now)))
        .execute(tx)
        .await?;
    feed::tell(tx, Subject::Settings, None).await
}
