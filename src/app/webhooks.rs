//! Where gateways write to: a letter with a good signature says which payment changed, and the one completion looks it up. And where
//! mail servers bring what was answered.

use rocket::data::{Data, ToByteUnit};
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome, Request};
use rocket::{Route, State, post, routes};
use subtle::ConstantTimeEq;

use crate::engines::payments::{Gateways, Method, WebhookRefused, queries};
use crate::features::checkout;
use crate::features::messages::mail_in::{self, LONGEST as LONGEST_MAIL, Taken};
use crate::platform::base::{Broke, Clock, Moment};
use crate::platform::config::Config;
use crate::platform::db::Db;
use crate::platform::media::Store;
use crate::platform::web::{self, ExternalRoutes};

/// No letter is longer.
const LONGEST: u64 = 256;

pub fn routes() -> Vec<Route> {
    ExternalRoutes::new(routes![webhook, mail]).into()
}

/// What a mail server shows that it may bring mail: `Authorization: Bearer <secret>`.
struct Bearer<'r>(&'r str);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Bearer<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let said = request.headers().get_one("Authorization").unwrap_or_default();
        Outcome::Success(Bearer(said.strip_prefix("Bearer ").unwrap_or_default()))
    }
}

/// Takes in a mail as it travelled. 200: it is kept, was kept before, or is none that anybody should see; 422: it is no mail.
#[post("/webhooks/mail", data = "<body>")]
async fn mail(
    bearer: Bearer<'_>,
    body: Data<'_>,
    db: Db,
    store: &State<Store>,
    config: &State<Config>,
    clock: &State<Clock>,
) -> web::Result<(Status, &'static str)> {
    let Some(secret) = &config.mail_secret else { return Ok((Status::NotFound, "no mail is taken in here\n")) };
    let known: bool = secret.reveal().as_bytes().ct_eq(bearer.0.as_bytes()).into();
    if !known {
        return Ok((Status::Unauthorized, "the secret is another\n"));
    }
    let Ok(body) = body.open(LONGEST_MAIL.bytes()).into_bytes().await else {
        return Ok((Status::BadRequest, "the mail did not come to its end\n"));
    };
    if !body.is_complete() {
        return Ok((Status::PayloadTooLarge, "the mail is too long\n"));
    }
    let letterbox = mail_in::Letterbox { db: &db, store, config };
    let taken = mail_in::take(&letterbox, body.into_inner(), clock.now()).await?;
    Ok(if taken == Taken::Unreadable { (Status::UnprocessableEntity, "this is no mail\n") } else { (Status::Ok, "") })
}

/// What a gateway signed its letter with.
struct Signature<'r>(&'r str);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Signature<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        Outcome::Success(Signature(request.headers().get_one("Webhook-Signature").unwrap_or_default()))
    }
}

/// Believes a letter by its signature only; 200 means that what it says is done or was done before.
#[post("/webhooks/<gateway>", data = "<body>")]
async fn webhook(
    gateway: &str,
    signature: Signature<'_>,
    body: Data<'_>,
    db: Db,
    gateways: &State<Gateways>,
    clock: &State<Clock>,
) -> web::Result<Status> {
    let Some(method) = gateway.parse::<Method>().ok().filter(|method| method.is_hosted()) else { return Ok(Status::NotFound) };
    let Ok(body) = body.open(LONGEST.kibibytes()).into_bytes().await else { return Ok(Status::BadRequest) };
    if !body.is_complete() {
        return Ok(Status::PayloadTooLarge);
    }
    Ok(match receive(&db, gateways, method, signature.0, &body, clock.now()).await? {
        Ok(()) => Status::Ok,
        Err(WebhookRefused::Signature) => Status::Unauthorized,
        Err(WebhookRefused::Unreadable) => Status::BadRequest,
    })
}

/// Reads a letter and does what it calls for.
pub async fn receive(
    db: &Db,
    gateways: &Gateways,
    method: Method,
    signature: &str,
    body: &[u8],
    now: Moment,
) -> Result<Result<(), WebhookRefused>, Broke> {
    match gateways.of(method).parse_webhook(signature, body, now).await {
        Ok(notice) => noticed(db, gateways, method, &notice.reference, now).await.map(Ok),
        Err(refused) => {
            tracing::warn!(%method, ?refused, "a webhook was refused");
            Ok(Err(refused))
        }
    }
}

/// Completes the payment that a gateway calls by this name; one that is not ours is left to the comparison of books.
pub async fn noticed(db: &Db, gateways: &Gateways, method: Method, reference: &str, now: Moment) -> Result<(), Broke> {
    let found = queries::payment_known(&mut *db.get().await?, method, reference, reference).await?;
    if let Some(payment) = found {
        checkout::commands::complete_payment(db, gateways, payment.id, now).await?;
    }
    Ok(())
}
