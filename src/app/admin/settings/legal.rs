//! Legal texts: terms, privacy, imprint, returns, in Markdown with a preview.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{Either, FromForm, Route, State, get, post, routes};

use super::parts::{self, Clash};
use crate::platform::access::{ManageContent, Staff};
use crate::platform::base::{Line, OrBreak, Prose};
use crate::platform::db::{self, Conn, Db};
use crate::platform::feed::Subject;
use crate::platform::i18n::{Locale, Said, Translations};
use crate::platform::paths;
use crate::platform::settings::{LegalKind, LegalText, Saved, commands, in_language, queries};
use crate::platform::shell::{Beside, BesideView, Facts, Page};
use crate::platform::web::{self, CleanHtml, FormView, Posted};

/// The four texts, each written or not.
#[derive(Template, WebTemplate)]
#[template(path = "admin/legal_page.html")]
struct LegalPage {
    page: Page,
}

impl LegalPage {
    fn written(&self, kind: &LegalKind) -> bool {
        self.page.shop().legal.iter().any(|(written, _)| written == kind)
    }

    fn name(&self, kind: &LegalKind) -> String {
        self.page.t(&format!("shell-legal-{kind}"))
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "admin/legal_text_page.html")]
struct LegalTextPage {
    page: Page,
    kind: LegalKind,
    /// The usual name of the page in the reader's language.
    called: String,
    form: FormView,
    clash: Option<Clash>,
    preview: CleanHtml,
    words: BesideView,
}

impl LegalTextPage {
    fn new(page: Page, kind: LegalKind, form: FormView, clash: Option<Clash>) -> LegalTextPage {
        let preview = CleanHtml::of_markdown(form.value("body"));
        let words = BesideView::new(&page, &form, |locale| {
            let field = |name: &str| in_language(name, locale);
            vec![
                Beside::line(field("title"), page.t("admin-field-title"), form.value("title"), 120),
                Beside::lines(field("body"), page.t("admin-field-body"), form.value("body"), 60_000),
            ]
        });
        LegalTextPage { called: page.t(&format!("shell-legal-{kind}")), words, page, kind, form, clash, preview }
    }

    /// How the audit trail calls that this text was saved.
    fn act(&self) -> String {
        format!("settings.legal.{}", self.kind)
    }
}

#[derive(FromForm)]
struct LegalForm {
    seen: Line<64>,
    title: Line<120>,
    body: Prose<60000>,
    #[field(default = <Line<120> as Default>::default())]
    title_en: Line<120>,
    #[field(default = <Line<120> as Default>::default())]
    title_de: Line<120>,
    #[field(default = <Prose<60000> as Default>::default())]
    body_en: Prose<60000>,
    #[field(default = <Prose<60000> as Default>::default())]
    body_de: Prose<60000>,
    preview: bool,
}

impl LegalForm {
    fn text(&self) -> LegalText {
        let title = [(Locale::En, self.title_en.to_string()), (Locale::De, self.title_de.to_string())];
        let body = [(Locale::En, self.body_en.to_string()), (Locale::De, self.body_de.to_string())];
        let translations = Translations::of([("title", Said::of(title)), ("body", Said::of(body))]);
        LegalText { title: self.title.to_string(), body: self.body.to_string(), translations }
    }
}

#[get("/admin/settings/legal")]
fn list(page: Page, _staff: Staff<ManageContent>) -> LegalPage {
    LegalPage { page }
}

#[get("/admin/settings/legal/<kind>")]
async fn show(page: Page, _staff: Staff<ManageContent>, db: Db, kind: Line<20>) -> web::Result<Option<LegalTextPage>> {
    let Ok(kind) = kind.parse::<LegalKind>() else { return Ok(None) };
    let kept = queries::legal_text(&mut *db.get().await?, kind).await?;
    Ok(Some(LegalTextPage::new(page, kind, parts::filled(&kept.fields()), None)))
}

/// Saves the text, or shows how it would look.
#[post("/admin/settings/legal/<kind>", data = "<form>")]
async fn save(
    page: Page,
    staff: Staff<ManageContent>,
    db: Db,
    facts: &State<Facts>,
    kind: Line<20>,
    form: Form<Contextual<'_, LegalForm>>,
) -> web::Result<Option<Either<Posted<LegalTextPage>, LegalTextPage>>> {
    let Ok(kind) = kind.parse::<LegalKind>() else { return Ok(None) };
    let refill = FormView::of(page.words, &form.context);
    let Some(input) = &form.value else {
        return Ok(Some(Either::Left(Posted::again(LegalTextPage::new(page, kind, refill, None)))));
    };
    if input.preview {
        return Ok(Some(Either::Right(LegalTextPage::new(page, kind, refill, None))));
    }
    let new = input.text();
    let (mark, now) = (&*input.seen, page.now);
    let mut conn = db.get().await?;
    let saved = db::transaction(&mut conn, async |tx: &mut Conn| commands::save_legal(tx, &staff, kind, mark, &new, now).await);
    Ok(Some(Either::Left(match saved.await.or_break()? {
        Ok(()) => {
            parts::forget_here(facts, Subject::Content);
            Posted::done(paths::admin_settings_legal(), "admin-saved")
        }
        Err(why) => {
            let clash = Clash::of(&page, &why, &new.fields());
            let form = parts::with_mark(refill, clash.as_ref().map_or("", |clash| &clash.seen));
            Posted::again(LegalTextPage::new(page, kind, form, clash))
        }
    })))
}

pub(super) fn routes() -> Vec<Route> {
    routes![list, show, save]
}
