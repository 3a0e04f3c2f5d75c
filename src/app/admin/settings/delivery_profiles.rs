//! Profiles: groups of goods that are sent in a way of their own.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, State, get, post, routes};

use super::parts;
use crate::engines::shipping::{self, Profile, ShippingRefused};
use crate::platform::access::{ManageSettings, Staff, audit};
use crate::platform::base::{Broke, Failed, Name, Never, OrBreak, ShippingProfileId};
use crate::platform::db::{self, Conn, Db};
use crate::platform::feed::Subject;
use crate::platform::paths;
use crate::platform::shell::{Facts, Page};
use crate::platform::web::{self, FormView, Posted};

#[derive(Template, WebTemplate)]
#[template(path = "admin/delivery_profiles_page.html")]
struct ProfilesPage {
    page: Page,
    profiles: Vec<Profile>,
    /// The form that was refused: of a new profile (`None`) or of one that is kept.
    sent: Option<(Option<ShippingProfileId>, FormView)>,
}

impl ProfilesPage {
    /// The form of a profile, or of a new one.
    fn form(&self, of: Option<&Profile>) -> FormView {
        let id = of.map(|profile| profile.id);
        match &self.sent {
            Some((sent, form)) if *sent == id => form.clone(),
            _ => FormView::filled(of.map(|profile| ("name", profile.name.clone()))),
        }
    }

    /// What is wrong with the form that was sent.
    fn wrong(&self) -> FormView {
        self.sent.as_ref().map(|(_, form)| form.clone()).unwrap_or_default()
    }
}

#[derive(FromForm)]
struct ProfileForm {
    name: Name<60>,
}

#[get("/admin/settings/delivery/profiles")]
async fn show(page: Page, _staff: Staff<ManageSettings>, db: Db) -> web::Result<ProfilesPage> {
    let profiles = shipping::queries::profiles(&mut *db.get().await?).await?;
    Ok(ProfilesPage { page, profiles, sent: None })
}

type ProfileAnswer = web::Result<Posted<ProfilesPage>>;

#[post("/admin/settings/delivery/profiles", data = "<form>")]
async fn add(page: Page, staff: Staff<ManageSettings>, db: Db, form: Form<Contextual<'_, ProfileForm>>) -> ProfileAnswer {
    keep(page, &staff, &db, None, form).await
}

#[post("/admin/settings/delivery/profiles/<profile>", data = "<form>", rank = 3)]
async fn rename(
    page: Page,
    staff: Staff<ManageSettings>,
    db: Db,
    profile: ShippingProfileId,
    form: Form<Contextual<'_, ProfileForm>>,
) -> ProfileAnswer {
    keep(page, &staff, &db, Some(profile), form).await
}

async fn keep(
    page: Page,
    staff: &Staff<ManageSettings>,
    db: &Db,
    id: Option<ShippingProfileId>,
    form: Form<Contextual<'_, ProfileForm>>,
) -> ProfileAnswer {
    let mut refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(input) = &form.value {
        match save(&mut conn, staff, id, &input.name).await? {
            Ok(()) => return Ok(Posted::done(paths::admin_delivery_profiles(), "admin-saved")),
            Err(why) => refill = refill.refused(page.words, "name", &why),
        }
    }
    let profiles = shipping::queries::profiles(&mut conn).await?;
    Ok(Posted::again(ProfilesPage { page, profiles, sent: Some((id, refill)) }))
}

async fn save(
    conn: &mut Conn,
    staff: &Staff<ManageSettings>,
    id: Option<ShippingProfileId>,
    name: &str,
) -> Result<Result<(), ShippingRefused>, Broke> {
    let saved = db::transaction(conn, async |tx: &mut Conn| -> Result<(), Failed<ShippingRefused>> {
        let id = shipping::keeping::save_profile(tx, id, name).await?;
        let after = serde_json::json!({ "name": name });
        audit(tx, staff, "settings.profile", "shipping_profile", Some(id.0), None, Some(after)).await?;
        Ok(())
    });
    saved.await.or_break()
}

/// Removes a profile with its methods; its products are sent as most are.
#[post("/admin/settings/delivery/profiles/<profile>/removal")]
async fn remove(staff: Staff<ManageSettings>, db: Db, facts: &State<Facts>, profile: ShippingProfileId) -> ProfileAnswer {
    let mut conn = db.get().await?;
    let removed = db::transaction(&mut conn, async |tx: &mut Conn| -> Result<(), Failed<Never>> {
        shipping::keeping::remove_profile(tx, profile).await?;
        audit(tx, &staff, "settings.profile_removed", "shipping_profile", Some(profile.0), None, None).await?;
        Ok(())
    });
    removed.await.or_break()?.unwrap_or_else(|never| match never {});
    parts::forget_here(facts, Subject::Rates);
    Ok(Posted::done(paths::admin_delivery_profiles(), "admin-removed"))
}

pub(super) fn routes() -> Vec<Route> {
    routes![show, add, rename, remove]
}
