//! A customer's conversation, on the pages of their account.

use rocket::{Route, State, get, post, routes};

use super::commands::{self, read_by_customer};
use super::files;
use super::forms::MessageForm;
use super::model::{Heard, Said, SayRefused, Trust, Whose};
use super::posted::Sent;
use super::queries::{self, Edge, Scope, Thread, of_customer, orders_of_customer, thread};
use super::views::{AccountMessagesPage, Before, Door, Handed, PanelView, ThreadView, entries, hand_out, order_choices};
use crate::features::customers::{Customer, SignedIn};
use crate::platform::base::{MessageFileId, Moment, OrBreak, OrderId, OrderNumber};
use crate::platform::db::{Conn, Db};
use crate::platform::media::Store;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

pub fn routes() -> Vec<Route> {
    routes![show, write, file]
}

impl PanelView {
    /// The latest of a customer's conversation.
    pub async fn of(conn: &mut Conn, page: &Page, customer: &Customer) -> web::Result<PanelView> {
        let thread: Option<Thread> = match of_customer(conn, customer.id).await? {
            Some(own) => Some(thread(conn, Scope::Customer(own.id), None).await?),
            None => None,
        };
        Ok(PanelView::new(page, thread.as_ref()))
    }
}

async fn page_of(
    conn: &mut Conn,
    mut page: Page,
    customer: &Customer,
    before: Option<Edge>,
    form: FormView,
) -> web::Result<AccountMessagesPage> {
    let (mut said, mut older) = (Vec::new(), None);
    if let Some(own) = of_customer(conn, customer.id).await? {
        let found = thread(conn, Scope::Customer(own.id), before).await?;
        said = entries(conn, &page, &found, &Door::Account, customer.called()).await?;
        older = found.older.map(paths::account_messages_before);
        if before.is_none() && own.customer_unread > 0 && !customer.viewed {
            read_by_customer(conn, own.id).await?;
            page.unread = 0;
        }
    }
    let orders = orders_of_customer(conn, customer.id).await?;
    Ok(AccountMessagesPage {
        thread: ThreadView { page: page.clone(), entries: said, older },
        form,
        action: paths::account_messages(),
        orders: order_choices(&page, orders.into_iter().map(|(_, number)| number)),
        page,
    })
}

#[get("/account/messages?<before>&<about>")]
async fn show(
    customer: SignedIn,
    page: Page,
    db: Db,
    before: Before<'_>,
    about: Option<OrderNumber>,
) -> web::Result<AccountMessagesPage> {
    let form = FormView::filled(about.map(|number| ("about", number.to_string())));
    page_of(&mut *db.get().await?, page, &customer, before.ok(), form).await
}

/// The order of this number, if it is this customer's.
async fn own_order(conn: &mut Conn, customer: &Customer, number: Option<OrderNumber>) -> web::Result<Option<OrderId>> {
    let own = orders_of_customer(conn, customer.id).await?;
    Ok(own.into_iter().find(|(_, known)| Some(*known) == number).map(|(id, _)| id))
}

#[post("/account/messages", data = "<sent>")]
async fn write(
    customer: SignedIn,
    page: Page,
    db: Db,
    store: &State<Store>,
    mut sent: Sent,
) -> web::Result<Posted<AccountMessagesPage>> {
    let form = sent.fields.read::<MessageForm>();
    let mut refill = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        let kept = sent.files.keep(store, page.words, &mut refill).await?;
        if refill.is_ok() {
            let mut said = Said::on_a_page(&input.body, Trust::Proved);
            (said.order, said.files) = (own_order(&mut *db.get().await?, &customer, input.about).await?, kept);
            match take_in(&db, store, &Whose::Customer(customer.id), &said, page.now).await? {
                Ok(_) => return Ok(Posted::done(paths::account_messages(), "messages-sent")),
                Err(why) => refill = refill.refused(page.words, "body", &why),
            }
        }
    }
    Ok(Posted::again(page_of(&mut *db.get().await?, page, &customer, None, refill).await?))
}

/// Takes in what was said; files of something that is there already, or that is not taken, do not stay.
pub(super) async fn take_in(
    db: &Db,
    store: &Store,
    whose: &Whose,
    said: &Said,
    now: Moment,
) -> web::Result<Result<Heard, SayRefused>> {
    let heard = commands::say(&mut *db.get().await?, whose, said, now).await.or_break()?;
    if !matches!(heard, Ok(Heard::New(..))) {
        let places: Vec<String> = said.files.iter().map(|file| file.place.clone()).collect();
        files::remove(store, &places).await?;
    }
    Ok(heard)
}

#[get("/account/messages/files/<id>")]
async fn file(customer: SignedIn, db: Db, store: &State<Store>, id: MessageFileId) -> web::Result<Option<Handed>> {
    let found = {
        let mut conn = db.get().await?;
        let Some(own) = of_customer(&mut conn, customer.id).await? else { return Ok(None) };
        queries::file(&mut conn, id, Scope::Customer(own.id)).await?
    };
    hand_out(store, found).await
}
