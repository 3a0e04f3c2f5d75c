//! The staff list: who is here, who is asked to come, and above which amount a refund asks for a fresh proof.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, get, post, routes};

use crate::platform::access::queries::{self, Invitation, Member};
use crate::platform::access::{Fresh, HeldRole, ManageStaff, Person, Staff, StaffRefused};
use crate::platform::base::{Line, Moment, OrBreak, StaffId};
use crate::platform::db::{self, Conn, Db};
use crate::platform::paths;
use crate::platform::settings;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

#[derive(Template, WebTemplate)]
#[template(path = "admin/staff_page.html")]
pub(super) struct StaffPage {
    page: Page,
    me: StaffId,
    members: Vec<Member>,
    invited: Vec<Invitation>,
    form: FormView,
    roles: Vec<(String, String)>,
    /// The form of the amount above which refunds ask for a fresh proof.
    limit: FormView,
}

/// The roles that somebody may give.
pub(super) fn role_choices(page: &Page, me: &Person, roles: &[HeldRole]) -> Vec<(String, String)> {
    let given = roles.iter().filter(|role| me.role.may_give(role));
    given.map(|role| (role.key.to_string(), role.called(&page.words))).collect()
}

impl StaffPage {
    pub(super) async fn read(
        page: Page,
        me: &Person,
        conn: &mut Conn,
        form: FormView,
        limit: Option<FormView>,
    ) -> web::Result<StaffPage> {
        let roles = role_choices(&page, me, &queries::roles(conn).await?);
        let (members, invited) = (queries::members(conn).await?, queries::invitations(conn).await?);
        let limit = match limit {
            Some(limit) => limit,
            None => {
                let kept = settings::queries::refund_proof_above(conn).await?;
                let said = kept.map(|amount| page.shop().currency.plain(amount)).unwrap_or_default();
                FormView::filled([("refund_proof_above", said)])
            }
        };
        Ok(StaffPage { me: me.id, members, invited, form, roles, limit, page })
    }

    fn at(&self, moment: &Moment) -> String {
        self.page.minute(*moment, self.page.zone)
    }

    fn is_over(&self, invitation: &Invitation) -> bool {
        invitation.expires_at <= self.page.now
    }

    fn currency(&self) -> String {
        self.page.shop().currency.to_string()
    }
}

#[get("/admin/settings/staff")]
async fn list(page: Page, staff: Staff<ManageStaff>, db: Db) -> web::Result<StaffPage> {
    let form = FormView::filled([("role", "support".to_owned())]);
    StaffPage::read(page, &staff, &mut *db.get().await?, form, None).await
}

#[derive(FromForm)]
struct LimitForm {
    refund_proof_above: Line<20>,
}

#[post("/admin/settings/staff/proof-limit", data = "<form>")]
async fn set_limit(
    page: Page,
    staff: Fresh<ManageStaff>,
    db: Db,
    form: Form<Contextual<'_, LimitForm>>,
) -> web::Result<Posted<StaffPage>> {
    let mut refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(input) = &form.value {
        let typed = &*input.refund_proof_above;
        let amount = page.shop().currency.parse_minor(typed);
        if amount.is_some() || typed.is_empty() {
            let (me, now): (&Person, _) = (&staff, page.now);
            let act =
                db::transaction(&mut conn, async |tx: &mut Conn| settings::commands::set_refund_proof(tx, me, amount, now).await);
            act.await.or_break()?.unwrap_or_else(|never| match never {});
            return Ok(Posted::done(paths::admin_settings_staff(), "admin-saved"));
        }
        refill = refill.with_error("refund_proof_above", page.t("admin-amount-unreadable"));
    }
    let form = FormView::filled([("role", "support".to_owned())]);
    Ok(Posted::again(StaffPage::read(page, &staff, &mut conn, form, Some(refill)).await?))
}

/// The field that a refusal belongs to.
pub(super) fn field_of(why: &StaffRefused) -> &'static str {
    match why {
        StaffRefused::Known => "email",
        StaffRefused::Password(_) => "password",
        _ => "role",
    }
}

pub(super) fn routes() -> Vec<Route> {
    routes![list, set_limit]
}
