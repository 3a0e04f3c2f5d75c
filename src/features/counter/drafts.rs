//! Staff pages of drafts: begun, filled, sent as a link or placed and marked as paid.

use rocket::form::{self, Contextual, Form};
use rocket::{Route, State, get, post, routes};

use super::commands::Wanted;
use super::draft_page::{DraftPage, DraftsPage, Found, Sent};
use super::forms::{AddForm, LinesForm, LinkForm, MarketForm, PlaceForm, VersionForm};
use super::model::{DraftOrder, DraftRefused, Paid};
use super::{commands, emails, queries};
use crate::engines::payments::{Gateways, Method};
use crate::engines::tax::{Registers, vat_checks};
use crate::features::checkout::business;
use crate::features::checkout::commands::{Next, Shown};
use crate::features::checkout::forms::Details;
use crate::features::checkout::model::{Draft, missing};
use crate::features::orders::Placed;
use crate::features::{checkout, orders};
use crate::platform::access::{ManageOrders, Person, Staff};
use crate::platform::base::{Broke, Currency, DraftId, Email, Line, OrBreak, OrderNumber, VariantId};
use crate::platform::config::Config;
use crate::platform::db::{Conn, Db};
use crate::platform::i18n::Locale;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Notice, Posted};

pub fn routes() -> Vec<Route> {
    routes![list, begin, show, add, set_lines, sell_in, save_customer, send_link, place, discard]
}

type Answer = web::Result<Option<Posted<DraftPage>>>;

/// The latest drafts.
#[get("/admin/drafts")]
async fn list(_staff: Staff<ManageOrders>, page: Page, db: Db) -> web::Result<DraftsPage> {
    let drafts = queries::latest(&mut *db.get().await?).await?;
    Ok(DraftsPage::new(page, &drafts))
}

#[post("/admin/drafts")]
async fn begin(staff: Staff<ManageOrders>, page: Page, db: Db) -> web::Result<Posted<DraftPage>> {
    let mut conn = db.get().await?;
    match commands::begin(&mut conn, page.shop().locale, &staff, page.now).await.or_break()? {
        Ok(id) => Ok(Posted::to(paths::admin_draft(id))),
        Err(never) => match never {},
    }
}

/// A draft, with what a search for goods finds.
#[get("/admin/drafts/<id>?<q>")]
async fn show(
    id: DraftId,
    q: form::Result<'_, Line<100>>,
    _staff: Staff<ManageOrders>,
    page: Page,
    db: Db,
) -> web::Result<Option<DraftPage>> {
    let mut conn = db.get().await?;
    let Some(draft) = queries::draft(&mut conn, id).await? else { return Ok(None) };
    let found = rest_of(&mut conn, draft, &page, &q.map(Line::into_string).unwrap_or_default()).await?;
    Ok(Some(DraftPage::new(page, &found, Sent::default())))
}

/// A draft with its goods, its quote and what is missing.
async fn rest_of(conn: &mut Conn, draft: DraftOrder, page: &Page, words: &str) -> Result<Found, Broke> {
    let page = &page.clone().in_market(draft.market);
    let details = details_of(conn, &draft, page).await?;
    let basket = checkout::queries::basket(conn, draft.cart, &details, page.shop(), page.now).await?;
    let gaps = missing(&details, basket.choices()).into_iter().filter(|gap| gap.field != "payment").collect();
    let hits = if words.is_empty() { Vec::new() } else { queries::hits(conn, words).await? };
    let check = match business::vat_id_of(&details, page.shop()) {
        Some(id) => vat_checks::latest(conn, &id).await?,
        None => None,
    };
    Ok(Found { draft, details, basket, gaps, check, words: words.to_owned(), hits })
}

/// Whom a draft is for; a new one goes to the shop's own country by its first way of sending.
pub(super) async fn details_of(conn: &mut Conn, draft: &DraftOrder, page: &Page) -> Result<Draft, Broke> {
    let mut details = checkout::queries::draft_of(conn, draft.cart).await?.unwrap_or_default();
    details.address.country = details.address.country.or(Some(page.shop().usual_country()));
    Ok(details)
}

/// The page as it stands, with a form as it was sent.
async fn again(conn: &mut Conn, id: DraftId, page: Page, sent: Sent) -> Answer {
    let Some(draft) = queries::draft(conn, id).await? else { return Ok(None) };
    let found = rest_of(conn, draft, &page, "").await?;
    Ok(Some(Posted::again(DraftPage::new(page, &found, sent))))
}

#[post("/admin/drafts/<id>/lines", data = "<form>")]
async fn add(id: DraftId, staff: Staff<ManageOrders>, page: Page, db: Db, form: Form<Contextual<'_, AddForm>>) -> Answer {
    let mut conn = db.get().await?;
    let mut sent = FormView::empty();
    match &form.value {
        None => sent = sent.with_error("", page.t("error-choice")),
        Some(input) => {
            let added = commands::add(&mut conn, id, input.variant, input.quantity, input.version, &staff, page.now);
            match added.await.or_break()? {
                Ok(()) | Err(DraftRefused::Changed) => return Ok(Some(Posted::to(paths::admin_draft(id)))),
                Err(DraftRefused::Unknown) => return Ok(None),
                Err(why) => sent = sent.refused(page.words, "", &why),
            }
        }
    }
    again(&mut conn, id, page, Sent { lines: Some(sent), ..Sent::default() }).await
}

