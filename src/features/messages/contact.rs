//! Questions to the shop: the contact form, and the form on the page of a product.

use rocket::form::{Context, Contextual};
use rocket::{Route, State, form, get, post, routes};

use super::customer::take_in;
use super::forms::{AskForm, ContactForm};
use super::model::{Said, Trust, Whose};
use super::posted::{Fields, Sent};
use super::queries::product_of_handle;
use super::views::{ContactPage, SentPage};
use crate::features::customers::{Customer, Known};
use crate::platform::base::Handle;
use crate::platform::db::{Conn, Db};
use crate::platform::media::Store;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

pub fn routes() -> Vec<Route> {
    routes![show, send, sent]
}

async fn page_of(
    conn: &mut Conn,
    page: Page,
    customer: Option<&Customer>,
    product: Option<&Handle>,
    form: FormView,
) -> web::Result<ContactPage> {
    let product = match product {
        Some(handle) => product_of_handle(conn, handle).await?.map(|(_, title)| (handle.to_string(), title)),
        None => None,
    };
    Ok(ContactPage { page, form, known: customer.map(|customer| customer.email.clone()), product })
}

#[get("/contact?<product>")]
async fn show(page: Page, known: Known, db: Db, product: form::Result<'_, Handle>) -> web::Result<ContactPage> {
    page_of(&mut *db.get().await?, page, known.0.as_ref(), product.ok().as_ref(), FormView::empty()).await
}

/// What is asked, and by whom.
struct Question {
    whose: Whose,
    said: Said,
    product: Option<Handle>,
}

/// Reads the form: a customer's without an address, since we know theirs. What is wrong stands in the context.
fn read<'f>(fields: &'f Fields, page: &Page, customer: Option<&Customer>) -> (Option<Question>, Context<'f>) {
    match customer {
        Some(customer) => {
            let Contextual { value, context } = fields.read::<AskForm>();
            let question = value.map(|input| Question {
                whose: Whose::Customer(customer.id),
                said: Said::on_a_page(&input.body, Trust::Proved),
                product: input.product,
            });
            (question, context)
        }
        None => {
            let Contextual { value, context } = fields.read::<ContactForm>();
            let question = value.map(|input| {
                let (email, name) = (input.email.to_string(), input.name.to_string());
                let said = Said { sender: email.clone(), ..Said::on_a_page(&input.body, Trust::Claimed) };
                Question { whose: Whose::Address { email, name, locale: page.words.locale }, said, product: input.product }
            });
            (question, context)
        }
    }
}

/// Puts a question on the desk.
#[post("/contact", data = "<sent>")]
async fn send(page: Page, known: Known, db: Db, store: &State<Store>, mut sent: Sent) -> web::Result<Posted<ContactPage>> {
    let customer = known.0.as_ref();
    let (question, context) = read(&sent.fields, &page, customer);
    let mut refill = FormView::of(page.words, &context);
    if let Some(mut asked) = question {
        asked.said.files = sent.files.keep(store, page.words, &mut refill).await?;
        if refill.is_ok() {
            asked.said.product = match &asked.product {
                Some(handle) => product_of_handle(&mut *db.get().await?, handle).await?.map(|(id, _)| id),
                None => None,
            };
            match take_in(&db, store, &asked.whose, &asked.said, page.now).await? {
                Ok(_) if customer.is_some() => return Ok(Posted::done(paths::account_messages(), "messages-sent")),
                Ok(_) => return Ok(Posted::to(paths::contact_sent())),
                Err(why) => refill = refill.refused(page.words, "body", &why),
            }
        }
    }
    let product = refill.value("product").parse::<Handle>().ok();
    Ok(Posted::again(page_of(&mut *db.get().await?, page, customer, product.as_ref(), refill).await?))
}

#[get("/contact/sent")]
fn sent(page: Page) -> SentPage {
    SentPage { page }
}
