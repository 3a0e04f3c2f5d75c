//! Asking somebody to join the staff: the mail with the link, once more, and taking it back.

use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, State, post, routes};

use super::staff::{StaffPage, field_of};
use crate::platform::access::{Fresh, ManageStaff, Person, RoleKey, StaffRefused, commands};
use crate::platform::base::{Email, Failed, InvitationId, OrBreak, Token};
use crate::platform::config::Config;
use crate::platform::db::{self, Conn, Db};
use crate::platform::i18n::Words;
use crate::platform::mail::{self, Letter};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

/// What a letter is written with.
struct Desk<'a> {
    page: &'a Page,
    config: &'a Config,
    /// Who asks.
    by: &'a Person,
}

impl Desk<'_> {
    /// Puts the mail with the link in the post.
    async fn write(&self, tx: &mut Conn, email: &str, token: &Token) -> Result<(), Failed<StaffRefused>> {
        let shop = self.page.shop();
        let words = Words::new(shop.locale);
        let values = [("shop", shop.name.as_str().into()), ("name", self.by.called().into())];
        let letter = Letter::new(words, words.with("admin-mail-invited-heading", &values))
            .say(words.with("admin-mail-invited-text", &values))
            .button(words.t("admin-mail-invited-button"), self.config.absolute(&paths::admin_invitation(token)))
            .say(words.t("admin-mail-invited-else"));
        let subject = words.with("admin-mail-invited-subject", &values);
        let draft = letter.draft(mail::INVITATION, email, subject, shop, self.config)?;
        mail::commands::queue(tx, &draft).await?;
        Ok(())
    }
}

#[derive(FromForm)]
struct Invite {
    email: Email,
    role: RoleKey,
}

#[post("/admin/settings/staff/invitations", data = "<form>")]
async fn invite(
    page: Page,
    staff: Fresh<ManageStaff>,
    db: Db,
    config: &State<Config>,
    form: Form<Contextual<'_, Invite>>,
) -> web::Result<Posted<StaffPage>> {
    let mut refill = FormView::of(page.words, &form.context);
    let (mut conn, me): (_, &Person) = (db.get().await?, &staff);
    if let Some(input) = &form.value {
        let (desk, now) = (Desk { page: &page, config, by: me }, page.now);
        let invited = db::transaction(&mut conn, async |tx: &mut Conn| {
            let token = commands::invite(tx, me, &input.email, &input.role, now).await?;
            desk.write(tx, &input.email, &token).await
        });
        match invited.await.or_break()? {
            Ok(()) => return Ok(Posted::done(paths::admin_settings_staff(), "access-invited")),
            Err(why) => refill = refill.refused(page.words, field_of(&why), &why),
        }
    }
    Ok(Posted::again(StaffPage::read(page, me, &mut conn, refill, None).await?))
}

/// What to say about an invitation that is there no more, or that is not theirs to send.
async fn refused(page: Page, me: &Person, conn: &mut Conn, why: StaffRefused) -> web::Result<Option<Posted<StaffPage>>> {
    if why == StaffRefused::Gone {
        return Ok(None);
    }
    let form = FormView::empty().refused(page.words, "", &why);
    Ok(Some(Posted::again(StaffPage::read(page, me, conn, form, None).await?)))
}

/// A new link; the earlier one is good no more.
#[post("/admin/settings/staff/invitations/<id>/sending")]
async fn send_again(
    page: Page,
    staff: Fresh<ManageStaff>,
    db: Db,
    config: &State<Config>,
    id: InvitationId,
) -> web::Result<Option<Posted<StaffPage>>> {
    let (mut conn, me): (_, &Person) = (db.get().await?, &staff);
    let (desk, now) = (Desk { page: &page, config, by: me }, page.now);
    let sent = db::transaction(&mut conn, async |tx: &mut Conn| {
        let (invitation, token) = commands::invite_again(tx, me, id, now).await?;
        desk.write(tx, &invitation.email, &token).await
    });
    match sent.await.or_break()? {
        Ok(()) => Ok(Some(Posted::done(paths::admin_settings_staff(), "access-invited"))),
        Err(why) => refused(page, me, &mut conn, why).await,
    }
}

#[post("/admin/settings/staff/invitations/<id>/removal")]
async fn take_back(page: Page, staff: Fresh<ManageStaff>, db: Db, id: InvitationId) -> web::Result<Option<Posted<StaffPage>>> {
    let (mut conn, me): (_, &Person) = (db.get().await?, &staff);
    let gone = db::transaction(&mut conn, async |tx: &mut Conn| commands::uninvite(tx, me, id).await);
    match gone.await.or_break()? {
        Ok(()) => Ok(Some(Posted::done(paths::admin_settings_staff(), "access-uninvited"))),
        Err(why) => refused(page, me, &mut conn, why).await,
    }
}

pub(super) fn routes() -> Vec<Route> {
    routes![invite, send_again, take_back]
}
