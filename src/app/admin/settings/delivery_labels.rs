//! The account with a house that sells labels: its address, its token, and the parcel that is used most.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, State, get, post, routes};
use url::Url;

use super::parts::Between;
use crate::engines::shipping::carriers::shippo::HOME;
use crate::engines::shipping::labels::{self, Account};
use crate::platform::access::{Fresh, ManageSettings, Person, audit};
use crate::platform::base::{Broke, Failed, Line, Never, OrBreak};
use crate::platform::db::{self, Conn, Db};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::vault::Vault;
use crate::platform::web::{self, FormView, Posted};

#[derive(Template, WebTemplate)]
#[template(path = "admin/delivery_labels_page.html")]
struct LabelsPage {
    page: Page,
    form: FormView,
    /// Whether a token is kept, and an account at all.
    token: bool,
    account: bool,
}

impl LabelsPage {
    async fn read(page: Page, conn: &mut Conn, vault: &Vault, sent: Option<FormView>) -> Result<LabelsPage, Broke> {
        let (account, token) = (labels::account(conn).await?, labels::has_token(conn, vault).await?);
        let kept = account.clone().unwrap_or(Account { address: HOME.to_owned(), size_cm: [30, 20, 10] });
        let [length, width, height] = kept.size_cm.map(|side| side.to_string());
        let fresh = FormView::filled([("address", kept.address), ("length", length), ("width", width), ("height", height)]);
        Ok(LabelsPage { page, form: sent.unwrap_or(fresh), token, account: account.is_some() })
    }
}

#[derive(FromForm)]
struct AccountForm {
    address: Line<300>,
    #[field(default = <Line<500> as Default>::default())]
    token: Line<500>,
    length: Between<1, 400>,
    width: Between<1, 400>,
    height: Between<1, 400>,
}

impl AccountForm {
    /// An https address without a path's end; plain http on this machine, for development.
    fn address(&self) -> Option<String> {
        let url: Url = self.address.parse().ok()?;
        let own = matches!(url.host_str(), Some("localhost" | "127.0.0.1"));
        let bare = url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
        let good = bare && url.has_host() && (url.scheme() == "https" || (url.scheme() == "http" && own));
        good.then(|| url.as_str().trim_end_matches('/').to_owned())
    }
}

#[get("/admin/settings/delivery/labels")]
async fn show(page: Page, _staff: Fresh<ManageSettings>, db: Db, vault: &State<Vault>) -> web::Result<LabelsPage> {
    LabelsPage::read(page, &mut *db.get().await?, vault, None).await
}

#[post("/admin/settings/delivery/labels", data = "<form>")]
async fn save(
    page: Page,
    staff: Fresh<ManageSettings>,
    db: Db,
    vault: &State<Vault>,
    form: Form<Contextual<'_, AccountForm>>,
) -> web::Result<Posted<LabelsPage>> {
    let mut sent = FormView::of(page.words, &form.context).with_value("token", "");
    let mut conn = db.get().await?;
    if let Some(input) = &form.value {
        let token = Some(&*input.token).filter(|token| !token.is_empty());
        let known = token.is_some() || labels::has_token(&mut conn, vault).await?;
        match input.address() {
            None => sent = sent.with_error("address", page.t("admin-labels-no-address")),
            Some(_) if !known => sent = sent.with_error("token", page.t("error-required")),
            Some(address) => {
                let account = Account { address, size_cm: [input.length.0, input.width.0, input.height.0] };
                keep(&mut conn, vault, &staff, &account, token).await?;
                return Ok(Posted::done(paths::admin_delivery_labels(), "admin-saved"));
            }
        }
    }
    Ok(Posted::again(LabelsPage::read(page, &mut conn, vault, Some(sent)).await?))
}

async fn keep(conn: &mut Conn, vault: &Vault, staff: &Person, account: &Account, token: Option<&str>) -> Result<(), Broke> {
    let saved = db::transaction(conn, async |tx: &mut Conn| -> Result<(), Failed<Never>> {
        labels::save_account(tx, vault, account, token).await?;
        let after = serde_json::json!({ "address": account.address, "size_cm": account.size_cm, "token": token.is_some() });
        audit(tx, staff, "settings.labels", "settings", None, None, Some(after)).await?;
        Ok(())
    });
    saved.await.or_break().map(|done| done.unwrap_or_else(|never| match never {}))
}

/// Forgets the account; labels that were bought stay with their orders.
#[post("/admin/settings/delivery/labels/removal")]
async fn remove(staff: Fresh<ManageSettings>, db: Db, vault: &State<Vault>) -> web::Result<Posted<LabelsPage>> {
    let mut conn = db.get().await?;
    let removed = db::transaction(&mut conn, async |tx: &mut Conn| -> Result<(), Failed<Never>> {
        labels::remove_account(tx, vault).await?;
        audit(tx, &staff, "settings.labels_removed", "settings", None, None, None).await?;
        Ok(())
    });
    removed.await.or_break()?.unwrap_or_else(|never| match never {});
    Ok(Posted::done(paths::admin_settings_delivery(), "admin-removed"))
}

pub(super) fn routes() -> Vec<Route> {
    routes![show, save, remove]
}
