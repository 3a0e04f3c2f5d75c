//! Sites that customers sign in with: set up, tested, put in order, turned on and off.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{self, Contextual, Form, FromFormField, ValueField};
use rocket::{FromForm, Route, State, get, post, routes};
use url::Url;

use crate::features::elsewhere::model::{Kind, NewSite, Site, SiteRefused};
use crate::features::elsewhere::{commands, queries, travel};
use crate::platform::access::{Fresh, ManageSettings, Person, Staff};
use crate::platform::base::{Line, Name, OrBreak, SignInSiteId};
use crate::platform::config::Config;
use crate::platform::db::{self, Conn, Db};
use crate::platform::outbound::Outbound;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::vault::Vault;
use crate::platform::web::{self, Between, FormView, Posted};

#[derive(Template, WebTemplate)]
#[template(path = "admin/sites_page.html")]
struct SitesPage {
    page: Page,
    sites: Vec<Site>,
}

/// What a test of a site found: labels (keys) with values, or what is wrong.
type Tested = Result<Vec<(&'static str, String)>, String>;

#[derive(Template, WebTemplate)]
#[template(path = "admin/site_page.html")]
struct SitePage {
    page: Page,
    form: FormView,
    kind: Kind,
    id: Option<SignInSiteId>,
    title: String,
    action: String,
    /// Where the site is to send people back to.
    back: String,
    /// Whether a secret is kept.
    secret: bool,
    tested: Option<Tested>,
}

/// An issuer: an https address without anything behind its path; plain http on this machine, for development.
struct Issuer(String);

#[rocket::async_trait]
impl<'r> FromFormField<'r> for Issuer {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        let typed: Line<300> =
            field.value.parse().map_err(|why: crate::platform::base::BadText| form::Error::validation(why.0))?;
        let good = typed.parse::<Url>().ok().is_some_and(|url| {
            let own = matches!(url.host_str(), Some("localhost" | "127.0.0.1"));
            let plain =
                url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
            plain && url.has_host() && (url.scheme() == "https" || (url.scheme() == "http" && own))
        });
        match good {
            true => Ok(Issuer(typed.into_string())),
            false => Err(form::Error::validation("error-issuer").into()),
        }
    }
}

#[derive(FromForm)]
struct SiteForm {
    label: Name<40>,
    issuer: Issuer,
    client_id: Name<300>,
    #[field(default_with = Some(Default::default()))]
    secret: Line<4000>,
    position: Between<0, 99>,
    is_on: bool,
}

impl SiteForm {
    fn site(&self, kind: Kind) -> NewSite {
        // The issuers of the big ones are what they are: nobody else's word may count as theirs.
        let issuer = if kind == Kind::Oidc || kind == Kind::GitHub { self.issuer.0.as_str() } else { kind.issuer() };
        NewSite {
            kind,
            label: self.label.to_string(),
            issuer: if kind == Kind::Oidc { issuer.to_owned() } else { issuer.trim_end_matches('/').to_owned() },
            client_id: self.client_id.to_string(),
            position: self.position.0,
            is_on: self.is_on,
        }
    }

    fn secret(&self) -> Option<&str> {
        Some(&*self.secret).filter(|secret| !secret.is_empty())
    }
}

fn filled(site: &Site) -> FormView {
    FormView::filled([
        ("label", site.label.clone()),
        ("issuer", site.issuer.clone()),
        ("client_id", site.client_id.clone()),
        ("position", site.position.to_string()),
        ("is_on", if site.is_on { "true".to_owned() } else { String::new() }),
    ])
}

impl SitePage {
    fn new(page: Page, kind: Kind, form: FormView) -> SitePage {
        let name = page.t(&format!("admin-sites-kind-{kind}"));
        SitePage {
            title: page.named("admin-sites-new", &name),
            action: paths::admin_settings_new_site(kind),
            back: String::new(),
            secret: false,
            tested: None,
            id: None,
            form,
            kind,
            page,
        }
    }

    fn of(page: Page, config: &Config, site: &Site, secret: bool, form: FormView) -> SitePage {
        SitePage {
            title: site.label.clone(),
            action: paths::admin_settings_site(site.id),
            back: config.absolute(&paths::sign_in_return(site.id)),
            secret,
            tested: None,
            id: Some(site.id),
            form,
            kind: site.kind,
            page,
        }
    }
}

#[get("/admin/settings/sign-in")]
async fn list(page: Page, _staff: Staff<ManageSettings>, db: Db) -> web::Result<SitesPage> {
    let sites = queries::sites(&mut *db.get().await?).await?;
    Ok(SitesPage { page, sites })
}

#[get("/admin/settings/sign-in-new/<kind>")]
fn show_new(kind: Line<20>, page: Page, _staff: Fresh<ManageSettings>) -> Option<SitePage> {
    let kind: Kind = kind.parse().ok()?;
    let form = FormView::filled([
        ("label", kind.label().to_owned()),
        ("issuer", kind.issuer().to_owned()),
        ("position", "1".to_owned()),
        ("is_on", "true".to_owned()),
    ]);
    Some(SitePage::new(page, kind, form))
}