/// Pieces and discounts of all lines.
#[post("/admin/drafts/<id>/quantities", data = "<form>")]
async fn set_lines(id: DraftId, staff: Staff<ManageOrders>, page: Page, db: Db, form: Form<Contextual<'_, LinesForm>>) -> Answer {
    let mut sent = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(input) = &form.value {
        let Some(draft) = queries::draft(&mut conn, id).await? else { return Ok(None) };
        match wanted(input, page.clone().in_market(draft.market).shop().currency) {
            Err(field) => sent = sent.with_error(&field, page.t("counter-unreadable")),
            Ok(lines) => match commands::set_lines(&mut conn, id, &lines, input.version, &staff, page.now).await.or_break()? {
                Ok(()) => return Ok(Some(Posted::done(paths::admin_draft(id), "counter-saved"))),
                Err(DraftRefused::Unknown) => return Ok(None),
                Err(why) => sent = sent.refused(page.words, "", &why),
            },
        }
    }
    again(&mut conn, id, page, Sent { lines: Some(sent), ..Sent::default() }).await
}

/// The lines of the form, or the name of the field that cannot be read.
fn wanted(input: &LinesForm, currency: Currency) -> Result<Vec<Wanted>, String> {
    let line = |(variant, pieces): (&VariantId, &Line<4>)| {
        let quantity = if pieces.is_empty() { Some(0) } else { pieces.parse::<i32>().ok() };
        let quantity = quantity.filter(|count| (0..=9999).contains(count)).ok_or_else(|| format!("pieces[{variant}]"))?;
        let off = input.off.get(variant).map(|off| &**off).unwrap_or_default();
        let discount = if off.is_empty() { Some(0) } else { currency.parse_minor(off) };
        Ok(Wanted { variant: *variant, quantity, discount: discount.ok_or_else(|| format!("off[{variant}]"))? })
    };
    input.pieces.iter().map(line).collect()
}

/// Where it is sold: in another currency, at the prices there.
#[post("/admin/drafts/<id>/market", data = "<form>")]
async fn sell_in(id: DraftId, staff: Staff<ManageOrders>, page: Page, db: Db, form: Form<Contextual<'_, MarketForm>>) -> Answer {
    let mut conn = db.get().await?;
    let chosen = form.value.as_ref().and_then(|input| Some((input.version, page.shop().market_by_id(input.market)?)));
    let mut sent = FormView::empty();
    match chosen {
        None => sent = sent.with_error("", page.t("error-choice")),
        Some((version, market)) => {
            let market = (!market.primary).then_some(market.id);
            match commands::sell_in(&mut conn, id, market, version, &staff, page.now).await.or_break()? {
                Ok(()) => return Ok(Some(Posted::done(paths::admin_draft(id), "counter-saved"))),
                Err(DraftRefused::Unknown) => return Ok(None),
                Err(why) => sent = sent.refused(page.words, "", &why),
            }
        }
    }
    again(&mut conn, id, page, Sent { lines: Some(sent), ..Sent::default() }).await
}

/// Whom it is for, and how it is sent; the VAT id of a business is looked up first.
#[post("/admin/drafts/<id>/customer", data = "<form>")]
async fn save_customer(
    id: DraftId,
    staff: Staff<ManageOrders>,
    page: Page,
    db: Db,
    registers: &State<Registers>,
    form: Form<Contextual<'_, Details>>,
) -> Answer {
    let Some(draft) = queries::draft(&mut *db.get().await?, id).await? else { return Ok(None) };
    let mut sent = FormView::of(page.words, &form.context);
    let version = form.context.field_value("version").and_then(|version| version.parse().ok()).unwrap_or(0);
    let language = form.context.field_value("language").unwrap_or_default().parse::<Locale>();
    if let (Some(input), Ok(language)) = (&form.value, language) {
        let details = Draft { payment: Some(Method::BankTransfer), ..input.draft() };
        sent = business::proved(&db, registers, draft.cart, &details, sent, &page).await?;
        let mut conn = db.get().await?;
        if sent.is_ok() {
            let saved = commands::save_details(&mut conn, id, &details, language, version, &staff, page.now);
            match saved.await.or_break()? {
                Ok(()) => return Ok(Some(Posted::done(paths::admin_draft(id), "counter-saved"))),
                Err(DraftRefused::Unknown) => return Ok(None),
                Err(why) => sent = sent.refused(page.words, "", &why),
            }
        }
    }
    let sent = if sent.is_ok() { sent.with_error("", page.t("error-field")) } else { sent };
    again(&mut *db.get().await?, id, page, Sent { customer: Some(sent), ..Sent::default() }).await
}

