//! What the start page tells beyond lists.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Jsonb, Text};
use diesel_async::RunQueryDsl;

use super::lists::cards_by_ids;
use crate::engines::shipping;
use crate::features::catalog::model::{Delivery, Photo, Story};
use crate::platform::base::{Broke, Country, MediaId, ProductId, ShippingProfileId};
use crate::platform::db::{self, Conn};
use crate::platform::i18n::{Locale, Said, Translations, Wording};
use crate::platform::media;
use crate::platform::web::CleanHtml;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: ProductId,
    #[diesel(sql_type = BigInt)]
    media: MediaId,
    #[diesel(sql_type = Text)]
    alt: String,
    /// The sentence for search engines, which says the product best; may be empty.
    #[diesel(sql_type = Text)]
    says: String,
    #[diesel(sql_type = Text)]
    description: String,
    #[diesel(sql_type = Jsonb)]
    words: Translations,
    #[diesel(sql_type = Jsonb)]
    alts: Translations,
}

impl Row {
    /// The sentence, else how the description begins, in every language.
    fn text(&self) -> Wording {
        let said = |says: &str, html: &str| match says {
            "" => CleanHtml::cleaned_before(html.to_owned()).words(180),
            says => says.to_owned(),
        };
        let own = |locale: &Locale| {
            (*locale, said(self.words.own("seo_description", *locale), self.words.own("description_html", *locale)))
        };
        Wording::new(said(&self.says, &self.description), Said::of(Locale::ALL.iter().map(own)))
    }
}

const WIDE: &str = "
    select distinct on (p.published_at, p.id) p.id, m.id as media, pm.alt, p.seo_description as says, left(p.description_html, 4000) as description,
           p.translations as words, pm.translations as alts
      from products p
      join product_media pm on pm.product_id = p.id
      join media m on m.id = pm.media_id
     where p.status = 'active' and m.state <> 'failed' and m.width >= 1000 and m.width * 10 >= m.height * 13
     order by p.published_at desc, p.id desc, pm.position
     limit 24";

/// Products with a wide photo, newest first.
pub async fn stories(conn: &mut Conn) -> Result<Vec<Story>, Broke> {
    let rows: Vec<Row> = db::sql(WIDE).load(conn).await?;
    let cards = cards_by_ids(conn, &rows.iter().map(|row| row.id).collect::<Vec<_>>()).await?;
    let pictures = media::queries::pictures_by_ids(conn, &rows.iter().map(|row| row.media).collect::<Vec<_>>()).await?;
    let story = |row: Row| {
        let card = cards.iter().find(|card| card.id == row.id)?.clone();
        let picture = pictures.get(&row.media)?.clone();
        let alt = if row.alt.is_empty() { card.title.clone() } else { row.alts.wording("alt", row.alt.as_str()) };
        Some(Story { text: row.text(), photo: Photo { picture, alt }, card })
    };
    Ok(rows.into_iter().filter_map(story).collect())
}

/// What the delivery methods to a country offer at best, to goods of this profile; `None` where there are none.
pub async fn delivery(conn: &mut Conn, to: Country, profile: Option<ShippingProfileId>) -> Result<Option<Delivery>, Broke> {
    let best = shipping::queries::best_at(conn, to, profile).await?;
    Ok(best.map(|best| Delivery { free_from: best.free_from, days_min: best.days.0, days_max: best.days.1 }))
}
