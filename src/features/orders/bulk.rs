//! Shipping many orders at once: a look at what will go, the act, and the page that says what became of each.

use std::collections::HashMap;

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{Route, get, post, routes};

use super::batch::{MOST, Outcome, Pick, may_go_whole, numbers_in};
use super::forms::ShipManyForm;
use super::model::Tracking;
use super::queries::Candidate;
use super::sheets::SheetKind;
use super::{commands, queries};
use crate::platform::access::{FulfilOrders, Person, Staff, ViewOrders};
use crate::platform::base::{BatchId, Broke, OrBreak, OrderNumber};
use crate::platform::db::{Conn, Db};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

pub fn routes() -> Vec<Route> {
    routes![look, ship, result]
}

/// What will go and what will not, before anything does.
#[derive(Template, WebTemplate)]
#[template(path = "orders/ship_many_page.html")]
struct ShipManyPage {
    page: Page,
    form: FormView,
    going: Vec<GoingView>,
    staying: Vec<StayingView>,
    pieces: i64,
    slips: String,
}

/// An order that will go.
struct GoingView {
    number: i64,
    path: String,
    pick: String,
    customer: String,
    method: String,
    pieces: String,
    /// "tracking[1001]"
    field: String,
    short: bool,
}

/// An order that will not go, or did not.
struct StayingView {
    number: OrderNumber,
    path: String,
    customer: String,
    why: String,
}

impl ShipManyPage {
    fn new(page: Page, found: &[Candidate], form: FormView) -> ShipManyPage {
        let may = |one: &Candidate| may_go_whole(one.status, one.payment_status, &one.payment_method, one.left_over);
        let going = |one: &Candidate| GoingView {
            number: one.number,
            path: paths::admin_order(OrderNumber(one.number)),
            pick: Pick { number: OrderNumber(one.number), version: one.version }.to_string(),
            customer: one.customer_name.clone(),
            method: one.shipping_method.clone(),
            pieces: page.count("orders-pieces", one.left_over),
            field: format!("tracking[{}]", one.number),
            short: one.short,
        };
        let staying = |one: &Candidate| {
            let why = may(one).err()?;
            Some(StayingView {
                number: OrderNumber(one.number),
                path: paths::admin_order(OrderNumber(one.number)),
                customer: one.customer_name.clone(),
                why: page.refusal(&why),
            })
        };
        let goes = || found.iter().filter(|one| may(one).is_ok());
        ShipManyPage {
            pieces: goes().map(|one| one.left_over).sum(),
            slips: paths::admin_order_sheets_of(SheetKind::Slips, goes().map(|one| one.number)),
            going: goes().map(going).collect(),
            staying: found.iter().filter_map(staying).collect(),
            form,
            page,
        }
    }
}

/// Shows the orders that were ticked.
#[get("/admin/orders/shipping")]
async fn look(_staff: Staff<FulfilOrders>, page: Page, db: Db) -> web::Result<ShipManyPage> {
    let numbers = numbers_in(page.url.split_once('?').map_or("", |(_, query)| query));
    let found = queries::candidates(&mut *db.get().await?, &numbers).await?;
    Ok(ShipManyPage::new(page, &found, FormView::empty()))
}

/// Ships each order in a transaction of its own: one that is refused does not hold the others.
#[post("/admin/orders/shipments", data = "<form>")]
async fn ship(
    staff: Staff<FulfilOrders>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, ShipManyForm>>,
) -> web::Result<Posted<ShipManyPage>> {
    let sent = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    let Some(input) = form.value.as_ref().filter(|input| (1..=MOST).contains(&input.pick.len())) else {
        let picks = form.context.field_values("pick").filter_map(|pick| pick.parse::<Pick>().ok());
        let numbers: Vec<OrderNumber> = picks.map(|pick| pick.number).take(MOST).collect();
        let found = queries::candidates(&mut conn, &numbers).await?;
        let sent = if sent.is_ok() { sent.with_error("", page.count("orders-pick-some", MOST)) } else { sent };
        return Ok(Posted::again(ShipManyPage::new(page, &found, sent)));
    };
    let outcome = send_each(&mut conn, input, &page, &staff).await?;
    let batch = commands::keep_batch(&mut conn, &outcome, &staff, page.now).await?;
    Ok(Posted::to(paths::admin_order_batch(batch)))
}

async fn send_each(conn: &mut Conn, input: &ShipManyForm, page: &Page, staff: &Person) -> Result<Vec<Outcome>, Broke> {
    let mut picks = input.pick.clone();
    picks.sort_by_key(|pick| (pick.number, pick.version));
    picks.dedup_by_key(|pick| pick.number);
    let numbers: Vec<OrderNumber> = picks.iter().map(|pick| pick.number).collect();
    let found = queries::candidates(conn, &numbers).await?;
    let names: HashMap<i64, &str> = found.iter().map(|one| (one.number, one.customer_name.as_str())).collect();
    let mut sent = Vec::new();
    for pick in picks {
        let number = input.tracking.get(&pick.number).map(ToString::to_string).unwrap_or_default();
        let tracking = Tracking { carrier: input.carrier.to_string(), number, ..Tracking::default() };
        sent.push((pick, commands::fulfil_rest(conn, pick, &tracking, staff, page.now).await.or_break()?));
    }
    let parcels: Vec<_> = sent.iter().filter_map(|(_, done)| done.as_ref().ok().copied()).collect();
    let pieces = queries::pieces_in(conn, &parcels).await?;
    let outcome = sent.into_iter().map(|(pick, done)| Outcome {
        number: pick.number,
        customer: names.get(&pick.number.0).map(|name| (*name).to_owned()).unwrap_or_default(),
        pieces: done.as_ref().ok().and_then(|parcel| pieces.get(parcel)).copied().unwrap_or(0),
        why: done.err().map(|why| page.refusal(&why)),
    });
    Ok(outcome.collect())
}

/// What became of each.
#[derive(Template, WebTemplate)]
#[template(path = "orders/batch_page.html")]
struct BatchPage {
    page: Page,
    heading: String,
    at: String,
    gone: Vec<GoneView>,
    staying: Vec<StayingView>,
    slips: String,
}

/// An order that was shipped.
struct GoneView {
    number: OrderNumber,
    path: String,
    customer: String,
    pieces: String,
}

#[get("/admin/orders/batches/<id>")]
async fn result(_staff: Staff<ViewOrders>, id: BatchId, page: Page, db: Db) -> web::Result<Option<BatchPage>> {
    let Some((outcome, at)) = queries::batch(&mut *db.get().await?, id).await? else { return Ok(None) };
    let (gone, staying): (Vec<Outcome>, Vec<Outcome>) = outcome.into_iter().partition(|one| one.why.is_none());
    let path = |number| paths::admin_order(number);
    Ok(Some(BatchPage {
        heading: page.count("orders-batch-shipped", gone.len()),
        at: page.minute(at, page.zone),
        slips: paths::admin_order_sheets_of(SheetKind::Slips, gone.iter().map(|one| one.number.0)),
        gone: gone.into_iter().map(|one| gone_view(&page, one)).collect(),
        staying: staying
            .into_iter()
            .map(|one| StayingView {
                number: one.number,
                path: path(one.number),
                customer: one.customer,
                why: one.why.unwrap_or_default(),
            })
            .collect(),
        page,
    }))
}

fn gone_view(page: &Page, one: Outcome) -> GoneView {
    let pieces = page.count("orders-pieces", one.pieces);
    GoneView { number: one.number, path: paths::admin_order(one.number), customer: one.customer, pieces }
}