/// Sends the payment link to the customer's address.
#[post("/admin/drafts/<id>/link", data = "<form>")]
async fn send_link(
    id: DraftId,
    staff: Staff<ManageOrders>,
    page: Page,
    db: Db,
    config: &State<Config>,
    form: Form<Contextual<'_, LinkForm>>,
) -> Answer {
    let mut conn = db.get().await?;
    let Some(draft) = queries::draft(&mut conn, id).await? else { return Ok(None) };
    let found = rest_of(&mut conn, draft, &page, "").await?;
    let refused = match (found.details.email.parse::<Email>(), found.basket.lines.is_empty(), &form.value) {
        (_, true, _) => DraftRefused::Empty,
        (Ok(email), _, Some(input)) => {
            let letter = emails::link(&found.draft, &found.details.address.name, &email, &found.basket, page.shop(), config)?;
            match commands::send_link(&mut conn, &found.draft, &letter, input.sent, &staff, page.now).await.or_break()? {
                Ok(()) => return Ok(Some(Posted::done(paths::admin_draft(id), "counter-link-sent"))),
                Err(why) => why,
            }
        }
        _ => DraftRefused::NoEmail,
    };
    let sent = Sent { placing: Some(FormView::empty().refused(page.words, "", &refused)), ..Sent::default() };
    Ok(Some(Posted::again(DraftPage::new(page, &found, sent))))
}

/// Places the order through the checkout's own gate, and marks it as paid when the customer has paid.
#[post("/admin/drafts/<id>/order", data = "<form>")]
async fn place(
    id: DraftId,
    staff: Staff<ManageOrders>,
    page: Page,
    db: Db,
    gateways: &State<Gateways>,
    form: Form<Contextual<'_, PlaceForm>>,
) -> Answer {
    let mut conn = db.get().await?;
    let Some(draft) = queries::draft(&mut conn, id).await? else { return Ok(None) };
    let mut sent = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        let shown = Shown { total: input.expected, fingerprint: input.seen.to_string() };
        match placed(&mut conn, &draft, &shown, gateways, &page).await? {
            Ok(order) => {
                let paid = if order.fresh { input.paid } else { Paid::Later };
                let notice = settle(&mut conn, order.number, paid, &staff, &page).await?;
                return Ok(Some(Posted::done(paths::admin_order(order.number), notice)));
            }
            Err(why) => sent = sent.with_error("", why),
        }
    }
    again(&mut conn, id, page, Sent { placing: Some(sent), ..Sent::default() }).await
}

/// The order, placed to be paid by hand whatever way to pay the customer may have chosen; or why it was not.
async fn placed(
    conn: &mut Conn,
    draft: &DraftOrder,
    shown: &Shown,
    gateways: &Gateways,
    page: &Page,
) -> Result<Result<Placed, String>, Broke> {
    let page = &page.clone().in_market(draft.market);
    let by_hand = Draft { payment: Some(Method::BankTransfer), ..details_of(conn, draft, page).await? };
    if draft.placed.is_none() && checkout::commands::save(conn, draft.cart, &by_hand, page.now).await.or_break()?.is_err() {
        tracing::debug!(draft = draft.id.0, "the draft was placed a moment ago");
    }
    let placed = checkout::commands::place(conn, draft.cart, shown, page.shop(), gateways, draft.locale, page.now);
    Ok(match placed.await.or_break()? {
        Ok(Next::Order(order)) => Ok(order),
        Ok(Next::Pay(_)) => Err(page.t("counter-draft-changed")),
        Err(why) => Err(page.refusal(&why)),
    })
}

/// Records how a fresh order was paid; says so, or that it still has to be.
async fn settle(conn: &mut Conn, number: OrderNumber, paid: Paid, staff: &Person, page: &Page) -> Result<Notice, Broke> {
    if paid == Paid::Later {
        return Ok("counter-placed");
    }
    if orders::commands::mark_paid(conn, number, None, 1, staff, page.now).await.or_break()?.is_err() {
        return Ok("counter-placed-unpaid");
    }
    let said = page.t(&format!("counter-note-{paid}"));
    let noted = orders::commands::add_note(conn, number, &said, staff, page.now).await.or_break()?;
    Ok(if noted.is_ok() { "counter-placed-paid" } else { "counter-placed" })
}

#[post("/admin/drafts/<id>/removal", data = "<form>")]
async fn discard(id: DraftId, staff: Staff<ManageOrders>, page: Page, db: Db, form: Form<Contextual<'_, VersionForm>>) -> Answer {
    let mut conn = db.get().await?;
    let version = form.value.as_ref().map_or(0, |input| input.version);
    match commands::discard(&mut conn, id, version, &staff, page.now).await.or_break()? {
        Ok(()) | Err(DraftRefused::Unknown) => Ok(Some(Posted::done(paths::admin_drafts(), "counter-discarded"))),
        Err(why) => {
            let sent = FormView::empty().refused(page.words, "", &why);
            again(&mut conn, id, page, Sent { placing: Some(sent), ..Sent::default() }).await
        }
    }
}
