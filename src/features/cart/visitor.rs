//! Whose cart it is: the guard that reads the cart's cookie, and who is signed in.

use rocket::request::{FromRequest, Outcome, Request};
use rocket::time::Duration;

use super::model::KEEP_DAYS;
use super::queries;
use crate::features::customers::{self, Customer};
use crate::platform::base::{Broke, CartId, Clock, Token};
use crate::platform::db::Db;
use crate::platform::web::{Cookies, Named};

/// Someone in the shop. Without a cart nothing is written and no cookie set.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    /// The cart that can still be filled.
    pub cart: Option<CartId>,
    /// Whether the cart's time should be made longer: once a day is enough.
    pub renew: bool,
    /// The token of the order that this cookie's or customer's cart became.
    pub placed: Option<String>,
    /// Who is signed in.
    pub customer: Option<Customer>,
}

impl Visitor {
    async fn read(request: &Request<'_>, customer: Option<Customer>) -> Result<Visitor, Broke> {
        let token = Cookies::of(request).get(Named::Cart).and_then(|token| token.parse::<Token>().ok());
        // Staff who look on see the customer's cart, not their own.
        let token = token.filter(|_| customer.as_ref().is_none_or(|customer| !customer.viewed));
        if token.is_none() && customer.is_none() {
            return Ok(Visitor::default());
        }
        let missing = || anyhow::anyhow!("the server was built without its state");
        let db = request.rocket().state::<Db>().ok_or_else(missing)?;
        let now = request.rocket().state::<Clock>().ok_or_else(missing)?.now();
        let mut conn = db.get().await?;
        let carried = match &token {
            Some(token) => queries::cart_by_token(&mut conn, &token.hash(), now).await?,
            None => None,
        };
        // A cart that the browser carries goes first: signing in takes it over, so it came later, by a payment link.
        let found = match (carried, &customer) {
            (Some((cart, until, None)), _) => Some((cart, until, None)),
            (carried, Some(customer)) => queries::cart_of(&mut conn, customer.id, now).await?.or(carried),
            (carried, None) => carried,
        };
        Ok(match found {
            Some((cart, until, None)) => {
                let renew = until < now + chrono::Duration::days(KEEP_DAYS - 1);
                Visitor { cart: Some(cart), renew, placed: None, customer }
            }
            found => Visitor { placed: found.and_then(|found| found.2), customer, ..Visitor::default() },
        })
    }
}

/// Lets the browser keep the cart for another thirty days.
pub fn keep(cookies: &Cookies<'_>, token: impl Into<String>) {
    cookies.set(Named::Cart, token, Duration::days(KEEP_DAYS));
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Visitor {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let customer = match customers::signed_in(request).await {
            Ok(customer) => customer.cloned(),
            Err(status) => return Outcome::Error((status, ())),
        };
        match Visitor::read(request, customer).await {
            Ok(visitor) => Outcome::Success(visitor),
            Err(broke) => Outcome::Error((broke.log(request), ())),
        }
    }
}
