//! The staff list: who is here, what each may do, adding somebody, shutting somebody out.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, get, post, routes};

use crate::platform::access::queries::{self, Member};
use crate::platform::access::{self, ManageStaff, Password, Role, Staff, StaffRefused, commands, passwords};
use crate::platform::base::{Email, Failed, Line, OrBreak, StaffId};
use crate::platform::db::{self, Conn, Db};
use crate::platform::i18n::Words;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

#[derive(Template, WebTemplate)]
#[template(path = "admin/staff_page.html")]
struct StaffPage {
    page: Page,
    me: StaffId,
    members: Vec<Member>,
    form: FormView,
    roles: Vec<(String, String)>,
}

fn role_choices(words: Words) -> Vec<(String, String)> {
    Role::ALL.iter().map(|role| (role.to_string(), words.t(role.key()))).collect()
}

impl StaffPage {
    async fn read(page: Page, me: StaffId, conn: &mut Conn, form: FormView) -> web::Result<StaffPage> {
        let roles = role_choices(page.words);
        Ok(StaffPage { me, members: queries::members(conn).await?, form, roles, page })
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "admin/member_page.html")]
struct MemberPage {
    page: Page,
    member: Member,
    form: FormView,
    roles: Vec<(String, String)>,
}

#[derive(FromForm)]
struct NewMember {
    name: Line<80>,
    email: Email,
    role: Role,
    password: Password,
}

#[get("/admin/settings/staff")]
async fn list(page: Page, staff: Staff<ManageStaff>, db: Db) -> web::Result<StaffPage> {
    StaffPage::read(page, staff.id, &mut *db.get().await?, FormView::filled([("role", "support".to_owned())])).await
}

#[post("/admin/settings/staff", data = "<form>")]
async fn add(
    page: Page,
    staff: Staff<ManageStaff>,
    db: Db,
    form: Form<Contextual<'_, NewMember>>,
) -> web::Result<Posted<StaffPage>> {
    let mut refill = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        match hire(&staff, &db, input).await.or_break()? {
            Ok(()) => return Ok(Posted::done(paths::admin_settings_staff(), "admin-staff-added")),
            Err(why) => {
                let field = if matches!(why, StaffRefused::Password(_)) { "password" } else { "email" };
                refill = refill.refused(page.words, field, &why);
            }
        }
    }
    Ok(Posted::again(StaffPage::read(page, staff.id, &mut *db.get().await?, refill).await?))
}

async fn hire(staff: &Staff<ManageStaff>, db: &Db, input: &NewMember) -> Result<(), Failed<StaffRefused>> {
    let kept = passwords::chosen(&input.password, &input.email).await.map_err(|why| why.map(StaffRefused::from))?;
    let mut conn = db.get().await?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        let id = commands::add_staff(tx, &input.email, &input.name, input.role, &kept).await?;
        let after = serde_json::json!({ "email": &*input.email, "role": input.role });
        access::audit(tx, staff, "staff.added", "staff", Some(id.0), None, Some(after)).await?;
        Ok(())
    })
    .await
}

async fn member(conn: &mut Conn, id: StaffId) -> web::Result<Option<Member>> {
    Ok(queries::members(conn).await?.into_iter().find(|member| member.id == id))
}

#[get("/admin/settings/staff/<id>")]
async fn show(page: Page, _staff: Staff<ManageStaff>, db: Db, id: StaffId) -> web::Result<Option<MemberPage>> {
    let Some(member) = member(&mut *db.get().await?, id).await? else { return Ok(None) };
    let disabled = if member.disabled_at.is_some() { "yes".to_owned() } else { String::new() };
    let form = FormView::filled([("role", member.role.to_string()), ("disabled", disabled)]);
    let roles = role_choices(page.words);
    Ok(Some(MemberPage { page, member, form, roles }))
}

#[derive(FromForm)]
struct Change {
    role: Role,
    disabled: bool,
}

#[post("/admin/settings/staff/<id>", data = "<form>")]
async fn change(
    page: Page,
    staff: Staff<ManageStaff>,
    db: Db,
    id: StaffId,
    form: Form<Contextual<'_, Change>>,
) -> web::Result<Option<Posted<MemberPage>>> {
    let mut refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(input) = &form.value {
        let now = page.now;
        let changed = db::transaction(&mut conn, async |tx: &mut Conn| {
            commands::change_member(tx, &staff, id, input.role, input.disabled, now).await
        });
        match changed.await.or_break()? {
            Ok(()) => return Ok(Some(Posted::done(paths::admin_settings_staff(), "admin-saved"))),
            Err(StaffRefused::Gone) => return Ok(None),
            Err(why) => refill = refill.refused(page.words, "role", &why),
        }
    }
    let Some(member) = member(&mut conn, id).await? else { return Ok(None) };
    let roles = role_choices(page.words);
    Ok(Some(Posted::again(MemberPage { page, member, form: refill, roles })))
}

pub(super) fn routes() -> Vec<Route> {
    routes![list, add, show, change]
}
