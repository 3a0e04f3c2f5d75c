//! What the start page tells beyond lists.

use diesel::dsl::{max, min};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel_async::RunQueryDsl;

use super::lists::cards_by_ids;
use crate::features::catalog::model::{Delivery, Photo, Story};
use crate::platform::base::{Broke, MediaId, ProductId};
use crate::platform::db::Conn;
use crate::platform::media;
use crate::platform::schema::shipping_methods;
use crate::platform::web::CleanHtml;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: ProductId,
    #[diesel(sql_type = BigInt)]
    media: MediaId,
    #[diesel(sql_type = Text)]
    alt: String,
    #[diesel(sql_type = Text)]
    description: String,
}

const WIDE: &str = "
    select distinct on (p.published_at, p.id) p.id, m.id as media, pm.alt, left(p.description_html, 4000) as description
      from products p
      join product_media pm on pm.product_id = p.id
      join media m on m.id = pm.media_id
     where p.status = 'active' and m.state <> 'failed' and m.width >= 1000 and m.width * 10 >= m.height * 13
     order by p.published_at desc, p.id desc, pm.position
     limit 24";

/// Products with a wide photo, newest first.
pub async fn stories(conn: &mut Conn) -> Result<Vec<Story>, Broke> {
    let rows: Vec<Row> = diesel::sql_query(WIDE).load(conn).await?;
    let cards = cards_by_ids(conn, &rows.iter().map(|row| row.id).collect::<Vec<_>>()).await?;
    let pictures = media::queries::pictures_by_ids(conn, &rows.iter().map(|row| row.media).collect::<Vec<_>>()).await?;
    let story = |row: Row| {
        let card = cards.iter().find(|card| card.id == row.id)?.clone();
        let picture = pictures.get(&row.media)?.clone();
        let alt = if row.alt.is_empty() { card.title.clone() } else { row.alt };
        Some(Story { text: CleanHtml::cleaned_before(row.description).words(180), photo: Photo { picture, alt }, card })
    };
    Ok(rows.into_iter().filter_map(story).collect())
}

/// What the delivery methods offer at best; `None` where there are none.
pub async fn delivery(conn: &mut Conn) -> QueryResult<Option<Delivery>> {
    let columns = (min(shipping_methods::free_from), min(shipping_methods::days_min), max(shipping_methods::days_max));
    let (free_from, days_min, days_max): (Option<i64>, Option<i32>, Option<i32>) =
        shipping_methods::table.filter(shipping_methods::active).select(columns).first(conn).await?;
    Ok(days_min.zip(days_max).map(|(days_min, days_max)| Delivery { free_from, days_min, days_max }))
}
