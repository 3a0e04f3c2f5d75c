//! What goods can be to the tax office.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, get, post, routes};

use crate::engines::tax::{self, Class, RatesRefused, queries};
use crate::platform::access::{self, ManageSettings, Person, Staff};
use crate::platform::base::{Broke, Failed, Name, OrBreak, TaxClassId};
use crate::platform::db::{self, Conn, Db};
use crate::platform::paths;
use crate::platform::settings;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Notice, Posted};

#[derive(Template, WebTemplate)]
#[template(path = "admin/tax_classes_page.html")]
pub struct ClassesPage {
    page: Page,
    classes: Vec<Class>,
    /// The form of a new class, or the one that was sent; `sent` says for which.
    form: FormView,
    sent: Option<TaxClassId>,
}

impl ClassesPage {
    async fn read(conn: &mut Conn, page: Page, form: FormView, sent: Option<TaxClassId>) -> Result<ClassesPage, Broke> {
        Ok(ClassesPage { classes: queries::classes(conn).await?, page, form, sent })
    }

    /// What stands in the field of a class.
    fn name<'a>(&'a self, class: &'a Class) -> &'a str {
        if self.sent == Some(class.id) { self.form.value("name") } else { &class.name }
    }

    fn error(&self, class: &Class) -> Option<&str> {
        self.form.errors().first().filter(|_| self.sent == Some(class.id)).map(|error| error.text.as_str())
    }

    /// The form of a new class.
    fn fresh(&self) -> FormView {
        if self.sent.is_none() { self.form.clone() } else { FormView::empty() }
    }
}

#[derive(FromForm)]
struct ClassForm {
    name: Name<60>,
}

#[get("/admin/settings/tax/classes")]
async fn list(page: Page, _staff: Staff<ManageSettings>, db: Db) -> web::Result<ClassesPage> {
    ClassesPage::read(&mut *db.get().await?, page, FormView::empty(), None).await
}

type Answer = web::Result<Option<Posted<ClassesPage>>>;

#[post("/admin/settings/tax/classes", data = "<form>")]
async fn add(page: Page, staff: Staff<ManageSettings>, db: Db, form: Form<Contextual<'_, ClassForm>>) -> Answer {
    keep(page, &staff, &db, None, form).await
}

#[post("/admin/settings/tax/classes/<id>", data = "<form>")]
async fn rename(
    id: TaxClassId,
    page: Page,
    staff: Staff<ManageSettings>,
    db: Db,
    form: Form<Contextual<'_, ClassForm>>,
) -> Answer {
    keep(page, &staff, &db, Some(id), form).await
}

async fn keep(page: Page, staff: &Person, db: &Db, id: Option<TaxClassId>, form: Form<Contextual<'_, ClassForm>>) -> Answer {
    let mut refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(input) = &form.value {
        let saved = db::transaction(&mut conn, async |tx: &mut Conn| -> Result<(), Failed<RatesRefused>> {
            settings::commands::hold(tx).await?;
            let class = tax::classes::save(tx, id, &input.name).await?;
            let after = serde_json::json!({ "name": &*input.name });
            access::audit(tx, staff, "settings.tax_class", "tax_class", Some(class.0), None, Some(after)).await?;
            Ok(())
        });
        match saved.await.or_break()? {
            Ok(()) => return Ok(Some(Posted::done(paths::admin_tax_classes(), "admin-saved"))),
            Err(RatesRefused::Gone) => return Ok(None),
            Err(why) => refill = refill.refused(page.words, "name", &why),
        }
    }
    Ok(Some(Posted::again(ClassesPage::read(&mut conn, page, refill, id).await?)))
}

#[post("/admin/settings/tax/classes/<id>/removal")]
async fn remove(id: TaxClassId, staff: Staff<ManageSettings>, db: Db) -> Answer {
    let mut conn = db.get().await?;
    let removed = db::transaction(&mut conn, async |tx: &mut Conn| -> Result<(), Failed<RatesRefused>> {
        settings::commands::hold(tx).await?;
        tax::classes::remove(tx, id).await?;
        access::audit(tx, &staff, "settings.tax_class_removed", "tax_class", Some(id.0), None, None).await?;
        Ok(())
    });
    let done = |notice: Notice| Ok(Some(Posted::done(paths::admin_tax_classes(), notice)));
    match removed.await.or_break()? {
        Ok(()) => done("admin-removed"),
        Err(RatesRefused::InUse) => done("tax-class-in-use"),
        Err(_) => Ok(None),
    }
}

pub fn routes() -> Vec<Route> {
    routes![list, add, rename, remove]
}
