//! Privacy: how long each kind of data is kept, and which other houses may run scripts once a visitor agreed.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{Route, State, get, post, routes};

use super::parts::{self, Clash};
use crate::features::privacy::forms::{AddParty, KeepFor};
use crate::features::privacy::retention::{Kind, Rule, Times};
use crate::features::privacy::views::{TimeView, times_view};
use crate::features::privacy::{commands, queries};
use crate::platform::access::{ManageSettings, Staff};
use crate::platform::base::{OrBreak, ThirdPartyId};
use crate::platform::db::Db;
use crate::platform::feed::Subject;
use crate::platform::paths;
use crate::platform::settings::{Purpose, Saved, ThirdParty};
use crate::platform::shell::{Facts, Page};
use crate::platform::web::{self, FormView, Posted};

/// A time that can be changed: field, label, hint with the limits.
struct Field {
    name: &'static str,
    label: String,
    hint: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "admin/privacy_page.html")]
struct PrivacyPage {
    page: Page,
    form: FormView,
    clash: Option<Clash>,
    fields: Vec<Field>,
    /// Kinds whose time is fixed.
    fixed: Vec<TimeView>,
    /// The form for another script.
    adding: FormView,
    purposes: Vec<(String, String)>,
}

fn key_of(kind: Kind) -> String {
    format!("privacy-kind-{}", kind.as_str().replace('_', "-"))
}

fn field(page: &Page, kind: Kind) -> Option<Field> {
    let Rule::Chosen(usual, least, most) = kind.rule() else { return None };
    let unit = if kind == Kind::Orders { "admin-privacy-years" } else { "admin-privacy-days" };
    let limits = [("usual", usual.into()), ("least", least.into()), ("most", most.into())];
    let hint = format!("{} {}", page.t(&format!("{}-what", key_of(kind))), page.with(unit, &limits));
    Some(Field { name: kind.as_str(), label: page.t(&key_of(kind)), hint })
}

impl PrivacyPage {
    fn new(page: Page, form: FormView, clash: Option<Clash>, adding: FormView) -> PrivacyPage {
        let fixed = Kind::ALL.iter().zip(times_view(&page.words, &Times::default()));
        PrivacyPage {
            fields: Kind::chosen().filter_map(|kind| field(&page, kind)).collect(),
            fixed: fixed.filter(|(kind, _)| !matches!(kind.rule(), Rule::Chosen(..))).map(|(_, view)| view).collect(),
            purposes: Purpose::ALL.iter().map(|one| (one.to_string(), page.t(&format!("privacy-purpose-{one}")))).collect(),
            page,
            form,
            clash,
            adding,
        }
    }

    fn parties(&self) -> &[ThirdParty] {
        &self.page.shop().third_parties
    }

    fn purpose(&self, party: &ThirdParty) -> String {
        self.page.t(&format!("privacy-purpose-{}", party.purpose))
    }
}

async fn read(page: Page, db: &Db, adding: FormView) -> web::Result<PrivacyPage> {
    let times = queries::times(&mut *db.get().await?).await?;
    Ok(PrivacyPage::new(page, parts::filled(&times.fields()), None, adding))
}

#[get("/admin/settings/privacy")]
async fn show(page: Page, _staff: Staff<ManageSettings>, db: Db) -> web::Result<PrivacyPage> {
    read(page, &db, FormView::empty()).await
}

#[post("/admin/settings/privacy", data = "<form>")]
async fn save(
    page: Page,
    staff: Staff<ManageSettings>,
    db: Db,
    form: Form<Contextual<'_, KeepFor>>,
) -> web::Result<Posted<PrivacyPage>> {
    let refill = FormView::of(page.words, &form.context);
    let Some(input) = &form.value else {
        return Ok(Posted::again(PrivacyPage::new(page, refill, None, FormView::empty())));
    };
    let new = input.times();
    match commands::save_times(&mut *db.get().await?, &staff, &input.seen, &new).await.or_break()? {
        Ok(()) => Ok(Posted::done(paths::admin_settings_privacy(), "admin-saved")),
        Err(why) => {
            let label = |name: &str| format!("privacy-kind-{}", name.replace('_', "-"));
            let clash = Clash::labelled(&page, &why, &new.fields(), label);
            let form = parts::with_mark(refill, clash.as_ref().map_or("", |clash| &clash.seen));
            Ok(Posted::again(PrivacyPage::new(page, form, clash, FormView::empty())))
        }
    }
}

/// Adds a script of another house; visitors are asked before it runs.
#[post("/admin/settings/privacy/third-parties", data = "<form>")]
async fn add(
    page: Page,
    staff: Staff<ManageSettings>,
    db: Db,
    facts: &State<Facts>,
    form: Form<Contextual<'_, AddParty>>,
) -> web::Result<Posted<PrivacyPage>> {
    let mut adding = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        match commands::add_party(&mut *db.get().await?, &staff, &input.party(), page.now).await.or_break()? {
            Ok(()) => {
                parts::forget_here(facts, Subject::Settings);
                return Ok(Posted::done(paths::admin_settings_privacy(), "privacy-party-added"));
            }
            Err(why) => adding = adding.refused(page.words, "script", &why),
        }
    }
    Ok(Posted::again(read(page, &db, adding).await?))
}

#[post("/admin/settings/privacy/third-parties/<id>/removal")]
async fn remove(
    staff: Staff<ManageSettings>,
    id: ThirdPartyId,
    db: Db,
    facts: &State<Facts>,
) -> web::Result<Posted<PrivacyPage>> {
    _ = commands::remove_party(&mut *db.get().await?, &staff, id).await.or_break()?;
    parts::forget_here(facts, Subject::Settings);
    Ok(Posted::done(paths::admin_settings_privacy(), "privacy-party-removed"))
}

pub(super) fn routes() -> Vec<Route> {
    routes![show, save, add, remove]
}
