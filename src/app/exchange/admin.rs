//! What staff see of imports: pictures that could not be fetched.

use askama::Template;
use askama_web::WebTemplate;
use fluent_templates::fluent_bundle::FluentValue;
use rocket::{Route, get, post, routes};
use serde_json::Value;

use super::lost::{self, LostPicture};
use crate::platform::access::{ManageProducts, Staff, ViewProducts};
use crate::platform::base::{Broke, Failed, LostPictureId, Never, OrBreak};
use crate::platform::db::{self, Conn, Db};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Posted};

/// Rows on the page at most.
const MOST: i64 = 200;
/// The values that the sentences about lost pictures have.
const NAMES: [&str; 6] = ["name", "address", "reason", "status", "megabytes", "megapixels"];

pub(super) fn routes() -> Vec<Route> {
    routes![show, fetch_one, fetch_all, give_up]
}

#[derive(Template, WebTemplate)]
#[template(path = "exchange/lost_pictures_page.html")]
struct LostPicturesPage {
    page: Page,
    rows: Vec<LostPicture>,
}

impl LostPicturesPage {
    /// Why the picture is not there, in the reader's language.
    fn reason(&self, row: &LostPicture) -> String {
        let value = |name: &str| -> Option<FluentValue<'_>> {
            match row.values.get(name)? {
                Value::Number(number) => Some(number.as_i64()?.into()),
                other => Some(other.as_str()?.into()),
            }
        };
        let values: Vec<(&'static str, FluentValue<'_>)> =
            NAMES.into_iter().filter_map(|name| Some((name, value(name)?))).collect();
        self.page.with(&row.reason, &values)
    }

    fn at(&self, row: &LostPicture) -> String {
        self.page.lately(row.at, self.page.now, self.page.shop().zone)
    }
}

#[get("/admin/lost-pictures")]
async fn show(_staff: Staff<ViewProducts>, page: Page, db: Db) -> web::Result<LostPicturesPage> {
    Ok(LostPicturesPage { rows: lost::latest(&mut *db.get().await?, MOST).await?, page })
}

#[post("/admin/lost-pictures/<id>/fetching")]
async fn fetch_one(staff: Staff<ManageProducts>, db: Db, id: LostPictureId) -> web::Result<Option<Posted<LostPicturesPage>>> {
    let found = again(&mut *db.get().await?, &staff, Some(id)).await? > 0;
    Ok(found.then(|| Posted::done(paths::admin_lost_pictures(), "exchange-fetching")))
}

#[post("/admin/lost-pictures/fetching")]
async fn fetch_all(staff: Staff<ManageProducts>, db: Db) -> web::Result<Posted<LostPicturesPage>> {
    again(&mut *db.get().await?, &staff, None).await?;
    Ok(Posted::done(paths::admin_lost_pictures(), "exchange-fetching"))
}

async fn again<R: crate::platform::access::RightType>(
    conn: &mut Conn,
    staff: &Staff<R>,
    one: Option<LostPictureId>,
) -> Result<usize, Broke> {
    let act = async |tx: &mut Conn| -> Result<usize, Failed<Never>> { Ok(lost::fetch_again(tx, staff, one).await?) };
    db::transaction(conn, act).await.or_break()?.map_err(|never| match never {})
}

#[post("/admin/lost-pictures/<id>/removal")]
async fn give_up(staff: Staff<ManageProducts>, db: Db, id: LostPictureId) -> web::Result<Option<Posted<LostPicturesPage>>> {
    let act = async |tx: &mut Conn| -> Result<bool, Failed<Never>> { Ok(lost::give_up(tx, &staff, id).await?) };
    match db::transaction(&mut *db.get().await?, act).await.or_break()? {
        Ok(gone) => Ok(gone.then(|| Posted::done(paths::admin_lost_pictures(), "exchange-given-up"))),
        Err(never) => match never {},
    }
}
