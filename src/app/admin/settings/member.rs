//! Somebody of the staff: what they may do, shutting them out, and where they are signed in.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, get, post, routes};

use super::staff::role_choices;
use crate::platform::access::queries::{self, Member, Session};
use crate::platform::access::{Fresh, ManageStaff, Person, RoleKey, Staff, StaffRefused, commands};
use crate::platform::base::{Moment, OrBreak, SessionId, StaffId};
use crate::platform::db::{self, Conn, Db};
use crate::platform::factors::{self, Account, Held};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

#[derive(Template, WebTemplate)]
#[template(path = "admin/member_page.html")]
struct MemberPage {
    page: Page,
    member: Member,
    form: FormView,
    /// The roles that may be given; none: this person has rights that whoever looks does not have.
    roles: Vec<(String, String)>,
    sessions: Vec<Session>,
    held: Held,
}

impl MemberPage {
    /// `form`: as it was sent; `None`: as it is kept. `None`: there is no such person.
    async fn read(
        page: Page,
        me: &Person,
        conn: &mut Conn,
        id: StaffId,
        form: Option<FormView>,
    ) -> web::Result<Option<MemberPage>> {
        let Some(member) = queries::members(conn).await?.into_iter().find(|member| member.id == id) else { return Ok(None) };
        let roles = match me.role.may_give(&member.role) {
            true => role_choices(&page, me, &queries::roles(conn).await?),
            false => Vec::new(),
        };
        let disabled = if member.disabled_at.is_some() { "yes".to_owned() } else { String::new() };
        let kept = || FormView::filled([("role", member.role.key.to_string()), ("disabled", disabled)]);
        let form = form.unwrap_or_else(kept);
        let sessions = queries::sessions_of(conn, id, page.now).await?;
        let held = factors::queries::held(conn, Account::staff(id)).await?;
        Ok(Some(MemberPage { page, member, form, roles, sessions, held }))
    }

    fn at(&self, moment: &Moment) -> String {
        self.page.minute(*moment, self.page.zone)
    }

    fn acts(&self) -> String {
        paths::admin_audit_where(&[("q", &self.member.email)])
    }
}

#[get("/admin/settings/staff/<id>")]
async fn show(page: Page, staff: Fresh<ManageStaff>, db: Db, id: StaffId) -> web::Result<Option<MemberPage>> {
    MemberPage::read(page, &staff, &mut *db.get().await?, id, None).await
}

#[derive(FromForm)]
struct Change {
    role: RoleKey,
    disabled: bool,
}

#[post("/admin/settings/staff/<id>", data = "<form>")]
async fn change(
    page: Page,
    staff: Fresh<ManageStaff>,
    db: Db,
    id: StaffId,
    form: Form<Contextual<'_, Change>>,
) -> web::Result<Option<Posted<MemberPage>>> {
    let mut refill = FormView::of(page.words, &form.context);
    let (mut conn, me): (_, &Person) = (db.get().await?, &staff);
    if let Some(input) = &form.value {
        let now = page.now;
        let changed = db::transaction(&mut conn, async |tx: &mut Conn| {
            commands::change_member(tx, me, id, &input.role, input.disabled, now).await
        });
        match changed.await.or_break()? {
            Ok(()) => return Ok(Some(Posted::done(paths::admin_settings_staff(), "admin-saved"))),
            Err(StaffRefused::Gone) => return Ok(None),
            Err(why) => refill = refill.refused(page.words, "role", &why),
        }
    }
    Ok(MemberPage::read(page, me, &mut conn, id, Some(refill)).await?.map(Posted::again))
}

/// Signs a colleague out in one place.
#[post("/admin/settings/staff/<id>/sessions/<session>/ending")]
async fn end(staff: Staff<ManageStaff>, db: Db, id: StaffId, session: SessionId) -> web::Result<Posted<MemberPage>> {
    let me: &Person = &staff;
    let mut conn = db.get().await?;
    let ended = db::transaction(&mut conn, async |tx: &mut Conn| commands::end_session(tx, me, id, session).await);
    ended.await.or_break()?.unwrap_or_else(|never| match never {});
    Ok(Posted::done(paths::admin_staff_member(id), "admin-session-ended"))
}

/// Signs a colleague out everywhere.
#[post("/admin/settings/staff/<id>/sessions/ending")]
async fn end_all(page: Page, staff: Staff<ManageStaff>, db: Db, id: StaffId) -> web::Result<Option<Posted<MemberPage>>> {
    let (me, mut conn): (&Person, _) = (&staff, db.get().await?);
    if MemberPage::read(page, me, &mut conn, id, None).await?.is_none() {
        return Ok(None);
    }
    let ended = db::transaction(&mut conn, async |tx: &mut Conn| commands::end_all_sessions(tx, me, id, None).await);
    ended.await.or_break()?.unwrap_or_else(|never| match never {});
    Ok(Some(Posted::done(paths::admin_staff_member(id), "admin-session-ended")))
}

pub(super) fn routes() -> Vec<Route> {
    routes![show, change, end, end_all]
}