/// Keeps a site; on refusal the form is shown again, without the secret.
async fn save(
    (conn, vault): (&mut Conn, &Vault),
    (id, kind): (Option<SignInSiteId>, Kind),
    input: &SiteForm,
    staff: &Person,
    page: &Page,
) -> web::Result<Result<SignInSiteId, SiteRefused>> {
    let (site, now) = (input.site(kind), page.now);
    let saved =
        db::transaction(conn, async |tx: &mut Conn| commands::save_site(tx, vault, id, &site, input.secret(), staff, now).await);
    saved.await.or_break()
}

fn field_of(why: SiteRefused) -> &'static str {
    match why {
        SiteRefused::NoSecret => "secret",
        SiteRefused::Known => "client_id",
        SiteRefused::Gone | SiteRefused::TooMany => "",
    }
}

#[post("/admin/settings/sign-in-new/<kind>", data = "<form>")]
async fn add(
    kind: Line<20>,
    page: Page,
    staff: Fresh<ManageSettings>,
    db: Db,
    vault: &State<Vault>,
    form: Form<Contextual<'_, SiteForm>>,
) -> web::Result<Option<Posted<SitePage>>> {
    let Ok(kind) = kind.parse::<Kind>() else { return Ok(None) };
    let mut sent = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        match save((&mut *db.get().await?, vault), (None, kind), input, &staff, &page).await? {
            Ok(id) => return Ok(Some(Posted::done(paths::admin_settings_site(id), "admin-sites-saved"))),
            Err(why) => sent = sent.refused(page.words, field_of(why), &why),
        }
    }
    Ok(Some(Posted::again(SitePage::new(page, kind, sent))))
}

/// A site, and whether its secret is kept.
async fn one(db: &Db, vault: &Vault, id: SignInSiteId) -> web::Result<Option<(Site, bool)>> {
    let mut conn = db.get().await?;
    let Some(site) = queries::site(&mut conn, id).await? else { return Ok(None) };
    let secret = queries::secret(&mut conn, vault, id).await?.is_some();
    Ok(Some((site, secret)))
}

#[get("/admin/settings/sign-in/<id>")]
async fn show(
    id: SignInSiteId,
    page: Page,
    _staff: Fresh<ManageSettings>,
    db: Db,
    vault: &State<Vault>,
    config: &State<Config>,
) -> web::Result<Option<SitePage>> {
    let found = one(&db, vault, id).await?;
    Ok(found.map(|(site, secret)| SitePage::of(page, config, &site, secret, filled(&site))))
}

#[post("/admin/settings/sign-in/<id>", data = "<form>")]
async fn change(
    id: SignInSiteId,
    page: Page,
    staff: Fresh<ManageSettings>,
    db: Db,
    vault: &State<Vault>,
    config: &State<Config>,
    form: Form<Contextual<'_, SiteForm>>,
) -> web::Result<Option<Posted<SitePage>>> {
    let Some((site, secret)) = one(&db, vault, id).await? else { return Ok(None) };
    let mut sent = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        match save((&mut *db.get().await?, vault), (Some(id), site.kind), input, &staff, &page).await? {
            Ok(_) => return Ok(Some(Posted::done(paths::admin_settings_sign_in(), "admin-sites-saved"))),
            Err(SiteRefused::Gone) => return Ok(None),
            Err(why) => sent = sent.refused(page.words, field_of(why), &why),
        }
    }
    Ok(Some(Posted::again(SitePage::of(page, config, &site, secret, sent))))
}

/// Reads what the site publishes about itself, and shows it.
#[post("/admin/settings/sign-in/<id>/test")]
async fn test(
    id: SignInSiteId,
    page: Page,
    _staff: Fresh<ManageSettings>,
    db: Db,
    vault: &State<Vault>,
    config: &State<Config>,
) -> web::Result<Option<SitePage>> {
    let Some((site, secret)) = one(&db, vault, id).await? else { return Ok(None) };
    let tested = Some(travel::examine(Outbound::new(config), &site).await);
    Ok(Some(SitePage { tested, ..SitePage::of(page, config, &site, secret, filled(&site)) }))
}

#[post("/admin/settings/sign-in/<id>/removal")]
async fn remove(
    id: SignInSiteId,
    staff: Fresh<ManageSettings>,
    db: Db,
    vault: &State<Vault>,
) -> web::Result<Option<Posted<SitesPage>>> {
    let mut conn = db.get().await?;
    let gone = db::transaction(&mut conn, async |tx: &mut Conn| commands::remove_site(tx, vault, id, &staff).await);
    let done = gone.await.or_break()?.is_ok();
    Ok(done.then(|| Posted::done(paths::admin_settings_sign_in(), "admin-sites-removed")))
}

pub(super) fn routes() -> Vec<Route> {
    routes![list, show_new, add, show, change, test, remove]
}
