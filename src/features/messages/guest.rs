//! Who has no account: the page of an order with what was said about it, opened by the order's unguessable link, and a guest's
//! conversation, opened by the signed link of an answer.

use rocket::http::{Header, Status};
use rocket::response::Redirect;
use rocket::{Either, Responder, Route, State, get, post, routes};

use super::commands::read_by_customer;
use super::customer::take_in;
use super::forms::MessageForm;
use super::model::{Said, Trust, Whose};
use super::posted::Sent;
use super::queries::{self, Conversation, Edge, Scope, conversation, thread};
use super::tags::{Brought, Use};
use super::views::{Before, Door, GuestPage, Handed, OrderPage, ThreadView, entries, hand_out};
use crate::engines::payments::Gateways;
use crate::features::customers::Known;
use crate::features::customers::queries::account_of;
use crate::features::orders::DECLINED;
use crate::features::orders::queries::{Order, order_by_token};
use crate::features::orders::views::{OrderSheet, read};
use crate::platform::base::{ConversationId, MessageFileId, Name, Origin};
use crate::platform::db::{Conn, Db};
use crate::platform::media::Store;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Leading, Posted, Unwell};

pub fn routes() -> Vec<Route> {
    routes![show_order, ask_about_order, order_file, show_guest, write_as_guest, guest_file]
}

/// A page that nobody keeps: whoever has the link reads a name and an address.
#[derive(Responder)]
struct Private<T> {
    page: T,
    cache: Header<'static>,
    robots: Header<'static>,
}

impl<T> Private<T> {
    fn new(page: T) -> Private<T> {
        Private { page, cache: Header::new("Cache-Control", "no-store"), robots: Header::new("X-Robots-Tag", "noindex") }
    }
}

async fn order_page(
    conn: &mut Conn,
    mut page: Page,
    order: &Order,
    gateways: &Gateways,
    form: FormView,
) -> web::Result<(OrderPage, Vec<Origin>)> {
    let keep = order.customer.is_none() && !page.signed_in;
    let keep = keep.then(|| (paths::register_for_order(&order.token), paths::sign_in_then(&paths::order(&order.token))));
    let view = read(conn, &page, order).await?;
    let sites = view.sites(gateways);
    let declined = page.notice.take_if(|notice| *notice == DECLINED).is_some();
    let said = thread(conn, Scope::Order(order.id), None).await?;
    let said = entries(conn, &page, &said, &Door::Order(order.token.clone()), &order.shipping_address.name).await?;
    let shown = OrderPage {
        title: page.named("orders-title", &order.number.to_string()),
        sheet: OrderSheet { page: page.clone(), order: view, declined },
        thread: ThreadView { page: page.clone(), entries: said, older: None },
        form,
        action: paths::order_messages(&order.token),
        orders: Vec::new(),
        keep,
        token: order.token.clone(),
        page,
    };
    Ok((shown, sites))
}

/// How an order stands, and what was said about it; an unknown link is no page.
#[get("/orders/<token>")]
async fn show_order(
    token: Name<100>,
    page: Page,
    db: Db,
    gateways: &State<Gateways>,
) -> web::Result<Option<Private<Leading<OrderPage>>>> {
    let mut conn = db.get().await?;
    let Some(order) = order_by_token(&mut conn, &token).await? else { return Ok(None) };
    let (shown, sites) = order_page(&mut conn, page, &order, gateways, FormView::empty()).await?;
    Ok(Some(Private::new(Leading(shown, sites))))
}

/// Whose conversation an order belongs to: its customer's, else that of whoever has its address.
async fn whose(conn: &mut Conn, order: &Order) -> web::Result<Whose> {
    if let Some(customer) = order.customer
        && account_of(conn, customer).await?.is_some()
    {
        return Ok(Whose::Customer(customer));
    }
    let (email, name) = (order.email.to_lowercase(), order.shipping_address.name.clone());
    Ok(Whose::Address { email, name, locale: order.locale })
}

type Asked = web::Result<Option<Either<Posted<OrderPage>, Private<Leading<Unwell<OrderPage>>>>>>;

