//! What runs low and was not told yet, and who wants to know.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use diesel_async::RunQueryDsl;

use crate::platform::base::StockId;
use crate::platform::db::{self, Conn};
use crate::platform::i18n::Locale;

/// A shelf that runs low.
#[derive(Clone, Debug, QueryableByName)]
pub struct LowShelf {
    #[diesel(sql_type = BigInt)]
    pub stock: StockId,
    #[diesel(sql_type = Text)]
    pub product: String,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub place: String,
    #[diesel(sql_type = BigInt)]
    pub left_over: i64,
}

/// The shelves that run low and that nobody was told of since they were above again.
pub async fn low_untold(conn: &mut Conn) -> QueryResult<Vec<LowShelf>> {
    db::sql(
        "select w.stock_id as stock, p.title as product, v.title, l.name as place, w.left_over
           from low_shelves w join variants v on v.id = w.variant_id join products p on p.id = w.product_id
           join locations l on l.id = w.location_id
          where w.low_told_at is null order by p.title, v.position, v.id, l.position, l.id",
    )
    .load(conn)
    .await
}

/// Somebody of the staff who wants the mail.
#[derive(Clone, Debug, QueryableByName)]
pub struct Wisher {
    #[diesel(sql_type = Text)]
    pub email: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub locale: Option<Locale>,
}

/// Who wants the mail of what runs low.
pub async fn low_wishers(conn: &mut Conn) -> QueryResult<Vec<Wisher>> {
    db::sql("select email, locale from staff where low_stock_mail and disabled_at is null order by id").load(conn).await
}
