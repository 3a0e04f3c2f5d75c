//! The logo: one picture, shown instead of the shop's name.

use rocket::form::{Contextual, Form};
use rocket::fs::TempFile;
use rocket::{FromForm, Route, State, post, routes};

use super::general::GeneralPage;
use super::parts;
use crate::platform::access::{ManageSettings, Person, Staff};
use crate::platform::base::{Broke, Failed, MediaId, Moment, Never, OrBreak};
use crate::platform::db::{self, Conn, Db};
use crate::platform::feed::Subject;
use crate::platform::media::{Store, bytes_of, commands as media};
use crate::platform::paths;
use crate::platform::settings::commands;
use crate::platform::shell::{Facts, Page};
use crate::platform::web::{self, FormView, Posted};

#[derive(FromForm)]
struct Upload<'r> {
    logo: TempFile<'r>,
}

/// Takes a picture in and shows it as the logo.
#[post("/admin/settings/logo", data = "<form>")]
async fn upload(
    page: Page,
    staff: Staff<ManageSettings>,
    db: Db,
    store: &State<Store>,
    facts: &State<Facts>,
    form: Form<Contextual<'_, Upload<'_>>>,
) -> web::Result<Posted<GeneralPage>> {
    let mut why = FormView::of(page.words, &form.context).error("logo").map(str::to_owned);
    if let Some(input) = &form.value {
        let bytes = bytes_of(&input.logo).await?.unwrap_or_default();
        let kept = media::keep(store, bytes, "logo").await.or_break()?;
        match kept {
            Ok(kept) => {
                let mut conn = db.get().await?;
                let id = media::record(&mut conn, &kept).await?;
                set(&mut conn, &staff, Some(id), page.now).await?;
                parts::forget_here(facts, Subject::Settings);
                return Ok(Posted::done(paths::admin_settings(), "admin-saved"));
            }
            Err(refused) => why = Some(page.refusal(&refused)),
        }
    }
    let why = why.unwrap_or_else(|| page.t("error-required"));
    Ok(Posted::again(GeneralPage::with_logo_error(page, &mut *db.get().await?, why).await?))
}

async fn set(conn: &mut Conn, staff: &Person, logo: Option<MediaId>, now: Moment) -> Result<(), Broke> {
    let set = db::transaction(conn, async |tx: &mut Conn| -> Result<(), Failed<Never>> {
        Ok(commands::set_logo(tx, staff, logo, now).await?)
    });
    _ = set.await.or_break()?;
    Ok(())
}

/// Shows the shop's name again.
#[post("/admin/settings/logo/removal")]
async fn remove(page: Page, staff: Staff<ManageSettings>, db: Db, facts: &State<Facts>) -> web::Result<Posted<GeneralPage>> {
    set(&mut *db.get().await?, &staff, None, page.now).await?;
    parts::forget_here(facts, Subject::Settings);
    Ok(Posted::done(paths::admin_settings(), "admin-removed"))
}

pub(super) fn routes() -> Vec<Route> {
    routes![upload, remove]
}
