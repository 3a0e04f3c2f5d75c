//! Roles: the matrix of who may do what, which roles demand a second factor, and the shop's own roles.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, get, post, routes};

use crate::platform::access::commands::{self, NewRole};
use crate::platform::access::queries::{self, Member};
use crate::platform::access::{Fresh, HeldRole, ManageStaff, Person, Right, RoleKey, RoleRefused, Staff};
use crate::platform::base::{Line, OrBreak};
use crate::platform::db::{self, Conn, Db};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

#[derive(Template, WebTemplate)]
#[template(path = "admin/roles_page.html")]
struct RolesPage {
    page: Page,
    roles: Vec<HeldRole>,
    members: Vec<Member>,
}

impl RolesPage {
    /// Each right in words, and which of the roles give it.
    fn matrix(&self) -> Vec<(String, Vec<bool>)> {
        let row = |right: Right| (self.page.t(&right.key()), self.roles.iter().map(|role| role.may(right)).collect());
        Right::given().map(row).collect()
    }

    fn people(&self, role: &HeldRole) -> usize {
        self.members.iter().filter(|member| member.role.key == role.key).count()
    }
}

#[get("/admin/settings/roles")]
async fn list(page: Page, _staff: Staff<ManageStaff>, db: Db) -> web::Result<RolesPage> {
    let mut conn = db.get().await?;
    Ok(RolesPage { roles: queries::roles(&mut conn).await?, members: queries::members(&mut conn).await?, page })
}

/// A role to be made or changed.
#[derive(Template, WebTemplate)]
#[template(path = "admin/role_page.html")]
struct RolePage {
    page: Page,
    form: FormView,
    /// `None`: a new one.
    role: Option<HeldRole>,
    /// The rights that whoever looks may give, with their words.
    rights: Vec<(String, String)>,
    /// Whether whoever looks has all that the role gives.
    mine: bool,
}

impl RolePage {
    fn new(page: Page, me: &Person, role: Option<HeldRole>, form: Option<FormView>) -> RolePage {
        let rights = Right::given().filter(|right| me.may(*right)).map(|right| (right.word(), page.t(&right.key()))).collect();
        let mine = role.as_ref().is_none_or(|role| me.role.may_give(role));
        let kept = || {
            let Some(role) = &role else { return FormView::empty() };
            let rights = role.rights.iter().map(|right| ("rights", right.word()));
            let demands = if role.demands_factor { "yes" } else { "" };
            FormView::filled([("name", role.name.clone()), ("demands_factor", demands.to_owned())].into_iter().chain(rights))
        };
        let form = form.unwrap_or_else(kept);
        RolePage { page, form, role, rights, mine }
    }

    fn title(&self) -> String {
        self.role.as_ref().map_or_else(|| self.page.t("access-role-new"), |role| role.called(&self.page.words))
    }

    fn action(&self) -> String {
        self.role.as_ref().map_or_else(paths::admin_roles, |role| paths::admin_role(&role.key))
    }

    fn is_own(&self) -> bool {
        self.role.as_ref().is_none_or(HeldRole::is_own)
    }
}

#[derive(FromForm)]
struct RoleForm {
    name: Line<60>,
    rights: Vec<Right>,
    demands_factor: bool,
}

impl RoleForm {
    fn role(&self) -> NewRole {
        NewRole { name: self.name.to_string(), rights: self.rights.clone(), demands_factor: self.demands_factor }
    }
}

/// What is wrong with the form before anybody is asked: a role of one's own has a name, and one that is not taken.
fn flaw(page: &Page, new: &NewRole) -> Option<String> {
    use crate::platform::access::Role;
    let taken = |role: &Role| page.t(role.key()).to_lowercase() == new.name.to_lowercase();
    match () {
        () if new.name.is_empty() => Some(page.t("error-required")),
        () if Role::ALL.iter().any(taken) => Some(page.refusal(&RoleRefused::NameTaken)),
        () => None,
    }
}

fn field_of(why: RoleRefused) -> &'static str {
    match why {
        RoleRefused::NameTaken => "name",
        RoleRefused::Beyond => "rights",
        _ => "",
    }
}

#[get("/admin/settings/roles/new")]
fn show_new(page: Page, staff: Fresh<ManageStaff>) -> RolePage {
    RolePage::new(page, &staff, None, None)
}

