//! The guards of pages that know their customer.

use std::ops::Deref;

use rocket::http::{Method, Status};
use rocket::request::{FromRequest, Outcome, Request};

use super::model::Customer;
use super::queries;
use crate::platform::base::{Broke, Clock, Token};
use crate::platform::db::Db;
use crate::platform::web::{ClientAddress, Cookies, Named, SignInFirst};

/// What was found out about a request, kept so that all its guards ask once.
struct Found(Result<Option<Customer>, Status>);

/// Whether staff who look at the shop as a customer sees it may ask for this: to look, at everything but where something is begun. Judged by
/// the route, not by the path as it was written: "/%63heckout" is "/checkout".
fn is_a_look(request: &Request<'_>) -> bool {
    let asked = request.route().map_or("", |route| route.uri.path());
    let begins = |place: &str| asked.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    matches!(request.method(), Method::Get | Method::Head) && !begins("/checkout") && !begins("/account/privacy")
}

/// Who is signed in, if anybody; reads the database once a request and only where there is a cookie. The status is that of a breakage, already
/// logged, or 403 where staff who only look on do something.
pub async fn signed_in<'r>(request: &'r Request<'_>) -> Result<Option<&'r Customer>, Status> {
    let find = async { Found(find(request).await.map_err(|broke| broke.log(request))) };
    match &request.local_cache_async(find).await.0 {
        Ok(Some(customer)) if customer.viewed && !is_a_look(request) => Err(Status::Forbidden),
        Ok(customer) => Ok(customer.as_ref()),
        Err(status) => Err(*status),
    }
}

async fn find(request: &Request<'_>) -> Result<Option<Customer>, Broke> {
    let Some(token) = Cookies::of(request).get(Named::Customer).and_then(|token| token.parse::<Token>().ok()) else {
        return Ok(None);
    };
    let missing = || anyhow::anyhow!("the server was built without its state");
    let db = request.rocket().state::<Db>().ok_or_else(missing)?;
    let now = request.rocket().state::<Clock>().ok_or_else(missing)?.now();
    let address = ClientAddress::of(request).to_string();
    queries::customer_by_token(&mut *db.get().await?, &token.hash(), &address, now).await
}

/// A customer who is signed in; anybody else is sent to the sign-in page, which leads back.
pub struct SignedIn(Customer);

impl Deref for SignedIn {
    type Target = Customer;
    fn deref(&self) -> &Customer {
        &self.0
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for SignedIn {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match signed_in(request).await {
            Err(status) => Outcome::Error((status, ())),
            Ok(Some(customer)) => Outcome::Success(SignedIn(customer.clone())),
            Ok(None) => {
                SignInFirst::want(request);
                Outcome::Error((Status::Unauthorized, ()))
            }
        }
    }
}

/// The customer who is signed in, or nobody.
pub struct Known(pub Option<Customer>);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Known {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match signed_in(request).await {
            Err(status) => Outcome::Error((status, ())),
            Ok(customer) => Outcome::Success(Known(customer.cloned())),
        }
    }
}
