//! Background jobs that did not succeed, however often they were tried, and trying one again.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, get, post, routes};

use crate::platform::access::{ManageSettings, Staff, audit};
use crate::platform::base::{Failed, JobId, Never, OrBreak};
use crate::platform::db::{self, Conn, Db};
use crate::platform::jobs::{self, Stuck};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Posted};

#[derive(Template, WebTemplate)]
#[template(path = "admin/jobs_page.html")]
struct JobsPage {
    page: Page,
    stuck: Vec<Stuck>,
}

impl JobsPage {
    fn at(&self, job: &Stuck) -> String {
        self.page.lately(job.updated_at, self.page.now, self.page.zone)
    }
}

#[get("/admin/jobs")]
async fn list(page: Page, _staff: Staff<ManageSettings>, db: Db) -> web::Result<JobsPage> {
    let stuck = jobs::stuck(&mut *db.get().await?).await?;
    Ok(JobsPage { page, stuck })
}

/// Tries a job again, as if it were new; one that is gone is done.
#[post("/admin/jobs/<id>/retry")]
async fn retry(staff: Staff<ManageSettings>, db: Db, id: JobId) -> web::Result<Posted<JobsPage>> {
    let act = async |tx: &mut Conn| -> Result<(), Failed<Never>> {
        audit(tx, &staff, "job.retried", "job", Some(id.0), None, None).await?;
        jobs::retry(tx, id).await?;
        Ok(())
    };
    match db::transaction(&mut *db.get().await?, act).await.or_break()? {
        Ok(()) => Ok(Posted::done(paths::admin_jobs(), "dash-job-retried")),
        Err(never) => match never {},
    }
}

pub(super) fn routes() -> Vec<Route> {
    routes![list, retry]
}