#[post("/admin/settings/roles", data = "<form>")]
async fn add(
    page: Page,
    staff: Fresh<ManageStaff>,
    db: Db,
    form: Form<Contextual<'_, RoleForm>>,
) -> web::Result<Posted<RolePage>> {
    let (me, mut refill): (&Person, _) = (&staff, FormView::of(page.words, &form.context));
    let Some(input) = &form.value else { return Ok(Posted::again(RolePage::new(page, me, None, Some(refill)))) };
    let new = input.role();
    if let Some(flaw) = flaw(&page, &new) {
        refill = refill.with_error("name", flaw);
        return Ok(Posted::again(RolePage::new(page, me, None, Some(refill))));
    }
    let mut conn = db.get().await?;
    let added = db::transaction(&mut conn, async |tx: &mut Conn| commands::add_role(tx, me, &new).await);
    match added.await.or_break()? {
        Ok(_) => Ok(Posted::done(paths::admin_roles(), "access-role-added")),
        Err(why) => {
            let refill = refill.refused(page.words, field_of(why), &why);
            Ok(Posted::again(RolePage::new(page, me, None, Some(refill))))
        }
    }
}

#[get("/admin/settings/roles/<key>")]
async fn show(page: Page, staff: Fresh<ManageStaff>, db: Db, key: RoleKey) -> web::Result<Option<RolePage>> {
    let role = queries::role_by_key(&mut *db.get().await?, &key).await?;
    Ok(role.map(|role| RolePage::new(page, &staff, Some(role), None)))
}

#[post("/admin/settings/roles/<key>", data = "<form>")]
async fn change(
    page: Page,
    staff: Fresh<ManageStaff>,
    db: Db,
    key: RoleKey,
    form: Form<Contextual<'_, RoleForm>>,
) -> web::Result<Option<Posted<RolePage>>> {
    let (me, mut refill): (&Person, _) = (&staff, FormView::of(page.words, &form.context));
    let mut conn = db.get().await?;
    let Some(role) = queries::role_by_key(&mut conn, &key).await? else { return Ok(None) };
    if let Some(input) = &form.value {
        let new = input.role();
        let flaw = if role.is_own() { flaw(&page, &new) } else { None };
        if let Some(flaw) = flaw {
            return Ok(Some(Posted::again(RolePage::new(page, me, Some(role), Some(refill.with_error("name", flaw))))));
        }
        let changed = db::transaction(&mut conn, async |tx: &mut Conn| commands::change_role(tx, me, &key, &new).await);
        match changed.await.or_break()? {
            Ok(()) => return Ok(Some(Posted::done(paths::admin_roles(), "admin-saved"))),
            Err(why) => refill = refill.refused(page.words, field_of(why), &why),
        }
    }
    Ok(Some(Posted::again(RolePage::new(page, me, Some(role), Some(refill)))))
}

#[post("/admin/settings/roles/<key>/removal")]
async fn remove(page: Page, staff: Fresh<ManageStaff>, db: Db, key: RoleKey) -> web::Result<Option<Posted<RolePage>>> {
    let (me, mut conn): (&Person, _) = (&staff, db.get().await?);
    let removed = db::transaction(&mut conn, async |tx: &mut Conn| commands::remove_role(tx, me, &key).await);
    match removed.await.or_break()? {
        Ok(()) => Ok(Some(Posted::done(paths::admin_roles(), "access-role-removed"))),
        Err(RoleRefused::Gone) => Ok(None),
        Err(why) => {
            let form = FormView::empty().refused(page.words, "", &why);
            let role = queries::role_by_key(&mut conn, &key).await?;
            Ok(role.map(|role| Posted::again(refused_removal(page, me, role, form))))
        }
    }
}

/// The page as it is kept, with why the role stays.
fn refused_removal(page: Page, me: &Person, role: HeldRole, why: FormView) -> RolePage {
    let mut shown = RolePage::new(page, me, Some(role), None);
    for error in why.errors() {
        shown.form = shown.form.with_error(&error.field, error.text.clone());
    }
    shown
}

pub(super) fn routes() -> Vec<Route> {
    routes![list, show_new, add, show, change, remove]
}
