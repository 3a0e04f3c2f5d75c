//! How the shop taxes: delivery, borders, businesses.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, State, get, post, routes};

use super::super::parts::{self, Clash};
use super::zones::json;
use crate::engines::tax::{self, RatesRefused, VatId, queries};
use crate::platform::access::{self, ManageSettings, Person, Staff};
use crate::platform::base::{Broke, Failed, Line, Message, OrBreak, Refusal, TaxClassId};
use crate::platform::db::{self, Conn, Db};
use crate::platform::feed::Subject;
use crate::platform::paths;
use crate::platform::settings::taxes::tax_rules;
use crate::platform::settings::{self, CrossBorder, Register, SaveRefused, Saved, TaxRules, Unproved};
use crate::platform::shell::{Facts, Page};
use crate::platform::web::{self, FormView, Posted};

#[derive(Template, WebTemplate)]
#[template(path = "admin/tax_rules_page.html")]
pub struct RulesPage {
    page: Page,
    form: FormView,
    clash: Option<Clash>,
    classes: Vec<(String, String)>,
}

impl RulesPage {
    async fn read(conn: &mut Conn, page: Page, form: Option<FormView>, clash: Option<Clash>) -> Result<RulesPage, Broke> {
        let form = match form {
            Some(form) => form,
            None => parts::filled(&tax_rules(conn).await?.fields()),
        };
        let goods = (String::new(), page.t("tax-shipping-as-goods"));
        let classes = queries::classes(conn).await?.into_iter().map(|class| (class.id.to_string(), class.name));
        Ok(RulesPage { classes: std::iter::once(goods).chain(classes).collect(), page, form, clash })
    }

    fn choices<T: std::fmt::Display>(&self, name: &str, all: &[T]) -> Vec<(String, String)> {
        all.iter()
            .map(|one| (one.to_string(), self.page.t(&format!("tax-{name}-{}", one.to_string().replace('_', "-")))))
            .collect()
    }

    fn borders(&self) -> Vec<(String, String)> {
        self.choices("border", CrossBorder::ALL)
    }

    fn registers(&self) -> Vec<(String, String)> {
        self.choices("register", Register::ALL)
    }

    fn unproved(&self) -> Vec<(String, String)> {
        self.choices("unproved", Unproved::ALL)
    }
}

#[derive(FromForm)]
struct RulesForm {
    seen: Line<64>,
    #[field(default_with = Some(Default::default()))]
    shipping_class: Line<20>,
    cross_border: CrossBorder,
    sells_to_businesses: bool,
    #[field(default_with = Some(Default::default()))]
    vat_id: Line<20>,
    register: Register,
    unproved: Unproved,
}

impl RulesForm {
    fn rules(&self) -> Result<TaxRules, (&'static str, &'static str)> {
        let shipping_class = match &*self.shipping_class {
            "" => None,
            id => Some(id.parse().map(TaxClassId).map_err(|_| ("shipping_class", "error-choice"))?),
        };
        let vat_id = match self.vat_id.is_empty() {
            true => String::new(),
            false => self.vat_id.parse::<VatId>().map_err(|why| ("vat_id", why.0))?.to_string(),
        };
        let RulesForm { cross_border, sells_to_businesses, register, unproved, .. } = *self;
        Ok(TaxRules { shipping_class, cross_border, sells_to_businesses, vat_id, register, unproved })
    }
}

/// Why the rules are not saved.
#[derive(Debug)]
enum RulesRefused {
    Rules(RatesRefused),
    Save(SaveRefused),
}

impl Refusal for RulesRefused {
    fn message(&self) -> Message {
        match self {
            RulesRefused::Rules(why) => why.message(),
            RulesRefused::Save(why) => why.message(),
        }
    }
}

#[get("/admin/settings/tax/rules")]
async fn show(page: Page, _staff: Staff<ManageSettings>, db: Db) -> web::Result<RulesPage> {
    RulesPage::read(&mut *db.get().await?, page, None, None).await
}

async fn write(tx: &mut Conn, by: &Person, mark: &str, rules: &TaxRules) -> Result<(), Failed<RulesRefused>> {
    settings::commands::hold(tx).await?;
    let old = tax_rules(tx).await?;
    let unchanged = settings::commands::unchanged(tx, mark, old.fields(), "settings.tax_rules").await;
    unchanged.map_err(|why| why.map(RulesRefused::Save))?;
    tax::commands::save_rules(tx, rules).await.map_err(|why| why.map(RulesRefused::Rules))?;
    let (before, after) = (Some(json(&old.fields())), Some(json(&rules.fields())));
    access::audit(tx, by, "settings.tax_rules", "settings", None, before, after).await?;
    Ok(())
}

#[post("/admin/settings/tax/rules", data = "<form>")]
async fn save(
    page: Page,
    staff: Staff<ManageSettings>,
    db: Db,
    facts: &State<Facts>,
    form: Form<Contextual<'_, RulesForm>>,
) -> web::Result<Posted<RulesPage>> {
    let (mut refill, mut clash) = (FormView::of(page.words, &form.context), None);
    let mut conn = db.get().await?;
    match form.value.as_ref().map(|input| (input, input.rules())) {
        None => {}
        Some((_, Err((field, key)))) => refill = refill.with_error(field, page.t(key)),
        Some((input, Ok(rules))) => {
            let saved = db::transaction(&mut conn, async |tx: &mut Conn| write(tx, &staff, &input.seen, &rules).await);
            match saved.await.or_break()? {
                Ok(()) => {
                    parts::forget_here(facts, Subject::Settings);
                    return Ok(Posted::done(paths::admin_tax_rules(), "admin-saved"));
                }
                Err(RulesRefused::Save(why)) => (refill, clash) = clashed(&page, refill, &why, &rules),
                Err(why) => refill = refill.refused(page.words, "shipping_class", &why),
            }
        }
    }
    Ok(Posted::again(RulesPage::read(&mut conn, page, Some(refill), clash).await?))
}

/// The form beside what somebody else saved.
fn clashed(page: &Page, form: FormView, why: &SaveRefused, rules: &TaxRules) -> (FormView, Option<Clash>) {
    let clash = Clash::labelled(page, why, &rules.fields(), |field| format!("tax-rule-{}", field.replace('_', "-")));
    let form = match &clash {
        Some(clash) => parts::with_mark(form, &clash.seen),
        None => form,
    };
    (form, clash)
}

pub fn routes() -> Vec<Route> {
    routes![show, save]
}
