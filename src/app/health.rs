//! `/health`: whether this process can serve, for balancers and for those who watch.

use diesel_async::RunQueryDsl;
use rocket::{Route, get, routes};

use crate::platform::db::{self, Db};
use crate::platform::web;

pub fn routes() -> Vec<Route> {
    routes![health]
}

/// 200 when the database answers, else 503.
#[get("/health")]
async fn health(db: Db) -> web::Result<&'static str> {
    let mut conn = db.get().await?;
    db::sql("select 1").execute(&mut conn).await?;
    Ok("well\n")
}
