//! Somebody's own account: where they are signed in, ending sessions, a new password.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, State, get, post, routes};

use crate::platform::access::commands::{self, ChangeRefused};
use crate::platform::access::queries::{self, Session};
use crate::platform::access::{Password, Person, SignedIn, Staff, StaffRefused};
use crate::platform::base::{Clock, Moment, OrBreak, SessionId};
use crate::platform::db::{self, Conn, Db};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Cookies, FormView, Named, Posted};

#[derive(Template, WebTemplate)]
#[template(path = "admin/sessions_page.html")]
struct SessionsPage {
    page: Page,
    me: Person,
    sessions: Vec<Session>,
    form: FormView,
}

impl SessionsPage {
    async fn read(page: Page, staff: &Staff<SignedIn>, db: &Db, form: FormView) -> web::Result<SessionsPage> {
        let mut conn = db.get().await?;
        let sessions = queries::sessions_of(&mut conn, staff.id, page.now).await?;
        Ok(SessionsPage { page, me: (**staff).clone(), sessions, form })
    }

    fn at(&self, moment: &Moment) -> String {
        self.page.minute(*moment, self.page.zone)
    }

    fn has_others(&self) -> bool {
        self.sessions.iter().any(|session| session.id != self.me.session)
    }
}

#[get("/admin/sessions")]
async fn show(page: Page, staff: Staff<SignedIn>, db: Db) -> web::Result<SessionsPage> {
    SessionsPage::read(page, &staff, &db, FormView::empty()).await
}

/// Ends one of one's own sessions; ending this one signs out.
#[post("/admin/sessions/<id>/ending")]
async fn end(staff: Staff<SignedIn>, db: Db, cookies: Cookies<'_>, id: SessionId) -> web::Result<Posted<SessionsPage>> {
    let me: &Person = &staff;
    let mut conn = db.get().await?;
    let ended = db::transaction(&mut conn, async |tx: &mut Conn| commands::end_session(tx, me, me.id, id).await);
    ended.await.or_break()?.unwrap_or_else(|never| match never {});
    if id == staff.session {
        cookies.remove(Named::Staff);
        return Ok(Posted::done(paths::admin_sign_in(), "admin-signed-out"));
    }
    Ok(Posted::done(paths::admin_sessions(), "admin-session-ended"))
}

async fn end_many(db: &Db, me: &Person, but: Option<SessionId>) -> web::Result<()> {
    let mut conn = db.get().await?;
    let ended = db::transaction(&mut conn, async |tx: &mut Conn| commands::end_all_sessions(tx, me, me.id, but).await);
    ended.await.or_break()?.unwrap_or_else(|never| match never {});
    Ok(())
}

#[post("/admin/sessions/others/ending")]
async fn end_others(staff: Staff<SignedIn>, db: Db) -> web::Result<Posted<SessionsPage>> {
    end_many(&db, &staff, Some(staff.session)).await?;
    Ok(Posted::done(paths::admin_sessions(), "admin-sessions-ended"))
}

/// Signs out here and everywhere.
#[post("/admin/sessions/all/ending")]
async fn end_all(staff: Staff<SignedIn>, db: Db, cookies: Cookies<'_>) -> web::Result<Posted<SessionsPage>> {
    end_many(&db, &staff, None).await?;
    cookies.remove(Named::Staff);
    Ok(Posted::done(paths::admin_sign_in(), "admin-signed-out-everywhere"))
}

#[derive(FromForm)]
struct NewPassword {
    current: Password,
    new: Password,
}

#[post("/admin/password", data = "<form>")]
async fn change_password(
    page: Page,
    staff: Staff<SignedIn>,
    db: Db,
    clock: &State<Clock>,
    form: Form<Contextual<'_, NewPassword>>,
) -> web::Result<Posted<SessionsPage>> {
    let mut refill = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        match commands::change_password(&db, &staff, &input.current, &input.new, clock.now()).await.or_break()? {
            Ok(()) => return Ok(Posted::done(paths::admin_sessions(), "admin-password-changed")),
            Err(why) => {
                let field = match why {
                    ChangeRefused::Staff(StaffRefused::Password(_)) => "new",
                    _ => "current",
                };
                refill = refill.refused(page.words, field, &why);
            }
        }
    }
    Ok(Posted::again(SessionsPage::read(page, &staff, &db, refill).await?))
}

pub(super) fn routes() -> Vec<Route> {
    routes![show, end, end_others, end_all, change_password]
}
