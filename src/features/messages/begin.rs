//! The first word of the shop's: to whoever placed an order, or to a customer.

use rocket::{Route, State, get, post, routes};

use super::commands;
use super::desk::BeginPage;
use super::files;
use super::forms::BeginForm;
use super::model::Whose;
use super::posted::Sent;
use super::queries::order_of_number;
use crate::features::customers::queries::account_of;
use crate::platform::access::{AnswerMessages, Person, Staff};
use crate::platform::base::{CustomerId, OrBreak, OrderId, OrderNumber};
use crate::platform::db::{Conn, Db};
use crate::platform::media::Store;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

pub fn routes() -> Vec<Route> {
    routes![about_order, send_about_order, to_customer, send_to_customer]
}

/// Whom the first word is for.
struct Target {
    whose: Whose,
    name: String,
    email: String,
    order: Option<(OrderId, OrderNumber)>,
}

impl Target {
    async fn of_order(conn: &mut Conn, number: OrderNumber) -> web::Result<Option<Target>> {
        let Some((order, customer, email, name, locale)) = order_of_number(conn, number).await? else { return Ok(None) };
        let known = match customer {
            Some(customer) => account_of(conn, customer).await?.is_some(),
            None => false,
        };
        let email = email.to_lowercase();
        let whose = match customer.filter(|_| known) {
            Some(customer) => Whose::Customer(customer),
            None => Whose::Address { email: email.clone(), name: name.clone(), locale },
        };
        Ok(Some(Target { whose, name, email, order: Some((order, number)) }))
    }

    async fn customer(conn: &mut Conn, id: CustomerId) -> web::Result<Option<Target>> {
        let account = account_of(conn, id).await?;
        Ok(account.map(|one| Target { whose: Whose::Customer(id), name: one.name, email: one.email, order: None }))
    }

    fn page(self, page: Page, form: FormView) -> BeginPage {
        let (action, back, about) = match (&self.order, &self.whose) {
            (Some((_, number)), _) => {
                let about = page.named("messages-about-order", &number.to_string());
                (paths::admin_message_about(*number), paths::admin_order(*number), about)
            }
            (None, Whose::Customer(id)) => (paths::admin_message_to(id), paths::admin_customer(id), String::new()),
            (None, _) => (paths::admin_inbox(), paths::admin_inbox(), String::new()),
        };
        let who = if self.name.is_empty() { self.email.clone() } else { self.name };
        BeginPage { page, who, email: self.email, about, form, action, back }
    }
}

async fn send(
    target: Target,
    page: Page,
    staff: &Person,
    db: &Db,
    store: &Store,
    mut sent: Sent,
) -> web::Result<Option<Posted<BeginPage>>> {
    let form = sent.fields.read::<BeginForm>();
    let mut refill = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        let kept = sent.files.keep(store, page.words, &mut refill).await?;
        if refill.is_ok() {
            let (order, mut conn) = (target.order.map(|order| order.0), db.get().await?);
            let begun = commands::begin(&mut conn, &target.whose, &input.body, order, &kept, staff, page.now).await;
            match begun.or_break()? {
                Ok(id) => return Ok(Some(Posted::done(paths::admin_conversation(id), "messages-answer-sent"))),
                Err(why) => refill = refill.refused(page.words, "body", &why),
            }
            let places: Vec<String> = kept.into_iter().map(|file| file.place).collect();
            files::remove(store, &places).await?;
        }
    }
    Ok(Some(Posted::again(target.page(page, refill))))
}

#[get("/admin/messages/orders/<number>")]
async fn about_order(number: OrderNumber, page: Page, _staff: Staff<AnswerMessages>, db: Db) -> web::Result<Option<BeginPage>> {
    let target = Target::of_order(&mut *db.get().await?, number).await?;
    Ok(target.map(|target| target.page(page, FormView::empty())))
}

#[post("/admin/messages/orders/<number>", data = "<sent>")]
async fn send_about_order(
    number: OrderNumber,
    page: Page,
    staff: Staff<AnswerMessages>,
    db: Db,
    store: &State<Store>,
    sent: Sent,
) -> web::Result<Option<Posted<BeginPage>>> {
    let target = Target::of_order(&mut *db.get().await?, number).await?;
    match target {
        Some(target) => send(target, page, &staff, &db, store, sent).await,
        None => Ok(None),
    }
}

#[get("/admin/messages/customers/<id>")]
async fn to_customer(id: CustomerId, page: Page, _staff: Staff<AnswerMessages>, db: Db) -> web::Result<Option<BeginPage>> {
    let target = Target::customer(&mut *db.get().await?, id).await?;
    Ok(target.map(|target| target.page(page, FormView::empty())))
}

#[post("/admin/messages/customers/<id>", data = "<sent>")]
async fn send_to_customer(
    id: CustomerId,
    page: Page,
    staff: Staff<AnswerMessages>,
    db: Db,
    store: &State<Store>,
    sent: Sent,
) -> web::Result<Option<Posted<BeginPage>>> {
    let target = Target::customer(&mut *db.get().await?, id).await?;
    match target {
        Some(target) => send(target, page, &staff, &db, store, sent).await,
        None => Ok(None),
    }
}
