//! Whose cart it is: the guard that reads the cart's cookie.

use rocket::request::{FromRequest, Outcome, Request};
use rocket::time::Duration;

use super::model::KEEP_DAYS;
use super::queries;
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
    /// The token of the order that this cookie's cart became.
    pub placed: Option<String>,
}

impl Visitor {
    async fn read(request: &Request<'_>) -> Result<Visitor, Broke> {
        let Some(token) = Cookies::of(request).get(Named::Cart).and_then(|token| token.parse::<Token>().ok()) else {
            return Ok(Visitor::default());
        };
        let missing = || anyhow::anyhow!("the server was built without its state");
        let db = request.rocket().state::<Db>().ok_or_else(missing)?;
        let now = request.rocket().state::<Clock>().ok_or_else(missing)?.now();
        let mut conn = db.get().await?;
        Ok(match queries::cart_by_token(&mut conn, &token.hash(), now).await? {
            Some((cart, until, None)) => {
                Visitor { cart: Some(cart), renew: until < now + chrono::Duration::days(KEEP_DAYS - 1), placed: None }
            }
            Some((_, _, placed)) => Visitor { placed, ..Visitor::default() },
            None => Visitor::default(),
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
        match Visitor::read(request).await {
            Ok(visitor) => Outcome::Success(visitor),
            Err(broke) => Outcome::Error((broke.log(request), ())),
        }
    }
}
