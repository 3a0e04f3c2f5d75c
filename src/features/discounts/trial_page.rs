//! The page that tries a discount on past orders; it only reads.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, form, get, routes};

use super::queries;
use super::trial::Trial;
use crate::engines::promotions::{self, Promotion};
use crate::platform::access::{Staff, ViewReports};
use crate::platform::base::{Broke, Day, OrderId, PromotionId};
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web;

/// Orders that are looked at in all, and at once.
const MOST: i64 = 20_000;
const AT_ONCE: i64 = 500;

pub(super) fn routes() -> Vec<Route> {
    routes![try_on]
}

#[derive(Template, WebTemplate)]
#[template(path = "discounts/trial_page.html")]
struct TrialPage {
    page: Page,
    back: (String, String),
    action: String,
    from: String,
    until: String,
    /// Whether the days are the wrong way round.
    reversed: bool,
    /// Whether there were more orders than are looked at.
    cut: bool,
    any: bool,
    orders: String,
    hit: String,
    given: String,
    cost: String,
    share: String,
    conflicts: Vec<ConflictView>,
    dearest: Vec<(String, String, String)>,
}

struct ConflictView {
    path: String,
    name: String,
    orders: String,
    wins: String,
    loses: String,
}

/// What a discount would have done to the orders of a period; the last thirty days unless other days are asked for.
#[get("/admin/discounts/<id>/trial?<from>&<until>")]
async fn try_on(
    id: PromotionId,
    from: form::Result<'_, Day>,
    until: form::Result<'_, Day>,
    _staff: Staff<ViewReports>,
    page: Page,
    db: Db,
) -> web::Result<Option<TrialPage>> {
    let today = Day::of(page.now, page.zone);
    let (from, until) = (from.unwrap_or_else(|_| today.plus(-29)), until.unwrap_or(today));
    let Some(promotion) = promotions::queries::promotion(&mut *db.get().await?, id).await? else { return Ok(None) };
    let (trial, cut) = run(&db, &page, &promotion, from, until).await?;
    Ok(Some(TrialPage::new(page, &promotion, (from, until), &trial, cut)))
}

/// Looks at the orders page by page; says whether there were too many.
async fn run(db: &Db, page: &Page, draft: &Promotion, from: Day, until: Day) -> Result<(Trial, bool), Broke> {
    let mut trial = Trial::default();
    let span = (from.begin(page.zone), until.plus(1).begin(page.zone));
    let others = promotions::queries::running(&mut *db.get().await?, page.now).await?;
    let mut after = OrderId(0);
    loop {
        let currency = page.shop().currency.code();
        let orders = queries::past_orders(&mut *db.get().await?, span, currency, after, AT_ONCE).await?;
        for order in &orders {
            trial.add(order, draft, &others);
        }
        match orders.last() {
            Some(last) if orders.len() as i64 == AT_ONCE && trial.orders < MOST => after = last.id,
            last => return Ok((trial, last.is_some() && orders.len() as i64 == AT_ONCE)),
        }
        // Other requests want their turn between two pages.
        rocket::tokio::task::yield_now().await;
    }
}

impl TrialPage {
    fn new(page: Page, promotion: &Promotion, (from, until): (Day, Day), trial: &Trial, cut: bool) -> TrialPage {
        let conflict = |(id, conflict): (&PromotionId, &super::trial::Conflict)| ConflictView {
            path: paths::admin_promotion(id),
            name: conflict.name.clone(),
            orders: page.number(conflict.orders),
            wins: page.number(conflict.draft_wins),
            loses: page.number(conflict.orders - conflict.draft_wins),
        };
        let percent = if trial.paid > 0 { i128::from(trial.given) * 1000 / i128::from(trial.paid) } else { 0 };
        TrialPage {
            back: (paths::admin_promotion(promotion.id), promotion.draft.name.clone()),
            action: paths::admin_promotion_trial(promotion.id),
            from: from.to_string(),
            until: until.to_string(),
            reversed: until < from,
            cut,
            any: trial.orders > 0,
            orders: page.number(trial.orders),
            hit: page.number(trial.hit),
            given: page.price(trial.given),
            cost: page.price(trial.cost),
            share: format!("{}.{} %", percent / 10, percent % 10),
            conflicts: trial.conflicts.iter().map(conflict).collect(),
            dearest: trial
                .dearest
                .iter()
                .map(|(number, given)| (format!("#{number}"), paths::admin_order(*number), page.price(*given)))
                .collect(),
            page,
        }
    }
}
