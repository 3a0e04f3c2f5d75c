//! The announcement: a line above the shop's header, by language, with a link and with dates.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, State, get, post, routes};

use super::settings::parts::{self, Clash};
use crate::platform::access::{ManageContent, Staff};
use crate::platform::base::{Line, OrBreak};
use crate::platform::db::{self, Conn, Db};
use crate::platform::feed::Subject;
use crate::platform::i18n::{Locale, Said};
use crate::platform::paths;
use crate::platform::settings::announcement::{announce, announced, moment_at};
use crate::platform::settings::{Announcement, Saved};
use crate::platform::shell::{Facts, Page};
use crate::platform::web::{self, FormView, Hour, Link, Posted};

#[derive(Template, WebTemplate)]
#[template(path = "admin/announcement_page.html")]
struct AnnouncementPage {
    page: Page,
    form: FormView,
    clash: Option<Clash>,
    /// Tone and words of what shoppers see now.
    state: (&'static str, String),
    zone: String,
}

impl AnnouncementPage {
    fn new(page: Page, kept: &Announcement, form: FormView, clash: Option<Clash>) -> AnnouncementPage {
        let state = match () {
            () if kept.is_up(page.now) => ("good", "admin-announcement-up"),
            () if kept.shown && !kept.texts.is_empty() && kept.from.is_some_and(|from| page.now < from) => {
                ("info", "admin-announcement-soon")
            }
            () if kept.shown && !kept.texts.is_empty() => ("idle", "admin-announcement-over"),
            () => ("idle", "admin-announcement-off"),
        };
        let state = (state.0, page.t(state.1));
        AnnouncementPage { zone: page.shop().zone.name().replace('_', " "), page, form, clash, state }
    }
}

#[derive(FromForm)]
struct AnnouncementForm {
    seen: Line<64>,
    text_en: Line<200>,
    text_de: Line<200>,
    link: Link,
    from: Hour,
    until: Hour,
    shown: bool,
}

impl AnnouncementForm {
    fn announcement(&self, page: &Page) -> Announcement {
        let zone = page.shop().zone;
        let at = |hour: Hour| hour.0.and_then(|hour| moment_at(hour, zone));
        let texts = [(Locale::En, self.text_en.to_string()), (Locale::De, self.text_de.to_string())];
        Announcement {
            texts: Said::of(texts),
            link: self.link.clone().within(&page.origin).to_string(),
            shown: self.shown,
            from: at(self.from),
            until: at(self.until),
            zone,
        }
    }
}

#[get("/admin/announcement")]
async fn show(page: Page, _staff: Staff<ManageContent>, db: Db) -> web::Result<AnnouncementPage> {
    let kept = announced(&mut *db.get().await?, page.shop().zone).await?;
    let form = parts::filled(&kept.fields());
    Ok(AnnouncementPage::new(page, &kept, form, None))
}

#[post("/admin/announcement", data = "<form>")]
async fn save(
    page: Page,
    staff: Staff<ManageContent>,
    db: Db,
    facts: &State<Facts>,
    form: Form<Contextual<'_, AnnouncementForm>>,
) -> web::Result<Posted<AnnouncementPage>> {
    let mut refill = FormView::of(page.words, &form.context);
    let (mut conn, mut clash) = (db.get().await?, None);
    if let Some(input) = &form.value {
        let (new, mark, now) = (input.announcement(&page), &*input.seen, page.now);
        if new.from.zip(new.until).is_some_and(|(from, until)| until <= from) {
            refill = refill.with_error("until", page.t("admin-announcement-backwards"));
        } else {
            let saved = db::transaction(&mut conn, async |tx: &mut Conn| announce(tx, &staff, mark, &new, now).await);
            let Err(why) = saved.await.or_break()? else {
                parts::forget_here(facts, Subject::Settings);
                return Ok(Posted::done(paths::admin_announcement(), "admin-saved"));
            };
            clash = Clash::of(&page, &why, &new.fields());
            refill = parts::with_mark(refill, clash.as_ref().map_or("", |clash| &clash.seen));
        }
    }
    let kept = announced(&mut conn, page.shop().zone).await?;
    Ok(Posted::again(AnnouncementPage::new(page, &kept, refill, clash)))
}

pub(super) fn routes() -> Vec<Route> {
    routes![show, save]
}