#[post("/orders/<token>/messages", data = "<sent>")]
async fn ask_about_order(
    token: Name<100>,
    _known: Known,
    page: Page,
    db: Db,
    store: &State<Store>,
    gateways: &State<Gateways>,
    mut sent: Sent,
) -> Asked {
    let order = order_by_token(&mut *db.get().await?, &token).await?;
    let Some(order) = order else { return Ok(None) };
    let form = sent.fields.read::<MessageForm>();
    let mut refill = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        let kept = sent.files.keep(store, page.words, &mut refill).await?;
        if refill.is_ok() {
            let whose = whose(&mut *db.get().await?, &order).await?;
            let said = Said { order: Some(order.id), files: kept, ..Said::on_a_page(&input.body, Trust::Proved) };
            match take_in(&db, store, &whose, &said, page.now).await? {
                Ok(_) => return Ok(Some(Either::Left(Posted::done(paths::order(&order.token), "messages-sent")))),
                Err(why) => refill = refill.refused(page.words, "body", &why),
            }
        }
    }
    let (again, sites) = order_page(&mut *db.get().await?, page, &order, gateways, refill).await?;
    Ok(Some(Either::Right(Private::new(Leading(Unwell(Status::UnprocessableEntity, again), sites)))))
}

#[get("/orders/<token>/files/<id>")]
async fn order_file(token: Name<100>, id: MessageFileId, db: Db, store: &State<Store>) -> web::Result<Option<Handed>> {
    let found = {
        let mut conn = db.get().await?;
        let Some(order) = order_by_token(&mut conn, &token).await? else { return Ok(None) };
        queries::file(&mut conn, id, Scope::Order(order.id)).await?
    };
    hand_out(store, found).await
}

/// The conversation that a link opens, if it was signed for it.
async fn opened(conn: &mut Conn, tag: &str) -> web::Result<Option<Conversation>> {
    let Some(brought) = Brought::read(tag) else { return Ok(None) };
    let found = conversation(conn, ConversationId(brought.id)).await?;
    Ok(found.filter(|found| brought.is_signed(&found.secret, Use::Link)))
}

async fn guest_page(
    conn: &mut Conn,
    page: Page,
    tag: &str,
    own: &Conversation,
    before: Option<Edge>,
    form: FormView,
) -> web::Result<GuestPage> {
    let found = thread(conn, Scope::Guest(own.id), before).await?;
    let said = entries(conn, &page, &found, &Door::Guest(tag.to_owned()), own.called()).await?;
    if before.is_none() {
        read_by_customer(conn, own.id).await?;
    }
    let older = found.older.map(|edge| paths::guest_messages_before(tag, edge));
    Ok(GuestPage {
        thread: ThreadView { page: page.clone(), entries: said, older },
        form,
        action: paths::guest_messages(tag),
        orders: Vec::new(),
        page,
    })
}

/// A guest's conversation; that of an account is read there, signed in.
#[get("/messages/<tag>?<before>")]
async fn show_guest(
    tag: Name<80>,
    page: Page,
    db: Db,
    before: Before<'_>,
) -> web::Result<Option<Either<Private<GuestPage>, Redirect>>> {
    let mut conn = db.get().await?;
    let Some(own) = opened(&mut conn, &tag).await? else { return Ok(None) };
    if own.customer.is_some() {
        return Ok(Some(Either::Right(Redirect::to(paths::account_messages()))));
    }
    let shown = guest_page(&mut conn, page, &tag, &own, before.ok(), FormView::empty()).await?;
    Ok(Some(Either::Left(Private::new(shown))))
}

#[post("/messages/<tag>", data = "<sent>")]
async fn write_as_guest(
    tag: Name<80>,
    page: Page,
    db: Db,
    store: &State<Store>,
    mut sent: Sent,
) -> web::Result<Option<Posted<GuestPage>>> {
    let own = opened(&mut *db.get().await?, &tag).await?;
    let Some(own) = own.filter(|own| own.customer.is_none()) else { return Ok(None) };
    let form = sent.fields.read::<MessageForm>();
    let mut refill = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        let kept = sent.files.keep(store, page.words, &mut refill).await?;
        if refill.is_ok() {
            let said = Said { files: kept, ..Said::on_a_page(&input.body, Trust::Proved) };
            match take_in(&db, store, &Whose::Known(own.id), &said, page.now).await? {
                Ok(_) => return Ok(Some(Posted::done(paths::guest_messages(&tag), "messages-sent"))),
                Err(why) => refill = refill.refused(page.words, "body", &why),
            }
        }
    }
    let again = guest_page(&mut *db.get().await?, page, &tag, &own, None, refill).await?;
    Ok(Some(Posted::again(again)))
}

#[get("/messages/<tag>/files/<id>")]
async fn guest_file(tag: Name<80>, id: MessageFileId, db: Db, store: &State<Store>) -> web::Result<Option<Handed>> {
    let found = {
        let mut conn = db.get().await?;
        let own = opened(&mut conn, &tag).await?;
        let Some(own) = own.filter(|own| own.customer.is_none()) else { return Ok(None) };
        queries::file(&mut conn, id, Scope::Guest(own.id)).await?
    };
    hand_out(store, found).await
}
