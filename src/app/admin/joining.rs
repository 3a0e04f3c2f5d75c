//! What stands behind the link of an invitation: somebody sets their name and password and is in.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::http::Status;
use rocket::{FromForm, Route, get, post, routes};

use super::sign_in::seat;
use crate::platform::access::queries::{self, Invitation};
use crate::platform::access::{Origin, Password, StaffRefused, commands, passwords};
use crate::platform::base::{Email, Failed, Name, OrBreak, Token};
use crate::platform::db::{self, Conn, Db};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Cookies, FormView, Posted, Unwell};

#[derive(Template, WebTemplate)]
#[template(path = "admin/join_page.html")]
struct JoinPage {
    page: Page,
    form: FormView,
    email: String,
    role: String,
    action: String,
}

/// The link was used, taken back, replaced by a newer one, or is too old.
#[derive(Template, WebTemplate)]
#[template(path = "admin/join_gone_page.html")]
struct JoinGonePage {
    page: Page,
}

type Gone = Unwell<JoinGonePage>;

fn gone(page: Page) -> Gone {
    Unwell(Status::Gone, JoinGonePage { page })
}

impl JoinPage {
    fn new(page: Page, invitation: &Invitation, token: &Token, form: FormView) -> JoinPage {
        let (email, role) = (invitation.email.clone(), invitation.role.called(&page.words));
        JoinPage { page, form, email, role, action: paths::admin_invitation(token) }
    }
}

async fn found(db: &Db, token: &str, page: &Page) -> web::Result<Option<(Token, Invitation)>> {
    let Ok(token) = token.parse::<Token>() else { return Ok(None) };
    let invitation = queries::invitation_by_token(&mut *db.get().await?, &token.hash(), page.now).await?;
    Ok(invitation.map(|invitation| (token, invitation)))
}

/// Opening the link only shows a form: mail programs look at links by themselves.
#[get("/admin/invitation/<token>")]
async fn show(token: Name<100>, page: Page, db: Db) -> web::Result<Result<JoinPage, Gone>> {
    Ok(match found(&db, &token, &page).await? {
        Some((token, invitation)) => Ok(JoinPage::new(page, &invitation, &token, FormView::empty())),
        None => Err(gone(page)),
    })
}

#[derive(FromForm)]
struct Joining {
    name: Name<80>,
    password: Password,
}

#[post("/admin/invitation/<token>", data = "<form>")]
async fn join(
    token: Name<100>,
    page: Page,
    db: Db,
    origin: Origin,
    cookies: Cookies<'_>,
    form: Form<Contextual<'_, Joining>>,
) -> web::Result<Result<Posted<JoinPage>, Gone>> {
    let Some((token, invitation)) = found(&db, &token, &page).await? else { return Ok(Err(gone(page))) };
    let mut refill = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        match accept(&db, &token, &invitation, input, (&origin, &page)).await.or_break()? {
            Ok(session) => {
                seat(&db, &cookies, &session).await?;
                return Ok(Ok(Posted::done(paths::admin(), "access-joined")));
            }
            Err(StaffRefused::Gone | StaffRefused::Known) => return Ok(Err(gone(page))),
            Err(why) => refill = refill.refused(page.words, "password", &why),
        }
    }
    Ok(Ok(Posted::again(JoinPage::new(page, &invitation, &token, refill))))
}

async fn accept(
    db: &Db,
    token: &Token,
    invitation: &Invitation,
    input: &Joining,
    (origin, page): (&Origin, &Page),
) -> Result<Token, Failed<StaffRefused>> {
    let email: Email = invitation.email.parse().map_err(anyhow::Error::from)?;
    let kept = passwords::chosen(&input.password, &email).await.map_err(|why| why.map(StaffRefused::from))?;
    let now = page.now;
    db::transaction(&mut *db.get().await?, async |tx: &mut Conn| {
        commands::accept(tx, token, &input.name, &kept, origin, now).await
    })
    .await
}

pub(super) fn routes() -> Vec<Route> {
    routes![show, join]
}
